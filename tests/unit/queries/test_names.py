"""Names as people type them; a wrong answer here is a map or a report about somebody else."""

import time

import pytest

from fixtures import network as net
from twingraph.errors import AmbiguousNameError, UnknownNameError
from twingraph.graph.model import Label
from twingraph.graph.store import Store
from twingraph.queries.names import find_any, find_country, find_municipality, find_place, find_region


@pytest.mark.parametrize(
    "typed",
    [
        "Zhytomyr", "zhytomyr", "ZHYTOMYR OBLAST", "Zhytomyr region", "Zhytomyrska", "Zhytomyrska oblast",
        "Житомирська", "Житомирська область", "ЖИТОМИРСЬКА ОБЛ.", "Житомир", "житомирщина", "Zhitomir", "UA-18",
        "ua-18", "  Zhytomyr  ", "Zhytomyr, UA", "Zhytomyr (Ukraine)",
    ],
)  # fmt: skip
def test_an_oblast_is_found_by_every_way_of_writing_it(network: Store, typed: str) -> None:
    assert find_region(network, typed).id == "UA-18"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("Kyiv", "UA-32"), ("Київ", "UA-32"), ("Київська", "UA-32"), ("м. Київ", "UA-30"), ("Kyiv City", "UA-30")],
)
def test_the_capital_and_the_oblast_around_it_are_distinguished(network: Store, typed: str, expected: str) -> None:
    assert find_region(network, typed).id == expected


@pytest.mark.parametrize("typed", ["PL", "pl", "Poland", "POLAND", "Польща", "Polska", "POL"])
def test_a_country_is_found_by_code_and_by_name(network: Store, typed: str) -> None:
    assert find_country(network, typed).id == "PL"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Rawicz", net.RAWICZ), ("Равич", net.RAWICZ), ("geonames:760924", net.RAWICZ), ("Rawicz, Poland", net.RAWICZ),
        ("Schytomyr", net.ZHYTOMYR), ("Zytomierz", net.ZHYTOMYR), ("м. Житомир", net.ZHYTOMYR),
        ("UA18040190010057814", net.ZHYTOMYR), ("Zhytomyr", net.ZHYTOMYR), ("Zhytomyr hromada", net.HROMADA),
        ("Житомирська громада", net.HROMADA), ("Кам'янець-Подільський", net.KAMIANETS),
        ("кам´янець подільський", net.KAMIANETS), ("Камянець–Подільський", net.KAMIANETS),
        ("Paris, FR", net.PARIS), ("Paris (Texas)", net.PARIS_TEXAS), ("Paris, Техас", net.PARIS_TEXAS),
    ],
)  # fmt: skip
def test_a_municipality_is_found_whatever_its_accents_hyphens_and_words_of_kind(
    network: Store, typed: str, expected: net.Municipality
) -> None:
    assert find_municipality(network, typed) == expected


@pytest.mark.parametrize("typed", ["OMGGS", "Gdańsk–Gdynia–Sopot", "metropolia gdansk gdynia sopot", net.TRICITY.id])
def test_a_metropolis_is_found_by_its_members_names(network: Store, typed: str) -> None:
    assert find_place(network, Label.METROPOLIS, typed) == net.TRICITY


def test_of_a_city_and_its_oblast_show_means_the_city_and_names_the_oblast_too(network: Store) -> None:
    found = find_any(network, "Zhytomyr")
    assert found.node == net.ZHYTOMYR
    assert [node.id for node in found.also] == ["UA-18"]


@pytest.mark.parametrize(
    ("typed", "node_id"),
    [
        ("Zhytomyr oblast", "UA-18"), ("Житомирська", "UA-18"), ("Luxembourg", "LU"), ("FR", "FR"),
        ("Wielkopolskie", "PL-30"), ("OMGGS", net.TRICITY.id), ("Kyiv", "UA-32"),
    ],
)  # fmt: skip
def test_any_place_is_found_by_what_its_name_says_it_is(network: Store, typed: str, node_id: str) -> None:
    assert find_any(network, typed).ref.id == node_id


def test_namesakes_are_listed_with_where_they_lie_and_never_guessed(network: Store) -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        find_any(network, "Paris")
    assert caught.value.candidates == (
        "Paris (city, FR), 2,138,551 inhabitants: geonames:2988507",
        "Paris (city, Texas, US), 24,839 inhabitants: geonames:4717560",
    )
    assert "'Paris, FR'" in caught.value.hint


def _with_namesakes(store: Store, *places: tuple[str, str, str | None], label: str = "Municipality") -> None:
    rows = [{"id": id_, "name": "Nova", "country_code": country, "kind": kind} for id_, country, kind in places]
    store.write(
        lambda transaction: transaction.run(f"UNWIND $rows AS row CREATE (m:{label}) SET m = row", {"rows": rows})
    )


@pytest.mark.parametrize(
    ("kinds", "typed", "expected"),
    [
        (("city", "hromada"), "Nova", 0),
        (("hromada", None), "Nova", 1),
        (("city", "hromada"), "Nova hromada", 1),
        (("raion", "village", "hromada"), "Nova", 1),
    ],
)
def test_a_name_means_the_settlement_unless_the_hromada_is_named(
    embedded_store: Store, kinds: tuple[str | None, ...], typed: str, expected: int
) -> None:
    """Nearly every hromada has the name of its town: each would be ambiguous."""
    _with_namesakes(embedded_store, *((f"p:{at}", "UA", kind) for at, kind in enumerate(kinds)))
    assert find_municipality(embedded_store, typed).id == f"p:{expected}"


@pytest.mark.parametrize(
    ("places", "typed"),
    [
        ([("p:0", "UA", "city"), ("p:1", "PL", "hromada")], "Nova"),  # another country: another place
        ([("p:0", "UA", "city"), ("p:1", "UA", "village")], "Nova"),
        ([("p:0", "UA", "hromada"), ("p:1", "UA", "raion")], "Nova"),  # neither is a settlement
        ([("p:0", "UA", "hromada"), ("p:1", "UA", "hromada")], "Nova hromada"),
    ],
)
def test_namesakes_that_their_kind_does_not_decide_are_ambiguous(
    embedded_store: Store, places: list[tuple[str, str, str | None]], typed: str
) -> None:
    """A guess would be a report about another place."""
    _with_namesakes(embedded_store, *places)
    with pytest.raises(AmbiguousNameError) as caught:
        find_municipality(embedded_store, typed)
    assert len(caught.value.candidates) == len(places)


@pytest.mark.parametrize(("typed", "expected"), [("Nova", "UA-1"), ("Nova city", "UA-2"), ("м. Nova", "UA-2")])
def test_a_region_means_the_oblast_unless_the_city_is_named(embedded_store: Store, typed: str, expected: str) -> None:
    """Kyiv is an oblast and a city of the same rank."""
    _with_namesakes(embedded_store, ("UA-1", "UA", "oblast"), ("UA-2", "UA", "city"), label="Region")
    assert find_region(embedded_store, typed).id == expected


@pytest.mark.parametrize(
    ("typed", "near"),
    [("Zhitommir", "Zhytomyr"), ("Жытомир", "Житомир"), ("Ravic", "Rawicz"), ("Rawitch, PL", "Rawicz")],
)
def test_an_unknown_name_offers_the_nearest(network: Store, typed: str, near: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        find_any(network, typed)
    assert near in caught.value.suggestions


def test_a_part_of_a_name_offers_the_whole(network: Store) -> None:
    """Else nobody would find a metropolis by the one of its cities that everybody knows."""
    with pytest.raises(UnknownNameError) as caught:
        find_place(network, Label.METROPOLIS, "Gdańsk")
    assert caught.value.suggestions == (net.TRICITY.name,)


@pytest.mark.parametrize(
    "typed", ["", "   ", "'", "-", "\x00", "geonames:1", "Q1", "XX", "Paris, Nowhere", "a" * 10_000]
)
def test_what_is_no_name_is_unknown_and_nothing_worse(network: Store, typed: str) -> None:
    with pytest.raises(UnknownNameError):
        find_any(network, typed)


def test_an_empty_database_says_what_to_do(store: Store) -> None:
    with pytest.raises(UnknownNameError) as caught:
        find_region(store, "Zhytomyr")
    assert "twingraph load" in caught.value.hint


def test_twenty_thousand_municipalities_are_searched_in_a_moment(embedded_store: Store) -> None:
    """A map's scope is looked up at every call: nobody waits a second for that."""
    rows = [
        {"id": f"geonames:{n}", "name": f"Town {n}", "name_uk": f"Місто {n}", "aliases": [f"Stadt {n}", f"Ville-{n}"]}
        for n in range(20_000)
    ]
    embedded_store.write(
        lambda transaction: transaction.run("UNWIND $rows AS row CREATE (m:Municipality) SET m = row", {"rows": rows})
    )
    find_municipality(embedded_store, "geonames:1")
    base = _time_of(lambda: embedded_store.read("MATCH (m:Municipality) RETURN m.id, m.name, m.name_uk, m.aliases"))
    for typed in ("town 19999", "stadt-19998"):
        assert _time_of(lambda typed=typed: find_municipality(embedded_store, typed)) < 6 * base + 0.05  # type: ignore[misc]


def _time_of(work: object) -> float:
    def once() -> float:
        start = time.process_time()
        work()  # type: ignore[operator]
        return time.process_time() - start

    return min(once() for _ in range(3))


@pytest.mark.parametrize(("typed", "what"), [("Житомирщнннна", "oblast"), ("Zzzzwqx", "region")])
def test_an_unknown_region_is_called_what_its_alphabet_suggests(network: Store, typed: str, what: str) -> None:
    """A reader who typed a Ukrainian name would read of a region, where Ukraine has oblasts."""
    with pytest.raises(UnknownNameError, match=f"no {what} called {typed!r}"):
        find_region(network, typed)
