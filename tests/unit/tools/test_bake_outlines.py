"""The outlines under the maps: a made-up world of squares goes in, and is known again in the asset."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

TOOL = "bake_outlines"
type Point = tuple[float, float]

# A country a square, its corners at whole degrees; Crimea is a square of Russia's around Simferopol, south of Ukraine.
WORLD = {
    "Ukraine": ("804", [(33, 46, 36, 48)]),
    "Russia": ("643", [(36, 46, 40, 48), (33, 44, 36, 46)]),
    "Cyprus": ("196", [(32, 34, 33, 35)]),
    "N. Cyprus": (None, [(32, 35, 33, 36)]),
    "Somalia": ("706", [(45, 0, 48, 4)]),
    "Somaliland": (None, [(45, 4, 48, 8)]),
}
OBLASTS = {"Kherson": (33, 46, 34, 48), "Zaporizhzhya": (34, 46, 36, 48)}


def topology(layer: str, areas: dict[str, tuple[str | None, list[tuple[int, int, int, int]]]]) -> dict[str, object]:
    """Return squares as TopoJSON: a side of one degree is an arc, and neighbours share it."""
    numbers: dict[tuple[Point, Point], int] = {}

    def side(a: Point, b: Point) -> int:
        if (b, a) in numbers:
            return ~numbers[b, a]
        return numbers.setdefault((a, b), len(numbers))

    geometries = []
    for name, (number, boxes) in areas.items():
        rings = []
        for west, south, east, north in boxes:
            corners = [
                *((lon, south) for lon in range(west, east)),
                *((east, lat) for lat in range(south, north)),
                *((lon, north) for lon in range(east, west, -1)),
                *((west, lat) for lat in range(north, south, -1)),
            ]
            rings.append([[side(a, b) for a, b in zip(corners, [*corners[1:], corners[0]], strict=True)]])
        geometries.append({"type": "MultiPolygon", "arcs": rings, "id": number, "properties": {"name": name}})
    arcs = [[[2 * a[0], 2 * a[1]], [2 * (b[0] - a[0]), 2 * (b[1] - a[1])]] for a, b in numbers]
    transform = {"scale": [0.5, 0.5], "translate": [0, 0]}
    return {"transform": transform, "arcs": arcs, "objects": {layer: {"geometries": geometries}}}


@pytest.fixture
def baked(tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """The asset that the script makes of the made-up world."""
    world, oblasts = tmp_path / "world.json", tmp_path / "ukr.json"
    world.write_text(json.dumps(topology("countries", WORLD)), encoding="utf-8")
    squares = {name: (None, [box]) for name, box in OBLASTS.items()}
    oblasts.write_text(json.dumps(topology("ukr", squares)), encoding="utf-8")
    monkeypatch.setattr(tool, "ASSET", tmp_path / "outlines.json.gz")
    monkeypatch.setattr("sys.argv", ["bake_outlines.py", str(world), str(oblasts)])
    tool.main()
    read: dict[str, object] = json.loads(gzip.decompress((tmp_path / "outlines.json.gz").read_bytes()))
    return read


@pytest.fixture
def line(baked: dict) -> Callable[[int], frozenset[Point]]:
    """Return the ends of an arc of the asset, in degrees."""

    def ends(arc: int) -> frozenset[Point]:
        steps = baked["arcs"][arc if arc >= 0 else ~arc]
        x, y = steps[0], steps[1]
        return frozenset({(x / baked["grid"], y / baked["grid"]),
                          ((x + steps[2]) / baked["grid"], (y + steps[3]) / baked["grid"])})  # fmt: skip

    return ends


def test_crimea_is_in_ukraine_without_a_border_between_them(
    baked: dict, line: Callable[[int], frozenset[Point]]
) -> None:
    """Else every map would show what the UN General Assembly does not recognise."""
    (ring,) = baked["countries"]["UA"]
    outline = {line(arc) for arc in ring}
    assert frozenset({(33.0, 44.0), (34.0, 44.0)}) in outline, "the south coast of Crimea"
    border = frozenset({(34.0, 46.0), (35.0, 46.0)})
    assert border not in outline
    assert border not in {line(arc) for members in baked["lines"].values() for arc in members}
    assert len(baked["countries"]["RU"]) == 1


def test_lines_are_borders_coasts_and_borders_of_oblasts(baked: dict, line: Callable[[int], frozenset[Point]]) -> None:
    """Else a coast would be drawn as a border, or the oblasts not at all."""
    drawn = {name: {line(arc) for arc in members} for name, members in baked["lines"].items()}
    assert drawn["border"] == {frozenset({(36.0, float(lat)), (36.0, float(lat + 1))}) for lat in (46, 47)}
    assert drawn["region"] == {frozenset({(34.0, float(lat)), (34.0, float(lat + 1))}) for lat in (46, 47)}
    assert frozenset({(33.0, 44.0), (34.0, 44.0)}) in drawn["coast"]
    assert drawn["dashed"] == set()
    assert set(baked["regions"]) == {"UA-65", "UA-23"}


def test_parts_without_a_code_join_the_country_that_they_are_put_in(baked: dict) -> None:
    """Else Cyprus and Somalia would be drawn in two pieces, one of them without a name."""
    assert set(baked["countries"]) == {"UA", "RU", "CY", "SO"}
    assert [len(baked["countries"][code]) for code in ("CY", "SO")] == [1, 1]
    assert [len(baked["countries"][code][0]) for code in ("CY", "SO")] == [6, 22]


def test_a_source_that_draws_crimea_otherwise_stops_the_script(tool: ModuleType) -> None:
    """Else a new edition of the outlines would change a border unnoticed."""
    with pytest.raises(SystemExit, match="Crimea is not one ring"):
        tool.move_crimea([], {"RU": [], "UA": []})


def test_points_that_matter_on_a_map_of_the_world_are_kept_longest(tool: ModuleType) -> None:
    """Else a coast would lose its capes before its smallest bends."""
    _steps, levels = tool.pack([(0, 0), (0.01, 0.005), (0.02, 0), (7, 6), (12, 0)])
    assert levels[0] == levels[-1] == "3", "ends stay: other lines begin there"
    assert levels[3] == "3"
    assert levels[1] == "0"


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-85, 85)), min_size=2, max_size=12))
def test_a_packed_line_can_be_unpacked(tool: ModuleType, points: list[Point]) -> None:
    """Else an outline would be drawn in the wrong place."""
    steps, levels = tool.pack(points)
    assert len(steps) == 2 * len(levels) >= 4
    x = y = 0
    unpacked = []
    for at in range(len(levels)):
        x, y = x + steps[2 * at], y + steps[2 * at + 1]
        unpacked.append((x, y))
    grid = [(round(lon * tool.GRID), round(lat * tool.GRID)) for lon, lat in points]
    once = [cell for at, cell in enumerate(grid) if at == 0 or cell != grid[at - 1]]
    assert unpacked == (once if len(once) > 1 else once * 2)
