"""Workbooks open in Excel with typed cells, filters and links, and run nothing."""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook

from twingraph.cli import cli, workbook
from twingraph.cli.workbook import Sheet, write_workbook
from twingraph.errors import OutputError


def written(*sheets: Sheet) -> bytes:
    stream = io.BytesIO()
    write_workbook(sheets, stream)
    return stream.getvalue()


def part(content: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode("utf-8")


def rows(content: bytes, sheet: int = 0) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(sheet).to_python()


def one(value: object) -> object:
    return rows(written(Sheet("one", ["value"], [(value,)])))[1][0]


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (7, 7.0),
        (0.125, 0.125),
        (True, True),
        ("2022-05-17", date(2022, 5, 17)),
        ("2022-05", "2022-05"),
        ("2022", "2022"),
        ("2022-02-30", "2022-02-30"),
        ("1867-03-01", "1867-03-01"),
        ("0123", "0123"),
        ("1e5", "1e5"),
        (["a", "b"], "a; b"),
        (float("inf"), "inf"),
        (12345678901234567890, "12345678901234567890"),
        ("_x0041_", "_x0041_"),
        ("line\nline", "line\nline"),
        ("\ud800", "?"),
    ],
)
def test_a_cell_has_the_type_of_its_value(value: object, read: object) -> None:
    """Otherwise a column would not sort, and a year would become a day that nobody stated."""
    assert one(value) == read


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "{=1}", '=HYPERLINK("http://x")', "\t=1"])
def test_a_text_is_never_a_formula(text: str) -> None:
    """Otherwise a stranger's row would run in the analyst's Excel."""
    content = written(Sheet("one", ["value"], [(text,)]))
    assert "<f>" not in part(content, "xl/worksheets/sheet1.xml")
    assert rows(content)[1][0] == text


def test_only_web_addresses_are_links() -> None:
    """Otherwise a click would open a file or a program."""
    links = ["https://example.org/a?b=1#c", "http://example.org/ü"]
    others = ["file:///etc/passwd", "javascript:alert(1)", "mailto:a@b.c", "internal:'one'!A1", "external:c:\\x.xlsx",
              "see https://example.org", "ftp://example.org", "www.example.org", "https://" + "a" * 3000]  # fmt: skip
    content = written(Sheet("one", ["url"], [(each,) for each in (*links, *others)]))
    assert part(content, "xl/worksheets/sheet1.xml").count("<hyperlink ") == len(links)
    targets = part(content, "xl/worksheets/_rels/sheet1.xml.rels")
    assert targets.count("Target=") == len(links)
    assert "https://example.org/a?b=1#c" in targets or "https://example.org/a?b=1" in targets
    assert [row[0] for row in rows(content)[1:]] == [*links, *others]


def test_the_head_stays_is_bold_and_filters() -> None:
    """Otherwise each reader would set this by hand."""
    content = written(Sheet("one", ["name", "note"], [("a", "b" * 300), ("c" * 30, "d")]))
    sheet = part(content, "xl/worksheets/sheet1.xml")
    assert 'state="frozen"' in sheet
    assert 'ySplit="1"' in sheet
    assert '<autoFilter ref="A1:B3"' in sheet
    widths = [float(each) for each in re.findall(r'<col [^>]*width="([\d.]+)"', sheet)]
    assert 30 < widths[0] < 33
    assert 59 < widths[1] < 62
    style = re.search(r'<c r="A1" s="(\d+)"', sheet)
    assert style
    formats = re.findall(r"<xf [^>]*?(?:/>|>.*?</xf>)", part(content, "xl/styles.xml").split("<cellXfs")[1])
    assert 'fontId="1"' in formats[int(style[1])]
    assert "<b/>" in part(content, "xl/styles.xml").split("<font>")[2]


@pytest.mark.parametrize(
    ("given", "names"),
    [
        (["Which?", "which"], ["Which", "which 2"]),
        (["a/b\\c[d]:*"], ["a b c d"]),
        (["'quoted'", ""], ["quoted", "Sheet"]),
        (["History"], ["History_"]),
        (["x" * 40, "x" * 40], ["x" * 31, "x" * 29 + " 2"]),
        (["By publisher of the page that is cited"], ["By publisher of the page that"]),
    ],
)
def test_every_name_of_a_sheet_is_valid(given: Sequence[str], names: Sequence[str]) -> None:
    """Otherwise Excel would offer to repair the file."""
    content = written(*(Sheet(name, ["a"], []) for name in given))
    assert CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names == names


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch, bundled_place: Path, tmp_path: Path) -> None:
    """Otherwise the last rows would be missing, and nobody would know."""
    monkeypatch.setattr(workbook, "MAX_ROWS", 3)
    with pytest.raises(OutputError, match="holds 2 rows"):
        written(Sheet("one", ["a"], [(each,) for each in range(3)]))
    result = CliRunner().invoke(cli, ["gaps", "--db", str(bundled_place), "-o", str(tmp_path / "g.xlsx")])
    assert (result.exit_code, "holds 2 rows" in result.stderr) == (1, True)
    assert not list(tmp_path.iterdir())


def test_a_long_text_is_cut() -> None:
    """Otherwise the cell would be empty."""
    assert one("x" * 40_000) == "x" * 32_766 + "…"


class TestAnswers:
    """A workbook says what was asked and where the answer comes from."""

    def book(self, place: Path, tmp_path: Path, *words: str) -> dict[str, list[list[object]]]:
        path = tmp_path / "x.xlsx"
        result = CliRunner().invoke(cli, [*words, "--db", str(place), "-o", str(path), "--force"])
        assert result.exit_code == 0, result.output
        read = CalamineWorkbook.from_path(path)
        return {name: read.get_sheet_by_name(name).to_python() for name in read.sheet_names}

    @pytest.mark.parametrize(("lang", "name"), [("en", "Source"), ("uk", "Джерела")])
    def test_the_last_sheet_names_question_and_sources(
        self, bundled_place: Path, tmp_path: Path, lang: str, name: str
    ) -> None:
        """Otherwise a number in a meeting could not be traced."""
        book = self.book(bundled_place, tmp_path, "gaps", "--oblast", "Zhytomyr", "--lang", lang)
        assert list(book)[-1] == name
        about = book[name]
        texts = [str(row[1]) for row in about]
        assert f"twingraph gaps --oblast Zhytomyr --lang {lang}" in texts
        assert any("57" in text and "66" in text for text in texts)
        assert any(isinstance(row[1], date) for row in about)
        assert [row for row in about if "CC" in str(row[3])] or [row for row in about if row[3]]
        assert any(str(row[6]).startswith("https://") for row in about)

    def test_each_section_has_a_sheet(self, bundled_place: Path, tmp_path: Path) -> None:
        """Otherwise only the first table would be saved."""
        book = self.book(bundled_place, tmp_path, "stats", "--rounds", "0", "--lang", "en")
        assert len(book) > 8
        measures = next(rows for rows in book.values() if rows[0][-1] == "value")
        assert all(not isinstance(row[1], str) or row[1] == "" for row in measures[1:])

    def test_a_named_question_states_its_parameters(self, bundled_place: Path, tmp_path: Path) -> None:
        """Otherwise nobody would know for which country the list is."""
        book = self.book(bundled_place, tmp_path, "query", "standing-ties-with", "-p", "country=PL", "--lang", "en")
        texts = " ".join(str(row[1]) for row in book["Source"])
        assert "country" in texts
        assert "PL" in texts

    def test_an_own_query_is_a_sheet(self, bundled_place: Path, tmp_path: Path) -> None:
        """Otherwise an own question could not go into a report."""
        text = "MATCH (m:Municipality) RETURN m.name AS name, m.population AS inhabitants ORDER BY name LIMIT 5"
        book = self.book(bundled_place, tmp_path, "query", text)
        assert len(book["query"]) == 6
        assert any(text in str(row[1]) for row in book["Source"])
