"""Items, coordinates and dates as Wikidata writes them."""

import re
from functools import cache
from importlib.resources import files

__all__ = ["country_code", "country_items", "item_of", "partial_date", "spot", "statement_page"]

ITEM = re.compile(r"(?:https?://www\.wikidata\.org/(?:entity|wiki)/|wd:)?(Q[1-9]\d{0,11})")
POINT = re.compile(r"point\s*\(\s*([-+]?[\d.]+(?:e-?\d+)?)\s+([-+]?[\d.]+(?:e-?\d+)?)\s*\)", re.IGNORECASE)
TIME = re.compile(r"\+?0*(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T[\d:.]*Z?)?")

YEAR, MONTH = 9, 10
"""Wikidata's precisions of time: below a year there is none that helps, 11 is a day."""


def item_of(text: str) -> str | None:
    """Return the id of an item written as an id, a prefixed id or an address; ``None`` where it is none."""
    found = ITEM.fullmatch(text.strip())
    return found[1] if found else None


def statement_page(item: str) -> str:
    """Return the address at which a reader finds the twins of an item."""
    return f"https://www.wikidata.org/wiki/{item}#P190"


def spot(text: str) -> tuple[str, str] | None:
    """Return latitude and longitude of a WKT point; ``None`` for another shape, and for one on another globe."""
    found = POINT.fullmatch(text.strip())
    return (found[2], found[1]) if found else None


def partial_date(text: str, precision: int | None = None) -> str | None:
    """Return a time as a date of the precision that it is known to.

    The query service writes a year as its first of January. Where the precision is not told, that day is therefore
    taken for the year alone: it claims less, and twinnings are rarely signed on New Year's Day.

    Parameters
    ----------
    text
        Such as ``2022-12-23T00:00:00Z`` or ``+2022-00-00T00:00:00Z``.
    precision
        9 is a year, 10 a month, 11 a day.

    Returns
    -------
    str or None
        ``None`` where no year of our era is told.
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


@cache
def country_items() -> dict[str, str]:
    """Return the ISO 3166-1 code of each country by its item, such as ``UA`` by ``Q212``."""
    text = (files("twingraph.loaders.wikidata") / "data" / "countries.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return dict(rows[1:])


def country_code(text: str) -> str:
    """Return a country's code for its item; any other text stays as it is, for the resolver to read."""
    item = item_of(text)
    return country_items().get(item, "") if item else text
