"""``twingraph rank``: who leads the network, and by which measure."""

from pathlib import Path
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
    selection_options,
)
from twingraph.cli.output import Format, Output
from twingraph.cli.plot import chart_context, check_plot, plot_option, write_plot
from twingraph.cli.report import Report, ReportTable, Words, excluded_pairs, network_sentence, write_report

if TYPE_CHECKING:
    from twingraph.queries.analyses.network import Level
    from twingraph.queries.analyses.rank import Ranking
    from twingraph.selection import Selection

__all__ = ["rank"]

_HEADS_UK = {
    "rank": "місце", "id": "id", "name": "назва", "country": "країна", "value": "значення",
    "other_rank": "місце за іншим", "other_value": "інше значення", "difference": "різниця",
}  # fmt: skip
TABLE_ROWS = 20
MEASURE_NAMES = ("degree", "pairs", "betweenness", "closeness", "pagerank", "eigenvector", "core", "bridging")
"""The keys of `twingraph.queries.analyses.rank.MEASURES`, copied because the help must not import that module."""


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
@click.option("--by", type=click.Choice(MEASURE_NAMES), default="degree", show_default=True, help="The measure.")
@click.option(
    "--against",
    type=click.Choice(MEASURE_NAMES),
    help="Compare with the ranks by this measure, the largest differences first.",
)
@level_option("rank")
@limit_option(TABLE_ROWS, "rows", everywhere=True)
@click.option("--within", metavar="NAME", help="Rank all, but list only what is in this region or country.")
@click.option("--explain", is_flag=True, help="Print the definition of each measure, and stop.")
@selection_options
@db_options
@plot_option
@output_options
@lang_option
def rank(
    *,
    by: str,
    against: str | None,
    of: "Level",
    limit: int | None,
    within: str | None,
    explain: bool,
    selection: "Selection",
    database: Database,
    plot: Path | None,
    output: Output,
    lang: Lang,
) -> None:
    """Rank municipalities, regions or countries.

    Places with the same value are ordered by id. With --against, those whose ranks differ most come first: with --by
    betweenness --against degree, a positive difference is a bridge (more paths lead through it than its number of
    partners explains), a negative one a collector.
    """
    from twingraph.cli.progress import shown_progress
    from twingraph.queries.analyses.rank import MEASURES

    if explain:
        output.rows(("measure", "definition"), [(each.name, each.definition) for each in MEASURES.values()])
        return
    check_plot(plot, force=output.force)
    with database.open() as graph:
        found = graph.rank(by, of=of, against=against, within=within, **selection)
        titles = graph.dataset_titles()
    with shown_progress(None) as progress:
        ranking = found.compute(progress.fraction)
    if plot is not None:
        from twingraph.charts.subjects import rank_chart

        chart = rank_chart(
            ranking,
            chart_context(found.network, titles, [found.network.filters.caveat(lang)], lang),
            rows=limit or TABLE_ROWS,
            measure=MEASURES[by].title_uk if lang == "uk" else MEASURES[by].title,
            definition=MEASURES[by].definition_uk if lang == "uk" else f"{by}: {MEASURES[by].definition}",
        )
        write_plot(chart, plot, force=output.force)
    shown = limit or (TABLE_ROWS if output.format is Format.TABLE else len(ranking.rows))
    notes = (*_notes(ranking, shown), network_sentence(found.network))
    write_report(Report(tables=(_table(ranking, shown, lang),), notes=notes, plain=True), output, lang)


def _table(ranking: "Ranking", limit: int, lang: Lang) -> ReportTable:
    columns: tuple[str, ...] = ("rank", "id", "name", "country", "value")
    if ranking.against:
        columns = (*columns, "other_rank", "other_value", "difference")
    records = [
        (row.rank, row.id, row.name_uk if lang == "uk" else row.name, row.country, row.value, row.other_rank,
         row.other_value, row.difference)
        for row in ranking.rows[:limit]
    ]  # fmt: skip
    return ReportTable(
        name="ranking",
        columns=columns,
        heads_uk=tuple(_HEADS_UK[column] for column in columns),
        records=[record[: len(columns)] for record in records],
        digits=4,
    )


def _notes(ranking: "Ranking", shown: int) -> list[Words]:
    notes, total = [], len(ranking.rows)
    if shown < total:
        notes.append((f"{shown} of {total:,}: more with --limit.", f"{shown} із {total}: більше з --limit."))
    if not total:
        notes.append(("Nothing that is ranked is there.", "Там немає нічого з того, що впорядковано."))
    return [*notes, *excluded_pairs(ranking.left_out)]
