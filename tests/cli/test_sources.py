"""`twingraph sources`: a slip would hide what an answer rests on, or take out what nobody asked to."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from twingraph.cli import cli

TABLE = "municipality,country,partner,partner_country,source_url\nZhytomyr,UA,Rawicz,PL,https://example.org/a\n"


@pytest.fixture
def run(tmp_path: Path):
    (tmp_path / "a.csv").write_text(TABLE, encoding="utf-8")

    def invoke(*arguments: str, code: int = 0) -> Result:
        result = CliRunner().invoke(cli, [*arguments, "--db", str(tmp_path / "t.grafeo")])
        assert result.exit_code == code, result.output
        return result

    invoke("load", str(tmp_path / "a.csv"))
    return invoke


def test_datasets_are_listed_and_cited_pages_are_counted(run) -> None:
    """Otherwise nobody would know what a number rests on."""
    result = run("sources", "--format", "json")
    assert [(row["id"], row["statements"], row["partnerships_alone"]) for row in json.loads(result.stdout)] == [
        ("file:a.csv", 1, 1)
    ]
    assert "Not listed: 1 page that these cite" in result.stderr
    assert [row["sort"] for row in json.loads(run("sources", "--all", "--format", "json").stdout)] == [
        "dataset",
        "page",
    ]
    assert json.loads(run("sources", "show", "file:a.csv", "--format", "json").stdout)["title"] == "a.csv"


def test_a_removal_says_what_goes_and_asks_first(run) -> None:
    """Otherwise one mistyped line would delete somebody's work."""
    assert "1 removed" in run("sources", "remove", "file:a.csv", "--dry-run").stdout
    refused = run("sources", "remove", "file:a.csv", code=1)
    assert "Add --yes" in refused.stderr
    assert "partnerships" in refused.stderr
    assert len(json.loads(run("sources", "--format", "json").stdout)) == 1
    assert "Removed file:a.csv" in run("sources", "remove", "file:a.csv", "--yes").stdout
    assert run("sources", "--format", "json").stdout == "[]\n"
    assert "no source called 'file:a.csv'" in run("sources", "remove", "file:a.csv", "--yes", code=1).stderr


def test_a_database_named_before_the_subcommand_is_refused(tmp_path: Path) -> None:
    """Otherwise `sources --db A remove X` would take X out of another database than A."""
    result = CliRunner().invoke(cli, ["sources", "--db", str(tmp_path / "a"), "remove", "x", "--yes"])
    assert (result.exit_code, "--db goes after remove" in result.output) == (2, True)
