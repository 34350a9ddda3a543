"""Cells as people fill them: marks for nothing, footnotes, totals, and dates that cannot both be."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twingraph.loaders.datasets import read_dataset
from twingraph.loaders.intake.manifest import manifest_for_file
from twingraph.loaders.problems import Problems
from twingraph.loaders.tables.cells import (
    is_blank_mark,
    is_total,
    parse_cell_date,
    parse_number,
    strip_footnotes,
)
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
    """Else a partner called "немає" would be on the map, and each dash be reported as an impossible date."""
    records, problems = read(
        tmp_path,
        f"Житомир;Bytom;{mark};{mark};{mark};{mark};{mark}",
        f"Овруч;{mark};{mark};;;;",
        f"Радомишль;Bytom;{mark};2022;;;",
    )
    values = [(r.second.country, r.since, r.until, r.status, r.words) for r in records]
    assert values == [(None, None, None, "unknown", None), (None, "2022", None, "unknown", None)]
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
    assert (record.since, record.words) == ("2022-12-23", f"дивись{mark}"), "a note stays as written"
    assert not problems


@pytest.mark.parametrize("cell", ["Всього: 8", "Разом", "РАЗОМ – 12", "Razem", "Gesamt: 5", "Total (3)"])
def test_a_row_of_totals_is_reported_and_is_no_partnership(tmp_path, cell):
    """Else "Razem" would be a town with the partner "6 umów"."""
    records, problems = read(tmp_path, "Житомир;Bytom;Польща;;;;", f"{cell};6 umów;;;;;")
    assert len(records) == 1
    assert [(p.cause, p.outcome, p.line) for p in problems] == [("row of totals", "row skipped", 3)]


@pytest.mark.parametrize(("since", "until", "is_reported"), [
    ("2020", "1999", True), ("2020-05", "2020", False), ("2020", "2020-01", False), ("2020-05-02", "2020-05-01", True),
])  # fmt: skip
def test_an_end_before_the_beginning_is_reported(tmp_path, since, until, is_reported):
    """Else the two dates, most likely exchanged, would draw a tie that never was."""
    records, problems = read(tmp_path, f"Житомир;Bytom;Польща;{since};{until};;")
    assert (records[0].since, records[0].until) == (since, until)
    assert [p.cause for p in problems] == ["ends before it begins"] * is_reported


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
def test_a_distinction_of_namesakes_is_no_footnote(name):
    """Else Frankfurt (Oder) would be Frankfurt."""
    assert strip_footnotes(name) == name


@pytest.mark.parametrize(
    ("number", "value", "in_decimal_comma_table"),
    [
        ("1,234", None, 1.234),
        ("-1,234", None, -1.234),
        ("999,000", None, 999.0),
        ("0,500", 0.5, 0.5),
        ("-0,500", -0.5, -0.5),
        ("0,5", 0.5, 0.5),
        ("1,5", 1.5, 1.5),
        ("1234,567", 1234.567, 1234.567),
        ("1 234,5", 1234.5, 1234.5),
        ("1\u202f234\u202f567", 1234567.0, 1234567.0),
        ("1'234.5", 1234.5, 1234.5),
        ("1,234.5", 1234.5, 1234.5),
        ("1.234,5", 1234.5, 1234.5),
        ("1,234,567", 1234567.0, 1234567.0),
        ("1.234.567", 1234567.0, 1234567.0),
        ("1,234,567.8", 1234567.8, 1234567.8),
        ("50.254", 50.254, 50.254),
        ("12,34,567", None, None),
        ("1,23.5", None, None),
        ("1.5.2", None, None),
        ("1 23", None, None),
        ("inf", None, None),
        ("nan", None, None),
        ("1e999", None, None),
        ("many", None, None),
    ],
)
def test_a_number_with_two_readings_is_no_number_and_one_with_a_leading_zero_is_a_fraction(
    number, value, in_decimal_comma_table
):
    """Else a thousand people would become one, or half a tonne be lost."""
    for decimal_comma, expected in ((False, value), (True, in_decimal_comma_table)):
        if expected is None:
            with pytest.raises(ValueError, match=number):
                parse_number(number, decimal_comma=decimal_comma)
        else:
            assert parse_number(number, decimal_comma=decimal_comma) == expected


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("23.12.2022", "2022-12-23"),
        ("12/2022", "2022-12"),
        ("24/12/2022", "2022-12-24"),
        ("12/24/2022", "2022-12-24"),
        ("23 грудня 2022 р.", "2022-12-23"),
        ("1 maja 2004", "2004-05-01"),
        ("1. März 1990", "1990-03-01"),
        ("14 juillet 1989", "1989-07-14"),
        ("May 2001", "2001-05"),
        ("December 23, 2022", "2022-12-23"),
        ("1998 рік", "1998"),
        ("05/05/2022", "2022-05-05"),
        ("12/12/2022", "2022-12-12"),
        ("13/12/2022", "2022-12-13"),
        ("12/13/2022", "2022-12-13"),
        ("03.04.2022", "2022-04-03"),
        ("3-12-2022", None),
        ("23-12-2022", "2022-12-23"),
        ("2022/3/4", "2022-03-04"),
        ("2022.5", "2022-05"),
        ("2022-12-23T10:00:00.5+02:00", "2022-12-23"),
        ("2022-12-23 9:30", "2022-12-23"),
        ("May 3rd, 2001", "2001-05-03"),
        ("8 de mai 2001", "2001-05-08"),
        ("8 May 3, 2001", None),
        ("32.12.2022", None),
        ("13.13.2022", None),
        ("30 февраля 2022", None),
        ("30 лютого 2022", None),
        ("1998 роки", None),
        ("soon", None),
    ],
)
def test_dates_are_read_as_they_are_written(written, meant):
    """Else the dates of a Ukrainian table would be dropped one by one."""
    if meant is None:
        with pytest.raises(ValueError, match=r"\d|soon"):
            parse_cell_date(written)
    else:
        assert parse_cell_date(written) == meant


@pytest.mark.parametrize(
    ("number", "day"),
    [
        ("36892", "2001-01-01"),
        ("10000", "1927-05-18"),
        ("79999", "2119-01-10"),
        ("9999", None),
        ("09999", None),
        ("80000", None),
    ],
)
def test_a_day_as_spreadsheets_count_them_is_reported_with_its_date(number, day):
    """Else the user would see 36892 and not know what is wrong with it."""
    if number == "9999":
        assert parse_cell_date(number) == number, "a year"
        return
    with pytest.raises(ValueError, match=f"perhaps {day}: save the column" if day else number) as caught:
        parse_cell_date(number)
    assert ("perhaps" in str(caught.value)) is (day is not None)


def test_a_date_with_two_readings_is_reported_with_both():
    """Else the third of April would become the fourth of March."""
    with pytest.raises(ValueError, match="can be 2022-04-03 or 2022-03-04"):
        parse_cell_date("03/04/2022")


@pytest.mark.parametrize(
    ("cell", "is_mark", "is_sum"),
    [
        ("немає даних", True, False),
        ("-" * 24, True, False),
        ("-" * 25, False, False),
        ("Nothing", False, False),
        ("Разом" + " " * 43, False, True),
        ("Разом" + " " * 44, False, False),
        ("разом: (12)", False, True),
        ("Razem Zagłębie", False, False),
        ("", False, False),
    ],
)
def test_marks_and_totals_are_whole_cells(cell, is_mark, is_sum):
    """Else a municipality whose name begins like one would be skipped."""
    assert (is_blank_mark(cell), is_total(cell)) == (is_mark, is_sum)
