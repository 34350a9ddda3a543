"""Partnerships whose end has passed, loaded and asked for in every way, on both engines.

An analyst repeats such a list to a minister: no command may show a partnership as living that another shows as over.
"""

from pathlib import Path

import pytest

from fixtures.loading import load_text
from twingraph.graph.model import Relation
from twingraph.graph.store import Store
from twingraph.library import Graph
from twingraph.loaders.places import Resolver

HEADER = "municipality,country,partner,partner_country,kind,status,since,until,source_url,source_title,source_date\n"


def row(
    one: str, other: str, *, kind: str = "", status: str = "", since: str = "", until: str = "", said_on: str = ""
) -> str:
    page = f"https://example.org/{said_on or 'undated'}"
    return f"{one},{other},{kind},{status},{since},{until},{page},A page,{said_on}\n"


@pytest.fixture
def graph(store: Store, resolver: Resolver, tmp_path: Path) -> Graph:
    table = (
        row("Korosten,UA", "Kraśnik,PL", since="1999", until="2010")
        + row("Ovruch,UA", "Lublin,PL", until="2005-06-01")
        + row("Malyn,UA", "Jawor,PL", kind="twin_town")
        + row("Zviahel,UA", "Kielce,PL", status="active", since="2999")
        + row("Zhytomyr,UA", "Bytom,PL", status="active", since="2016", until="2999", said_on="2020-01-01")
        + row("Rivne,UA", "Rzeszów,PL", status="active", since="2015", until="2999-12-31", said_on="2015-06-01")
        + row("Rivne,UA", "Rzeszów,PL", status="terminated", until="2022-03-05", said_on="2022-03-05")
        + row("Kharkiv,UA", "Belgorod,RU", status="terminated", until="2022")
        + row("Kharkiv,UA", "Kursk,RU", status="active", until="2022-02")
        + row("Kharkiv,UA", "Novosibirsk,RU", status="terminated", until="2022-05-11")
        + row("Kharkiv,UA", "Moscow,RU", status="terminated", until="2021")
    )
    load_text(store, tmp_path, "ties.csv", HEADER + table, resolver)
    return Graph(store)


def test_an_end_in_the_past_is_an_end_in_every_answer(graph: Graph) -> None:
    """A tie of 1999 to 2010 without a status would be called living by one command and over by another."""
    poland = graph.ask("standing-ties-with", {"country": "PL"})
    assert [(row["municipality"], row["last_said"]) for row in poland.rows] == [("Zhytomyr", "2020-01-01")]
    assert [row["municipality"] for row in graph.query("unknown-ties-with", country="PL")] == ["Malyn"]
    ended = {(row["one"], row["other"]): row["until"] for row in graph.query("ended-ties-since", since="2000")}
    assert {name for ends in ended for name in ends} >= {"Korosten", "Kraśnik", "Ovruch", "Lublin"}
    gaps = graph.gaps(["Zhytomyr oblast"]).result.gaps
    assert {each.hromada.name for each in gaps.hromadas if each.partners} == {"Malynska", "Zhytomyrska"}
    assert [each.hromada.name for each in gaps.hromadas if each.only_unknown] == ["Malynska"]
    counts = graph.show("UA-18").counts
    assert counts.statuses == {"active": 1, "planned": 1, "terminated": 2, "unknown": 1}
    assert counts.with_partner == {"hromada": 2}
    totals = dict(graph.stats(scope="UA-18", measures=False).result["totals"].records)
    assert (totals["active"], totals["terminated"], totals["unknown"]) == (1, 2, 1)
    standing = {tie.id for tie in graph.network("UA-18").ties if tie.status in {"active", "unknown"}}
    assert {tie.id for tie in graph.network("UA-18", as_of="2026-01-01").ties} == standing
    coverage = graph.timeline(scope="UA-18").result.coverage
    assert (coverage.over, coverage.planned) == (2, 1)
    assert {tie.status for tie in graph.map(municipality="Korosten").subgraph.partnerships} == {"terminated"}
    exported = graph.export("UA-18", partnerships_only=True, statuses=["terminated"]).of(Relation.PARTNERS_WITH)
    assert [edge.properties["status"] for edge in exported] == ["terminated"] * 2
    assert graph.network("UA-18", statuses=["terminated"]).description().endswith("(today: 2 ended)")


def test_an_end_known_to_the_year_alone_is_not_left_out(graph: Graph) -> None:
    """Of three ties that ended after the invasion one would be listed, without a word on the others."""
    ended = {row["one"] for row in graph.query("ended-ties-since") if row["countries"] == "RU–UA"}
    assert ended == {"Belgorod", "Kursk", "Novosibirsk"}


def test_the_later_word_wins_over_a_date_that_was_expected(graph: Graph) -> None:
    """A tie that a council ended in 2022 would count until the year that an old list expected."""
    (row,) = [row for row in graph.query("ended-ties-since") if "Rivne" in {row["one"], row["other"]}]
    assert (row["status"], row["until"], row["source"]) == (
        "terminated", "2022-03-05", "https://example.org/2022-03-05",
    )  # fmt: skip


def test_statuses_in_the_words_of_an_office_are_three_lists(store: Store, resolver: Resolver, tmp_path: Path) -> None:
    """A tie that a council ended would be read as one of unknown status, and be in every count."""
    table = (
        row("Коростень,Україна", "Красногорськ,Росія", status="припинено рішенням ради від 24.03.2022", since="1998")
        + row("Коростень,Україна", "Люблін,Польща", status="діє безстроково", since="2004")
        + row("Овруч,Україна", "Мозир,Білорусь", status="розірвано у 2016 р.", since="2001")
        + row("Малин,Україна", "Краків,Польща", status="активні", since="2010")
        + row("Звягель,Україна", "Кельце,Польща", status="на стадії підготовки")
        + row("Бердичів,Україна", "Явір,Польща", status="хтозна")
    )
    load_text(store, tmp_path, "office.csv", HEADER + table, resolver)
    graph = Graph(store)
    ended = {row["until"]: row["status"] for row in graph.query("ended-ties-since", since="2000")}
    assert ended == {"2016": "terminated", "2022-03-24": "terminated"}
    assert not graph.ask("standing-ties-with", {"country": "RU"}).total
    assert not graph.ask("standing-ties-with", {"country": "BY"}).total
    assert graph.ask("standing-ties-with", {"country": "PL"}).total == 2
    assert graph.ask("unknown-ties-with", {"country": "PL"}).total == 1
