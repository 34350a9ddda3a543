"""A server that goes in the middle of a load: nothing of it stays, and the user is told how to go on."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from fixtures.stores import Place
from twingraph.cli import cli
from twingraph.graph import server

HEADER = "municipality,country,partner,partner_country\n"
CUT_AFTER = 500_000
"""Bytes on their way to the server: well within the rows that the load below writes."""


@pytest.fixture
def breaking(neo4j_place: Place) -> Iterator[str]:
    """A way to the server that breaks once many rows have gone over it, and lets nobody in again."""
    real = urlsplit(str(neo4j_place.address))
    listener = socket.create_server(("127.0.0.1", 0))
    open_ends: list[socket.socket] = []

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
            listener.close()
            for end in open_ends:
                end.close()
            open_ends.clear()

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
    listener.close()
    for end in open_ends:
        end.close()


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
    many.write_text(HEADER + "".join(f"Town {i},PL,Village {i},CZ\n" for i in range(5_000)), encoding="utf-8")
    result = CliRunner().invoke(cli, ["load", str(many), "--db", breaking])
    assert (result.exit_code, "run the same command again" in result.stderr) == (1, True), result.output
    with neo4j_place.open() as store:
        assert store.read("MATCH (s:Statement) RETURN count(s) AS n").records == [(1,)]
