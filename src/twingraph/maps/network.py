"""The second layout: a network where partners stand near each other, computed here and settled when the page opens."""

import math
from collections.abc import Sequence

import igraph

__all__ = ["network_positions"]

STEP_KM = 130.0
"""How far partners stand from each other, in the units of the map, so that both layouts share their zoom."""


def network_positions(count: int, pairs: Sequence[tuple[int, int]]) -> list[tuple[float, float] | None]:
    """Return where each place stands: connected parts settled one by one, then set in rows, the largest first.

    Kamada and Kawai's springs for parts of up to 300 places, Fruchterman and Reingold's forces for larger ones, both
    begun from a circle in the order of the numbers: the same network gives the same picture.

    Parameters
    ----------
    count
        How many places there are.
    pairs
        Numbers of the places of each tie; a pair may stand there more than once.

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
