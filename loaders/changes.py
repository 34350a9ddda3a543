"""What a load changes in the store, and the one transaction that does it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from twingraph.graph.cypher import delete_nodes, delete_relationships, merge_nodes, merge_relationships
from twingraph.graph.model import Label, NodeRef, Relation
from twingraph.graph.schema import SPOKEN_OF
from twingraph.graph.store import Store, Transaction

__all__ = ["BATCH", "Changes", "Count", "Link", "batches"]

BATCH = 2_000
"""Rows in one query: enough that the engine works rather than parses, few enough that progress shows."""

STANDS_IN = "|".join(SPOKEN_OF)
ORPHANS = {
    Label.MUNICIPALITY: f"EXISTS {{ (n)-[:{STANDS_IN}]-() }}",
    Label.METROPOLIS: f"EXISTS {{ (n)-[:{STANDS_IN}]-() }}",
    Label.REGION: f"EXISTS {{ (n)-[:IN_REGION|WAS_IN_REGION|{STANDS_IN}]-() }}",
    Label.COUNTRY: "EXISTS { (n)--() }",
    Label.PROGRAMME: f"EXISTS {{ (n)<-[:{Relation.TAKES_PART_IN}]-() }}",
    Label.SOURCE: f"EXISTS {{ (n)<-[:{Relation.FROM}]-() }}",
}
"""What keeps a node in the graph, by label; in this order they go, since a place keeps what it lies in."""

type Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship to write or to delete: its type, its ends and its properties."""

    relation: Relation
    start: NodeRef
    end: NodeRef
    properties: Row

    @property
    def between(self) -> tuple[Relation, Label, Label]:
        """The type and the labels of the ends: links that one query can write together."""
        return self.relation, self.start.label, self.end.label


@dataclass(slots=True)
class Count:
    """How many of one sort are new, changed, unchanged or removed."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0

    def note(self, before: object, after: object) -> bool:
        """Count one item by what stood before; return whether it has to be written."""
        if before is None:
            self.new += 1
        elif before == after:
            self.unchanged += 1
            return False
        else:
            self.changed += 1
        return True


@dataclass(slots=True)
class Changes:
    """Everything that a load writes and deletes, worked out beforehand.

    Attributes
    ----------
    nodes
        Rows to write by label.
    links
        Relationships to write.
    dropped_nodes
        Ids to delete by label.
    dropped_links
        Relationships to delete.
    orphans
        Ids by label of the places and sources that nothing is said of any more. Each is looked at once more when it
        is to go: somebody else may have said something of it meanwhile.
    counts
        What happens to each sort of thing, by label or type.
    """

    nodes: dict[Label, list[Row]] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    dropped_nodes: dict[Label, list[str]] = field(default_factory=dict)
    dropped_links: list[Link] = field(default_factory=list)
    orphans: dict[Label, list[str]] = field(default_factory=dict)
    counts: dict[str, Count] = field(default_factory=dict)

    def count(self, sort: str) -> Count:
        """Return the count of one sort of thing."""
        return self.counts.setdefault(sort, Count())

    @property
    def size(self) -> int:
        """How many nodes and relationships are written or deleted."""
        nodes = sum(len(rows) for each in (self.nodes, self.dropped_nodes, self.orphans) for rows in each.values())
        return nodes + len(self.links) + len(self.dropped_links)

    def apply(self, store: Store, advance: Callable[[int], None] = lambda _: None) -> None:
        """Make the changes in one transaction.

        Parameters
        ----------
        store
            A store that can be written.
        advance
            Told how many nodes and relationships each step has written.

        Raises
        ------
        twingraph.errors.StoreError
            The engine cannot; then nothing has changed.
        """
        if self.size:
            store.write(lambda transaction: self._run(transaction, advance))

    def _run(self, transaction: Transaction, advance: Callable[[int], None]) -> None:
        for query, rows in self.steps():
            for batch in batches(rows):
                transaction.run(query, {"rows": batch})
                advance(len(batch))

    def steps(self) -> Iterator[tuple[str, list[object]]]:
        """Yield the queries that make the changes, each with the rows that it runs over."""
        for between, links in _grouped(self.dropped_links):
            yield (
                delete_relationships(*between),
                [{"start": link.start.id, "end": link.end.id, "id": link.properties.get("id")} for link in links],
            )
        for label, ids in self.dropped_nodes.items():
            yield delete_nodes(label), list(ids)
        for label, ids in self.orphans.items():
            yield delete_nodes(label, unless=ORPHANS[label]), list(ids)
        for label, rows in self.nodes.items():
            yield merge_nodes(label), list(rows)
        for between, links in _grouped(self.links):
            yield (
                merge_relationships(*between),
                [{"start": link.start.id, "end": link.end.id, "properties": link.properties} for link in links],
            )


def batches[T](rows: Iterable[T]) -> Iterator[list[T]]:
    """Yield `rows` in lists of at most `BATCH`."""
    batch: list[T] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _grouped(links: Iterable[Link]) -> Iterable[tuple[tuple[Relation, Label, Label], list[Link]]]:
    groups: dict[tuple[Relation, Label, Label], list[Link]] = {}
    for link in links:
        groups.setdefault(link.between, []).append(link)
    return groups.items()
