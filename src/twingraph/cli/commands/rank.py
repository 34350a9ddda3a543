"""``twingraph rank``: who leads the network, and in which sense."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from twingraph.cli.network_options import ScopeName, filter_options, scope_option
from twingraph.cli.options import Database, Lang, db_options, examples, lang_option, output_options
from twingraph.cli.output import Format, Output, notice
from twingraph.cli.plot import check_plot, plot_option, source_line, write_plot
from twingraph.queries.analyses.rank import MEASURES
from twingraph.queries.filters import Filters

if TYPE_CHECKING:
    from twingraph.queries.analyses.network import Level
    from twingraph.queries.analyses.rank import Ranked, Ranking

__all__ = ["rank"]

_COLUMNS = ("rank", "id", "name", "country", "value")
_OTHER = ("other_rank", "other_value", "difference")
_HEADS_UK = {
    "rank": "місце", "id": "id", "name": "назва", "country": "країна", "value": "значення",
    "other_rank": "місце за іншим", "other_value": "інше значення", "difference": "різниця",
}  # fmt: skip


@click.command(
    epilog=examples(
        "twingraph rank",
        "twingraph rank --by betweenness --of countries",
        "twingraph rank --by betweenness --against degree --limit 10",
        "twingraph rank --within 'Zhytomyr oblast' --lang uk",
        "twingraph rank --of countries --limit 15 --plot countries.svg",
        "twingraph rank --explain",
    )
)
@click.option("--by", type=click.Choice(tuple(MEASURES)), default="degree", show_default=True, help="The measure.")
@click.option(
    "--against",
    type=click.Choice(tuple(MEASURES)),
    help="Compare with the ranks by this measure, and show the largest differences first.",
)
@click.option(
    "--of",
    type=click.Choice(["municipalities", "regions", "countries"]),
    default="municipalities",
    show_default=True,
    help="What is ranked; regions and countries are joined by the pairs of their municipalities.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    metavar="N",
    help="Show at most so many in a table; files of data hold all unless you give it.",
)
@click.option("--within", metavar="NAME", help="Rank all, but list only what lies in this region or country.")
@click.option("--explain", is_flag=True, help="Say how each measure is defined, and do nothing else.")
@scope_option
@filter_options
@db_options
@plot_option
@output_options
@lang_option
@click.pass_context
def rank(
    context: click.Context,
    *,
    by: str,
    against: str | None,
    of: "Level",
    limit: int,
    within: str | None,
    explain: bool,
    scope: ScopeName,
    filters: Filters,
    database: Database,
    plot: Path | None,
    output: Output,
    lang: Lang,
) -> None:
    """Rank municipalities, regions or countries.

    Places that share a value are ordered by id. With --against, those whose ranks differ most come first: with --by
    betweenness --against degree a positive difference is a bridge (more paths lead through it than its partners
    explain), a negative one a collector.
    """
    from twingraph.cli.progress import shown_progress
    from twingraph.queries.analyses.rank import rank as rank_network
    from twingraph.queries.scope import scope_places

    if explain:
        output.rows(("measure", "definition"), [(each.name, each.definition) for each in MEASURES.values()])
        return
    check_plot(plot, force=output.force)
    with database.open() as store:
        network = scope.read(store, filters)
        source = source_line(store, lang)
        within_refs = None if within is None else scope_places(store, ScopeName(within).find(store))[1]
    with shown_progress(None) as progress:
        ranking = rank_network(network, by=by, of=of, against=against, progress=progress.fraction)
    listed = None if within_refs is None else {ref.id for ref in within_refs}
    rows = [row for row in ranking.rows if listed is None or row.id in listed]
    said = context.get_parameter_source("limit") is not click.core.ParameterSource.DEFAULT
    shown = rows[:limit] if said or output.format is Format.TABLE else rows
    columns = (*_COLUMNS, *(_OTHER if against else ()))
    records = [_record(row, lang, easily=output.format is Format.TABLE, compared=against is not None) for row in shown]
    heads = [_HEADS_UK[name] for name in columns] if lang == "uk" and output.format is Format.TABLE else columns
    if plot is not None:
        from twingraph.charts.subjects import rank_chart

        chart = rank_chart(
            replace(ranking, rows=tuple(rows)),
            rows=limit,
            measure=MEASURES[by].title_uk if lang == "uk" else MEASURES[by].title,
            definition=MEASURES[by].definition_uk if lang == "uk" else f"{by}: {MEASURES[by].definition}",
            subtitle=network.description(lang),
            notes=[filters.caveat(lang)] if filters.caveat(lang) else [],
            source=source,
            lang=lang,
        )
        write_plot(chart, plot, force=output.force)
    output.rows(heads, records)
    _tell(ranking, len(rows), len(shown))
    notice(" ".join(filter(None, (f"{network.description(lang)}.", filters.caveat(lang)))))


def _record(row: "Ranked", lang: Lang, *, easily: bool, compared: bool) -> tuple[object, ...]:
    name = row.name_uk if lang == "uk" else row.name
    first = (row.rank, row.id, name, row.country, _easily(row.value) if easily else row.value)
    if not compared:
        return first
    return (*first, row.other_rank, _easily(row.other_value) if easily else row.other_value, row.difference)


def _easily(value: float | None) -> object:
    return float(f"{value:.4g}") if isinstance(value, float) else value


def _tell(ranking: "Ranking", found: int, shown: int) -> None:
    if shown < found:
        notice(f"{shown} of {found:,}: more with --limit.")
    if not found:
        notice("Nothing that is ranked lies there.")
    if ranking.left_out:
        what = ranking.of.removesuffix("ies") + "y" if ranking.of == "countries" else "region"
        notice(f"{ranking.left_out:,} pairs do not count: the {what} of an end is not known.")
