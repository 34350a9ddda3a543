"""A server that goes in the middle of a load: nothing of it stays, and the error names the next step."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import neo4j
import pytest
from click.testing import CliRunner, Result

from fixtures.neo4j_server import Rig
from fixtures.stores import Place
from twingraph.cli import cli
from twingraph.graph import server

HEADER = "municipality,country,partner,partner_country\n"
CUT_AFTER = 500_000
"""Bytes on their way to the server: well within the rows that the load below writes."""


def pairs(count: int) -> str:
    """Return rows of different pairs; the places are few, since each name takes its time to resolve."""
    return "".join(f"Town {i % 100},PL,Village {i // 100},CZ\n" for i in range(count))


@pytest.fixture
def breaking(neo4j_place: Place) -> Iterator[str]:
    """A way to the server that breaks once many rows have gone over it, and lets nobody in again."""
    real = urlsplit(str(neo4j_place.address))
    listener = socket.create_server(("127.0.0.1", 0))
    open_ends: list[socket.socket] = []

    def cut() -> None:
        for end in (listener, *open_ends):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)  # else a thread that waits for the socket would keep it open
            end.close()

    def carry(source: socket.socket, target: socket.socket, most: int | None) -> None:
        carried = 0
        try:
            while chunk := source.recv(1 << 16):
                carried += len(chunk)
                if most is not None and carried > most:
                    break
                target.sendall(chunk)
        except OSError:
            pass
        if most is not None and carried > most:
            cut()

    def accept() -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            behind = socket.create_connection((real.hostname or "", real.port or 7687))
            open_ends.extend((client, behind))
            threading.Thread(target=carry, args=(client, behind, CUT_AFTER), daemon=True).start()
            threading.Thread(target=carry, args=(behind, client, None), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    yield f"bolt://127.0.0.1:{listener.getsockname()[1]}"
    cut()


def test_a_server_lost_in_mid_load_holds_what_it_held(
    neo4j_place: Place, breaking: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a restart of the server would leave half a network, or the user without a next step."""
    monkeypatch.setattr(server, "RETRY_SECONDS", 1.0)
    for name, value in neo4j_place.environment.items():
        monkeypatch.setenv(name, value)
    table = tmp_path / "t.csv"
    table.write_text(f"{HEADER}Zhytomyr,UA,Rawicz,PL\n", encoding="utf-8")
    assert CliRunner().invoke(cli, ["load", str(table), "--db", str(neo4j_place.address)]).exit_code == 0
    many = tmp_path / "many.csv"
    many.write_text(HEADER + pairs(5_000), encoding="utf-8")
    result = CliRunner().invoke(cli, ["load", str(many), "--db", breaking])
    assert (result.exit_code, "repeat the command when the server answers" in result.stderr) == (1, True), result.output
    with neo4j_place.open() as store:
        assert store.read("MATCH (s:Statement) RETURN count(s) AS n").records == [(1,)]


PAIRS = 12_000
"""They take some seconds to write, so that the server goes in the middle of it."""
WRITING = "SHOW TRANSACTIONS YIELD currentQuery AS q WHERE q STARTS WITH 'UNWIND' AND q CONTAINS 'MERGE' RETURN q"


def in_mid_write(rig: Rig, do: Callable[[], None], load: Callable[[], Result]) -> Result:
    """Run a load, and do something to the server once it writes."""
    done: list[str] = []

    def watch() -> None:
        auth = (rig.server.user, rig.server.password)
        with neo4j.GraphDatabase.driver(rig.server.uri, auth=auth) as driver:
            until = time.monotonic() + 120
            while not driver.execute_query(WRITING).records:
                if time.monotonic() > until:
                    return
                time.sleep(0.02)
        do()
        done.append("done")

    watcher = threading.Thread(target=watch)
    watcher.start()
    result = load()
    watcher.join(180)
    assert done == ["done"], "nothing was written, or the server did not come back"
    return result


def test_a_server_stopped_in_mid_load_holds_what_it_held_and_one_that_restarts_holds_all(
    neo4j_server_rig: Rig, neo4j_place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else an update of the server would leave half a network, or a load that nobody can take up again."""
    rig = neo4j_server_rig
    for name, value in {**neo4j_place.environment, "TWINGRAPH_DB": rig.server.uri}.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "one.csv").write_text(f"{HEADER}Zhytomyr,UA,Rawicz,PL\n", encoding="utf-8")
    (tmp_path / "many.csv").write_text(HEADER + pairs(PAIRS), encoding="utf-8")

    def load(name: str = "many.csv") -> Result:
        return CliRunner().invoke(cli, ["load", str(tmp_path / name)])

    def statements() -> int:
        with neo4j.GraphDatabase.driver(rig.server.uri, auth=("neo4j", rig.server.password)) as driver:
            return int(driver.execute_query("MATCH (s:Statement) RETURN count(s) AS n").records[0]["n"])

    assert load("one.csv").exit_code == 0
    monkeypatch.setattr(server, "RETRY_SECONDS", 1.0)
    away = in_mid_write(rig, rig.stop, load)
    assert away.exit_code == 1, away.output
    assert "repeat the command when the server answers" in away.stderr
    rig.start()
    assert statements() == 1

    def restart() -> None:
        rig.stop(kill=True)
        rig.start()

    monkeypatch.setattr(server, "RETRY_SECONDS", 90.0)
    back = in_mid_write(rig, restart, load)
    assert back.exit_code == 0, back.output
    assert statements() == PAIRS + 1
