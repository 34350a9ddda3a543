"""Delimited text as tables: encodings, delimiters, headers and row lengths, each fault told with its line."""

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from twingraph.errors import ForeignFileError, InputError
from twingraph.loaders.intake.encodings import SAVE_AS_UTF8, detect_encoding, unreadable
from twingraph.loaders.problems import Problems
from twingraph.loaders.tables.headers import HEAD_ROWS, find_header
from twingraph.loaders.tables.rows import Table, check_names

if TYPE_CHECKING:
    from _csv import Reader

__all__ = ["open_delimited"]

DELIMITERS = (",", ";", "\t")
LONGEST_LINE = 1 << 16
NO_TEXT = "Give a table: CSV, XLSX, ODS or JSON."


def open_delimited(path: Path, known: Callable[[str], bool], *, encoding: str | None = None) -> Table:
    """Find out how a delimited file is written.

    Parameters
    ----------
    path
        The file.
    known
        Tells whether a text is the name of a column.
    encoding
        Its encoding, where the user knows better than the file shows.

    Raises
    ------
    InputError
        The file cannot be read, is empty, has no header or no encoding that fits. It is a
        :class:`~twingraph.errors.ForeignFileError` where its first lines do not look like a table known here either.
    """
    try:
        return _opened(path, known, encoding)
    except ForeignFileError:
        raise
    except InputError as error:
        try:
            with path.open("rb") as file:
                head = file.read(LONGEST_LINE)
        except OSError:
            raise error from None  # who may not look cannot tell
        if _begins_as_known(head, known):
            raise
        if b"\0" in head:
            raise ForeignFileError("this is no text file", NO_TEXT, file=str(path)) from error
        raise ForeignFileError(error.message, error.hint) from error


def _begins_as_known(head: bytes, known: Callable[[str], bool]) -> bool:
    """Tell whether a file that cannot be opened as a table begins with the names of columns, in whatever encoding."""
    for encoding in ("utf-8", "windows-1251", "latin-1", "utf-16-le", "utf-16-be"):
        lines = head.decode(encoding, "replace").replace("\0", "").splitlines()[:HEAD_ROWS]
        if lines and max(_fit(lines, mark, known) for mark in DELIMITERS)[0]:
            return True
    return False


def _opened(path: Path, known: Callable[[str], bool], encoding: str | None) -> Table:
    name = str(path)
    found = encoding or detect_encoding(path, name)
    with _open(path, name, found) as file:
        try:
            head = [text for _ in range(HEAD_ROWS) if (text := file.readline(LONGEST_LINE))]
        except UnicodeError as error:
            raise InputError(f"the text is not {found}", SAVE_AS_UTF8, file=name, line=1) from error
        if not head:
            raise InputError("the file is empty", "Give a table with a header row.", file=name)
        zero = next((number for number, text in enumerate(head, start=1) if "\0" in text), None)
        if zero is not None:
            raise InputError("there is a NUL byte: this is no text file", NO_TEXT, file=name, line=zero)
        delimiter = max(DELIMITERS, key=lambda mark: _fit(head, mark, known))
        file.seek(0)
        rows = []
        for line, fields in _checked(_reader(file, delimiter), name):
            rows.append((line, fields))
            if len(rows) == HEAD_ROWS:
                break
    width = max((len(fields) for _, fields in rows), default=0)
    padded = [fields + [""] * (width - len(fields)) for _, fields in rows]
    header = find_header(padded, known)
    line = rows[header.row][0] if header else 1
    columns = check_names(header, name, line)
    if header is not None and header.height == 1:
        columns = columns[: len(rows[header.row][1])]
    last = header.row + header.height if header else 0

    def cells(problems: Problems) -> Iterator[tuple[int, Sequence[str]]]:
        with _open(path, name, found) as file:
            below = _checked(_reader(file, delimiter), name)
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
        path=path,
        name=name,
        columns=columns,
        line=line,
        above=above,
        decimal_comma=delimiter == ";",
        cells=cells,
    )


def _fit(head: list[str], delimiter: str, known: Callable[[str], bool]) -> tuple[int, int]:
    """Tell how well a delimiter parts the first lines: into how many known names, else into how many fields."""
    names = max(sum(known(field.strip('"')) for field in line.strip().split(delimiter)) for line in head)
    first = next((line for line in head if line.strip()), "")
    return (names if names > 1 else 0), first.count(delimiter)


def _open(path: Path, name: str, encoding: str) -> TextIO:
    try:
        return path.open(encoding=encoding, newline="")
    except LookupError as error:
        raise InputError(f"there is no encoding called {encoding!r}", "Try utf-8 or windows-1251.") from error
    except OSError as error:
        raise unreadable(error, name) from error


def _reader(file: TextIO, delimiter: str) -> "Reader":
    return csv.reader(file, delimiter=delimiter, strict=True)


def _checked(reader: "Reader", name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the line that it begins on."""
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
        except OSError as error:
            raise unreadable(error, name) from error
        yield line, fields
