"""The relationships of places that become one or several again, and what statements say of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from twingraph.graph.merge import Evidence, merge_partnership, merge_sourced
from twingraph.graph.model import Label, NodeRef, Relation, Sourced
from twingraph.graph.schema import RELATIONS, SPOKEN_OF, make, properties
from twingraph.graph.store import Store
from twingraph.loaders.changes import STANDS_IN, Link
from twingraph.loaders.merging.merged import as_row, read_rows
from twingraph.loaders.merging.rules import Row, reference

__all__ = ["Derived", "Links", "Said", "key_of", "read_links"]


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as it stands: its properties, its source, and when that was read."""

    statement: Row
    source_id: str
    retrieved: str | None


@dataclass(frozen=True, slots=True)
class Links:
    """Relationships, and what is said of each by its id."""

    all: list[Link]
    said: Mapping[str, list[Said]]

    def ends(self) -> Iterable[tuple[NodeRef, NodeRef]]:
        """Yield the two ends of each."""
        return ((link.start, link.end) for link in self.all)


@dataclass(frozen=True, slots=True)
class Derived:
    """A relationship to derive: one like it that stood, where it runs now, and what is said of it."""

    like: Link
    start: NodeRef
    end: NodeRef
    evidence: list[Evidence] = field(default_factory=list)

    def link(self, relation: Relation, identity: str) -> Link:
        """Return the relationship as derived from what is said."""
        if relation is Relation.PARTNERS_WITH:
            kind = str(self.like.properties["kind"])
            made = merge_partnership(identity, self.start, self.end, kind, self.evidence)
            return Link(relation, self.start, self.end, properties(made))
        old = self.like.properties
        if relation in (Relation.SEEKS, Relation.TAKES_PART_IN):
            like: Sourced = make(RELATIONS[relation].cls, {**old, "id": identity}, start=self.start, end=self.end)
            return Link(relation, self.start, self.end, properties(merge_sourced(like, self.evidence)))
        said = [item.statement for item in self.evidence]
        words = [statement.words for statement in said if statement.words]
        note = old.get("note") if old.get("note") in words else next(iter(words), None)
        stated = {"note": note, "since": said[0].since, "until": said[0].until}
        kept = {key: value for key, value in old.items() if key not in stated}
        kept |= {key: value for key, value in stated.items() if value is not None}
        kept |= {"id": identity, "source_ids": sorted({item.source_id for item in self.evidence})}
        return Link(relation, self.start, self.end, kept)


def key_of(link: Link) -> tuple[Relation, NodeRef, NodeRef, object]:
    """Return what tells a relationship from others: its type, its ends and its id."""
    return link.relation, link.start, link.end, link.properties.get("id")


def read_links(store: Store, ids: Sequence[str]) -> Links:
    """Return the relationships of places that statements speak of, and what is said of each."""
    found: dict[tuple[Relation, NodeRef, NodeRef, object], Link] = {}
    patterns = ("(n)-[r:{0}]->(m)", "(n)<-[r:{0}]-(m)")
    for pattern, label in product(patterns, (Label.MUNICIPALITY, Label.METROPOLIS)):
        out = "->" in pattern
        query = (
            f"UNWIND $rows AS id MATCH (n:{label} {{id: id}}) "
            f"MATCH {pattern.format(STANDS_IN)} "
            "RETURN id, labels(m)[0] AS label, m.id AS other, type(r) AS type, properties(r) AS properties"
        )
        for row in read_rows(store, query, [id_ for id_ in ids if reference(id_).label is label]):
            here = reference(str(row["id"]))
            there = NodeRef(Label(str(row["label"])), str(row["other"]))
            link = Link(
                Relation(str(row["type"])), *((here, there) if out else (there, here)), as_row(row["properties"])
            )
            found[key_of(link)] = link
    said: dict[str, list[Said]] = defaultdict(list)
    for about in dict.fromkeys(SPOKEN_OF.values()):
        spoken = sorted({str(key[3]) for key in found if SPOKEN_OF.get(key[0]) == about})
        query = (
            f"UNWIND $rows AS id MATCH (s:{Label.STATEMENT} {{{about}: id}})-[f:{Relation.FROM}]->(source) "
            "RETURN id, properties(s) AS statement, source.id AS source, f.retrieved AS retrieved"
        )
        for row in read_rows(store, query, spoken):
            retrieved = None if row["retrieved"] is None else str(row["retrieved"])
            said[str(row["id"])].append(Said(as_row(row["statement"]), str(row["source"]), retrieved))
    return Links(list(found.values()), said)
