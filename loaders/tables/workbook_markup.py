"""What the XML of a workbook says that its values do not: merged cells (ODS) and formulas without a value (XLSX).

Spreadsheet programs keep the value of each formula; programs that only write files often do not, and such a cell reads
as empty.
"""

import re
import zipfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, BinaryIO, cast

from twingraph.loaders.intake.files import ZIP, InputFile
from twingraph.loaders.networks.xml import parse_xml

__all__ = ["Range", "SheetMarkup", "read_markup"]

type Range = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last of some cells, as row and column counted from 0."""

ODS_CONTENT, ODS_SPAN = "content.xml", b"number-rows-spanned"
ODS_CELLS = {"table-cell", "covered-table-cell"}
XLSX_BOOK, XLSX_RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
# Every repetition has a bound: a hostile file may hold anything.
EMPTY_FORMULA = re.compile(
    rb'<c\s[^>]{0,200}?\br="([A-Z]{1,3})(\d{1,7})"[^>]{0,200}>\s?<f\b(?:[^>]{0,200}/>|[^>]{0,200}>[^<]{0,10000}</f>)'
    rb"\s?(?:<v\s?/>|<v>\s?</v>)?\s?</c>"
)
ROW_END = b"</row>"
MAX_ROW_BYTES = 16 << 20
CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class SheetMarkup:
    """What the XML of one sheet says.

    Attributes
    ----------
    merged
        Merged cells that take more than one row, in ODS; in XLSX the values come with them.
    empty_formulas
        The first cell of each row with a formula and no value, by line: ``{3: "C3"}``.
    """

    merged: list[Range] = field(default_factory=list)
    empty_formulas: Mapping[int, str] = field(default_factory=dict)


def read_markup(file: InputFile, sheets: Collection[str]) -> dict[str, SheetMarkup]:
    """Return the markup of some sheets of an ODS or XLSX file by name; of other workbooks none.

    Raises
    ------
    twingraph.errors.InputError
        A member that should be XML is none.
    """
    if not file.head.startswith(ZIP):
        return {}
    with zipfile.ZipFile(file.stream()) as archive:
        members = set(archive.namelist())
        if ODS_CONTENT in members:
            return _read_ods(archive, file.name)
        if {XLSX_BOOK, XLSX_RELATIONS} <= members:
            return _read_xlsx(archive, members, file.name, sheets)
    return {}


def _read_ods(archive: zipfile.ZipFile, name: str) -> dict[str, SheetMarkup]:
    with archive.open(ODS_CONTENT) as content:
        if not _has_spans(content):  # quicker than parsing, and few files have any
            return {}
    spans = _Spans()
    with archive.open(ODS_CONTENT) as content:
        parse_xml(cast("BinaryIO", content), name, spans)
    return {sheet: SheetMarkup(ranges) for sheet, ranges in spans.found.items()}


def _has_spans(content: IO[bytes]) -> bool:
    end = b""
    while chunk := content.read(CHUNK_BYTES):
        if ODS_SPAN in end + chunk:
            return True
        end = chunk[-len(ODS_SPAN) :]
    return False


def _read_xlsx(
    archive: zipfile.ZipFile, members: Collection[str], name: str, sheets: Collection[str]
) -> dict[str, SheetMarkup]:
    book, relations = _Attributes("sheet"), _Attributes("Relationship")
    for member, attributes in ((XLSX_BOOK, book), (XLSX_RELATIONS, relations)):
        with archive.open(member) as content:
            parse_xml(cast("BinaryIO", content), name, attributes)
    targets = {each.get("Id"): each.get("Target", "") for each in relations.found}
    found = {}
    for sheet in book.found:
        title, target = sheet.get("name", ""), targets.get(sheet.get("id"), "")
        member = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        if title in sheets and member in members:
            with archive.open(member) as content:
                found[title] = SheetMarkup(empty_formulas=dict(_empty_formulas(content)))
    return found


def _empty_formulas(content: IO[bytes]) -> Iterator[tuple[int, str]]:
    """Yield the line and the name of each cell of a sheet with a formula and no value, the last of a row first."""
    begun = b""
    while chunk := content.read(CHUNK_BYTES):
        whole, end, begun = (begun + chunk).rpartition(ROW_END)
        if len(begun) > MAX_ROW_BYTES:
            begun = b""
        if b"<f" in whole:
            cells = EMPTY_FORMULA.findall(whole + end)
            yield from ((int(line), f"{column.decode()}{line.decode()}") for column, line in reversed(cells))


def _local_names(attributes: Mapping[str, str]) -> dict[str, str]:
    return {name.rpartition(":")[2]: value for name, value in attributes.items()}


class _Spans:
    """Handles the elements of an ODS document: collects the cells that span several rows, by sheet."""

    def __init__(self) -> None:
        self.line = 0
        self.found: dict[str, list[Range]] = {}
        self._open: list[list[Range]] = []  # a table in a cell is no sheet
        self._row = self._column = self._repeated = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        values = _local_names(attributes)
        if tag == "table":
            ranges: list[Range] = []
            if not self._open:
                self.found[values.get("name", "")] = ranges
                self._row = 0
            self._open.append(ranges)
        elif len(self._open) != 1:
            return
        elif tag == "table-row":
            self._column, self._repeated = 0, _count(values, "number-rows-repeated")
        elif tag in ODS_CELLS:
            height, width = _count(values, "number-rows-spanned"), _count(values, "number-columns-spanned")
            if height > 1:
                last = (self._row + height - 1, self._column + width - 1)
                self._open[0].append(((self._row, self._column), last))
            self._column += _count(values, "number-columns-repeated")

    def end(self, tag: str, _text: str) -> None:
        if tag == "table" and self._open:
            self._open.pop()
        elif tag == "table-row" and len(self._open) == 1:
            self._row += self._repeated


def _count(attributes: Mapping[str, str], name: str) -> int:
    text = attributes.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 1


class _Attributes:
    """Handles the elements of a document: collects the attributes of those with one tag."""

    def __init__(self, tag: str) -> None:
        self._tag = tag
        self.line = 0
        self.found: list[dict[str, str]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == self._tag:
            self.found.append(_local_names(attributes))

    def end(self, _tag: str, _text: str) -> None:
        """Ignore the content of elements."""
