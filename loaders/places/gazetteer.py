"""The gazetteer: every register of places in one index on disk, opened read-only."""

import sqlite3
from collections.abc import Iterator, Sequence
from enum import IntEnum
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple, Self
from weakref import finalize

from twingraph.graph.geodesy import distance_km
from twingraph.graph.model import Municipality, Region, UnplacedCode
from twingraph.loaders.places.model import Place
from twingraph.loaders.places.territory_index import TerritoryIndex
from twingraph.text.folding import slug

__all__ = [
    "Entry",
    "EntryType",
    "Gazetteer",
    "Grade",
    "unregistered_id",
]


class EntryType(IntEnum):
    """What an entry of the index is. Each type is looked up by itself, so that no raion is taken for its town."""

    TOWN = 0
    RAION = 1
    CITY_DISTRICT = 2
    AREA = 3
    """A county, district or municipality of the second level in GeoNames."""
    POSTAL_AREA = 4
    """An area that only the postal codes have."""
    VILLAGE = 5
    """A village that only the postal codes have."""


class Grade(IntEnum):
    """How a name belongs to its entry, the best first."""

    NAME = 0
    """The register's own name."""
    ALTERNATE = 1
    """Any other spelling, or the name of a village whose point is an estimate."""
    HROMADA = 2
    """The name of the hromada around the place."""
    FORMER = 3
    """A former name."""
    OTHER = 4
    """Where English is written, a spelling that is no shorter form of the name: mostly an old name or a nickname
    (Waterloo for Austin), seldom what a list in English calls the place."""


# A village of postal codes this near to a town of an area lies in the area. Chosen by hand.
_BESIDE_TOWN_KM = 12.0


class Entry(NamedTuple):
    """One place of the index, as a candidate for a name."""

    pid: int
    grade: int
    type: int
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
    hromada: str | None
    fame: int
    suburb: int
    codes: int
    seat: int
    villages: int

    @property
    def id(self) -> str:
        """The place's stable id: ``geonames:…``, else ``katottg:…``."""
        return f"geonames:{self.geonames_id}" if self.geonames_id else f"katottg:{self.katottg}"


_COLUMNS = """p.pid, n.grade, n.sort, p.name, p.name_uk, p.kind, p.country, p.region, p.lat, p.lon, p.population,
    p.geonames_id, p.katottg, p.part_of, p.aliases, p.centre, p.hromada, p.fame, p.suburb, n.codes, n.seat,
    n.villages"""

_NAMED = f"SELECT {_COLUMNS} FROM name n JOIN place p ON p.pid = n.pid WHERE n.key = ? LIMIT 500"  # noqa: S608
_NAMED_IN = _NAMED.replace("n.key = ?", "n.key = ? AND n.country = ?")


def _named(database: sqlite3.Connection, key: str, country: str | None = None) -> tuple[Entry, ...]:
    """Return the places whose name has this key (see :func:`~twingraph.text.folding.name_key`)."""
    query = (_NAMED, (key,)) if country is None else (_NAMED_IN, (key, country))
    return tuple(map(Entry._make, database.execute(*query)))


def unregistered_id(country: str | None, region: Region | None, name: str) -> str:
    """Return the id of a place that no register numbers: its country, its region where that is known, its name."""
    steps = [f"name:{country or 'XX'}", *([slug(region.name)] if region else []), slug(name) or "unnamed"]
    return "/".join(steps)


class Gazetteer(TerritoryIndex):
    """Places, regions and countries of the index, opened by ``loaders.registers.index.open_gazetteer``.

    Parameters
    ----------
    database
        The index, opened read-only.
    path
        Where the index is.
    """

    def __init__(self, database: sqlite3.Connection, path: Path) -> None:
        super().__init__(database)
        self.path = path
        # Towns, areas and villages of a name are looked up in turn. A cached method would keep the gazetteer alive.
        self.named = lru_cache(maxsize=256)(partial(_named, database))
        self._closing = finalize(self, database.close)  # closes it with the gazetteer, if nobody else does

    def close(self) -> None:
        """Close the index."""
        self._closing()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- places ---------------------------------------------------------------------------------------------------

    def of_type(self, key: str, country: str | None, entry_type: EntryType) -> list[Entry]:
        """Return the places of one type whose name has this key."""
        return [entry for entry in self.named(key, country) if entry.type == entry_type]

    def villages(self, key: str, country: str | None) -> list[Entry]:
        """Return the places of postal codes with this key that are no towns.

        One whose point is only a guess has the grade of a name that is only another spelling.
        """
        rows = self._database.execute(
            "SELECT number, name, country, region, lat, lon, sure, codes FROM village WHERE key = ? AND country = ?",
            (key, country),
        )
        return [
            Entry(
                pid=-1 - number, grade=Grade.NAME if sure else Grade.ALTERNATE, type=EntryType.VILLAGE, name=name,
                name_uk=None, kind=None, country=where,
                region=region, lat=lat, lon=lon, population=None, geonames_id=None, katottg=None, part_of=None,
                aliases="", centre=0, hromada=None, fame=0, suburb=0, codes=codes, seat=0, villages=0,
            )
            for number, name, where, region, lat, lon, sure, codes in rows
        ]  # fmt: skip

    def inside(self, area: Entry, entries: Sequence[Entry]) -> list[Entry]:
        """Return those of `entries` that lie in a second-level area, a raion of Ukraine among them.

        No register assigns the places of postal codes to areas: they lie in the area of the nearest town that
        is at most 12 km away.
        """
        if area.type == EntryType.RAION:
            return [entry for entry in entries if entry.part_of and entry.part_of == area.katottg]
        rows = self._database.execute(
            "SELECT p.pid, p.lat, p.lon FROM inside i JOIN place p ON p.pid = i.pid WHERE i.area = ?", (area.pid,)
        ).fetchall()
        towns = {pid for pid, _, _ in rows}
        return [
            entry
            for entry in entries
            if entry.pid in towns
            or (
                entry.type in {EntryType.POSTAL_AREA, EntryType.VILLAGE}
                and entry.lat is not None
                and entry.lon is not None
                and any(distance_km(entry.lat, entry.lon, lat, lon) <= _BESIDE_TOWN_KM for _, lat, lon in rows)
            )
        ]

    def lexicon(self, country: str, start: str) -> list[str]:
        """Return the keys of a country's places, Latin and Cyrillic, that start with these two letters, sorted."""
        row = self._database.execute(
            "SELECT keys FROM lexicon WHERE country = ? AND start = ?", (country, start)
        ).fetchone()
        return row[0].split("\n") if row else []

    def point_is(self, area: Entry) -> str:
        """Return in words what the point of a second-level area is."""
        row = self._database.execute("SELECT point_is FROM place WHERE pid = ?", (area.pid,)).fetchone()
        return (row[0] if row else None) or "the middle of its settlements"

    def rough_point(self, entry: Entry) -> str:
        """Return in words what the point of a place of the codifier stands for; empty where it is its own."""
        if entry.geonames_id is not None or entry.katottg is None or entry.type != EntryType.TOWN:
            return ""
        row = self._database.execute("SELECT point_is FROM place WHERE pid = ?", (entry.pid,)).fetchone()
        return (row[0] if row else None) or ""

    def points(self) -> Iterator[tuple[float, float, str]]:
        """Yield latitude, longitude and country of every town that has coordinates."""
        for lat, lon, country, *_ in self.towns():
            yield lat, lon, country

    def towns(self) -> Iterator[tuple[float, float, str, str, str | None]]:
        """Yield latitude, longitude, country, name and region of every town that has coordinates, areas apart."""
        yield from self._database.execute(
            "SELECT lat, lon, country, name, region FROM place WHERE lat IS NOT NULL AND population > 0"
        )

    def by_geonames(self, geonames_id: int) -> Entry | None:
        """Return the place with this GeoNames id."""
        return self._one("p.geonames_id = ?", geonames_id)

    def by_katottg(self, code: str) -> Entry | None:
        """Return the place with this KATOTTG code, or the centre of the hromada that has it."""
        return self._one("p.katottg = coalesce((SELECT centre FROM katottg_area WHERE code = ?1), ?1)", code)

    def populations(self) -> dict[str, int]:
        """Return the inhabitants of the places of the Ukrainian codifier, by KATOTTG code, where they are known."""
        rows = self._database.execute(
            "SELECT katottg, population FROM place WHERE katottg IS NOT NULL AND population > 0"
        )
        return dict(rows)

    def _one(self, where: str, value: object) -> Entry | None:
        columns = _COLUMNS.replace("n.", "0 AS ")
        row = self._database.execute(f"SELECT {columns} FROM place p WHERE {where}", (value,)).fetchone()  # noqa: S608
        return Entry._make(row) if row else None

    def place(self, entry: Entry) -> Place:
        """Return the municipality of an entry with its region and country."""
        region = self.region_by_id(entry.region)
        registered = entry.geonames_id is not None or entry.katottg is not None
        municipality = Municipality(
            id=entry.id if registered else unregistered_id(entry.country, region, entry.name),
            name=entry.name,
            name_uk=entry.name_uk,
            name_local=entry.name_uk if entry.country == "UA" else None,
            aliases=tuple(entry.aliases.split("\n")) if entry.aliases else (),
            kind=entry.kind,
            country_code=entry.country,
            lat=entry.lat,
            lon=entry.lon,
            population=None
            if entry.type == EntryType.AREA
            else entry.population,  # some live outside its larger places
            geonames_id=entry.geonames_id,
            katottg=entry.katottg,
            unplaced=None if entry.lat is not None else "No register gives its coordinates.",
            unplaced_code=None if entry.lat is not None else UnplacedCode.NO_COORDINATES,
        )
        return Place(
            municipality=municipality,
            region=region,
            country=self.country_by_id(entry.country),
        )
