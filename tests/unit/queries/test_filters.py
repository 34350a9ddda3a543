"""Which ties are meant by kind, status, theme and date, the dates that nobody knows exactly among them."""

import re
from dataclasses import replace

import pytest

from twingraph.errors import ConfigError
from twingraph.graph.model import Kind, Label, NodeRef, Partnership, Status
from twingraph.queries.filters import Filters

TIE = Partnership(
    start=NodeRef(Label.MUNICIPALITY, "a"), end=NodeRef(Label.MUNICIPALITY, "b"), id="a|b|twin_town",
    kind="twin_town", status="active", themes=("Culture", "water"),
)  # fmt: skip


def test_nothing_asked_keeps_everything() -> None:
    assert Filters().accepts(TIE)
    assert not Filters()
    assert Filters().describe() == ""


def test_kind_status_and_theme_must_all_hold() -> None:
    """An office that asks for active twin towns would count contacts and ended ties too."""
    assert Filters(kinds=frozenset({Kind.TWIN_TOWN, Kind.CONTACT}), statuses=frozenset({Status.ACTIVE})).accepts(TIE)
    assert not Filters(kinds=frozenset({Kind.CONTACT}), statuses=frozenset({Status.ACTIVE})).accepts(TIE)
    assert not Filters(statuses=frozenset({Status.PLANNED})).accepts(TIE)
    assert Filters(themes=frozenset({"culture"})).accepts(TIE)
    assert not Filters(themes=frozenset({"sport"})).accepts(TIE)


def test_a_pair_of_several_kinds_is_found_by_each_of_them() -> None:
    """A pair that one page calls twin towns and another an agreement would be lost to who asks for agreements."""
    both = replace(TIE, kinds=("twin_town", "memorandum"))
    assert [kind for kind in Kind if Filters(kinds=frozenset({kind})).accepts(both)] == ["twin_town", "memorandum"]


@pytest.mark.parametrize(
    ("since", "asked", "kept"),
    [
        ("2022", {"since": "2022-06-01"}, True),  # it may have begun later that year
        ("2021", {"since": "2022"}, False),
        ("2022-11", {"since": "2022"}, True),
        ("2023", {"until": "2022"}, False),
        ("2022-11-23", {"since": "2022-11-23", "until": "2022-11-23"}, True),
        (None, {"since": "1900"}, False),
        (None, {"until": "2100"}, False),
    ],
)
def test_beginning_between_two_dates(since: str | None, asked: dict[str, str], kept: bool) -> None:
    """A year without a day must neither vanish from its own year nor count in another."""
    assert Filters(**asked).accepts(replace(TIE, since=since)) is kept  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "active"),
    [
        ({}, True),
        ({"since": "2022-02-25"}, False),
        ({"since": "2022-02"}, True),
        ({"until": "2022-02-24"}, True),
        ({"until": "2022-02-23"}, False),
        ({"until": "2022"}, True),
        ({"status": "terminated"}, False),
        ({"status": "terminated", "until": "2022-03-01"}, True),
        ({"status": "suspended", "until": "2021"}, False),
        ({"status": "planned", "since": "2020"}, False),
        ({"status": "unknown"}, True),
    ],
)
def test_active_on_a_day(facts: dict[str, str], active: bool) -> None:
    """The number of ties with Russia on the day of the invasion depends on each of these rules."""
    assert Filters(as_of="2022-02-24").accepts(replace(TIE, **facts)) is active  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({"until": "2010"}, Status.TERMINATED),
        ({"until": "2010", "status": "unknown"}, Status.TERMINATED),
        ({"since": "2999"}, Status.PLANNED),
        ({"until": "2999"}, Status.ACTIVE),
    ],
)
def test_a_status_is_that_of_today(facts: dict[str, str], status: Status) -> None:
    """A list of what is in force would otherwise hold ties that ended years ago."""
    kept = [each for each in Status if Filters(statuses=frozenset({each})).accepts(replace(TIE, **facts))]  # type: ignore[arg-type]
    assert kept == [status]


def test_a_choice_is_said_in_words_with_what_an_unknown_date_means() -> None:
    asked = Filters(kinds=frozenset({Kind.TWIN_TOWN}), since="2020", as_of="2022-02-24")
    assert asked.describe() == "kind: twin town; started in 2020 or later; in force on 2022-02-24"
    assert "no start date" in asked.caveat()
    assert "без дати початку" in asked.caveat("uk")
    assert Filters(kinds=frozenset({Kind.TWIN_TOWN})).caveat() == ""


def test_a_ukrainian_reader_reads_no_code_of_a_kind_or_status() -> None:
    """The line below a map's title and the notes of a table are read by people who never saw the command."""
    asked = Filters(kinds=frozenset({Kind.TWIN_TOWN}), statuses=frozenset({Status.ACTIVE, Status.PLANNED}))
    assert asked.describe("uk") == "вид: міста-побратими; стан: заплановане, чинне"
    everything = Filters(kinds=frozenset(Kind), statuses=frozenset(Status))
    assert not re.search("[a-z]", everything.describe("uk"))


def test_a_theme_that_bears_the_name_of_a_kind_is_said_as_it_was_asked_for() -> None:
    assert Filters(themes=frozenset({"project", "kind"})).describe("uk") == "тема: kind, project"


@pytest.mark.parametrize("asked", [{"as_of": "yesterday"}, {"since": "2022-02-30"}, {"since": "2022", "until": "2021"}])
def test_an_invalid_date_is_reported(asked: dict[str, str]) -> None:
    with pytest.raises(ConfigError):
        Filters(**asked)  # type: ignore[arg-type]
