"""Romanised names and oblique cases; without them a Ukrainian name in a source matches no register."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twingraph.text.ukrainian import base_forms, is_ukrainian, romanise


@pytest.mark.parametrize(
    ("text", "roman"),
    [("Житомир", "Zhytomyr"), ("Згурівка", "Zghurivka"), ("Кам’янець-Подільський", "Kamianets-Podilskyi"),
     ("Ємільчине", "Yemilchyne"), ("Їжаківка", "Yizhakivka"), ("Яготин", "Yahotyn"), ("Бучанська", "Buchanska"),
     ("Біла Церква", "Bila Tserkva"), ("Щирець", "Shchyrets"), ("Знам’янка", "Znamianka"), ("Юріїв", "Yuriiv"),
     ("Дзержинськ", "Dzerzhynsk"), ("Маладзечна", "Maladzechna")],
)  # fmt: skip
def test_romanisation_is_the_official_one(text: str, roman: str) -> None:
    assert romanise(text) == roman


@pytest.mark.parametrize(
    ("inflected", "base"),
    [("житомира", "житомир"), ("житомиром", "житомир"), ("києва", "київ"), ("львова", "львів"), ("одеси", "одеса"),
     ("одесою", "одеса"), ("харкова", "харків"), ("рівного", "рівне"), ("коростеня", "коростень"),
     ("звягеля", "звягель"), ("білої церкви", "біла церква"), ("тернополя", "тернопіль"), ("чернівців", "чернівці"),
     ("равичем", "равич"), ("варшави", "варшава"), ("овруча", "овруч"), ("умані", "умань"), ("полтавою", "полтава")],
)  # fmt: skip
def test_case_endings_lead_back_to_the_name(inflected: str, base: str) -> None:
    assert base in base_forms(inflected)


@given(st.text(max_size=30))
def test_any_text_can_be_romanised(text: str) -> None:
    """The capital İ has two small letters, and a name with it stopped a load."""
    assert len(romanise(text)) <= 4 * len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Житомир", True), ("Кам’янець-Подільський", True), ("Жытомір", False), ("Rawicz", False), ("(—)", False)],
)
def test_a_name_with_letters_of_other_alphabets_is_not_shown_as_ukrainian(text: str, expected: bool) -> None:
    assert is_ukrainian(text) is expected
