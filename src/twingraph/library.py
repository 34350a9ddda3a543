"""The library for notebooks and programs: a database as one object that answers questions (docs/library.md)."""

from collections.abc import Collection
from enum import StrEnum
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Self

from twingraph.errors import ConfigError, StoreError

if TYPE_CHECKING:
    import networkx as nx

    from twingraph.graph.store import Rows, Store
    from twingraph.queries.analyses.network import Network, Ties
    from twingraph.queries.scope import Scope

__all__ = ["Graph", "open_graph"]

_COUNTED = (
    ("places", "MATCH (n:Municipality) RETURN count(n)"),
    ("partnerships", "MATCH ()-[p:PARTNERS_WITH]->() RETURN count(p)"),
    ("statements", "MATCH (s:Statement) RETURN count(s)"),
    ("sources", "MATCH (s:Source) RETURN count(s)"),
)


def open_graph(database: str | Path | None = None, *, read_only: bool = True) -> "Graph":
    """Open a database; see :func:`twingraph.open`."""
    from twingraph.graph.open import open_store  # noqa: PLC0415 - the engines load when they are needed

    return Graph(open_store(database, read_only=read_only))


class Graph:
    """A database that is open. Close it, or use it as a context manager.

    Attributes
    ----------
    store
        The store behind it, for whoever needs transactions: see :class:`twingraph.graph.store.Store`.
    """

    def __init__(self, store: "Store") -> None:
        self.store = store
        self._closed = False

    def query(
        self, question: str, /, *, timeout: float | None = 30.0, limit: int | None = None, **parameters: object
    ) -> "Rows":
        """Ask a named question, or one in Cypher.

        Parameters
        ----------
        question
            The name of a question (``"partners-of"``; docs/questions.md lists them), or Cypher that reads: what would
            write is refused by the engine.
        timeout
            Seconds after which it is given up; ``None`` waits for ever.
        limit
            At most this many rows.
        parameters
            Values for its ``$names``; for a named question places by any of their names.

        Returns
        -------
        Rows
            Iterating gives a dict a row; ``columns`` and ``records`` are there too. ``pandas.DataFrame(rows)`` works.

        Raises
        ------
        twingraph.errors.QueryError
            The engine refuses it, a parameter is missing, or it took too long.
        twingraph.errors.UnknownNameError, twingraph.errors.AmbiguousNameError
            No question or no place is called so, or several places are.
        """
        from twingraph.queries.questions.ask import ask  # noqa: PLC0415
        from twingraph.queries.questions.catalog import find_question, is_question_name  # noqa: PLC0415
        from twingraph.queries.questions.run import run_query  # noqa: PLC0415

        if is_question_name(question):
            named = find_question(question)
            return ask(self.store, named, parameters, timeout=timeout, limit=limit).rows
        return run_query(self.store, question, parameters, timeout=timeout, limit=limit).rows

    def network(
        self,
        scope: "str | Scope | None" = None,
        *,
        kinds: Collection[str] = (),
        statuses: Collection[str] = (),
        themes: Collection[str] = (),
        since: str | None = None,
        until: str | None = None,
        as_of: str | None = None,
        ties: "Ties" = "touching",
        isolated: bool = False,
    ) -> "Network":
        """Read the network that measures are taken of.

        Parameters
        ----------
        scope
            A region, country, municipality or metropolis by any of its names (``"Zhytomyr oblast"``, ``"UA-18"``,
            ``"Польща"``); ``None`` is the whole network.
        kinds, statuses, themes
            Only partnerships of these; empty is all.
        since, until
            Only those begun within; ``2022``, ``2022-11`` or ``2022-11-23``.
        as_of
            Only those that stood on that day.
        ties
            What a scope holds: ``"touching"``, ties with at least one end in it; ``"inside"``, with both; ``"around"``,
            also those among its partners.
        isolated
            Whether places of the scope without any tie are nodes too.

        Raises
        ------
        twingraph.errors.UnknownNameError, twingraph.errors.AmbiguousNameError
            Nothing is called like the scope or the theme, or several places are.
        twingraph.errors.ConfigError
            A kind, a status or a date is none.
        """
        from twingraph.graph.model import Kind, Status  # noqa: PLC0415
        from twingraph.queries.analyses.from_store import read_network  # noqa: PLC0415
        from twingraph.queries.filters import Filters  # noqa: PLC0415

        filters = Filters(
            kinds=frozenset(_choices(Kind, "kind", kinds)),
            statuses=frozenset(_choices(Status, "status", statuses)),
            themes=frozenset([themes] if isinstance(themes, str) else themes),
            since=since,
            until=until,
            as_of=as_of,
        )
        return read_network(self.store, scope=self._scope(scope), filters=filters, ties=ties, isolated=isolated)

    def to_networkx(self, scope: "str | Scope | None" = None, **choices: object) -> "nx.Graph[str]":
        """Return the network as a NetworkX graph.

        Parameters
        ----------
        scope, choices
            As for :meth:`network`.

        Returns
        -------
        networkx.Graph
            A node a place, by its id, with the attributes that are known: ``label``, ``name``, ``name_uk``,
            ``country``, ``region``, ``lat``, ``lon``, ``population``, ``home``. An edge a pair, with ``weight``, the
            number of its partnerships, and ``ties``, a list of them as dicts. The graph's attribute ``description``
            says which network it is.
        """
        return self.network(scope, **choices).to_networkx()  # type: ignore[arg-type]

    def close(self) -> None:
        """Give the database back; a second call does nothing."""
        if not self._closed:
            self._closed = True
            self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<twingraph.Graph {'closed' if self._closed else self.store.info().address}>"

    def _repr_html_(self) -> str:
        """Return what a notebook shows: a few counts. Everything in it is escaped."""
        if self._closed:
            return "<p>twingraph: the database is closed</p>"
        try:
            info = self.store.info()
            counted = [(name, self.store.read(query).records[0][0]) for name, query in _COUNTED]
        except StoreError as error:  # a notebook must not fail because it shows a value
            return f"<p>twingraph: {escape(error.message)}</p>"
        rows = "".join(f"<tr><th>{name}</th><td>{number:,}</td></tr>" for name, number in counted)
        title = escape(f"{info.address} ({info.engine} {info.version}{', read-only' if info.read_only else ''})")
        return f"<table><caption>twingraph: {title}</caption>{rows}</table>"

    def _scope(self, scope: "str | Scope | None") -> "Scope":
        from twingraph.queries.names import find_any  # noqa: PLC0415
        from twingraph.queries.scope import Scope  # noqa: PLC0415

        if scope is None:
            return Scope()
        if isinstance(scope, Scope):
            return scope
        found = find_any(self.store, scope).ref
        return Scope(found.label, found.id)


def _choices[T: StrEnum](known: type[T], what: str, given: Collection[str]) -> list[T]:
    found = []
    for each in [given] if isinstance(given, str) else given:
        try:
            found.append(known(each))
        except ValueError:
            there = f"There are: {', '.join(known)}."
            raise ConfigError(f"There is no {what} of partnership called {each!r}.", there) from None
    return found
