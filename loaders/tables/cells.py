"""Cells that list several partners: "Bytom, Płock; Gdynia (PL)" is three ties, "Waterloo, Iowa" is one.

Semicolons, bars, bullets and line breaks part a list, whatever stands between them. A comma may also begin what tells
a place from its namesakes, so the registers decide: a name that they know with what follows the comma, because it lies
there, is one place. Else it is a list if each part by itself is a municipality that they know, and none is a region. If
neither holds it stays as it is, and is told.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from babel.dates import get_month_names

from twingraph.graph.dates import parse_date
from twingraph.loaders.places.model import PlaceQuery, Resolution, ResolutionStatus
from twingraph.loaders.problems import Problems
from twingraph.loaders.records import PartnerList, Record
from twingraph.loaders.tables.lookups import said_words
from twingraph.text.folding import fold

__all__ = ["SEPARATOR", "is_total", "parts_of_list", "read_date", "says_nothing", "spread", "without_footnote"]

STROKES = re.compile(r"[-\u2010-\u2015\u2212.…?/*_;|,\s]+")
"""A dash, dots, a question mark and the like, alone in a cell."""
FOOTNOTE = re.compile(r"(?:\s*(?:[¹²³⁰⁴-⁹]+|\[(?:\d{1,3}|[^\W\d_A-ZА-ЯҐЄІЇ])\]|\(\d{1,2}\)|\*{1,3}|[†‡§]))+$")
COUNT = re.compile(r"[\s:.,=()\d\u2010-\u2015-]*$")
LONGEST_WORD = 24
"""No mark is longer; a cell that is need not be looked at."""


def says_nothing(text: str) -> bool:
    """Tell whether a cell only says that there is nothing: a dash, "н/д", "brak", "k. A.", "#N/A".

    Examples
    --------
    >>> says_nothing("—"), says_nothing("немає"), says_nothing("NO")
    (True, True, False)
    """
    if len(text) > LONGEST_WORD or not _may_begin(text, "nothing"):
        return False
    plain = text.strip().casefold()
    return plain in _words("nothing") or STROKES.fullmatch(plain) is not None


def without_footnote(text: str) -> str:
    """Return a cell without the marks of footnotes at its end; one that is nothing else stays.

    Examples
    --------
    >>> without_footnote("Битом¹"), without_footnote("Lübeck [2]*"), without_footnote("Gdynia (PL)")
    ('Битом', 'Lübeck', 'Gdynia (PL)')
    """
    if not text or text[-1].isalpha():
        return text
    return FOOTNOTE.sub("", text) or text


def is_total(text: str) -> bool:
    """Tell whether a cell begins a row of totals, which is no record: "Всього: 8", "Razem".

    Examples
    --------
    >>> is_total("Всього: 8"), is_total("Razem"), is_total("Gesamtschule")
    (True, True, False)
    """
    if len(text) > 2 * LONGEST_WORD or not _may_begin(text, "total"):
        return False
    return COUNT.sub("", text.strip()).casefold() in _words("total")


def _may_begin(text: str, sort: str) -> bool:
    """Tell by the first character, which is quick, whether a cell may be one of the words, or begins with a mark."""
    first = text[:1]
    return not first.isalnum() or first.casefold() in _firsts(sort)


@cache
def _firsts(sort: str) -> frozenset[str]:
    return frozenset(word[0] for word in _words(sort))


@cache
def _words(sort: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in said_words(sort))


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


SEPARATOR = re.compile(r"\s*[;|•·\n\r]+\s*")
COMMA = re.compile(r",(?![^(\[]*[)\]])")
"""A comma in brackets parts what is said of one place."""
HOLDS = 0.9
"""How sure a name with its qualifier is where a register knows it to lie there."""
KNOWN = 0.6


def parts_of_list(text: str) -> tuple[str, ...]:
    """Return the parts of a cell between semicolons, bars, bullets and line breaks."""
    return tuple(part for part in SEPARATOR.split(text.strip()) if part)


def spread(
    record: Record | PartnerList, resolve: Callable[[PlaceQuery], Resolution], problems: Problems, file: str
) -> Iterator[Record]:
    """Yield the records that a row stands for: one, or one for each partner that a cell lists.

    Parameters
    ----------
    record
        What was read.
    resolve
        Answers which place a name means.
    problems
        Where cells that may be lists are noted.
    file
        What messages call the file.
    """
    if not isinstance(record, PartnerList):
        yield record
        return
    said = record.record
    if not isinstance(said.second, PlaceQuery):
        yield said
        return
    for query in _meant(said.second, said.row, resolve, problems, file):
        yield said if query == said.second else replace(said, second=query)


def _meant(
    query: PlaceQuery, row: int, resolve: Callable[[PlaceQuery], Resolution], problems: Problems, file: str
) -> list[PlaceQuery]:
    parts = [part for part in map(str.strip, COMMA.split(query.name)) if part]
    if len(parts) < 2:
        return [replace(query, name=part) for part in parts] or [query]
    if query.name == query.country:  # any municipality of these countries
        countries = [PlaceQuery(name=part, country=part) for part in parts]
        if all(_is_country(resolve(country)) for country in countries):
            return countries
    whole = resolve(query)
    if whole.status is ResolutionStatus.MATCHED and whole.confidence >= HOLDS:
        return [query]
    towns = [replace(query, name=part) for part in parts]
    if all(_is_known(resolve(town)) for town in towns):
        return towns
    cause, outcome = "may be a list of places", "kept as one name; part a list by semicolons"
    problems.add(cause, query.name[:80], outcome=outcome, file=file, line=row)
    return [query]


def _is_country(answer: Resolution) -> bool:
    place = answer.place
    return place.country is not None and place.region is None and place.municipality is None


def _is_known(answer: Resolution) -> bool:
    town = answer.place.municipality
    return answer.status is ResolutionStatus.MATCHED and answer.confidence >= KNOWN and town is not None
