"""``twingraph path``: how many steps from one place to another, and through whom."""

from typing import TYPE_CHECKING

import click

from twingraph.cli.options import (
    Database,
    Lang,
    db_options,
    examples,
    lang_option,
    output_options,
    selection_options,
)
from twingraph.cli.output import Output
from twingraph.cli.report import Report, ReportTable, Words, network_sentence, write_report

if TYPE_CHECKING:
    from twingraph.queries.analyses.network import Network
    from twingraph.queries.analyses.path import Routes
    from twingraph.selection import Selection

__all__ = ["path"]

MAX_PATHS = 1000


@click.command(
    epilog=examples(
        "twingraph path Zhytomyr Gdynia",
        "twingraph path Lviv Kharkiv --count 5",
        "twingraph path Lviv Kharkiv --all --avoid Poland",
    )
)
@click.argument("start", metavar="A")
@click.argument("end", metavar="B")
@click.option(
    "--count",
    type=click.IntRange(min=1, max=MAX_PATHS),
    default=1,
    show_default=True,
    metavar="N",
    help="Number of paths, the shortest first.",
)
@click.option("--all", "every", is_flag=True, help=f"All shortest paths (at most {MAX_PATHS:,}).")
@click.option("--avoid", multiple=True, metavar="COUNTRY", help="Not through this country. Repeatable.")
@selection_options
@db_options
@output_options
@lang_option
def path(
    *,
    start: str,
    end: str,
    count: int,
    every: bool,
    avoid: tuple[str, ...],
    selection: "Selection",
    database: Database,
    output: Output,
    lang: Lang,
) -> None:
    """Find how one place is connected to another, and through whom.

    Finds the shortest paths through the partners of partners. A and B are names in any spelling that the database
    knows, or ids. Each line is one place, with the partnership that connects it to the line before. Of equally short
    paths, the first by id is shown; --all shows every one.
    """
    if every and count > 1:
        raise click.UsageError("Choose --all (every shortest path) or --count (longer ones too).")
    with database.open() as graph:
        found = graph.path(start, end, count=count, every=every, avoid=avoid, limit=MAX_PATHS, **selection)
    report = Report(
        tables=(_table(found.result, found.network, lang),),
        document=_document(found.result, found.network),
        notes=(_summary(found.result, found.network, every=every), network_sentence(found.network)),
    )
    write_report(report, output, lang)


def _table(found: "Routes", network: "Network", lang: Lang) -> ReportTable:
    ties = {(tie.start, tie.end): tie for tie in network.ties}
    rows: list[tuple[object, ...]] = []
    for number, route in enumerate(found.paths, 1):
        for step, position in enumerate(route.places):
            place = network.places[position]
            before = route.places[step - 1] if step else position
            joined = ties.get((min(before, position), max(before, position))) if step else None
            facts = (list(joined.kinds), joined.status, joined.since) if joined else (None, None, None)
            rows.append((number, step, place.id, place.called(lang), place.country, *facts))
    return ReportTable(
        name="paths",
        columns=("path", "step", "id", "name", "country", "kinds", "status", "since"),
        heads_uk=("шлях", "крок", "id", "назва", "країна", "вид", "стан", "від"),
        records=rows,
    )


def _document(found: "Routes", network: "Network") -> dict[str, object]:
    places = network.places
    joining: dict[tuple[int, int], list[dict[str, object]]] = {}
    for tie in network.ties:
        facts = {name: getattr(tie, name) for name in ("id", "kind", "kinds", "status", "since", "until")}
        joining.setdefault((tie.start, tie.end), []).append(facts)
    return {
        "network": network.description(),
        "caveat": network.filters.caveat() or None,
        "start": places[found.start].id,
        "end": places[found.end].id,
        "shortest_paths": found.shortest,
        "paths": [
            {
                "length": route.length,
                "places": [
                    {name: getattr(places[each], name) for name in ("id", "name", "name_uk", "country")}
                    for each in route.places
                ],
                "partnerships": [
                    joining[min(a, b), max(a, b)] for a, b in zip(route.places, route.places[1:], strict=False)
                ],
            }
            for route in found.paths
        ],
    }


def _summary(found: "Routes", network: "Network", *, every: bool) -> Words:
    start, end = network.places[found.start], network.places[found.end]
    if not found.paths:
        return (
            f"No path connects {start.name} and {end.name} here.",
            f"Тут жоден шлях не з’єднує {start.called('uk')} і {end.called('uk')}.",
        )
    length = found.paths[0].length
    steps = "1 step" if length == 1 else f"{length} steps"
    ways = f"one path of {steps}" if found.shortest == 1 else f"{found.shortest:,} paths of {steps}"
    more = found.shortest > len(found.paths) and not every
    return (
        f"From {start.name} to {end.name}: {ways}{': --all shows them' if more else ''}.",
        f"{start.called('uk')} – {end.called('uk')}: найкоротших шляхів {found.shortest}, кроків {length}"
        f"{'; усі показує --all' if more else ''}.",
    )
