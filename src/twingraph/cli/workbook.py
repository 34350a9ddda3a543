"""Workbooks for Excel and LibreOffice: typed cells, a sheet for each table, and a sheet about the source.

Rows are written as they come; the cells of a sheet wait in a temporary file, so that a long answer needs little memory.
A text is never a formula. Dates that have a day are dates; ``2022`` and ``2022-05`` stay texts, since a day would be
invented. Excel knows no date before March 1900; such a date stays a text.
"""

import math
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING

from twingraph.cli.output import as_text, names_of
from twingraph.errors import OutputError

if TYPE_CHECKING:
    from xlsxwriter.format import Format as CellFormat
    from xlsxwriter.worksheet import Worksheet

__all__ = ["MAX_ROWS", "Sheet", "write_workbook"]

MAX_ROWS = 1_048_576
"""Rows of a sheet, the header among them."""
MAX_LETTERS = 32_767
"""Letters of a cell."""
MAX_LINKS = 65_530
"""Links of a sheet."""
MAX_ADDRESS = 2_079
"""Letters of a link's address."""
MAX_NAME = 31
"""Letters of the name of a sheet."""
NARROWEST, WIDEST = 8, 60
"""Widths of columns in letters."""
EXACT = 10**15
"""The numbers from here on are texts: a cell keeps 15 digits."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_FIRST_DAY = date(1900, 3, 1)
_LINK = re.compile(r"https?://[^\s\x00-\x20\"<>]+", re.IGNORECASE)
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet.

    Attributes
    ----------
    name
        What it is called; letters that Excel forbids are left out, and a long name is cut.
    columns
        The heads.
    records
        One sequence a row, as long as `columns`.
    """

    name: str
    columns: Sequence[str]
    records: Iterable[Sequence[object]]


def write_workbook(sheets: Iterable[Sheet], stream: IO[bytes]) -> None:
    """Write a workbook.

    Parameters
    ----------
    sheets
        Its sheets, in order.
    stream
        Where to write.

    Raises
    ------
    OutputError
        A sheet has more rows than a workbook can hold.
    """
    from xlsxwriter import Workbook

    with TemporaryDirectory(prefix="twingraph-") as folder:
        book = Workbook(
            stream,
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_numbers": False,
                "strings_to_urls": False,
                "default_date_format": "yyyy-mm-dd",
                "tmpdir": folder,
            },
        )
        head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        link = book.get_default_url_format()
        names: set[str] = set()
        try:
            for sheet in sheets:
                name = _sheet_name(sheet.name, names)
                names.add(name.casefold())
                _SheetWriter(book.add_worksheet(name), head, link).write(sheet)
        except BaseException:
            for started in book.worksheets():
                started.row_data_fh.close()
            raise
        book.close()


class _SheetWriter:
    """Writes one sheet, and remembers the widths of its columns."""

    def __init__(self, sheet: "Worksheet", head: "CellFormat", link: "CellFormat | None") -> None:
        self._sheet, self._head, self._link = sheet, head, link
        self._links = 0

    def write(self, sheet: Sheet) -> None:
        heads = names_of(tuple(sheet.columns))
        widths = [len(head) + 3 for head in heads]  # room for the button of the filter
        for column, text in enumerate(heads):
            self._sheet.write_string(0, column, _fitting(text), self._head)
        last = 0
        for last, record in enumerate(sheet.records, start=1):
            if last >= MAX_ROWS:
                raise OutputError(
                    f"A sheet of a workbook holds {MAX_ROWS - 1:,} rows, and the answer has more.",
                    "Ask for less, or write .csv or .jsonl.",
                )
            for column, value in enumerate(record):
                widths[column] = max(widths[column], self._cell(last, column, value))
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, min(max(width + 1, NARROWEST), WIDEST))
        self._sheet.freeze_panes(1, 0)
        self._sheet.autofilter(0, 0, last, len(heads) - 1)

    def _cell(self, row: int, column: int, value: object) -> int:
        """Write a cell, and return its width in letters."""
        sheet = self._sheet
        match value:
            case None:
                return 0
            case bool():
                sheet.write_boolean(row, column, value)
                return 6
            case int() | float() if math.isfinite(value) and abs(value) < EXACT:
                sheet.write_number(row, column, value)
                return len(f"{value:.10g}")
        text = as_text(value)
        if _DAY.fullmatch(text):
            with suppress(ValueError):
                day = date.fromisoformat(text)
                if day >= _FIRST_DAY:
                    sheet.write_datetime(row, column, day)
                    return len(text)
        fitting = _fitting(text)
        if _LINK.fullmatch(text) and len(text) <= MAX_ADDRESS and self._links < MAX_LINKS:
            self._links += 1
            sheet.write_url(row, column, text, self._link, fitting)
        elif fitting:
            sheet.write_string(row, column, fitting)
        return max(map(len, fitting.split("\n")))


def _fitting(text: str) -> str:
    """Return a text that a cell can hold."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    return text if len(text) <= MAX_LETTERS else text[: MAX_LETTERS - 1] + "…"


def _sheet_name(name: str, taken: set[str]) -> str:
    """Return a name that Excel accepts, and that no other sheet has in any case of its letters."""
    clean = " ".join(_FORBIDDEN_IN_NAMES.sub(" ", name).split()).strip("' ") or "Sheet"
    clean = _cut(clean, MAX_NAME) if clean.casefold() != "history" else "History_"
    unique, count = clean, 1
    while unique.casefold() in taken:
        count += 1
        tail = f" {count}"
        unique = _cut(clean, MAX_NAME - len(tail)) + tail
    return unique


def _cut(text: str, most: int) -> str:
    """Cut a text where a clause ends, else after a word."""
    if len(text) <= most:
        return text
    if (clause := re.split(r"[,(:;–]", text, maxsplit=1)[0].strip()) and len(clause) <= most:
        return clause
    words = text[: most + 1].rsplit(" ", 1)[0]
    return (words if len(words) <= most else text[:most]).rstrip(" '(,;-–")
