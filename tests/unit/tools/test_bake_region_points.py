"""The points of regions, on made-up areas whose middles are known."""

import json
from math import degrees, pi
from pathlib import Path
from types import ModuleType

import pytest

TOOL = "bake_region_points"
type Ring = list[tuple[float, float]]


def box(west: float, south: float, east: float, north: float) -> Ring:
    return [(west, south), (east, south), (east, north), (west, north)]


def towns(tool: ModuleType, region: str, *spots: tuple[float, float]) -> list[object]:
    return [tool.Settlement(lon, lat, region) for lon, lat in spots]


def bake(tool: ModuleType, areas: list[object], *people: list[object], **names: str) -> tuple[dict, dict]:
    spelled = {region.replace("_", "-"): {name} for region, name in names.items()}
    regions = {town.region for group in people for town in group}
    found, skipped = tool.bake(
        areas, sorted(town for group in people for town in group), {each: spelled.get(each, set()) for each in regions}
    )
    return found, dict(skipped)


def test_an_area_is_the_regions_whose_towns_are_in_it(tool: ModuleType) -> None:
    """Else a region's point would lie in its neighbour, since the areas have other codes and names."""
    west, east = tool.Area("xyz", "", [[box(0, -1, 2, 1)]]), tool.Area("xyz", "", [[box(2, -1, 4, 1)]])
    found, skipped = bake(tool, [west, east], towns(tool, "XY-W", (1, 0), (1.5, 0.5)), towns(tool, "XY-E", (3, 0)))
    assert found["XY-W"] == pytest.approx((0, 1), abs=1e-9)
    assert found["XY-E"] == pytest.approx((0, 3), abs=1e-9)
    assert not skipped


def test_provinces_join_into_their_region(tool: ModuleType) -> None:
    """Else a region of several provinces would have its point in one of them, or none."""
    areas = [tool.Area("xyz", "", [[box(west, -1, west + 2, 1)]]) for west in (0, 2, 4)]
    found, _skipped = bake(tool, areas, towns(tool, "XY-A", (1, 0), (3, 0), (5, 0)))
    assert found == {"XY-A": pytest.approx((0, 3), abs=1e-9)}


@pytest.mark.parametrize(("name", "has_point"), [("", False), ("Aland", True)])
def test_a_region_that_shares_its_area_needs_its_name(tool: ModuleType, name: str, has_point: bool) -> None:
    """Else a town of a neighbour that took over half of an old county would decide where the region is."""
    area = tool.Area("xyz", name, [[box(0, -1, 2, 1)]])
    people = towns(tool, "XY-A", *((0.1 * at, 0) for at in range(1, 9)))
    others = towns(tool, "XY-B", (1.0, 0.5), (1.1, 0.5))
    found, skipped = bake(tool, [area], people, others, XY_A="aland")
    assert ("XY-A" in found) is has_point
    unassigned = {"no area is its own": 1}
    assert skipped == (unassigned if has_point else unassigned | {"its areas are not surely its own": 1})


def test_a_region_whose_towns_lie_in_no_area_is_skipped_and_counted(tool: ModuleType) -> None:
    """A point that is guessed is worse than none: municipalities would be put there."""
    area = tool.Area("xyz", "", [[box(0, 0, 1, 1)]])
    assert bake(tool, [area], towns(tool, "XY-A", (5, 5))) == ({}, {"no area is its own": 1})


def test_a_town_in_a_hole_is_not_in_the_area(tool: ModuleType) -> None:
    """Else a capital that is a region of its own would be counted to the one around it."""
    ring = tool.Area("xyz", "", [[box(0, 0, 3, 3), box(1, 1, 2, 2)]])
    people = sorted([*towns(tool, "XY-R", (0.5, 0.5)), *towns(tool, "XY-C", (1.5, 1.5))])
    assert tool.count_inside(ring, people) == {"XY-R": 1}


def test_where_the_middle_is_outside_the_point_is_the_nearest_town(tool: ModuleType) -> None:
    """Else the point of a crescent would lie in the sea, or in the capital that it surrounds."""
    ring = tool.Area("xyz", "", [[box(0, -1.5, 3, 1.5), box(1, -0.5, 2, 0.5)]])
    found, _skipped = bake(tool, [ring], towns(tool, "XY-R", (0.5, 0), (2.6, 1)))
    assert found == {"XY-R": (0, 0.5)}


def test_sizes_and_middles_are_those_of_the_globe(tool: ModuleType) -> None:
    """Else northern regions, which a flat map stretches, would have points too far north."""
    size, lat, lon = tool.centroid(box(0, 0, 90, 90))
    assert (size, degrees(lat), degrees(lon)) == pytest.approx((pi / 2, 30, 45))
    islands = [tool.Area("xyz", "", [[box(170, -1, 180, 1)], [box(-180, -1, -170, 1)]])]
    lat, lon = tool.middle(islands)
    assert (lat, abs(lon)) == pytest.approx((0, 180))


def test_areas_are_read_from_the_files_of_countries_alone(tool: ModuleType, tmp_path: Path) -> None:
    """Else the world as a whole would be an area of some region."""
    arcs = [[[0, 0], [10, 0], [0, 10]], [[10, 10], [-10, 0], [0, -10]]]
    county = {"type": "Polygon", "arcs": [[0, 1]], "properties": {"name": "Aland"}}
    empty = {"type": None, "properties": {"name": "Nowhere"}}
    topology = {
        "transform": {"scale": [0.5, 0.1], "translate": [20, 50]},
        "arcs": arcs,
        "objects": {"xyz": {"geometries": [county, empty]}},
    }
    for name in ("xyz", "world"):
        (tmp_path / f"{name}.topo.json").write_text(json.dumps(topology), encoding="utf-8")
    (area,) = tool.read_areas(tmp_path)
    assert (area.country, area.name) == ("xyz", "Aland")
    assert area.polygons == [[[(20, 50), (25, 50), (25, 51), (20, 51)]]]
