"""``twingraph pairs``: how strongly two countries or regions are tied, beside what chance would give."""

from typing import TYPE_CHECKING

import click

from twingraph.cli.answer import Answer, Part, Words, write_answer
from twingraph.cli.comparing import about_network, around, country_names, place_cells, rounded
from twingraph.cli.network_options import filter_options
from twingraph.cli.options import Database, Lang, db_options, examples, lang_option, output_options
from twingraph.cli.output import Output, notice
from twingraph.queries.filters import Filters

if TYPE_CHECKING:
    from twingraph.graph.store import Store
    from twingraph.queries.analyses.network import Network, Tie
    from twingraph.queries.analyses.pairs import Mixing, Null

__all__ = ["pairs"]

_NULLS: dict[str, Words] = {
    "matching": (
        (
            "Expected: if every place keeps its number of partners and all ends are matched at random"
            " (configuration model;"
            " exact mean and standard deviation)."
        ),
        (
            "Очікувано: якби кожне місце зберегло кількість партнерів, а всі кінці з’єднано навмання"
            " (конфігураційна модель;"
            " точні середнє й стандартне відхилення)."
        ),
    ),
    "swaps": (
        (
            "Expected: mean of {samples} networks in which ends are exchanged at random, no place its own partner, none"
            " paired twice (seed {seed})."
        ),
        (
            "Очікувано: середнє {samples} мереж, у яких кінці обміняно навмання, без пар із собою та"
            " подвійних (seed {seed})."
        ),
    ),
}
_RATIO: Words = (
    (
        "Ratio = observed / expected; z = (observed - expected) / standard deviation: beyond 2 either"
        " way chance alone seldom"
        " does."
    ),
    (
        "Відношення = спостережено / очікувано; z = (спостережено - очікувано) / стандартне відхилення:"
        " більше ніж 2 у будь-"
        "який бік рідко буває випадково."
    ),
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
    help="What chance is: all ends matched at random, or ends exchanged between pairs.",
)
@click.option(
    "--samples",
    type=click.IntRange(min=2),
    default=100,
    show_default=True,
    metavar="N",
    help="How many networks are drawn for swaps.",
)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Seed of the drawing.")
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
    filters: Filters,
    database: Database,
    output: Output,
    lang: Lang,
) -> None:
    """Count the pairs between two countries or regions, beside chance.

    A and B are countries or regions; with A alone, A and every other country. A pair is two places with at least one
    partnership. The same name twice asks for the pairs within it.
    """
    from twingraph.cli.progress import shown_progress
    from twingraph.queries.analyses.from_store import read_network
    from twingraph.queries.analyses.pairs import between, mixing

    if listed and other is None:
        raise click.UsageError("--list needs two countries or regions.")
    with database.open() as store:
        network = read_network(store, filters=filters)
        names = country_names(store)
        first = _find(store, one)
        second = _find(store, other) if other is not None else None
    names |= {each[0]: (each[1], each[2]) for each in (first, second) if each}
    groups = _groups(network, first[0], second[0] if second else None)
    about = about_network(network)
    if listed and second:
        ties = between(network, groups, first[0], second[0])
        part = _ties(network, groups, ties, first, second)
        write_answer(Answer(about=tuple(about), parts=(part,)), output, lang)
        return
    if second:
        asked = [(first[0], second[0])]
    else:
        known = {group for group in groups if group is not None}
        asked = [(first[0], code) for code in sorted(known | {first[0]})]
    with shown_progress(None) as progress:
        rows = mixing(network, groups, asked, null=null, samples=samples, seed=seed, progress=progress.fraction)
    if not second:
        rows = tuple(sorted((row for row in rows if row.observed), key=lambda row: (-row.observed, row.other)))
    about += [(_NULLS[null][0].format(samples=samples, seed=seed), _NULLS[null][1].format(samples=samples, seed=seed))]
    about += around(network, names)
    write_answer(Answer(about=(*about, _RATIO), parts=(_table(rows, names, first),)), output, lang)
    if not any(row.observed for row in rows):
        notice(f"No pair joins {one} and {other or 'any country'} in this network.")


def _find(store: "Store", name: str) -> tuple[str, str, str]:
    """Return id, name and Ukrainian name of the country or region that a name means."""
    from twingraph.errors import UnknownNameError
    from twingraph.queries.names import find_country, find_region

    try:
        country = find_country(store, name)
    except UnknownNameError as error:
        try:
            region = find_region(store, name)
        except UnknownNameError as also:
            near = (*error.suggestions, *also.suggestions)
            raise UnknownNameError("country or region", name, near, "" if near else error.hint) from None
        return region.id, region.name, region.name_uk or region.name
    return country.id, country.name, country.name_uk or country.name


def _groups(network: "Network", first: str, second: str | None) -> list[str | None]:
    """Put each place into one group: the regions asked about, else its country (without those regions).

    Raises
    ------
    twingraph.errors.ConfigError
        One of the two lies in the other.
    """
    from twingraph.errors import ConfigError

    asked = {first, second} - {None}
    for one in asked:
        for other in asked:
            if one and other and one != other and one.startswith(f"{other}-"):
                raise ConfigError(
                    f"{one} lies in {other}: a pair within it would count on both sides.",
                    f"Name two that lie apart, or ask for {one} alone.",
                )
    regions = {each for each in asked if each and "-" in each}
    return [place.region if place.region in regions else place.country for place in network.places]


def _table(rows: "tuple[Mixing, ...]", names: dict[str, Words], first: tuple[str, str, str]) -> Part:
    return Part(
        name="pairs",
        title=(
            f"Is {first[1]} tied more than chance would tie it?",
            f"Чи {first[2]} має більше зв’язків, ніж дав би випадок?",
        ),
        columns=(
            "a", "with", "with_name", "with_name_uk", "pairs", "partnerships", "expected", "sd", "ratio", "z",
        ),
        heads_uk=(
            "а", "з", "країна", "країна", "пар", "партнерств", "очікувано", "ст. відх.", "відношення", "z",
        ),
        records=[
            (
                row.one, row.other, *names.get(row.other, (row.other, row.other)), row.observed, row.partnerships,
                rounded(row.expected, 2), rounded(row.sd, 2), rounded(row.ratio, 2), rounded(row.z, 1),
            )
            for row in rows
        ],
    )  # fmt: skip


def _ties(
    network: "Network",
    groups: list[str | None],
    ties: "tuple[Tie, ...]",
    first: tuple[str, str, str],
    second: tuple[str, str, str],
) -> Part:
    records = []
    for tie in ties:
        ends = (tie.start, tie.end) if groups[tie.start] == first[0] else (tie.end, tie.start)
        one, other = (network.places[end] for end in ends)
        records.append((*place_cells(one), *place_cells(other), tie.kind, tie.status, tie.since, tie.until, tie.id))
    records.sort(key=lambda record: (str(record[0]), str(record[3]), str(record[-1])))
    return Part(
        name="partnerships",
        title=(f"Partnerships: {first[1]} – {second[1]}", f"Партнерства: {first[2]} – {second[2]}"),
        columns=("a", "a_uk", "a_country", "b", "b_uk", "b_country", "kind", "status", "since", "until", "id"),
        heads_uk=("а", "а", "країна а", "б", "б", "країна б", "вид", "стан", "від", "до", "id"),
        records=records,
    )
