"""Compare two networks, of two databases, dates, sources or scopes: what is new, gone or changed.

A partnership is the same in both if it has the same two places. Places are compared by id: one that two databases
resolved differently is gone in the first and new in the second.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, cast

from twingraph.errors import UnknownNameError
from twingraph.graph.derivation import Evidence, derive
from twingraph.graph.model import Label, NodeRef, Partnership, Statement
from twingraph.graph.schema import make
from twingraph.graph.store import Store, Vertex
from twingraph.queries.analyses.from_store import read_network
from twingraph.queries.analyses.network import Network, NetworkPlace, Tie
from twingraph.queries.filters import Filters

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FACTS", "Change", "Comparison", "Difference", "compare", "fact", "read_source"]

type Change = Literal["new", "gone", "changed"]

FACTS = ("kind", "status", "since", "until")
"""What can change about a partnership; its kind has changed if one of several has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One partnership that is not the same in both networks.

    Attributes
    ----------
    change
        ``"new"`` is only in the second network, ``"gone"`` only in the first, ``"changed"`` in both.
    one, other
        Its places.
    before, after
        The partnership in the first and in the second network; ``None`` if it is not there.
    facts
        Those of `FACTS` that differ, in that order; empty unless it is changed.
    """

    change: Change
    one: NetworkPlace
    other: NetworkPlace
    before: Tie | None
    after: Tie | None
    facts: tuple[str, ...] = ()

    @property
    def now(self) -> Tie:
        """The partnership in the second network, else in the first."""
        return cast("Tie", self.after or self.before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The differences of two networks.

    Attributes
    ----------
    differences
        New ones, then gone ones, then changed ones; each sorted by the partnership's id.
    same
        Partnerships that are the same in both.
    places_new, places_gone
        The number of places with a tie in the second network only, and in the first only.
    before, after
        The two networks.
    """

    differences: tuple[Difference, ...]
    same: int
    places_new: int
    places_gone: int
    before: Network
    after: Network

    def count(self, change: Change) -> int:
        """Return the number of partnerships with this change."""
        return sum(each.change == change for each in self.differences)


def compare(before: Network, after: Network) -> Comparison:
    """Compare two networks, partnership by partnership.

    Parameters
    ----------
    before, after
        The first and the second network.

    Returns
    -------
    Comparison
        `new` + `changed` + `same` are all partnerships of the second network, `gone` + `changed` + `same` all of the
        first.
    """
    old, new = _by_pair(before), _by_pair(after)
    matched = [(old[pair], new[pair]) for pair in old.keys() & new.keys()]
    made = [
        *(_difference("new", None, new[pair], after) for pair in new.keys() - old.keys()),
        *(_difference("gone", old[pair], None, before) for pair in old.keys() - new.keys()),
    ]
    same = 0
    for was, tie in matched:
        facts = tuple(name for name in FACTS if fact(was, name) != fact(tie, name))
        if facts:
            made.append(_difference("changed", was, tie, after, facts))
        else:
            same += 1
    order: Mapping[Change, int] = {"new": 0, "gone": 1, "changed": 2}
    made.sort(key=lambda each: (order[each.change], each.now.id))
    first, second = _ends(before), _ends(after)
    return Comparison(
        differences=tuple(made),
        same=same,
        places_new=len(second - first),
        places_gone=len(first - second),
        before=before,
        after=after,
    )


def fact(tie: Tie, name: str) -> str | None:
    """Return one of `FACTS` in words: all kinds of a partnership, its status or a date."""
    value: str | None = ", ".join(sorted(tie.kinds)) or tie.kind if name == "kind" else getattr(tie, name)
    return value


def read_source(store: Store, source: str, *, filters: Filters) -> Network:
    """Read the network that one source states, as it states it.

    Parameters
    ----------
    store
        Where to read.
    source
        The id of a dataset or of a cited page, or a publisher.
    filters
        Which partnerships count, by what this source says of them.

    Raises
    ------
    twingraph.errors.UnknownNameError
        No statement has such a source; similar names are suggested.
    """
    rows = store.read(
        "MATCH (t:Statement)-[f:FROM]->(s:Source) WHERE t.partnership_id IS NOT NULL "
        "AND (s.id = $source OR s.publisher = $source OR t.dataset = $source) "
        "RETURN t, s.id, f.retrieved ORDER BY s.id",
        {"source": source},
    ).records
    if not rows:
        known = store.read("MATCH (s:Source) RETURN s.id, s.publisher").records
        names = sorted({str(name) for record in known for name in record if name})
        raise UnknownNameError("source of partnerships", source, names, "`twingraph sources` lists the datasets.")
    evidence_of: defaultdict[str, dict[str, Evidence]] = defaultdict(dict)
    for vertex, source_id, retrieved in rows:
        statement = make(Statement, cast("Vertex", vertex).properties)
        evidence_of[statement.partnership_id or ""][statement.id] = Evidence(
            statement, str(source_id), cast("str | None", retrieved)
        )
    whole = read_network(store)
    ties = []
    nowhere = NodeRef(Label.MUNICIPALITY, "")  # the derivation does not look at the ends
    for tie in whole.ties:
        if evidence := evidence_of.get(tie.id):
            bare = Partnership(start=nowhere, end=nowhere, id=tie.id, kind=tie.kind, status=tie.status)
            merged = derive(bare, evidence.values())
            stated = {name: getattr(merged, name) for name in ("kind", "kinds", "status", "since", "until", "themes")}
            ties.append(replace(tie, **stated))
    ties = [tie for tie in ties if filters.accepts(tie)]
    ends = sorted({end for tie in ties for end in (tie.start, tie.end)})
    return replace(whole.subset(ends, ties), filters=filters)


def _by_pair(network: Network) -> dict[tuple[str, str], Tie]:
    return {(network.places[tie.start].id, network.places[tie.end].id): tie for tie in network.ties}


def _difference(
    change: Change, before: Tie | None, after: Tie | None, network: Network, facts: tuple[str, ...] = ()
) -> Difference:
    tie = cast("Tie", after or before)
    return Difference(
        change=change,
        one=network.places[tie.start],
        other=network.places[tie.end],
        before=before,
        after=after,
        facts=facts,
    )


def _ends(network: Network) -> set[str]:
    return {network.places[end].id for tie in network.ties for end in (tie.start, tie.end)}
