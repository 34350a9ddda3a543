"""JSON as tables: an array of objects, an object that holds one, or one object a line."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import NoReturn

from twingraph.errors import InputError
from twingraph.loaders.encodings import SAVE_AS_UTF8, detect_encoding, unreadable
from twingraph.loaders.headers import Header, column_name
from twingraph.loaders.issues import Problems
from twingraph.loaders.tables import Table, check_names

__all__ = ["is_json", "open_json"]

MOST_BYTES = 256 << 20
"""Of a file that is one array, which is read at once; JSON Lines have no such bound."""
LONGEST_LINE = 4 << 20
LONGEST_TEXT = 131_072
SAMPLE = 1_000
"""Objects that are looked at for the names of the columns."""
SHAPES = 'Give an array of objects, [{"municipality": "Zhytomyr", …}, …], or one object a line.'


class _NotSaidError(ValueError):
    """A value that JSON does not have."""


def is_json(path: Path) -> bool:
    """Tell whether a file is JSON, by its beginning."""
    with path.open("rb") as file:
        head = file.read(1 << 12)
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return head.decode("utf-16", "replace").lstrip()[:1] in ("{", "[")
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


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
    said = _whole(path, name, found)
    return _opened(path, name, lambda: enumerate(said, start=1))


def _opened(path: Path, name: str, objects: Callable[[], Iterator[tuple[int, object]]]) -> Table:
    names: dict[str, None] = {}
    for _, each in islice(objects(), SAMPLE):
        if isinstance(each, dict):
            names.update(dict.fromkeys(_flat(each)))
    if not names:
        raise InputError("there is no object in it", SHAPES, file=name)
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
    """Return an object's values by name; those of an object inside it are named ``outer.inner``."""
    flat: dict[str, object] = {}
    for key, value in said.items():
        if isinstance(value, dict):
            flat.update({f"{key}.{inner}": each for inner, each in value.items()})
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
                    yield number, _parsed(line, name, number)
    except UnicodeError as error:
        raise InputError(f"the text is not {encoding}", SAVE_AS_UTF8, file=name, line=number + 1) from error
    except OSError as error:
        raise unreadable(error, name) from error


def _whole(path: Path, name: str, encoding: str) -> list[object]:
    try:
        if path.stat().st_size > MOST_BYTES:
            cause = f"the array has more than {MOST_BYTES >> 20} MB"
            raise InputError(cause, "Write one object a line (JSON Lines): that is read bit by bit.", file=name)
        text = path.read_text(encoding=encoding)
    except OSError as error:
        raise unreadable(error, name) from error
    except UnicodeError as error:
        raise InputError(f"the text is not {encoding}", SAVE_AS_UTF8, file=name) from error
    said = _parsed(text, name, None)
    if isinstance(said, dict):
        held = _holder(said)
        if len(held) > 1:
            there = ", ".join(repr(key) for key in held)
            raise InputError(f"it holds several tables: {there}", "Save each to a file of its own.", file=name)
        said = said[held[0]] if held else [said]
    if not isinstance(said, list):
        raise InputError("there is no object in it", SHAPES, file=name)
    return said


def _holder(said: object) -> list[str]:
    """Return under which names an object holds a list of objects."""
    if not isinstance(said, dict):
        return []
    return [
        key for key, value in said.items() if isinstance(value, list) and any(isinstance(each, dict) for each in value)
    ]


def _parsed(text: str, name: str, line: int | None) -> object:
    try:
        said: object = json.loads(text.removeprefix("\ufeff"), parse_constant=_refuse, object_pairs_hook=_unique)
    except RecursionError as error:
        raise InputError("it is nested too deep", SHAPES, file=name, line=line) from error
    except _NotSaidError as error:
        raise InputError(str(error), "Correct it: JSON has no such thing.", file=name, line=line) from error
    except json.JSONDecodeError as error:
        at = line or error.lineno
        raise InputError(
            f"this is no JSON ({error.msg})", "Write it anew; it may be cut off.", file=name, line=at
        ) from error
    except ValueError as error:  # a number of too many digits
        raise InputError(f"a number cannot be read ({str(error)[:80]})", "Correct it.", file=name, line=line) from error
    return said


def _refuse(constant: str) -> NoReturn:
    raise _NotSaidError(f"{constant} stands where a number is due")


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    said = dict(pairs)
    if len(said) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _NotSaidError(f"the key {twice[:80]!r} stands twice in one object")
    return said
