"""Cypher that reads and writes the graph, derived from the schema. Values always travel as the parameter ``$rows``."""

from twingraph.graph.model import Label, Relation
from twingraph.graph.schema import NAMES_PLACE, RELATIONS, SPEAKS_BY

__all__ = ["delete_nodes", "delete_relationships", "merge_nodes", "merge_relationships", "read_nodes", "spoken_of"]


def merge_nodes(label: Label) -> str:
    """Return the text that creates or replaces nodes; a row is the node's properties with its ``id``."""
    return f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n = row"


def merge_relationships(relation: Relation, start: Label, end: Label) -> str:
    """Return the text that creates or replaces relationships between two labels.

    A row has ``start`` and ``end`` (ids of nodes that exist) and ``properties``.

    Raises
    ------
    ValueError
        The schema has no such relationship between these labels.
    """
    kind = RELATIONS[relation]
    if start not in kind.starts or end not in kind.ends:
        raise ValueError(f"({start})-[:{relation}]->({end}) is not in the schema")
    key = " {id: row.properties.id}" if kind.keyed else ""
    return (
        "UNWIND $rows AS row "
        f"MATCH (a:{start} {{id: row.start}}) MATCH (b:{end} {{id: row.end}}) "
        f"MERGE (a)-[r:{relation}{key}]->(b) SET r = row.properties"
    )


def read_nodes(label: Label) -> str:
    """Return the text that reads all properties of the nodes whose ids are in ``$rows``."""
    return f"UNWIND $rows AS id MATCH (n:{label} {{id: id}}) RETURN id, properties(n) AS properties"


def spoken_of(statement: str, *, but: str | None = None) -> str:
    """Return the expression for the id of the relationship that a statement speaks of, null where it speaks of none.

    Parameters
    ----------
    statement
        The variable that stands for the statement.
    but
        A property by which statements speak of relationships that are not asked for, such as ``partnership_id``.
    """
    names = (name for name in SPEAKS_BY if name not in {but, NAMES_PLACE})
    return f"coalesce({', '.join(f'{statement}.{name}' for name in names)})"


def delete_nodes(label: Label, *, unless: str | None = None) -> str:
    """Return the text that deletes the nodes whose ids are in ``$rows``, with their relationships.

    Parameters
    ----------
    label
        Of the nodes.
    unless
        A condition on the node ``n`` that keeps it.
    """
    kept = f" WHERE NOT {unless}" if unless else ""
    return f"UNWIND $rows AS id MATCH (n:{label} {{id: id}}){kept} DETACH DELETE n"


def delete_relationships(relation: Relation, start: Label, end: Label) -> str:
    """Return the text that deletes relationships; a row has ``start``, ``end`` and, where the type is keyed, ``id``."""
    key = " {id: row.id}" if RELATIONS[relation].keyed else ""
    return (
        "UNWIND $rows AS row "
        f"MATCH (a:{start} {{id: row.start}})-[r:{relation}{key}]->(b:{end} {{id: row.end}}) DELETE r"
    )
