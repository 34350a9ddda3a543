"""JSON as tables: an array of objects, an object that holds one, or one object a line."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from twingraph.errors import ForeignFileError, InputError
from twingraph.loaders.intake.encodings import SAVE_AS_UTF8, detect_encoding, unreadable
from twingraph.loaders.problems import Problems
from twingraph.loaders.tables.headers import Header, column_name
from twingraph.loaders.tables.json_stream import SHAPES, Document, parsed
from twingraph.loaders.tables.lookups import names_below
from twingraph.loaders.tables.rows import Table, check_names
from twingraph.text.folding import fold

__all__ = ["is_json", "open_json"]

BEGINS = re.compile(r"""\{\s*(["'}]|$)|\[\s*([\[{"'\]\d-]|true|false|null|NaN|Infinity|$)""")
"""How JSON begins, and a text such as "[1] See …" or a link of Markdown most often does not."""
NAMED = (".json", ".jsonl", ".ndjson", ".geojson")
LONGEST_LINE = 4 << 20
LONGEST_TEXT = 131_072
SAMPLE = 1_000
"""Objects that are looked at for the names of the columns."""


def is_json(path: Path) -> bool:
    """Tell whether a file is JSON, by its beginning; one that is called so may be broken from there on."""
    with path.open("rb") as file:
        head = file.read(1 << 12)
    encoding = "utf-16" if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    start = head.decode(encoding, "replace").lstrip()
    return start[:1] in ("{", "[") and (BEGINS.match(start) is not None or path.suffix.lower() in NAMED)


def open_json(path: Path, *, encoding: str | None = None) -> Table:
    """Find out how a JSON file is written.

    The line of a problem is the line of the file for JSON Lines, and the number of the object in an array.

    Raises
    ------
    InputError
        It cannot be read, is no JSON, is nested too deep, or holds no objects.
    """
    name = str(path)
    found = encoding or detect_encoding(path, name)
    if _is_lines(path, name, found):
        return _opened(path, name, lambda: _lines(path, name, found))
    document = Document(path, name, found)
    held = document.held()
    if held is None:
        return _opened(path, name, lambda: document.elements(None))
    if len(held) > 1:
        there = ", ".join(repr(key) for key in held)
        raise ForeignFileError(f"it holds several tables: {there}", "Save each to a file of its own.", file=name)
    if held:
        return _opened(path, name, lambda: document.elements(held[0]))
    said = document.whole()
    return _opened(path, name, lambda: iter([(1, said)]))


def _opened(path: Path, name: str, objects: Callable[[], Iterator[tuple[int, object]]]) -> Table:
    names: dict[str, None] = {}
    for _, each in islice(objects(), SAMPLE):
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

    return Table(path=path, name=name, columns=columns, cells=cells)


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
    if len(text) > LONGEST_TEXT:
        cause = f"a field is longer than {LONGEST_TEXT:,} characters"
        raise InputError(cause, "Shorten it, or leave it out.", file=name, line=line)
    return text


def _is_lines(path: Path, name: str, encoding: str) -> bool:
    """Tell whether each line is an object of its own: the first one is whole, and another follows or nothing."""
    try:
        with path.open(encoding=encoding) as file:
            first = ""
            while not first:
                line = file.readline(LONGEST_LINE)
                if not line:
                    return False
                first = line.strip()
            if not (first.startswith("{") and first.endswith("}")):
                return False
            rest = next((line for line in iter(lambda: file.readline(LONGEST_LINE), "") if line.strip()), "")
            return rest.lstrip().startswith("{") or (not rest and not _holder(json.loads(first)))
    except OSError as error:
        raise unreadable(error, name) from error
    except LookupError as error:
        raise InputError(f"there is no encoding called {encoding!r}", "Try utf-8 or windows-1251.") from error
    except UnicodeError as error:
        raise InputError(f"the text is not {encoding}", SAVE_AS_UTF8, file=name) from error
    except (ValueError, RecursionError):
        return False


def _lines(path: Path, name: str, encoding: str) -> Iterator[tuple[int, object]]:
    number = 0
    try:
        with path.open(encoding=encoding) as file:
            while line := file.readline(LONGEST_LINE):
                number += 1
                if len(line) == LONGEST_LINE:
                    raise InputError("a line never ends", "Write one object a line.", file=name, line=number)
                if line.strip():
                    yield number, parsed(line, name, number)
    except UnicodeError as error:
        raise InputError(f"the text is not {encoding}", SAVE_AS_UTF8, file=name, line=number + 1) from error
    except OSError as error:
        raise unreadable(error, name) from error


def _holder(said: object) -> list[str]:
    """Return under which names an object holds a list of objects."""
    if not isinstance(said, dict):
        return []
    return [
        key for key, value in said.items() if isinstance(value, list) and any(isinstance(each, dict) for each in value)
    ]
