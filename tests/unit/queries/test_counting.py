"""How partnerships are counted: an analyst repeats these numbers to a minister."""

import pytest

from twingraph.graph.model import Label
from twingraph.queries.counting import PlaceFacts, count_partnerships, sort_of

HOME = {
    "town": PlaceFacts(sort="hromada", country="UA", hromada="UA1"),
    "village": PlaceFacts(sort="hromada", country="UA", hromada="UA1"),
    "other": PlaceFacts(sort="hromada", country="UA", hromada="UA2"),
    "oblast": PlaceFacts(sort="region", country="UA"),
    "twin": PlaceFacts(sort="municipality", country="PL", home=False),
    "far": PlaceFacts(sort="municipality", country="DE", home=False),
    "lost": PlaceFacts(sort="municipality", home=False),
}


def test_statuses_and_countries_are_counted_apart() -> None:
    counts = count_partnerships(
        [
            ("town", "twin", "active"),
            ("other", "twin", "planned"),
            ("other", "far", "terminated"),
            ("town", "other", "suspended"),
            ("town", "lost", "no such status"),
        ],
        HOME,
    )
    assert counts.statuses == {"active": 1, "planned": 1, "suspended": 1, "terminated": 1, "unknown": 1}
    assert (counts.foreign, counts.domestic, counts.unknown_country) == (3, 1, 1)
    assert (counts.countries, counts.domestic_countries) == (2, 1)


def test_a_hromada_counts_once_and_only_for_a_partner_outside_it() -> None:
    assert count_partnerships([("town", "twin", "active"), ("village", "far", "unknown")], HOME).with_partner == {
        "hromada": 1
    }
    assert count_partnerships([("town", "village", "active")], HOME).with_partner == {}


def test_a_region_is_named_apart_from_municipalities() -> None:
    counts = count_partnerships([("oblast", "twin", "active"), ("town", "twin", "active")], HOME)
    assert counts.with_partner == {"hromada": 1, "region": 1}


@pytest.mark.parametrize("status", ["planned", "suspended", "terminated"])
def test_what_is_not_in_force_gives_nobody_a_partner(status: str) -> None:
    assert count_partnerships([("town", "twin", status)], HOME).with_partner == {}


def test_a_raion_and_a_county_are_no_municipalities() -> None:
    assert sort_of(Label.MUNICIPALITY, "raion", None) == "raion"
    assert sort_of(Label.MUNICIPALITY, "county", None) == "county"
    assert sort_of(Label.MUNICIPALITY, "city", None) == "municipality"
    assert sort_of(Label.MUNICIPALITY, "city", "UA1") == "hromada"
    assert sort_of(Label.METROPOLIS, None, None) == "metropolis"
