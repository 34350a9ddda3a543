"""The Ukrainian codifier of administrative units and territories of hromadas (KATOTTG).

The codifier lists oblasts, raions, hromadas, settlements and city districts. It has no column for the centre of a
hromada; but within a hromada the settlements are numbered from the centre on, the others following by the alphabet, so
the settlement with the lowest code is the centre.

The codifier and GeoNames share no id. :func:`match_registers` matches them by name within an oblast. A name that both
have once is a match. Where several villages of an oblast share a name, the places already matched show where each
hromada lies, and a village is the nearest place of its name to its own hromada.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from twingraph.graph.geodesy import distance_km
from twingraph.loaders.registers.geonames import GeoName
from twingraph.loaders.registers.packed_tables import read_rows
from twingraph.text.folding import name_key
from twingraph.text.ukrainian import adjective_stem, romanise

__all__ = ["Codifier", "Unit", "match_registers", "middles", "read_katottg"]

_KINDS = {
    "O": "oblast", "K": "special_city", "P": "raion", "H": "hromada",
    "M": "city", "X": "settlement", "C": "village", "B": "city_district",
}  # fmt: skip

# Raions that are not called after their seat.
_OTHER_SEATS = {"Курманський": "Курман", "Перекопський": "Яни Капу", "Дністровський": "Кельменці"}


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of the codifier: its code, kind, official name and the codes of the units above it."""

    code: str
    kind: str
    name: str
    oblast: str
    raion: str
    hromada: str
    settlement: str


@dataclass(frozen=True, slots=True)
class Codifier:
    """The codifier, with what is derived from it.

    Attributes
    ----------
    units
        All units by code.
    centres
        The centre settlement of each hromada, by the hromada's code.
    seats
        The settlement that a raion is called after (its seat), by the raion's code, where one is.
    """

    units: dict[str, Unit]
    centres: dict[str, str]
    seats: dict[str, str]


def read_katottg() -> Codifier:
    """Read the codifier and derive the centres of hromadas and the seats of raions.

    Raises
    ------
    twingraph.errors.PlaceIndexError
        The table is missing or damaged.
    """
    units: dict[str, Unit] = {}
    for oblast, *above, settlement, district, category, name in read_rows("codifier"):
        code = district or settlement or above[1] or above[0] or oblast
        # A city that no raion and no hromada includes (Prypiat) has the oblast's code in their place.
        raion, hromada = ("" if unit == oblast else unit for unit in above)
        units[code] = Unit(code, _KINDS[category], name.replace("'", "’"), oblast, raion, hromada, settlement)
    centres: dict[str, str] = {}
    for unit in units.values():
        if unit.kind in {"city", "settlement", "village"} and unit.hromada:
            centres[unit.hromada] = min(unit.code, centres.get(unit.hromada, unit.code))
    return Codifier(units, centres, _seats(units, centres))


def _seats(units: dict[str, Unit], centres: dict[str, str]) -> dict[str, str]:
    # Житомирський район is called after the hromada of the same adjective, Житомирська, and so after its centre.
    hromadas: dict[tuple[str, str], str] = {}
    settlements: dict[tuple[str, str], str] = {}
    for unit in units.values():
        if unit.kind == "hromada":
            hromadas.setdefault((unit.raion, adjective_stem(unit.name)), unit.code)
        elif unit.kind in {"city", "settlement"}:
            settlements.setdefault((unit.raion, unit.name), unit.code)
    seats: dict[str, str] = {}
    for unit in units.values():
        if unit.kind == "raion":
            hromada = hromadas.get((unit.code, adjective_stem(unit.name)))
            seat = centres.get(hromada or "") or settlements.get((unit.code, _OTHER_SEATS.get(unit.name, "")))
            if seat is not None:
                seats[unit.code] = seat
    return seats


# How far from the middle of its hromada, or else its raion, a village may lie. Chosen by hand.
_HROMADA_KM = 30.0
_RAION_KM = 70.0
_RANK = {"special_city": 0, "city": 1, "settlement": 2, "village": 3}


def match_registers(
    places: Iterable[tuple[str, GeoName]], codifier: Codifier, former: Mapping[tuple[str, str], tuple[str, ...]]
) -> dict[str, int]:
    """Return the GeoNames id of each settlement of the codifier that GeoNames knows, by KATOTTG code.

    Parameters
    ----------
    places
        Ukrainian places with the codifier's number of the oblast that GeoNames puts them in (empty if none).
    former
        Former names of settlements by oblast number and official name.
    """
    by_id: dict[int, GeoName] = {}
    by_key: dict[tuple[str, str], list[int]] = defaultdict(list)
    anywhere: dict[str, list[int]] = defaultdict(list)
    oblasts: dict[int, str] = {}
    for oblast, place in places:
        by_id[place.geonames_id] = place
        oblasts[place.geonames_id] = oblast
        for key in {name_key(place.name), *(name_key(name) for name in place.alternates)}:
            by_key[oblast, key].append(place.geonames_id)
            anywhere[key].append(place.geonames_id)

    units = [unit for unit in codifier.units.values() if unit.kind in _RANK]
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
            alone = len(found) == 1 and not shared[oblasts[found[0]], unit.name]  # else it is the namesake there
            found = found if alone else []
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
        _match_nearest(group, middles(units, matched, by_id), candidates, matched, by_id)
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


def middles(
    units: Iterable[Unit], matched: Mapping[str, int], by_id: Mapping[int, GeoName]
) -> dict[str, tuple[float, float]]:
    """Return the middle of each hromada and raion of which GeoNames knows settlements, by its code.

    Parameters
    ----------
    units
        Units of the codifier.
    matched
        The GeoNames id of each settlement that GeoNames knows, by KATOTTG code.
    by_id
        The places of GeoNames.
    """
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for unit in units:
        place = by_id.get(matched.get(unit.code, -1))
        if place is not None:
            points[unit.hromada].append((place.lat, place.lon))
            points[unit.raion].append((place.lat, place.lon))
    found = {}
    for area, spots in points.items():
        # The median is not moved by the one village that was matched wrongly.
        lats, lons = sorted(lat for lat, _ in spots), sorted(lon for _, lon in spots)
        found[area] = (lats[len(lats) // 2], lons[len(lons) // 2])
    return found
