"""`stats`, `rank`, `communities` and `path` as they are typed, on both engines."""

import csv
import io
import json
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from fixtures.stores import Place
from twingraph.cli import cli
from twingraph.cli.commands.rank import MEASURE_NAMES
from twingraph.graph.open import open_store
from twingraph.graph.store import Store
from twingraph.queries.analyses.from_store import read_network
from twingraph.queries.analyses.rank import MEASURES, rank
from twingraph.queries.analyses.structure import measure, network_measures


def ask(place: Place, *words: str) -> Result:
    return CliRunner().invoke(cli, [*words, "--db", str(place.address)], env=place.environment)


class TestStats:
    """Measures beside the counts."""

    def test_json_holds_every_measure_under_its_name(self, network_place: Place) -> None:
        """Programs that read the numbers live on these keys."""
        answer = json.loads(ask(network_place, "stats", "--format", "json").stdout)
        assert list(answer["structure"]) == [each.name for each in network_measures()]
        assert (answer["structure"]["places"], answer["structure"]["pairs"]) == (9, 8)
        assert answer["structure"]["reciprocity"] is None
        assert answer["network"]["description"].startswith("The whole network")
        assert sum(row["places"] for row in answer["degrees"]) == 9

    def test_json_and_csv_hold_the_numbers_to_the_last_digit(self, network_place: Place) -> None:
        """Otherwise a program would compute with rounded numbers."""
        with network_place.open() as store:
            expected = measure(read_network(store))
        answer = json.loads(ask(network_place, "stats", "--format", "json").stdout)["structure"]
        assert answer["effective_diameter_90"] == expected.effective_diameter_90
        rows = list(csv.reader(io.StringIO(ask(network_place, "stats", "--format", "csv").stdout)))
        assert ["structure", "gini", "value", str(expected.gini)] in rows

    def test_the_answer_says_which_network_it_is_of(self, network_place: Place) -> None:
        """A number whose network nobody knows cannot be compared with any other."""
        words = ["stats", "--scope", "UA-18", "--kind", "twin_town", "--as-of", "2000"]
        table = ask(network_place, *words).stdout
        assert "Ties with at least one end in Zhytomyr; kind: twin town; in force on 2000: 2 places" in table
        assert "no start date" in table
        answer = json.loads(ask(network_place, *words, "--format", "json").stdout)
        assert answer["network"] == {
            "description": "Ties with at least one end in Zhytomyr; kind: twin town; in force on 2000:"
            " 2 places, 1 partnership (today: 1 ended)",
            "scope": "UA-18", "ties": "touching", "kinds": ["twin_town"], "statuses": None, "themes": None,
            "since": None, "until": None, "as_of": "2000", "caveat": answer["network"]["caveat"],
        }  # fmt: skip
        assert answer["totals"]["partnerships"] == 1
        assert answer["kinds"] == [{"kind": "twin_town", "count": 1}]
        assert "nodes" not in answer

    def test_definitions_beside_the_measures(self) -> None:
        """Otherwise a report would quote a number that its reader cannot define."""
        text = CliRunner().invoke(cli, ["stats", "--explain"]).stdout
        assert "transitivity (transitivity)\n    c = 3t / s" in text
        rows = json.loads(CliRunner().invoke(cli, ["stats", "--explain", "--format", "json"]).stdout)
        assert [row["measure"] for row in rows] == [each.name for each in network_measures()]

    def test_a_section_of_the_whole_database_and_a_scope_do_not_fit(self, network_place: Place) -> None:
        result = ask(network_place, "stats", "--section", "datasets", "--scope", "PL")
        assert result.exit_code == 2
        assert "counts the whole database" in result.stderr

    @pytest.mark.parametrize(
        ("words", "message"),
        [
            (["--scope", "Zhytomir"], "Did you mean"),
            (["--as-of", "tomorrow"], "is not a date like"),
            (["--since", "2022", "--until", "2021"], "Swap the two dates"),
            (["--theme", "sprot"], "There is no theme called 'sprot'"),
            (["--kind", "twin"], "is not one of"),
        ],
    )
    def test_an_invalid_choice_is_reported(self, network_place: Place, words: list[str], message: str) -> None:
        """Otherwise a mistyped option would give an answer to another question."""
        if words[1] == "Zhytomir":
            words = ["--scope", "Zhytomirr"]
        result = ask(network_place, "stats", *words)
        assert result.exit_code in {1, 2}
        assert message in result.stderr

    def test_an_empty_choice_is_reported_and_measured(self, network_place: Place) -> None:
        result = ask(network_place, "stats", "--kind", "solidarity_partnership", "--format", "json")
        assert result.exit_code == 0
        assert json.loads(result.stdout)["structure"]["places"] == 0
        assert "No partnership matches" in result.stderr


class TestRank:
    """Who leads."""

    def test_names_and_values(self, network_place: Place) -> None:
        rows = json.loads(ask(network_place, "rank", "--format", "json").stdout)
        assert rows[0] == {"rank": 1, "id": "geonames:686967", "name": "Zhytomyr", "country": "UA", "value": 5}
        assert [row["rank"] for row in rows] == list(range(1, 10))

    def test_bridges_against_collectors(self, network_place: Place) -> None:
        result = ask(network_place, "rank", "--by", "betweenness", "--against", "degree", "--format", "csv")
        rows = list(csv.DictReader(io.StringIO(result.stdout)))
        assert set(rows[0]) == {"rank", "id", "name", "country", "value", "other_rank", "other_value", "difference"}
        assert all(int(row["other_rank"]) - int(row["rank"]) == int(row["difference"]) for row in rows)

    def test_countries_in_ukrainian(self, network_place: Place) -> None:
        text = ask(network_place, "rank", "--of", "countries", "--by", "pairs", "--lang", "uk").stdout
        assert "Польща" in text
        assert "значення" in text

    def test_only_what_lies_within(self, network_place: Place) -> None:
        """Otherwise a region could not be compared with the whole network."""
        rows = json.loads(ask(network_place, "rank", "--within", "Poland", "--format", "json").stdout)
        assert {row["country"] for row in rows} == {"PL"}
        assert rows[0]["rank"] > 1

    def test_the_help_offers_every_measure(self) -> None:
        """Otherwise a new measure could not be chosen: the command copies the names, so that its help is quick."""
        assert tuple(MEASURES) == MEASURE_NAMES

    def test_a_misspelt_measure(self, network_place: Place) -> None:
        """Otherwise the user would have to look up the names of the measures."""
        result = ask(network_place, "rank", "--by", "betwenness")
        assert result.exit_code == 2
        assert "betweenness" in result.stderr

    def test_nothing_to_rank(self, network_place: Place) -> None:
        result = ask(network_place, "rank", "--scope", "LU")
        assert result.exit_code == 1
        assert "nothing to rank" in result.stderr
        assert ask(network_place, "rank", "--limit", "-1").exit_code == 2


class TestCommunities:
    """Who keeps to whom."""

    def test_groups_and_their_members(self, network_place: Place) -> None:
        answer = json.loads(ask(network_place, "communities", "--format", "json").stdout)
        assert sum(len(group["members"]) for group in answer["communities"]) == 9
        assert {"modularity", "stability", "seed", "resolution", "method"} <= set(answer)
        rows = list(
            csv.DictReader(io.StringIO(ask(network_place, "communities", "--members", "--format", "csv").stdout))
        )
        assert len(rows) == 9

    def test_seed_and_resolution(self, network_place: Place) -> None:
        once = ask(network_place, "communities", "--seed", "3", "--resolution", "1.5", "--format", "json").stdout
        assert (
            once == ask(network_place, "communities", "--seed", "3", "--resolution", "1.5", "--format", "json").stdout
        )
        assert ask(network_place, "communities", "--resolution", "0").exit_code == 2
        assert ask(network_place, "communities", "--method", "labels", "--resolution", "2").exit_code == 1


class TestPath:
    """Through whom."""

    def test_a_path_with_its_partnerships(self, network_place: Place) -> None:
        rows = list(
            csv.DictReader(
                io.StringIO(ask(network_place, "path", "Kamianets-Podilskyi", "Gdynia", "--format", "csv").stdout)
            )
        )
        assert [(row["step"], row["name"], row["kinds"]) for row in rows] == [
            ("0", "Kamianets-Podilskyi", ""), ("1", "Zhytomyr", "memorandum"), ("2", "Gdynia", "twin_town; friendship"),
        ]  # fmt: skip
        answer = json.loads(ask(network_place, "path", "Кам’янець-Подільський", "Гдиня", "--format", "json").stdout)
        assert (answer["shortest_paths"], answer["paths"][0]["length"]) == (1, 2)
        ((joined,),) = answer["paths"][0]["partnerships"][1:]
        assert (joined["kinds"], joined["status"]) == (["twin_town", "friendship"], "terminated")

    def test_no_path_is_reported(self, network_place: Place) -> None:
        """Otherwise an empty answer would look like a fault."""
        result = ask(network_place, "path", "Kamianets-Podilskyi", "Gdynia", "--kind", "memorandum")
        assert result.exit_code == 1
        assert "has no partnership in this network" in result.stderr
        result = ask(network_place, "path", "Kamianets-Podilskyi", "Paris, FR", "--avoid", "UA")
        assert result.exit_code == 1
        assert "itself to be avoided" in result.stderr

    def test_unknown_names(self, network_place: Place) -> None:
        result = ask(network_place, "path", "Zhytomyr", "Gdnyia")
        assert result.exit_code == 1
        assert "Did you mean Gdynia" in result.stderr


def test_examples_of_the_help_answer_on_the_bundled_data(
    bundled_place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A user who copies an example from the help must get an answer."""
    monkeypatch.chdir(tmp_path)  # some examples write a file into the current folder
    place = str(bundled_place)
    for name in ("rank", "communities", "path"):  # test_ask runs those of `stats`
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        for line in (command.epilog or "").splitlines():
            if line.strip().startswith("twingraph "):
                result = CliRunner().invoke(cli, [*shlex.split(line)[1:], "--db", place])
                assert result.exit_code == 0, (line, result.stderr)


@pytest.mark.neo4j
def test_both_engines_measure_the_same(stores: tuple[Store, Store]) -> None:
    """Two offices with two engines would report two networks."""
    from fixtures import network as net

    for store in stores:
        net.fill(store)
    embedded, server = (read_network(store) for store in stores)
    assert embedded == server
    assert measure(embedded) == measure(server)
    assert rank(embedded, by="betweenness") == rank(server, by="betweenness")


@pytest.mark.shared
def test_ctrl_c_ends_a_long_measure_at_once(wikipedia_place: Path) -> None:
    """Ten seconds of betweenness must not hold the terminal of somebody who has mistyped."""
    program = "from twingraph.cli import main; main()"
    words = ["rank", "--by", "betweenness", "--db", str(wikipedia_place)]
    with subprocess.Popen([sys.executable, "-c", program, *words], stderr=subprocess.PIPE, text=True) as asked:
        assert asked.stderr is not None
        seen = ""
        while "Betweenness" not in seen:
            seen = asked.stderr.readline()
            assert seen or asked.poll() is None
        time.sleep(0.5)
        os.kill(asked.pid, signal.SIGINT)
        asked.wait(timeout=60)
        assert asked.returncode == 130


@pytest.mark.shared
def test_the_real_network_has_its_known_diameter(wikipedia_place: Path) -> None:
    """Otherwise a report on the whole network would state a wrong reach."""
    with open_store(wikipedia_place) as store:
        network = read_network(store)
    found = measure(network)
    assert (found.pairs, found.diameter) == (len(network.pairs), 25)
