"""Measures of a network as a whole, each declared once: name, titles, definition and function.

Definitions follow KONECT (J. Kunegis, *Handbook of Network Analysis*) where it has the measure, so that results can be
compared with networks measured there. Where NetworkX has the measure too, the values agree. All values are exact. Loops
count in no measure but `loops`; a partnership has no weight. Distances are those of the giant component.
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from twingraph.queries.analyses import formulas
from twingraph.queries.analyses.formulas import PowerLaw
from twingraph.queries.analyses.measures import Measure
from twingraph.queries.analyses.network import Network
from twingraph.queries.analyses.path_lengths import (
    Distances,
    Progress,
    all_distances,
    effective_diameter,
    median_distance,
    within_steps,
)  # fmt: skip

__all__ = ["GROUPS", "Structure", "measure", "network_measures"]

GROUPS = {
    "size": ("Size", "Розмір"),
    "degrees": ("Partners per place", "Партнери одного місця"),
    "patterns": ("Patterns", "Візерунки"),
    "mixing": ("Who partners with whom", "Хто з ким"),
    "distances": ("Distances in steps, in the giant component", "Відстані в кроках у найбільшій компоненті"),
}
"""The groups of measures, with their titles in English and Ukrainian."""


class _Facts:
    """A network with the intermediate results that several measures share, each computed once."""

    def __init__(self, network: Network, rounds: int, seed: int, progress: Progress | None) -> None:
        self.network = network
        self.rounds, self.seed, self.progress = rounds, seed, progress
        self.graph, self.degrees, self.pairs = network.graph, network.degrees, network.pairs
        self.n, self.m = len(network), len(network.pairs)
        self.membership: list[int] = self.graph.connected_components().membership
        self.giant = _giant(self.membership)

    @cached_property
    def distances(self) -> Distances:
        inside = {place: number for number, place in enumerate(self.giant)}
        pairs = [(inside[a], inside[b]) for a, b in self.pairs if a in inside]
        return all_distances(len(self.giant), pairs, progress=self.progress)

    @cached_property
    def hops(self) -> list[int]:
        return within_steps(len(self.giant), self.distances.histogram)

    @property
    def total_distance(self) -> int:
        return sum(steps * count for steps, count in enumerate(self.distances.histogram))

    def of_distances[T](self, compute: Callable[[], T]) -> T | None:
        """Return a value that is defined only if the giant component has two places or more."""
        return compute() if len(self.giant) > 1 else None

    @cached_property
    def tail(self) -> PowerLaw | None:
        return formulas.fit_tail(self.degrees, rounds=self.rounds, seed=self.seed, progress=self.progress)

    def of_tail[T](self, compute: Callable[[PowerLaw], T]) -> T | None:
        return compute(self.tail) if self.tail else None

    @cached_property
    def wedges(self) -> int:
        return formulas.stars(self.degrees, 2)

    @cached_property
    def triangles(self) -> int:
        closed = self.graph.transitivity_undirected(mode="zero") if self.wedges else 0.0
        return round(closed * self.wedges / 3)

    @cached_property
    def squares(self) -> int:
        return formulas.squares(self.n, self.pairs, progress=self.progress)

    @cached_property
    def populations(self) -> list[tuple[float, float]]:
        logarithms = [math.log(place.population) if place.population else None for place in self.network.places]
        return formulas.both_known(logarithms, self.pairs)

    @cached_property
    def countries(self) -> list[tuple[str, str]]:
        return formulas.both_known([place.country or None for place in self.network.places], self.pairs)


def _measure(group: str, title: str, title_uk: str, definition: str, compute: Callable[[_Facts], object]) -> Any:
    return field(
        metadata={
            "group": group,
            "title": title,
            "title_uk": title_uk,
            "definition": definition,
            "compute": compute,
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """The measures of one network; ``None`` where a measure is not defined for it.

    The fields are declared with title, definition and function: see :func:`network_measures`. In addition,
    `degree_counts` has the number of places by degree, `distance_counts` the number of unordered pairs of the giant
    component by distance.
    """

    # fmt: off
    places: int = _measure("size", "places", "місця",
        "n: municipalities and other bodies with a partnership that counts.",
        lambda f: f.n)
    pairs: int = _measure("size", "pairs", "пари",
        "m: pairs of different places that are partners.",
        lambda f: f.m)
    partnerships: int = _measure("size", "partnerships", "партнерства",
        "m + l: pairs and loops.",
        lambda f: len(f.network.ties))
    loops: int = _measure("size", "loops", "петлі",
        "l: places recorded as their own partner. No other measure counts them.",
        lambda f: len(f.network.loops))
    density: float | None = _measure("size", "density", "щільність",
        "p = 2m / (n(n - 1)): the share of all possible pairs that exist.",
        lambda f: _ratio(2 * f.m, f.n * (f.n - 1)))
    components: int = _measure("size", "components", "компоненти",
        "Groups of places connected by paths, with no path between two groups.",
        lambda f: len(set(f.membership)))
    giant: int = _measure("size", "giant component", "найбільша компонента",
        "N: places in the largest component.",
        lambda f: len(f.giant))
    giant_share: float | None = _measure("size", "giant component, share", "найбільша компонента, частка",
        "N / n: its share of all places.",
        lambda f: _ratio(len(f.giant), f.n))
    mean_degree: float | None = _measure("degrees", "mean number of partners", "партнерів у середньому",
        "d = 2m / n: different partners of a place.",
        lambda f: _ratio(2 * f.m, f.n))
    max_degree: int = _measure("degrees", "largest number of partners", "найбільше партнерів",
        "The largest degree.",
        lambda f: max(f.degrees, default=0))
    gini: float | None = _measure("degrees", "Gini coefficient", "коефіцієнт Джині",
        "G = 2 Σ i d_i / (n Σ d_i) - (n + 1) / n over the degrees above 0 in rising order: 0 if all are equal, "
        "near 1 if one place has nearly all partners.",
        lambda f: formulas.gini(f.degrees))
    edge_entropy: float | None = _measure("degrees", "edge entropy", "ентропія зв’язків",
        "H_er = -Σ (d / 2m) ln(d / 2m) / ln n: relative edge distribution entropy, 1 if all degrees are equal.",
        lambda f: formulas.edge_entropy(f.degrees))
    power_law: float | None = _measure("degrees", "power-law exponent", "показник степеневого закону",
        "γ = 1 + n / Σ ln(d / d_min) over all degrees above 0, d_min the smallest (Newman 2005, eq. 5).",
        lambda f: formulas.plain_exponent(f.degrees))
    tail_exponent: float | None = _measure("degrees", "tail power-law exponent", "показник хвоста",
        "γ_t: the maximum-likelihood exponent, to two digits, of a discrete power law over the degrees of the "
        "tail, which begins where the law fits best (Clauset, Shalizi, Newman 2009).",
        lambda f: f.of_tail(lambda tail: tail.exponent))
    tail_first: int | None = _measure("degrees", "tail begins at", "хвіст починається від",
        "The smallest degree in that tail.",
        lambda f: f.of_tail(lambda tail: tail.first))
    tail_places: int | None = _measure("degrees", "places in the tail", "місць у хвості",
        "Places with such a degree.",
        lambda f: f.of_tail(lambda tail: tail.places))
    tail_distance: float | None = _measure("degrees", "tail misfit", "відхилення хвоста",
        "Kolmogorov–Smirnov: the largest difference between the observed cumulative shares of the tail and those "
        "of the law.",
        lambda f: f.of_tail(lambda tail: tail.distance))
    tail_p: float | None = _measure("degrees", "tail p-value", "p-значення хвоста",
        "The share of samples drawn from the law whose best fit is no better than this one. Below 0.1 the degrees"
        " do not follow a power law.",
        lambda f: f.of_tail(lambda tail: tail.p))
    wedges: int = _measure("patterns", "wedges", "кути",
        "s = Σ d(d - 1) / 2: a place with two of its partners.",
        lambda f: f.wedges)
    claws: int = _measure("patterns", "claws", "трійні зірки",
        "z = Σ d(d - 1)(d - 2) / 6: a place with three of its partners.",
        lambda f: formulas.stars(f.degrees, 3))
    crosses: int = _measure("patterns", "crosses", "хрести",
        "x: a place with four of its partners.",
        lambda f: formulas.stars(f.degrees, 4))
    triangles: int = _measure("patterns", "triangles", "трикутники",
        "t: three places that are all partners of each other.",
        lambda f: f.triangles)
    squares: int = _measure("patterns", "squares", "чотирикутники",
        "q: rings of four places, whether or not opposite ones are partners.",
        lambda f: f.squares)
    tours: int = _measure("patterns", "4-tours", "4-обходи",
        "T4 = 8q + 4s + 2m: closed walks of four steps, from each start and in each direction.",
        lambda f: 8 * f.squares + 4 * f.wedges + 2 * f.m)
    transitivity: float | None = _measure("patterns", "transitivity", "транзитивність",
        "c = 3t / s: the share of wedges that are closed to a triangle. KONECT calls it the clustering "
        "coefficient.",
        lambda f: _ratio(3 * f.triangles, f.wedges))
    mean_local_clustering: float | None = _measure("patterns", "mean local clustering",
        "середня локальна кластеризація",
        "c2: for each place the share of pairs of its partners that are partners too, 0 with fewer than two; the "
        "mean over all places (Watts, Strogatz 1998).",
        lambda f: f.graph.transitivity_avglocal_undirected(mode="zero") if f.n else None)
    degree_assortativity: float | None = _measure("mixing", "assortativity by degree", "асортативність за ступенем",
        "ρ: Pearson's correlation of the degrees at the two ends of a pair. Above 0, places with many partners "
        "have partners with many.",
        lambda f: formulas.correlation([(f.degrees[a], f.degrees[b]) for a, b in f.pairs]))
    population_assortativity: float | None = _measure("mixing", "assortativity by population",
        "асортативність за населенням",
        "Pearson's correlation of ln(population) at the two ends, over pairs with both populations known.",
        lambda f: formulas.correlation(f.populations))
    population_pairs: int = _measure("mixing", "pairs with both populations", "пари з відомим населенням",
        "The number of pairs in the line above.",
        lambda f: len(f.populations))
    country_assortativity: float | None = _measure("mixing", "assortativity by country", "асортативність за країною",
        "r = (Σ e_ii - Σ a_i²) / (1 - Σ a_i²), e_ij the share of pairs between the countries i and j (Newman "
        "2003): 1 if all pairs are domestic, below 0 if fewer are than by chance. Over pairs with both countries "
        "known.",
        lambda f: formulas.assortativity(f.countries))
    country_pairs: int = _measure("mixing", "pairs with both countries", "пари з відомими країнами",
        "The number of pairs in the lines above and below.",
        lambda f: len(f.countries))
    domestic_share: float | None = _measure("mixing", "domestic share", "частка внутрішніх",
        "The share of pairs inside one country, over pairs with both countries known.",
        lambda f: _ratio(sum(one == other for one, other in f.countries), len(f.countries)))
    reciprocity: float | None = _measure("mixing", "reciprocity", "взаємність",
        "y: the share of statements 'A names B' for which there is a statement 'B names A'. Defined only "
        "for sources that record who made a statement.",
        lambda f: formulas.reciprocity(f.network.ties))
    diameter: int | None = _measure("distances", "diameter", "діаметр",
        "δ: the largest distance; the distance is the smallest number of steps.",
        lambda f: f.of_distances(lambda: max(f.distances.eccentricity)))
    radius: int | None = _measure("distances", "radius", "радіус",
        "r: the distance from the most central place to the place farthest from it.",
        lambda f: f.of_distances(lambda: min(f.distances.eccentricity)))
    mean_distance: float | None = _measure("distances", "mean distance", "середня відстань",
        "The mean over all pairs of different places (NetworkX: average_shortest_path_length).",
        lambda f: _ratio(f.total_distance, len(f.giant) * (len(f.giant) - 1)))
    mean_distance_konect: float | None = _measure("distances", "mean distance, with itself",
        "середня відстань, із самим собою",
        "δ_m = Σ d(u, v) / N²: KONECT's mean, which includes the distance 0 from each place to itself.",
        lambda f: f.of_distances(lambda: f.total_distance / len(f.giant) ** 2))
    median_distance: int | None = _measure("distances", "median distance", "медіанна відстань",
        "δ_M: the smallest number of steps that covers more than half of the pairs, each place with itself "
        "included (KONECT).",
        lambda f: f.of_distances(lambda: median_distance(f.hops)))
    effective_diameter_50: float | None = _measure("distances", "50-percentile effective diameter",
        "ефективний діаметр, 50 %",
        "δ_0.5: the number of steps that covers 50 % of the pairs, each place with itself included, interpolated "
        "linearly between whole steps (KONECT).",
        lambda f: f.of_distances(lambda: effective_diameter(f.hops, 0.5)))
    effective_diameter_90: float | None = _measure("distances", "90-percentile effective diameter",
        "ефективний діаметр, 90 %",
        "δ_0.9: the same for 90 %.",
        lambda f: f.of_distances(lambda: effective_diameter(f.hops, 0.9)))
    # fmt: on
    degree_counts: tuple[tuple[int, int], ...] = ()
    distance_counts: tuple[tuple[int, int], ...] = ()


def network_measures() -> tuple[Measure, ...]:
    """Return the measures of a network in the order in which they are shown."""
    return tuple(Measure(name=each.name, **each.metadata) for each in fields(Structure) if each.metadata)


def measure(network: Network, *, rounds: int = 1000, seed: int = 1, progress: Progress | None = None) -> Structure:
    """Compute every measure of a network.

    Parameters
    ----------
    network
        The network, which may be empty; a measure that is then undefined is ``None``.
    rounds
        Number of samples for the p-value of the power law; 0 skips it.
    seed
        The same seed gives the same p-value.
    progress
        Called with the name of a stage and the share of it that is done, 0 to 1.
    """
    facts = _Facts(network, rounds, seed, progress)
    values = {each.name: each.compute(facts) for each in network_measures()}
    return Structure(
        **values,
        degree_counts=tuple(sorted(Counter(facts.degrees).items())),
        distance_counts=tuple((steps, count // 2) for steps, count in enumerate(facts.distances.histogram) if steps),
    )


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _giant(membership: Sequence[int]) -> list[int]:
    """Return the positions of the largest component; of equally large ones, that with the first place."""
    if not membership:
        return []
    largest = Counter(membership).most_common(1)[0][0]
    return [place for place, component in enumerate(membership) if component == largest]
