"""`twingraph.open`: what a notebook gets, on both engines."""

import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest

import twingraph
from fixtures.network import HOSTILE
from twingraph.errors import AmbiguousNameError, ConfigError, QueryError, ReadOnlyError, StoreError, UnknownNameError
from twingraph.library import Graph
from twingraph.queries.analyses.from_store import read_network


@pytest.fixture
def graph(network) -> Graph:
    return Graph(network)


def test_a_question_is_answered_with_its_parameters(graph: Graph):
    """Else values would have to be written into the text, where they can do harm."""
    rows = graph.query("MATCH (m:Municipality {name: $name})-[:PARTNERS_WITH]-(p) RETURN p.name AS p", name="Rawicz")
    assert {row["p"] for row in rows} == {"Zhytomyr", HOSTILE, "=HYPERLINK(1)"}
    assert len(graph.query("MATCH (n) RETURN n", limit=3)) == 3
    named = graph.query("partners-of", municipality="Равич")
    assert "Zhytomyr" in {row["partner"] for row in named}
    with pytest.raises(QueryError, match=r"needs a value for \$name"):
        graph.query("RETURN $name")


def test_a_reader_cannot_write(graph: Graph):
    """Else a notebook could change the records by a slip."""
    with pytest.raises((QueryError, ReadOnlyError)):
        graph.query("CREATE (:Municipality {id: 'x'})")


def test_the_networkx_graph_has_what_the_page_says(graph: Graph):
    """Else a measure taken in a notebook would be of another network than the command line's."""
    found = graph.to_networkx("UA-18", statuses=["active"], kinds="partnership_agreement")
    assert isinstance(found, nx.Graph)
    assert set(found) == {"geonames:686967", "geonames:760924"}
    node = found.nodes["geonames:686967"]
    assert (node["name"], node["country"], node["region"], node["home"]) == ("Zhytomyr", "UA", "UA-18", True)
    (edge,) = found.edges(data=True)
    assert (edge[2]["status"], edge[2]["since"]) == ("active", "2022-12-23")
    assert "Zhytomyr" in found.graph["description"]
    whole, known = graph.to_networkx(), read_network(graph.store)
    assert (len(whole), whole.number_of_edges()) == (len(known), len(known.pairs) + len(known.loops))


@pytest.mark.parametrize(
    ("scope", "choices", "error"),
    [
        ("Atlantis", {}, UnknownNameError),
        ("Paris", {}, AmbiguousNameError),
        (None, {"kinds": ["marriage"]}, ConfigError),
        (None, {"statuses": ["happy"]}, ConfigError),
        (None, {"since": "soon"}, ConfigError),
        (None, {"themes": "football"}, UnknownNameError),
    ],
)
def test_a_wrong_choice_raises_an_error(graph: Graph, scope, choices, error):
    """Else a misspelt kind would give an empty network, and an analysis of nothing."""
    with pytest.raises(error):
        graph.to_networkx(scope, **choices)


def test_it_shows_itself_in_a_notebook(graph: Graph, tmp_path: Path):
    """Otherwise a script in a path or a name could run in the notebook."""
    assert "<td>10</td>" in graph._repr_html_()
    hostile = tmp_path / "<script>x.grafeo"
    from twingraph.graph.open import open_store

    open_store(hostile, read_only=False, create=True).close()
    with twingraph.open(hostile) as other:
        assert "<script>" not in other._repr_html_()
        assert "&lt;script&gt;" in other._repr_html_()
        assert str(hostile) in repr(other)
    assert "closed" in other._repr_html_()
    assert "closed" in repr(other)
    with pytest.raises(StoreError):
        other.query("RETURN 1")


class TestMeasures:
    """Otherwise a notebook would get other figures than the command line, which calls the same methods."""

    def test_stats_counts_the_database_or_the_scope(self, graph: Graph):
        def totals(**selection: str) -> dict[object, object]:
            return dict(graph.stats(measures=False, **selection).result.sections[0].records)

        assert (totals()["partnerships"], totals()["active"]) == (8, 5)
        assert totals(scope="FR")["partnerships"] == 2

    def test_rank_within_a_country_keeps_the_ranks_of_the_whole_network(self, graph: Graph):
        rows = graph.rank(within="PL").result.rows
        assert [(row.rank, row.value) for row in rows] == [(2, 3), (4, 1), (5, 1), (7, 1)]

    def test_communities_have_each_place_once(self, graph: Graph):
        found = graph.communities(runs=2).result
        assert sorted(member for group in found.groups for member in group.members) == list(range(9))

    def test_path_takes_any_spelling(self, graph: Graph):
        assert graph.path("Kamianets-Podilskyi", "Гдиня").result.paths[0].places == (4, 3, 2)

    def test_pairs_compares_with_chance(self, graph: Graph):
        (row,) = graph.pairs("Україна", "PL", samples=5).result.rows
        assert row.observed == 3
        assert row.expected < row.observed

    def test_distance_has_a_row_for_all_and_for_each_country_asked(self, graph: Graph):
        rows = graph.distance(["UA"], samples=2).result
        assert [(row.country, row.pairs, row.measured) for row in rows] == [(None, 8, 4), ("UA", 5, 4)]

    def test_timeline_counts_by_year(self, graph: Graph):
        periods = graph.timeline(first="2021", last="2022").result.periods
        assert [(each.period, each.new, each.standing) for each in periods] == [("2021", 1, 1), ("2022", 2, 3)]
        with pytest.raises(ConfigError, match="No period"):
            graph.timeline(first="2022", last="2021")

    def test_gaps_counts_the_hromadas_of_an_oblast(self, graph: Graph):
        found = graph.gaps(["Житомирська"]).result
        assert found.asked == {"UA-18"}
        assert (found.gaps.total.hromadas, found.gaps.total.with_partner) == (66, 1)

    def test_gaps_reports_a_misspelt_oblast_before_it_reads_the_network(self, graph: Graph, monkeypatch):
        monkeypatch.setattr(Graph, "network", None)
        with pytest.raises(UnknownNameError, match="Zhitomyyr"):
            graph.gaps(["Zhitomyyr"])

    def test_whatif_drops_a_place_or_a_kind(self, graph: Graph):
        without_place = graph.whatif("geonames:686967").result
        assert (without_place.before.pairs, without_place.after.pairs) == (8, 3)
        assert graph.whatif("contact").result.after.pairs == 6
        assert graph.whatif("friendship").result.after.pairs == 8  # the pair has another kind too

    def test_compare_finds_what_is_new(self, graph: Graph):
        found = graph.compare("2000", "2023", by="date")
        assert "new" in {each.change for each in found.differences}
        with pytest.raises(ConfigError, match="compared already"):
            graph.compare("2000", "2023", by="date", as_of="2001")


class TestRecords:
    """Otherwise a program would have to write Cypher for what a command shows."""

    def test_ask_counts_the_rows_before_the_limit(self, graph: Graph):
        answer = graph.ask("partners-of", {"municipality": "Rawicz"}, limit=1)
        assert (len(answer.rows), answer.total) == (1, 3)
        assert "partners-of" in {question.name for question in graph.questions()}

    def test_show_and_resolve_take_a_name(self, graph: Graph):
        assert {tie.partnership.kind for tie in graph.show("Равич").ties} == {"partnership_agreement", "contact"}
        assert graph.resolve("Равич", country="PL").place.municipality.name == "Rawicz"

    def test_show_names_other_meanings(self, network):
        notices: list[str] = []
        Graph(network, notify=notices.append).show("Zhytomyr")
        assert any("UA-18" in notice for notice in notices)

    def test_map_and_export_keep_to_the_scope(self, graph: Graph):
        assert graph.map(country="PL").subgraph.subject.name == "Poland"
        assert (
            "7 places, 5 partnerships (today: 3 in force, 1 planned, 1 ended)"
            in graph.export("UA-18", partnerships_only=True).description
        )

    def test_quality_reports_only_the_sections_asked(self, graph: Graph):
        assert [finding.section for finding in graph.quality(["loops", "disputed"]).findings] == ["disputed"]

    def test_sources_have_their_number_of_records(self, graph: Graph):
        assert [(each.source.id, each.statements) for each in graph.sources()] == [
            ("news", 5), ("page:1", 3), ("page:2", 2),
        ]  # fmt: skip
        assert graph.source("page:1").partnerships_alone == 1
        assert graph.dataset_titles() == ["News of partnerships"]

    def test_remove_source_asks_before_it_writes(self, graph: Graph):
        changes = graph.remove_source("page:1", confirm=lambda _changes: False)
        assert len(changes.dropped_nodes["Statement"]) == 3
        assert graph.source("page:1").statements == 3


def test_clear_and_remove_source_change_a_database_open_for_writing(network_place):
    """Otherwise a program could not delete what it has loaded."""
    with Graph(network_place.open(read_only=False)) as graph:
        graph.remove_source("page:1")
        assert "page:1" not in {each.source.id for each in graph.sources()}
        assert graph.clear() > 0
        assert graph.info().nodes == 0
        assert list(graph.check()) == []


def test_the_import_is_light():
    """Else every program that imports twingraph would wait for the engines."""
    heavy = "{'grafeo', 'neo4j', 'networkx', 'igraph', 'numpy', 'pyvis', 'rich', 'click', 'twingraph.library'}"
    code = f"import sys, twingraph; found = {heavy} & set(sys.modules); assert not found, found; twingraph.open"
    subprocess.run([sys.executable, "-c", code], check=True)
