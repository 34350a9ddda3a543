"""The positions of places on the map and in the network, and what the first view shows."""

import math
from collections.abc import Iterable, Mapping, Sequence

import igraph

from twingraph.graph.model import Label, Municipality, Region
from twingraph.maps.layers import ends_of_records
from twingraph.maps.outlines import middle_of_area
from twingraph.maps.projection import LonLat, distance_km, middle
from twingraph.queries.scope import Subgraph

LEAST_SHARE = 0.6
"""The first view shows at least this share of the partners; chosen by hand."""
COST_OF_WIDTH = 0.12
"""The cost of a wider view, chosen by hand: 0 shows all partners, 1 only the nearest. At 0.12 the partners of a
Ukrainian oblast from Norway to Georgia are shown, and three in America are named at the edge."""


STEP_KM = 130.0
"""The distance between partners in the network layout, in the units of the map: both layouts share their zoom."""


def place_positions(subgraph: Subgraph) -> dict[str, LonLat]:
    """Return the position of each place, by id; a place without a known position is absent.

    A municipality is at its coordinates, a metropolis in the middle of its members. A region or a country at the
    end of a partnership or a record is at the region's point, else in the middle of its largest area.
    """
    found = _points(subgraph.municipalities)
    of_regions = _points(subgraph.regions)
    members: dict[str, list[LonLat]] = {}
    for membership in subgraph.memberships:
        if membership.start.id in found:
            members.setdefault(membership.end.id, []).append(found[membership.start.id])
    for id_, points in members.items():
        centre = middle(points)
        if centre is not None:
            found[id_] = centre
    for ref in sorted(ends_of_records(subgraph)):
        if ref.label in {Label.COUNTRY, Label.REGION}:
            centre = of_regions.get(ref.id) or middle_of_area(ref.id)
            if centre is not None:
                found[ref.id] = centre
    return found


def _points(places: Iterable[Municipality | Region]) -> dict[str, LonLat]:
    return {
        place.id: LonLat(place.lon, place.lat)
        for place in places
        if place.lat is not None and place.lon is not None and abs(place.lat) <= 90 and abs(place.lon) <= 180
    }


def core_places(home: Iterable[str], ties: Sequence[tuple[str, str]], positions: Mapping[str, LonLat]) -> list[str]:
    """Return the ids of the places that the first view shows: home, and the partners that do not stretch it too far.

    Partners are taken in order of their distance from the middle of home, until one more would cost more width than
    it is worth: the share of partners shown, divided by a small power of the distance, is at its best.

    Parameters
    ----------
    home
        Ids of the places that the map is about; none for a map of the whole network.
    ties
        Pairs of ids.
    positions
        The positions of the places.
    """
    tied = {id_ for pair in ties for id_ in pair}
    at_home = sorted(id_ for id_ in home if id_ in positions)
    centre = (
        middle(positions[id_] for id_ in at_home if id_ in tied)
        or middle(positions[id_] for id_ in at_home)
        or middle(positions[id_] for id_ in sorted(tied) if id_ in positions)
    )
    if centre is None:
        return sorted(positions)
    partners = sorted(
        ((distance_km(centre, positions[id_]), id_) for id_ in tied.difference(at_home) if id_ in positions),
    )
    best, best_worth = len(partners), 0.0
    for count in range(1, len(partners) + 1):
        share = count / len(partners)
        worth = share / max(partners[count - 1][0], 100.0) ** COST_OF_WIDTH
        if share >= LEAST_SHARE and worth > best_worth:
            best, best_worth = count, worth
    return sorted({*at_home, *(id_ for _distance, id_ in partners[:best])})


def network_positions(count: int, pairs: Sequence[tuple[int, int]]) -> list[tuple[float, float] | None]:
    """Lay out a network: its connected parts one by one, then set in rows, the largest first.

    Kamada and Kawai's springs for parts of up to 300 places, Fruchterman and Reingold's forces for larger ones, both
    started from a circle in the order of the numbers: the same network gives the same picture.

    Parameters
    ----------
    count
        How many places there are.
    pairs
        Numbers of the places of each tie; a pair may occur more than once.

    Returns
    -------
    list of tuple
        x and y of each place; ``None`` for one without a tie.
    """
    simple = sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})
    graph = igraph.Graph(n=count, edges=simple)
    spots: list[tuple[float, float] | None] = [None] * count
    parts = sorted(
        (part for part in graph.connected_components() if len(part) > 1), key=lambda part: (-len(part), part)
    )
    settled = [(part, _settle(graph.induced_subgraph(part))) for part in parts]
    width = 1.25 * math.sqrt(sum((_span(spots, 0) + 1.6) * (_span(spots, 1) + 1.6) for _part, spots in settled)) or 1.0
    x = y = row = 0.0
    for part, places in settled:
        wide, high = _span(places, 0) + 1.6, _span(places, 1) + 1.6
        if x and x + wide > width:
            x, y, row = 0.0, y + row, 0.0
        left, top = min(place[0] for place in places), min(place[1] for place in places)
        for number, place in zip(part, places, strict=True):
            spots[number] = (
                round((x + place[0] - left) * STEP_KM, 1),
                round((y + place[1] - top) * STEP_KM, 1),
            )
        x, row = x + wide, max(row, high)
    return spots


def _settle(part: igraph.Graph) -> list[tuple[float, float]]:
    """Lay one connected part out, with about 1 between partners."""
    circle = part.layout_circle()
    size = part.vcount()
    if size <= 300:
        layout = part.layout_kamada_kawai(seed=circle, maxiter=60 * size)
    else:
        layout = part.layout_fruchterman_reingold(
            seed=circle, niter=max(60, 400_000 // size), grid="nogrid" if size < 1200 else "grid"
        )
    places = [(float(x), float(y)) for x, y in layout.coords]
    lengths = sorted(math.dist(places[a], places[b]) for a, b in part.get_edgelist())
    unit = lengths[len(lengths) // 2] or 1.0
    return [(x / unit, y / unit) for x, y in places]


def _span(places: Sequence[tuple[float, float]], axis: int) -> float:
    return max(place[axis] for place in places) - min(place[axis] for place in places)
