"""Ukrainian names of places abroad: a name in another language would be a mistake on a minister's map."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twingraph.loaders.packaged_tables import read_table
from twingraph.loaders.places import Gazetteer
from twingraph.loaders.registers.geonames import GeoName, read_geonames
from twingraph.loaders.registers.ukrainian_names import NamesAbroad, exemplar_cities, ukrainian_name

# Partners of Ukrainian municipalities with their Ukrainian names, as in general use; where several are, all of them,
# a slash apart. Compiled by hand for this test, not taken from a register. The rules were written with it in sight.
TABLE = Path(__file__).parents[2] / "data" / "ukrainian_names.csv"


def _known() -> dict[int, tuple[str, set[str]]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {int(row["geonames"]): (row["name"], set(row["ukrainian"].split("/"))) for row in csv.DictReader(file)}


def _alike(name: str, known: set[str]) -> bool:
    # ґ and г, and the kinds of apostrophe, are a matter of taste in foreign names.
    fold = str.maketrans("ґҐ'ʼ", "гГ’’")
    return name.translate(fold) in {text.translate(fold) for text in known}


@pytest.mark.parametrize(
    ("name", "country", "alternates", "ukrainian"),
    [
        ("Maladzyechna", "BY", ["Маладзечна"], None),  # Belarusian, though every letter is Ukrainian
        ("Płock", "PL", ["Плоцк", "Плоцьк"], "Плоцьк"),
        ("Rawicz", "PL", ["Равич", "Равіч"], "Равич"),  # Belarusian has і after в
        ("Gdynia", "PL", ["Гдиня", "Гдиња", "Гдыня"], "Гдиня"),
        ("Chorzów", "PL", ["Хожаў", "Хожов"], None),  # Belarusian and Bulgarian
        ("Hrubieszów", "PL", ["Грубешаў", "Грубешів", "Хрубешов", "Хрубешув", "Хрубјешов"], "Грубешів"),
        ("Pardubice", "CZ", ["Пардубице", "Пардубитсе"], None),  # Russian and Bulgarian
        ("Kassel", "DE", ["Касел", "Касель", "Кассель"], "Кассель"),
        ("Raunheim", "DE", ["Раунгайм", "Раунхайм", "Раунхајм"], "Раунгайм"),
        ("Wathlingen", "DE", ["Ватлинген"], None),
        ("Milan", "IT", ["Милан", "Милано", "Мілан"], "Мілан"),
        ("Nancy", "FR", ["Нанси"], None),
        ("Lille", "FR", ["Лил", "Лилль", "Лілль", "Ліль"], "Лілль"),
        ("Minsk", "BY", ["Минск", "Мінск", "Мінськ"], "Мінськ"),
        ("Podolsk", "RU", ["Подольск"], None),
        ("Chicago", "US", ["Чикаго", "Чикаґо", "Чыкага", "Шикаго"], "Чикаго"),
        ("San Antonio", "US", ["Сан Антонио", "Сан-Антонио", "Сан-Антоніа", "Сан-Антоніо"], "Сан-Антоніо"),
        ("Rockland", "US", ["Рокланд", "Рокленд"], None),  # two names, neither certain
        ("Bratislava", "SK", ["Братїслава"], None),  # Rusyn
        ("Almaty", "KZ", ["Алматы"], None),
        ("Kassel", "DE", ["Kassel", "カッセル"], None),
        ("Kassel", "DE", [], None),
    ],
)
def test_a_ukrainian_name_is_taken_from_a_mixed_list_only_where_its_spelling_is_certain(
    name: str, country: str, alternates: list[str], ukrainian: str | None
) -> None:
    assert ukrainian_name(alternates, name, country) == ukrainian


@given(st.lists(st.text(max_size=20)), st.text(max_size=20), st.sampled_from(["PL", "US", "BY", "CN", "SE", "RO"]))
def test_a_name_is_one_of_the_spellings_given_in_whatever_order(alternates: list[str], name: str, country: str) -> None:
    """No name is made up, and the same register gives the same map."""
    found = ukrainian_name(alternates, name, country)
    assert found is None or found in alternates
    assert ukrainian_name(reversed(alternates), name, country) == found


@given(st.text("брноыэјъ -", min_size=1, max_size=6).map(str.title))
def test_a_letter_that_ukrainian_lacks_is_never_shown(text: str) -> None:
    found = ukrainian_name([text, "Brünn"], "Brno", "CZ")
    assert found is None or not set(found.lower()) & set("ыэјъ")


def test_the_rules_alone_are_right_about_nearly_all_partners_that_they_name() -> None:
    """What docs/places.md claims; the index also has names collected by hand, which would hide a fault of the rules."""
    known = _known()
    usual = {int(row["geonames"]): row["name"] for row in read_table("usual_names.tsv")}
    right, wrong = [], []
    for place in read_geonames():
        if place.geonames_id in known:
            name = ukrainian_name(place.alternates, usual.get(place.geonames_id, place.name), place.country)
            if name is not None:
                (right if _alike(name, known[place.geonames_id][1]) else wrong).append(name)
    assert len(right) >= 0.98 * len(right + wrong), wrong
    assert len(right) >= 0.7 * len(known)


def test_the_index_names_partners_right(gazetteer: Gazetteer) -> None:
    known = _known()
    named = {pid: place.name_uk for pid in known if (place := gazetteer.by_geonames(pid)) is not None}
    assert [(known[pid], name) for pid, name in named.items() if name and not _alike(name, known[pid][1])] == []
    assert sum(name is not None for name in named.values()) >= 0.93 * len(known)


def test_cldr_names_a_city_where_another_witness_agrees() -> None:
    cities = exemplar_cities()
    assert cities["FR", "paris"] == "Париж"
    assert cities["US", "chicago"] == "Чікаґо"
    paris = GeoName(1, "Paris", "FR", "11", 48.9, 2.4, 2_000_000, ("Париж", "Паріж"))
    chicago = GeoName(2, "Chicago", "US", "IL", 41.9, -87.6, 2_700_000, ("Чикаго", "Чыкага"))
    name_of = NamesAbroad()
    assert name_of(paris, "Paris") == "Париж"  # the rules alone would take Паріж
    assert name_of(chicago, "Chicago") == "Чикаго"


def test_the_table_of_names_is_in_order_and_in_ukrainian_letters() -> None:
    rows = read_table("ukrainian_names.tsv")
    ids = [int(row["geonames"]) for row in rows]
    assert ids == sorted(set(ids))
    assert not [row for row in rows if set(row["name"].lower()) - set("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя’ -")]
