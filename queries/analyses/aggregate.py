"""Regions or countries as one network: joined by as many pairs as their municipalities have."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from twingraph.errors import UnknownNameError
from twingraph.queries.analyses.network import Network

if TYPE_CHECKING:
    import igraph

__all__ = ["Level", "Units", "units_of"]

type Level = Literal["municipalities", "regions", "countries"]

_LEVELS = ("municipalities", "regions", "countries")


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """What is ranked or grouped: places, regions or countries, and how many pairs join each two.

    Attributes
    ----------
    level
        What they are.
    ids, names, names_uk, countries
        Of each unit, sorted by id.
    weights
        The number of pairs that join two different units, by their positions, the smaller first; sorted.
    inner
        The number of pairs inside each unit.
    left_out
        Pairs with an end of which nobody knows the region or the country.
    """

    level: Level
    ids: tuple[str, ...]
    names: tuple[str, ...]
    names_uk: tuple[str, ...]
    countries: tuple[str | None, ...]
    weights: Mapping[tuple[int, int], int]
    inner: tuple[int, ...]
    left_out: int

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """Which units are joined."""
        return tuple(self.weights)

    @property
    def graph(self) -> "igraph.Graph":
        """The simple undirected graph; the edge attribute ``weight`` is the number of pairs."""
        import igraph  # noqa: PLC0415 - whoever only counts need not wait for it

        graph = igraph.Graph(n=len(self.ids), edges=self.pairs, directed=False)
        graph.es["weight"] = list(self.weights.values())
        return graph

    @property
    def degrees(self) -> tuple[int, ...]:
        """How many different units each is joined with."""
        counted = Counter(end for pair in self.weights for end in pair)
        return tuple(counted[number] for number in range(len(self.ids)))


def units_of(network: Network, level: Level = "municipalities") -> Units:
    """Return the places of a network, or the regions or countries that they lie in.

    Raises
    ------
    twingraph.errors.UnknownNameError
        There is no such level.

    Notes
    -----
    Metropolises and other partners count among municipalities. Pairs inside a unit count in `inner` alone.
    """
    if level not in _LEVELS:
        raise UnknownNameError("level", level, _LEVELS)
    places = network.places
    if level == "municipalities":
        return Units(
            level=level,
            ids=tuple(place.id for place in places),
            names=tuple(place.name for place in places),
            names_uk=tuple(place.called("uk") for place in places),
            countries=tuple(place.country for place in places),
            weights=dict.fromkeys(network.pairs, 1),
            inner=(0,) * len(places),
            left_out=0,
        )
    unit_of = [place.region if level == "regions" else place.country for place in places]
    ids = sorted({unit for unit in unit_of if unit is not None})
    index = {unit: number for number, unit in enumerate(ids)}
    joined: Counter[tuple[int, int]] = Counter()
    left_out = 0
    for a, b in network.pairs:
        one, other = unit_of[a], unit_of[b]
        if one is None or other is None:
            left_out += 1
            continue
        first, second = sorted((index[one], index[other]))
        joined[first, second] += 1
    return Units(
        level=level,
        ids=tuple(ids),
        names=tuple(network.names.get(unit, (unit, unit))[0] for unit in ids),
        names_uk=tuple(network.names.get(unit, (unit, unit))[1] for unit in ids),
        countries=tuple(unit[:2] for unit in ids),
        weights={pair: joined[pair] for pair in sorted(joined) if pair[0] != pair[1]},
        inner=tuple(joined[number, number] for number in range(len(ids))),
        left_out=left_out,
    )
