"""Write XML: GraphML for yEd, Gephi, Cytoscape, igraph and NetworkX, and GEXF 1.2 for Gephi.

GEXF has places at their positions, colours by country, sizes by degree, and dates as times.

XML cannot hold most control characters. They are written as ``_x001B_``, as Office files do, and an underscore that
looks like the start of such a code is written as a code too, so twingraph reads every text back unchanged.
"""

import colorsys
import hashlib
import math
import re
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO
from xml.sax.saxutils import escape

from twingraph.queries.export.flat import FORMAT, Cell, Flat, text_of

type Row = Mapping[str, Cell]

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_WHITE = {"\r": "&#13;"}
_ALL_WHITE = {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;", '"': "&quot;"}

_GRAPHML_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_GEXF_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://www.gexf.net/1.2draft http://www.gexf.net/1.2draft/gexf.xsd" version="1.2">
"""
_CREATOR = "twingraph 1"
"""Marks a file as our own, with the version of what is written."""
_SCALE = 10.0
"""Gephi's units per degree, chosen by hand so that nodes do not cover each other."""
_MAX_LATITUDE = 85.0
"""Mercator's projection is infinite at the poles."""


def write_graphml(flat: Flat, stream: TextIO) -> None:
    """Write GraphML. Lists are JSON texts; partnerships have no direction, other edges run from source to target."""
    columns = {"node": flat.node_columns[1:], "edge": ("relation", *flat.edge_columns[4:])}
    stream.write(_GRAPHML_HEAD)
    for sort, rows in (("node", flat.nodes), ("edge", flat.edges)):
        for column in columns[sort]:
            key, name, kind = _attribute(f"{sort}.{column}"), _attribute(column), _type_of(column, rows) or "string"
            stream.write(f'  <key id={key} for="{sort}" attr.name={name} attr.type="{kind}"/>\n')
    for name in ("twingraph", "description"):
        stream.write(f'  <key id="graph.{name}" for="graph" attr.name="{name}" attr.type="string"/>\n')
    stream.write('  <graph id="twingraph" edgedefault="undirected">\n')
    stream.write(f'    <data key="graph.twingraph">{FORMAT}</data>\n')
    stream.write(f'    <data key="graph.description">{_content(flat.description)}</data>\n')
    for sort, names, rows in (("node", ("id",), flat.nodes), ("edge", ("id", "source", "target"), flat.edges)):
        for row in rows:
            data = "".join(
                f"<data key={_attribute(f'{sort}.{column}')}>{_content(text_of(row[column]))}</data>"
                for column in columns[sort]
                if column in row
            )
            stream.write(f"    <{sort}{_attributes(row, names)}>{data}</{sort}>\n")
    stream.write("  </graph>\n</graphml>\n")


def write_gexf(flat: Flat, stream: TextIO) -> None:
    """Write GEXF. An edge exists from its first possible day to its last; its attributes have the dates as stated."""
    columns = {
        sort: {column: kind for column in names if (kind := _type_of(column, rows))}
        for sort, names, rows in (
            ("node", flat.node_columns[1:], flat.nodes),
            ("edge", flat.edge_columns[3:], flat.edges),
        )
    }
    stream.write(_GEXF_HEAD)
    description = _content(flat.description)
    stream.write(f"  <meta><creator>{_CREATOR}</creator><description>{description}</description></meta>\n")
    stream.write('  <graph mode="dynamic" timeformat="date" defaultedgetype="undirected">\n')
    for sort, typed in columns.items():
        stream.write(f'    <attributes class="{sort}" mode="static">\n')
        for column, kind in typed.items():
            name = _attribute(column)
            stream.write(f'      <attribute id={name} title={name} type="{kind}"/>\n')
        stream.write("    </attributes>\n")
    stream.write(f'    <nodes count="{len(flat.nodes)}">\n')
    for node in flat.nodes:
        start = f"<node{_attributes(node, ('id', 'label'))}>"
        stream.write(f"      {start}{_values(columns['node'], node)}{_picture(node)}</node>\n")
    stream.write(f'    </nodes>\n    <edges count="{len(flat.edges)}">\n')
    for edge in flat.edges:
        start = f"<edge{_attributes(edge, ('id', 'source', 'target'))}{_time(edge)}>"
        stream.write(f"      {start}{_values(columns['edge'], edge)}</edge>\n")
    stream.write("    </edges>\n  </graph>\n</gexf>\n")


def _content(text: str) -> str:
    """Return `text` as the content of an element."""
    return escape(_NO_XML.sub(_code_of, text), _WHITE)


def _attribute(text: str) -> str:
    """Return `text` as the value of an attribute, with its quotes."""
    return f'"{escape(_NO_XML.sub(_code_of, text), _ALL_WHITE)}"'


def _attributes(row: Row, names: Iterable[str]) -> str:
    return "".join(f" {name}={_attribute(str(row[name]))}" for name in names)


def _code_of(match: re.Match[str]) -> str:
    return f"_x{ord(match[0]):04X}_"


def _type_of(column: str, rows: Sequence[Row]) -> str | None:
    """Return the type of the first value of a column, as GraphML and GEXF both name it; ``None`` without a value."""
    match next((row[column] for row in rows if column in row), None):
        case None:
            return None
        case bool():
            return "boolean"
        case int():
            return "long"
        case float():
            return "double"
        case _:
            return "string"


def _values(columns: Iterable[str], row: Row) -> str:
    values = (
        f"<attvalue for={_attribute(column)} value={_attribute(text_of(row[column]))}/>"
        for column in columns
        if column in row
    )
    return f"<attvalues>{''.join(values)}</attvalues>"


def _picture(node: Row) -> str:
    red, green, blue = _colour_of(str(node.get("country", "")))
    degree = node.get("degree")
    size = 4 + 2 * math.sqrt(degree) if isinstance(degree, int) else 4.0
    drawn = f'<viz:color r="{red}" g="{green}" b="{blue}"/>'
    lat, lon = node.get("lat"), node.get("lon")
    if isinstance(lat, int | float) and isinstance(lon, int | float):
        x, y = lon * _SCALE, _mercator(lat) * _SCALE
        drawn += f'<viz:position x="{x:.4f}" y="{y:.4f}" z="0.0"/>'
    return f'{drawn}<viz:size value="{size:.2f}"/>'


def _mercator(lat: float) -> float:
    """Return how far north a latitude lies on Mercator's map, in degrees of the equator."""
    held = max(-_MAX_LATITUDE, min(_MAX_LATITUDE, lat))
    return math.degrees(math.asinh(math.tan(math.radians(held))))


def _colour_of(country: str) -> tuple[int, int, int]:
    """Return a colour that is the same for a country in every file; places of no country are grey."""
    if not country:
        return 150, 150, 150
    hue, lightness, _ = hashlib.blake2b(country.encode(), digest_size=3).digest()
    red, green, blue = colorsys.hls_to_rgb(hue / 256, 0.35 + lightness / 256 * 0.25, 0.6)
    return round(red * 255), round(green * 255), round(blue * 255)


def _time(edge: Row) -> str:
    start, end = _day(edge.get("since"), last=False), _day(edge.get("until"), last=True)
    if start and end and start > end:  # contradictory sources; the attributes keep both dates
        return ""
    return (f' start="{start}"' if start else "") + (f' end="{end}"' if end else "")


def _day(date: Cell | None, *, last: bool) -> str:
    """Return the first or the last day that a partial date can mean."""
    if not isinstance(date, str):
        return ""
    parts = date.split("-")
    try:
        year, month = int(parts[0]), int(parts[1]) if len(parts) > 1 else 12 if last else 1
        day = int(parts[2]) if len(parts) > 2 else monthrange(year, month)[1] if last else 1
    except ValueError:
        return ""
    return f"{year:04}-{month:02}-{day:02}"
