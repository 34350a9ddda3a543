"""Partial dates must keep the precision of their source, and never be impossible days."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twingraph.graph.dates import is_later, may_coincide, parse_date, precision


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_every_iso_date_is_read_as_written(day, length):
    """Else a date would gain a precision that its source never gave."""
    text = day.isoformat()[:length]
    assert parse_date(text) == text
    assert may_coincide(text, day.isoformat())
    assert not is_later(text, day.isoformat())


@given(st.text(max_size=12))
def test_no_text_makes_a_wrong_date(text):
    """Else an impossible day would be in the store."""
    try:
        found = parse_date(text)
    except ValueError:
        return
    assert found == text.strip()


@pytest.mark.parametrize(
    "text", ["2022-13", "2022-02-30", "2022-00", "0000", "22", "2022-1", "2022-01-01x", "x2022", ""]
)
def test_an_impossible_or_partly_readable_date_is_refused(text: str):
    """Else "2022-02-30" would be sorted and compared as if it were a day."""
    with pytest.raises(ValueError, match=r"is not a date|is no day of the calendar"):
        parse_date(text)


def test_spaces_around_a_date_are_ignored():
    assert parse_date(" 2022-11 ") == "2022-11"


def test_dates_are_compared_as_far_as_both_are_known():
    """Else "2022" and "2022-11" would look like a contradiction."""
    assert [precision(text) for text in ("2022", "2022-11", "2022-11-23")] == [1, 2, 3]
    assert may_coincide("2022", "2022-11")
    assert may_coincide("2022-11-23", "2022-11")
    assert not may_coincide("2022-10", "2022-11")
    assert is_later("2022-11", "2022-10")
    assert is_later("2023", "2022-11")
    assert not is_later("2022-10", "2022-11")
    assert not is_later("2022-11", "2022-11")
