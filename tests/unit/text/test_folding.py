"""One folded form and one slug for all rooms; two would make one name two places."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twingraph.text.folding import fold, fold_all, name_key, script_of, slug, umlaut_keys


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ґданськ", "гданськ"), ("Їжаківка", "їжаківка"), ("Чайковський", "чайковський"), ("Кам’янець", "камянець"),
        ("Ærøskøbing", "aeroskobing"), ("Łódź", "lodz"), ("Straße", "strasse"), ("L'Aquila", "laquila"),
        ("Gdańsk–Gdynia", "gdansk gdynia"), ("№ 5", "no 5"), ("  A\n(b) ", "a b"), ("Артёмовск", "артемовск"),
        ("i\u0306", "i"), ("и\u0306", "й"), ("दिल्ली", "दिल्ली"), ("", ""), ("…", ""),
    ],
)  # fmt: skip
def test_spellings_of_one_name_have_one_key(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.lists(st.text(max_size=30), max_size=20))
def test_many_texts_at_once_are_folded_like_each_alone(names: list[str]) -> None:
    """A name with a line end in it must not shift the names after it onto other places."""
    assert fold_all(names) == [fold(name) for name in names]


@given(st.text(max_size=30))
def test_a_folded_name_is_not_folded_further(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gdańsk–Gdynia–Sopot", "gdansk-gdynia-sopot"), ("Київська агломерація", "kyivska-ahlomeratsiia"),
        ("Реймс", "reims"), ("L’Aquila", "laquila"), ("北京", "beijing"), ("Александрово / Alexandrovo",
        "aleksandrovo-alexandrovo"), ("!", ""), ("Житомирська", "zhytomyrska"), ("Кам’янець-Подільський",
        "kamianets-podilskyi"), ("Щецин", "shchetsyn"), ("Łódź", "lodz"), ("Bielsko-Biała", "bielsko-biala"),
        ("Görlitz", "gorlitz"), ("Weißenburg", "weissenburg"), ("İstanbul", "istanbul"), ("Diyarbakır", "diyarbakir"),
        ("თბილისი", "tbilisi"), ("ახალციხე", "akhaltsikhe"),
    ],
)  # fmt: skip
def test_an_id_is_made_by_the_national_romanisation_alone(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.sampled_from(["Їжакевичі", "Миколаїв", "Йосипівка", "Łódź", "İzmir", "Ağrı", "Görlitz", "Čadca"]))
def test_accents_in_one_or_two_characters_give_one_id(name: str) -> None:
    """Else one town of two files, or one metropolis, would be two."""
    assert slug(unicodedata.normalize("NFD", name)) == slug(name)


@given(st.text(max_size=200))
def test_a_slug_has_nothing_that_an_id_or_address_must_escape(text: str) -> None:
    assert set(slug(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert len(slug(text)) <= 80


def test_abbreviations_before_a_name_are_written_out() -> None:
    assert name_key("St. Pölten") == "saint polten"
    assert name_key("Bad St") == "bad st"


def test_umlauts_are_also_found_as_two_letters() -> None:
    assert umlaut_keys("München") == ("muenchen",)
    assert umlaut_keys("Lviv") == ()


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Lviv", "latin"),
        ("Łódź", "latin"),
        ("Львів", "cyrillic"),
        ("Lьviv", "mixed"),
        ("北京", "other"),
        ("1", "latin"),
    ],
)
def test_the_script_of_a_name(text: str, script: str) -> None:
    assert script_of(text) == script
