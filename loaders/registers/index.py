"""The index of places on disk: opened, and rebuilt where it is missing, old or damaged."""

import os
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from twingraph.config import CACHE_VARIABLE, cache_folder
from twingraph.errors import PlaceIndexError
from twingraph.loaders.packaged_tables import tables_digest
from twingraph.loaders.places.gazetteer import Gazetteer
from twingraph.loaders.registers.packed_tables import registers_digest

__all__ = ["open_gazetteer"]

_OLD_SECONDS = 30 * 24 * 3600
# The tables of ``places/data`` that go into the index.
_TABLES = (
    "admin1.tsv",
    "country_names.tsv",
    "former_names.tsv",
    "hromada_names.tsv",
    "region_points.tsv",
    "settlement_points.tsv",
    "regions_in_ukrainian.tsv",
    "ukraine_regions.tsv",
    "ukrainian_names.tsv",
    "usual_names.tsv",
)
# Raise this when the columns, the keys or the choice of names change: an index of another format is rebuilt.
FORMAT = 29


def open_gazetteer(*, progress: Callable[[str, float], None] | None = None, cache_dir: Path | None = None) -> Gazetteer:
    """Open the index of places, building it first where it is missing, old or damaged.

    Parameters
    ----------
    progress
        Called with words and the share done (0 to 1) while the index is built.
    cache_dir
        The folder of the index; else that of the environment variable ``TWINGRAPH_CACHE_DIR``, else the user's
        cache folder.

    Raises
    ------
    PlaceIndexError
        If the index cannot be written or the registers cannot be read.
    """
    folder = cache_dir or cache_folder()
    versions = {
        "babel": version("babel"),
        "format": str(FORMAT),
        "pycountry": version("pycountry"),
        "registers": registers_digest(),
        "tables": tables_digest(*_TABLES),
    }
    path = folder / f"places-{FORMAT}-{versions['registers'][:8]}.sqlite"
    database = _open(path, versions)
    if database is None:
        _build(path, versions, progress or (lambda _words, _share: None))
        database = _open(path, versions)
    if database is None:
        raise PlaceIndexError(
            f"The index of places at {path} cannot be read, even though it was just built.",
            f"Check the disk, or name another folder in {CACHE_VARIABLE}.",
        )
    return Gazetteer(database, path)


def _open(path: Path, versions: dict[str, str]) -> sqlite3.Connection | None:
    if not path.is_file():
        return None
    database = None
    try:
        database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        database.execute("PRAGMA cache_size = -8000")
        known = dict(database.execute("SELECT key, value FROM info"))
        whole = database.execute("PRAGMA page_count").fetchone()[0] * database.execute("PRAGMA page_size").fetchone()[0]
        database.execute("SELECT 1 FROM place LIMIT 1").fetchone()
        database.execute("SELECT 1 FROM name ORDER BY key DESC LIMIT 1").fetchone()
    except sqlite3.Error:
        if database is not None:
            database.close()
        return None
    if known != versions or path.stat().st_size < whole:
        database.close()
        return None
    return database


def _clear_old(path: Path) -> None:
    """Remove indexes of other versions, and files of killed builds, that are older than a month."""
    for other in path.parent.glob("places-*"):
        with suppress(OSError):
            if other != path and time.time() - other.stat().st_mtime > _OLD_SECONDS:
                other.unlink()


def _build(path: Path, versions: dict[str, str], progress: Callable[[str, float], None]) -> None:
    from twingraph.loaders.registers.index_build import build_index  # noqa: PLC0415 - readers are needed only here

    hint = f"Free some room, or name a folder you may write to in {CACHE_VARIABLE}."
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix="places-", suffix=".part", dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        build_index(temporary, versions=versions, progress=progress)
        temporary.replace(path)
        _clear_old(path)
    except (OSError, sqlite3.Error) as error:
        raise PlaceIndexError(f"The index of places cannot be written to {path.parent}: {error}.", hint) from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
