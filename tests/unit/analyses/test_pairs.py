"""Observed and expected ties of two countries: a wrong expectation makes friends or strangers of them."""

import statistics
from collections.abc import Iterator

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtures.graphs import graphs, network_of
from twingraph.queries.analyses.network import Network
from twingraph.queries.analyses.pairs import between, mixing, swapped


def matchings(ends: list[int]) -> Iterator[list[tuple[int, int]]]:
    """Yield all perfect matchings."""
    if not ends:
        yield []
        return
    first, *rest = ends
    for at, other in enumerate(rest):
        for more in matchings(rest[:at] + rest[at + 1 :]):
            yield [(first, other), *more]


@given(graphs(least=2, most=5), st.lists(st.sampled_from("AB"), min_size=5, max_size=5))
def test_the_expectation_is_that_of_all_matchings(graph: "nx.Graph[int]", drawn: list[str]) -> None:
    """The formulas of mean and spread, held against every network that chance can give."""
    network = network_of(graph)
    if not 1 <= len(network.pairs) <= 4:
        return
    groups = drawn[: len(network)]
    ends = [place for pair in network.pairs for place in pair]
    every = [sorted(tuple(sorted((groups[a], groups[b]))) for a, b in matching) for matching in matchings(ends)]
    for found in mixing(network, groups, [("A", "A"), ("A", "B"), ("B", "B")]):
        counts = [each.count((found.one, found.other)) for each in every]
        assert found.expected == pytest.approx(statistics.fmean(counts))
        assert found.sd == pytest.approx(statistics.pstdev(counts), abs=1e-9)


def ring() -> tuple[Network, list[str]]:
    graph = nx.cycle_graph(6)
    return network_of(graph, countries=["UA", "PL"] * 3), ["UA", "PL"] * 3


def test_a_ring_of_two_countries_by_hand() -> None:
    network, groups = ring()
    (found,) = mixing(network, groups, [("UA", "PL")])
    assert (found.observed, found.expected) == (6, pytest.approx(36 / 11))
    assert found.ratio == pytest.approx(11 / 6)
    assert found.z is not None
    assert found.z > 2
    assert len(between(network, groups, "PL", "UA")) == 6
    assert between(network, groups, "UA", "UA") == ()
    (within,) = mixing(network, groups, [("UA", "UA")])
    assert (within.observed, within.ratio) == (0, 0.0)


def test_networks_by_chance_keep_every_degree_and_stay_simple() -> None:
    """A null that changes how many partners a town has answers another question."""
    graph = nx.gnm_random_graph(30, 60, seed=4)
    network = network_of(graph)
    first = [sorted(map(tuple, pairs)) for pairs in swapped(network, 3, seed=7)]
    again = [sorted(map(tuple, pairs)) for pairs in swapped(network, 3, seed=7)]
    assert first == again
    assert first[0] != first[1] != list(network.pairs)
    for pairs in first:
        drawn = nx.Graph(pairs)
        drawn.add_nodes_from(graph)
        assert len(set(map(frozenset, pairs))) == len(pairs) == 60
        assert dict(drawn.degree) == dict(graph.degree)


def test_swaps_and_matching_agree_where_degrees_are_small() -> None:
    graph = nx.random_regular_graph(3, 60, seed=2)
    groups = ["A" if node < 20 else "B" for node in range(60)]
    asked = [("A", "B"), ("A", "A")]
    exact = mixing(network_of(graph), groups, asked)
    drawn = mixing(network_of(graph), groups, asked, null="swaps", samples=200)
    for one, other in zip(exact, drawn, strict=True):
        assert one.observed == other.observed
        assert abs(one.expected - other.expected) < one.sd / 2


def test_a_network_without_pairs_or_with_one() -> None:
    (nothing,) = mixing(network_of(nx.empty_graph(2)), ["A", "B"], [("A", "B")])
    assert (nothing.observed, nothing.expected, nothing.ratio, nothing.z) == (0, 0.0, None, None)
    (one,) = mixing(network_of(nx.path_graph(2)), ["A", "B"], [("A", "B")])
    assert (one.observed, one.expected, one.sd, one.z) == (1, 1.0, 0.0, None)


def test_loops_and_places_of_no_group_do_not_count() -> None:
    graph = nx.Graph([(0, 0), (0, 1), (1, 2)])
    found = mixing(network_of(graph), ["A", "B", None])
    assert [(each.one, each.other, each.observed) for each in found] == [("A", "B", 1)]


@pytest.mark.shared
def test_both_kinds_of_chance_agree_on_the_pairs_of_wikipedia(wikipedia_network: Network) -> None:
    """The exact formula and drawn networks must not call one pair of countries friends and strangers at once."""
    groups = [place.country for place in wikipedia_network.places]
    asked = [("PL", "UA"), ("DE", "FR"), ("CN", "US")]
    exact = mixing(wikipedia_network, groups, asked)
    drawn = mixing(wikipedia_network, groups, asked, null="swaps", samples=5)
    for one, other in zip(exact, drawn, strict=True):
        assert one.observed == other.observed
        assert abs(one.expected - other.expected) < 3 * one.sd
        assert one.z is not None
        assert one.z > 5
