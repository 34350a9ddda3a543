"""``twingraph whatif``: what changes if some places or partnerships are dropped."""

from typing import TYPE_CHECKING, Literal, get_args

import click

from twingraph.cli.options import (
    Database,
    Lang,
    db_options,
    examples,
    lang_option,
    limit_option,
    output_options,
    selection_options,
)
from twingraph.cli.output import Format, Output
from twingraph.cli.report import (
    Report,
    ReportTable,
    Words,
    describe_network,
    place_cells,
    rounded,
    write_report,
)

if TYPE_CHECKING:
    from twingraph.queries.analyses.whatif import WhatIf
    from twingraph.selection import Selection

__all__ = ["whatif"]

type Section = Literal["summary", "alone", "cut_off", "bridges"]

_DEFINED: Words = (
    "Steps: mean over all pairs of places that a path connects, exact. Alone: stays, and has no partner left. Cut off:"
    " was in the largest component, and is now in a smaller one. A bridge is a pair whose loss alone cuts places off;"
    " behind: how many.",
    "Кроки: точне середнє за всіма парами місць, що їх з’єднує шлях. Без партнерів: місце лишається, але партнерів"
    " більше немає. Відрізані: були в найбільшій компоненті, тепер у меншій. Міст — пара, сама втрата якої відрізає"
    " місця; за ним: скільки їх.",
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
    help="What to drop: a country, region, municipality or metropolis, a kind of partnership or a status. Repeatable.",
)
@click.option(
    "--section",
    type=click.Choice(get_args(Section.__value__)),
    help="Only this table: the summary, places left alone, places cut off, or lost bridges. Default in CSV: summary.",
)
@limit_option(20, "rows of each list")
@selection_options
@db_options
@output_options
@lang_option
def whatif(
    *,
    drops: tuple[str, ...],
    section: Section | None,
    limit: int,
    selection: "Selection",
    database: Database,
    output: Output,
    lang: Lang,
) -> None:
    """Show what breaks if a country, a place or some partnerships go.

    Compares the network with what is left of it: components, paths, places without a partner, lost bridges.
    """
    from twingraph.cli.progress import shown_progress

    with database.open() as graph:
        analysis = graph.whatif(drops, **selection)
    with shown_progress(None) as progress:
        found = analysis.compute(progress.fraction)
    places, ties = len(found.dropped_places), len(found.dropped_ties)
    about = describe_network(analysis.network)
    about.append(
        (
            f"Dropped: {', '.join(each.name for each in found.dropped)} ({places:,} places, {ties:,} partnerships).",
            f"Вилучено: {', '.join(each.name_uk for each in found.dropped)} (місць {places}, партнерств {ties}).",
        )
    )
    if not places and not ties:
        about.append(("The network has nothing of it, so nothing changes.", "У цій мережі нічого з цього немає."))
    tables = [_summary(found), *_lists(found)]
    if section:
        tables = [table for table in tables if table.name == section]
    if output.format in {Format.TABLE, Format.MD}:
        tables = [table if table.name == "summary" else table.first(limit) for table in tables]
    write_report(Report(about=(*about, _DEFINED), tables=tuple(tables)), output, lang)


def _summary(found: "WhatIf") -> ReportTable:
    rows: tuple[tuple[str, str, float | None, float | None], ...] = (
        ("places", "місця", found.before.places, found.after.places),
        ("pairs", "пари", found.before.pairs, found.after.pairs),
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
    return ReportTable(
        name="summary",
        title=("What breaks?", "Що ламається?"),
        columns=("measure", "measure_uk", "before", "after", "change"),
        heads_uk=("показник", "показник", "до", "після", "зміна"),
        records=[
            (name, uk, before, after, None if before is None or after is None else round(after - before, 3))
            for name, uk, before, after in rows
        ],
    )


def _lists(found: "WhatIf") -> list[ReportTable]:
    return [
        ReportTable(
            name="alone",
            title=("Who is left alone?", "Хто лишається без партнерів?"),
            columns=("place", "place_uk", "country", "lost_partners", "population", "id"),
            heads_uk=("місце", "місце", "країна", "втрачено партнерів", "населення", "id"),
            records=[
                (*place_cells(place), lost, place.population, place.id)
                for place, lost in zip(found.alone, found.lost_partners, strict=True)
            ],
            empty=("Nobody.", "Ніхто."),
        ),
        ReportTable(
            name="cut_off",
            title=("Who is cut off from the largest component?", "Хто відрізаний від найбільшої компоненти?"),
            columns=("place", "place_uk", "country", "population", "id"),
            heads_uk=("місце", "місце", "країна", "населення", "id"),
            records=[(*place_cells(place), place.population, place.id) for place in found.cut_off],
            empty=("Nobody.", "Ніхто."),
        ),
        ReportTable(
            name="bridges",
            title=("Which bridges are lost?", "Які мости втрачено?"),
            columns=("from", "from_uk", "from_country", "to", "to_uk", "to_country", "behind"),
            heads_uk=("від", "від", "країна", "до", "до", "країна", "за ним"),
            records=[(*place_cells(bridge.one), *place_cells(bridge.other), bridge.behind) for bridge in found.bridges],
        ),
    ]
