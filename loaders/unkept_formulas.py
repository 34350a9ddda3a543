"""Which cells of an XLSX file hold a formula of which the file keeps no value: what is read of them is empty.

Spreadsheet programs keep the value that they worked out; programs that only write files often do not.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from twingraph.loaders.networks.xml import parse_xml

__all__ = ["unkept_formulas"]

BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
# Nothing in it is without bounds: a hostile file may hold anything.
EMPTY_FORMULA = re.compile(
    rb'<c\s[^>]{0,200}?\br="([A-Z]{1,3})(\d{1,7})"[^>]{0,200}>\s?<f\b(?:[^>]{0,200}/>|[^>]{0,200}>[^<]{0,10000}</f>)'
    rb"\s?(?:<v\s?/>|<v>\s?</v>)?\s?</c>"
)
ROW_ENDS = b"</row>"
LONGEST_ROW = 16 << 20


def unkept_formulas(path: Path) -> dict[str, dict[int, str]]:
    """Return the first such cell of each row, by sheet and line: ``{"Sheet1": {3: "C3"}}``; of any other file none.

    Raises
    ------
    twingraph.errors.InputError
        What the file holds is no XML.
    """
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as archive:
        members = set(archive.namelist())
        if not {BOOK, RELATIONS} <= members:
            return {}
        book, relations = _Told("sheet"), _Told("Relationship")
        for part, told in ((BOOK, book), (RELATIONS, relations)):
            with archive.open(part) as file:
                parse_xml(file, str(path), told)  # type: ignore[arg-type]  # a member of a zip reads as a file does
        targets = {each.get("Id"): each.get("Target", "") for each in relations.found}
        found: dict[str, dict[int, str]] = {}
        for sheet in book.found:
            target = targets.get(sheet.get("id"), "")
            member = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            if member in members:
                with archive.open(member) as file:
                    found[sheet.get("name", "")] = dict(_cells(file))
    return found


def _cells(file: IO[bytes]) -> Iterator[tuple[int, str]]:
    """Yield the line and the name of each such cell of a sheet, the last of a row first."""
    begun = b""
    while chunk := file.read(1 << 20):
        whole, end, begun = (begun + chunk).rpartition(ROW_ENDS)
        if len(begun) > LONGEST_ROW:
            begun = b""
        if b"<f" in whole:
            cells = EMPTY_FORMULA.findall(whole + end)
            yield from ((int(line), f"{column.decode()}{line.decode()}") for column, line in reversed(cells))


class _Told:
    """Told of the elements of a document: the attributes of those of one name."""

    def __init__(self, tag: str) -> None:
        self._tag = tag
        self.line = 0
        self.found: list[dict[str, str]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == self._tag:
            self.found.append({name.rpartition(":")[2]: value for name, value in attributes.items()})

    def end(self, _tag: str, _text: str) -> None:
        """Nothing is asked of what an element holds."""
