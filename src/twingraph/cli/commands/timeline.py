"""``twingraph timeline``: partnerships that began, ended or were active, by year or month."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from twingraph.cli.options import (
    Database,
    Lang,
    date_value,
    db_options,
    examples,
    lang_option,
    output_options,
    selection_options,
)
from twingraph.cli.output import Output
from twingraph.cli.plot import chart_context, check_plot, plot_option, write_plot
from twingraph.cli.report import Report, ReportTable, Words, describe_network, write_report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from twingraph.queries.analyses.timeline import By, DateCoverage, Timeline
    from twingraph.selection import Selection

__all__ = ["timeline"]

_DEFINED: Words = (
    "New: began in the period. Ended: ended in it. Standing: of the partnerships with a known start, those in force at"
    " the end of the period. Undated: those with no known start that had not ended by then. Planned: to begin then.",
    "Нові: почалися в цей період. Завершені: закінчилися в ньому. Чинні: з відомим початком, чинні на кінець періоду."
    " Без дати: початок невідомий, доти не завершені. Заплановані: мають початися тоді.",
)


@click.command(
    epilog=examples(
        "twingraph timeline --from 2014",
        "twingraph timeline --by month --from 2022-01 --to 2022-12",
        "twingraph timeline --country PL --country DE --from 2014 --format csv -o timeline.csv",
        "twingraph timeline --scope 'Zhytomyr oblast' --lang uk --plot timeline.svg",
    )
)
@click.option(
    "--by", type=click.Choice(["year", "month"]), default="year", show_default=True, help="Length of a period."
)
@click.option(
    "--country",
    "countries",
    multiple=True,
    metavar="NAME",
    help="Separate rows for the partnerships with an end in this country. Repeatable.",
)
@click.option("--each-country", is_flag=True, help="Separate rows for every country.")
@click.option("--from", "first", metavar="DATE", callback=date_value, help="First period to show.")
@click.option("--to", "last", metavar="DATE", callback=date_value, help="Last period to show.")
@selection_options
@db_options
@plot_option
@output_options
@lang_option
def timeline(
    *,
    by: "By",
    countries: tuple[str, ...],
    each_country: bool,
    first: str | None,
    last: str | None,
    selection: "Selection",
    database: Database,
    plot: Path | None,
    output: Output,
    lang: Lang,
) -> None:
    """Count new, ended and active partnerships by year or month.

    --from and --to choose the periods shown; --since, --until and --as-of choose the partnerships that count.
    """
    check_plot(plot, force=output.force)
    with database.open() as graph:
        timeline = graph.timeline(
            by=by, countries=countries, each_country=each_country, first=first, last=last, **selection
        )
        names, titles = graph.country_names(), graph.dataset_titles()
    found, network = timeline.result, timeline.network
    notes = [*_coverage(found.coverage, by), _DEFINED]
    about = [*describe_network(network), *notes]
    if network.ties and not found.periods:
        about.append(("No date is known, so there is nothing to count.", "Жодної дати не відомо."))
    if plot is not None:
        from twingraph.charts.subjects import timeline_chart

        context = chart_context(network, titles, [each[lang == "uk"] for each in notes], lang)
        write_plot(timeline_chart(found, context, names=names), plot, force=output.force)
    write_report(Report(about=tuple(about), tables=(_table(found, names),)), output, lang)


def _coverage(found: "DateCoverage", by: "By") -> list[Words]:
    exactly = (" to the month", " з точністю до місяця") if by == "month" else ("", "")
    notes = [
        (
            f"Dates: of {found.ties:,} partnerships, the beginning is known{exactly[0]} for {found.begun:,}"
            f" ({found.begun_percent or 0} %); of {found.over:,} that are over, the end for {found.over_dated:,}"
            f" ({found.over_percent or 0} %).",
            f"Дати: з {found.ties} партнерств початок відомий{exactly[1]} для {found.begun}"
            f" ({found.begun_percent or 0} %); із {found.over} завершених кінець — для {found.over_dated}"
            f" ({found.over_percent or 0} %).",
        )
    ]
    if found.coarse and by == "month":
        notes.append(
            (
                f"{found.coarse:,} dates are years only: they count in standing from December, and in no month as new"
                " or ended.",
                f"Дат, що є лише роками: {found.coarse}; вони враховані в чинних із грудня, але не в нових чи"
                " завершених.",
            )
        )
    if found.unknown:
        notes.append(
            (
                (
                    f"Partnerships of unknown status: {found.unknown:,}. No source states an end, so they count as"
                    " standing."
                ),
                (
                    f"Партнерств із невідомим станом: {found.unknown}. Жодне джерело не повідомляє про їх припинення,"
                    " тож їх враховано серед чинних."
                ),
            )
        )
    if found.planned:
        notes.append(
            (
                f"{found.planned:,} partnerships are only planned ({found.planned_dated:,} with a date) and are counted"
                " separately.",
                f"Лише заплановано: {found.planned} (з датою {found.planned_dated}); їх пораховано окремо.",
            )
        )
    return notes


def _table(found: "Timeline", names: "Mapping[str, Words]") -> ReportTable:
    split = any(each.country for each in found.periods)
    columns: tuple[str, ...] = ("period", "new", "ended", "standing", "undated", "planned")
    heads: tuple[str, ...] = ("період", "нові", "завершені", "чинні", "без дати", "заплановані")
    records: list[tuple[object, ...]] = []
    for each in found.periods:
        code = each.country or ""
        where = (code, *names.get(code, (code, code))) if split else ()
        records.append((each.period, *where, each.new, each.ended, each.standing, each.undated, each.planned))
    if split:
        columns = (columns[0], "country", "name", "name_uk", *columns[1:])
        heads = (heads[0], "код", "країна", "країна", *heads[1:])
    return ReportTable(
        name="periods",
        title=("When did partnerships begin and end?", "Коли партнерства починалися й завершувалися?"),
        columns=columns,
        heads_uk=heads,
        records=records,
        empty=("No partnership has a date.", "Жодне партнерство не має дати."),
    )
