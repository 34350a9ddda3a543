"""The program of docs/library.md runs as it stands, after `twingraph load`."""

import re
import subprocess
import sys
from pathlib import Path

from docs.pages import ROOT


def test_the_example_of_the_page_runs(bundled_place: Path) -> None:
    """Else the first thing that a notebook user copies would fail."""
    (program,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs/library.md").read_text("utf-8"), re.DOTALL)
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
