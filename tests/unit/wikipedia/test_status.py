"""Which partnerships of a page have ended: words for an end are words, and names are names."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twingraph.graph.model import Kind, Status
from twingraph.loaders.datasets import read_dataset
from twingraph.loaders.intake.manifest import manifest_for_file
from twingraph.loaders.problems import Problems
from twingraph.loaders.records import PartnershipRecord
from twingraph.loaders.wikipedia.html import read_html
from twingraph.loaders.wikipedia.outline import Outline
from twingraph.loaders.wikipedia.reading import read_partnerships
from twingraph.loaders.wikipedia.status import find_heading_status, find_sentence_status, read_item
from twingraph.loaders.wikipedia.wikitext import read_wikitext
from twingraph.loaders.wikipedia.words import is_about_twins

DATA = Path(__file__).parents[2] / "data" / "wikipedia"
LINES = [
    line.split("\t")
    for line in (DATA / "lines.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
][1:]
IDAHO = "List of sister cities in Idaho"


@pytest.mark.parametrize(("sort", "line", "expected"), [(sort, line, tuple(rest)) for _, sort, line, *rest in LINES])
def test_words_for_an_end_are_not_found_in_names(sort: str, line: str, expected: tuple[str, str, str]) -> None:
    """Otherwise every twin of Cancellara or Ancient Olympia has ended, or the ended ones are in force."""
    if sort == "item":
        item = read_item(line)
        assert (item.status or "", item.since or "", item.until or "") == expected
    else:
        found = find_heading_status(line)[0] if sort == "heading" else find_sentence_status(line)
        assert (found or "", "", "") == expected


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("Amasya, Turkey (since 1999)", "1999", None),
        ("Zhytomyr, Ukraine (1999–2014)", "1999", "2014"),
        ("Гомель (2001, розірвано 2022)", "2001", "2022"),
        ("Kropp – 1993", "1993", None),
        ("Kropp 1993", "1993", None),
        ("Битом (12 травня 2001 року)", "2001", None),
        ("Toronto, Canada", None, None),
        ("founded 12345", None, None),
        ("Kursk, Russia (1990 to 2014)", "1990", "2014"),
        ("Kursk, Russia (until March 2014)", None, "2014"),
    ],
)
def test_years_are_read_from_the_words(text: str, since: str | None, until: str | None) -> None:
    """Otherwise old and young partnerships, or living and ended ones, are mixed up."""
    assert (read_item(text).since, read_item(text).until) == (since, until)


def test_a_name_is_never_searched_for_a_status() -> None:
    """Otherwise a town that is called Former, or Ended, has no partner in force."""
    assert read_item("[x] Rawicz (Former), Poland", ["Former"]).status is None
    assert read_item("Halt, Ended, Former, Passau").status is None
    assert read_item("Brest, Belarus (ended 2016)", ["Brest"]).status is Status.TERMINATED
    assert read_item("Гомель, Білорусь, 2001, Призупинено 2022", is_row=True).until == "2022"


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Twin towns – Sister cities", True),
        ("Twinnings", True),
        ("International relations", True),
        ("Міста-побратими", True),
        ("Międzynarodowe miasta partnerskie", True),
        ("Städtepartnerschaften", True),
        ("Partnerstädte", True),
        ("Jumelages", True),
        ("Villes jumelées", True),
        ("Partnerská města", True),
        ("Города-побратимы", True),
        ("Twin (sister) cities", True),
        ("Twin Falls", False),
        ("Twin Falls County", False),
        ("Twin Islands", False),
        ("Twinsburg", False),
        ("Twin studies", False),
        ("Minnesota Twins", False),
        ("Sisters", False),
        ("Sister Bay", False),
        ("Jumelles", False),
        ("Jumeauville", False),
        ("Entwining", False),
    ],
)
def test_a_heading_is_about_twins_by_whole_words(heading: str, expected: bool) -> None:
    """Otherwise the twins of Twin Falls belong to the town above it on the page."""
    assert is_about_twins(heading) is expected


def read(outline: Outline, problems: Problems | None = None) -> list[PartnershipRecord]:
    return list(read_partnerships(outline, Problems() if problems is None else problems, "page"))


def of(text: str, title: str = IDAHO) -> list[tuple[str, str, str, str]]:
    ties = read(read_wikitext(text, f"{title}.wiki"))
    return [(tie.first.name, tie.second.name, tie.status, tie.kind) for tie in ties]


@pytest.mark.parametrize("name", ["Nafplio.wiki", "Rivne.wiki"])
def test_pages_of_towns_are_read_with_their_statuses(name: str) -> None:
    """Otherwise an extended partnership is ended, and an inactive one began in the year in which it stopped."""
    records = read_dataset(manifest_for_file(DATA / name), Problems()).records
    ties = [record for record in records if isinstance(record, PartnershipRecord)]
    expected = {
        "Nafplio.wiki": [
            ("active", "1999", None),
            ("active", None, None),
            ("active", "2005", None),
            ("active", None, None),
        ],
        "Rivne.wiki": [
            ("suspended", None, None),
            ("suspended", None, "2010"),
            ("suspended", None, "2020"),
            ("terminated", "1995", None),
        ],
    }
    assert [(tie.status, tie.since, tie.until) for tie in ties] == expected[name]


def test_a_town_of_a_list_is_a_town_whatever_its_name() -> None:
    """Otherwise the twins of Twin Falls, Friendship or Former belong to another town, or have ended."""
    item = "* [[Rawicz]], Poland\n"
    towns = ("Boise", "Twin Falls", "Former", "Friendship", "Sisters", "Twin City", "Ended", "Halt", "[[Suspended]]")
    headings = "".join(f"=== {town} ===\n{item}" for town in towns)
    names = [town.strip("[]") for town in towns]
    assert of(headings) == [(name, "Rawicz", "active", "twin_town") for name in names]
    lines = "==A==\n" + "".join(f"'''[[{town}]]'''\n{item}" for town in names)
    assert of(lines) == [(name, "Rawicz", "active", "twin_town") for name in names]


def test_a_word_below_a_town_is_about_its_partnerships() -> None:
    """Otherwise "Former" below Boise is a town, and the ended partnerships of Boise are its own."""
    item = "* [[Rawicz]], Poland\n"
    text = f"=== Boise ===\n{item}==== Former ====\n{item}==== Friendship cities ====\n{item}=== Nampa ===\n{item}"
    assert of(text) == [
        ("Boise", "Rawicz", "active", "twin_town"),
        ("Boise", "Rawicz", "terminated", "twin_town"),
        ("Boise", "Rawicz", "active", "friendship"),
        ("Nampa", "Rawicz", "active", "twin_town"),
    ]
    text = f"==B==\n'''[[Boise]]'''\n{item}\nFormer:\n{item}'''[[Nampa]]'''\n{item}"
    assert [tie[:3] for tie in of(text)] == [
        ("Boise", "Rawicz", "active"),
        ("Boise", "Rawicz", "terminated"),
        ("Nampa", "Rawicz", "active"),
    ]


def test_a_sentence_with_a_word_for_an_end_does_not_end_the_list_below() -> None:
    """Otherwise a strike that ended in 1999 ends all partnerships of a town."""
    lead = "The mayor ended the strike in 1999. Ended was the dispute with [[Former]].\n\n"
    text = f"== Twin towns ==\n{lead}Ended is twinned with:\n* [[Rawicz]], Poland\n"
    assert of(text, "Ended") == [("Ended", "Rawicz", "active", "twin_town")]


def test_a_section_of_current_and_former_twins_says_nothing_of_an_item() -> None:
    """Otherwise ended partnerships are in force, or those in force ended, since one heading names both."""
    problems = Problems()
    text = "== Current and former twin towns ==\n* [[Rawicz]], Poland\n* [[Kursk]], Russia (until 2022)\n"
    ties = read(read_wikitext(text, "Zhytomyr.wiki"), problems)
    assert [tie.status for tie in ties] == [Status.UNKNOWN, Status.TERMINATED]
    assert [problem.cause for problem in problems] == ["current and former in one section"]


def test_a_saved_page_is_read_like_its_wikitext() -> None:
    """Otherwise the same page has other ended partnerships in its two forms."""
    html = (
        f"<h1>{IDAHO}</h1><h3>Twin Falls</h3><ul><li><a href='/wiki/Former' title='Former'>Former</a> (2005, extended "
        "2012)</li></ul><h3><a href='/wiki/Suspended'>Suspended</a></h3><ul><li>Kursk (ended 2016)</li></ul>"
    )
    ties = read(read_html(html))
    assert [(tie.first.name, tie.second.name, tie.status, tie.since, tie.until) for tie in ties] == [
        ("Twin Falls", "Former", "active", "2005", None),
        ("Suspended", "Kursk", "terminated", None, "2016"),
    ]
    assert {tie.kind for tie in ties} == {Kind.TWIN_TOWN}


WORDS = st.sampled_from(
    ("(", ")", ",", "–", "former", "Ended", "twin", "no longer", "1990", "2014", "until", "та", "x", ":")
)


@given(st.lists(WORDS, max_size=12).map(" ".join) | st.text(max_size=60), st.lists(st.text(max_size=5), max_size=2))
def test_any_line_is_read(text: str, names: list[str]) -> None:
    """Otherwise one strange line stops the load of a page."""
    item = read_item(text, names)
    assert item.until is None or item.status is not Status.ACTIVE
    find_heading_status(text)
    find_sentence_status(text)
