"""Model objects made in a line, and written to a store with the texts that loads are written with."""

from collections.abc import Iterable

from twingraph.graph.cypher import merge_nodes, merge_relationships
from twingraph.graph.model import Label, NodeRef, Partnership, Relation, partnership_id
from twingraph.graph.schema import NODES, properties
from twingraph.graph.store import Store, Transaction

LABELS: dict[type, Label] = {node.cls: label for label, node in NODES.items()}


def ref(node: object) -> NodeRef:
    return NodeRef(LABELS[type(node)], node.id)  # type: ignore[attr-defined]


def tie(one: object, other: object, kind: str, status: str = "active", **facts: object) -> Partnership:
    start, end = sorted((ref(one), ref(other)), key=lambda end: end.id)
    identity = partnership_id(start.id, end.id, kind)
    return Partnership(start=start, end=end, id=identity, kind=kind, status=status, **facts)  # type: ignore[arg-type]


def write(store: Store, nodes: Iterable[object], links: Iterable[tuple[Relation, object]]) -> None:
    """Write nodes and the relationships between them."""

    def work(transaction: Transaction) -> None:
        for node in nodes:
            transaction.run(merge_nodes(ref(node).label), {"rows": [properties(node)]})
        for relation, link in links:
            start, end = link.start, link.end  # type: ignore[attr-defined]
            row = {"start": start.id, "end": end.id, "properties": properties(link)}
            transaction.run(merge_relationships(relation, start.label, end.label), {"rows": [row]})

    store.write(work)
