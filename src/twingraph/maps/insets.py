"""The part of a map that is shown a second time, larger: home, or where most places are.

An overview of an oblast whose partners are in Japan and America cannot show its towns apart, and towns are never moved
from where they are. The page draws this part in an inset where that is worth it on the screen at hand.
"""

from collections.abc import Iterable, Mapping, Sequence

from twingraph.maps.outlines import load_atlas
from twingraph.maps.projection import Projection

type Point = tuple[float, float]
type Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in kilometres of the projection."""

HOME_KM = (2200.0, 1700.0)
"""Width and height up to which an inset shows all of home; of a larger home, its densest part of this size."""
WORLD_KM = (4600.0, 3800.0)
"""The same for a map of everything: about the size of Europe."""
CELLS = 8
"""Cells in the width and in the height of the part that is looked for."""
MARGIN = 0.04
"""Of the width and the height of the box, on each side."""


def inset_box(
    home: Sequence[Point], everything: Sequence[Point], *, region: str | None = None, projection: Projection
) -> Box | None:
    """Return the part of the map that an inset shows.

    Parameters
    ----------
    home
        Positions of the places at home; none on a map of everything.
    everything
        Positions of all places.
    region
        The code of the region that the map is about: its whole area is shown, where its outline is known.
    projection
        The projection of the map.

    Returns
    -------
    tuple of float, optional
        Left, top, right and bottom in km; ``None`` where there are not two places on different spots.
    """
    outline = _outline(region, projection) if region else []
    points, size = ([*home, *outline], HOME_KM) if home else (list(everything), WORLD_KM)
    if len(set(points)) < 2:
        return None
    left, top, right, bottom = box = _bounds(points)
    if right - left > size[0] or bottom - top > size[1]:
        box = _bounds(densest(points, *size))
    left, top, right, bottom = box
    x, y = MARGIN * max(right - left, 1.0), MARGIN * max(bottom - top, 1.0)
    return round(left - x, 1), round(top - y, 1), round(right + x, 1), round(bottom + y, 1)


def densest(points: Iterable[Point], width: float, height: float) -> list[Point]:
    """Return the points in the rectangle of this size that holds the most of them, to an eighth of its sides.

    Examples
    --------
    >>> densest([(0, 0), (10, 10), (500, 500)], 100, 100)
    [(0, 0), (10, 10)]
    """
    cells: dict[tuple[int, int], list[Point]] = {}
    for point in points:
        cell = int(point[0] // (width / CELLS)), int(point[1] // (height / CELLS))
        cells.setdefault(cell, []).append(point)
    columns, rows = ([cell[axis] for cell in cells] for axis in (0, 1))
    summed = _running_sums({cell: len(found) for cell, found in cells.items()}, columns, rows)
    best: tuple[int, int, int] | None = None
    for column in range(min(columns) - CELLS + 1, max(columns) + 1):
        for row in range(min(rows) - CELLS + 1, max(rows) + 1):
            count = _within(summed, column, row)
            if best is None or count > best[0]:
                best = count, column, row
    assert best is not None  # noqa: S101 - there is at least one cell
    _count, column, row = best
    return sorted(
        point
        for (x, y), found in cells.items()
        if column <= x < column + CELLS and row <= y < row + CELLS
        for point in found
    )


def _running_sums(
    counts: Mapping[tuple[int, int], int], columns: Sequence[int], rows: Sequence[int]
) -> dict[tuple[int, int], int]:
    """Return how many points lie in the cells up to each cell, its column and row included."""
    summed: dict[tuple[int, int], int] = {}
    for column in range(min(columns) - CELLS, max(columns) + CELLS + 1):
        for row in range(min(rows) - CELLS, max(rows) + CELLS + 1):
            summed[column, row] = (
                counts.get((column, row), 0)
                + summed.get((column - 1, row), 0)
                + summed.get((column, row - 1), 0)
                - summed.get((column - 1, row - 1), 0)
            )
    return summed


def _within(summed: Mapping[tuple[int, int], int], column: int, row: int) -> int:
    """Return how many points lie in the square of cells that begins with this one."""
    right, bottom = column + CELLS - 1, row + CELLS - 1
    return (
        summed.get((right, bottom), 0)
        - summed.get((column - 1, bottom), 0)
        - summed.get((right, row - 1), 0)
        + summed.get((column - 1, row - 1), 0)
    )


def _outline(region: str, projection: Projection) -> list[Point]:
    """Return the points of a region's outline; empty where the map has none."""
    atlas = load_atlas()
    arcs = {arc if arc >= 0 else ~arc for ring in atlas.regions.get(region, ()) for arc in ring}
    projected = (projection.forward(lon, lat) for arc in sorted(arcs) for lon, lat, _level in atlas.arcs[arc])
    return [xy for xy in projected if xy is not None]


def _bounds(points: Sequence[Point]) -> Box:
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    return min(xs), min(ys), max(xs), max(ys)
