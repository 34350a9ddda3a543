"""Every scope, for every reader: no rule of axe-core is broken, in either language, light or dark."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fixtures.axe import Axe
from fixtures.maps import Look
from fixtures.pages import MakePage
from twingraph.graph.model import Label
from twingraph.queries.questions.catalog import find_question
from twingraph.queries.questions.picture import read_answer, read_community
from twingraph.queries.scope import Scope, Subgraph, read_between, read_scope

if TYPE_CHECKING:
    from collections.abc import Callable

    from twingraph.graph.store import Store

pytestmark = pytest.mark.browser

SCOPES = ("oblast", "municipality", "depth 2", "country", "metropolis", "world", "between", "community", "question")


def reader_of(scope: str) -> "Callable[[Store], Subgraph]":
    ukraine, poland = Scope(Label.COUNTRY, "UA"), Scope(Label.COUNTRY, "PL")
    question = {"municipality": "Zhytomyr"}
    readers: dict[str, Callable[[Store], Subgraph]] = {
        "oblast": lambda store: read_scope(store, Scope(Label.REGION, "UA-18")),
        "municipality": lambda store: read_scope(store, Scope(Label.MUNICIPALITY, "geonames:2")),
        "depth 2": lambda store: read_scope(store, Scope(Label.MUNICIPALITY, "geonames:2"), depth=2),
        "country": lambda store: read_scope(store, poland),
        "metropolis": lambda store: read_scope(store, Scope(Label.METROPOLIS, "metropolis:PL/gdansk")),
        "world": lambda store: read_scope(store, Scope()),
        "between": lambda store: read_between(store, ukraine, poland),
        "community": lambda store: read_community(store, 1),
        "question": lambda store: read_answer(store, find_question("partners-of"), question),
    }
    return readers[scope]


@pytest.fixture(scope="session")
def page_of(small_place: Path, make_page: MakePage) -> "Callable[[str], Path]":
    return lambda scope: make_page(f"small-{scope}", small_place, reader_of(scope))


@pytest.mark.parametrize("lang", ["en", "uk"])
@pytest.mark.parametrize("scope", SCOPES)
def test_no_rule_of_accessibility_is_broken(
    look: Look, axe: Axe, page_of: "Callable[[str], Path]", scope: str, lang: str
) -> None:
    """A page that a blind or a keyboard reader cannot use would be refused by a ministry, and rightly."""
    page = look(page_of(scope), hash_=f"#lang={lang}")
    assert axe(page) == []
    page.click("#tab-table")
    page.locator("#rows button").first.click()
    assert axe(page) == [], "with the table and a card open"
    page.click("#tab-about")
    page.click("[data-layout=network]")
    assert axe(page) == [], "with the sources and the network open"
