"""``twingraph gaps``: which hromadas have no partner."""

from typing import TYPE_CHECKING, Literal, get_args

import click

from twingraph.cli.options import Database, Lang, db_options, examples, filter_options, lang_option, output_options
from twingraph.cli.output import Output
from twingraph.cli.report import EMPTY_DATABASE, Report, ReportTable, Words, write_report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from twingraph.graph.model import Region
    from twingraph.queries.analyses.gaps import Count, Gaps, HromadaTies, OblastGap
    from twingraph.selection import FilterOptions

__all__ = ["gaps"]

_NAMES = 8
"""Places in no single hromada that are named."""

type Shown = Literal["without", "with", "all"]


@click.command(
    epilog=examples(
        "twingraph gaps",
        "twingraph gaps --oblast Zhytomyr",
        "twingraph gaps --oblast Житомирська --show all --count centre --format csv -o hromadas.csv",
        "twingraph gaps --abroad --as-of 2022-02-24",
    )
)
@click.option(
    "--oblast",
    "oblasts",
    multiple=True,
    metavar="NAME",
    help="List the hromadas of this oblast; 'all' is every oblast. Repeatable.",
)
@click.option(
    "--show",
    type=click.Choice(get_args(Shown.__value__)),
    default="without",
    show_default=True,
    help="Which hromadas to list: those without a partner, those with one, or all.",
)
@click.option(
    "--count",
    type=click.Choice(["own", "centre", "any"]),
    default="any",
    show_default=True,
    help="Whose partnerships count for a hromada: its own alone, also its centre's, or also those of any settlement.",
)
@click.option("--abroad", is_flag=True, help="Count only partners in another country.")
@click.option("--crimea", is_flag=True, help="Include the hromadas of Crimea (303 in the register).")
@filter_options
@db_options
@output_options
@lang_option
def gaps(
    *,
    oblasts: tuple[str, ...],
    show: Shown,
    count: "Count",
    abroad: bool,
    crimea: bool,
    filters: "FilterOptions",
    database: Database,
    output: Output,
    lang: Lang,
) -> None:
    """Show which hromadas have no partner.

    Counts all hromadas of Ukraine by oblast, or lists those of an oblast with --oblast. The full list is that of the
    codifier of administrative units (KATOTTG). Without --status and --as-of, partnerships in force and those of
    unknown status count; planned, suspended and ended ones do not.

    Inhabitants are those of the settlements in GeoNames: a hromada has at least so many.
    """
    from twingraph.cli.progress import shown_progress

    with database.open() as graph:
        analysis = graph.gaps(oblasts, count=count, abroad=abroad, crimea=crimea, **filters)
    with shown_progress(None) as progress:
        found = analysis.compute(progress.fraction)
    table = _list(found.gaps, found.regions, show) if found.asked else _table(found.gaps, found.regions)
    chosen = analysis.network.filters
    about = _about(found.gaps, count, abroad=abroad)
    about.append((chosen.describe("en").capitalize() + ".", chosen.describe("uk").capitalize() + "."))
    if chosen.caveat():
        about.append((chosen.caveat("en"), chosen.caveat("uk")))
    if found.crimea_excluded:
        about.append(
            (
                f"The {found.crimea_excluded} hromadas of Crimea are excluded (--crimea includes them).",
                f"Громад Криму не враховано: {found.crimea_excluded}.",
            )
        )
    if not analysis.network.ties_in_store:
        about.append(EMPTY_DATABASE)
    write_report(Report(about=tuple(about), tables=(table,)), output, lang)


def _table(found: "Gaps", regions: "Mapping[str, Region]") -> ReportTable:
    rows = [_oblast(each, regions[each.region].name, regions[each.region].name_uk) for each in found.oblasts]
    return ReportTable(
        name="oblasts",
        title=("Which hromadas have no partner?", "Які громади не мають партнера?"),
        columns=(
            "region", "oblast", "oblast_uk", "hromadas", "with_partner", "only_unknown", "without_partner",
            "without_percent",
            "population", "population_without", "population_without_percent",
        ),
        heads_uk=(
            "код", "область", "область", "громад", "з партнером", "з них лише з невідомим станом", "без партнера",
            "без партнера, %",
            "населення", "населення без партнера", "населення без партнера, %",
        ),
        records=[*rows, _oblast(found.total, "All", "Усі")],
    )  # fmt: skip


def _oblast(row: "OblastGap", name: str, name_uk: str | None) -> tuple[object, ...]:
    return (
        row.region or None, name, name_uk, row.hromadas, row.with_partner, row.only_unknown, row.without_partner,
        row.share_without, row.population, row.population_without, row.population_share_without,
    )  # fmt: skip


def _list(found: "Gaps", regions: "Mapping[str, Region]", show: Shown) -> ReportTable:
    listed: dict[Shown, list[HromadaTies]] = {
        "without": list(found.without),
        "with": sorted(
            (each for each in found.hromadas if each.partners), key=lambda each: (-each.partners, each.hromada.code)
        ),
    }
    rows = [*listed["with"], *listed["without"]] if show == "all" else listed[show]
    titles: dict[Shown, Words] = {
        "without": ("Which hromadas have no partner?", "Які громади не мають партнера?"),
        "with": ("Which hromadas have a partner?", "Які громади мають партнера?"),
        "all": ("Which hromadas have a partner, and which have none?", "Які громади мають партнера, а які ні?"),
    }
    return ReportTable(
        name="hromadas",
        title=titles[show],
        columns=(
            "katottg", "hromada", "hromada_uk", "centre", "centre_uk", "region", "oblast", "oblast_uk", "population",
            "partners", "partners_unknown", "partners_abroad", "countries", "through", "through_uk",
        ),
        heads_uk=(
            "КАТОТТГ", "громада", "громада", "центр", "центр", "код", "область", "область", "населення",
            "партнерів", "з них із невідомим станом", "з них за кордоном", "країни", "через", "через",
        ),
        records=[_hromada(each, regions[each.hromada.region]) for each in rows],
    )  # fmt: skip


def _hromada(row: "HromadaTies", region: "Region") -> tuple[object, ...]:
    each = row.hromada
    return (
        each.code, each.name, each.name_uk, each.centre_name, each.centre_name_uk, region.id, region.name,
        region.name_uk, each.population, row.partners, row.partners_unknown, row.partners_abroad, list(row.countries),
        [name for name, _uk in row.through], [name for _en, name in row.through],
    )  # fmt: skip


def _about(found: "Gaps", count: "Count", *, abroad: bool) -> list[Words]:
    from twingraph.queries.analyses.gaps import COUNTS

    total = found.total
    counted = (
        (
            f"{total.without_partner:,} of {total.hromadas:,} hromadas have no partner ({total.share_without} %), "
            f"{total.with_partner:,} have one. With + without = all."
        ),
        (
            f"Громад без партнера: {total.without_partner} з {total.hromadas} ({total.share_without} %), "
            f"з партнером: {total.with_partner}. З партнером + без партнера = усі."
        ),
    )
    about: list[Words] = [counted, COUNTS[count]]
    if total.only_unknown:
        about.append(
            (
                (
                    f"Hromadas whose partnerships are all of unknown status: {total.only_unknown:,} of"
                    f" {total.with_partner:,}. No source states whether these are in force."
                ),
                (
                    f"Громад, у яких стан усіх партнерств невідомий: {total.only_unknown} з {total.with_partner}. "
                    "Жодне джерело не повідомляє, чи ці партнерства чинні."
                ),
            )
        )
    if abroad:
        about.append(("Only partners in another country count.", "Рахуються лише партнери в інших країнах."))
    about.append(
        (
            (
                f"Inhabitants: those of the settlements in GeoNames; known for {total.counted:,} of"
                f" {total.hromadas:,} hromadas; each has at least so many."
            ),
            (
                f"Населення: лише населених пунктів, які знає GeoNames; відоме для {total.counted} з {total.hromadas}"
                " громад, у кожній щонайменше стільки."
            ),
        )
    )
    if found.elsewhere:
        names = [place.name for place in found.elsewhere]
        more = f" … ({len(names) - _NAMES})" if len(names) > _NAMES else ""
        uk = [place.called("uk") for place in found.elsewhere]
        about.append(
            (
                "Have partners, and are in no single hromada: " + ", ".join(names[:_NAMES]) + more + ".",
                "Мають партнерів, але не належать до жодної громади: " + ", ".join(uk[:_NAMES]) + more + ".",
            )
        )
    return about
