"""Messages for a server that cannot be used; every fault is a real one, on a real socket."""

import logging
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from fixtures.neo4j_server import Neo4jServer
from fixtures.stores import Place
from twingraph.config import Credentials
from twingraph.errors import (
    AuthenticationError,
    ConfigError,
    NotATwingraphStoreError,
    ServerTooOldError,
    ServerUnreachableError,
    StoreError,
)
from twingraph.graph import server
from twingraph.graph.open import open_store
from twingraph.graph.server_errors import check_version
from twingraph.graph.store import Store, Transaction

SECRET = "Tr0ub4dor-and-3"  # noqa: S105
SOMEBODY = Credentials("somebody", SECRET)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "CONNECT_SECONDS", 2.0)


@contextmanager
def listening(answer: Callable[[socket.socket], None]) -> Iterator[int]:
    """Run something that is no Neo4j server on a port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    answer(connection)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield int(listener.getsockname()[1])
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def unreachable(uri: str) -> ServerUnreachableError:
    with pytest.raises(ServerUnreachableError) as caught:
        open_store(uri, credentials=SOMEBODY)
    assert SECRET not in f"{caught.value}{caught.value.hint}{caught.value!r}"
    assert caught.value.hint
    return caught.value


class TestUnreachable:
    """A user would see a traceback, wait for minutes, or not know which of host, port and TLS is wrong."""

    def test_nothing_listens(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        assert "nothing listens on that port" in unreachable(f"bolt://127.0.0.1:{port}").message
        assert "routing" in unreachable(f"neo4j://127.0.0.1:{port}").message

    def test_no_such_host(self) -> None:
        assert "no host of that name" in unreachable("bolt://no-such-host.invalid").message

    def test_a_web_server(self) -> None:
        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *args: object) -> None:
                """Say nothing."""

        with HTTPServer(("127.0.0.1", 0), Handler) as web:
            threading.Thread(target=web.serve_forever, daemon=True).start()
            try:
                error = unreachable(f"bolt://127.0.0.1:{web.server_port}")
                tls = unreachable(f"bolt+s://127.0.0.1:{web.server_port}")
            finally:
                web.shutdown()
        assert "7474" in error.hint
        assert "encrypted" in tls.message

    def test_one_that_answers_in_http(self) -> None:
        with listening(lambda connection: connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as port:
            assert "HTTP" in unreachable(f"bolt://127.0.0.1:{port}").message

    def test_one_that_hangs_up(self) -> None:
        with listening(lambda _connection: None) as port:
            assert unreachable(f"bolt://127.0.0.1:{port}").hint

    @pytest.mark.neo4j
    def test_tls_on_a_server_without(self, neo4j_server: Neo4jServer) -> None:
        error = unreachable(neo4j_server.uri.replace("bolt://", "bolt+s://"))
        assert "encrypted" in error.message
        assert "bolt://" in error.hint


class TestTooOld:
    """A query would fail in the middle of a load because an old server lacks what it needs."""

    def test_a_server_of_protocols_long_gone(self) -> None:
        def none_of_these(connection: socket.socket) -> None:
            connection.recv(20)
            connection.sendall(b"\x00\x00\x00\x00")

        with listening(none_of_these) as port, pytest.raises(ServerTooOldError) as caught:
            open_store(f"bolt://127.0.0.1:{port}", credentials=SOMEBODY)
        assert "5.26" in caught.value.hint

    @pytest.mark.parametrize("agent", ["Neo4j/4.4.38", "Neo4j/5.25.1", "Neo4j/3.5.0"])
    def test_old_releases(self, agent: str) -> None:
        with pytest.raises(ServerTooOldError, match=agent.removeprefix("Neo4j/")):
            check_version(agent, "bolt://host")

    @pytest.mark.parametrize("agent", ["Neo4j/5.26.0", "Neo4j/5.27.0-drop1", "Neo4j/2026.09.0", "Other/1.0"])
    def test_new_releases(self, agent: str) -> None:
        check_version(agent, "bolt://host")


@pytest.mark.neo4j
class TestLogin:
    """A wrong password would be shown to others, or look like a server that is down."""

    def test_wrong_password_and_too_many_of_them(self, neo4j_place: Place) -> None:
        import neo4j

        assert neo4j_place.credentials is not None
        login = (neo4j_place.credentials.user, neo4j_place.credentials.password)
        # A user of its own, so that the lock-out does not reach the other tests.
        with neo4j.GraphDatabase.driver(str(neo4j_place.address), auth=login) as driver:
            driver.execute_query(
                "CREATE OR REPLACE USER mistaken SET PASSWORD $p CHANGE NOT REQUIRED", {"p": SECRET}, database_="system"
            )
        messages = []
        for _ in range(5):
            with pytest.raises(AuthenticationError) as caught:
                open_store(neo4j_place.address, credentials=Credentials("mistaken", "wr0ng" + SECRET))
            messages.append(caught.value.message)
            assert SECRET not in f"{caught.value!r}{caught.value}{caught.value.hint}"
        assert "refuses the user or the password" in messages[0]
        assert "too many wrong passwords" in messages[-1]

    def test_first_password_not_changed_yet(self, neo4j_place: Place) -> None:
        import neo4j

        assert neo4j_place.credentials is not None
        login = (neo4j_place.credentials.user, neo4j_place.credentials.password)
        with neo4j.GraphDatabase.driver(str(neo4j_place.address), auth=login) as driver:
            driver.execute_query(
                "CREATE OR REPLACE USER fresh SET PASSWORD $p CHANGE REQUIRED", {"p": SECRET}, database_="system"
            )
        with pytest.raises(AuthenticationError, match="first password"):
            open_store(neo4j_place.address, credentials=Credentials("fresh", SECRET))

    def test_the_password_shows_nowhere(self, neo4j_store: Store, neo4j_place: Place) -> None:
        assert neo4j_place.credentials is not None
        password = neo4j_place.credentials.password
        shown = f"{neo4j_store!r}{neo4j_store.info()!r}{neo4j_place!r}{neo4j_place.credentials!r}{vars(neo4j_store)!r}"
        assert password not in shown


@pytest.mark.neo4j
class TestDatabase:
    """A load would go into the wrong database."""

    def test_one_that_is_not_there(self, neo4j_place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
        with pytest.raises(ConfigError, match="no database 'absent'"):
            open_store(f"{neo4j_place.address}?database=absent", credentials=neo4j_place.credentials)
        monkeypatch.setenv("TWINGRAPH_NEO4J_DATABASE", "absent")
        with pytest.raises(ConfigError, match="no database 'absent'"):
            neo4j_place.open()
        # The URI goes before the environment.
        with open_store(f"{neo4j_place.address}?database=neo4j", credentials=neo4j_place.credentials) as store:
            assert store.info().details["database"] == "neo4j"

    def test_by_routing(self, neo4j_place: Place) -> None:
        uri = str(neo4j_place.address).replace("bolt://", "neo4j://")
        with open_store(f"{uri}?database=neo4j", credentials=neo4j_place.credentials) as store:
            assert store.read("RETURN 1 AS x").records == [(1,)]

    def test_somebody_elses_data(self, neo4j_store: Store, neo4j_place: Place) -> None:
        from twingraph.graph.schema import MARKERS

        def foreign(tx: Transaction) -> None:
            tx.run("CREATE (:Person {name: 'Alix'})")

        neo4j_store.write(foreign)
        for name in MARKERS:
            neo4j_store.write(lambda tx, name=name: tx.run(f"DROP CONSTRAINT {name}"))
        with pytest.raises(NotATwingraphStoreError, match="did not load"):
            neo4j_place.open()
        with pytest.raises(NotATwingraphStoreError):
            neo4j_place.open(read_only=False, create=True)


@pytest.mark.neo4j
class TestServerWork:
    """A load that the server cannot take would be tried for minutes, or leave half of itself."""

    def test_out_of_memory_is_told_at_once(self, neo4j_store: Store) -> None:
        calls = []

        def work(tx: Transaction) -> None:
            calls.append(1)
            tx.run("UNWIND range(1, 100000000) AS i CREATE (:Country {id: toString(i), words: $w})", {"w": "x" * 2000})

        with pytest.raises(StoreError, match="memory") as caught:
            neo4j_store.write(work)
        assert "server.memory.heap.max_size" in caught.value.hint
        assert len(calls) == 1
        assert neo4j_store.info().nodes == 0

    def test_a_passing_fault_is_tried_again(self, neo4j_store: Store, neo4j_place: Place) -> None:
        """Two transactions that wait for each other: the server ends one of them, and the driver runs it again."""
        neo4j_store.write(lambda tx: tx.run("CREATE (:Country {id: 'a', n: 0}), (:Country {id: 'b', n: 0})"))
        both_hold = threading.Barrier(2, timeout=10)
        tries = []

        def work(tx: Transaction, first: str, second: str, attempts: list[int]) -> None:
            attempts.append(1)
            tries.append(first)
            tx.run("MATCH (n:Country {id: $id}) SET n.n = n.n + 1", {"id": first})
            if len(attempts) == 1:
                both_hold.wait()
            tx.run("MATCH (n:Country {id: $id}) SET n.n = n.n + 1", {"id": second})

        def other() -> None:
            attempts: list[int] = []
            with neo4j_place.open(read_only=False) as store:
                store.write(lambda tx: work(tx, "b", "a", attempts))

        thread = threading.Thread(target=other)
        thread.start()
        attempts: list[int] = []
        neo4j_store.write(lambda tx: work(tx, "a", "b", attempts))
        thread.join()
        assert len(tries) > 2
        assert neo4j_store.read("MATCH (n) RETURN n.n ORDER BY n.id").records == [(2,), (2,)]

    def test_local_files_stay_closed(self, neo4j_store: Store) -> None:
        with pytest.raises(StoreError, match="Cannot load"):
            neo4j_store.read("LOAD CSV FROM 'file:///etc/hostname' AS l RETURN l")

    def test_nothing_is_said_past_the_answer(
        self, neo4j_store: Store, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.WARNING)
        neo4j_store.read("MATCH (n:NoSuchLabel)-[:NO_SUCH]->(m), (x) RETURN n.nothing, id(n)")
        assert capfd.readouterr() == ("", "")
        assert caplog.records == []

    def test_a_backup_names_the_servers_own_tool(self, neo4j_store: Store, tmp_path) -> None:
        with pytest.raises(StoreError) as caught:
            neo4j_store.backup(tmp_path / "x")
        assert "neo4j-admin" in caught.value.hint


def test_ctrl_c_is_told_although_a_connection_cannot_be_closed_in_order(
    neo4j_place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else Ctrl-C in a query would end in a traceback of the driver, whose connection another thread still holds."""
    store = neo4j_place.open()
    held = store._driver  # type: ignore[attr-defined]
    close = held.close

    def refuse() -> None:
        close()
        raise BufferError("Existing exports of data: object cannot be re-sized")

    monkeypatch.setattr(held, "close", refuse)
    with pytest.raises(KeyboardInterrupt), store:
        raise KeyboardInterrupt
