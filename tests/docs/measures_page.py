"""The definitions on the page of measures, written from the registry of measures."""

from collections.abc import Iterable
from itertools import groupby

from docs.pages import ROOT
from twingraph.queries.analyses.measures import Measure
from twingraph.queries.analyses.rank import MEASURES
from twingraph.queries.analyses.structure import GROUPS, network_measures

FIRST = "<!-- From here on written by `make docs` from the code:"
LAST = "<!-- Up to here. -->"


def measures_page() -> str:
    """The page with its definitions replaced by those of the code."""
    page = (ROOT / "docs" / "measures.md").read_text("utf-8")
    start = page.index("\n", page.index(FIRST)) + 1
    tables = "".join(map(table, groupby(network_measures(), lambda each: each.group)))
    return f"{page[:start]}\n{tables}{ranks()}\n{page[page.index(LAST) :]}"


def table(group: tuple[str, Iterable[Measure]]) -> str:
    name, entries = group
    lines = [f"### {GROUPS[name][0]}", "", "| measure | in JSON | definition |", "| --- | --- | --- |"]
    lines += [f"| {each.title} | `{each.name}` | {cell(each.definition)} |" for each in entries]
    return "\n".join(lines) + "\n\n"


def ranks() -> str:
    lines = ["### Ranks", "", "| `--by` | definition |", "| --- | --- |"]
    lines += [f"| `{each.name}` | {cell(each.definition)} |" for each in MEASURES.values()]
    return "\n".join(lines) + "\n"


def cell(text: str) -> str:
    return text.replace("|", "\\|").replace("_", "\\_").replace("*", "\\*")
