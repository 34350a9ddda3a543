"""What is in force on a day: an ended or planned tie must never be shown to a minister as living."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twingraph.graph.dates import is_later
from twingraph.graph.model import Status
from twingraph.graph.standing import status_on, today

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


def test_a_status_that_does_not_exist_is_refused() -> None:
    """A misspelt status would otherwise be taken for one that is known."""
    with pytest.raises(ValueError, match="asleep"):
        status_on("asleep", None, None, DAY)


def test_today_is_a_day() -> None:
    assert len(today()) == 10
