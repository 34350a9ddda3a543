"""Projections, outlines and the first view: what a reader would be shown wrongly."""

import math
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twingraph.graph.geodesy import EARTH_RADIUS_KM
from twingraph.maps.layout import core_places
from twingraph.maps.outlines import Atlas, cut_atlas, draw_outlines, load_atlas, middle_of_area
from twingraph.maps.projection import (
    AzimuthalEqualArea,
    EqualEarth,
    LonLat,
    choose_projection,
    distance_km,
    middle,
)

EUROPE = AzimuthalEqualArea(lon=20, lat=50)


def test_azimuthal_agrees_with_snyders_numerical_example() -> None:
    """Snyder 1987, p. 332: sphere of radius 3, centre 40° N 100° W, the point 20° S 100° E."""
    x, y = AzimuthalEqualArea(lon=-100, lat=40).forward(100, -20) or (0, 0)
    assert x * 3 / EARTH_RADIUS_KM == pytest.approx(-4.2339303, abs=1e-6)
    assert -y * 3 / EARTH_RADIUS_KM == pytest.approx(4.0257775, abs=1e-6)


def test_equal_earth_agrees_with_its_authors_extent() -> None:
    """Šavrič et al. 2018: half the equator is 2.70663, the pole line lies at 1.31736 earth radii."""
    assert (EqualEarth().forward(180, 0) or (0, 0))[0] / EARTH_RADIUS_KM == pytest.approx(2.706630, abs=1e-5)
    assert -(EqualEarth().forward(0, 90) or (0, 0))[1] / EARTH_RADIUS_KM == pytest.approx(1.317363, abs=1e-5)


@given(lon=st.floats(-179, 179), lat=st.floats(-80, 80), projection=st.sampled_from([EUROPE, EqualEarth()]))
def test_areas_stay_true(lon: float, lat: float, projection: AzimuthalEqualArea | EqualEarth) -> None:
    """A patch keeps its size wherever it lies, else Poland and Ukraine could not be compared."""
    step = 0.01
    corners = [projection.forward(lon + dx, lat + dy) for dx, dy in ((0, 0), (step, 0), (step, step), (0, step))]
    if any(corner is None for corner in corners):
        assert projection == EUROPE
        return
    flat = [corner for corner in corners if corner is not None]
    drawn = abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise([*flat, flat[0]]))) / 2
    true = (
        EARTH_RADIUS_KM**2 * math.radians(step) * abs(math.sin(math.radians(lat + step)) - math.sin(math.radians(lat)))
    )
    assert drawn == pytest.approx(true, rel=0.01)


@pytest.mark.parametrize("point", [(0, 90), (0, -90), (180, 0), (-180, 0), (180, 89.999)])
@pytest.mark.parametrize("projection", [EUROPE, EqualEarth()])
def test_poles_and_date_line_can_be_drawn(
    projection: AzimuthalEqualArea | EqualEarth, point: tuple[float, float]
) -> None:
    xy = projection.forward(*point)
    assert xy is not None
    assert all(map(math.isfinite, xy))


def test_the_point_opposite_the_centre_is_left_out_and_not_drawn_at_infinity() -> None:
    assert EUROPE.forward(-160, -50) is None


def test_distance_and_middle() -> None:
    zhytomyr, rawicz = LonLat(28.67, 50.26), LonLat(16.86, 51.61)
    assert distance_km(zhytomyr, rawicz) == pytest.approx(839, abs=3)
    centre = middle([zhytomyr, rawicz])
    assert centre is not None
    assert distance_km(centre, zhytomyr) == pytest.approx(distance_km(centre, rawicz))
    assert middle([LonLat(0, 0), LonLat(180, 0)]) is None


@pytest.mark.parametrize(
    ("place", "point", "country"),
    [
        ("Simferopol", (34.10, 44.95), "UA"),
        ("Sevastopol", (33.60, 44.60), "UA"),
        ("Kerch", (36.45, 45.35), "UA"),
        ("Donetsk", (37.80, 48.00), "UA"),
        ("Rostov-on-Don", (39.70, 47.25), "RU"),
        ("Tiraspol", (29.62, 46.84), "MD"),
        ("Sukhumi", (41.03, 43.02), "GE"),
        ("Tskhinvali", (43.97, 42.23), "GE"),
        ("north of Nicosia", (33.36, 35.25), "CY"),
        ("Hargeisa", (44.06, 9.56), "SO"),
        ("Taipei", (121.53, 25.05), "TW"),
        ("Pristina", (21.16, 42.66), "XK"),
        ("the Black Sea", (34.0, 43.3), None),
    ],
)
def test_places_fall_in_the_country_that_the_documentation_says(
    place: str, point: tuple[float, float], country: str | None
) -> None:
    """A place drawn in another country than the documentation says would be a political statement."""
    atlas = load_atlas()
    found = [code for code, rings in atlas.countries.items() if sum(crossings_east(atlas, rings, *point)) % 2]
    assert found == ([country] if country else []), place


def crossings_east(atlas: Atlas, rings: Iterable[Iterable[int]], lon: float, lat: float) -> Iterator[bool]:
    """Yield for each line of the rings whether it crosses the parallel of a point east of it (even-odd rule)."""
    for arc in chain.from_iterable(rings):
        for (ax, ay, _a), (bx, by, _b) in pairwise(atlas.arcs[arc if arc >= 0 else ~arc]):
            yield (ay > lat) != (by > lat) and lon < (bx - ax) * (lat - ay) / (by - ay) + ax


def test_no_border_of_states_runs_between_crimea_and_the_mainland() -> None:
    atlas = load_atlas()
    near = [
        (lon, lat)
        for name in ("border", "dashed")
        for arc in atlas.lines[name]
        for lon, lat, _level in atlas.arcs[arc]
        if 33.2 < lon < 34.9 and 45.8 < lat < 46.3
    ]
    assert near == []


def test_every_oblast_of_ukraine_has_an_area_and_its_capital_lies_in_it() -> None:
    atlas = load_atlas()
    assert len([code for code in atlas.regions if code.startswith("UA-")]) == 27
    centre = middle_of_area("UA-18")
    assert centre is not None
    assert distance_km(centre, LonLat(28.67, 50.26)) < 80


def test_the_world_is_cut_where_its_map_ends() -> None:
    """A line that jumps from one edge to the other would be drawn across the whole map."""
    atlas = cut_atlas()
    used = {arc for members in atlas.lines.values() for arc in members}
    used |= {arc if arc >= 0 else ~arc for rings in atlas.countries.values() for ring in rings for arc in ring}
    steps = [(a, b) for arc in used for a, b in pairwise(atlas.arcs[arc]) if abs(b[0] - a[0]) > 180]
    assert [step for step in steps if abs(step[0][1]) < 90] == []  # but along the pole, which is a line there
    assert sum(len(rings) for rings in atlas.countries.values()) > sum(
        len(rings) for rings in load_atlas().countries.values()
    )


@pytest.mark.parametrize("projection", [EUROPE, EqualEarth(), AzimuthalEqualArea(lon=174, lat=-41)])
def test_every_ring_drawn_is_closed(projection: AzimuthalEqualArea | EqualEarth) -> None:
    """Thinning must not tear a country open: its colour would run into its neighbours."""
    points = [LonLat(28.67, 50.26), LonLat(-85.8, 40.8)]
    drawn = draw_outlines(projection, places=points, core=points[:1])
    arcs = []
    for steps in drawn["arcs"]:  # type: ignore[attr-defined]
        x = y = 0
        line = []
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            line.append((x, y))
        arcs.append(line)
    rings = [ring for area in ("countries", "regions") for rings in drawn[area].values() for ring in rings]  # type: ignore[attr-defined]
    assert len(rings) > 200
    for ring in rings:
        ends = [(arcs[a][0], arcs[a][-1]) if a >= 0 else (arcs[~a][-1], arcs[~a][0]) for a in ring]
        assert all(before[1] == after[0] for before, after in pairwise([*ends, ends[0]]))
    assert "UA" in drawn["countries"]  # type: ignore[operator]


def test_the_first_view_leaves_the_far_few_to_the_edge() -> None:
    """Three partners in America must not shrink thirty in Europe to a dot."""
    positions = {"home": LonLat(28, 50), **{f"eu{i}": LonLat(10 + i, 51) for i in range(15)}}
    positions |= {f"us{i}": LonLat(-86, 40 + i) for i in range(2)}
    ties = [("home", id_) for id_ in positions if id_ != "home"]
    core = core_places(["home"], ties, positions)
    assert "home" in core
    assert {id_ for id_ in core if id_.startswith("eu")} == {f"eu{i}" for i in range(15)}
    assert not {id_ for id_ in core if id_.startswith("us")}


def test_the_first_view_of_two_partners_shows_both() -> None:
    positions = {"home": LonLat(28, 50), "near": LonLat(16, 51), "far": LonLat(-86, 40)}
    assert core_places(["home"], [("home", "near"), ("home", "far")], positions) == ["far", "home", "near"]


def test_nothing_placed_is_a_map_of_the_world() -> None:
    assert choose_projection([], []) == EqualEarth()
    assert core_places(["home"], [], {}) == []
