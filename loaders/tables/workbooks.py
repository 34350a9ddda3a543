"""Sheets of XLSX, XLSM, XLSB, XLS and ODS files as tables: values as a reader of the sheet sees them.

Formulas give the value that the file keeps of them, macros are never looked at, hidden rows and columns are read like
any other, and hidden sheets only when they are named. Where cells are merged, each row has what they say.
"""

import datetime as dt
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
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
from twingraph.loaders.intake.encodings import unreadable
from twingraph.loaders.problems import Problems
from twingraph.loaders.tables.headers import HEAD_ROWS, find_header
from twingraph.loaders.tables.rows import Table, check_names
from twingraph.loaders.tables.workbook_markup import Range, spanned_cells, unkept_formulas

__all__ = ["OLE", "ZIP", "is_workbook", "open_workbook"]

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
NAMED = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}
IN_OLE = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book", "EncryptedPackage"))
"""What XLS and locked XLSX files hold; the mails, drawings and databases of thumbnails in the same container do not."""
FAULTS = (EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError)
MOST_BYTES = 512 << 20
"""Unpacked: a million rows of twenty columns are about that, and they are all held in memory."""
HIGHEST_RATIO = 400
"""Bytes unpacked for each byte packed, from `SMALL` on; sheets of repeated words reach 50."""
SMALL = 16 << 20
LONGEST_CELL = 131_072
SAVE_ANEW = "Open it in a spreadsheet program and save it anew, or save the sheet as CSV."


def is_workbook(path: Path) -> bool:
    """Tell whether a file is a workbook, by its content; a damaged one, by its name."""
    with path.open("rb") as file:
        head = file.read(8)
        if head == OLE:
            return path.suffix.lower() in NAMED or _holds(file, IN_OLE)
    if head[:4] != ZIP:
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return path.suffix.lower() in NAMED
    return any(name.startswith("xl/") for name in names) or (
        {"content.xml", "mimetype"} <= set(names) and _is_spreadsheet(path)
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


def _is_spreadsheet(path: Path) -> bool:
    """Tell whether an OpenDocument file is a spreadsheet, and no text or picture."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open("mimetype") as file:
            return b"spreadsheet" in file.read(200)
    except (*FAULTS, OSError, ValueError):
        return True


def open_workbook(path: Path, known: Callable[[str], bool], *, sheets: Sequence[str] = ()) -> tuple[Table, ...]:
    """Return the sheets of a workbook that have a header: those named, or all that are not hidden.

    Parameters
    ----------
    path
        The file.
    known
        Tells whether a text is the name of a column.
    sheets
        Names of the sheets that are meant.

    Raises
    ------
    InputError
        It is damaged, locked by a password or too large, has no sheet of such a name, or no sheet with anything in it.
    """
    name = str(path)
    _check_size(path, name)
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            found = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
            names = [each.name for each in found]
            missing = [each for each in sheets if each not in names]
            if missing:
                there = ", ".join(repr(each) for each in names)
                raise InputError(f"there is no sheet {missing[0]!r}", f"The sheets are: {there}.", file=name)
            visible = [each.name for each in found if each.visible == SheetVisibleEnum.Visible]
            spanned, unkept = spanned_cells(path), unkept_formulas(path)
            chosen = sheets or visible
            tables = [
                _table(path, book.get_sheet_by_name(each), known, spanned.get(each, ()), unkept.get(each, {}))
                for each in chosen
            ]
    except PasswordError as error:
        raise InputError("the file is locked by a password", "Save it without one.", file=name) from error
    except (CalamineError, *FAULTS, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise unreadable(error, name) from error
        raise InputError(f"the workbook cannot be read ({str(error)[:120]})", SAVE_ANEW, file=name) from error
    usable = tuple(table for table in tables if table is not None)
    if not usable:
        raise InputError("no sheet has anything in it", "Name a sheet that has, with --sheet.", file=name)
    return usable


def _check_size(path: Path, name: str) -> None:
    """Refuse a bomb before it is unpacked."""
    try:
        packed = path.stat().st_size
        if not zipfile.is_zipfile(path):
            if packed > MOST_BYTES:
                raise InputError("the workbook has more than 512 MB", "Split it, or save it as CSV.", file=name)
            return
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile as error:
        raise InputError("the workbook is damaged or cut off", SAVE_ANEW, file=name) from error
    except OSError as error:
        raise unreadable(error, name) from error
    if unpacked > MOST_BYTES or (unpacked > SMALL and unpacked > HIGHEST_RATIO * packed):
        cause = f"the workbook unpacks to {unpacked >> 20:,} MB, more than can be read"
        raise InputError(cause, "Save the sheet as CSV, in parts if it is large.", file=name)


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


def _table(
    path: Path,
    sheet: CalamineSheet,
    known: Callable[[str], bool],
    spanned: Iterable[Range],
    unkept: Mapping[int, str],
) -> Table | None:
    name = f"{path} [{sheet.name}]"
    content = _Content(sheet)
    head = [[_text(cell) for cell in row] for row in islice(content, HEAD_ROWS)]
    header = find_header(head, known)
    if header is None:
        return None
    columns = check_names(header, name, header.row + 1)
    width = max((number + 1 for number, column in enumerate(columns) if column), default=0)
    beyond = next(
        (number for row in content for number in range(len(row) - 1, width - 1, -1) if row[number] != ""), None
    )
    width = width if beyond is None else len(columns)
    first = header.row + header.height
    ranges = sheet.merged_cell_ranges or spanned

    def cells(problems: Problems) -> Iterator[tuple[int, Sequence[str]]]:
        merged = _Merged(ranges, first)
        for number, row in enumerate(islice(content, first, None), start=first + 1):
            texts = merged.filled(number - 1, [_text(cell) for cell in row[:width]])
            if number in unkept:
                detail = f"{unkept[number]}: the file does not keep what the formula gives"
                problems.add("formula without a value", detail, outcome="cell left empty", file=name, line=number)
            if longest := next((text for text in texts if len(text) > LONGEST_CELL), None):
                problems.add(
                    "cell too long", f"{len(longest):,} characters", outcome="row skipped", file=name, line=number
                )
            elif any(text.strip() for text in texts):
                yield number, texts

    above = sum(1 for row in head[: header.row] if any(row))
    return Table(
        path=path, name=name, sheet=sheet.name, columns=columns[:width], line=header.row + 1, above=above, cells=cells
    )


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
