"""The changes to a store, worked out beforehand, and the transaction that makes them: the one writer of loaders."""

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
from twingraph.graph.model import InCountry, InRegion, Label, NodeRef, PartyTo, Provenance, Relation, Stated
from twingraph.graph.schema import STATEMENT_KEYS, properties, property_names, relation_of
from twingraph.graph.store import Store, Transaction

__all__ = ["BATCH", "ORPHANS", "STATED", "Changes", "Count", "Link", "Row", "as_list", "as_row", "batches"]

BATCH = 2_000
"""Rows in one query, chosen by hand: large enough that parsing costs little, small enough that progress shows."""
STATEMENTS_AT_ONCE = 10 * BATCH
"""Statements that are written before their links to sources are, chosen by hand: it bounds the memory of both."""

STATED = "|".join(STATEMENT_KEYS)
"""The types of relationships that statements are about, as a pattern of Cypher."""
_HAS_STATED = f"EXISTS {{ (n)-[:{STATED}]-() }}"
ORPHANS = {
    Label.MUNICIPALITY: _HAS_STATED,
    Label.METROPOLIS: _HAS_STATED,
    Label.REGION: f"EXISTS {{ (n)-[:IN_REGION|WAS_IN_REGION|{STATED}]-() }}",
    Label.COUNTRY: "EXISTS { (n)--() }",
    Label.PROGRAMME: _HAS_STATED,
    Label.SOURCE: f"EXISTS {{ (n)<-[:{Relation.FROM}]-() }}",
}
"""The condition that keeps a node in the graph, by label, in the order of deletion: a place keeps its territory."""

type Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship to write or to delete: its type, its ends and its properties."""

    relation: Relation
    start: NodeRef
    end: NodeRef
    properties: Row


type Written = Link | Stated | InCountry | InRegion | PartyTo
"""A relationship to write; those of the model become rows only when they are written."""


@dataclass(slots=True)
class Count:
    """How many of one label or type are new, changed, unchanged or removed."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0

    def note(self, before: object, after: object) -> bool:
        """Count one item by its state before and after; return whether it has to be written."""
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
    """Everything that is written and deleted, in this order: deletions, nodes, relationships, statements.

    Attributes
    ----------
    nodes
        Nodes to write by label: their properties, or objects of the model, which become rows when they are written.
    links
        Relationships to write.
    provenance
        Statements whose link to their source is to be written.
    dropped_nodes
        Ids to delete by label.
    dropped_links
        Relationships to delete.
    orphans
        Ids by label of the places and sources that no statement supports any more. The deletion checks that again: on
        a server another process may have added a statement meanwhile.
    counts
        Numbers by label or type.
    first
        Whether the store is empty: everything is new.
    """

    nodes: dict[Label, list[object]] = field(default_factory=dict)
    links: list[Written] = field(default_factory=list)
    provenance: list[Evidence] = field(default_factory=list)
    dropped_nodes: dict[Label, list[str]] = field(default_factory=dict)
    dropped_links: list[Link] = field(default_factory=list)
    orphans: dict[Label, list[str]] = field(default_factory=dict)
    counts: dict[str, Count] = field(default_factory=dict)
    first: bool = False

    def count(self, name: str) -> Count:
        """Return the count of a label or type."""
        return self.counts.setdefault(name, Count())

    @property
    def size(self) -> int:
        """How many nodes and relationships are written or deleted."""
        nodes = sum(len(rows) for each in (self.nodes, self.dropped_nodes, self.orphans) for rows in each.values())
        return nodes + len(self.links) + len(self.provenance) + len(self.dropped_links)

    def apply(self, store: Store, advance: Callable[[int], None] = lambda _: None) -> None:
        """Make the changes in one transaction.

        Parameters
        ----------
        store
            A store that can be written.
        advance
            Called with the number of nodes and relationships that each step has written.

        Raises
        ------
        twingraph.errors.StoreError
            The engine fails; then nothing has changed.
        """
        if self.size:
            store.write(lambda transaction: self._run(transaction, advance))

    def apply_in_parts(self, store: Store, advance: Callable[[int], None] = lambda _: None) -> None:
        """Make the changes batch by batch, each in its own transaction, and release what is written.

        For a store that is not in use before it is complete: one large transaction takes several times the memory.

        Parameters
        ----------
        store, advance
            As for :meth:`apply`.

        Raises
        ------
        twingraph.errors.StoreError
            The engine fails; then a part is written.
        """
        for query, written in self._queries(first=self.first, keep=False):
            store.write(partial(_run_query, query=query))
            advance(written)

    def _run(self, transaction: Transaction, advance: Callable[[int], None]) -> None:
        # Another process may have written to a server since the changes were worked out.
        first = self.first and transaction.run("MATCH (n) RETURN count(n)").records[0][0] == 0
        for query, written in self._queries(first=first):
            transaction.run(*query)
            advance(written)

    def _queries(self, *, first: bool, keep: bool = True) -> Iterator[tuple[Query, int]]:
        """Yield the queries that make the changes, each with how many nodes and relationships it writes.

        The `first` content of a store is created without a search for existing items: that takes a third of the time.
        """
        if not first:
            for query, rows in self.steps(keep=keep):
                for batch in batches(rows):
                    yield (query, {"rows": batch}), len(batch)
            return
        items: Callable[[list[Any]], Iterable[Any]] = iter if keep else _drained
        for label, nodes in self.nodes.items():
            if label is not Label.STATEMENT:
                for batch in batches(items(nodes)):
                    yield create_nodes(label, batch), len(batch)
        grouped = _grouped(self.links)
        if not keep:
            self.links.clear()
            self.nodes.pop(Label.STATEMENT, None)  # `provenance` has each of them too
        for between, links in grouped:
            for batch in batches(items(links)):
                yield create_relationships(*between, batch), len(batch)
        for evidence in batches(items(self.provenance)):
            yield create_statements(evidence), 2 * len(evidence)

    def steps(self, *, keep: bool = True) -> Iterator[tuple[str, Iterable[object]]]:
        """Yield the queries that make the changes, each with its rows.

        Without `keep`, items are released as their rows are taken: the changes can be made only once.
        """
        items: Callable[[list[Any]], Iterable[Any]] = iter if keep else _drained
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
                yield merge_nodes(label), map(_node_row, items(nodes))
        grouped = _grouped(self.links)
        if not keep:
            self.links.clear()
        for between, links in grouped:
            yield merge_relationships(*between), map(_link_row, items(links))
        statements = iter(items(self.nodes.get(Label.STATEMENT, [])))
        evidence = iter(items(self.provenance))
        link_sources = merge_relationships(Relation.FROM, Label.STATEMENT, Label.SOURCE)
        count = max(len(self.nodes.get(Label.STATEMENT, ())), len(self.provenance))
        for _ in range(count // STATEMENTS_AT_ONCE + 1):
            yield merge_nodes(Label.STATEMENT), map(_node_row, list(islice(statements, STATEMENTS_AT_ONCE)))
            yield link_sources, map(_provenance_row, list(islice(evidence, STATEMENTS_AT_ONCE)))


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


def as_row(value: object) -> Row:
    """Return the properties of a node or a relationship as a store returns them."""
    if not isinstance(value, dict):
        raise TypeError(f"properties expected, not {value!r}")
    return value


def as_list(value: object) -> list[object]:
    """Return a list as a store returns it; an empty one for an absent value."""
    return list(value) if isinstance(value, list | tuple) else []


def _run_query(transaction: Transaction, query: Query) -> None:
    transaction.run(*query)


def _drained[T](items: list[T]) -> Iterator[T]:
    """Yield the items in their order and leave the list empty."""
    items.reverse()
    while items:
        yield items.pop()


def _grouped[T: Link | Written](links: Iterable[T]) -> Iterable[tuple[tuple[Relation, Label, Label], list[T]]]:
    """Return links by their type and the labels of their ends: one query can write these together."""
    groups: dict[tuple[Relation, Label, Label], list[T]] = {}
    for link in links:
        relation = link.relation if isinstance(link, Link) else relation_of(link)
        groups.setdefault((relation, link.start.label, link.end.label), []).append(link)
    return groups.items()


def _node_row(node: object) -> object:
    return node if isinstance(node, dict) else properties(node)


def _provenance_row(item: Evidence) -> Row:
    values = ((name, getattr(item, name)) for name in property_names(Provenance))
    known = {name: value for name, value in values if value is not None}
    return {"start": item.statement.id, "end": item.source_id, "properties": known}


def _link_row(link: Written) -> Row:
    stored = link.properties if isinstance(link, Link) else properties(link)
    return {"start": link.start.id, "end": link.end.id, "properties": stored}
