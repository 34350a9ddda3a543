"""What is in force on a day: an ended or planned tie must never be shown to a minister as living."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twingraph.graph.dates import is_later
from twingraph.graph.model import Status
from twingraph.graph.standing import STANDING, status_on, stood_on, today

PARTIAL = st.builds(lambda day, length: day.isoformat()[:length], st.dates(), st.sampled_from([4, 7, 10]))
DAY = "2026-12-01"


@pytest.mark.parametrize(
    ("status", "since", "until", "expected"),
    [
        ("active", None, "2016-05-31", "terminated"),
        ("unknown", None, "2016", "terminated"),
        (None, "1995", "2016-05", "terminated"),
        ("planned", "2015", "2016", "terminated"),
        ("active", None, "2026", "active"),
        ("active", None, "2026-12", "active"),
        ("active", None, "2026-12-01", "active"),
        ("active", None, "2026-11-30", "terminated"),
        ("active", None, "2030", "active"),
        ("suspended", None, "2022-03", "suspended"),
        ("terminated", None, None, "terminated"),
        ("terminated", "2030", None, "terminated"),
        ("active", "2027", None, "planned"),
        ("unknown", "2027-01", None, "planned"),
        ("active", "2026", None, "active"),
        ("suspended", "2027", None, "suspended"),
        ("planned", "2020", None, "planned"),
        ("active", "2027", "2016", "terminated"),
        (None, None, None, "unknown"),
    ],
)
def test_the_status_on_a_day_follows_from_status_and_dates(
    status: str | None, since: str | None, until: str | None, expected: str
) -> None:
    """A tie whose end has passed would otherwise count as one of today."""
    assert status_on(status, since, until, DAY) == expected


@given(st.sampled_from([None, *Status]), st.none() | PARTIAL, st.none() | PARTIAL, PARTIAL)
def test_only_dates_that_leave_no_doubt_change_a_status(
    status: Status | None, since: str | None, until: str | None, day: str
) -> None:
    """A year alone would otherwise end a tie that its own last months still were in force."""
    found = status_on(status, since, until, day)
    if found == (status or Status.UNKNOWN):
        return
    assert status is not Status.SUSPENDED
    if found is Status.TERMINATED:
        assert until is not None
        assert is_later(day, until)
    else:
        assert found is Status.PLANNED
        assert since is not None
        assert is_later(since, day)


@given(st.sampled_from(Status), st.none() | PARTIAL, st.none() | PARTIAL, st.dates(), st.dates())
def test_an_end_is_final(status: Status, since: str | None, until: str | None, one, other) -> None:
    """A tie that is over on one day would otherwise be in force again on a later one."""
    earlier, later = sorted((one.isoformat(), other.isoformat()))
    if status_on(status, since, until, earlier) is Status.TERMINATED:
        assert status_on(status, since, until, later) is Status.TERMINATED


@given(st.sampled_from(Status), st.none() | PARTIAL, st.none() | PARTIAL, st.dates(), st.dates())
def test_an_end_found_on_loading_is_found_on_reading(status: Status, since: str | None, until: str | None, one, other):
    """The status that a load stores would otherwise differ from the one that a question computes later."""
    loaded, read = sorted((one.isoformat(), other.isoformat()))
    stored = status_on(status, since, until, loaded)
    if stored is Status.TERMINATED:
        assert status_on(stored, since, until, read) is status_on(status, since, until, read)


def test_a_status_that_the_model_does_not_have_is_unknown() -> None:
    """One relationship drawn by hand would otherwise break every map of its place."""
    assert status_on("asleep", None, None, DAY) == "unknown"
    assert status_on("asleep", None, "2016", DAY) == "terminated"


@pytest.mark.parametrize(
    ("status", "since", "until", "day", "expected"),
    [
        ("terminated", None, "2022-03-05", "2022-02-24", True),
        ("suspended", "1995", "2022-03", "2022-02-24", True),
        ("terminated", None, None, "2022-02-24", False),
        ("terminated", None, "2030", "2022-02-24", False),
        ("active", None, "2030", "2022-02-24", True),
        ("unknown", None, None, "2022-02-24", True),
        ("active", "2027", None, "2022-02-24", False),
        ("active", "2027", None, "2028", True),
        ("planned", "2020", None, "2022-02-24", False),
        ("terminated", None, "2026", DAY, False),
        ("suspended", None, DAY, DAY, False),
        ("active", None, "2030", "2031", False),
    ],
)
def test_the_past_is_shown_as_it_was(
    status: str, since: str | None, until: str | None, day: str, expected: bool
) -> None:
    """The number of ties on the day of the invasion would otherwise lack those that ended since."""
    assert stood_on(status, since, until, day, now=DAY) is expected


@given(st.sampled_from(Status), st.none() | PARTIAL, st.none() | PARTIAL, st.dates())
def test_a_tie_stands_today_exactly_if_its_status_does(
    status: Status, since: str | None, until: str | None, day
) -> None:
    """A list of what is in force would otherwise differ from the network of the same day."""
    now = day.isoformat()
    assert stood_on(status, since, until, now, now=now) is (status_on(status, since, until, now) in STANDING)


def test_today_is_a_day() -> None:
    assert len(today()) == 10
