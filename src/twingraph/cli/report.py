"""An answer as tables and sentences, and the one place that writes it in each format.

Tables and Markdown show the sentences with the tables, in the language of the user. JSON is an object with the
sentences as ``about`` and one array for each table. CSV and JSON Lines have the rows of the first table, and the
sentences go to stderr. Names of columns are the same in every language. Of two columns ``name`` and ``name_uk``, a
table shows one.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TextIO

from twingraph.cli.options import Lang
from twingraph.cli.output import Format, Output, as_json, markdown, markdown_text, notice
from twingraph.cli.text import cell, safe
from twingraph.text.plurals import counted

if TYPE_CHECKING:
    from twingraph.cli.workbook import Sheet
    from twingraph.queries.analyses.network import Network, NetworkPlace

__all__ = [
    "EMPTY_DATABASE",
    "Report",
    "ReportTable",
    "Words",
    "describe_network",
    "empty_notes",
    "excluded_pairs",
    "network_sentence",
    "place_cells",
    "rounded",
    "warn_of_one_country",
    "write_report",
]

type Words = tuple[str, str]
"""A text in English and in Ukrainian."""

EMPTY_DATABASE: Words = (
    "The database has no partnerships: `twingraph load` fills it.",
    "База не має жодного партнерства: її заповнює `twingraph load`.",
)
EMPTY_SELECTION: Words = (
    "No partnership matches: choose a larger scope, or fewer filters.",
    "Жодне партнерство не відповідає вибору: візьміть ширший обсяг або менше умов.",
)
ONE_COUNTRY_PERCENT = 80
"""From this share of pairs with an end in one country, the data counts as collected around it (chosen by hand)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTable:
    """One table.

    Attributes
    ----------
    name
        Its stable name, the key in JSON.
    title
        A line above it in tables and Markdown.
    columns
        Stable names of the columns.
    heads_uk
        Ukrainian heads, in the same order; without them, the names.
    records
        One sequence a row.
    facts
        Lines below the title, such as ``region: Zhytomyr``.
    empty
        The text in place of a table without rows.
    digits
        Significant digits of fractions in tables and Markdown; ``None`` is all.
    """

    name: str
    columns: tuple[str, ...]
    records: Sequence[Sequence[object]]
    title: Words | None = None
    heads_uk: tuple[str, ...] = ()
    facts: Sequence[Words] = ()
    empty: Words = ("None.", "Немає.")
    digits: int | None = None

    def first(self, limit: int) -> "ReportTable":
        """Return the first `limit` rows, under a title that says so; all rows where `limit` is 0 or large enough."""
        total = len(self.records)
        if not limit or total <= limit or self.title is None:
            return self
        title = (
            f"{self.title[0]} (the first {limit:,} of {total:,}; --limit 0 shows all)",
            f"{self.title[1]} (перші {limit} з {total}; --limit 0 показує всі)",
        )
        return replace(self, title=title, records=self.records[:limit])

    def objects(self) -> list[dict[str, object]]:
        """Return a dict of JSON types for each row."""
        return [dict(zip(self.columns, map(as_json, record), strict=True)) for record in self.records]

    def shown(self, lang: Lang) -> tuple[list[str], list[list[object]]]:
        """Return heads and rows in one language: of a name in two languages, that one."""
        uk, names = lang == "uk", self.columns
        twice = {name for name in names if f"{name}_uk" in names}
        order = [at for at, name in enumerate(names) if name.removesuffix("_uk") not in twice or name in twice]
        other = {at: names.index(f"{names[at]}_uk") for at in order if names[at] in twice} if uk else {}
        rows = [
            [self._rounded((record[other[at]] or record[at]) if at in other else record[at]) for at in order]
            for record in self.records
        ]
        heads = [self.heads_uk[at] if uk and self.heads_uk else names[at].replace("_", " ") for at in order]
        return heads, rows

    def _rounded(self, value: object) -> object:
        return float(f"{value:.{self.digits}g}") if self.digits and isinstance(value, float) else value


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Tables with sentences.

    Attributes
    ----------
    tables
        The tables; CSV has the first one.
    about
        Which network it is, how numbers are defined: one or more sentences each.
    intro
        A line above the tables.
    notes
        Sentences for stderr, whatever the format.
    rows
        What CSV and JSON Lines hold, if not the first table.
    document
        What JSON holds, if not the tables.
    plain
        Whether JSON is the rows of the first table alone.
    """

    tables: tuple[ReportTable, ...]
    about: tuple[Words, ...] = ()
    intro: Words | None = None
    notes: tuple[Words, ...] = ()
    rows: ReportTable | None = None
    document: object = None
    plain: bool = False


def write_report(report: Report, output: Output, lang: Lang) -> None:
    """Write a report in the format that the user wants.

    Raises
    ------
    twingraph.errors.OutputError
        The file cannot be written.
    """
    uk = lang == "uk"
    about = [each[uk] for each in report.about]
    rows = report.rows or report.tables[0]
    match output.format:
        case Format.JSON if report.document is not None:
            output.document(report.document)
        case Format.JSON if not report.plain:
            output.document({"about": about} | {table.name: table.objects() for table in report.tables})
        case Format.CSV | Format.JSON | Format.JSONL:
            for each in about:
                notice(each)
            output.rows(rows.columns, rows.records)
        case Format.MD:
            texts = [
                *([report.intro[uk]] if report.intro else []),
                *(_markdown(table, lang) for table in report.tables),
            ]
            output.text("\n\n".join([*texts, *about]))
        case Format.XLSX:
            output.sheets(_sheets(report, about, lang))
        case Format.TABLE:
            with output.text_stream() as stream:
                _write_tables(report, about, stream, lang)
    for note in report.notes:
        notice(note[uk])


def _sheets(report: Report, about: Sequence[str], lang: Lang) -> "Iterator[Sheet]":
    """Yield a sheet for each table, and one about the source."""
    from twingraph.cli.provenance import source_sheet
    from twingraph.cli.workbook import Sheet

    uk = lang == "uk"
    for table in report.tables:
        heads, rows = replace(table, digits=None).shown(lang)
        yield Sheet(table.title[uk] if table.title else table.name.replace("_", " "), heads, rows)
    intro = [report.intro[uk]] if report.intro else []
    yield source_sheet(
        lang,
        questions=[table.title[uk] for table in report.tables if table.title],
        facts=[fact[uk] for table in report.tables for fact in table.facts],
        notes=[*intro, *about, *(note[uk] for note in report.notes)],
    )


def _markdown(table: ReportTable, lang: Lang) -> str:
    uk = lang == "uk"
    heads, rows = table.shown(lang)
    title = f"## {table.title[uk]}" if table.title else ""
    facts = "\n".join(f"- {markdown_text(each[uk])}" for each in table.facts)
    body = "\n".join(markdown(heads, rows)) if rows or table.title is None else table.empty[uk]
    return "\n\n".join(filter(None, (title, facts, body)))


def _write_tables(report: Report, about: Sequence[str], stream: TextIO, lang: Lang) -> None:
    from rich.cells import cell_len
    from rich.text import Text

    from twingraph.cli.tables import console_for, write_table

    uk = lang == "uk"
    if report.intro:
        stream.write(safe(report.intro[uk]) + "\n\n")
    for number, table in enumerate(report.tables):
        heads, rows = table.shown(lang)
        if number:
            stream.write("\n")
        if table.title:
            title = cell(table.title[uk])
            console_for(stream, natural=cell_len(title) + 1).print(Text(title, style="bold"))
        stream.writelines(cell(each[uk]) + "\n" for each in table.facts)
        if rows or table.title is None:
            write_table(heads, rows, stream)
        else:
            stream.write(safe(table.empty[uk]) + "\n")
    if report.tables[0].title and not report.intro:
        stream.write("\n")
    stream.writelines(safe(each) + "\n" for each in about)


def network_sentence(network: "Network") -> Words:
    """Return which network an answer is of, and what unknown dates mean in it, as one line."""
    caveat = network.filters.caveat
    return (
        " ".join(filter(None, (f"{network.description('en')}.", caveat("en")))),
        " ".join(filter(None, (f"{network.description('uk')}.", caveat("uk")))),
    )


def describe_network(network: "Network") -> list[Words]:
    """Return which network an answer is of, what unknown dates mean in it, and what to do if it is empty."""
    filters = network.filters
    about = [(f"{network.description('en')}.", f"{network.description('uk')}.")]
    if filters.caveat():
        about.append((filters.caveat("en"), filters.caveat("uk")))
    return about + empty_notes(network)


def empty_notes(network: "Network") -> list[Words]:
    """Return what to do if the network is empty."""
    if not network.ties_in_store:
        return [EMPTY_DATABASE]
    return [] if network.ties else [EMPTY_SELECTION]


def excluded_pairs(pairs: int) -> list[Words]:
    """Return how many pairs do not count, where some do not."""
    if not pairs:
        return []
    return [
        (
            f"Not counted: {counted('en', pairs, 'pair')}, since the region or country of an end is not known.",
            f"Не враховано: {counted('uk', pairs, 'pair')}, бо регіон чи країна одного з кінців невідомі.",
        )
    ]


def warn_of_one_country(network: "Network", names: Mapping[str, Words]) -> list[Words]:
    """Return a warning where nearly all pairs have an end in one country: chance within such data means little."""
    touching = Counter(
        country
        for one, other in network.pairs
        for country in {network.places[one].country, network.places[other].country}
        if country
    )
    if not touching:
        return []
    country, count = touching.most_common(1)[0]
    percent = 100 * count / len(network.pairs)
    if percent < ONE_COUNTRY_PERCENT:
        return []
    english, ukrainian = names.get(country, (country, country))
    return [
        (
            f"Note: {percent:.0f} % of the pairs have an end in {english}, so the data was collected around it. Chance"
            " then only redistributes its partners: to compare with chance, use data about all countries.",
            f"Увага: {percent:.0f} % пар мають кінець у країні {ukrainian}, тобто дані зібрано навколо неї. Випадок"
            " тоді лише перерозподіляє її партнерів: для порівняння з випадком беріть дані про всі країни.",
        )
    ]


def place_cells(place: "NetworkPlace") -> tuple[str, str, str | None]:
    """Return name, Ukrainian name and country of a place."""
    return place.name, place.called("uk"), place.country


def rounded(value: float | None, digits: int = 1) -> float | None:
    """Round a number that may be unknown."""
    return None if value is None else round(value, digits or None)
