"""The class in which a measure is declared, for networks (`structure`) and for their places (`rank`) alike."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure.

    Attributes
    ----------
    name
        The stable name: an option value, a key in JSON.
    group
        The group it is listed in; empty where there are no groups.
    title, title_uk
        Its name in tables and charts.
    definition, definition_uk
        The definition in words and a formula; the Ukrainian one may be empty.
    compute
        The function that computes it.
    """

    name: str
    group: str = ""
    title: str
    title_uk: str
    definition: str
    definition_uk: str = ""
    compute: Callable[..., Any]
