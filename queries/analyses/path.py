"""How many steps from one place to another, and through whom."""

from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from twingraph.errors import TwingraphError
from twingraph.queries.analyses.network import Network

__all__ = ["Route", "Routes", "find_paths"]


@dataclass(frozen=True, slots=True)
class Route:
    """One path.

    Attributes
    ----------
    places
        Positions in :attr:`twingraph.queries.analyses.network.Network.places`, from start to end.
    """

    places: tuple[int, ...]

    @property
    def length(self) -> int:
        """The number of steps."""
        return len(self.places) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """The paths between two places.

    Attributes
    ----------
    start, end
        Positions of the two.
    paths
        The shortest first, equally long ones by the positions that they pass.
    shortest
        How many shortest paths there are, listed or not; 0 where no path joins the two.
    """

    start: int
    end: int
    paths: tuple[Route, ...]
    shortest: int


def find_paths(
    network: Network,
    start: str,
    end: str,
    *,
    count: int = 1,
    every: bool = False,
    avoid: Collection[str] = (),
    limit: int = 1000,
) -> Routes:
    """Find the shortest paths between two places.

    Parameters
    ----------
    network
        The network.
    start, end
        Ids of the two places.
    count
        How many paths, longer ones after the shortest (Yen 1971).
    every
        All shortest paths instead, at most `limit` of them.
    avoid
        Countries (ISO 3166-1 alpha-2) or ids of places through which no path may lead.
    limit
        See `every`.

    Raises
    ------
    twingraph.errors.TwingraphError
        A place has no tie in this network, the two are one, or an end is to be avoided.
    """
    first, last = _position(network, start), _position(network, end)
    if first == last:
        raise TwingraphError(f"{network.places[first].name} is both start and end.", "Name two different places.")
    barred = {
        number for number, place in enumerate(network.places) if place.country in avoid or place.id in avoid
    }  # fmt: skip
    for number in (first, last):
        if number in barred:
            raise TwingraphError(
                f"{network.places[number].name} is itself to be avoided.", "Name another place, or do not avoid it."
            )
    steps, ways = _steps_to(network, last, barred)
    if first not in steps:
        return Routes(start=first, end=last, paths=(), shortest=0)
    if every or count == 1:
        most = limit if every else 1
        paths = [Route(places) for places, _number in zip(_walks(network, first, steps), range(most), strict=False)]
    else:
        paths = _several(network, first, last, barred, count)
    return Routes(start=first, end=last, paths=tuple(paths), shortest=ways[first])


def _position(network: Network, id_: str) -> int:
    if id_ not in network.index:
        raise TwingraphError(
            f"{id_} has no partnership in this network.", "Choose fewer conditions, or see: twingraph show."
        )
    return network.index[id_]


def _steps_to(network: Network, end: int, barred: set[int]) -> tuple[dict[int, int], dict[int, int]]:
    """Return how far each place is from the end, and how many shortest paths lead there."""
    adjacent = network.graph.get_adjlist()
    steps, ways = {end: 0}, {end: 1}
    queue = deque([end])
    while queue:
        here = queue.popleft()
        for other in adjacent[here]:
            if other in barred:
                continue
            if other not in steps:
                steps[other] = steps[here] + 1
                ways[other] = 0
                queue.append(other)
            if steps[other] == steps[here] + 1:
                ways[other] += ways[here]
    return steps, ways


def _walks(network: Network, start: int, steps: dict[int, int]) -> Iterator[tuple[int, ...]]:
    """Yield the shortest paths in the order of the positions that they pass."""
    stack: list[tuple[int, ...]] = [(start,)]
    while stack:
        path = stack.pop()
        here = path[-1]
        if not steps[here]:
            yield path
            continue
        around: list[int] = network.graph.neighbors(here)
        ahead = [each for each in around if steps.get(each) == steps[here] - 1]
        stack.extend((*path, each) for each in sorted(ahead, reverse=True))


def _several(network: Network, first: int, last: int, barred: set[int], count: int) -> list[Route]:
    kept = [number for number in range(len(network)) if number not in barred]
    index = {number: place for place, number in enumerate(kept)}
    graph = network.graph.induced_subgraph(kept) if barred else network.graph
    found = graph.get_k_shortest_paths(index[first], index[last], k=count, output="vpath")
    paths = [Route(tuple(kept[place] for place in path)) for path in found]
    return sorted(paths, key=lambda path: (path.length, path.places))
