"""Building the index of places: every register read once into one SQLite file."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from twingraph.graph.geodesy import Centroid, distance_km
from twingraph.loaders.packaged_tables import read_table
from twingraph.loaders.registers.geonames import read_geonames
from twingraph.loaders.registers.geonames_areas import place_areas, read_areas, region_spellings
from twingraph.loaders.registers.index_writer import PlaceWriter
from twingraph.loaders.registers.katottg import read_katottg
from twingraph.loaders.registers.packed_tables import count_rows
from twingraph.loaders.registers.postal_codes import (
    mark_seats,
    mark_short_forms,
    read_postal_areas,
    read_postals,
    write_villages,
)
from twingraph.loaders.registers.territories import Territory, countries, regions
from twingraph.text.folding import name_key, region_stem

__all__ = ["build_index"]


SCHEMA = """
CREATE TABLE info (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE country (id TEXT PRIMARY KEY, name TEXT, name_uk TEXT, continent TEXT, aliases TEXT, lat REAL, lon REAL)
    WITHOUT ROWID;
CREATE TABLE country_name (key TEXT, country TEXT, region TEXT, PRIMARY KEY (key, country, region)) WITHOUT ROWID;
CREATE TABLE region (id TEXT PRIMARY KEY, country TEXT, name TEXT, name_uk TEXT, kind TEXT, parent TEXT,
    first_level INTEGER, aliases TEXT, lat REAL, lon REAL, wide INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE TABLE region_name (key TEXT, country TEXT, region TEXT, grade INTEGER, PRIMARY KEY (key, country, region))
    WITHOUT ROWID;
CREATE TABLE place (pid INTEGER PRIMARY KEY, name TEXT, name_uk TEXT, kind TEXT, country TEXT, region TEXT, lat REAL,
    lon REAL, population INTEGER, geonames_id INTEGER, katottg TEXT, part_of TEXT, aliases TEXT,
    centre INTEGER, hromada TEXT, fame INTEGER, suburb INTEGER NOT NULL DEFAULT 0, point_is TEXT);
CREATE TABLE name (key TEXT, country TEXT, pid INTEGER, sort INTEGER, grade INTEGER, codes INTEGER NOT NULL DEFAULT 0,
    seat INTEGER NOT NULL DEFAULT 0, villages INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (key, country, pid))
    WITHOUT ROWID;
CREATE TABLE inside (area INTEGER, pid INTEGER, PRIMARY KEY (area, pid)) WITHOUT ROWID;
CREATE TABLE katottg_area (code TEXT PRIMARY KEY, centre TEXT, region TEXT) WITHOUT ROWID;
CREATE TABLE lexicon (country TEXT, start TEXT, keys TEXT, PRIMARY KEY (country, start)) WITHOUT ROWID;
CREATE TABLE village (key TEXT, country TEXT, number INTEGER, name TEXT, region TEXT, lat REAL, lon REAL,
    sure INTEGER, codes INTEGER, PRIMARY KEY (key, country, number)) WITHOUT ROWID;
CREATE INDEX place_geonames ON place (geonames_id) WHERE geonames_id IS NOT NULL;
CREATE INDEX place_katottg ON place (katottg) WHERE katottg IS NOT NULL;
"""

Progress = Callable[[str, float], None]
# The size of format 29; the time is that of an idle core.
_WORDS = "Building the index of places (130 MB, about half a minute, once)"


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
        codifier = read_katottg()
        progress(_WORDS, 0.02)
        parts = {region.id: region for region in regions()}
        for code, spelling in region_spellings():
            if code in parts and not code.startswith("UA"):  # Ukraine's are written by hand
                parts[code].spellings.add(spelling)
        _write_territories(database, list(countries()), list(parts.values()))
        writer = PlaceWriter(database, codifier)
        places = count_rows("places")
        for number, place in enumerate(read_geonames()):
            writer.add(place)
            if number % 5000 == 0:
                progress(_WORDS, 0.05 + 0.65 * number / places)
        progress(_WORDS, 0.72)
        writer.add_ukraine()
        _mark_suburbs(database)
        _place_territories(database)
        progress(_WORDS, 0.78)
        writer.add_areas(read_areas())
        progress(_WORDS, 0.82)
        districts = read_postal_areas()
        writer.add_postal_areas(districts)
        place_areas(database, districts)
        progress(_WORDS, 0.9)
        writer.write_names()
        mark_seats(database)
        write_villages(database, read_postals())
        mark_short_forms(database)
        database.executemany("INSERT INTO info VALUES (?, ?)", sorted(versions.items()))
        database.execute("COMMIT")
        database.execute("ANALYZE")
        progress(_WORDS, 1.0)
    finally:
        database.close()


def _write_territories(database: sqlite3.Connection, nations: list[Territory], parts: list[Territory]) -> None:
    database.executemany(
        "INSERT INTO country VALUES (?, ?, ?, ?, ?, NULL, NULL)",
        [(c.id, c.name, c.name_uk, c.continent, "\n".join(c.aliases)) for c in nations],
    )
    names = {(name_key(text), c.id, "") for c in nations for text in c.spellings}
    names |= {(name_key(row["name"]), row["country"], row["region"]) for row in read_table("country_names.tsv")}
    # A word that several countries are called by in some language is kept only for the one called so by hand or code.
    database.executemany("INSERT OR IGNORE INTO country_name VALUES (?, ?, ?)", sorted(n for n in names if n[0]))
    database.executemany(
        "INSERT INTO region VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, 0)",
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


def _place_territories(database: sqlite3.Connection) -> None:
    """Put regions and countries at the middle of their settlements, where these lie near enough to each other.

    A region too wide for that gets the middle of its area, where its outline is known.
    """
    for table, column in (("region", "region"), ("country", "country")):
        middles: dict[str, Centroid] = defaultdict(Centroid)
        for territory, lat, lon in database.execute(
            f"SELECT {column}, lat, lon FROM place WHERE lat IS NOT NULL AND geonames_id IS NOT NULL"  # noqa: S608
            " ORDER BY pid"
        ):
            middles[territory].add(lat, lon)
        database.executemany(
            f"UPDATE {table} SET lat = ?, lon = ? WHERE id = ?",  # noqa: S608
            [(*middle.point, territory) for territory, middle in middles.items() if middle.point],
        )
    database.executemany(
        "UPDATE region SET lat = ?, lon = ?, wide = 1 WHERE id = ? AND lat IS NULL",
        [(float(row["lat"]), float(row["lon"]), row["region"]) for row in read_table("region_points.tsv")],
    )


# A place within this distance of a city, and this many times smaller, is counted as a suburb or part of it: GeoNames
# lists city districts among the towns, without a mark. Chosen by hand.
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
