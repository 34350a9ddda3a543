"""``twingraph compare``: what is new, gone or changed between two networks."""

from typing import TYPE_CHECKING, Literal, get_args

import click

from twingraph.cli.options import (
    Database,
    Lang,
    db_options,
    examples,
    lang_option,
    limit_option,
    output_options,
    selection_options,
)
from twingraph.cli.output import Format, Output
from twingraph.cli.report import Report, ReportTable, Words, place_cells, write_report

if TYPE_CHECKING:
    from twingraph.queries.analyses.compare import Comparison, Difference
    from twingraph.selection import Selection

__all__ = ["compare"]

type By = Literal["database", "date", "source", "scope"]

_CHANGES: dict[str, Words] = {"new": ("new", "нове"), "gone": ("gone", "зникло"), "changed": ("changed", "змінилося")}
_DEFINED: dict[By, Words] = {
    "database": (
        "New: in the second database alone. Gone: in the first alone. A partnership is the same if it joins the same"
        " two places.",
        "Нове: лише в другій базі. Зникло: лише в першій. Партнерство те саме, якщо з’єднує ті самі два місця.",
    ),
    "date": (
        "New: in force on the second date, not on the first. Gone: in force on the first, not on the second.",
        "Нове: чинне на другу дату, але не на першу. Зникло: було чинне на першу, але не на другу.",
    ),
    "source": (
        "New: in the second source alone. Gone: in the first alone. Changed: in both, but different.",
        "Нове: є лише в другому джерелі. Зникло: є лише в першому. Змінилося: є в обох, але різне.",
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
@click.option("--only", type=click.Choice(list(_CHANGES)), multiple=True, help="List only these. Repeatable.")
@limit_option(50, "rows")
@selection_options
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
    selection: "Selection",
    database: Database,
    output: Output,
    lang: Lang,
) -> None:
    """Show what is new, gone or changed between two networks.

    A and B are two databases, two dates (what was in force then), two sources (a dataset, a cited page or a publisher,
    each as it says) or two scopes (a country, region, municipality or metropolis).
    """
    by = by or ("date" if _is_date(first) and _is_date(second) else "database")
    if by in {"source", "scope"} and selection.get("scope") is not None:
        raise click.UsageError(f"--scope goes with dates and databases, not with --by {by}.")
    if by == "date" and selection.get("as_of"):
        raise click.UsageError("A and B are dates already: remove --as-of.")
    found = _compare(first, second, by, selection, database)
    about: list[Words] = [
        (f"A, {first}: {found.before.description('en')}.", f"А, {first}: {found.before.description('uk')}."),
        (f"B, {second}: {found.after.description('en')}.", f"Б, {second}: {found.after.description('uk')}."),
        _DEFINED[by],
    ]
    if caveat := found.after.filters.caveat():
        about.append((caveat, found.after.filters.caveat("uk")))
    listed = _list([each for each in found.differences if not only or each.change in only])
    if output.format in {Format.TABLE, Format.MD}:
        listed = listed.first(limit)
    write_report(Report(about=tuple(about), tables=(listed, _counts(found))), output, lang)


def _compare(first: str, second: str, by: By, selection: "Selection", database: Database) -> "Comparison":
    if by != "database":
        with database.open() as graph:
            return graph.compare(first, second, by=by, **selection)
    from twingraph.queries.analyses.compare import compare as compare_networks

    networks = []
    for address in (first, second):
        with Database(address, database.password_file).open() as graph:
            networks.append(graph.network(**selection))
    return compare_networks(*networks)


def _is_date(text: str) -> bool:
    from twingraph.graph.dates import parse_date

    try:
        parse_date(text)
    except ValueError:
        return False
    return True


def _counts(found: "Comparison") -> ReportTable:
    rows: list[tuple[str, str, int]] = [
        (*_CHANGES[change], found.count(change)) for change in ("new", "gone", "changed")
    ]
    rows += [
        ("same", "те саме", found.same),
        ("places only in B", "місця лише в Б", found.places_new),
        ("places only in A", "місця лише в А", found.places_gone),
    ]
    return ReportTable(
        name="counts",
        title=("How many?", "Скільки?"),
        columns=("what", "what_uk", "count"),
        heads_uk=("що", "що", "кількість"),
        records=rows,
    )


def _list(rows: "list[Difference]") -> ReportTable:
    from twingraph.queries.analyses.compare import fact

    return ReportTable(
        name="partnerships",
        title=("What is new, gone or changed?", "Що нового, що зникло, що змінилося?"),
        columns=(
            "change", "change_uk", "a", "a_uk", "a_country", "b", "b_uk", "b_country", "kinds", "status", "since",
            "until", "was", "id",
        ),
        heads_uk=(
            "зміна", "зміна", "одне", "одне", "країна", "інше", "інше", "країна", "вид", "стан", "від", "до", "було",
            "id",
        ),
        records=[
            (
                *_CHANGES[each.change], *place_cells(each.one), *place_cells(each.other), list(each.now.kinds),
                each.now.status, each.now.since, each.now.until,
                [f"{name}: {(each.before and fact(each.before, name)) or '—'}" for name in each.facts], each.now.id,
            )
            for each in rows
        ],
        empty=("Nothing: the two are the same.", "Нічого: вони однакові."),
    )  # fmt: skip
