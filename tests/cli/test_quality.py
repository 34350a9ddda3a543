"""Judgements and `quality` as they are typed: from what is asked, by the command that it offers, to a placed town."""

import json
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from twingraph.cli import cli

TABLE = (
    "municipality,country,partner,partner_country,since\n"
    "Zhytomyr,UA,Kolding Vest,DK,2022\nRivne,UA,Kolding Vest,DK,2023\n"
    "Rivne,UA,Kolding,DK,2021\n"
)


@pytest.fixture
def run(tmp_path: Path):
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")

    def invoke(*arguments: str, code: int = 0) -> Result:
        result = CliRunner().invoke(cli, [*arguments, "--db", str(tmp_path / "t.grafeo")])
        assert result.exit_code == code, result.output
        return result

    invoke("load", str(tmp_path / "t.csv"))
    return invoke


def findings(result: Result) -> list[dict[str, object]]:
    return list(json.loads(result.stdout)["findings"])


def towns(run) -> set[str]:
    query = "MATCH (m:Municipality {country_code: 'DK'}) RETURN m.id AS id"
    return {row["id"] for row in json.loads(run("query", query, "--format", "json").stdout)}


def test_the_command_that_quality_offers_settles_the_case_and_can_be_taken_back(run, tmp_path: Path) -> None:
    """An analyst would read of a problem and not learn what to do."""
    (found,) = findings(run("quality", "--section", "unplaced", "--format", "json"))
    assert (found["name"], found["effect"]) == ("Kolding Vest", 2)
    program, *command = shlex.split(str(found["next"]))
    assert program == "twingraph"
    output = run(*command, "--why", "The town hall says so").stdout
    assert "It applies from the next load" in output
    assert towns(run) == {"name:DK/kolding-vest", "geonames:2618528"}
    run("load", str(tmp_path / "t.csv"))
    assert towns(run) == {"geonames:2618528"}
    assert findings(run("quality", "--section", "unplaced", "--format", "json")) == []
    run("resolve", "--undo", "Kolding Vest,DK")
    run("load", str(tmp_path / "t.csv"))
    assert towns(run) == {"name:DK/kolding-vest", "geonames:2618528"}


def test_two_places_are_made_one_at_once_and_stay_so_when_the_file_is_loaded_again(run, tmp_path: Path) -> None:
    """Otherwise each load would undo the decision of the user."""
    output = run("resolve", "--same", "name:DK/kolding-vest", "geonames:2618528").stdout
    assert "name:DK/kolding-vest is merged into geonames:2618528." in output
    assert towns(run) == {"geonames:2618528"}
    assert "Nothing new" in run("load", str(tmp_path / "t.csv")).stdout
    assert "is separate again" in run("resolve", "--undo", "name:DK/kolding-vest").stdout
    assert towns(run) == {"name:DK/kolding-vest", "geonames:2618528"}


def test_a_source_takes_what_was_made_one_with_it(run) -> None:
    """Otherwise places that nobody speaks of any more would be left behind."""
    run("resolve", "--same", "name:DK/kolding-vest", "geonames:2618528")
    run("sources", "remove", "file:t.csv", "--yes")
    assert json.loads(run("query", "MATCH (n) RETURN labels(n), n.id", "--format", "json").stdout) == []


def test_a_judgement_edited_by_hand_holds_at_the_next_load(run, tmp_path: Path) -> None:
    """Otherwise the file would be readable, and of no effect."""
    (tmp_path / "t.grafeo.judgements.tsv").write_text(
        "verdict\tname\tplace\nsame\tname:DK/kolding-vest\tgeonames:2618528\n", encoding="utf-8"
    )
    assert "judged     name:DK/kolding-vest is merged into" in run("load", str(tmp_path / "t.csv")).stdout
    (tmp_path / "t.grafeo.judgements.tsv").write_text("verdict\tname\tplace\nsame\tKolding Vest\n", encoding="utf-8")
    broken = run("load", str(tmp_path / "t.csv"), code=1)
    assert "t.grafeo.judgements.tsv, line 2: '' is not the id of a place" in broken.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--same", "Kolding Vest", "geonames:2618528"], 2, "The country of 'Kolding Vest' is missing"),
        (["--same", "Kolding Vest,DK", "Kolding"], 2, "is not the id of a place"),
        (["--same", "Kolding Vest,DK", "geonames:99999999999"], 1, "No register has the place"),
        (["--same", "Kolding Vest,Nowhere", "geonames:2618528"], 1, "no country called"),
        (["--same", "name:DK/no-such", "geonames:2618528"], 1, "no place 'name:DK/no-such'"),
        (["--same", "metropolis:DK/no-such", "geonames:2618528"], 1, "a metropolis has members"),
        (["--same", "name:DK/kolding-vest", "DK-83"], 1, "which cannot be merged with a municipality"),
        (["--same", "Kolding Vest,DK", "DK-99"], 1, "No register has a region"),
        (["--undo", "Vejle,DK"], 1, "no judgement about a name called 'Vejle,DK'"),
        (["--same", "Kolding Vest,DK", "geonames:1", "Zviahel"], 2, "Judge one thing at a time"),
    ],
)
def test_an_invalid_judgement_is_reported_and_not_kept(
    run, tmp_path: Path, arguments: list[str], code: int, message: str
) -> None:
    """Otherwise a typing error would stay in the file and stop the next load."""
    assert message in run("resolve", *arguments, code=code).output
    assert not (tmp_path / "t.grafeo.judgements.tsv").exists()


def test_judgements_are_shared_by_a_file(run, tmp_path: Path) -> None:
    """Otherwise each analyst of a ministry would have to settle the same case again."""
    run("resolve", "--unsure", "Kolding Vest,DK", "geonames:2618528", "--by", "Olena")
    shared = tmp_path / "t.grafeo.judgements.tsv"
    (tmp_path / "mine.tsv").write_bytes(shared.read_bytes())
    shared.unlink()
    assert "mine.tsv: 1, kept in" in run("resolve", "--import-judgements", str(tmp_path / "mine.tsv")).stdout
    listed = json.loads(run("resolve", "--judged", "--format", "json").stdout)
    assert [(row["who"], row["note"]) for row in listed][:2] == [
        ("Olena", ""),
        ("twingraph", "about the bundled records"),
    ]


def test_quality_is_read_by_people_and_by_programs(run) -> None:
    """Otherwise the findings could not be worked through in a spreadsheet."""
    shown = run("quality", "--lang", "uk").stdout
    assert "Місця без координат (1)" in shown
    assert "Повнота" in shown
    lines = [json.loads(line) for line in run("quality", "--format", "jsonl").stdout.splitlines()]
    assert {line["section"] for line in lines} >= {"unplaced"}
    assert run("quality", "--format", "csv").stdout.startswith("section,effect,name")
    covered = json.loads(run("quality", "--format", "json").stdout)["coverage"]
    assert {"of": "partnerships", "what": "since", "known": 3, "total": 3, "percent": 100.0} in covered
