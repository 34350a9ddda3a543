"""``twingraph communities``: which places, or which countries, keep to each other."""

from typing import TYPE_CHECKING

import click

from twingraph.cli.network_options import ScopeName, filter_options, scope_option
from twingraph.cli.options import Database, Lang, db_options, examples, lang_option, output_options
from twingraph.cli.output import Format, Output, notice
from twingraph.queries.filters import Filters

if TYPE_CHECKING:
    from twingraph.queries.analyses.communities import Communities, Method
    from twingraph.queries.analyses.network import Level, Network

__all__ = ["communities"]

_COLUMNS = ("community", "name", "members", "pairs_inside", "pairs_outside", "countries", "leaders")
_MEMBER_COLUMNS = ("community", "community_name", "id", "name")


@click.command(
    epilog=examples(
        "twingraph communities",
        "twingraph communities --of countries --resolution 1.2",
        "twingraph communities --members -o members.csv",
        "twingraph communities --method louvain --seed 7 --scope UA --ties around",
    )
)
@click.option(
    "--of",
    type=click.Choice(["municipalities", "regions", "countries"]),
    default="municipalities",
    show_default=True,
    help="What is grouped; regions and countries are joined by the pairs of their municipalities.",
)
@click.option(
    "--method", type=click.Choice(["leiden", "louvain", "labels"]), default="leiden", show_default=True,
    help="How: Leiden, Louvain, or label propagation.",
)  # fmt: skip
@click.option(
    "--resolution",
    type=click.FloatRange(min=0, min_open=True),
    default=1.0,
    show_default=True,
    help="Above 1: more and smaller groups; below 1: fewer and larger ones.",
)
@click.option(
    "--seed", type=click.IntRange(min=0), default=1, show_default=True, help="The same seed, the same groups."
)
@click.option(
    "--runs",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    metavar="N",
    help="Group so many times, from as many seeds, to tell how stable the groups are.",
)
@click.option("--members", is_flag=True, help="List the members of every group instead of the groups.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    metavar="N",
    help="Show at most so many groups in a table; files of data hold all unless you give it.",
)
@scope_option
@filter_options
@db_options
@output_options
@lang_option
@click.pass_context
def communities(
    context: click.Context,
    *,
    of: "Level",
    method: "Method",
    resolution: float,
    seed: int,
    runs: int,
    members: bool,
    limit: int,
    scope: ScopeName,
    filters: Filters,
    database: Database,
    output: Output,
    lang: Lang,
) -> None:
    """Group places that keep to each other.

    Places, regions or countries of one group have more pairs with each other than chance would give them. A group is
    named after its leading countries. Groups depend on chance: the seed fixes it, and the stability (mean adjusted
    Rand index over groupings by other seeds; 1: always the same, 0: as by chance) tells how much to trust them.

    JSON is an object with the modularity, the stability and the groups with their members.
    """
    from twingraph.cli.progress import shown_progress
    from twingraph.queries.analyses.communities import communities as group

    with database.open() as store:
        network = scope.read(store, filters)
    with shown_progress(None) as progress:
        found = group(
            network, of=of, method=method, resolution=resolution, seed=seed, runs=runs, progress=progress.fraction
        )
    said = context.get_parameter_source("limit") is not click.core.ParameterSource.DEFAULT
    shown = limit if said or output.format is Format.TABLE else len(found.groups)
    if output.format is Format.JSON:
        output.document(_document(found, network, shown))
    elif members:
        output.rows(_MEMBER_COLUMNS, _member_rows(found, lang, shown))
    else:
        output.rows(_COLUMNS, _rows(found, lang, shown))
    _tell(found, min(shown, len(found.groups)))
    notice(" ".join(filter(None, (f"{network.description(lang)}.", filters.caveat(lang)))))


def _rows(found: "Communities", lang: Lang, shown: int) -> list[tuple[object, ...]]:
    names = found.names_uk if lang == "uk" else found.names
    return [
        (
            group.number,
            group.name_uk if lang == "uk" else group.name,
            len(group.members),
            group.pairs_inside,
            group.pairs_outside,
            [f"{code or '?'} {many}" for code, many in group.countries[:5]],
            [names[leader] for leader in group.leaders],
        )
        for group in found.groups[:shown]
    ]


def _member_rows(found: "Communities", lang: Lang, shown: int) -> list[tuple[object, ...]]:
    names = found.names_uk if lang == "uk" else found.names
    return [
        (group.number, group.name_uk if lang == "uk" else group.name, found.ids[member], names[member])
        for group in found.groups[:shown]
        for member in group.members
    ]


def _document(found: "Communities", network: "Network", shown: int) -> dict[str, object]:
    return {
        "network": network.description(),
        "caveat": network.filters.caveat() or None,
        "of": found.of,
        "method": found.method,
        "resolution": found.resolution,
        "seed": found.seed,
        "runs": found.runs,
        "modularity": found.modularity,
        "stability": found.stability,
        "agreement": found.agreement,
        "pairs_left_out": found.left_out,
        "communities": [
            {
                "community": group.number,
                "name": group.name,
                "name_uk": group.name_uk,
                "pairs_inside": group.pairs_inside,
                "pairs_outside": group.pairs_outside,
                "countries": [{"country": code, "members": many} for code, many in group.countries],
                "leaders": [found.ids[leader] for leader in group.leaders],
                "members": [{"id": found.ids[member], "name": found.names[member]} for member in group.members],
            }
            for group in found.groups[:shown]
        ],
    }


def _tell(found: "Communities", shown: int) -> None:
    if shown < len(found.groups):
        notice(f"{shown} of {len(found.groups):,} groups: more with --limit.")
    stable = "" if found.stability is None else f", stability {found.stability:.2f} over {found.runs} runs"
    notice(f"Modularity {found.modularity:.3f}{stable}, seed {found.seed}.")
    if found.left_out:
        notice(f"{found.left_out:,} pairs do not count: the region or country of an end is not known.")
