"""Read one scope of a store, such as an oblast, into plain objects: what a map or a report of it needs.

Few queries, each for many nodes at once, the same text on both engines. What comes back is sorted by id, so that the
same store gives the same subgraph.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from twingraph.errors import UnknownNameError
from twingraph.graph.model import (
    Country,
    Flow,
    Label,
    Membership,
    Metropolis,
    Municipality,
    NodeRef,
    Partnership,
    Region,
    Relation,
    Source,
    Statement,
)
from twingraph.graph.schema import make
from twingraph.graph.store import Relationship, Store, Vertex
from twingraph.queries.nodes import PLACE_CLASSES, PlaceNode

__all__ = ["Saying", "Scope", "Subgraph", "read_scope"]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a map or a report is about.

    Attributes
    ----------
    label
        `Label.REGION`, `Label.COUNTRY`, `Label.MUNICIPALITY` or `Label.METROPOLIS`; ``None`` is the whole network.
    id
        The id of that node; empty for the whole network.
    """

    label: Label | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement with where it stands.

    Attributes
    ----------
    statement
        What was said.
    sources
        Ids of the sources that it stands in, a cited page before the dataset that lists it.
    row
        Its line in the dataset, where there is one.
    """

    statement: Statement
    sources: tuple[str, ...]
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subgraph:
    """One scope of a store. All sequences are sorted by id.

    Attributes
    ----------
    scope, subject
        What it is about, and that node; no subject for the whole network.
    home
        The places in the scope; every partnership has one of them at an end.
    municipalities, metropolises, regions, countries
        Every place at an end of something below, and the regions and countries that these lie in.
    region_of, country_of
        Ids of the region and the country of a place, by its id.
    partnerships, memberships, flows
        The ties of the places at home; the members of metropolises that are at home, are partners or have partners
        as members; the aid and hosting that touches home, and what partners did for home's country at large.
    sayings
        The statements behind all of these.
    sources
        The sources of those statements and the datasets that they came in.
    partnerships_in_store
        How many partnerships the whole store holds.
    """

    scope: Scope
    subject: PlaceNode | None
    home: tuple[str, ...]
    municipalities: tuple[Municipality, ...] = ()
    metropolises: tuple[Metropolis, ...] = ()
    regions: tuple[Region, ...] = ()
    countries: tuple[Country, ...] = ()
    region_of: Mapping[str, str]
    country_of: Mapping[str, str]
    partnerships: tuple[Partnership, ...] = ()
    memberships: tuple[Membership, ...] = ()
    flows: tuple[Flow, ...] = ()
    sayings: tuple[Saying, ...] = ()
    sources: tuple[Source, ...] = ()
    partnerships_in_store: int = 0


def read_scope(store: Store, scope: Scope) -> Subgraph:
    """Read everything that a map of `scope` shows.

    Parameters
    ----------
    store
        Where to read.
    scope
        What to read.

    Raises
    ------
    twingraph.errors.UnknownNameError
        The store has no such node.
    """
    subject = _subject(store, scope)
    home = _home(store, scope)
    partnerships = _partnerships(store, scope, home)
    partners = {ref for item in partnerships for ref in (item.start, item.end)}
    memberships = _memberships(store, home | partners)
    country_of = _links(store, home | partners, Relation.IN_COUNTRY, Label.COUNTRY)
    flows = _flows(store, scope, home, partners, country_of)

    refs = set(home | partners)
    refs.update(ref for join in memberships for ref in (join.start, join.end))
    refs.update(ref for flow in flows for ref in (flow.start, flow.end))
    country_of |= _links(store, refs, Relation.IN_COUNTRY, Label.COUNTRY)
    region_of = _links(store, refs, Relation.IN_REGION, Label.REGION)
    refs.update(NodeRef(Label.REGION, id_) for id_ in region_of.values())
    refs.update(NodeRef(Label.COUNTRY, id_) for id_ in country_of.values())
    nodes = {label: _nodes(store, label, cls, refs) for label, cls in PLACE_CLASSES.items()}
    sayings = _sayings(store, partnerships, memberships, flows)
    told = {id_ for saying in sayings for id_ in (*saying.sources, saying.statement.dataset)}
    return Subgraph(
        scope=scope,
        subject=subject,
        home=tuple(sorted(ref.id for ref in home)),
        municipalities=cast("tuple[Municipality, ...]", nodes[Label.MUNICIPALITY]),
        metropolises=cast("tuple[Metropolis, ...]", nodes[Label.METROPOLIS]),
        regions=cast("tuple[Region, ...]", nodes[Label.REGION]),
        countries=cast("tuple[Country, ...]", nodes[Label.COUNTRY]),
        region_of=dict(sorted(region_of.items())),
        country_of=dict(sorted(country_of.items())),
        partnerships=partnerships,
        memberships=memberships,
        flows=flows,
        sayings=sayings,
        sources=_fetch(store, Label.SOURCE, Source, told),
        partnerships_in_store=_count(store),
    )


def _subject(store: Store, scope: Scope) -> PlaceNode | None:
    if scope.label is None:
        return None
    found = _fetch(store, scope.label, PLACE_CLASSES[scope.label], {scope.id})
    if not found:
        raise UnknownNameError(scope.label.lower(), scope.id)
    return found[0]


def _home(store: Store, scope: Scope) -> set[NodeRef]:
    """Return the places in the scope, the scope's own node among them."""
    if scope.label is None:
        rows = store.read("MATCH (a)-[:PARTNERS_WITH]-() RETURN DISTINCT labels(a)[0] AS label, a.id AS id")
        return {_ref(row["label"], row["id"]) for row in rows}
    home = {NodeRef(scope.label, scope.id)}
    inside = {Label.REGION: "IN_REGION", Label.COUNTRY: "IN_COUNTRY", Label.METROPOLIS: "MEMBER_OF"}
    if link := inside.get(scope.label):
        rows = store.read(
            f"MATCH (a)-[:{link}]->(:{scope.label} {{id: $id}}) RETURN labels(a)[0] AS label, a.id AS id",
            {"id": scope.id},
        )
        home |= {_ref(row["label"], row["id"]) for row in rows}
    return home


def _partnerships(store: Store, scope: Scope, home: set[NodeRef]) -> tuple[Partnership, ...]:
    found: dict[str, Partnership] = {}
    if scope.label is None:
        rows = store.read(
            "MATCH (a)-[p:PARTNERS_WITH]->(b) "
            "RETURN labels(a)[0] AS label, a.id AS i, labels(b)[0] AS other_label, b.id AS other, p"
        )
        ends = [(_ref(row["label"], row["i"]), _ref(row["other_label"], row["other"]), row["p"]) for row in rows]
    else:
        ends = []
        for label, ids in _by_label(home):
            rows = store.read(
                f"UNWIND $ids AS i MATCH (a:{label} {{id: i}})-[p:PARTNERS_WITH]-(b) "
                "RETURN i, labels(b)[0] AS other_label, b.id AS other, p",
                {"ids": ids},
            )
            ends += [(_ref(label, row["i"]), _ref(row["other_label"], row["other"]), row["p"]) for row in rows]
    for one, other, edge in ends:
        start, end = sorted((one, other), key=lambda ref: ref.id)
        item = make(Partnership, cast("Relationship", edge).properties, start=start, end=end)
        found[item.id] = item
    return tuple(found[id_] for id_ in sorted(found))


def _memberships(store: Store, places: set[NodeRef]) -> tuple[Membership, ...]:
    """Return all members of every metropolis that is among `places` or that one of them belongs to."""
    metropolises = {ref.id for ref in places if ref.label is Label.METROPOLIS}
    for label, ids in _by_label(places):
        rows = store.read(
            f"UNWIND $ids AS i MATCH (:{label} {{id: i}})-[:MEMBER_OF]->(m:Metropolis) RETURN DISTINCT m.id AS id",
            {"ids": ids},
        )
        metropolises.update(str(row["id"]) for row in rows)
    rows = store.read(
        "UNWIND $ids AS i MATCH (a)-[x:MEMBER_OF]->(:Metropolis {id: i}) "
        "RETURN i, labels(a)[0] AS label, a.id AS id, x",
        {"ids": sorted(metropolises)},
    )
    found = [
        make(
            Membership,
            cast("Relationship", row["x"]).properties,
            start=_ref(row["label"], row["id"]),
            end=_ref(Label.METROPOLIS, row["i"]),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda item: item.id))


def _flows(
    store: Store, scope: Scope, home: set[NodeRef], partners: set[NodeRef], country_of: Mapping[str, str]
) -> tuple[Flow, ...]:
    """Return the flows that start or end at home, and those from partners to the country of home as such."""
    found: dict[str, Flow] = {}

    def gather(starts: Iterable[NodeRef], ends: frozenset[NodeRef] | None, arrow: str) -> None:
        for label, ids in _by_label(starts):
            rows = store.read(
                f"UNWIND $ids AS i MATCH (a:{label} {{id: i}}){arrow}(b) "
                "RETURN i, labels(b)[0] AS other_label, b.id AS other, f",
                {"ids": ids},
            )
            for row in rows:
                one, other = _ref(label, row["i"]), _ref(row["other_label"], row["other"])
                start, end = (one, other) if arrow.endswith(">") else (other, one)
                edge = cast("Relationship", row["f"])
                if ends is None or other in ends:
                    item = make(Flow, edge.properties, relation=Relation(edge.type), start=start, end=end)
                    found[item.id] = item

    homelands = frozenset(NodeRef(Label.COUNTRY, country_of[ref.id]) for ref in home if ref.id in country_of)
    for relation in (Relation.SENT_AID, Relation.HOSTED):
        gather(home, None, f"-[f:{relation}]->")
        if scope.label is not None:
            gather(home, None, f"<-[f:{relation}]-")
            gather(partners - home, homelands, f"-[f:{relation}]->")
    return tuple(found[id_] for id_ in sorted(found))


def _sayings(
    store: Store, partnerships: Sequence[Partnership], memberships: Sequence[Membership], flows: Sequence[Flow]
) -> tuple[Saying, ...]:
    statements: dict[str, Statement] = {}
    places: dict[str, set[tuple[bool, str]]] = {}
    rows_of: dict[str, int] = {}
    for key, items in (("partnership_id", partnerships), ("membership_id", memberships), ("flow_id", flows)):
        rows = store.read(
            f"UNWIND $ids AS i MATCH (s:Statement {{{key}: i}})-[f:FROM]->(source:Source) "
            "RETURN s, source.id AS source, f.row AS row",
            {"ids": [item.id for item in cast("Sequence[Partnership | Membership | Flow]", items)]},
        )
        for row in rows:
            statement = make(Statement, cast("Vertex", row["s"]).properties)
            statements[statement.id] = statement
            source = str(row["source"])
            places.setdefault(statement.id, set()).add((source == statement.dataset, source))
            if isinstance(row["row"], int):
                rows_of[statement.id] = row["row"]
    return tuple(
        Saying(statements[id_], tuple(source for _is_dataset, source in sorted(places[id_])), rows_of.get(id_))
        for id_ in sorted(statements)
    )


def _links(store: Store, places: Iterable[NodeRef], relation: Relation, target: Label) -> dict[str, str]:
    """Return the id of the `target` that each place lies in."""
    found: dict[str, str] = {}
    for label, ids in _by_label(places):
        if label is target:
            continue
        rows = store.read(
            f"UNWIND $ids AS i MATCH (:{label} {{id: i}})-[:{relation}]->(b:{target}) RETURN i, b.id AS id",
            {"ids": ids},
        )
        found |= {str(row["i"]): str(row["id"]) for row in rows}
    return found


def _nodes(store: Store, label: Label, cls: type[PlaceNode], refs: Iterable[NodeRef]) -> tuple[PlaceNode, ...]:
    return _fetch(store, label, cls, {ref.id for ref in refs if ref.label is label})


def _fetch[T: (PlaceNode, Source)](store: Store, label: Label, cls: type[T], ids: Iterable[str]) -> tuple[T, ...]:
    """Return the nodes of one label that have these ids, sorted by id."""
    wanted = sorted(ids)
    if not wanted:
        return ()
    rows = store.read(f"UNWIND $ids AS i MATCH (n:{label} {{id: i}}) RETURN n", {"ids": wanted})
    made = [make(cls, cast("Vertex", row["n"]).properties) for row in rows]
    return tuple(sorted(made, key=lambda node: node.id))


def _count(store: Store) -> int:
    (record,) = store.read("MATCH ()-[p:PARTNERS_WITH]->() RETURN count(p) AS n").records
    return cast("int", record[0])


def _by_label(refs: Iterable[NodeRef]) -> list[tuple[Label, list[str]]]:
    grouped: dict[Label, list[str]] = {}
    for ref in sorted(refs):
        grouped.setdefault(ref.label, []).append(ref.id)
    return list(grouped.items())


def _ref(label: object, id_: object) -> NodeRef:
    return NodeRef(Label(str(label)), str(id_))
