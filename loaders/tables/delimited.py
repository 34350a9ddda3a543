"""Delimited text as tables: encodings, delimiters, headers and row lengths; each fault is reported with its line."""

import csv
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TextIO

from twingraph.errors import ForeignFileError, InputError
from twingraph.loaders.intake.files import SAVE_AS_UTF8, InputFile, unreadable
from twingraph.loaders.problems import Problems
from twingraph.loaders.tables.headers import HEAD_ROWS, find_header
from twingraph.loaders.tables.options import TableOptions
from twingraph.loaders.tables.rows import Table, check_names

__all__ = ["open_delimited"]

DELIMITERS = (",", ";", "\t")
MAX_HEAD_LINE_CHARS = 1 << 16
NO_TEXT_HINT = "Give a table: CSV, XLSX, ODS or JSON."


def open_delimited(file: InputFile, is_column: Callable[[str], bool], options: TableOptions) -> tuple[Table, ...]:
    """Find the encoding, the delimiter and the header of a delimited text.

    Parameters
    ----------
    file
        The file.
    is_column
        Whether a text is the name of a column.
    options
        Holds the encoding, where the user names it.

    Raises
    ------
    InputError
        The file cannot be read, has no header or no encoding that fits. It is a
        :class:`~twingraph.errors.ForeignFileError` where its first lines do not look like a known table either.
    """
    try:
        return (_open(file, is_column, options.encoding or file.encoding),)
    except ForeignFileError:
        raise
    except InputError as error:
        if _begins_as_known(file.head, is_column):
            raise
        if b"\0" in file.head:
            raise ForeignFileError("this is no text file", NO_TEXT_HINT, file=file.name) from error
        raise ForeignFileError(error.message, error.hint) from error


def _begins_as_known(head: bytes, is_column: Callable[[str], bool]) -> bool:
    """Whether a file that cannot be opened as a table begins with the names of columns, in some encoding."""
    for encoding in ("utf-8", "windows-1251", "latin-1", "utf-16-le", "utf-16-be"):
        lines = head.decode(encoding, "replace").replace("\0", "").splitlines()[:HEAD_ROWS]
        if lines and max(_fit(lines, mark, is_column) for mark in DELIMITERS)[0]:
            return True
    return False


def _open(file: InputFile, is_column: Callable[[str], bool], encoding: str) -> Table:
    name = file.name
    with file.open_text(encoding, newline="") as text:
        try:
            head = [each for _ in range(HEAD_ROWS) if (each := text.readline(MAX_HEAD_LINE_CHARS))]
        except UnicodeError as error:
            raise InputError(f"the text is not {encoding}", SAVE_AS_UTF8, file=name, line=1) from error
        if not head:  # a byte order mark and nothing else
            raise InputError("the file is empty", "Give a table with a header row.", file=name)
        zero = next((number for number, each in enumerate(head, start=1) if "\0" in each), None)
        if zero is not None:
            raise InputError("there is a NUL byte: this is no text file", NO_TEXT_HINT, file=name, line=zero)
        delimiter = max(DELIMITERS, key=lambda mark: _fit(head, mark, is_column))
        text.seek(0)
        rows = list(islice(_checked_rows(text, delimiter, name), HEAD_ROWS))
    width = max((len(fields) for _, fields in rows), default=0)
    padded = [fields + [""] * (width - len(fields)) for _, fields in rows]
    header = find_header(padded, is_column)
    line = rows[header.row][0] if header else 1
    columns = check_names(header, name, line)
    if header is not None and header.height == 1:
        columns = columns[: len(rows[header.row][1])]
    last = header.row + header.height if header else 0

    def cells(problems: Problems) -> Iterator[tuple[int, Sequence[str]]]:
        with file.open_text(encoding, newline="") as text:
            below = _checked_rows(text, delimiter, name)
            for _ in range(last):
                next(below)
            for line, fields in below:
                if len(fields) == len(columns):
                    yield line, fields
                elif not any(map(str.strip, fields[len(columns) :])):
                    if any(map(str.strip, fields)):
                        yield line, fields[: len(columns)]
                else:
                    detail = f"{len(fields)} where the header has {len(columns)}"
                    problems.add("wrong number of fields", detail, outcome="row skipped", file=name, line=line)

    above = sum(1 for _, fields in rows[: header.row if header else 0] if any(map(str.strip, fields)))
    return Table(
        name=name,
        columns=columns,
        line=line,
        above=above,
        decimal_comma=delimiter == ";",
        cells=cells,
    )


def _fit(head: list[str], delimiter: str, is_column: Callable[[str], bool]) -> tuple[int, int]:
    """Return how many known names, and how many fields, a delimiter gives in the first lines."""
    names = max(sum(is_column(field.strip('"')) for field in line.strip().split(delimiter)) for line in head)
    first = next((line for line in head if line.strip()), "")
    return (names if names > 1 else 0), first.count(delimiter)


def _checked_rows(text: TextIO, delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the line that it begins on."""
    reader = csv.reader(text, delimiter=delimiter, strict=True)
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
            raise InputError(cause, "Close the quote, or remove it.", file=name, line=line) from error
        except UnicodeError as error:
            raise InputError(f"the text cannot be decoded ({error})", SAVE_AS_UTF8, file=name, line=line) from error
        except OSError as error:
            raise unreadable(error, name) from error
        yield line, fields
