"""Which place of GeoNames is which settlement of the Ukrainian codifier.

The two registers share no id. They are matched by name within an oblast. Where both have a name once, that is the
answer. Where several villages of an oblast share a name, the places already matched show where each hromada lies, and a
village is the nearest place of its name to its own hromada.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from twingraph.graph.geodesy import distance_km
from twingraph.loaders.registers.geonames import GeoName
from twingraph.loaders.registers.katottg import Codifier, Unit
from twingraph.text.folding import name_key
from twingraph.text.ukrainian import romanise

__all__ = ["match_registers"]

# How far from the middle of its hromada, or else its raion, a village may lie.
_HROMADA_KM = 30.0
_RAION_KM = 70.0
_SETTLEMENTS = frozenset({"city", "settlement", "village", "special_city"})
_RANK = {"special_city": 0, "city": 1, "settlement": 2, "village": 3}


def match_registers(
    places: Iterable[tuple[str, GeoName]], codifier: Codifier, former: Mapping[tuple[str, str], tuple[str, ...]]
) -> dict[str, int]:
    """Return the GeoNames id of each settlement of the codifier that GeoNames knows, by KATOTTG code.

    Parameters
    ----------
    places
        Ukrainian places with the codifier's number of the oblast that GeoNames puts them in (empty if none).
    codifier
        The codifier.
    former
        Former names of settlements by oblast number and official name.
    """
    by_id: dict[int, GeoName] = {}
    by_key: dict[tuple[str, str], list[int]] = defaultdict(list)
    anywhere: dict[str, list[int]] = defaultdict(list)
    for oblast, place in places:
        by_id[place.geonames_id] = place
        for key in {name_key(place.name), *(name_key(name) for name in place.alternates)}:
            by_key[oblast, key].append(place.geonames_id)
            anywhere[key].append(place.geonames_id)

    units = [unit for unit in codifier.units.values() if unit.kind in _SETTLEMENTS]
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for unit in units:
        shared[unit.code[2:4], unit.name] += 1
    candidates: dict[str, list[int]] = {}
    for unit in units:
        oblast = unit.code[2:4]
        names = (unit.name, romanise(unit.name), *former.get((oblast, unit.name), ()))
        found: list[int] = []
        for name in names:
            found = by_key.get((oblast, name_key(name)), [])
            if found:
                break
        if not found and unit.kind in {"city", "special_city"}:
            found = anywhere.get(name_key(unit.name), [])  # a city near the border of its oblast
            found = found if len(found) == 1 else []
        if found:
            candidates[unit.code] = found

    matched: dict[str, int] = {}
    taken: set[int] = set()
    centres = set(codifier.centres.values())
    for unit in sorted(units, key=lambda unit: (_RANK[unit.kind], unit.code not in centres, unit.code)):
        free = [place for place in candidates.get(unit.code, ()) if place not in taken]
        large = unit.kind in {"city", "special_city"} and len(free) > 1
        if large:  # a town among villages of its name is the one that many live in
            free.sort(key=lambda place: -by_id[place].population)
            large = by_id[free[0]].population >= 4 * max(1, by_id[free[1]].population)
        alone = unit.kind == "city" or shared[unit.code[2:4], unit.name] == 1
        if large or (len(free) == 1 and alone):
            matched[unit.code] = free[0]
            taken.add(free[0])
    towns = [unit for unit in units if unit.kind == "settlement" or unit.code in centres]
    for group in (towns, towns, units, units):
        _match_nearest(group, _middles(units, matched, by_id), candidates, matched, by_id)
    return matched


def _match_nearest(
    units: list[Unit],
    middles: Mapping[str, tuple[float, float]],
    candidates: Mapping[str, list[int]],
    matched: dict[str, int],
    by_id: Mapping[int, GeoName],
) -> None:
    pairs: list[tuple[float, str, int]] = []
    taken = set(matched.values())
    for unit in units:
        if unit.code in matched:
            continue
        for area, limit in ((unit.hromada, _HROMADA_KM), (unit.raion, _RAION_KM)):
            middle = middles.get(area)
            if middle is None:
                continue
            for place in candidates.get(unit.code, ()):
                if place not in taken:
                    km = distance_km(*middle, by_id[place].lat, by_id[place].lon)
                    if km <= limit:
                        pairs.append((km / limit, unit.code, place))
            break
    for _, code, place in sorted(pairs):
        if code not in matched and place not in taken:
            matched[code] = place
            taken.add(place)


def _middles(
    units: list[Unit], matched: Mapping[str, int], by_id: Mapping[int, GeoName]
) -> dict[str, tuple[float, float]]:
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for unit in units:
        place = by_id.get(matched.get(unit.code, -1))
        if place is not None:
            points[unit.hromada].append((place.lat, place.lon))
            points[unit.raion].append((place.lat, place.lon))
    middles = {}
    for area, spots in points.items():
        # The median is not moved by the one village that was matched wrongly.
        lats, lons = sorted(lat for lat, _ in spots), sorted(lon for _, lon in spots)
        middles[area] = (lats[len(lats) // 2], lons[len(lons) // 2])
    return middles
