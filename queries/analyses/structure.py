"""Every measure of a network as a whole, taken at once and exactly; `definitions` says what each is."""

import math
from collections import Counter
from collections.abc import Sequence

from twingraph.queries.analyses.definitions import Structure
from twingraph.queries.analyses.degrees import edge_entropy, fit_tail, gini, plain_exponent
from twingraph.queries.analyses.distances import Tell, all_distances, effective_diameter, median_distance, within_steps
from twingraph.queries.analyses.mixing import assortativity, both_known, correlation, reciprocity
from twingraph.queries.analyses.network import Network
from twingraph.queries.analyses.patterns import squares, stars

__all__ = ["measure"]


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
    hops = within_steps(len(members), distances.histogram)
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
