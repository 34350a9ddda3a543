"""What is true of a partnership must follow from what was said, whatever order it was said in."""

from hypothesis import given
from hypothesis import strategies as st

from twingraph.graph.dates import is_later, may_coincide, parse_date
from twingraph.graph.derivation import Evidence, derive
from twingraph.graph.model import Label, NodeRef, Partnership, Statement

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


def test_a_later_break_outlives_an_older_list():
    """Else a tie with Smolensk would still stand because an old page lists it."""
    result = merged(
        say("1", status="active", said_on="2016-02"),
        say("2", status="terminated", until="2022-05-11", said_on="2022-05"),
    )
    assert (result.status, result.until, result.disputed) == ("terminated", "2022-05-11", False)


def test_an_undated_list_does_not_outweigh_a_dated_break():
    """Else the newest download would revive what a council has ended; that they differ must show."""
    result = merged(say("1", status="active"), say("2", status="terminated", said_on="2022-05"))
    assert (result.status, result.disputed) == ("terminated", True)


def test_a_plan_never_undoes_what_stands():
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
    assert (result.source_count, result.first_seen, result.last_seen) == (1, "2016", "2022")


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_every_iso_date_is_read_as_it_stands(day, length):
    """Else a date would gain a precision that its source never gave."""
    text = day.isoformat()[:length]
    assert parse_date(text) == text
    assert may_coincide(text, day.isoformat())
    assert not is_later(text, day.isoformat())


@given(st.text(max_size=12))
def test_no_text_makes_a_wrong_date(text):
    """Else an impossible day would stand in the store."""
    try:
        found = parse_date(text)
    except ValueError:
        return
    assert found == text.strip()
