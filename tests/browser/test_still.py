"""What a page shows where scripts are off, as in the preview of a mail."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fixtures.pages import ZHYTOMYR
from twingraph.graph.open import open_store
from twingraph.maps.build import build_map
from twingraph.maps.page import Map
from twingraph.queries.scope import Scope, read_scope

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def build(place: Path, scope: Scope, lang: str = "en") -> Map:
    with open_store(place) as store:
        return build_map(read_scope(store, scope), lang="uk" if lang == "uk" else "en")


@pytest.mark.parametrize("lang", ["en", "uk"])
def test_a_preview_without_scripts_has_headline_picture_and_table(
    bundled_place: Path, chromium: "Browser", tmp_path: Path, lang: str
) -> None:
    """A minister who reads the page in a mail would see an empty frame."""
    made = build(bundled_place, ZHYTOMYR, lang)
    file = tmp_path / "page.html"
    file.write_text(made.html, encoding="utf-8")
    page = chromium.new_page(java_script_enabled=False, viewport={"width": 390, "height": 800})
    noise: list[str] = []
    page.on("console", lambda message: noise.append(message.text))
    page.goto(file.as_uri())
    assert page.locator("#still h1").inner_text() == made.title
    assert page.locator("#still tbody tr").count() == made.ties
    assert page.locator("#still > svg circle").count() > 10
    assert page.locator("#still li").count() >= 2
    assert not page.locator("#stage").is_visible()
    caveat = {"en": "may still exist", "uk": "не доводить"}[lang]
    assert caveat in page.locator("#still").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert "2026-" not in page.locator("#still > p").first.inner_text()
    assert noise == []
    page.close()


def test_a_large_map_lists_countries_without_scripts(bundled_place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("twingraph.maps.still.GATHERED_FROM", 100)
    with open_store(bundled_place) as store:
        made = build_map(read_scope(store, Scope()))
    still = made.html.split("<noscript>")[1].split("</noscript>")[0]
    assert "partnerships by country" in still
    assert "Ukraine" in still


def test_what_needs_no_script_adds_little_to_the_page(bundled_place: Path) -> None:
    made = build(bundled_place, ZHYTOMYR)
    still = made.html.split("<noscript>")[1].split("</noscript>")[0]
    assert len(still) < 0.15 * (len(made.html) - len(still))
