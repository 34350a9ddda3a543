"""Writing the places of the registers into the index, with the spellings to look up and the few to show."""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from twingraph.loaders.packaged_tables import read_table
from twingraph.loaders.places.gazetteer import EntryType, Grade
from twingraph.loaders.registers.geonames import GeoName
from twingraph.loaders.registers.geonames_areas import Area, area_keys, area_kind
from twingraph.loaders.registers.katottg import Codifier, Unit, match_registers, middles
from twingraph.loaders.registers.postal_codes import PostalArea, RegionNames
from twingraph.loaders.registers.ukrainian_names import NamesAbroad
from twingraph.loaders.registers.usual_spellings import is_noise, usual_spellings
from twingraph.text.folding import name_key, umlaut_keys
from twingraph.text.ukrainian import adjective_of, adjective_stem, romanise

__all__ = ["PlaceWriter"]

# GeoNames adds the municipality to the village: "Elze (Wedemark)", "Sambreville (Tamines)".
_BRACKETED = re.compile(r"^(.{4,40}?) \((.{4,40})\)$")
# Armenian begins here: the letters before are Latin, Greek and Cyrillic.
_ARMENIAN = "\u0530"
# Where English is written.
_ENGLISH = frozenset({"AU", "CA", "GB", "IE", "NZ", "US"})
_CANTON = re.compile(r" \(?[A-Z]{2}\)?$")
_CODIFIER_IDS = 2_000_000_000
_POSTAL_IDS = 4_000_000_000


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
    hromada: str | None = None
    fame: int = 0
    codes: int = 0


class PlaceWriter:
    """Writes places as they come, and collects their names to write them in the order of the index."""

    def __init__(self, database: sqlite3.Connection, codifier: Codifier) -> None:
        self._database = database
        self._codifier = codifier
        self._region = {(row["country"], row["admin1"]): row["iso"] for row in read_table("admin1.tsv")}
        self._oblast = {row["katottg"]: row for row in read_table("ukraine_regions.tsv")}
        self._number = {row["iso"]: row["katottg"] for row in read_table("ukraine_regions.tsv")}
        self._former: dict[tuple[str, str, str], tuple[str, ...]] = defaultdict(tuple)
        for row in read_table("former_names.tsv"):
            self._former[row["country"], row["region"], row["now"]] += tuple(row["former"].split("; "))
        self._hromadas = {row["katottg"]: row for row in read_table("hromada_names.tsv")}
        self._points = {row["katottg"]: row for row in read_table("settlement_points.tsv")}
        self._usual = {int(row["geonames"]): row["name"] for row in read_table("usual_names.tsv")}
        self._name_abroad = NamesAbroad()
        self._ukrainian: list[tuple[str, GeoName]] = []
        database.execute("CREATE TEMP TABLE seated (area INTEGER, town INTEGER)")
        database.execute(
            "CREATE TEMP TABLE spelled (key TEXT, country TEXT, pid INTEGER, sort INTEGER, grade INTEGER,"
            " codes INTEGER)"
        )

    def add(self, place: GeoName) -> None:
        """Write a place, or keep a Ukrainian one until it is matched with the codifier."""
        region = self._region.get((place.country, place.admin1))
        if place.country == "UA":
            self._ukrainian.append((self._number.get(region or "", ""), place))
            return
        former = self._former.get((place.country, region or "", place.name), ())
        usual = self._usual.get(place.geonames_id, place.name)
        keys = _lookup_keys(usual, (place.name, *place.alternates, *former), small_letters=place.country == "KR")
        if place.country == "CH":  # "Lengnau AG": the register adds the canton
            for text in (place.name, *place.alternates):
                keys.setdefault(name_key(_CANTON.sub("", text)), Grade.ALTERNATE)
        if place.country == "PH":  # a rank, and no part of the name: "Bacolod City"
            keys[name_key(usual.removesuffix(" City"))] = Grade.NAME
        if place.country in _ENGLISH:
            keys = {key: Grade.OTHER if grade and not _is_short(key, usual) else grade for key, grade in keys.items()}
        keys |= {name_key(text): Grade.FORMER for text in former}
        self._add_geoname(place, region, former, keys)

    def _add_geoname(self, place: GeoName, region: str | None, former: tuple[str, ...], keys: dict[str, int]) -> None:
        usual = self._usual.get(place.geonames_id, place.name)
        ukrainian = self._name_abroad(place, usual)
        self._insert(
            _Row(
                pid=place.geonames_id,
                name=usual,
                name_uk=ukrainian,
                country=place.country,
                region=region,
                aliases=usual_spellings(usual, (place.name, *place.alternates), former, ukrainian=ukrainian),
                **_geonames_columns(place),
            ),
            keys,
        )

    def add_ukraine(self) -> None:
        """Write the Ukrainian places: those of GeoNames alone, then the units of the codifier."""
        codifier = self._codifier
        former = {
            (self._number[region], now): names
            for (country, region, now), names in self._former.items()
            if country == "UA"
        }
        matched = match_registers(self._ukrainian, codifier, former)
        places = {place.geonames_id: place for _, place in self._ukrainian}
        hromadas = {centre: codifier.units[hromada] for hromada, centre in codifier.centres.items()}
        taken = set(matched.values())
        middle = middles(codifier.units.values(), matched, places)
        for number, place in self._ukrainian:
            if place.geonames_id not in taken:
                region = self._oblast[number]["iso"] if number else None
                self._add_geoname(place, region, (), _lookup_keys(place.name, place.alternates))
        for unit in codifier.units.values():
            if unit.kind in {"city", "settlement", "village", "special_city"}:
                known = places.get(matched.get(unit.code, -1))
                names = former.get((unit.code[2:4], unit.name), ())
                self._add_unit(unit, known, names, hromadas.get(unit.code), middle.get(unit.hromada))
            elif unit.kind == "raion":
                self._add_raion(unit, places.get(matched.get(codifier.seats.get(unit.code, ""), -1)))
            elif unit.kind == "city_district":
                self._add_district(unit, places.get(matched.get(unit.settlement, -1)))
            elif unit.kind in {"hromada", "oblast"}:
                region = self._oblast[unit.code[2:4]]["iso"]
                self._database.execute(
                    "INSERT INTO katottg_area VALUES (?, ?, ?)", (unit.code, codifier.centres.get(unit.code), region)
                )

    def add_areas(self, areas: Iterable[Area]) -> None:
        """Write the second-level areas; those of Ukraine are the codifier's raions."""
        for area in areas:
            if area.country == "UA":
                continue
            lat, lon = area.point or (None, None)
            self._insert(
                _Row(
                    pid=area.geonames_id,
                    name=area.name,
                    kind=area.kind,
                    country=area.country,
                    region=self._region.get((area.country, area.admin1)),
                    lat=lat,
                    lon=lon,
                    population=area.people or None,
                    geonames_id=area.geonames_id,
                    aliases=usual_spellings(area.name, area.aliases),
                    fame=len(area.aliases),
                ),
                area.keys(),
                EntryType.AREA,
            )
            self._database.executemany(
                "INSERT OR IGNORE INTO inside VALUES (?, ?)", [(area.geonames_id, town) for town in area.inside]
            )

    def add_postal_areas(self, areas: Iterable[PostalArea]) -> None:
        """Write the areas that only the postal register has: a query gets their point, but no id."""
        known = set(self._database.execute("SELECT key, country FROM spelled WHERE sort = ?", (EntryType.AREA,)))
        regions = RegionNames(self._database)
        for number, area in enumerate(areas):
            keys = {key for key in area_keys(area.name) if key and (key, area.country) not in known}
            if keys:
                self._insert(
                    _Row(
                        pid=_POSTAL_IDS + number,
                        name=area.name,
                        kind=area_kind("", area.name, area.country),
                        country=area.country,
                        region=regions(area.region, area.country),
                        lat=area.lat,
                        lon=area.lon,
                        codes=area.codes,
                    ),
                    dict.fromkeys(keys, Grade.NAME),
                    EntryType.POSTAL_AREA,
                )

    def _add_unit(
        self,
        unit: Unit,
        place: GeoName | None,
        former: Iterable[str],
        hromada: Unit | None,
        middle: tuple[float, float] | None,
    ) -> None:
        name = "Kyiv" if unit.kind == "special_city" and unit.code[2:4] == "80" else romanise(unit.name)
        point = self._points.get(unit.code) if place is None else None
        spelled = tuple(filter(None, point["spellings"].split("; "))) if point else ()
        alternates = (unit.name, *spelled, *((*place.alternates, place.name) if place else ()))
        keys = _lookup_keys(name, (*alternates, *former))
        keys |= {name_key(text): Grade.FORMER for text in former}
        keys[name_key(unit.name)] = Grade.NAME
        around = self._hromadas.get(hromada.code if hromada else unit.code, {})
        adjectives = [(hromada.name, Grade.HROMADA)] if hromada else []
        other = Grade.FORMER if hromada else Grade.HROMADA
        adjectives += [(text, other) for text in around.get("names", "").split("; ") if text]
        adjectives += [(text, Grade.FORMER) for name in (former if adjectives else ()) if (text := adjective_of(name))]
        for adjective, grade in adjectives:
            for key in _hromada_keys(adjective):
                if keys.get(key) != Grade.NAME:
                    keys[key] = min(grade, keys.get(key, grade)) if grade is Grade.FORMER else grade
        rough = middle if point is None and place is None else None
        self._insert(
            _Row(
                pid=place.geonames_id if place else self._pid(unit),
                name=name,
                name_uk=unit.name,
                kind="city" if unit.kind == "special_city" else unit.kind,
                region=self._oblast[unit.code[2:4]]["iso"],
                katottg=unit.code,
                part_of=unit.raion or None,
                aliases=usual_spellings(name, alternates, former, ukrainian=unit.name),
                centre=hromada is not None,
                hromada=(around.get("kind") or unit.kind.removeprefix("special_")) if adjectives else None,
                **(_geonames_columns(place) if place else _point_columns(point, rough, len(spelled))),
            ),
            keys,
            point_is="about the middle of its hromada" if rough else None,
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
            {name_key(text): Grade.NAME for text in texts},
            EntryType.RAION,
        )

    def _add_district(self, unit: Unit, city: GeoName | None) -> None:
        city_unit = self._codifier.units.get(unit.settlement)
        town = romanise(city_unit.name) if city_unit else ""
        english = romanise(unit.name)
        name = f"{town} ({english} District)" if town else f"{english} District"
        aliases = (f"{english} District", f"{unit.name} район", f"{english} Raion")
        keys = {name_key(text): Grade.NAME for text in (unit.name, english)}
        if city_unit:
            keys |= {name_key(text): Grade.NAME for text in (f"{town} {english}", f"{city_unit.name} {unit.name}")}
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
            EntryType.CITY_DISTRICT,
        )

    @staticmethod
    def _pid(unit: Unit) -> int:
        return _CODIFIER_IDS + int(unit.code[-6:]) + 10_000_000 * int(unit.code[2:4])

    def _insert(
        self, row: "_Row", keys: Mapping[str, int], sort: int = EntryType.TOWN, *, point_is: str | None = None
    ) -> None:
        cells = [*row[:-5], "\n".join(row.aliases), int(row.centre), row.hromada, row.fame]
        self._database.execute(f"INSERT INTO place VALUES ({', '.join('?' * len(cells))}, 0, ?)", [*cells, point_is])  # noqa: S608
        self._database.executemany(
            "INSERT INTO spelled VALUES (?, ?, ?, ?, ?, ?)",
            [(key, row.country, row.pid, sort, grade, row.codes) for key, grade in keys.items() if key],
        )

    def write_names(self) -> None:
        """Write the collected names in the order of the index, so that its pages are full."""
        self._database.execute(
            "INSERT OR IGNORE INTO name (key, country, pid, sort, grade, codes)"
            " SELECT key, country, pid, sort, grade, codes FROM spelled ORDER BY key, country, pid"
        )
        self._write_lexicon()
        self._database.execute("DROP TABLE spelled")

    def _write_lexicon(self) -> None:
        """Write the keys of towns by their first two letters."""
        starts: dict[tuple[str, str], list[str]] = defaultdict(list)
        for country, key in self._database.execute(
            "SELECT DISTINCT country, key FROM spelled WHERE sort = 0 AND key < ? ORDER BY country, key", (_ARMENIAN,)
        ):
            starts[country, key[:2]].append(key)
        self._database.executemany(
            "INSERT INTO lexicon VALUES (?, ?, ?)",
            [(country, start, "\n".join(keys)) for (country, start), keys in sorted(starts.items())],
        )


def _hromada_keys(adjective: str) -> set[str]:
    """Return the keys of the adjective that a hromada is called by: ``Житомирська``."""
    keys = {name_key(text) for text in (adjective, romanise(adjective), f"{adjective} громада")}
    return keys | {adjective_stem(name_key(adjective)) + "а"}


def _point_columns(row: Mapping[str, str] | None, rough: tuple[float, float] | None, fame: int) -> dict[str, Any]:
    if row is not None:
        return {"lat": float(row["lat"]), "lon": float(row["lon"]), "fame": fame}
    return {"lat": round(rough[0], 2), "lon": round(rough[1], 2)} if rough else {}


def _geonames_columns(place: GeoName) -> dict[str, Any]:
    return {
        "lat": place.lat,
        "lon": place.lon,
        "population": place.population or None,
        "geonames_id": place.geonames_id,
        "fame": len(place.alternates),
    }


def _is_short(key: str, name: str) -> bool:
    """Return whether a key is a shorter form of a name (Newcastle), or the name with other spaces (Beaver Creek)."""
    words = name_key(name).split(" ")
    return set(key.split(" ")) <= set(words) or key.replace(" ", "") == "".join(words)


def _lookup_keys(name: str, alternates: Sequence[str], *, small_letters: bool = False) -> dict[str, int]:
    """Return the keys under which a place is found, each with its grade.

    Letter-by-letter romanisations from other scripts (written in small letters: ``ri tuo mi er``), codes of airports
    and abbreviations are excluded: nobody types them, and other places have them as names. Korean's usual spellings are
    among them, so `small_letters` keeps those of one word.
    """
    keys: dict[str, int] = {name_key(name): Grade.NAME}
    for key in umlaut_keys(name):
        keys.setdefault(key, Grade.NAME)
    for text in alternates:
        if is_noise(text) and not (small_letters and text.isascii() and text.isalpha() and len(text) > 4):
            continue
        keys.setdefault(name_key(text), Grade.ALTERNATE)
        for key in umlaut_keys(text):
            keys.setdefault(key, Grade.ALTERNATE)
    for text in (name, *alternates):
        bracketed = _BRACKETED.match(text)
        if bracketed:
            for part in bracketed.groups():
                keys.setdefault(name_key(part), Grade.ALTERNATE)
    keys.pop("", None)
    return keys
