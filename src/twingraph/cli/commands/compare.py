"""``twingraph compare``: what is new, gone or changed between two networks."""

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, get_args

import click

from twingraph.cli.answer import Answer, Part, Words, write_answer
from twingraph.cli.comparing import place_cells
from twingraph.cli.network_options import ScopeName, filter_options, scope_option
from twingraph.cli.options import Database, Lang, db_options, examples, lang_option, output_options
from twingraph.cli.output import Format, Output
from twingraph.queries.filters import Filters

if TYPE_CHECKING:
    from twingraph.queries.analyses.compare import Comparison, Difference
    from twingraph.queries.analyses.network import Network

__all__ = ["compare"]

type By = Literal["database", "date", "source", "scope"]

_CHANGES: dict[str, Words] = {"new": ("new", "нове"), "gone": ("gone", "зникло"), "changed": ("changed", "змінилося")}
_DEFINED: dict[By, Words] = {
    "database": (
        (
            "New: in the second database alone. Gone: in the first alone. A partnership is the same"
            " where it joins the same"
            " two places with the same kind."
        ),
        (
            "Нове: лише в другій базі. Зникло: лише в першій. Партнерство те саме, якщо з’єднує ті самі"
            " два місця і має той"
            " самий вид."
        ),
    ),
    "date": (
        "New: stands on the second date, did not on the first. Gone: stood on the first, does not on the second.",
        "Нове: чинне на другу дату, але не на першу. Зникло: було чинне на першу, але не на другу.",
    ),
    "source": (
        "New: only the second source says so. Gone: only the first does. Changed: both do, and differ.",
        "Нове: так каже лише друге джерело. Зникло: лише перше. Змінилося: обидва, але різне.",
    ),
    "scope": (
        "New: touches the second scope alone. Gone: touches the first alone.",
        "Нове: стосується лише другого обсягу. Зникло: лише першого.",
    ),
}


@click.command(
    epilog=examples(
        "twingraph compare 2022-02-24 2024-02-24",
        "twingraph compare 2014 2024 --scope 'Zhytomyr oblast' --only new --lang uk",
        "twingraph compare old.grafeo new.grafeo --format csv -o changes.csv",
        "twingraph compare decentralization.ua unitedforua.org --by source",
        "twingraph compare 'Zhytomyr oblast' 'Lviv oblast' --by scope --lang uk",
    )
)
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.option(
    "--by",
    type=click.Choice(get_args(By.__value__)),
    help="What A and B are. Default: dates if both are dates, else databases (paths or addresses).",
)
@click.option(
    "--only",
    type=click.Choice(list(_CHANGES)),
    multiple=True,
    help="List these only. Can be given several times.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=50,
    show_default=True,
    metavar="N",
    help="At most so many rows in a table; 0 shows all. Files of data hold all.",
)
@scope_option
@filter_options
@db_options
@output_options
@lang_option
def compare(
    *,
    first: str,
    second: str,
    by: By | None,
    only: tuple[str, ...],
    limit: int,
    scope: ScopeName,
    filters: Filters,
    database: Database,
    output: Output,
    lang: Lang,
) -> None:
    """Show what is new, gone or changed between two networks.

    A and B are two databases, two dates (what stood then), two sources (a dataset, a cited page or a publisher, each as
    it says it) or two scopes (a country, region, municipality or metropolis).
    """
    from twingraph.queries.analyses import compare as analysis

    by = by or ("date" if _is_date(first) and _is_date(second) else "database")
    if by in {"source", "scope"} and scope.name is not None:
        raise click.UsageError(f"--scope goes with dates and databases, not with --by {by}.")
    before, after = _read(first, second, by, scope=scope, filters=filters, database=database)
    found = analysis.compare(before, after)
    rows = [each for each in found.differences if not only or each.change in only]
    about: list[Words] = [
        (f"A, {first}: {before.description('en')}.", f"А, {first}: {before.description('uk')}."),
        (f"B, {second}: {after.description('en')}.", f"Б, {second}: {after.description('uk')}."),
        _DEFINED[by],
    ]
    if after.filters.caveat():
        about.append((after.filters.caveat("en"), after.filters.caveat("uk")))
    listed = _list(rows)
    if limit and len(rows) > limit and output.format in {Format.TABLE, Format.MD}:
        more = (f"the first {limit:,} of {len(rows):,}; --limit 0 shows all",
                f"перші {limit} з {len(rows)}; --limit 0 показує всі")  # fmt: skip
        title = (f"{listed.title[0]} ({more[0]})", f"{listed.title[1]} ({more[1]})")
        listed = replace(listed, title=title, records=listed.records[:limit])
    write_answer(Answer(about=tuple(about), parts=(listed, _counts(found))), output, lang)


def _is_date(text: str) -> bool:
    from twingraph.graph.dates import parse_date

    try:
        parse_date(text)
    except ValueError:
        return False
    return True


def _read(
    first: str, second: str, by: By, *, scope: ScopeName, filters: Filters, database: Database
) -> "tuple[Network, Network]":
    from twingraph.queries.analyses.compare import read_source

    if by == "database":
        networks = []
        for address in (first, second):
            with Database(address, database.password_file).open() as store:
                networks.append(scope.read(store, filters))
        return networks[0], networks[1]
    if by == "date" and filters.as_of:
        raise click.UsageError("A and B are dates already: leave --as-of out.")
    with database.open() as store:
        match by:
            case "date":
                one, other = (replace(filters, as_of=date) for date in (first, second))
                return scope.read(store, one), scope.read(store, other)
            case "source":
                return read_source(store, first, filters=filters), read_source(store, second, filters=filters)
            case "scope":
                return ScopeName(first).read(store, filters), ScopeName(second).read(store, filters)


def _counts(found: "Comparison") -> Part:
    rows: list[tuple[str, str, int]] = [
        (*_CHANGES[change], found.count(change)) for change in ("new", "gone", "changed")
    ]
    rows += [
        ("same", "те саме", found.same),
        ("places only in B", "місця лише в Б", found.places_new),
        ("places only in A", "місця лише в А", found.places_gone),
    ]
    return Part(
        name="counts",
        title=("How many?", "Скільки?"),
        columns=("what", "what_uk", "count"),
        heads_uk=("що", "що", "кількість"),
        records=rows,
    )


def _list(rows: "list[Difference]") -> Part:
    return Part(
        name="partnerships",
        title=("What is new, gone or changed?", "Що нового, що зникло, що змінилося?"),
        columns=(
            "change", "change_uk", "a", "a_uk", "a_country", "b", "b_uk", "b_country", "kind", "status", "since",
            "until", "was", "id",
        ),
        heads_uk=(
            "зміна", "зміна", "одне", "одне", "країна", "інше", "інше", "країна", "вид", "стан", "від", "до", "було",
            "id",
        ),
        records=[
            (
                *_CHANGES[each.change], *place_cells(each.one), *place_cells(each.other), each.now.kind,
                each.now.status, each.now.since, each.now.until,
                [f"{name}: {getattr(each.before, name) or '—'}" for name in each.facts], each.now.id,
            )
            for each in rows
        ],
        nothing=("Nothing: the two are the same.", "Нічого: вони однакові."),
    )  # fmt: skip
