"""Delimited text as rows: encodings, delimiters, headers and row lengths, each fault told with its line."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from twingraph.errors import InputError
from twingraph.loaders.encodings import SAVE_AS_UTF8, detect_encoding, unreadable
from twingraph.loaders.issues import Problems

if TYPE_CHECKING:
    from _csv import Reader

__all__ = ["Row", "Table", "open_table"]

DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line that it begins on and its fields by column."""

    line: int
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A delimited file that is ready to be read.

    Attributes
    ----------
    path
        The file.
    name
        What messages call it.
    encoding, delimiter
        As found.
    columns
        Names of the columns, lower case, spaces as underscores.
    """

    path: Path
    name: str
    encoding: str
    delimiter: str
    columns: tuple[str, ...]

    def rows(self, problems: Problems) -> Iterator[Row]:
        """Yield the rows that have as many fields as the header; the others become problems.

        Raises
        ------
        InputError
            The text cannot be decoded or a quoted field never ends.
        """
        with _open(self.path, self.name, self.encoding) as file:
            reader = _reader(file, self.delimiter)
            lines = _checked(reader, self.name)
            next(lines)
            line = reader.line_num + 1
            for fields in lines:
                if len(fields) == len(self.columns):
                    yield Row(line, dict(zip(self.columns, fields, strict=True)))
                elif any(field.strip() for field in fields):
                    problems.add(
                        "wrong number of fields",
                        f"{len(fields)} where the header has {len(self.columns)}",
                        outcome="row skipped",
                        file=self.name,
                        line=line,
                    )
                line = reader.line_num + 1


def open_table(path: Path, *, encoding: str | None = None) -> Table:
    """Find out how a delimited file is written.

    Parameters
    ----------
    path
        The file.
    encoding
        Its encoding, where the user knows better than the file shows.

    Raises
    ------
    InputError
        The file cannot be read, is empty, has no header or no encoding that fits.
    """
    name = str(path)
    found = encoding or detect_encoding(path, name)
    with _open(path, name, found) as file:
        try:
            header = file.readline(1 << 16)
        except UnicodeError as error:
            raise InputError(f"the text is not {found}", SAVE_AS_UTF8, file=name, line=1) from error
        if not header:
            raise InputError("the file is empty", "Give a table with a header row.", file=name)
        if "\0" in header:
            raise InputError("this is no text file", "Give a CSV file; save a spreadsheet as CSV first.", file=name)
        delimiter = max(DELIMITERS, key=header.count)
        file.seek(0)
        columns = next(_checked(_reader(file, delimiter), name), [])
    names = tuple("_".join(column.strip().lower().split()) for column in columns)
    if not any(names):
        raise InputError("the first line is blank", "The first line names the columns.", file=name, line=1)
    repeated = sorted({column for column in names if column and names.count(column) > 1})
    if repeated:
        raise InputError(
            f"the column {repeated[0]!r} stands twice in the header", "Rename or remove one.", file=name, line=1
        )
    return Table(path, name, found, delimiter, names)


def _open(path: Path, name: str, encoding: str) -> TextIO:
    try:
        return path.open(encoding=encoding, newline="")
    except LookupError as error:
        raise InputError(f"there is no encoding called {encoding!r}", "Try utf-8 or windows-1251.") from error
    except OSError as error:
        raise unreadable(error, name) from error


def _reader(file: TextIO, delimiter: str) -> "Reader":
    return csv.reader(file, delimiter=delimiter, strict=True)


def _checked(reader: "Reader", name: str) -> Iterator[list[str]]:
    while True:
        line = reader.line_num + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "field larger" in str(error):
                cause = f"a field is longer than {csv.field_size_limit():,} characters"
            elif "unexpected end" in str(error):
                cause = "a quoted field never ends"
            else:
                cause = f"the quotes cannot be read ({error})"
            raise InputError(cause, "Look for a quote that is not closed.", file=name, line=line) from error
        except UnicodeError as error:
            raise InputError(f"the text cannot be decoded ({error})", SAVE_AS_UTF8, file=name, line=line) from error
        yield fields
