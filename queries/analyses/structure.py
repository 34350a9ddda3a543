"""Every measure of a network as a whole, taken at once and exactly; `definitions` says what each is."""

import math
from collections import Counter
from collections.abc import Sequence
from math import comb

import numpy as np

from twingraph.queries.analyses.definitions import Structure
from twingraph.queries.analyses.degrees import edge_entropy, fit_tail, gini, plain_exponent
from twingraph.queries.analyses.network import Network, Tie
from twingraph.queries.analyses.path_lengths import (
    Progress,
    all_distances,
    effective_diameter,
    median_distance,
    neighbours,
    within_steps,
)

__all__ = ["assortativity", "both_known", "correlation", "measure", "reciprocity", "squares", "stars"]


def both_known[T](values: Sequence[T | None], pairs: Sequence[tuple[int, int]]) -> list[tuple[T, T]]:
    """Return the values at the two ends of each pair that has both."""
    found = ((values[a], values[b]) for a, b in pairs)
    return [(one, other) for one, other in found if one is not None and other is not None]


def correlation(ends: Sequence[tuple[float, float]]) -> float | None:
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


def assortativity(ends: Sequence[tuple[str | None, str | None]]) -> float | None:
    """Return Newman's assortativity by a property that is no number; ``None`` where all have the same."""
    if not ends:
        return None
    total = 2 * len(ends)
    shares = Counter(end for pair in ends for end in pair)
    chance = sum((many / total) ** 2 for many in shares.values())
    same = sum(one == other for one, other in ends) / len(ends)
    return (same - chance) / (1 - chance) if len(shares) > 1 else None


def reciprocity(ties: Sequence[Tie]) -> float | None:
    """Return the share of the ends' own statements that the partner's own answers; ``None`` where no source tells."""
    arcs = {
        (sayer, tie.end if sayer == tie.start else tie.start)
        for tie in ties
        for sayer in tie.said_by
        if tie.start != tie.end
    }
    return sum((other, sayer) in arcs for sayer, other in arcs) / len(arcs) if arcs else None


_STEPS = 2**22
"""So many steps of two are held at once: some 100 MiB."""


def stars(degrees: Sequence[int], arms: int) -> int:
    """Count the stars with so many arms: a place and `arms` of its partners. Two arms are a wedge, three a claw.

    Examples
    --------
    >>> stars([3, 1, 1, 1], 2)
    3
    """
    return sum(comb(degree, arms) for degree in degrees)


def squares(size: int, pairs: Sequence[tuple[int, int]], *, progress: Progress | None = None) -> int:
    """Count the rings of four places, whether or not opposite corners are partners too.

    Two places with `k` partners in common are opposite corners of ``k * (k - 1) / 2`` squares, and each square has two
    such pairs of corners.

    Parameters
    ----------
    size
        The number of places.
    pairs
        Distinct pairs of different positions.
    progress
        Called with the name of a stage and the share of it that is done, 0 to 1.

    Examples
    --------
    >>> squares(4, [(0, 1), (1, 2), (2, 3), (0, 3)])
    1
    """
    starts, ends = neighbours(size, pairs)
    degrees = np.diff(starts)
    # All steps of two from one place fall into one block, so that what it has in common with others is counted whole.
    cost = np.concatenate([[0], np.cumsum(degrees[ends])])[starts]
    twice = 0
    first = 0
    while first < size:
        last = max(first + 1, int(np.searchsorted(cost, cost[first] + _STEPS, side="right")) - 1)
        via = ends[starts[first] : starts[last]]
        begun = np.repeat(np.arange(first, last), degrees[first:last])
        many = degrees[via]
        offsets = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many)
        corner, opposite = np.repeat(begun, many), ends[np.repeat(starts[via], many) + offsets]
        ahead = opposite > corner
        _pairs, common = np.unique(corner[ahead] * size + opposite[ahead], return_counts=True)
        twice += int((common * (common - 1) // 2).sum())
        if progress:
            progress("Squares", last / size)
        first = last
    return twice // 2


def measure(network: Network, *, rounds: int = 1000, seed: int = 1, progress: Progress | None = None) -> Structure:
    """Take every measure of a network, all exactly.

    Parameters
    ----------
    network
        The network; an empty one and one place alone have their measures too, most of them ``None``.
    rounds
        How many sets of degrees are drawn for the p-value of the power law; 0 leaves it out.
    seed
        The same seed gives the same p-value.
    progress
        Called with the name of a stage and the share of it that is done, 0 to 1.

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
    distances = all_distances(len(members), within, progress=progress)
    hops = within_steps(len(members), distances.histogram)
    tail = fit_tail(degrees, rounds=rounds, seed=seed, progress=progress)
    wedges = stars(degrees, 2)
    closed = graph.transitivity_undirected(mode="zero") if wedges else 0.0
    triangles = round(closed * wedges / 3)
    squared = squares(size, pairs, progress=progress)
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
        degree_assortativity=correlation([(degrees[a], degrees[b]) for a, b in pairs]),
        population_assortativity=correlation(both_known(populations, pairs)),
        population_pairs=len(both_known(populations, pairs)),
        country_assortativity=assortativity(known),
        country_pairs=len(known),
        domestic_share=_share(sum(one == other for one, other in known), len(known)),
        reciprocity=reciprocity(network.ties),
        diameter=max(distances.eccentricity) if count > 1 else None,
        radius=min(distances.eccentricity) if count > 1 else None,
        mean_distance=_share(far, count * (count - 1)),
        mean_distance_konect=_share(far, count * count) if count > 1 else None,
        median_distance=median_distance(hops) if count > 1 else None,
        effective_diameter_50=effective_diameter(hops, 0.5) if count > 1 else None,
        effective_diameter_90=effective_diameter(hops, 0.9) if count > 1 else None,
        degree_counts=tuple(sorted(Counter(degrees).items())),
        distance_counts=tuple((steps, many // 2) for steps, many in enumerate(distances.histogram) if steps),
    )


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _giant(membership: Sequence[int]) -> list[int]:
    """Return the positions of the largest component; of equally large ones, that with the first place."""
    if not membership:
        return []
    largest = Counter(membership).most_common(1)[0][0]
    return [place for place, component in enumerate(membership) if component == largest]
