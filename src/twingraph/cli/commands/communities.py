"""``twingraph communities``: which places, or which countries, form groups."""

from typing import TYPE_CHECKING

import click

from twingraph.cli.options import (
    Database,
    Lang,
    db_options,
    examples,
    lang_option,
    level_option,
    limit_option,
    output_options,
    seed_option,
    selection_options,
)
from twingraph.cli.output import Format, Output
from twingraph.cli.report import Report, ReportTable, Words, excluded_pairs, network_sentence, write_report

if TYPE_CHECKING:
    from twingraph.queries.analyses.communities import Communities, Method
    from twingraph.queries.analyses.network import Level, Network
    from twingraph.selection import Selection

__all__ = ["communities"]

TABLE_ROWS = 20
_LEADING_COUNTRIES = 5
"""Countries that a table names for each group."""


@click.command(
    epilog=examples(
        "twingraph communities",
        "twingraph communities --of countries --resolution 1.2",
        "twingraph communities --members -o members.csv",
        "twingraph communities --method louvain --seed 7 --scope UA --ties around",
    )
)
@level_option("group")
@click.option(
    "--method",
    type=click.Choice(["leiden", "louvain", "labels"]),
    default="leiden",
    show_default=True,
    help="The method: Leiden, Louvain, or label propagation.",
)
@click.option(
    "--resolution",
    type=click.FloatRange(min=0, min_open=True),
    default=1.0,
    show_default=True,
    help="Above 1: more and smaller groups; below 1: fewer and larger ones.",
)
@seed_option("the grouping; the same seed gives the same groups")
@click.option(
    "--runs",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    metavar="N",
    help="Groupings, each with another seed, from which the stability is computed.",
)
@click.option("--members", is_flag=True, help="List the members of every group instead of the groups.")
@limit_option(TABLE_ROWS, "groups", everywhere=True)
@selection_options
@db_options
@output_options
@lang_option
def communities(
    *,
    of: "Level",
    method: "Method",
    resolution: float,
    seed: int,
    runs: int,
    members: bool,
    limit: int | None,
    selection: "Selection",
    database: Database,
    output: Output,
    lang: Lang,
) -> None:
    """Group places that have more pairs with each other than by chance.

    The places can also be regions or countries. A group is named after its leading countries. Groups depend on chance:
    the seed fixes it, and the stability (mean adjusted Rand index over groupings with other seeds; 1: always the same,
    0: as by chance) shows how far to trust them.

    JSON is an object with the modularity, the stability and the groups with their members.
    """
    from twingraph.cli.progress import shown_progress

    with database.open() as graph:
        found = graph.communities(of=of, method=method, resolution=resolution, seed=seed, runs=runs, **selection)
    with shown_progress(None) as progress:
        groups = found.compute(progress.fraction)
    total = len(groups.groups)
    shown = min(limit or (TABLE_ROWS if output.format is Format.TABLE else total), total)
    report = Report(
        tables=(_members(groups, lang, shown) if members else _groups(groups, lang, shown),),
        document=_document(groups, found.network, shown),
        notes=(*_notes(groups, shown), network_sentence(found.network)),
    )
    write_report(report, output, lang)


def _groups(found: "Communities", lang: Lang, limit: int) -> ReportTable:
    names = found.names_uk if lang == "uk" else found.names
    return ReportTable(
        name="communities",
        columns=("community", "name", "members", "pairs_inside", "pairs_outside", "countries", "leaders"),
        heads_uk=("група", "назва", "членів", "пар усередині", "пар назовні", "країни", "провідні"),
        records=[
            (
                group.number,
                group.name_uk if lang == "uk" else group.name,
                len(group.members),
                group.pairs_inside,
                group.pairs_outside,
                [f"{code or '?'} {count}" for code, count in group.countries[:_LEADING_COUNTRIES]],
                [names[leader] for leader in group.leaders],
            )
            for group in found.groups[:limit]
        ],
    )


def _members(found: "Communities", lang: Lang, limit: int) -> ReportTable:
    names = found.names_uk if lang == "uk" else found.names
    return ReportTable(
        name="members",
        columns=("community", "community_name", "id", "name"),
        heads_uk=("група", "назва групи", "id", "назва"),
        records=[
            (group.number, group.name_uk if lang == "uk" else group.name, found.ids[member], names[member])
            for group in found.groups[:limit]
            for member in group.members
        ],
    )


def _document(found: "Communities", network: "Network", limit: int) -> dict[str, object]:
    copied = ("of", "method", "resolution", "seed", "runs", "modularity", "stability", "agreement")
    return {
        "network": network.description(),
        "caveat": network.filters.caveat() or None,
        **{name: getattr(found, name) for name in copied},
        "pairs_left_out": found.left_out,
        "communities": [
            {
                "community": group.number,
                "name": group.name,
                "name_uk": group.name_uk,
                "pairs_inside": group.pairs_inside,
                "pairs_outside": group.pairs_outside,
                "countries": [{"country": code, "members": count} for code, count in group.countries],
                "leaders": [found.ids[leader] for leader in group.leaders],
                "members": [{"id": found.ids[member], "name": found.names[member]} for member in group.members],
            }
            for group in found.groups[:limit]
        ],
    }


def _notes(found: "Communities", shown: int) -> list[Words]:
    notes, total = [], len(found.groups)
    if shown < total:
        notes.append(
            (f"{shown} of {total:,} groups: more with --limit.", f"{shown} із {total} груп: більше з --limit.")
        )
    stable, stable_uk = "", ""
    if found.stability is not None:
        stable = f", stability {found.stability:.2f} over {found.runs} runs"
        stable_uk = f", стійкість {found.stability:.2f} ({found.runs} запусків)"
    notes.append(
        (
            f"Modularity {found.modularity:.3f}{stable}, seed {found.seed}.",
            f"Модулярність {found.modularity:.3f}{stable_uk}, seed {found.seed}.",
        )
    )
    return [*notes, *excluded_pairs(found.left_out)]
