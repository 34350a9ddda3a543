"""Pages of Wikipedia as people save them, with the habits of their editors."""

import gzip
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twingraph.errors import InputError
from twingraph.graph.model import Kind, Status
from twingraph.loaders.datasets import read_dataset
from twingraph.loaders.intake.manifest import manifest_for_file
from twingraph.loaders.problems import Problems
from twingraph.loaders.records import PartnershipRecord
from twingraph.loaders.wikipedia.html import read_html
from twingraph.loaders.wikipedia.reading import read_partnerships
from twingraph.loaders.wikipedia.wikitext import is_wikitext, read_wikitext
from twingraph.loaders.wikipedia.words import find_list_area

DATA = Path(__file__).parents[2] / "data" / "wikipedia"
ALBANIA = "List of twin towns and sister cities in Albania"


def read(path: Path) -> tuple[dict[str, PartnershipRecord], Problems]:
    problems = Problems()
    dataset = read_dataset(manifest_for_file(path), problems)
    assert dataset.form == "wikipedia"
    found = {}
    for record in dataset.records:
        assert isinstance(record, PartnershipRecord)
        found[record.second.name] = record
    assert len(found) == len(dataset.records)
    return found, problems


def of(text: str, title: str = ALBANIA) -> list[tuple[str, str]]:
    outline = read_wikitext(text, f"{title}.wiki")
    return [(tie.first.name, tie.second.name) for tie in read_partnerships(outline, Problems(), title)]


def test_a_list_of_a_country_tells_each_town_its_twins() -> None:
    """Otherwise the lists, which have most partnerships, would give wrong towns or none."""
    found, problems = read(DATA / f"{ALBANIA}.wikitext")
    assert not list(problems)
    assert {name: tie.first.name for name, tie in found.items()} == {
        "Amasya": "Berat",
        "Ploiești": "Berat",
        "Montana, New York": "Berat",
        "Bitola": "Durrës",
        "Bari": "Durrës",
        "Rostov-on-Don": "Durrës",
        "Sarajevo": "Tirana",
        "Zenica": "Tirana",
        "Nowhere-an-der-Spree": "Tirana",
    }
    assert {tie.first.country for tie in found.values()} == {"Albania"}
    assert (found["Amasya"].second.country, found["Amasya"].row, found["Amasya"].words) == ("TUR", 7, "Amasya, Turkey")
    ploiesti = found["Ploiești"]
    assert (ploiesti.since, ploiesti.until, ploiesti.status) == ("2009", "2019", Status.TERMINATED)
    assert found["Montana, New York"].status is Status.TERMINATED, "struck through"
    assert found["Bari"].kind is Kind.PARTNERSHIP_AGREEMENT
    assert (found["Rostov-on-Don"].kind, found["Rostov-on-Don"].status) == (Kind.TWIN_TOWN, Status.TERMINATED)
    nowhere = found["Nowhere-an-der-Spree"]
    assert (nowhere.since, nowhere.second.country) == ("1998", "DE"), "flags have Olympic codes: GER"


def test_a_saved_page_tells_the_twins_of_its_town() -> None:
    """Else people of the page's other sections would be twins, or its ended ties alive."""
    found, problems = read(DATA / "rawicz.html")
    assert set(found) == {"Zhytomyr", "Kropp", "Chauray", "Pinsk"}
    zhytomyr = found["Zhytomyr"]
    assert (zhytomyr.first.name, zhytomyr.first.country, zhytomyr.second.country) == ("Rawicz", "Poland", "Ukraine")
    assert (zhytomyr.since, zhytomyr.status, zhytomyr.said_by) == ("2022", Status.ACTIVE, "first")
    assert zhytomyr.page is not None
    assert zhytomyr.page.url == "https://en.wikipedia.org/wiki/Rawicz"
    assert found["Kropp"].second.country == "Germany"
    assert (found["Chauray"].status, found["Pinsk"].status) == (Status.TERMINATED, Status.SUSPENDED)
    assert [problem.cause for problem in problems] == ["no twin named"]


def test_a_ukrainian_page_with_a_table_is_read() -> None:
    """Else the pages closest to the question would be the ones that cannot be loaded."""
    found, _ = read(DATA / "Житомир.wiki")
    assert set(found) == {"Битом", "Кутаїсі", "Гомель"}
    assert (found["Битом"].second.country, found["Битом"].since) == ("Польща", "2000")
    assert (found["Гомель"].status, found["Гомель"].until) == (Status.SUSPENDED, "2022")


def test_packed_pages_are_read_alike(tmp_path: Path) -> None:
    """Else an archive of pages would have to be unpacked by hand."""
    packed = tmp_path / "Житомир.wiki.gz"
    packed.write_bytes(gzip.compress((DATA / "Житомир.wiki").read_bytes()))
    assert read(packed)[0].keys() == read(DATA / "Житомир.wiki")[0].keys()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("==A==\n* '''[[Tirana]]'''\n** [[Ankara]], Turkey\n", [("Tirana", "Ankara")]),
        ("==A==\n'''[[Tirana]]'''\n{{col-list|\n* {{flagicon|TUR}} [[Ankara]]\n}}\n", [("Tirana", "Ankara")]),
        (
            "==A==\n'''Tirana'''\n* [[Turkey]]\n** [[Ankara]]\n* [[Bari]], [[Italy]]\n",
            [("Tirana", "Ankara"), ("Tirana", "Bari")],
        ),
        ("==A==\n'''[[Tirana]]'''\n* {{flagicon|DEU}} {{ill|Kropp|de}}\n", [("Tirana", "Kropp")]),
        ("==A==\n* [[Ankara]]\n'''[[Tirana]]'''\n* {{flagicon|ITA}} [[Bari]]\n", [("Tirana", "Bari")]),
    ],
)
def test_editors_habits(text: str, expected: list[tuple[str, str]]) -> None:
    """Else a list that is set out a little otherwise would lose its towns."""
    assert of(text) == expected


@pytest.mark.parametrize(
    ("title", "where"),
    [
        (ALBANIA, ("Albania", None)),
        ("List of twin towns and sister cities in the Czech Republic", ("Czech Republic", None)),
        ("List of sister cities in Florida", ("US", "Florida")),
        ("List of sister cities in Georgia (U.S. state)", ("US", "Georgia")),
        ("List of twin towns and sister cities in Georgia", ("Georgia", None)),
        ("Rawicz", None),
    ],
)
def test_a_list_tells_whose_towns_it_lists(title: str, where: tuple[str, str | None] | None) -> None:
    """Else the towns of Georgia would be sought in the wrong one."""
    assert find_list_area(title) == where


@pytest.mark.parametrize("name", ["page.html", "page.wiki"])
def test_a_page_without_twins_is_reported(tmp_path: Path, name: str) -> None:
    """Else an analyst who saved the wrong page would wonder where the ties went."""
    path = tmp_path / name
    html = "<html><head><meta name=generator content=MediaWiki></head><body><h2>History</h2><ul><li>1900</li></ul>"
    path.write_text(html if name.endswith("html") else "== History ==\n* [[Kyiv]]\n", encoding="utf-8")
    with pytest.raises(InputError, match="lists no twin towns"):
        read(path)


WIKI = st.text("ab*#:=[]{}|'<>/s\n -–,()19", max_size=200) | st.text(max_size=80)


@settings(max_examples=60)
@given(WIKI)
def test_any_text_is_read_in_peace(text: str) -> None:
    """Else a page that somebody broke would show a traceback."""
    for outline in (read_wikitext(f"== Twin towns ==\n{text}", "X.wiki"), read_html(f"<h2>Twin towns</h2>{text}")):
        for tie in read_partnerships(outline, Problems(), "page"):
            assert tie.second.name


def test_lists_nested_without_end_do_not_break_it() -> None:
    """Else a hostile page would end the program."""
    deep = "<ul><li>" * 5000
    assert not list(read_partnerships(read_html(f"<h1>X</h1><h2>Twin towns</h2>{deep}"), Problems(), "page"))
    wiki = read_wikitext("== Twin towns ==\n" + "*" * 5000 + "[[A]]\n" + "{{" * 3000 + "[[" * 3000, "X.wiki")
    assert len(list(read_partnerships(wiki, Problems(), "page"))) <= 1


@pytest.mark.parametrize("brackets", ["[", "[[", "{{", "=", "==a==\n[[", "==a==\n{{ ", "== a ", "==a" + "=" * 500])
def test_a_text_of_nothing_but_signs_is_looked_at_in_no_time(brackets: str):
    """Else a file of brackets, such as JSON nested a hundred thousand deep, would be refused only after minutes."""
    begun = time.process_time()
    assert not is_wikitext(brackets * (100_000 // len(brackets)) + "x")
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("== Twin towns ==\n* [[Rawicz]]", True),
        ("==a== \r\n{{UKR}}", True),
        ("==a==\n[[b]c]] [[]] [[d\n]]", False),
        ("==a==\n[[b]c]] {{}} {{d}e}} [[f|[[g]]", True),
        ("====\n[[Rawicz]]", False),
        ("==a=\n[[Rawicz]]", False),
        ("x ==a==\n[[Rawicz]]", False),
        ("<HTML>\n==a==\n[[Rawicz]]", False),
        ("==a==\nno links", False),
    ],
)
def test_wikitext_is_told_by_its_sections_and_links(text: str, known: bool):
    """Else a table with a bracket in it would be taken for a page of a wiki, or a page for a table."""
    assert is_wikitext(text) is known
