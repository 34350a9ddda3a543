"""The frame of the command line: quick help, error messages, exit codes, and what happens when a run is cut short."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from fixtures import network as net
from fixtures.stores import Place
from twingraph import __version__
from twingraph.cli import SECTIONS, CommandTable, cli

TWINGRAPH = (sys.executable, "-m", "twingraph")
HEAVY = ("grafeo", "neo4j", "networkx", "pyvis", "rich", "jinja2", "babel", "pycountry", "rapidfuzz", "platformdirs")
ENTRIES = [entry for _title, entries in SECTIONS for entry in entries]


def run(*words: str, place: str | Path | None = None, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    settings = {**os.environ, **environment}
    if place is not None:
        settings["TWINGRAPH_DB"] = str(place)
    return subprocess.run([*TWINGRAPH, *words], capture_output=True, env=settings, timeout=60, check=False)


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_imports_nothing_but_click(option: str) -> None:
    """An analyst who only asks what there is would wait for two database engines to start."""
    code = (
        "import sys\nfrom twingraph.cli import cli\n"
        f"try:\n    cli.main([{option!r}])\nexcept SystemExit:\n    pass\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    modules = set(done.stderr.splitlines())
    assert not {heavy for heavy in HEAVY if heavy in modules}
    assert {name for name in modules if name.startswith("twingraph.")} == {"twingraph.cli"}


@pytest.mark.parametrize(("name", "line"), ENTRIES, ids=[name for name, _line in ENTRIES])
def test_each_line_of_the_help_is_the_commands_own(name: str, line: str) -> None:
    """The table and the commands are written apart, so that they could come to say different things."""
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.name == name
    assert command.get_short_help_str(100).rstrip(".") == line.rstrip(".")


def test_the_help_shows_the_commands_by_section_in_the_order_of_work() -> None:
    text = CliRunner().invoke(cli, ["--help"]).output
    places = [text.index(f"\n{title}:") for title, _entries in SECTIONS]
    assert places == sorted(places)
    assert all(f"\n  {name} " in text for name, _line in ENTRIES)


def test_the_version_is_shown() -> None:
    """Otherwise a report of a fault could not name the version."""
    done = run("--version")
    assert done.stdout.decode().startswith(f"twingraph {__version__} (Python 3.")
    assert done.returncode == 0


def test_a_misspelt_command_offers_the_right_one_and_is_wrong_usage() -> None:
    result = CliRunner().invoke(cli, ["stat"])
    assert result.exit_code == 2
    assert "Did you mean stats?" in result.stderr
    assert "There are: load" in CliRunner().invoke(cli, ["xyzzy"]).stderr


@pytest.mark.parametrize("words", [["show"], ["stats", "--nonsense"], ["query"], ["stats", "--format", "xml"]])
def test_wrong_usage_exits_with_2(words: list[str]) -> None:
    """Otherwise a script could not distinguish a mistyped option from a failure."""
    assert CliRunner().invoke(cli, words).exit_code == 2


def test_an_error_gives_message_and_next_step_on_stderr_and_exits_with_1(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["stats", "--db", str(tmp_path / "none.grafeo")])
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert "\nNext: " in result.stderr
    assert "Traceback" not in result.stderr


def test_what_a_stranger_wrote_cannot_steer_the_terminal_through_an_error(tmp_path: Path) -> None:
    """A name in a file could otherwise rename the window, hide text or show it backwards."""
    result = CliRunner().invoke(cli, ["stats", "--db", str(tmp_path / "a\x1b]0;evil\x07\u202e\x9b31m.grafeo")])
    assert result.exit_code == 1
    assert not set(result.stderr) & set("\x1b\x07\u202e\x9b")


def failing(error: BaseException) -> click.Group:
    class Table(CommandTable):
        def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command:
            def work() -> None:
                raise error

            return click.Command(cmd_name, callback=work)

        def list_commands(self, _ctx: click.Context) -> list[str]:
            return ["work"]

    return Table("twingraph")


def test_a_bug_keeps_its_traceback() -> None:
    """Otherwise a fault could not be reported."""
    result = CliRunner().invoke(failing(KeyError("bug")), ["work"])
    assert isinstance(result.exception, KeyError)


@pytest.mark.parametrize("error", [KeyboardInterrupt(), EOFError(), click.Abort()])
def test_stopping_is_reported_and_exits_with_130(error: BaseException) -> None:
    """Otherwise a script could not know that its user stopped it."""
    result = CliRunner().invoke(failing(error), ["work"])
    assert result.exit_code == 130
    assert "The database is unchanged" in result.stderr


def test_ctrl_c_during_a_question_stops_it_at_once_and_the_database_stays_whole(place: Place) -> None:
    with place.open(read_only=False, create=True) as store:
        store.ensure_schema()
        net.fill(store)
    endless = "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN count(*) AS n"
    with subprocess.Popen(
        [*TWINGRAPH, "query", endless, "--db", str(place.address), "--timeout", "50"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **place.environment},
    ) as process:
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        try:
            _out, stderr = process.communicate(timeout=30)  # of the 50 that the question may take
        finally:
            process.kill()
    assert process.returncode == 130
    assert b"Stopped." in stderr
    assert b"Traceback" not in stderr
    with place.open() as store:
        assert store.read("MATCH (m:Municipality) RETURN count(m)").records[0][0] == 10


def test_a_reader_that_leaves_early_is_no_error(embedded_place: Place) -> None:
    """`twingraph query … | head` would end in a traceback."""
    with embedded_place.open(read_only=False, create=True):
        pass
    command = [*TWINGRAPH, "query", "UNWIND range(1, 200000) AS n RETURN n", "--format", "csv", "--limit", "0"]
    process = subprocess.Popen(
        [*command, "--db", str(embedded_place.address)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    stderr = process.stderr.read()
    assert process.wait(timeout=30) == 141
    assert stderr == b""
    process.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
@pytest.mark.parametrize("form", ["table", "csv", "json", "jsonl", "md"])
def test_a_full_device_is_reported(embedded_place: Place, form: str) -> None:
    """Otherwise a truncated file would pass for a result."""
    with embedded_place.open(read_only=False, create=True):
        pass
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*TWINGRAPH, "query", "RETURN 1 AS n", "--format", form, "--db", str(embedded_place.address)],
            stdout=full, stderr=subprocess.PIPE, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.decode().startswith("Error: No room is left")
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
)
def test_a_terminal_without_ukrainian_letters_gets_latin_ones(
    embedded_place: Place, tmp_path: Path, environment: dict[str, str]
) -> None:
    with embedded_place.open(read_only=False, create=True):
        pass
    (tmp_path / "good.cypher").write_text("RETURN 'Житомир, Łuck' AS name", encoding="utf-8")
    (tmp_path / "bad.cypher").write_text("RETURN $Житомир", encoding="utf-8")
    done = run("query", "-f", str(tmp_path / "good.cypher"), place=embedded_place.address, **environment)
    failed = run("query", "-f", str(tmp_path / "bad.cypher"), place=embedded_place.address, **environment)
    assert (done.returncode, failed.returncode) == (0, 1)
    assert b"Zhytomyr, Luck" in done.stdout
    assert b"Error: The query needs a value for $Zhytomyr." in failed.stderr


def test_programs_get_utf_8_whatever_the_locale(embedded_place: Place) -> None:
    """Otherwise Ukrainian names would be lost on Windows."""
    with embedded_place.open(read_only=False, create=True):
        pass
    for form in ("csv", "json", "jsonl", "md"):
        done = run(
            "query", "RETURN 'Житомир' AS name", "--format", form, place=embedded_place.address,
            PYTHONIOENCODING="ascii",
        )  # fmt: skip
        assert "Житомир" in done.stdout.decode("utf-8")


def test_the_shell_can_complete_commands() -> None:
    """Otherwise the Tab key would not offer commands."""
    done = run(_TWINGRAPH_COMPLETE="bash_complete", COMP_WORDS="twingraph st", COMP_CWORD="1")
    assert "stats" in done.stdout.decode()
