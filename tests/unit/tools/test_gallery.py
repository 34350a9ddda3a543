"""The pictures of the documentation: each is made by the script, and each is shown."""

import re
from pathlib import Path
from types import ModuleType

from click.testing import CliRunner

from twingraph.cli import cli

TOOL = "gallery"


def test_every_picture_is_made_and_shown(tool: ModuleType, root: Path) -> None:
    """Else a picture would show an old version, or be on no page."""
    pages = [root / "README.md", *(root / "docs").glob("*.md")]
    shown = {name for page in pages for name in re.findall(r"images/([\w-]+)\.jpg", page.read_text("utf-8"))}
    there = {path.stem for path in (root / "docs" / "images").iterdir()}
    assert shown == there == set(tool.SHOTS)


def test_the_maps_of_the_pictures_can_be_drawn(tool: ModuleType, bundled_place: Path, tmp_path: Path) -> None:
    """Else the script would fail in the middle, a release after an option changed."""
    for name, (options, address, _window, _scheme) in tool.SHOTS.items():
        words = ["viz", *options, "--db", str(bundled_place), "-o", str(tmp_path / f"{name}.html"), "--lang", "en"]
        result = CliRunner().invoke(cli, words)
        assert result.exit_code == 0, result.output
        assert address == "" or re.fullmatch(r"#(lang|layout|open)=\w+", address)
