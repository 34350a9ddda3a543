"""Compare the number of pairs between two countries with chance.

Chance is a network in which every place keeps its number of partners and the partners are drawn at random: the
*matching* of all ends, each with each other end equally likely (the configuration model). The expected number of
pairs between two groups of places and its spread are known exactly. With `a` ends in one group, `b` in the other and
`m` pairs in all,

    E = a b / (2m - 1)                 and for pairs within one group  E = a (a - 1) / (2 (2m - 1)),
    E[X (X - 1)] = a (a - 1) b (b - 1) / ((2m - 1) (2m - 3))       and  a (a-1) (a-2) (a-3) / (4 (2m - 1) (2m - 3)).

The matching may tie a place to itself, or two places twice. In *swaps* it may not: there networks are drawn by
exchanging the ends of two pairs at a time, as often as the network has pairs ten times over; their mean and spread are
counted. The two differ where few places have most of the partners.

The ratio is observed / expected, ``z = (observed - expected) / sd``: beyond about 2 either way chance alone seldom
does.
"""

import math
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from twingraph.errors import ConfigError
from twingraph.queries.analyses.network import Network, Tie
from twingraph.queries.analyses.path_lengths import Progress

__all__ = ["AreaPairs", "Mixing", "Null", "PairedArea", "between", "count_pairs", "mixing", "swapped"]

type Null = Literal["matching", "swaps"]
type Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixing:
    """Two groups of places, and the pairs between them.

    Attributes
    ----------
    one, other
        What the groups are called; the same name twice for the pairs within a group.
    observed
        Pairs of places that are partners.
    expected, sd
        What chance gives, and its standard deviation.
    """

    one: str
    other: str
    observed: int
    expected: float
    sd: float

    @property
    def ratio(self) -> float | None:
        """Observed / expected; ``None`` where chance gives none."""
        return self.observed / self.expected if self.expected else None

    @property
    def z(self) -> float | None:
        """By how many standard deviations more are observed than expected; ``None`` where chance has no spread."""
        return (self.observed - self.expected) / self.sd if self.sd else None


def mixing(
    network: Network,
    groups: Sequence[str | None],
    asked: Iterable[tuple[str, str]] | None = None,
    *,
    null: Null = "matching",
    samples: int = 100,
    seed: int = 1,
    progress: Progress | None = None,
) -> tuple[Mixing, ...]:
    """Count the pairs between groups of places, beside what chance gives.

    Parameters
    ----------
    network
        The partnerships that count. Loops do not.
    groups
        For each place the name of its group; ``None`` is in no group.
    asked
        Which two groups; else every two that have a pair, and every one with itself.
    null
        What chance is: see the module.
    samples
        How many networks are drawn for ``"swaps"``.
    seed
        The same seed draws the same networks.
    progress
        Called with the name of a stage and the share of it that is done, 0 to 1.

    Returns
    -------
    tuple of Mixing
        In the order of `asked`; else the most observed pairs first, then by name.

    Examples
    --------
    Of two pairs that join four ends, two of each group, 2 * 2 / 3 are expected to join the groups:

    >>> round(_moments(2, 2, 2, same=False)[0], 4)
    1.3333
    """
    observed = _count(network.pairs, groups)
    wanted = sorted(observed, key=lambda key: (-observed[key], key)) if asked is None else list(asked)
    if null == "swaps":
        drawn = [_count(pairs, groups) for pairs in swapped(network, samples, seed=seed, progress=progress)]
        moments = [_spread([counted.get(_key(*key), 0) for counted in drawn]) for key in wanted]
    else:
        moments = _exact(network, groups, wanted)
    return tuple(
        Mixing(
            one=one,
            other=other,
            observed=observed.get(_key(one, other), 0),
            expected=expected,
            sd=sd,
        )
        for (one, other), (expected, sd) in zip(wanted, moments, strict=True)
    )


@dataclass(frozen=True, slots=True)
class PairedArea:
    """A country or a region: its ISO 3166 code, its English and its Ukrainian name."""

    id: str
    name: str
    name_uk: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaPairs:
    """The pairs between two areas, or between one area and each country.

    Attributes
    ----------
    one, other
        The areas; `other` is ``None`` for each country.
    rows
        The counts; those with each country by the number of pairs, largest first.
    groups
        For each place of the network the area that it counts for.
    """

    one: PairedArea
    other: PairedArea | None
    rows: tuple[Mixing, ...]
    groups: tuple[str | None, ...]


def count_pairs(
    network: Network,
    one: PairedArea,
    other: PairedArea | None = None,
    *,
    null: Null = "matching",
    samples: int = 100,
    seed: int = 1,
    progress: Progress | None = None,
) -> AreaPairs:
    """Count the pairs between two areas, or between one and each country; see :func:`mixing`.

    Raises
    ------
    twingraph.errors.ConfigError
        One of the two lies in the other.
    """
    groups = _groups(network, one.id, other.id if other else None)
    if other:
        asked = [(one.id, other.id)]
    else:
        asked = [(one.id, code) for code in sorted({group for group in groups if group} | {one.id})]
    rows = mixing(network, groups, asked, null=null, samples=samples, seed=seed, progress=progress)
    if not other:
        rows = tuple(sorted((row for row in rows if row.observed), key=lambda row: (-row.observed, row.other)))
    return AreaPairs(one=one, other=other, rows=rows, groups=tuple(groups))


def _groups(network: Network, first: str, second: str | None) -> list[str | None]:
    """Put each place into one group: the regions asked about, else its country (without those regions)."""
    asked = [first, second] if second else [first]
    for one in asked:
        for other in asked:
            if one != other and one.startswith(f"{other}-"):
                raise ConfigError(
                    f"{one} is part of {other}: a pair within it would count on both sides.",
                    f"Name two areas that do not overlap, or {one} alone.",
                )
    regions = {each for each in asked if "-" in each}
    return [place.region if place.region in regions else place.country for place in network.places]


def between(network: Network, groups: Sequence[str | None], one: str, other: str) -> tuple[Tie, ...]:
    """Return the partnerships between two groups, in the order of the network."""
    wanted = _key(one, other)
    return tuple(
        tie
        for tie in network.ties
        if tie.start != tie.end
        and (a := groups[tie.start]) is not None
        and (b := groups[tie.end]) is not None
        and _key(a, b) == wanted
    )


def swapped(
    network: Network, samples: int, *, seed: int = 1, progress: Progress | None = None
) -> Iterator[Sequence[Pair]]:
    """Draw networks in which every place keeps its number of partners.

    Ends of two pairs are exchanged at random, ten times as often as there are pairs, from one network to the next; an
    exchange that would tie a place to itself, or two places twice, is skipped.

    Yields
    ------
    sequence of pairs of positions
    """
    import random  # noqa: PLC0415

    import igraph  # noqa: PLC0415 - slow to import and not needed for counting

    graph = network.graph.copy()
    # The generator of igraph is one for the whole process: it is put back, also when a caller stops half-way.
    generator = random.Random(seed)  # noqa: S311 - drawing networks, not secrets
    for number in range(samples):
        igraph.set_random_number_generator(generator)
        try:
            graph.rewire(10 * graph.ecount())
        finally:
            igraph.set_random_number_generator(random)
        yield graph.get_edgelist()
        if progress:
            progress("Networks by chance", (number + 1) / samples)


def _key(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)


def _count(pairs: Iterable[Pair], groups: Sequence[str | None]) -> dict[tuple[str, str], int]:
    counted: dict[tuple[str, str], int] = {}
    for one, other in pairs:
        a, b = groups[one], groups[other]
        if a is not None and b is not None:
            key = _key(a, b)
            counted[key] = counted.get(key, 0) + 1
    return counted


def _exact(
    network: Network, groups: Sequence[str | None], wanted: Sequence[tuple[str, str]]
) -> list[tuple[float, float]]:
    ends: dict[str, int] = {}
    for group, degree in zip(groups, network.degrees, strict=True):
        if group is not None:
            ends[group] = ends.get(group, 0) + degree
    total = len(network.pairs)
    return [_moments(ends.get(one, 0), ends.get(other, 0), total, same=one == other) for one, other in wanted]


def _moments(a: int, b: int, pairs: int, *, same: bool) -> tuple[float, float]:
    """Return mean and standard deviation of the number of pairs in a random matching of all ends."""
    first, third = 2 * pairs - 1, 2 * pairs - 3
    if pairs == 0:
        return 0.0, 0.0
    if same:
        mean = a * (a - 1) / (2 * first)
        factorial = a * (a - 1) * (a - 2) * (a - 3) / (4 * first * third) if pairs > 1 else 0.0
    else:
        mean = a * b / first
        factorial = a * (a - 1) * b * (b - 1) / (first * third) if pairs > 1 else 0.0
    return mean, math.sqrt(max(factorial + mean - mean * mean, 0.0))


def _spread(counts: Sequence[int]) -> tuple[float, float]:
    return statistics.fmean(counts), statistics.stdev(counts) if len(counts) > 1 else 0.0
