"""Countries and regions of the index, found by any of their names."""

import re
import sqlite3
from functools import lru_cache, partial
from typing import NamedTuple

from rapidfuzz import fuzz, process

from twingraph.graph.model import Country, Region
from twingraph.loaders.places.model import Place
from twingraph.text.folding import LONGEST_NAME, name_key, region_stem
from twingraph.text.ukrainian import adjective_stem

__all__ = ["TerritoryCodes", "TerritoryIndex", "is_overseas"]


# After so many names have been looked up among the regions, the names of all regions are read: most names are none.
_MANY = 100


# Texts whose country or region is kept; more than a list of twin towns has. Chosen by hand.
_TEXTS_KEPT = 8192


class TerritoryCodes(NamedTuple):
    """What a text given as a country means: a country, and a region where the text says a part of it."""

    country: str
    region: str | None


def _is_first_level(database: sqlite3.Connection, region_id: str) -> bool:
    """Return whether the places of a country are assigned to regions of this level (an oblast, a Land)."""
    row = database.execute("SELECT first_level FROM region WHERE id = ?", (region_id,)).fetchone()
    return bool(row and row[0])


class TerritoryIndex:
    """The part of the gazetteer that knows countries and regions.

    Parameters
    ----------
    database
        The index, opened read-only.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._countries: dict[str, Country] = {}
        self._regions: dict[str, Region] = {}
        self._country_keys: dict[str, None] = {}  # read when first asked: most names are no country
        self._region_keys: frozenset[str] | None = None
        self._asked = 0
        self.is_first_level = lru_cache(maxsize=4096)(partial(_is_first_level, database))
        # Plain dictionaries: a cached method would keep the gazetteer alive.
        self._territories: dict[str, TerritoryCodes | None] = {}
        self._region_ids: dict[tuple[str, str | None, bool], str | None] = {}

    # -- regions --------------------------------------------------------------------------------------------------

    def region(self, text: str, country_code: str | None = None, *, exact: bool = False) -> Region | None:
        """Return the region that `text` names: ``Zhytomyr oblast``, ``Житомирщина``, ``UA-18``, in any case.

        Parameters
        ----------
        text
            A name in English, Ukrainian, the local language or another one, or an ISO 3166-2 code.
        country_code
            The country to look in; without it a name must belong to one region only.
        exact
            Whether words such as oblast or province must be as the region's own name has them.
        """
        return self.region_by_id(self._find_region_id(text, country_code, exact))

    def _find_region_id(self, text: str, country_code: str | None, exact: bool) -> str | None:
        key = (text, country_code, exact)
        if key not in self._region_ids:
            if len(self._region_ids) >= _TEXTS_KEPT:
                self._region_ids.clear()
            self._region_ids[key] = self._region_id(text, country_code, exact)
        return self._region_ids[key]

    def _region_id(self, text: str, country_code: str | None, exact: bool) -> str | None:
        key = name_key(text[:LONGEST_NAME])
        stem = region_stem(key)
        for wanted in (key,) if exact else dict.fromkeys((key, stem, adjective_stem(stem) + "а")):
            rows = self._region_rows(wanted, country_code)
            if rows and (len(rows) == 1 or country_code is not None or rows[0][0] < rows[1][0]):
                return rows[0][1]
            if rows:
                return None
        return None

    def _region_rows(self, key: str, country: str | None) -> list[tuple[int, str]]:
        """Return the grade and the id of the regions with a key, the best grade first."""
        self._asked += 1
        if self._asked > _MANY and self._region_keys is None:
            keys = self._database.execute("SELECT key FROM region_name")
            self._region_keys = frozenset(key for (key,) in keys)
        if self._region_keys is not None and key not in self._region_keys:
            return []
        return self._database.execute(
            """SELECT grade, region FROM region_name
            WHERE key = ? AND (? IS NULL OR country = ?) ORDER BY grade, region""",
            (key, country, country),
        ).fetchall()

    def region_by_id(self, region_id: str | None) -> Region | None:
        """Return the region with this ISO 3166-2 code."""
        if region_id is None:
            return None
        if region_id not in self._regions:
            row = self._database.execute(
                "SELECT id, name, name_uk, kind, aliases, lat, lon FROM region WHERE id = ?", (region_id,)
            ).fetchone()
            if row is None:
                return None
            self._regions[region_id] = _region(row)
        return self._regions[region_id]

    def region_by_katottg(self, code: str) -> Region | None:
        """Return the oblast with this KATOTTG code."""
        row = self._database.execute(
            "SELECT region FROM katottg_area WHERE code = ? AND centre IS NULL", (code,)
        ).fetchone()
        return self.region_by_id(row[0]) if row else None

    def regions(self, country_code: str) -> tuple[Region, ...]:
        """Return the first-level regions of a country, in the order of their names."""
        rows = self._database.execute(
            """SELECT id, name, name_uk, kind, aliases, lat, lon FROM region
            WHERE country = ? AND first_level ORDER BY name, id""",
            (country_code,),
        )
        return tuple(_region(row) for row in rows)

    def parent_region(self, region_id: str) -> str | None:
        """Return the first-level region that a second-level one lies in."""
        row = self._database.execute("SELECT parent, country FROM region WHERE id = ?", (region_id,)).fetchone()
        if row is None or not row[0]:
            return None
        parent = str(row[0])
        return parent if "-" in parent else f"{row[1]}-{parent}"

    def region_place(self, region: Region) -> Place:
        """Return a region as a place of its own, with its point where one can represent it."""
        country = self.country_by_id(region.id.split("-")[0])
        row = self._database.execute("SELECT lat, lon FROM region WHERE id = ? AND NOT wide", (region.id,)).fetchone()
        return Place(municipality=None, region=region, country=country, point=_point(*row) if row else None)

    def country_place(self, code: str) -> Place:
        """Return a country as a place of its own, with its point."""
        country = self.country_by_id(code)
        row = self._database.execute("SELECT lat, lon FROM country WHERE id = ?", (code,)).fetchone()
        return Place(municipality=None, region=None, country=country, point=_point(*row) if row else None)

    # -- countries ------------------------------------------------------------------------------------------------

    def country(self, text: str) -> Country | None:
        """Return the country that `text` names: a code, a name in any language, ``England, United Kingdom``."""
        found = self.territory(text)
        return self.country_by_id(found.country) if found else None

    def exact_territory(self, text: str) -> TerritoryCodes | None:
        """Return the country, or the part of one, that `text` is the exact name of."""
        return self._exact_territory(text[:LONGEST_NAME])

    def whole_country(self, text: str) -> str | None:
        """Return the code of the country that `text` is the exact name of, no part of a country."""
        found = self._exact_territory(text[:LONGEST_NAME]) if len(text) > 2 else None
        return found.country if found and not found.region else None

    def countries(self) -> tuple[Country, ...]:
        """Return every country, in the order of their names."""
        rows = self._database.execute("SELECT id, name, name_uk, continent, aliases FROM country ORDER BY name")
        return tuple(_country(row) for row in rows)

    def country_by_id(self, code: str | None) -> Country | None:
        """Return the country with this ISO 3166-1 alpha-2 code."""
        if code is None:
            return None
        if code not in self._countries:
            row = self._database.execute(
                "SELECT id, name, name_uk, continent, aliases FROM country WHERE id = ?", (code,)
            ).fetchone()
            if row is None:
                return None
            self._countries[code] = _country(row)
        return self._countries[code]

    def territory(self, text: str) -> TerritoryCodes | None:
        """Return the country, or the region of one, that `text` means, typing errors allowed for."""
        if text not in self._territories:
            if len(self._territories) >= _TEXTS_KEPT:
                self._territories.clear()
            self._territories[text] = self._territory(text)
        return self._territories[text]

    def _territory(self, text: str) -> TerritoryCodes | None:
        text = text[:LONGEST_NAME]
        whole = self._exact_territory(text)
        if whole is not None:
            return whole
        for mark in ("(", ","):
            head, found, tail = text.partition(mark) if mark == "(" else text.rpartition(mark)
            tail = tail.rstrip(" )")
            if not found:
                continue
            turned = (
                self._exact_territory(f"{tail.strip()} {head.strip()}") if mark == "," else None
            )  # Korea, Republic of
            inner, outer = self._exact_territory(head), self._exact_territory(tail)
            if turned or inner or outer:
                return turned or self._qualified(head, inner, outer)
        return self._nearest_territory(name_key(text))

    def _qualified(
        self, head: str, inner: TerritoryCodes | None, outer: TerritoryCodes | None
    ) -> TerritoryCodes | None:
        """Return what a territory means with what is said to lie around it; `None` where these are two countries."""
        if outer is None or inner is None:
            return (
                inner if outer is None else TerritoryCodes(outer.country, outer.region or self._region_of(head, outer))
            )
        if (inner.region and inner.country == outer.country) or is_overseas(inner.country, outer.country):
            return inner
        region = self._region_of(head, outer)
        if region is None and inner.region is None and inner.country != outer.country:
            return None  # "Poland, Slovakia"
        return TerritoryCodes(outer.country, outer.region or region)

    def _region_of(self, head: str, outer: TerritoryCodes) -> str | None:
        return self._find_region_id(head, outer.country, False)

    def _exact_territory(self, text: str) -> TerritoryCodes | None:
        key = name_key(text)
        if not self._country_keys:
            self._country_keys = {row[0]: None for row in self._database.execute("SELECT key FROM country_name")}
        others = (key.removeprefix("the "), key.removeprefix("in "), _FORM.sub("", key)) if " " in key else ()
        for wanted in dict.fromkeys((key, *others)):
            if wanted not in self._country_keys:
                continue
            rows = self._database.execute(
                "SELECT country, region FROM country_name WHERE key = ? ORDER BY region DESC", (wanted,)
            ).fetchall()
            if len({row[0] for row in rows}) == 1:
                return TerritoryCodes(rows[0][0], rows[0][1] or None)
        return None

    def _nearest_territory(self, key: str) -> TerritoryCodes | None:
        if len(key) < 5:
            return None
        found = process.extract(key, list(self._country_keys), scorer=fuzz.ratio, score_cutoff=88, limit=3)
        near = {self._exact_territory(str(choice)) for choice, _, _ in found}
        return near.pop() if len(near) == 1 else None


# The form of state before a country's name: "Kingdom of Romania", "Turkish Republic of Northern Cyprus".
_FORM = re.compile(
    r"^(?:the )?(?:[a-z]+ ){0,2}(?:kingdom|republic|state|federation|principality|duchy|sultanate|commonwealth) of "
    r"(?:the )?"
)
# Parts of countries that have an ISO code of their own, and the country they belong to.
_OVERSEAS = frozenset(
    [(part, "FR") for part in ("MQ", "GP", "RE", "GF", "YT", "NC", "PF", "PM", "WF", "BL", "MF")]
    + [(part, "US") for part in ("PR", "GU", "VI", "MP", "AS")]
    + [(part, "DK") for part in ("FO", "GL")]
    + [(part, "NL") for part in ("AW", "CW", "SX", "BQ")]
    + [(part, "GB") for part in ("GG", "JE", "IM", "GI", "BM", "FK", "KY")]
    + [(part, "CN") for part in ("HK", "MO")]
    + [("AX", "FI"), ("SJ", "NO")]
)


def is_overseas(part: str, country: str | None) -> bool:
    """Return whether a territory with an ISO code of its own belongs to a country: Guam to the United States."""
    return (part, country) in _OVERSEAS


def _point(lat: float | None, lon: float | None) -> tuple[float, float] | None:
    return None if lat is None or lon is None else (lat, lon)


def _region(row: tuple[str, str, str | None, str | None, str | None, float | None, float | None]) -> Region:
    aliases = tuple(row[4].split("\n")) if row[4] else ()
    return Region(id=row[0], name=row[1], name_uk=row[2], kind=row[3], aliases=aliases, lat=row[5], lon=row[6])


def _country(row: tuple[str, str, str | None, str | None, str | None]) -> Country:
    aliases = tuple(row[4].split("\n")) if row[4] else ()
    return Country(id=row[0], name=row[1], name_uk=row[2], continent=row[3], aliases=aliases)
