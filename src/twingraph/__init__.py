"""twingraph: a graph database explorer for sister-city networks."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from twingraph.library import Graph

__version__ = "0.1.0.dev0"

__all__ = ["__version__", "open"]


def open(database: "str | Path | None" = None, *, read_only: bool = True) -> "Graph":  # noqa: A001 - twingraph.open
    """Open a database for a notebook or a program.

    Parameters
    ----------
    database
        A file's path or a server's URI; ``None`` is what ``TWINGRAPH_DB`` names, else the default file. A server's
        user and password come from the environment: see docs/settings.md.
    read_only
        Refuse writes. Many readers share a file; a writer has it alone.

    Returns
    -------
    twingraph.library.Graph
        To be closed, or used as a context manager.

    Raises
    ------
    twingraph.errors.TwingraphError
        It cannot be opened; the message says why and what to do.
    """
    from twingraph.library import open_graph  # noqa: PLC0415 - `import twingraph` stays a matter of a moment

    return open_graph(database, read_only=read_only)
