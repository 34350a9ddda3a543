"""Every number that two commands show is the same number: an office that has two of them trusts neither.

All oblasts and all countries of the bundled records are asked, by the methods that the commands call, and a few by the
commands themselves.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import cast

import pytest
from click.testing import CliRunner

from twingraph.cli import cli
from twingraph.graph.model import Label
from twingraph.library import Graph, open_graph
from twingraph.maps.data import page_data
from twingraph.queries.counting import Counts

UKRAINE = "UA"


@pytest.fixture(scope="module")
def graph(bundled_place: Path) -> Iterator[Graph]:
    with open_graph(bundled_place) as opened:
        yield opened


@cache
def partnered(graph: Graph, label: Label) -> list[str]:
    """Return the oblasts or the countries whose places have partnerships."""
    relation, oblasts = ("IN_REGION", " WHERE n.id STARTS WITH 'UA-'") if label is Label.REGION else ("IN_COUNTRY", "")
    rows = graph.query(f"MATCH ()-[:PARTNERS_WITH]-()-[:{relation}]->(n:{label}){oblasts} RETURN DISTINCT n.id AS id")
    return sorted(str(row["id"]) for row in rows)


def scopes(graph: Graph) -> list[tuple[Label, str]]:
    return [(label, id_) for label in (Label.REGION, Label.COUNTRY) for id_ in partnered(graph, label)]


def on_map(graph: Graph, label: Label, id_: str) -> Counts:
    """Return the numbers in the headline of a map."""
    drawing = graph.map(region=id_) if label is Label.REGION else graph.map(country=id_)
    return Counts(**cast("dict[str, int]", page_data(drawing.subgraph)["counts"]))  # type: ignore[arg-type]


def test_maps_profiles_statistics_and_timelines_count_the_same(graph: Graph) -> None:
    asked = scopes(graph)
    assert len(asked) > 60
    for label, id_ in asked:
        counts = graph.show(id_).counts
        assert on_map(graph, label, id_) == counts, id_
        totals = dict(graph.stats(scope=id_, measures=False).result["totals"].records)
        assert {status: totals[status] for status in counts.statuses} == counts.statuses, id_
        assert [totals[name] for name in ("partnerships", "foreign", "domestic", "unknown_country")] == [
            counts.partnerships, counts.foreign, counts.domestic, counts.unknown_country,
        ], id_  # fmt: skip
        dated = graph.timeline(scope=id_).result.coverage
        assert (dated.ties + dated.planned, dated.planned) == (
            counts.partnerships, counts.statuses.get("planned", 0),
        ), id_  # fmt: skip


def test_the_whole_network_is_the_sum_of_what_a_map_says(graph: Graph) -> None:
    counts = Counts(**cast("dict[str, int]", page_data(graph.map().subgraph)["counts"]))  # type: ignore[arg-type]
    totals = dict(graph.stats(measures=False).result["totals"].records)
    assert {status: totals[status] for status in counts.statuses} == counts.statuses
    assert totals["partnerships"] == counts.partnerships == sum(counts.statuses.values())
    assert (totals["foreign"], totals["domestic"]) == (counts.foreign, counts.domestic)
    countries = graph.stats(measures=False).result["countries"]
    at = countries.columns.index("partnerships")
    for id_ in partnered(graph, Label.COUNTRY):
        (stated,) = [record[at] for record in countries.records if record[0] == id_]
        assert stated == graph.show(id_).counts.partnerships, id_


def test_gaps_and_maps_count_the_same_hromadas(graph: Graph) -> None:
    gaps = graph.gaps(["all"], crimea=True).result.gaps
    with_partner = {oblast.region: oblast.with_partner for oblast in gaps.oblasts}
    assert sum(with_partner.values()) > 100
    for id_ in partnered(graph, Label.REGION):
        assert on_map(graph, Label.REGION, id_).with_partner.get("hromada", 0) == with_partner.get(id_, 0), id_
    assert graph.show(UKRAINE).counts.with_partner["hromada"] == gaps.total.with_partner


def test_questions_count_as_maps_do(graph: Graph) -> None:
    matrix = [
        (row["one_code"], row["other_code"], cast("int", row["partnerships"])) for row in graph.query("country-matrix")
    ]
    for id_ in partnered(graph, Label.COUNTRY):
        counts = graph.show(id_).counts
        assert sum(n for one, other, n in matrix if id_ in (one, other)) == counts.partnerships - counts.unknown_country
        if id_ != UKRAINE:
            between = page_data(graph.map(between=(UKRAINE, id_)).subgraph)["counts"]
            assert (
                sum(n for *ends, n in matrix if set(ends) == {UKRAINE, id_})
                == cast("dict[str, int]", between)["partnerships"]
            )
    shares = {row["code"]: row for row in graph.query("oblasts-by-share")}
    gaps = {oblast.region: oblast for oblast in graph.gaps().result.gaps.oblasts}
    for code, row in shares.items():
        assert (row["with_partner"], row["hromadas"]) == (gaps[str(code)].with_partner, gaps[str(code)].hromadas), code
    for id_ in partnered(graph, Label.REGION):
        counts = graph.show(id_).counts
        foreign = {row["code"] for row in graph.query("region-partners-by-country", region=id_)} - {UKRAINE}
        assert len(foreign) == counts.countries, id_


@pytest.mark.parametrize("name", ["UA-18", "UA-46", "PL"])
def test_the_commands_print_these_numbers(bundled_place: Path, graph: Graph, tmp_path: Path, name: str) -> None:
    def ask(*words: str) -> str:
        result = CliRunner().invoke(cli, [*words, "--db", str(bundled_place)])
        assert result.exit_code == 0, result.stderr
        return result.stdout + result.stderr

    counts = json.loads(ask("show", name, "--format", "json"))["counts"]
    totals = json.loads(ask("stats", "--scope", name, "--section", "totals", "--format", "json"))["totals"]
    assert {status: totals[status] for status in counts["statuses"]} == counts["statuses"]
    assert totals["partnerships"] == counts["partnerships"]
    option = "--oblast" if "-" in name else "--country"
    headline = ask("viz", option, name, "-o", str(tmp_path / "map.html"))
    text = " ".join(ask("show", name).split())
    words = headline.split(": ", 1)[1].splitlines()[0]
    assert f"{counts['statuses']['active']} in force" in words
    assert words in text
    if option == "--oblast":
        gaps = json.loads(ask("gaps", "--oblast", name, "--show", "with", "--format", "json"))
        assert counts["with_partner"]["hromada"] == sum(1 for row in gaps["hromadas"] if row["partners"])
