"""`twingraph load` as it is typed: what it says, what it writes, and what it leaves alone."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from twingraph.cli import cli

HEADER = "municipality,country,partner,partner_country,since\n"
GOOD = "Zhytomyr,UA,Rawicz,PL,2022-12-23\n"
BAD = "Zhytomyr,UA,Bytom,PL,2022-02-30\n"


@pytest.fixture
def load(tmp_path: Path):
    def run(text: str, *options: str) -> Result:
        table = tmp_path / "t.csv"
        table.write_text(HEADER + text, encoding="utf-8")
        return CliRunner().invoke(cli, ["load", str(table), "--db", str(tmp_path / "t.grafeo"), *options])

    return run


def test_it_tells_what_it_did_and_that_a_second_run_does_nothing(load) -> None:
    """Else the analyst would not know whether loading again has doubled the data."""
    assert "Loaded into" in load(GOOD).stdout
    assert "Nothing new" in load(GOOD).stdout


@pytest.mark.parametrize(("option", "code"), [("--dry-run", 0), ("--strict", 1)])
def test_it_shows_the_summary_and_writes_nothing(load, tmp_path: Path, option: str, code: int) -> None:
    """Else a trial, or a file with faults, would leave something behind."""
    result = load(GOOD + BAD, option)
    assert result.exit_code == code
    assert f"Nothing was written to {tmp_path / 't.grafeo'}" in result.stdout
    assert "1 × impossible date" in result.stdout
    assert not list(tmp_path.glob("t.grafeo*"))


def test_every_problem_can_be_had_as_json_lines(load, tmp_path: Path) -> None:
    """Else the fourth problem of a cause would be lost."""
    load(BAD * 1, "--problems", str(tmp_path / "p.jsonl"))
    lines = [json.loads(line) for line in (tmp_path / "p.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(line["cause"], line["line"]) for line in lines] == [("impossible date", 2)]


def test_a_table_that_cannot_be_read_makes_no_database(load, tmp_path: Path) -> None:
    """Else a mistyped file would leave an empty database that looks like a loaded one."""
    result = load('"Zhytomyr,UA\n')
    assert (result.exit_code, "t.csv, line 2" in result.stderr) == (1, True)
    assert not list(tmp_path.glob("t.grafeo*"))
