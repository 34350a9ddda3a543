"""`twingraph questions` and `twingraph query NAME` as they are typed."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fixtures.stores import Place
from twingraph.cli import cli

OWN = """// question = "Who is in a country?"
//
// [parameters.country]
// type = "country"
// about = "which"
//
// [columns]
// name = "its name"

MATCH (m:Municipality {country_code: $country}) RETURN m.name AS name ORDER BY name
"""


def run(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(cli, list(arguments), env=environment)


@pytest.fixture
def ask(network_place: Place):
    database = ("--db", str(network_place.address))
    return lambda *arguments: run("query", *arguments, *database, **network_place.environment)


def test_the_list_is_there_in_both_languages() -> None:
    """Otherwise nobody would find the questions."""
    english, ukrainian = run("questions", "--lang", "en"), run("questions", "--lang", "uk")
    assert "partners-of" in english.stdout
    assert "Who are the partners of a municipality?" in english.stdout
    assert "Які партнери має муніципалітет?" in ukrainian.stdout
    listed = json.loads(run("questions", "--format", "json").stdout)
    assert {"name", "question", "parameters"} == set(listed[0])
    assert len(listed) >= 22


def test_one_question_is_shown_with_its_cypher_and_a_command_that_works(ask) -> None:
    """Otherwise an analyst could not see what a number means."""
    shown = run("questions", "new-ties-since", "--lang", "en").stdout
    assert "MATCH (:Country {id: $country})" in shown
    assert "(default: 2022-02-24)" in shown
    ukrainian = run("questions", "new-ties-since", "--lang", "uk").stdout
    assert "country: country. Країна громад (якщо не вказати: UA)" in ukrainian
    assert "municipalities: муніципалітетів" in ukrainian
    assert "the date" not in ukrainian, "nothing is left in English but names and Cypher"
    document = json.loads(run("questions", "triangles", "--format", "json").stdout)
    assert document["command"] == "twingraph query triangles"


def test_it_is_asked_in_words_and_answered_in_ones_language(ask) -> None:
    """Otherwise names would come in a language that the reader does not read."""
    english = ask("partners-of", "-p", "municipality=Житомир", "--lang", "en")
    assert "Rawicz" in english.stdout
    assert "Not shown:" in english.stdout
    ukrainian = ask("partners-of", "-p", "municipality=Zhytomyr", "--lang", "uk").stdout
    assert "Равич" in ukrainian
    assert "партнер" in ukrainian
    rows = json.loads(ask("partners-of", "-p", "municipality=Zhytomyr", "--format", "json").stdout)
    assert {("Rawicz", "Равич")} <= {(row["partner"], row["partner_uk"]) for row in rows}


def test_the_answer_says_what_was_asked(ask) -> None:
    """Otherwise a printed table would lack its oblast and the values of its default bounds."""
    words = ("region-partners-by-country", "-p", "region=UA-18", "-p", "status=Active")
    assert ask(*words, "--lang", "en").stdout.splitlines()[1:3] == ["region: Zhytomyr", "status: in force"]
    ukrainian = ask(*words, "--lang", "uk").stdout.splitlines()
    assert ukrainian[1:3] == ["область чи регіон: Житомирська область", "стан: чинне"]
    assert "\n\n- region: Zhytomyr\n- status: in force\n\n| " in ask(*words, "--lang", "en", "--format", "md").stdout
    assert ask(*words, "--format", "csv").stdout.startswith("country,")
    lines = ask("ended-ties-since", "--lang", "en").stdout.splitlines()
    assert lines[1:3] == ["since: 2022-02-24", "undated: no"]
    left_open = ask("country-matrix", "--lang", "en").stdout.splitlines()
    assert left_open[1].startswith("one ")


def test_rows_for_a_program_come_with_a_word_on_what_is_unknown(embedded_place: Place) -> None:
    """Otherwise a file of ties in force would be taken for all that an office has to decide on."""
    with embedded_place.open(read_only=False, create=True) as store:
        store.ensure_schema()
        store.write(
            lambda transaction: transaction.run(
                "CREATE (pl:Country {id: 'PL', name: 'Poland'}), (ua:Country {id: 'UA', name: 'Ukraine'}) "
                "CREATE (pl)<-[:IN_COUNTRY]-(a:Municipality {id: 'a', name: 'A'}) "
                "CREATE (ua)<-[:IN_COUNTRY]-(b:Municipality {id: 'b', name: 'B'}) "
                "CREATE (a)-[:PARTNERS_WITH {id: 'a|b', kinds: ['other'], status: 'unknown'}]->(b)"
            )
        )
    words = ("query", "standing-ties-with", "-p", "country=PL", "--db", str(embedded_place.address))
    result = run(*words, "--format", "csv")
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr.count("Not listed, because no source states their status: 1.") == 1
    assert "Не перелічено" in run(*words, "--lang", "uk").stdout
    unknown = run(*words[:1], "unknown-ties-with", *words[2:], "--lang", "uk").stdout
    assert "без дати" in unknown


def test_what_was_asked_is_harmless_text(ask) -> None:
    """Otherwise a value that someone pasted could write on a terminal, or a link into a report."""
    given = ("partners-by-theme", "-p", "theme=\x1b[31m[x](http://y.example)<b>\n# z")
    table, markdown = (ask(*given, "--lang", "en", "--format", form).stdout for form in ("table", "md"))
    assert "theme: [31m[x](http://y.example)<b> # z" in table.splitlines()
    assert "\x1b" not in table + markdown
    assert "- theme: \\[31m\\[x\\](http://y.example)&lt;b&gt; # z" in markdown.splitlines()


def test_parameters_come_from_a_file_too(ask, tmp_path: Path) -> None:
    """Otherwise a set of values could not be kept."""
    file = tmp_path / "p.json"
    file.write_text('{"country": "PL", "of": "UA"}', encoding="utf-8")
    whole = ask("standing-ties-with", "--params", str(file), "--format", "json")
    assert json.loads(whole.stdout)
    narrowed = ask("standing-ties-with", "--params", str(file), "-p", "of=FR", "--format", "json")
    assert json.loads(narrowed.stdout) == []
    for broken in ("[1]", "{", "\udcff"):
        file.write_text(broken, encoding="utf-8", errors="surrogateescape")
        assert ask("standing-ties-with", "--params", str(file)).exit_code == 1


def test_ones_own_folder_joins(ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise a team's own questions would have no names."""
    (tmp_path / "in-country.cypher").write_text(OWN, encoding="utf-8")
    assert "Rawicz" in ask("in-country", "-p", "country=Poland", "--questions", str(tmp_path)).stdout
    monkeypatch.setenv("TWINGRAPH_QUESTIONS", str(tmp_path))
    assert "Who is in a country?" in run("questions", "--lang", "en").stdout
    assert "name: its name" in run("questions", "in-country", "--lang", "uk").stdout, (
        "better in English than not at all"
    )
    (tmp_path / "in-country.cypher").write_text(OWN.replace("country?", 'country"?'), encoding="utf-8")
    shown = run("questions")
    assert shown.exit_code == 1
    assert "in-country.cypher, line 1: the header is not valid TOML" in shown.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("partner-of",), "Did you mean partners-of?"),
        (("partners-of",), "Run, for example: twingraph query partners-of -p municipality=Zhytomyr"),
        (("partners-of", "-p", "municipality=Rawich"), "Did you mean Rawicz"),
        (("new-ties-since", "-p", "since=soon"), "Write 2022, 2022-02 or 2022-02-24."),
    ],
)
def test_a_mistake_is_reported_with_the_next_step(ask, arguments: tuple[str, ...], message: str) -> None:
    """Otherwise an empty table would pass for an answer."""
    result = ask(*arguments)
    assert result.exit_code == 1
    assert message in result.stderr


def test_nothing_found_is_said(ask) -> None:
    """Otherwise an empty screen would look like a fault."""
    result = ask("same-name-twins", "--lang", "en")
    assert result.exit_code == 0
    assert "None." in result.stdout
