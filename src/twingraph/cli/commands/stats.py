"""``twingraph stats``: what the database holds, counted, and what its network is like, measured."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from twingraph.cli.network_options import ScopeName, filter_options, scope_option
from twingraph.cli.options import Database, Lang, db_options, examples, lang_option, output_options
from twingraph.cli.output import Format, Output, markdown, notice
from twingraph.cli.plot import check_plot, plot_option, source_line, write_plot
from twingraph.queries.filters import Filters

if TYPE_CHECKING:
    from twingraph.queries.analyses.network import Network
    from twingraph.queries.analyses.structure import Structure
    from twingraph.queries.stats import Section

__all__ = ["stats"]

_TITLES = {
    "totals": ("In all", "Усього"),
    "nodes": ("Nodes by label", "Вузли за міткою"),
    "relationships": ("Relationships by type", "Зв’язки за типом"),
    "kinds": ("Partnerships by kind", "Партнерства за видом"),
    "statuses": ("Partnerships by status", "Партнерства за станом"),
    "countries": ("By country", "За країною"),
    "datasets": ("By dataset", "За набором даних"),
    "publishers": ("By publisher of the page cited", "За видавцем сторінки, на яку посилаються"),
    "structure": ("The network as a whole", "Мережа в цілому"),
    "degrees": ("Places by number of partners", "Місця за кількістю партнерів"),
    "distances": ("Pairs of places by distance in steps", "Пари місць за відстанню в кроках"),
}
_MEASURED = ("structure", "degrees", "distances")
_LONG = ("degrees", "distances")
"""Sections that eyes see only when they ask for them."""
_STEPS = (
    "Partners: different places that a place is paired with. Steps: in the largest component, counted exactly.",
    "Партнери: різні місця, з якими місце має пару. Кроки: у найбільшій компоненті, пораховано точно.",
)
_COLUMNS_UK = {
    "name": "назва", "count": "кількість", "label": "мітка", "type": "тип", "kind": "вид", "status": "стан",
    "country": "країна", "municipalities": "громади й міста", "partnerships": "партнерства", "dataset": "набір",
    "title": "назва", "statements": "твердження", "publisher": "видавець", "pages": "сторінки", "measure": "показник",
    "value": "значення", "degree": "партнерів", "places": "місця", "steps": "кроки", "pairs": "пари",
}  # fmt: skip
_TOTALS_UK = {
    "municipalities": "громади й міста", "unplaced": "без координат", "partnerships": "партнерства",
    "disputed": "спірні", "domestic_partnerships": "партнерства в межах країни", "pairs": "пари",
    "domestic_pairs": "пари в межах країни", "statements": "твердження",
}  # fmt: skip


@click.command(
    epilog=examples(
        "twingraph stats",
        "twingraph stats --section structure --scope UA --as-of 2022-02-24",
        "twingraph stats --section countries --format csv",
        "twingraph stats --plot partners.svg",
        "twingraph stats --explain",
    )
)
@click.option(
    "--section",
    "wanted",
    type=click.Choice(list(_TITLES)),
    multiple=True,
    help="Show this section only. Can be given several times.",
)
@click.option("--explain", is_flag=True, help="Say how each measure of the network is defined, and do nothing else.")
@click.option(
    "--rounds",
    type=click.IntRange(min=0),
    default=1000,
    show_default=True,
    metavar="N",
    help="Sets of degrees drawn for the p-value of the power law; 0 leaves it out.",
)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Seed of those draws.")
@scope_option
@filter_options
@db_options
@plot_option
@output_options
@lang_option
def stats(
    *,
    wanted: tuple[str, ...],
    explain: bool,
    rounds: int,
    seed: int,
    scope: ScopeName,
    filters: Filters,
    database: Database,
    plot: Path | None,
    output: Output,
    lang: Lang,
) -> None:
    """Count what the database holds, and measure its network.

    A partnership is one pair of places and one kind; a pair has at least one partnership; it is domestic where both
    places lie in one country. The measures of the network are exact, and follow KONECT's handbook where it has them:
    --explain defines each. With a scope or a choice of partnerships (--kind, --as-of …) both are of that network alone,
    and the sections nodes, relationships, datasets and publishers are left out.

    JSON is an object with one entry for each section; CSV and JSON Lines have a row for each number. Their names are
    the same in every language. Tables leave out degrees and distances unless they are asked for; --plot draws them.
    """
    if explain:
        _explain(output, lang)
        return
    from twingraph.cli.progress import shown_progress
    from twingraph.queries.analyses.structure import measure
    from twingraph.queries.stats import STORE_SECTIONS, count, count_network

    whole = scope.name is None and not filters
    if not whole and (beside := [name for name in wanted if name in STORE_SECTIONS]):
        raise click.UsageError(f"The section {beside[0]} counts the whole database: ask for it without a choice.")
    check_plot(plot, force=output.force)
    with database.open() as store:
        network = scope.read(store, filters)
        source = source_line(store, lang)
        sections = list((count(store) if whole else count_network(store, network)).sections)
    if plot is not None or not wanted or set(wanted) & set(_MEASURED):
        with shown_progress(None) as progress:
            found = measure(network, rounds=rounds, seed=seed, progress=progress.fraction)
        sections += _measured(found)
        if plot is not None:
            _draw(found, network, plot, source=source, force=output.force, lang=lang)
    sections = [section for section in sections if not wanted or section.name in wanted]
    _write(sections, network, output, lang, long=bool(wanted))
    _tell_of_nothing(network)


def _draw(found: "Structure", network: "Network", plot: Path, *, source: str, force: bool, lang: Lang) -> None:
    from twingraph.charts.subjects import structure_chart

    chart = structure_chart(
        found.degree_counts,
        found.distance_counts,
        subtitle=network.description(lang),
        notes=list(filter(None, (network.filters.caveat(lang), _STEPS[lang == "uk"]))),
        source=source,
        lang=lang,
    )
    write_plot(chart, plot, force=force)


def _write(sections: "list[Section]", network: "Network", output: Output, lang: Lang, *, long: bool) -> None:
    match output.format:
        case Format.JSON:
            output.document(_which(network) | {section.name: _objects(section) for section in sections})
        case Format.CSV | Format.JSONL:
            rows = [("network", name, "value", value) for name, value in _which(network)["network"].items()]
            output.rows(("section", "name", "measure", "value"), [*rows, *_tidy(sections)])
        case Format.MD:
            shown = [section for section in sections if long or section.name not in _LONG]
            output.text("\n\n".join([_said_of(network, lang), *(_markdown(section, lang) for section in shown)]))
        case Format.TABLE:
            shown = [section for section in sections if long or section.name not in _LONG]
            _tables(shown, network, output, lang)


def _which(network: "Network") -> dict[str, dict[str, object]]:
    """Say in plain types which network was asked about."""
    filters = network.filters
    return {
        "network": {
            "description": network.description(),
            "scope": network.scope.id or None,
            "ties": network.ties_of_scope,
            "kinds": sorted(filters.kinds) or None,
            "statuses": sorted(filters.statuses) or None,
            "themes": sorted(filters.themes) or None,
            "since": filters.since,
            "until": filters.until,
            "as_of": filters.as_of,
            "caveat": filters.caveat() or None,
        }
    }


def _said_of(network: "Network", lang: Lang) -> str:
    return " ".join(filter(None, (f"{network.description(lang)}.", network.filters.caveat(lang))))


def _measured(found: "Structure") -> "list[Section]":
    from twingraph.queries.analyses.structure import network_measures
    from twingraph.queries.stats import Section

    values = tuple((each.name, getattr(found, each.name)) for each in network_measures())
    return [
        Section("structure", ("measure", "value"), ("measure",), values),
        Section("degrees", ("degree", "places"), ("degree",), found.degree_counts),
        Section("distances", ("steps", "pairs"), ("steps",), found.distance_counts),
    ]


def _explain(output: Output, lang: Lang) -> None:
    from twingraph.queries.analyses.structure import network_measures

    rows = [
        (each.name, each.title_uk if lang == "uk" else each.title, each.group, each.definition)
        for each in network_measures()
    ]
    if output.format is Format.TABLE:
        output.text("\n".join(f"{title} ({name})\n    {text}" for name, title, _group, text in rows))
        return
    output.rows(("measure", "title", "group", "definition"), rows)


def _tell_of_nothing(network: "Network") -> None:
    if not network.ties_in_store:
        notice("The database holds no partnership: `twingraph load` fills it.")
    elif not network.ties:
        notice("No partnership is of this choice: choose a larger scope, or fewer conditions.")


def _objects(section: "Section") -> object:
    if section.name in {"totals", "structure"}:
        return {str(name): value for name, value in section.records}
    return [dict(zip(section.columns, record, strict=True)) for record in section.records]


def _tidy(sections: "list[Section]") -> list[tuple[object, ...]]:
    return [
        (section.name, record[0], column, value)
        for section in sections
        for record in section.records
        for column, value in zip(section.columns, record, strict=True)
        if column not in section.keys
    ]


def _told(section: "Section", lang: Lang) -> tuple[list[str], list[list[object]]]:
    """Return heads and rows for eyes, in the language: one column of names, totals by their Ukrainian words."""
    shown = [column for column in section.columns if column != ("name" if lang == "uk" else "name_uk")]
    if "name_uk" not in section.columns:
        shown = list(section.columns)
    places = [section.columns.index(column) for column in shown]
    heads = [column.removesuffix("_uk") for column in shown]
    rows = [[record[place] for place in places] for record in section.records]
    if section.name == "totals":
        words = _TOTALS_UK if lang == "uk" else {}
        rows = [[words.get(str(name), str(name).replace("_", " ")), n] for name, n in rows]
    if section.name == "structure":
        rows = _read_easily(rows, lang)
    nameless = "невідомо" if lang == "uk" else "not known"
    rows = [[nameless if row[0] is None else row[0], *row[1:]] for row in rows]
    return [_COLUMNS_UK.get(head, head) if lang == "uk" else head for head in heads], rows


def _read_easily(rows: list[list[object]], lang: Lang) -> list[list[object]]:
    """Return the measures with their titles, and with as many digits as eyes need."""
    from twingraph.queries.analyses.structure import network_measures

    titles = {each.name: each.title_uk if lang == "uk" else each.title for each in network_measures()}
    undefined = "не визначено" if lang == "uk" else "not defined"
    return [
        [
            titles[str(name)],
            undefined if value is None else f"{value:.4g}" if isinstance(value, float) else f"{value:,}",
        ]
        for name, value in rows
    ]


def _title(section: "Section", lang: Lang) -> str:
    return _TITLES[section.name][lang == "uk"]


def _markdown(section: "Section", lang: Lang) -> str:
    return f"## {_title(section, lang)}\n\n" + "\n".join(markdown(*_told(section, lang)))


def _tables(sections: "list[Section]", network: "Network", output: Output, lang: Lang) -> None:
    from twingraph.cli.files import open_output
    from twingraph.cli.tables import write_table
    from twingraph.cli.text import safe

    def write(stream: TextIO) -> None:
        stream.write(safe(_said_of(network, lang)) + "\n")
        for section in sections:
            stream.write("\n")
            write_table(*_told(section, lang), stream, title=_title(section, lang))

    if output.path is None:
        write(sys.stdout)
        return
    with open_output(output.path, force=output.force) as stream:
        write(stream)
