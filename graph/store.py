"""The protocol of a graph store, which both engines implement."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Protocol

__all__ = [
    "Parameters",
    "Path",
    "Relationship",
    "Rows",
    "Store",
    "StoreInfo",
    "Transaction",
    "Vertex",
]

type Parameters = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Vertex:
    """A node in a row, the same from every engine."""

    labels: tuple[str, ...]
    properties: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship in a row, the same from every engine."""

    type: str
    properties: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Path:
    """A path in a row: its nodes and the relationships between them, in order."""

    nodes: tuple[Vertex, ...]
    relationships: tuple[Relationship, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a query.

    Attributes
    ----------
    columns
        Names in the order of the query's ``RETURN``.
    records
        One tuple per row: ``None``, `bool`, `int`, `float`, `str`, `list`, `dict`, `Vertex`, `Relationship` or `Path`.
    """

    columns: tuple[str, ...]
    records: Sequence[tuple[object, ...]]

    def __iter__(self) -> Iterator[dict[str, object]]:
        """Yield each row as a dict keyed by column."""
        return (dict(zip(self.columns, record, strict=True)) for record in self.records)

    def __len__(self) -> int:
        return len(self.records)


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """Facts about a store.

    Attributes
    ----------
    engine, version
        ``grafeo`` or ``neo4j``, and its version.
    address
        The file's path or the server's URI, without a password.
    read_only
        Whether this handle refuses writes.
    nodes, relationships
        Counts over the whole database.
    size_bytes
        Size on disk, where the engine reports it.
    details
        Further facts by name, such as the database's name or the server's edition.
    """

    engine: str
    version: str
    address: str
    read_only: bool
    nodes: int
    relationships: int
    size_bytes: int | None = None
    details: Mapping[str, str] = field(default_factory=dict)


class Transaction(Protocol):
    """One open transaction: all of its changes become visible together, or none."""

    def run(self, query: str, parameters: Parameters | None = None) -> Rows:
        """Run one Cypher query and return its rows."""
        ...


class Store(Protocol):
    """A graph store: an embedded file or a server. Close it, or use it as a context manager."""

    @property
    def read_only(self) -> bool:
        """Whether this handle refuses writes."""
        ...

    def read(self, query: str, parameters: Parameters | None = None, *, timeout: float | None = None) -> Rows:
        """Run one query that must not write.

        Parameters
        ----------
        query
            Cypher text.
        parameters
            Values for its ``$names``.
        timeout
            Seconds after which the query is stopped.

        Raises
        ------
        twingraph.errors.QueryError
            The engine refuses the query, for example because it would write.
        twingraph.errors.QueryTimeoutError
            It ran longer than `timeout`.
        """
        ...

    def write[T](self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one transaction and return what it returns.

        The transaction is committed when `work` returns and rolled back when it raises. A server may call `work` again
        after a transient fault, so `work` must not change anything outside the transaction.
        """
        ...

    def ensure_schema(self, *, ids_only: bool = False) -> None:
        """Create the missing constraints and indexes of :mod:`twingraph.graph.schema`.

        With `ids_only`, only those that writing by id needs: an empty store is filled faster with these alone.
        """
        ...

    def info(self) -> StoreInfo:
        """Return the facts about this store."""
        ...

    def check(self) -> tuple[str, ...]:
        """Check the whole store and return its faults, one sentence each."""
        ...

    def backup(self, target: FilePath) -> None:
        """Write the current contents of the store to the new file `target`.

        Raises
        ------
        twingraph.errors.StoreError
            The file exists already, or the store is a server, which has backup tools of its own.
        """
        ...

    def close(self) -> None:
        """Release the store; a second call does nothing."""
        ...

    def __enter__(self) -> "Store": ...

    def __exit__(self, *exc: object) -> None: ...
