"""GEXF 1.2: opens in Gephi with places where they lie, colours by country, sizes by degree, and dates as times."""

import colorsys
import hashlib
import math
from calendar import monthrange
from collections.abc import Sequence
from typing import TextIO

from twingraph.queries.export.flat import Cell, Flat, text_of, type_of
from twingraph.queries.export.xml import attribute, content

__all__ = ["write_gexf"]

CREATOR = "twingraph 1"
"""Marks a file as our own, with the version of what is written."""
SCALE = 10.0
"""Gephi's units a degree: so that nodes do not cover each other."""
LIMIT = 85.0
"""Beyond these degrees the projection stretches without end."""
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://www.gexf.net/1.2draft http://www.gexf.net/1.2draft/gexf.xsd" version="1.2">
"""


def write_gexf(flat: Flat, stream: TextIO) -> None:
    """Write GEXF. An edge exists from its first possible day to its last; its attributes have the dates as stated."""
    stream.write(_HEAD)
    description = content(flat.description)
    stream.write(f"  <meta><creator>{CREATOR}</creator><description>{description}</description></meta>\n")
    stream.write('  <graph mode="dynamic" timeformat="date" defaultedgetype="undirected">\n')
    columns = {"node": _typed(flat.node_columns[1:], flat.nodes), "edge": _typed(flat.edge_columns[3:], flat.edges)}
    for sort, typed in columns.items():
        stream.write(f'    <attributes class="{sort}" mode="static">\n')
        for column, kind in typed.items():
            name = attribute(column)
            stream.write(f'      <attribute id={name} title={name} type="{kind}"/>\n')
        stream.write("    </attributes>\n")
    stream.write(f'    <nodes count="{len(flat.nodes)}">\n')
    for node in flat.nodes:
        stream.write(f"      <node id={attribute(str(node['id']))} label={attribute(str(node['label']))}>")
        _write_values(columns["node"], node, stream)
        stream.write(_picture(node))
        stream.write("</node>\n")
    stream.write(f'    </nodes>\n    <edges count="{len(flat.edges)}">\n')
    for edge in flat.edges:
        id_, source, target = (attribute(str(edge[name])) for name in ("id", "source", "target"))
        stream.write(f"      <edge id={id_} source={source} target={target}{_time(edge)}>")
        _write_values(columns["edge"], edge, stream)
        stream.write("</edge>\n")
    stream.write("    </edges>\n  </graph>\n</gexf>\n")


def _typed(columns: tuple[str, ...], rows: Sequence[dict[str, Cell]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows:
        for column in columns:
            if column in row and column not in found:
                found[column] = type_of(row[column])
        if len(found) == len(columns):
            break
    return {column: found[column] for column in columns if column in found}


def _write_values(columns: dict[str, str], row: dict[str, Cell], stream: TextIO) -> None:
    stream.write("<attvalues>")
    for column in columns:
        if column in row:
            stream.write(f"<attvalue for={attribute(column)} value={attribute(text_of(row[column]))}/>")
    stream.write("</attvalues>")


def _picture(node: dict[str, Cell]) -> str:
    red, green, blue = colour_of(str(node.get("country", "")))
    degree = node.get("degree")
    size = 4 + 2 * math.sqrt(degree) if isinstance(degree, int) else 4.0
    drawn = f'<viz:color r="{red}" g="{green}" b="{blue}"/>'
    lat, lon = node.get("lat"), node.get("lon")
    if isinstance(lat, int | float) and isinstance(lon, int | float):
        x, y = lon * SCALE, mercator(lat) * SCALE
        drawn += f'<viz:position x="{x:.4f}" y="{y:.4f}" z="0.0"/>'
    return f'{drawn}<viz:size value="{size:.2f}"/>'


def mercator(lat: float) -> float:
    """Return how far north a latitude lies on Mercator's map, in degrees of the equator."""
    held = max(-LIMIT, min(LIMIT, lat))
    return math.degrees(math.asinh(math.tan(math.radians(held))))


def colour_of(country: str) -> tuple[int, int, int]:
    """Return a colour that is the same for a country in every file; places of no country are grey."""
    if not country:
        return 150, 150, 150
    hue, lightness, _ = hashlib.blake2b(country.encode(), digest_size=3).digest()
    red, green, blue = colorsys.hls_to_rgb(hue / 256, 0.35 + lightness / 256 * 0.25, 0.6)
    return round(red * 255), round(green * 255), round(blue * 255)


def _time(edge: dict[str, Cell]) -> str:
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
