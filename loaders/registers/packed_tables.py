"""The tables of the registers in ``data``: text in columns, compressed with xz.

``tools/bake_registers.py`` writes them from the packages that ``data/sources.tsv`` names, with the licence of each. A
large table is several files. A file begins with a comment on its source; then come the columns, one after another,
each after a form feed, a value on each line.
"""

import lzma
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from twingraph.errors import PlaceIndexError

__all__ = ["count_rows", "pack_columns", "read_rows", "registers_digest"]

_FOLDER = Path(str(files("twingraph.loaders.registers"))) / "data"
_SOURCES = "sources.tsv"


def read_rows(table: str, folder: Path = _FOLDER) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a table as tuples of texts.

    Parameters
    ----------
    table
        The name of the table, such as ``places``.
    folder
        The folder of its files.

    Raises
    ------
    PlaceIndexError
        A file is missing or damaged.
    """
    paths = sorted(folder.glob(f"{table}-*.xz"))
    try:
        if not paths:
            raise FileNotFoundError("it is missing")
        for path in paths:
            _, *columns = lzma.decompress(path.read_bytes()).decode("utf-8").split("\f")
            yield from zip(*(column.split("\n") for column in columns), strict=True)
    except (OSError, EOFError, ValueError, lzma.LZMAError) as error:
        raise PlaceIndexError(
            f"The table of {table} in {folder} cannot be read: {error}.",
            "Install twingraph again: pip install --force-reinstall --no-deps twingraph.",
        ) from error


def pack_columns(rows: Sequence[Sequence[str]], comment: str) -> bytes:
    """Return rows as the content of a file that :func:`read_rows` reads; no value may have a line break in it."""
    text = "\f".join([comment, *("\n".join(column) for column in zip(*rows, strict=True))])
    if text.count("\n") - comment.count("\n") != len(rows[0]) * (len(rows) - 1):
        raise ValueError("a value has a line break in it")
    return lzma.compress(text.encode("utf-8"), preset=9 | lzma.PRESET_EXTREME)


@cache
def _sources() -> str:
    return (_FOLDER / _SOURCES).read_text(encoding="utf-8")


def registers_digest() -> str:
    """Return a digest of all tables, which changes when one of them does."""
    return sha256(_sources().encode("utf-8")).hexdigest()[:16]


def count_rows(table: str) -> int:
    """Return how many rows a table has."""
    rows = [line.split("\t") for line in _sources().splitlines() if not line.startswith("#")]
    return next(int(row[1]) for row in rows if row[0] == table)
