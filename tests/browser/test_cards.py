"""What a page shows of a place and of a tie: next to the pointer, in the card, in the table, in its lists."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from fixtures.maps import HOSTILE, Look
from fixtures.pages import MakePage, count_shown, find, spot
from twingraph.graph.model import Label
from twingraph.graph.open import open_store
from twingraph.queries.names import find_municipality
from twingraph.queries.scope import Scope

pytestmark = pytest.mark.browser


def test_hovering_shows_partners_dates_signatories_and_source(look: Look, small_page: Path) -> None:
    page = look(small_page)
    page.mouse.move(*spot(page, "Rawicz"))
    tip = page.locator("#tip")
    expect(tip).to_be_visible()
    for text in ("Rawicz", "1 partner", "since 23 December 2022", "Signed by: Serhii S. (mayor)"):
        expect(tip).to_contain_text(text)
    page.mouse.move(*spot(page, "Lviv"))
    for text in ("Lviv", "2014 – 2020"):
        expect(tip).to_contain_text(text)
    page.mouse.move(5, 5)
    expect(tip).to_be_hidden()


def test_a_pair_lists_its_agreements_with_all_their_parties(look: Look, small_page: Path) -> None:
    """Two lines over each other hid that one agreement is planned, and a pact of three looked like one of two."""
    page = look(small_page)
    page.evaluate("twingraph.state.set({select: {tie: twingraph.ties.find((tie) => tie.acts.length === 2)}})")
    card = page.locator("#card")
    expect(card).to_contain_text("2 agreements")
    signed, planned = card.locator(".act").all()
    for text in ("Partnership agreement, in force", "Pact of <three>", "Together with", "Gdynia", "Serhii S. (mayor)"):
        expect(signed).to_contain_text(text)
    expect(planned).to_contain_text("Twin towns, planned")
    expect(card).to_contain_text("its sources have no date")


def test_clicking_a_place_opens_its_card_and_escape_closes_it(look: Look, small_page: Path) -> None:
    page = look(small_page)
    page.mouse.click(*spot(page, "Gdynia"))
    expect(page.locator("#card h2")).to_have_text("3 places close together")
    page.locator("#card").get_by_role("button", name="Gdynia").click()
    expect(page.locator("#card h2")).to_have_text("Gdynia")
    expect(page.locator("#card")).to_contain_text("Metropolia Gdańsk")
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()


def test_escape_closes_the_card_that_a_search_opened(look: Look, zhytomyr_page: Path) -> None:
    """By the keyboard one is in the search box then: the first press empties it, the next closes the card."""
    page = look(zhytomyr_page)
    page.keyboard.press("/")
    find(page, "Korosten")
    expect(page.locator("#card h2")).to_have_text("Korosten")
    page.keyboard.type("Ov")
    page.keyboard.press("Escape")
    expect(page.locator("#search")).to_have_value("")
    expect(page.locator("#card h2")).to_have_text("Korosten")
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()


def test_a_finger_opens_a_card(look: Look, zhytomyr_page: Path) -> None:
    page = look(zhytomyr_page, width=390, height=844, is_mobile=True, has_touch=True)
    page.touchscreen.tap(*spot(page, "Kutaisi"))
    expect(page.locator("#card h2")).to_have_text("Kutaisi")
    expect(page.locator("#card h2")).to_be_in_viewport()


def test_clicking_a_tie_shows_what_each_source_says(look: Look, small_page: Path) -> None:
    page = look(small_page)
    page.click("#tab-table")
    page.locator("#rows tr", has_text="Wabash").click()
    card = page.locator("#card")
    expect(card.locator("h2")).to_contain_text("Korosten")
    for text in ("The sources disagree", "since 20 June 2023", "since 20 July 2023", "Bad link", "km"):
        expect(card).to_contain_text(text)


def test_links_are_web_addresses_without_a_referrer(look: Look, small_page: Path) -> None:
    page = look(small_page)
    for tab in ("table", "about"):
        page.click(f"#tab-{tab}")
        for link in page.locator(f"#{tab}-panel a").all():
            assert (link.get_attribute("href") or "").startswith("https://example.org/")
            assert link.get_attribute("rel") == "noopener noreferrer"
    assert page.locator("a[href^='javascript']").count() == 0


def test_hostile_names_stay_text_everywhere(look: Look, small_page: Path) -> None:
    """A name from a stranger's file must not run in a minister's browser."""
    page = look(small_page)
    for name in HOSTILE.values():
        page.fill("#search", name[:40])
        expect(page.locator("#found [role=option]").first).to_be_visible()
        page.keyboard.press("Enter")
        assert page.locator("#card h2").text_content() == name
    page.click("#tab-table")
    cells = page.locator("#rows td:nth-child(2)").all_text_contents()
    assert set(HOSTILE.values()) <= set(cells)
    find(page, "rawicz")
    page.locator("#card details").last.locator("summary").click()
    assert page.evaluate("window.hacked") is None
    assert page.locator("#card img, #panel script, #found b").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 1400


def test_the_table_sorts_and_filters_and_holds_what_is_shown(look: Look, zhytomyr_page: Path) -> None:
    page = look(zhytomyr_page)
    page.click("#tab-table")
    rows = page.locator("#rows tr")
    assert rows.count() == count_shown(page)
    page.locator("th button", has_text="Since").click()
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Since")
    since = [text for text in page.locator("#rows td:nth-child(6)").all_text_contents() if text]
    assert since == sorted(since)
    page.locator("th button", has_text="Since").click()
    falling = [text for text in page.locator("#rows td:nth-child(6)").all_text_contents() if text]
    assert falling == sorted(since, reverse=True)
    page.fill("#needle", "poland twin")
    assert 0 < rows.count() < count_shown(page)
    assert all("Poland" in row and "Twin towns" in row for row in rows.all_text_contents())


@pytest.mark.parametrize("size", [(1400, 900), (390, 844)], ids=["desk", "phone"])
def test_a_region_abroad_that_is_a_partner_is_a_triangle_to_click(
    look: Look, bundled_place: Path, make_page: MakePage, size: tuple[int, int]
) -> None:
    """A county in Kenya twinned with Odesa was only listed, and no line led to it."""
    with open_store(bundled_place) as store:
        odesa = Scope(Label.MUNICIPALITY, find_municipality(store, "Odesa").id)
    width, height = size
    page = look(make_page("odesa", bundled_place, odesa), width=width, height=height)
    expect(page.locator("#unplaced")).to_have_count(0)
    expect(page.locator("#legend")).to_contain_text("whole region")
    expect(page.locator("#legend")).not_to_contain_text("whole country")
    page.evaluate("twingraph.view.show({ place: twingraph.places.find((each) => each.key === 'KE-39') })")
    x, y, radius = page.evaluate(
        """() => {
            const place = twingraph.places.find((each) => each.key === 'KE-39');
            const p = twingraph.spot(place.id);
            const frame = document.getElementById('map').getBoundingClientRect();
            return [p.x + frame.left, p.y + frame.top, p.r];
        }"""
    )
    page.mouse.click(x, y)
    expect(page.locator("#card h2")).to_have_text("Taita/Taveta")
    expect(page.locator("#card")).to_contain_text("whole region · Kenya")
    expect(page.locator("#card")).to_contain_text("One point marks the whole territory.")
    expect(page.locator("#card .tie")).to_contain_text("Odesa")
    assert radius > 2
    drawing = page.evaluate("twingraph.svg()")
    assert "whole region" in drawing
    assert re.search(r'<path d="M[-\d. ]+L[-\d. ]+L[-\d. ]+Z" fill="(?!none)', drawing), "no triangle is drawn"
    page.click("[data-lang=uk]")
    expect(page.locator("#card")).to_contain_text("цілий регіон · Кенія")


def test_unplaced_places_are_listed_with_their_reason(look: Look, small_page: Path) -> None:
    page = look(small_page)
    expect(page.locator("#unplaced")).to_contain_text("1 place is not on the map")
    expect(page.locator("#unplaced")).to_contain_text("no register has a place of this name")
    page.click("[data-lang=uk]")
    expect(page.locator("#unplaced")).to_contain_text("такої назви немає в жодному реєстрі")


def test_sources_and_licences_are_named(look: Look, zhytomyr_page: Path) -> None:
    page = look(zhytomyr_page)
    page.click("#tab-about")
    for text in ("GeoNames, CC BY 4.0", "Natural Earth, public domain", "68/262", "licence: Apache-2.0", "Data of"):
        expect(page.locator("#about-panel")).to_contain_text(text)
