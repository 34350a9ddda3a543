"""The one seam to the engines: what twingraph asks of a graph store."""

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
    """A node in a row: its labels and properties, the same from every engine."""

    labels: tuple[str, ...]
    properties: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship in a row: its type and properties, the same from every engine."""

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
        One tuple a row: ``None``, `bool`, `int`, `float`, `str`, `list`, `dict`, `Vertex`, `Relationship` or `Path`.
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
    """What a store says of itself.

    Attributes
    ----------
    engine, version
        ``grafeo`` or ``neo4j``, and its version.
    address
        The file's path or the server's URI, never with a password.
    read_only
        Whether this handle refuses writes.
    nodes, relationships
        Counts over the whole database.
    size_bytes
        Size on disk, where the engine tells.
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
    """One open transaction: everything run in it becomes visible together, or not at all."""

    def run(self, query: str, parameters: Parameters | None = None) -> Rows:
        """Run one Cypher query and return its rows."""
        ...


class Store(Protocol):
    """A graph store: the embedded file or a server. Close it, or use it as a context manager."""

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
            Seconds after which the query is given up.

        Raises
        ------
        twingraph.errors.QueryError
            The engine refuses the query, among other reasons because it would write.
        twingraph.errors.QueryTimeoutError
            It ran longer than `timeout`.
        """
        ...

    def write[T](self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one transaction and return what it returns.

        The transaction is committed when `work` returns and undone when it raises. A server may call `work` again
        after a passing fault, so it must not change anything outside the transaction.
        """
        ...

    def ensure_schema(self, *, ids_only: bool = False) -> None:
        """Create the constraints and indexes of :mod:`twingraph.graph.schema` that are not there yet.

        With `ids_only` those may wait that writing by id does not need: on an empty store that is quicker.
        """
        ...

    def info(self) -> StoreInfo:
        """Return what the store says of itself."""
        ...

    def check(self) -> tuple[str, ...]:
        """Look the whole store over and return what is wrong with it, each in a sentence; nothing is the good news."""
        ...

    def backup(self, target: FilePath) -> None:
        """Write the whole store as of now to the new file `target`.

        Raises
        ------
        twingraph.errors.StoreError
            The file is there already, or the store is a server, which has tools of its own for this.
        """
        ...

    def close(self) -> None:
        """Give the store back; a second call does nothing."""
        ...

    def __enter__(self) -> "Store": ...

    def __exit__(self, *exc: object) -> None: ...
