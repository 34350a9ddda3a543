"""``twingraph gaps``: which hromadas have no partner."""

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, get_args

import click

from twingraph.cli.answer import Answer, Part, Words, write_answer
from twingraph.cli.network_options import filter_options
from twingraph.cli.options import Database, Lang, db_options, examples, lang_option, output_options
from twingraph.cli.output import Output
from twingraph.graph.model import Region, Status
from twingraph.queries.filters import Filters

if TYPE_CHECKING:
    from twingraph.loaders.places import Gazetteer
    from twingraph.queries.analyses.gaps import Count, Gaps, HromadaTies, OblastGap

__all__ = ["gaps"]

_CRIMEA = "UA-43"
_STANDING = frozenset({Status.ACTIVE, Status.UNKNOWN})

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
    help="List the hromadas of this oblast. Can be given several times; 'all' is every oblast.",
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
    help="What counts as a tie of a hromada: its own alone, also its centre's, or that of any of its settlements.",
)
@click.option("--abroad", is_flag=True, help="Only partners in another country count.")
@click.option("--crimea", is_flag=True, help="Count the hromadas of Crimea too (303 in the register).")
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
    filters: Filters,
    database: Database,
    output: Output,
    lang: Lang,
) -> None:
    """Show which hromadas have no partner.

    Counts all hromadas of Ukraine by oblast, or lists those of an oblast one by one with --oblast. The full list is
    that of the codifier of administrative units (KATOTTG). Unless you choose with --status or --as-of, partnerships
    that are active or of unknown status count; planned, suspended and ended ones do not.

    Inhabitants are those of the settlements that GeoNames knows: a hromada has at least so many.
    """
    from twingraph.cli.progress import shown_progress
    from twingraph.loaders.places import open_gazetteer
    from twingraph.loaders.registers.hromadas import read_hromadas
    from twingraph.queries.analyses.from_store import read_network
    from twingraph.queries.analyses.gaps import find_gaps, read_codes

    if not filters.statuses and filters.as_of is None:
        filters = replace(filters, statuses=_STANDING)
    with shown_progress(None) as shown:
        gazetteer = open_gazetteer(progress=shown.fraction)
    with gazetteer:
        regions = {region.id: region for region in gazetteer.regions("UA")}
        asked = {region.id for name in oblasts for region in _find(gazetteer, regions, name, crimea=crimea)}
        register = read_hromadas(gazetteer)
    chosen = asked or {region for region in regions if crimea or region != _CRIMEA}
    with database.open() as store:
        network = read_network(store, filters=filters)
        codes = read_codes(store)
    found = find_gaps(register, network, codes, count=count, abroad=abroad, regions=chosen)
    part = _list(found, regions, show) if asked else _table(found, regions)
    about = _about(found, count, abroad=abroad)
    about += [(network.filters.describe("en").capitalize() + ".", network.filters.describe("uk").capitalize() + ".")]
    about += [(network.filters.caveat("en"), network.filters.caveat("uk"))] if network.filters.caveat() else []
    if _CRIMEA not in chosen and not asked:
        left = sum(each.region == _CRIMEA for each in register)
        about.append((f"The {left} hromadas of Crimea are left out (--crimea).", f"Громад Криму не враховано: {left}."))
    if not network.ties_in_store:
        about.append(
            (
                "The database holds no partnership: `twingraph load` fills it.",
                "База не має жодного партнерства: її заповнює `twingraph load`.",
            )
        )
    write_answer(Answer(about=tuple(about), parts=(part,)), output, lang)


def _find(gazetteer: "Gazetteer", regions: dict[str, Region], name: str, *, crimea: bool) -> list[Region]:
    from twingraph.errors import UnknownNameError

    if name.casefold() in {"all", "усі", "всі"}:
        return [region for region in regions.values() if crimea or region.id != _CRIMEA]
    found = gazetteer.region(name, "UA")
    if found is None or found.id not in regions:
        known = [each for region in regions.values() for each in (region.name, region.name_uk or region.name)]
        raise UnknownNameError("oblast", name, known, "The oblasts are listed by `twingraph gaps`.")
    return [found]


def _table(found: "Gaps", regions: dict[str, Region]) -> Part:
    rows = [_oblast(each, regions[each.region].name, regions[each.region].name_uk) for each in found.oblasts]
    return Part(
        name="oblasts",
        title=("Which hromadas have no partner?", "Які громади не мають партнера?"),
        columns=(
            "region", "oblast", "oblast_uk", "hromadas", "with_partner", "without_partner", "without_percent",
            "population", "population_without", "population_without_percent",
        ),
        heads_uk=(
            "код", "область", "область", "громад", "з партнером", "без партнера", "без партнера, %",
            "населення", "населення без партнера", "населення без партнера, %",
        ),
        records=[*rows, _oblast(found.total, "All", "Усі")],
    )  # fmt: skip


def _oblast(row: "OblastGap", name: str, name_uk: str | None) -> tuple[object, ...]:
    return (
        row.region or None, name, name_uk, row.hromadas, row.with_partner, row.without_partner, row.share_without,
        row.population, row.population_without, row.population_share_without,
    )  # fmt: skip


def _list(found: "Gaps", regions: dict[str, Region], show: Shown) -> Part:
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
    return Part(
        name="hromadas",
        title=titles[show],
        columns=(
            "katottg", "hromada", "hromada_uk", "centre", "centre_uk", "region", "oblast", "oblast_uk", "population",
            "partners", "partners_abroad", "countries", "through", "through_uk",
        ),
        heads_uk=(
            "КАТОТТГ", "громада", "громада", "центр", "центр", "код", "область", "область", "населення",
            "партнерів", "з них за кордоном", "країни", "через", "через",
        ),
        records=[_hromada(each, regions[each.hromada.region]) for each in rows],
    )  # fmt: skip


def _hromada(row: "HromadaTies", region: Region) -> tuple[object, ...]:
    each = row.hromada
    return (
        each.code, each.name, each.name_uk, each.centre_name, each.centre_name_uk, region.id, region.name,
        region.name_uk, each.population, row.partners, row.partners_abroad, list(row.countries),
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
    if abroad:
        about.append(("Only partners in another country count.", "Рахуються лише партнери в інших країнах."))
    about.append(
        (
            (
                f"Inhabitants: those of settlements that GeoNames knows; known for {total.counted:,} of"
                f" {total.hromadas:,} hromadas, and at least so many in each."
            ),
            (
                f"Населення: лише населених пунктів, які знає GeoNames; відоме для {total.counted} з {total.hromadas}"
                " громад, у кожній щонайменше стільки."
            ),
        )
    )
    if found.elsewhere:
        names = [place.name for place in found.elsewhere]
        more = f" … ({len(names) - 8})" if len(names) > 8 else ""
        uk = [place.called("uk") for place in found.elsewhere]
        about.append(
            (
                "Have partners and lie in no one hromada: " + ", ".join(names[:8]) + more + ".",
                "Мають партнерів, але не належать до жодної громади: " + ", ".join(uk[:8]) + more + ".",
            )
        )
    return about
