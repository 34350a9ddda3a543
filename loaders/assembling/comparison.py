"""What some datasets say, held against what the store has: the difference is what a load writes."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from twingraph.graph.cypher import read_nodes
from twingraph.graph.derivation import Evidence, merge_partnership, merge_sourced
from twingraph.graph.model import (
    Flow,
    Label,
    NodeRef,
    Partnership,
    Relation,
    Sourced,
    Statement,
)
from twingraph.graph.schema import RELATIONS, SPEAKS_BY, SPOKEN_OF, make, properties
from twingraph.graph.store import Store
from twingraph.loaders.assembling.assembly import Assembly, Pair
from twingraph.loaders.assembling.changes import Changes, Link, batches, relation_of
from twingraph.loaders.assembling.orphans import orphans

__all__ = ["compare", "compare_without"]

type Row = dict[str, object]

SPEAKS = ", ".join(f"s.{name} AS {name}" for name in SPEAKS_BY)


def compare(store: Store, assembly: Assembly) -> Changes:
    """Return what has to change for the store to hold `assembly`.

    Statements of the same datasets that are no longer made go, with the relationships that rested on them alone;
    relationships that other datasets speak of as well are derived from everything said.

    Parameters
    ----------
    store
        Only read here.
    assembly
        What the datasets say.
    """
    return _Comparison(store, assembly).run()


def compare_without(store: Store, statements: Sequence[str]) -> Changes:
    """Return what has to change for the store to hold none of these statements.

    Relationships that rested on them alone go, with what that leaves alone; those that others speak of as well are
    derived from what is left.

    Parameters
    ----------
    store
        Only read here.
    statements
        Ids of the statements.
    """
    return _Comparison(store, Assembly()).without(statements)


class _Comparison:
    def __init__(self, store: Store, assembly: Assembly) -> None:
        self.store = store
        self.assembly = assembly
        self.changes = Changes()
        self.empty = self.changes.first = store.info().nodes == 0
        self.stale: dict[str, set[str]] = {about: set() for about in SPEAKS_BY}
        self.left_sources: set[str] = set()
        self.dropped: set[str] = set()
        self.others_speak = True

    def without(self, statements: Sequence[str]) -> Changes:
        self.drop_statements(statements)
        self.compare_ties()
        return self.changes

    def run(self) -> Changes:
        self.compare_nodes()
        self.compare_places()
        self.compare_statements()
        self.compare_ties()
        return self.changes

    def compare_ties(self) -> None:
        self.compare_partnerships()
        for about, wanted in self.assembly.sourced.items():
            self.compare_sourced(about, wanted)
        self.find_orphans()

    def read(self, query: str, rows: Iterable[object], **parameters: object) -> Iterable[Row]:
        """Yield the answers to a query over ``$rows``, batch by batch; an empty store is not asked."""
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
                after = _combined(before, properties(new)) if isinstance(before, dict) else new
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
            standing = set()
            for row in self.read(query, ends):
                start, end = NodeRef(label, str(row["start"])), NodeRef(target, str(row["end"]))
                if ends[start.id] == end:
                    standing.add(start.id)
                else:
                    self.changes.dropped_links.append(Link(relation, start, end, {}))
            cls = RELATIONS[relation].cls
            self.changes.links.extend(
                cls(start=NodeRef(label, start), end=end) for start, end in ends.items() if start not in standing
            )

    def compare_statements(self) -> None:
        count = self.changes.count(Label.STATEMENT)
        known: dict[str, tuple[object, ...]] = {}
        found = (
            f"-[f:{Relation.FROM}]->(source:{Label.SOURCE}) "
            f"RETURN s.id AS id, {SPEAKS}, source.id AS source, f.row AS row, f.sheet AS sheet, "
            "f.retrieved AS retrieved, s.doubts AS doubts"
        )
        of_datasets = f"UNWIND $rows AS dataset MATCH (s:{Label.STATEMENT} {{dataset: dataset}}){found}"
        by_id = f"UNWIND $rows AS id MATCH (s:{Label.STATEMENT} {{id: id}}){found}"
        others = [
            identity
            for identity, said in self.assembly.said.items()
            if said.statement.dataset not in self.assembly.datasets
        ]
        for row in chain(self.read(of_datasets, self.assembly.datasets), self.read(by_id, others)):
            identity = str(row["id"])
            about = {name: row[name] for name in SPEAKS_BY}
            known[identity] = ((about, _list(row["doubts"])), row["source"], row["row"], row["sheet"], row["retrieved"])
            said = self.assembly.said.get(identity)
            if said is not None and about == _about(said.statement):
                continue
            for name, relationship in about.items():
                if relationship is not None:
                    self.stale[name].add(str(relationship))
            if said is None:
                count.removed += 1
                self.changes.dropped_nodes.setdefault(Label.STATEMENT, []).append(identity)
                self.left_sources.add(str(row["source"]))
        if not self.empty:
            counted = self.store.read(f"MATCH (s:{Label.STATEMENT}) RETURN count(s)")
            self.others_speak = counted.records[0][0] != len(known)
        for identity, said in self.assembly.said.items():
            before = known.get(identity)
            tells = (_about(said.statement), list(said.statement.doubts)) if before else None
            if not count.note(before, (tells, said.source_id, said.row, said.sheet, said.retrieved)):
                continue
            if before is None or before[0] != tells:
                self.changes.nodes.setdefault(Label.STATEMENT, []).append(said.statement)
            self.changes.stands.append(said)

    def drop_statements(self, statements: Sequence[str]) -> None:
        query = (
            f"UNWIND $rows AS id MATCH (s:{Label.STATEMENT} {{id: id}})-[:{Relation.FROM}]->(source:{Label.SOURCE}) "
            f"RETURN id, {SPEAKS}, source.id AS source"
        )
        for row in self.read(query, statements):
            for name in SPEAKS_BY:
                if row[name] is not None:
                    self.stale[name].add(str(row[name]))
            self.left_sources.add(str(row["source"]))
        self.dropped = set(statements)
        if statements:
            self.changes.count(Label.STATEMENT).removed += len(self.dropped)
            self.changes.dropped_nodes[Label.STATEMENT] = list(statements)

    def compare_partnerships(self) -> None:
        standing = self.edges("partnership_id", {i: pair.start for i, pair in self.assembly.pairs.items()})
        pairs = dict(self.assembly.pairs)
        for identity in self.stale["partnership_id"]:
            if identity not in pairs and (link := standing.get(identity)):
                pairs[identity] = Pair(link.start, link.end, str(link.properties["kind"]))
        evidence = self.evidence("partnership_id", pairs)
        merged = {
            identity: merge_partnership(identity, pair.start, pair.end, pair.kind, said)
            for identity, pair in pairs.items()
            if (said := evidence.get(identity))
        }
        self.compare_edges(standing, pairs, merged)

    def compare_sourced(self, about: str, wanted: Mapping[str, Sourced]) -> None:
        """Compare relationships that are as their sources say."""
        standing = self.edges(about, {identity: edge.start for identity, edge in wanted.items()})
        edges: dict[str, Sourced] = dict(wanted)
        for identity in self.stale[about]:
            if identity not in edges and (link := standing.get(identity)):
                edges[identity] = _sourced(link)
        evidence = self.evidence(about, edges)
        sourced = {
            identity: merge_sourced(edge, said) for identity, edge in edges.items() if (said := evidence.get(identity))
        }
        self.compare_edges(standing, edges, sourced)

    def compare_edges(
        self, standing: Mapping[str, Link], ids: Iterable[str], wanted: Mapping[str, Partnership | Sourced]
    ) -> None:
        for identity in ids:
            before, edge = standing.get(identity), wanted.get(identity)
            if edge is None:
                if before is not None:
                    self.changes.count(before.relation).removed += 1
                    self.changes.dropped_links.append(before)
                continue
            after = before and Link(before.relation, edge.start, edge.end, properties(edge))
            if self.changes.count(relation_of(edge)).note(before, after):
                self.changes.links.append(edge)

    def find_orphans(self) -> None:
        self.changes.orphans = orphans(
            self.read,
            dropped=self.changes.dropped_links,
            unsaid=self.stale["place_id"],
            statements=self.changes.dropped_nodes.get(Label.STATEMENT, ()),
            sources=self.left_sources,
            staying=self.assembly.nodes.keys(),
        )
        for label, ids in self.changes.orphans.items():
            self.changes.count(label).removed += len(ids)

    def edges(self, about: str, starts: Mapping[str, NodeRef]) -> dict[str, Link]:
        """Return the relationships that stand: those that are wanted, and those that lose a statement."""
        found: dict[str, Link] = {}
        labels = "labels(a)[0] AS start_label, a.id AS start, labels(b)[0] AS end_label, b.id AS end"
        groups: dict[Label, dict[str, list[str]]] = {}
        for identity, start in starts.items():
            groups.setdefault(start.label, {}).setdefault(start.id, []).append(identity)
        for relation in (relation for relation, name in SPOKEN_OF.items() if name == about):
            answers: list[Iterable[Row]] = [
                self.read(  # by their start, so that what runs from it is looked through once
                    f"UNWIND $rows AS row MATCH (a:{label} {{id: row.start}})-[r:{relation}]->(b) "
                    f"WHERE r.id IN row.ids RETURN {labels}, properties(r) AS properties",
                    [{"start": start, "ids": ids} for start, ids in by_start.items()],
                )
                for label, by_start in groups.items()
            ]
            lost = sorted(self.stale[about] - starts.keys())
            if lost:
                query = (
                    f"MATCH (a)-[r:{relation}]->(b) WHERE r.id IN $rows RETURN {labels}, properties(r) AS properties"
                )
                answers.append(self.read(query, lost))
            for row in (row for answer in answers for row in answer):
                link = _link(relation, row)
                found[str(link.properties["id"])] = link
        return found

    def evidence(self, about: str, ids: Iterable[str]) -> dict[str, list[Evidence]]:
        """Return everything said of each relationship: by these datasets, and by the others in the store."""
        gathered: dict[str, list[Evidence]] = {}
        for said in self.assembly.said.values():
            identity = getattr(said.statement, about)
            if identity is not None:
                gathered.setdefault(identity, []).append(said)
        query = (
            f"UNWIND $rows AS id MATCH (s:{Label.STATEMENT} {{{about}: id}})-[f:{Relation.FROM}]->(source) "
            "WHERE NOT s.dataset IN $datasets "
            "RETURN id, properties(s) AS statement, source.id AS source, f.retrieved AS retrieved"
        )
        for row in self.read(query, ids if self.others_speak else (), datasets=list(self.assembly.datasets)):
            statement = make(Statement, _mapping(row["statement"]))
            if statement.id in self.assembly.said or statement.id in self.dropped:
                continue
            item = Evidence(statement, str(row["source"]), _text(row["retrieved"]))
            gathered.setdefault(str(row["id"]), []).append(item)
        return gathered


def _combined(before: Row, new: Row) -> Row:
    """Return a node's properties after another load: the newest known values, and every spelling ever used."""
    combined = {**before, **new}
    if aliases := [*_list(before.get("aliases")), *_list(new.get("aliases"))]:
        combined["aliases"] = list(dict.fromkeys(aliases))
    if "lat" in combined:
        combined.pop("unplaced", None)
    return combined


def _about(statement: Statement) -> dict[str, object]:
    return {name: getattr(statement, name) for name in SPEAKS_BY}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _mapping(value: object) -> Row:
    if not isinstance(value, dict):
        raise TypeError(f"properties expected, not {value!r}")
    return value


def _link(relation: Relation, row: Row) -> Link:
    start = NodeRef(Label(str(row["start_label"])), str(row["start"]))
    end = NodeRef(Label(str(row["end_label"])), str(row["end"]))
    return Link(relation, start, end, _mapping(row["properties"]))


def _sourced(link: Link) -> Sourced:
    ends: dict[str, object] = {"start": link.start, "end": link.end}
    if RELATIONS[link.relation].cls is Flow:
        ends["relation"] = link.relation
    made: Sourced = make(RELATIONS[link.relation].cls, link.properties, **ends)
    return made
