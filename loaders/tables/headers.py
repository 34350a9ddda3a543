"""Which row of a table names its columns: below title lines, in one row or in two with merged cells."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from twingraph.loaders.tables.lookups import known_columns, names_below, places_beside
from twingraph.text.folding import fold

__all__ = ["HEAD_ROWS", "Header", "column_name", "find_header", "known_header"]

HEAD_ROWS = 20
"""Rows that are searched for the header, chosen by hand: no title is longer."""


@dataclass(frozen=True, slots=True)
class Header:
    """The names of the columns, and the rows that contain them.

    Attributes
    ----------
    row
        The row's number from the top of the table, from 0.
    height
        1, or 2 where the names take two rows.
    names
        As :func:`column_name` writes them.
    """

    row: int
    height: int
    names: tuple[str, ...]


def column_name(text: str) -> str:
    """Return a header as it is shown: lower case, spaces as underscores."""
    return "_".join(text.strip().lower().split())


def known_header(fields: frozenset[str]) -> Callable[[str], bool]:
    """Return a test whether a header is the name of a column: one of `fields`, or from the lists of words."""
    names = {fold(field) for field in fields} | known_columns().keys() | places_beside().keys()
    return lambda text: fold(text) in names


def find_header(rows: Sequence[Sequence[str]], known: Callable[[str], bool]) -> Header | None:
    """Return the header among the first rows of a table: the row, or two, with the most names that are known.

    Where none is known, it is the first row that is not blank; ``None`` where all are blank.

    Parameters
    ----------
    rows
        The first rows, as texts.
    known
        Whether a text is the name of a column.
    """
    best: Header | None = None
    most = 0
    for number, row in enumerate(rows):
        for header in _headers(rows, number, row, known):
            found = sum(map(known, {name.replace("_", " ") for name in header.names if name}))
            plainer = best is not None and found == most > 0 and header.height < best.height
            if best is None or found > most or plainer:
                best, most = header, found
    return best


def _headers(
    rows: Sequence[Sequence[str]], number: int, row: Sequence[str], known: Callable[[str], bool]
) -> list[Header]:
    if not any(cell.strip() for cell in row):
        return []
    headers = [Header(number, 1, tuple(map(column_name, row)))]
    below = rows[number + 1] if number + 1 < len(rows) else ()
    blank_above = any(not cell.strip() and under.strip() for cell, under in zip(row, below, strict=False))
    if len(below) == len(row) and blank_above and row[0].strip():
        headers.append(Header(number, 2, _joined(row, below, known)))
    return headers


def _joined(above: Sequence[str], below: Sequence[str], known: Callable[[str], bool]) -> tuple[str, ...]:
    """Join two rows of names: a name above holds for the blank cells to its right that have a name below.

    Where both names together are not known, the name below is taken, or the one above where the one below is "name".
    """
    names = []
    group = ""
    for upper, lower in zip(above, below, strict=True):
        group = upper if upper.strip() or not lower.strip() else group
        both = f"{group} {lower}"
        if group.strip() and lower.strip() and not known(both):
            both = group if fold(lower) in names_below() else lower if known(lower) else both
        names.append(column_name(both))
    return tuple(names)
