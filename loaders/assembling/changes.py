"""What a load changes in the store, and the one transaction that does it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any

from twingraph.graph.cypher import (
    Query,
    create_nodes,
    create_relationships,
    create_statements,
    delete_nodes,
    delete_relationships,
    merge_nodes,
    merge_relationships,
)
from twingraph.graph.derivation import Evidence
from twingraph.graph.model import Flow, InCountry, InRegion, Label, NodeRef, Partnership, Relation, Sourced
from twingraph.graph.schema import RELATIONS, SPOKEN_OF, properties
from twingraph.graph.store import Store, Transaction

__all__ = ["BATCH", "ORPHANS", "STANDS_IN", "Changes", "Count", "Link", "Written", "batches", "relation_of"]

BATCH = 2_000
"""Rows in one query: enough that the engine works rather than parses, few enough that progress shows."""

TOGETHER = 10 * BATCH
"""Statements that are written before it is written where they stand."""

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


type Written = Link | Partnership | Sourced | InCountry | InRegion
"""A relationship to write; those of the model become rows only when their turn comes."""


def relation_of(edge: Partnership | Sourced | InCountry | InRegion) -> Relation:
    """Return the type of a relationship of the model."""
    return edge.relation if isinstance(edge, Flow) else _RELATION[type(edge)]


_RELATION: dict[type, Relation] = {item.cls: relation for relation, item in RELATIONS.items() if item.cls is not Flow}


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
        Nodes to write by label: their properties, or objects of the model, which become rows when their turn comes.
    links
        Relationships to write.
    stands
        Statements of which is to be written where they stand.
    dropped_nodes
        Ids to delete by label.
    dropped_links
        Relationships to delete.
    orphans
        Ids by label of the places and sources that nothing is said of any more. Each is looked at once more when it
        is to go: somebody else may have said something of it meanwhile.
    counts
        What happens to each sort of thing, by label or type.
    first
        Whether the store holds nothing yet: all is new.
    """

    nodes: dict[Label, list[object]] = field(default_factory=dict)
    links: list[Written] = field(default_factory=list)
    stands: list[Evidence] = field(default_factory=list)
    dropped_nodes: dict[Label, list[str]] = field(default_factory=dict)
    dropped_links: list[Link] = field(default_factory=list)
    orphans: dict[Label, list[str]] = field(default_factory=dict)
    counts: dict[str, Count] = field(default_factory=dict)
    first: bool = False

    def count(self, sort: str) -> Count:
        """Return the count of one sort of thing."""
        return self.counts.setdefault(sort, Count())

    @property
    def size(self) -> int:
        """How many nodes and relationships are written or deleted."""
        nodes = sum(len(rows) for each in (self.nodes, self.dropped_nodes, self.orphans) for rows in each.values())
        return nodes + len(self.links) + len(self.stands) + len(self.dropped_links)

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

    def apply_in_parts(self, store: Store, advance: Callable[[int], None] = lambda _: None) -> None:
        """Make the changes batch by batch, each in a transaction of its own, and let go of what is written.

        For a store that nobody sees before it is whole: one great transaction takes several times the memory.

        Parameters
        ----------
        store, advance
            As for :meth:`apply`.

        Raises
        ------
        twingraph.errors.StoreError
            The engine cannot; then a part is written.
        """
        for query, written in self._queries(first=self.first, keep=False):
            store.write(partial(_run_query, query=query))
            advance(written)

    def _run(self, transaction: Transaction, advance: Callable[[int], None]) -> None:
        # Somebody else may have written to a server since the changes were worked out.
        first = self.first and transaction.run("MATCH (n) RETURN count(n)").records[0][0] == 0
        for query, written in self._queries(first=first):
            transaction.run(*query)
            advance(written)

    def _queries(self, *, first: bool, keep: bool = True) -> Iterator[tuple[Query, int]]:
        """Yield the queries that make the changes, each with how many nodes and relationships it writes.

        What comes `first` into a store is created, without a look at what may be there: that takes a third of the time.
        """
        if not first:
            for query, rows in self.steps(keep=keep):
                for batch in batches(rows):
                    yield (query, {"rows": batch}), len(batch)
            return
        each: Callable[[list[Any]], Iterable[Any]] = iter if keep else _spent
        for label, nodes in self.nodes.items():
            if label is not Label.STATEMENT:
                for batch in batches(each(nodes)):
                    yield create_nodes(label, batch), len(batch)
        grouped = _grouped(self.links)
        if not keep:
            self.links.clear()
            self.nodes.pop(Label.STATEMENT, None)  # each is at hand with where it stands
        for between, links in grouped:
            for batch in batches(each(links)):
                yield create_relationships(*between, batch), len(batch)
        for said in batches(each(self.stands)):
            yield create_statements(said), 2 * len(said)

    def steps(self, *, keep: bool = True) -> Iterator[tuple[str, Iterable[object]]]:
        """Yield the queries that make the changes, each with the rows that it runs over.

        Without `keep`, what is to be written is let go as its rows are taken: the changes can be made only once.
        """
        each: Callable[[list[Any]], Iterable[Any]] = iter if keep else _spent
        for between, dropped in _grouped(self.dropped_links):
            yield (
                delete_relationships(*between),
                [{"start": link.start.id, "end": link.end.id, "id": link.properties.get("id")} for link in dropped],
            )
        for label, ids in self.dropped_nodes.items():
            yield delete_nodes(label), ids
        for label, ids in self.orphans.items():
            yield delete_nodes(label, unless=ORPHANS[label]), ids
        for label, nodes in self.nodes.items():
            if label is not Label.STATEMENT:
                yield merge_nodes(label), map(_node_row, each(nodes))
        grouped = _grouped(self.links)
        if not keep:
            self.links.clear()
        for between, links in grouped:
            yield merge_relationships(*between), map(_link_row, each(links))
        # Statements go with where they stand, some thousands at a time, so that both can be let go.
        said, stands = iter(each(self.nodes.get(Label.STATEMENT, []))), iter(each(self.stands))
        stand = merge_relationships(Relation.FROM, Label.STATEMENT, Label.SOURCE)
        for _ in range(max(len(self.nodes.get(Label.STATEMENT, ())), len(self.stands)) // TOGETHER + 1):
            yield merge_nodes(Label.STATEMENT), map(_node_row, list(islice(said, TOGETHER)))
            yield stand, map(_stands_row, list(islice(stands, TOGETHER)))


def _run_query(transaction: Transaction, query: Query) -> None:
    transaction.run(*query)


def _spent[T](items: list[T]) -> Iterator[T]:
    """Yield the items in their order, and leave the list empty."""
    items.reverse()
    while items:
        yield items.pop()


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


def _grouped[T: Link | Written](links: Iterable[T]) -> Iterable[tuple[tuple[Relation, Label, Label], list[T]]]:
    """Return links by their type and the labels of their ends: those that one query can write together."""
    groups: dict[tuple[Relation, Label, Label], list[T]] = {}
    for link in links:
        relation = link.relation if isinstance(link, Link) else relation_of(link)
        groups.setdefault((relation, link.start.label, link.end.label), []).append(link)
    return groups.items()


def _node_row(node: object) -> object:
    return node if isinstance(node, dict) else properties(node)


def _stands_row(said: Evidence) -> Row:
    found: Row = {"row": said.row, "sheet": said.sheet, "retrieved": said.retrieved}
    known = {name: value for name, value in found.items() if value is not None}
    return {"start": said.statement.id, "end": said.source_id, "properties": known}


def _link_row(link: Written) -> Row:
    told = link.properties if isinstance(link, Link) else properties(link)
    return {"start": link.start.id, "end": link.end.id, "properties": told}
