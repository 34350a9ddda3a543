"""JSON as tables: an array of objects, an object that holds one, or one object a line.

Values are read one by one, so that an array is never held in memory as a whole. Constructs that JSON does not have,
such as NaN, are refused.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import NoReturn, TextIO

from twingraph.errors import ForeignFileError, InputError
from twingraph.loaders.intake.files import SAVE_AS_UTF8, InputFile
from twingraph.loaders.problems import Problems
from twingraph.loaders.tables.headers import Header, column_name
from twingraph.loaders.tables.lookups import names_below
from twingraph.loaders.tables.options import TableOptions
from twingraph.loaders.tables.rows import Table, check_names
from twingraph.text.folding import fold

__all__ = ["Document", "is_json", "open_json"]

BEGINS = re.compile(r"""\{\s*(["'}]|$)|\[\s*([\[{"'\]\d-]|true|false|null|NaN|Infinity|$)""")
"""How JSON begins; a text such as "[1] See …" or a Markdown link seldom begins so."""
SUFFIXES = (".json", ".jsonl", ".ndjson", ".geojson")
MAX_LINE_CHARS = 4 << 20
MAX_TEXT_CHARS = 131_072
SAMPLE_OBJECTS = 1_000
"""Objects from which the names of the columns are collected, chosen by hand."""

SHAPES = 'Give an array of objects, [{"municipality": "Zhytomyr", …}, …], or one object a line.'
CHUNK_CHARS = 1 << 18
MAX_OBJECT_CHARS = 16 << 20
"""Limit on the characters of one object, chosen by hand to bound the memory; a row has some hundreds."""
MAX_CONSTANT_CHARS = len("-Infinity") + 1
SPACE = re.compile(r"[ \t\n\r]*")


def is_json(file: InputFile) -> bool:
    """Whether a file is JSON, by its beginning; one with the suffix of JSON may be broken after the first sign."""
    start = file.text.lstrip()
    return start[:1] in ("{", "[") and (BEGINS.match(start) is not None or file.path.suffix.lower() in SUFFIXES)


def open_json(file: InputFile, _is_column: Callable[[str], bool], options: TableOptions) -> tuple[Table, ...]:
    """Find the columns of a JSON file.

    The line of a problem is the line of the file for JSON Lines, and the number of the object in an array.

    Raises
    ------
    InputError
        It cannot be read, is no JSON, is nested too deep, or holds no objects.
    """
    encoding = options.encoding or file.encoding
    if _is_lines(file, encoding):
        return (_table(file, lambda: _parse_lines(file, encoding)),)
    document = Document(file, encoding)
    lists = document.list_names()
    if lists is None:
        return (_table(file, lambda: document.elements(None)),)
    if len(lists) > 1:
        names = ", ".join(map(repr, lists))
        raise ForeignFileError(f"it holds several tables: {names}", "Save each to a file of its own.", file=file.name)
    if lists:
        return (_table(file, lambda: document.elements(lists[0])),)
    value = document.whole()
    return (_table(file, lambda: iter([(1, value)])),)


def _table(file: InputFile, objects: Callable[[], Iterator[tuple[int, object]]]) -> Table:
    name = file.name
    names: dict[str, None] = {}
    for _, each in islice(objects(), SAMPLE_OBJECTS):
        if isinstance(each, dict):
            names.update(dict.fromkeys(_flat(each)))
    if not names:
        raise ForeignFileError("there is no object in it", SHAPES, file=name)
    keys = tuple(names)
    columns = check_names(Header(0, 1, tuple(map(column_name, keys))), name, 1)

    def cells(problems: Problems) -> Iterator[tuple[int, Sequence[str]]]:
        for line, each in objects():
            if not isinstance(each, dict):
                problems.add("no object", json.dumps(each)[:80], outcome="row skipped", file=name, line=line)
                continue
            values = _flat(each)
            for key in values.keys() - names.keys():
                problems.add("column not used", repr(key[:80]), outcome="not in the rows above", file=name, line=line)
            texts = [_text(values.get(key), key, name, line, problems) for key in keys]
            if any(texts):
                yield line, texts

    return Table(name=name, columns=columns, cells=cells)


def _flat(content: Mapping[str, object]) -> dict[str, object]:
    """Return an object's values by key; those of an inner object have keys ``outer.inner``, its name ``outer``."""
    flat: dict[str, object] = {}
    for key, value in content.items():
        if isinstance(value, dict):
            for inner, each in value.items():
                is_name = fold(str(inner)) in names_below() and key not in flat
                flat[key if is_name else f"{key}.{inner}"] = each
        else:
            flat[key] = value
    return flat


def _text(value: object, key: str, name: str, line: int, problems: Problems) -> str:
    match value:
        case None:
            return ""
        case str():
            text = value
        case bool():
            text = "true" if value else "false"
        case int() | float():
            text = f"{value:.15g}" if isinstance(value, float) else str(value)
        case list() if all(isinstance(each, str | int | float) for each in value):
            text = "; ".join(map(str, value))
        case _:
            cause, detail = "value within a value", f"{key}: {json.dumps(value, ensure_ascii=False)[:60]}"
            problems.add(cause, detail, outcome="field left empty", file=name, line=line)
            return ""
    if len(text) > MAX_TEXT_CHARS:
        cause = f"a field is longer than {MAX_TEXT_CHARS:,} characters"
        raise InputError(cause, "Shorten it, or leave it out.", file=name, line=line)
    return text


def _is_lines(file: InputFile, encoding: str) -> bool:
    """Whether each line is an object: the first one is whole, and another one or nothing follows."""
    try:
        with file.open_text(encoding) as text:
            first = next((line.strip() for line in _read_lines(text) if line.strip()), "")
            if not (first.startswith("{") and first.endswith("}")):
                return False
            rest = next((line for line in _read_lines(text) if line.strip()), "")
            return rest.lstrip().startswith("{") or (not rest and not _has_list(json.loads(first)))
    except (json.JSONDecodeError, RecursionError):
        return False


def _read_lines(text: TextIO) -> Iterator[str]:
    return iter(lambda: text.readline(MAX_LINE_CHARS), "")


def _parse_lines(file: InputFile, encoding: str) -> Iterator[tuple[int, object]]:
    number = 0
    with file.open_text(encoding) as text:
        try:
            for number, line in enumerate(_read_lines(text), start=1):
                if len(line) == MAX_LINE_CHARS:
                    raise InputError("a line never ends", "Write one object a line.", file=file.name, line=number)
                if line.strip():
                    yield number, parse_json(line, file.name, number)
        except UnicodeError as error:
            cause = f"the text is not {encoding}"
            raise InputError(cause, SAVE_AS_UTF8, file=file.name, line=number + 1) from error


def _has_list(value: object) -> bool:
    """Whether an object holds a list of objects."""
    lists = value.values() if isinstance(value, dict) else ()
    return any(isinstance(each, list) and any(isinstance(inner, dict) for inner in each) for each in lists)


class _NotJsonError(ValueError):
    """A value that JSON does not have."""


def parse_json(text: str, name: str, line: int) -> object:
    """Parse the one value in a line of text.

    Raises
    ------
    InputError
        It is no JSON, or nested too deep.
    """
    with _translate_json_errors(name, lambda _: line):
        value: object = _DECODER.decode(text.removeprefix("\ufeff"))
    return value


class Document:
    """A file that is one JSON value.

    Parameters
    ----------
    file
        The file.
    encoding
        Its encoding.
    """

    def __init__(self, file: InputFile, encoding: str) -> None:
        self._file = file
        self._encoding = encoding

    def list_names(self) -> list[str] | None:
        """Return the keys that hold a list of objects; ``None`` where the file is an array.

        Raises
        ------
        InputError
            The file cannot be read, or is no JSON.
        """
        with self._opened() as values:
            if values.next() == "[":
                return None
            found: dict[str, None] = {}
            for key, number, each in _members(values):
                if number and isinstance(each, dict):
                    found[key] = None
            return list(found)

    def elements(self, key: str | None) -> Iterator[tuple[int, object]]:
        """Yield the elements of the array, or of the one that an object holds under `key`, each with its number.

        Raises
        ------
        InputError
            The rest of the file cannot be read, or is no JSON.
        """
        with self._opened() as values:
            if key is None:
                yield from _elements(values)
                values.end()
            else:
                yield from ((number, each) for name, number, each in _members(values) if name == key and number)

    def whole(self) -> object:
        """Return the one value.

        Raises
        ------
        InputError
            It is no JSON, or too large.
        """
        with self._opened() as values:
            value = values.value()
            values.end()
            return value

    @contextmanager
    def _opened(self) -> Iterator["_Values"]:
        with self._file.open_text(self._encoding) as text:
            yield _Values(text, self._file.name)


class _Values:
    """The values of a text, one after another; only the text that the next value needs is kept."""

    def __init__(self, file: TextIO, name: str) -> None:
        self._file = file
        self._name = name
        self._text = file.read(CHUNK_CHARS).removeprefix("\ufeff")
        self._at = 0
        self._line = 1

    def next(self) -> str:
        """Return the next character that is no space, without taking it; empty at the end."""
        while True:
            match = SPACE.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._text) or not self._more():
                return self._text[self._at : self._at + 1]

    def take(self, *expected: str) -> str:
        """Take the next character, which must be one of `expected`."""
        found = self.next()
        if found not in expected or not found:
            there = repr(found) if found else "nothing more"
            self._fault(f"{' or '.join(map(repr, expected))} is expected, found {there}")
        self._at += 1
        return found

    def value(self) -> object:
        """Take the next value."""
        self.next()
        while True:
            try:
                with _translate_json_errors(self._name, lambda at: self._line_at(max(at, self._at))):
                    value, end = _DECODER.raw_decode(self._text, self._at)
            except InputError as error:
                if not self._is_incomplete(error.__cause__) or not self._more():
                    raise
            else:
                on = (
                    isinstance(value, int | float) and end > len(self._text) - MAX_CONSTANT_CHARS
                )  # as 1 may go on to 1.5e3
                if not on or not self._more():
                    self._at = end
                    return value

    def _is_incomplete(self, error: BaseException | None) -> bool:
        """Whether a value is incomplete only because the text read so far ends in it."""
        if not isinstance(error, json.JSONDecodeError):
            return False
        return error.msg.startswith("Unterminated string") or error.pos > len(self._text) - MAX_CONSTANT_CHARS

    def end(self) -> None:
        """Check that nothing follows."""
        if self.next():
            self._fault("something follows its end")

    def refuse(self, what: str) -> NoReturn:
        """Refuse what JSON does not have."""
        raise InputError(what, "Correct it: JSON does not allow this.", file=self._name, line=self._line_at(self._at))

    def _more(self) -> bool:
        """Read as much again as is pending, so that a long value is scanned only a few times."""
        pending = len(self._text) - self._at
        if pending > MAX_OBJECT_CHARS:
            cause = f"an object has more than {MAX_OBJECT_CHARS >> 20} million characters"
            raise InputError(cause, SHAPES, file=self._name, line=self._line_at(self._at))
        chunk = self._file.read(max(CHUNK_CHARS, pending))
        if chunk:
            self._line = self._line_at(self._at)
            self._text = self._text[self._at :] + chunk
            self._at = 0
        return bool(chunk)

    def _line_at(self, position: int) -> int:
        return self._line + self._text.count("\n", 0, position)

    def _fault(self, what: str) -> NoReturn:
        cause = f"this is no JSON ({what})"
        raise InputError(
            cause, "Write the file again: it may be cut off.", file=self._name, line=self._line_at(self._at)
        )


def _elements(values: _Values) -> Iterator[tuple[int, object]]:
    """Yield the elements of an array with their numbers."""
    values.take("[")
    if values.next() == "]":
        values.take("]")
        return
    number, mark = 0, ","
    while mark == ",":
        number += 1
        yield number, values.value()
        mark = values.take(",", "]")


def _members(values: _Values) -> Iterator[tuple[str, int, object]]:
    """Yield what an object holds, by its keys: the elements of an array with their numbers, all else as number 0."""
    values.take("{")
    known: set[str] = set()
    mark = values.take("}") if values.next() == "}" else ","
    while mark == ",":
        key = str(values.value()) if values.next() == '"' else values.take('"')
        if key in known:
            values.refuse(f"the key {key[:80]!r} appears twice in one object")
        known.add(key)
        values.take(":")
        if values.next() == "[":
            yield from ((key, number, each) for number, each in _elements(values))
        else:
            yield key, 0, values.value()
        mark = values.take(",", "}")
    values.end()


@contextmanager
def _translate_json_errors(name: str, line_at: Callable[[int], int]) -> Iterator[None]:
    """Raise faults of the JSON as input errors with a line."""
    try:
        yield
    except RecursionError as error:
        raise InputError("it is nested too deep", SHAPES, file=name, line=line_at(0)) from error
    except _NotJsonError as error:
        raise InputError(str(error), "Correct it: JSON does not allow this.", file=name, line=line_at(0)) from error
    except json.JSONDecodeError as error:
        cause = f"this is no JSON ({error.msg})"
        raise InputError(
            cause, "Write the file again: it may be cut off.", file=name, line=line_at(error.pos)
        ) from error
    except ValueError as error:  # a number of too many digits
        cause = f"a number cannot be read ({str(error)[:80]})"
        raise InputError(cause, "Correct it.", file=name, line=line_at(0)) from error


def _refuse_constant(constant: str) -> NoReturn:
    raise _NotJsonError(f"{constant} is not a number in JSON")


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _NotJsonError(f"the key {twice[:80]!r} appears twice in one object")
    return value


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant, object_pairs_hook=_unique)
