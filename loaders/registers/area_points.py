"""Points for counties and districts that the register knows no settlements of.

The point is the middle of the places of its name in the postal register, else that of the town in its region that
has its name, in the form of an adjective or not: Krymsky District of Krymsk, Balashovsky of Balashov.
"""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable

from twingraph.graph.geodesy import distance_km
from twingraph.loaders.registers.geonames_areas import area_keys
from twingraph.loaders.registers.postal_codes import PostalArea, RegionNames

__all__ = ["place_areas"]

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
        """SELECT s.key, p.country, p.region, coalesce(p.population, 0), p.lat, p.lon, p.name,
            p.pid
        FROM spelled s JOIN place p ON p.pid = s.pid
        WHERE s.sort = 0 AND s.grade <= 1 AND p.lat IS NOT NULL AND p.region IS NOT NULL ORDER BY p.pid"""
    ):
        if country in _CALLED_AFTER_SEAT:
            towns[country, region][key].append((people, lat, lon, name, pid))
    return towns


def _seat(towns: _Towns, areas: list[tuple[str, str, str]]) -> _Town | None:
    """Return the largest of the towns that an area may be called after; None where they lie apart, or are none."""
    for matches in (_same_name, _same_stem):
        found = [town for area in areas for town in matches(towns, *area)]
        best = max(found, default=None)
        if best is not None:
            apart = any(distance_km(best[1], best[2], lat, lon) > _ONE_PLACE_KM for _, lat, lon, _, _ in found)
            return None if apart else best
    return None


def _same_name(towns: _Towns, key: str, country: str, region: str) -> Iterable[_Town]:
    return towns.get((country, region), {}).get(key, ())


def _same_stem(towns: _Towns, key: str, country: str, region: str) -> Iterable[_Town]:
    """Yield the towns whose name is the stem of an adjective with another ending."""
    stem = _ADJECTIVE.sub("", key)
    if stem == key or len(stem) < _STEM_LETTERS:
        return
    for spelled, found in towns.get((country, region), {}).items():
        if spelled.startswith(stem) and len(spelled) - len(stem) <= _ENDING_LETTERS:
            yield from found
