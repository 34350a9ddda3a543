"""twingraph: a graph database explorer for sister-city networks.

``import twingraph`` is quick: each function is imported when it is first used (docs/library.md).
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from twingraph.judging import resolve
    from twingraph.library import Graph
    from twingraph.library import open_graph as open  # noqa: A004 - twingraph.open
    from twingraph.loading import load
    from twingraph.reading import extract

__version__ = "0.1.0.dev0"

__all__ = ["Graph", "__version__", "extract", "load", "open", "resolve"]

_LAZY = {
    "Graph": ("library", "Graph"),
    "extract": ("reading", "extract"),
    "load": ("loading", "load"),
    "open": ("library", "open_graph"),
    "resolve": ("judging", "resolve"),
}
"""Module and name behind each public name."""


def __getattr__(name: str) -> object:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _LAZY[name]
    return getattr(import_module(f"{__name__}.{module}"), attribute)
