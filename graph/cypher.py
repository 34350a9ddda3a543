"""Many new nodes or relationships in one query, column by column.

The embedded engine looks at every single text of a parameter for a microsecond, and at a map of properties for longer,
which for a million relationships is more than it takes to write them. So a column travels as one text that the query
parts by itself, or as one value where all rows have the same. What such a text cannot tell apart travels as it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from twingraph.graph.derivation import Evidence
from twingraph.graph.model import Label, Relation, Statement
from twingraph.graph.schema import NAMES_PLACE, NODES, RELATIONS, SPEAKS_BY, property_names
from twingraph.graph.store import Parameters

__all__ = [
    "Query",
    "create_nodes",
    "create_relationships",
    "create_statements",
    "delete_nodes",
    "delete_relationships",
    "merge_nodes",
    "merge_relationships",
    "read_nodes",
    "spoken_of",
]


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


MARK = "\x1f"
"""Parts the values of a column in a text: the separator of units in ASCII."""

STANDS = ("row", "sheet", "retrieved")
"""What of a statement's evidence its relationship to the source tells."""

EMPTY = frozenset({type(None), tuple})
FLOATS = frozenset({type(None), float})
ABSENT = "CASE {0} WHEN '' THEN null ELSE {0} END"

type Query = tuple[str, Parameters]


def create_nodes(label: Label, nodes: Sequence[object]) -> Query:
    """Return the query that creates nodes, and its parameters.

    Parameters
    ----------
    label
        Of the nodes.
    nodes
        Objects of its model class, at least one; none of them may be there already.
    """
    columns = _Columns(len(nodes))
    return columns.query(f"CREATE (:{label} {columns.of(NODES[label].cls, nodes)})")


def create_relationships(relation: Relation, start: Label, end: Label, edges: Sequence[object]) -> Query:
    """Return the query that creates relationships between nodes that are there, and its parameters.

    Parameters
    ----------
    relation, start, end
        Their type, and the labels of their ends.
    edges
        Objects of its model class, at least one; none of them may be there already.

    Raises
    ------
    ValueError
        The schema has no such relationship between these labels.
    """
    kind = RELATIONS[relation]
    if start not in kind.starts or end not in kind.ends:
        raise ValueError(f"({start})-[:{relation}]->({end}) is not in the schema")
    columns = _Columns(len(edges))
    first = columns.add(list(map(attrgetter("start.id"), edges)))
    second = columns.add(list(map(attrgetter("end.id"), edges)))
    told = columns.of(kind.cls, edges)
    return columns.query(
        f"MATCH (a:{start} {{id: {first}}}) MATCH (b:{end} {{id: {second}}}) CREATE (a)-[:{relation} {told}]->(b)"
    )


def create_statements(said: Sequence[Evidence]) -> Query:
    """Return the query that creates statements with where they stand, in sources that are there, and its parameters."""
    columns = _Columns(len(said))
    source = columns.add(list(map(attrgetter("source_id"), said)))
    statement = columns.of(Statement, list(map(attrgetter("statement"), said)))
    stands = columns.of(Evidence, said, STANDS)
    return columns.query(
        f"MATCH (b:{Label.SOURCE} {{id: {source}}}) "
        f"CREATE (:{Label.STATEMENT} {statement})-[:{Relation.FROM} {stands}]->(b)"
    )


@dataclass(slots=True)
class _Columns:
    """The columns of a query over so many rows: its parameters, and how the texts among them are parted."""

    rows: int
    parameters: dict[str, object] = field(default_factory=dict)
    parted: list[str] = field(default_factory=list)

    def query(self, clauses: str) -> Query:
        """Return the query that runs clauses for each row."""
        head = f"WITH {', '.join(self.parted)} " if self.parted else ""
        self.parameters |= {"last": self.rows - 1, "mark": MARK}
        return f"{head}UNWIND range(0, $last) AS i {clauses}", self.parameters

    def of(self, cls: type, items: Sequence[object], names: Iterable[str] | None = None) -> str:
        """Take the properties of objects in, and return the map of them for one row; what nobody has is left out."""
        columns = (
            (name, self.add(list(map(attrgetter(name), items))))
            for name in (property_names(cls) if names is None else names)
        )
        return f"{{{', '.join(f'{name}: {column}' for name, column in columns if column)}}}"

    def add(self, values: Sequence[object]) -> str:
        """Take a column in, and return the expression for its value in one row; empty where no row has one."""
        name = f"c{len(self.parameters)}"
        kinds = set(map(type, values))
        if kinds <= EMPTY and not any(values):
            return ""
        if kinds <= FLOATS:  # the engine makes a list of nothing but floats a vector of half their precision
            return self._parted(name, ["" if value is None else repr(value) for value in values], "toFloat({0})")
        if len(kinds) == 1 and values.count(values[0]) == self.rows:
            self.parameters[name] = _plain(values[0])
            return f"${name}"
        texts = [value for value in values if isinstance(value, str)]
        absent = values.count(None)
        if len(texts) + absent == self.rows and all(texts) and MARK not in "".join(texts):
            if absent:
                return self._parted(name, ["" if value is None else str(value) for value in values], ABSENT)
            return self._parted(name, texts, "{0}")
        self.parameters[name] = [_plain(value) for value in values]
        return f"${name}[i]"

    def _parted(self, name: str, texts: Iterable[str], read: str) -> str:
        self.parameters[name] = MARK.join(texts)
        self.parted.append(f"split(${name}, $mark) AS {name}")
        return read.format(f"{name}[i]")


def _plain(value: object) -> object:
    return list(value) or None if isinstance(value, tuple) else value
