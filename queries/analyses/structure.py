"""What a network is like as a whole: every measure with its name and its definition beside it.

The definitions are those of KONECT (J. Kunegis, *Handbook of Network Analysis*) where it has the measure, so that a
network measured there can be compared; where NetworkX has it too, the two agree. The fields of :class:`Structure` carry
titles and definitions as metadata: the command line and the docs print them from there.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np

from twingraph.queries.analyses.degrees import edge_entropy, fit_tail, gini, plain_exponent
from twingraph.queries.analyses.distances import Tell, all_distances
from twingraph.queries.analyses.network import Network
from twingraph.queries.analyses.patterns import squares, stars

__all__ = ["GROUPS", "Definition", "Structure", "definitions", "measure"]

GROUPS = {
    "size": ("Size", "Розмір"),
    "degrees": ("Partners of a place", "Партнери одного місця"),
    "patterns": ("Patterns", "Візерунки"),
    "mixing": ("Who is paired with whom", "Хто з ким"),
    "distances": ("Distances in steps, in the giant component", "Відстані в кроках у найбільшій компоненті"),
}
"""The groups of measures, with their titles in English and Ukrainian."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What one measure is.

    Attributes
    ----------
    name
        The stable name: the field of :class:`Structure` and the key in JSON.
    group
        A key of `GROUPS`.
    title, title_uk
        What it is called.
    text
        How it is defined, in words and a formula.
    """

    name: str
    group: str
    title: str
    title_uk: str
    text: str


def _said(group: str, title: str, title_uk: str, text: str) -> Any:
    return field(metadata={"group": group, "title": title, "title_uk": title_uk, "text": text})


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """The measures of one network; ``None`` where a measure is not defined for it. See :func:`definitions`."""

    places: int = _said(
        "size", "places", "місця", "n: municipalities and other bodies at an end of a partnership that counts."
    )
    pairs: int = _said(
        "size", "pairs", "пари", "m: two different places with at least one partnership, however many kinds."
    )
    partnerships: int = _said("size", "partnerships", "партнерства", "One pair of places and one kind.")
    loops: int = _said(
        "size", "loops", "петлі", "l: places said to be their own partner. No other measure counts them."
    )
    density: float | None = _said(
        "size", "density", "щільність", "p = 2m / (n(n - 1)): the share of all possible pairs that exist."
    )
    components: int = _said(
        "size", "components", "компоненти", "Groups of places joined by paths, with no path from one group to another."
    )
    giant: int = _said("size", "giant component", "найбільша компонента", "N: places in the largest component.")
    giant_share: float | None = _said(
        "size", "giant component, share", "найбільша компонента, частка", "N / n: its share of all places."
    )
    mean_degree: float | None = _said(
        "degrees", "partners on average", "партнерів у середньому", "d = 2m / n: different partners of a place."
    )
    max_degree: int = _said("degrees", "most partners", "найбільше партнерів", "The largest degree.")
    gini: float | None = _said(
        "degrees",
        "Gini coefficient",
        "коефіцієнт Джині",
        "G = 2 Σ i d_i / (n Σ d_i) - (n + 1) / n over the degrees above 0 in rising order: 0 where all places have"
        " equally many partners, near 1 where one has all.",
    )
    edge_entropy: float | None = _said(
        "degrees",
        "edge entropy",
        "ентропія зв’язків",
        "H_er = -Σ (d / 2m) ln(d / 2m) / ln n: relative edge distribution entropy, 1 where all degrees are equal.",
    )
    power_law: float | None = _said(
        "degrees",
        "power-law exponent",
        "показник степеневого закону",
        "γ = 1 + n / Σ ln(d / d_min) over all degrees above 0, d_min the smallest (Newman 2005, eq. 5).",
    )
    tail_exponent: float | None = _said(
        "degrees",
        "tail power-law exponent",
        "показник хвоста",
        "γ_t: the likeliest exponent (to two digits) of a power law for whole numbers over the degrees of the tail; the"
        " tail begins where the law fits best (Clauset, Shalizi, Newman 2009).",
    )
    tail_first: int | None = _said(
        "degrees", "tail begins at", "хвіст починається від", "The smallest degree in that tail."
    )
    tail_places: int | None = _said("degrees", "places in the tail", "місць у хвості", "Places with such a degree.")
    tail_distance: float | None = _said(
        "degrees",
        "tail misfit",
        "відхилення хвоста",
        "Kolmogorov–Smirnov: the largest difference between the shares of places up to a degree in the tail and under"
        " the law.",
    )
    tail_p: float | None = _said(
        "degrees",
        "tail p-value",
        "p-значення хвоста",
        "The share of sets of degrees drawn from the law whose own best fit is no better than this one. Below 0.1 the"
        " degrees do not follow a power law.",
    )
    wedges: int = _said("patterns", "wedges", "кути", "s = Σ d(d - 1) / 2: a place with two of its partners.")
    claws: int = _said(
        "patterns", "claws", "трійні зірки", "z = Σ d(d - 1)(d - 2) / 6: a place with three of its partners."
    )
    crosses: int = _said("patterns", "crosses", "хрести", "x: a place with four of its partners.")
    triangles: int = _said("patterns", "triangles", "трикутники", "t: three places, each two of them partners.")
    squares: int = _said(
        "patterns",
        "squares",
        "чотирикутники",
        "q: rings of four places, whether or not opposite ones are partners too.",
    )
    tours: int = _said(
        "patterns",
        "4-tours",
        "4-обходи",
        "T4 = 8q + 4s + 2m: closed walks of four steps, from each start and each way.",
    )
    transitivity: float | None = _said(
        "patterns",
        "transitivity",
        "транзитивність",
        "c = 3t / s: the share of wedges that are closed to a triangle. KONECT calls it the clustering coefficient.",
    )
    mean_local_clustering: float | None = _said(
        "patterns",
        "mean local clustering",
        "середня локальна кластеризація",
        "c2: for each place the share of pairs of its partners that are partners too, 0 with fewer than two; the mean"
        " over all places (Watts, Strogatz 1998).",
    )
    degree_assortativity: float | None = _said(
        "mixing",
        "assortativity by degree",
        "асортативність за ступенем",
        "ρ: Pearson's correlation of the degrees at the two ends of a pair. Above 0, places with many partners have"
        " partners with many.",
    )
    population_assortativity: float | None = _said(
        "mixing",
        "assortativity by population",
        "асортативність за населенням",
        "Pearson's correlation of ln(population) at the two ends, over the pairs that have both.",
    )
    population_pairs: int = _said(
        "mixing", "pairs with both populations", "пари з відомим населенням", "What the line above rests on."
    )
    country_assortativity: float | None = _said(
        "mixing",
        "assortativity by country",
        "асортативність за країною",
        "r = (Σ e_ii - Σ a_i²) / (1 - Σ a_i²), e_ij the share of pairs that join the countries i and j (Newman 2003): 1"
        " where all pairs are domestic, below 0 where fewer are than by chance. Over pairs with both countries known.",
    )
    country_pairs: int = _said(
        "mixing", "pairs with both countries", "пари з відомими країнами", "What the lines above and below rest on."
    )
    domestic_share: float | None = _said(
        "mixing",
        "domestic share",
        "частка внутрішніх",
        "The share of pairs with both places in one country, over the pairs with both countries known.",
    )
    reciprocity: float | None = _said(
        "mixing",
        "reciprocity",
        "взаємність",
        "y: where a source tells whose own statement a pair is, the share of these statements that the partner's own"
        " answers. Not defined for sources that only list pairs.",
    )
    diameter: int | None = _said(
        "distances", "diameter", "діаметр", "δ: the largest distance, exact; the distance is the least number of steps."
    )
    radius: int | None = _said(
        "distances", "radius", "радіус", "r: the distance from the most central place to the one farthest from it."
    )
    mean_distance: float | None = _said(
        "distances",
        "mean distance",
        "середня відстань",
        "The mean over all pairs of different places, as NetworkX has it (average_shortest_path_length).",
    )
    mean_distance_konect: float | None = _said(
        "distances",
        "mean distance, with itself",
        "середня відстань, із самим собою",
        "δ_m = Σ d(u, v) / N²: KONECT's mean, over all pairs and the distance 0 from each place to itself.",
    )
    median_distance: int | None = _said(
        "distances",
        "median distance",
        "медіанна відстань",
        "δ_M: the least number of steps within which lie more than half of the pairs, those of a place with itself"
        " included (KONECT).",
    )
    effective_diameter_50: float | None = _said(
        "distances",
        "50-percentile effective diameter",
        "ефективний діаметр, 50 %",
        "δ_0.5: the steps within which 50 % of the pairs lie, those of a place with itself included, with linear"
        " interpolation between whole steps (KONECT).",
    )
    effective_diameter_90: float | None = _said(
        "distances",
        "90-percentile effective diameter",
        "ефективний діаметр, 90 %",
        "δ_0.9: the same for 90 %.",
    )
    degree_counts: tuple[tuple[int, int], ...] = ()
    distance_counts: tuple[tuple[int, int], ...] = ()


def definitions() -> tuple[Definition, ...]:
    """Return what each measure is, in the order in which they are shown."""
    return tuple(Definition(name=each.name, **each.metadata) for each in fields(Structure) if each.metadata)


def measure(network: Network, *, rounds: int = 1000, seed: int = 1, tell: Tell | None = None) -> Structure:
    """Take every measure of a network, all exactly.

    Parameters
    ----------
    network
        The network; an empty one and one place alone have their measures too, most of them ``None``.
    rounds
        How many sets of degrees are drawn for the p-value of the power law; 0 leaves it out.
    seed
        The same seed gives the same p-value.
    tell
        Is told how far the work has come.

    Returns
    -------
    Structure
        Beside the measures, `degree_counts` is how many places have each degree, `distance_counts` how many unordered
        pairs of the giant component are each number of steps apart.
    """
    graph, degrees, pairs, size = network.graph, network.degrees, network.pairs, len(network)
    members = _giant(graph.connected_components().membership)
    inside = {place: number for number, place in enumerate(members)}
    within = [(inside[a], inside[b]) for a, b in pairs if a in inside]
    distances = all_distances(len(members), within, tell=tell)
    hops = _hops(len(members), distances.histogram)
    tail = fit_tail(degrees, rounds=rounds, seed=seed, tell=tell)
    wedges = stars(degrees, 2)
    closed = graph.transitivity_undirected(mode="zero") if wedges else 0.0
    triangles = round(closed * wedges / 3)
    squared = squares(size, pairs, tell=tell)
    far = sum(steps * count for steps, count in enumerate(distances.histogram))
    count = len(members)
    populations = [math.log(place.population) if place.population else None for place in network.places]
    countries = [place.country for place in network.places]
    known = [(countries[a], countries[b]) for a, b in pairs if countries[a] and countries[b]]
    return Structure(
        places=size,
        pairs=len(pairs),
        partnerships=len(network.ties),
        loops=len(network.loops),
        density=_share(2 * len(pairs), size * (size - 1)),
        components=len(graph.connected_components()),
        giant=count,
        giant_share=_share(count, size),
        mean_degree=_share(2 * len(pairs), size),
        max_degree=max(degrees, default=0),
        gini=gini(degrees),
        edge_entropy=edge_entropy(degrees),
        power_law=plain_exponent(degrees),
        tail_exponent=tail.exponent if tail else None,
        tail_first=tail.first if tail else None,
        tail_places=tail.places if tail else None,
        tail_distance=tail.distance if tail else None,
        tail_p=tail.p if tail else None,
        wedges=wedges,
        claws=stars(degrees, 3),
        crosses=stars(degrees, 4),
        triangles=triangles,
        squares=squared,
        tours=8 * squared + 4 * wedges + 2 * len(pairs),
        transitivity=_share(3 * triangles, wedges),
        mean_local_clustering=graph.transitivity_avglocal_undirected(mode="zero") if size else None,
        degree_assortativity=_correlation([(degrees[a], degrees[b]) for a, b in pairs]),
        population_assortativity=_correlation(_both(populations, pairs)),
        population_pairs=len(_both(populations, pairs)),
        country_assortativity=_mixing(known),
        country_pairs=len(known),
        domestic_share=_share(sum(one == other for one, other in known), len(known)),
        reciprocity=_reciprocity(network),
        diameter=max(distances.eccentricity) if count > 1 else None,
        radius=min(distances.eccentricity) if count > 1 else None,
        mean_distance=_share(far, count * (count - 1)),
        mean_distance_konect=_share(far, count * count) if count > 1 else None,
        median_distance=_median(hops) if count > 1 else None,
        effective_diameter_50=_effective(hops, 0.5) if count > 1 else None,
        effective_diameter_90=_effective(hops, 0.9) if count > 1 else None,
        degree_counts=tuple(sorted(Counter(degrees).items())),
        distance_counts=tuple((steps, many // 2) for steps, many in enumerate(distances.histogram) if steps),
    )


def _reciprocity(network: Network) -> float | None:
    arcs = {
        (sayer, tie.end if sayer == tie.start else tie.start)
        for tie in network.ties
        for sayer in tie.said_by
        if tie.start != tie.end
    }
    return _share(sum((other, sayer) in arcs for sayer, other in arcs), len(arcs))


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _giant(membership: Sequence[int]) -> list[int]:
    """Return the positions of the largest component; of equally large ones, that with the first place."""
    if not membership:
        return []
    largest = Counter(membership).most_common(1)[0][0]
    return [place for place, component in enumerate(membership) if component == largest]


def _hops(size: int, histogram: Iterable[int]) -> list[int]:
    """Return how many ordered pairs are at most so many steps apart, from 0 steps, each place with itself, on."""
    return np.cumsum([size, *list(histogram)[1:]]).tolist()


def _effective(hops: Sequence[int], share: float) -> float:
    amount = share * hops[-1]
    if amount < hops[0]:
        return 0.0
    steps = next(steps for steps, many in enumerate(hops) if many > amount) - 1
    return steps + (amount - hops[steps]) / (hops[steps + 1] - hops[steps])


def _median(hops: Sequence[int]) -> int:
    return sum(2 * many <= hops[-1] for many in hops)


def _both[T](values: Sequence[T | None], pairs: Sequence[tuple[int, int]]) -> list[tuple[T, T]]:
    found = ((values[a], values[b]) for a, b in pairs)
    return [(one, other) for one, other in found if one is not None and other is not None]


def _correlation(ends: Sequence[tuple[float, float]]) -> float | None:
    """Return Pearson's correlation over both directions of every pair; ``None`` where all values are equal."""
    if not ends:
        return None
    one = np.array(ends, dtype=np.float64)
    both = np.concatenate([one, one[:, ::-1]])
    centred = both - both[:, 0].mean()
    spread = float((centred[:, 0] ** 2).sum())
    if spread <= 1e-12 * float((both[:, 0] ** 2).sum()):
        return None
    return float((centred[:, 0] * centred[:, 1]).sum() / spread)


def _mixing(ends: Sequence[tuple[str | None, str | None]]) -> float | None:
    """Return Newman's assortativity by a property that is no number; ``None`` where all have the same."""
    if not ends:
        return None
    total = 2 * len(ends)
    shares = Counter(end for pair in ends for end in pair)
    chance = sum((many / total) ** 2 for many in shares.values())
    same = sum(one == other for one, other in ends) / len(ends)
    return (same - chance) / (1 - chance) if len(shares) > 1 else None
