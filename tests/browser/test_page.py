"""The page in a real browser: what a reader does with it, and that it stays silent and alone.

The fixture `look` fails a test whose page asks for anything or writes to the console.
"""

import csv
import io
import re
from pathlib import Path
from xml.dom import minidom

import pytest
from playwright.sync_api import Page, expect

from fixtures.maps import HOSTILE, Look
from twingraph.graph.model import Label, Status
from twingraph.graph.open import open_store
from twingraph.maps.build import build_map
from twingraph.queries.names import find_municipality
from twingraph.queries.narrow import Narrowing
from twingraph.queries.scope import Scope, read_scope

pytestmark = pytest.mark.browser

ZHYTOMYR = Scope(Label.REGION, "UA-18")


@pytest.fixture(scope="session")
def small_page(small_place: Path) -> str:
    with open_store(small_place) as store:
        return build_map(read_scope(store, ZHYTOMYR)).html


@pytest.fixture(scope="session")
def zhytomyr_page(bundled_place: Path) -> str:
    with open_store(bundled_place) as store:
        return build_map(read_scope(store, ZHYTOMYR)).html


def count_shown(page: Page) -> int:
    count: int = page.evaluate("twingraph.state.shown.length")
    return count


def find(page: Page, text: str) -> None:
    page.fill("#search", text)
    page.keyboard.press("Enter")


def spot(page: Page, name: str) -> tuple[float, float]:
    """Where a place stands in the window."""
    x, y = page.evaluate(
        """(name) => {
            const place = twingraph.places.find((each) => each.n.en === name && each.type === 'municipality');
            const p = twingraph.spot(place.id);
            const frame = document.getElementById('map').getBoundingClientRect();
            return [p.x + frame.left, p.y + frame.top];
        }""",
        name,
    )
    return x, y


@pytest.mark.parametrize("size", [(1400, 900), (390, 844), (360, 640)], ids=["desk", "phone", "small"])
@pytest.mark.parametrize("hash_", ["", "#lang=uk"], ids=["en", "uk"])
def test_it_draws_itself_within_its_frame(look: Look, zhytomyr_page: str, size: tuple[int, int], hash_: str) -> None:
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


def test_its_title_says_the_answer(look: Look, zhytomyr_page: str) -> None:
    page = look(zhytomyr_page)
    pattern = r"Zhytomyr oblast: \d+ partnerships of \d+ municipalities with \d+ countries; \d+ ended"
    expect(page.locator("h1")).to_have_text(re.compile(pattern))
    assert page.title() == page.locator("h1").text_content()


def test_switching_the_language_changes_every_word_and_name(look: Look, zhytomyr_page: str) -> None:
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


@pytest.mark.parametrize("typed", ["Rawicz", "rawicz", "Равич", "Rawitsch", "RAWI"])
def test_search_finds_a_place_by_any_of_its_names(look: Look, small_page: str, typed: str) -> None:
    page = look(small_page)
    find(page, typed)
    expect(page.locator("#card h2")).to_have_text("Rawicz")
    assert "Grzegorz K." in (page.locator("#card").text_content() or "")


def test_search_by_slash_arrows_and_a_name_that_is_not_here(look: Look, small_page: str) -> None:
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
    assert count_shown(page) == len(HOSTILE) + 5


def test_the_legend_hides_and_shows_kinds_and_statuses(look: Look, small_page: str) -> None:
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


def test_countries_and_years_filter_together(look: Look, small_page: str) -> None:
    page = look(small_page)
    page.locator(".bar", has_text="United States").click()
    assert count_shown(page) == 1
    page.locator("#year").fill("2022")
    assert count_shown(page) == 0
    expect(page.locator("#shown")).to_contain_text("The filters hide everything.")
    page.locator(".bar", has_text="United States").click()
    undated = 1 + 1 + len(HOSTILE)
    assert count_shown(page) == undated + 3  # Rawicz, Gdynia, the metropolis; Lviv ended in 2020
    assert "year=2022" in page.url


def test_a_year_outside_the_data_is_brought_into_it(look: Look, small_page: str) -> None:
    """A link with a mistyped year hid every tie with a date, and the slider stood elsewhere than the heading said."""
    page = look(small_page, hash_="#year=1")
    first = page.locator("#year").get_attribute("min")
    assert page.locator("#year").input_value() == first
    expect(page.get_by_text(f"Years: as of {first}")).to_be_visible()


def test_the_years_play_and_stop(look: Look, small_page: str) -> None:
    page = look(small_page)
    page.click("#play")
    expect(page.locator("#overview-panel")).to_contain_text("as of")
    page.click("#play")
    expect(page.locator("#play")).to_have_text("▶")


def test_hovering_tells_partners_dates_signatories_and_source(look: Look, small_page: str) -> None:
    page = look(small_page)
    page.mouse.move(*spot(page, "Rawicz"))
    tip = page.locator("#tip")
    expect(tip).to_be_visible()
    for text in ("Rawicz", "1 partner", "since 23 December 2022", "since 2027"):
        expect(tip).to_contain_text(text)
    page.mouse.move(*spot(page, "Lviv"))
    for text in ("Lviv", "2014 – 2020"):
        expect(tip).to_contain_text(text)
    page.mouse.move(5, 5)
    expect(tip).to_be_hidden()


def test_clicking_a_place_opens_its_card_and_escape_closes_it(look: Look, small_page: str) -> None:
    page = look(small_page)
    page.mouse.click(*spot(page, "Gdynia"))
    expect(page.locator("#card h2")).to_have_text("Gdynia")
    expect(page.locator("#card")).to_contain_text("Metropolia Gdańsk")
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()


def test_clicking_a_tie_shows_what_each_source_says(look: Look, small_page: str) -> None:
    page = look(small_page)
    page.click("#tab-table")
    page.locator("#rows tr", has_text="Wabash").click()
    card = page.locator("#card")
    expect(card.locator("h2")).to_contain_text("Korosten")
    for text in ("The sources disagree", "since 20 June 2023", "since 20 July 2023", "Bad link", "km"):
        expect(card).to_contain_text(text)


def test_links_are_web_addresses_that_tell_nobody_where_from(look: Look, small_page: str) -> None:
    page = look(small_page)
    for tab in ("table", "about"):
        page.click(f"#tab-{tab}")
        for link in page.locator(f"#{tab}-panel a").all():
            assert (link.get_attribute("href") or "").startswith("https://example.org/")
            assert link.get_attribute("rel") == "noopener noreferrer"
    assert page.locator("a[href^='javascript']").count() == 0


def test_hostile_names_stay_text_everywhere(look: Look, small_page: str) -> None:
    """A name from a stranger's file must not run in a minister's browser."""
    page = look(small_page)
    for name in HOSTILE.values():
        page.fill("#search", name[:40])
        expect(page.locator("#found li").first).to_be_visible()
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


def test_the_table_sorts_and_filters_and_holds_what_is_shown(look: Look, zhytomyr_page: str) -> None:
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
    look: Look, bundled_place: Path, size: tuple[int, int]
) -> None:
    """A county in Kenya twinned with Odesa was in a list beside the map, and no line led to it."""
    with open_store(bundled_place) as store:
        html = build_map(read_scope(store, Scope(Label.MUNICIPALITY, find_municipality(store, "Odesa").id))).html
    width, height = size
    page = look(html, width=width, height=height)
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
    expect(page.locator("#card")).to_contain_text("One point stands for the whole territory.")
    expect(page.locator("#card .tie")).to_contain_text("Odesa")
    assert radius > 2
    drawing = page.evaluate("twingraph.svg()")
    assert "whole region" in drawing
    assert re.search(r'<path d="M[-\d. ]+L[-\d. ]+L[-\d. ]+Z" fill="(?!none)', drawing), "no triangle is drawn"
    page.click("[data-lang=uk]")
    expect(page.locator("#card")).to_contain_text("цілий регіон · Кенія")


def test_unplaced_places_stand_in_a_list_with_their_reason(look: Look, small_page: str) -> None:
    page = look(small_page)
    expect(page.locator("#unplaced")).to_contain_text("1 place is not on the map")
    expect(page.locator("#unplaced")).to_contain_text("no register at hand knows a place of this name")
    page.click("[data-lang=uk]")
    expect(page.locator("#unplaced")).to_contain_text("жоден наявний реєстр не знає такої назви")


def test_sources_and_licences_are_named(look: Look, zhytomyr_page: str) -> None:
    page = look(zhytomyr_page)
    page.click("#tab-about")
    for text in ("GeoNames, CC BY 4.0", "Natural Earth, public domain", "68/262", "licence: Apache-2.0", "Data of"):
        expect(page.locator("#about-panel")).to_contain_text(text)


def test_a_link_brings_the_same_view_back(look: Look, small_page: str) -> None:
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
def test_a_broken_link_shows_the_whole_map(look: Look, small_page: str, hash_: str) -> None:
    page = look(small_page, hash_=hash_)
    assert count_shown(page) == page.evaluate("twingraph.ties.length")


def test_the_keyboard_alone_is_enough(look: Look, small_page: str) -> None:
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


def test_far_partners_are_named_at_the_edge_and_shown_on_demand(look: Look, zhytomyr_page: str) -> None:
    page = look(zhytomyr_page)
    frame = page.locator("#map").bounding_box()
    assert frame is not None
    assert spot(page, "Wabash")[0] < frame["x"], "the first view is about Europe"
    page.click("[data-zoom=all]")
    page.wait_for_timeout(700)
    x, y = spot(page, "Wabash")
    assert frame["x"] < x < frame["x"] + frame["width"]
    assert frame["y"] < y < frame["y"] + frame["height"]


def test_what_is_shown_can_be_taken_along(look: Look, small_page: str, tmp_path: Path) -> None:
    page = look(small_page)
    page.locator("#legend .key", has_text="Solidarity partnership").click()
    for kind in ("csv", "svg", "png"):
        page.click("#save")
        with page.expect_download() as waiting:
            page.click(f"[data-save={kind}]")
        waiting.value.save_as(tmp_path / f"map.{kind}")
        assert waiting.value.suggested_filename == f"page.{kind}"
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


def test_a_spreadsheet_runs_no_name_as_a_formula(look: Look, small_page: str) -> None:
    page = look(small_page)
    text = page.evaluate(
        """() => { const tie = twingraph.state.shown[0]; tie.approved = '=HYPERLINK("x")'; return twingraph.csv(); }"""
    )
    assert "'=HYPERLINK" in text


def test_dark_and_light_follow_the_system_and_the_button(look: Look, small_page: str) -> None:
    page = look(small_page, color_scheme="dark")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("#theme")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark


def test_paper_gets_the_map_as_a_picture_and_every_tie(look: Look, small_page: str, tmp_path: Path) -> None:
    page = look(small_page)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#paper")).to_be_visible()
    expect(page.locator("#rows tr")).to_have_count(count_shown(page))
    expect(page.locator("#table-panel")).to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#paper").count() == 0


@pytest.mark.parametrize("chosen", ["system", "button"])
def test_paper_is_light_and_the_screen_is_as_before(look: Look, small_page: str, chosen: str) -> None:
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
def test_a_saved_picture_holds_its_whole_title(look: Look, zhytomyr_page: str, width: int) -> None:
    """A slide whose title is cut says something else than the page."""
    page = look(zhytomyr_page, width=width, height=800)
    svg = minidom.parseString(page.evaluate("twingraph.svg()"))  # noqa: S318 - our own file
    lines = [node for node in svg.getElementsByTagName("text") if node.getAttribute("font-size") == "17"]
    words = " ".join(node.firstChild.data for node in lines)  # type: ignore[union-attr]
    assert words == page.locator("h1").text_content()
    assert (len(lines) > 1) == (width < 800)


def test_a_finger_opens_a_card(look: Look, zhytomyr_page: str) -> None:
    page = look(zhytomyr_page, width=390, height=844, is_mobile=True, has_touch=True)
    page.touchscreen.tap(*spot(page, "Kutaisi"))
    expect(page.locator("#card h2")).to_have_text("Kutaisi")
    expect(page.locator("#card h2")).to_be_in_viewport()


def test_a_page_of_one_tie_without_dates_or_places_still_opens(look: Look, small_place: Path) -> None:
    with open_store(small_place) as store:
        lost = build_map(read_scope(store, Scope(Label.MUNICIPALITY, "name:PL/kolling")))
    page = look(lost.html)
    expect(page.locator("h1")).to_contain_text("Kolling: 1 partnership")


@pytest.mark.parametrize("key", HOSTILE)
@pytest.mark.parametrize("hash_", ["", "#lang=uk&layout=network"], ids=["en", "uk"])
def test_a_map_about_a_hostile_name_keeps_it_a_name(look: Look, small_place: Path, key: str, hash_: str) -> None:
    """The scope's own name stands in the title of the file, in the heading, in the legend and in what is saved."""
    with open_store(small_place) as store:
        shown = build_map(read_scope(store, Scope(Label.MUNICIPALITY, f"name:X/{key}")))
    page = look(shown.html, hash_=hash_, width=390, height=844)
    told = (HOSTILE[key] if len(HOSTILE[key]) <= 120 else f"{HOSTILE[key][:119]}…").strip()
    heading = page.locator("h1").text_content() or ""
    assert told in heading
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


def test_nothing_glides_for_who_asked_for_stillness(look: Look, zhytomyr_page: str) -> None:
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


def test_the_members_of_a_metropolis_can_be_taken_off_the_map(look: Look, small_page: str) -> None:
    page = look(small_page)
    names = "twingraph.scene.present.map((place) => place.n.en)"
    assert "Sopot" in page.evaluate(names), "a member without ties of its own stands beside its metropolis"
    page.locator("#legend .key", has_text="metropolis and its members").click()
    assert "Sopot" not in page.evaluate(names)
    assert "Metropolia Gdańsk" in page.evaluate(names), "it has a partner itself"
    assert "show=no-members" in page.url


def test_a_narrowed_map_tells_its_choice_in_the_readers_words(look: Look, bundled_place: Path) -> None:
    """Drohobych has partners; "without partnerships" would be false of it, and "active" is no Ukrainian word."""
    with open_store(bundled_place) as store:
        scope = Scope(Label.REGION, "UA-46")
        narrowing = Narrowing(statuses=frozenset({Status.ACTIVE}), since="2015")
        html = build_map(read_scope(store, scope, narrowing=narrowing), lang="uk").html
    page = look(html)
    expect(page.locator("#subtitle")).to_contain_text("Лише стан: чинне; розпочато від 2015")
    expect(page.locator("#overview-panel")).to_contain_text("Є в даних, але без партнерств на цій карті")


@pytest.mark.parametrize("width", [360, 390, 768])
def test_names_of_partners_beyond_the_edge_cover_no_place(look: Look, bundled_place: Path, width: int) -> None:
    """On a phone they lay over the partners in Poland, which nobody could see or tap then."""
    with open_store(bundled_place) as store:
        zhytomyr = find_municipality(store, "Zhytomyr").id
        html = build_map(read_scope(store, Scope(Label.MUNICIPALITY, zhytomyr))).html
    page = look(html, width=width, height=740)
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


def test_a_number_in_the_title_stays_with_what_it_counts(look: Look, zhytomyr_page: str) -> None:
    """ "Zhytomyr oblast: 39" on one line and "partnerships" on the next reads as a house number."""
    page = look(zhytomyr_page, width=390, height=844)
    rows = page.evaluate(
        "[...document.querySelectorAll('h1 .together')].map((each) => [each.textContent, each.getClientRects().length])"
    )
    assert [text for text, _rows in rows] == ["39 partnerships", "10 municipalities", "11 countries", "1 ended"]
    assert all(lines == 1 for _text, lines in rows)


def test_escape_closes_the_card_that_a_search_opened(look: Look, zhytomyr_page: str) -> None:
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


def test_a_ukrainian_reader_reads_how_the_map_is_projected(look: Look, zhytomyr_page: str) -> None:
    page = look(zhytomyr_page, hash_="#lang=uk")
    page.click("#tab-about")
    expect(page.locator("#about-panel")).to_contain_text(
        re.compile(r"Проєкція: рівновелика азимутальна Ламберта, \d+°, \d+°\.")
    )


def test_a_ukrainian_reader_reads_what_the_bundled_data_is(look: Look, zhytomyr_page: str) -> None:
    """The line of sources stands under every picture that is sent on; a bundled title that changes must change here."""
    page = look(zhytomyr_page, hash_="#lang=uk")
    page.click("#tab-about")
    about = (page.locator("#about-panel").text_content() or "").split("Наведені")[0]
    picture = " ".join(re.findall(r">([^<>]*)</text>", page.evaluate("twingraph.svg()"))).split("Джерела")[1]
    for told in (about, picture):
        assert "Партнерства українських громад" in told
        assert "municipalities" not in told
        assert "every row" not in told
