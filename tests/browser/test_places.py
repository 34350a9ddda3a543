"""Places are drawn at their coordinates: on the map, in its inset and in its pictures, on a desk and on a phone."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from fixtures.maps import Look
from fixtures.pages import MakePage, settle
from twingraph.graph.model import Label
from twingraph.graph.store import Store
from twingraph.maps.projection import AzimuthalEqualArea, EqualEarth, Projection
from twingraph.queries.filters import Filters
from twingraph.queries.scope import Scope, Subgraph, read_between

pytestmark = pytest.mark.browser

SPOTS = """() => {
    const inset = twingraph.inset();
    return twingraph.scene.present.map((place) => ({
        place: { lon: place.lon, lat: place.lat, xy: place.xy, home: place.home, type: place.type, name: place.n.en },
        map: twingraph.spot(place.id),
        inset: inset && inset.spot(place.id),
    }));
}"""
FRAMES = "() => ({ map: twingraph.view.now, inset: twingraph.inset()?.view, rect: twingraph.inset()?.rect })"
OPEN_UKRAINE = "twingraph.state.set({ open: new Set(['UA', 'PL']) })"


def poland_and_ukraine(store: Store) -> Subgraph:
    return read_between(
        store, Scope(Label.COUNTRY, "PL"), Scope(Label.COUNTRY, "UA"), filters=Filters(), min_partners=1
    )


@pytest.fixture(scope="session")
def pages(bundled_place: Path, make_page: MakePage) -> dict[str, Path]:
    return {
        "zhytomyr": make_page("zhytomyr", bundled_place, Scope(Label.REGION, "UA-18")),
        "lviv": make_page("lviv", bundled_place, Scope(Label.REGION, "UA-46")),
        "ukraine": make_page("ukraine", bundled_place, Scope(Label.COUNTRY, "UA")),
        "between": make_page("poland-ukraine", bundled_place, poland_and_ukraine),
        "everything": make_page("everything", bundled_place, Scope()),
    }


def projection_of(page: Page) -> Projection:
    name = str(json.loads(page.locator("#data").text_content() or "")["projection"])
    centre = re.search(r"(-?\d+)°, (-?\d+)°", name)
    return AzimuthalEqualArea(lon=float(centre[2]), lat=float(centre[1])) if centre else EqualEarth()


def distances(page: Page) -> list[tuple[str, str, float]]:
    """Return how many pixels each place is drawn from where its coordinates are, in each frame that shows it."""
    projection, frames = projection_of(page), page.evaluate(FRAMES)
    found = []
    for each in page.evaluate(SPOTS):
        place = each["place"]
        xy = place["xy"] if place["lon"] is None else projection.forward(place["lon"], place["lat"])
        assert xy is not None
        for name in ("map", "inset"):
            if each[name]:
                view = frames[name]
                x, y = xy[0] * view["k"] + view["tx"], xy[1] * view["k"] + view["ty"]
                found.append((place["name"], name, ((each[name]["x"] - x) ** 2 + (each[name]["y"] - y) ** 2) ** 0.5))
    return found


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scope", ["zhytomyr", "lviv", "ukraine", "between", "everything"])
def test_every_place_is_drawn_where_its_coordinates_are(
    look: Look, pages: dict[str, Path], scope: str, width: int
) -> None:
    """On a phone Berdychiv was drawn 197 km off, so that it would not cover Zhytomyr."""
    page = look(pages[scope], width=width, height=844 if width < 500 else 800)
    for step in ("", "[data-zoom=in]", "[data-zoom=all]"):
        if step:
            page.click(step)
            settle(page)
        found = distances(page)
        assert found
        assert [each for each in found if each[2] > 2] == []
    if scope == "everything":
        page.evaluate(OPEN_UKRAINE)
        settle(page)
        found = distances(page)
        assert len(found) > 200
        assert [each for each in found if each[2] > 2] == []


def drawn_centres(svg: str) -> set[tuple[float, float]]:
    """Return the middles of the circles of a picture."""
    shift = re.search(r'<g transform="translate\(0 ([\d.]+)\)">', svg)
    assert shift is not None
    circles = re.findall(r'd="M(-?[\d.]+) (-?[\d.]+)a([\d.]+) ', svg)
    return {(round(float(x) + float(r), 1), round(float(y), 1)) for x, y, r in circles}


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scope", ["zhytomyr", "between"])
def test_the_picture_has_the_places_where_the_page_has_them(
    look: Look, pages: dict[str, Path], scope: str, width: int
) -> None:
    page = look(pages[scope], width=width, height=844 if width < 500 else 800)
    frames, centres = page.evaluate(FRAMES), drawn_centres(page.evaluate("twingraph.svg()"))
    seen = 0
    for each in page.evaluate(SPOTS):
        if each["place"]["type"] != "municipality":
            continue
        for name in ("map", "inset"):
            dot, view = each[name], frames[name]
            if not dot or dot["leader"] is not None or not (0 < dot["x"] < view["w"] and 0 < dot["y"] < view["h"]):
                continue
            seen += 1
            assert any(abs(dot["x"] - x) <= 1 and abs(dot["y"] - y) <= 1 for x, y in centres), each["place"]["name"]
    assert seen > 20


@pytest.mark.parametrize("width", [390, 1280])
def test_lines_end_at_the_true_places(look: Look, pages: dict[str, Path], width: int) -> None:
    page = look(pages["zhytomyr"], width=width, height=844)
    arcs = re.findall(
        r'd="M(-?[\d.]+) (-?[\d.]+)Q[-\d.]+ [-\d.]+ (-?[\d.]+) (-?[\d.]+)"', page.evaluate("twingraph.svg()")
    )
    spots = [each[name] for each in page.evaluate(SPOTS) for name in ("map", "inset") if each[name]]
    assert len(arcs) >= 60, "each on the map and in its inset"
    for arc in arcs:
        for x, y in ((float(arc[0]), float(arc[1])), (float(arc[2]), float(arc[3]))):
            assert any(abs(spot["x"] - x) < 1 and abs(spot["y"] - y) < 1 for spot in spots)


@pytest.mark.parametrize("width", [390, 820, 1280])
def test_the_whole_map_with_partners_overseas_leaves_home_readable(
    look: Look, pages: dict[str, Path], width: int
) -> None:
    """Partners in America shrank the oblast to one spot."""
    page = look(pages["zhytomyr"], width=width, height=844)
    page.click("[data-zoom=all]")
    settle(page)
    frames = page.evaluate(FRAMES)
    rect = frames["rect"]
    assert frames["inset"]["k"] > 8 * frames["map"]["k"]
    for each in page.evaluate(SPOTS):
        x, y = each["map"]["x"], each["map"]["y"]
        assert 0 < x < frames["map"]["w"]
        assert 0 < y < frames["map"]["h"]
        assert not (rect["x"] < x < rect["x"] + rect["w"] and rect["y"] < y < rect["y"] + rect["h"])


def rings_of(data: dict[str, Any], code: str) -> list[list[tuple[float, float]]]:
    """Return the outline of a region in km."""
    outlines = data["outlines"]
    lines = []
    for steps in outlines["arcs"]:
        x = y = 0
        points = []
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x * outlines["unit"], y * outlines["unit"]))
        lines.append(points)
    return [
        [point for arc in ring for point in (lines[arc] if arc >= 0 else lines[~arc][::-1])]
        for ring in outlines["regions"][code]
    ]


def is_inside(ring: list[tuple[float, float]], x: float, y: float) -> bool:
    inside = False
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(("scope", "code"), [("zhytomyr", "UA-18"), ("lviv", "UA-46")])
def test_no_town_is_drawn_outside_its_oblast(
    look: Look, pages: dict[str, Path], scope: str, code: str, width: int
) -> None:
    page = look(pages[scope], width=width, height=844 if width < 500 else 800)
    data, frames = json.loads(page.locator("#data").text_content() or ""), page.evaluate(FRAMES)
    rings = rings_of(data, code)
    towns = [each for each in page.evaluate(SPOTS) if each["place"].get("home")]
    assert len(towns) > 5
    for name in ("map", "inset"):
        view = frames[name]
        for town in towns:
            x, y = (town[name][axis] - view[f"t{axis}"] for axis in "xy")
            near = [(x / view["k"] + dx, y / view["k"] + dy) for dx in (-2, 0, 2) for dy in (-2, 0, 2)]
            assert any(is_inside(ring, *point) for ring in rings for point in near), (name, town["place"]["name"])


@pytest.mark.parametrize("width", [390, 820, 1280, 1600])
@pytest.mark.parametrize("scope", ["zhytomyr", "lviv"])
def test_home_can_be_read_in_an_inset_of_its_own_scale(
    look: Look, pages: dict[str, Path], scope: str, width: int
) -> None:
    """The towns of an oblast whose partners lie in America were one black spot."""
    page = look(pages[scope], width=width, height=844)
    expect(page.locator("#inset")).to_be_visible()
    frames = page.evaluate(FRAMES)
    assert frames["inset"]["k"] > 2 * frames["map"]["k"]
    rect = frames["rect"]
    for each in page.evaluate(SPOTS):
        if each["place"].get("home"):
            assert 0 < each["inset"]["x"] < rect["w"]
            assert 0 < each["inset"]["y"] < rect["h"]
    core = page.evaluate("twingraph.data.core.map((id) => twingraph.spot(id)).filter(Boolean)")
    covered = [
        dot
        for dot in core
        if rect["x"] < dot["x"] < rect["x"] + rect["w"] and rect["y"] < dot["y"] < rect["y"] + rect["h"]
    ]
    assert covered == [], "the inset lies over no place of the first view"


def test_the_inset_closes_opens_and_gives_way_to_a_closer_look(look: Look, pages: dict[str, Path]) -> None:
    page = look(pages["zhytomyr"], width=1280, height=800)
    page.click("#inset-close")
    expect(page.locator("#inset")).to_be_hidden()
    page.click("#inset-toggle")
    expect(page.locator("#inset")).to_be_visible()
    for _step in range(6):
        page.click("[data-zoom=in]")
        settle(page)
    expect(page.locator("#inset")).to_be_hidden()
    page.click("[data-zoom=home]")
    settle(page)
    expect(page.locator("#inset")).to_be_visible()
    page.click("[data-layout=network]")
    expect(page.locator("#inset")).to_be_hidden()


def test_a_town_in_the_inset_can_be_chosen(look: Look, pages: dict[str, Path]) -> None:
    page = look(pages["zhytomyr"], width=1280, height=800)
    x, y = page.evaluate(
        """() => {
            const town = twingraph.places.find((each) => each.n.en === 'Korosten');
            const dot = twingraph.inset().spot(town.id);
            const frame = document.querySelector('#inset canvas').getBoundingClientRect();
            return [dot.x + frame.left, dot.y + frame.top];
        }"""
    )
    page.mouse.move(x, y)
    expect(page.locator("#tip")).to_contain_text("Korosten")
    page.mouse.click(x, y)
    expect(page.locator("#card h2")).to_have_text("Korosten")


def test_places_on_one_spot_open_as_a_fan_by_click_and_by_key(look: Look, pages: dict[str, Path]) -> None:
    page = look(pages["between"], width=1280, height=800)
    clusters = page.evaluate(
        "twingraph.scene.present.map((place) => twingraph.spot(place.id)).filter((dot) => dot.members)"
    )
    cluster = max(clusters, key=lambda dot: len(dot["members"]))
    frame = page.locator("#map").bounding_box()
    assert frame is not None
    page.mouse.click(frame["x"] + cluster["x"], frame["y"] + cluster["y"])
    expect(page.locator("#card h2")).to_have_text(f"{len(cluster['members'])} places close together")
    fan = page.evaluate("twingraph.fan().spots.map(({ place, x, y, from }) => [place.id, x, y, from])")
    assert {each[0] for each in fan} == set(cluster["members"])
    for id_, _x, _y, true in fan:
        spot = page.evaluate("(id) => twingraph.spot(id)", id_)
        assert (spot["x"], spot["y"]) == (true["x"], true["y"]), "the legs lead to the true places"
    _id, x, y, _true = fan[0]
    page.mouse.click(frame["x"] + x, frame["y"] + y)
    expect(page.locator("#card h2")).not_to_contain_text("places close together")
    assert page.evaluate("twingraph.fan() !== null"), "the fan stays while its places are looked at"
    page.keyboard.press("Escape")
    assert page.evaluate("twingraph.fan()") is None
    page.focus("#map")
    page.keyboard.press("f")
    first = page.locator("#card ul").inner_text()
    page.keyboard.press("f")
    assert page.locator("#card ul").inner_text() != first
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#card h2")).not_to_contain_text("places close together")


def test_a_place_that_is_searched_is_not_hidden_in_a_cluster(look: Look, pages: dict[str, Path]) -> None:
    page = look(pages["ukraine"], width=1280, height=800)
    hidden = page.evaluate(
        """() => twingraph.scene.present.find((place) => {
            const dot = twingraph.spot(place.id);
            return dot.leader !== null && place.type === 'municipality' && dot.x > 0 && dot.y > 0;
        }).id"""
    )
    page.evaluate("(id) => twingraph.state.set({ select: { place: twingraph.places[id] } })", hidden)
    assert page.evaluate("(id) => twingraph.spot(id).leader", hidden) is None


@pytest.mark.parametrize("width", [390, 1280])
def test_names_on_the_map_do_not_cover_each_other(look: Look, pages: dict[str, Path], width: int) -> None:
    page = look(pages["ukraine"], width=width, height=844)
    boxes = page.evaluate(
        """() => {
            const ruler = document.createElement('canvas').getContext('2d');
            const svg = new DOMParser().parseFromString(twingraph.svg(), 'image/svg+xml');
            const map = svg.querySelector('g > g') ?? svg.querySelector('g');
            return [...map.children].filter((node) => node.tagName === 'text' && node.getAttribute('stroke'))
                .map((node) => {
                    ruler.font = `${node.getAttribute('font-weight')} ${node.getAttribute('font-size')}px sans-serif`;
                    const size = Number(node.getAttribute('font-size'));
                    return {
                        text: node.textContent,
                        x: Number(node.getAttribute('x')),
                        y: Number(node.getAttribute('y')) - size / 2,
                        w: ruler.measureText(node.textContent).width * 0.95,
                        h: size * 0.95,
                    };
                });
        }"""
    )
    assert len(boxes) > 10
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            apart = a["x"] + a["w"] <= b["x"] or b["x"] + b["w"] <= a["x"]
            assert apart or a["y"] + a["h"] <= b["y"] or b["y"] + b["h"] <= a["y"], (a["text"], b["text"])
