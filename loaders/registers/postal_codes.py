"""Villages and merged municipalities: the places of GeoNames' postal codes (CC BY 4.0).

The list of places of 500 people and more lacks small villages, and municipalities that no settlement is called after.
Postal registers name them, with a point but without inhabitants. They also show how large a town is: a municipality has
post offices of its name, and a large one several.
"""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from twingraph.graph.geodesy import distance_km
from twingraph.loaders.registers.packed_tables import read_rows
from twingraph.text.folding import name_key, region_stem

__all__ = [
    "Postal",
    "PostalArea",
    "RegionNames",
    "mark_seats",
    "mark_short_forms",
    "read_postal_areas",
    "read_postals",
    "write_villages",
]


@dataclass(slots=True)
class Postal:
    """A place of the postal register.

    Attributes
    ----------
    name, country, region
        Its name, its country's code, its first-level region by name.
    lat, lon
        Its point.
    sure
        Whether the point is known, and not a guess from the postal codes around.
    codes
        How many postal codes it has.
    """

    name: str
    country: str
    region: str
    lat: float
    lon: float
    sure: bool
    codes: int


class PostalArea(NamedTuple):
    """A second- or third-level area of the postal register, with the middle of the places in it and their number."""

    name: str
    country: str
    region: str
    lat: float
    lon: float
    codes: int


def read_postals() -> Iterator[Postal]:
    """Yield the places of the register, each name of a region once."""
    for name, country, region, lat, lon, codes, sure in read_rows("postal_places"):
        yield Postal(name, country, region, float(lat), float(lon), sure == "1", int(codes))


def read_postal_areas() -> list[PostalArea]:
    """Return the areas that the places lie in, as far as these lie near enough to each other to have a middle."""
    return [
        PostalArea(name, country, region, float(lat), float(lon), int(codes))
        for name, country, region, lat, lon, codes in read_rows("postal_areas")
    ]


class RegionNames:
    """The first-level regions of countries by the names that the postal register gives them."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._known: dict[tuple[str, str], set[str]] = defaultdict(set)
        for key, country, region in database.execute(
            "SELECT key, region_name.country, id FROM region_name JOIN region ON id = region WHERE first_level"
        ):
            self._known[key, country].add(region)

    def __call__(self, name: str, country: str) -> str | None:
        """Return the region's code where one region has the name."""
        key = name_key(name)
        found = self._known.get((key, country)) or self._known.get((region_stem(key), country)) or set()
        return next(iter(found)) if len(found) == 1 else None


# Places of one name that lie this near to each other are one village with several postal codes.
_ONE_VILLAGE_KM = 12.0
# Post offices of a town's name within this distance of it are the town's.
_OF_TOWN_KM = 15.0
_TOWNS = """SELECT n.pid, p.lat, p.lon FROM name n JOIN place p ON p.pid = n.pid
    WHERE n.key = ? AND n.country = ? AND n.sort = 0 AND p.lat IS NOT NULL"""
# What a postal register adds to a town's name: "Frankenberg (Eder)", "Frankenberg/Sa.", "Halle, Saale".
_TAIL = re.compile(r"\s*[(/,].*$")
# So many villages of one name are kept: enough to show that the name has many. Chosen by hand.
_NAMESAKES = 12


def write_villages(database: sqlite3.Connection, postals: Iterable[Postal]) -> None:
    """Write how many postal codes the towns have, and the villages of postal codes that are no towns."""
    regions = RegionNames(database)
    found: dict[tuple[str, str], list[Postal]] = defaultdict(list)
    heads: dict[tuple[str, str], list[Postal]] = defaultdict(list)
    for postal in postals:
        key, head = name_key(postal.name), name_key(_TAIL.sub("", postal.name))
        if key:
            found[key, postal.country].append(postal)
        if head and head != key:
            heads[head, postal.country].append(postal)
    villages, towns = [], []
    for key, country in sorted({*found, *heads}):
        codes: dict[int, int] = defaultdict(int)
        near = [(pid, lat, lon) for pid, lat, lon in database.execute(_TOWNS, (key, country))]
        kept: list[Postal] = []
        for place in sorted(found[key, country], key=_sureness):
            if not _count(codes, near, place):
                _join(kept, place)
        for place in heads[key, country]:
            _count(codes, near, place)
        towns += [(codes[pid], int(bool(kept)), key, country, pid) for pid, _, _ in near if kept or pid in codes]
        for number, place in enumerate(sorted(kept, key=_sureness)[:_NAMESAKES]):
            region = regions(place.region, country)
            villages.append(
                (key, country, number, place.name, region, place.lat, place.lon, int(place.sure), place.codes)
            )
    database.executemany("UPDATE name SET codes = ?, villages = ? WHERE key = ? AND country = ? AND pid = ?", towns)
    database.executemany("INSERT INTO village VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", villages)


def _sureness(place: Postal) -> tuple[bool, int, float, float]:
    return not place.sure, -place.codes, place.lat, place.lon


def _count(codes: dict[int, int], towns: list[tuple[int, float, float]], place: Postal) -> bool:
    """Add the postal codes of a place to those of the towns that it is; return whether it is any."""
    mine = [pid for pid, lat, lon in towns if distance_km(place.lat, place.lon, lat, lon) <= _OF_TOWN_KM]
    for pid in mine:
        codes[pid] += place.codes
    return bool(mine)


def _join(villages: list[Postal], place: Postal) -> None:
    """Add a place to the villages of its name, or its postal codes to the village next to it."""
    for village in villages:
        if distance_km(place.lat, place.lon, village.lat, village.lon) <= _ONE_VILLAGE_KM:
            village.codes += place.codes
            return
    villages.append(place)


# Where the register does not list the towns of an area, a town of its name, in its region and within this distance of
# its middle, lies in it.
_SEAT_KM = 40.0


def mark_seats(database: sqlite3.Connection) -> None:
    """Write which area of its name a town lies in: such a town is more than a village, and the area is no namesake."""
    seats: dict[tuple[str, str, int], int] = {}
    for key, country, pid, area, listed, lat, lon, there, here in database.execute(
        """SELECT n.key, n.country, n.pid, a.pid, i.pid, p.lat, p.lon, q.lat, q.lon
        FROM name n JOIN name a ON a.key = n.key AND a.country = n.country AND a.sort IN (3, 4)
        JOIN place p ON p.pid = n.pid JOIN place q ON q.pid = a.pid
        LEFT JOIN inside i ON i.area = a.pid AND i.pid = n.pid
        WHERE n.sort = 0 AND p.lat IS NOT NULL AND (i.pid OR p.region = q.region OR q.region IS NULL)
        ORDER BY n.key, n.country, n.pid, i.pid IS NULL, a.pid"""
    ):
        near = there is not None and distance_km(lat, lon, there, here) <= _SEAT_KM
        if listed is not None or near:
            seats.setdefault((key, country, pid), area)
    database.executemany(
        "UPDATE name SET seat = ? WHERE key = ? AND country = ? AND pid = ?",
        [(area, *town) for town, area in seats.items()],
    )
    database.execute(  # Kirovsky District is called after Kirovsk as much as Kirovsk Urban District is
        """UPDATE name SET seat = (SELECT min(area) FROM temp.seated WHERE town = pid)
        WHERE seat = 0 AND sort = 0 AND grade = 0 AND pid IN (SELECT town FROM temp.seated)"""
    )


# Words after the short form of a name: Frankfurt am Main, Newcastle upon Tyne, Frýdlant nad Ostravicí.
_BY = ("am", "an", "aan", "auf", "bei", "de", "del", "della", "di", "do", "en", "im", "in", "les", "lez", "nad", "ob",
       "on", "pod", "sous", "sur", "upon", "vor")  # fmt: skip


def mark_short_forms(database: sqlite3.Connection) -> None:
    """Count the postal codes and the area of a town under the short form of its name too.

    The registers list those of Frankfurt am Main under that name, but those of Frankfurt (Oder) under the bare one.
    """
    counted: dict[int, tuple[int, int]] = {}
    for pid, codes, seat in database.execute(
        "SELECT pid, max(codes), max(seat) FROM name WHERE sort = 0 AND (codes OR seat) GROUP BY pid"
    ):
        counted[pid] = (codes, seat)
    own = database.execute("SELECT key, country, pid FROM name WHERE sort = 0 AND grade = 0 AND key LIKE '% % %'")
    short = [
        (*counted[pid], head, country, pid) for key, country, pid in own if pid in counted for head in _short_forms(key)
    ]
    database.executemany(
        """UPDATE name SET codes = max(codes, ?), seat = max(seat, ?)
        WHERE key = ? AND country = ? AND pid = ? AND grade != 0""",
        short,
    )


def _short_forms(key: str) -> list[str]:
    words = key.split(" ")
    return [" ".join(words[:count]) for count in range(1, len(words) - 1) if words[count] in _BY]
