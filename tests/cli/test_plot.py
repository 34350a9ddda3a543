"""`--plot` as it is typed: charts open anywhere, say what they show, and hold nothing harmful."""

import builtins
import re
import shlex
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner, Result

from fixtures import network as net
from fixtures.stores import Place
from twingraph.cli import cli
from twingraph.cli import plot as plotting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

COMMANDS = (["stats", "--rounds", "0"], ["rank"], ["timeline"], ["distance"])
NAMES = ("stats", "rank", "timeline", "distance")
SVG = "{http://www.w3.org/2000/svg}"


def ask(place: Path | str, *words: str) -> Result:
    return CliRunner().invoke(cli, words, env={"TWINGRAPH_DB": str(place), "LANG": "C.UTF-8"})


@pytest.fixture
def hostile(embedded_place: Place) -> str:
    """A database with names that would run as scripts, were they not escaped."""
    with embedded_place.open(read_only=False, create=True) as store:
        store.ensure_schema()
        net.fill(store)
    return str(embedded_place.address)


@pytest.mark.parametrize("words", COMMANDS, ids=NAMES)
@pytest.mark.parametrize("lang", ["en", "uk"])
def test_an_svg_says_what_it_shows(bundled_place: Path, tmp_path: Path, words: list[str], lang: str) -> None:
    """A chart in a report needs its context: a question, which network, axes, the source."""
    file = tmp_path / "chart.svg"
    result = ask(bundled_place, *words, "--plot", str(file), "--lang", lang)
    assert result.exit_code == 0, result.stderr
    assert str(file) in result.stderr
    root = ET.fromstring(file.read_text("utf-8"))  # noqa: S314 - our own file
    title, summary = (root.findtext(f"{SVG}{name}") or "" for name in ("title", "desc"))
    assert title.endswith("?")
    assert re.search(r"\d", summary)
    texts = [element.text or "" for element in root.iter(f"{SVG}text")]
    assert texts[0] == title
    assert any(("The whole network: 517" if lang == "en" else "Уся мережа: 517 місць") in text for text in texts)
    assert any(text.startswith("Source: " if lang == "en" else "Джерело: ") for text in texts)
    assert root.get("role") == "img"
    for element in root.iter():
        for name, value in element.attrib.items():
            assert "href" not in name
            assert "nan" not in value
            assert "://" not in value


@pytest.mark.parametrize("words", COMMANDS, ids=NAMES)
def test_a_png_is_a_picture_with_letters_in_it(bundled_place: Path, tmp_path: Path, words: list[str]) -> None:
    """A machine without fonts would draw a chart without words."""
    file = tmp_path / "chart.png"
    result = ask(bundled_place, *words, "--plot", str(file), "--lang", "uk")
    assert result.exit_code == 0, result.stderr
    data = file.read_bytes()
    assert data.startswith(b"\x89PNG\r\n")
    assert int.from_bytes(data[16:20]) == 1920
    assert len(data) > 20_000  # the bare shapes are a few kilobytes


@pytest.mark.browser
@pytest.mark.parametrize("words", COMMANDS, ids=NAMES)
def test_a_page_opens_offline_and_holds_its_numbers(
    hostile: str, tmp_path: Path, chromium: "Browser", words: list[str]
) -> None:
    """A minister opens the file from a stick: no request, no script of a stranger, a table for who cannot see."""
    file = tmp_path / "chart.html"
    assert ask(hostile, *words, "--plot", str(file)).exit_code == 0
    context = chromium.new_context()
    page = context.new_page()
    asked: list[str] = []
    noise: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: noise.append(dialog.message))
    page.on("console", lambda message: noise.append(message.text))
    page.goto(file.as_uri())
    assert page.title().endswith("?")
    assert page.locator("tbody tr").count() >= 1
    assert page.locator("main script").count() == 0
    box = page.locator("svg").bounding_box()
    assert box is not None
    assert box["width"] > 600
    page.set_viewport_size({"width": 360, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()
    assert (asked, noise) == ([file.as_uri()], [])


def test_hostile_names_are_text_in_a_chart(hostile: str, tmp_path: Path) -> None:
    file = tmp_path / "chart.svg"
    assert ask(hostile, "rank", "--plot", str(file)).exit_code == 0
    text = file.read_text("utf-8")
    assert "&lt;script&gt;" in text
    assert "<script" not in text
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", text)
    ET.fromstring(text)  # noqa: S314 - our own file


@pytest.mark.parametrize("words", [words for words in COMMANDS if words != ["rank"]], ids=lambda words: words[0])
def test_nothing_to_draw_is_said_in_the_chart(hostile: str, tmp_path: Path, words: list[str]) -> None:
    """Otherwise an empty picture would look like a fault."""
    file = tmp_path / "chart.svg"
    result = ask(hostile, *words, "--kind", "project", "--plot", str(file))
    assert result.exit_code == 0, result.stderr
    texts = [element.text or "" for element in ET.fromstring(file.read_text("utf-8")).iter(f"{SVG}text")]  # noqa: S314
    assert any(text.startswith(("No ", "The network is empty")) for text in texts)


def test_an_existing_file_or_an_unknown_ending_is_reported_before_the_work(bundled_place: Path, tmp_path: Path) -> None:
    """Otherwise a minute of measuring would be lost."""
    there = tmp_path / "there.svg"
    there.write_text("mine")
    for file, message in (
        (there, "--force"),
        (tmp_path / "chart.pdf", ".svg, .html or .png"),
        (tmp_path / "no/a.svg", "mkdir"),
    ):
        result = ask(bundled_place, "timeline", "--plot", str(file))
        assert (result.exit_code, result.stdout) == (1, "")
        assert message in result.stderr
    assert there.read_text() == "mine"
    assert ask(bundled_place, "timeline", "--plot", str(there), "--force").exit_code == 0
    assert there.read_text("utf-8").startswith("<svg")


def test_a_missing_library_for_png_is_reported_with_the_command_that_installs_it(
    bundled_place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = plotting.import_module

    def absent(name: str) -> object:
        if name == "resvg_py":
            raise builtins.ImportError(name)
        return real(name)

    monkeypatch.setattr(plotting, "import_module", absent)
    result = ask(bundled_place, "timeline", "--plot", str(tmp_path / "chart.png"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "pip install 'twingraph[plot]'" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_same_chart_twice_is_the_same_file(bundled_place: Path, tmp_path: Path) -> None:
    """Otherwise a chart in a repository would change with every run."""
    for name in ("one.svg", "two.svg"):
        assert ask(bundled_place, "distance", "--plot", str(tmp_path / name)).exit_code == 0
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()


@pytest.mark.parametrize("name", ["stats", "rank"])
def test_the_examples_with_charts_run(
    bundled_place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    (line,) = (line for line in (command.epilog or "").splitlines() if "--plot" in line)
    assert ask(bundled_place, *shlex.split(line)[1:]).exit_code == 0
