"""``twingraph whatif``: what breaks if some places or ties go."""

from typing import TYPE_CHECKING, Literal, get_args

import click

from twingraph.cli.answer import Answer, Part, Words, write_answer
from twingraph.cli.comparing import about_network, place_cells, rounded
from twingraph.cli.network_options import ScopeName, filter_options, scope_option
from twingraph.cli.options import Database, Lang, db_options, examples, lang_option, output_options
from twingraph.cli.output import Output
from twingraph.graph.model import Kind, Label, Status
from twingraph.queries.filters import Filters

if TYPE_CHECKING:
    from twingraph.graph.store import Store
    from twingraph.queries.analyses.network import Network, NetworkPlace
    from twingraph.queries.analyses.whatif import WhatIf

__all__ = ["whatif"]

type Section = Literal["summary", "alone", "cut_off", "bridges"]

_DEFINED: Words = (
    (
        "Steps: mean over all pairs of places that a path joins, exact. Alone: stays, and has no partner"
        " left. Cut off: was"
        " in the largest component, and is in a smaller one now. A bridge is a pair whose loss alone cuts places off;"
        " behind: how many."
    ),
    (
        "Кроки: точне середнє за всіма парами місць, що їх з’єднує шлях. Без партнерів: місце лишається,"
        " але партнерів більше"
        " немає. Відрізані: були в найбільшій компоненті, тепер у меншій. Міст — пара, сама втрата якої"
        " відрізає місця; за"
        " ним: скільки їх."
    ),
)


@click.command(
    epilog=examples(
        "twingraph whatif --drop RU",
        "twingraph whatif --drop RU --drop BY --section alone --format csv -o alone.csv",
        "twingraph whatif --drop 'Kyiv City' --scope UA",
        "twingraph whatif --drop solidarity_partnership",
    )
)
@click.option(
    "--drop",
    "drops",
    multiple=True,
    required=True,
    metavar="NAME",
    help="What goes: a country, region, municipality or metropolis, a kind of partnership or a status."
    " Can be given several times.",
)
@click.option(
    "--section",
    type=click.Choice(get_args(Section.__value__)),
    help="Only this table: summary, who is left alone, who is cut off, which bridges are lost. CSV holds the summary"
    " unless you choose.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    metavar="N",
    help="At most so many rows of each list in a table; 0 shows all. Files of data hold all.",
)
@scope_option
@filter_options
@db_options
@output_options
@lang_option
def whatif(
    *,
    drops: tuple[str, ...],
    section: Section | None,
    limit: int,
    scope: ScopeName,
    filters: Filters,
    database: Database,
    output: Output,
    lang: Lang,
) -> None:
    """Show what breaks if a country, a place or some ties go.

    Compares the network with what is left of it: components, paths, who has no partner any more, which bridges are
    lost.
    """
    from twingraph.cli.output import Format
    from twingraph.cli.progress import shown_progress
    from twingraph.queries.analyses.whatif import what_if

    with database.open() as store:
        network = scope.read(store, filters)
        chosen = [_read(store, network, text) for text in drops]
    places = frozenset().union(*(each[0] for each in chosen))
    words = {each[1] for each in chosen} - {None}
    with shown_progress(None) as progress:
        found = what_if(
            network,
            places=places,
            ties=(lambda tie: tie.kind in words or tie.status in words) if words else None,
            progress=progress.fraction,
        )
    about = about_network(network)
    names = [each[2] for each in chosen]
    english, ukrainian = ", ".join(each[0] for each in names), ", ".join(each[1] for each in names)
    places_gone, ties_gone = len(found.dropped_places), len(found.dropped_ties)
    about.append(
        (
            f"Dropped: {english} ({places_gone:,} places, {ties_gone:,} partnerships).",
            f"Вилучено: {ukrainian} (місць {places_gone}, партнерств {ties_gone}).",
        )
    )
    if not found.dropped_places and not found.dropped_ties:
        about.append(("Nothing of it is in this network, so nothing breaks.", "У цій мережі нічого з цього немає."))
    parts = {"summary": _summary(found), **_lists(found)}
    shown = [parts[section]] if section else list(parts.values())
    if limit and output.format in {Format.TABLE, Format.MD}:
        shown = [part if part.name == "summary" else _first(part, limit) for part in shown]
    write_answer(Answer(about=(*about, _DEFINED), parts=tuple(shown)), output, lang)


def _read(store: "Store", network: "Network", text: str) -> tuple[frozenset[int], str | None, Words]:
    """Return the places that a word means, or the kind or status that it is, and its names."""
    from twingraph.cli.output import notice
    from twingraph.queries.names import find_any

    word = text.strip().casefold().replace("-", "_").replace(" ", "_")
    if word in {*map(str, Kind), *map(str, Status)}:
        said = word.replace("_", " ")
        return frozenset(), word, (said, said)
    found = find_any(store, text)
    for node in found.also:
        notice(f"{text} is read as the {found.ref.label.lower()}. For the {type(node).__name__.lower()}: {node.id}")
    name = (found.node.name, found.node.name_uk or found.node.name)

    def goes(place: "NetworkPlace") -> bool:
        match found.ref.label:
            case Label.COUNTRY:
                return place.country == found.ref.id
            case Label.REGION:
                return place.region == found.ref.id
            case _:
                return place.id == found.ref.id

    return frozenset(number for number, place in enumerate(network.places) if goes(place)), None, name


def _summary(found: "WhatIf") -> Part:
    rows: tuple[tuple[str, str, float | None, float | None], ...] = (
        ("places", "місця", found.before.places, found.after.places),
        ("pairs", "пари", found.before.pairs, found.after.pairs),
        ("partnerships", "партнерства", found.before.partnerships, found.after.partnerships),
        ("places without a partner", "місця без партнера", found.before.alone, found.after.alone),
        ("components", "компоненти", found.before.components, found.after.components),
        ("places in the largest component", "місця в найбільшій компоненті", found.before.giant, found.after.giant),
        ("mean steps", "кроків у середньому", rounded(found.before.mean_path, 3), rounded(found.after.mean_path, 3)),
        ("pairs of places that a path joins", "пар місць, з’єднаних шляхом", found.before.reachable // 2,
         found.after.reachable // 2),
        ("left alone", "лишилися самі", None, len(found.alone)),
        ("cut off", "відрізані", None, len(found.cut_off)),
        ("bridges lost", "втрачені мости", None, len(found.bridges)),
    )  # fmt: skip
    return Part(
        name="summary",
        title=("What breaks?", "Що ламається?"),
        columns=("measure", "measure_uk", "before", "after", "change"),
        heads_uk=("показник", "показник", "до", "після", "зміна"),
        records=[
            (name, uk, before, after, None if before is None or after is None else round(after - before, 3))
            for name, uk, before, after in rows
        ],
    )


def _lists(found: "WhatIf") -> dict[str, Part]:
    return {
        "alone": Part(
            name="alone",
            title=("Who is left alone?", "Хто лишається без партнерів?"),
            columns=("place", "place_uk", "country", "lost_partners", "population", "id"),
            heads_uk=("місце", "місце", "країна", "втрачено партнерів", "населення", "id"),
            records=[
                (*place_cells(place), lost, place.population, place.id)
                for place, lost in zip(found.alone, found.lost_partners, strict=True)
            ],
            nothing=("Nobody.", "Ніхто."),
        ),
        "cut_off": Part(
            name="cut_off",
            title=("Who is cut off from the largest component?", "Хто відрізаний від найбільшої компоненти?"),
            columns=("place", "place_uk", "country", "population", "id"),
            heads_uk=("місце", "місце", "країна", "населення", "id"),
            records=[(*place_cells(place), place.population, place.id) for place in found.cut_off],
            nothing=("Nobody.", "Ніхто."),
        ),
        "bridges": Part(
            name="bridges",
            title=("Which bridges are lost?", "Які мости втрачено?"),
            columns=("from", "from_uk", "from_country", "to", "to_uk", "to_country", "behind"),
            heads_uk=("від", "від", "країна", "до", "до", "країна", "за ним"),
            records=[(*place_cells(bridge.one), *place_cells(bridge.other), bridge.behind) for bridge in found.bridges],
        ),
    }


def _first(part: Part, limit: int) -> Part:
    from dataclasses import replace

    left = len(part.records) - limit
    if left <= 0:
        return part
    more = (f"{part.title[0]} (the first {limit:,} of {len(part.records):,}; --limit 0 shows all)",
            f"{part.title[1]} (перші {limit} з {len(part.records)}; --limit 0 показує всі)")  # fmt: skip
    return replace(part, title=more, records=part.records[:limit])
