"""An extract as two flat tables, nodes and edges, which GraphML, GEXF, node-link JSON, CSV and GeoJSON are made of.

A node is a place; an edge is a partnership, a membership, aid or hosting. Its column ``statements`` has the statements
behind it with their sources, so nothing is lost. Facts about a source, a region or a country are written once, with the
first statement or place that needs them (``sources_told``, ``territory``).
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Literal

from twingraph.graph import model
from twingraph.graph.model import Label, NodeRef, Relation
from twingraph.graph.schema import PLACE_KEY, STATEMENT_KEYS, SUBJECT_KEYS
from twingraph.queries.export.extract import TIES, Edge, Extract

FORMAT = "1"
"""The version of what is written; the loader refuses a newer one."""

type Cell = str | int | float | bool | list[str] | list[dict[str, object]] | dict[str, object]
type Row = dict[str, Cell]
type Lang = Literal["uk", "en"]

_NODE_ORDER = ("id", "label", "node_type")
_EDGE_ORDER = ("id", "source", "target", "relation")
_LAST = ("sources", "statements", "territory")


@dataclass(frozen=True, slots=True, kw_only=True)
class Flat:
    """Two tables. Unknown is absent from a row.

    Attributes
    ----------
    description
        Which network it is.
    nodes, edges
        Rows by column, sorted as the extract is.
    node_columns, edge_columns
        Every column that some row has, in order.
    """

    description: str
    nodes: Sequence[Row]
    edges: Sequence[Row]
    node_columns: tuple[str, ...]
    edge_columns: tuple[str, ...]


def flatten(extract: Extract, *, lang: Lang = "en") -> Flat:
    """Return an extract as two tables.

    Parameters
    ----------
    extract
        What to write.
    lang
        Language of the column ``label``, the name that other programs show.
    """
    described: set[NodeRef] = set()
    lies_in = {(edge.start, edge.relation): edge.end for edge in extract.of(Relation.IN_REGION, Relation.IN_COUNTRY)}
    ties = extract.of(*TIES)
    degrees = Counter(end for edge in ties if edge.relation is Relation.PARTNERS_WITH for end in {edge.start, edge.end})
    tied = {end for edge in ties for end in (edge.start, edge.end)}
    places = [ref for ref in extract.nodes if ref in tied or ref.label in {Label.MUNICIPALITY, Label.METROPOLIS}]
    described.update(ref for ref in places if ref.label in {Label.REGION, Label.COUNTRY})
    stated = _edges_to_sources(extract)
    nodes = [
        _node(extract, ref, lies_in, described, lang)
        | {"degree": degrees[ref]}
        | _statements(extract, stated.get((PLACE_KEY, ref.id), ()), described)
        for ref in places
    ]
    edges = [
        _edge(edge) | _statements(extract, stated.get((STATEMENT_KEYS[edge.relation], edge.id), ()), described)
        for edge in ties
    ]
    return Flat(
        description=extract.description,
        nodes=nodes,
        edges=edges,
        node_columns=_columns(nodes, _NODE_ORDER, model.Municipality),
        edge_columns=_columns(edges, _EDGE_ORDER, model.Partnership),
    )


def text_of(cell: Cell) -> str:
    """Return a cell as text: lists and objects as JSON, so that no separator can be mistaken for a letter."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, list | dict):
        return json.dumps(cell, ensure_ascii=False, sort_keys=True)
    return str(cell)


def _node(
    extract: Extract,
    ref: NodeRef,
    lies_in: Mapping[tuple[NodeRef, Relation], NodeRef],
    described: set[NodeRef],
    lang: Lang,
) -> Row:
    facts = dict(extract.nodes[ref])
    name = facts.get("name_uk") if lang == "uk" else None
    row: Row = {"id": ref.id, "label": str(name or facts.get("name") or ref.id), "node_type": str(ref.label)}
    row |= _cells(facts)
    territory: dict[str, object] = {}
    region, country = (lies_in.get((ref, relation)) for relation in (Relation.IN_REGION, Relation.IN_COUNTRY))
    for column, end in (("region", region), ("country", country)):
        if end is None:
            continue
        row[column] = end.id
        row[f"{column}_name"] = str(extract.nodes[end].get("name", end.id))
        if end not in described:
            described.add(end)
            territory[column] = dict(extract.nodes[end])
            if above := lies_in.get((end, Relation.IN_COUNTRY)):
                territory["region_in"] = above.id
                if above not in described and above != country:
                    described.add(above)
                    territory["region_country"] = dict(extract.nodes[above])
    if territory:
        row["territory"] = territory
    return row


def _edge(edge: Edge) -> Row:
    row: Row = {"id": edge.id, "source": edge.start.id, "target": edge.end.id, "relation": str(edge.relation)}
    return row | _cells(edge.properties)


def _statements(extract: Extract, edges: Iterable[Edge], described: set[NodeRef]) -> Row:
    """Return the columns with statements and their sources; none without statements."""
    statements: list[dict[str, object]] = []
    sources: dict[str, None] = {}
    for edge in edges:
        statement = dict(extract.nodes[edge.start])
        for name in SUBJECT_KEYS:
            statement.pop(name, None)
        statement |= {"source": edge.end.id, **edge.properties}
        named = (edge.end, NodeRef(Label.SOURCE, str(statement.get("dataset"))))
        new = [ref for ref in dict.fromkeys(named) if ref not in described and ref in extract.nodes]
        if new:
            described.update(new)
            statement["sources_told"] = [dict(extract.nodes[ref]) for ref in new]
        statements.append(statement)
        source = extract.nodes[edge.end]
        sources[str(source.get("url") or source.get("title") or edge.end.id)] = None
    return {"sources": list(sources), "statements": statements} if statements else {}


def _edges_to_sources(extract: Extract) -> dict[tuple[str, str], list[Edge]]:
    """Return the edges from statements to sources, by the subject of the statement."""
    found: dict[tuple[str, str], list[Edge]] = {}
    for edge in extract.of(Relation.FROM):
        statement = extract.nodes[edge.start]
        for name in SUBJECT_KEYS:
            if name in statement:
                found.setdefault((name, str(statement[name])), []).append(edge)
    return found


def _cells(facts: Mapping[str, object]) -> Row:
    return {
        name: [str(each) for each in value] if isinstance(value, list) else value
        for name, value in facts.items()
        if name != "id" and isinstance(value, str | int | float | bool | list)
    }


def _columns(rows: Iterable[Row], first: tuple[str, ...], cls: type) -> tuple[str, ...]:
    """Return all columns: the key ones, those of the model in its order, the others by name."""
    present = dict.fromkeys(name for row in rows for name in row)
    known = [field.name for field in fields(cls) if field.name in present and field.name not in first]
    rest = sorted(name for name in present if name not in {*first, *known, *_LAST})
    last = [name for name in _LAST if name in present]
    return (*first, *known, *rest, *last)
