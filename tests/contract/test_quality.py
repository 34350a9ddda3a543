"""`quality` on each engine: every sort of fault is put in on purpose, and must come out, with what settles it."""

from pathlib import Path

import pytest

from fixtures.loading import HEADER, load_text
from twingraph.graph.store import Store
from twingraph.loaders.places import Gazetteer, Resolver
from twingraph.loaders.places.whereabouts import Whereabouts
from twingraph.queries.quality import SECTIONS, Finding, assess

PAIRS = """city1,country1,lat1,lng1,city2,country2,lat2,lng2
Alpignano,Italy,45.09,7.52,Montana,Bulgaria,47,-110
Rivoli,Italy,45.07,7.51,Montana,Bulgaria,47,-110
Nowherestad,Georgia (country),33.75,-84.39,Alpignano,Italy,45.09,7.52
Nowhereville,Poland,52.0,20.0,Alpignano,Italy,45.09,7.52
Nowhere-Ville,Poland,52.01,20.0,Rivoli,Italy,45.07,7.51
Stryi,Ukraine,49.25,23.85,Stryj,Ukraine,49.25,23.85
"""
TABLE = (
    HEADER.replace("\n", ",note\n")
    + "Zhytomyr,UA,Kolding Vest,DK,twin_town,active,2020,https://example.org/a,2022,\n"
    + 'Zhytomyr,UA,Rawicz,PL,twin_town,active,2020,https://example.org/a,2022,"two mayors, one pen"\n'
    + "Zhytomyr,UA,Rawicz,PL,twin_town,terminated,2019,https://example.org/b,2022,\n"
    + "Zhytomyr,UA,Bytom,PL,twin_town,active,,https://example.org/b,2022,\n"
)


@pytest.fixture
def loaded(store: Store, resolver: Resolver, tmp_path: Path) -> Store:
    load_text(store, tmp_path, "pairs.csv", PAIRS, resolver)
    load_text(store, tmp_path, "table.csv", TABLE, resolver)
    return store


def find(store: Store, section: str, **options: object) -> tuple[Finding, ...]:
    return assess(store, sections=[section], **options).of(section)  # type: ignore[arg-type]


def test_a_record_whose_coordinates_are_elsewhere_is_told_with_its_effect(loaded: Store) -> None:
    """Else "Montana, Bulgaria" could lie in the US state and nobody would notice."""
    found = find(loaded, "contradictions")
    assert [(each.effect, "Montana" in each.name, "(47, -110)" in each.about) for each in found] == [(2, True, True)]
    assert all(f"row {row} of file:pairs.csv" in found[0].about for row in (2, 3)), "which rows are to be corrected"
    assert "Rivoli – Montana" in found[0].name + found[0].about
    assert "Alpignano – Montana" in found[0].name + found[0].about


def test_coordinates_in_another_country_are_told(loaded: Store, gazetteer: Gazetteer) -> None:
    """Else a town of Georgia, the country, would be drawn in Atlanta."""
    found = find(loaded, "abroad", elsewhere=Whereabouts(gazetteer).elsewhere)
    assert [(each.name, each.country, "in US" in each.about) for each in found] == [("Nowherestad", "GE", True)]


def test_unplaced_names_come_with_what_they_may_be_and_the_command_that_settles_it(loaded: Store) -> None:
    found = find(loaded, "unplaced", offer=lambda _name, _country: [("geonames:2618528", "Kolding")])
    assert [(each.effect, each.name) for each in found] == [(1, "Kolding Vest")]
    assert "It may be Kolding (geonames:2618528)." in found[0].about
    assert found[0].next == "twingraph resolve --same 'Kolding Vest,DK' geonames:2618528"


def test_places_that_may_be_one_are_told_until_somebody_has_judged(loaded: Store) -> None:
    """Else one village under two spellings would count as two, or be asked about for ever."""
    (found,) = find(loaded, "duplicates")
    ids = frozenset(("name:PL/nowhereville", "name:PL/nowhere-ville"))
    assert set(found.next.split()[-2:]) == ids
    assert find(loaded, "duplicates", judged=[ids]) == ()


def test_disputes_and_partners_of_themselves_are_told(loaded: Store) -> None:
    (dispute,) = find(loaded, "disputed")
    assert dispute.effect == 2
    assert "active since 2020 (“two mayors, one pen”, " in dispute.about
    assert "terminated since 2019 (" in dispute.about
    assert all(f"row {row} of file:table.csv" in dispute.about for row in (3, 4)), "where to look both up"
    assert [each.name for each in find(loaded, "loops")] == ["Stryi – Stryi"]


def test_a_tie_is_one_sided_only_where_both_could_speak(loaded: Store) -> None:
    """Else every tie of a town whose own list nobody has loaded would look unconfirmed."""
    assert find(loaded, "one_sided") == ()
    speak = "MATCH (s:Statement) WHERE s.name_a = $one OR s.name_b = $one SET s.said_by = $id"
    zhytomyr, rawicz = "geonames:686967", "geonames:3087307"
    loaded.write(lambda tx: tx.run(speak, {"one": "Zhytomyr", "id": zhytomyr}))
    quality = assess(loaded, sections=["one_sided"])
    assert (quality.findings, [each.total for each in quality.coverage if each.what == "named_by_both"]) == ((), [0])
    loaded.write(lambda tx: tx.run("MATCH (s:Statement {status: 'terminated'}) SET s.said_by = $id", {"id": rawicz}))
    (named,) = (each for each in assess(loaded).coverage if each.what == "named_by_both")
    assert (named.known, named.total) == (1, 1)
    loaded.write(
        lambda tx: tx.run(
            "MATCH (f:Source {url: 'https://example.org/b'}) CREATE (t:Statement {id: 'statement:x', "
            "dataset: 'file:table.csv', said_by: 'geonames:3101950', partnership_id: 'another'})-[:FROM]->(f)"
        )
    )
    (found,) = find(loaded, "one_sided")
    assert found.about == "In file:table.csv, Zhytomyr names Bytom, and Bytom does not."


def test_coverage_counts_what_is_known(loaded: Store) -> None:
    """Else a report would quote a share of dated partnerships that the data does not support."""
    quality = assess(loaded)
    covered = {(each.of, each.what): (each.known, each.total) for each in quality.coverage}
    assert covered["partnerships", "since"] == (2, 9)
    assert covered["municipalities", "coordinates"][1] - covered["municipalities", "coordinates"][0] == 1
    assert covered["statements", "source_page"] == (4, 10)
    order = [(SECTIONS.index(each.section), -each.effect) for each in quality.findings]
    assert order == sorted(order)


def test_an_empty_store_is_no_fault(store: Store) -> None:
    quality = assess(store)
    assert quality.findings == ()
    assert {each.percent for each in quality.coverage} == {None}
