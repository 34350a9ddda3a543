"""Who leads a network, and in which sense: municipalities, regions or countries by centrality.

Values are those of NetworkX under the names given in `MEASURES`. Ties are broken by id, so that the same network always
gives the same list; values that agree in ten digits are the same. Two rankings beside each other tell collectors (many
partners, few paths through them) from bridges (the other way round).
"""

import math
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from twingraph.errors import TwingraphError, UnknownNameError
from twingraph.queries.analyses.network import Level, Network, Units, units_of
from twingraph.queries.analyses.path_lengths import Progress, all_distances

__all__ = ["MEASURES", "Ranked", "Ranking", "betweenness", "rank", "scores"]

MEASURES = {
    "degree": "The number of different partners.",
    "pairs": "The number of pairs: of a region or a country all those of its municipalities with others.",
    "betweenness": (
        "The share of shortest paths between two others that pass through (Freeman 1977; Brandes 2001), exact:"
        " betweenness_centrality."
    ),
    "closeness": (
        "Near to many: (r / (n - 1)) (r / Σ d), r the number of others that it can reach, d the steps to each"
        " (Wasserman, Faust 1994): closeness_centrality."
    ),
    "pagerank": (
        "Where someone is found who goes from partner to partner, and with 15 % to any place, at random: pagerank."
        " Between regions and countries pairs weigh."
    ),
    "eigenvector": (
        "Partners count by their own value (Bonacich 1987), within the giant component; 0 elsewhere:"
        " eigenvector_centrality, of length 1. Between regions and countries pairs weigh."
    ),
    "core": "The largest k so that it belongs to a group in which all have at least k partners: core_number.",
    "bridging": (
        "Betweenness times (1 / d) / Σ 1 / d of its partners: passed by many paths, and between places with many"
        " partners of their own (Hwang et al. 2008)."
    ),
}
"""What each measure is, with the name of its reference in NetworkX."""

_CHUNK = 512
"""Sources of one call of igraph, which does not hear Ctrl-C: a fraction of a second."""
_DIGITS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """One line of a ranking.

    Attributes
    ----------
    rank
        From 1 on, each rank once.
    id, name, name_uk, country
        Who it is.
    value
        By the measure.
    other_value, other_rank, difference
        By the other measure, where there is one; `difference` is the other rank less this one: above 0, it stands
        higher by this measure than by the other.
    """

    rank: int
    id: str
    name: str
    name_uk: str
    country: str | None
    value: float
    other_value: float | None = None
    other_rank: int | None = None
    difference: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """All units of a network in order.

    Attributes
    ----------
    by, against, of
        What was asked for.
    rows
        In the order of `by`; with `against`, the largest difference first, upwards and downwards alike.
    left_out
        Pairs that could not count, because nobody knows the region or the country of an end.
    """

    by: str
    against: str | None
    of: Level
    rows: tuple[Ranked, ...]
    left_out: int = 0


def rank(
    network: Network, *, by: str = "degree", of: Level = "municipalities", against: str | None = None,
    progress: Progress | None = None,
) -> Ranking:  # fmt: skip
    """Rank municipalities, regions or countries.

    Parameters
    ----------
    network
        The network.
    by
        One of `MEASURES`.
    of
        What is ranked; see :func:`twingraph.queries.analyses.network.units_of`.
    against
        Another measure to compare the ranks with.
    progress
        Called with the name of a stage and the share of it that is done, 0 to 1.

    Raises
    ------
    twingraph.errors.UnknownNameError
        There is no such measure or level; the nearest are offered.
    twingraph.errors.TwingraphError
        The network holds no pair.
    """
    for each in filter(None, (by, against)):
        if each not in MEASURES:
            raise UnknownNameError("measure", each, list(MEASURES), f"There are: {', '.join(MEASURES)}.")
    units = units_of(network, of)
    if not units.weights:
        raise TwingraphError(
            f"No two {of} here are partners, so there is nothing to rank.",
            "Choose a larger scope, or fewer conditions. See what there is: twingraph stats.",
        )
    values = scores(units, by, progress=progress)
    places = _places(values)
    other_values = scores(units, against, progress=progress) if against else None
    other_places = _places(other_values) if other_values else None
    rows = [
        Ranked(
            rank=place,
            id=units.ids[number],
            name=units.names[number],
            name_uk=units.names_uk[number],
            country=units.countries[number],
            value=values[number],
            other_value=other_values[number] if other_values else None,
            other_rank=other_places[number] if other_places else None,
            difference=other_places[number] - place if other_places else None,
        )
        for number, place in enumerate(places)
    ]
    rows.sort(key=lambda row: (-abs(row.difference or 0), row.rank))
    return Ranking(by=by, against=against, of=of, rows=tuple(rows), left_out=units.left_out)


def scores(units: Units, by: str, *, progress: Progress | None = None) -> list[float]:
    """Return the value of each unit by one of `MEASURES`, in the order of `units`."""
    return _SCORES[by](units, progress)


def betweenness(units: Units, *, progress: Progress | None = None) -> list[float]:
    """Return the exact betweenness of each unit as a share of all pairs of others, 0 to 1.

    Computed by igraph, a few hundred sources at once, so that progress is told and Ctrl-C is heard between them. From a
    unit with one partner all paths lead through that partner, so that its search need not be made: the partner's counts
    once more for it. On the pairs of Wikipedia this spares half of the searches.
    """
    graph, size = units.graph, len(units)
    degrees = units.degrees
    partner_of = {a: b for pair in units.weights for a, b in (pair, pair[::-1]) if degrees[a] == 1}
    hanging = Counter(partner_of.values())
    sources: dict[int, list[int]] = {}
    for number, degree in enumerate(degrees):
        if degree > 1:
            sources.setdefault(1 + hanging[number], []).append(number)
    total = np.zeros(size)
    done, needed = 0, sum(map(len, sources.values()))
    for times, group in sorted(sources.items()):
        for first in range(0, len(group), _CHUNK):
            chunk = group[first : first + _CHUNK]
            total += times * np.array(graph.betweenness(directed=False, sources=chunk))
            done += len(chunk)
            if progress:
                progress("Betweenness", done / needed)
    components = graph.connected_components()
    for number, many in hanging.items():
        total[number] += many * (components.size(components.membership[number]) - 2) / 2
    others = (size - 1) * (size - 2) / 2
    found: list[float] = (total / others).tolist() if others > 0 else [0.0] * size
    return found


def _degree(units: Units, _progress: Progress | None) -> list[float]:
    return list(units.degrees)


def _pairs(units: Units, _progress: Progress | None) -> list[float]:
    found: list[float] = [0] * len(units)
    for pair, many in units.weights.items():
        for end in pair:
            found[end] += many
    return found


def _betweenness(units: Units, progress: Progress | None) -> list[float]:
    return betweenness(units, progress=progress)


def _closeness(units: Units, progress: Progress | None) -> list[float]:
    found = all_distances(len(units), units.pairs, progress=progress)
    return [
        reached * reached / far / (len(units) - 1) if far else 0.0
        for reached, far in zip(found.reached, found.farness, strict=True)
    ]


def _pagerank(units: Units, _progress: Progress | None) -> list[float]:
    found: list[float] = units.graph.pagerank(directed=False, damping=0.85, weights="weight")
    return found


def _eigenvector(units: Units, _progress: Progress | None) -> list[float]:
    graph = units.graph
    component = max(graph.connected_components(), key=len)
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", RuntimeWarning
        )  # far from the centre of a large network values near 0 are right
        inside = graph.subgraph(component).eigenvector_centrality(weights="weight")
    length = math.sqrt(math.fsum(value * value for value in inside))
    found = [0.0] * len(units)
    for number, value in zip(component, inside, strict=True):
        found[number] = value / length
    return found


def _core(units: Units, _progress: Progress | None) -> list[float]:
    found: list[float] = units.graph.coreness()
    return found


def _bridging(units: Units, progress: Progress | None) -> list[float]:
    degrees = units.degrees
    around = [0.0] * len(units)
    for a, b in units.weights:
        around[a] += 1 / degrees[b]
        around[b] += 1 / degrees[a]
    return [
        value / degree / others if degree else 0.0
        for value, degree, others in zip(betweenness(units, progress=progress), degrees, around, strict=True)
    ]


_SCORES: dict[str, Callable[[Units, Progress | None], list[float]]] = {
    "degree": _degree,
    "pairs": _pairs,
    "betweenness": _betweenness,
    "closeness": _closeness,
    "pagerank": _pagerank,
    "eigenvector": _eigenvector,
    "core": _core,
    "bridging": _bridging,
}


def _places(values: Sequence[float]) -> list[int]:
    """Return the rank of each value: the largest first, equal ones by position, and so by id."""
    order = sorted(range(len(values)), key=lambda number: (-float(f"{values[number]:.{_DIGITS}g}"), number))
    places = [0] * len(values)
    for place, number in enumerate(order, 1):
        places[number] = place
    return places
