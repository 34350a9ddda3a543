"""``twingraph distance``: how far apart partners are."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from twingraph.cli.options import (
    Database,
    Lang,
    db_options,
    examples,
    lang_option,
    output_options,
    seed_option,
    selection_options,
)
from twingraph.cli.output import Output
from twingraph.cli.plot import chart_context, check_plot, plot_option, write_plot
from twingraph.cli.report import (
    Report,
    ReportTable,
    Words,
    describe_network,
    rounded,
    warn_of_one_country,
    write_report,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from twingraph.queries.analyses.geographic_distances import CountryDistances
    from twingraph.selection import Selection

__all__ = ["distance"]

_DEFINED: tuple[Words, ...] = (
    (
        "Kilometres are great-circle distances between the two places of a pair. Lower and upper are quartiles: a"
        " quarter of the pairs are nearer than lower, a quarter farther than upper.",
        "Кілометри — по дузі великого кола між двома місцями пари. Нижній і верхній квартилі: чверть пар ближча за"
        " нижній, чверть — далі за верхній.",
    ),
    (
        "A country's pairs are those with an end in it; domestic ones have both ends in it.",
        "Пари країни — ті, що мають у ній кінець; внутрішні — обидва.",
    ),
)
_CHANCE: Words = (
    "Chance: the median if every place kept its number of partners and these were drawn at random ({samples} networks,"
    " seed {seed}). Ratio = median / chance: below 1, partners are nearer than by chance.",
    "Випадок: медіана, якби кожне місце зберегло кількість партнерів, а їх обрано навмання ({samples} мереж, seed"
    " {seed}). Відношення = медіана / випадок: менше за 1 — партнери ближче, ніж випадково.",
)


@click.command(
    epilog=examples(
        "twingraph distance",
        "twingraph distance --scope 'Zhytomyr oblast' --lang uk --plot distance.html",
        "twingraph distance --status active --format csv -o distance.csv",
    )
)
@click.option("--country", "countries", multiple=True, metavar="NAME", help="Only this country. Repeatable.")
@click.option(
    "--samples",
    type=click.IntRange(min=0, max=200),
    default=20,
    show_default=True,
    metavar="N",
    help="Random networks to compare with; 0 skips the comparison.",
)
@seed_option("these networks")
@selection_options
@db_options
@plot_option
@output_options
@lang_option
def distance(
    *,
    countries: tuple[str, ...],
    samples: int,
    seed: int,
    selection: "Selection",
    database: Database,
    plot: Path | None,
    output: Output,
    lang: Lang,
) -> None:
    """Measure how far apart partners are.

    In kilometres, by country, compared with chance.
    """
    from twingraph.cli.progress import shown_progress

    check_plot(plot, force=output.force)
    with database.open() as graph:
        found = graph.distance(countries, samples=samples, seed=seed, **selection)
        names, titles = graph.country_names(), graph.dataset_titles()
    with shown_progress(None) as progress:
        rows = found.compute(progress.fraction)
    every = rows[0]
    about = describe_network(found.network)
    about.append(
        (
            f"{every.measured:,} of {every.pairs:,} pairs have coordinates at both ends"
            f" ({every.measured_percent or 0} %); the others are in pairs and domestic, not in kilometres.",
            f"Координати обох кінців відомі для {every.measured} з {every.pairs} пар"
            f" ({every.measured_percent or 0} %); решта враховані в парах, але не в кілометрах.",
        )
    )
    about += _DEFINED
    if samples:
        about += warn_of_one_country(found.network, names)
        about.append((_CHANCE[0].format(samples=samples, seed=seed), _CHANCE[1].format(samples=samples, seed=seed)))
    if plot is not None:
        from twingraph.charts.subjects import distance_chart

        context = chart_context(found.network, titles, [each[lang == "uk"] for each in about[1:]], lang)
        write_plot(distance_chart(rows, context, names=names), plot, force=output.force)
    write_report(Report(about=tuple(about), tables=(_table(rows, names),)), output, lang)


def _table(rows: "Sequence[CountryDistances]", names: "Mapping[str, Words]") -> ReportTable:
    return ReportTable(
        name="distances",
        title=("How far apart are partners?", "Яка відстань між партнерами?"),
        columns=(
            "country", "name", "name_uk", "pairs", "measured", "measured_percent", "domestic_percent", "lower_km",
            "median_km", "upper_km", "chance_km", "ratio",
        ),
        heads_uk=(
            "код", "країна", "країна", "пар", "виміряно", "виміряно, %", "внутрішніх, %", "нижній, км",
            "медіана, км", "верхній, км", "випадок, км", "відношення",
        ),
        records=[
            (
                row.country, *(names.get(row.country, (row.country, row.country)) if row.country else ("All", "Усі")),
                row.pairs, row.measured, row.measured_percent, row.domestic_percent, rounded(row.lower, 0),
                rounded(row.median, 0), rounded(row.upper, 0), rounded(row.chance, 0), rounded(row.ratio, 2),
            )
            for row in rows
        ],
    )  # fmt: skip
