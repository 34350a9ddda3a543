"""GeoJSON (RFC 7946): places as points, ties as lines that are cut where they cross the date line."""

import json
from typing import TextIO

from twingraph.queries.export.flat import Cell, Flat

__all__ = ["line", "write_geojson"]

DIGITS = 6
"""Decimals of a degree: a tenth of a metre, as the RFC advises."""

type Spot = tuple[float, float]


def write_geojson(flat: Flat, stream: TextIO) -> None:
    """Write a collection of features, a line for each.

    A place of which nobody knows where it lies has no geometry, and its ties have none either; they are kept for what
    is said of them.
    """
    spots = {str(node["id"]): spot for node in flat.nodes if (spot := _spot(node))}
    stream.write('{"type": "FeatureCollection", "features": [')
    first = True
    for sort, rows in (("node", flat.nodes), ("edge", flat.edges)):
        for row in rows:
            geometry: dict[str, object] | None
            if sort == "node":
                at = spots.get(str(row["id"]))
                geometry = None if at is None else {"type": "Point", "coordinates": list(at)}
            else:
                ends = spots.get(str(row["source"])), spots.get(str(row["target"]))
                geometry = None if ends[0] is None or ends[1] is None else line(ends[0], ends[1])
            feature = {"type": "Feature", "id": row["id"], "geometry": geometry, "properties": row}
            text = json.dumps(feature, ensure_ascii=False, allow_nan=False)
            stream.write(("\n" if first else ",\n") + (text if text.isprintable() else json.dumps(feature)))
            first = False
    stream.write("\n]}\n")


def line(start: Spot, end: Spot) -> dict[str, object]:
    """Return the shorter straight way between two spots (longitude, latitude), in two parts across the date line.

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
    at = round(y1 + (y2 - y1) * (side - x1) / (beyond - x1), DIGITS) if beyond != x1 else y1
    parts = [[[x1, y1], [side, at]], [[-side, at], [x2, y2]]]
    return {"type": "MultiLineString", "coordinates": parts}


def _spot(node: dict[str, Cell]) -> Spot | None:
    lat, lon = node.get("lat"), node.get("lon")
    if not isinstance(lat, int | float) or not isinstance(lon, int | float):
        return None
    return round(float(lon), DIGITS), round(float(lat), DIGITS)
