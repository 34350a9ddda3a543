"""The page as a file: self-contained, safe, the same each time, and never written over a stranger's file."""

import base64
import hashlib
import html as html_module
import json
import math
import re
import subprocess
import sys
from itertools import accumulate
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtures.maps import HOSTILE
from twingraph.errors import OutputError
from twingraph.graph.model import Label
from twingraph.graph.open import open_store
from twingraph.graph.store import Store
from twingraph.maps.build import Map, build_map
from twingraph.maps.columns import pack
from twingraph.maps.data import page_data
from twingraph.maps.layers import safe_url
from twingraph.maps.layout import network_positions
from twingraph.maps.page import json_block
from twingraph.queries.scope import Scope, read_scope

ZHYTOMYR = Scope(Label.REGION, "UA-18")


@pytest.fixture
def page(small_store: Store) -> Map:
    return build_map(read_scope(small_store, ZHYTOMYR))


def page_json(html: str) -> dict[str, object]:
    match = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert match
    data = cast("dict[str, object]", json.loads(match[1]))
    data["places"] = [
        {**place, "n": {name[2:]: value for name, value in place.items() if name.startswith("n_")}}
        for place in rows_of(cast("dict[str, object]", data["places"]))
    ]
    for name in ("ties", "edges"):
        data[name] = rows_of(cast("dict[str, object]", data[name]))
    return data


def rows_of(packed: dict[str, object]) -> list[dict[str, object]]:
    """Make rows of columns again, as the page's script does."""
    rows: list[dict[str, object]] = [{} for _row in range(cast("int", packed["n"]))]
    for name, column in cast("dict[str, object]", packed["columns"]).items():
        facts = column if isinstance(column, dict) else {"v": column}
        if "c" in facts:
            facts = {"v": [facts["c"]] * len(rows)}
        if "s" in facts:
            facts = {"v": list(accumulate(facts["s"]))}
        at = accumulate(facts["i"], initial=-1) if "i" in facts else iter(range(-1, len(rows)))
        next(at)
        for index, value in zip(at, facts["v"], strict=False):
            if value is not None:
                rows[index][name] = facts["d"][value] if "d" in facts else value
    return rows


def test_the_page_links_nothing_but_its_own_parts(page: Map) -> None:
    """A page that needs a network is blank on the minister's aeroplane."""
    markup = re.sub(r"<(script|style)[ >].*?</\1>", "", page.html, flags=re.DOTALL)
    assert re.findall(r'(?:src|href|action)="(?!data:|#)[^"]*"', markup) == []
    assert "@import" not in page.html
    assert not re.search(r"url\(\s*['\"]?https?:", page.html.split('id="data"')[0])


def test_the_policy_allows_exactly_the_scripts_and_styles_in_the_page(page: Map) -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page.html)
    assert policy
    text = html_module.unescape(policy[1])
    assert text.startswith("default-src 'none'; ")
    assert "unsafe" not in text
    assert "http" not in text
    for tag, count in (("script", 2), ("style", 2)):
        bodies = re.findall(rf"<{tag}>(.*?)</{tag}>", page.html, re.DOTALL)
        assert len(bodies) == count
        for body in bodies:
            digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in text


def test_names_reach_the_page_as_data_only(page: Map) -> None:
    places = cast("list[dict[str, dict[str, str]]]", page_json(page.html)["places"])
    names = {place["n"]["en"] for place in places}
    assert set(HOSTILE.values()) <= names
    assert page.html.count("</script>") == 3
    assert "window.hacked=1</script" not in page.html
    assert "\u2028" not in page.html


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from("abc"),
            st.one_of(st.text(), st.integers(), st.floats(allow_nan=False), st.lists(st.text())),
        )
    )
)
def test_columns_hold_what_the_rows_held(rows: list[dict[str, object]]) -> None:
    """A fact must not slip from one place to the next."""
    assert rows_of(json.loads(json.dumps(pack(rows)))) == rows


def test_a_page_holds_a_name_once_however_often_registers_repeat_it(small_store: Store) -> None:
    """A page of a continent is sent by mail: names that the search knows already are a tenth of it."""
    data = page_json(build_map(read_scope(small_store, Scope())).html)
    places = cast("list[dict[str, object]]", data["places"])
    given = [(set(cast("dict[str, str]", place["n"]).values()), str(place.get("aliases", ""))) for place in places]
    assert any("Rawitsch" in aliases for _names, aliases in given)
    assert not any(names & set(aliases.split("\n")) for names, aliases in given)


def test_numbers_that_lie_near_each_other_are_kept_as_steps() -> None:
    assert pack([{"a": 1200 + number % 3} for number in range(9)])["columns"] == {
        "a": {"s": [1200, 1, 1, -2, 1, 1, -2, 1, 1]}
    }


def test_the_network_is_the_same_each_time_and_keeps_partners_together() -> None:
    pairs = [(0, number) for number in range(1, 40)] + [(40, 41), (42, 43)]
    spots = network_positions(45, pairs)
    assert spots == network_positions(45, pairs)
    assert spots[44] is None, "a place without a partner has no position"
    assert len(set(spots)) == 45
    pair = math.dist(spots[40] or (0, 0), spots[41] or (0, 0))
    assert pair < math.dist(spots[40] or (0, 0), spots[0] or (0, 0))


def test_json_cannot_end_its_block_and_comes_back_whole() -> None:
    for text in [*HOSTILE.values(), "<!--", "]]>", "&lt;", "\ud800 lone"]:
        block = json_block({"name": text})
        assert not set("<>&\u2028\u2029") & set(block)
        assert json.loads(block)["name"] == text.replace("\ud800", "\ufffd")


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a?b=1", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("https://", False),
        ("http://[broken", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url: str | None, kept: bool) -> None:
    assert (safe_url(url) is not None) is kept


def test_the_same_store_gives_the_same_bytes_in_another_process(small_place: Path) -> None:
    """A page kept in a folder of versions must not change when nothing has."""
    program = (
        "import sys, hashlib\nfrom twingraph.graph.open import open_store\nfrom twingraph.maps.build import build_map\n"
        "from twingraph.queries.scope import Scope, read_scope\nfrom twingraph.graph.model import Label\n"
        "with open_store(sys.argv[1]) as store:\n"
        "    page = build_map(read_scope(store, Scope(Label.REGION, 'UA-18')))\n"
        "print(hashlib.sha256(page.html.encode()).hexdigest())"
    )
    digests = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", program, str(small_place)],
            capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed, "PATH": ""},
        )  # fmt: skip
        digests.add(done.stdout)
    assert len(digests) == 1


def test_the_title_answers_in_both_languages(small_store: Store) -> None:
    subgraph = read_scope(small_store, ZHYTOMYR)
    assert build_map(subgraph).title == (
        "Zhytomyr oblast: 13 partnerships (5 in force, 6 suspended, 1 ended, 1 of unknown status): 12 with 3 "
        "countries, 1 inside one country; with a partner: 2 municipalities"
    )
    ukrainian = build_map(subgraph, lang="uk")
    assert ukrainian.title == (
        "Житомирська область: 13 партнерств (5 чинних, 6 призупинених, 1 припинене, 1 з невідомим станом): 12 – із "
        "3 країнами, 1 – у межах однієї країни; партнерів мають: 2 муніципалітети"
    )
    assert '<html lang="uk">' in ukrainian.html


def test_unplaced_places_are_kept_with_their_reason(page: Map) -> None:
    assert "Kolling" in page.unplaced
    places = cast("list[dict[str, object]]", page_json(page.html)["places"])
    (kolling,) = [place for place in places if place["key"] == "name:PL/kolling"]
    assert "xy" not in kolling
    assert kolling["unplaced"] == "no_register"


def test_a_metropolis_is_drawn_among_its_members(page: Map) -> None:
    places = {str(place["key"]): place for place in cast("list[dict[str, object]]", page_json(page.html)["places"])}
    assert places["metropolis:PL/gdansk"]["lat"] == pytest.approx(54.48, abs=0.01)


def test_pyvis_holds_the_network_with_numbers_for_ids(page: Map) -> None:
    data = page_json(page.html)
    nodes, edges = (cast("list[dict[str, object]]", data[key]) for key in ("nodes", "edges"))
    assert all(isinstance(node["id"], int) and set(node) == {"id", "x", "y"} for node in nodes)
    ids = {node["id"] for node in nodes}
    assert edges
    assert all(edge["from"] in ids and edge["to"] in ids for edge in edges)
    assert data["options"]["physics"] == {"enabled": False}  # type: ignore[index]


def test_the_data_date_comes_from_the_data(small_store: Store) -> None:
    assert page_data(read_scope(small_store, ZHYTOMYR))["date"] == "2026-11-23"


def test_a_page_is_written_whole_and_may_be_written_again(page: Map, tmp_path: Path) -> None:
    path = page.save(tmp_path / "map.html")
    assert path.read_text(encoding="utf-8") == page.html
    page.save(path)
    assert [each.name for each in tmp_path.iterdir()] == ["map.html"]


def test_a_file_of_someone_else_is_left_alone(page: Map, tmp_path: Path) -> None:
    path = tmp_path / "thesis.html"
    path.write_text("my thesis", encoding="utf-8")
    with pytest.raises(OutputError, match="not written by twingraph"):
        page.save(path)
    assert path.read_text(encoding="utf-8") == "my thesis"


def test_a_missing_folder_is_reported(page: Map, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        page.save(tmp_path / "no" / "map.html")


def test_a_notebook_shows_the_page_in_a_frame_that_reaches_nothing(page: Map) -> None:
    frame = page._repr_html_()
    assert frame.startswith("<iframe ")
    assert 'sandbox="allow-scripts allow-downloads allow-popups"' in frame
    inside = re.search(r'srcdoc="([^"]*)"', frame)
    assert inside
    assert html_module.unescape(inside[1]) == page.html


def test_every_scope_of_the_bundled_records_fits_its_size(bundled_place: Path) -> None:
    with open_store(bundled_place) as store:
        page = build_map(read_scope(store, ZHYTOMYR))
        assert page.ties >= 35
        assert len(page.html.encode()) <= 1_200_000
        assert len(build_map(read_scope(store, Scope())).html.encode()) <= 1_500_000
