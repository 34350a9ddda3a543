"""Communities: the same from the same seed, as good as NetworkX's, named, and honest about chance."""

import random

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures.graphs import network_of
from twingraph.errors import TwingraphError, UnknownNameError
from twingraph.queries.analyses.communities import METHODS, adjusted_rand, communities, mutual_information
from twingraph.queries.analyses.network import Network


def cliques() -> "nx.Graph[int]":
    """Four groups of six that one pair each joins in a ring: nobody can group them otherwise."""
    return nx.ring_of_cliques(4, 6)


@pytest.mark.parametrize("method", METHODS)
def test_groups_that_anyone_sees_are_found(method: str) -> None:
    found = communities(network_of(cliques()), method=method, seed=3)  # type: ignore[arg-type]
    assert {group.members for group in found.groups} == {tuple(range(n, n + 6)) for n in (0, 6, 12, 18)}
    assert [group.number for group in found.groups] == [1, 2, 3, 4]
    assert [group.members[0] for group in found.groups] == [0, 6, 12, 18]
    assert {(group.pairs_inside, group.pairs_outside) for group in found.groups} == {(15, 2)}
    expected = nx.community.modularity(cliques(), [set(group.members) for group in found.groups])
    assert found.modularity == pytest.approx(expected)


@pytest.mark.parametrize("method", METHODS)
def test_the_same_seed_gives_the_same_groups(method: str) -> None:
    """A map coloured today and a table printed tomorrow would not agree."""
    network = network_of(nx.gnm_random_graph(200, 260, seed=5))
    random.seed(1)
    first = communities(network, method=method, seed=11, runs=3)  # type: ignore[arg-type]
    random.seed(2)
    assert communities(network, method=method, seed=11, runs=3) == first  # type: ignore[arg-type]
    others = {communities(network, method=method, seed=seed, runs=1).groups for seed in range(5)}  # type: ignore[arg-type]
    assert len(others) > 1


def test_a_seed_does_not_disturb_the_random_numbers_of_the_caller() -> None:
    random.seed(4)
    expected = random.random()  # noqa: S311
    random.seed(4)
    communities(network_of(cliques()))
    assert random.random() == expected  # noqa: S311


@pytest.mark.parametrize("resolution", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("method", ["leiden", "louvain"])
def test_as_good_as_networkx_at_every_resolution(method: str, resolution: float) -> None:
    graph = nx.karate_club_graph()
    for _a, _b, facts in graph.edges(data=True):
        facts.clear()
    found = communities(network_of(graph), method=method, resolution=resolution)  # type: ignore[arg-type]
    groups = [set(group.members) for group in found.groups]
    assert found.modularity == pytest.approx(nx.community.modularity(graph, groups, resolution=resolution))
    theirs = nx.community.louvain_communities(graph, resolution=resolution, seed=1)
    assert found.modularity >= nx.community.modularity(graph, theirs, resolution=resolution) - 0.02


def test_stability_separates_clear_groups_from_chance() -> None:
    """Groups that another seed would not find must not be sold as facts."""
    clear = communities(network_of(cliques()))
    assert (clear.stability, clear.agreement) == (1.0, 1.0)
    vague = communities(network_of(nx.gnm_random_graph(120, 240, seed=1)))
    assert vague.stability is not None
    assert vague.stability < 0.7
    assert communities(network_of(cliques()), runs=1).stability is None


def test_a_group_is_named_after_its_leading_countries() -> None:
    graph = nx.disjoint_union(nx.complete_graph(6), nx.complete_graph(4))
    network = network_of(graph, countries=["UA", "UA", "PL", "FR", "DE", "IT", "PL", None, None, None])
    network = Network(**{**vars(network), "names": {"UA": ("Ukraine", "Україна"), "PL": ("Poland", "Польща")}})
    found = communities(network)
    assert [(group.name, group.name_uk) for group in found.groups] == [
        ("Ukraine, DE", "Україна, DE"), ("Poland", "Польща"),
    ]  # fmt: skip
    assert found.groups[1].countries == ((None, 3), ("PL", 1))
    assert found.number_of["00006"] == 2


def test_countries_are_grouped_by_the_number_of_their_pairs() -> None:
    graph = nx.Graph([(0, 4), (1, 5), (2, 6), (3, 7), (8, 9), (10, 11), (12, 13), (0, 8)])
    countries = ["UA"] * 4 + ["PL"] * 4 + ["FR", "DE"] * 3
    found = communities(network_of(graph, countries=countries), of="countries")
    assert [[found.ids[member] for member in group.members] for group in found.groups] == [["DE", "FR"], ["PL", "UA"]]
    assert [group.pairs_inside for group in found.groups] == [3, 4]


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=25))
def test_agreement_of_two_groupings_by_its_definition(groups: list[tuple[int, int]]) -> None:
    one, other = [a for a, _b in groups], [b for _a, b in groups]
    positions = range(len(groups))
    both = sum(one[i] == one[j] and other[i] == other[j] for i in positions for j in positions if i < j)
    first = sum(one[i] == one[j] for i in positions for j in positions if i < j)
    second = sum(other[i] == other[j] for i in positions for j in positions if i < j)
    chance = first * second / (len(groups) * (len(groups) - 1) / 2)
    expected = (both - chance) / ((first + second) / 2 - chance) if (first + second) / 2 != chance else 1.0
    assert adjusted_rand(one, other) == pytest.approx(expected)
    assert -1e-9 <= mutual_information(one, other) <= 1 + 1e-9
    assert mutual_information(one, one) == pytest.approx(1)


@pytest.mark.parametrize(
    "asked", [{"resolution": 0}, {"resolution": -1}, {"runs": 0}, {"method": "labels", "resolution": 2}]
)
def test_options_that_do_not_fit(asked: dict[str, float]) -> None:
    with pytest.raises(TwingraphError):
        communities(network_of(cliques()), **asked)  # type: ignore[arg-type]


def test_a_method_that_is_none_and_nothing_to_group() -> None:
    with pytest.raises(UnknownNameError, match="leidn"):
        communities(network_of(cliques()), method="leidn")  # type: ignore[arg-type]
    with pytest.raises(TwingraphError, match="nothing to group"):
        communities(network_of(nx.empty_graph(1)))
