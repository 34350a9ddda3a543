"""Dates as tables write them, in five languages, as partial dates: ``23.12.2022``, ``грудень 2022``, ``2022 р.``."""

import datetime as dt
import re
from collections.abc import Mapping
from functools import cache

from babel.dates import get_month_names

from twingraph.graph.dates import parse_date
from twingraph.loaders.lookups import fold

__all__ = ["read_date"]

LANGUAGES = ("en", "uk", "pl", "de", "fr")
NUMERIC = re.compile(r"(\d{1,2})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{4})")
MONTH_YEAR = re.compile(r"(\d{1,2})\s*[./]\s*(\d{4})")
SPELLED = re.compile(
    r"(?:(\d{1,2})\s*(?:st|nd|rd|th|er|-?го|\.)?\s+)?(?:de\s+)?([^\W\d]+)\.?,?\s+"
    r"(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})"
)
SLASHED_YEAR = re.compile(r"(\d{4})\s*[/.]\s*(\d{1,2})(?:\s*[/.]\s*(\d{1,2}))?")
DAY_NUMBERS = range(10_000, 80_000)
"""Days of a spreadsheet from 1927 to 2119."""
TIME = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$")
YEAR_WORD = re.compile(r"\s*(?:р\.?|рік|року|рр\.?|r\.?|rok|roku)$", re.IGNORECASE)


def read_date(text: str) -> str:
    """Return a date as a partial ISO date.

    Day and month are told apart where only one order is a day, or where dots part them, as all but English tables
    write them.

    Raises
    ------
    ValueError
        It is no date, or one that can be read in two ways; the message says which.

    Examples
    --------
    >>> read_date("23.12.2022"), read_date("12 травня 1996 р."), read_date("mai 2001"), read_date("2022")
    ('2022-12-23', '1996-05-12', '2001-05', '2022')
    """
    clean = YEAR_WORD.sub("", TIME.sub("", text.strip())).strip()
    if match := NUMERIC.fullmatch(clean):
        first, mark, second, year = int(match[1]), match[2], int(match[3]), match[4]
        if mark != "." and first != second and first <= 12 and second <= 12:
            raise ValueError(f"{text!r} can be the {first}th of month {second} or the {second}th of month {first}")
        day, month = (first, second) if second <= 12 else (second, first)
        return parse_date(f"{year}-{month:02}-{day:02}")
    if match := MONTH_YEAR.fullmatch(clean):
        return parse_date(f"{match[2]}-{int(match[1]):02}")
    if match := SLASHED_YEAR.fullmatch(clean):
        return parse_date("-".join([match[1], *(f"{int(part):02}" for part in match.groups()[1:] if part)]))
    if (match := SPELLED.fullmatch(clean)) and (found := _months().get(fold(match[2]))):
        day_text = match[1] or match[3]
        return parse_date(f"{match[4]}-{found:02}" + (f"-{int(day_text):02}" if day_text else ""))
    if clean.isascii() and clean.isdecimal() and int(clean[:6]) in DAY_NUMBERS and len(clean) == 5:
        counted = dt.date(1899, 12, 30) + dt.timedelta(days=int(clean))
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
