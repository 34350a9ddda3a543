"""GraphML: for yEd, Gephi, Cytoscape, igraph and NetworkX."""

from typing import TextIO

from twingraph.queries.export.flat import FORMAT, Cell, Flat, text_of, type_of
from twingraph.queries.export.xml import attribute, content

__all__ = ["write_graphml"]

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


def write_graphml(flat: Flat, stream: TextIO) -> None:
    """Write GraphML. Lists are JSON texts; partnerships have no direction, other edges run from source to target."""
    stream.write(_HEAD)
    for sort, columns, rows in (
        ("node", flat.node_columns[1:], flat.nodes),
        ("edge", ("relation", *flat.edge_columns[4:]), flat.edges),
    ):
        for column in columns:
            kind = next((type_of(row[column]) for row in rows if column in row), "string")
            name = attribute(column)
            stream.write(f'  <key id={_key(sort, column)} for="{sort}" attr.name={name} attr.type="{kind}"/>\n')
    for name in ("twingraph", "description"):
        stream.write(f'  <key id="graph.{name}" for="graph" attr.name="{name}" attr.type="string"/>\n')
    stream.write('  <graph id="twingraph" edgedefault="undirected">\n')
    stream.write(f'    <data key="graph.twingraph">{FORMAT}</data>\n')
    stream.write(f'    <data key="graph.description">{content(flat.description)}</data>\n')
    for node in flat.nodes:
        stream.write(f"    <node id={attribute(str(node['id']))}>")
        _write_data("node", flat.node_columns[1:], node, stream)
        stream.write("</node>\n")
    for edge in flat.edges:
        id_, source, target = (attribute(str(edge[name])) for name in ("id", "source", "target"))
        stream.write(f"    <edge id={id_} source={source} target={target}>")
        _write_data("edge", ("relation", *flat.edge_columns[4:]), edge, stream)
        stream.write("</edge>\n")
    stream.write("  </graph>\n</graphml>\n")


def _write_data(sort: str, columns: tuple[str, ...], row: dict[str, Cell], stream: TextIO) -> None:
    for column in columns:
        if column in row:
            stream.write(f"<data key={_key(sort, column)}>{content(text_of(row[column]))}</data>")


def _key(sort: str, column: str) -> str:
    return attribute(f"{sort}.{column}")
