"""The text of one cell as a value: blank marks, footnotes, totals, dates and numbers."""

import datetime as dt
import math
import re
from collections.abc import Mapping
from functools import cache

from babel.dates import get_month_names

from twingraph.graph.dates import parse_date
from twingraph.loaders.tables.lookups import cell_words
from twingraph.text.folding import fold

__all__ = ["is_blank_mark", "is_total", "parse_cell_date", "parse_number", "strip_footnotes"]

DASHES = re.compile(r"[-\u2010-\u2015\u2212.…?/*_;|,\s]+")
"""A dash, dots, a question mark and the like, alone in a cell."""
FOOTNOTE = re.compile(r"(?:\s*(?:[¹²³⁰⁴-⁹]+|\[(?:\d{1,3}|[^\W\d_A-ZА-ЯҐЄІЇ])\]|\(\d{1,2}\)|\*{1,3}|[†‡§]))+$")
COUNT = re.compile(r"[\s:.,=()\d\u2010-\u2015-]*$")
MAX_MARK_CHARS = 24
"""Length of the longest word in the list of blank marks, so that longer cells need not be compared."""
THOUSANDS_SPACE = re.compile(r"(?<=\d)[\s\u00a0\u202f'](?=\d{3}(?!\d))")
GROUPED = re.compile(r"[+-]?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
"""An integer with a mark between its thousands."""
COMMA_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
"""``1,234`` may be 1234 or 1.234; ``0,500`` can only be 0.5: no number of thousands begins with a zero."""
LANGUAGES = ("en", "uk", "pl", "de", "fr")
NUMERIC = re.compile(r"(\d{1,2})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{4})")
MONTH_YEAR = re.compile(r"(\d{1,2})\s*[./]\s*(\d{4})")
SPELLED = re.compile(
    r"(?:(\d{1,2})\s*(?:st|nd|rd|th|er|-?го|\.)?\s+)?(?:de\s+)?([^\W\d]+)\.?,?\s+"
    r"(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})"
)
YEAR_FIRST = re.compile(r"(\d{4})\s*[/.]\s*(\d{1,2})(?:\s*[/.]\s*(\d{1,2}))?")
DAY_NUMBERS = range(10_000, 80_000)
"""Days as spreadsheets count them, from 1927 to 2119."""
SPREADSHEET_EPOCH = dt.date(1899, 12, 30)
TIME = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$")
YEAR_WORD = re.compile(r"\s*(?:р\.?|рік|року|рр\.?|r\.?|rok|roku)$", re.IGNORECASE)


def is_blank_mark(text: str) -> bool:
    """Whether the text of a cell means that it has no value: a dash, "н/д", "brak", "k. A.", "#N/A".

    Examples
    --------
    >>> is_blank_mark("—"), is_blank_mark("немає"), is_blank_mark("NO")
    (True, True, False)
    """
    if len(text) > MAX_MARK_CHARS or not _may_begin(text, "nothing"):
        return False
    plain = text.strip().casefold()
    return plain in _words("nothing") or DASHES.fullmatch(plain) is not None


def strip_footnotes(text: str) -> str:
    """Return a cell without footnote marks at its end; a cell with nothing else stays as it is.

    Examples
    --------
    >>> strip_footnotes("Битом¹"), strip_footnotes("Lübeck [2]*"), strip_footnotes("Gdynia (PL)")
    ('Битом', 'Lübeck', 'Gdynia (PL)')
    """
    if not text or text[-1].isalpha():
        return text
    return FOOTNOTE.sub("", text) or text


def is_total(text: str) -> bool:
    """Whether a cell begins a row of totals, which is no record: "Всього: 8", "Razem".

    Examples
    --------
    >>> is_total("Всього: 8"), is_total("Razem"), is_total("Gesamtschule")
    (True, True, False)
    """
    if len(text) > 2 * MAX_MARK_CHARS or not _may_begin(text, "total"):
        return False
    return COUNT.sub("", text.strip()).casefold() in _words("total")


def _may_begin(text: str, sort: str) -> bool:
    """Whether a cell may be one of the words, by its first character, which is quick; any mark may begin one."""
    first = text[:1]
    return not first.isalnum() or first.casefold() in _first_letters(sort)


@cache
def _first_letters(sort: str) -> frozenset[str]:
    return frozenset(word[0] for word in _words(sort))


@cache
def _words(sort: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in cell_words(sort))


def parse_cell_date(text: str) -> str:
    """Parse a date as people write it, and return it as a partial ISO date.

    The day comes first where dots separate, as in all but English tables, and otherwise where only one order is a date.

    Raises
    ------
    ValueError
        It is no date, or one with two readings; the message gives both.

    Examples
    --------
    >>> [parse_cell_date(text) for text in ("23.12.2022", "12 травня 1996 р.", "mai 2001", "2022")]
    ['2022-12-23', '1996-05-12', '2001-05', '2022']
    """
    clean = YEAR_WORD.sub("", TIME.sub("", text.strip())).strip()
    if match := NUMERIC.fullmatch(clean):
        first, mark, second, year = int(match[1]), match[2], int(match[3]), match[4]
        if mark != "." and first != second and first <= 12 and second <= 12:
            raise ValueError(f"{text!r} can be {year}-{second:02}-{first:02} or {year}-{first:02}-{second:02}")
        day, month = (first, second) if second <= 12 else (second, first)
        return parse_date(f"{year}-{month:02}-{day:02}")
    if match := MONTH_YEAR.fullmatch(clean):
        return parse_date(f"{match[2]}-{int(match[1]):02}")
    if match := YEAR_FIRST.fullmatch(clean):
        return parse_date("-".join([match[1], *(f"{int(part):02}" for part in match.groups()[1:] if part)]))
    if (
        (match := SPELLED.fullmatch(clean))
        and not (match[1] and match[3])
        and (named_month := _months().get(fold(match[2])))
    ):
        day_text = match[1] or match[3]
        return parse_date(f"{match[4]}-{named_month:02}" + (f"-{int(day_text):02}" if day_text else ""))
    if len(clean) == 5 and clean.isascii() and clean.isdecimal() and int(clean) in DAY_NUMBERS:
        counted = SPREADSHEET_EPOCH + dt.timedelta(days=int(clean))
        raise ValueError(f"{text!r} is a day as spreadsheets count them, perhaps {counted}: save the column as dates")
    return parse_date(clean)


@cache
def _months() -> Mapping[str, int]:
    months: dict[str, int] = {}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    months.setdefault(fold(name), number)
    return months


def parse_number(text: str, *, decimal_comma: bool = False) -> float:
    """Parse a number with a point or a comma as its decimal mark, and spaces or the other mark between thousands.

    Parameters
    ----------
    text
        The cell.
    decimal_comma
        Whether a single comma is a decimal mark, as in a table with semicolons between its fields.

    Raises
    ------
    ValueError
        It is no finite number, or one with two readings.

    Examples
    --------
    >>> [parse_number(text) for text in ("0,500", "1 234,5", "1,234.5", "1.234.567")]
    [0.5, 1234.5, 1234.5, 1234567.0]
    """
    plain = THOUSANDS_SPACE.sub("", text)
    decimal_mark = max(",.", key=plain.rfind)
    thousands_mark = "." if decimal_mark == "," else ","
    if plain.count(decimal_mark) > 1:  # 1,234,567
        decimal_mark, thousands_mark = thousands_mark, decimal_mark
    if decimal_mark == "," and not decimal_comma and COMMA_THOUSANDS.fullmatch(plain):
        raise ValueError(f"{text!r} can be read with or without a fraction")
    whole, mark, fraction = plain.partition(decimal_mark)
    if thousands_mark in whole and GROUPED.fullmatch(whole):
        whole = whole.replace(thousands_mark, "")
    try:
        value = float(f"{whole}{mark and '.'}{fraction}")
    except ValueError as error:
        raise ValueError(f"{text!r} is no number") from error
    if not math.isfinite(value):
        raise ValueError(f"{text!r} is no finite number")
    return value
