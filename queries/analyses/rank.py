"""Rank municipalities, regions or countries by centrality.

Values are those of NetworkX, whose function each definition names. Equal values are ordered by id; values that agree in
ten digits are equal. Regions and countries are connected by their number of pairs, which is the weight where a measure
uses one; municipalities have no weights. Comparing two rankings separates collectors (many partners, few paths through
them) from bridges (few partners, many paths).
"""

import math
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twingraph.errors import TwingraphError, UnknownNameError
from twingraph.queries.analyses.measures import Measure
from twingraph.queries.analyses.network import Level, Network, Units, units_of

if TYPE_CHECKING:
    from twingraph.queries.analyses.path_lengths import Progress

__all__ = ["MEASURES", "Ranked", "Ranking", "betweenness", "rank", "scores"]

_CHUNK = 512
"""Sources in one call of igraph, which does not react to Ctrl-C: a fraction of a second (measured)."""
_DIGITS = 10
"""Significant digits compared (chosen by hand)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """One line of a ranking.

    Attributes
    ----------
    rank
        From 1, each rank once.
    id, name, name_uk, country
        The unit.
    value
        Its value.
    other_value, other_rank, difference
        The same by the other measure, if there is one. `difference` is the other rank minus this one: above 0, the unit
        ranks higher by this measure.
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
        The arguments.
    rows
        By rank; with `against`, by absolute difference, the largest first.
    left_out
        The number of pairs ignored because the region or country of a place is unknown.
    """

    by: str
    against: str | None
    of: Level
    rows: tuple[Ranked, ...]
    left_out: int = 0


def rank(
    network: Network, *, by: str = "degree", of: Level = "municipalities", against: str | None = None,
    progress: "Progress | None" = None,
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
        The measure or level is unknown; similar names are suggested.
    twingraph.errors.TwingraphError
        The network has no pair.
    """
    for each in filter(None, (by, against)):
        if each not in MEASURES:
            raise UnknownNameError("measure", each, list(MEASURES), f"Known measures: {', '.join(MEASURES)}.")
    units = units_of(network, of)
    if not units.weights:
        raise TwingraphError(
            f"No two {of} in this network are partners, so there is nothing to rank.",
            "Choose a larger scope or fewer filters. Check the network: twingraph stats.",
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


def scores(units: Units, by: str, *, progress: "Progress | None" = None) -> list[float]:
    """Return the value of each unit by one of `MEASURES`, in the order of `units`."""
    found: list[float] = MEASURES[by].compute(units, progress)
    return found


def betweenness(units: Units, progress: "Progress | None" = None) -> list[float]:
    """Return the exact betweenness of each unit as a share of all pairs of others, 0 to 1.

    Notes
    -----
    All paths from a unit with one partner lead through that partner, so the partner's search counts once more instead.
    On the pairs of Wikipedia this saves half of the searches. Between calls of igraph, each for a few hundred sources,
    progress is reported and Ctrl-C is handled.
    """
    import numpy as np  # noqa: PLC0415 - the command reads MEASURES for its help and must stay quick

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


def _pairs(units: Units, _progress: "Progress | None") -> list[float]:
    found: list[float] = [0] * len(units)
    for pair, many in units.weights.items():
        for end in pair:
            found[end] += many
    return found


def _closeness(units: Units, progress: "Progress | None") -> list[float]:
    from twingraph.queries.analyses.path_lengths import all_distances  # noqa: PLC0415 - it imports numpy

    found = all_distances(len(units), units.pairs, progress=progress)
    return [
        reached * reached / far / (len(units) - 1) if far else 0.0
        for reached, far in zip(found.reached, found.farness, strict=True)
    ]


def _eigenvector(units: Units, _progress: "Progress | None") -> list[float]:
    graph = units.graph
    component = max(graph.connected_components(), key=len)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # values near 0 are right far from the centre
        inside = graph.subgraph(component).eigenvector_centrality(weights="weight")
    length = math.sqrt(math.fsum(value * value for value in inside))
    found = [0.0] * len(units)
    for number, value in zip(component, inside, strict=True):
        found[number] = value / length
    return found


def _bridging(units: Units, progress: "Progress | None") -> list[float]:
    degrees = units.degrees
    around = [0.0] * len(units)
    for a, b in units.weights:
        around[a] += 1 / degrees[b]
        around[b] += 1 / degrees[a]
    return [
        value / degree / others if degree else 0.0
        for value, degree, others in zip(betweenness(units, progress), degrees, around, strict=True)
    ]


MEASURES = {
    each.name: each
    for each in (
        Measure(
            name="degree",
            title="number of partners",
            title_uk="кількість партнерів",
            definition="The number of different partners.",
            definition_uk="Кількість різних партнерів.",
            compute=lambda units, _progress: list(units.degrees),
        ),
        Measure(
            name="pairs",
            title="number of pairs",
            title_uk="кількість пар",
            definition="The number of pairs; for a region or country, pairs of its municipalities with others.",
            definition_uk="Кількість пар; для регіону чи країни — пар їхніх громад з іншими.",
            compute=_pairs,
        ),
        Measure(
            name="betweenness",
            title="betweenness",
            title_uk="посередництво",
            definition="The share of shortest paths between two others that pass through it, exact (Freeman 1977;"
            " Brandes 2001): betweenness_centrality.",
            definition_uk="Частка найкоротших шляхів між двома іншими, що проходять через це місце; точне значення.",
            compute=betweenness,
        ),
        Measure(
            name="closeness",
            title="closeness",
            title_uk="близькість",
            definition="(r / (n - 1)) (r / Σ d), r the number of others that it can reach, d the distance to each"
            " (Wasserman, Faust 1994): closeness_centrality.",
            definition_uk="(r / (n - 1)) (r / Σ d), де r — кількість досяжних місць, d — відстань до кожного.",
            compute=_closeness,
        ),
        Measure(
            name="pagerank",
            title="PageRank",
            title_uk="PageRank",
            definition="The probability that a random walk from partner to partner is here, if it jumps to any place"
            " with probability 15 %: pagerank. Between regions and countries it is weighted by pairs.",
            definition_uk="Імовірність, з якою тут опиниться випадкове блукання від партнера до партнера, що в 15 %"
            " випадків переходить будь-куди.",
            compute=lambda units, _progress: units.graph.pagerank(directed=False, damping=0.85, weights="weight"),
        ),
        Measure(
            name="eigenvector",
            title="eigenvector centrality",
            title_uk="центральність за власним вектором",
            definition="Partners count by their own value (Bonacich 1987), within the giant component, 0 elsewhere; the"
            " vector has length 1: eigenvector_centrality. Between regions and countries it is weighted by pairs.",
            definition_uk="Партнери важать за власним значенням; обчислено в найбільшій компоненті, поза нею 0.",
            compute=_eigenvector,
        ),
        Measure(
            name="core",
            title="core number",
            title_uk="номер ядра",
            definition="The largest k for which it is in a group whose members all have k or more partners in the"
            " group: core_number.",
            definition_uk="Найбільше k, за якого місце належить до групи, де кожен має в ній щонайменше k партнерів.",
            compute=lambda units, _progress: units.graph.coreness(),
        ),
        Measure(
            name="bridging",
            title="bridging",
            title_uk="мостова роль",
            definition="Betweenness times (1 / d) / Σ (1 / d of each partner): many paths pass through it, and it lies"
            " between places with many partners (Hwang et al. 2008).",
            definition_uk="Посередництво, помножене на (1 / d) / Σ (1 / d кожного партнера).",
            compute=_bridging,
        ),
    )
}
"""The measures by name; `compute` takes units and a progress callback."""


def _places(values: Sequence[float]) -> list[int]:
    """Return the rank of each value: the largest first, equal ones by position, and so by id."""
    order = sorted(range(len(values)), key=lambda number: (-float(f"{values[number]:.{_DIGITS}g}"), number))
    places = [0] * len(values)
    for place, number in enumerate(order, 1):
        places[number] = place
    return places
