"""Maps of what joins two sides: each side has a shape and a colour of its own, which the legend explains."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from fixtures.maps import Look
from fixtures.pages import MakePage
from twingraph.graph.model import Label
from twingraph.graph.open import open_store
from twingraph.queries.scope import Scope, read_between

pytestmark = pytest.mark.browser

UKRAINE, POLAND = Scope(Label.COUNTRY, "UA"), Scope(Label.COUNTRY, "PL")


@pytest.fixture(scope="session")
def between_page(bundled_place: Path, make_page: MakePage) -> Path:
    return make_page("between", bundled_place, lambda store: read_between(store, UKRAINE, POLAND))


def colour(page: Page, name: str) -> str:
    value: str = page.evaluate(
        "(name) => getComputedStyle(document.documentElement).getPropertyValue(name)", f"--{name}"
    )
    return value.strip()


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours by the formula of WCAG 2."""

    def light(text: str) -> float:
        parts = [int(text[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        r, g, b = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_sides_differ_by_shape_and_colour_and_the_legend_names_them(look: Look, between_page: Path) -> None:
    """A reader should not need geography to know which end of a line is the Ukrainian one."""
    page = look(between_page)
    legend = page.locator("#legend .key")
    expect(legend.filter(has_text=re.compile("^Ukraine$")).locator(".dot.home")).to_be_visible()
    expect(legend.filter(has_text=re.compile("^Poland$")).locator(".dot.ring")).to_be_visible()
    of = "(side) => twingraph.places.filter((place) => place.side === side).map((place) => place.country)"
    assert set(page.evaluate(f"({of})(1)")) == {"UA"}
    assert set(page.evaluate(f"({of})(2)")) == {"PL"}
    svg = page.evaluate("twingraph.svg()")
    assert svg.count(f'fill="{colour(page, "side_2")}"') > 40
    page.click("[data-lang=uk]")
    expect(legend.filter(has_text=re.compile("^Польща$"))).to_be_visible()
    expect(page.locator("#overview-panel h2", has_text="кількістю партнерів: Польща")).to_be_visible()


def test_the_table_keeps_each_side_in_its_column(look: Look, between_page: Path) -> None:
    page = look(between_page)
    page.click("#tab-table")
    assert set(page.locator("#rows td:nth-child(3)").all_text_contents()) == {"Poland"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_drawn_stands_out_from_the_ground(look: Look, between_page: Path, scheme: str) -> None:
    """WCAG 2, 1.4.11: a graphical object needs a contrast of 3 to 1 to its surroundings."""
    page = look(between_page, color_scheme=scheme)
    for mark, grounds in {
        "home_place": ("home", "land", "sea", "scope"),
        "side_2": ("side_2_land", "land", "sea"),
        "sought": ("home", "partner", "land", "sea", "side_2_land"),
        "aid": ("home", "partner", "land", "sea"),
        "hosted": ("home", "partner", "land", "sea"),
    }.items():
        for ground in grounds:
            found = contrast(colour(page, mark), colour(page, ground))
            assert found >= 3, f"{mark} on {ground}: {found:.2f}"


def test_an_oblast_and_its_own_country_are_two_sides_too(bundled_place: Path) -> None:
    oblast = Scope(Label.REGION, "UA-18")
    with open_store(bundled_place) as store:
        graph = read_between(store, oblast, UKRAINE)
        inside = {row["id"] for row in store.read("MATCH (m)-[:IN_REGION]->(:Region {id: 'UA-18'}) RETURN m.id AS id")}
    one, other = graph.sides
    assert (one.name, other.name) == ("Zhytomyr", "Ukraine")
    assert one.places
    assert set(one.places) <= inside
    assert not set(other.places) & inside
