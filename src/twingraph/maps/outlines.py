"""Country outlines and the borders of Ukraine's oblasts, thinned to what a map needs.

The asset is made by ``tools/bake_outlines.py`` from Natural Earth; ``docs/maps.md`` describes what it shows and why.
"""

import gzip
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from twingraph.graph.geodesy import EARTH_RADIUS_KM
from twingraph.maps.projection import AzimuthalEqualArea, LonLat, Projection, middle

type LevelPoint = tuple[float, float, int]
"""Longitude, latitude, and the level of detail from which the point is drawn."""


UNITS_PER_KM = 2
"""Units of the outlines in a kilometre: points are whole numbers of them."""
CELL = 8
"""Degrees: the size of the cells by which a line is near a place or not; chosen by hand."""

type Ring = Sequence[int]
type Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Atlas:
    """The outlines of the world as a topology: a line shared by two countries is stored once.

    Attributes
    ----------
    arcs
        Lines as points in degrees, each with its level: 0 is the finest detail, 3 is drawn on any map.
    countries, regions
        For each ISO code, rings of arc numbers; ``~n`` is arc ``n`` backwards.
    lines
        Arc numbers by what they are: ``coast``, ``border``, ``dashed``, ``region``.
    """

    arcs: tuple[tuple[tuple[float, float, int], ...], ...]
    countries: dict[str, list[list[int]]]
    regions: dict[str, list[list[int]]]
    lines: dict[str, list[int]]


@cache
def load_atlas() -> Atlas:
    """Read the bundled outlines."""
    raw = json.loads(gzip.decompress((files("twingraph.maps") / "assets" / "outlines.json.gz").read_bytes()))
    grid = raw["grid"]
    arcs = []
    for steps, levels in zip(raw["arcs"], raw["levels"], strict=True):
        x = y = 0
        points = []
        for index, level in enumerate(levels):
            x += steps[2 * index]
            y += steps[2 * index + 1]
            points.append((x / grid, y / grid, int(level)))
        arcs.append(tuple(points))
    return Atlas(tuple(arcs), raw["countries"], raw["regions"], raw["lines"])


@cache
def cut_atlas() -> Atlas:
    """Return the outlines for a map that ends at the 180th meridian: what crosses it is cut there."""
    whole = load_atlas()
    arcs = list(whole.arcs)
    crossing = {index for index, arc in enumerate(arcs) if any(abs(b[0] - a[0]) > 180 for a, b in pairwise(arc))}
    lines = {}
    for name, members in whole.lines.items():
        kept = [arc for arc in members if arc not in crossing]
        for arc in members:
            if arc in crossing:
                for piece in cut_line(whole.arcs[arc]):
                    kept.append(len(arcs))
                    arcs.append(piece)
        lines[name] = kept
    countries = {}
    for code, rings in whole.countries.items():
        kept_rings = [ring for ring in rings if crossing.isdisjoint(arc if arc >= 0 else ~arc for arc in ring)]
        for ring in rings:
            if ring not in kept_rings:
                for piece in cut_ring([point for arc in ring for point in _along(whole, arc)]):
                    kept_rings.append([len(arcs)])
                    arcs.append(piece)
        countries[code] = kept_rings
    return Atlas(tuple(arcs), countries, whole.regions, lines)


def draw_outlines(projection: Projection, *, places: Sequence[LonLat], core: Sequence[LonLat]) -> dict[str, object]:
    """Project the outlines and thin them: fine about the core, plainer about other places, plain elsewhere.

    Parameters
    ----------
    projection
        The one that the places are drawn with.
    places
        Every place on the map.
    core
        Those of the first view.

    Returns
    -------
    dict
        Ready for JSON: ``unit`` (km), ``arcs`` (first point, then steps, in units), ``countries``, ``regions`` (rings
        of arc numbers by code) and ``lines``.
    """
    atlas = load_atlas() if not projection.cut else cut_atlas()
    fine, near = _cells_about(core), _cells_about(places)
    world = len(fine) > 150  # a map of the world is never seen from near at first
    drawn: list[list[int] | None] = []
    for arc in atlas.arcs:
        cells = {_cell(lon, lat) for lon, lat, level in arc if level >= 2}
        least = 3 if cells.isdisjoint(near) else 2 if world or cells.isdisjoint(fine) else 1
        drawn.append(_steps(projection, [(lon, lat) for lon, lat, level in arc if level >= least]))
    number: dict[int, int] = {}
    arcs: list[list[int]] = []
    for index, steps in enumerate(drawn):
        if steps is not None:
            number[index] = len(arcs)
            arcs.append(steps)
    return {
        "unit": 1 / UNITS_PER_KM,
        "arcs": arcs,
        "countries": _areas(atlas.countries, drawn, number),
        "regions": _areas(atlas.regions, drawn, number),
        "lines": {name: [number[arc] for arc in members if arc in number] for name, members in atlas.lines.items()},
    }


@cache
def middle_of_area(code: str) -> LonLat | None:
    """Return the middle of the largest area of a country or a region, where its name can be written.

    Parameters
    ----------
    code
        ISO 3166-1 alpha-2 or ISO 3166-2; ``None`` is returned where the map has no such area.
    """
    atlas = load_atlas()
    largest, best = 0.0, None
    rings = [
        [LonLat(lon, lat) for arc in ring for lon, lat, level in _along(atlas, arc) if level >= 1]
        for ring in atlas.countries.get(code) or atlas.regions.get(code) or []
    ]
    for points in sorted(filter(None, rings), key=_doubled_box_area, reverse=True):
        if _doubled_box_area(points) <= largest:
            break  # no smaller box holds a larger area
        centre = middle(points)
        if centre is None:
            continue
        flat = [xy for point in points if (xy := AzimuthalEqualArea(*centre).forward(*point))]
        doubled = x = y = 0.0
        for (ax, ay), (bx, by) in pairwise([*flat, flat[0]]):
            cross = ax * by - bx * ay
            doubled, x, y = doubled + cross, x + (ax + bx) * cross, y + (ay + by) * cross
        if abs(doubled) > largest:
            largest = abs(doubled)
            best = LonLat(
                centre.lon + x / (3 * doubled) / (111.32 * math.cos(math.radians(centre.lat))),
                centre.lat - y / (3 * doubled) / 110.57,
            )
    return best


def _doubled_box_area(points: Sequence[LonLat]) -> float:
    """Return twice the area in km² of the box of meridians and parallels around points: a bound of their own area."""
    lons, lats = [lon for lon, _lat in points], [math.radians(lat) for _lon, lat in points]
    height = math.sin(max(lats)) - math.sin(min(lats))
    return 2 * EARTH_RADIUS_KM**2 * math.radians(max(lons) - min(lons)) * height


def cut_line(points: Sequence[LevelPoint]) -> list[tuple[LevelPoint, ...]]:
    """Return the pieces of a line on either side of the 180th meridian."""
    unrolled = _unroll(points)
    lowest, highest = min(x for x, _y, _l in unrolled), max(x for x, _y, _l in unrolled)
    pieces: list[tuple[LevelPoint, ...]] = []
    for shift in range(int((lowest + 180) // 360), int((highest + 180) // 360) + 1):
        left, right = 360.0 * shift - 180, 360.0 * shift + 180
        piece: list[LevelPoint] = []
        for start, end in pairwise(unrolled):
            inside = _clip_segment(start, end, left, right)
            if inside is None:
                continue
            first, last = inside
            if piece and piece[-1][:2] != first[:2]:
                pieces.append(_rolled(piece, shift))
                piece = []
            if not piece:
                piece.append(first)
            piece.append(last)
        if len(piece) > 1:
            pieces.append(_rolled(piece, shift))
    return pieces


def cut_ring(points: Sequence[LevelPoint]) -> list[tuple[LevelPoint, ...]]:
    """Return the closed parts of an area on either side of the 180th meridian.

    A ring that runs round a pole, as that of Antarctica does, is closed along the pole first.
    """
    ring = _unroll(points)
    if abs(ring[-1][0] - ring[0][0]) > 180:
        pole = 90.0 if ring[0][1] > 0 else -90.0
        ring += [(ring[-1][0], pole, 3), (ring[0][0], pole, 3)]
    if ring[0][:2] != ring[-1][:2]:
        ring.append(ring[0])
    lowest, highest = min(x for x, _y, _l in ring), max(x for x, _y, _l in ring)
    pieces = []
    for shift in range(int((lowest + 180) // 360), int((highest + 180) // 360) + 1):
        part = _clip_half(ring, 360.0 * shift - 180, keep_above=True)
        part = _clip_half(part, 360.0 * shift + 180, keep_above=False)
        if len(part) > 3:
            pieces.append(_rolled(part, shift))
    return pieces


def _unroll(points: Sequence[LevelPoint]) -> list[LevelPoint]:
    """Let longitudes run on past 180 degrees, so that no step is longer than half the globe."""
    unrolled: list[LevelPoint] = []
    turn = 0.0
    for lon, lat, level in points:
        if unrolled:
            step = lon + turn - unrolled[-1][0]
            turn -= 360 * round(step / 360)
        unrolled.append((lon + turn, lat, level))
    return unrolled


def _rolled(points: Sequence[LevelPoint], shift: int) -> tuple[LevelPoint, ...]:
    return tuple((lon - 360.0 * shift, lat, level) for lon, lat, level in points)


def _clip_half(ring: Sequence[LevelPoint], at: float, *, keep_above: bool) -> list[LevelPoint]:
    """Return the part of a closed ring on one side of a meridian, closed (Sutherland and Hodgman 1974)."""
    kept: list[LevelPoint] = []
    for start, end in pairwise(ring):
        starts, ends = (start[0] >= at, end[0] >= at) if keep_above else (start[0] <= at, end[0] <= at)
        if starts and not kept:
            kept.append(start)
        if starts != ends:
            kept.append(_crossing(start, end, at))
        if ends:
            kept.append(end)
    if kept and kept[0][:2] != kept[-1][:2]:
        kept.append(kept[0])
    return kept


def _clip_segment(
    start: LevelPoint, end: LevelPoint, left: float, right: float
) -> tuple[LevelPoint, LevelPoint] | None:
    """Return the part of a segment between two meridians."""
    if max(start[0], end[0]) <= left or min(start[0], end[0]) >= right:
        return None
    ends = []
    for point, other in ((start, end), (end, start)):
        bound = left if point[0] < left else right if point[0] > right else None
        ends.append(point if bound is None else _crossing(point, other, bound))
    return ends[0], ends[1]


def _crossing(start: LevelPoint, end: LevelPoint, at: float) -> LevelPoint:
    share = (at - start[0]) / (end[0] - start[0])
    return at, start[1] + share * (end[1] - start[1]), 3


def _along(atlas: Atlas, arc: int) -> Sequence[tuple[float, float, int]]:
    return atlas.arcs[arc] if arc >= 0 else atlas.arcs[~arc][::-1]


def _areas(
    areas: dict[str, list[list[int]]], drawn: Sequence[Sequence[int] | None], number: dict[int, int]
) -> dict[str, list[list[int]]]:
    """Renumber the rings, leaving out those which the thinning or the projection has undone."""
    kept: dict[str, list[list[int]]] = {}
    for code, rings in areas.items():
        whole = [ring for ring in rings if all(drawn[arc if arc >= 0 else ~arc] is not None for arc in ring)]
        if whole:
            kept[code] = [[number[arc] if arc >= 0 else ~number[~arc] for arc in ring] for ring in whole]
    return kept


def _steps(projection: Projection, points: Sequence[tuple[float, float]]) -> list[int] | None:
    """Project a line to whole units, as steps; ``None`` where an island is too small to see or cannot be drawn.

    A short line between two countries may shrink to one point: it stays, for the rings on both sides need it.
    """
    steps: list[int] = []
    last_x = last_y = 0
    for lon, lat in points:
        xy = projection.forward(lon, lat)
        if xy is None:
            return None
        x, y = round(xy[0] * UNITS_PER_KM), round(xy[1] * UNITS_PER_KM)
        if not steps or x != last_x or y != last_y:
            steps += [x - last_x, y - last_y]
            last_x, last_y = x, y
    closed = len(points) > 1 and points[0] == points[-1]
    return None if closed and len(steps) < 8 else steps


def _cells_about(points: Sequence[LonLat]) -> set[Cell]:
    """Return the cells that hold a point, and their neighbours."""
    cells: set[Cell] = set()
    for lon, lat in points:
        column, row = _cell(lon, lat)
        cells |= {((column + dx) % (360 // CELL), row + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)}
    return cells


def _cell(lon: float, lat: float) -> Cell:
    return int((lon + 180) // CELL) % (360 // CELL), int((lat + 90) // CELL)
