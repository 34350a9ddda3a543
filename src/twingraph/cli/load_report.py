"""The closing summary of a load, and its problems in full."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from twingraph.cli.text import cell
from twingraph.graph.schema import RELATIONS, STATEMENT_KEYS
from twingraph.loaders.problems import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from twingraph.loaders.load import LoadReport
    from twingraph.loaders.problems import Problems

__all__ = ["SORTS", "summary", "write_problems"]

SORTS = (
    ("Statement", "statements"),
    *((relation, RELATIONS[relation].noun) for relation in STATEMENT_KEYS),
    ("Agreement", "agreements"),
    ("Municipality", "municipalities"),
    ("Metropolis", "metropolises"),
    ("Programme", "programmes"),
    ("Region", "regions"),
    ("Country", "countries"),
    ("Source", "sources"),
)
UNPLACED_SHOWN = 10


def summary(report: "LoadReport", address: str, *, written: bool, verbose: bool = False) -> str:
    """Return the summary as lines of plain text, safe to print.

    Parameters
    ----------
    report
        What the load did.
    address
        The database.
    written
        Whether it did it; else it would.
    verbose
        List every file, problem and place without coordinates, not the first few.
    """
    return "\n".join(cell(line) for line in _lines(report, address, written=written, verbose=verbose))


def write_problems(problems: "Problems", path: Path | None) -> None:
    """Write all problems as JSON Lines, where a file is named.

    Raises
    ------
    twingraph.errors.OutputError
        The file cannot be written.
    """
    from twingraph.errors import OutputError

    if path is None:
        return
    lines = (json.dumps(asdict(problem), ensure_ascii=False) for problem in problems)
    try:
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror})", "Name another file.") from error


def _lines(report: "LoadReport", address: str, *, written: bool, verbose: bool) -> "Iterator[str]":
    if not written:
        yield f"Nothing was written to {address}. The load would do this:"
    elif report.changed_anything:
        yield f"Loaded into {address}"
    else:
        yield f"Nothing new for {address}: it holds all of this already."
    yield f"  read       {report.records} rows of {', '.join(report.datasets)}"
    if ignored := report.problems.ignored:
        yield f"  ignored    {ignored} hidden or system file{'' if ignored == 1 else 's'}"
    for name, form, rows in report.files if verbose else ():
        yield f"  file       {name}: {form}, {rows} rows"
    for name, words in report.understood:
        yield f"  columns    {name}: {words}"
    if report.merged:
        yield f"  merged     {report.merged} rows speak of a tie that another row speaks of too"
    yield f"  {'':14} {'new':>8} {'changed':>8} {'unchanged':>9} {'removed':>8}"
    for sort, name in SORTS:
        count = report.counts.get(sort)
        if count is not None and (count.new or count.changed or count.unchanged or count.removed):
            yield f"  {name:14} {count.new:>8} {count.changed:>8} {count.unchanged:>9} {count.removed:>8}"
    yield from _unplaced(report, None if verbose else UNPLACED_SHOWN)
    yield from _problems(report, None if verbose else EXAMPLES)


def _unplaced(report: "LoadReport", most: int | None) -> "Iterator[str]":
    if not report.unplaced:
        return
    count, shown = len(report.unplaced), report.unplaced[:most]
    yield f"  unplaced   {count} {'municipality has' if count == 1 else 'municipalities have'} no coordinates:"
    for place in shown:
        yield f"             {place.name} ({place.country_code or '?'}): {place.unplaced}"
    if count > len(shown):
        yield f"             and {count - len(shown)} more (all with --verbose)"


def _problems(report: "LoadReport", most: int | None) -> "Iterator[str]":
    if not report.problems:
        return
    yield f"  problems   {len(report.problems)}"
    for group in report.problems.by_cause(most):
        yield f"    {group.count} × {group.cause} ({group.outcome})"
        for problem in group.examples:
            yield f"        {problem.where}: {problem.detail}"
        if group.count > len(group.examples):
            yield f"        and {group.count - len(group.examples)} more (all with --problems FILE)"
