"""A relationship must follow from its statements alone, in whatever order they are loaded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twingraph.graph.derivation import Evidence, derive, derive_act
from twingraph.graph.model import (
    Application,
    Flow,
    Label,
    Membership,
    NodeRef,
    Participation,
    Partnership,
    Relation,
    Statement,
)

A, B = NodeRef(Label.MUNICIPALITY, "geonames:1"), NodeRef(Label.MUNICIPALITY, "geonames:2")
BARE = Partnership(start=A, end=B, id="p", kind="twin_town", status="unknown")
DAYS = st.sampled_from([None, "2014", "2022", "2022-02", "2022-02-26", "2022-03-01", "2023-07-17"])
STATEMENTS = st.builds(
    Statement,
    id=st.uuids().map(str),
    dataset=st.just("d"),
    status=st.sampled_from([None, "active", "planned", "suspended", "terminated", "unknown"]),
    said_on=DAYS,
    since=DAYS,
    until=DAYS,
    signed_by=st.lists(st.sampled_from(["Kubik", "Sukhomlyn"]), unique=True).map(tuple),
)


def merged(*said: Statement):
    return derive(BARE, [Evidence(s, f"page:{s.id}", "2026-01-01") for s in said])


def say(identity: str, **what: object) -> Statement:
    return Statement(id=identity, dataset="d", **what)  # type: ignore[arg-type]


@given(st.lists(STATEMENTS, min_size=1, max_size=5, unique_by=lambda s: s.id), st.randoms())
def test_the_order_of_loading_changes_nothing(said, random):
    """Else two people who load the same files would see different partnerships."""
    shuffled = list(said)
    random.shuffle(shuffled)
    assert merged(*said) == merged(*shuffled)


def test_a_later_end_outweighs_an_older_list():
    """Else a partnership with Smolensk would still be active because an old page lists it."""
    result = merged(
        say("1", status="active", said_on="2016-02"),
        say("2", status="terminated", until="2022-05-11", said_on="2022-05"),
    )
    assert (result.status, result.until, result.disputed) == ("terminated", "2022-05-11", False)


def test_an_undated_list_does_not_outweigh_a_dated_break():
    """Else the newest download would revive what a council has ended; the disagreement must show."""
    result = merged(say("1", status="active"), say("2", status="terminated", said_on="2022-05"))
    assert (result.status, result.disputed) == ("terminated", True)


def test_a_plan_never_replaces_an_active_partnership():
    """Else talks about a renewal would turn an active partnership into a plan."""
    assert (
        merged(say("1", status="active", said_on="2010"), say("2", status="planned", said_on="2024")).status == "active"
    )


def test_the_more_precise_date_is_kept_and_a_contradiction_shows():
    """Else Liubar's two signing days would be one silent guess."""
    assert merged(say("1", since="2023"), say("2", since="2023-06-19")).since == "2023-06-19"
    assert not merged(say("1", since="2023"), say("2", since="2023-06-19")).disputed
    assert merged(say("1", since="2023-07-19"), say("2", since="2023-06-19")).disputed


def test_sources_are_counted_once_and_seen_days_span_them():
    """Else one page that says a thing twice would look like two witnesses."""
    said = [Evidence(say("1", said_on="2016"), "page"), Evidence(say("2", said_on="2022"), "page")]
    result = derive(BARE, said)
    assert (result.source_count, result.first_said, result.last_said) == (1, "2016", "2022")


def test_a_report_of_the_end_outweighs_an_older_list_with_a_later_date_in_it():
    """Else an agreement "until 2030" listed in 2020 would stay active after the council ended it in 2023."""
    result = merged(
        say("1", status="active", until="2030", said_on="2020"), say("2", status="terminated", said_on="2023")
    )
    assert (result.status, result.until, result.disputed) == ("terminated", None, False)


def test_a_planned_date_does_not_make_a_plan_newer():
    """Else a plan of 2020 for 2030 would replace the dates of a report of 2024."""
    result = merged(
        say("1", status="planned", since="2030", said_on="2020"),
        say("2", status="active", since="2024-03", said_on="2024"),
    )
    assert (result.status, result.since) == ("active", "2024-03")


def test_the_approving_body_is_that_of_the_newest_statement_that_has_one():
    """Else a minister would read the name of a body that was replaced years ago."""
    statements = [
        say("3", approved_by="first council", said_on="2001"),
        say("1", approved_by="latest council", said_on="2023"),
        say("2", said_on="2024"),
    ]
    for each in (statements, statements[::-1]):
        assert derive_act("agreement:1", [Evidence(s, f"page:{s.id}") for s in each]).approved_by == "latest council"


def test_an_end_counts_among_statements_that_cannot_be_ordered():
    """Else the hash of a row would decide whether a partnership is active."""
    for ids in ("12", "21"):
        undated = merged(say(ids[0], status="terminated"), say(ids[1], status="active"))
        assert (undated.status, undated.disputed) == ("terminated", True)
        same_year = merged(
            say(ids[0], status="terminated", said_on="2022"), say(ids[1], status="active", said_on="2022-05")
        )
        assert (same_year.status, same_year.disputed) == ("terminated", True)
    agreed = merged(say("1", status="terminated"), say("2", status="terminated"))
    assert (agreed.status, agreed.disputed) == ("terminated", False)


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ((), "unknown"),
        (("unknown",), "unknown"),
        (("unknown", "planned"), "planned"),
        (("planned", "active"), "active"),
    ],
)
def test_a_status_is_known_where_any_statement_has_one(statuses: tuple[str, ...], expected: str):
    """Else a partnership without a status would look active, or a plan would be lost."""
    result = merged(say("0"), *(say(str(n), status=status) for n, status in enumerate(statuses, 1)))
    assert (result.status, result.disputed) == (expected, False)


def test_facts_outweigh_plans_and_the_day_of_reading_orders_nothing():
    """Else the names of two undated tables would be in the order in which somebody downloaded them."""
    one, other = say("2", signed_by=("Kubik",)), say("1", signed_by=("Sukhomlyn",))
    for days in (("2024", "2025"), ("2025", "2024")):
        act = derive_act("agreement:1", [Evidence(one, "a", days[0]), Evidence(other, "b", days[1])])
        assert act.signed_by == ("Kubik", "Sukhomlyn")
    plan, fact = say("2", status="planned", since="2031"), say("1", status="active", since="2009")
    assert merged(plan, fact).since == "2009"


def test_the_day_of_retrieval_is_not_the_day_on_which_a_source_spoke():
    """Else an undated pre-war list would be "last stated" on the day on which somebody downloaded it."""
    evidence = [Evidence(say("1"), "a", "2024-05-01"), Evidence(say("2", said_on="2022"), "b", "2025-01-01")]
    result = derive(BARE, evidence)
    assert (result.source_count, result.first_said, result.last_said) == (2, "2022", "2022")
    undated = derive(BARE, [Evidence(say("1"), "a", "2026-11-23")])
    assert (undated.first_said, undated.last_said) == (None, None)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"status": "active"}, {"status": "suspended"}),
        ({"since": "2001"}, {"since": "2002"}),
        ({"until": "2001"}, {"until": "2002"}),
    ],
)
def test_a_disagreement_about_status_or_dates_shows(first: dict[str, str], second: dict[str, str]):
    """Else an analyst would quote one source and not know of the other."""
    assert merged(say("1", said_on="2020", **first), say("2", said_on="2020", **second)).disputed
    assert not merged(say("1", said_on="2020", **first), say("2", said_on="2020", **first)).disputed


def test_a_partnership_without_statements_is_refused():
    with pytest.raises(ValueError, match="no statement is about p"):
        derive(BARE, [])


def test_the_other_relationships_follow_from_their_statements_too():
    """Else the answer to an application, or the first day of a membership, would depend on the order of loading."""
    old = Evidence(say("1", status="open", since="2024", until="2025", themes=("water",), words="first"), "a", "2024")
    new = Evidence(say("2", status="matched", since="2024-05", until="2026", words="second"), "b", "2025")
    application = derive(Application(start=A, end=B, id="p"), [old, new])
    assert application == Application(
        start=A, end=B, id="p", stated="2024-05", until="2026", status="matched", themes=("water",),
        source_ids=("a", "b"),
    )  # fmt: skip
    membership = derive(Membership(start=A, end=B, id="p"), [new, old])
    assert (membership.since, membership.until, membership.note) == ("2024-05", "2026", "second")
    assert derive(Participation(start=A, end=B, id="p"), [old]).since == "2024"
    flow = Flow(relation=Relation.HOSTED, start=A, end=B, id="p", goods="people", amount=3.0, unit="people")
    derived = derive(flow, [old])
    assert (derived.relation, derived.amount, derived.note, derived.source_ids) == ("HOSTED", 3.0, "first", ("a",))


def test_a_newer_report_outweighs_an_older_end():
    """Else a partnership that was renewed after its end would stay terminated."""
    result = merged(say("1", status="terminated", said_on="2016"), say("2", status="active", said_on="2022"))
    assert (result.status, result.disputed) == ("active", False)
    for ids in ("12", "21"):
        unordered = merged(say(ids[0], status="active"), say(ids[1], status="suspended"))
        assert unordered.disputed


def test_equal_statements_are_ordered_by_their_dates():
    """Else the hash of a row would decide which of two contradictory dates is shown."""
    for ids in ("12", "21"):
        assert merged(say(ids[0], since="2001"), say(ids[1], since="2002")).since == "2002"
        assert merged(say(ids[0], until="2001"), say(ids[1], until="2002")).until == "2002"
