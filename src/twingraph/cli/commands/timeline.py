"""``twingraph timeline``: what began, ended and stood, by year or month."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from twingraph.cli.answer import Answer, Part, Words, write_answer
from twingraph.cli.comparing import about_network, country_names
from twingraph.cli.network_options import ScopeName, filter_options, scope_option
from twingraph.cli.options import Database, Lang, db_options, examples, lang_option, output_options
from twingraph.cli.output import Output
from twingraph.cli.plot import check_plot, plot_option, source_line, write_plot
from twingraph.queries.filters import Filters

if TYPE_CHECKING:
    from twingraph.queries.analyses.timeline import By, DateCoverage, Timeline

__all__ = ["timeline"]

_DEFINED: Words = (
    (
        "New: began then. Ended: ended then. Standing: of the ties whose beginning is known, those that"
        " stand at the end of"
        " the period. Undated: those of unknown beginning that had not ended by then. Planned: to begin then."
    ),
    (
        "Нові: почалися тоді. Завершені: закінчилися тоді. Чинні: з відомим початком, чинні на кінець"
        " періоду. Без дати:"
        " початок невідомий, доти не завершені. Заплановані: мають початися тоді."
    ),
)


def _date(_context: click.Context, _option: click.Parameter, text: str | None) -> str | None:
    from twingraph.graph.dates import parse_date

    try:
        return None if text is None else parse_date(text)
    except ValueError as error:
        raise click.BadParameter(f"{error}.") from None


@click.command(
    epilog=examples(
        "twingraph timeline --from 2014",
        "twingraph timeline --by month --from 2022-01 --to 2022-12",
        "twingraph timeline --country PL --country DE --from 2014 --format csv -o timeline.csv",
        "twingraph timeline --scope 'Zhytomyr oblast' --lang uk --plot timeline.svg",
    )
)
@click.option(
    "--by", type=click.Choice(["year", "month"]), default="year", show_default=True, help="How long a period is."
)
@click.option(
    "--country",
    "countries",
    multiple=True,
    metavar="NAME",
    help="Ties with an end in this country, in rows of its own. Can be given several times.",
)
@click.option("--each-country", is_flag=True, help="Rows for every country.")
@click.option("--from", "first", metavar="DATE", callback=_date, help="The first period to show.")
@click.option("--to", "last", metavar="DATE", callback=_date, help="The last period to show.")
@scope_option
@filter_options
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
    scope: ScopeName,
    filters: Filters,
    database: Database,
    plot: Path | None,
    output: Output,
    lang: Lang,
) -> None:
    """Count new, ended and standing ties by year or month.

    --from and --to choose the periods shown; --since, --until and --as-of choose the ties that count.
    """
    from twingraph.errors import ConfigError
    from twingraph.graph.dates import is_later
    from twingraph.queries.analyses import timeline as analysis
    from twingraph.queries.names import find_country

    if first and last and is_later(first, last):
        raise ConfigError(f"No period is from {first} and to {last}.", "Give the earlier date as --from.")
    check_plot(plot, force=output.force)
    with database.open() as store:
        network = scope.read(store, filters)
        names = country_names(store)
        asked = [find_country(store, name).id for name in countries]
        source = source_line(store, lang)
    found = analysis.timeline(network, by=by, countries=asked, each_country=each_country, first=first, last=last)
    about = [*about_network(network), *_coverage(found.coverage, by), _DEFINED]
    if network.ties and not found.periods:
        about.append(("No date is known, so there is nothing to count over time.", "Жодної дати не відомо."))
    if plot is not None:
        from twingraph.charts.subjects import timeline_chart

        notes = [each[lang == "uk"] for each in (*_coverage(found.coverage, by), _DEFINED)]
        chart = timeline_chart(
            found, names=names, subtitle=network.description(lang), notes=notes, source=source, lang=lang
        )
        write_plot(chart, plot, force=output.force)
    write_answer(Answer(about=tuple(about), parts=(_table(found, names),)), output, lang)


def _coverage(found: "DateCoverage", by: "By") -> list[Words]:
    exactly = (" to the month", " з точністю до місяця") if by == "month" else ("", "")
    told = [
        (
            (
                f"Dates: of {found.ties:,} ties the beginning is known{exactly[0]} for {found.begun:,}"
                f" ({found.begun_percent or 0} %);"
                f" of {found.over:,} that are over, the end for {found.over_dated:,} ({found.over_percent or 0} %)."
            ),
            (
                f"Дати: з {found.ties} партнерств початок відомий{exactly[1]} для {found.begun}"
                f" ({found.begun_percent or 0} %);"
                f" із {found.over} завершених кінець — для {found.over_dated} ({found.over_percent or 0} %)."
            ),
        )
    ]
    if found.coarse and by == "month":
        told.append(
            (
                (
                    f"{found.coarse:,} dates are years only: they count in standing from December, and in"
                    " no month as new"
                    " or ended."
                ),
                (
                    f"Дат, що є лише роками: {found.coarse}; вони враховані в чинних із грудня, але не в"
                    " нових чи завершених."
                ),
            )
        )
    if found.planned:
        told.append(
            (
                f"{found.planned:,} ties are only planned ({found.planned_dated:,} with a date) and are counted apart.",
                f"Лише заплановано: {found.planned} (з датою {found.planned_dated}); їх пораховано окремо.",
            )
        )
    return told


def _table(found: "Timeline", names: dict[str, Words]) -> Part:
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
    return Part(
        name="periods",
        title=("When did partnerships begin and end?", "Коли партнерства починалися й завершувалися?"),
        columns=columns,
        heads_uk=heads,
        records=records,
        nothing=("No tie bears a date.", "Жодне партнерство не має дати."),
    )
