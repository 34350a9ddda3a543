"""The export formats: their names and file endings, CSV, node-link JSON and GeoJSON, and which files an export writes.

In CSV, a text that a spreadsheet would run as a formula gets an apostrophe before it; so does one that begins with
apostrophes and would then look like it. twingraph removes that one apostrophe when it reads the file.
"""

import csv
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TextIO

from twingraph.errors import OutputError
from twingraph.queries.export.cypher import write_cypher
from twingraph.queries.export.extract import Extract
from twingraph.queries.export.flat import FORMAT, Cell, Flat, Lang, flatten, text_of
from twingraph.queries.export.xml_formats import write_gexf, write_graphml

__all__ = [
    "ENDINGS", "ExportFile", "ExportFormat", "export_files", "export_paths", "line", "write_edges", "write_geojson",
    "write_node_link", "write_nodes",
]  # fmt: skip

type LonLat = tuple[float, float]

_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_DIGITS = 6
"""Decimals of a degree: a tenth of a metre, as RFC 7946 advises."""


class ExportFormat(StrEnum):
    """The forms of export."""

    GRAPHML = "graphml"
    GEXF = "gexf"
    NODE_LINK = "node-link"
    CSV = "csv"
    GEOJSON = "geojson"
    CYPHER = "cypher"


ENDINGS = {
    ".graphml": ExportFormat.GRAPHML,
    ".gexf": ExportFormat.GEXF,
    ".json": ExportFormat.NODE_LINK,
    ".csv": ExportFormat.CSV,
    ".geojson": ExportFormat.GEOJSON,
    ".cypher": ExportFormat.CYPHER,
    ".cql": ExportFormat.CYPHER,
}
"""The endings of files, each with its format."""


@dataclass(frozen=True, slots=True)
class ExportFile:
    """One file of an export: where it goes, ``None`` for standard output, and what writes it."""

    path: Path | None
    write: Callable[[TextIO], None]


def export_paths(format: ExportFormat, path: Path | None) -> tuple[Path | None, ...]:  # noqa: A002 - the option's name
    """Return the files that an export writes.

    Raises
    ------
    OutputError
        Two tables cannot go to one standard output.
    """
    if format is not ExportFormat.CSV:
        return (path,)
    if path is None:
        raise OutputError("The two tables of CSV cannot go to standard output.", "Name a file, or choose node-link.")
    stem = path.with_suffix("") if path.suffix.lower() == ".csv" else path
    for ending in (".nodes", ".edges"):
        stem = stem.with_suffix("") if stem.name.endswith(ending) else stem
    return stem.with_name(f"{stem.name}.nodes.csv"), stem.with_name(f"{stem.name}.edges.csv")


def export_files(
    extract: Extract,
    format: ExportFormat,  # noqa: A002 - the option's name
    path: Path | None,
    *,
    lang: Lang = "en",
) -> tuple[ExportFile, ...]:
    """Return the files of an export, each with what writes it.

    Parameters
    ----------
    extract
        What to write.
    format
        In which form.
    path
        Where; ``None`` is standard output. CSV makes ``NAME.nodes.csv`` and ``NAME.edges.csv`` of it.
    lang
        Language of the names that other programs show.

    Raises
    ------
    OutputError
        Two tables cannot go to one standard output.
    """
    paths = export_paths(format, path)
    if format is ExportFormat.CYPHER:
        return (ExportFile(path, lambda stream: write_cypher(extract, stream)),)
    flat = flatten(extract, lang=lang)
    if format is ExportFormat.CSV:
        return (
            ExportFile(paths[0], lambda stream: write_nodes(flat, stream)),
            ExportFile(paths[1], lambda stream: write_edges(flat, stream)),
        )
    write = {
        ExportFormat.GRAPHML: write_graphml,
        ExportFormat.GEXF: write_gexf,
        ExportFormat.NODE_LINK: write_node_link,
        ExportFormat.GEOJSON: write_geojson,
    }[format]
    return (ExportFile(path, lambda stream: write(flat, stream)),)


def write_nodes(flat: Flat, stream: TextIO) -> None:
    """Write the nodes as CSV: RFC 4180, UTF-8, a header."""
    _write_table(flat.node_columns, flat.nodes, stream)


def write_edges(flat: Flat, stream: TextIO) -> None:
    """Write the edges as CSV; the column ``type`` marks them as undirected for Gephi."""
    _write_table((*flat.edge_columns, "type"), ({**edge, "type": "Undirected"} for edge in flat.edges), stream)


def _write_table(columns: Iterable[str], rows: Iterable[Mapping[str, Cell]], stream: TextIO) -> None:
    columns = tuple(columns)
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_table_cell(row[column]) if column in row else "" for column in columns])


def _table_cell(cell: Cell) -> str:
    text = text_of(cell)
    return f"'{text}" if isinstance(cell, str) and _FORMULA.match(text) else text


def write_node_link(flat: Flat, stream: TextIO) -> None:
    """Write node-link JSON, which :func:`networkx.node_link_graph` and d3 read: a line for each node and edge."""
    head = json.dumps({"twingraph": FORMAT, "description": flat.description}, ensure_ascii=False)
    stream.write(f'{{"directed": false, "multigraph": true, "graph": {head},\n"nodes": [')
    _write_lines(flat.nodes, stream)
    stream.write('],\n"edges": [')
    _write_lines(({**edge, "key": edge["id"]} for edge in flat.edges), stream)
    stream.write("]}\n")


def write_geojson(flat: Flat, stream: TextIO) -> None:
    """Write a collection of features, a line for each: points, and lines cut where they cross the date line.

    A place with unknown coordinates and its edges have no geometry; their facts are written all the same.
    """
    points = {str(node["id"]): point for node in flat.nodes if (point := _point(node))}

    def geometry(row: Mapping[str, Cell]) -> dict[str, object] | None:
        if "source" not in row:
            at = points.get(str(row["id"]))
            return None if at is None else {"type": "Point", "coordinates": list(at)}
        start, end = (points.get(str(row[name])) for name in ("source", "target"))
        return line(start, end) if start and end else None

    stream.write('{"type": "FeatureCollection", "features": [')
    _write_lines(
        (
            {"type": "Feature", "id": row["id"], "geometry": geometry(row), "properties": row}
            for row in (*flat.nodes, *flat.edges)
        ),
        stream,
    )
    stream.write("]}\n")


def _write_lines(values: Iterable[object], stream: TextIO) -> None:
    for number, value in enumerate(values):
        # Letters beyond ASCII stay readable; a character that UTF-8 cannot hold is escaped.
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
        stream.write(f"{',' if number else ''}\n{text if text.isprintable() else json.dumps(value)}")
    stream.write("\n")


def line(start: LonLat, end: LonLat) -> dict[str, object]:
    """Return the shorter straight way between two points (longitude, latitude), in two pieces across the date line.

    Examples
    --------
    >>> line((170.0, 0.0), (-170.0, 10.0))["coordinates"]
    [[[170.0, 0.0], [180.0, 5.0]], [[-180.0, 5.0], [-170.0, 10.0]]]
    """
    (x1, y1), (x2, y2) = start, end
    if abs(x2 - x1) <= 180:
        return {"type": "LineString", "coordinates": [[x1, y1], [x2, y2]]}
    side = 180.0 if x1 > 0 else -180.0
    beyond = x2 + 2 * side  # where the end would lie if the map went on
    at = round(y1 + (y2 - y1) * (side - x1) / (beyond - x1), _DIGITS) if beyond != x1 else y1
    parts = [[[x1, y1], [side, at]], [[-side, at], [x2, y2]]]
    return {"type": "MultiLineString", "coordinates": parts}


def _point(node: Mapping[str, Cell]) -> LonLat | None:
    lat, lon = node.get("lat"), node.get("lon")
    if not isinstance(lat, int | float) or not isinstance(lon, int | float):
        return None
    return round(float(lon), _DIGITS), round(float(lat), _DIGITS)
