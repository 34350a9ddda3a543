"""``twingraph viz``: what a user gets, and the message when there is nothing to draw."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fixtures.maps import HOSTILE
from fixtures.nobody import AsNobody
from twingraph.cli import cli
from twingraph.maps.page import GENERATOR


@pytest.fixture
def viz(small_place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Run the command on the small network, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(cli, ["viz", "--db", str(small_place), *arguments])

    return run


@pytest.mark.parametrize(
    "name", ["Zhytomyr", "zhytomyr", "Zhytomyr oblast", "Житомирська", "житомирська область", "Житомирщина", "ua-18"]
)
def test_an_oblast_by_any_of_its_names(viz, name: str, tmp_path: Path) -> None:
    """Otherwise the user would have to know the code of the oblast."""
    result = viz("--oblast", name)
    assert result.exit_code == 0, result.output
    assert result.stdout == "zhytomyr.html\n", "stdout is the path alone, for scripts"
    assert GENERATOR in (tmp_path / "zhytomyr.html").read_text(encoding="utf-8")


def test_region_is_another_word_for_oblast(viz) -> None:
    assert viz("--region", "Lviv").exit_code == 0


@pytest.mark.parametrize("scope", ["--oblast", "--country", "--municipality", "--metropolis"])
def test_a_name_that_is_like_none_is_answered_with_what_to_try(viz, scope: str) -> None:
    """Who gets no next step gives up, or takes the program for broken."""
    result = viz(scope, "Qqqqqqqq")
    assert result.exit_code == 1
    assert "called 'Qqqqqqqq'" in result.stderr
    assert "UA-18" in result.stderr


def test_an_unknown_name_lists_the_nearest_and_writes_nothing(viz, tmp_path: Path) -> None:
    result = viz("--oblast", "Zhitomyr")
    assert result.exit_code == 1
    assert "Zhytomyr" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_on_the_map_is_reported(viz) -> None:
    """Otherwise a reader would think that the map is complete."""
    result = viz("--oblast", "Zhytomyr")
    assert "13 partnerships (5 in force, 6 suspended, 1 ended, 1 of unknown status)" in result.stderr
    assert "Kolling" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "file"),
    [
        (("--municipality", "Korosten"), "municipality-korosten.html"),
        (("--country", "Польща"), "poland.html"),
        (("--metropolis", "Metropolia Gdańsk"), "metropolis-metropolia-gdansk.html"),
        ((), "partnerships.html"),
    ],
)
def test_other_scopes_have_files_of_their_own(viz, arguments: tuple[str, ...], file: str) -> None:
    result = viz(*arguments)
    assert result.exit_code == 0, result.output
    assert result.stdout == f"{file}\n"


def test_a_page_is_renewed_but_a_file_of_someone_else_needs_force(viz, tmp_path: Path) -> None:
    mine = tmp_path / "thesis.html"
    mine.write_text("my thesis", encoding="utf-8")
    refused = viz("--oblast", "UA-18", "-o", "thesis.html")
    assert refused.exit_code == 1
    assert "--force" in refused.stderr
    assert mine.read_text(encoding="utf-8") == "my thesis"
    assert viz("--oblast", "UA-18", "-o", "thesis.html", "--force").exit_code == 0
    assert viz("--oblast", "UA-18", "-o", "thesis.html").exit_code == 0, "now it is ours"


def test_the_language_of_the_page(viz, tmp_path: Path) -> None:
    """Otherwise a page for readers abroad would be in Ukrainian."""
    assert viz("--oblast", "UA-18", "--lang", "uk").exit_code == 0
    assert '<html lang="uk">' in (tmp_path / "zhytomyr.html").read_text(encoding="utf-8")


def test_a_dash_is_standard_output(viz, tmp_path: Path) -> None:
    result = viz("--oblast", "UA-18", "-o", "-")
    assert result.stdout.startswith("<!DOCTYPE html>")
    assert list(tmp_path.iterdir()) == []


def test_two_scopes_are_wrong_usage(viz) -> None:
    result = viz("--oblast", "UA-18", "--country", "PL")
    assert result.exit_code == 2
    assert "one scope" in result.stderr


def test_a_scope_without_partnerships_gives_no_page(viz, tmp_path: Path) -> None:
    """Otherwise an empty page would look like a fault."""
    result = viz("--municipality", "Malyn")
    assert result.exit_code == 1
    assert "no partnerships of Malyn" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_too_large_a_map_is_refused_with_a_way_past(viz) -> None:
    """Otherwise the browser would freeze on a page of a million lines."""
    result = viz("--max-ties", "5")
    assert result.exit_code == 1
    assert "--max-ties 14" in result.stderr


def test_a_folder_that_is_not_there(viz) -> None:
    result = viz("--oblast", "UA-18", "-o", "maps/zhytomyr.html")
    assert result.exit_code == 1
    assert "mkdir -p maps" in result.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_disk_is_reported_in_words(viz) -> None:
    """Otherwise the command would end in a traceback."""
    result = viz("--oblast", "UA-18", "-o", "/dev/full")
    assert result.exit_code == 1
    assert "No room is left" in result.stderr


def test_a_read_only_folder_is_reported_in_words(
    small_place: Path, tmp_path: Path, open_folder: Path, as_nobody: AsNobody
) -> None:
    database = shutil.copy(small_place, open_folder / "small.grafeo")
    database.chmod(0o644)
    command = ["viz", "--db", database, "--oblast", "UA-18"]
    warm_ups = [[*command, "-o", tmp_path / "z.html"], [*command, "-o", tmp_path / "missing" / "z.html"]]
    result = as_nobody(*command, "-o", open_folder / "z.html", warm_ups=warm_ups)
    assert (tmp_path / "z.html").exists()
    assert (result.returncode, "cannot be written" in result.stderr) == (1, True), result.stderr
    assert [file.name for file in open_folder.iterdir()] == ["small.grafeo"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sets no limits to files")
def test_a_disk_that_fills_while_the_page_is_written_leaves_nothing_behind(small_place: Path, tmp_path: Path) -> None:
    """Half a page would open, and show a map that lacks what did not fit."""
    limited = 'ulimit -f 100; exec "$0" -m twingraph viz --db "$1" --oblast UA-18 -o "$2"'
    done = subprocess.run(
        ["sh", "-c", limited, sys.executable, str(small_place), str(tmp_path / "map.html")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "map.html cannot be written: file too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("key", HOSTILE)
def test_a_hostile_name_makes_a_plain_file_name(viz, key: str, tmp_path: Path) -> None:
    """Otherwise a name could write a file into another folder."""
    result = viz("--municipality", f"name:X/{key}")
    assert result.exit_code == 0, result.output
    (path,) = tmp_path.iterdir()
    assert re.fullmatch(r"municipality-[a-z0-9-]{1,60}\.html", path.name)
    assert result.stdout == f"{path.name}\n"


def test_open_starts_the_browser(viz, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda address: opened.append(address) or True)
    assert viz("--oblast", "UA-18", "--open").exit_code == 0
    assert opened == [(tmp_path / "zhytomyr.html").resolve().as_uri()]


def test_who_only_seeks_a_partner_has_a_map_of_that(seeking_place: Path, tmp_path: Path) -> None:
    """A hromada without partners that applies for one is just whom a reader abroad looks for."""
    path = tmp_path / "malyn.html"
    command = ["viz", "--db", str(seeking_place), "--municipality", "Malyn", "--lang", "uk", "-o", str(path)]
    result = CliRunner().invoke(cli, command)
    assert result.exit_code == 0, result.output
    assert "Малин: партнерств не знайдено; 1 заявка на партнерство" in result.stderr
