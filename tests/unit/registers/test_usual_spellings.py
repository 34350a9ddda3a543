"""Which spellings of a place are kept: the ones that people type."""

import pytest

from twingraph.loaders.registers.geonames import read_geonames
from twingraph.loaders.registers.usual_spellings import MOST_BYTES, usual_spellings
from twingraph.text.folding import name_key

USUAL = {
    698740: ("Odessa", "Одесса"),
    702550: ("Lemberg", "Lwów", "Lvov", "Львов"),
    703448: ("Kiev", "Киев"),
    706483: ("Kharkov", "Харьков"),
    707471: ("Stanisławów", "Ивано-Франковск"),
    710719: ("Cernăuți",),
    3081368: ("Breslau", "Vratislav"),
    3099434: ("Danzig", "Гданськ"),
    2867714: ("München", "Monachium"),
    756135: ("Warszawa", "Варшава"),
}
NEVER = {698740: "Stolica Jumora", 703448: "Киевом", 707471: "IFO", 702550: "li wo fu"}


@pytest.fixture(scope="module")
def spellings() -> dict[int, tuple[str, ...]]:
    return {
        place.geonames_id: usual_spellings(place.name, place.alternates)
        for place in read_geonames()
        if place.geonames_id in USUAL
    }


@pytest.mark.parametrize("town", USUAL)
def test_the_usual_spellings_are_kept(spellings: dict[int, tuple[str, ...]], town: int) -> None:
    """Else a reader who types Lemberg or Киев would read that the town is not there."""
    assert {name_key(text) for text in USUAL[town]} <= {name_key(text) for text in spellings[town]}, spellings[town]


@pytest.mark.parametrize("town", NEVER)
def test_nicknames_cases_and_codes_are_left_out(spellings: dict[int, tuple[str, ...]], town: int) -> None:
    """Else what nobody types would take the room of what people do."""
    assert NEVER[town] not in spellings[town]
    assert sum(len(text.encode()) + 1 for text in spellings[town]) <= MOST_BYTES


def test_former_names_come_first_and_the_shown_names_are_not_repeated() -> None:
    """Else Dnipropetrovsk would be cut off, and names would appear twice in a card."""
    alternates = ("Dnepr", "Dnipro", "Дніпро", "Днепр", *(f"Dnepr{letter}opol" for letter in "abcdefgh"))
    found = usual_spellings("Dnipro", alternates, ("Дніпропетровськ", "Dnipropetrovsk"), ukrainian="Дніпро")
    assert found[:2] == ("Дніпропетровськ", "Dnipropetrovsk")
    assert not {"Dnipro", "Дніпро"} & set(found)
    assert "Днепр" in found
