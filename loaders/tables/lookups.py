"""The lists of words in `lookups/`: names of columns, kinds and marks in five languages."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from twingraph.text.folding import fold

__all__ = ["cell_words", "known_columns", "known_words", "names_below", "places_beside", "row_numbers"]


@cache
def known_columns() -> Mapping[str, tuple[str, ...]]:
    """Return by folded header the fields that it may mean."""
    found: dict[str, dict[str, None]] = {}
    for name, languages in _read("columns.toml")["fields"].items():
        for header in [name, *(each for names in languages.values() for each in names)]:
            for written in _ways(header):
                found.setdefault(written, {})[name] = None
    return {header: tuple(fields) for header, fields in found.items()}


@cache
def places_beside() -> Mapping[str, str]:
    """Return by folded header the qualifier of a town that it names: ``country``, ``region``, ``lat`` and so on."""
    found = _words(_read("columns.toml")["where"])
    return {written: sort for header, sort in found.items() for written in _ways(header)}


@cache
def names_below() -> frozenset[str]:
    """Return the folded headers, such as "name", that give a column the name of the group of columns above it."""
    return _listed("below", "name")


@cache
def row_numbers() -> frozenset[str]:
    """Return the folded headers of columns that only number the rows."""
    return _listed("numbering", "row")


def _listed(table: str, entry: str) -> frozenset[str]:
    return frozenset(fold(word) for words in _read("columns.toml")[table][entry].values() for word in words)


@cache
def known_words() -> Mapping[str, Mapping[str, str]]:
    """Return the value by folded word: of ``kind``, ``application`` (its status), ``flow`` and ``unit``."""
    lists = _read("words.toml")
    return {field: _words(lists[field]) for field in ("kind", "application", "flow", "unit")}


@cache
def cell_words(sort: str) -> tuple[str, ...]:
    """Return the words of cells that are no data, as written: for ``nothing``, an ``answer``, or a ``total``."""
    return tuple(word for words in _read("words.toml")["cells"][sort].values() for word in words)


def _ways(header: str) -> tuple[str, str]:
    """Return a header as it is compared, and as programs write it: ``sisterCities``."""
    folded = fold(header)
    return folded, folded.replace(" ", "")


def _words(lists: Mapping[str, Mapping[str, list[str]]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for value, languages in lists.items():
        for word in [value, *(each for words in languages.values() for each in words)]:
            known = found.setdefault(fold(word), value)
            if known != value:
                raise ValueError(f"{word!r} means both {known} and {value}")
    return found


def _read(name: str) -> dict[str, dict[str, dict[str, list[str]]]]:
    return tomllib.loads((files("twingraph.loaders") / "lookups" / name).read_text(encoding="utf-8"))
