"""What can be saved from a page: a link, pictures, a table, paper."""

import csv
import io
from pathlib import Path
from xml.dom import minidom

import pytest
from playwright.sync_api import expect

from fixtures.maps import Look
from fixtures.pages import count_shown, find

pytestmark = pytest.mark.browser


def test_a_link_brings_the_same_view_back(look: Look, small_page: Path) -> None:
    page = look(small_page)
    find(page, "Korosten")
    page.locator("#legend .key", has_text="Memorandum").click()
    page.locator("#legend .key", has_text="aid sent").click()
    page.click("[data-lang=uk]")
    fragment = page.url.split("#")[1]
    again = look(small_page, hash_=f"#{fragment}")
    expect(again.locator("#card h2")).to_have_text("Коростень")
    assert count_shown(again) == count_shown(page)
    expect(again.locator("#legend .key", has_text="надіслана допомога")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("hash_", ["#select=x&hide=x,y&year=abc&country=ZZ", "#%", "#select=__proto__", "#lang=xx"])
def test_a_broken_link_shows_the_whole_map(look: Look, small_page: Path, hash_: str) -> None:
    page = look(small_page, hash_=hash_)
    assert count_shown(page) == page.evaluate("twingraph.ties.length")


def test_what_is_shown_can_be_saved(look: Look, small_page: Path, tmp_path: Path) -> None:
    page = look(small_page)
    page.locator("#legend .key", has_text="Solidarity partnership").click()
    for kind in ("csv", "svg", "png"):
        page.click("#save")
        with page.expect_download() as waiting:
            page.click(f"[data-save={kind}]")
        waiting.value.save_as(tmp_path / f"map.{kind}")
        assert waiting.value.suggested_filename == f"small-filtered.{kind}"
    rows = list(csv.DictReader(io.StringIO((tmp_path / "map.csv").read_text(encoding="utf-8-sig"))))
    assert len(rows) == count_shown(page)
    assert {"Rawicz", "Wabash"} <= {row["partner"] for row in rows}
    svg = (tmp_path / "map.svg").read_text(encoding="utf-8")
    assert svg.startswith("<svg ")
    assert "Natural Earth" in svg
    assert "NaN" not in svg
    minidom.parseString(svg)  # noqa: S318 - our own file
    assert (tmp_path / "map.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "map.png").stat().st_size > 50_000


def test_a_spreadsheet_runs_no_name_as_a_formula(look: Look, small_page: Path) -> None:
    page = look(small_page)
    text = page.evaluate(
        """() => { const tie = twingraph.state.shown[0]; tie.approved = '=HYPERLINK("x")'; return twingraph.csv(); }"""
    )
    assert "'=HYPERLINK" in text


def test_paper_gets_the_map_as_a_picture_and_every_tie(look: Look, small_page: Path, tmp_path: Path) -> None:
    page = look(small_page)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#paper")).to_be_visible()
    expect(page.locator("#rows tr")).to_have_count(count_shown(page))
    expect(page.locator("#table-panel")).to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#paper").count() == 0


@pytest.mark.parametrize("chosen", ["system", "button"])
def test_paper_is_light_and_the_screen_is_as_before(look: Look, small_page: Path, chosen: str) -> None:
    """A dark page would empty a ministry's printer."""
    page = look(small_page, color_scheme="dark" if chosen == "system" else "light")
    if chosen == "button":
        page.click("#theme")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(ground)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    assert page.evaluate("twingraph.view.colours.paper") == "#ffffff"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(ground) == dark
    assert page.evaluate("twingraph.view.colours.paper") != "#ffffff"


@pytest.mark.parametrize("width", [390, 700, 1400])
def test_a_saved_picture_holds_its_whole_title(look: Look, zhytomyr_page: Path, width: int) -> None:
    """A slide whose title is cut does not answer what the page answers."""
    page = look(zhytomyr_page, width=width, height=800)
    svg = minidom.parseString(page.evaluate("twingraph.svg()"))  # noqa: S318 - our own file
    lines = [node for node in svg.getElementsByTagName("text") if node.getAttribute("font-size") == "17"]
    words = " ".join(node.firstChild.data for node in lines)  # type: ignore[union-attr]
    assert words == page.locator("h1").text_content()
    assert len(lines) > 1 or width > 800
