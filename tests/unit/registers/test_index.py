"""Without these an interrupted, outdated or foreign index would give wrong places, or none at all."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from twingraph.errors import PlaceIndexError
from twingraph.loaders.places import Gazetteer
from twingraph.loaders.registers.index import open_gazetteer


@pytest.fixture
def cache(gazetteer: Gazetteer, tmp_path: Path) -> Path:
    """A cache folder of its own with a copy of the index."""
    shutil.copy(gazetteer.path, tmp_path / gazetteer.path.name)
    return tmp_path / gazetteer.path.name


def test_index_opens_in_well_under_100_ms(gazetteer: Gazetteer) -> None:
    started = time.process_time()
    open_gazetteer(cache_dir=gazetteer.path.parent).close()
    assert time.process_time() - started < 0.1


def test_folder_named_by_the_environment_is_used(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWINGRAPH_CACHE_DIR", str(cache.parent))
    assert open_gazetteer().path == cache


def _built(*, cache_dir: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Open the index with a builder that only records its call."""
    calls: list[str] = []

    def build(path: Path, *, versions: dict[str, str], progress: object) -> None:
        calls.append(path.name)
        with sqlite3.connect(path) as database:
            database.executescript("CREATE TABLE info (key, value); CREATE TABLE place (pid); CREATE TABLE name (key);")
            database.executemany("INSERT INTO info VALUES (?, ?)", versions.items())
        database.close()

    monkeypatch.setattr("twingraph.loaders.registers.index_build.build_index", build)
    open_gazetteer(cache_dir=cache_dir).close()
    return calls


@pytest.mark.parametrize("damage", ["cut", "overwritten", "empty", "another version"])
def test_damaged_or_outdated_index_is_built_anew(cache: Path, damage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if damage == "cut":
        with cache.open("r+b") as file:
            file.truncate(cache.stat().st_size // 2)
    elif damage == "overwritten":
        with cache.open("r+b") as file:
            file.write(b"\0" * 8192)
    elif damage == "empty":
        cache.write_bytes(b"")
    else:
        with sqlite3.connect(cache) as database:
            database.execute("UPDATE info SET value = '0' WHERE key = 'babel'")
        database.close()
    assert len(_built(cache_dir=cache.parent, monkeypatch=monkeypatch)) == 1
    assert [path.name for path in cache.parent.iterdir()] == [cache.name], "no temporary file stays behind"


def test_whole_index_is_not_built_again(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _built(cache_dir=cache.parent, monkeypatch=monkeypatch) == []


def test_index_of_an_older_version_goes_after_a_month(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, recent = cache.with_name("places-1-2-3.sqlite"), cache.with_name("places-2-2-3.sqlite")
    for path in (old, recent):
        path.write_bytes(b"")
    os.utime(old, (0, 0))
    cache.unlink()
    _built(cache_dir=cache.parent, monkeypatch=monkeypatch)
    assert (old.exists(), recent.exists(), cache.exists()) == (False, True, True)


def test_failed_build_leaves_nothing_and_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, **_: object) -> None:
        path.write_bytes(b"half")
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("twingraph.loaders.registers.index_build.build_index", full)
    with pytest.raises(PlaceIndexError, match="disk is full") as error:
        open_gazetteer(cache_dir=tmp_path)
    assert "TWINGRAPH_CACHE_DIR" in error.value.hint
    assert list(tmp_path.iterdir()) == []


def test_cache_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(PlaceIndexError, match="cannot be written"):
        open_gazetteer(cache_dir=tmp_path / "file" / "cache")


def test_two_processes_may_build_at_once(gazetteer: Gazetteer, tmp_path: Path) -> None:
    program = f"""
import shutil, time
from twingraph.loaders.registers.index import open_gazetteer
from twingraph.loaders.registers import index_build

def build(path, **_):
    shutil.copy({str(gazetteer.path)!r}, path)
    time.sleep(2)

index_build.build_index = build
print(open_gazetteer().country('UA').name)
"""
    env = {**os.environ, "TWINGRAPH_CACHE_DIR": str(tmp_path)}
    runs = [
        subprocess.Popen([sys.executable, "-c", program], env=env, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    assert [run.communicate(timeout=300)[0].strip() for run in runs] == ["Ukraine", "Ukraine"]
    assert len(list(tmp_path.iterdir())) == 1
