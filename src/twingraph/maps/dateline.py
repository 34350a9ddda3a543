"""Cut lines and areas at the 180th meridian, for maps that end there."""

from collections.abc import Sequence
from itertools import pairwise

__all__ = ["cut_line", "cut_ring"]

type LevelPoint = tuple[float, float, int]
"""Longitude, latitude, and the level of detail from which the point is drawn."""


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
