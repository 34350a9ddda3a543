"""Read nodes and relationships of a store as objects of the model, many in each query."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations
from typing import cast

from twingraph.graph.model import (
    Agreement,
    Application,
    Flow,
    Label,
    Membership,
    NodeRef,
    Participation,
    Partnership,
    Programme,
    Relation,
    Source,
    Sourced,
    Stated,
    Statement,
)
from twingraph.graph.schema import RELATIONS, STATEMENT_KEYS, make, relation_of
from twingraph.graph.standing import status_on, today
from twingraph.graph.store import Relationship, Store, Vertex
from twingraph.queries.names import PlaceNode


@dataclass(frozen=True, slots=True)
class StoredStatement:
    """A statement with its sources.

    Attributes
    ----------
    statement
        The statement.
    sources
        Ids of its sources, a cited page before its dataset.
    row
        Its row in the dataset, if known.
    sheet
        Its sheet in a workbook.
    """

    statement: Statement
    sources: tuple[str, ...]
    row: int | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class StoredAgreement:
    """An act with its parties, sorted by id; an act of three places or more is an act of each of their pairs."""

    agreement: Agreement
    parties: tuple[NodeRef, ...]


def partnerships(store: Store, places: Iterable[NodeRef] | None) -> tuple[Partnership, ...]:
    """Return every partnership with one of `places` at an end, sorted by id; all of the store for ``None``.

    Its status is that of today (:mod:`twingraph.graph.standing`).
    """
    day = today()
    found = cast("list[Partnership]", _touching(store, Relation.PARTNERS_WITH, places))
    return tuple(replace(tie, status=status_on(tie.status, tie.since, tie.until, day)) for tie in found)


def agreements(store: Store, ties: Iterable[Partnership]) -> tuple[StoredAgreement, ...]:
    """Return the acts of some partnerships, sorted by id; their status is that of today."""
    pairs = {frozenset((tie.start, tie.end)) for tie in ties if tie.agreement_count}
    acts: dict[str, Agreement] = {}
    day = today()
    for label, ids in by_label({ref for pair in pairs for ref in pair}):
        rows = store.read(
            f"UNWIND $ids AS i MATCH (:{label} {{id: i}})-[:{Relation.PARTY_TO}]->(act:{Label.AGREEMENT}) "
            "RETURN DISTINCT act",
            {"ids": ids},
        )
        for row in rows:
            act = make(Agreement, cast("Vertex", row["act"]).properties)
            acts[act.id] = replace(act, status=status_on(act.status, act.since, act.until, day))
    parties: dict[str, set[NodeRef]] = {}
    rows = store.read(
        f"UNWIND $ids AS i MATCH (a)-[:{Relation.PARTY_TO}]->(:{Label.AGREEMENT} {{id: i}}) "
        "RETURN i, labels(a)[0] AS label, a.id AS id",
        {"ids": sorted(acts)},
    )
    for row in rows:
        parties.setdefault(str(row["i"]), set()).add(node_ref(row["label"], row["id"]))
    return tuple(
        StoredAgreement(acts[id_], tuple(sorted(parties[id_], key=lambda ref: ref.id)))
        for id_ in sorted(parties)
        if any(frozenset(pair) in pairs for pair in combinations(parties[id_], 2))
    )


def memberships(store: Store, places: set[NodeRef]) -> tuple[Membership, ...]:
    """Return all members of every metropolis that is among `places` or that one of them belongs to."""
    metropolises = {ref.id for ref in places if ref.label is Label.METROPOLIS}
    for label, ids in by_label(places):
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
            start=node_ref(row["label"], row["id"]),
            end=node_ref(Label.METROPOLIS, row["i"]),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda item: item.id))


def flows(store: Store, places: set[NodeRef] | None) -> tuple[Flow, ...]:
    """Return the aid and hosting from or to some places, sorted by id; all of the store for ``None``."""
    found = [item for relation in _FLOWS for item in _touching(store, relation, places)]
    return tuple(cast("Flow", item) for item in sorted(found, key=lambda item: item.id))


def applications(store: Store, places: set[NodeRef] | None) -> tuple[Application, ...]:
    """Return the applications of some places, and those that seek them, sorted by id; all of the store for ``None``."""
    return tuple(cast("Application", item) for item in _touching(store, Relation.SEEKS, places))


def participations(store: Store, places: set[NodeRef] | None) -> tuple[Participation, ...]:
    """Return in which programmes some places take part, sorted by id; all of the store for ``None``."""
    return tuple(cast("Participation", item) for item in _touching(store, Relation.TAKES_PART_IN, places))


_FLOWS = (Relation.SENT_AID, Relation.HOSTED)
"""The types of relationships that are read as :class:`twingraph.graph.model.Flow`."""

READ_BY_KIND = {
    Relation.PARTNERS_WITH,
    Relation.MEMBER_OF,
    *_FLOWS,
    Relation.SEEKS,
    Relation.TAKES_PART_IN,
}
"""The types of relationships that have a function here and a display of their own."""


def other_relationships(store: Store, places: set[NodeRef] | None) -> tuple[Sourced, ...]:
    """Return the relationships of some places of every other type, by type and id; all of the store for ``None``."""
    others = (relation for relation in STATEMENT_KEYS if relation not in READ_BY_KIND)
    return tuple(item for relation in others for item in _touching(store, relation, places))


def _touching(store: Store, relation: Relation, places: Iterable[NodeRef] | None) -> list[Sourced]:
    found: dict[str, Sourced] = {}
    returned = "RETURN labels(a)[0] AS label, a.id AS i, labels(b)[0] AS other_label, b.id AS other, r"
    asked: list[tuple[str, dict[str, object]]] = [(f"MATCH (a)-[r:{relation}]->(b) {returned}", {})]
    if places is not None:
        asked = [
            (f"UNWIND $ids AS i MATCH {path} {returned}", {"ids": ids})
            for label, ids in by_label(places)
            for path in (f"(a:{label} {{id: i}})-[r:{relation}]->(b)", f"(a)-[r:{relation}]->(b:{label} {{id: i}})")
        ]
    for text, parameters in asked:
        for row in store.read(text, parameters):
            start, end = node_ref(row["label"], row["i"]), node_ref(row["other_label"], row["other"])
            if relation is Relation.PARTNERS_WITH:  # it has no direction
                start, end = sorted((start, end), key=lambda ref: ref.id)
            edge = cast("Relationship", row["r"])
            drawn = {"id": f"{start.id}|{end.id}", **edge.properties}  # drawn by hand, it may lack one
            ends: dict[str, object] = {"start": start, "end": end}
            if relation in _FLOWS:
                ends["relation"] = relation
            item: Sourced = make(RELATIONS[relation].cls, drawn, **ends)
            found[item.id] = item
    return [found[id_] for id_ in sorted(found)]


def statements(store: Store, relationships: Iterable[Stated]) -> tuple[StoredStatement, ...]:
    """Return the statements behind relationships, sorted by id."""
    ids: dict[str, list[str]] = {}
    for item in relationships:
        ids.setdefault(STATEMENT_KEYS[relation_of(item)], []).append(item.id)
    statements: dict[str, Statement] = {}
    places: dict[str, set[tuple[bool, str]]] = {}
    rows_of: dict[str, tuple[int | None, str | None]] = {}
    for key, wanted in ids.items():
        rows = store.read(
            f"UNWIND $ids AS i MATCH (s:Statement {{{key}: i}})-[f:FROM]->(source:Source) "
            "RETURN s, source.id AS source, f.row AS row, f.sheet AS sheet",
            {"ids": wanted},
        )
        for row in rows:
            statement = make(Statement, cast("Vertex", row["s"]).properties)
            statements[statement.id] = statement
            source = str(row["source"])
            places.setdefault(statement.id, set()).add((source == statement.dataset, source))
            rows_of[statement.id] = cast("tuple[int | None, str | None]", (row["row"], row["sheet"]))
    return tuple(
        StoredStatement(statements[id_], tuple(source for _is_dataset, source in sorted(places[id_])), *rows_of[id_])
        for id_ in sorted(statements)
    )


def links(store: Store, places: Iterable[NodeRef], relation: Relation, target: Label) -> dict[str, str]:
    """Return the id of the `target` that each place lies in."""
    found: dict[str, str] = {}
    for label, ids in by_label(places):
        if label is target:
            continue
        rows = store.read(
            f"UNWIND $ids AS i MATCH (:{label} {{id: i}})-[:{relation}]->(b:{target}) RETURN i, b.id AS id",
            {"ids": ids},
        )
        found |= {str(row["i"]): str(row["id"]) for row in rows}
    return found


def nodes(store: Store, label: Label, cls: type[PlaceNode], refs: Iterable[NodeRef]) -> tuple[PlaceNode, ...]:
    """Return the nodes of one label among `refs`, sorted by id."""
    return fetch(store, label, cls, {ref.id for ref in refs if ref.label is label})


def fetch[T: (PlaceNode, Programme, Source)](
    store: Store, label: Label, cls: type[T], ids: Iterable[str]
) -> tuple[T, ...]:
    """Return the nodes of one label that have these ids, sorted by id."""
    wanted = sorted(ids)
    if not wanted:
        return ()
    rows = store.read(f"UNWIND $ids AS i MATCH (n:{label} {{id: i}}) RETURN n", {"ids": wanted})
    made = [make(cls, cast("Vertex", row["n"]).properties) for row in rows]
    return tuple(sorted(made, key=lambda node: node.id))


def count(store: Store) -> int:
    """Return how many partnerships the whole store holds."""
    (record,) = store.read("MATCH ()-[p:PARTNERS_WITH]->() RETURN count(p) AS n").records
    return cast("int", record[0])


def by_label(refs: Iterable[NodeRef]) -> list[tuple[Label, list[str]]]:
    """Return the ids of each label, sorted: a query asks for the nodes of one label."""
    grouped: dict[Label, list[str]] = {}
    for ref in sorted(refs):
        grouped.setdefault(ref.label, []).append(ref.id)
    return list(grouped.items())


def node_ref(label: object, id_: object) -> NodeRef:
    """Return the reference to a node that a row names."""
    return NodeRef(Label(str(label)), str(id_))
