"""Ranks equal NetworkX's, on any small graph and on a sample of the real network, and are always the same."""

import math

import networkx as nx
import pytest
from hypothesis import given, settings

from fixtures.graphs import graphs, network_of
from twingraph.errors import TwingraphError, UnknownNameError
from twingraph.queries.analyses.network import Network, units_of
from twingraph.queries.analyses.rank import MEASURES, rank, scores

FEW = settings(max_examples=40)


def reference(graph: "nx.Graph[int]") -> dict[str, dict[int, float]]:
    """What NetworkX says, by the names of our measures."""
    between = nx.betweenness_centrality(graph)
    giant = graph.subgraph(max(nx.connected_components(graph), key=lambda each: (len(each), -min(each))))
    inside = nx.eigenvector_centrality_numpy(giant) if len(giant) > 2 else dict.fromkeys(giant, 1 / math.sqrt(2))
    bridging = {
        node: between[node] / graph.degree[node] / sum(1 / graph.degree[other] for other in graph[node])
        if graph.degree[node]
        else 0.0
        for node in graph
    }
    return {
        "degree": dict(graph.degree),
        "pairs": dict(graph.degree),
        "betweenness": between,
        "closeness": nx.closeness_centrality(graph),
        "pagerank": nx.pagerank(graph, tol=1e-12, max_iter=1000),
        "eigenvector": {node: inside.get(node, 0.0) for node in graph},
        "core": nx.core_number(graph),
        "bridging": bridging,
    }


def check(network: Network, graph: "nx.Graph[int]") -> None:
    units = units_of(network)
    for name, expected in reference(graph).items():
        assert scores(units, name) == pytest.approx([expected[node] for node in sorted(graph)], abs=1e-8), name


@FEW
@given(graphs(least=3, most=14))
def test_equal_to_networkx(graph: "nx.Graph[int]") -> None:
    """A report that names the ten best bridges of Ukraine must name those that any other program finds."""
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    if graph.number_of_edges():
        check(network_of(graph), graph)


@pytest.mark.shared
def test_a_sample_of_the_real_network(wikipedia_network: Network) -> None:
    around = sorted(wikipedia_network.graph.neighborhood(wikipedia_network.index["geonames:703448"], order=2))
    kept = {place: number for number, place in enumerate(around)}
    graph: nx.Graph[int] = nx.empty_graph(len(kept))
    graph.add_edges_from((kept[a], kept[b]) for a, b in wikipedia_network.pairs if a in kept and b in kept)
    assert len(graph) > 300
    check(network_of(graph), graph)


def test_betweenness_over_several_chunks_of_sources() -> None:
    """Sources are taken a few hundred at once: the seams must not show."""
    graph = nx.barbell_graph(150, 300)
    found = scores(units_of(network_of(graph)), "betweenness")
    assert found == pytest.approx(list(nx.betweenness_centrality(graph).values()))


class TestOrder:
    """Who comes first."""

    def test_equal_places_are_ordered_by_id(self) -> None:
        """Two runs, or two offices, would otherwise show two lists."""
        for by in MEASURES:
            found = rank(network_of(nx.cycle_graph(7)), by=by)
            assert [row.id for row in found.rows] == sorted(row.id for row in found.rows), by
            assert [row.rank for row in found.rows] == list(range(1, 8))

    def test_the_difference_of_two_ranks_separates_bridges_from_collectors(self) -> None:
        graph = nx.star_graph(6)
        nx.add_path(graph, [1, 7, 8])
        nx.add_path(graph, [8, 9], weight=1)
        graph.add_edges_from((8, each) for each in range(10, 16))
        found = rank(network_of(graph), by="betweenness", against="degree")
        rows = {row.id: row for row in found.rows}
        assert found.rows[0].difference is not None
        assert abs(found.rows[0].difference) == max(abs(row.difference or 0) for row in found.rows)
        seven = rows["00007"]
        assert (seven.rank, seven.other_rank, seven.difference) == (3, 4, 1)

    def test_every_rank_is_given_once(self) -> None:
        found = rank(network_of(nx.karate_club_graph()), by="core", against="closeness")
        assert sorted(row.rank for row in found.rows) == sorted(row.other_rank or 0 for row in found.rows)


class TestUnits:
    """Countries instead of towns."""

    def test_countries_are_joined_by_the_pairs_of_their_towns(self) -> None:
        network = network_of(nx.cycle_graph(6), countries=["UA", "PL", "PL", "UA", "FR", None])
        units = units_of(network, "countries")
        assert units.ids == ("FR", "PL", "UA")
        assert units.weights == {(0, 2): 1, (1, 2): 2}
        assert (units.inner, units.left_out) == ((0, 1, 0), 2)
        by_pairs = rank(network, of="countries", by="pairs")
        assert [(row.id, row.value) for row in by_pairs.rows] == [("UA", 3), ("PL", 2), ("FR", 1)]

    def test_weights_count_for_pagerank_and_eigenvector(self) -> None:
        countries = ["UA"] * 4 + ["PL"] * 4 + ["FR", "DE"]
        graph = nx.Graph([(0, 4), (1, 5), (2, 6), (3, 7), (0, 8), (4, 9), (5, 9)])
        network = network_of(graph, countries=countries)
        weighted = nx.Graph()
        weighted.add_weighted_edges_from([("PL", "UA", 4), ("FR", "UA", 1), ("DE", "PL", 2)])
        for by, expected in (
            ("pagerank", nx.pagerank(weighted, tol=1e-12)),
            ("eigenvector", nx.eigenvector_centrality_numpy(weighted, weight="weight")),
        ):
            found = {row.id: row.value for row in rank(network, by=by, of="countries").rows}
            assert found == pytest.approx(expected, abs=1e-8)


class TestBadInput:
    """A misspelt measure or an empty network would give an empty table and no reason."""

    def test_a_misspelt_measure(self) -> None:
        with pytest.raises(UnknownNameError, match="betwenness") as caught:
            rank(network_of(nx.path_graph(3)), by="betwenness")
        assert "Did you mean betweenness" in caught.value.hint

    def test_a_level_that_is_none(self) -> None:
        with pytest.raises(UnknownNameError, match="planets"):
            rank(network_of(nx.path_graph(3)), of="planets")  # type: ignore[arg-type]

    @pytest.mark.parametrize("graph", [nx.empty_graph(0), nx.empty_graph(1), nx.Graph([(0, 0)])])
    def test_nothing_to_rank(self, graph: "nx.Graph[int]") -> None:
        with pytest.raises(TwingraphError, match="nothing to rank"):
            rank(network_of(graph))
