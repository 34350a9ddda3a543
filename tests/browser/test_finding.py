"""Finding and choosing in a page: search, legend, countries, years, and who lies beyond the edge."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from fixtures.axe import Axe
from fixtures.maps import HOSTILE, Look
from fixtures.pages import MakePage, count_shown, find, settle, spot
from twingraph.graph.model import Label
from twingraph.graph.open import open_store
from twingraph.queries.names import find_municipality
from twingraph.queries.scope import Scope

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("typed", ["Rawicz", "rawicz", "Равич", "Rawitsch", "RAWI"])
def test_search_finds_a_place_by_any_of_its_names(look: Look, small_page: Path, typed: str) -> None:
    page = look(small_page)
    find(page, typed)
    expect(page.locator("#card h2")).to_have_text("Rawicz")
    assert "Grzegorz K." in (page.locator("#card").text_content() or "")


def test_search_by_slash_arrows_and_a_name_that_is_not_here(look: Look, small_page: Path) -> None:
    page = look(small_page)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("zzz")
    expect(page.locator("#found")).to_contain_text("Nothing here is called that.")
    page.fill("#search", "po")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("#found [aria-selected=true]").text_content()
    page.keyboard.press("ArrowUp")
    assert page.locator("#found [aria-selected=true]").text_content() != chosen
    page.fill("#search", "Польща")
    page.keyboard.press("Enter")
    assert count_shown(page) == len(HOSTILE) + 4


@pytest.mark.parametrize(
    ("typed", "name", "described"),
    [
        ("Rawitsch", "Rawicz", "Poland"),
        ("Равич", "Rawicz", "Poland"),
        ("Danzig", "Gdańsk", "Poland"),
        ("Жытомир", "Zhytomyr", "city, Zhytomyr oblast, Ukraine"),
        ("Schytomyr", "Zhytomyr", "city, Zhytomyr oblast, Ukraine"),
        ("Житомирська громада", "Zhytomyr", "city, Zhytomyr oblast, Ukraine"),
        ("Berdichev", "Berdychiv", "city, Zhytomyr oblast, Ukraine"),
        ("Zhytomyr oblast", "Zhytomyr oblast", "region, Ukraine"),
        ("Житомирська область", "Zhytomyr oblast", "region, Ukraine"),
        ("Polen", "Poland", "country"),
    ],
)
def test_search_finds_what_people_type_and_describes_it(
    look: Look, zhytomyr_page: Path, typed: str, name: str, described: str
) -> None:
    """A reader types the name that they know, and has to see which of several places is meant."""
    page = look(zhytomyr_page)
    page.fill("#search", typed)
    first = page.locator("#found [role=option]").first
    expect(first.locator("bdi")).to_have_text(name)
    expect(first).to_contain_text(described)
    assert page.locator("#found [role=group]").count() == 0, "nothing is guessed where the name is known"


def test_a_wrong_letter_is_guessed(look: Look, axe: Axe, zhytomyr_page: Path) -> None:
    """Else a slip of a finger would look like a place without partners."""
    page = look(zhytomyr_page)
    for typed, name in (("Zhytmoyr", "Zhytomyr"), ("Berdyhciv", "Berdychiv"), ("Коростонь", "Korosten")):
        page.fill("#search", typed)
        guesses = page.get_by_role("group", name="Did you mean:")
        expect(guesses.get_by_role("option").first).to_contain_text(name)
        assert axe(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator("#card h2")).to_have_text("Korosten")


def test_a_hit_is_brought_near_and_named_on_the_map(look: Look, zhytomyr_page: Path) -> None:
    """Among dense places a reader would search the map for what they have found already."""
    page = look(zhytomyr_page)
    for typed, name in (("Korosten", "Korosten"), ("Wabash", "Wabash"), ("Gdingen", "Gdynia")):
        find(page, typed)
        settle(page)
        frame = page.locator("#map").bounding_box()
        assert frame is not None
        x, y = spot(page, name)
        assert frame["x"] < x < frame["x"] + frame["width"], name
        assert frame["y"] < y < frame["y"] + frame["height"], name
        assert page.evaluate("twingraph.view.now.k") >= 1.4, name
        assert f">{name}" in page.evaluate("twingraph.svg()"), name


def test_a_region_that_is_found_is_shown(look: Look, zhytomyr_page: Path) -> None:
    page = look(zhytomyr_page)
    page.click("[data-zoom=all]")
    settle(page)
    before = page.evaluate("twingraph.view.now.k")
    find(page, "Zhytomyr oblast")
    settle(page)
    assert page.evaluate("twingraph.view.now.k") > 4 * before


def test_the_legend_hides_and_shows_kinds_and_statuses(look: Look, small_page: Path) -> None:
    page = look(small_page)
    everything = count_shown(page)
    line = page.locator("#legend .key", has_text="Solidarity partnership")
    line.click()
    assert count_shown(page) == everything - len(HOSTILE)
    expect(line).to_have_attribute("aria-pressed", "false")
    expect(page.locator("#shown")).to_contain_text("hidden by filters")
    page.get_by_role("button", name="ended 1", exact=True).click()
    assert count_shown(page) == everything - len(HOSTILE) - 1
    page.locator("#shown button").click()
    assert count_shown(page) == everything


def test_countries_and_years_filter_together(look: Look, small_page: Path) -> None:
    page = look(small_page)
    page.locator(".bar", has_text="United States").click()
    assert count_shown(page) == 1
    page.locator("#year").fill("2022")
    assert count_shown(page) == 0
    expect(page.locator("#shown")).to_contain_text("The filters hide everything.")
    page.locator(".bar", has_text="United States").click()
    assert count_shown(page) == 3  # Rawicz, Gdynia, the metropolis; Lviv ended in 2020
    assert "year=2022" in page.url
    page.locator("#undated").click()
    assert count_shown(page) == 3 + 1 + 1 + len(HOSTILE)
    page.get_by_role("button", name="Show all years").click()
    expect(page.locator("#undated")).to_have_attribute("aria-pressed", "true")


def test_a_year_outside_the_data_is_brought_into_it(look: Look, small_page: Path) -> None:
    """A link with a mistyped year hid every tie with a date, and the slider and the heading disagreed."""
    page = look(small_page, hash_="#year=1")
    first = page.locator("#year").get_attribute("min")
    assert page.locator("#year").input_value() == first
    expect(page.get_by_text(f"Years: as of {first}")).to_be_visible()


def test_the_years_play_and_stop(look: Look, small_page: Path) -> None:
    page = look(small_page)
    page.click("#play")
    expect(page.locator("#overview-panel")).to_contain_text("as of")
    page.click("#play")
    expect(page.locator("#play")).to_have_text("▶")


def test_far_partners_are_named_at_the_edge_and_shown_on_demand(look: Look, zhytomyr_page: Path) -> None:
    page = look(zhytomyr_page)
    frame = page.locator("#map").bounding_box()
    assert frame is not None
    assert spot(page, "Wabash")[0] < frame["x"], "the first view is about Europe"
    page.click("[data-zoom=all]")
    settle(page)
    x, y = spot(page, "Wabash")
    assert frame["x"] < x < frame["x"] + frame["width"]
    assert frame["y"] < y < frame["y"] + frame["height"]


def test_the_members_of_a_metropolis_can_be_taken_off_the_map(look: Look, small_page: Path) -> None:
    page = look(small_page)
    names = "twingraph.scene.present.map((place) => place.n.en)"
    assert "Sopot" in page.evaluate(names), "a member without ties of its own is shown with its metropolis"
    page.locator("#legend .key", has_text="metropolis and its members").click()
    assert "Sopot" not in page.evaluate(names)
    assert "Metropolia Gdańsk" in page.evaluate(names), "it has a partner itself"
    assert "show=no-members" in page.url


@pytest.mark.parametrize("width", [360, 390, 768])
def test_names_of_partners_beyond_the_edge_cover_no_place(
    look: Look, bundled_place: Path, make_page: MakePage, width: int
) -> None:
    """On a phone they lay over the partners in Poland, which nobody could see or tap then."""
    with open_store(bundled_place) as store:
        zhytomyr = find_municipality(store, "Zhytomyr").id
    place = make_page("zhytomyr-city", bundled_place, Scope(Label.MUNICIPALITY, zhytomyr))
    page = look(place, width=width, height=740)
    chips = page.evaluate(
        """() => {
            const { w, h } = twingraph.view.now;
            const found = new Set();
            for (let x = 2; x < w; x += 6) for (let y = 2; y < h; y += 6) found.add(twingraph.chipAt(x, y));
            return [...found].filter(Boolean);
        }"""
    )
    assert chips, "Noblesville lies beyond the edge"
    for x, y in page.evaluate(
        "twingraph.scene.present.map((each) => [twingraph.spot(each.id).x, twingraph.spot(each.id).y])"
    ):
        assert not any(c["x"] <= x <= c["x"] + c["w"] and c["y"] <= y <= c["y"] + c["h"] for c in chips)
