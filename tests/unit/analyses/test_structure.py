"""The measures of a network: equal to values that others published, to NetworkX, and to counting by hand."""

import math
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures.graphs import graphs, network_of
from twingraph.graph.model import Label
from twingraph.graph.store import Store
from twingraph.queries.analyses.formulas import fit_tail, squares
from twingraph.queries.analyses.from_store import read_network
from twingraph.queries.analyses.network import Network, NetworkPlace
from twingraph.queries.analyses.path_lengths import all_distances
from twingraph.queries.analyses.structure import Structure, measure, network_measures

FEW = settings(max_examples=60)


def none(value: float | None) -> float:
    return math.nan if value is None else value


@pytest.fixture(scope="module")
def karate() -> Structure:
    return measure(network_of(nx.karate_club_graph()))


class TestPublished:
    """Zachary's karate club as KONECT publishes it (konect.cc/networks/ucidata-zachary)."""

    def test_counts(self, karate: Structure) -> None:
        """Whoever compares a network with published ones would compare numbers of another definition."""
        counts = (karate.places, karate.pairs, karate.loops, karate.wedges, karate.claws, karate.crosses)
        assert counts == (34, 78, 0, 528, 1764, 5082)
        assert (karate.triangles, karate.squares, karate.tours, karate.max_degree) == (45, 154, 3500, 17)
        assert (karate.giant, karate.components, karate.diameter, karate.median_distance) == (34, 1, 5, 2)

    @pytest.mark.parametrize(
        ("name", "published"),
        [
            ("mean_degree", 4.58824),
            ("density", 0.139037),
            ("gini", 0.385370),
            ("edge_entropy", 0.924709),
            ("power_law", 1.78096),
            ("tail_exponent", 2.161),
            ("degree_assortativity", -0.475613),
            ("transitivity", 0.255682),
        ],
    )
    def test_figures(self, karate: Structure, name: str, published: float) -> None:
        assert float(f"{getattr(karate, name):.6g}") == pytest.approx(published, abs=1e-6, rel=5e-6)

    def test_goodness_of_fit(self, karate: Structure) -> None:
        """KONECT's p of 0.148 comes from draws of its own; a thousand draws are exact to about 0.011."""
        assert karate.tail_p == pytest.approx(0.148, abs=0.045)
        assert (karate.tail_first, karate.tail_places) == (2, 33)

    def test_distances_from_their_distribution(self, karate: Structure) -> None:
        """KONECT estimates its distance figures (2.44, 1.84, 3.44) by HyperANF; these follow its definitions exactly.

        By hand, from 34, 156, 530, 274, 146 and 16 ordered pairs at 0 to 5 steps.
        """
        assert karate.distance_counts == ((1, 78), (2, 265), (3, 137), (4, 73), (5, 8))
        assert karate.mean_distance == pytest.approx(1351 / 561)
        assert karate.mean_distance_konect == pytest.approx(2702 / 1156)
        assert karate.effective_diameter_50 == pytest.approx(1 + (578 - 190) / 530)
        assert karate.effective_diameter_90 == pytest.approx(3 + (1040.4 - 994) / 146)
        assert karate.radius == 3


class TestReference:
    """Equal to NetworkX on any small graph."""

    @FEW
    @given(graphs(), st.data())
    def test_equal_to_networkx(self, graph: "nx.Graph[int]", data: st.DataObject) -> None:
        size = len(graph)
        countries = data.draw(st.lists(st.sampled_from(["UA", "PL", "FR", None]), min_size=size, max_size=size))
        populations = data.draw(st.lists(st.sampled_from([None, 10, 500, 500, 80_000]), min_size=size, max_size=size))
        found = measure(network_of(graph, countries=countries, populations=populations), rounds=0)
        loops = set(nx.nodes_with_selfloops(graph))
        graph.remove_edges_from([(node, node) for node in loops])
        assert (found.places, found.pairs, found.loops) == (size, graph.number_of_edges(), len(loops))
        assert found.triangles == sum(nx.triangles(graph).values()) // 3
        assert none(found.transitivity) == pytest.approx(nx.transitivity(graph), nan_ok=True) or not found.wedges
        assert found.mean_local_clustering == pytest.approx(nx.average_clustering(graph))
        assert found.squares == sum(
            (graph.has_edge(a, b) and graph.has_edge(b, c) and graph.has_edge(c, d) and graph.has_edge(d, a))
            for corners in combinations(graph, 4)
            for a, b, c, d in (corners, (corners[0], corners[2], corners[1], corners[3]),
                               (corners[0], corners[1], corners[3], corners[2]))
        )  # fmt: skip
        components = sorted(nx.connected_components(graph), key=lambda each: (-len(each), min(each)))
        assert (found.components, found.giant) == (len(components), len(components[0]))
        giant = graph.subgraph(components[0])
        if len(giant) > 1:
            assert (found.diameter, found.radius) == (nx.diameter(giant), nx.radius(giant))
            assert found.mean_distance == pytest.approx(nx.average_shortest_path_length(giant))
        self.check_mixing(graph, found, countries, populations)

    def check_mixing(
        self, graph: "nx.Graph[int]", found: Structure, countries: list[str | None], populations: list[int | None]
    ) -> None:
        if len({degree for _node, degree in graph.degree if degree}) > 1 and found.degree_assortativity is not None:
            assert found.degree_assortativity == pytest.approx(nx.degree_assortativity_coefficient(graph))
        known: nx.Graph[int] = nx.Graph((a, b) for a, b in graph.edges if countries[a] and countries[b])
        nx.set_node_attributes(known, {node: countries[node] for node in known}, "country")
        if len({countries[node] for node in known}) > 1:
            expected = nx.attribute_assortativity_coefficient(known, "country")
            assert found.country_assortativity == pytest.approx(expected)
        assert found.country_pairs == known.number_of_edges()
        sized: nx.Graph[int] = nx.Graph((a, b) for a, b in graph.edges if populations[a] and populations[b])
        for node in sized:
            sized.nodes[node]["size"] = math.log(populations[node] or 0)
        assert found.population_pairs == sized.number_of_edges()
        if found.population_assortativity is not None:
            expected = nx.numeric_assortativity_coefficient(sized, "size")
            assert found.population_assortativity == pytest.approx(expected)

    @FEW
    @given(graphs(most=40))
    def test_every_distance(self, graph: "nx.Graph[int]") -> None:
        """One wrong distance among millions would never be seen in a mean."""
        graph.remove_edges_from(list(nx.selfloop_edges(graph)))
        found = all_distances(len(graph), [(min(edge), max(edge)) for edge in graph.edges])
        for node, lengths in nx.all_pairs_shortest_path_length(graph):
            assert found.farness[node] == sum(lengths.values())
            assert found.reached[node] == len(lengths) - 1
            assert found.eccentricity[node] == max(lengths.values())

    def test_more_places_than_one_batch_of_searches(self) -> None:
        """Searches run side by side, a thousand at once: the seams between batches must not show."""
        graph = nx.random_regular_graph(3, 2600, seed=4)
        found = all_distances(len(graph), [(min(edge), max(edge)) for edge in graph.edges])
        for node in (0, 1023, 1024, 2047, 2048, 2599):
            lengths = nx.single_source_shortest_path_length(graph, node)
            assert (found.farness[node], found.eccentricity[node]) == (sum(lengths.values()), max(lengths.values()))

    def test_squares_over_several_blocks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("twingraph.queries.analyses.formulas._STEPS", 50)
        graph = nx.complete_bipartite_graph(9, 7)
        assert squares(16, sorted(graph.edges)) == math.comb(9, 2) * math.comb(7, 2)


class TestByHand:
    """Small networks whose answer anyone can count."""

    def test_reciprocity_is_the_share_of_statements_that_are_answered(self) -> None:
        graph = nx.path_graph(4)
        assert measure(network_of(graph, said_by=[(0, 1), (1, 0), (1, 2)])).reciprocity == pytest.approx(2 / 3)
        assert measure(network_of(graph)).reciprocity is None

    def test_domestic_share(self) -> None:
        found = measure(network_of(nx.cycle_graph(4), countries=["UA", "UA", "PL", None]))
        assert (found.domestic_share, found.country_pairs) == (0.5, 2)

    def test_the_larger_of_two_components_is_measured(self) -> None:
        found = measure(network_of(nx.disjoint_union(nx.path_graph(3), nx.path_graph(5))))
        assert (found.components, found.giant, found.diameter) == (2, 5, 4)
        assert found.giant_share == 5 / 8

    @pytest.mark.parametrize("size", [0, 1])
    def test_nothing_and_one_place_alone(self, size: int) -> None:
        found = measure(network_of(nx.empty_graph(size)))
        assert (found.places, found.pairs, found.diameter, found.gini, found.tail_exponent) == (
            size,
            0,
            None,
            None,
            None,
        )

    def test_a_place_that_is_its_own_partner_alone(self) -> None:
        found = measure(network_of(nx.Graph([(0, 0)])))
        assert (found.places, found.pairs, found.loops, found.max_degree) == (1, 0, 1, 0)

    def test_all_degrees_equal(self) -> None:
        found = measure(network_of(nx.cycle_graph(5)))
        assert (found.gini, found.edge_entropy) == (pytest.approx(0), pytest.approx(1))
        assert (found.power_law, found.tail_exponent, found.degree_assortativity) == (None, None, None)

    def test_the_tail_of_a_known_law_is_found(self) -> None:
        """A fit that misses the exponent of known degrees would misreport every network."""
        import numpy as np

        drawn = np.random.default_rng(7).zipf(2.5, 5000).tolist()
        found = fit_tail(drawn, rounds=100)
        assert found is not None
        assert found.exponent == pytest.approx(2.5, abs=0.08)
        assert found.p is not None
        assert found.p > 0.1
        assert fit_tail(drawn, rounds=100) == found
        spread = fit_tail([degree for degree in range(1, 21) for _ in range(200)], rounds=50)
        assert spread is not None
        assert spread.p == 0


def test_every_measure_has_its_title_and_definition_in_both_languages() -> None:
    """A number without its definition cannot be cited."""
    named = {each.name for each in network_measures()}
    assert named == set(Structure.__slots__) - {"degree_counts", "distance_counts"}
    assert all(each.title and each.title_uk and each.definition.endswith(".") for each in network_measures())


class TestReading:
    """The network of a store."""

    def test_what_a_scope_holds(self, network: Store) -> None:
        from fixtures import network as net
        from twingraph.queries.scope import Scope

        def ids(found: Network) -> set[str]:
            return {tie.id for tie in found.ties}

        zhytomyr = Scope(Label.REGION, "UA-18")
        whole = read_network(network)
        assert ids(whole) == {tie.id for tie in net.TIES}
        assert [place.id for place in whole.places] == sorted(place.id for place in whole.places)
        touching = read_network(network, scope=zhytomyr)
        assert ids(touching) == {tie.id for tie in net.TIES if net.ZHYTOMYR.id in {tie.start.id, tie.end.id}}
        assert {place.id for place in touching.places if place.home} == {net.ZHYTOMYR.id}
        assert not read_network(network, scope=zhytomyr, ties="inside").ties
        poland = read_network(network, scope=Scope(Label.COUNTRY, "PL"), ties="around")
        assert ids(poland) >= {net.RAWICZ_TIE.id, net.GDYNIA_TIE.id}

    def test_one_pair_of_two_kinds_is_one_pair(self, network: Store) -> None:
        """Else a pair that two pages call by two words would be two partnerships in every measure."""
        found = read_network(network)
        assert (len(found.ties), len(found.pairs)) == (8, 8)
        assert found.to_networkx().number_of_edges() == 8
        assert {len(tie.kinds) for tie in found.ties} == {1, 2}

    def test_a_country_that_is_itself_a_partner_lies_in_itself(self, network: Store) -> None:
        found = read_network(network)
        assert found.places[found.index["PL"]].country == "PL"

    def test_places_without_a_tie_come_when_asked_for(self, network: Store) -> None:
        from fixtures import network as net

        assert net.LUXEMBOURG.id not in read_network(network).index
        assert net.LUXEMBOURG.id in read_network(network, isolated=True).index

    def test_graph_and_networkx_hold_the_same(self, network: Store) -> None:
        found = read_network(network)
        graph = found.to_networkx()
        pairs = [(found.places[a].id, found.places[b].id) for a, b in found.graph.get_edgelist()]
        assert sorted(pairs) == sorted(tuple(sorted(edge)) for edge in graph.edges)
        assert list(graph) == [place.id for place in found.places]


@pytest.fixture
def sample(wikipedia_network: Network) -> Network:
    """Every place within two steps of Kyiv in the pairs of Wikipedia."""
    around = wikipedia_network.graph.neighborhood(wikipedia_network.index["geonames:703448"], order=2)
    kept = {place: number for number, place in enumerate(sorted(around))}
    graph: nx.Graph[int] = nx.empty_graph(len(kept))
    graph.add_edges_from((kept[a], kept[b]) for a, b in wikipedia_network.pairs if a in kept and b in kept)
    places: list[NetworkPlace] = [wikipedia_network.places[place] for place in sorted(around)]
    return network_of(
        graph, countries=[each.country for each in places], populations=[each.population for each in places]
    )


@pytest.mark.shared
def test_a_sample_of_the_real_network_equals_networkx(sample: Network) -> None:
    found = measure(sample, rounds=0)
    graph = nx.Graph(sample.pairs)
    assert found.places == len(graph)
    assert found.diameter == nx.diameter(graph)
    assert found.mean_distance == pytest.approx(nx.average_shortest_path_length(graph))
    assert found.triangles == sum(nx.triangles(graph).values()) // 3
    assert found.transitivity == pytest.approx(nx.transitivity(graph))
    assert found.mean_local_clustering == pytest.approx(nx.average_clustering(graph))
    assert found.degree_assortativity == pytest.approx(nx.degree_assortativity_coefficient(graph))
    nx.set_node_attributes(graph, {node: sample.places[node].country for node in graph}, "country")
    assert found.country_assortativity == pytest.approx(nx.attribute_assortativity_coefficient(graph, "country"))
