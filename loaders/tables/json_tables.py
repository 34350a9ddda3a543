"""JSON as tables: an array of objects, an object that holds one, or one object a line."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TextIO

from twingraph.errors import ForeignFileError, InputError
from twingraph.loaders.intake.files import SAVE_AS_UTF8, InputFile
from twingraph.loaders.problems import Problems
from twingraph.loaders.tables.headers import Header, column_name
from twingraph.loaders.tables.json_stream import SHAPES, Document, parsed
from twingraph.loaders.tables.lookups import names_below
from twingraph.loaders.tables.options import TableOptions
from twingraph.loaders.tables.rows import Table, check_names
from twingraph.text.folding import fold

__all__ = ["is_json", "open_json"]

BEGINS = re.compile(r"""\{\s*(["'}]|$)|\[\s*([\[{"'\]\d-]|true|false|null|NaN|Infinity|$)""")
"""How JSON begins, and a text such as "[1] See …" or a link of Markdown most often does not."""
SUFFIXES = (".json", ".jsonl", ".ndjson", ".geojson")
MAX_LINE_CHARS = 4 << 20
MAX_TEXT_CHARS = 131_072
SAMPLE_OBJECTS = 1_000
"""Objects that are looked at for the names of the columns."""


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
        return (_table(file, lambda: _lines(file, encoding)),)
    document = Document(file, encoding)
    lists = document.held()
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


def _flat(said: Mapping[str, object]) -> dict[str, object]:
    """Return an object's values by name; those of an object inside it are named ``outer.inner``, its name ``outer``."""
    flat: dict[str, object] = {}
    for key, value in said.items():
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


def _lines(file: InputFile, encoding: str) -> Iterator[tuple[int, object]]:
    number = 0
    with file.open_text(encoding) as text:
        try:
            for number, line in enumerate(_read_lines(text), start=1):
                if len(line) == MAX_LINE_CHARS:
                    raise InputError("a line never ends", "Write one object a line.", file=file.name, line=number)
                if line.strip():
                    yield number, parsed(line, file.name, number)
        except UnicodeError as error:
            cause = f"the text is not {encoding}"
            raise InputError(cause, SAVE_AS_UTF8, file=file.name, line=number + 1) from error


def _has_list(value: object) -> bool:
    """Whether an object holds a list of objects."""
    lists = value.values() if isinstance(value, dict) else ()
    return any(isinstance(each, list) and any(isinstance(inner, dict) for inner in each) for each in lists)
