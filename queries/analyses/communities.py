"""Find communities: groups of places or countries with more pairs inside than by chance.

Leiden (Traag, Waltman, van Eck 2019) and Louvain (Blondel et al. 2008) look for the grouping of the largest modularity,
label propagation (Raghavan et al. 2007) lets each place join the group of most of its partners. All three are
random: the seed makes them reproducible, and `stability` measures the agreement between seeds.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from twingraph.errors import TwingraphError, UnknownNameError
from twingraph.queries.analyses.network import Level, Network, Units, units_of
from twingraph.queries.analyses.path_lengths import Progress

if TYPE_CHECKING:
    import igraph


__all__ = ["METHODS", "Communities", "Community", "Method", "adjusted_rand", "communities", "mutual_information"]


def adjusted_rand(one: Sequence[int] | NDArray[np.int64], other: Sequence[int] | NDArray[np.int64]) -> float:
    """Return the adjusted Rand index of two groupings: 1 if equal, 0 as by chance (Hubert, Arabie 1985).

    Examples
    --------
    >>> adjusted_rand([0, 0, 1, 1], [5, 5, 3, 3])
    1.0
    """
    both, rows, columns = (_pairs_of(counts) for counts in _table(one, other))
    chance = rows * columns / max(_pairs_of(np.array([len(one)])), 1)
    largest = (rows + columns) / 2
    return float((both - chance) / (largest - chance)) if largest != chance else 1.0


def mutual_information(one: Sequence[int] | NDArray[np.int64], other: Sequence[int] | NDArray[np.int64]) -> float:
    """Return the mutual information of two groupings over the mean of their entropies: 1 if equal, 0 if independent."""
    both, rows, columns = (_entropy(counts) for counts in _table(one, other))
    return float(2 * (rows + columns - both) / (rows + columns)) if rows + columns else 1.0


def _table(
    one: Sequence[int] | NDArray[np.int64], other: Sequence[int] | NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return how many things share both groups, the group of the first, and that of the second."""
    first, second = np.asarray(one, dtype=np.int64), np.asarray(other, dtype=np.int64)
    joint = first * (int(second.max(initial=0)) + 1) + second
    both, rows, columns = (np.unique(each, return_counts=True)[1] for each in (joint, first, second))
    return both, rows, columns


def _pairs_of(counts: NDArray[np.int64]) -> float:
    return float((counts * (counts - 1) // 2).sum())


def _entropy(counts: NDArray[np.int64]) -> float:
    shares = counts / counts.sum()
    return float(-(shares * np.log(shares)).sum())


type Method = Literal["leiden", "louvain", "labels"]

METHODS = ("leiden", "louvain", "labels")
_LEADERS = 3
"""A name holds at most so many countries, and so many places are named as the best joined."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """One group.

    Attributes
    ----------
    number
        From 1 on, the largest first; of equally large ones, the one with the first id.
    name, name_uk
        Its leading countries: those with the most places in it, until they have half of them, at most three. The
        number distinguishes two with one name.
    members
        Positions in :attr:`Communities.ids`.
    pairs_inside, pairs_outside
        The number of pairs between members, and between a member and others.
    countries
        How many members each country has, the most first; ``None`` is an unknown country.
    leaders
        The positions of the members with the most pairs inside.
    """

    number: int
    name: str
    name_uk: str
    members: tuple[int, ...]
    pairs_inside: int
    pairs_outside: int
    countries: tuple[tuple[str | None, int], ...]
    leaders: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Communities:
    """A grouping of all places, regions or countries.

    Attributes
    ----------
    of, method, resolution, seed, runs
        What was asked for.
    ids, names, names_uk
        The units, sorted by id.
    groups
        The communities, the largest first.
    modularity
        How many more pairs lie inside groups than by chance, as a share of all (Newman 2004), at that resolution.
    stability, agreement
        Of the groupings by `runs` seeds, each two compared: the mean adjusted Rand index (Hubert, Arabie 1985), and the
        mean mutual information as a share of the mean entropy. Both are 1 where all agree, the first near 0 by chance.
        ``None`` for one run.
    left_out
        The number of pairs ignored because the region or country of a place is unknown.
    """

    of: Level
    method: Method
    resolution: float
    seed: int
    runs: int
    ids: tuple[str, ...]
    names: tuple[str, ...]
    names_uk: tuple[str, ...]
    groups: tuple[Community, ...]
    modularity: float
    stability: float | None
    agreement: float | None
    left_out: int = 0

    @property
    def number_of(self) -> dict[str, int]:
        """The number of each unit's community, by the unit's id."""
        return {self.ids[member]: group.number for group in self.groups for member in group.members}


def communities(
    network: Network,
    *,
    of: Level = "municipalities",
    method: Method = "leiden",
    resolution: float = 1.0,
    seed: int = 1,
    runs: int = 10,
    progress: Progress | None = None,
) -> Communities:
    """Group the places of a network, or its countries or regions by the number of their pairs.

    Parameters
    ----------
    network
        The network.
    of
        What is grouped.
    method
        One of `METHODS`.
    resolution
        Above 1 for more and smaller groups, below 1 for fewer and larger ones; label propagation has none.
    seed
        The same seed gives the same groups.
    runs
        How many groupings are made, from as many seeds, to learn how stable the first one is.
    progress
        Called with the name of a stage and the share of it that is done, 0 to 1.

    Raises
    ------
    twingraph.errors.UnknownNameError
        There is no such method or level.
    twingraph.errors.TwingraphError
        The network holds no pair, or an option does not fit.
    """
    if method not in METHODS:
        raise UnknownNameError("method", method, METHODS, f"Known methods: {', '.join(METHODS)}.")
    if resolution <= 0 or runs < 1:
        raise TwingraphError("The resolution must be above 0, and there must be at least one run.")
    if method == "labels" and resolution != 1:
        raise TwingraphError(
            "Label propagation has no resolution.", "Use leiden or louvain, or leave the resolution out."
        )
    units = units_of(network, of)
    if not units.weights:
        raise TwingraphError(
            f"No two {of} here are partners, so there is nothing to group.",
            "Choose a larger scope, or fewer conditions. See what there is: twingraph stats.",
        )
    graph = units.graph
    found: list[NDArray[np.int64]] = []
    for number in range(runs):
        with _seeded(seed + number):
            found.append(np.array(_GROUPINGS[method](graph, resolution).membership, dtype=np.int64))
        if progress:
            progress("Communities", (number + 1) / runs)
    pairs = list(combinations(found, 2))
    return Communities(
        of=of,
        method=method,
        resolution=resolution,
        seed=seed,
        runs=runs,
        ids=units.ids,
        names=units.names,
        names_uk=units.names_uk,
        groups=_groups(units, found[0].tolist(), network),
        modularity=graph.modularity(found[0].tolist(), weights="weight", resolution=resolution),
        stability=sum(adjusted_rand(one, other) for one, other in pairs) / len(pairs) if pairs else None,
        agreement=sum(mutual_information(one, other) for one, other in pairs) / len(pairs) if pairs else None,
        left_out=units.left_out,
    )


@contextmanager
def _seeded(seed: int) -> Iterator[None]:
    """Let igraph draw from a seed of its own, and then from Python's random numbers again, as it does unasked."""
    import igraph  # noqa: PLC0415 - as elsewhere

    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 - chance that can be repeated is wanted
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)


_GROUPINGS: dict[str, Callable[["igraph.Graph", float], "igraph.VertexClustering"]] = {
    "leiden": lambda graph, resolution: graph.community_leiden(
        objective_function="modularity", weights="weight", resolution=resolution, n_iterations=4
    ),
    "louvain": lambda graph, resolution: graph.community_multilevel(weights="weight", resolution=resolution),
    "labels": lambda graph, _resolution: graph.community_label_propagation(weights="weight"),
}


def _groups(units: Units, membership: list[int], network: Network) -> tuple[Community, ...]:
    members: dict[int, list[int]] = {}
    for number, group in enumerate(membership):
        members.setdefault(group, []).append(number)
    inside: Counter[int] = Counter()
    outside: Counter[int] = Counter()
    strength: Counter[int] = Counter()
    for (a, b), many in units.weights.items():
        if membership[a] == membership[b]:
            inside[membership[a]] += many
            strength[a] += many
            strength[b] += many
        else:
            outside[membership[a]] += many
            outside[membership[b]] += many
    for number, many in enumerate(units.inner):
        inside[membership[number]] += many
    ordered = sorted(members.items(), key=lambda item: (-len(item[1]), item[1][0]))
    return tuple(
        _group(
            units, positions, number=number, pairs=(inside[group], outside[group]), strength=strength, network=network
        )
        for number, (group, positions) in enumerate(ordered, 1)
    )


def _group(
    units: Units,
    positions: list[int],
    *,
    number: int,
    pairs: tuple[int, int],
    strength: Counter[int],
    network: Network,
) -> Community:
    counted = Counter(units.countries[position] for position in positions)
    countries = sorted(counted.items(), key=lambda item: (-item[1], item[0] or "~"))
    leaders = sorted(positions, key=lambda position: (-strength[position], position))[:_LEADERS]
    if units.level == "countries":
        named = [units.ids[position] for position in leaders]
    else:
        named = _leading([(code, many) for code, many in countries if code])
    names = [network.names.get(code, (code, code)) for code in named]
    return Community(
        number=number,
        name=", ".join(name for name, _uk in names) or units.names[leaders[0]],
        name_uk=", ".join(name_uk for _name, name_uk in names) or units.names_uk[leaders[0]],
        members=tuple(positions),
        pairs_inside=pairs[0],
        pairs_outside=pairs[1],
        countries=tuple(countries),
        leaders=tuple(leaders),
    )


def _leading(countries: list[tuple[str, int]]) -> list[str]:
    """Return the countries with the most members, until they have half of all, at most three."""
    half = sum(many for _code, many in countries) / 2
    named: list[str] = []
    covered = 0
    for code, many in countries[:_LEADERS]:
        named.append(code)
        covered += many
        if covered >= half:
            break
    return named
