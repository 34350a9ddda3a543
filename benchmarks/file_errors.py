"""Find the points of a list of geocoded pairs that are the list's own errors, with the evidence.

A resolver is right where its answer lies near the list's point, so an error of the list counts as the resolver's. The
resolver's own likelihood is not evidence. A point is *surely* wrong where the list contradicts itself or a second
source contradicts it:

- it lies at a place of the name in another country, or within 15 km of a place of another country and over 40 km from
  any of the country that the list names, or over 300 km from any such place;
- it lies in another part of the country than the list names (Bangor, Northern Ireland, in Wales);
- it lies over 100 km from the city that the name says it is a part of (`Mitte (Hamburg)` in Berlin);
- it is in whole degrees: the middle of a country or a region, and no town's;
- it is given for three places and more whose own places lie apart (the epicentre of an earthquake, all over Japan);
- Wikidata has the same partnership, of a town of the name that lies where the answer is, over 30 km from the point, and
  of none near the point;

and *likely* wrong where one place of 500 people alone in the country has the name, it has 5,000, and the point lies
over 60 km from it (a hamlet of the name may be meant instead), or where the point is given for a second place whose own
place lies elsewhere.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import networkx as nx

from twingraph.graph.geodesy import distance_km
from twingraph.loaders.places import Gazetteer, Resolver
from twingraph.loaders.places.model import PlaceQuery, Resolution, ResolutionStatus
from twingraph.loaders.places.namesakes import ALSO
from twingraph.loaders.places.reading import Body, bare_key, read_name
from twingraph.loaders.places.territory_index import is_overseas
from twingraph.text.folding import name_key

__all__ = ["RIGHT_KM", "Asked", "FileErrors", "Spot", "point_of", "read_places"]

RIGHT_KM = 25.0
NEAR_A_PLACE_KM = 40.0
IN_A_PLACE_KM = 15.0
AT_A_PLACE_KM = 5.0
FAR_KM = 60.0
NOT_THE_TOWN_KM = 30.0
FAR_FROM_CITY_KM = 100.0
FAR_FROM_COUNTRY_KM = 300.0
TOWN_PEOPLE = 5_000
CITY_PEOPLE = 100_000

Spot = tuple[float, float]
Asked = dict[tuple[str, str], Spot]


class Town(NamedTuple):
    """A place of 500 people and more."""

    lat: float
    lon: float
    country: str
    name: str
    region: str | None


class Around[Place: tuple[object, ...]]:
    """Places by the whole degrees of their points, which come first in each."""

    def __init__(self, places: Iterable[tuple[Spot, Place]]) -> None:
        self._cells: dict[tuple[int, int], list[tuple[Spot, Place]]] = defaultdict(list)
        for spot, place in places:
            self._cells[int(spot[0] // 1), int(spot[1] // 1)].append((spot, place))

    def near(self, spot: Spot, km: float) -> list[tuple[float, Place]]:
        """Return the places within `km` of a point, at most some 60, with their distances, the nearest first."""
        row, column = int(spot[0] // 1), int(spot[1] // 1)
        around = [found for y in (-1, 0, 1) for x in (-1, 0, 1) for found in self._cells.get((row + y, column + x), ())]
        places = ((distance_km(*spot, *there), place) for there, place in around)
        return sorted((found for found in places if found[0] <= km), key=lambda found: found[0])


def read_places(path: Path) -> Asked:
    """Return the point that the list gives each name of a country, the first where it gives several."""
    places: Asked = {}
    for one, other in _sides(path):
        places.setdefault(one[:2], one[2])
        places.setdefault(other[:2], other[2])
    return places


def _sides(path: Path) -> Iterator[tuple[tuple[str, str, Spot], tuple[str, str, Spot]]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            try:
                one, other = (
                    (row[f"city{side}"], row[f"country{side}"], (float(row[f"lat{side}"]), float(row[f"lng{side}"])))
                    for side in "12"
                )
            except ValueError:
                continue
            yield one, other


def point_of(answer: Resolution) -> Spot | None:
    """Return the point of an answer that makes a claim."""
    town = answer.place.municipality
    if answer.status is not ResolutionStatus.MATCHED:
        return None
    if town is None:
        return answer.place.point
    return None if town.lat is None or town.lon is None else (town.lat, town.lon)


class FileErrors:
    """Finds the errors of one list.

    Parameters
    ----------
    path
        The list.
    places
        Its places.
    answers
        What the resolver answers to each of them.
    gazetteer
        The open index of places.
    second
        A network of partnerships with coordinates, as GEXF, or None.
    """

    def __init__(
        self, path: Path, places: Asked, answers: list[Resolution], gazetteer: Gazetteer, *, second: Path | None
    ) -> None:
        self._resolver = Resolver(gazetteer)
        self._gazetteer = gazetteer
        self._towns = [Town(*row) for row in gazetteer.towns()]
        self._around = Around(((town.lat, town.lon), town) for town in self._towns)
        self._shared = _shared(places, answers)
        self._partners: dict[tuple[str, str], set[Spot]] = defaultdict(set)
        for one, other in _sides(path):
            self._partners[one[:2]].add(other[2])
            self._partners[other[:2]].add(one[2])
        self._second = _Second(second) if second else None

    def of(self, name: str, country: str, spot: Spot, answer: Resolution) -> tuple[str, str]:
        """Return ``surely`` or ``likely`` where a point is the list's error, with the evidence; else empty texts."""
        keys = {reading.key for reading in read_name(name)}
        sure = self._elsewhere(keys, country, spot) or self._far_from_city(name, answer, spot)
        point = point_of(answer)
        if sure or point is None:
            return ("surely", sure) if sure else ("", "")
        land = answer.place.country.id if answer.place.country else None
        region = any(self._gazetteer.region(key, land) for key in keys)
        if answer.place.municipality is not None and not region and spot[0].is_integer() and spot[1].is_integer():
            return "surely", "the point is in whole degrees: the middle of a country or a region, and no town's"
        others = _given_elsewhere(name, point, self._shared[_rounded(spot)])
        if len(others) > 1:
            return "surely", f"the same point is given for places elsewhere: {', '.join(others[:3])}"
        town = answer.place.municipality
        if self._second is not None and town is not None and distance_km(*spot, *point) > NOT_THE_TOWN_KM:
            known = {name_key(name), name_key(town.name)}
            twin = self._second.twin(known, point, spot, self._partners[name, country])
            if twin:
                far = distance_km(*spot, *point)
                return "surely", f"Wikidata has its partnership with {twin}, and the town {far:.0f} km off"
        if others:
            return "likely", f"the same point is given for a place elsewhere: {others[0]}"
        alone = "" if region else self._alone(keys, answer, spot)
        return ("likely", alone) if alone else ("", "")

    def _elsewhere(self, keys: set[str], country: str, spot: Spot) -> str:
        """Describe a point in another country or region than the list names; else return an empty text."""
        named = self._gazetteer.territory(country) if country else None
        if named is None:
            return ""
        found = self._around.near(spot, NEAR_A_PLACE_KM)
        home = {named.country, *ALSO.get(named.country, ())}
        lies = f"the point lies {found[0][0]:.0f} km from {found[0][1].name} in {found[0][1].country}" if found else ""
        if found and found[0][0] <= IN_A_PLACE_KM and not home & {town.country for _, town in found}:
            return "" if is_overseas(found[0][1].country, named.country) else lies
        abroad = [town for km, town in found if km <= AT_A_PLACE_KM and town.country not in home]
        if any(name_key(town.name) in keys for town in abroad) and found[0][1].country not in home:
            return lies
        if not found:
            least: dict[str, float] = {}
            for town in self._towns:
                least[town.country] = min(least.get(town.country, 1e9), distance_km(*spot, town.lat, town.lon))
            nearest = min(least, key=lambda code: least[code])
            far = least.get(named.country, 0.0)
            if far > FAR_FROM_COUNTRY_KM and nearest != named.country and not is_overseas(nearest, named.country):
                return f"the point lies {far:.0f} km from any place of 500 people in {named.country}"
        if named.region and found and found[0][0] <= IN_A_PLACE_KM:
            inside = [km for km, town in found if town.region == named.region]
            if (not inside or inside[0] > RIGHT_KM) and self._gazetteer.is_first_level(named.region):
                return f"{lies}, in {found[0][1].region}, and not in {named.region}"
        return ""

    def _far_from_city(self, name: str, answer: Resolution, spot: Spot) -> str:
        """Describe a point that lies far from the city which the name puts it in; else return an empty text."""
        country = answer.place.country
        parents = {r.parent for r in read_name(name) if r.body is Body.CITY_DISTRICT and r.parent} if country else ()
        if "," in name:  # mostly a state or a county
            return ""
        for parent in parents:
            found = self._resolver.resolve(PlaceQuery(name=parent, country=country.id if country else None))
            city, point = found.place.municipality, point_of(found)
            if city is None or point is None or (city.population or 0) < CITY_PEOPLE or found.confidence < 0.95:
                continue
            far = distance_km(*spot, *point)
            if far > FAR_FROM_CITY_KM:
                return f"the point lies {far:.0f} km from {city.name}, which the name says it is a part of"
        return ""

    def _alone(self, keys: set[str], answer: Resolution, spot: Spot) -> str:
        """Return in words that the one place of a name lies far from a point."""
        town, country = answer.place.municipality, answer.place.country
        if town is None or country is None or (town.population or 0) < TOWN_PEOPLE:
            return ""
        far = distance_km(*spot, town.lat or 0.0, town.lon or 0.0)
        if len({entry.pid for key in keys for entry in self._gazetteer.named(key, country.id)}) != 1 or far <= FAR_KM:
            return ""
        return f"the one place of this name in {country.name} ({town.population:,} people) is {far:.0f} km off"


def _rounded(spot: Spot) -> Spot:
    return round(spot[0], 2), round(spot[1], 2)


def _shared(places: Asked, answers: list[Resolution]) -> dict[Spot, list[tuple[str, Spot]]]:
    """Return the plain names that the list gives one point for, with the points of their answers."""
    found: dict[Spot, list[tuple[str, Spot]]] = defaultdict(list)
    for ((name, _), spot), answer in zip(places.items(), answers, strict=True):
        point = point_of(answer)
        if point is not None and all(letter.isalpha() or letter in " '’" for letter in name):
            found[_rounded(spot)].append((name, point))
    return found


def _given_elsewhere(name: str, point: Spot, others: list[tuple[str, Spot]]) -> list[str]:
    """Return the other names of a point whose own places lie apart from each other and from `point`."""
    apart: list[tuple[str, Spot]] = [(name, point)]
    for other, there in others:
        words = set(bare_key(name_key(other)).split())  # kin: Pruszcz, Pruszcz Gdański
        kin = any(words & set(bare_key(name_key(known)).split()) for known, _ in apart)
        if not kin and all(distance_km(*there, *place) > FAR_KM for _, place in apart):
            apart.append((other, there))
    return [other for other, _ in apart[1:]] if any(other == name for other, _ in others) else []


class _Second:
    """A second list of partnerships, with coordinates of its own."""

    def __init__(self, path: Path) -> None:
        network = nx.read_gexf(path)
        self._network = network.to_undirected()
        spots = {
            node: (float(data["lat"]), float(data["lon"])) for node, data in network.nodes(data=True) if "lat" in data
        }
        self._labels = {node: name_key(str(data.get("label", ""))) for node, data in network.nodes(data=True)}
        self._around = Around((spot, (node,)) for node, spot in spots.items())

    def twin(self, keys: set[str], point: Spot, spot: Spot, partners: Iterable[Spot]) -> str:
        """Return the partner that a town of these names has here too, at `point` and none near `spot`."""
        here = [node for _, (node,) in self._around.near(point, RIGHT_KM) if self._labels[node] in keys]
        there = [node for _, (node,) in self._around.near(spot, RIGHT_KM) if node not in here]
        found = ""
        for partner in sorted(partners):
            for _, (node,) in self._around.near(partner, RIGHT_KM):
                if any(self._network.has_edge(other, node) for other in there):
                    return ""
                if any(self._network.has_edge(town, node) for town in here):
                    found = found or str(self._network.nodes[node].get("label", node))
        return found
