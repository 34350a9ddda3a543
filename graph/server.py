"""The server store: a Neo4j server or cluster, reached over Bolt by the official driver.

The driver repeats a transaction after a transient fault (a new leader, a deadlock). While it may still try again it
gets its own errors; they are translated when it gives up.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path as FilePath
from typing import Self
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import neo4j
import neo4j.graph
import neo4j.spatial
import neo4j.time
from neo4j.exceptions import DriverError, Neo4jError

from twingraph.config import Credentials, check_no_password, server_database
from twingraph.errors import NotATwingraphStoreError, OutdatedStoreError, ReadOnlyError, StoreError, TwingraphError
from twingraph.graph.adapters import await_answer, check_not_empty, iso_duration
from twingraph.graph.schema import MARKERS, MODEL_MARKER, schema_statements
from twingraph.graph.server_errors import check_version, translate_driver_error, translate_server_error
from twingraph.graph.store import Parameters, Path, Relationship, Rows, StoreInfo, Transaction, Vertex

__all__ = ["ServerStore"]

CONNECT_SECONDS = 10.0
RETRY_SECONDS = 15.0
INDEX_SECONDS = 300

# Without a handler, the driver would write its remarks on retries to stderr.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


@contextmanager
def translate_server_errors(
    address: str, database: str | None = None, query: str | None = None, timeout: float | None = None
) -> Iterator[None]:
    """Raise a driver's or a server's error as a :class:`TwingraphError`; `address` has no password in it."""
    try:
        yield
    except Neo4jError as error:
        text = (error.message or "").strip()
        raise translate_server_error(
            error.code or "", text, address=address, database=database, query=query, timeout=timeout
        ) from error
    except (DriverError, OSError, ValueError, OverflowError) as error:
        raise translate_driver_error(type(error).__name__, str(error), address) from error


def should_retry(error: Neo4jError | DriverError) -> bool:
    """Whether the driver should run the transaction again: not after a lack of memory, which it would meet again."""
    return error.is_retryable() and "OutOfMemory" not in (getattr(error, "code", "") or "")


class ServerStore:
    """A graph store on a Neo4j server, which implements :class:`twingraph.graph.store.Store`."""

    def __init__(
        self, driver: neo4j.Driver, *, address: str, agent: str, database: str | None, read_only: bool
    ) -> None:
        self._driver = driver
        self._address = address
        self._agent = agent
        self._database = database
        self._read_only = read_only
        self._closed = False

    @classmethod
    def open(cls, uri: str, *, read_only: bool, credentials: Credentials) -> Self:
        """Connect, log in, and check that the server is new enough and the database is ours or empty.

        Parameters
        ----------
        uri
            ``bolt://``, ``neo4j://`` and their ``+s`` and ``+ssc`` forms. The database is ``?database=NAME``, else
            ``TWINGRAPH_NEO4J_DATABASE``, else the user's home database.
        read_only
            Refuse :meth:`write`.
        credentials
            User and password.
        """
        check_no_password(uri)
        address, database = split_database(uri)
        database = database or server_database()
        with translate_server_errors(address, database):
            driver = neo4j.GraphDatabase.driver(
                address,
                auth=(credentials.user, credentials.password),
                user_agent="twingraph",
                connection_timeout=CONNECT_SECONDS,
                connection_acquisition_timeout=CONNECT_SECONDS,
                max_transaction_retry_time=RETRY_SECONDS,
                notifications_min_severity="OFF",
            )
        try:
            with translate_server_errors(address, database):
                agent = driver.get_server_info().agent
            check_version(agent, address)
            store = cls(driver, address=address, agent=agent, database=database, read_only=read_only)
            store._check_ours()
        except BaseException:
            driver.close()
            raise
        return store

    def _check_ours(self) -> None:
        names = self._constraints()
        if MODEL_MARKER in names or not self.read("MATCH (n) RETURN count(n) AS n").records[0][0]:
            return
        if names & MARKERS:
            raise OutdatedStoreError(
                f"The database {self._database or 'that is the default'} on {self._address} was loaded by an earlier"
                " version of twingraph, which stored partnerships in another form.",
                "Load again: empty it with Neo4j's own tools (MATCH (n) DETACH DELETE n) or name another database, "
                "then load its sources: twingraph load",
            )
        raise NotATwingraphStoreError(
            f"The database {self._database or 'that is the default'} on {self._address} holds data that twingraph"
            " did not load.",
            "Name another database: --db 'URI?database=NAME'.",
        )

    def _constraints(self) -> frozenset[str]:
        return frozenset(str(record[0]) for record in self.read("SHOW CONSTRAINTS YIELD name RETURN name").records)

    def _session(self, mode: str) -> neo4j.Session:
        if self._closed:
            raise StoreError(f"The connection to {self._address} is closed.", "Open it again.")
        return self._driver.session(database=self._database, default_access_mode=mode)

    @property
    def read_only(self) -> bool:
        """Whether this handle refuses writes."""
        return self._read_only

    def read(self, query: str, parameters: Parameters | None = None, *, timeout: float | None = None) -> Rows:
        """Run one query in a read-only transaction of the server, which stops it after `timeout`."""
        check_not_empty(query)

        @neo4j.unit_of_work(timeout=timeout)
        def work(transaction: neo4j.ManagedTransaction) -> Rows:
            return run(transaction, query, parameters)

        def ask() -> Rows:
            with (
                translate_server_errors(self._address, self._database, query, timeout),
                self._session(neo4j.READ_ACCESS) as session,
            ):
                return session.execute_read(work)

        # The server keeps the time limit. Closing a session would wait for the answer, so Ctrl-C abandons the whole
        # thread; the server stops the query when the connection closes.
        return await_answer(ask)

    def write[T](self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one transaction; after a transient fault the driver rolls it back and runs `work` again."""
        if self._read_only:
            raise ReadOnlyError(f"{self._address} is open for reading only.", "Open it with read_only=False.")

        def managed(transaction: neo4j.ManagedTransaction) -> T:
            return work(ServerTransaction(transaction, self._address, self._database))

        with translate_server_errors(self._address, self._database), self._session(neo4j.WRITE_ACCESS) as session:
            return session.execute_write(managed)

    def ensure_schema(self, *, ids_only: bool = False) -> None:  # noqa: ARG002 - a constraint has its index here
        """Create missing constraints and indexes, and wait until they are online."""

        def create(transaction: Transaction) -> None:
            for statement in schema_statements():
                transaction.run(statement)

        self.write(create)
        self.read("CALL db.awaitIndexes($seconds)", {"seconds": INDEX_SECONDS})

    def info(self) -> StoreInfo:
        """Return the facts about this store; a server does not report its size on disk."""
        nodes = self.read("MATCH (n) RETURN count(n) AS n").records[0][0]
        relationships = self.read("MATCH ()-[r]->() RETURN count(r) AS n").records[0][0]
        details = {
            str(key): str(text)
            for row in self.read("CALL dbms.components() YIELD edition RETURN edition")
            for key, text in row.items()
        }
        details["database"] = str(self.read("CALL db.info() YIELD name RETURN name").records[0][0])
        return StoreInfo(
            engine="neo4j",
            version=self._agent.removeprefix("Neo4j/"),
            address=self._address,
            read_only=self._read_only,
            nodes=int(str(nodes)),
            relationships=int(str(relationships)),
            details=details,
        )

    def check(self) -> tuple[str, ...]:
        """Return the faults of constraints and indexes; the server checks its own files."""
        found = [
            f"The index {name} is not in use: it is {state}."
            for name, state in self.read(
                "SHOW INDEXES YIELD name, state WHERE state <> 'ONLINE' RETURN name, state ORDER BY name"
            ).records
        ]
        names = self._constraints()
        if names & MARKERS:
            found += [f"The constraint {name} is missing: run `twingraph load`." for name in sorted(MARKERS - names)]
        return tuple(found)

    def backup(self, target: FilePath) -> None:
        """Raise :class:`StoreError`: a server is backed up by its own tools."""
        raise StoreError(
            f"{self._address} is a server, and {target} cannot be written from it.",
            "Use the server's own tool: neo4j-admin database dump (see docs/neo4j.md).",
        )

    def close(self) -> None:
        """Close the connections; a second call does nothing."""
        self._closed = True
        with translate_server_errors(self._address, self._database):
            self._driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        # An abandoned query may hold a connection, which then fails to close; the caller must see the first error.
        with suppress(Exception) if any(exc) else nullcontext():
            self.close()

    def __repr__(self) -> str:
        return f"ServerStore({self._address!r}, database={self._database!r}, read_only={self._read_only})"


class ServerTransaction:
    """One open transaction of the server store."""

    def __init__(self, transaction: neo4j.ManagedTransaction, address: str, database: str | None) -> None:
        self._transaction = transaction
        self._address = address
        self._database = database

    def run(self, query: str, parameters: Parameters | None = None) -> Rows:
        """Run one Cypher query and return its rows."""
        try:
            with translate_server_errors(self._address, self._database, query):
                return run(self._transaction, query, parameters)
        except TwingraphError as error:
            cause = error.__cause__
            if isinstance(cause, (Neo4jError, DriverError)) and should_retry(cause):
                raise cause from None  # the driver recognises it and runs the whole work again
            raise


def split_database(uri: str) -> tuple[str, str | None]:
    """Return the URI without ``?database=…``, and the name of the database in it."""
    parts = urlsplit(uri)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    names = [value for key, value in pairs if key == "database" and value]
    rest = urlencode([(key, value) for key, value in pairs if key != "database"])
    return urlunsplit(parts._replace(query=rest)), names[-1] if names else None


def run(transaction: neo4j.ManagedTransaction, query: str, parameters: Parameters | None) -> Rows:
    """Run one query and return its result as :class:`twingraph.graph.store.Rows`."""
    result = transaction.run(query, None if parameters is None else dict(parameters))
    return Rows(tuple(result.keys()), [tuple([plain(item) for item in record.values()]) for record in result])


def plain(item: object) -> object:  # noqa: PLR0911  (one return per type)
    """Convert one value of the driver to a type of :class:`twingraph.graph.store.Rows`."""
    match item:
        case None | bool() | int() | float() | str():
            return item
        case list():
            return [plain(element) for element in item]
        case dict():
            return {str(key): plain(item[key]) for key in sorted(item)}
        case neo4j.graph.Node():
            return vertex(item)
        case neo4j.graph.Relationship():
            return relationship(item)
        case neo4j.graph.Path():
            return Path(tuple(map(vertex, item.nodes)), tuple(map(relationship, item.relationships)))
        case neo4j.time.Duration():
            months, days, seconds, nanos = item
            return iso_duration(months, days, seconds * 1_000_000_000 + nanos)
        case neo4j.time.Date() | neo4j.time.Time() | neo4j.time.DateTime():
            return temporal(item)
        case neo4j.spatial.Point():
            return {"srid": item.srid, **dict(zip("xyz", item, strict=False))}
        case _:
            return item


def temporal(item: neo4j.time.Date | neo4j.time.Time | neo4j.time.DateTime) -> str:
    """Return a date or time as ISO 8601 text; only the driver's own form keeps nanoseconds."""
    if getattr(item, "nanosecond", 0) % 1000:
        return item.iso_format()
    return item.to_native().isoformat()


def vertex(node: neo4j.graph.Node) -> Vertex:
    """Return a node without the server's own ids."""
    return Vertex(tuple(sorted(node.labels)), {key: plain(node[key]) for key in sorted(node)})


def relationship(item: neo4j.graph.Relationship) -> Relationship:
    """Return a relationship without the server's own ids."""
    return Relationship(item.type, {key: plain(item[key]) for key in sorted(item)})
