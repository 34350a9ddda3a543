"""What a filtered page says of itself: in its headline, its legend, its pictures and its table."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import expect

from fixtures.maps import Look
from fixtures.pages import count_shown

pytestmark = pytest.mark.browser


def test_the_headline_counts_what_the_filters_leave(look: Look, zhytomyr_page: Path) -> None:
    """Else a minister hears the number of all partnerships over a map of a third of them."""
    page = look(zhytomyr_page)
    whole = page.locator("#title").inner_text()
    page.locator("#legend .key", has_text="Twin towns").click()
    n, every = count_shown(page), page.evaluate("twingraph.ties.length")
    assert n < every
    assert page.locator("#title").inner_text() != whole
    expect(page.locator("#title")).to_contain_text(f"{n} partnerships")
    expect(page.locator("#subtitle")).to_contain_text(f"{n} of {every} partnerships shown")
    hidden = page.locator("#legend .key", has_text="Twin towns").locator(".count")
    expect(hidden).to_have_text(f"0 / {every - n}")
    page.click("#shown button")
    assert page.locator("#title").inner_text() == whole


def test_saved_files_say_what_was_filtered(look: Look, zhytomyr_page: Path) -> None:
    page = look(zhytomyr_page, hash_="#status=planned&lang=uk")
    n, every = count_shown(page), page.evaluate("twingraph.ties.length")
    assert 0 < n < every
    svg = page.evaluate("twingraph.svg()")
    for text in ("Застосовано", "заплановане"):
        assert text in svg
    rows = list(csv.DictReader(io.StringIO(page.evaluate("twingraph.csv()").removeprefix("\ufeff"))))
    assert len(rows) == n
    assert all(f"показано {n} з {every}" in row["about_this_table"] for row in rows)
    page.click("#save")
    with page.expect_download() as waiting:
        page.click("[data-save=csv]")
    assert waiting.value.suggested_filename == "zhytomyr-відфільтровано.csv"


def test_every_page_says_that_absence_is_no_proof(look: Look, small_page: Path) -> None:
    page = look(small_page)
    expect(page.locator("#completeness")).to_contain_text("a partnership that is not listed may still exist")
    page.click("[data-lang=uk]")
    expect(page.locator("#completeness")).to_contain_text("не доводить, що його немає")
    assert "доводить" in page.evaluate("twingraph.svg()")


def test_a_status_in_the_link_is_what_is_shown(look: Look, zhytomyr_page: Path) -> None:
    page = look(zhytomyr_page, hash_="#status=active&color=status")
    assert {tie["status"] for tie in page.evaluate("twingraph.state.shown.map(({ status }) => ({ status }))")} == {
        "active"
    }
    expect(page.locator("#title")).to_contain_text("in force")
    expect(page.locator("#title")).not_to_contain_text("planned")
    page.click("#tab-table")
    stroke = page.locator("#rows tr .swatch path").first.get_attribute("style")
    assert stroke is not None
    assert "--friendship" in stroke


def test_a_year_outside_the_data_is_noted(look: Look, zhytomyr_page: Path) -> None:
    page = look(zhytomyr_page, hash_="#year=1&status=bogus")
    expect(page.locator("#shown")).to_contain_text("The link asks for the year 1;")
    expect(page.locator("#shown")).to_contain_text("bogus")
    page.locator("#all-years").click()
    expect(page.locator("#shown")).not_to_contain_text("The link asks")


def test_filters_that_hide_everything_do_not_deny_the_partnerships(look: Look, small_page: Path) -> None:
    page = look(small_page, hash_="#status=none")
    assert count_shown(page) == 0
    expect(page.locator("#title")).to_contain_text("the filters hide all partnerships")


def test_only_countries_of_what_is_shown_are_tinted(look: Look, zhytomyr_page: Path) -> None:
    page = look(zhytomyr_page)
    tint = """() => {
        const fill = `fill="${twingraph.view.colours.partner}"`;
        return twingraph.svg().split('<path').find((path) => path.includes(fill)).length;
    }"""
    whole = page.evaluate(tint)
    page.locator(".bar", has_text="Poland").click()
    assert page.evaluate(tint) < whole


def test_aid_follows_the_filter_by_country(look: Look, zhytomyr_page: Path) -> None:
    page = look(zhytomyr_page)
    count = page.locator("#legend .key", has_text="aid sent").locator(".count")
    whole = int(count.inner_text())
    page.locator(".bar", has_text="Poland").click()
    assert int(count.inner_text()) < whole


def test_no_aid_is_shown_before_it_was_sent(look: Look, zhytomyr_page: Path) -> None:
    """Else a map of 2015 shows the aid of 2022."""
    page = look(zhytomyr_page, hash_="#year=2015&show=aid")
    expect(page.locator("#legend .key", has_text="aid sent").locator(".count")).to_have_text("0")
    expect(page.locator("#shown")).not_to_contain_text("The link asks")


def test_what_a_link_asks_for_in_vain_is_named(look: Look, zhytomyr_page: Path) -> None:
    page = look(zhytomyr_page, hash_="#kind=twin_town&select=nowhere")
    expect(page.locator("#shown")).to_contain_text("kind, nowhere")
