"""The profile of a place: nothing that a source said of it may be missing or on the wrong side."""

import pytest

from fixtures import network as net
from fixtures.writing import ref
from twingraph.errors import UnknownNameError
from twingraph.graph.model import Label, NodeRef
from twingraph.graph.store import Store
from twingraph.queries.profile import read_profile


def test_a_municipality_comes_with_every_partner_and_what_was_said(network: Store) -> None:
    profile = read_profile(network, ref(net.ZHYTOMYR))
    assert {(tie.partner.ref.id, tie.partnership.kind) for tie in profile.ties} == {
        (net.RAWICZ.id, "partnership_agreement"),
        (net.GDYNIA.id, "twin_town"),
        (net.KAMIANETS.id, "memorandum"),
        (net.TRICITY.id, "metropolis_cooperation"),
        (net.PARIS.id, "twin_town"),
    }
    (rawicz,) = (tie for tie in profile.ties if tie.partner.ref.id == net.RAWICZ.id)
    (act,) = rawicz.agreements
    (said,) = act.statements
    assert (act.agreement.approved_by, rawicz.bare_statements) == ("Executive committee", ())
    assert (said.statement.words, said.row) == ("Helped from the first day", 2)
    assert said.source is not None
    assert said.source.url == "https://town.example/1"
    assert profile.subject.region is not None
    assert (profile.subject.region.id, rawicz.partner.country and rawicz.partner.country.id) == ("UA-18", "PL")


def test_where_sources_disagree_both_are_there_the_latest_first(network: Store) -> None:
    profile = read_profile(network, ref(net.ZHYTOMYR))
    (disputed,) = (tie for tie in profile.ties if tie.partnership.disputed)
    assert [said.statement.status for said in disputed.statements] == ["terminated", "active"]


def test_a_pair_in_one_country_is_domestic_and_no_other(network: Store) -> None:
    profile = read_profile(network, ref(net.ZHYTOMYR))
    assert [tie.partner.ref.id for tie in profile.ties if tie.domestic] == [net.KAMIANETS.id]


def test_an_end_without_a_country_is_never_domestic(network: Store) -> None:
    (tie,) = read_profile(network, ref(net.NOWHERE)).ties
    assert not tie.domestic


def test_aid_is_seen_from_both_sides(network: Store) -> None:
    received = read_profile(network, ref(net.ZHYTOMYR)).flows
    given = read_profile(network, ref(net.RAWICZ)).flows
    assert {(shown.direction, shown.flow.id) for shown in received} == {("received", "aid"), ("country", "hosted")}
    assert {(shown.direction, shown.flow.id) for shown in given} == {("given", "aid"), ("given", "hosted")}


def test_a_metropolis_shows_its_members_and_a_member_its_metropolis(network: Store) -> None:
    metropolis = read_profile(network, ref(net.TRICITY))
    member = read_profile(network, ref(net.GDYNIA))
    assert [each.place.ref.id for each in metropolis.members] == [net.GDYNIA.id]
    assert [each.place.ref.id for each in member.member_of] == [net.TRICITY.id]
    assert metropolis.members[0].statements[0].statement.words == "Named core city"


def test_an_oblast_shows_its_municipalities_ties_and_who_has_none(network: Store) -> None:
    profile = read_profile(network, NodeRef(Label.REGION, "UA-18"))
    assert {tie.home.ref.id for tie in profile.ties} == {net.ZHYTOMYR.id}
    assert len(profile.ties) == 5


def test_a_country_counts_a_domestic_tie_once(network: Store) -> None:
    profile = read_profile(network, NodeRef(Label.COUNTRY, "UA"))
    assert len([tie for tie in profile.ties if tie.domestic]) == 1
    assert [place.ref.id for place in profile.without] == [net.HROMADA.id]


def test_an_unknown_place_is_reported(network: Store) -> None:
    with pytest.raises(UnknownNameError):
        read_profile(network, NodeRef(Label.MUNICIPALITY, "geonames:0"))


@pytest.mark.neo4j
@pytest.mark.parametrize("node", [net.ZHYTOMYR, net.TRICITY, net.REGIONS[0], net.COUNTRIES[0], net.COUNTRIES[1]])
def test_both_engines_show_the_same(stores: tuple[Store, Store], node: object) -> None:
    """An analyst who moves to a server would find another answer there."""
    for store in stores:
        net.fill(store)
    embedded, server = (read_profile(store, ref(node)) for store in stores)
    assert embedded == server
