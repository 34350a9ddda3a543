"""`pairs`, `distance`, `timeline`, `whatif` and `compare` as they are typed, on both engines."""

import csv
import io
import json
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from fixtures import network as net
from fixtures.stores import Place
from twingraph.cli import cli

COMMANDS = ("pairs", "distance", "timeline", "whatif", "compare")


def ask(place: Place, *words: str) -> Result:
    settings = {**place.environment, "TWINGRAPH_DB": str(place.address), "LANG": "C.UTF-8"}
    return CliRunner().invoke(cli, words, env=settings)


def rows(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout)))


class TestOnBothEngines:
    """Each answer on the small network, counted by hand."""

    def test_pairs(self, network_place: Place) -> None:
        (row,) = rows(ask(network_place, "pairs", "Україна", "Poland", "--format", "csv"))
        # Eight pairs; of their sixteen ends six are Ukrainian and six Polish: 6 * 6 / 15 are expected.
        assert (row["pairs"], row["expected"]) == ("3", "2.4")
        listed = rows(ask(network_place, "pairs", "UA", "PL", "--list", "--format", "csv"))
        assert {(each["a"], each["b"]) for each in listed} == {
            ("Zhytomyr", "Rawicz"), ("Zhytomyr", "Gdynia"), ("Zhytomyr", "Metropolia Gdańsk–Gdynia–Sopot"),
        }  # fmt: skip
        everyone = rows(ask(network_place, "pairs", "UA", "--format", "csv"))
        assert {row["with"]: row["pairs"] for row in everyone} == {"PL": "3", "UA": "1", "FR": "1"}
        oblast = rows(ask(network_place, "pairs", "UA-18", "PL", "--format", "csv"))
        assert oblast[0]["pairs"] == "3"

    def test_distance(self, network_place: Place) -> None:
        answer = json.loads(ask(network_place, "distance", "--format", "json").stdout)
        every = answer["distances"][0]
        assert (every["pairs"], every["measured"], every["measured_percent"]) == (8, 4, 50.0)
        assert any("4 of 8 pairs have coordinates" in words for words in answer["about"])
        france = rows(ask(network_place, "distance", "--country", "Франція", "--format", "csv"))
        assert [row["country"] for row in france] == ["", "FR"]

    def test_timeline(self, network_place: Place) -> None:
        found = rows(ask(network_place, "timeline", "--from", "2016", "--to", "2022", "--format", "csv"))
        shown = {row["period"]: (row["new"], row["ended"], row["standing"], row["undated"]) for row in found}
        assert shown["2016"] == ("0", "1", "0", "3")
        assert shown["2021"] == ("1", "0", "1", "3")
        assert shown["2022"] == ("2", "0", "3", "3")
        result = ask(network_place, "timeline", "--format", "csv", "--country", "PL")
        assert "the beginning is known for 3 (50.0 %)" in result.stderr
        assert {row["country"] for row in rows(result)} == {"PL"}

    def test_whatif(self, network_place: Place) -> None:
        answer = json.loads(ask(network_place, "whatif", "--drop", "PL", "--format", "json").stdout)
        numbers = {row["measure"]: (row["before"], row["after"]) for row in answer["summary"]}
        assert numbers["places"] == (9, 5)
        assert numbers["pairs"] == (8, 2)
        assert {row["id"] for row in answer["alone"]} == {net.STRANGE.id, net.NOWHERE.id}
        ended = json.loads(ask(network_place, "whatif", "--drop", "terminated", "--format", "json").stdout)
        assert next(row for row in ended["summary"] if row["measure"] == "pairs")["change"] == -1
        assert any("1 partnerships" in words for words in ended["about"])

    def test_compare(self, network_place: Place) -> None:
        found = rows(ask(network_place, "compare", "2015", "2023", "--format", "csv"))
        assert sorted(row["change"] for row in found) == ["gone", "new", "new", "new"]
        here = rows(ask(network_place, "compare", "2015", "2023", "--scope", "UA-68", "--format", "csv"))
        assert [(row["change"], row["b"]) for row in here] == [("new", "Kamianets-Podilskyi")]
        said = rows(ask(network_place, "compare", "page:1", "page:2", "--by", "source", "--format", "csv"))
        assert [(row["change"], row["was"]) for row in said] == [
            ("gone", ""), ("changed", "status: terminated; until: 2016"),
        ]  # fmt: skip
        scopes = json.loads(
            ask(network_place, "compare", "UA-18", "FR", "--by", "scope", "--format", "json").stdout
        )  # fmt: skip
        counts = {row["what"]: row["count"] for row in scopes["counts"]}
        assert (counts["same"], counts["new"]) == (1, 1)


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["pairs", "Polnad"], 1, "Did you mean Poland"),
        (["pairs", "UA", "UA-18"], 1, "UA-18 is part of UA"),
        (["pairs", "UA", "--list"], 2, "two countries"),
        (["pairs", "UA", "--samples", "-1"], 2, "--samples"),
        (["distance", "--country", "Polnad"], 1, "Did you mean Poland"),
        (["distance", "--scope", "Zhitomyyr"], 1, "Did you mean"),
        (["distance", "--samples", "-1"], 2, "--samples"),
        (["timeline", "--from", "soon"], 2, "not a date"),
        (["timeline", "--from", "2022", "--to", "2020"], 1, "earlier date"),
        (["timeline", "--country", "Atlantis"], 1, "no country called"),
        (["whatif"], 2, "--drop"),
        (["whatif", "--drop", "Rawitsch"], 1, "Did you mean Rawicz"),
        (["whatif", "--drop", "PL", "--limit", "-1"], 2, "--limit"),
        (["compare", "2020", "2021", "--as-of", "2022"], 2, "--as-of"),
        (["compare", "news", "newz", "--by", "source"], 1, "Did you mean news"),
        (["compare", "UA", "PL", "--by", "scope", "--scope", "FR"], 2, "--scope"),
        (["compare", "none.grafeo", "no.grafeo"], 1, "none.grafeo"),
    ],
)
def test_a_mistake_is_reported_with_the_next_step(
    embedded_network: Place, words: list[str], code: int, message: str
) -> None:
    """Otherwise the user would have to guess what to correct."""
    result = ask(embedded_network, *words)
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in result.stderr
    assert "Traceback" not in result.stderr


@pytest.fixture
def embedded_network(embedded_place: Place) -> Place:
    with embedded_place.open(read_only=False, create=True) as store:
        store.ensure_schema()
        net.fill(store)
    return embedded_place


def test_two_databases(embedded_network: Place, tmp_path: Path) -> None:
    """What a load changed is seen by comparing with the backup."""
    other = tmp_path / "other.grafeo"
    assert ask(embedded_network, "db", "backup", str(other)).exit_code == 0
    same = json.loads(
        ask(embedded_network, "compare", str(embedded_network.address), str(other), "--format", "json").stdout
    )
    assert same["partnerships"] == []
    assert {row["what"]: row["count"] for row in same["counts"]}["same"] == len(net.TIES)


def test_a_choice_of_nothing_says_so(embedded_network: Place) -> None:
    """A table of zeros without a word would be taken for a finding."""
    questions = {"pairs": ["UA", "PL"], "distance": [], "timeline": [], "whatif": ["--drop", "PL"]}
    for name, words in questions.items():
        result = ask(embedded_network, name, *words, "--kind", "project")
        assert result.exit_code == 0, result.stderr
        assert "No partnership matches" in result.stdout, name


@pytest.mark.parametrize("name", COMMANDS)
def test_every_form_and_both_languages(embedded_network: Place, name: str) -> None:
    questions = {"pairs": ["UA"], "whatif": ["--drop", "PL"], "compare": ["2015", "2023"]}
    words = [name, *questions.get(name, [])]
    for form in ("table", "csv", "json", "jsonl", "md"):
        for lang in ("uk", "en"):
            result = ask(embedded_network, *words, "--format", form, "--lang", lang)
            assert result.exit_code == 0, result.output
            assert "\x1b" not in result.stdout
            assert "\u202e" not in result.stdout or form not in {"table", "md"}
    message = ask(embedded_network, *words, "--lang", "uk").stdout
    assert "мережа" in message.casefold() or "обсяг" in message
    assert ask(embedded_network, *words, "--lang", "uk").stdout == message  # the same question, the same answer


@pytest.mark.parametrize("name", COMMANDS)
def test_its_examples_run(bundled_place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Users copy the examples of the help."""
    monkeypatch.chdir(tmp_path)
    for database in ("old.grafeo", "new.grafeo"):
        assert ask(Place(bundled_place), "db", "backup", database).exit_code == 0
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    lines = [line.strip() for line in (command.epilog or "").splitlines() if line.strip().startswith("twingraph ")]
    assert lines
    for line in lines:
        result = ask(Place(bundled_place), *shlex.split(line)[1:])
        assert result.exit_code == 0, f"{line}: {result.output}"
