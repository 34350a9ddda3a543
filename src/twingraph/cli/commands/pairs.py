"""``twingraph pairs``: how many pairs two countries or regions have, compared with chance."""

from typing import TYPE_CHECKING

import click

from twingraph.cli.options import (
    Database,
    Lang,
    db_options,
    examples,
    filter_options,
    lang_option,
    output_options,
    seed_option,
)
from twingraph.cli.output import Output
from twingraph.cli.report import (
    Report,
    ReportTable,
    Words,
    describe_network,
    place_cells,
    rounded,
    warn_of_one_country,
    write_report,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from twingraph.queries.analyses.network import Network
    from twingraph.queries.analyses.pairs import AreaPairs, Null
    from twingraph.selection import FilterOptions

__all__ = ["pairs"]

_NULLS: dict[str, Words] = {
    "matching": (
        "Expected: if every place kept its number of partners and all ends were matched at random (configuration model;"
        " exact mean and standard deviation).",
        "Очікувано: якби кожне місце зберегло кількість партнерів, а всі кінці з’єднано навмання (конфігураційна"
        " модель; точні середнє й стандартне відхилення).",
    ),
    "swaps": (
        "Expected: mean of {samples} networks in which ends are exchanged at random, no place its own partner, none"
        " paired twice (seed {seed}).",
        "Очікувано: середнє {samples} мереж, у яких кінці обміняно навмання, без пар із собою та подвійних (seed"
        " {seed}).",
    ),
}
_RATIO: Words = (
    "Ratio = observed / expected; z = (observed - expected) / standard deviation: beyond 2 in either direction is rare"
    " by chance.",
    "Відношення = спостережено / очікувано; z = (спостережено - очікувано) / стандартне відхилення: більше ніж 2 у"
    " будь-який бік рідко буває випадково.",
)


@click.command(
    epilog=examples(
        "twingraph pairs UA PL",
        "twingraph pairs Ukraine Germany --list --format csv -o ua-de.csv",
        "twingraph pairs UA --as-of 2022-02-24",
        "twingraph pairs 'Zhytomyr oblast' Poland --null swaps --samples 50",
    )
)
@click.argument("one", metavar="A")
@click.argument("other", metavar="[B]", required=False)
@click.option("--list", "listed", is_flag=True, help="List the partnerships between the two.")
@click.option(
    "--null",
    type=click.Choice(["matching", "swaps"]),
    default="matching",
    show_default=True,
    help="The model of chance: all ends matched at random, or ends exchanged between pairs.",
)
@click.option(
    "--samples",
    type=click.IntRange(min=2),
    default=100,
    show_default=True,
    metavar="N",
    help="Random networks for --null swaps.",
)
@seed_option("these networks")
@filter_options
@db_options
@output_options
@lang_option
def pairs(
    *,
    one: str,
    other: str | None,
    listed: bool,
    null: "Null",
    samples: int,
    seed: int,
    filters: "FilterOptions",
    database: Database,
    output: Output,
    lang: Lang,
) -> None:
    """Count the pairs between two countries or regions, compared with chance.

    A and B are countries or regions; with A alone, A and every other country. A pair is two places with at least one
    partnership. The same name twice means the pairs within it.
    """
    from twingraph.cli.progress import shown_progress

    if listed and other is None:
        raise click.UsageError("--list needs two countries or regions.")
    with database.open() as graph:
        analysis = graph.pairs(one, other, null=null, samples=samples, seed=seed, **filters)
        names = graph.country_names()
    with shown_progress(None) as progress:
        found = analysis.compute(progress.fraction)
    network = analysis.network
    about = describe_network(network)
    if listed:
        write_report(Report(about=tuple(about), tables=(_list(network, found),)), output, lang)
        return
    names |= {area.id: (area.name, area.name_uk) for area in (found.one, found.other) if area}
    about.append(
        (_NULLS[null][0].format(samples=samples, seed=seed), _NULLS[null][1].format(samples=samples, seed=seed))
    )
    about += warn_of_one_country(network, names)
    notes: tuple[Words, ...] = ()
    if not any(row.observed for row in found.rows):
        notes = ((
            f"No pair joins {one} and {other or 'any country'} in this network.",
            f"У цій мережі жодна пара не з’єднує {one} і {other or 'якусь країну'}.",
        ),)  # fmt: skip
    report = Report(about=(*about, _RATIO), tables=(_table(found, names),), notes=notes)
    write_report(report, output, lang)


def _table(found: "AreaPairs", names: "Mapping[str, Words]") -> ReportTable:
    return ReportTable(
        name="pairs",
        title=(
            f"Does {found.one.name} have more pairs than by chance?",
            f"Чи {found.one.name_uk} має більше пар, ніж дав би випадок?",
        ),
        columns=("a", "with", "with_name", "with_name_uk", "pairs", "expected", "sd", "ratio", "z"),
        heads_uk=("а", "з", "країна", "країна", "пар", "очікувано", "ст. відх.", "відношення", "z"),
        records=[
            (
                row.one, row.other, *names.get(row.other, (row.other, row.other)), row.observed,
                rounded(row.expected, 2), rounded(row.sd, 2), rounded(row.ratio, 2), rounded(row.z, 1),
            )
            for row in found.rows
        ],
    )  # fmt: skip


def _list(network: "Network", found: "AreaPairs") -> ReportTable:
    from twingraph.queries.analyses.pairs import between

    first, second = found.one, found.other or found.one
    records = []
    for tie in between(network, found.groups, first.id, second.id):
        ends = (tie.start, tie.end) if found.groups[tie.start] == first.id else (tie.end, tie.start)
        one, other = (network.places[end] for end in ends)
        records.append(
            (*place_cells(one), *place_cells(other), list(tie.kinds), tie.status, tie.since, tie.until, tie.id)
        )
    records.sort(key=lambda record: (str(record[0]), str(record[3]), str(record[-1])))
    return ReportTable(
        name="partnerships",
        title=(f"Partnerships: {first.name} – {second.name}", f"Партнерства: {first.name_uk} – {second.name_uk}"),
        columns=("a", "a_uk", "a_country", "b", "b_uk", "b_country", "kinds", "status", "since", "until", "id"),
        heads_uk=("а", "а", "країна а", "б", "б", "країна б", "вид", "стан", "від", "до", "id"),
        records=records,
    )
