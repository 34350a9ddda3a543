"""Maps of many places: countries first, their municipalities on a click; and the second layout."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from fixtures.maps import HOSTILE, Look
from fixtures.pages import MakePage, settle
from twingraph.graph.open import open_store
from twingraph.maps.build import build_map
from twingraph.queries.scope import Scope, read_scope

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def world_page(small_place: Path, make_page: MakePage) -> Path:
    return make_page("world", small_place, Scope())


def spot_of(page: Page, key: str) -> tuple[float, float]:
    x, y = page.evaluate(
        """(key) => {
            const p = twingraph.spot(twingraph.places.find((each) => each.key === key).id);
            const frame = document.getElementById('map').getBoundingClientRect();
            return [p.x + frame.left, p.y + frame.top];
        }""",
        key,
    )
    return x, y


def present(page: Page) -> set[str]:
    return set(page.evaluate("twingraph.scene.present.map((place) => place.key)"))


def test_the_world_shows_countries_and_a_click_opens_one(look: Look, world_page: Path) -> None:
    page = look(world_page)
    assert present(page) == {"country:UA", "country:PL", "country:US", "country:FJ"}
    page.mouse.click(*spot_of(page, "country:PL"))
    expect(page.locator("#card h2")).to_have_text("Poland")
    settle(page)
    assert {"geonames:5", "geonames:6", "geonames:7", "country:UA"} <= present(page)
    assert "country:PL" not in present(page)
    assert "open=PL" in page.evaluate("location.hash")
    page.click("#open-country")
    assert "country:PL" in present(page)


def test_a_link_to_an_opened_country_shows_it(look: Look, world_page: Path) -> None:
    """Else the reader of the link sees the world, and a heap where the sender saw towns."""
    page = look(world_page, hash_="#open=UA")
    settle(page)
    frame = page.locator("#map").bounding_box()
    assert frame is not None
    spots = [spot_of(page, key) for key in ("geonames:1", "geonames:2", "geonames:4")]
    assert all(frame["x"] < x < frame["x"] + frame["width"] for x, _y in spots)
    assert max(x for x, _y in spots) - min(x for x, _y in spots) > frame["width"] / 6


def test_finding_a_place_opens_its_country(look: Look, world_page: Path) -> None:
    page = look(world_page)
    page.fill("#search", "Равич")
    page.keyboard.press("Enter")
    expect(page.locator("#card h2")).to_have_text("Rawicz")
    assert "geonames:5" in present(page)


def test_what_joins_two_countries_is_listed(look: Look, world_page: Path) -> None:
    page = look(world_page, hash_="#select=country:UA~country:PL")
    expect(page.locator("#card h2")).to_have_text("Ukraine – Poland")
    expect(page.locator("#card")).to_contain_text(f"{len(HOSTILE) + 5} partnerships")


def test_the_network_is_one_click_away_and_back(look: Look, world_page: Path, small_place: Path) -> None:
    page = look(world_page)
    before = spot_of(page, "country:PL")
    page.click("[data-layout=network]")
    expect(page.locator("#network-note")).to_be_visible()
    assert spot_of(page, "country:PL") != before
    assert "layout=network" in page.url
    page.click("[data-layout=map]")
    expect(page.locator("#network-note")).to_be_hidden()


@pytest.mark.parametrize("color", ["kind", "status", "country", "continent", "population"])
def test_colour_can_mean_something_else(look: Look, world_page: Path, color: str) -> None:
    page = look(world_page, hash_="#open=PL,UA")
    page.select_option("#color", color)
    if color not in ("kind", "status"):
        assert page.locator("#legend .key .dot").count() >= 2
    assert ("color=" in page.url) == (color != "kind")
    assert page.locator("#legend").inner_text().count("undefined") == 0


def test_hundreds_of_partners_and_ten_places_on_one_spot(look: Look, crowded_place: Path) -> None:
    """A capital with 500 partners, ten of them in one place, others at the poles and on the date line."""
    from twingraph.graph.model import Label

    with open_store(crowded_place) as store:
        page = look(build_map(read_scope(store, Scope(Label.MUNICIPALITY, "geonames:1000")), lang="uk").html)
    expect(page.locator("h1")).to_contain_text("500 чинних партнерств")
    page.click("[data-zoom=all]")
    settle(page)
    spots = page.evaluate(
        "twingraph.places.filter((p) => p.key.startsWith('name:same/')).map((p) => twingraph.spot(p.id))"
    )
    assert len({(spot["x"], spot["y"]) for spot in spots}) == 1, "ten places on one spot stay on it"
    frame = page.locator("#map").bounding_box()
    assert frame is not None
    page.mouse.click(frame["x"] + spots[0]["x"], frame["y"] + spots[0]["y"])
    fan = page.evaluate("twingraph.fan().spots.map(({ x, y }) => [x, y])")
    apart = min(((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5 for i, (ax, ay) in enumerate(fan) for bx, by in fan[i + 1 :])
    assert len(fan) >= 10
    assert apart > 14, "places on one spot can be distinguished"
    assert page.locator(".years").count() == 0, "no years to choose where nothing is dated"
    assert "NaN" not in page.evaluate("twingraph.svg()")


def test_a_deep_link_to_a_tie_finds_it_among_very_many(look: Look, world_page: Path) -> None:
    """Keys of ties, their statements and other names are read only when they are needed."""
    page = look(world_page, hash_="#select=geonames:1|geonames:5")
    expect(page.locator("#card")).to_contain_text("Rawicz")
    expect(page.locator("#card")).to_contain_text("row")
    page.fill("#search", "Rawitsch")
    expect(page.locator("#found [role=option]").first).to_contain_text("Rawicz")
