"""A large load into a database that is there: made on a copy that takes its place, so nobody ever sees half of it."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from fixtures.stores import Place
from twingraph.cli import cli
from twingraph.errors import StoreError, StoreLockedError
from twingraph.graph import embedded, maintenance
from twingraph.graph.embedded import EmbeddedStore
from twingraph.graph.maintenance import clear, restore
from twingraph.graph.open import open_store
from twingraph.graph.staging import replaced_store
from twingraph.graph.store import Store

HEADER = "municipality,country,partner,partner_country,since\n"
SOON = (
    "import sys; from twingraph import loading; loading.MAX_EMBEDDED_WRITES = 1;"
    " from twingraph.cli import cli; cli(sys.argv[1:])"
)
"""The command line, for which every load is a large one."""


def everything(store: Store) -> list[object]:
    nodes = store.read("MATCH (n) RETURN labels(n) AS labels, properties(n) AS p ORDER BY labels(n)[0], n.id")
    links = store.read(
        "MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS t, b.id AS b, properties(r) AS p ORDER BY t, a, b, r.id"
    )
    return [*nodes.records, *links.records]


def held(address: str | Path) -> list[object]:
    with open_store(Path(address)) as store:
        return everything(store)


def table(folder: Path, name: str, rows: int, *, since: int = 2000) -> Path:
    path = folder / name
    ties = (f"Town {i},PL,Village {i},CZ,{since}\n" for i in range(rows))
    path.write_text(HEADER + "".join(ties), encoding="utf-8")
    return path


def load(database: Path, *files: Path) -> None:
    for file in files:
        done = CliRunner().invoke(cli, ["load", str(file), "--db", str(database)], catch_exceptions=False)
        assert done.exit_code == 0, done.output


def litter(database: Path) -> list[str]:
    return sorted(file.name for file in database.parent.glob(f"{database.name}?*"))


def test_a_large_load_makes_the_same_database_as_a_small_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else what a database holds would depend on how much was loaded at once."""
    first, other = table(tmp_path, "first.csv", 30), table(tmp_path, "other.csv", 60, since=1990)
    plain, copied = tmp_path / "plain.grafeo", tmp_path / "copied.grafeo"
    load(plain, first, other)
    table(tmp_path, "first.csv", 20, since=2001)
    load(plain, first)
    monkeypatch.setattr("twingraph.loading.MAX_EMBEDDED_WRITES", 1)
    copies: list[Path] = []
    monkeypatch.setattr("twingraph.graph.staging.shutil.copy", _noting(copies))
    table(tmp_path, "first.csv", 30)
    load(copied, first, other)
    table(tmp_path, "first.csv", 20, since=2001)
    load(copied, first)
    assert len(copies) == 2, "the first load makes the file, the others work on a copy"
    assert held(plain) == held(copied)
    assert litter(copied) == []


def _noting(copies: list[Path]):
    import shutil

    real = shutil.copy

    def copy(source: Path, target: Path) -> None:
        copies.append(target)
        real(source, target)

    return copy


@pytest.mark.parametrize(("stop", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)])
def test_a_large_load_that_is_stopped_leaves_the_database_as_it_was(
    tmp_path: Path, stop: signal.Signals, code: int
) -> None:
    """Else a power cut would leave half of a million ties, or a database that does not open."""
    database = tmp_path / "t.grafeo"
    load(database, table(tmp_path, "first.csv", 5))
    before = held(database)
    many = table(tmp_path, "many.csv", 8_000)
    command = [sys.executable, "-c", SOON, "load", "--no-progress", str(many), "--db", str(database)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        deadline = time.monotonic() + 60
        while not (tmp_path / "t.grafeo.unfinished.wal").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(0.2)
        assert (tmp_path / "t.grafeo.unfinished").exists()
        process.send_signal(stop)
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, "Traceback" in errors) == (code, False), errors
    assert held(database) == before
    again = table(tmp_path, "many.csv", 10)
    subprocess.run([*command[:3], "load", str(again), "--db", str(database)], check=True, capture_output=True)
    assert len(held(database)) > len(before)
    assert litter(database) == [], "what the killed one has left is cleared away"


def test_nobody_uses_the_file_that_is_being_replaced(
    embedded_store: Store, embedded_place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else what another process writes meanwhile would be lost without a word."""
    monkeypatch.setattr(embedded, "LOCK_WAIT_SECONDS", 0.1)
    assert isinstance(embedded_store, EmbeddedStore)
    with replaced_store(embedded_store) as copy:
        copy.write(lambda tx: tx.run("CREATE (:Country {id: 'UA'})"))
        for read_only in (True, False):
            with pytest.raises(StoreLockedError):
                embedded_place.open(read_only=read_only)
    assert len(held(embedded_place.address)) == 1


def test_what_somebody_writes_just_before_is_not_lost(
    embedded_store: Store, embedded_place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the copy would take the place of a newer file."""
    assert isinstance(embedded_store, EmbeddedStore)
    close = EmbeddedStore.close

    def close_and_let_in(store: EmbeddedStore) -> None:
        close(store)
        monkeypatch.setattr(EmbeddedStore, "close", close)
        with embedded_place.open(read_only=False) as other:
            other.write(lambda tx: tx.run("CREATE (:Country {id: 'PL'})"))

    monkeypatch.setattr(EmbeddedStore, "close", close_and_let_in)
    with pytest.raises(StoreError, match="Another process has written"), replaced_store(embedded_store):
        pytest.fail("the load would be written over it")
    assert [dict(row)["id"] for _, row in held(embedded_place.address)] == ["PL"]
    assert litter(Path(embedded_place.address)) == []


def test_a_fault_leaves_the_file_and_its_rights_as_they_were(
    embedded_store: Store, embedded_place: Place, tmp_path: Path
) -> None:
    """Else a full disk would cost the database, or a load open it to everybody."""
    database = Path(embedded_place.address)
    database.chmod(0o600)
    link = tmp_path / "link.grafeo"
    link.symlink_to(database)
    embedded_store.close()
    with pytest.raises(StoreError), open_linked(link) as store, replaced_store(store) as copy:
        copy.write(lambda tx: tx.run("CREATE (:Country {id: 'UA'}) RETURN $missing"))
    assert (held(database), litter(database)) == ([], [])
    with open_linked(link) as store, replaced_store(store) as copy:
        copy.write(lambda tx: tx.run("CREATE (:Country {id: 'UA'})"))
    assert (len(held(link)), link.is_symlink(), database.stat().st_mode & 0o777) == (1, True, 0o600)


def open_linked(link: Path) -> EmbeddedStore:
    store = open_store(link, read_only=False)
    assert isinstance(store, EmbeddedStore)
    return store


def left_log(database: Path) -> None:
    """Make a database whose writer was killed: its commits are in the log beside the file."""
    program = (
        "import os, sys; from pathlib import Path; from twingraph.graph.open import open_store;"
        "store = open_store(Path(sys.argv[1]), read_only=False, create=True); store.ensure_schema();"
        "store.write(lambda tx: tx.run(\"CREATE (:Country {id: 'UA'})\")); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", program, str(database)], check=False)
    assert Path(f"{database}.wal").is_dir()


class TestRecovery:
    """What an analyst does after a crash works: remove the file and load again, or restore a backup."""

    def test_a_new_load_after_the_file_was_removed(self, tmp_path: Path) -> None:
        """Else "Loaded" would be printed for a database that nobody can open afterwards."""
        database = tmp_path / "t.grafeo"
        left_log(database)
        database.unlink()
        load(database, table(tmp_path, "first.csv", 3))
        assert len(held(database)) > 3
        assert litter(database) == []

    def test_a_new_store_after_the_file_was_removed(self, tmp_path: Path) -> None:
        database = tmp_path / "t.grafeo"
        left_log(database)
        database.unlink()
        with open_store(database, read_only=False, create=True) as store:
            store.ensure_schema()
        assert held(database) == []

    @pytest.mark.parametrize("damage", ["whole", "damaged", "removed"])
    def test_a_restore_beside_the_log_of_a_killed_process(self, tmp_path: Path, damage: str) -> None:
        """Else the backup would be useless just when it is needed."""
        database, backup, link = tmp_path / "t.grafeo", tmp_path / "backup.grafeo", tmp_path / "link.grafeo"
        load(backup, table(tmp_path, "first.csv", 3))
        left_log(database)
        link.symlink_to(database)
        (tmp_path / "t.grafeo.restoring").write_bytes(b"GRAF of a killed restore")
        if damage == "damaged":
            database.write_bytes(database.read_bytes()[:5000])
        if damage == "removed":
            database.unlink()
        restore(backup, link, replace=True)
        assert held(database) == held(backup)
        assert (litter(database), link.is_symlink()) == ([], True)

    def test_clearing_removes_the_copies_of_killed_processes(self, tmp_path: Path) -> None:
        """Else data that was deleted would still lie beside the database."""
        database = tmp_path / "t.grafeo"
        load(database, table(tmp_path, "first.csv", 3))
        left_log(tmp_path / "t.grafeo.unfinished")
        with open_store(database, read_only=False) as store:
            clear(store)
        assert (held(database), litter(database)) == ([], [])


class TestBesideALoad:
    def test_a_restore_keeps_out_who_writes_meanwhile(
        self, embedded_store: Store, embedded_place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Else a load that was reported as done would be lost."""
        monkeypatch.setattr(embedded, "LOCK_WAIT_SECONDS", 0.1)
        target, backup = Path(embedded_place.address), tmp_path / "backup.grafeo"
        embedded_store.backup(backup)
        embedded_store.close()
        real = EmbeddedStore.backup

        def write_meanwhile(store: EmbeddedStore, file: Path) -> None:
            with pytest.raises(StoreLockedError):
                embedded_place.open(read_only=False)
            real(store, file)

        monkeypatch.setattr(EmbeddedStore, "backup", write_meanwhile)
        restore(backup, target, replace=True)
        assert held(target) == []

    def test_a_restore_stops_if_somebody_wrote_after_its_check(
        self, embedded_store: Store, embedded_place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        target, backup = Path(embedded_place.address), tmp_path / "backup.grafeo"
        embedded_store.backup(backup)
        embedded_store.close()
        real = maintenance.lock_file

        def write_first(path: Path):
            with embedded_place.open(read_only=False) as other:
                other.write(lambda tx: tx.run("CREATE (:Country {id: 'PL'})"))
            return real(path)

        monkeypatch.setattr(maintenance, "lock_file", write_first)
        with pytest.raises(StoreError, match="has written to"):
            restore(backup, target, replace=True)
        assert [dict(row)["id"] for _, row in held(target)] == ["PL"]
        assert litter(target) == []

    def test_a_file_deleted_under_a_load_is_an_error(self, embedded_store: Store, embedded_place: Place) -> None:
        """Else "Loaded" would be printed for data that is gone."""
        Path(embedded_place.address).unlink()
        with pytest.raises(StoreError, match="deleted or replaced"):
            embedded_store.write(lambda tx: tx.run("CREATE (:Country {id: 'UA'})"))
