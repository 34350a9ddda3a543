"""`query`, `show` and `stats` as they are typed, on both engines."""

import csv
import io
import json
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from fixtures import network as net
from fixtures.stores import Place
from twingraph.cli import SECTIONS, cli


def ask(place: Place, *words: str, stdin: str | bytes | None = None) -> Result:
    settings = {**place.environment, "TWINGRAPH_DB": str(place.address), "LANG": "C.UTF-8", "COLUMNS": "80"}
    return CliRunner().invoke(cli, words, env=settings, input=stdin)


class TestQuery:
    """A question asked in Cypher."""

    NAMES = "MATCH (m:Municipality) WHERE m.country_code = $c RETURN m.name AS name ORDER BY name"

    def test_rows_come_in_every_form(self, network_place: Place) -> None:
        """Otherwise a spreadsheet or a program could not read the answer."""
        forms = {form: ask(network_place, "query", self.NAMES, "-p", "c=PL", "--format", form) for form in
                 ("table", "csv", "json", "jsonl", "md")}  # fmt: skip
        assert {result.exit_code for result in forms.values()} == {0}
        assert forms["csv"].stdout_bytes == b"name\r\nGdynia\r\nRawicz\r\n"
        assert json.loads(forms["json"].stdout) == [{"name": "Gdynia"}, {"name": "Rawicz"}]
        assert forms["jsonl"].stdout == '{"name": "Gdynia"}\n{"name": "Rawicz"}\n'
        assert forms["md"].stdout == "| name |\n| --- |\n| Gdynia |\n| Rawicz |\n"
        assert [line.strip() for line in forms["table"].stdout.splitlines()][2:] == ["Gdynia", "Rawicz"]

    def test_the_text_comes_from_an_argument_a_file_or_standard_input(
        self, network_place: Place, tmp_path: Path
    ) -> None:
        file = tmp_path / "question.cypher"
        file.write_text("\ufeffRETURN 'Житомир' AS name;\n", encoding="utf-8")
        expected = '{"name": "Житомир"}\n'
        assert ask(network_place, "query", "-f", str(file), "--format", "jsonl").stdout == expected
        text = file.read_text("utf-8-sig")
        assert ask(network_place, "query", "-", "--format", "jsonl", stdin=text).stdout == expected
        assert ask(network_place, "query", text, "--format", "jsonl").stdout == expected

    def test_a_limit_says_on_stderr_how_many_rows_there_are(self, network_place: Place) -> None:
        """Otherwise a shortened table would pass for the whole answer."""
        result = ask(network_place, "query", "UNWIND range(1, 2000) AS n RETURN n", "--format", "csv")
        assert len(result.stdout.splitlines()) == 1001
        assert result.stderr == "2,000 rows, of which the first 1,000 are shown: --limit 0 shows all.\n"
        everything = ask(
            network_place, "query", "UNWIND range(1, 2000) AS n RETURN n", "--format", "csv", "--limit", "0"
        )
        assert (len(everything.stdout.splitlines()), everything.stderr) == (2001, "")

    @pytest.mark.parametrize(
        ("words", "message"),
        [
            (["RETURN )"], "Syntax error"),
            (["MATCH (n) SET n.x = 1"], "only reading"),
            (["RETURN $x"], "$x"),
            (["RETURN $x", "-p", "x"], "NAME=VALUE"),
            (["-f", "none.cypher"], "none.cypher"),
            ([""], "empty"),
        ],
    )
    def test_a_mistake_is_reported_with_the_next_step(
        self, network_place: Place, words: list[str], message: str
    ) -> None:
        """Otherwise the user would have to guess what to correct."""
        result = ask(network_place, "query", *words)
        assert result.exit_code == 1
        assert message in result.stderr
        assert "Next: " in result.stderr

    def test_a_syntax_error_points_at_its_place(self, network_place: Place) -> None:
        """Otherwise the user would have to search a long query for the error."""
        lines = ask(network_place, "query", "MATCH (m:Municipality RETURN m").stderr.splitlines()
        (caret,) = (number for number, line in enumerate(lines) if line.strip() == "^")
        assert lines[caret - 1][lines[caret].index("^") :].startswith(("R", " R", "m"))

    def test_a_file_that_is_no_text_is_reported_with_its_line(self, network_place: Place, tmp_path: Path) -> None:
        file = tmp_path / "question.cypher"
        file.write_bytes("RETURN 1\n// Житомир".encode("cp1251"))
        result = ask(network_place, "query", "-f", str(file))
        assert f"{file}, line 2" in result.stderr

    def test_a_question_that_takes_too_long_is_given_up_in_time(self, network_place: Place) -> None:
        """Otherwise one careless query would block the terminal."""
        endless = "UNWIND range(1, 3000) AS a UNWIND range(1, 9000) AS b RETURN sum(a * b) AS n"
        result = ask(network_place, "query", endless, "--timeout", "0.5")
        assert result.exit_code == 1
        assert "given up" in result.stderr or "longer" in result.stderr

    @pytest.mark.parametrize("words", [[], ["RETURN 1", "-f", "x"], ["RETURN $x", "-p", "x=1", "-p", "x=2"]])
    def test_wrong_usage_exits_with_2(self, network_place: Place, words: list[str]) -> None:
        """Otherwise a script could not distinguish a mistyped option from a failure."""
        assert ask(network_place, "query", *words).exit_code == 2


class TestShow:
    """Everything known of a place, as an analyst reads it out."""

    def test_a_municipality_on_80_columns(self, network_place: Place) -> None:
        result = ask(network_place, "show", "Zhytomyr")
        assert result.exit_code == 0
        assert max(map(len, result.stdout.splitlines())) <= 80
        text = " ".join(result.stdout.split())
        for fact in (
            "Zhytomyr (Житомир) city, Zhytomyr, Ukraine Population: 261,624",
            "5 partnerships (3 in force, 1 planned, 1 ended): 4 with 2 countries, 1 inside one country",
            "Rawicz: Partnership agreement; in force since 2022-12-23",
            "Signed by: Serhii Sukhomlyn; Grzegorz Kubik",
            "Approved by: Executive committee",
            "“Helped from the first day”, source dated 2022-12",
            "Gdynia: Twin towns; ended 1979 – 2016",
            "The sources disagree",
            "Kamianets-Podilskyi: Memorandum; in force since 2021; inside one country",
            "Paris: Twin towns; planned for 2027",
            "Rawicz → Zhytomyr: humanitarian aid, 50 t, 2022-02-24 – 2022-12-23",
            "https://town.example/1",
        ):
            assert fact in text
        assert result.stderr == "There is also the oblast Zhytomyr: twingraph show UA-18\n"

    def test_the_same_in_ukrainian(self, network_place: Place) -> None:
        text = " ".join(ask(network_place, "show", "Житомир", "--lang", "uk").stdout.split())
        for fact in (
            "Житомир (Zhytomyr) місто, Житомирська область, Україна Населення: 261 624",
            "5 партнерств (3 чинні, 1 заплановане, 1 припинене): 4 – із 2 країнами, 1 – у межах однієї країни",
            "Польща",
            "Равич: Угода про партнерство; чинне від 2022-12-23",
            "Париж: Міста-побратими; заплановане на 2027",
            "Равич → Житомир: гуманітарна допомога, 50 т",
        ):
            assert fact in text

    def test_a_status_that_no_source_states_is_not_run_into_the_date(self, place: Place, tmp_path: Path) -> None:
        """Otherwise 'not known since 2001-05' reads as if nobody had known of the tie since then."""
        table = tmp_path / "t.csv"
        table.write_text(
            "municipality,country,partner,partner_country,since\nZhytomyr,UA,Rawicz,PL,2001-05\n", encoding="utf-8"
        )
        assert ask(place, "load", str(table)).exit_code == 0
        assert "; status not stated; since 2001-05" in ask(place, "show", "Rawicz").stdout

    def test_the_language_follows_the_system(self, network_place: Place) -> None:
        """Otherwise every Ukrainian user would have to set the language."""
        for variable, value, word in (("LANG", "uk_UA.UTF-8", "Польща"), ("TWINGRAPH_LANG", "uk", "Польща")):
            settings = {**network_place.environment, "TWINGRAPH_DB": str(network_place.address), variable: value}
            result = CliRunner().invoke(cli, ["show", "Rawicz"], env={"LC_ALL": None, "LC_MESSAGES": None, **settings})
            assert word in result.stdout

    def test_an_oblast_is_brief_and_full_when_asked(self, network_place: Place) -> None:
        brief = ask(network_place, "show", "Zhytomyr", "oblast").stdout
        full = ask(network_place, "show", "UA-18", "--full").stdout
        assert "Zhytomyr – Rawicz: Partnership agreement" in brief
        assert "Signed by" not in brief
        assert "Add --full" in brief
        assert "Signed by" in full

    def test_json_holds_everything_under_stable_names(self, network_place: Place) -> None:
        answer = json.loads(ask(network_place, "show", "Zhytomyr", "--format", "json").stdout)
        assert answer["counts"] == {
            "partnerships": 5, "partners": 5, "statuses": {"active": 3, "planned": 1, "terminated": 1},
            "foreign": 4, "domestic": 1, "unknown_country": 0, "countries": 2, "domestic_countries": 1,
            "with_partner": {"hromada": 1},
        }  # fmt: skip
        (rawicz,) = (tie for tie in answer["partnerships"] if tie["partner"]["id"] == net.RAWICZ.id)
        (act,) = rawicz["agreements"]
        assert act["signed_by"] == ["Serhii Sukhomlyn", "Grzegorz Kubik"]
        assert {place["id"] for place in act["parties"]} == {net.RAWICZ.id, net.ZHYTOMYR.id}
        assert (act["statements"][0]["words"], act["statements"][0]["said_on"]) == (
            "Helped from the first day",
            "2022-12",
        )
        assert act["statements"][0]["source"]["url"] == "https://town.example/1"
        assert rawicz["statements"] == []
        assert (answer["id"], answer["region"]["id"]) == (net.ZHYTOMYR.id, "UA-18")
        assert answer["country"]["name_uk"] == "Україна"
        assert {flow["direction"] for flow in answer["flows"]} == {"received", "country"}

    def test_csv_has_a_row_for_each_partnership(self, network_place: Place) -> None:
        """Otherwise a spreadsheet could not count partnerships."""
        rows = list(csv.DictReader(io.StringIO(ask(network_place, "show", "Rawicz", "--format", "csv").stdout)))
        assert len(rows) == 3
        assert {row["partner"] for row in rows} == {"Zhytomyr", net.HOSTILE, f"'{net.FORMULA}"}

    def test_hostile_names_are_harmless_text(self, network_place: Place) -> None:
        """Otherwise a name from a stranger could control the terminal."""
        for form in ("table", "md", "json"):
            text = ask(network_place, "show", "Rawicz", "--format", form).stdout
            assert "alert(1)" in text
            assert not set(text) & set("\x1b\u202e")
        assert "<script>" not in ask(network_place, "show", "Rawicz", "--format", "md").stdout

    def test_an_unknown_name_offers_the_nearest_and_namesakes_are_listed(self, network_place: Place) -> None:
        unknown = ask(network_place, "show", "Zhitommir")
        assert (unknown.exit_code, unknown.stdout) == (1, "")
        assert "Did you mean Zhytomyr?" in unknown.stderr
        several = ask(network_place, "show", "Paris")
        assert several.exit_code == 1
        assert "Paris (city, Texas, US), 24,839 inhabitants: geonames:4717560" in several.stderr


class TestStats:
    """The counts as tables and as data."""

    def test_a_table_for_each_section(self, network_place: Place) -> None:
        text = ask(network_place, "stats").stdout
        assert "In all" in text
        assert "  inside one country" in text
        assert "Partnerships by kind" in text
        assert "not known" in text

    def test_in_ukrainian(self, network_place: Place) -> None:
        text = ask(network_place, "stats", "--lang", "uk").stdout
        assert "Усього" in text
        assert "Польща" in text

    def test_json_csv_and_lines_have_the_same_numbers(self, network_place: Place) -> None:
        answer = json.loads(ask(network_place, "stats", "--format", "json").stdout)
        assert answer["totals"]["partnerships"] == 8
        assert answer["kinds"][0] == {"kind": "contact", "count": 2}
        assert answer["countries"][0] == {
            "country": "PL", "name": "Poland", "name_uk": "Польща", "municipalities": 2, "partnerships": 6,
        }  # fmt: skip
        rows = list(csv.reader(io.StringIO(ask(network_place, "stats", "--format", "csv").stdout)))
        assert ["totals", "partnerships", "count", "8"] in rows
        assert ["countries", "PL", "partnerships", "6"] in rows
        lines = ask(network_place, "stats", "--format", "jsonl", "--section", "totals").stdout.splitlines()
        assert {"section": "totals", "name": "domestic", "measure": "count", "value": 1} in map(json.loads, lines)

    def test_a_file_holds_all_sections(self, network_place: Place, tmp_path: Path) -> None:
        """Otherwise a saved report would lack what the screen shows."""
        for name in ("stats.txt", "stats.md", "stats.json", "stats.csv"):
            result = ask(network_place, "stats", "-o", str(tmp_path / name))
            assert (result.exit_code, result.stdout) == (0, "")
            assert "PL" in (tmp_path / name).read_text("utf-8")

    def test_an_empty_database_says_how_to_fill_it(self, embedded_place: Place) -> None:
        """Otherwise a table of zeros would be the first thing that a new user sees."""
        with embedded_place.open(read_only=False, create=True) as store:
            store.ensure_schema()
        result = ask(embedded_place, "stats")
        assert result.exit_code == 0
        assert "twingraph load" in result.stderr


def examples() -> list[str]:
    """Every example in the help of `query`, `show` and `stats`, which the bundled data must answer."""
    found = []
    for _title, entries in SECTIONS:
        for name, _line in entries:
            if name in {"query", "show", "stats"}:
                command = cli.get_command(click.Context(cli), name)
                assert command is not None
                lines = [line.strip() for line in (command.epilog or "").splitlines()]
                found += [line for line in lines if line.startswith("twingraph ")]
    return found


@pytest.mark.parametrize("line", examples())
def test_every_example_in_the_help_works(bundled_place: Path, tmp_path: Path, line: str) -> None:
    """People begin from an example; one that fails is the first thing they see."""
    words = shlex.split(line)[1:]
    done = subprocess.run(
        [sys.executable, "-m", "twingraph", *words, "--db", str(bundled_place)],
        capture_output=True, cwd=tmp_path, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout or any(tmp_path.iterdir())


@pytest.mark.parametrize(
    "name",
    [
        "Zhytomyr",
        "Житомирська область",
        "UA-18",
        "PL",
        "Польща",
        "Poland",
        "Rawicz",
        "Равич",
        "OMGGS",
        "Kyiv",
        "Gdynia",
    ],
)
def test_the_names_of_the_bundled_data_are_found_as_people_type_them(bundled_place: Path, name: str) -> None:
    result = CliRunner().invoke(cli, ["show", name, "--db", str(bundled_place)])
    assert result.exit_code == 0, result.stderr
