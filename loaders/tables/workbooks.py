"""Sheets of XLSX, XLSM, XLSB, XLS and ODS files as tables: values as a reader of the sheet sees them.

Formulas give the value stored in the file, macros are ignored, hidden rows and columns are read like
any other, and hidden sheets only when they are named. Each row of merged cells has their value.

Calamine gives the values. The XML of the workbook adds what it does not give: merged cells in ODS, and formulas without
a value in XLSX. Spreadsheet programs keep the value of each formula; programs that only write files often do not, and
such a cell reads as empty.
"""

import datetime as dt
import re
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import IO, BinaryIO, cast

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from twingraph.errors import InputError
from twingraph.loaders.intake.files import ZIP, InputFile, unreadable
from twingraph.loaders.networks.xml import parse_xml
from twingraph.loaders.problems import Problems
from twingraph.loaders.tables.headers import HEAD_ROWS, find_header
from twingraph.loaders.tables.options import TableOptions
from twingraph.loaders.tables.rows import Table, check_names

__all__ = ["OLE", "is_workbook", "open_workbook"]

type Range = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last of some cells, as row and column counted from 0."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SUFFIXES = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}
IN_OLE = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book", "EncryptedPackage"))
"""What XLS and locked XLSX files hold; the mails, drawings and databases of thumbnails in the same container do not."""
FAULTS = (EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError)
MAX_BYTES = 512 << 20
"""Limit on the unpacked bytes, chosen by hand: about a million rows of twenty columns, all held in memory."""
MAX_RATIO = 400
"""Limit on unpacked bytes per packed byte above `SMALL_BYTES`, chosen by hand; sheets of repeated words reach 50."""
SMALL_BYTES = 16 << 20
MAX_CELL_CHARS = 131_072
SAVE_AGAIN = "Open it in a spreadsheet program and save it again, or save the sheet as CSV."
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
    """What is read from the XML of one sheet.

    Attributes
    ----------
    merged
        Merged cells that take more than one row, in ODS; in XLSX the values come with them.
    empty_formulas
        The first cell of each row with a formula and no value, by line: ``{3: "C3"}``.
    """

    merged: list[Range] = field(default_factory=list)
    empty_formulas: Mapping[int, str] = field(default_factory=dict)


def is_workbook(file: InputFile) -> bool:
    """Whether a file is a workbook, by its content; a damaged one, by its name."""
    has_suffix = file.path.suffix.lower() in SUFFIXES
    if file.head.startswith(OLE):
        return has_suffix or _holds(file.stream(), IN_OLE)
    if not file.head.startswith(ZIP):
        return False
    if file.zip_members is None:
        return has_suffix
    return any(name.startswith("xl/") for name in file.zip_members) or (
        {"content.xml", "mimetype"} <= file.zip_members and _is_spreadsheet(file)
    )


def _holds(file: BinaryIO, names: Sequence[bytes]) -> bool:
    """Whether the rest of a file contains one of `names`."""
    longest = max(map(len, names))
    end = b""
    while chunk := file.read(CHUNK_BYTES):
        if any(name in end + chunk for name in names):
            return True
        end = chunk[-longest:]
    return False


def _is_spreadsheet(file: InputFile) -> bool:
    """Whether an OpenDocument file is a spreadsheet, and no text or picture."""
    try:
        with zipfile.ZipFile(file.stream()) as archive, archive.open("mimetype") as content:
            return b"spreadsheet" in content.read(200)
    except (*FAULTS, OSError, ValueError):
        return True


def open_workbook(file: InputFile, is_column: Callable[[str], bool], options: TableOptions) -> tuple[Table, ...]:
    """Return the sheets of a workbook that have a header: those named in the options, or all that are not hidden.

    Parameters
    ----------
    file
        The file.
    is_column
        Whether a text is the name of a column.
    options
        Holds the names of sheets, where the user names them.

    Raises
    ------
    InputError
        It is damaged, locked by a password or too large, has no sheet of such a name, or no sheet with anything in it.
    """
    name = file.name
    _check_size(file)
    try:
        with _open_calamine(file) as book:
            found = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
            names = [each.name for each in found]
            missing = [each for each in options.sheets if each not in names]
            if missing:
                known = ", ".join(map(repr, names))
                raise InputError(f"there is no sheet {missing[0]!r}", f"The sheets are: {known}.", file=name)
            chosen = options.sheets or [each.name for each in found if each.visible == SheetVisibleEnum.Visible]
            markup = _read_markup(file, chosen)
            tables = [
                _table(name, book.get_sheet_by_name(each), is_column, markup.get(each, SheetMarkup()))
                for each in chosen
            ]
    except PasswordError as error:
        raise InputError("the file is locked by a password", "Save it without one.", file=name) from error
    except (CalamineError, *FAULTS, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise unreadable(error, name) from error
        raise InputError(f"the workbook cannot be read ({str(error)[:120]})", SAVE_AGAIN, file=name) from error
    usable = tuple(table for table in tables if table is not None)
    if not usable:
        raise InputError("no sheet has anything in it", "Name a sheet that has, with --sheet.", file=name)
    return usable


def _open_calamine(file: InputFile) -> CalamineWorkbook:
    if file.head.startswith(OLE):  # only by its path does Calamine report that an XLS or an XLSX in OLE is locked
        return CalamineWorkbook.from_path(str(file.path))
    return CalamineWorkbook.from_filelike(file.stream())


def _check_size(file: InputFile) -> None:
    """Refuse a file that would take too much memory before it is unpacked."""
    packed = file.path.stat().st_size
    unpacked = packed
    if file.head.startswith(ZIP):
        try:
            with zipfile.ZipFile(file.stream()) as archive:
                unpacked = sum(member.file_size for member in archive.infolist())
        except zipfile.BadZipFile as error:
            raise InputError("the workbook is damaged or cut off", SAVE_AGAIN, file=file.name) from error
    if unpacked > MAX_BYTES or (unpacked > SMALL_BYTES and unpacked > MAX_RATIO * packed):
        cause = f"the workbook unpacks to {unpacked >> 20:,} MB, more than can be read"
        raise InputError(cause, "Save the sheet as CSV, in parts if it is large.", file=file.name)


class _Content:
    """The rows of a sheet from A1 on. They become objects of Python one by one: all at once are four times as large."""

    def __init__(self, sheet: CalamineSheet) -> None:
        self._sheet = sheet

    def __iter__(self) -> Iterator[Sequence[object]]:
        first = self._sheet.start
        left: list[object] = [""] * (first[1] if first else 0)  # rows above the first are given, columns are not
        for row in self._sheet.iter_rows():
            yield [*left, *row]


class _Merged:
    """Cells merged down a column below the header: the value of the first is that of all."""

    def __init__(self, ranges: Iterable[Range], first: int) -> None:
        self._from: dict[int, list[tuple[int, int]]] = {}
        for (top, left), (bottom, _) in ranges:
            if top >= first and bottom > top:
                self._from.setdefault(top, []).append((left, bottom))
        self._held: dict[int, tuple[int, str]] = {}

    def filled(self, number: int, row: list[str]) -> list[str]:
        """Return row `number`, from 0, with the values of merged cells; a row with no other value stays blank."""
        if not self._from or not any(row):
            return row
        for column, bottom in self._from.get(number, ()):
            if column < len(row):
                self._held[column] = (bottom, row[column])
        for column, (bottom, text) in list(self._held.items()):
            if number > bottom:
                del self._held[column]
            else:
                row[column] = row[column] or text
        return row


def _table(file: str, sheet: CalamineSheet, is_column: Callable[[str], bool], markup: SheetMarkup) -> Table | None:
    name = f"{file} [{sheet.name}]"
    content = _Content(sheet)
    head = [[_text(cell) for cell in row] for row in islice(content, HEAD_ROWS)]
    header = find_header(head, is_column)
    if header is None:
        return None
    columns = check_names(header, name, header.row + 1)
    width = max((number + 1 for number, column in enumerate(columns) if column), default=0)
    beyond = next(
        (number for row in content for number in range(len(row) - 1, width - 1, -1) if row[number] != ""), None
    )
    width = width if beyond is None else len(columns)
    first = header.row + header.height
    ranges = sheet.merged_cell_ranges or markup.merged

    def cells(problems: Problems) -> Iterator[tuple[int, Sequence[str]]]:
        merged = _Merged(ranges, first)
        for number, row in enumerate(islice(content, first, None), start=first + 1):
            texts = merged.filled(number - 1, [_text(cell) for cell in row[:width]])
            if number in markup.empty_formulas:
                detail = f"{markup.empty_formulas[number]}: the file does not keep what the formula gives"
                problems.add("formula without a value", detail, outcome="cell left empty", file=name, line=number)
            if longest := next((text for text in texts if len(text) > MAX_CELL_CHARS), None):
                problems.add(
                    "cell too long", f"{len(longest):,} characters", outcome="row skipped", file=name, line=number
                )
            elif any(text.strip() for text in texts):
                yield number, texts

    above = sum(1 for row in head[: header.row] if any(row))
    return Table(name=name, sheet=sheet.name, columns=columns[:width], line=header.row + 1, above=above, cells=cells)


def _text(cell: object) -> str:
    """Return a cell as text: dates as ISO, whole numbers without a fraction."""
    match cell:
        case str():
            return cell
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case dt.datetime() if cell.time() == dt.time():
            return cell.date().isoformat()
        case dt.datetime() | dt.date():
            return cell.isoformat()[:10]
        case _:
            return "" if cell is None else str(cell)


def _read_markup(file: InputFile, sheets: Collection[str]) -> dict[str, SheetMarkup]:
    """Return the markup of some sheets of an ODS or XLSX file by name; other workbooks have none.

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
