"""The README's programs are run as written, and print what the README shows.

A block marked ``console`` holds commands (after ``$``) and what they print. The blocks are run in order, in one empty
folder with a home of its own. ``...`` in the printed text matches anything, and so do paths of this machine.
`make docs` updates the text.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from docs.pages import REWRITE, ROOT

README = ROOT / "README.md"
BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)


def steps(block: str) -> list[tuple[str, str]]:
    """Split a block into commands, each with what it prints."""
    parts = re.split(r"^\$ (.*)\n", block, flags=re.MULTILINE)
    assert not parts[0], "a console block begins with a command"
    return list(zip(parts[1::2], parts[2::2], strict=True))


def says(expected: str, printed: str) -> bool:
    """Whether the README's text is what was printed, ``...`` being anything."""
    pattern = ".*?".join(re.escape(part) for part in expected.strip().split("..."))
    return re.fullmatch(pattern, printed.strip(), re.DOTALL) is not None


def run(command: str, folder: Path, home: Path) -> str:
    """Run one line of the README as a reader would, and return what it prints on the terminal."""
    name, *arguments = shlex.split(command)
    assert name == "twingraph"
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("TWINGRAPH_", "LC_"))}
    done = subprocess.run(
        [str(Path(sys.executable).parent / name), *arguments],
        cwd=folder,
        env=kept | {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "LANG": "C.UTF-8", "COLUMNS": "100"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout
    printed = "\n".join(line.rstrip() for line in done.stdout.splitlines()).strip()
    for path, sign in ((folder, "."), (home, "~"), (ROOT, "...")):
        printed = printed.replace(str(path), sign)
    return printed


@pytest.mark.usefixtures("gazetteer")  # building the index prints progress, which the README does not show
def test_the_programs_of_the_readme_print_what_it_says(tmp_path: Path) -> None:
    """A newcomer copies the README line by line; the output must be the one shown there."""
    folder, home = tmp_path / "work", tmp_path / "home"
    folder.mkdir()
    home.mkdir()
    wrong = []

    def replay(match: re.Match[str]) -> str:
        lines = []
        for command, expected in steps(match.group()):
            printed = run(command, folder, home)
            if not says(expected, printed):
                wrong.append(f"$ {command}\n--- the README says\n{expected}--- but it prints\n{printed}")
            lines.append(f"$ {command}\n{expected if says(expected, printed) else f'{printed}\n\n'}")
        return "".join(lines).rstrip("\n") + "\n"

    text = README.read_text("utf-8")
    replayed, blocks = BLOCK.subn(replay, text)
    assert blocks >= 5
    if REWRITE:
        README.write_text(replayed, encoding="utf-8")
    else:
        assert not wrong, "run `make docs`\n" + "\n\n".join(wrong)


@pytest.mark.parametrize("target", ["demo", "test"])
def test_the_readme_begins_with_the_two_commands(target: str) -> None:
    """The two commands that need only git, make and Python come first in the README."""
    assert f"make {target}" in README.read_text("utf-8").split("\n## ")[1]
