"""Items, coordinates and dates in the syntax of Wikidata."""

import re
from functools import cache
from importlib.resources import files

__all__ = ["country_code", "country_items", "is_unknown_value", "item_of", "partial_date", "spot", "statement_page"]

ITEM = re.compile(r"(?:https?://www\.wikidata\.org/(?:entity|wiki)/|wd:)?(Q[1-9]\d{0,11})")
POINT = re.compile(r"point\s*\(\s*([-+]?[\d.]+(?:e-?\d+)?)\s+([-+]?[\d.]+(?:e-?\d+)?)\s*\)", re.IGNORECASE)
TIME = re.compile(r"\+?0*(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T[\d:.]*Z?)?")

YEAR, MONTH = 9, 10
"""Wikidata's codes for the precision of a time; 11 is a day, lower ones are decades and longer."""


def item_of(text: str) -> str | None:
    """Return the id of an item given as an id, a prefixed id or an address, or ``None``."""
    found = ITEM.fullmatch(text.strip())
    return found[1] if found else None


def statement_page(item: str) -> str:
    """Return the address of the page section that lists the twins of an item."""
    return f"https://www.wikidata.org/wiki/{item}#P190"


def spot(text: str) -> tuple[str, str] | None:
    """Return latitude and longitude of a WKT point; ``None`` for other shapes and other globes."""
    found = POINT.fullmatch(text.strip())
    return (found[2], found[1]) if found else None


def partial_date(text: str, precision: int | None = None) -> str | None:
    """Return a time as a date of its known precision.

    The query service writes a year as 1 January. Without a precision, that day is therefore read as the year alone:
    partnerships are rarely signed on New Year's Day.

    Parameters
    ----------
    text
        Such as ``2022-12-23T00:00:00Z`` or ``+2022-00-00T00:00:00Z``.
    precision
        9 is a year, 10 a month, 11 a day.

    Returns
    -------
    str or None
        ``None`` if there is no year of the Common Era.
    """
    found = TIME.fullmatch(text.strip())
    if found is None or (precision is not None and precision < YEAR):
        return None
    year, month, day = found.groups()
    if month in {None, "00"} or precision == YEAR or (precision is None and (month, day) == ("01", "01")):
        return year
    if day in {None, "00"} or precision == MONTH:
        return f"{year}-{month}"
    return f"{year}-{month}-{day}"


def is_unknown_value(text: str) -> bool:
    """Return whether a value of a query result means "unknown value": a blank node, or the address of one."""
    return text.startswith("_:") or "/.well-known/genid/" in text


@cache
def country_items() -> dict[str, str]:
    """Return the ISO 3166-1 code of each country by its item, such as ``UA`` by ``Q212``."""
    text = (files("twingraph.loaders.wikidata") / "data" / "countries.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return dict(rows[1:])


def country_code(text: str) -> str:
    """Return the ISO code of a country given as an item; any other text is returned unchanged."""
    item = item_of(text)
    return country_items().get(item, "") if item else text
