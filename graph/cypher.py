"""The queries that write and read nodes and relationships.

``merge_…`` and ``delete_…`` return texts that take ``$rows``. ``create_…`` write many new items at once, column by
column: the embedded engine spends a microsecond on every text of a parameter and more on a map of properties, which for
a million relationships is more than it takes to write them. So a column travels as one text that the query splits, or
as one value where all rows have the same. Values that such a text cannot represent travel as a list.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from twingraph.graph.derivation import Evidence
from twingraph.graph.model import Label, Provenance, Relation, Statement
from twingraph.graph.schema import NODES, PLACE_KEY, RELATIONS, SUBJECT_KEYS, property_names
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
    "statement_subject",
]

SEPARATOR = "\x1f"
"""Separates the values of a column in a text: the unit separator of ASCII."""

type Query = tuple[str, Parameters]


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
    _check(relation, start, end)
    key = " {id: row.properties.id}" if RELATIONS[relation].statement_key else ""
    return (
        "UNWIND $rows AS row "
        f"MATCH (a:{start} {{id: row.start}}) MATCH (b:{end} {{id: row.end}}) "
        f"MERGE (a)-[r:{relation}{key}]->(b) SET r = row.properties"
    )


def read_nodes(label: Label) -> str:
    """Return the text that reads all properties of the nodes whose ids are in ``$rows``."""
    return f"UNWIND $rows AS id MATCH (n:{label} {{id: id}}) RETURN id, properties(n) AS properties"


def statement_subject(variable: str, *, exclude: str | None = None) -> str:
    """Return the expression for the id of the relationship that a statement is about, null where it has none.

    Parameters
    ----------
    variable
        The name of the statement in the query.
    exclude
        A property whose relationships are not wanted, such as ``partnership_id``.
    """
    names = (name for name in SUBJECT_KEYS if name not in {exclude, PLACE_KEY})
    return f"coalesce({', '.join(f'{variable}.{name}' for name in names)})"


def delete_nodes(label: Label, *, unless: str | None = None) -> str:
    """Return the text that deletes the nodes whose ids are in ``$rows``, with their relationships.

    Parameters
    ----------
    label
        Of the nodes.
    unless
        A condition on the node ``n`` that keeps it.
    """
    condition = f" WHERE NOT {unless}" if unless else ""
    return f"UNWIND $rows AS id MATCH (n:{label} {{id: id}}){condition} DETACH DELETE n"


def delete_relationships(relation: Relation, start: Label, end: Label) -> str:
    """Return the text that deletes relationships; a row has ``start``, ``end`` and, where the type has one, ``id``."""
    key = " {id: row.id}" if RELATIONS[relation].statement_key else ""
    return (
        "UNWIND $rows AS row "
        f"MATCH (a:{start} {{id: row.start}})-[r:{relation}{key}]->(b:{end} {{id: row.end}}) DELETE r"
    )


def create_nodes(label: Label, nodes: Sequence[object]) -> Query:
    """Return the query that creates nodes, and its parameters.

    Parameters
    ----------
    label
        Of the nodes.
    nodes
        Objects of its model class, at least one; none may exist in the store.
    """
    columns = _Columns(len(nodes))
    return columns.query(f"CREATE (:{label} {columns.row_map(property_names(NODES[label].cls), nodes)})")


def create_relationships(relation: Relation, start: Label, end: Label, edges: Sequence[object]) -> Query:
    """Return the query that creates relationships between existing nodes, and its parameters.

    Parameters
    ----------
    relation, start, end
        Their type, and the labels of their ends.
    edges
        Objects of its model class, at least one; none may exist in the store.

    Raises
    ------
    ValueError
        The schema has no such relationship between these labels.
    """
    _check(relation, start, end)
    columns = _Columns(len(edges))
    first = columns.add(list(map(attrgetter("start.id"), edges)))
    second = columns.add(list(map(attrgetter("end.id"), edges)))
    values = columns.row_map(property_names(RELATIONS[relation].cls), edges)
    return columns.query(
        f"MATCH (a:{start} {{id: {first}}}) MATCH (b:{end} {{id: {second}}}) CREATE (a)-[:{relation} {values}]->(b)"
    )


def create_statements(evidence: Sequence[Evidence]) -> Query:
    """Return the query that creates statements and links them to existing sources, and its parameters."""
    columns = _Columns(len(evidence))
    source = columns.add(list(map(attrgetter("source_id"), evidence)))
    statement = columns.row_map(property_names(Statement), list(map(attrgetter("statement"), evidence)))
    provenance = columns.row_map(property_names(Provenance), evidence)
    return columns.query(
        f"MATCH (b:{Label.SOURCE} {{id: {source}}}) "
        f"CREATE (:{Label.STATEMENT} {statement})-[:{Relation.FROM} {provenance}]->(b)"
    )


def _check(relation: Relation, start: Label, end: Label) -> None:
    kind = RELATIONS[relation]
    if start not in kind.starts or end not in kind.ends:
        raise ValueError(f"({start})-[:{relation}]->({end}) is not in the schema")


_EMPTY = frozenset({type(None), tuple})
_FLOATS = frozenset({type(None), float})
_ABSENT = "CASE {0} WHEN '' THEN null ELSE {0} END"


@dataclass(slots=True)
class _Columns:
    """The columns of a query over a number of rows: its parameters, and the columns that the query splits."""

    rows: int
    parameters: dict[str, object] = field(default_factory=dict)
    splits: list[str] = field(default_factory=list)

    def query(self, clauses: str) -> Query:
        """Return the query that runs clauses for each row."""
        head = f"WITH {', '.join(self.splits)} " if self.splits else ""
        self.parameters |= {"last": self.rows - 1, "separator": SEPARATOR}
        return f"{head}UNWIND range(0, $last) AS i {clauses}", self.parameters

    def row_map(self, names: Iterable[str], items: Sequence[object]) -> str:
        """Add the named properties of objects; return the map of them for one row, without those that are empty."""
        columns = ((name, self.add(list(map(attrgetter(name), items)))) for name in names)
        return f"{{{', '.join(f'{name}: {column}' for name, column in columns if column)}}}"

    def add(self, values: Sequence[object]) -> str:
        """Add a column; return the expression for its value in one row, which is empty where no row has a value."""
        name = f"c{len(self.parameters)}"
        kinds = set(map(type, values))
        if kinds <= _EMPTY and not any(values):
            return ""
        if kinds <= _FLOATS:  # the engine makes a list of nothing but floats a vector of half their precision
            return self._split(name, ["" if value is None else repr(value) for value in values], "toFloat({0})")
        if len(kinds) == 1 and values.count(values[0]) == self.rows:
            self.parameters[name] = _plain(values[0])
            return f"${name}"
        texts = [value for value in values if isinstance(value, str)]
        absent = values.count(None)
        if len(texts) + absent == self.rows and all(texts) and SEPARATOR not in "".join(texts):
            if absent:
                return self._split(name, ["" if value is None else str(value) for value in values], _ABSENT)
            return self._split(name, texts, "{0}")
        self.parameters[name] = [_plain(value) for value in values]
        return f"${name}[i]"

    def _split(self, name: str, texts: Iterable[str], read: str) -> str:
        self.parameters[name] = SEPARATOR.join(texts)
        self.splits.append(f"split(${name}, $separator) AS {name}")
        return read.format(f"{name}[i]")


def _plain(value: object) -> object:
    return list(value) or None if isinstance(value, tuple) else value
