"""A scope read from either engine: what a map would lose if the reading were wrong."""

import pytest

from fixtures.maps import SmallNetwork
from fixtures.writing import write
from twingraph.errors import UnknownNameError
from twingraph.graph.model import Label, Relation
from twingraph.graph.store import Store
from twingraph.queries.scope import Scope, read_between, read_scope

ZHYTOMYR = Scope(Label.REGION, "UA-18")


@pytest.fixture
def filled(store: Store, small_network: SmallNetwork) -> Store:
    write(store, small_network.nodes, small_network.edges)
    return store


def test_an_oblast_comes_with_its_towns_their_partners_and_nothing_of_other_oblasts(filled: Store) -> None:
    found = read_scope(filled, ZHYTOMYR)
    assert {"geonames:1", "geonames:2", "geonames:3"} <= set(found.home)
    names = {place.name for place in found.municipalities}
    assert {"Zhytomyr", "Korosten", "Malyn", "Rawicz", "Wabash", "Lviv", "Kolling"} <= names
    assert "geonames:4|geonames:7" not in {item.id for item in found.partnerships}
    assert found.partnerships_in_store == len(found.partnerships) + 1


def test_two_kinds_of_one_pair_are_one_partnership_with_two_acts(filled: Store) -> None:
    found = read_scope(filled, ZHYTOMYR)
    (pair,) = (item for item in found.partnerships if "geonames:5" in item.id)
    assert (pair.kinds, pair.since) == (("partnership_agreement", "twin_town"), "2022-12-23")
    acts = {stored.agreement.id: stored for stored in found.agreements}
    assert acts["act:signed"].agreement.signed_by == ("Serhii S. (mayor)", "Grzegorz K.")
    assert [ref.id for ref in acts["act:signed"].parties] == ["geonames:1", "geonames:5", "geonames:6"]
    assert acts["act:planned"].agreement.status == "planned"


def test_a_metropolis_brings_its_members_even_those_without_ties(filled: Store) -> None:
    found = read_scope(filled, ZHYTOMYR)
    assert [item.start.id for item in found.memberships] == ["geonames:6", "geonames:7"]
    assert [item.name for item in found.metropolises] == ["Metropolia Gdańsk"]


def test_aid_to_home_and_hosting_for_the_country_at_large_are_listed_with_their_direction(filled: Store) -> None:
    found = read_scope(filled, ZHYTOMYR)
    (aid,), (hosting,) = found.flows, found.flows_at_large
    assert (aid.relation, aid.start.id, aid.end.id) == (Relation.SENT_AID, "geonames:5", "geonames:1")
    assert (hosting.relation, hosting.end, hosting.amount) == (Relation.HOSTED, (Label.COUNTRY, "UA"), 650)


def test_aid_between_two_sides_joins_the_two_and_a_whole_network_has_all(filled: Store) -> None:
    """A map of France and Germany said 13 deliveries, of which none went from one to the other."""
    zhytomyr, poland, states = ZHYTOMYR, Scope(Label.COUNTRY, "PL"), Scope(Label.COUNTRY, "US")
    assert [flow.start.id for flow in read_between(filled, zhytomyr, poland).flows] == ["geonames:5"]
    assert read_between(filled, zhytomyr, states).flows == ()
    assert len(read_scope(filled, Scope()).flows) == 2


def test_each_statement_names_its_page_and_the_datasets_come_along(filled: Store) -> None:
    found = read_scope(filled, ZHYTOMYR)
    assert {saying.statement.id: saying.sources for saying in found.statements} == {
        "s1": ("page:1",),
        "s2": ("page:1",),
        "s3": ("page:2",),
    }
    assert [source.id for source in found.sources] == ["page:1", "page:2", "partnerships"]
    assert {saying.row for saying in found.statements} == {7}


def test_regions_and_countries_come_along(filled: Store) -> None:
    found = read_scope(filled, ZHYTOMYR)
    assert found.region_of["geonames:2"] == "UA-18"
    assert found.country_of["geonames:8"] == "US"
    assert {country.id for country in found.countries} == {"UA", "PL", "US", "FJ"}


def test_the_same_store_gives_the_same_subgraph(filled: Store) -> None:
    assert read_scope(filled, ZHYTOMYR) == read_scope(filled, ZHYTOMYR)


@pytest.mark.parametrize(
    ("scope", "ties"),
    [
        (Scope(Label.MUNICIPALITY, "geonames:2"), 3),
        (Scope(Label.COUNTRY, "US"), 1),
        (Scope(Label.METROPOLIS, "metropolis:PL/gdansk"), 3),
        (Scope(), 14),
    ],
)
def test_other_scopes(filled: Store, scope: Scope, ties: int) -> None:
    assert len(read_scope(filled, scope).partnerships) == ties


def test_an_unknown_id_is_reported(filled: Store) -> None:
    with pytest.raises(UnknownNameError, match="UA-99"):
        read_scope(filled, Scope(Label.REGION, "UA-99"))
