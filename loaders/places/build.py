"""Building the index of places: every register read once into one SQLite file."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from twingraph.loaders.places.aliases import choose_aliases, lookup_keys, ukrainian_name
from twingraph.loaders.places.fold import name_key
from twingraph.loaders.places.geo import distance_km
from twingraph.loaders.places.geonames import GeoName, geonames_file, read_geonames
from twingraph.loaders.places.katottg import Codifier, Unit, katottg_file, read_katottg
from twingraph.loaders.places.tables import read_table
from twingraph.loaders.places.territories import Territory, countries, region_stem, regions
from twingraph.loaders.places.ukraine import match_registers
from twingraph.loaders.places.ukrainian import adjective_stem, romanise

__all__ = ["build_index"]


SCHEMA = """
CREATE TABLE info (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE country (id TEXT PRIMARY KEY, name TEXT, name_uk TEXT, continent TEXT, aliases TEXT) WITHOUT ROWID;
CREATE TABLE country_name (key TEXT, country TEXT, region TEXT, PRIMARY KEY (key, country, region)) WITHOUT ROWID;
CREATE TABLE region (id TEXT PRIMARY KEY, country TEXT, name TEXT, name_uk TEXT, kind TEXT, parent TEXT,
    first_level INTEGER, aliases TEXT) WITHOUT ROWID;
CREATE TABLE region_name (key TEXT, country TEXT, region TEXT, grade INTEGER, PRIMARY KEY (key, country, region))
    WITHOUT ROWID;
CREATE TABLE place (pid INTEGER PRIMARY KEY, name TEXT, name_uk TEXT, kind TEXT, country TEXT, region TEXT, lat REAL,
    lon REAL, population INTEGER, geonames_id INTEGER, katottg TEXT, part_of TEXT, aliases TEXT,
    centre INTEGER, suburb INTEGER NOT NULL DEFAULT 0);
CREATE TABLE name (key TEXT, country TEXT, pid INTEGER, sort INTEGER, grade INTEGER, PRIMARY KEY (key, country, pid))
    WITHOUT ROWID;
CREATE TABLE lexicon (country TEXT, start TEXT, keys TEXT, PRIMARY KEY (country, start)) WITHOUT ROWID;
CREATE INDEX place_geonames ON place (geonames_id) WHERE geonames_id IS NOT NULL;
CREATE INDEX place_katottg ON place (katottg) WHERE katottg IS NOT NULL;
"""

Progress = Callable[[str, float], None]

# What a name names: sorts of place that are looked up apart, so that no raion is taken for the town of its name.
SORT_TOWN, SORT_RAION, SORT_DISTRICT = 0, 1, 2
# How good a name is: the register's own, any other spelling, the name of the hromada around, a former name of a town.
GRADE_NAME, GRADE_ALTERNATE, GRADE_HROMADA, GRADE_FORMER = 0, 1, 2, 3
_CODIFIER_IDS = 2_000_000_000


def build_index(path: Path, *, versions: dict[str, str], progress: Progress) -> None:
    """Write the index to `path`, a file that does not exist yet.

    Parameters
    ----------
    path
        Where to write.
    versions
        What goes into the table ``info``: the versions of what the index is built from.
    progress
        Called with words and the share done (0 to 1).
    """
    database = sqlite3.connect(path, isolation_level=None)
    try:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.executescript(SCHEMA)
        database.execute("BEGIN")
        progress("Reading the Ukrainian register", 0.0)
        codifier = read_katottg(katottg_file())
        progress("Reading the names of countries and regions", 0.02)
        _write_territories(database, list(countries()), list(regions()))
        writer = _PlaceWriter(database, codifier)
        for place, share in read_geonames(geonames_file()):
            writer.add(place)
            if writer.count % 5000 == 0:
                progress("Reading the places of GeoNames", 0.05 + 0.65 * share)
        progress("Matching the registers", 0.72)
        writer.add_ukraine()
        progress("Writing the index", 0.8)
        writer.write_names()
        _mark_suburbs(database)
        database.executemany("INSERT INTO info VALUES (?, ?)", sorted(versions.items()))
        database.execute("COMMIT")
        database.execute("ANALYZE")
        progress("Done", 1.0)
    finally:
        database.close()


def _write_territories(database: sqlite3.Connection, nations: list[Territory], parts: list[Territory]) -> None:
    database.executemany(
        "INSERT INTO country VALUES (?, ?, ?, ?, ?)",
        [(c.id, c.name, c.name_uk, c.continent, "\n".join(c.aliases)) for c in nations],
    )
    names = {(name_key(text), c.id, "") for c in nations for text in c.spellings}
    names |= {(name_key(row["name"]), row["country"], row["region"]) for row in read_table("country_names.tsv")}
    # A word that several countries are called by in some language is kept only for the one called so by hand or code.
    database.executemany("INSERT OR IGNORE INTO country_name VALUES (?, ?, ?)", sorted(n for n in names if n[0]))
    database.executemany(
        "INSERT INTO region VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (r.id, r.country, r.name, r.name_uk, r.kind, r.parent, int(r.first_level), "\n".join(r.aliases))
            for r in parts
        ],
    )
    grades: dict[tuple[str, str, str], int] = {}
    for region in parts:
        below = 0 if region.first_level else 2
        for text in region.spellings:
            key = name_key(text)
            own = 0 if text in {region.name, region.name_uk, region.id} else 1
            for spelled, grade in ((key, own), (region_stem(key), own + 1)):
                if spelled:
                    entry = (spelled, region.country, region.id)
                    grades[entry] = min(grades.get(entry, 99), grade + below)
    database.executemany("INSERT INTO region_name VALUES (?, ?, ?, ?)", sorted((*k, g) for k, g in grades.items()))


# A place within this distance of a city, and this many times smaller, is counted as a suburb or part of it: GeoNames
# lists city districts among the towns, without saying so here.
_SUBURB_KM = 12.0
_CITY_PEOPLE = 100_000
_CITY_TIMES = 5


def _mark_suburbs(database: sqlite3.Connection) -> None:
    cities: dict[tuple[int, int], list[tuple[float, float, int, int]]] = defaultdict(list)
    for pid, lat, lon, people in database.execute(
        "SELECT pid, lat, lon, population FROM place WHERE population >= ?", (_CITY_PEOPLE,)
    ):
        cities[int(lat * 4 // 1), int(lon * 4 // 1)].append((lat, lon, people, pid))
    found = []
    for pid, lat, lon, people in database.execute(
        "SELECT pid, lat, lon, coalesce(population, 0) FROM place WHERE lat IS NOT NULL"
    ):
        row, column = int(lat * 4 // 1), int(lon * 4 // 1)
        around = [city for y in (-1, 0, 1) for x in (-1, 0, 1) for city in cities.get((row + y, column + x), ())]
        if any(
            size >= _CITY_TIMES * people and other != pid and distance_km(lat, lon, y, x) <= _SUBURB_KM
            for y, x, size, other in around
        ):
            found.append((pid,))
    database.executemany("UPDATE place SET suburb = 1 WHERE pid = ?", found)


class _Row(NamedTuple):
    """One row of the table of places, its columns in their order."""

    pid: int
    name: str
    name_uk: str | None = None
    kind: str | None = None
    country: str = "UA"
    region: str | None = None
    lat: float | None = None
    lon: float | None = None
    population: int | None = None
    geonames_id: int | None = None
    katottg: str | None = None
    part_of: str | None = None
    aliases: tuple[str, ...] = ()
    centre: bool = False


class _PlaceWriter:
    """Writes places as they come, and gathers the names to be written in the order of the index."""

    def __init__(self, database: sqlite3.Connection, codifier: Codifier) -> None:
        self.count = 0
        self._database = database
        self._codifier = codifier
        self._region = {(row["country"], row["admin1"]): row["iso"] for row in read_table("admin1.tsv")}
        self._oblast = {row["katottg"]: row for row in read_table("ukraine_regions.tsv")}
        self._number = {row["iso"]: row["katottg"] for row in read_table("ukraine_regions.tsv")}
        self._former: dict[tuple[str, str, str], tuple[str, ...]] = defaultdict(tuple)
        for row in read_table("former_names.tsv"):
            self._former[row["country"], row["region"], row["now"]] += tuple(row["former"].split("; "))
        self._usual = {int(row["geonames"]): row["name"] for row in read_table("usual_names.tsv")}
        self._ukrainian: list[tuple[str, GeoName]] = []
        database.execute("CREATE TEMP TABLE spelled (key TEXT, country TEXT, pid INTEGER, sort INTEGER, grade INTEGER)")

    def add(self, place: GeoName) -> None:
        """Write a place, or put a Ukrainian one aside until it is matched with the codifier."""
        self.count += 1
        region = self._region.get((place.country, place.admin1))
        if place.country == "UA":
            self._ukrainian.append((self._number.get(region or "", ""), place))
            return
        former = self._former.get((place.country, region or "", place.name), ())
        usual = self._usual.get(place.geonames_id, place.name)
        keys = lookup_keys(usual, (place.name, *place.alternates, *former), small_letters=place.country == "KR")
        keys |= {name_key(text): GRADE_FORMER for text in former}
        self._add_geoname(place, region, former, keys)

    def _add_geoname(self, place: GeoName, region: str | None, former: tuple[str, ...], keys: dict[str, int]) -> None:
        self._insert(
            _Row(
                pid=place.geonames_id,
                name=self._usual.get(place.geonames_id, place.name),
                name_uk=ukrainian_name(place.alternates),
                country=place.country,
                region=region,
                lat=place.lat,
                lon=place.lon,
                population=place.population or None,
                geonames_id=place.geonames_id,
                aliases=choose_aliases(place.name, (place.name, *place.alternates), former),
            ),
            keys,
        )

    def add_ukraine(self) -> None:
        """Write the Ukrainian places: those that GeoNames knows, then those that only the codifier knows."""
        codifier = self._codifier
        former = {
            (self._number[region], now): names
            for (country, region, now), names in self._former.items()
            if country == "UA"
        }
        matched = match_registers(self._ukrainian, codifier, former)
        places = {place.geonames_id: place for _, place in self._ukrainian}
        hromadas: dict[str, list[str]] = defaultdict(list)
        for hromada, centre in codifier.centres.items():
            hromadas[centre].append(codifier.units[hromada].name)
        taken = set(matched.values())
        for number, place in self._ukrainian:
            if place.geonames_id not in taken:
                region = self._oblast[number]["iso"] if number else None
                self._add_geoname(place, region, (), lookup_keys(place.name, place.alternates))
        for unit in codifier.units.values():
            if unit.kind in {"city", "settlement", "village", "special_city"}:
                known = places.get(matched.get(unit.code, -1))
                names = former.get((unit.code[2:4], unit.name), ())
                self._add_unit(unit, known, names, hromadas.get(unit.code, ()))
            elif unit.kind == "raion":
                self._add_raion(unit, places.get(matched.get(codifier.seats.get(unit.code, ""), -1)))
            elif unit.kind == "city_district":
                self._add_district(unit, places.get(matched.get(unit.settlement, -1)))

    def _add_unit(self, unit: Unit, place: GeoName | None, former: Iterable[str], hromadas: Iterable[str]) -> None:
        name = "Kyiv" if unit.kind == "special_city" and unit.code[2:4] == "80" else romanise(unit.name)
        alternates = (unit.name, *(place.alternates if place else ()), *((place.name,) if place else ()))
        keys = lookup_keys(name, (*alternates, *former))
        keys |= {name_key(text): GRADE_FORMER for text in former}
        keys[name_key(unit.name)] = GRADE_NAME
        for hromada in hromadas:
            for text in (hromada, romanise(hromada), f"{hromada} громада"):
                keys.setdefault(name_key(text), GRADE_HROMADA)
            keys.setdefault(adjective_stem(name_key(hromada)) + "а", GRADE_HROMADA)
        self._insert(
            _Row(
                pid=place.geonames_id if place else self._pid(unit),
                name=name,
                name_uk=unit.name,
                kind="city" if unit.kind == "special_city" else unit.kind,
                region=self._oblast[unit.code[2:4]]["iso"],
                lat=place.lat if place else None,
                lon=place.lon if place else None,
                population=(place.population or None) if place else None,
                geonames_id=place.geonames_id if place else None,
                katottg=unit.code,
                part_of=unit.raion or None,
                aliases=choose_aliases(name, alternates, tuple(former)),
                centre=bool(hromadas),
            ),
            keys,
        )

    def _add_raion(self, unit: Unit, seat: GeoName | None) -> None:
        seat_unit = self._codifier.units.get(self._codifier.seats.get(unit.code, ""))
        english = romanise(seat_unit.name) if seat_unit else romanise(unit.name)
        texts = (unit.name, romanise(unit.name), english, *((seat_unit.name,) if seat_unit else ()))
        aliases = (f"{english} Raion", f"{romanise(unit.name)} Raion", f"{unit.name} район")
        self._insert(
            _Row(
                pid=self._pid(unit),
                name=f"{english} District",
                name_uk=f"{unit.name} район",
                kind="raion",
                region=self._oblast[unit.code[2:4]]["iso"],
                lat=seat.lat if seat else None,
                lon=seat.lon if seat else None,
                katottg=unit.code,
                aliases=aliases,
            ),
            {name_key(text): GRADE_NAME for text in texts},
            SORT_RAION,
        )

    def _add_district(self, unit: Unit, city: GeoName | None) -> None:
        city_unit = self._codifier.units.get(unit.settlement)
        town = romanise(city_unit.name) if city_unit else ""
        english = romanise(unit.name)
        name = f"{town} ({english} District)" if town else f"{english} District"
        aliases = (f"{english} District", f"{unit.name} район", f"{english} Raion")
        keys = {name_key(text): GRADE_NAME for text in (unit.name, english)}
        if city_unit:
            keys |= {name_key(text): GRADE_NAME for text in (f"{town} {english}", f"{city_unit.name} {unit.name}")}
        self._insert(
            _Row(
                pid=self._pid(unit),
                name=name,
                name_uk=f"{unit.name} район",
                kind="city_district",
                region=self._oblast[unit.code[2:4]]["iso"],
                lat=city.lat if city else None,
                lon=city.lon if city else None,
                katottg=unit.code,
                part_of=city_unit.code if city_unit else None,
                aliases=aliases,
            ),
            keys,
            SORT_DISTRICT,
        )

    @staticmethod
    def _pid(unit: Unit) -> int:
        return _CODIFIER_IDS + int(unit.code[-6:]) + 10_000_000 * int(unit.code[2:4])

    def _insert(self, row: "_Row", keys: dict[str, int], sort: int = SORT_TOWN) -> None:
        cells = [*row[:-2], "\n".join(row.aliases), int(row.centre)]
        self._database.execute(f"INSERT INTO place VALUES ({', '.join('?' * len(cells))}, 0)", cells)  # noqa: S608
        self._database.executemany(
            "INSERT INTO spelled VALUES (?, ?, ?, ?, ?)",
            [(key, row.country, row.pid, sort, grade) for key, grade in keys.items() if key],
        )

    def write_names(self) -> None:
        """Write the gathered names in the order of the index, so that its pages are full."""
        self._database.execute(
            "INSERT OR IGNORE INTO name SELECT key, country, pid, sort, grade FROM spelled ORDER BY key, country, pid"
        )
        # For the search among misspelled names: the Latin and Cyrillic keys of a country by their first two letters.
        keys: dict[tuple[str, str], list[str]] = defaultdict(list)
        for country, key in self._database.execute(
            "SELECT DISTINCT country, key FROM spelled WHERE sort = 0 AND key < ? ORDER BY country, key", ("\u0530",)
        ):
            keys[country, key[:2]].append(key)
        self._database.executemany(
            "INSERT INTO lexicon VALUES (?, ?, ?)",
            [(country, start, "\n".join(found)) for (country, start), found in sorted(keys.items())],
        )
        self._database.execute("DROP TABLE spelled")
