"""What people put into cells that is no data: marks for "nothing", footnote marks, and the words of a row of totals."""

import re
from functools import cache

from twingraph.loaders.lookups import said_words

__all__ = ["is_total", "says_nothing", "without_footnote"]

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
