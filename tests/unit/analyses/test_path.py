"""Paths: the shortest, several, all of them, around a country; as NetworkX finds them."""

from itertools import islice

import networkx as nx
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fixtures.graphs import graphs, network_of
from twingraph.errors import TwingraphError
from twingraph.queries.analyses.path import find_paths

FEW = settings(max_examples=80)


@FEW
@given(graphs(least=2, most=9), st.data())
def test_equal_to_networkx(graph: "nx.Graph[int]", data: st.DataObject) -> None:
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    start = data.draw(st.integers(0, len(graph) - 1))
    end = data.draw(st.integers(0, len(graph) - 1))
    assume(start != end)
    network = network_of(graph)
    ids = [place.id for place in network.places]
    every = find_paths(network, ids[start], ids[end], every=True)
    one = find_paths(network, ids[start], ids[end])
    if not nx.has_path(graph, start, end):
        assert (every.paths, every.shortest, one.paths) == ((), 0, ())
        return
    expected = sorted(map(tuple, nx.all_shortest_paths(graph, start, end)))
    assert [route.places for route in every.paths] == expected
    assert every.shortest == one.shortest == len(expected)
    assert one.paths == every.paths[:1]
    several = find_paths(network, ids[start], ids[end], count=6)
    lengths = [len(path) - 1 for path in islice(nx.shortest_simple_paths(graph, start, end), 6)]
    assert [route.length for route in several.paths] == lengths
    assert len({route.places for route in several.paths}) == len(several.paths)
    for route in several.paths:
        assert nx.is_path(graph, route.places)
        assert len(set(route.places)) == len(route.places)


def test_around_a_country() -> None:
    """Whoever asks for a way that does not lead through a country must not be sent through it."""
    graph = nx.Graph([(0, 1), (1, 2), (0, 3), (3, 4), (4, 2)])
    network = network_of(graph, countries=["UA", "RU", "FR", "PL", "DE"])
    assert find_paths(network, "00000", "00002").paths[0].places == (0, 1, 2)
    for count in (1, 3):
        around = find_paths(network, "00000", "00002", avoid={"RU"}, count=count)
        assert [route.places for route in around.paths] == [(0, 3, 4, 2)]
    assert not find_paths(network, "00000", "00002", avoid={"RU", "PL"}).paths
    with pytest.raises(TwingraphError, match="itself to be avoided"):
        find_paths(network, "00000", "00002", avoid={"FR"})


def test_very_many_shortest_paths_are_counted_but_not_all_listed() -> None:
    """Thirty rungs make a thousand million shortest paths: nobody waits for a list of them."""
    ladder = nx.Graph()
    for step in range(30):
        ladder.add_edges_from(
            [
                (3 * step, 3 * step + 1),
                (3 * step, 3 * step + 2),
                (3 * step + 1, 3 * step + 3),
                (3 * step + 2, 3 * step + 3),
            ]
        )
    found = find_paths(network_of(ladder), "00000", "00090", every=True, limit=50)
    assert (found.shortest, len(found.paths)) == (2**30, 50)


def test_ends_that_cannot_be() -> None:
    network = network_of(nx.path_graph(3))
    with pytest.raises(TwingraphError, match="both start and end"):
        find_paths(network, "00001", "00001")
    with pytest.raises(TwingraphError, match="has no partnership in this network"):
        find_paths(network, "00001", "geonames:1")
