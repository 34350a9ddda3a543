"""The counts: a ministry quotes them, so each is held to a number counted by hand."""

import pytest

from fixtures import network as net
from twingraph.graph.store import Store
from twingraph.queries.analyses.from_store import read_network
from twingraph.queries.stats import Stats, count


def counted(store: Store) -> Stats:
    return count(store, read_network(store))


def test_the_totals_are_those_counted_by_hand(network: Store) -> None:
    """Eight partnerships, of which one, with Kamianets, is domestic and one leads to a place without a country."""
    assert dict(counted(network)["totals"].records) == {
        "municipalities": 10,
        "raions": 0,
        "counties": 0,
        "unplaced": 3,
        "partnerships": 8,
        "active": 5,
        "planned": 1,
        "suspended": 0,
        "terminated": 1,
        "unknown": 1,
        "foreign": 6,
        "domestic": 1,
        "unknown_country": 1,
        "agreements": 1,
        "disputed": 1,
        "statements": 5,
    }


def test_kinds_and_statuses_come_with_the_largest_first_and_then_by_name(network: Store) -> None:
    stats = counted(network)
    assert stats["kinds"].records == (
        ("contact", 2), ("twin_town", 2), ("memorandum", 1), ("metropolis_cooperation", 1), ("other", 1),
        ("partnership_agreement", 1),
    )  # fmt: skip
    assert stats["statuses"].records == (("active", 5), ("planned", 1), ("terminated", 1), ("unknown", 1))


def test_a_partnership_counts_once_for_each_of_its_countries(network: Store) -> None:
    assert counted(network)["countries"].records == (
        ("PL", "Poland", "Польща", 2, 6),
        ("UA", "Ukraine", "Україна", 3, 5),
        ("FR", "France", "Франція", 1, 2),
        ("US", "United States", "Сполучені Штати", 2, 1),
        (None, None, None, 1, 1),
        ("LU", "Luxembourg", "Люксембург", 1, 0),
    )


def test_sources_are_counted_by_dataset_and_by_publisher(network: Store) -> None:
    stats = counted(network)
    assert stats["datasets"].records == (("news", "News of partnerships", 5),)
    assert stats["publishers"].records == (("town.example", 1, 3), ("list.example", 1, 2))


def test_an_empty_store_counts_nothing(store: Store) -> None:
    stats = counted(store)
    assert all(number == 0 for _name, number in stats["totals"].records)
    assert stats["countries"].records == ()


@pytest.mark.neo4j
def test_both_engines_count_the_same_row_for_row(stores: tuple[Store, Store]) -> None:
    """Two offices with two engines would report two numbers."""
    for store in stores:
        net.fill(store)
    embedded, server = map(counted, stores)
    assert embedded == server
