"""Dates in sentences: complete, partial, without a year, relative to the day of publication."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["Found", "find_dates", "settle_year"]

_UK = ("січ", "лют", "берез", "квіт", "трав", "черв", "лип", "серп", "верес", "жовт", "листопад", "груд")
_EN = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PL = ("stycz", "lut", "mar", "kwie", "maj", "czerw", "lip", "sierp", "wrze", "październik", "listopad", "grud")
_DE = ("jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
_MONTHS = {"uk": _UK, "en": _EN, "pl": _PL, "de": _DE}
_WORD = r"[^\W\d_]+"
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th|-го|\.)?\s+(?:of\s+)?({_WORD})\.?,?(?:\s+(\d{{4}}))?")
_MONTH_DAY = re.compile(rf"\b({_WORD})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(\d{{4}}))?")
_MONTH_YEAR = re.compile(rf"\b({_WORD})\s+(?:of\s+)?(\d{{4}})\b")
_MONTH = re.compile(
    rf"\b(?:у|в|in|w|im)\s+(?:(?:early|late|mid|mid-|початку|кінці|anfang|ende)\s*)?({_WORD})", re.IGNORECASE
)
_NUMERIC = re.compile(r"\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b|\b(\d{4})-(\d{2})-(\d{2})\b")
_YEAR = re.compile(r"\b((?:19|20)\d{2})\b(?!\s*(?:грн|осіб|люд|меш|people|inhab|\d))")
_RELATIVE = {
    "uk": (("позавчора", -2), ("вчора", -1), ("учора", -1), ("сьогодні", 0), ("нині", 0), ("today", 0)),
    "en": (("yesterday", -1), ("today", 0)),
    "pl": (("wczoraj", -1), ("dziś", 0), ("dzisiaj", 0)),
    "de": (("gestern", -1), ("heute", 0)),
}
_WEEKDAYS = {
    "uk": ("понеділ", "вівтор", "серед", "четвер", "п’ятниц", "субот", "неділ"),
    "en": ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    "pl": ("poniedział", "wtor", "środ", "czwart", "piąt", "sobot", "niedziel"),
    "de": ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"),
}
_BEFORE_WEEKDAY = re.compile(r"\b(у|в|минулої|минулого|цієї|цього)\s+$")
_FUTURE = re.compile(r"\b(?:is to|will|to be|буде|відбудеться)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A date: ISO of any precision (``XXXX-05-21`` without its year) and where it is in the text."""

    iso: str
    start: int
    end: int


def find_dates(text: str, language: str, published: str | None) -> list[Found]:
    """Return the dates of a sentence in their order.

    Parameters
    ----------
    text
        The sentence.
    language
        ``uk``, ``en``, ``pl`` or ``de``.
    published
        The day of publication, ISO; relative dates count from it.
    """
    months = _MONTHS[language]
    found: list[Found] = []

    def month(word: str) -> int | None:
        lower = word.lower()
        if language == "uk" and lower in {"лип", "травень", "лютий"} and word[0].isupper():
            return None
        for number, stem in enumerate(months, 1):
            if lower.startswith(stem) and len(lower) - len(stem) <= (6 if language != "en" else 7):
                if language == "en" and not _english_month(lower, number):
                    continue
                return number
        return None

    def add(iso: str, start: int, end: int) -> None:
        if not any(start < other.end and end > other.start for other in found):
            found.append(Found(iso, start, end))

    for match in _NUMERIC.finditer(text):
        day, mon, year, y, m, d = match.groups()
        iso = f"{y}-{m}-{d}" if y else f"{year}-{int(mon):02}-{int(day):02}"
        if _valid(iso):
            add(iso, *match.span())
    for match in _DAY_MONTH.finditer(text):
        if (number := month(match[2])) and 1 <= int(match[1]) <= 31:
            year = match[3] or _same_year(text, match.end(), found) or _year_beside(text, match.end(), published)
            add(f"{year or 'XXXX'}-{number:02}-{int(match[1]):02}", *match.span())
    if language == "en":
        for match in _MONTH_DAY.finditer(text):
            if (number := month(match[1])) and match[1][0].isupper() and 1 <= int(match[2]) <= 31:
                add(f"{match[3] or 'XXXX'}-{number:02}-{int(match[2]):02}", *match.span())
    for match in _MONTH_YEAR.finditer(text):
        if number := month(match[1]):
            add(f"{match[2]}-{number:02}", *match.span())
    for match in _MONTH.finditer(text):
        if number := month(match[1]):
            year = _year_beside(text, match.end(), published) or _last_year_before(text, match.start(), published)
            add(f"{year or 'XXXX'}-{number:02}", *match.span())
    for match in _YEAR.finditer(text):
        add(match[1], *match.span())
    if published and len(published) == 10:
        day = date.fromisoformat(published)
        lower = text.lower()
        for word, shift in _RELATIVE[language]:
            for match in re.finditer(rf"\b{word}\b", lower):
                add((day + timedelta(days=shift)).isoformat(), *match.span())
        for number, stem in enumerate(_WEEKDAYS[language]):
            for match in re.finditer(rf"\b{stem}\w*", lower):
                before = _BEFORE_WEEKDAY.search(lower[: match.start()])
                if language == "uk" and not before:
                    continue
                back = (day.weekday() - number) % 7
                if before and before[1].startswith("минул"):
                    back = back or 7
                ahead = (number - day.weekday()) % 7
                shift = ahead if _FUTURE.search(text) and ahead else -back
                add((day + timedelta(days=shift)).isoformat(), *match.span())
    return sorted(found, key=lambda each: each.start)


def settle_year(iso: str, published: str | None) -> str:
    """Return a date without a year with the year that its publication decides: the latest that is not after it."""
    if not iso.startswith("XXXX") or not published or len(published) < 7:
        return iso
    year = int(published[:4])
    rest = iso[4:]
    late = rest[1:] > published[5 : 5 + len(rest) - 1]
    return f"{year - late}{rest}"


def _year_beside(text: str, end: int, published: str | None) -> str | None:
    after = text[end : end + 24].lower()
    if published and re.match(r"\s+(?:цього року|цьогоріч|this year)", after):
        return published[:4]
    if published and re.match(r"\s+(?:минулого року|торік|last year)", after):
        return str(int(published[:4]) - 1)
    match = re.match(r"\s+(?:того ж року|року)?\s*(\d{4})", after)
    return match[1] if match else None


def _last_year_before(text: str, start: int, published: str | None) -> str | None:
    """Return the year of *торік у березні*."""
    if published and re.search(r"\bторік,?\s+$", text[:start].lower()):
        return str(int(published[:4]) - 1)
    return None


def _same_year(text: str, end: int, found: list[Found]) -> str | None:
    if not re.match(
        r"\s+(?:того ж|того самого|цього ж)\s+року|\s+(?:of )?(?:the )?same year", text[end : end + 30].lower()
    ):
        return None
    return next((each.iso[:4] for each in reversed(found) if each.iso[0] != "X"), None)


def _english_month(word: str, number: int) -> bool:
    full = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november", "december")[number - 1]  # fmt: skip
    return word in {full, full[:3], full[:4]}


def _valid(iso: str) -> bool:
    try:
        date.fromisoformat(iso)
    except ValueError:
        return False
    return True
