"""``twingraph stats``: what the database holds, counted."""

import sys
from typing import TYPE_CHECKING, TextIO

import click

from twingraph.cli.options import Database, Lang, db_options, examples, lang_option, output_options
from twingraph.cli.output import Format, Output, markdown, notice

if TYPE_CHECKING:
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
}
_COLUMNS_UK = {
    "name": "назва", "count": "кількість", "label": "мітка", "type": "тип", "kind": "вид", "status": "стан",
    "country": "країна", "municipalities": "громади й міста", "partnerships": "партнерства", "dataset": "набір",
    "title": "назва", "statements": "твердження", "publisher": "видавець", "pages": "сторінки",
}  # fmt: skip
_TOTALS_UK = {
    "municipalities": "громади й міста", "unplaced": "без координат", "partnerships": "партнерства",
    "disputed": "спірні", "domestic_partnerships": "партнерства в межах країни", "pairs": "пари",
    "domestic_pairs": "пари в межах країни", "statements": "твердження",
}  # fmt: skip


@click.command(epilog=examples("twingraph stats", "twingraph stats --section countries --format csv"))
@click.option(
    "--section",
    "wanted",
    type=click.Choice(list(_TITLES)),
    multiple=True,
    help="Show this section only. Can be given several times.",
)
@db_options
@output_options
@lang_option
def stats(*, wanted: tuple[str, ...], database: Database, output: Output, lang: Lang) -> None:
    """Count what the database holds.

    A partnership is one pair of places and one kind; a pair has at least one partnership; it is domestic where both
    places lie in one country.

    JSON is an object with one array for each section; CSV and JSON Lines have a row for each count. Their names are
    the same in every language.
    """
    from twingraph.queries.stats import count

    with database.open() as store:
        sections = [section for section in count(store).sections if not wanted or section.name in wanted]
    match output.format:
        case Format.JSON:
            output.document({section.name: _objects(section) for section in sections})
        case Format.CSV | Format.JSONL:
            output.rows(("section", "name", "measure", "value"), _tidy(sections))
        case Format.MD:
            output.text("\n\n".join(_markdown(section, lang) for section in sections))
        case Format.TABLE:
            _tables(sections, output, lang)
    if not any(n for section in sections for record in section.records for n in record if isinstance(n, int)):
        notice("The database is empty: `twingraph load` fills it.")


def _objects(section: "Section") -> object:
    if section.name == "totals":
        return {str(name): number for name, number in section.records}
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
    nameless = "невідомо" if lang == "uk" else "not known"
    rows = [[row[0] or nameless, *row[1:]] for row in rows]
    return [_COLUMNS_UK.get(head, head) if lang == "uk" else head for head in heads], rows


def _title(section: "Section", lang: Lang) -> str:
    return _TITLES[section.name][lang == "uk"]


def _markdown(section: "Section", lang: Lang) -> str:
    return f"## {_title(section, lang)}\n\n" + "\n".join(markdown(*_told(section, lang)))


def _tables(sections: "list[Section]", output: Output, lang: Lang) -> None:
    from twingraph.cli.files import open_output
    from twingraph.cli.tables import write_table

    def write(stream: TextIO) -> None:
        for number, section in enumerate(sections):
            if number:
                stream.write("\n")
            write_table(*_told(section, lang), stream, title=_title(section, lang))

    if output.path is None:
        write(sys.stdout)
        return
    with open_output(output.path, force=output.force) as stream:
        write(stream)
