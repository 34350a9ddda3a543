"""``twingraph stats``: what the database holds, counted, and what its network is like, measured."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

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
from twingraph.cli.output import Format, Output
from twingraph.cli.plot import chart_context, check_plot, plot_option, write_plot
from twingraph.cli.report import Report, ReportTable, Words, empty_notes, network_sentence, write_report

if TYPE_CHECKING:
    from twingraph.charts.model import ChartContext
    from twingraph.queries.analyses.network import Network
    from twingraph.queries.stats import Section, Stats
    from twingraph.selection import Selection

__all__ = ["stats"]

_TITLES: dict[str, Words] = {
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
"""Sections that a table has only if they are named."""
_STEPS: Words = (
    "Partners: different places that a place is paired with. Steps: in the largest component, counted exactly.",
    "Партнери: різні місця, з якими місце має пару. Кроки: у найбільшій компоненті, пораховано точно.",
)
_HEADS_UK = {
    "name": "назва", "count": "кількість", "label": "мітка", "type": "тип", "kind": "вид", "status": "стан",
    "country": "країна", "municipalities": "муніципалітети", "partnerships": "партнерства", "dataset": "набір",
    "title": "назва", "statements": "твердження", "publisher": "видавець", "pages": "сторінки", "measure": "показник",
    "value": "значення", "degree": "партнерів", "places": "місця", "steps": "кроки", "pairs": "пари",
}  # fmt: skip
_TOTALS: dict[str, Words] = {
    "municipalities": ("municipalities", "муніципалітети"),
    "raions": ("raions", "райони"),
    "counties": ("counties", "повіти"),
    "unplaced": ("without coordinates", "без координат"),
    "partnerships": ("partnerships", "партнерства"),
    "active": ("in force", "чинні"),
    "planned": ("planned", "заплановані"),
    "suspended": ("suspended", "призупинені"),
    "terminated": ("ended", "припинені"),
    "unknown": ("of unknown status", "з невідомим станом"),
    "foreign": ("foreign", "між країнами"),
    "domestic": ("inside one country", "у межах однієї країни"),
    "unknown_country": ("with an unknown country", "з невідомою країною"),
    "agreements": ("agreements within them", "угоди в їхніх межах"),
    "disputed": ("disputed", "спірні"),
    "statements": ("statements", "твердження"),
}
_PARTS = (
    "active",
    "planned",
    "suspended",
    "terminated",
    "unknown",
    "foreign",
    "domestic",
    "unknown_country",
    "disputed",
)
"""Totals that are part of the partnerships above them."""


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
    "--section", "wanted", type=click.Choice(list(_TITLES)), multiple=True, help="Only this section. Repeatable."
)
@click.option("--explain", is_flag=True, help="Print the definition of each measure, and stop.")
@click.option(
    "--rounds",
    type=click.IntRange(min=0),
    default=1000,
    show_default=True,
    metavar="N",
    help="Degree sequences drawn for the p-value of the power law; 0 skips it.",
)
@seed_option("these draws")
@selection_options
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
    selection: "Selection",
    database: Database,
    plot: Path | None,
    output: Output,
    lang: Lang,
) -> None:
    """Count what the database holds, and measure its network.

    A partnership is one pair of places, however many acts or kinds it has: those in force, planned, suspended, ended
    and of unknown status are counted apart, and so are foreign and domestic ones. The measures of the network are
    exact, and follow KONECT's handbook where it has them: --explain defines each. With a scope or a condition (--kind,
    --as-of …) both are of that network alone, without the sections nodes, relationships, datasets and publishers.

    JSON is an object with one entry for each section; CSV and JSON Lines have a row for each number. Their names are
    the same in every language. Tables have degrees and distances only if --section names them; --plot draws them.
    """
    if explain:
        _explain(output, lang)
        return
    from twingraph.cli.progress import shown_progress
    from twingraph.queries.stats import STORE_SECTIONS

    whole = selection.get("scope") is None and not any(
        selection.get(name) for name in ("kinds", "statuses", "themes", "since", "until", "as_of")
    )
    if not whole and (unfit := [name for name in wanted if name in STORE_SECTIONS]):
        raise click.UsageError(f"The section {unfit[0]} counts the whole database: give no scope and no filters.")
    check_plot(plot, force=output.force)
    with database.open() as graph:
        found = graph.stats(
            measures=plot is not None or not wanted or bool(set(wanted) & set(_MEASURED)),
            rounds=rounds,
            seed=seed,
            **selection,
        )
        titles = graph.dataset_titles()
    with shown_progress(None) as progress:
        counts = found.compute(progress.fraction)
    if plot is not None:
        _draw(
            counts,
            chart_context(found.network, titles, (found.network.filters.caveat(lang), _STEPS[lang == "uk"]), lang),
            plot,
            force=output.force,
        )
    sections = [section for section in counts.sections if not wanted or section.name in wanted]
    workbook = output.format is Format.XLSX
    write_report(_report(sections, found.network, lang, long=bool(wanted) or workbook, exact=workbook), output, lang)


def _draw(counts: "Stats", context: "ChartContext", plot: Path, *, force: bool) -> None:
    from twingraph.charts.subjects import structure_chart

    chart = structure_chart(
        cast("tuple[tuple[int, int], ...]", counts["degrees"].records),
        cast("tuple[tuple[int, int], ...]", counts["distances"].records),
        context,
    )
    write_plot(chart, plot, force=force)


def _report(sections: "list[Section]", network: "Network", lang: Lang, *, long: bool, exact: bool) -> Report:
    filters = network.filters
    about = {
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
    values = [
        (section.name, record[0], column, value)
        for section in sections
        for record in section.records
        for column, value in zip(section.columns, record, strict=True)
        if column not in section.keys
    ]
    return Report(
        intro=network_sentence(network),
        tables=tuple(_table(section, lang, exact=exact) for section in sections if long or section.name not in _LONG),
        rows=ReportTable(
            name="values",
            columns=("section", "name", "measure", "value"),
            records=[*(("network", name, "value", value) for name, value in about.items()), *values],
        ),
        document={"network": about} | {section.name: _objects(section) for section in sections},
        notes=tuple(empty_notes(network)),
    )


def _objects(section: "Section") -> object:
    if section.name in {"totals", "structure"}:
        return {str(name): value for name, value in section.records}
    return [dict(zip(section.columns, record, strict=True)) for record in section.records]


def _table(section: "Section", lang: Lang, *, exact: bool = False) -> ReportTable:
    """Return a section in one language: totals and measures by their titles, numbers rounded unless `exact`."""
    uk = lang == "uk"
    hidden = "name" if uk else "name_uk"
    shown = [column for column in section.columns if "name_uk" not in section.columns or column != hidden]
    positions = [section.columns.index(column) for column in shown]
    rows = [[record[at] for at in positions] for record in section.records]
    if section.name == "totals":
        rows = [[("  " if name in _PARTS else "") + _TOTALS[str(name)][uk], number] for name, number in rows]
    if section.name == "structure":
        from twingraph.queries.analyses.structure import network_measures

        titles = {each.name: each.title_uk if uk else each.title for each in network_measures()}
        rows = [[titles[str(name)], value if exact else _short(value, lang)] for name, value in rows]
    unknown = "невідомо" if uk else "not known"
    heads = tuple(column.removesuffix("_uk") for column in shown)
    return ReportTable(
        name=section.name,
        title=_TITLES[section.name],
        columns=heads,
        heads_uk=tuple(_HEADS_UK.get(head, head) for head in heads),
        records=[[unknown if row[0] is None else row[0], *row[1:]] for row in rows],
    )


def _short(value: object, lang: Lang) -> str:
    if value is None:
        return "не визначено" if lang == "uk" else "not defined"
    return f"{value:.4g}" if isinstance(value, float) else f"{value:,}"


def _explain(output: Output, lang: Lang) -> None:
    from twingraph.queries.analyses.structure import network_measures

    rows = [
        (each.name, each.title_uk if lang == "uk" else each.title, each.group, each.definition)
        for each in network_measures()
    ]
    if output.format is Format.TABLE:
        output.text("\n".join(f"{title} ({name})\n    {text}" for name, title, _group, text in rows))
    else:
        output.rows(("measure", "title", "group", "definition"), rows)
