"""What is new, gone or changed: what an office reports as news must be news."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtures import network as net
from fixtures.writing import tie
from twingraph.errors import UnknownNameError
from twingraph.graph.model import Label
from twingraph.graph.store import Store
from twingraph.queries.analyses.compare import compare, fact, read_source
from twingraph.queries.analyses.from_store import read_network
from twingraph.queries.analyses.network import Network, NetworkPlace, Tie
from twingraph.queries.filters import Filters


def network(*ties: tuple[str, str, str, str | None]) -> Network:
    """Make a network of ties: one end, other end, kind, since."""
    names = sorted({name for tie in ties for name in tie[:2]})
    made = []
    for a, b, kind, since in ties:
        one, other = sorted((a, b))
        start, end = names.index(one), names.index(other)
        made.append(Tie(start=start, end=end, id=f"{one}|{other}", kind=kind, status="active", since=since))
    return Network(
        places=tuple(NetworkPlace(id=name, label=Label.MUNICIPALITY, name=name) for name in names),
        ties=tuple(sorted(made, key=lambda tie: tie.id)),
    )


def test_new_gone_and_changed_by_hand() -> None:
    before = network(("a", "b", "twin_town", "2019"), ("a", "c", "contact", None), ("b", "c", "project", None))
    after = network(("b", "a", "twin_town", "2020"), ("a", "c", "friendship", None), ("c", "d", "project", None))
    found = compare(before, after)
    changes = [(each.change, each.one.id, each.other.id, each.facts) for each in found.differences]
    assert changes == [
        ("new", "c", "d", ()),
        ("gone", "b", "c", ()),
        ("changed", "a", "b", ("since",)),
        ("changed", "a", "c", ("kind",)),
    ]
    assert (found.same, found.places_new, found.places_gone) == (0, 1, 0)


def test_a_pair_that_gains_a_kind_has_changed() -> None:
    """A memorandum that twin towns signed since would otherwise be nothing new."""
    before, after = (network(("a", "b", "twin_town", None)) for _each in range(2))
    more = replace(after, ties=(replace(after.ties[0], kinds=("twin_town", "memorandum")),))
    (found,) = compare(before, more).differences
    assert (found.change, found.facts) == ("changed", ("kind",))
    assert [fact(tie, "kind") for tie in (found.before, found.after) if tie] == ["twin_town", "memorandum, twin_town"]
    assert not compare(more, more).differences


def the_same(tie: tuple[str, str, str, str | None]) -> tuple[str, ...]:
    return tuple(sorted(tie[:2]))


names = st.sampled_from("abcd")
kinds = st.sampled_from(["contact", "project", "twin_town"])
drawn = st.lists(
    st.tuples(names, names, kinds, st.sampled_from([None, "2020"])),
    max_size=8,
    unique_by=the_same,
)


@given(drawn, drawn)
def test_the_numbers_add_up_and_turn_around(
    first: list[tuple[str, str, str, str | None]], second: list[tuple[str, str, str, str | None]]
) -> None:
    one, other = network(*first), network(*second)
    found, back = compare(one, other), compare(other, one)
    assert found.count("new") + found.count("changed") + found.same == len(other.ties)
    assert found.count("gone") + found.count("changed") + found.same == len(one.ties)
    assert (back.count("new"), back.count("gone"), back.same) == (found.count("gone"), found.count("new"), found.same)
    assert compare(one, one).differences == ()


def test_two_dates_on_both_engines(network: Store) -> None:
    before, after = (read_network(network, filters=Filters(as_of=day)) for day in ("2015", "2023"))
    found = compare(before, after)
    assert {(each.change, each.now.id) for each in found.differences} == {
        ("new", net.RAWICZ_TIE.id),
        ("new", tie(net.ZHYTOMYR, net.KAMIANETS, "memorandum", "active").id),
        ("new", tie(net.ZHYTOMYR, net.TRICITY, "metropolis_cooperation", "active").id),
        ("gone", net.GDYNIA_TIE.id),
    }


def test_two_sources_on_both_engines(network: Store) -> None:
    """Where two sources differ, each must be shown as it said it, not as the merged truth has it."""
    first = read_source(network, "page:1", filters=Filters())
    second = read_source(network, "list.example", filters=Filters())
    found = compare(first, second)
    changes = {(each.change, each.now.id, each.facts) for each in found.differences}
    assert changes == {("gone", net.RAWICZ_TIE.id, ()), ("changed", net.GDYNIA_TIE.id, ("status", "until"))}
    (changed,) = (each for each in found.differences if each.change == "changed")
    assert changed.before == replace(changed.now, status="terminated", until="2016")


def test_an_unknown_source_is_reported_with_the_nearest(network: Store) -> None:
    with pytest.raises(UnknownNameError) as caught:
        read_source(network, "list.exemple", filters=Filters())
    assert "list.example" in caught.value.hint
