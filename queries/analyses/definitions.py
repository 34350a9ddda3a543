"""What a network is like as a whole: each measure with its name and its definition. `structure` takes them.

The definitions are those of KONECT (J. Kunegis, *Handbook of Network Analysis*) where it has the measure, so that a
network measured there can be compared; where NetworkX has it too, the two agree. The fields of :class:`Structure` carry
titles and definitions as metadata: the command line and the docs print them from there.
"""

from dataclasses import dataclass, field, fields
from typing import Any

__all__ = ["GROUPS", "Definition", "Structure", "definitions"]

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
