"""What began, ended and was active over time: a wave that is not in the dates would be reported as history."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from twingraph.graph.model import Label
from twingraph.queries.analyses.network import Network, NetworkPlace, Tie
from twingraph.queries.analyses.timeline import timeline
from twingraph.queries.filters import Filters

PLACES = tuple(
    NetworkPlace(id=name, label=Label.MUNICIPALITY, name=name, country=country)
    for name, country in (("a", "UA"), ("b", "PL"), ("c", "DE"))
)


def network(*ties: Tie) -> Network:
    return Network(places=PLACES, ties=tuple(replace(tie, id=str(number)) for number, tie in enumerate(ties)))


def tie(since: str | None = None, until: str | None = None, status: str = "active", end: int = 1) -> Tie:
    return Tie(start=0, end=end, id="", kind="twin_town", status=status, since=since, until=until)


def test_years_known_by_hand() -> None:
    found = timeline(
        network(
            tie("2019"),
            tie("2020-05", "2022-03-01", "terminated"),
            tie(None, "2021", "terminated"),
            tie("2020", None, "suspended"),
            tie(None),
            tie("2023", None, "planned"),
        )
    )
    rows = [(each.period, each.new, each.ended, each.standing, each.undated, each.planned) for each in found.periods]
    assert rows == [
        ("2019", 1, 0, 1, 2, 0),
        ("2020", 2, 0, 2, 2, 0),
        ("2021", 0, 1, 2, 1, 0),
        ("2022", 0, 1, 1, 1, 0),
        ("2023", 0, 0, 1, 1, 1),
    ]
    coverage = found.coverage
    assert (coverage.ties, coverage.begun, coverage.begun_percent) == (5, 3, 60.0)
    assert (coverage.over, coverage.over_dated, coverage.over_percent) == (3, 2, 66.7)
    assert (coverage.planned, coverage.planned_dated) == (1, 1)


def test_a_year_without_a_month_is_in_no_month_and_is_active_from_december() -> None:
    """A year put into January would make a wave that never was."""
    found = timeline(network(tie("2022"), tie("2022-11-23")), by="month")
    assert [(each.period, each.new, each.standing) for each in found.periods] == [
        ("2022-11", 1, 1),
        ("2022-12", 0, 2),
    ]
    assert (found.coverage.begun, found.coverage.coarse) == (1, 1)


def test_a_tie_of_two_countries_counts_for_both_and_once_in_all() -> None:
    ties = network(tie("2020"), tie("2020", end=2))
    by_country = {each.country: each.new for each in timeline(ties, each_country=True).periods}
    assert by_country == {"DE": 1, "PL": 1, "UA": 2}
    assert timeline(ties, countries=["UA", "PL"]).coverage.ties == 2
    assert [each.new for each in timeline(ties).periods] == [2]


def test_periods_before_the_window_count_in_what_stands() -> None:
    found = timeline(network(tie("1999"), tie("2005")), first="2003", last="2006")
    assert [(each.period, each.new, each.standing) for each in found.periods] == [
        ("2003", 0, 1), ("2004", 0, 1), ("2005", 1, 2), ("2006", 0, 2),
    ]  # fmt: skip


def test_an_end_that_has_passed_is_an_end_whatever_the_status() -> None:
    """A tie of Wikidata has no status, and would be reported as in force though its end is known."""
    found = timeline(network(tie("2019", "2021", "unknown"), tie("2019", "2999"), tie("2019", "2999", "terminated")))
    assert [(each.new, each.ended, each.standing) for each in found.periods[:3]] == [(3, 0, 2), (0, 0, 2), (0, 1, 1)]
    assert (found.coverage.over, found.coverage.over_dated, found.coverage.unknown) == (2, 1, 0)
    assert timeline(network(tie("2019", None, "unknown"))).coverage.unknown == 1


def test_without_a_date_there_is_no_period() -> None:
    found = timeline(network(tie()))
    assert (found.periods, found.coverage.begun_percent) == ((), 0.0)
    assert timeline(network()).coverage.begun_percent is None


def test_a_date_far_off_does_not_fill_the_page() -> None:
    """One misspelt year, 0202 for 2020, would print thousands of empty months."""
    assert [each.period for each in timeline(network(tie("0202"), tie("2020-01")), by="month").periods] == [
        "0202-12",
        "2020-01",
    ]


days = st.one_of(
    st.none(),
    st.builds(
        "{:04}-{:02}-{:02}".format, st.integers(2000, 2004), st.integers(1, 12), st.integers(1, 27)
    ),
)  # fmt: skip
ties = st.lists(
    st.builds(tie, days, days, st.sampled_from(["active", "unknown", "terminated", "suspended", "planned"])), max_size=8
)


@given(ties)
def test_active_ties_are_those_active_on_the_last_day(drawn: list[Tie]) -> None:
    """`timeline` and `--as-of` must not give two numbers for one day."""
    for each in timeline(network(*drawn)).periods:
        active = sum(Filters(as_of=f"{each.period}-12-31").accepts(one) for one in drawn)
        assert each.standing + each.undated == active


@given(ties)
def test_every_dated_tie_is_new_once(drawn: list[Tie]) -> None:
    found = timeline(network(*drawn))
    assert sum(each.new for each in found.periods) == found.coverage.begun
    assert sum(each.ended for each in found.periods) == found.coverage.over_dated
