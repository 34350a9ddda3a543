"""What a command writes into a file is what the ending of its name says, for every command that writes one."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from python_calamine import CalamineWorkbook

from twingraph.cli import cli
from twingraph.cli.output import ENDINGS, Format

ARTICLES = Path(__file__).parents[1] / "data" / "articles" / "html"
ARGUMENTS = {
    ("compare",): ["2015", "2022"],
    ("extract",): [str(next(ARTICLES.glob("*.html")))],
    ("export",): [],
    ("pairs",): ["UA", "PL"],
    ("path",): ["Zhytomyr", "Bytom"],
    ("query",): ["standing-ties-with", "-p", "country=PL"],
    ("questions",): ["partners-of"],
    ("resolve",): ["--judged"],
    ("show",): ["Zhytomyr"],
    ("sources", "show"): ["ukraine-partnerships"],
    ("whatif",): ["--drop", "RU"],
}
"""What a command needs besides its options; the others need nothing."""


def commands(group: click.Group, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the words of every command that has ``-o``."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if any("-o" in option.opts for option in command.params):
            yield (*words, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*words, name))


COMMANDS = sorted(commands(cli))
TABLES = [words for words in COMMANDS if words != ("viz",)]


def run(place: Path | str, words: tuple[str, ...], *more: str) -> Result:
    environment = {"TWINGRAPH_DB": str(place), "LANG": "C.UTF-8"}
    return CliRunner().invoke(cli, [*words, *ARGUMENTS.get(words, []), *more], env=environment)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("ending", [".docx", ".parquet", ".pdf", ".xls", ".tsv"])
def test_an_ending_that_nothing_writes_is_refused_before_any_work(
    words: tuple[str, ...], ending: str, tmp_path: Path
) -> None:
    """Otherwise plain text would lie in a file that no program opens."""
    result = run(tmp_path / "no.grafeo", words, "-o", str(tmp_path / f"zt{ending}"))
    assert (result.exit_code, result.stdout) == (1, ""), result.output
    assert f"writes no {ending} file" in result.stderr
    for works in [".html"] if words == ("viz",) else ENDINGS:
        assert works in result.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("words", TABLES, ids=" ".join)
def test_a_format_that_contradicts_the_ending_is_refused(words: tuple[str, ...], tmp_path: Path) -> None:
    """Otherwise a program would read CSV as JSON, or the other way round."""
    result = run(tmp_path / "no.grafeo", words, "--format", "csv", "-o", str(tmp_path / "x.json"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "is the name of a .json file, but --format is csv" in result.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("words", TABLES, ids=" ".join)
def test_every_ending_holds_what_it_says(words: tuple[str, ...], bundled_place: Path, tmp_path: Path) -> None:
    """Otherwise the file would open in no program, or in the wrong one."""
    for ending, form in ENDINGS.items():
        path = tmp_path / f"x{ending}"
        result = run(bundled_place, words, "-o", str(path))
        assert result.exit_code == 0, result.output
        assert result.stdout == ""
        check(form, path.read_bytes())


def check(form: Format, content: bytes) -> None:
    """Read the content as a program of that format does."""
    if form is Format.XLSX:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        assert len(book.sheet_names) > 1
        assert all(book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
        return
    text = content.decode("utf-8")
    match form:
        case Format.CSV:
            rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
            assert len(rows) > 1
            assert len({len(row) for row in rows}) == 1
        case Format.JSON:
            json.loads(text)
        case Format.JSONL:
            assert [json.loads(line) for line in text.splitlines()]
        case Format.TABLE | Format.MD:
            assert text.strip()
            assert text[0] not in "{["


@pytest.mark.parametrize("words", [("viz",), ("export",)], ids=" ".join)
def test_a_picture_or_a_network_is_refused_too(words: tuple[str, ...], tmp_path: Path) -> None:
    """Otherwise a page would lie in map.png, and no viewer would say why."""
    arguments = ["-o"] if words == ("viz",) else []
    result = run(tmp_path / "no.grafeo", words, *arguments, str(tmp_path / "map.png"))
    assert (result.exit_code, "writes no .png file" in result.stderr) == (1, True), result.stderr


def test_standard_output_has_no_ending(bundled_place: Path, tmp_path: Path) -> None:
    """Otherwise a pipe in a script would break."""
    for name in ("/dev/stdout", "-"):
        for form in (Format.CSV, Format.XLSX):
            words = ["gaps", "--db", str(bundled_place), "--format", form, "-o", name]
            command = [sys.executable, "-m", "twingraph", *words]
            check(form, subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
            with (tmp_path / "out").open("wb") as file:
                subprocess.run(command, stdout=file, check=True)
            check(form, (tmp_path / "out").read_bytes())
