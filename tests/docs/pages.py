"""The pages of the project, and what can be read out of them."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHIPPED = ("graph", "loaders", "queries", "src/twingraph")
REWRITE = bool(os.environ.get("TWINGRAPH_TEST_REWRITE"))
"""Whether `make docs` runs: then pages are written instead of being compared."""


def pages() -> list[Path]:
    """Every page in Markdown, from the README to the decisions."""
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def shipped_modules() -> Iterator[tuple[str, Path]]:
    """Every module that ships: the name that it is imported by, and its file."""
    for folder in SHIPPED:
        top = ROOT / folder
        package = ("twingraph",) if folder == "src/twingraph" else ("twingraph", folder)
        for file in sorted(top.rglob("*.py")):
            parts = (*package, *file.relative_to(top).with_suffix("").parts)
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), file


def settings_in(*files: Path) -> set[str]:
    """The environment variables of twingraph that these files name."""
    return {name for file in files for name in re.findall(r"\bTWINGRAPH_[A-Z0-9_]*[A-Z0-9]\b", file.read_text("utf-8"))}
