"""Which statements of a pair are one act: an analyst counts acts, and a minister quotes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twingraph.graph.acts import describes_act, group_statements
from twingraph.graph.derivation import Evidence, derive_act, derive_pair
from twingraph.graph.model import Kind, Label, NodeRef, Partnership, Statement, Status
from twingraph.graph.standing import status_on

A, B = NodeRef(Label.MUNICIPALITY, "geonames:1"), NodeRef(Label.MUNICIPALITY, "geonames:2")
BARE = Partnership(start=A, end=B, id="geonames:1|geonames:2", kind="other", status="unknown")
DAYS = st.sampled_from([None, "1996", "2014", "2022", "2022-02", "2022-02-26", "2022-03-01", "2023-07-17"])
STATEMENTS = st.builds(
    Statement,
    id=st.uuids().map(str),
    dataset=st.just("d"),
    kind=st.sampled_from([None, *map(str, Kind)]),
    status=st.sampled_from([None, *map(str, Status)]),
    said_on=DAYS,
    since=DAYS,
    until=DAYS,
    signed_by=st.lists(st.sampled_from(["Kubik", "Sukhomlyn"]), unique=True).map(tuple),
    agreement=st.sampled_from([None, None, "Pact of nine cities"]),
)


def evidence(*statements: Statement) -> list[Evidence]:
    return [Evidence(each, f"page:{each.id}") for each in statements]


def say(identity: str, kind: str = "twin_town", status: str = "active", **facts: object) -> Statement:
    return Statement(id=identity, dataset="d", kind=kind, status=status, **facts)  # type: ignore[arg-type]


def pair(*statements: Statement) -> Partnership:
    return derive_pair(BARE, evidence(*statements))[0]


def acts(*statements: Statement) -> set[frozenset[str]]:
    groups = group_statements(evidence(*statements))
    return {frozenset(item.statement.id for item in group.own) for group in groups if group.is_act}


@given(st.lists(STATEMENTS, min_size=1, max_size=6, unique_by=lambda each: each.id), st.randoms())
def test_the_order_of_loading_changes_neither_acts_nor_the_pair(statements, random):
    """Else two analysts who load the same files would count different acts."""
    shuffled = list(statements)
    random.shuffle(shuffled)
    assert derive_pair(BARE, evidence(*statements)) == derive_pair(BARE, evidence(*shuffled))


@given(st.lists(STATEMENTS, min_size=1, max_size=6, unique_by=lambda each: each.id))
def test_no_statement_is_lost_or_counted_twice(statements):
    """Else an act would rest on nothing, or one page would be two witnesses."""
    groups = group_statements(evidence(*statements))
    own = [item.statement.id for group in groups for item in group.own]
    assert len(own) == len(set(own))
    ends = {item.statement.id for group in groups for item in group.ends}
    assert set(own) | ends | {s.id for s in statements if s.status in {"terminated", "suspended"}} == {
        s.id for s in statements
    }


def test_two_words_for_one_signing_are_one_act():
    """Else Lviv and Brno would be two partnerships because two pages use two words."""
    listed = say("1", since="2024-06", said_on="2024-08-01")
    signed = say("2", "partnership_agreement", since="2024-06-04", said_on="2024-06-04", signed_by=("A. Sadovyi",))
    assert acts(listed, signed) == {frozenset("12")}
    found = pair(listed, signed)
    assert (found.kind, found.since, found.agreement_count, found.source_count) == ("twin_town", "2024-06-04", 1, 2)


def test_what_is_in_force_and_what_one_page_plans_beside_it_are_two_acts():
    """Else Zhytomyr and Dortmund would lose the twinning that they plan, or their solidarity partnership."""
    solidarity = say("1", "solidarity_partnership", since="2023-02-23", said_on="2023-02-23")
    plan = say("2", "twin_town", "planned", said_on="2023-02-23")
    assert acts(solidarity, plan) == {frozenset("1"), frozenset("2")}
    found = pair(solidarity, plan)
    assert (found.status, found.kind, found.kinds) == (
        "active", "solidarity_partnership", ("solidarity_partnership", "twin_town"),
    )  # fmt: skip


def test_a_plan_that_was_carried_out_is_one_act():
    """Else every agreement that was announced would be counted as planned for ever."""
    plan = say("1", "memorandum", "planned", said_on="2022-05")
    done = say("2", "partnership_agreement", since="2022-09-01", said_on="2022-09-02")
    assert acts(plan, done) == {frozenset("12")}
    assert pair(plan, done).status == "active"


def test_acts_of_different_years_stay_apart_and_the_first_began_the_pair():
    """Else the memorandum of 2021 would hide that Berdychiv and Jawor are twins since 2000."""
    twins = say("1", since="2000", said_on="2021-12")
    memorandum = say("2", "memorandum", since="2021-10", said_on="2021-12", signed_by=("X",))
    assert acts(twins, memorandum) == {frozenset("2")}
    found = pair(twins, memorandum)
    assert (found.kind, found.since, found.agreement_count) == ("twin_town", "2000", 1)


def test_an_old_source_does_not_describe_a_later_act():
    """Else a report of 2020 would be taken for one of the signing of 2023."""
    assert acts(
        say("1", "partnership_agreement", said_on="2020-05-16"), say("2", since="2023-02-02", approved_by="Council")
    ) == {frozenset("1"), frozenset("2")}


def test_an_end_ends_what_was_stated_before_it():
    """Else one forgotten memorandum would keep a partnership with Kursk in force after the council ended it."""
    found = pair(
        say("1", since="1998", said_on="2015"),
        say("2", "memorandum", since="2010-05", said_on="2012", signed_by=("X",)),
        say(
            "3", "partnership_agreement", "terminated", until="2022-03-05", said_on="2022-03-05", approved_by="Council"
        ),
    )
    assert (found.status, found.until) == ("terminated", "2022-03-05")


def test_a_partnership_that_ended_and_began_again_is_in_force():
    """Else Weimar and Trier would be divorced since 1985."""
    found = pair(say("1", since="1970", until="1985"), say("2", since="1991"))
    assert (found.status, found.since, found.until) == ("active", "1970", None)


def test_a_later_word_outweighs_an_older_promise():
    """Else "until 2030", written in 2015, would keep Rivne and Rzeszów together after the end of 2022."""
    found = pair(
        say("1", since="2015", until="2030-12-31", said_on="2015-06-01"),
        say("2", status="terminated", until="2022-03-05", said_on="2022-03-05"),
    )
    assert (found.status, found.until, found.disputed) == ("terminated", "2022-03-05", False)


@pytest.mark.parametrize("status", ["active", "unknown"])
def test_an_end_in_the_past_is_an_end_whatever_the_status(status: str):
    """Else every partnership of Wikidata that ended would still be in force."""
    assert pair(say("1", status=status, until="2010")).status == "terminated"


def test_one_title_is_one_act_and_two_titles_are_two():
    """Else a pact of nine cities would be thirty-six agreements, or two treaties one."""
    first = say("1", agreement="Pact of nine cities", since="2022-05")
    second = say("2", agreement="Water treaty", since="2022-05")
    page = [Evidence(first, "page"), Evidence(second, "page")]
    _pair, found = derive_pair(BARE, page)
    assert len({act.id for act in found}) == 2
    third = NodeRef(Label.MUNICIPALITY, "geonames:3")
    other = Partnership(start=A, end=third, id="geonames:1|geonames:3", kind="other", status="unknown")
    same = Evidence(say("3", agreement="Pact of nine cities", since="2022-05"), "page")
    _other, elsewhere = derive_pair(other, [same])
    assert elsewhere[0].id in {act.id for act in found}


@pytest.mark.parametrize("title", ["Угода про співробітництво", "Memorandum of Understanding 2022", "Договір № 5"])
def test_a_title_that_any_agreement_has_joins_no_other_pair(title):
    """Else a register of two hundred cooperation agreements would be one act of two hundred places."""
    third = NodeRef(Label.MUNICIPALITY, "geonames:3")
    other = Partnership(start=A, end=third, id="geonames:1|geonames:3", kind="other", status="unknown")
    ids = {derive_pair(each, evidence(say("1", agreement=title, since="2022")))[1][0].id for each in (BARE, other)}
    assert len(ids) == 2


def test_long_titles_that_begin_alike_are_two():
    """Else the agreements of one council with two cities would be one of three parties."""
    begin = (
        "Agreement on cooperation in culture, education, sport and youth of the council of Zhytomyr with the city of "
    )
    first, second = say("1", agreement=begin + "Kutno", since="2022"), say("2", agreement=begin + "Bytom", since="2022")
    assert len({act.id for act in derive_pair(BARE, evidence(first, second))[1]}) == 2


def test_a_titled_end_without_a_beginning_is_that_of_its_title():
    """Else the end of a pact would be an act of its own, and the pact in force."""
    pact = say("1", agreement="Pact of nine cities", since="2019", said_on="2019")
    end = say("2", status="terminated", agreement="Pact of nine cities", until="2022", said_on="2022")
    assert acts(pact, end) == {frozenset({"1", "2"})}
    assert pair(pact, end).status == "terminated"
    again = say("3", agreement="Pact of nine cities", since="2024", said_on="2024")
    assert {frozenset({"1"}), frozenset({"3"})} <= acts(pact, end, again)


def test_what_begins_later_comes_into_force_without_another_load():
    """Else a partnership from next January would be called planned for ever."""
    later = say("1", since="2999", said_on="2026")
    assert (pair(later).status, pair(later).since) == ("active", "2999")
    ended = say("2", status="terminated", kind="friendship", since="1990", until="2020", said_on="2021")
    both = pair(later, ended)
    assert (both.status, both.since) == ("active", "2999")
    assert status_on(both.status, both.since, both.until, "2026-12-01") == "planned"
    assert pair(say("3", since="1990", until="2020")).status == "terminated"
    (act,) = derive_pair(BARE, evidence(say("4", kind="memorandum", since="2999")))[1]
    assert derive_act(act.id, act.group.own).status == "active"


def test_a_bare_list_makes_no_act():
    """Else a million bare pairs would cost a million agreements that nobody signed."""
    assert not describes_act(say("1", since="1996"))
    assert derive_pair(BARE, evidence(say("1", since="1996")))[1] == ()


def test_an_act_names_who_signed_and_who_decided_last():
    """Else the card of a partnership would have no signatories."""
    act = derive_act(
        "agreement:1",
        evidence(
            say("1", since="2022-12-23", said_on="2022-12-23", signed_by=("Sukhomlyn",), approved_by="Committee"),
            say("2", said_on="2023-01", signed_by=("Kubik",)),
        ),
    )
    assert (act.signed_by, act.approved_by, act.since) == (("Kubik", "Sukhomlyn"), "Committee", "2022-12-23")
