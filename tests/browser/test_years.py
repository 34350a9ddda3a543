"""The years of a page: the slider, the bars above it, and the year on the map and in its pictures."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from fixtures.maps import Look
from fixtures.pages import MakePage, count_shown
from twingraph.graph.model import Label
from twingraph.queries.scope import Scope

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def ukraine_page(bundled_place: Path, make_page: MakePage) -> Path:
    return make_page("ukraine", bundled_place, Scope(Label.COUNTRY, "UA"))


def test_an_early_year_shows_only_what_sources_date_to_it(look: Look, ukraine_page: Path) -> None:
    """In 1958 Ukraine seemed to have 273 partnerships, all but one of them without a year."""
    page = look(ukraine_page, hash_="#year=1958")
    shown = page.evaluate("twingraph.state.shown.map((tie) => [tie.from, tie.status])")
    assert shown
    assert all(begun is not None and begun <= 1958 and status != "planned" for begun, status in shown)
    without = page.locator("#undated")
    expect(without).to_have_attribute("aria-pressed", "false")
    count = int(re.sub(r"\D", "", without.inner_text()))
    without.click()
    assert count_shown(page) == len(shown) + count, "the switch says how many it adds"
    assert "undated=1" in page.url
    page.evaluate("twingraph.state.set({ year: null })")
    expect(without).to_have_attribute("aria-pressed", "true")
    assert "undated" not in page.url


@pytest.mark.parametrize(("lang", "words"), [("en", "2015: begun by then"), ("uk", "2015 рік: уже розпочаті")])
def test_the_chosen_year_is_in_every_picture(look: Look, ukraine_page: Path, lang: str, words: str) -> None:
    """A picture of 2015 that is sent on without its year would be read as the state of today."""
    page = look(ukraine_page, hash_=f"#year=2015&lang={lang}")
    assert words in page.evaluate("twingraph.svg()")
    page.evaluate("twingraph.state.set({ year: null })")
    assert words not in page.evaluate("twingraph.svg()")


@pytest.mark.parametrize("width", [390, 1280])
def test_each_year_since_1990_has_a_bar_above_its_step(look: Look, ukraine_page: Path, width: int) -> None:
    page = look(ukraine_page, width=width, height=844)
    bars = page.evaluate(
        """() => [...document.querySelectorAll('.year-bars > div')].map((bar) => {
            const { left, right } = bar.getBoundingClientRect();
            return [bar.title, left, right];
        })"""
    )
    recent = [bar for bar in bars if re.match(r"(199|20[0-2])\d:", bar[0])]
    assert len(recent) >= 37
    assert all(right - left >= 5 for _title, left, right in recent), "wide enough to be seen one by one"
    for year in (1995, 2022):
        page.evaluate("(year) => twingraph.state.set({ year })", year)
        thumb = page.evaluate(
            """() => {
                const input = document.getElementById('year');
                const { left, width } = input.getBoundingClientRect();
                return left + 8 + ((input.value - input.min) / (input.max - input.min)) * (width - 16);
            }"""
        )
        _title, left, right = next(bar for bar in bars if bar[0].startswith(f"{year}:"))
        assert left - 1 <= thumb <= right + 1


@pytest.mark.parametrize(("lang", "words"), [("en", ["Begun", "Most began in 20"]), ("uk", ["Розпоч", "Найбільше"])])
def test_the_bars_can_be_read_aloud(look: Look, ukraine_page: Path, lang: str, words: list[str]) -> None:
    page = look(ukraine_page, hash_=f"#lang={lang}")
    label = page.locator(".year-bars").get_attribute("aria-label") or ""
    assert all(word in label for word in words)
    page.locator(".year-table summary").click()
    rows = page.evaluate(
        "[...document.querySelectorAll('.year-table tbody tr')]"
        ".map((row) => [...row.cells].map((cell) => cell.textContent))"
    )
    data = json.loads(page.locator("#data").text_content() or "")
    begun = page.evaluate(
        "(now) => twingraph.ties.filter((tie) => tie.status !== 'planned' && tie.from && tie.from <= now).length",
        int(data["date"][:4]),
    )
    assert sum(int(row[1]) for row in rows) == begun


def test_the_slider_can_be_dragged(look: Look, ukraine_page: Path) -> None:
    """It was rebuilt at each step, so that it slipped from the hand."""
    page = look(ukraine_page)
    box = page.locator("#year").bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] - 8, y)
    page.mouse.down()
    seen = set()
    for share in (0.8, 0.6, 0.4):
        page.mouse.move(box["x"] + box["width"] * share, y)
        seen.add(page.evaluate("twingraph.state.year"))
    page.mouse.up()
    assert len(seen) == 3


def test_a_bar_chooses_its_year_and_filters_count_in_it(look: Look, ukraine_page: Path) -> None:
    page = look(ukraine_page)
    page.locator(".year-bars > div[title^='2022:']").click()
    assert "year=2022" in page.url
    before = page.locator(".year-bars > div[title^='2022:']").get_attribute("title")
    page.locator("#legend .key", has_text="Twin towns").click()
    assert page.locator(".year-bars > div[title^='2022:']").get_attribute("title") != before
