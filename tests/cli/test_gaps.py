"""`gaps` as it is typed."""

import csv
import io
import json
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from twingraph.cli import cli

IN_ZHYTOMYR_OBLAST = {
    "Berdychivska", "Korostenska", "Liubarska", "Olevska", "Ovrutska", "Stanyshivska", "Yemilchynska", "Zhytomyrska",
    "Zviahelska",
}  # fmt: skip
"""Read by eye from the bundled table: each municipality with an active tie; Novohrad-Volynskyi District is a raion."""


def ask(place: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["gaps", *words], env={"TWINGRAPH_DB": str(place), "LANG": "C.UTF-8"})


def rows(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_the_hromadas_of_zhytomyr_oblast(bundled_place: Path) -> None:
    """The first question of an office in Zhytomyr: who has somebody, who has nobody."""
    having = rows(ask(bundled_place, "--oblast", "Житомирська", "--show", "with", "--format", "csv"))
    assert {row["hromada"] for row in having} == IN_ZHYTOMYR_OBLAST
    without = rows(ask(bundled_place, "--oblast", "Zhytomyr", "--format", "csv"))
    everyone = rows(ask(bundled_place, "--oblast", "UA-18", "--show", "all", "--format", "csv"))
    assert len(everyone) == 66
    assert sorted(row["katottg"] for row in (*having, *without)) == sorted(row["katottg"] for row in everyone)


def test_all_oblasts_add_up_and_say_what_they_count(bundled_place: Path) -> None:
    """Otherwise a share of hromadas could not be quoted."""
    result = ask(bundled_place, "--format", "json")
    answer = json.loads(result.stdout)
    *oblasts, total = answer["oblasts"]
    assert total["hromadas"] == sum(row["hromadas"] for row in oblasts) == 1469
    for row in (*oblasts, total):
        assert row["with_partner"] + row["without_partner"] == row["hromadas"]
    about = " ".join(answer["about"])
    for words in ("any of its settlements", "Status: in force, unknown", "GeoNames", "Kyiv", "303 hromadas of Crimea"):
        assert words in about
    with_crimea = json.loads(ask(bundled_place, "--crimea", "--format", "json").stdout)["oblasts"][-1]
    assert with_crimea["hromadas"] == 1772


def test_the_choice_of_ties_changes_the_answer(bundled_place: Path) -> None:
    """A plan or an ended tie must count only for whoever asks for it."""

    def having(*words: str) -> int:
        return int(json.loads(ask(bundled_place, *words, "--format", "json").stdout)["oblasts"][-1]["with_partner"])

    standing = having()
    assert having("--status", "planned") < standing < having("--status", "active", "--status", "planned")
    assert having("--count", "own") <= having("--count", "centre") <= standing
    assert having("--abroad") <= standing


def test_it_speaks_ukrainian(bundled_place: Path) -> None:
    """Otherwise an office in Ukraine would have to translate the table."""
    result = ask(bundled_place, "--oblast", "Житомир", "--show", "with", "--lang", "uk")
    assert "Звягельська" in result.stdout
    assert "Громад без партнера: 57 з 66" in result.stdout
    assert "hromada" not in result.stdout


def test_an_unknown_oblast_is_reported_with_the_nearest(bundled_place: Path) -> None:
    """Otherwise a misspelt oblast would look like one without hromadas."""
    result = ask(bundled_place, "--oblast", "Zhitomyyr")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no oblast called 'Zhitomyyr'" in result.stderr
    assert "Did you mean Zhytomyr" in result.stderr


def test_its_examples_run(bundled_place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Users copy the examples of the help."""
    monkeypatch.chdir(tmp_path)
    command = cli.get_command(click.Context(cli), "gaps")
    assert command is not None
    for line in (command.epilog or "").splitlines():
        if line.strip().startswith("twingraph "):
            _program, _name, *words = shlex.split(line)
            assert ask(bundled_place, *words).exit_code == 0, line
