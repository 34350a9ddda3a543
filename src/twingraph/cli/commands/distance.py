"""``twingraph distance``: how far partners live from each other."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from twingraph.cli.answer import Answer, Part, Words, write_answer
from twingraph.cli.comparing import about_network, around, country_names, rounded
from twingraph.cli.network_options import ScopeName, filter_options, scope_option
from twingraph.cli.options import Database, Lang, db_options, examples, lang_option, output_options
from twingraph.cli.output import Output
from twingraph.cli.plot import check_plot, plot_option, source_line, write_plot
from twingraph.queries.filters import Filters

if TYPE_CHECKING:
    from twingraph.queries.analyses.geographic_distances import CountryDistances

__all__ = ["distance"]

_DEFINED: tuple[Words, ...] = (
    (
        (
            "Kilometres are great-circle ones between the two places of a pair. Lower and upper are"
            " quartiles: a quarter of"
            " the pairs are nearer than lower, a quarter farther than upper."
        ),
        (
            "Кілометри — по дузі великого кола між двома місцями пари. Нижній і верхній квартилі: чверть пар ближча за"
            " нижній, чверть — далі за верхній."
        ),
    ),
    (
        "A country's pairs are those with an end in it; domestic ones lie within it.",
        "Пари країни — ті, що мають у ній кінець; внутрішні — обидва.",
    ),
)
_CHANCE: Words = (
    (
        "Chance: the median if every place kept its number of partners and these were drawn at random"
        " ({samples} networks,"
        " seed {seed}). Ratio = median / chance: below 1, partners are sought nearby."
    ),
    (
        "Випадок: медіана, якби кожне місце зберегло кількість партнерів, а їх обрано навмання ({samples} мереж, seed"
        " {seed}). Відношення = медіана / випадок: менше за 1 — партнерів шукають поблизу."
    ),
)


@click.command(
    epilog=examples(
        "twingraph distance",
        "twingraph distance --scope 'Zhytomyr oblast' --lang uk --plot distance.html",
        "twingraph distance --status active --format csv -o distance.csv",
    )
)
@click.option(
    "--country", "countries", multiple=True, metavar="NAME", help="Only this country. Can be given several times."
)
@click.option(
    "--samples",
    type=click.IntRange(min=0, max=200),
    default=20,
    show_default=True,
    metavar="N",
    help="How many networks chance draws; 0 leaves chance out.",
)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Seed of the drawing.")
@scope_option
@filter_options
@db_options
@plot_option
@output_options
@lang_option
def distance(
    *,
    countries: tuple[str, ...],
    samples: int,
    seed: int,
    scope: ScopeName,
    filters: Filters,
    database: Database,
    plot: Path | None,
    output: Output,
    lang: Lang,
) -> None:
    """Measure how far partners live from each other.

    In kilometres, by country, beside what chance would give.
    """
    from twingraph.cli.progress import shown_progress
    from twingraph.queries.analyses.geographic_distances import distances
    from twingraph.queries.names import find_country

    check_plot(plot, force=output.force)
    with database.open() as store:
        network = scope.read(store, filters)
        names = country_names(store)
        asked = {find_country(store, name).id for name in countries}
        source = source_line(store, lang)
    with shown_progress(None) as progress:
        rows = distances(network, samples=samples, seed=seed, progress=progress.fraction)
    every, shown = rows[0], [row for row in rows if not asked or row.country is None or row.country in asked]
    about = about_network(network)
    about.append(
        (
            (
                f"{every.measured:,} of {every.pairs:,} pairs have coordinates at both ends"
                f" ({every.measured_percent or 0} %); the others are in pairs and domestic, not in kilometres."
            ),
            (
                f"Координати обох кінців відомі для {every.measured} з {every.pairs} пар"
                f" ({every.measured_percent or 0} %);"
                " решта враховані в парах, але не в кілометрах."
            ),
        )
    )
    about += _DEFINED
    if samples:
        about += around(network, names)
        about.append((_CHANCE[0].format(samples=samples, seed=seed), _CHANCE[1].format(samples=samples, seed=seed)))
    if plot is not None:
        from twingraph.charts.subjects import distance_chart

        chart = distance_chart(
            shown,
            names=names,
            subtitle=network.description(lang),
            notes=[each[lang == "uk"] for each in about[1:]],
            source=source,
            lang=lang,
        )
        write_plot(chart, plot, force=output.force)
    write_answer(Answer(about=tuple(about), parts=(_table(shown, names),)), output, lang)


def _table(rows: "list[CountryDistances]", names: dict[str, Words]) -> Part:
    return Part(
        name="distances",
        title=("How far do partners live from each other?", "Як далеко партнери одне від одного?"),
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
