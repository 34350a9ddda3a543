"""What breaks if ties go, held against NetworkX: an office plans by who is left alone."""

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtures.graphs import graphs, network_of
from twingraph.queries.analyses.network import Network
from twingraph.queries.analyses.whatif import what_if


@given(graphs(least=1, most=10), st.sets(st.integers(0, 9)))
def test_everything_agrees_with_networkx(graph: "nx.Graph[int]", dropped: set[int]) -> None:
    network = network_of(graph)
    gone = {node for node in dropped if node < len(graph)}
    found = what_if(network, places=gone)
    simple = nx.Graph(graph)
    simple.remove_edges_from(list(nx.selfloop_edges(simple)))
    left = simple.copy()
    left.remove_nodes_from(gone)
    for shape, expected in ((found.before, simple), (found.after, left)):
        parts = list(nx.connected_components(expected))
        assert (shape.places, shape.pairs, shape.components) == (len(expected), expected.size(), len(parts))
        assert shape.giant == max(map(len, parts), default=0)
        steps = [d for a, row in nx.all_pairs_shortest_path_length(expected) for b, d in row.items() if a != b]
        assert shape.mean_path == (pytest.approx(sum(steps) / len(steps)) if steps else None)
        assert shape.reachable == len(steps)
    alone = {f"{node:05}" for node in left if simple.degree[node] and not left.degree[node]}
    assert {place.id for place in found.alone} == alone
    bridges = {}
    for one, other in nx.bridges(simple):
        if one in gone or other in gone:
            cut = simple.copy()
            cut.remove_edge(one, other)
            sides = [len(nx.node_connected_component(cut, end)) for end in (one, other)]
            bridges[frozenset((f"{one:05}", f"{other:05}"))] = min(sides)
    assert {frozenset((each.one.id, each.other.id)): each.behind for each in found.bridges} == bridges
    for each in found.bridges:
        cut = simple.copy()
        cut.remove_edge(int(each.one.id), int(each.other.id))
        assert len(nx.node_connected_component(cut, int(each.other.id))) == each.behind


def test_a_chain_that_loses_its_middle() -> None:
    """0-1-2-3-4-5 without 2: both halves stay together, nobody is alone, one half is cut off."""
    found = what_if(network_of(nx.path_graph(6)), places={2})
    assert (found.before.components, found.after.components, found.after.giant) == (1, 2, 3)
    assert [place.id for place in found.alone] == []
    assert [place.id for place in found.cut_off] == ["00000", "00001"]
    assert [(each.one.id, each.other.id, each.behind) for each in found.bridges] == [
        ("00002", "00003", 3),
        ("00002", "00001", 2),
    ]


def test_only_ties_go_and_a_pair_with_another_kind_stays() -> None:
    network = network_of(nx.star_graph(3))
    found = what_if(network, ties=lambda tie: tie.end == 1)
    assert [place.id for place in found.alone] == ["00001"]
    assert found.lost_partners == (1,)
    assert (len(found.dropped_ties), found.after.alone, found.after.places) == (1, 1, 4)


def test_nothing_dropped_changes_nothing() -> None:
    found = what_if(network_of(nx.path_graph(3)))
    assert found.before == found.after
    assert (found.alone, found.cut_off, found.bridges) == ((), (), ())


@pytest.mark.shared
def test_the_pairs_of_wikipedia_without_russia(wikipedia_network: Network) -> None:
    """The question of 2022 on real data, held against NetworkX."""
    network = wikipedia_network
    gone = {number for number, place in enumerate(network.places) if place.country == "RU"}
    found = what_if(network, places=gone)
    graph = nx.Graph(network.pairs)
    bridges = [pair for pair in nx.bridges(graph) if gone & set(pair)]
    degrees = dict(graph.degree)
    graph.remove_nodes_from(gone)
    parts = sorted(map(len, nx.connected_components(graph)), reverse=True)
    assert (found.after.components, found.after.giant) == (len(parts), parts[0])
    assert len(found.bridges) == len(bridges) > 100
    assert len(found.alone) == sum(not graph.degree[node] and degrees[node] > 0 for node in graph) > 100
    assert found.lost_partners == tuple(sorted(found.lost_partners, reverse=True))
