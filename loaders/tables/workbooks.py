"""Sheets of XLSX, XLSM, XLSB, XLS and ODS files as tables: values as a reader of the sheet sees them.

Formulas give the value that the file keeps of them, macros are never looked at, hidden rows and columns are read like
any other, and hidden sheets only when they are named. Where cells are merged, each row has what they say.
"""

import datetime as dt
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import BinaryIO

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
from twingraph.loaders.problems import Problems
from twingraph.loaders.tables.headers import HEAD_ROWS, find_header
from twingraph.loaders.tables.options import TableOptions
from twingraph.loaders.tables.rows import Table, check_names
from twingraph.loaders.tables.workbook_markup import Range, SheetMarkup, read_markup

__all__ = ["OLE", "is_workbook", "open_workbook"]

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SUFFIXES = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}
IN_OLE = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book", "EncryptedPackage"))
"""What XLS and locked XLSX files hold; the mails, drawings and databases of thumbnails in the same container do not."""
FAULTS = (EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError)
MAX_BYTES = 512 << 20
"""Unpacked: a million rows of twenty columns are about that, and they are all held in memory."""
MAX_RATIO = 400
"""Bytes unpacked for each byte packed, from `SMALL_BYTES` on; sheets of repeated words reach 50."""
SMALL_BYTES = 16 << 20
MAX_CELL_CHARS = 131_072
SAVE_AGAIN = "Open it in a spreadsheet program and save it again, or save the sheet as CSV."


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
    """Tell whether the rest of a file holds one of some names."""
    longest = max(map(len, names))
    end = b""
    while chunk := file.read(1 << 20):
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
            markup = read_markup(file, chosen)
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
    """Cells merged down a column below the header: what the first of them says holds for all."""

    def __init__(self, ranges: Iterable[Range], first: int) -> None:
        self._from: dict[int, list[tuple[int, int]]] = {}
        for (top, left), (bottom, _) in ranges:
            if top >= first and bottom > top:
                self._from.setdefault(top, []).append((left, bottom))
        self._held: dict[int, tuple[int, str]] = {}

    def filled(self, number: int, row: list[str]) -> list[str]:
        """Return a row, counted from 0, with what the merged cells say; a row that says nothing else stays blank."""
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
