"""docs/library.md names every method of the library, and its programs run after `twingraph load`."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import twingraph
from docs.pages import ROOT

PAGE = (ROOT / "docs/library.md").read_text("utf-8")


def test_the_examples_of_the_page_run(bundled_place: Path) -> None:
    """Else the first thing that a notebook user copies would fail."""
    program = "\n".join(re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL))
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        env={"TWINGRAPH_DB": str(bundled_place), "PATH": "", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Rzeszów" in done.stdout or "Wabash" in done.stdout, done.stdout
    assert "Zhytomyr" in done.stdout
    assert "components" in done.stdout


def public_names(owner: object, prefix: str) -> list[str]:
    return [f"{prefix}.{name}" for name in dir(owner) if not name.startswith("_")]


@pytest.mark.parametrize(
    "name", [*public_names(twingraph.Graph, "graph"), *map("twingraph.{}".format, twingraph.__all__)]
)
def test_the_page_names_every_method_and_function(name: str) -> None:
    """Else an analyst would not know that the library has it."""
    if name in {"twingraph.Graph", "twingraph.__version__"}:
        return
    assert re.search(rf"`{re.escape(name)}\(", PAGE), f"docs/library.md does not name {name}"
