"""Partial ISO 8601 dates, as precise as the source: ``2022``, ``2022-11`` or ``2022-11-23``."""

import re
from datetime import date

__all__ = ["is_later", "may_coincide", "parse_date", "precision"]

ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def parse_date(text: str) -> str:
    """Return `text` as a partial ISO date.

    Raises
    ------
    ValueError
        It is not one, or the calendar has no such day.
    """
    match = ISO.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is not a date like 2022, 2022-11 or 2022-11-23")
    year, month, day = match.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError as error:
        raise ValueError(f"{text!r} is no day of the calendar") from error
    return match.group()


def precision(text: str) -> int:
    """Return 1 for a year, 2 for a month, 3 for a day."""
    return text.count("-") + 1


def may_coincide(first: str, second: str) -> bool:
    """Return whether two partial dates can be the same day: the shorter one begins the longer one."""
    return first.startswith(second) or second.startswith(first)


def is_later(first: str, second: str) -> bool:
    """Return whether `first` is certainly after `second`; ``2022`` is not later than ``2022-11``."""
    return not may_coincide(first, second) and first > second
