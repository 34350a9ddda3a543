"""The embedded store: one file, read and written by grafeo inside this process.

One process writes at a time and has the file alone; any number read it together. The engine tells neither a node
from a map with ``_id`` and ``_labels`` nor a relationship from a map with ``_id``, ``_source``, ``_target`` and
``_type``: a query that builds such maps gets vertices and relationships.
"""

import re
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, datetime
from datetime import time as time_of_day
from pathlib import Path as FilePath
from typing import Protocol, Self, cast

import grafeo

from twingraph.errors import (
    NotATwingraphStoreError,
    QueryError,
    ReadOnlyError,
    StoreError,
    StoreLockedError,
    StoreNotFoundError,
    TwingraphError,
)
from twingraph.graph.embedded_errors import told
from twingraph.graph.engines import await_answer, check_not_empty, iso_duration, iso_text, would_write
from twingraph.graph.returns import whole_rows, written_columns
from twingraph.graph.schema import MARKERS, NODES, schema_statements
from twingraph.graph.store import Parameters, Path, Relationship, Rows, StoreInfo, Transaction, Vertex

__all__ = ["EmbeddedStore", "is_engine_file", "remove_file"]

MAGIC = b"GRAF"
LOCK_WAIT = 3.0
"""Seconds to wait for a file that another process holds: longer than a short query, shorter than a person waits."""

COMMITS_KEPT = 10
"""Commits after which what they replaced is let go; the engine by itself waits far longer."""

READS_A_FILE = re.compile(r"^ *Load|LoadData", re.MULTILINE)
"""A plan with an operator that reads files (``LoadCsv`` …), on a line of its own or inside an expression."""

WRITES = re.compile(r"^ *(?:Create|Merge|Set|Add|Remove|Delete|Drop|Insert)", re.MULTILINE)
"""A plan with an operator that writes."""

ID_INDEXES = tuple(f"CREATE INDEX {label.lower()}_id IF NOT EXISTS FOR (n:{label}) ON (n.id)" for label in NODES)
"""A unique constraint brings no index here (in Neo4j it does): without these every MERGE by id reads all nodes."""

SHOWS = re.compile(r"(?:\s|//[^\n]*\n|/\*.*?\*/)*SHOW\b", re.IGNORECASE | re.DOTALL)


class _Result(Protocol):
    columns: list[str]

    def __iter__(self) -> Iterator[dict[str, object]]: ...


class _Runner(Protocol):
    def execute_cypher(self, query: str, params: dict[str, object] | None = None) -> _Result: ...


class _EngineTransaction(_Runner, Protocol):
    def commit(self) -> None: ...

    def rollback(self) -> None: ...


class _Engine(_Runner, Protocol):
    node_count: int
    edge_count: int

    def begin_transaction(self) -> _EngineTransaction: ...

    def validate(self) -> list[dict[str, object]]: ...

    def save(self, path: str) -> None: ...

    def gc(self) -> object: ...

    def current_epoch(self) -> int: ...

    def compact(self) -> object: ...

    def close(self) -> None: ...


class EmbeddedStore:
    """A graph store in one file. See :class:`twingraph.graph.store.Store` for what its methods promise."""

    def __init__(self, engine: _Engine, path: FilePath, *, read_only: bool) -> None:
        self._engine = engine
        self._path = path
        self._read_only = read_only
        self._closed = False
        self._commits = 0

    @classmethod
    def open(cls, path: FilePath, *, read_only: bool, create: bool = False) -> Self:
        """Open the file at `path`, or make it where there is none, `create` is set and `read_only` is not.

        A file that another process holds is waited for a few seconds.
        """
        new = look_at(path, may_create=create and not read_only)
        with leaving_no_litter(path) if new else told(path):
            store = cls(open_engine(path, read_only=read_only), path, read_only=read_only)
        try:
            with told(path):
                store._check_ours()
        except TwingraphError:
            store.close()
            raise
        return store

    def _check_ours(self) -> None:
        if self._engine.node_count and not self._has_schema():
            raise NotATwingraphStoreError(
                f"{self._path} is a grafeo database that twingraph did not make.",
                "Name another file with --db, or load into a new one: twingraph load --db FILE",
            )

    def _has_schema(self) -> bool:
        names = {row["name"] for row in self._engine.execute_cypher("SHOW CONSTRAINTS")}
        return bool(names & MARKERS)

    def _check_open(self, *, to_write: bool = False) -> None:
        if self._closed:
            raise StoreError(f"The database {self._path} is closed.", "Open it again.")
        if to_write and self._read_only:
            raise ReadOnlyError(f"{self._path} is open for reading only.", "Open it with read_only=False.")

    @property
    def read_only(self) -> bool:
        """Whether this handle refuses writes."""
        return self._read_only

    def read(self, query: str, parameters: Parameters | None = None, *, timeout: float | None = None) -> Rows:
        """Run one query that must not write and must not read files of this machine.

        The engine cannot stop a query. One that takes longer than `timeout`, or that is left by Ctrl-C, goes on in
        the background until it ends or the process does; its answer is thrown away and the store stays usable.
        """
        return await_answer(lambda: self._read(query, parameters), timeout)

    def _read(self, query: str, parameters: Parameters | None) -> Rows:
        self._check_open()
        check_not_empty(query)
        with told(self._path, query, lines_before=1):
            self._refuse(query)
            whole = whole_rows(query)
            if whole != query:
                self._refuse(whole)
        with told(self._path, query):
            if self._read_only:
                # The engine itself refuses writes through this handle.
                return run(self._engine, query, parameters)
            # The engine has no read-only transaction on a writing handle. The plan was looked at above, and whatever
            # it did not show is undone.
            transaction = self._engine.begin_transaction()
            try:
                return run(transaction, query, parameters)
            finally:
                transaction.rollback()

    def _refuse(self, query: str) -> None:
        """Refuse a query by the engine's plan for it, not by its text, which has too many ways to say a thing."""
        try:
            plan = "".join(str(row["plan"]) for row in self._engine.execute_cypher("EXPLAIN\n" + query))
        except grafeo.GrafeoError as error:
            if "Schema commands" not in str(error):
                raise
            # Commands on constraints and indexes have no plan and take no data in.
            if not SHOWS.match(query):
                raise would_write() from error
            return
        if READS_A_FILE.search(plan):
            raise QueryError(
                "The query would read a file of this machine (LOAD CSV).",
                "Bring a file in with `twingraph load FILE` and ask the graph.",
            )
        if not self._read_only and WRITES.search(plan):
            raise would_write()

    def write[T](self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one transaction: committed when it returns, undone when it raises."""
        self._check_open(to_write=True)
        with told(self._path):
            transaction = self._engine.begin_transaction()
        try:
            result = work(EmbeddedTransaction(transaction, self._path))
        except BaseException:
            # A statement that failed may have ended the transaction; what it failed of is what the caller must see.
            with suppress(grafeo.GrafeoError):
                transaction.rollback()
            raise
        with told(self._path):
            transaction.commit()
            self._commits += 1
            if self._commits % COMMITS_KEPT == 0:
                self._engine.gc()
        return result

    def ensure_schema(self, *, ids_only: bool = False) -> None:
        """Create the constraints and indexes that are not there yet; only the indexes of ids with `ids_only`."""
        self._check_open(to_write=True)
        with told(self._path):
            if self._engine.node_count and not ids_only and not self._has_schema():
                self._engine.compact()  # what is in the file now need not go through memory once more with the indexes
            for statement in ID_INDEXES if ids_only else (*schema_statements(), *ID_INDEXES):
                self._engine.execute_cypher(statement)

    def info(self) -> StoreInfo:
        """Return what the store says of itself; the size counts the log that lies beside an open file."""
        with told(self._path):
            files = [self._path, *log_of(self._path).glob("*")]
            return StoreInfo(
                engine="grafeo",
                version=grafeo.__version__,
                address=str(self._path),
                read_only=self._read_only,
                nodes=self._engine.node_count,
                relationships=self._engine.edge_count,
                size_bytes=sum(file.stat().st_size for file in files if file.is_file()),
            )

    @property
    def path(self) -> FilePath:
        """The file."""
        return self._path

    @property
    def commits(self) -> int:
        """How often anything was written to the file since it was made."""
        with told(self._path):
            return self._engine.current_epoch()

    def check(self) -> tuple[str, ...]:
        """Let the engine check the whole file; return what is wrong with it, each in a sentence."""
        with told(self._path):
            found = [f"{error.get('code')}: {error.get('message')}" for error in self._engine.validate()]
            names = {str(row["name"]) for row in self._engine.execute_cypher("SHOW CONSTRAINTS")}
        if self._engine.node_count:
            found += [f"The constraint {name} is missing: run `twingraph load`." for name in sorted(MARKERS - names)]
        return tuple(found)

    def backup(self, target: FilePath) -> None:
        """Write the whole store as of now to the new file `target`, which is complete once it is there."""
        if target.exists():
            raise StoreError(f"{target} is there already.", "Name a new file, or remove that one first.")
        if not target.parent.is_dir():
            raise StoreError(f"The folder {target.parent} does not exist.", "Make it, or name another place.")
        part = target.with_name(target.name + ".part")
        try:
            with told(target):
                part.unlink(missing_ok=True)
                self._engine.save(str(part))
                part.rename(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise

    def close(self) -> None:
        """Give the file back; a second call does nothing."""
        self._closed = True
        with told(self._path):
            self._engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"EmbeddedStore({str(self._path)!r}, read_only={self._read_only})"


class EmbeddedTransaction:
    """One open transaction of the embedded store."""

    def __init__(self, transaction: _EngineTransaction, path: FilePath) -> None:
        self._transaction = transaction
        self._path = path

    def run(self, query: str, parameters: Parameters | None = None) -> Rows:
        """Run one Cypher query and return its rows."""
        with told(self._path, query):
            return run(self._transaction, query, parameters)


def is_engine_file(path: FilePath) -> bool:
    """Tell whether the engine has made a file; one that is empty it may have been about to make."""
    with told(path), path.open("rb") as file:
        return file.read(len(MAGIC)) in (b"", MAGIC)


def look_at(path: FilePath, *, may_create: bool) -> bool:
    """Look at the file before the engine does, so that nothing is made or locked by mistake; whether it is new."""
    try:
        with path.open("rb") as file:
            start = file.read(len(MAGIC))
    except FileNotFoundError:
        if not may_create:
            raise StoreNotFoundError(
                f"There is no database at {path}.", f"Make it and fill it: twingraph load --db {path}"
            ) from None
        if not path.parent.is_dir():
            raise StoreNotFoundError(
                f"The folder {path.parent} does not exist.", "Make the folder, or name another place with --db."
            ) from None
        return True
    except IsADirectoryError:
        raise NotATwingraphStoreError(f"{path} is a folder.", "Name a file with --db.") from None
    except NotADirectoryError:
        raise StoreNotFoundError(
            f"There is no database at {path}: a part of that path is a file.", "Correct the path given as --db."
        ) from None
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}.", "Check who owns the file.") from error
    if start != MAGIC:
        raise NotATwingraphStoreError(
            f"{path} is not a twingraph database.",
            "Name another file with --db; a table is read by `twingraph load FILE`.",
        )
    return False


def open_engine(path: FilePath, *, read_only: bool) -> _Engine:
    """Open the file, waiting a little while another process holds it."""
    deadline = time.monotonic() + LOCK_WAIT
    while True:
        try:
            with told(path):
                return cast(
                    "_Engine", grafeo.GrafeoDB.open_read_only(str(path)) if read_only else grafeo.GrafeoDB(str(path))
                )
        except StoreLockedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


@contextmanager
def leaving_no_litter(path: FilePath) -> Iterator[None]:
    """Remove what a failed making of `path` leaves behind."""
    before = set(path.parent.iterdir())
    try:
        with told(path):
            yield
    except BaseException:
        for made in set(path.parent.iterdir()) - before:
            if made == log_of(path):
                shutil.rmtree(made, ignore_errors=True)
            elif made.name.startswith(path.name):
                made.unlink(missing_ok=True)
        raise


def log_of(path: FilePath) -> FilePath:
    """Return the folder beside `path` in which the engine logs commits while it writes."""
    return path.with_name(path.name + ".wal")


def remove_file(path: FilePath) -> None:
    """Remove a store that nobody has open: its file, and the log that a killed process has left beside it."""
    path.unlink(missing_ok=True)
    shutil.rmtree(log_of(path), ignore_errors=True)


def run(runner: _Runner, query: str, parameters: Parameters | None) -> Rows:
    """Run one query and return its result as rows that look the same from every engine."""
    result = runner.execute_cypher(whole_rows(query), None if parameters is None else dict(parameters))
    given = result.columns
    written = written_columns(query)
    if written is None or len(written) != len(given):
        written = (None,) * len(given)
    columns = tuple(text or name for text, name in zip(written, given, strict=True))
    return Rows(columns, [tuple([value(row[name]) for name in given]) for row in result])


PLAIN = frozenset({type(None), bool, int, float, str})
PATH_KEYS = ["nodes", "edges"]


def value(item: object) -> object:
    """Return one value of the engine as :class:`twingraph.graph.store.Rows` promises it."""
    kind = type(item)
    if kind in PLAIN:
        return item
    if isinstance(item, list):
        return [value(element) for element in item]
    if isinstance(item, dict):
        return graph_value(item)
    if isinstance(item, (date, datetime, time_of_day)):
        return iso_text(item)
    return item


def graph_value(item: dict[str, object]) -> object:
    """Return a node, relationship, path or duration for a dict that has its shape, else a map.

    The engine writes the keys of a map in order, but a path's nodes before its edges, and a node's id before its
    properties: a map made by a query cannot pass for a path.
    """
    if "_id" in item:
        match item:
            case {"_labels": list(labels), "_id": int()}:
                return Vertex(tuple(sorted(str(label) for label in labels)), properties(item, {"_id", "_labels"}))
            case {"_type": str(kind), "_id": int(), "_source": int(), "_target": int()}:
                return Relationship(kind, properties(item, {"_id", "_type", "_source", "_target"}))
    keys = list(item)
    if keys == PATH_KEYS:
        nodes, edges = value(item["nodes"]), value(item["edges"])
        return Path(tuple(cast("list[Vertex]", nodes)), tuple(cast("list[Relationship]", edges)))
    if keys == ["months", "days", "nanos"]:
        return iso_duration(*cast("list[int]", list(item.values())))
    return {key: value(item[key]) for key in sorted(item)}


def properties(item: Mapping[str, object], without: set[str]) -> dict[str, object]:
    """Return the properties among the keys of a node or a relationship."""
    return {key: value(item[key]) for key in sorted(item) if key not in without}
