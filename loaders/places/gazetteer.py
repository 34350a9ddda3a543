"""The gazetteer: every register of places in one index on disk, opened read-only."""

import sqlite3
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Self
from weakref import finalize

from rapidfuzz import fuzz, process

from twingraph.graph.model import Country, Municipality, Region
from twingraph.loaders.places.fold import LONGEST_NAME, name_key
from twingraph.loaders.places.model import Place
from twingraph.loaders.places.territories import region_stem
from twingraph.loaders.places.ukrainian import adjective_stem

__all__ = ["Entry", "Gazetteer", "Territory"]


class Entry(NamedTuple):
    """One place of the index, as a candidate for a name."""

    pid: int
    grade: int
    sort: int
    name: str
    name_uk: str | None
    kind: str | None
    country: str
    region: str | None
    lat: float | None
    lon: float | None
    population: int | None
    geonames_id: int | None
    katottg: str | None
    part_of: str | None
    aliases: str
    centre: int
    suburb: int

    @property
    def id(self) -> str:
        """The place's stable id: ``geonames:…``, else ``katottg:…``."""
        return f"geonames:{self.geonames_id}" if self.geonames_id else f"katottg:{self.katottg}"


class Territory(NamedTuple):
    """What a text given as a country means: a country, and a region where the text says a part of it."""

    country: str
    region: str | None


_COLUMNS = """p.pid, n.grade, n.sort, p.name, p.name_uk, p.kind, p.country, p.region, p.lat, p.lon, p.population,
    p.geonames_id, p.katottg, p.part_of, p.aliases, p.centre, p.suburb"""


class Gazetteer:
    """Places, regions and countries of the index. Get one from :func:`twingraph.loaders.places.open_gazetteer`.

    Parameters
    ----------
    database
        The index, opened read-only.
    path
        Where the index is.
    """

    def __init__(self, database: sqlite3.Connection, path: Path) -> None:
        self.path = path
        self._database = database
        self._closing = finalize(self, database.close)  # whoever forgets to close it leaves nothing open
        self._countries: dict[str, Country] = {}
        self._regions: dict[str, Region] = {}
        self._country_keys: list[str] = []
        self.territory = lru_cache(maxsize=4096)(self._territory)
        self._find_region_id = lru_cache(maxsize=8192)(self._region_id)

    def close(self) -> None:
        """Close the index."""
        self._closing()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- places ---------------------------------------------------------------------------------------------------

    def named(self, key: str, country: str | None = None) -> list[Entry]:
        """Return the places whose name has this key (see :func:`~twingraph.loaders.places.fold.name_key`)."""
        where = "n.key = ?" if country is None else "n.key = ? AND n.country = ?"
        rows = self._database.execute(
            f"SELECT {_COLUMNS} FROM name n JOIN place p ON p.pid = n.pid WHERE {where} LIMIT 500",  # noqa: S608
            (key,) if country is None else (key, country),
        )
        return [Entry._make(row) for row in rows]

    def lexicon(self, country: str, start: str) -> list[str]:
        """Return the keys of a country's places, Latin and Cyrillic, that start with these two letters, sorted."""
        row = self._database.execute(
            "SELECT keys FROM lexicon WHERE country = ? AND start = ?", (country, start)
        ).fetchone()
        return row[0].split("\n") if row else []

    def points(self) -> Iterator[tuple[float, float, str]]:
        """Yield latitude, longitude and country of every place that has coordinates."""
        yield from self._database.execute("SELECT lat, lon, country FROM place WHERE lat IS NOT NULL")

    def by_geonames(self, geonames_id: int) -> Entry | None:
        """Return the place with this GeoNames id."""
        return self._one("p.geonames_id = ?", geonames_id)

    def by_katottg(self, code: str) -> Entry | None:
        """Return the place with this KATOTTG code."""
        return self._one("p.katottg = ?", code)

    def populations(self) -> dict[str, int]:
        """Return the inhabitants of the places of the Ukrainian codifier, by KATOTTG code, where they are known."""
        rows = self._database.execute(
            "SELECT katottg, population FROM place WHERE katottg IS NOT NULL AND population > 0"
        )
        return dict(rows)

    def _one(self, where: str, value: object) -> Entry | None:
        columns = _COLUMNS.replace("n.grade", "0").replace("n.sort", "0")
        row = self._database.execute(f"SELECT {columns} FROM place p WHERE {where}", (value,)).fetchone()  # noqa: S608
        return Entry._make(row) if row else None

    def place(self, entry: Entry) -> Place:
        """Return the municipality of an entry with its region and country."""
        municipality = Municipality(
            id=entry.id,
            name=entry.name,
            name_uk=entry.name_uk,
            name_local=entry.name_uk if entry.country == "UA" else None,
            aliases=tuple(entry.aliases.split("\n")) if entry.aliases else (),
            kind=entry.kind,
            country_code=entry.country,
            lat=entry.lat,
            lon=entry.lon,
            population=entry.population,
            geonames_id=entry.geonames_id,
            katottg=entry.katottg,
            unplaced=None if entry.lat is not None else "No register at hand gives coordinates for this place.",
        )
        return Place(
            municipality=municipality,
            region=self.region_by_id(entry.region),
            country=self.country_by_id(entry.country),
        )

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

    def _region_id(self, text: str, country_code: str | None, exact: bool) -> str | None:
        key = name_key(text[:LONGEST_NAME])
        stem = region_stem(key)
        for wanted in (key,) if exact else dict.fromkeys((key, stem, adjective_stem(stem) + "а")):
            rows = self._database.execute(
                """SELECT region, grade FROM region_name
                WHERE key = ? AND (? IS NULL OR country = ?) ORDER BY grade, region""",
                (wanted, country_code, country_code),
            ).fetchall()
            if rows and (len(rows) == 1 or country_code is not None or rows[0][1] < rows[1][1]):
                return str(rows[0][0])
            if rows:
                return None
        return None

    def region_by_id(self, region_id: str | None) -> Region | None:
        """Return the region with this ISO 3166-2 code."""
        if region_id is None:
            return None
        if region_id not in self._regions:
            row = self._database.execute(
                "SELECT id, name, name_uk, kind, aliases FROM region WHERE id = ?", (region_id,)
            ).fetchone()
            if row is None:
                return None
            self._regions[region_id] = _region(row)
        return self._regions[region_id]

    def regions(self, country_code: str) -> tuple[Region, ...]:
        """Return the first-level regions of a country, in the order of their names."""
        rows = self._database.execute(
            "SELECT id, name, name_uk, kind, aliases FROM region WHERE country = ? AND first_level ORDER BY name, id",
            (country_code,),
        )
        return tuple(_region(row) for row in rows)

    def is_first_level(self, region_id: str) -> bool:
        """Return whether a region is one that a country's places are put in (an oblast, a Land)."""
        row = self._database.execute("SELECT first_level FROM region WHERE id = ?", (region_id,)).fetchone()
        return bool(row and row[0])

    def parent_region(self, region_id: str) -> str | None:
        """Return the first-level region that a second-level one lies in."""
        row = self._database.execute("SELECT parent, country FROM region WHERE id = ?", (region_id,)).fetchone()
        if row is None or not row[0]:
            return None
        parent = str(row[0])
        return parent if "-" in parent else f"{row[1]}-{parent}"

    # -- countries ------------------------------------------------------------------------------------------------

    def country(self, text: str) -> Country | None:
        """Return the country that `text` names: a code, a name in any language, ``England, United Kingdom``."""
        found = self.territory(text)
        return self.country_by_id(found.country) if found else None

    def exact_territory(self, text: str) -> Territory | None:
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

    def _territory(self, text: str) -> Territory | None:
        text = text[:LONGEST_NAME]
        whole = self._exact_territory(text)
        if whole is not None:
            return whole
        for mark in ("(", ","):
            head, found, tail = text.partition(mark) if mark == "(" else text.rpartition(mark)
            tail = tail.rstrip(" )")
            if not found:
                continue
            outer = self._exact_territory(tail)
            if outer is None:
                inner = self._exact_territory(head)
                if inner is not None:
                    return inner
                continue
            inner = self._exact_territory(head)
            if inner is not None and inner.region and inner.country == outer.country:
                return inner
            if inner is not None and (inner.country, outer.country) in _OVERSEAS:
                return inner
            region = self._find_region_id(head, outer.country, False)
            return Territory(outer.country, outer.region or region)
        return self._nearest_territory(name_key(text))

    def _exact_territory(self, text: str) -> Territory | None:
        key = name_key(text)
        for wanted in (key, key.removeprefix("the "), key.removeprefix("in ")):
            rows = self._database.execute(
                "SELECT country, region FROM country_name WHERE key = ? ORDER BY region DESC", (wanted,)
            ).fetchall()
            if len({row[0] for row in rows}) == 1:
                return Territory(rows[0][0], rows[0][1] or None)
        return None

    def _nearest_territory(self, key: str) -> Territory | None:
        if len(key) < 5:
            return None
        if not self._country_keys:
            self._country_keys = [row[0] for row in self._database.execute("SELECT key FROM country_name")]
        found = process.extract(key, self._country_keys, scorer=fuzz.ratio, score_cutoff=88, limit=3)
        near = {self._exact_territory(str(choice)) for choice, _, _ in found}
        return near.pop() if len(near) == 1 else None


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


def _region(row: tuple[str, str, str | None, str | None, str | None]) -> Region:
    aliases = tuple(row[4].split("\n")) if row[4] else ()
    return Region(id=row[0], name=row[1], name_uk=row[2], kind=row[3], aliases=aliases)


def _country(row: tuple[str, str, str | None, str | None, str | None]) -> Country:
    aliases = tuple(row[4].split("\n")) if row[4] else ()
    return Country(id=row[0], name=row[1], name_uk=row[2], continent=row[3], aliases=aliases)
