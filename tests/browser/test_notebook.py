"""A map in a notebook: what JupyterLab does with `_repr_html_`, in a page of a notebook's build.

JupyterLab (4.6 was looked at) puts the text into its page by `innerHTML`, in a scrolling column next to others, where a
sandboxed frame without an address of its own shows the map.
"""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Frame, Page, expect

from fixtures.maps import Look
from twingraph.graph.model import Label
from twingraph.graph.open import open_store
from twingraph.maps.build import Map, build_map
from twingraph.queries.scope import Scope, read_scope

pytestmark = pytest.mark.browser

NOTEBOOK = """<!DOCTYPE html><html lang="en" data-drawn="0"><head><meta charset="utf-8"><title>map.ipynb</title></head>
<body style="margin:0"><div id="column" style="margin-left:370px;width:950px;height:850px;overflow-y:scroll">
<pre style="height:260px">page</pre><div class="jp-OutputArea-output jp-RenderedHTML" id="host"></div>
<pre style="height:900px">the next cell</pre></div>
<script>document.getElementById('host').innerHTML = %s;</script></body></html>"""


@pytest.fixture(scope="session")
def small_map(small_place: Path) -> Map:
    with open_store(small_place) as store:
        return build_map(read_scope(store, Scope(Label.REGION, "UA-18")))


def shown_in(look: Look, shown: Map) -> tuple[Page, Frame]:
    """Open a notebook that shows a map, and return the notebook's page and the map's frame."""
    page = look(NOTEBOOK % json.dumps(shown._repr_html_()).replace("</", "<\\/"))
    frame = page.frames[1]
    frame.wait_for_selector("html[data-drawn]")
    return page, frame


def test_the_map_draws_and_answers_in_its_frame(look: Look, small_map: Map) -> None:
    page, frame = shown_in(look, small_map)
    assert frame.url == "about:srcdoc"
    expect(frame.locator("h1")).to_have_text(small_map.title)
    box = page.locator("iframe").bounding_box()
    assert box is not None
    assert (round(box["width"]), box["height"]) == (950, 720)
    assert frame.evaluate("document.documentElement.scrollHeight") <= 720, "one scroll bar is enough"
    frame.focus("#map")
    for key in ("ArrowRight", "+", "0", "/"):
        page.keyboard.press(key)
    page.keyboard.type("Равич")
    page.keyboard.press("Enter")
    expect(frame.locator("#card h2")).to_have_text("Rawicz")
    frame.click("[data-lang=uk]")
    expect(frame.locator("#card h2")).to_have_text("Равич")


def test_what_is_saved_has_a_name_and_a_link_to_nowhere_is_not_offered(look: Look, small_map: Map) -> None:
    page, frame = shown_in(look, small_map)
    frame.click("#save")
    assert frame.locator("[data-save=link]").count() == 0
    with page.expect_download() as waiting:
        frame.click("[data-save=csv]")
    assert waiting.value.suggested_filename == "Zhytomyr-oblast.csv"


def test_the_wheel_moves_the_notebook_until_the_map_was_clicked(look: Look, small_map: Map) -> None:
    """Else a reader who scrolls through a notebook is caught in its first map."""
    page, frame = shown_in(look, small_map)
    scale = frame.evaluate("twingraph.view.now.k")
    frame.locator("#map").hover()
    page.mouse.wheel(0, 120)
    page.wait_for_timeout(500)
    assert frame.evaluate("twingraph.view.now.k") == scale
    assert page.evaluate("document.getElementById('column').scrollTop") > 0
    frame.locator("#map").click(position={"x": 15, "y": 300})
    page.mouse.wheel(0, -120)
    page.wait_for_timeout(500)
    assert frame.evaluate("twingraph.view.now.k") > scale


def test_a_notebook_that_is_not_trusted_says_how_to_see_the_map(small_map: Map) -> None:
    """JupyterLab takes the frame away there and leaves the words inside it."""
    words = re.sub(r"<[^>]*>", "", small_map._repr_html_())
    assert words == f"{small_map.title}. To see the map, trust this notebook or run the cell."
