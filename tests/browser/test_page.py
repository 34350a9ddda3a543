"""The page in a real browser: what a reader does with it, and that it stays silent and alone.

The fixture `look` fails a test whose page asks for anything or writes to the console.
"""

import re
from pathlib import Path
from xml.dom import minidom

import pytest
from playwright.sync_api import expect

from fixtures.maps import HOSTILE, Look
from fixtures.pages import spot
from twingraph.graph.model import Label, Status
from twingraph.graph.open import open_store
from twingraph.maps.build import build_map
from twingraph.queries.filters import Filters
from twingraph.queries.scope import Scope, read_scope

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [(1400, 900), (390, 844), (360, 640)], ids=["desk", "phone", "small"])
@pytest.mark.parametrize("hash_", ["", "#lang=uk"], ids=["en", "uk"])
def test_it_draws_itself_within_its_frame(look: Look, zhytomyr_page: Path, size: tuple[int, int], hash_: str) -> None:
    """A blank, cut or sideways-scrolling page is not sent to a minister."""
    width, height = size
    mobile = width < 500
    page = look(zhytomyr_page, hash_=hash_, width=width, height=height, is_mobile=mobile, has_touch=mobile)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.lang") == ("uk" if hash_ else "en")
    colours = page.evaluate(
        """() => {
            const canvas = document.querySelector('#map canvas');
            const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
            const seen = new Set();
            for (let i = 0; i < data.length; i += 4 * 7) seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
            return seen.size;
        }"""
    )
    assert colours > 200
    for name in ("Zhytomyr", "Rawicz"):
        x, y = spot(page, name)
        frame = page.locator("#map").bounding_box()
        assert frame is not None
        assert frame["x"] < x < frame["x"] + frame["width"]
        assert frame["y"] < y < frame["y"] + frame["height"]


def test_its_title_answers(look: Look, zhytomyr_page: Path) -> None:
    page = look(zhytomyr_page)
    pattern = r"Zhytomyr oblast: \d+ partnerships \(\d+ in force, .*\): \d+ with \d+ .*; with a partner: \d+ hromadas.*"
    expect(page.locator("h1")).to_have_text(re.compile(pattern))
    assert page.title() == page.locator("h1").text_content()


def test_switching_the_language_changes_every_word_and_name(look: Look, zhytomyr_page: Path) -> None:
    page = look(zhytomyr_page)
    page.click("[data-lang=uk]")
    expect(page.locator("h1")).to_have_text(re.compile("^Житомирська область: \\d+ партнерств"))
    assert page.evaluate("document.documentElement.lang") == "uk"
    page.click("#tab-table")
    assert "Житомир" in (page.locator("#rows").text_content() or "")
    words = page.locator("header, #legend, #tabs, #table-panel thead").all_text_contents()
    leftovers = set(re.findall(r"[A-Za-z]{4,}", " ".join(words)))
    assert leftovers == set()
    page.click("[data-lang=en]")
    expect(page.locator("h1")).to_have_text(re.compile("^Zhytomyr oblast"))


def test_the_keyboard_alone_is_enough(look: Look, small_page: Path) -> None:
    page = look(small_page)
    page.focus("#map")
    before = spot(page, "Zhytomyr")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(150)
    assert spot(page, "Zhytomyr")[0] < before[0]
    page.keyboard.press("0")
    page.keyboard.press("1")
    page.focus("#tab-overview")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#table-panel")).to_be_visible()
    page.locator("#legend button.key").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('.key') !== null"), "focus stays on the line that was pressed"


def test_dark_and_light_follow_the_system_and_the_button(look: Look, small_page: Path) -> None:
    page = look(small_page, color_scheme="dark")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("#theme")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark


def test_a_page_of_one_tie_without_dates_or_places_still_opens(look: Look, small_place: Path) -> None:
    with open_store(small_place) as store:
        lost = build_map(read_scope(store, Scope(Label.MUNICIPALITY, "name:PL/kolling")))
    page = look(lost.html)
    expect(page.locator("h1")).to_contain_text("Kolling: 1 partnership")


@pytest.mark.parametrize("key", HOSTILE)
@pytest.mark.parametrize("hash_", ["", "#lang=uk&layout=network"], ids=["en", "uk"])
def test_a_map_about_a_hostile_name_keeps_it_a_name(look: Look, small_place: Path, key: str, hash_: str) -> None:
    """The scope's own name is in the title of the file, in the heading, in the legend and in what is saved."""
    with open_store(small_place) as store:
        shown = build_map(read_scope(store, Scope(Label.MUNICIPALITY, f"name:X/{key}")))
    page = look(shown.html, hash_=hash_, width=390, height=844)
    wanted = (HOSTILE[key] if len(HOSTILE[key]) <= 120 else f"{HOSTILE[key][:119]}…").strip()
    heading = page.locator("h1").text_content() or ""
    assert wanted in heading
    assert page.evaluate("document.title") == re.sub("[ \t\n\r\f]+", " ", heading).strip()
    if not hash_:
        assert heading == shown.title
    assert "\u202e" not in heading or re.search("\u2068[^\u2069]*\u202e[^\u2069]*\u2069", heading)
    minidom.parseString(page.evaluate("twingraph.svg()"))  # noqa: S318 - our own file
    assert page.evaluate("window.hacked") is None
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_place_without_any_partner_still_opens(look: Look, small_place: Path) -> None:
    with open_store(small_place) as store:
        shown = build_map(read_scope(store, Scope(Label.MUNICIPALITY, "geonames:3")))
    page = look(shown.html)
    expect(page.locator("h1")).to_have_text("Malyn: no partnerships are known")
    page.click("#tab-table")
    page.click("[data-lang=uk]")
    expect(page.locator("h1")).to_have_text("Малин: партнерств не знайдено")
    assert "NaN" not in page.evaluate("twingraph.svg()")


@pytest.mark.parametrize(
    "scope", [Scope(), Scope(Label.COUNTRY, "FJ"), Scope(Label.METROPOLIS, "metropolis:PL/gdansk")]
)
def test_other_scopes_open_too(look: Look, small_place: Path, scope: Scope) -> None:
    with open_store(small_place) as store:
        page = look(build_map(read_scope(store, scope), lang="uk").html)
    expect(page.locator("h1")).to_contain_text("партнерств")


def test_nothing_glides_for_readers_who_prefer_reduced_motion(look: Look, zhytomyr_page: Path) -> None:
    """Moving pictures make some people ill."""
    page = look(zhytomyr_page, reduced_motion="reduce")
    seen = page.evaluate(
        """async () => {
            const seen = new Set();
            document.querySelector('[data-zoom=all]').click();
            for (let i = 0; i < 30; i += 1) {
                await new Promise((done) => requestAnimationFrame(done));
                seen.add(twingraph.view.now.k);
            }
            return [...seen];
        }"""
    )
    assert len(seen) <= 2, "the view before, and at once the view after"


def test_a_filtered_map_names_its_filters_in_the_readers_language(look: Look, bundled_place: Path) -> None:
    """Drohobych has partners; "without partnerships" would be false of it, and "active" is no Ukrainian word."""
    with open_store(bundled_place) as store:
        scope = Scope(Label.REGION, "UA-46")
        filters = Filters(statuses=frozenset({Status.ACTIVE}), since="2015")
        html = build_map(read_scope(store, scope, filters=filters), lang="uk").html
    page = look(html)
    expect(page.locator("#subtitle")).to_contain_text("Лише стан: чинне; початок не раніше 2015")
    expect(page.locator("#overview-panel")).to_contain_text("Є в даних, але не мають партнерств на цій карті")


def test_a_number_in_the_title_stays_with_what_it_counts(look: Look, zhytomyr_page: Path) -> None:
    """ "Zhytomyr oblast: 39" on one line and "partnerships" on the next reads as a house number."""
    page = look(zhytomyr_page, width=390, height=844)
    rows = page.evaluate(
        "[...document.querySelectorAll('h1 .together')].map((each) => [each.textContent, each.getClientRects().length])"
    )
    kept = [text for text, _rows in rows]
    assert [each for each in kept if "partnerships" in each or "hromadas" in each or "in force" in each] == [
        "35 partnerships", "32 in force", "9 hromadas",
    ]  # fmt: skip
    assert all(lines == 1 for _text, lines in rows)


def test_a_ukrainian_reader_reads_how_the_map_is_projected(look: Look, zhytomyr_page: Path) -> None:
    page = look(zhytomyr_page, hash_="#lang=uk")
    page.click("#tab-about")
    expect(page.locator("#about-panel")).to_contain_text(
        re.compile(r"Проєкція: рівновелика азимутальна Ламберта, \d+°, \d+°\.")
    )


def test_a_ukrainian_reader_reads_what_the_bundled_data_is(look: Look, zhytomyr_page: Path) -> None:
    """The line of sources is under every picture that is sent on; a bundled title that changes must change here."""
    page = look(zhytomyr_page, hash_="#lang=uk")
    page.click("#tab-about")
    about = (page.locator("#about-panel").text_content() or "").split("Наведені")[0]
    picture = " ".join(re.findall(r">([^<>]*)</text>", page.evaluate("twingraph.svg()"))).split("Джерела")[1]
    for shown in (about, picture):
        assert "Партнерства українських громад" in shown
        assert "municipalities" not in shown
        assert "every row" not in shown
