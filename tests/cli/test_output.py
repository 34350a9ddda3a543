"""Rows written as table, CSV, JSON, JSON Lines and Markdown, to a stream or a file: nothing lost, nothing harmful."""

import csv
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from fixtures import network as net
from fixtures.stores import Place
from twingraph.cli import cli, files
from twingraph.cli.files import open_output
from twingraph.cli.output import Format, Output, as_json, as_text, names_of
from twingraph.cli.text import cell, safe
from twingraph.errors import DiskFullError, OutputError
from twingraph.graph.store import Path as GraphPath
from twingraph.graph.store import Relationship, Vertex

TEXTS = st.text(max_size=20)
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False, allow_infinity=False), TEXTS,
    st.lists(TEXTS, max_size=3),
)  # fmt: skip
TOWN = Vertex(("Municipality",), {"name": "Rawicz", "id": "geonames:760924"})
TIE = Relationship("PARTNERS_WITH", {"since": "2022", "kind": "twin_town"})


def written(form: Format, columns: list[str], records: list[tuple[object, ...]], folder: Path) -> str:
    path = folder / "out"
    Output(form, path, force=True).rows(columns, records)
    return path.read_bytes().decode("utf-8")


class TestForms:
    """What a program reads must be what the store holds."""

    @given(st.lists(st.tuples(VALUES, VALUES), max_size=5))
    def test_json_gives_every_value_back(
        self, tmp_path_factory: pytest.TempPathFactory, records: list[tuple[object, ...]]
    ) -> None:
        """Otherwise a program would read other values than the database has."""
        folder = tmp_path_factory.mktemp("json")
        expected = [{"a": a, "b": b} for a, b in records]
        assert json.loads(written(Format.JSON, ["a", "b"], records, folder)) == expected
        lines = written(Format.JSONL, ["a", "b"], records, folder).split("\n")
        assert [json.loads(line) for line in lines if line] == expected

    @given(st.lists(st.tuples(TEXTS, TEXTS), max_size=5))
    def test_csv_gives_every_text_back_but_for_what_a_spreadsheet_would_run(
        self, tmp_path_factory: pytest.TempPathFactory, records: list[tuple[str, str]]
    ) -> None:
        text = written(Format.CSV, ["a", "b"], list(records), tmp_path_factory.mktemp("csv"))
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert rows[0] == ["a", "b"]
        assert len(rows) == len(records) + 1
        for row, record in zip(rows[1:], records, strict=True):
            for text_of_cell, meant in zip(row, record, strict=True):
                assert text_of_cell in {meant, "'" + meant}
                assert text_of_cell[:1] not in set("=+-@\t\r")

    def test_csv_keeps_numbers_numbers_and_disarms_formulas(self, tmp_path: Path) -> None:
        """A name such as =HYPERLINK(…) would run in the spreadsheet of whoever opens the file."""
        records = [(-12.5, "=1+1", "+48 22", "@x", "-", ["=a", "b"], None, True)]
        text = written(Format.CSV, list("abcdefgh"), records, tmp_path)
        assert text == "a,b,c,d,e,f,g,h\r\n-12.5,'=1+1,'+48 22,'@x,'-,'=a; b,,true\r\n"

    @pytest.mark.parametrize("sign", "=+-@\t\r\n＝＋－＠")  # full-width signs are what is tested
    def test_csv_disarms_every_sign_that_begins_a_formula(self, tmp_path: Path, sign: str) -> None:
        """Spreadsheets of Chinese and Japanese systems run a formula that begins with a full-width sign too."""
        text = written(Format.CSV, ["a"], [(f"{sign}1+1",)], tmp_path)
        assert list(csv.reader(io.StringIO(text, newline="")))[1] == [f"'{sign}1+1"]

    def test_markdown_has_one_line_a_row_and_lets_nothing_out_of_its_cell(self, tmp_path: Path) -> None:
        records = [("a|b", "<img src=x>"), ("two\nlines", "[x](javascript:1)")]
        lines = written(Format.MD, ["p|q", "r"], records, tmp_path).splitlines()
        assert lines == [
            "| p\\|q | r |",
            "| --- | --- |",
            "| a\\|b | &lt;img src=x&gt; |",
            "| two lines | \\[x\\](javascript:1) |",
        ]

    def test_nodes_relationships_and_paths_are_objects_in_json_and_readable_in_a_table(self) -> None:
        path = GraphPath((TOWN, TOWN), (TIE,))
        assert as_json(path) == {
            "nodes": [{"labels": ["Municipality"], "properties": {"id": "geonames:760924", "name": "Rawicz"}}] * 2,
            "relationships": [{"type": "PARTNERS_WITH", "properties": {"kind": "twin_town", "since": "2022"}}],
        }
        assert as_text(TOWN) == "Rawicz [Municipality geonames:760924]"
        assert as_text(TIE) == "PARTNERS_WITH {kind: twin_town, since: 2022}"
        assert as_text(path) == f"{as_text(TOWN)} –PARTNERS_WITH– {as_text(TOWN)}"
        assert as_text([TOWN, None, {"a": 1}]) == f"{as_text(TOWN)}; ; {{a: 1}}"

    def test_numbers_that_json_does_not_know_become_null(self, tmp_path: Path) -> None:
        assert json.loads(written(Format.JSON, ["x"], [(float("nan"),), (float("inf"),)], tmp_path)) == [
            {"x": None}, {"x": None},
        ]  # fmt: skip

    def test_columns_with_the_same_name_get_different_names(self) -> None:
        """An object keyed by column would silently keep the last of them."""
        assert names_of(("n", "n", "m", "n")) == ["n", "n_2", "m", "n_3"]

    @pytest.mark.parametrize("form", [form for form in Format if form is not Format.XLSX])
    def test_no_rows_are_still_a_valid_file(self, tmp_path: Path, form: Format) -> None:
        """Otherwise a program would fail on an empty answer."""
        text = written(form, ["a"], [], tmp_path)
        expected = {Format.CSV: "a\r\n", Format.JSON: "[]\n", Format.JSONL: "", Format.MD: "| a |\n| --- |\n"}
        assert text == expected.get(form, text)
        assert form is not Format.TABLE or "a" in text

    def test_a_table_outside_a_terminal_is_as_wide_as_its_content(self, tmp_path: Path) -> None:
        long = "Місто " * 60
        assert long.strip() in written(Format.TABLE, ["name", "n"], [(long.strip(), 1)], tmp_path)


class TestTerminal:
    """What a stranger wrote meets a terminal that obeys."""

    @given(st.text())
    def test_no_control_character_and_no_override_gets_through(self, text: str) -> None:
        harmless = safe(text)
        assert not any(ord(each) < 32 and each != "\n" for each in harmless)
        assert not set(harmless) & set("\x7f\x9b\u202e\u2066\u200f\ufeff")
        assert "\n" not in cell(text)
        harmless.encode("utf-8")

    def test_ordinary_text_of_any_script_stays_as_it_is(self) -> None:
        text = "Кам’янець-Подільський – Łódź, 東京, القاهرة, नई दिल्ली"
        assert safe(text) == text

    @pytest.mark.parametrize("form", ["table", "csv", "json", "jsonl", "md"])
    @pytest.mark.parametrize("columns", [30, 80, 200])
    def test_a_hostile_name_on_a_real_terminal_is_text_and_every_row_fits(
        self, embedded_place: Place, form: str, columns: int
    ) -> None:
        with embedded_place.open(read_only=False, create=True) as store:
            store.ensure_schema()
            net.fill(store)
        query = "MATCH (m:Municipality) RETURN m.id, m.name, m.name_uk, m.kind, m.lat, m.lon, m.population"
        shown = on_a_terminal(
            ["query", query, "--db", str(embedded_place.address), "--format", form], columns, NO_COLOR="1"
        )
        assert "alert(1)" in "".join(shown.split())
        assert not set(shown) & set("\x1b\u202e\x9b")
        if form == "table":
            assert max(map(len, shown.splitlines())) <= columns
            assert "geonames:2988507" in "".join(shown.split())

    def test_colour_is_on_a_terminal_only_and_off_where_nobody_wants_it(self, embedded_place: Place) -> None:
        with embedded_place.open(read_only=False, create=True):
            pass
        words = ["query", "RETURN 1 AS n", "--db", str(embedded_place.address)]
        assert "\x1b[" in on_a_terminal(words, 80)
        assert "\x1b[" not in on_a_terminal(words, 80, NO_COLOR="1")
        assert "\x1b[" not in on_a_terminal(["--no-color", *words], 80)
        assert "\x1b[" not in CliRunner().invoke(cli, words).output


def on_a_terminal(words: list[str], columns: int, **environment: str) -> str:
    """Run twingraph on a pseudo-terminal of so many columns and return what it shows."""
    master, slave = pty.openpty()
    settings = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    settings |= {"COLUMNS": str(columns), "LINES": "50", "TERM": "xterm-256color", **environment}
    with subprocess.Popen(
        [sys.executable, "-m", "twingraph", *words], stdin=slave, stdout=slave, stderr=slave, env=settings
    ) as process:
        os.close(slave)
        parts = []
        while True:
            try:
                part = os.read(master, 65536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            parts.append(part)
        process.wait(timeout=60)
    os.close(master)
    return b"".join(parts).decode("utf-8").replace("\r\n", "\n")


class TestFiles:
    """A file that was asked for is there whole or not at all."""

    def test_the_form_follows_the_name_unless_it_is_given(self, tmp_path: Path) -> None:
        assert Output.choose(None, tmp_path / "a.CSV").format is Format.CSV
        assert Output.choose(None, tmp_path / "a.ndjson").format is Format.JSONL
        assert Output.choose(None, tmp_path / "a.txt").format is Format.TABLE
        assert Output.choose("csv", tmp_path / "a").format is Format.CSV
        assert Output.choose(None, None).format is Format.TABLE

    def test_a_file_that_is_there_is_kept_unless_forced(self, tmp_path: Path) -> None:
        """Otherwise a mistyped name would overwrite a file."""
        path = tmp_path / "a.csv"
        path.write_text("mine")
        with pytest.raises(OutputError, match="exists already") as caught:
            Output.choose(None, path)
        assert "--force" in caught.value.hint
        Output.choose(None, path, force=True).rows(["a"], [(1,)])
        assert path.read_text() == "a\n1\n"

    def test_a_failure_half_way_leaves_the_old_file_and_no_litter(self, tmp_path: Path) -> None:
        """Otherwise a failed run would destroy the result of the last one."""
        path = tmp_path / "a.csv"
        path.write_text("mine")

        def write() -> None:
            with open_output(path, force=True) as stream:
                stream.write("half")
                raise RuntimeError

        with pytest.raises(RuntimeError):
            write()
        assert path.read_text() == "mine"
        assert list(tmp_path.iterdir()) == [path]

    def test_a_missing_folder_a_folder_and_a_read_only_one_are_reported(self, tmp_path: Path) -> None:
        with pytest.raises(OutputError, match="no folder"):
            Output.choose(None, tmp_path / "none" / "a.csv")
        with pytest.raises(OutputError, match="is a folder"):
            Output.choose(None, tmp_path)
        with pytest.raises(OutputError, match="cannot be written"), open_output(Path("/proc/a.csv")):
            pass

    def test_a_name_that_is_too_long_is_reported(self, tmp_path: Path) -> None:
        """Otherwise the command would end in a traceback."""
        with pytest.raises(OutputError, match="cannot be written"), open_output(tmp_path / ("a" * 300)) as stream:
            stream.write("x")

    def test_a_full_disk_is_reported_and_leaves_nothing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Otherwise half a table would pass for a whole one."""
        real = os.open

        def full(path: str, flags: int, mode: int = 0o777) -> int:
            os.close(real(path, flags, mode))
            return real("/dev/full", os.O_WRONLY)

        monkeypatch.setattr(files.os, "open", full)
        with pytest.raises(DiskFullError), open_output(tmp_path / "a.csv") as stream:
            stream.write("x" * 100_000)
        assert list(tmp_path.iterdir()) == []

    def test_devices_are_written_and_not_replaced(self) -> None:
        """Otherwise `-o /dev/stdout` would replace the device by a file."""
        with open_output(Path("/dev/null"), force=True) as stream:
            stream.write("x")
        assert Path("/dev/null").is_char_device()

    def test_a_link_stays_a_link_and_a_new_file_heeds_the_umask(self, tmp_path: Path) -> None:
        target, link = tmp_path / "target.csv", tmp_path / "link.csv"
        target.write_text("old")
        target.chmod(0o640)
        link.symlink_to(target)
        Output(Format.CSV, link, force=True).rows(["a"], [(1,)])
        assert link.is_symlink()
        assert target.read_bytes() == b"a\r\n1\r\n"
        assert target.stat().st_mode & 0o777 == 0o640
        before = os.umask(0o027)
        try:
            Output(Format.CSV, tmp_path / "new.csv").rows(["a"], [])
        finally:
            os.umask(before)
        assert (tmp_path / "new.csv").stat().st_mode & 0o777 == 0o640


class TestExcel:
    """CSV for an Excel whose list separator is a semicolon, as in Ukraine and Poland."""

    def test_letters_columns_and_numbers_arrive(self, tmp_path: Path) -> None:
        """Else a double click shows one column of mojibake, and 3.5 as the third of May."""
        path = tmp_path / "a.csv"
        rows = [("Житомир; Zhytomyr", 3.5, 12, None, "=1+1"), ("Rawicz", 0.25, 7, True, "x")]
        Output.choose(None, path, for_excel=True).rows(["назва", "share", "n", "known", "note"], rows)
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        lines = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""), delimiter=";"))
        assert lines[0] == ["назва", "share", "n", "known", "note"]
        assert lines[1] == ["Житомир; Zhytomyr", "3,5", "12", "", "'=1+1"]
        assert lines[2] == ["Rawicz", "0,25", "7", "true", "x"]

    def test_without_a_name_it_is_csv_and_other_formats_are_refused(self, tmp_path: Path) -> None:
        """Else the switch would do nothing and nobody would know."""
        assert Output.choose(None, None, for_excel=True).format is Format.CSV
        with pytest.raises(OutputError, match="CSV alone"):
            Output.choose("json", None, for_excel=True)
        with pytest.raises(OutputError, match="CSV alone"):
            Output.choose(None, tmp_path / "a.xlsx", for_excel=True)

    def test_what_was_written_for_excel_loads_again(self, tmp_path: Path) -> None:
        """Else a table that an office has corrected in Excel could not come back."""
        path = tmp_path / "facts.csv"
        item = Path(__file__).parents[1] / "data" / "articles" / "html" / "121.html"
        for words in (
            ["extract", str(item), "--excel", "-o", str(path)],
            ["load", str(path), "--db", str(tmp_path / "t.grafeo")],
        ):
            result = CliRunner().invoke(cli, words)
            assert result.exit_code == 0, result.output
        assert "partnerships          9" in result.output
