"""``twingraph path``: how many steps from one place to another, and through whom."""

from typing import TYPE_CHECKING

import click

from twingraph.cli.network_options import ScopeName, filter_options, scope_option
from twingraph.cli.options import Database, Lang, db_options, examples, lang_option, output_options
from twingraph.cli.output import Format, Output, notice
from twingraph.queries.filters import Filters

if TYPE_CHECKING:
    from twingraph.graph.store import Store
    from twingraph.queries.analyses.network import Network, Tie
    from twingraph.queries.analyses.path import Routes

__all__ = ["path"]

_COLUMNS = ("path", "step", "id", "name", "country", "kind", "status", "since")
_MOST = 1000


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
    type=click.IntRange(min=1, max=_MOST),
    default=1,
    show_default=True,
    metavar="N",
    help="So many paths, the shortest first.",
)
@click.option("--all", "every", is_flag=True, help=f"Every shortest path (at most {_MOST:,}).")
@click.option("--avoid", multiple=True, metavar="COUNTRY", help="Not through this country. Can be given several times.")
@scope_option
@filter_options
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
    scope: ScopeName,
    filters: Filters,
    database: Database,
    output: Output,
    lang: Lang,
) -> None:
    """Find how one place is joined to another, and through whom.

    These are the shortest paths through the partners of partners. A and B are names in any spelling that the database
    knows, or ids. Each line is one place, with the partnership that leads to it from the line before. Of equally
    short paths the first by id is shown; --all shows every one.
    """
    from twingraph.queries.analyses.path import find_paths
    from twingraph.queries.names import find_country

    if every and count > 1:
        raise click.UsageError("Choose --all (every shortest path) or --count (longer ones too).")
    with database.open() as store:
        first, last = _end(store, start), _end(store, end)
        barred = {find_country(store, name).id for name in avoid}
        network = scope.read(store, filters)
    found = find_paths(network, first, last, count=count, every=every, avoid=barred, limit=_MOST)
    if output.format is Format.JSON:
        output.document(_document(found, network))
    else:
        output.rows(_COLUMNS, _rows(found, network, lang))
    _tell(found, network, every=every)
    notice(" ".join(filter(None, (f"{network.description(lang)}.", filters.caveat(lang)))))


def _end(store: "Store", name: str) -> str:
    """Return the id of the municipality that a name means, else of whatever other partner bears it."""
    from twingraph.errors import UnknownNameError
    from twingraph.queries.names import find_any, find_municipality

    try:
        return find_municipality(store, name).id
    except UnknownNameError as unknown:
        try:
            return find_any(store, name).ref.id
        except UnknownNameError:
            raise unknown from None


def _between(network: "Network") -> "dict[tuple[int, int], Tie]":
    """Return the first partnership of each pair, by id."""
    found: dict[tuple[int, int], Tie] = {}
    for tie in network.ties:
        found.setdefault((tie.start, tie.end), tie)
    return found


def _rows(found: "Routes", network: "Network", lang: Lang) -> list[tuple[object, ...]]:
    ties = _between(network)
    rows: list[tuple[object, ...]] = []
    for number, route in enumerate(found.paths, 1):
        for step, position in enumerate(route.places):
            place = network.places[position]
            before = route.places[step - 1] if step else position
            tie = ties.get((min(before, position), max(before, position))) if step else None
            said = (tie.kind, tie.status, tie.since) if tie else (None, None, None)
            rows.append((number, step, place.id, place.called(lang), place.country, *said))
    return rows


def _document(found: "Routes", network: "Network") -> dict[str, object]:
    places = network.places
    joining: dict[tuple[int, int], list[dict[str, object]]] = {}
    for tie in network.ties:
        facts: dict[str, object] = {
            "id": tie.id,
            "kind": tie.kind,
            "status": tie.status,
            "since": tie.since,
            "until": tie.until,
        }
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
                    {
                        "id": places[each].id,
                        "name": places[each].name,
                        "name_uk": places[each].name_uk,
                        "country": places[each].country,
                    }
                    for each in route.places
                ],
                "partnerships": [
                    joining[min(a, b), max(a, b)] for a, b in zip(route.places, route.places[1:], strict=False)
                ],
            }
            for route in found.paths
        ],
    }


def _tell(found: "Routes", network: "Network", *, every: bool) -> None:
    start, end = network.places[found.start], network.places[found.end]
    if not found.paths:
        notice(f"No path joins {start.name} and {end.name} here.")
        return
    steps = "1 step" if found.paths[0].length == 1 else f"{found.paths[0].length} steps"
    ways = f"one path of {steps}" if found.shortest == 1 else f"{found.shortest:,} paths of {steps}"
    more = ": see them with --all" if found.shortest > len(found.paths) and not every else ""
    notice(f"From {start.name} to {end.name}: {ways}{more}.")
