"""The status of a partnership in the words in which offices write it."""

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twingraph.graph.model import Status
from twingraph.loaders.datasets import read_dataset
from twingraph.loaders.intake.manifest import manifest_for_file
from twingraph.loaders.problems import Problems
from twingraph.loaders.records import PartnershipRecord
from twingraph.loaders.tables.status_cells import find_contradiction, read_status

DATA = Path(__file__).parents[2] / "data" / "statuses"
VOCABULARY = tomllib.loads((files("twingraph.loaders") / "lookups" / "statuses.toml").read_text(encoding="utf-8"))
LANGUAGES = ("en", "uk", "pl", "de", "fr", "ru", "cs", "sk")

CELLS = """
припинено рішенням ради від 24.03.2022 | terminated | | 2022-03-24
розірвано у 2016 р. | terminated | | 2016
Розірвано 24 лютого 2022 року рішенням сесії № 12 від 01.03.2022 | terminated | | 2022-02-24
24.03.2022 припинено | terminated | | 2022-03-24
підписано 2015, розірвано 2022 | terminated | 2015 | 2022
1998–2016, розірвано | terminated | 1998 | 2016
1998, розірвано 2016 | terminated | 1998 | 2016
дію договору припинено 02.03.2022 | terminated | | 2022-03-02
втратив чинність у 2020 | terminated | | 2020
більше не діє | terminated | |
колишній партнер | terminated | |
не чинний | terminated | |
не продовжено у 2021 | terminated | | 2021
terminated (was active since 1998) | terminated | 1998 |
was active until 2016 | terminated | | 2016
діяв 2004–2014 | terminated | 2004 | 2014
дія договору завершилась у 2020 р. | terminated | | 2020
більше не співпрацюємо | terminated | |
no longer maintained | terminated | |
активна до 2022, потім припинена | terminated | | 2022
ended 2016 | terminated | | 2016
expired | terminated | |
no longer active | terminated | |
completed 2019 | terminated | | 2019
Former | terminated | |
wygasła | terminated | |
nie obowiązuje | terminated | |
besteht nicht mehr | terminated | |
nicht mehr aktiv | terminated | |
gekündigt zum 31.12.2021 | terminated | | 2021-12-31
résilié par le conseil municipal en mars 2022 | terminated | | 2022-03
n'est plus active | terminated | |
расторгнут 14.03.2022 | terminated | | 2022-03-14
ukončeno 2019 | terminated | | 2019
neplatná | terminated | |
не діє | suspended | |
тимчасово не діє | suspended | |
призупинено | suspended | |
призупинено до 2025 | suspended | |
призупинено з 2022 до 2025 | suspended | | 2022
активна, але призупинена з 2022 року | suspended | | 2022
inactive since 2010 | suspended | | 2010
not active | suspended | |
suspended until further notice | suspended | |
suspendu depuis mars 2022 | suspended | | 2022-03
zawieszona uchwałą Rady Miasta z dnia 03.03.2022 | suspended | | 2022-03-03
nieaktywna od 2014 | suspended | | 2014
ruht | suspended | |
neaktivní od 2022 | suspended | | 2022
приостановлен | suspended | |
активні | active | |
(чинний) | active | |
діє безстроково | active | |
діє до 31.12.2027 | active | | 2027-12-31
2004–2030 | active | 2004 | 2030
до 31.12.2027 | active | | 2027-12-31
активна з 2004 р. | active | 2004 |
набула чинності 12.05.2023 | active | 2023-05-12 |
дію припинено, відновлено у 2023 р. | active | |
wygaśnie 31.12.2027 | active | | 2027-12-31
підписано 12 травня 2004 р., діє | active | 2004-05-12 |
чинна станом на 2023 рік | active | |
продовжено до 2030 | active | | 2030
діє, не припинено | active | |
suspended 2014, renewed 2018 | active | |
in force since 1990, extended 2012 | active | 1990 |
until the end of 2027 | active | | 2027
expires 31.12.2027 | active | | 2027-12-31
gültig bis 31.12.2030 | active | | 2030-12-31
unterzeichnet am 3. Mai 2001 | active | 2001-05-03 |
trwa od 1999 | active | 1999 |
en vigueur | active | |
действует бессрочно | active | |
platná | active | |
на стадії підготовки | planned | |
планується підписати у 2025 р. | planned | 2025 |
ще не підписано | planned | |
signed, not yet in force | planned | |
підписано у 2023 році, не набула чинності | planned | 2023 |
у стадії погодження | planned | |
in Vorbereitung | planned | |
w trakcie negocjacji | planned | |
en cours de négociation | planned | |
планируется | planned | |
v přípravě | planned | |
will be active | planned | |
unknown | unknown | |
"""
CASES = [tuple(part.strip() for part in line.split("|")) for line in CELLS.strip().splitlines()]


@pytest.mark.parametrize(("text", "status", "since", "until"), CASES)
def test_a_status_is_read_as_offices_write_it(text: str, status: str, since: str, until: str) -> None:
    """Otherwise a partnership that a council ended is on the map as one of unknown status, without its end."""
    cell = read_status(text)
    assert (cell.status, cell.since or "", cell.until or "") == (status, since, until)


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("розірвано рішенням сесії № 12 від 01.03.2022", "рішення сесії № 12"),
        ("розірвано 25.02.2022 (рішення міської ради)", "рішення міської ради"),
        ("suspended in 2022 by decision of the city council", "decision of the city council"),
        ("terminated by the city council on 24 March 2022", "city council"),
        ("zawieszona uchwałą Rady Miasta z dnia 03.03.2022", "uchwała Rady Miasta"),
        ("beendet durch Beschluss des Stadtrats vom 03.03.2022", "Beschluss des Stadtrats"),
        ("résilié par le conseil municipal en mars 2022", "conseil municipal"),
        ("розірвано у 2016 р.", None),
        ("ended because of the war", None),
        ("suspended by the war", None),
        ("active partnership led by the mayor", None),
    ],
)
def test_the_decision_is_read_with_its_words(text: str, decision: str | None) -> None:
    """Otherwise nobody can say who ended a partnership, though the table names the council."""
    assert read_status(text).decided_by == decision


UNREADABLE = (
    "не припинено", "not terminated", "nicht gekündigt", "active?", "ні", "no", "active: no", "активний - ні",
    "можливо діє", "probably active", "was active", "була чинною", "на стадії розірвання", "en cours de résiliation",
    "Припинення заплановано на 2027", "закінчується", "expires", "fine", "see note",
    "планується розірвати", "to be terminated", "підлягає припиненню", "2016", "не планується",
)  # fmt: skip


@pytest.mark.parametrize("text", UNREADABLE)
def test_a_status_that_can_mean_several_things_is_none(text: str) -> None:
    """Otherwise a guess of the program is counted among the partnerships in force, or among the ended ones."""
    assert read_status(text).status is None


def _words(group: str, *labels: str) -> st.SearchStrategy[str]:
    lists = [VOCABULARY[group][label] for label in labels]
    words = sorted({word.rstrip("*") for languages in lists for each in languages.values() for word in each})
    return st.sampled_from(words)


FILLERS = st.lists(st.sampled_from(("є", "на", "цей", "час", "very", "jest", "mehr", "im", "2016", "the")), max_size=2)


@given(_words("changes", "not", "no_longer", "not_yet", "doubt"), FILLERS, _words("words", "active", "expiring", "yes"))
def test_a_negated_word_is_never_in_force(negation: str, fillers: list[str], word: str) -> None:
    """Otherwise "не є чинним" is counted as in force, since one of its words is."""
    for text in (" ".join((negation, *fillers, word)), f"{word} {negation}", f"{word} - {negation}"):
        assert read_status(text).status is not Status.ACTIVE, text


@settings(max_examples=200)
@given(
    st.text(max_size=80)
    | st.lists(
        _words("words", *VOCABULARY["words"])
        | _words("changes", *VOCABULARY["changes"])
        | st.sampled_from((",", ".", "(", "–", "№", "з", "до", "2016", "24.03.2022", "1998–2004", "31.02.2020", "0")),
        max_size=9,
    ).map(" ".join)
)
def test_any_cell_is_read(text: str) -> None:
    """Otherwise one strange cell stops the load of a table."""
    cell = read_status(text)
    if cell.status is None:
        assert (cell.since, cell.until) == (None, None)


@pytest.mark.parametrize("label", sorted(VOCABULARY["words"]))
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_word_of_the_vocabulary_is_read_alone(label: str, language: str) -> None:
    """Otherwise a word in the list of one language is hidden by a word of another."""
    expected = {
        "yes": "active",
        "begun": "active",
        "resumed": "active",
        "expiring": "active",
        "former": "terminated",
    }.get(label, label)
    for word in VOCABULARY["words"][label][language]:
        text = word.rstrip("*") + (" 31.12.2040" if label == "expiring" else "")
        assert read_status(text).status == expected, text


def read(path: Path) -> tuple[list[PartnershipRecord], Problems]:
    problems = Problems()
    records = read_dataset(manifest_for_file(path), problems).records
    assert all(isinstance(record, PartnershipRecord) for record in records)
    return list(records), problems


def test_a_table_with_statuses_in_words_is_read_with_their_dates() -> None:
    """Otherwise the partnership that a council ended in 2022 is in the list of those with Russia."""
    records, problems = read(DATA / "in_words.csv")
    assert [(record.second.name, record.status, record.since, record.until) for record in records] == [
        ("Красногорськ", "terminated", "1998", "2022-03-24"),
        ("Люблін", "active", "2004", None),
        ("Мозир", "terminated", "2001", "2016"),
        ("Краків", "active", "2010", None),
        ("Кельце", "planned", None, None),
    ]
    assert records[0].approved_by == "рішення ради"
    assert [record.words for record in records[:2]] == ["припинено рішенням ради від 24.03.2022", None]
    assert not problems


def test_partial_ends_stay_partial() -> None:
    """Otherwise a partnership that ended "in 2022" would have ended on a day that nobody named."""
    records, problems = read(DATA / "partial_dates.csv")
    assert [record.until for record in records] == ["2022", "2022-02", "2022-05-11"]
    assert not problems


def test_a_date_of_the_row_is_kept_and_contradictions_are_reported(tmp_path: Path) -> None:
    """Otherwise a status that contradicts its dates is believed or dropped, and nobody hears of it."""
    path = tmp_path / "t.csv"
    rows = (
        "Korosten,UA,Lublin,PL,1998,2005-03-01,активна",
        "Korosten,UA,Gdynia,PL,,2010,розірвано у 2016 р.",
        "Korosten,UA,Bytom,PL,,,активна (призупинено у 2022)",
        "Korosten,UA,Rawicz,PL,,,так собі",
        "Korosten,UA,Kielce,PL,,2999,terminated",
        "Korosten,UA,Poznań,PL,2999,,active",
        "Korosten,UA,Kutno,PL,2020,,ended 2016",
    )
    path.write_text("\n".join(("municipality,country,partner,partner_country,since,until,status", *rows)), "utf-8")
    records, problems = read(path)
    assert [(record.status, record.until) for record in records] == [
        ("active", "2005-03-01"),
        ("terminated", "2010"),
        ("suspended", "2022"),
        ("unknown", None),
        ("terminated", "2999"),
        ("active", None),
        ("terminated", "2016"),
    ]
    assert [(problem.cause, problem.line, problem.detail) for problem in problems] == [
        ("status and dates contradict", 2, "active, until 2005-03-01"),
        ("several statuses in one cell", 4, "активна (призупинено у 2022)"),
        ("unknown status", 5, "так собі"),
        ("status and dates contradict", 6, "terminated, until 2999"),
        ("status and dates contradict", 7, "active, since 2999"),
        ("ends before it begins", 8, "since 2020, until 2016"),
    ]
    unknown = next(problem for problem in problems if problem.cause == "unknown status")
    assert unknown.outcome == "taken as unknown; write active, planned, suspended, terminated"
    assert records[3].words == "так собі"


@pytest.mark.parametrize(
    ("status", "until"),
    [(Status.ACTIVE, None), (Status.ACTIVE, "2999"), (Status.SUSPENDED, "2005"), (Status.TERMINATED, "2005")],
)
def test_dates_that_fit_a_status_are_no_contradiction(status: Status, until: str | None) -> None:
    """Otherwise the summary is full of warnings about rows that are right."""
    assert find_contradiction(status, "1999", until) is None
