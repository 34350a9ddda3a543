"""Rows as people and programs want them: table, CSV, JSON, JSON Lines, Markdown.

- ``table``: for eyes. On a terminal it folds to the width; in a pipe or a file it is as wide as its content.
- ``csv``: RFC 4180, UTF-8, comma, CRLF. A text that a spreadsheet would run as a formula (it begins with ``=``, ``+``,
  ``-``, ``@``, a tab or a line end) gets an apostrophe before it; numbers stay. JSON keeps every text.
- ``json``: an array of objects; ``jsonl``: an object a line; ``md``: a GitHub table.
"""

import csv
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TextIO

import click

from twingraph.cli.files import check_output, open_output
from twingraph.cli.text import cell, safe
from twingraph.cli.values import as_json, as_text, dump, names_of

__all__ = ["Format", "Output", "markdown", "markdown_text", "notice", "write_rows"]


class Format(StrEnum):
    """The forms in which a result is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"
    MD = "md"


_ENDINGS = {
    ".csv": Format.CSV,
    ".json": Format.JSON,
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".md": Format.MD,
    ".markdown": Format.MD,
}


@dataclass(frozen=True, slots=True)
class Output:
    """Where and how the user wants the result.

    Attributes
    ----------
    format
        The form.
    path
        The file, or ``None`` for standard output.
    force
        Whether a file that is there may be replaced.
    """

    format: Format = Format.TABLE
    path: Path | None = None
    force: bool = False

    @classmethod
    def choose(cls, format_name: str | None, path: Path | None, *, force: bool = False) -> "Output":
        """Make one from the options: without ``--format`` the file's ending tells the form, else it is a table.

        Raises
        ------
        twingraph.errors.OutputError
            The file could not be written (told now, before any work).
        """
        if path is not None:
            check_output(path, force=force)
        ending = path.suffix.lower() if path is not None else ""
        return cls(Format(format_name) if format_name else _ENDINGS.get(ending, Format.TABLE), path, force)

    def rows(self, columns: Sequence[str], records: Iterable[Sequence[object]]) -> None:
        """Write rows; see :func:`write_rows`."""
        write_rows(columns, records, format=self.format, path=self.path, force=self.force)

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


def write_rows(
    columns: Sequence[str],
    records: Iterable[Sequence[object]],
    *,
    format: Format = Format.TABLE,  # noqa: A002 - the option's name
    path: Path | None = None,
    force: bool = False,
) -> None:
    """Write rows.

    Parameters
    ----------
    columns
        Their names, in order.
    records
        One sequence a row, as long as `columns`; values as in :class:`twingraph.graph.store.Rows`.
    format, path, force
        See :class:`Output`.

    Raises
    ------
    twingraph.errors.OutputError
        The file cannot be written.
    """
    names = names_of(tuple(columns))
    if format is Format.TABLE:
        from twingraph.cli.tables import write_table

        if path is None:
            write_table(names, records, sys.stdout)
        else:
            with open_output(path, force=force) as stream:
                write_table(names, records, stream)
        return
    harmless = path is None and sys.stdout.isatty()
    with open_output(path, force=force) as stream:
        match format:
            case Format.CSV:
                _write_csv(names, records, stream, harmless=harmless)
            case Format.JSON:
                _write_json(names, records, stream)
            case Format.JSONL:
                for record in records:
                    stream.write(dump(_object(names, record)) + "\n")
            case Format.MD:
                for line in markdown(names, records):
                    stream.write(line + "\n")


def markdown(columns: Sequence[str], records: Iterable[Sequence[object]]) -> Iterable[str]:
    """Yield the lines of a GitHub table; nothing in a cell can start a link, HTML or another cell."""
    yield _md_row(columns)
    yield "| " + " | ".join("---" for _ in columns) + " |"
    for record in records:
        yield _md_row(record)


def markdown_text(value: object) -> str:
    """Return a value as text on one line of Markdown, where it can start no link, HTML or cell."""
    return cell(as_text(value)).translate(_MD).strip()


def notice(text: str) -> None:
    """Say something beside the result, on stderr."""
    click.echo(safe(text), file=sys.stderr)


def _write_csv(columns: Sequence[str], records: Iterable[Sequence[object]], stream: TextIO, *, harmless: bool) -> None:
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(map(_csv_cell, columns))
    for record in records:
        cells = map(_csv_cell, record)
        writer.writerow(map(safe, cells) if harmless else cells)


def _csv_cell(value: object) -> str:
    text = as_text(value)
    if text[:1] in _FORMULA and not isinstance(value, int | float):
        return "'" + text
    return text


_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")


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


_MD = str.maketrans({**{each: "\\" + each for each in "\\|[]*`"}, "<": "&lt;", ">": "&gt;", "&": "&amp;"})
