"""What a load has to change in a store: the difference between the datasets and what the store holds."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from twingraph.graph.cypher import read_nodes
from twingraph.graph.derivation import Evidence, derive, derive_pair
from twingraph.graph.model import Flow, Label, NodeRef, Partnership, Relation, Stated, Statement
from twingraph.graph.schema import (
    AGREEMENT_KEY,
    PLACE_KEY,
    RELATIONS,
    STATEMENT_KEYS,
    SUBJECT_KEYS,
    make,
    properties,
    relation_of,
)
from twingraph.graph.store import Store
from twingraph.loaders.assembling.agreements import Agreements
from twingraph.loaders.assembling.assembly import Assembly
from twingraph.loaders.assembling.changes import ORPHANS, STATED, Changes, Link, Row, as_list, as_row, batches

__all__ = ["combined", "compare", "compare_without", "relationship"]

SUBJECTS = ", ".join(f"s.{key} AS {key}" for key in (*SUBJECT_KEYS, AGREEMENT_KEY))


def compare(store: Store, assembly: Assembly) -> Changes:
    """Return what has to change for the store to hold `assembly`.

    Statements of the same datasets that are missing now are deleted, with the relationships that only they support;
    relationships that other datasets support too are derived from all statements.

    Parameters
    ----------
    store
        Only read here.
    assembly
        The content of the datasets.
    """
    return _Comparison(store, assembly).run()


def compare_without(store: Store, statements: Sequence[str]) -> Changes:
    """Return what has to change for the store to hold none of these statements.

    Relationships that only they support are deleted, and then the nodes that have no other; relationships that other
    statements support too are derived from those.

    Parameters
    ----------
    store
        Only read here.
    statements
        Ids of the statements.
    """
    return _Comparison(store, Assembly()).run_without(statements)


class _Comparison:
    """Compares an assembly with a store.

    Attributes
    ----------
    changes
        The result.
    affected
        Ids of the relationships and places that lose a statement, or one of whose statements changes its subject.
    sources
        Ids of the sources that lose a statement.
    dropped
        Ids of the statements that a removal deletes.
    others
        Whether the store has statements of other datasets.
    agreements
        The acts of the pairs that are derived.
    written, linked
        Ids of the statements of these datasets that are to be written, and whose link to their source is.
    known
        The act that each statement describes in the store, of these datasets and of others about the same pairs.
    stored
        The statements of other datasets about the same pairs.
    """

    def __init__(self, store: Store, assembly: Assembly) -> None:
        self.store = store
        self.assembly = assembly
        self.changes = Changes()
        self.empty = self.changes.first = store.info().nodes == 0
        self.affected: dict[str, set[str]] = {key: set() for key in SUBJECT_KEYS}
        self.sources: set[str] = set()
        self.dropped: set[str] = set()
        self.others = True
        self.agreements = Agreements()
        self.written: dict[str, None] = {}
        self.linked: list[str] = []
        self.known: dict[str, str | None] = {}
        self.stored: dict[str, Statement] = {}

    def run(self) -> Changes:
        self.compare_nodes()
        self.compare_places()
        self.compare_statements()
        self.compare_relationships()
        self.write_statements()
        return self.changes

    def run_without(self, statements: Sequence[str]) -> Changes:
        self.drop_statements(statements)
        self.compare_relationships()
        self.write_statements()
        return self.changes

    def read(self, query: str, rows: Iterable[object], **parameters: object) -> Iterable[Row]:
        """Yield the rows of a query over ``$rows``, batch by batch; an empty store is not queried."""
        if self.empty:
            return
        for batch in batches(rows):
            yield from self.store.read(query, {"rows": batch, **parameters})

    def compare_nodes(self) -> None:
        by_label: dict[Label, dict[str, object]] = {}
        for reference, node in self.assembly.nodes.items():
            by_label.setdefault(reference.label, {})[reference.id] = node
        for label, wanted in by_label.items():
            found = {str(row["id"]): row["properties"] for row in self.read(read_nodes(label), wanted)}
            count = self.changes.count(label)
            for identity, new in wanted.items():
                before = found.get(identity)
                after = combined(before, properties(new)) if isinstance(before, dict) else new
                if count.note(before, after):
                    self.changes.nodes.setdefault(label, []).append(after)

    def compare_places(self) -> None:
        wanted: dict[tuple[Relation, NodeRef], NodeRef] = {
            (relation, start): end for relation, start, end in self.assembly.lies_in
        }
        groups: dict[tuple[Relation, Label], dict[str, NodeRef]] = {}
        for (relation, start), end in wanted.items():
            groups.setdefault((relation, start.label), {})[start.id] = end
        for (relation, label), ends in groups.items():
            target = RELATIONS[relation].ends[0]
            query = (
                f"UNWIND $rows AS id MATCH (a:{label} {{id: id}})-[:{relation}]->(b:{target}) "
                "RETURN a.id AS start, b.id AS end"
            )
            unchanged = set()
            for row in self.read(query, ends):
                start, end = NodeRef(label, str(row["start"])), NodeRef(target, str(row["end"]))
                if ends[start.id] == end:
                    unchanged.add(start.id)
                else:
                    self.changes.dropped_links.append(Link(relation, start, end, {}))
            cls = RELATIONS[relation].cls
            self.changes.links.extend(
                cls(start=NodeRef(label, start), end=end) for start, end in ends.items() if start not in unchanged
            )

    def compare_statements(self) -> None:
        count = self.changes.count(Label.STATEMENT)
        known: dict[str, tuple[object, ...]] = {}
        provenance = (
            f"-[f:{Relation.FROM}]->(source:{Label.SOURCE}) "
            f"RETURN s.id AS id, {SUBJECTS}, source.id AS source, f.row AS row, f.sheet AS sheet, "
            "f.retrieved AS retrieved, properties(s) AS content"
        )
        of_datasets = f"UNWIND $rows AS dataset MATCH (s:{Label.STATEMENT} {{dataset: dataset}}){provenance}"
        by_id = f"UNWIND $rows AS id MATCH (s:{Label.STATEMENT} {{id: id}}){provenance}"
        of_others = [
            identity
            for identity, item in self.assembly.evidence.items()
            if item.statement.dataset not in self.assembly.datasets
        ]
        for row in chain(self.read(of_datasets, self.assembly.datasets), self.read(by_id, of_others)):
            identity = str(row["id"])
            subject = {key: row[key] for key in SUBJECT_KEYS}
            content = _without_act(as_row(row["content"]))
            known[identity] = (content, row["source"], row["row"], row["sheet"], row["retrieved"])
            item = self.assembly.evidence.get(identity)
            self.known[identity] = None if row[AGREEMENT_KEY] is None else str(row[AGREEMENT_KEY])
            if self.known[identity]:
                self.agreements.before.add(str(self.known[identity]))
            if item is not None and subject == _subject(item.statement):
                continue
            self.note_affected(row)
            if item is None:
                count.removed += 1
                self.changes.dropped_nodes.setdefault(Label.STATEMENT, []).append(identity)
                self.sources.add(str(row["source"]))
        if not self.empty:
            counted = self.store.read(f"MATCH (s:{Label.STATEMENT}) RETURN count(s)")
            self.others = counted.records[0][0] != len(known)
        for identity, item in self.assembly.evidence.items():
            before = known.get(identity)
            after = _without_act(properties(item.statement)) if before else None
            if not count.note(before, (after, item.source_id, item.row, item.sheet, item.retrieved)):
                continue
            if before is None or before[0] != after:
                self.written[identity] = None
            self.linked.append(identity)

    def write_statements(self) -> None:
        """Give each statement the act that it describes, and add those that change to the changes."""
        statements: list[object] = []
        evidence = self.assembly.evidence
        described = self.agreements.described
        for identity in self.written:
            item = evidence[identity]
            act = described.get(identity)
            if act != item.statement.agreement_id:
                evidence[identity] = item = replace(item, statement=replace(item.statement, agreement_id=act))
            statements.append(item.statement)
        for identity, act in described.items():
            if identity in self.written or identity not in self.known or self.known[identity] == act:
                continue
            if identity in evidence:
                statements.append(replace(evidence[identity].statement, agreement_id=act))
            else:
                statements.append(replace(self.stored[identity], agreement_id=act))
            if identity not in self.linked:
                self.changes.count(Label.STATEMENT).changed += 1
                self.changes.count(Label.STATEMENT).unchanged -= identity in evidence
        if statements:
            self.changes.nodes[Label.STATEMENT] = statements
        self.changes.provenance = [evidence[identity] for identity in self.linked]

    def drop_statements(self, statements: Sequence[str]) -> None:
        query = (
            f"UNWIND $rows AS id MATCH (s:{Label.STATEMENT} {{id: id}})-[:{Relation.FROM}]->(source:{Label.SOURCE}) "
            f"RETURN id, {SUBJECTS}, source.id AS source"
        )
        for row in self.read(query, statements):
            self.note_affected(row)
            self.sources.add(str(row["source"]))
        self.dropped = set(statements)
        if statements:
            self.changes.count(Label.STATEMENT).removed += len(self.dropped)
            self.changes.dropped_nodes[Label.STATEMENT] = list(statements)

    def note_affected(self, row: Row) -> None:
        for key in SUBJECT_KEYS:
            if row[key] is not None:
                self.affected[key].add(str(row[key]))
        if row[AGREEMENT_KEY] is not None:
            self.agreements.before.add(str(row[AGREEMENT_KEY]))

    def compare_relationships(self) -> None:
        for key, wanted in self.assembly.relationships.items():
            stored = self.stored_relationships(key, wanted)
            bare = dict(wanted)
            for identity in self.affected[key]:
                if identity not in bare and (link := stored.get(identity)):
                    bare[identity] = relationship(link)
            evidence = self.evidence(key, bare)
            for identity, each in bare.items():
                before, items = stored.get(identity), evidence.get(identity)
                if items:
                    self.compare_relationship(before, self.derived(each, items))
                elif before is not None:
                    self.changes.count(before.relation).removed += 1
                    self.changes.dropped_links.append(before)
            if key == STATEMENT_KEYS[Relation.PARTNERS_WITH]:
                gone = {*self.dropped, *self.changes.dropped_nodes.get(Label.STATEMENT, ())}
                self.agreements.compare(self.read, self.changes, gone, bare.keys())
        self.changes.orphans = self.find_orphans()
        for label, ids in self.changes.orphans.items():
            self.changes.count(label).removed += len(ids)

    def derived(self, bare: Stated, evidence: Sequence[Evidence]) -> Stated:
        """Return a relationship as its statements describe it; of a pair, its acts are noted."""
        if not isinstance(bare, Partnership):
            return derive(bare, evidence)
        pair, acts = derive_pair(bare, evidence)
        if acts or any(item.statement.agreement_id for item in evidence) or self.known:
            self.agreements.note(acts, evidence)
        return pair

    def compare_relationship(self, before: Link | None, edge: Stated) -> None:
        after = before and Link(before.relation, edge.start, edge.end, properties(edge))
        if self.changes.count(relation_of(edge)).note(before, after):
            self.changes.links.append(edge)

    def stored_relationships(self, key: str, wanted: Mapping[str, Stated]) -> dict[str, Link]:
        """Return the relationships of the store that are wanted or affected, by id."""
        found: dict[str, Link] = {}
        columns = (
            "labels(a)[0] AS start_label, a.id AS start, labels(b)[0] AS end_label, b.id AS end, "
            "properties(r) AS properties"
        )
        groups: dict[Label, dict[str, list[str]]] = {}
        for identity, edge in wanted.items():
            groups.setdefault(edge.start.label, {}).setdefault(edge.start.id, []).append(identity)
        affected = sorted(self.affected[key] - wanted.keys())
        for relation in (relation for relation, name in STATEMENT_KEYS.items() if name == key):
            answers: list[Iterable[Row]] = [
                self.read(  # by their start, so that the relationships of a place are scanned once
                    f"UNWIND $rows AS row MATCH (a:{label} {{id: row.start}})-[r:{relation}]->(b) "
                    f"WHERE r.id IN row.ids RETURN {columns}",
                    [{"start": start, "ids": ids} for start, ids in by_start.items()],
                )
                for label, by_start in groups.items()
            ]
            if affected:
                answers.append(
                    self.read(f"MATCH (a)-[r:{relation}]->(b) WHERE r.id IN $rows RETURN {columns}", affected)
                )
            for row in chain.from_iterable(answers):
                start = NodeRef(Label(str(row["start_label"])), str(row["start"]))
                end = NodeRef(Label(str(row["end_label"])), str(row["end"]))
                stored = as_row(row["properties"])
                found[str(stored["id"])] = Link(relation, start, end, stored)
        return found

    def evidence(self, key: str, ids: Iterable[str]) -> dict[str, list[Evidence]]:
        """Return every statement about each relationship: of these datasets, and of the others in the store."""
        found: dict[str, list[Evidence]] = {}
        for item in self.assembly.evidence.values():
            identity = getattr(item.statement, key)
            if identity is not None:
                found.setdefault(identity, []).append(item)
        query = (
            f"UNWIND $rows AS id MATCH (s:{Label.STATEMENT} {{{key}: id}})-[f:{Relation.FROM}]->(source) "
            "WHERE NOT s.dataset IN $datasets "
            "RETURN id, properties(s) AS statement, source.id AS source, f.retrieved AS retrieved"
        )
        for row in self.read(query, ids if self.others else (), datasets=list(self.assembly.datasets)):
            statement = make(Statement, as_row(row["statement"]))
            if statement.id in self.assembly.evidence or statement.id in self.dropped:
                continue
            retrieved = None if row["retrieved"] is None else str(row["retrieved"])
            self.stored[statement.id] = statement
            self.known[statement.id] = statement.agreement_id
            found.setdefault(str(row["id"]), []).append(Evidence(statement, str(row["source"]), retrieved))
        return found

    # -- orphans ------------------------------------------------------------------------------------------------------

    def find_orphans(self) -> dict[Label, list[str]]:
        """Return the ids of the nodes that no statement supports any more, by label, in the order of deletion.

        A place stays while it has a relationship or while a remaining place lies in it; a source stays while it has a
        statement. Only nodes that lose something are candidates: nodes that other programs have added are left alone.
        """
        statements = set(self.changes.dropped_nodes.get(Label.STATEMENT, ()))
        candidates = {ref for link in self.changes.dropped_links for ref in (link.start, link.end)}
        candidates |= {NodeRef(label, id_) for label in ORPHANS for id_ in self.affected[PLACE_KEY]}
        gone: dict[Label, list[str]] = {}
        for label in ORPHANS:
            if label is Label.SOURCE:
                found = self.without_statements(sorted(self.sources), statements)
            else:
                ids = sorted(ref.id for ref in candidates if ref.label is label)
                ids = [id_ for id_ in ids if NodeRef(label, id_) not in self.assembly.nodes]
                found = self.unconnected(label, ids, {id_ for each in gone.values() for id_ in each})
                named = self.named_alone(found, statements)
                found = [id_ for id_ in found if id_ not in named]
                candidates |= self.territories(label, found)
            if found := [id_ for id_ in found if NodeRef(label, id_) not in self.assembly.nodes]:
                gone[label] = found
        return gone

    def unconnected(self, label: Label, ids: list[str], gone: Collection[str]) -> list[str]:
        """Return those of `ids` that keep no relationship, and no place that lies in them."""
        dropped = self.changes.dropped_links
        lost = {str(link.properties["id"]) for link in dropped if "id" in link.properties}
        left = {(link.start.id, link.end.id) for link in dropped}
        query = (
            f"UNWIND $rows AS id MATCH (n:{label} {{id: id}}) OPTIONAL MATCH (n)-[r:{STATED}]-() "
            "WITH id, n, collect(DISTINCT CASE WHEN r IS NULL THEN null ELSE coalesce(r.id, '') END) AS edges "
            "OPTIONAL MATCH (n)<-[:IN_REGION|IN_COUNTRY|WAS_IN_REGION|WAS_IN_COUNTRY]-(inside) "
            "RETURN id, edges, collect(DISTINCT inside.id) AS inside"
        )
        found = []
        for row in self.read(query, ids):
            inside = {str(each) for each in as_list(row["inside"])} - set(gone)
            remaining = {each for each in inside if (each, str(row["id"])) not in left}
            if lost.issuperset(map(str, as_list(row["edges"]))) and not remaining:
                found.append(str(row["id"]))
        return found

    def named_alone(self, ids: list[str], statements: Collection[str]) -> set[str]:
        """Return those of `ids` that a remaining statement names alone."""
        query = (
            f"UNWIND $rows AS id MATCH (s:{Label.STATEMENT} {{{PLACE_KEY}: id}}) RETURN id, collect(s.id) AS statements"
        )
        rows = self.read(query, ids)
        return {str(row["id"]) for row in rows if not set(map(str, as_list(row["statements"]))) <= set(statements)}

    def territories(self, label: Label, ids: list[str]) -> set[NodeRef]:
        """Return the regions and countries that nodes lie in."""
        query = (
            f"UNWIND $rows AS id MATCH (n:{label} {{id: id}})-[:{Relation.IN_REGION}|{Relation.IN_COUNTRY}]->(around) "
            "RETURN labels(around)[0] AS label, around.id AS id"
        )
        return {NodeRef(Label(str(row["label"])), str(row["id"])) for row in self.read(query, ids)}

    def without_statements(self, ids: list[str], statements: Collection[str]) -> list[str]:
        """Return those of the sources `ids` that have no statements but these."""
        query = (
            f"UNWIND $rows AS id MATCH (n:{Label.SOURCE} {{id: id}})<-[:{Relation.FROM}]-(s) "
            "RETURN id, collect(s.id) AS statements"
        )
        rows = self.read(query, ids)
        return sorted(str(row["id"]) for row in rows if set(map(str, as_list(row["statements"]))) <= set(statements))


def combined(before: Row, new: Row) -> Row:
    """Return a node's properties after another load: the newest known values, and every spelling ever used."""
    after = {**before, **new}
    if aliases := [*as_list(before.get("aliases")), *as_list(new.get("aliases"))]:
        after["aliases"] = list(dict.fromkeys(aliases))
    if "lat" in after:
        after.pop("unplaced", None)
        after.pop("unplaced_code", None)
    return after


def _without_act(content: Row) -> Row:
    """Return the properties of a statement without the act, which only follows from them."""
    content.pop(AGREEMENT_KEY, None)
    return content


def _subject(statement: Statement) -> dict[str, object]:
    return {key: getattr(statement, key) for key in SUBJECT_KEYS}


def relationship(link: Link) -> Stated:
    """Return a relationship of the store as an object of the model."""
    ends: dict[str, object] = {"start": link.start, "end": link.end}
    cls = RELATIONS[link.relation].cls
    if cls is Flow:
        ends["relation"] = link.relation
    made: Stated = make(cls, link.properties, **ends)
    return made
