"""Which cells of an XLSX file hold a formula of which the file keeps no value: what is read of them is empty.

Spreadsheet programs keep the value that they worked out; programs that only write files often do not.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from twingraph.loaders.networks.xml import parse_xml

__all__ = ["Range", "spanned_cells", "unkept_formulas"]

type Range = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last of some cells, as row and column counted from 0."""

CONTENT = "content.xml"
MARK = b"number-rows-spanned"
CELLS = {"table-cell", "covered-table-cell"}


def spanned_cells(path: Path) -> dict[str, list[Range]]:
    """Return the merged cells of an ODS file that take more than one row, by sheet; of any other file none.

    Raises
    ------
    twingraph.errors.InputError
        What the file holds is no XML.
    """
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as archive:
        if CONTENT not in archive.namelist():
            return {}
        with archive.open(CONTENT) as file:
            if not _holds_spans(file):
                return {}
        sheets = _Sheets()
        with archive.open(CONTENT) as file:
            parse_xml(file, str(path), sheets)  # type: ignore[arg-type]  # a member of a zip reads as a file does
    return sheets.found


def _holds_spans(file: IO[bytes]) -> bool:
    end = b""
    while chunk := file.read(1 << 20):
        if MARK in end + chunk:
            return True
        end = chunk[-len(MARK) :]
    return False


class _Sheets:
    """Told of the elements of a document: where the rows and cells of its tables stand."""

    def __init__(self) -> None:
        self.line = 0
        self.found: dict[str, list[Range]] = {}
        self._inner: list[list[Range]] = []  # a table in a cell is no sheet
        self._row = self._column = self._repeated = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        told = {name.rpartition(":")[2]: value for name, value in attributes.items()}
        if tag == "table":
            ranges: list[Range] = []
            if not self._inner:
                self.found[told.get("name", "")] = ranges
                self._row = 0
            self._inner.append(ranges)
        elif len(self._inner) != 1:
            return
        elif tag == "table-row":
            self._column, self._repeated = 0, _number(told, "number-rows-repeated")
        elif tag in CELLS:
            down, right = _number(told, "number-rows-spanned"), _number(told, "number-columns-spanned")
            if down > 1:
                last = (self._row + down - 1, self._column + right - 1)
                self._inner[0].append(((self._row, self._column), last))
            self._column += _number(told, "number-columns-repeated")

    def end(self, tag: str, _text: str) -> None:
        if tag == "table" and self._inner:
            self._inner.pop()
        elif tag == "table-row" and len(self._inner) == 1:
            self._row += self._repeated


def _number(told: dict[str, str], name: str) -> int:
    text = told.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 1


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
