"""The small tables of ``places/data``: tab-separated texts that begin with a note on their source."""

from hashlib import sha256
from importlib.resources import files

__all__ = ["read_table", "tables_digest"]


def read_table(name: str) -> list[dict[str, str]]:
    """Return the rows of ``data/name``: the first line that is no comment names the columns."""
    text = (files("twingraph.loaders.places") / "data" / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    columns = lines[0].split("\t")
    rows = []
    for line in lines[1:]:
        cells = line.split("\t")
        rows.append(dict(zip(columns, cells + [""] * (len(columns) - len(cells)), strict=True)))
    return rows


def tables_digest(*names: str) -> str:
    """Return a digest of tables, which changes when one of them does."""
    folder = files("twingraph.loaders.places") / "data"
    return sha256(b"\0".join((folder / name).read_bytes() for name in names)).hexdigest()[:16]
