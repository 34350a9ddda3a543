"""The formats of rows: table, CSV, JSON, JSON Lines, Markdown, workbook.

- ``table``: for reading. On a terminal it folds to the width; in a pipe or a file it is as wide as its content.
- ``csv``: RFC 4180, UTF-8, comma, CRLF. A text that a spreadsheet would run as a formula (it begins with ``=``, ``+``,
  ``-``, ``@``, their full-width forms, a tab or a line end) gets an apostrophe in front; numbers do not. JSON keeps
  every text.
- ``json``: an array of objects; ``jsonl``: an object a line; ``md``: a GitHub table.
- ``xlsx``: a workbook (:mod:`twingraph.cli.workbook`).
"""

import csv
import json
import math
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from twingraph.cli.files import check_output, format_of_file, open_output
from twingraph.cli.text import cell, safe
from twingraph.errors import OutputError
from twingraph.graph.store import Path as GraphPath
from twingraph.graph.store import Relationship, Vertex

if TYPE_CHECKING:
    from twingraph.cli.workbook import Sheet

__all__ = [
    "ENDINGS",
    "Format",
    "Output",
    "as_json",
    "as_text",
    "dump",
    "markdown",
    "markdown_text",
    "names_of",
    "notice",
]


_ESCAPED = {
    code: f"\\u{code:04x}"
    for code in (
        *range(0x7F, 0xA0),
        *(0x61C, 0x200B, 0x200E, 0x200F, 0x2028, 0x2029, 0xFEFF),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        *range(0xD800, 0xE000),
    )
}
"""Control characters and overrides of direction, as JSON escapes."""
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
"""First characters of a text that a spreadsheet runs as a formula (OWASP: CSV injection)."""
_MD = str.maketrans({**{each: "\\" + each for each in "\\|[]*`"}, "<": "&lt;", ">": "&gt;", "&": "&amp;"})


def as_text(value: object) -> str:  # noqa: PLR0911 - one return for each type of value
    """Return `value` as text; unknown is empty, a list is joined by ``"; "``."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case Vertex():
            name = value.properties.get("name") or value.properties.get("title") or value.properties.get("id") or ""
            node_id = value.properties.get("id")
            tail = f" {node_id}" if node_id not in {None, name} else ""
            return f"{as_text(name)} [{':'.join(value.labels)}{tail}]".lstrip()
        case Relationship():
            facts = as_text(value.properties)
            return f"{value.type} {facts}" if value.properties else value.type
        case GraphPath():
            steps = [as_text(value.nodes[0])] if value.nodes else []
            for relationship, node in zip(value.relationships, value.nodes[1:], strict=True):
                steps += [f"–{relationship.type}–", as_text(node)]
            return " ".join(steps)
        case Mapping():
            return "{" + ", ".join(f"{key}: {as_text(each)}" for key, each in sorted(value.items())) + "}"
        case list() | tuple():
            return "; ".join(map(as_text, value))
        case _:
            return str(value)


def as_json(value: object) -> object:  # noqa: PLR0911
    """Return `value` as JSON can hold it, the same from every engine: nodes, relationships and paths as objects."""
    match value:
        case float():
            return value if math.isfinite(value) else None
        case None | bool() | int() | str():
            return value
        case Vertex():
            return {"labels": list(value.labels), "properties": as_json(value.properties)}
        case Relationship():
            return {"type": value.type, "properties": as_json(value.properties)}
        case GraphPath():
            return {"nodes": as_json(value.nodes), "relationships": as_json(value.relationships)}
        case Mapping():
            return {str(key): as_json(each) for key, each in sorted(value.items())}
        case list() | tuple():
            return [as_json(each) for each in value]
        case _:
            return str(value)


def dump(value: object, *, indent: int | None = None) -> str:
    """Return JSON text that is safe on a terminal: control characters are escaped."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    return text if text.isascii() and text.isprintable() else text.translate(_ESCAPED)


def names_of(columns: tuple[str, ...]) -> list[str]:
    """Return unique names of columns: a second ``name`` becomes ``name_2``."""
    names: list[str] = []
    for column in columns:
        name, count = column, 1
        while name in names:
            count += 1
            name = f"{column}_{count}"
        names.append(name)
    return names


class Format(StrEnum):
    """The formats of a result."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"
    MD = "md"
    XLSX = "xlsx"


ENDINGS = {
    ".txt": Format.TABLE,
    ".csv": Format.CSV,
    ".json": Format.JSON,
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".md": Format.MD,
    ".markdown": Format.MD,
    ".xlsx": Format.XLSX,
}
"""The endings of files, each with its format."""


@dataclass(frozen=True, slots=True)
class Output:
    """Where and how the user wants the result.

    Attributes
    ----------
    format
        The format.
    path
        The file, or ``None`` for standard output.
    force
        Whether an existing file may be replaced.
    for_excel
        Whether CSV is that of an Excel in Ukrainian, Polish or German: semicolons, decimal commas, and a byte order
        mark, without which it does not read UTF-8.
    """

    format: Format = Format.TABLE
    path: Path | None = None
    force: bool = False
    for_excel: bool = False

    @classmethod
    def choose(
        cls, format_name: str | None, path: Path | None, *, force: bool = False, for_excel: bool = False
    ) -> "Output":
        """Return the output that the options mean: by the ending of the file or ``--format``, else a table.

        Raises
        ------
        twingraph.errors.OutputError
            The file cannot be written, no format has its ending, its ending contradicts ``--format``, or what is
            for Excel is no CSV; this is checked before any work.
        """
        if for_excel and format_name is None and path is None:
            format_name = Format.CSV
        chosen = format_of_file(path, ENDINGS, format_name, option="--format") or Format.TABLE
        if path is not None:
            check_output(path, force=force)
        elif chosen is Format.XLSX and sys.stdout.isatty():
            raise OutputError("A terminal cannot show a workbook.", "Name a file: -o answer.xlsx.")
        if for_excel and chosen is not Format.CSV:
            raise OutputError("--excel is about CSV alone.", "Write CSV: --format csv or -o FILE.csv, or leave it out.")
        return cls(chosen, path, force, for_excel)

    def rows(self, columns: Sequence[str], records: Iterable[Sequence[object]]) -> None:
        """Write rows.

        Parameters
        ----------
        columns
            Their names, in order.
        records
            One sequence a row, as long as `columns`; values as in :class:`twingraph.graph.store.Rows`.

        Raises
        ------
        twingraph.errors.OutputError
            The file cannot be written.
        """
        names = names_of(tuple(columns))
        if self.format is Format.TABLE:
            from twingraph.cli.tables import write_table

            with self.text_stream() as stream:
                write_table(names, records, stream)
            return
        if self.format is Format.XLSX:
            from twingraph.cli.provenance import command_name, language_asked, source_sheet
            from twingraph.cli.workbook import Sheet

            self.sheets(
                [
                    Sheet(command_name() or "rows", names, records),
                    source_sheet(language_asked(), questions=(), facts=(), notes=()),
                ]
            )
            return
        harmless = self.path is None and sys.stdout.isatty()
        with open_output(self.path, force=self.force) as stream:
            match self.format:
                case Format.CSV:
                    _write_csv(names, records, stream, harmless=harmless, for_excel=self.for_excel)
                case Format.JSON:
                    _write_json(names, records, stream)
                case Format.JSONL:
                    for record in records:
                        stream.write(dump(_object(names, record)) + "\n")
                case Format.MD:
                    for line in markdown(names, records):
                        stream.write(line + "\n")

    def sheets(self, sheets: "Iterable[Sheet]") -> None:
        """Write a workbook.

        Raises
        ------
        twingraph.errors.OutputError
            The file cannot be written, or a sheet has too many rows.
        """
        from twingraph.cli.workbook import write_workbook

        with open_output(self.path, force=self.force) as stream:
            stream.flush()
            write_workbook(sheets, stream.buffer)

    @contextmanager
    def text_stream(self) -> Iterator[TextIO]:
        """Open the file, or standard output in the terminal's encoding, for text to read."""
        if self.path is None:
            yield sys.stdout
            return
        with open_output(self.path, force=self.force) as stream:
            yield stream

    def text(self, text: str) -> None:
        """Write a finished text (a terminal gets it free of control characters)."""
        if self.path is None:
            click.echo(safe(text), file=sys.stdout, nl=not text.endswith("\n"))
            return
        with open_output(self.path, force=self.force) as stream:
            stream.write(text if text.endswith("\n") else text + "\n")

    def document(self, value: object) -> None:
        """Write one value of plain JSON types, in its own order: indented for ``json``, on one line for ``jsonl``."""
        with open_output(self.path, force=self.force) as stream:
            stream.write(dump(value, indent=2 if self.format is Format.JSON else None) + "\n")


def markdown(columns: Sequence[str], records: Iterable[Sequence[object]]) -> Iterable[str]:
    """Yield the lines of a GitHub table; no cell can start a link, HTML or another cell."""
    yield _md_row(columns)
    yield "| " + " | ".join("---" for _ in columns) + " |"
    for record in records:
        yield _md_row(record)


def markdown_text(value: object) -> str:
    """Return a value as one line of Markdown that cannot start a link, HTML or a cell."""
    return cell(as_text(value)).translate(_MD).strip()


def notice(text: str) -> None:
    """Print a sentence on stderr."""
    click.echo(safe(text), file=sys.stderr)


def _write_csv(
    columns: Sequence[str],
    records: Iterable[Sequence[object]],
    stream: TextIO,
    *,
    harmless: bool,
    for_excel: bool = False,
) -> None:
    if for_excel:
        stream.write("\ufeff")
    writer = csv.writer(stream, lineterminator="\r\n", delimiter=";" if for_excel else ",")
    writer.writerow(map(_csv_cell, columns))
    for record in records:
        cells = [_csv_cell(value, for_excel=for_excel) for value in record]
        writer.writerow(map(safe, cells) if harmless else cells)


def _csv_cell(value: object, *, for_excel: bool = False) -> str:
    text = as_text(value)
    if for_excel and isinstance(value, float):
        return text.replace(".", ",")
    if text[:1] in _FORMULA and not isinstance(value, int | float):
        return "'" + text
    return text


def _write_json(columns: Sequence[str], records: Iterable[Sequence[object]], stream: TextIO) -> None:
    first = True
    for record in records:
        stream.write(("[\n" if first else ",\n") + "  " + dump(_object(columns, record)))
        first = False
    stream.write("[]\n" if first else "\n]\n")


def _object(columns: Sequence[str], record: Sequence[object]) -> dict[str, object]:
    return dict(zip(columns, map(as_json, record), strict=True))


def _md_row(values: Sequence[object]) -> str:
    return "| " + " | ".join(map(markdown_text, values)) + " |"
