"""Tables as analysts keep them: sheets, other languages, titles above the header, lists in one cell."""

import datetime as dt
import json
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twingraph.errors import InputError
from twingraph.loaders.datasets import read_dataset
from twingraph.loaders.intake.manifest import manifest_for_file
from twingraph.loaders.problems import Problems
from twingraph.loaders.tables.options import read_mapping, save_mapping, table_options


def read(path, **options):
    problems = Problems()
    return read_dataset(manifest_for_file(path), problems, options=table_options(**options)), problems


def text(tmp_path, content, name="t.csv"):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return path


HEADERS = {
    "uk": "Громада;Місто-побратим;Країна;Дата підписання;Вид угоди;Статус",
    "pl": "Gmina;Miasto partnerskie;Kraj;Data podpisania;Rodzaj współpracy;Status",
    "de": "Gemeinde;Partnerstadt;Land;seit;Art der Partnerschaft;Status",
    "fr": "Commune;Jumelage;Pays;Date de signature;Type de partenariat;Statut",
    "en": "Town;Twin town;Country;Date of signing;Type;Status",
}
WORDS = {
    "uk": ("угода про партнерство", "розірвано", "partnership_agreement"),
    "pl": ("list intencyjny", "rozwiązana", "memorandum"),
    "de": ("Städtefreundschaft", "beendet", "friendship"),
    "fr": ("jumelage", "rompu", "twin_town"),
    "en": ("twin town", "ended", "twin_town"),
}


@pytest.mark.parametrize("language", HEADERS)
def test_columns_and_words_are_known_in_five_languages(tmp_path, language):
    """Else an analyst would have to rename the columns and translate the words of every table."""
    kind, status, meant = WORDS[language]
    row = f"Житомир;Bytom;Польща;23.12.2022;{kind};{status}"
    dataset, problems = read(text(tmp_path, f"{HEADERS[language]}\n{row}\n"), fixed=["country=UA"])
    record = dataset.records[0]
    assert (record.first.country, record.second.country) == ("UA", "Польща"), "the country is that of the partner"
    assert (record.kind, record.status, record.since) == (meant, "terminated", "2022-12-23")
    assert not problems


@pytest.mark.parametrize(
    ("header", "cell", "kind", "agreement"),
    [
        ("Назва угоди", "Пакт вільних міст", "other", "Пакт вільних міст"),
        ("Угода", "угода про партнерство", "partnership_agreement", None),
        ("Документ", "Меморандум про співпрацю в освіті", "memorandum", "Меморандум про співпрацю в освіті"),
        ("Agreement", "Pact of nine cities", "other", "Pact of nine cities"),
        ("Umowa", "tak", "other", None),
        ("Vertrag", "Partnerschaftsvertrag", "partnership_agreement", None),
        ("Titre de l'accord", "Pacte d'amitié", "friendship", None),
        ("Kind;Document", "friendship;Pact of nine cities", "friendship", "Pact of nine cities"),
    ],
)
def test_the_title_of_a_document_is_read(tmp_path, header, cell, kind, agreement):
    """Else the parties of one document could not be found, or a title would be an unknown kind."""
    table = f"Municipality;Country;Partner;Partner country;{header}\nZhytomyr;UA;Bytom;PL;{cell}\n"
    dataset, problems = read(text(tmp_path, table))
    assert [(each.kind, each.agreement) for each in dataset.records] == [(kind, agreement)]
    assert not problems


def test_coordinates_and_codes_beside_a_town_tell_which_one_it_is(tmp_path):
    """A ministry's table has the code of each hromada: nine hromadas are called Миколаївська."""
    rows = (
        "Код КАТОТТГ;Громада;Партнер;Країна;Широта;Довгота;Вікідані\n"
        "UА59080130000022249;Миколаївська;Rawicz;PL;51.6;16.9;https://www.wikidata.org/wiki/Q156713\n"
        "UA5908;Миколаївська;Rawicz;PL;51.6;;Rawicz\n"
    )
    dataset, problems = read(text(tmp_path, rows), fixed=["country=UA"])
    first, second = dataset.records
    assert (first.first.katottg, first.first.lat) == ("UA59080130000022249", None)
    assert (first.second.lat, first.second.lon, first.second.wikidata_id) == (51.6, 16.9, "Q156713")
    assert (second.first.katottg, second.second.lat, second.second.wikidata_id) == (None, None, None)
    assert sorted((problem.cause, problem.line) for problem in problems) == [
        ("coordinates of one axis only", 3), ("not an id", 3), ("not an id", 3),
    ]  # fmt: skip


@pytest.mark.parametrize("header", ["№", "№ з/п", "№ п/п", "Lp.", "L.p.", "lfd. Nr.", "N°", "No."])
def test_a_column_that_numbers_the_rows_is_no_problem(tmp_path, header):
    """Else --strict would refuse nearly every table of an office."""
    dataset, problems = read(
        text(tmp_path, f"{header};Громада;Партнер;Країна\n1;Житомир;Bytom;Польща\n"), fixed=["country=UA"]
    )
    assert len(dataset.records) == 1
    assert not problems


def test_titles_above_and_merged_headers_are_seen_through(tmp_path):
    """Else the tables of most offices, which begin with a title, could not be loaded."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Партнери"
    sheet.append(["Міжнародні партнери громад області"])
    sheet.merge_cells("A1:D1")
    sheet.append([])
    sheet.append(["Громада", "Партнер", None, "Дата підписання"])
    sheet.merge_cells("B3:C3")
    sheet.append([None, "Місто", "Країна", None])
    sheet.append(["Житомир", "Bytom", "Польща", dt.date(2022, 12, 23)])
    sheet.append(["Овруч", "Płock", "Польща", 1999])
    sheet.row_dimensions[6].hidden = True
    book.create_sheet("Зміст").append(["Партнери: дивись перший аркуш"])
    book.save(tmp_path / "t.xlsx")
    dataset, problems = read(tmp_path / "t.xlsx", fixed=["country=UA"])
    values = [(r.row, r.first.name, r.second.name, r.second.country, r.since) for r in dataset.records]
    assert values == [(5, "Житомир", "Bytom", "Польща", "2022-12-23"), (6, "Овруч", "Płock", "Польща", "1999")]
    assert [(each.cause, each.file.endswith("[Зміст]")) for each in problems] == [("sheet not read", True)]


def test_a_second_country_belongs_to_its_own_town(tmp_path):
    """Else the most usual of all headers would be refused, and the user would have to rename columns."""
    for header, name in (
        ("Our town,Country,Region,Twin town,Country,Region", "country_2"),
        ("Country,Our town,Region,Country,Twin town,Region", "country_2"),
        ("Our town,Country,Region,Twin town,Country.1,Region.1", "country.1"),
    ):
        row = "GB,Leeds,England,FR,Lille,Nord" if header.startswith("C") else "Leeds,GB,England,Lille,FR,Nord"
        dataset, problems = read(text(tmp_path, f"{header}\n{row}\n"))
        record = dataset.records[0]
        assert (record.first.name, record.first.country) == ("Leeds", "GB")
        assert (record.second.name, record.second.country) == ("Lille", "FR")
        assert dataset.tables[0].columns[name] == "partner_country", "as --map and the summary call it"
        assert not problems
    with pytest.raises(InputError, match="'date' appears twice"):
        read(text(tmp_path, "Town,Country,Twin town,Country,Date,Date\nLeeds,GB,Lille,FR,2000,2001\n"))


def test_cells_merged_over_columns_and_down_rows_are_understood(tmp_path):
    """Else of a municipality with three partners in a merged cell two would be lost, and the header not be known."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Gmina", None, "Partner", None, "Data podpisania umowy"])
    sheet.append(["nazwa", "województwo", "miasto", "kraj", None])
    for row in (
        ["Bytom", "śląskie", "Żytomierz", "Ukraina", 2023],
        [None, None, "Recklinghausen", "Niemcy", 1999],
        [None, None, None, None, None],
        ["Rawicz", None, "Lublin", "Polska", 2001],
        [None, None, "Kutno", "Polska", 2002],
    ):
        sheet.append(row)
    for merged in ("A1:B1", "C1:D1", "A3:A5", "B3:B5"):
        sheet.merge_cells(merged)
    book.save(tmp_path / "t.xlsx")
    dataset, problems = read(tmp_path / "t.xlsx", fixed=["country=PL"])
    values = [(r.row, r.first.name, r.first.region, r.second.name, r.second.country) for r in dataset.records]
    assert values == [
        (3, "Bytom", "śląskie", "Żytomierz", "Ukraina"),
        (4, "Bytom", "śląskie", "Recklinghausen", "Niemcy"),
        (6, "Rawicz", None, "Lublin", "Polska"),
    ]
    assert [(each.cause, each.line) for each in problems] == [("no name", 7)], "what is blank and not merged is no name"


def test_a_sheet_that_is_not_read_is_reported_with_what_it_lacks(tmp_path):
    """Else the larger sheet of two would be skipped without the option to add."""
    book = openpyxl.Workbook()
    book.active.append(["Gmina", "Miasto partnerskie"])
    book.active.append(["Bytom", "Żytomierz"])
    sheet = book.create_sheet("Dawne")
    sheet.append(["municipality", "country", "partner", "partner_country"])
    sheet.append(["Bytom", "PL", "Drohobycz", "UA"])
    book.save(tmp_path / "t.xlsx")
    _, problems = read(tmp_path / "t.xlsx")
    assert [each.detail for each in problems] == ["the columns 'country' and 'partner_country' are missing"]


def test_names_as_programs_write_them_are_known(tmp_path):
    """Else the answer of a web service would have to be rewritten."""
    objects = [{"homeCity": "Chicago", "homeCountry": "US", "sisterCities": ["Kyiv", "Lviv"], "partnerCountry": "UA"}]
    dataset, problems = read(text(tmp_path, json.dumps(objects), "t.json"))
    assert [(r.first.country, r.second.name) for r in dataset.records] == [("US", "Kyiv"), ("US", "Lviv")]
    assert not problems


def test_blank_fields_beyond_the_header_cost_no_row(tmp_path):
    """Else a sheet saved as CSV with a stray column would lose rows."""
    rows = "municipality,country,partner,partner_country\nLeeds,GB,Lille,FR,,\nLeeds,GB,Brno,CZ,more\n"
    dataset, problems = read(text(tmp_path, rows))
    assert [r.second.name for r in dataset.records] == ["Lille"]
    assert [(each.cause, each.line) for each in problems] == [("wrong number of fields", 3)]


def test_a_row_that_ends_early_is_read_where_it_names_both_towns(tmp_path):
    """Else a list with blank last cells would lose rows, or one cut in a name would become another town."""
    head = "note,municipality,partner,partner_country,kind,since\n"
    rows = ",Leeds,Lille,FR,twin_town\n,Leeds,Brno,CZ\n,Leeds,Dortmund\n,Leeds,Siegen,DE,twin_town,1966\n"
    dataset, problems = read(text(tmp_path, head + rows), fixed=["country=GB"])
    assert [(r.second.name, r.kind, r.since) for r in dataset.records] == [
        ("Lille", "twin_town", None), ("Brno", "other", None), ("Siegen", "twin_town", "1966"),
    ]  # fmt: skip
    assert [(each.line, each.outcome, each.detail) for each in problems] == [
        (2, "read as blank", "5 where the header has 6: without 'since'"),
        (3, "read as blank", "4 where the header has 6: without 'kind', 'since'"),
        (4, "row skipped", "3 where the header has 6"),
    ]


def test_the_named_sheet_is_read_and_dates_of_1904_are_right(tmp_path):
    """Else dates of a workbook made on an old Mac would be four years off."""
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(["nothing here"])
    sheet = book.create_sheet("Ties")
    sheet.append(["municipality", "country", "partner", "partner_country", "since"])
    sheet.append(["Zhytomyr", "UA", "Bytom", "PL", dt.date(2022, 12, 23)])
    book.save(tmp_path / "t.xlsx")
    dataset, _ = read(tmp_path / "t.xlsx", sheets=["Ties"])
    assert dataset.records[0].since == "2022-12-23"
    with pytest.raises(InputError, match="no sheet 'Tie'"):
        read(tmp_path / "t.xlsx", sheets=["Tie"])


def test_a_table_in_the_middle_of_a_sheet_is_read_with_its_lines(tmp_path):
    """Else a table with room around it would be shifted by a column, or its problems be reported for other rows."""
    book = openpyxl.Workbook()
    header = ["municipality", "country", "partner", "partner_country"]
    for number, row in enumerate((header, ["Zhytomyr", "UA", "Bytom", "PL"])):
        for column, cell in enumerate(row):
            book.active.cell(4 + number, 3 + column, cell)
    book.save(tmp_path / "t.xlsx")
    dataset, problems = read(tmp_path / "t.xlsx")
    assert [(each.row, each.first.name, each.second.name) for each in dataset.records] == [(5, "Zhytomyr", "Bytom")]
    assert not problems


def test_two_columns_for_one_field_are_refused_with_the_option_to_add(tmp_path):
    """Else one of two partners would be taken at random."""
    path = text(tmp_path, "municipality,country,Twin town,Partner town,partner_country\nA,UA,B,C,PL\n")
    with pytest.raises(InputError) as caught:
        read(path)
    assert "--map 'twin_town=partner'" in caught.value.hint
    dataset, problems = read(path, mapped=["Twin town=partner", "Partner town=-"])
    assert (dataset.records[0].second.name, len(problems)) == ("B", 0)


def test_a_column_that_only_looks_alike_is_offered_and_not_taken(tmp_path):
    """Else a slip of the pen, or another word altogether, would decide what is loaded."""
    with pytest.raises(InputError) as caught:
        read(text(tmp_path, "municipality,country,Partnrestadt,partner_country\nA,UA,B,PL\n"))
    assert "perhaps --map 'partnrestadt=partner'" in caught.value.hint


def test_a_mapping_is_kept_and_read_again(tmp_path):
    """Else the same options would have to be typed every month."""
    save_mapping(tmp_path / "m.toml", {'міс"то\t=': "partner"}, {"country": "UA"})

    columns, fixed = read_mapping(tmp_path / "m.toml")
    assert (list(columns.values()), fixed) == (["partner"], {"country": "UA"})


@pytest.mark.parametrize(
    "content",
    [
        '[{"Partnerstadt": "Bytom", "Land": "PL"}]',
        '{"data": [{"Partnerstadt": "Bytom", "Land": "PL"}], "page": 1}',
        '{"Partnerstadt": "Bytom", "Land": "PL"}\n{"Partnerstadt": "Bytom", "Land": "PL", "seit": null}\n',
        '[{"partner": {"name": "Bytom", "country": "PL"}}]',
    ],
)
def test_json_is_read_in_its_usual_shapes(tmp_path, content):
    """Else what an open-data portal gives out could not be loaded."""
    dataset, problems = read(text(tmp_path, content, "t.json"), fixed=["municipality=Zhytomyr", "country=UA"])
    assert {(each.second.name, each.second.country) for each in dataset.records} == {("Bytom", "PL")}
    assert not problems


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[" * 100_000, "nested too deep"),
        ('[{"partner": NaN}]', "NaN is not a number in JSON"),
        ('[{"partner": "A", "partner": "B"}]', "'partner' appears twice"),
        ('[{"partner": "A"', "no JSON"),
        ("[1, 2]", "no object"),
        ('[{"partner": "' + "x" * 10_000_000 + '"}]', "longer than 131,072"),
        ('[{"partner": ' + "9" * 10_000 + "}]", "a number cannot be read"),
    ],
)
def test_unreadable_json_is_reported(tmp_path, content, message):
    """Else a hostile or broken file would end in a traceback or eat the memory."""
    with pytest.raises(InputError, match=r"t\.json") as caught:
        read(text(tmp_path, content, "t.json"), fixed=["municipality=A", "country=UA", "partner_country=PL"])
    assert message in caught.value.message


def test_a_workbook_that_is_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    """Else a file of one megabyte would take all memory."""
    with zipfile.ZipFile(tmp_path / "t.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (32 << 20))
    with pytest.raises(InputError, match="unpacks to 32 MB"):
        read(tmp_path / "t.xlsx")


def test_the_decimal_comma_of_a_table_is_known_from_its_delimiter(tmp_path):
    """Else 1,234 t in a table from Excel in Kyiv would be reported, or 1,234 people in a British one become one."""
    head, row = "from,from_country,to,to_country,kind,amount\n", "Gdynia,PL,Zhytomyr,UA,aid,{}\n"
    rows = "".join(row.format(number) for number in ('"1,234"', '"0,500"', "1.5"))
    dataset, problems = read(text(tmp_path, head + rows))
    assert [each.amount for each in dataset.records] == [None, 0.5, 1.5]
    assert [each.cause for each in problems] == ["not a number"]
    rows = "".join(row.replace(",", ";").format(number) for number in ("1,234", "0,500", "1.5"))
    dataset, problems = read(text(tmp_path, head.replace(",", ";") + rows))
    assert [each.amount for each in dataset.records] == [1.234, 0.5, 1.5]
    assert not problems


@pytest.mark.parametrize(
    "rows",
    [
        "Donor;Country;Recipient;Country;Kind of aid;Amount;Unit;Date\nLeeds;GB;Lviv;UA;{};1.5;{};2022-04\n",
        "Від кого;Країна;Кому;Країна;Вид допомоги;Кількість;Одиниця;Дата\nLeeds;GB;Lviv;UA;{};1,5;{};2022-04\n",
        "Darczyńca;Kraj;Odbiorca;Kraj;Rodzaj pomocy;Ilość;Jednostka;Data\nLeeds;GB;Lviv;UA;{};1,5;{};2022-04\n",
        "Geber;Land;Empfänger;Land;Art der Hilfe;Menge;Einheit;Datum\nLeeds;GB;Lviv;UA;{};1,5;{};2022-04\n",
        "Donateur;Pays;Bénéficiaire;Pays;Type d'aide;Quantité;Unité;Date\nLeeds;GB;Lviv;UA;{};1,5;{};2022-04\n",
    ],
)
def test_flows_are_known_in_five_languages(tmp_path, rows):
    """Else what a town has sent or whom it has taken in would have to be translated before it is loaded."""
    for kind, unit, goods in (("generators", "t", ("generators", "t")), ("hosting", "count", ("people", "people"))):
        dataset, problems = read(text(tmp_path, rows.format(kind, unit)))
        (record,) = dataset.records
        assert (record.first.country, record.second.country, record.amount, record.since) == (
            "GB",
            "UA",
            1.5,
            "2022-04",
        )
        assert (record.goods, record.unit) == goods
        assert not problems


def test_words_for_hosting_and_units_are_known(tmp_path):
    """Else people who were taken in would count as goods that were sent."""
    rows = (
        "from,from_country,to,to_country,kind,amount,unit\n"
        "Leeds,GB,Lviv,UA,Прихисток,150,осіб\nLeeds,GB,Lviv,UA,Unterbringung,7,Personen\nLeeds,GB,Lviv,UA,ліки,2,тонн\n"
    )
    dataset, _ = read(text(tmp_path, rows))
    assert [(each.relation, each.goods, each.unit) for each in dataset.records] == [
        ("HOSTED", "people", "people"), ("HOSTED", "people", "people"), ("SENT_AID", "ліки", "t"),
    ]  # fmt: skip


def test_a_title_right_above_the_header_is_no_part_of_it(tmp_path):
    """Else the first column would have the title's name, and be reported as one that is not used."""
    rows = "Реєстр партнерств;;;\n№ з/п;Громада;Партнер;Країна\n1;Житомир;Płock;Польща\n"
    dataset, problems = read(text(tmp_path, rows), fixed=["country=UA"])
    assert [record.second.name for record in dataset.records] == ["Płock"]
    assert dataset.tables[0].words.endswith("1 line above the header is not read")
    assert not problems


def test_countries_that_a_cell_lists_by_commas_go_with_the_partners(tmp_path):
    """Else both partners would lie in the last country of the list."""
    rows = 'municipality,country,partner,partner_country\nLeeds,GB,"Kraśnik; Vyhne","Польща, Словаччина"\n'
    dataset, _ = read(text(tmp_path, rows))
    assert [(each.second.name, each.second.country) for each in dataset.records] == [
        ("Kraśnik", "Польща"), ("Vyhne", "Словаччина"),
    ]  # fmt: skip


def test_objects_within_objects_are_towns_with_what_is_said_of_them(tmp_path):
    """Else what a web service answers would have to be flattened by a programmer."""
    objects = [{"municipality": {"name": "Leeds", "country": "GB"}, "partner": {"country": "FR", "name": "Lille"}}]
    dataset, problems = read(text(tmp_path, json.dumps(objects), "t.json"))
    (record,) = dataset.records
    assert (record.first.name, record.first.country) == ("Leeds", "GB")
    assert (record.second.name, record.second.country) == ("Lille", "FR")
    assert not problems


@given(widths=st.lists(st.integers(1, 9), min_size=1, max_size=20))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_row_is_read_or_reported_whatever_its_length(tmp_path, widths):
    """Else a row could vanish without a word, or be read with the fields of another."""
    cells = ["twin_town", "Leeds", "GB", "Lille", "FR", "active", "2001", "a", "b"]
    rows = "".join(f"{','.join(cells[:width])}\n" for width in widths)
    content = f"kind,municipality,country,partner,partner_country,status,since\ntwin_town,Leeds,GB,Brno,CZ,,\n{rows}"
    dataset, problems = read(text(tmp_path, content))
    outcomes = {each.line: each.outcome for each in problems if each.cause == "wrong number of fields"}
    read_from = {record.row: record for record in dataset.records}
    for line, width in enumerate(widths, start=3):
        assert outcomes.get(line) == (None if width == 7 else "read as blank" if width in {5, 6} else "row skipped")
        assert (line in read_from) == (width in {5, 6, 7})
        if line in read_from:
            record = read_from[line]
            values = (record.second.name, record.status, record.since)
            assert values == ("Lille", "active" if width > 5 else "unknown", "2001" if width > 6 else None)
