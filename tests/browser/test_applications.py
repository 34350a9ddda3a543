"""Applications for a partner and programmes on a page: who seeks whom, until when, by which source, who takes part."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from fixtures.axe import Axe
from fixtures.maps import Look
from fixtures.pages import ZHYTOMYR, MakePage, find
from twingraph.graph.model import Label
from twingraph.graph.open import open_store
from twingraph.maps.build import build_map
from twingraph.queries.names import find_municipality
from twingraph.queries.scope import Scope, read_between, read_scope

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def seeking_page(seeking_place: Path, make_page: MakePage) -> Path:
    return make_page("seeking", seeking_place, ZHYTOMYR)


def present(page: Page) -> set[str]:
    return set(page.evaluate("twingraph.scene.present.map((place) => place.key)"))


def picture(page: Page) -> str:
    svg: str = page.evaluate("twingraph.svg()")
    return svg


def test_applications_are_off_at_first_and_one_click_away(look: Look, seeking_page: Path) -> None:
    """An application is no partnership: a map that drew both alike would promise partners that nobody has."""
    page = look(seeking_page)
    assert "PL" not in present(page)
    line = page.locator("#legend .key", has_text="partner sought")
    expect(line).to_have_attribute("aria-pressed", "false")
    before = picture(page)
    line.click()
    assert {"PL", "DE", "LT"} <= present(page), "a country that is sought is on the map"
    assert "show=sought" in page.url
    for text in ("open", "a partner was found", "withdrawn"):
        expect(page.locator("#legend .key.sub", has_text=text)).to_be_visible()
    after = picture(page)
    for dash in ('stroke-dasharray="9 5"', 'stroke-dasharray="2 6"'):
        assert dash not in before
        assert dash in after, "the line shows the status of an application, not its colour"
    line.click()
    assert "show=" not in page.url


def test_the_card_shows_target_dates_themes_and_sources(look: Look, seeking_page: Path) -> None:
    page = look(seeking_page)
    find(page, "Zhytomyr")
    card = page.locator("#card")
    for text in (
        "Applications for a partner",
        "any municipality of Poland",
        "applied 1 May 2024; holds until 1 May 2025",
        "Themes: вода, освіта",
        "Rawicz: a partner was found",
        "Шукаємо <b>місто</b> з досвідом",
        "row 2 of the dataset",
        "applications.csv",
    ):
        expect(card).to_contain_text(text)
    assert card.locator("b").count() == 0, "a note is text, never markup"
    page.click("[data-lang=uk]")
    for text in (
        "Заявки на партнерство",
        "будь-яка громада, Польща",
        "партнера знайдено",
        "чинна до 1 травня 2025 року",
    ):
        expect(card).to_contain_text(text)


def test_a_link_shows_the_applications_and_the_table_and_the_csv_hold_them(look: Look, seeking_page: Path) -> None:
    page = look(seeking_page)
    page.click("#tab-table")
    assert page.locator("#rows-sought").count() == 0
    assert ",application," not in page.evaluate("twingraph.csv()"), "a table holds what is shown"
    page.click("#show-sought")
    rows = page.locator("#rows-sought tr")
    expect(rows).to_have_count(6)
    page.locator("[data-column=sought-since]").click()
    days = [day for day in page.locator("#rows-sought td:nth-child(5)").all_text_contents() if day]
    assert days == sorted(days)
    page.fill("#needle", "вода poland")
    expect(rows).to_have_count(1)
    page.fill("#needle", "")
    again = look(seeking_page, hash_=f"#{page.url.split('#')[1]}")
    lines = list(csv.DictReader(io.StringIO(again.evaluate("twingraph.csv()").lstrip("\ufeff"))))
    applications = [line for line in lines if line["kind"] == "application"]
    assert len(applications) == 6
    (ovruch,) = (line for line in applications if line["municipality"] == "Ovruch")
    assert (ovruch["partner"], ovruch["status"], ovruch["until"]) == ("Gdynia", "withdrawn", "2023-12")


def test_a_hromada_without_partners_that_seeks_one_has_a_map(look: Look, seeking_place: Path) -> None:
    """Just these are looked for by who could be their partner."""
    with open_store(seeking_place) as store:
        malyn = find_municipality(store, "Malyn")
        page = look(build_map(read_scope(store, Scope(Label.MUNICIPALITY, malyn.id))).html)
    expect(page.locator("h1")).to_have_text("Malyn: no partnerships are known; 1 application for a partner")
    assert present(page) == {malyn.id, "PL"}
    page.click("[data-lang=uk]")
    expect(page.locator("h1")).to_contain_text("1 заявка на партнерство")


def test_a_map_between_two_countries_shows_applications_from_one_to_the_other(look: Look, seeking_place: Path) -> None:
    with open_store(seeking_place) as store:
        ukraine, poland = Scope(Label.COUNTRY, "UA"), Scope(Label.COUNTRY, "PL")
        graph = read_between(store, ukraine, poland)
        page = look(build_map(graph).html, hash_="#show=sought")
    assert [(application.start.label, application.end.label) for application in graph.applications].count(
        (Label.MUNICIPALITY, Label.COUNTRY)
    ) == 2
    assert len(graph.applications) == 4
    assert "LT" not in present(page)


def test_a_programme_lights_up_who_takes_part(look: Look, seeking_page: Path) -> None:
    page = look(seeking_page)
    page.locator("#programmes button", has_text="Cities4Cities").click()
    card = page.locator("#card")
    for text in ("SALAR International", "2 participants on this map", "Rawicz Poland, since 2023", "Zhytomyr"):
        expect(card).to_contain_text(text)
    expect(card.locator("a")).to_have_attribute("href", "https://www.cities4cities.eu/")
    lit = page.evaluate("[...twingraph.scene.focus().places].map((id) => twingraph.places[id].n.en)")
    assert sorted(lit) == ["Rawicz", "Zhytomyr"]
    again = look(seeking_page, hash_=f"#{page.url.split('#')[1]}")
    expect(again.locator("#card h2")).to_have_text("Cities4Cities")
    find(again, "Korosten")
    again.locator("#card button", has_text="Mayors' Marathon").click()
    expect(again.locator("#card h2")).to_have_text("Mayors' Marathon")
    assert again.locator("#card a").count() == 0, "an address that is no web address is no link"


@pytest.mark.parametrize("lang", ["en", "uk"])
def test_a_page_with_applications_breaks_no_rule_of_accessibility(
    look: Look, axe: Axe, seeking_page: Path, lang: str
) -> None:
    page = look(seeking_page, hash_=f"#show=sought,aid,hosted&lang={lang}")
    assert axe(page) == []
    page.click("#tab-table")
    page.locator("#rows-sought button").first.click()
    assert axe(page) == [], "with the table and a card open"
    assert page.evaluate("document.documentElement.scrollHeight") <= 900, "nothing hangs out of the page"
