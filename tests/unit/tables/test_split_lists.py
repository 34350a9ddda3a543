"""Cells that list several partners, and names that only look like lists."""

import pytest

from twingraph.loaders.places import Resolver
from twingraph.loaders.places.model import PlaceQuery
from twingraph.loaders.problems import Problems
from twingraph.loaders.records import PartnerList, PartnershipRecord
from twingraph.loaders.registers.index import open_gazetteer
from twingraph.loaders.tables.split_lists import split_cell, split_partners


@pytest.mark.parametrize(
    ("cell", "country", "meant", "problem_count"),
    [
        ("Bytom, Płock", "PL", ["Bytom", "Płock"], 0),
        ("Лодзь, Люблін", "PL", ["Лодзь", "Люблін"], 0),
        ("Waterloo, Iowa", "US", ["Waterloo, Iowa"], 0),
        ("Córdoba, Nariño", "CO", ["Córdoba, Nariño"], 0),
        ("London, Ontario", "CA", ["London, Ontario"], 0),
        ("Świdnica (rural gmina, Lubusz)", "PL", ["Świdnica (rural gmina, Lubusz)"], 0),
        ("Bytom, Nowhere-on-Sea", "PL", ["Bytom, Nowhere-on-Sea"], 1),
    ],
)
def test_a_comma_separates_a_list_but_never_a_place_from_its_region(cell, country, meant, problem_count):
    """Else a town would be tied to a US state, or two towns would become one unknown place."""
    record = PartnershipRecord(
        row=2,
        content=b"row",
        first=PlaceQuery(name="Zhytomyr", country="UA"),
        second=PlaceQuery(name=cell, country=country),
        kind="twin_town",
        status="active",
    )
    problems = Problems()
    resolver = Resolver(open_gazetteer())
    found = list(split_partners(PartnerList(record=record, rest=b"rest"), resolver.resolve, problems, "t.csv"))
    assert ([each.second.name for each in found], len(problems)) == (meant, problem_count)


def test_semicolons_and_line_breaks_always_separate_a_list():
    """Else the cells that spreadsheets fill with line breaks would be one long name."""
    assert split_cell("Bytom; Płock\nGdynia (PL) | Rawicz") == ("Bytom", "Płock", "Gdynia (PL)", "Rawicz")
