"""Counties, districts, municipalities and the like: GeoNames' second-level areas (CC BY 4.0).

The register gives an area its names and the settlements in it, but no point. Its point is the middle of those
settlements, as in reference works, if the area is small. A wide area has no point. An area without listed settlements
gets the middle of the places of its name in the postal register, else the point of the town in its region that has its
name, in the form of an adjective or not: Krymsky District of Krymsk, Balashovsky of Balashov.
"""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from twingraph.graph.geodesy import distance_km
from twingraph.loaders.places.reading import bare_key
from twingraph.loaders.registers.packed_tables import read_rows
from twingraph.loaders.registers.postal_codes import PostalArea, RegionNames
from twingraph.text.folding import name_key, umlaut_keys

__all__ = ["Area", "area_keys", "area_kind", "place_areas", "read_areas", "region_spellings"]

# Words of the register's own names that records omit, in addition to those in kind_words.tsv.
_FIRST_WORDS = frozenset(
    {"oras", "municipiul", "comuna", "sector", "markaz", "kabupaten", "kota", "changwat", "amphoe"}
)
_LAST_WORDS = frozenset(
    {"audany", "gun", "gu", "xian", "qu", "hsien", "ilcesi", "fylke", "machi", "mura", "son", "kaza", "pagasts",
     "belediyesi", "bezirk", "lan"}
)  # fmt: skip
# A name that is joined with its kind word has more letters than this.
_JOINED = 9
# The kind of area by a word in its name.
_KINDS = {
    "county": "county", "parish": "parish", "borough": "borough", "district": "district", "rayon": "district",
    "raion": "district", "raionul": "district", "powiat": "county", "okres": "district", "audany": "district",
    "kommune": "municipality", "kommun": "municipality", "municipality": "municipality", "municipio": "municipality",
    "opstina": "municipality", "obshtina": "municipality", "opcina": "municipality", "gemeente": "municipality",
    "comuna": "commune", "landkreis": "county",
    "kreis": "county", "oras": "town", "municipiul": "municipality", "provincia": "province", "province": "province",
    "departement": "department", "regierungsbezirk": "government region", "shi": "city", "ku": "ward",
    "gu": "district", "gun": "county",
    "regency": "regency", "kabupaten": "regency",
}  # fmt: skip
# Where every second-level area is of one kind.
_KIND_OF_COUNTRY = {
    **dict.fromkeys(("BG", "BR", "CO", "DK", "FI", "IS", "MX", "NL", "NO", "PT", "SE"), "municipality"),
    **dict.fromkeys(("CZ", "HU", "SK"), "district"),
    "BE": "province", "FR": "department", "IT": "province", "PL": "county", "US": "county",
}  # fmt: skip
# The register adds the state to Australian councils: "Bayside (Vic.)".
_STATE = re.compile(r" \([A-Z][\w.]{1,4}\)$")
_ENGLISH = frozenset({"County", "District", "Municipality", "Province", "Department", "Parish", "Borough"})


@dataclass(slots=True)
class Area:
    """One second-level area.

    Attributes
    ----------
    geonames_id
        Its id in GeoNames.
    name
        The usual English name where the register has one, else the register's name.
    aliases
        The register's name and its other spellings.
    country, admin1
        The codes that GeoNames gives the country and the first-level region.
    iso
        The ISO 3166-2 code, where the area has one.
    kind
        ``county``, ``municipality`` …, where the register or the name shows it.
    point
        The middle of the places of 500 people and more in it (WGS 84 latitude and longitude); None if they lie far
        apart, or there are none.
    people
        How many live in these.
    inside
        Their ids in GeoNames.
    """

    geonames_id: int
    name: str
    aliases: tuple[str, ...]
    country: str
    admin1: str
    iso: str
    kind: str | None
    point: tuple[float, float] | None
    people: int
    inside: tuple[int, ...]

    def keys(self) -> dict[str, int]:
        """Return the keys under which the area is found, each with its grade: 0 its own name, 1 another spelling."""
        keys: dict[str, int] = {}
        for text in (self.name, *self.aliases):
            for spelled in area_keys(text):
                keys.setdefault(spelled, 0 if text in {self.name, self.aliases[0]} else 1)
        if self.iso:
            keys.setdefault(name_key(self.iso), 1)
        keys.pop("", None)
        return keys


def read_areas() -> Iterator[Area]:
    """Yield every second-level area that has an id in GeoNames, with its settlements."""
    for geonames_id, name, aliases, country, admin1, iso, kind, lat, lon, people, steps in read_rows("areas"):
        spellings = tuple(filter(None, aliases.split("\t")))
        yield Area(
            geonames_id=int(geonames_id),
            name=_usual(name, spellings),
            aliases=(name, *spellings),
            country=country,
            admin1=admin1,
            iso=iso,
            kind=area_kind(kind, name, country),
            point=(float(lat), float(lon)) if lat else None,
            people=int(people),
            inside=tuple(accumulate(map(int, steps.split()))),
        )


def region_spellings() -> Iterator[tuple[str, str]]:
    """Yield the ISO 3166-2 code and a spelling of first-level regions, in many languages."""
    for iso, spellings in read_rows("regions"):
        for text in spellings.split("\t"):
            yield iso, text


def _usual(name: str, aliases: Sequence[str]) -> str:
    """Return the English name where the register has one: Chrzanów County for Powiat chrzanowski."""
    english = [text for text in (name, *aliases) if not _ENGLISH.isdisjoint(text.split()[-1:])]
    return english[0] if english else name


def area_kind(registered: str, name: str, country: str) -> str | None:
    """Return the kind of an area: the register's, else by a word of its name, else by its country."""
    if registered:
        kind = registered.lower()
        return kind.removeprefix("metropolitan ") if "department" in kind else kind
    words = name_key(name).split(" ")
    return next((_KINDS[word] for word in words if word in _KINDS), _KIND_OF_COUNTRY.get(country))


def area_keys(name: str) -> tuple[str, ...]:
    """Return the keys of an area's name: as written, without the words for its kind, in other spellings."""
    keys: dict[str, None] = {}
    plain = _STATE.sub("", name)
    for key in dict.fromkeys((name_key(name), name_key(plain), *umlaut_keys(plain))):
        bare = _bare(key)
        keys |= dict.fromkeys((key, bare, *_other_spellings(key, bare)))
    return tuple(keys)


def _bare(key: str) -> str:
    words = bare_key(key).split(" ")
    while len(words) > 1 and words[0] in _FIRST_WORDS:
        del words[0]
    while len(words) > 1 and words[-1] in _LAST_WORDS:
        del words[-1]
    return " ".join(words)


def _other_spellings(key: str, bare: str) -> Iterator[str]:
    """Yield how records spell what the register romanises otherwise, joins, or puts in the genitive."""
    for ending, other in (("skiy", "sky"), ("skoye", "skoe")):
        if bare.endswith(ending):
            yield bare.removesuffix(ending) + other
    if key.endswith(("kommune", "kommun")) and key != bare:  # Nordfyns Kommune: Nordfyn
        yield bare.removesuffix("s") if bare.endswith("s") else f"{bare}s"
    if bare.endswith("kreis") and len(bare) > _JOINED and " " not in bare:  # Hohenlohekreis: Hohenlohe
        yield bare.removesuffix("kreis")


# The postal districts of Russia are called like the raions, but only three in four have their middle within 25 km of
# that of the raion's settlements; of other countries' nineteen in twenty.
_OTHER_POSTS = frozenset({"RU"})
# Where districts are called after their seat. Of those whose settlements are known, seven in eight have the seat within
# 25 km of the middle of these; the others are the widest.
_CALLED_AFTER_SEAT = frozenset({"AM", "AZ", "BY", "GE", "KG", "KZ", "MD", "RU", "TJ", "TM", "UZ"})
# Towns that lie this near to each other are one place listed twice.
_ONE_PLACE_KM = 15.0
_POINTLESS = """SELECT p.pid, p.country, p.region FROM place p
    WHERE p.lat IS NULL AND p.pid IN (SELECT pid FROM spelled WHERE sort = 3) ORDER BY p.pid"""
_FROM_POST = "the middle of the places in it that have postal codes"
# The ending of an adjective in romanised Russian, Belarusian and Ukrainian, and the longest ending of a town's name in
# its place: -ovskoye, -insk. Chosen by hand.
_ADJECTIVE = re.compile("(?:in|en|yov|yev|ov|ev)?(?:e?ts|zh|s)k(?:iy|yi|yy|oy|y|i)$")
_STEM_LETTERS, _ENDING_LETTERS = 3, 5
# The inhabitants, the point, the name and the number of a town.
_Town = tuple[int, float, float, str, int]
_Towns = dict[tuple[str, str], dict[str, list[_Town]]]
"""Towns by country and region, and by key."""


def place_areas(database: sqlite3.Connection, posts: Iterable[PostalArea]) -> None:
    """Write the points of areas that have none, what each point is, and which town is the seat (table ``seated``).

    Parameters
    ----------
    database
        The index while it is built: its places, and the table ``spelled`` of their names.
    posts
        The areas of the postal register.
    """
    keys: dict[int, list[str]] = defaultdict(list)
    for key, pid in database.execute("SELECT key, pid FROM spelled WHERE sort = 3"):
        keys[pid].append(key)
    middles, towns = _middles(RegionNames(database), posts), _towns(database)
    found, seats = [], []
    for pid, country, region in database.execute(_POINTLESS).fetchall():
        here = [(key, country, region) for key in keys[pid] if region]
        of_post = {middle for where in here for middle in middles.get(where, ())}
        if len(of_post) == 1:
            found.append((*next(iter(of_post)), _FROM_POST, pid))
            continue
        seat = _seat(towns, here) if country in _CALLED_AFTER_SEAT else None
        if seat is not None:
            _, lat, lon, name, town = seat
            found.append((lat, lon, f"that of {name}, which it is called after", pid))
            seats.append((pid, town))
    database.executemany("UPDATE place SET lat = ?, lon = ?, point_is = ? WHERE pid = ?", found)
    database.executemany("INSERT INTO seated VALUES (?, ?)", seats)


def _middles(regions: RegionNames, posts: Iterable[PostalArea]) -> dict[tuple[str, str, str], set[tuple[float, float]]]:
    middles: dict[tuple[str, str, str], set[tuple[float, float]]] = defaultdict(set)
    for post in posts:
        region = regions(post.region, post.country) if post.country not in _OTHER_POSTS else None
        if region:
            for key in area_keys(post.name):
                middles[key, post.country, region].add((post.lat, post.lon))
    return middles


def _towns(database: sqlite3.Connection) -> _Towns:
    towns: _Towns = defaultdict(lambda: defaultdict(list))
    for key, country, region, people, lat, lon, name, pid in database.execute(
        """SELECT s.key, p.country, p.region, coalesce(p.population, 0), p.lat, p.lon, p.name, p.pid
        FROM spelled s JOIN place p ON p.pid = s.pid
        WHERE s.sort = 0 AND s.grade <= 1 AND p.lat IS NOT NULL AND p.region IS NOT NULL ORDER BY p.pid"""
    ):
        if country in _CALLED_AFTER_SEAT:
            towns[country, region][key].append((people, lat, lon, name, pid))
    return towns


def _seat(towns: _Towns, areas: list[tuple[str, str, str]]) -> _Town | None:
    """Return the largest of the towns that an area may be called after; None if there is none, or they lie apart."""
    for matches in (_with_name, _with_stem):
        found = [town for key, *where in areas for town in matches(towns.get((where[0], where[1]), {}), key)]
        best = max(found, default=None)
        if best is not None:
            apart = any(distance_km(best[1], best[2], lat, lon) > _ONE_PLACE_KM for _, lat, lon, _, _ in found)
            return None if apart else best
    return None


def _with_name(towns: dict[str, list[_Town]], key: str) -> Iterable[_Town]:
    return towns.get(key, ())


def _with_stem(towns: dict[str, list[_Town]], key: str) -> Iterable[_Town]:
    """Yield the towns whose name is the stem of an adjective with another ending."""
    stem = _ADJECTIVE.sub("", key)
    if stem == key or len(stem) < _STEM_LETTERS:
        return
    for spelled, found in towns.items():
        if spelled.startswith(stem) and len(spelled) - len(stem) <= _ENDING_LETTERS:
            yield from found
