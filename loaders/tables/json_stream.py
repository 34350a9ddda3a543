"""JSON read value by value: what JSON does not have is refused, and an array is never held whole."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn, TextIO

from twingraph.errors import InputError
from twingraph.loaders.intake.files import InputFile

__all__ = ["SHAPES", "Document", "parsed"]

SHAPES = 'Give an array of objects, [{"municipality": "Zhytomyr", …}, …], or one object a line.'
CHUNK = 1 << 18
LONGEST_VALUE = 16 << 20
"""Characters of one object, as a bound on memory; a row has some hundreds."""
LONGEST_WORD = len("-Infinity") + 1
SPACE = re.compile(r"[ \t\n\r]*")


class _NotSaidError(ValueError):
    """A value that JSON does not have."""


def parsed(text: str, name: str, line: int) -> object:
    """Return the one value in a line of text.

    Raises
    ------
    InputError
        It is no JSON, or nested too deep.
    """
    with _told(name, lambda _: line):
        said: object = _DECODER.decode(text.removeprefix("\ufeff"))
    return said


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

    def held(self) -> list[str] | None:
        """Return under which names the object holds a list of objects; ``None`` where the file is an array.

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
            said = values.value()
            values.end()
            return said

    @contextmanager
    def _opened(self) -> Iterator["_Values"]:
        with self._file.open_text(self._encoding) as text:
            yield _Values(text, self._file.name)


class _Values:
    """The values of a text, one after another; as much of it is kept as the next one needs."""

    def __init__(self, file: TextIO, name: str) -> None:
        self._file = file
        self._name = name
        self._text = file.read(CHUNK).removeprefix("\ufeff")
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
        """Take the next character, which must be one of these."""
        found = self.next()
        if found not in expected or not found:
            there = repr(found) if found else "nothing more"
            self._fault(f"{' or '.join(map(repr, expected))} is due, and there is {there}")
        self._at += 1
        return found

    def value(self) -> object:
        """Take the next value."""
        self.next()
        while True:
            try:
                with _told(self._name, lambda at: self._line_at(max(at, self._at))):
                    said, end = _DECODER.raw_decode(self._text, self._at)
            except InputError as error:
                if not self._may_go_on(error.__cause__) or not self._more():
                    raise
            else:
                on = isinstance(said, int | float) and end > len(self._text) - LONGEST_WORD  # as 1 may go on to 1.5e3
                if not on or not self._more():
                    self._at = end
                    return said

    def _may_go_on(self, error: BaseException | None) -> bool:
        """Tell whether a value is only cut off where the text that was read ends."""
        if not isinstance(error, json.JSONDecodeError):
            return False
        return error.msg.startswith("Unterminated string") or error.pos > len(self._text) - LONGEST_WORD

    def end(self) -> None:
        """Make sure that nothing follows."""
        if self.next():
            self._fault("something follows its end")

    def refuse(self, what: str) -> NoReturn:
        """Refuse what JSON does not have."""
        raise InputError(what, "Correct it: JSON has no such thing.", file=self._name, line=self._line_at(self._at))

    def _more(self) -> bool:
        """Read on, as much again as is being looked at, so that a long value is not looked at too often."""
        pending = len(self._text) - self._at
        if pending > LONGEST_VALUE:
            cause = f"an object has more than {LONGEST_VALUE >> 20} million characters"
            raise InputError(cause, SHAPES, file=self._name, line=self._line_at(self._at))
        chunk = self._file.read(max(CHUNK, pending))
        if chunk:
            self._line = self._line_at(self._at)
            self._text = self._text[self._at :] + chunk
            self._at = 0
        return bool(chunk)

    def _line_at(self, position: int) -> int:
        return self._line + self._text.count("\n", 0, position)

    def _fault(self, what: str) -> NoReturn:
        cause = f"this is no JSON ({what})"
        raise InputError(cause, "Write it anew; it may be cut off.", file=self._name, line=self._line_at(self._at))


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
            values.refuse(f"the key {key[:80]!r} stands twice in one object")
        known.add(key)
        values.take(":")
        if values.next() == "[":
            yield from ((key, number, each) for number, each in _elements(values))
        else:
            yield key, 0, values.value()
        mark = values.take(",", "}")
    values.end()


@contextmanager
def _told(name: str, line_at: Callable[[int], int]) -> Iterator[None]:
    """Tell in words what is wrong with JSON."""
    try:
        yield
    except RecursionError as error:
        raise InputError("it is nested too deep", SHAPES, file=name, line=line_at(0)) from error
    except _NotSaidError as error:
        raise InputError(str(error), "Correct it: JSON has no such thing.", file=name, line=line_at(0)) from error
    except json.JSONDecodeError as error:
        cause = f"this is no JSON ({error.msg})"
        raise InputError(cause, "Write it anew; it may be cut off.", file=name, line=line_at(error.pos)) from error
    except ValueError as error:  # a number of too many digits
        cause = f"a number cannot be read ({str(error)[:80]})"
        raise InputError(cause, "Correct it.", file=name, line=line_at(0)) from error


def _refuse(constant: str) -> NoReturn:
    raise _NotSaidError(f"{constant} stands where a number is due")


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    said = dict(pairs)
    if len(said) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _NotSaidError(f"the key {twice[:80]!r} stands twice in one object")
    return said


_DECODER = json.JSONDecoder(parse_constant=_refuse, object_pairs_hook=_unique)
