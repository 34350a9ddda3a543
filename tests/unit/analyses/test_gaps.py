"""Who has no partner, against the whole register: a gap that is miscounted sends an office to the wrong hromadas."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtures import network as net
from twingraph.graph.model import Label
from twingraph.graph.store import Store
from twingraph.loaders.registers.hromadas import Hromada, read_hromadas
from twingraph.queries.analyses.from_store import read_network
from twingraph.queries.analyses.gaps import Count, find_gaps, read_codes
from twingraph.queries.analyses.network import Network, NetworkPlace, Tie


@dataclass(frozen=True)
class Listed:
    """A hromada of a register of our own."""

    code: str
    centre: str
    settlements: tuple[str, ...]
    region: str = "UA-18"
    population: int | None = None
    name: str = "H"
    name_uk: str = "Г"
    centre_name: str = "C"
    centre_name_uk: str = "Ц"


REGISTER = (
    Listed("H1", "C1", ("C1", "V1"), population=100),
    Listed("H2", "C2", ("C2", "V2"), population=50),
    Listed("H3", "C3", ("C3",), region="UA-46"),
)
PLACES = ("C1", "H2", "V1", "V2", "abroad", "raion")
CODES = {name: name for name in PLACES[:4]}


def network(*ties: tuple[str, str]) -> Network:
    places = tuple(
        NetworkPlace(id=name, label=Label.MUNICIPALITY, name=name, country="PL" if name == "abroad" else "UA")
        for name in PLACES
    )
    made = []
    for one, other in ties:
        start, end = sorted((PLACES.index(one), PLACES.index(other)))
        made.append(Tie(start=start, end=end, id=f"{one}|{other}", kind="twin_town", status="active"))
    return Network(places=places, ties=tuple(made))


def test_partners_of_unknown_status_are_counted_apart() -> None:
    """A hromada that may have lost its only partner would otherwise be reported as one that has it."""
    ties = network(("C1", "abroad"), ("H2", "abroad"), ("V2", "C1"))
    unknown = replace(
        ties, ties=tuple(replace(tie, status="unknown") if "V2" not in tie.id else tie for tie in ties.ties)
    )
    found = find_gaps(REGISTER, unknown, CODES)
    assert [(each.partners, each.partners_unknown, each.only_unknown) for each in found.hromadas] == [
        (2, 1, False), (2, 1, False), (0, 0, False),
    ]  # fmt: skip
    alone = find_gaps(REGISTER, replace(unknown, ties=unknown.ties[:1]), CODES).total
    assert (alone.with_partner, alone.only_unknown) == (1, 1)


@pytest.mark.parametrize(
    ("tied", "own", "centre", "any_"), [("H2", True, True, True), ("C1", False, True, True), ("V1", False, False, True)]
)
def test_what_counts_as_a_tie_is_chosen(tied: str, own: bool, centre: bool, any_: bool) -> None:
    """A village's friend abroad is not the hromada's partner for everybody: the reader chooses."""
    found: dict[Count, bool] = {
        count: find_gaps(REGISTER, network((tied, "abroad")), CODES, count=count).total.with_partner == 1
        for count in ("own", "centre", "any")
    }
    assert found == {"own": own, "centre": centre, "any": any_}


def test_a_tie_within_a_hromada_is_no_partner() -> None:
    """A town's contact with its own village would hide that the hromada has nobody."""
    assert find_gaps(REGISTER, network(("C1", "V1")), CODES).total.with_partner == 0


def test_only_partners_abroad_count_where_asked() -> None:
    ties = network(("C1", "H2"))
    assert find_gaps(REGISTER, ties, CODES).total.with_partner == 2
    assert find_gaps(REGISTER, ties, CODES, abroad=True).total.with_partner == 0


def test_a_partner_counts_once_whoever_of_the_hromada_names_it() -> None:
    """Two ties with one town abroad would look like two partners."""
    row = find_gaps(REGISTER, network(("C1", "abroad"), ("V1", "abroad"), ("V1", "V2")), CODES).hromadas[0]
    assert (row.partners, row.partners_abroad, row.countries) == (2, 1, ("PL", "UA"))
    assert row.through == (("C1", "C1"), ("V1", "V1"))


def test_counts_and_inhabitants_by_oblast() -> None:
    found = find_gaps(REGISTER, network(("C1", "abroad")), CODES)
    lviv, zhytomyr = found.oblasts
    assert (lviv.region, lviv.hromadas, lviv.without_partner, lviv.share_without) == ("UA-46", 1, 1, 100.0)
    assert (zhytomyr.hromadas, zhytomyr.with_partner, zhytomyr.population, zhytomyr.population_without) == (
        2,
        1,
        150,
        50,
    )
    assert (zhytomyr.share_without, zhytomyr.population_share_without) == (50.0, 33.3)
    assert (lviv.population_share_without, lviv.counted, found.total.counted) == (None, 0, 2)
    assert [row.hromada.code for row in found.without] == ["H2", "H3"]


def test_the_share_of_an_oblast_with_some_partners() -> None:
    """A wrong share would rank the oblasts in a wrong order of need."""
    register = (*REGISTER[:2], replace(REGISTER[2], region="UA-18"))
    (zhytomyr,) = find_gaps(register, network(("C1", "abroad")), CODES).oblasts
    assert (zhytomyr.without_partner, zhytomyr.hromadas, zhytomyr.share_without) == (2, 3, 66.7)


def test_places_of_no_hromada_are_listed() -> None:
    """A raion's partners would be missing from the report."""
    found = find_gaps(REGISTER, network(("raion", "abroad")), CODES)
    assert [place.id for place in found.elsewhere] == ["raion"]
    assert found.total.with_partner == 0


def test_a_place_whose_region_is_unknown_is_listed_whatever_the_oblast() -> None:
    """It may lie in the oblast: without it the partners of a raion would be lost from the report."""
    regions = {"raion": None, "V1": "UA-18", "V2": "UA-46"}
    plain = network(("raion", "abroad"), ("V1", "abroad"), ("V2", "abroad"))
    placed = tuple(replace(place, region=regions.get(place.id)) for place in plain.places)
    found = find_gaps(REGISTER[2:], replace(plain, places=placed), {}, regions={"UA-46"})
    assert [place.id for place in found.elsewhere] == ["V2", "raion"]
    everywhere = find_gaps(REGISTER[2:], replace(plain, places=placed), {})
    assert [place.id for place in everywhere.elsewhere] == ["V1", "V2", "raion"]


def test_without_regions_every_hromada_counts_and_with_them_only_theirs() -> None:
    """A report on the country that left out an oblast would look complete."""
    ties = network(("C1", "abroad"))
    assert [row.hromada.code for row in find_gaps(REGISTER, ties, CODES).hromadas] == ["H1", "H2", "H3"]
    some = find_gaps(REGISTER, ties, CODES, regions={"UA-46"})
    assert [row.hromada.code for row in some.hromadas] == ["H3"]
    assert (some.total.hromadas, some.total.with_partner) == (1, 0)


@given(
    st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(PLACES)), max_size=12),
    st.sampled_from(["own", "centre", "any"]),
)
def test_with_and_without_are_all(ties: list[tuple[str, str]], count: Count) -> None:
    """A hromada that is in neither list, or in both, makes the report worthless."""
    found = find_gaps(REGISTER, network(*ties), CODES, count=count)
    for row in (*found.oblasts, found.total):
        assert row.with_partner + row.without_partner == row.hromadas
    assert sum(row.hromadas for row in found.oblasts) == found.total.hromadas == len(REGISTER)
    assert len(found.without) == found.total.without_partner


@pytest.fixture(scope="module")
def register() -> tuple[Hromada, ...]:
    return read_hromadas()


def test_the_register_holds_every_hromada_once(register: tuple[Hromada, ...]) -> None:
    """The number that the state itself names: 1,469 outside Crimea, 66 of them in Zhytomyr oblast."""
    outside = [each for each in register if each.region != "UA-43"]
    assert len({each.code for each in outside}) == len(outside) == 1469
    assert sum(each.region == "UA-18" for each in outside) == 66
    assert all(each.centre in each.settlements for each in register)
    settled = [code for each in register for code in each.settlements]
    assert len(settled) == len(set(settled))


def test_the_same_gaps_on_both_engines(network: Store, register: tuple[Hromada, ...]) -> None:
    """An office that moves to a server must not find other gaps there."""
    found = find_gaps(register, read_network(network), read_codes(network), regions={"UA-18", "UA-68"})
    assert (found.total.hromadas, found.total.with_partner) == (126, 1)
    (row,) = (row for row in found.hromadas if row.partners)
    assert (row.hromada.name_uk, row.partners) == ("Житомирська", 5)
    assert row.through == ((net.ZHYTOMYR.name, net.ZHYTOMYR.name_uk),)
    # The fixture gives Kamianets-Podilskyi no KATOTTG code: it is listed, not dropped.
    assert [place.id for place in found.elsewhere] == [net.KAMIANETS.id]
