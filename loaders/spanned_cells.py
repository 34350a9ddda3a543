"""Which cells are merged in the sheets of an ODS file: python-calamine tells it of XLSX and XLS only."""

import zipfile
from pathlib import Path
from typing import IO

from twingraph.loaders.networks.xml import parse_xml

__all__ = ["Range", "spanned_cells"]

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
