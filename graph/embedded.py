"""The embedded store: one file, read and written by grafeo inside this process.

One process writes at a time and has the file exclusively; any number of processes read it together. The engine returns
nodes and relationships as maps: a query that builds a map with ``_id`` and ``_labels``, or with ``_id``, ``_source``,
``_target`` and ``_type``, gets a vertex or a relationship.
"""

import re
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
    OutdatedStoreError,
    QueryError,
    ReadOnlyError,
    StoreError,
    StoreLockedError,
    StoreNotFoundError,
    TwingraphError,
)
from twingraph.graph.adapters import await_answer, check_not_empty, iso_duration, would_write
from twingraph.graph.embedded_errors import translate_engine_errors
from twingraph.graph.files import MAGIC, check_unchanged, file_identity, log_of, remove_file
from twingraph.graph.returns import whole_rows, written_columns
from twingraph.graph.schema import MARKERS, MODEL_MARKER, NODES, schema_statements
from twingraph.graph.store import Parameters, Path, Relationship, Rows, StoreInfo, Transaction, Vertex

__all__ = ["EmbeddedStore"]

LOCK_WAIT_SECONDS = 3.0
"""Seconds to wait for a file that another process holds: longer than a short query takes. Chosen by hand."""

COMMITS_PER_CLEANUP = 10
"""Commits after which replaced versions are freed; the engine by itself waits far longer. Chosen by hand."""

READS_FILES = re.compile(r"^ *Load|LoadData", re.MULTILINE)
"""An operator of a plan that reads files (``LoadCsv`` …), on a line of its own or inside an expression."""

WRITES = re.compile(r"^ *(?:Create|Merge|Set|Add|Remove|Delete|Drop|Insert)", re.MULTILINE)
"""An operator of a plan that writes."""

ID_INDEXES = tuple(f"CREATE INDEX {label.lower()}_id IF NOT EXISTS FOR (n:{label}) ON (n.id)" for label in NODES)
"""A unique constraint creates no index in grafeo: without these, every MERGE by id reads all nodes."""

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
    """A graph store in one file, which implements :class:`twingraph.graph.store.Store`."""

    def __init__(self, engine: _Engine, path: FilePath, *, read_only: bool) -> None:
        self._engine = engine
        self._path = path
        self._read_only = read_only
        self._closed = False
        self._commits = 0
        self._identity = file_identity(path)

    @classmethod
    def open(cls, path: FilePath, *, read_only: bool, create: bool = False) -> Self:
        """Open the file at `path`, or create it if it is missing, `create` is set and `read_only` is not.

        Waits up to :data:`LOCK_WAIT_SECONDS` for a file that another process holds.
        """
        is_new = check_file(path, may_create=create and not read_only)
        with removed_on_failure(path) if is_new else translate_engine_errors(path):
            if is_new:
                remove_file(path)  # the log of a database that was there before
            store = cls(open_engine(path, read_only=read_only), path, read_only=read_only)
        try:
            with translate_engine_errors(path):
                store._check_ours()
        except TwingraphError:
            store.close()
            raise
        return store

    def _check_ours(self) -> None:
        if not self._engine.node_count:
            return
        names = self._constraints()
        if not names & MARKERS:
            raise NotATwingraphStoreError(
                f"{self._path} is a grafeo database that twingraph did not make.",
                "Name another file with --db, or load into a new one: twingraph load --db FILE",
            )
        if MODEL_MARKER not in names:
            raise OutdatedStoreError(
                f"{self._path} was made by an earlier version of twingraph, which stored partnerships in another form.",
                "Load again: remove the file, or name a new one with --db, then load its sources: twingraph load",
            )

    def _constraints(self) -> set[str]:
        return {str(row["name"]) for row in self._engine.execute_cypher("SHOW CONSTRAINTS")}

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

        The engine cannot stop a query. After `timeout` or Ctrl-C the query continues in the background until it ends
        or the process exits; its answer is discarded and the store stays usable.
        """
        return await_answer(lambda: self._read(query, parameters), timeout)

    def _read(self, query: str, parameters: Parameters | None) -> Rows:
        self._check_open()
        check_not_empty(query)
        with translate_engine_errors(self._path, query, lines_before=1):
            self._check_plan(query)
            whole = whole_rows(query)
            if whole != query:
                self._check_plan(whole)
        with translate_engine_errors(self._path, query):
            if self._read_only:
                return run(self._engine, query, parameters)
            # A writing handle has no read-only transaction: the rollback undoes any write that the plan did not show.
            transaction = self._engine.begin_transaction()
            try:
                return run(transaction, query, parameters)
            finally:
                transaction.rollback()

    def _check_plan(self, query: str) -> None:
        """Refuse a query that reads files or writes, by its plan: its text has too many forms."""
        try:
            plan = "".join(str(row["plan"]) for row in self._engine.execute_cypher("EXPLAIN\n" + query))
        except grafeo.GrafeoError as error:
            if "Schema commands" not in str(error):
                raise
            # Commands on constraints and indexes have no plan and read no data.
            if not SHOWS.match(query):
                raise would_write() from error
            return
        if READS_FILES.search(plan):
            raise QueryError(
                "The query would read a file of this machine (LOAD CSV).",
                "Load the file with `twingraph load FILE` and query the graph.",
            )
        if not self._read_only and WRITES.search(plan):
            raise would_write()

    def write[T](self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one transaction: committed when it returns, rolled back when it raises."""
        self._check_open(to_write=True)
        with translate_engine_errors(self._path):
            transaction = self._engine.begin_transaction()
        try:
            result = work(EmbeddedTransaction(transaction, self._path))
        except BaseException:
            # A failed statement may have ended the transaction; the caller must see the first error.
            with suppress(grafeo.GrafeoError):
                transaction.rollback()
            raise
        with translate_engine_errors(self._path):
            transaction.commit()
            self._commits += 1
            if self._commits % COMMITS_PER_CLEANUP == 0:
                self._engine.gc()
        check_unchanged(self._path, self._identity)
        return result

    def ensure_schema(self, *, ids_only: bool = False) -> None:
        """Create missing constraints and indexes; with `ids_only`, only the indexes of ids."""
        self._check_open(to_write=True)
        with translate_engine_errors(self._path):
            if self._engine.node_count and not ids_only and not self._constraints():
                self._engine.compact()  # a compacted file needs less memory while its indexes are built
            for statement in ID_INDEXES if ids_only else (*schema_statements(), *ID_INDEXES):
                self._engine.execute_cypher(statement)

    def info(self) -> StoreInfo:
        """Return the facts about this store; the size includes the log of an open file."""
        with translate_engine_errors(self._path):
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
        """The path of the file."""
        return self._path

    @property
    def commits(self) -> int:
        """Number of commits since the file was created."""
        with translate_engine_errors(self._path):
            return self._engine.current_epoch()

    def check(self) -> tuple[str, ...]:
        """Let the engine check the whole file and return its faults, one sentence each."""
        with translate_engine_errors(self._path):
            found = [f"{error.get('code')}: {error.get('message')}" for error in self._engine.validate()]
            names = self._constraints()
        if self._engine.node_count:
            found += [f"The constraint {name} is missing: run `twingraph load`." for name in sorted(MARKERS - names)]
        return tuple(found)

    def backup(self, target: FilePath) -> None:
        """Write the current contents to the new file `target`, which appears only when it is complete."""
        if target.exists():
            raise StoreError(f"{target} exists already.", "Name a new file, or remove that one first.")
        if not target.parent.is_dir():
            raise StoreError(f"The folder {target.parent} does not exist.", "Create it, or name another folder.")
        part = target.with_name(target.name + ".part")
        try:
            with translate_engine_errors(target):
                part.unlink(missing_ok=True)
                self._engine.save(str(part))
                part.rename(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise

    def close(self) -> None:
        """Release the file; a second call does nothing."""
        self._closed = True
        with translate_engine_errors(self._path):
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
        with translate_engine_errors(self._path, query):
            return run(self._transaction, query, parameters)


def check_file(path: FilePath, *, may_create: bool) -> bool:
    """Check the file before the engine creates or locks anything; return whether it is new."""
    try:
        with path.open("rb") as file:
            start = file.read(len(MAGIC))
    except FileNotFoundError:
        if not may_create:
            raise StoreNotFoundError(
                f"There is no database at {path}.", f"Create and fill it: twingraph load --db {path}"
            ) from None
        if not path.parent.is_dir():
            raise StoreNotFoundError(
                f"The folder {path.parent} does not exist.", "Create the folder, or name another one with --db."
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
    """Open the file; wait up to :data:`LOCK_WAIT_SECONDS` while another process holds it."""
    deadline = time.monotonic() + LOCK_WAIT_SECONDS
    while True:
        before = file_identity(path)
        try:
            with translate_engine_errors(path):
                engine = cast(
                    "_Engine", grafeo.GrafeoDB.open_read_only(str(path)) if read_only else grafeo.GrafeoDB(str(path))
                )
            if before in {None, file_identity(path)}:
                return engine
            engine.close()  # another process replaced the file before it could be locked
        except StoreLockedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


@contextmanager
def removed_on_failure(path: FilePath) -> Iterator[None]:
    """Remove the files of a store at `path` whose creation failed."""
    try:
        with translate_engine_errors(path):
            yield
    except StoreLockedError:  # another process has created it meanwhile
        raise
    except BaseException:
        with suppress(TwingraphError):  # the first error counts
            remove_file(path)
        raise


def run(runner: _Runner, query: str, parameters: Parameters | None) -> Rows:
    """Run one query and return its result as :class:`twingraph.graph.store.Rows`."""
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
    """Convert one value of the engine to a type of :class:`twingraph.graph.store.Rows`."""
    kind = type(item)
    if kind in PLAIN:
        return item
    if isinstance(item, list):
        return [value(element) for element in item]
    if isinstance(item, dict):
        return graph_value(item)
    if isinstance(item, (date, datetime, time_of_day)):
        return item.isoformat()
    return item


def graph_value(item: dict[str, object]) -> object:
    """Convert a dict with the shape of a node, relationship, path or duration; any other is a map.

    The engine sorts the keys of a map, but writes a path's nodes before its edges: no map of a query looks like a path.
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
    """Return the properties of a node or a relationship: its keys without the engine's own."""
    return {key: value(item[key]) for key in sorted(item) if key not in without}
