"""Cells as people fill them: marks for nothing, footnotes, totals, and dates that cannot both be."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twingraph.loaders.datasets import read_dataset
from twingraph.loaders.intake.manifest import manifest_for_file
from twingraph.loaders.problems import Problems
from twingraph.loaders.tables.cells import is_blank_mark, is_total, strip_footnotes
from twingraph.loaders.tables.options import table_options

HEADER = "Громада;Місто-побратим;Країна;Дата підписання;Чинна до;Статус;Примітка"


def read(tmp_path, *rows):
    path = tmp_path / "t.csv"
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    problems = Problems()
    options = table_options(mapped=["Чинна до=until"], fixed=["country=UA"])
    return read_dataset(manifest_for_file(path), problems, options=options).records, problems


@pytest.mark.parametrize("mark", ["—", "-", "–", "…", "?", "н/д", "немає", "Brak", "k. A.", "néant", "n/a", "#N/A"])
def test_a_mark_for_nothing_is_nothing(tmp_path, mark):
    """Else a partner called "немає" would stand on the map, and each dash be told as an impossible date."""
    records, problems = read(
        tmp_path,
        f"Житомир;Bytom;{mark};{mark};{mark};{mark};{mark}",
        f"Овруч;{mark};{mark};;;;",
        f"Радомишль;Bytom;{mark};2022;;;",
    )
    said = [(r.second.country, r.since, r.until, r.status, r.words) for r in records]
    assert said == [(None, None, None, "unknown", None), (None, "2022", None, "unknown", None)]
    assert [(p.cause, p.line, mark in p.detail) for p in problems] == [("no name", 3, True)]


def test_marks_in_a_list_stand_for_nothing_at_their_place(tmp_path):
    """Else the countries after a dash would go to the wrong partners."""
    records, problems = read(tmp_path, 'Житомир;"Bytom|Kutaisi|Lyon|—";"PL|—|FR|—";;;;')
    assert [(r.second.name, r.second.country) for r in records] == [("Bytom", "PL"), ("Kutaisi", None), ("Lyon", "FR")]
    assert not problems
    records, problems = read(tmp_path, 'Житомир;"Bytom;";PL;;;;', 'Овруч;"—; -";PL;;;;')
    assert [(r.second.name, r.second.country) for r in records] == [("Bytom", "PL")]
    assert [(p.cause, p.line) for p in problems] == [("no name", 3)]
    records, problems = read(tmp_path, 'Житомир;"By\x1btom; <b>Lyon</b>";PL;;;;')
    assert [r.second.name for r in records] == ["Bytom", "<b>Lyon</b>"]
    assert [p.cause for p in problems] == ["control characters", "markup in a name"], "as in a cell of one name"


@pytest.mark.parametrize("mark", ["¹", " [2]", "*", " **", "†", "(1)", "¹ ²", "[a]"])
def test_the_mark_of_a_footnote_is_no_part_of_a_name_a_country_or_a_date(tmp_path, mark):
    """Else "Битом¹" would be a town that no register knows."""
    records, problems = read(tmp_path, f"Житомир{mark};Битом{mark};Польща{mark};23.12.2022{mark};;;дивись{mark}")
    record = records[0]
    assert (record.first.name, record.second.name, record.second.country) == ("Житомир", "Битом", "Польща")
    assert (record.since, record.words) == ("2022-12-23", f"дивись{mark}"), "a note stays as it stands"
    assert not problems


@pytest.mark.parametrize("cell", ["Всього: 8", "Разом", "РАЗОМ – 12", "Razem", "Gesamt: 5", "Total (3)"])
def test_a_row_of_totals_is_told_and_is_no_partnership(tmp_path, cell):
    """Else "Razem" would be a town with the partner "6 umów"."""
    records, problems = read(tmp_path, "Житомир;Bytom;Польща;;;;", f"{cell};6 umów;;;;;")
    assert len(records) == 1
    assert [(p.cause, p.outcome, p.line) for p in problems] == [("row of totals", "row skipped", 3)]


@pytest.mark.parametrize(("since", "until", "told"), [
    ("2020", "1999", True), ("2020-05", "2020", False), ("2020", "2020-01", False), ("2020-05-02", "2020-05-01", True),
])  # fmt: skip
def test_an_end_before_the_beginning_is_told(tmp_path, since, until, told):
    """Else the two dates, most likely exchanged, would draw a tie that never was."""
    records, problems = read(tmp_path, f"Житомир;Bytom;Польща;{since};{until};;")
    assert (records[0].since, records[0].until) == (since, until)
    assert [p.cause for p in problems] == ["ends before it begins"] * told


@pytest.mark.parametrize("cell", ["з 1996 року", "від 1996", "od 1996 r.", "seit 1996", "depuis 1996", "Since 1996"])
def test_a_word_before_a_year_is_no_hindrance(tmp_path, cell):
    """Else the most usual way to write it in Ukrainian would be an impossible date."""
    records, problems = read(tmp_path, f"Житомир;Bytom;Польща;{cell};;;")
    assert records[0].since == "1996"
    assert not problems


CODES = st.text(string.ascii_uppercase, min_size=2, max_size=2)
NAMES = st.text(string.ascii_letters + "äöüßłńžїґє' -", min_size=3, max_size=20).filter(lambda name: name[-1].isalpha())


@given(CODES | NAMES)
def test_names_and_codes_stay_what_they_are(name):
    """Else the NO of Norway or the NA of Namibia would be nothing."""
    assert strip_footnotes(name) == name
    assert not is_blank_mark(name) or name.strip().casefold() in {"none", "null", "brak", "keine", "aucun", "нема"}
    assert not is_total(name) or len(name) >= 3


@pytest.mark.parametrize("name", ["Gdynia (PL)", "Halle (Saale)", "Lyon 3e", "St. Louis [US]", "'s-Hertogenbosch", "Y"])
def test_what_tells_namesakes_apart_is_no_footnote(name):
    """Else Frankfurt (Oder) would be Frankfurt."""
    assert strip_footnotes(name) == name
