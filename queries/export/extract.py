"""Read the part of a store to be exported: nodes and relationships with their properties."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import cast

from twingraph.graph.model import Label, NodeRef, Relation
from twingraph.graph.schema import AGREEMENT_KEY, PLACE_KEY, STATEMENT_KEYS, SUBJECT_KEYS
from twingraph.graph.store import Store, Vertex
from twingraph.queries.analyses.from_store import read_network
from twingraph.queries.analyses.network import Ties
from twingraph.queries.filters import NO_FILTERS, Filters
from twingraph.queries.scope import WHOLE, Scope

__all__ = ["TIES", "Edge", "Extract", "read_extract"]

TIES = tuple(STATEMENT_KEYS)
"""The relationships that have statements."""
LIES_IN = (Relation.IN_REGION, Relation.IN_COUNTRY)


@dataclass(frozen=True, slots=True)
class Edge:
    """A relationship with its ends and properties."""

    relation: Relation
    start: NodeRef
    end: NodeRef
    properties: Mapping[str, object]

    @property
    def id(self) -> str:
        """Its id; its ends and its type where it has none of its own."""
        return str(self.properties.get("id") or f"{self.start.id}|{self.end.id}|{self.relation}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """A part of a store, closed: every end of an edge is among the nodes.

    Attributes
    ----------
    description
        Which part it is, in words.
    nodes
        Properties by node, sorted by label and id.
    edges
        Sorted by type and id.
    """

    description: str
    nodes: Mapping[NodeRef, Mapping[str, object]]
    edges: tuple[Edge, ...]

    def of(self, *relations: Relation) -> tuple[Edge, ...]:
        """Return the edges of some types."""
        return tuple(edge for edge in self.edges if edge.relation in relations)


def read_extract(
    store: Store,
    *,
    scope: Scope = WHOLE,
    filters: Filters = NO_FILTERS,
    ties: Ties = "touching",
    partnerships_only: bool = False,
) -> Extract:
    """Read the nodes and relationships to be exported.

    The whole store is taken as it is; the status of a partnership is that of today. A scope takes its places, its
    partnerships with the partners, its memberships and flows, what these lie in, and the statements, agreements and
    sources behind them. Where partnerships are narrowed, only those that are kept are taken, and nothing else than what
    belongs to them.

    Parameters
    ----------
    store
        Where to read.
    scope, filters, ties
        As for :func:`twingraph.queries.analyses.from_store.read_network`.
    partnerships_only
        Exclude memberships, aid, hosting, applications and programmes.

    Raises
    ------
    twingraph.errors.UnknownNameError
        The store has no such scope, or no partnership such a theme.
    """
    narrowed = filters != NO_FILTERS
    network = read_network(store, scope=scope, filters=filters, ties=ties, isolated=not narrowed)
    places = {NodeRef(place.label, place.id) for place in network.places}
    home = {NodeRef(place.label, place.id) for place in network.places if place.home}
    kept = {tie.id: {"status": str(tie.status)} for tie in network.ties}
    whole = scope.label is None and not narrowed

    edges = [
        replace(edge, properties={**edge.properties, **kept[edge.id]})
        for edge in _edges(store, Relation.PARTNERS_WITH)
        if edge.id in kept
    ]
    if not (narrowed or partnerships_only):
        others = [edge for relation in TIES[1:] for edge in _edges(store, relation)]
        edges += [edge for edge in others if whole or edge.start in home or edge.end in home]
    if whole and not partnerships_only:
        edges += [edge for relation in (*LIES_IN, Relation.FROM, Relation.PARTY_TO) for edge in _edges(store, relation)]
        nodes = _all_of(store, Label)
    else:
        places |= {end for edge in edges for end in (edge.start, edge.end)}
        edges += _around(store, places)
        edges += _edges_to_sources(store, places, edges)
        edges += _edges_to_agreements(store, places, edges)
        nodes = _nodes(store, places | {end for edge in edges for end in (edge.start, edge.end)}, edges)
    return Extract(
        description=network.description(),
        nodes=dict(sorted(nodes.items())),
        edges=tuple(sorted(edges, key=lambda edge: (edge.relation, edge.id))),
    )


def _edges(store: Store, relation: Relation) -> list[Edge]:
    rows = store.read(
        f"MATCH (a)-[r:{relation}]->(b) RETURN labels(a) AS la, a.id AS a, labels(b) AS lb, b.id AS b, "
        "properties(r) AS properties"
    )
    return [
        Edge(
            relation, _ref(row["la"], row["a"]), _ref(row["lb"], row["b"]), cast("dict[str, object]", row["properties"])
        )
        for row in rows
    ]


def _around(store: Store, places: set[NodeRef]) -> list[Edge]:
    """Return in which region and country places lie, and in which country those regions do."""
    lying = [edge for relation in LIES_IN for edge in _edges(store, relation)]
    regions = {edge.end for edge in lying if edge.start in places and edge.end.label is Label.REGION}
    return [edge for edge in lying if edge.start in places or edge.start in regions]


def _edges_to_sources(store: Store, places: Collection[NodeRef], edges: Collection[Edge]) -> list[Edge]:
    """Return the edges from statements about places or relationships to their sources."""
    about = {(STATEMENT_KEYS[edge.relation], edge.id) for edge in edges if edge.relation in STATEMENT_KEYS}
    about |= {(PLACE_KEY, place.id) for place in places}
    wanted = ", ".join(f"s.{name} AS {name}" for name in SUBJECT_KEYS)
    ids = {
        str(row["id"])
        for row in store.read(f"MATCH (s:{Label.STATEMENT}) RETURN s.id AS id, {wanted}")
        if any((name, row[name]) in about for name in SUBJECT_KEYS)
    }
    return [edge for edge in _edges(store, Relation.FROM) if edge.start.id in ids]


def _edges_to_agreements(store: Store, places: Collection[NodeRef], edges: Collection[Edge]) -> list[Edge]:
    """Return the edges from places to the agreements that the exported statements describe."""
    stated = {edge.start.id for edge in edges if edge.relation is Relation.FROM}
    rows = store.read(
        f"MATCH (s:{Label.STATEMENT}) WHERE s.{AGREEMENT_KEY} IS NOT NULL RETURN s.id AS id, s.{AGREEMENT_KEY} AS act"
    )
    described = {str(row["act"]) for row in rows if row["id"] in stated}
    return [edge for edge in _edges(store, Relation.PARTY_TO) if edge.end.id in described and edge.start in places]


def _nodes(store: Store, refs: set[NodeRef], edges: Collection[Edge]) -> dict[NodeRef, Mapping[str, object]]:
    """Return nodes with their properties; the datasets that statements came in are among them."""
    found: dict[NodeRef, Mapping[str, object]] = {}
    for label in {ref.label for ref in refs} - {Label.SOURCE}:
        found |= {ref: item for ref, item in _all_of(store, (label,)).items() if ref in refs}
    datasets = {
        NodeRef(Label.SOURCE, str(item.get("dataset"))) for ref, item in found.items() if ref.label is Label.STATEMENT
    }
    sources = {edge.end for edge in edges if edge.relation is Relation.FROM} | datasets
    return found | {ref: item for ref, item in _all_of(store, (Label.SOURCE,)).items() if ref in sources}


def _all_of(store: Store, labels: Iterable[Label]) -> dict[NodeRef, Mapping[str, object]]:
    return {
        NodeRef(label, str(node.properties["id"])): node.properties
        for label in labels
        for (node,) in store.read(f"MATCH (n:{label}) RETURN n").records
        if isinstance(node, Vertex)
    }


def _ref(labels: object, id_: object) -> NodeRef:
    label = next(name for name in cast("list[str]", labels) if name in Label)
    return NodeRef(Label(label), str(id_))
