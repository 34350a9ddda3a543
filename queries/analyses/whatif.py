"""The effect of removing ties: those of a country, a region or a town, or of one kind or status.

A place that loses its last partner stays in the network without partners. A *bridge* is a pair whose removal alone
disconnects some places from all others.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from twingraph.graph.model import Label
from twingraph.queries.analyses.network import Network, NetworkPlace, Tie
from twingraph.queries.analyses.path_lengths import Progress, all_distances

__all__ = ["Bridge", "Dropped", "Shape", "WhatIf", "drop_from", "what_if"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a network is like before or after.

    Attributes
    ----------
    places, pairs
        How many there are; loops are no pairs.
    alone
        Places without any partner.
    components
        Groups of places connected by paths; a place without partners is one.
    giant
        Places in the largest of them.
    mean_path
        Mean number of steps between two places that a path joins, exact; ``None`` without any pair.
    reachable
        Ordered pairs of places that a path joins.
    """

    places: int
    pairs: int
    alone: int
    components: int
    giant: int
    mean_path: float | None
    reachable: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """A pair that is lost and was a bridge.

    Attributes
    ----------
    one, other
        Its places; behind `other` lie fewer.
    behind
        How many places its loss alone cuts off, `other` among them.
    """

    one: NetworkPlace
    other: NetworkPlace
    behind: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """Before and after.

    Attributes
    ----------
    before, after
        The two networks.
    dropped_places
        Places that go themselves.
    dropped_ties
        Partnerships that go.
    alone
        Places that stay, had partners and have none left; sorted by how many they had, the most first, then by id.
    lost_partners
        How many partners each of those had, in the same order.
    cut_off
        Places that stay, were in the giant component before and are in a smaller one after, without being alone;
        sorted by id.
    bridges
        Pairs that go and were bridges, those that cut off most first, then by id.
    dropped
        What was dropped, where it was named.
    """

    before: Shape
    after: Shape
    dropped_places: tuple[NetworkPlace, ...]
    dropped_ties: tuple[Tie, ...]
    alone: tuple[NetworkPlace, ...]
    lost_partners: tuple[int, ...]
    cut_off: tuple[NetworkPlace, ...]
    bridges: tuple[Bridge, ...]
    dropped: tuple["Dropped", ...] = ()


@dataclass(frozen=True, slots=True)
class Dropped:
    """What is dropped: the places of a country, region or metropolis, one municipality, or a kind or status.

    Attributes
    ----------
    name, name_uk
        Its names.
    code
        The kind or the status of the partnerships.
    label, id
        The node that the places lie in, or the place itself.
    """

    name: str
    name_uk: str
    code: str = ""
    label: Label | None = None
    id: str = ""

    def holds(self, place: NetworkPlace) -> bool:
        """Whether `place` is dropped."""
        match self.label:
            case Label.COUNTRY:
                return place.country == self.id
            case Label.REGION:
                return place.region == self.id
            case _:
                return place.id == self.id


def drop_from(network: Network, dropped: Collection[Dropped], *, progress: Progress | None = None) -> WhatIf:
    """Drop what is named from a network; see :func:`what_if`. A pair is dropped if all of its kinds are."""
    codes = {each.code for each in dropped if each.code}
    found = what_if(
        network,
        places=[at for at, place in enumerate(network.places) if any(each.holds(place) for each in dropped)],
        ties=(lambda tie: codes.issuperset(tie.kinds or (tie.kind,)) or tie.status in codes) if codes else None,
        progress=progress,
    )
    return replace(found, dropped=tuple(dropped))


def what_if(
    network: Network,
    *,
    places: Collection[int] = (),
    ties: Callable[[Tie], bool] | None = None,
    progress: Progress | None = None,
) -> WhatIf:
    """Remove places or ties and report the effect on the network.

    Parameters
    ----------
    network
        The network as it is.
    places
        Positions of the places that go, with all their ties.
    ties
        Returns whether a tie is removed.
    progress
        Called with the name of a stage and the share of it that is done, 0 to 1.
    """
    gone = frozenset(places)
    dropped = tuple(
        tie for tie in network.ties if tie.start in gone or tie.end in gone or (ties is not None and ties(tie))
    )
    dropped_ids = {tie.id for tie in dropped}
    kept = [number for number in range(len(network)) if number not in gone]
    position = {number: at for at, number in enumerate(kept)}
    after = network.subset(kept, (tie for tie in network.ties if tie.id not in dropped_ids))
    alone = [number for number in kept if network.degrees[number] and not after.degrees[position[number]]]
    alone.sort(key=lambda number: (-network.degrees[number], number))
    giant_before, giant_after = _giant(network), {kept[at] for at in _giant(after)}
    remaining = set(after.pairs)
    lost = {
        (one, other)
        for one, other in network.pairs
        if one in gone or other in gone or (position[one], position[other]) not in remaining
    }
    return WhatIf(
        before=_shape(network, progress, "Paths before"),
        after=_shape(after, progress, "Paths after"),
        dropped_places=tuple(network.places[number] for number in sorted(gone)),
        dropped_ties=dropped,
        alone=tuple(network.places[number] for number in alone),
        lost_partners=tuple(network.degrees[number] for number in alone),
        cut_off=tuple(
            network.places[number]
            for number in kept
            if number in giant_before and number not in giant_after and after.degrees[position[number]]
        ),
        bridges=_bridges(network, lost),
    )


def _giant(network: Network) -> frozenset[int]:
    """Return the largest component; of equally large ones, that with the first place. A single place is none."""
    found = sorted(
        (-len(members), *members) for members in map(tuple, network.graph.connected_components()) if len(members) > 1
    )
    return frozenset(found[0][1:]) if found else frozenset()


def _shape(network: Network, progress: Progress | None, stage: str) -> Shape:
    sizes = network.graph.connected_components().sizes() if len(network) else []
    report = (lambda _name, done: progress(stage, done)) if progress else None
    found = all_distances(len(network), network.pairs, progress=report)
    reachable = sum(found.histogram)
    steps = sum(distance * count for distance, count in enumerate(found.histogram))
    return Shape(
        places=len(network),
        pairs=len(network.pairs),
        alone=sum(degree == 0 for degree in network.degrees),
        components=len(sizes),
        giant=max(sizes, default=0),
        mean_path=steps / reachable if reachable else None,
        reachable=reachable,
    )


def _bridges(network: Network, lost: Collection[tuple[int, int]]) -> tuple[Bridge, ...]:
    graph = network.graph
    bridges = graph.bridges()
    if not bridges:
        return ()
    blocks = graph.copy()
    blocks.delete_edges(bridges)
    membership = blocks.connected_components().membership
    # Without its bridges a component falls into blocks; blocks and bridges make a tree, and a bridge cuts off the
    # smaller of its two sides.
    tree: dict[int, list[int]] = {}
    weight: dict[int, int] = {}
    for block in membership:
        weight[block] = weight.get(block, 0) + 1
    pairs = [network.pairs[edge] for edge in bridges]
    for one, other in pairs:
        tree.setdefault(membership[one], []).append(membership[other])
        tree.setdefault(membership[other], []).append(membership[one])
    parent, below, whole = _hang(tree, weight)
    made = []
    for one, other in pairs:
        if (one, other) not in lost:
            continue
        a, b = membership[one], membership[other]
        child, behind = (b, below[b]) if parent[b] == a else (a, below[a])
        inner = other if child == b else one
        if 2 * behind > whole[child]:
            behind, inner = whole[child] - behind, one if inner == other else other
        made.append(
            Bridge(one=network.places[one if inner == other else other], other=network.places[inner], behind=behind)
        )
    return tuple(sorted(made, key=lambda bridge: (-bridge.behind, bridge.other.id, bridge.one.id)))


def _hang(tree: dict[int, list[int]], weight: dict[int, int]) -> tuple[dict[int, int], dict[int, int], dict[int, int]]:
    """Hang each tree up by one node: return parents, places below each node, and places in its whole tree."""
    parent: dict[int, int] = {}
    below: dict[int, int] = {}
    whole: dict[int, int] = {}
    for root in sorted(tree):
        if root in parent:
            continue
        parent[root] = -1
        order = [root]
        for node in order:
            for near in tree[node]:
                if near not in parent:
                    parent[near] = node
                    order.append(near)
        for node in reversed(order):
            below[node] = below.get(node, 0) + weight[node]
            if parent[node] >= 0:
                below[parent[node]] = below.get(parent[node], 0) + below[node]
        for node in order:
            whole[node] = below[root]
    return parent, below, whole
