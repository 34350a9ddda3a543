"""What happens to the embedded store's file when others hold it, when a process dies, and when the disk is full."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fixtures.stores import Place
from twingraph.errors import (
    DiskFullError,
    NotATwingraphStoreError,
    OutdatedStoreError,
    QueryError,
    ReadOnlyError,
    StoreError,
    StoreLockedError,
    StoreNotFoundError,
)
from twingraph.graph import embedded
from twingraph.graph.open import open_store
from twingraph.graph.schema import schema_statements
from twingraph.graph.store import Store

HOLDER = """
import sys, time
from pathlib import Path
from twingraph.graph.open import open_store
store = open_store(Path(sys.argv[1]), read_only=sys.argv[2] == "read", create=sys.argv[2] == "write")
if sys.argv[2] == "write":
    store.ensure_schema()
    store.write(lambda tx: tx.run("CREATE (:Country {id: 'UA'})"))

def work(tx):
    tx.run("UNWIND range(1, 20000) AS i CREATE (:Country {id: toString(i)})")
    print("mid", flush=True)
    time.sleep(float(sys.argv[3]))

if sys.argv[2] == "write":
    store.write(work)
else:
    print("mid", flush=True)
    time.sleep(float(sys.argv[3]))
"""


@pytest.fixture
def other_process(embedded_place: Place) -> Iterator[object]:
    """Start a process that holds the file, reading or in the middle of a transaction."""
    started: list[subprocess.Popen[str]] = []

    def start(mode: str, seconds: float) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", HOLDER, str(embedded_place.address), mode, str(seconds)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "mid\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def ids(store: Store) -> list[object]:
    return [record[0] for record in store.read("MATCH (n) RETURN n.id ORDER BY n.id").records]


class TestLocks:
    """Two people who use one file would damage it, or wait without an end."""

    @pytest.mark.parametrize("read_only", [True, False])
    def test_a_file_being_written_is_told(
        self, other_process, embedded_place: Place, read_only: bool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(embedded, "LOCK_WAIT_SECONDS", 0.2)
        other_process("write", 30)
        with pytest.raises(StoreLockedError, match="Another process is using"):
            embedded_place.open(read_only=read_only)

    def test_a_file_being_read_cannot_be_written(
        self, other_process, embedded_store: Store, embedded_place: Place, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(embedded, "LOCK_WAIT_SECONDS", 0.2)
        embedded_store.close()
        other_process("read", 30)
        with pytest.raises(StoreLockedError):
            embedded_place.open(read_only=False)
        with embedded_place.open() as reader:
            assert ids(reader) == []

    def test_a_short_hold_is_waited_for(self, other_process, embedded_place: Place) -> None:
        other_process("write", 0.5)
        with embedded_place.open() as reader:
            assert len(ids(reader)) == 20001


class TestDeath:
    """A power cut in the middle of a load would leave half of it, or a file that does not open."""

    def test_kill_in_mid_transaction_leaves_the_store_as_before(self, other_process, embedded_place: Place) -> None:
        process = other_process("write", 30)
        process.send_signal(signal.SIGKILL)
        process.wait()
        for read_only in (True, False, True):
            with embedded_place.open(read_only=read_only) as store:
                assert ids(store) == ["UA"]
                assert store.check() == ()

    def test_an_abandoned_query_does_not_hold_the_file(self, embedded_store: Store, embedded_place: Place) -> None:
        slow = "UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b UNWIND range(1, 3) AS c RETURN sum(a * b * c)"
        with pytest.raises(QueryError):
            embedded_store.read(slow, timeout=0.1)
        embedded_store.close()
        embedded_place.open(read_only=False).close()

    def test_ctrl_c_stops_a_long_query(self, embedded_place: Place, embedded_store: Store) -> None:
        embedded_store.close()
        program = (
            "import sys; from pathlib import Path; from twingraph.graph.open import open_store\n"
            "with open_store(Path(sys.argv[1])) as store:\n"
            "    print('on', flush=True)\n"
            "    store.read('UNWIND range(1, 30000) AS a UNWIND range(1, 30000) AS b RETURN sum(a * b)')\n"
        )
        command = [sys.executable, "-c", program, str(embedded_place.address)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        _, problem = process.communicate(timeout=10)
        assert problem.rstrip().endswith("KeyboardInterrupt")


class TestOpening:
    """A wrong path would get a wrong message, or a file there would be created or damaged."""

    def test_no_file(self, tmp_path: Path) -> None:
        for read_only in (True, False):
            with pytest.raises(StoreNotFoundError) as caught:
                open_store(tmp_path / "none.grafeo", read_only=read_only)
            assert "load" in caught.value.hint
        assert list(tmp_path.iterdir()) == []

    def test_no_folder(self, tmp_path: Path) -> None:
        with pytest.raises(StoreNotFoundError, match=r"folder .* does not exist"):
            open_store(tmp_path / "no" / "x.grafeo", read_only=False, create=True)
        assert list(tmp_path.iterdir()) == []

    def test_the_default_folder_is_made(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "deep" / "data"))
        with open_store(read_only=False, create=True) as store:
            store.ensure_schema()
        assert open_store().info().address == str(tmp_path / "deep" / "data" / "twingraph" / "twingraph.grafeo")

    @pytest.mark.parametrize("content", [b"", b"GRA", b"name,country\nZhytomyr,UA\n", b"\x00" * 5000])
    @pytest.mark.parametrize("read_only", [True, False])
    def test_another_file(self, tmp_path: Path, content: bytes, read_only: bool) -> None:
        file = tmp_path / "other"
        file.write_bytes(content)
        with pytest.raises(NotATwingraphStoreError):
            open_store(file, read_only=read_only, create=not read_only)
        assert (file.read_bytes(), list(tmp_path.iterdir())) == (content, [file])

    def test_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(NotATwingraphStoreError, match="is a folder"):
            open_store(tmp_path, read_only=False, create=True)

    def test_a_file_in_the_path(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        with pytest.raises(StoreNotFoundError, match="part of that path is a file"):
            open_store(tmp_path / "file" / "x.grafeo", read_only=False, create=True)

    @pytest.mark.parametrize("read_only", [True, False])
    def test_somebody_elses_grafeo_database(self, tmp_path: Path, read_only: bool) -> None:
        import grafeo

        file = tmp_path / "other.grafeo"
        database = grafeo.GrafeoDB(str(file))
        database.execute_cypher("CREATE (:Person {name: 'Alix'})")
        database.close()
        with pytest.raises(NotATwingraphStoreError, match="did not make"):
            open_store(file, read_only=read_only)
        open_again = grafeo.GrafeoDB(str(file))
        assert open_again.node_count == 1
        open_again.close()

    def test_a_damaged_file(self, embedded_store: Store, embedded_place: Place) -> None:
        embedded_store.close()
        whole = Path(embedded_place.address).read_bytes()
        Path(embedded_place.address).write_bytes(whole[: len(whole) // 2])
        with pytest.raises(StoreError, match="damaged") as caught:
            embedded_place.open()
        assert "restore" in caught.value.hint


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[object]:
    """Mount a small file system of its own, where this user may."""
    points: list[Path] = []

    def mount(*arguments: str) -> Path:
        point = tmp_path / f"mount{len(points)}"
        point.mkdir()
        if os.name != "posix" or shutil.which("mount") is None or os.geteuid() != 0:
            pytest.skip("only root can mount a small or a read-only file system for this test")
        done = subprocess.run(["mount", *arguments, str(point)], capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"a file system cannot be mounted here: {done.stderr.strip()}")
        points.append(point)
        return point

    yield mount
    for point in reversed(points):
        subprocess.run(["umount", "-l", str(point)], check=False)


class TestDevice:
    """A full or read-only device would end in a traceback, in litter, or in a store that does not open again."""

    def test_a_read_only_folder(self, mounted, embedded_store: Store, embedded_place: Place) -> None:
        embedded_store.write(lambda tx: tx.run("CREATE (:Country {id: 'UA'})"))
        embedded_store.close()
        folder = mounted("-t", "tmpfs", "tmpfs")
        shutil.copy(embedded_place.address, folder / "there.grafeo")
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        with pytest.raises(ReadOnlyError, match="read-only"):
            open_store(folder / "new.grafeo", read_only=False, create=True)
        with pytest.raises(ReadOnlyError, match="read-only"):
            open_store(folder / "there.grafeo", read_only=False)
        with open_store(folder / "there.grafeo") as reader:
            assert ids(reader) == ["UA"]

    def test_a_full_disk_undoes_the_transaction(self, mounted) -> None:
        folder = mounted("-t", "tmpfs", "-o", "size=2m", "tmpfs")
        store = open_store(folder / "x.grafeo", read_only=False, create=True)
        store.ensure_schema()
        store.write(lambda tx: tx.run("CREATE (:Country {id: 'UA'})"))
        big = "UNWIND range(1, 40000) AS i CREATE (:Country {id: toString(i), words: $words})"
        with pytest.raises(DiskFullError, match="no room"):
            store.write(lambda tx: tx.run(big, {"words": "x" * 200}))
        assert ids(store) == ["UA"]
        with contextlib.suppress(DiskFullError):  # the engine may want to tidy up at the end
            store.close()
        with open_store(folder / "x.grafeo") as again:
            assert ids(again) == ["UA"]
            assert again.check() == ()

    def test_a_new_file_on_a_full_disk_leaves_no_litter(self, mounted) -> None:
        folder = mounted("-t", "tmpfs", "-o", "size=64k", "tmpfs")
        (folder / "fill").write_bytes(b"x" * 60_000)
        with pytest.raises(DiskFullError):
            open_store(folder / "x.grafeo", read_only=False, create=True)
        assert [file.name for file in folder.iterdir()] == ["fill"]


class TestLocalFiles:
    """A query from a stranger would read this machine's files."""

    @pytest.mark.parametrize(
        "query",
        [
            "LOAD CSV FROM '{file}' AS l RETURN l",
            "LOAD CSV WITH HEADERS FROM 'file://{file}' AS l RETURN l",
            "/* a */ load // b\n csv FROM '{file}' AS l RETURN l",
            "MATCH (n) LOAD CSV FROM '{file}' AS l RETURN l",
            "RETURN 1 AS l UNION LOAD CSV FROM '{file}' AS l RETURN l",
            "RETURN 1 AS l UNION ALL LOAD CSV FROM '{file}' AS l RETURN l",
            "EXPLAIN LOAD CSV FROM '{file}' AS l RETURN l",
            "PROFILE LOAD CSV FROM '{file}' AS l RETURN l",
            "LOAD CSV FROM '{file}' AS l RETURN count(l) AS n, collect(l)",
            "LOAD CSV FROM '{file}' AS l WITH l WHERE l[0] STARTS WITH 's' RETURN l",
            "CALL {{ LOAD CSV FROM '{file}' AS l RETURN l }} RETURN l",
            "UNWIND [1] AS x CALL (x) {{ WITH x LOAD CSV FROM '{file}' AS l RETURN l }} RETURN l",
            "RETURN COUNT {{ MATCH (n) LOAD CSV FROM '{file}' AS l RETURN l }} AS n",
            "RETURN EXISTS {{ LOAD CSV FROM '{file}' AS l RETURN l }} AS n",
            'RETURN `"`, 1 AS `"` UNION LOAD CSV FROM \'{file}\' AS `"` RETURN `"`, 1 AS x',
            "RETURN '\"' AS l UNION LOAD CSV FROM '{file}' AS l RETURN l",
            "RETURN 1; LOAD CSV FROM '{file}' AS l RETURN l",
            "LOAD CSV FROM '{file}' AS l CREATE (:Country {{id: l[0]}})",
        ],
    )
    @pytest.mark.parametrize("read_only", [True, False])
    def test_load_csv_is_refused(self, embedded_place: Place, tmp_path: Path, query: str, read_only: bool) -> None:
        secret = tmp_path / "secret.csv"
        secret.write_text("secret\n")
        with embedded_place.open(read_only=False, create=True) as store:
            store.ensure_schema()
            store.write(lambda tx: tx.run("CREATE (:Country {id: 'UA'})"))
        with embedded_place.open(read_only=read_only) as store, pytest.raises(QueryError) as caught:
            store.read(query.format(file=secret))
        assert "secret\n" not in caught.value.message

    def test_words_about_it_are_not(self, embedded_store: Store) -> None:
        query = "MATCH (n) WHERE n.name = 'LOAD CSV' OR n.name = '\n  LoadCsv (x)' RETURN n.name AS LoadCsv"
        assert embedded_store.read(query).columns == ("LoadCsv",)


def test_several_threads_read_one_store(embedded_store: Store) -> None:
    """A program with threads would mix up answers."""
    embedded_store.write(lambda tx: tx.run("UNWIND range(1, 100) AS i CREATE (:Country {id: toString(i)})"))
    wrong: list[object] = []

    def ask(number: int) -> None:
        for _ in range(20):
            rows = embedded_store.read("MATCH (n:Country {id: $id}) RETURN n.id", {"id": str(number)})
            if rows.records != [(str(number),)]:
                wrong.append(rows)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_database_of_an_earlier_model_is_refused_with_what_to_do(tmp_path: Path) -> None:
    """Else it would be read as if it had no acts, with pairs counted once for each of their kinds."""
    path = tmp_path / "old.grafeo"
    before = schema_statements()
    engine = embedded.open_engine(path, read_only=False)
    for statement in (each for each in before if "Agreement" not in each and "agreement" not in each):
        engine.execute_cypher(statement)
    engine.execute_cypher("CREATE (:Country {id: 'UA', name: 'Ukraine'})")
    engine.close()
    with pytest.raises(OutdatedStoreError, match="earlier version") as refused:
        open_store(path)
    assert "twingraph load" in refused.value.hint
