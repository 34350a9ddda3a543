"""The options for a table: the field of each column, values for every row, sheets, and the encoding."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from twingraph.errors import InputError, OutputError
from twingraph.loaders.intake.files import unreadable
from twingraph.text.folding import fold

__all__ = ["UNUSED", "TableOptions", "read_mapping", "save_mapping", "table_options"]

UNUSED = "-"
"""What an excluded column is mapped to."""
MAX_BYTES = 1 << 20
"""Limit on a mapping file, chosen by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableOptions:
    """The options that a user gives for a table.

    Attributes
    ----------
    columns
        The field that each column is, by its folded header; `UNUSED` for an excluded column.
    fixed
        The value of each field for rows where it is blank.
    sheets
        The sheets to read; empty for those that hold a known form.
    encoding
        The encoding of a text file.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    encoding: str | None = None


def table_options(
    *,
    mapped: Iterable[str] = (),
    fixed: Iterable[str] = (),
    mapping_file: Path | None = None,
    sheets: Iterable[str] = (),
    encoding: str | None = None,
) -> TableOptions:
    """Gather the options as they are typed: ``column=field``, ``field=value``, and a file that keeps both.

    What is typed wins over the file.

    Raises
    ------
    InputError
        An option has no ``=``, or the file is not a mapping.
    """
    columns, values = read_mapping(mapping_file) if mapping_file is not None else ({}, {})
    for option, given, into in (("--map", mapped, columns), ("--set", fixed, values)):
        for each in given:
            left, mark, right = each.rpartition("=") if option == "--map" else each.partition("=")
            if not (mark and left.strip() and right.strip()):
                example = "'місто-побратим=partner'" if option == "--map" else "country=UA"
                raise InputError(f"{option} {each!r} has no two sides.", f"Write it like {option} {example}.")
            if option == "--map":
                into[fold(left)] = right.strip().lower()
            else:
                into[left.strip().lower()] = right.strip()
    return TableOptions(columns=columns, fixed=values, sheets=tuple(sheets), encoding=encoding)


def read_mapping(path: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Read a file that keeps a mapping: TOML or JSON with ``columns`` (column to field) and ``set`` (field to value).

    Raises
    ------
    InputError
        It cannot be read, or is not that.
    """
    name = str(path)
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES)
        text = content.decode("utf-8-sig")
        mapping = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except OSError as error:
        raise unreadable(error, name) from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"this is neither TOML nor JSON ({str(error)[:120]})", EXAMPLE, file=name) from error
    if not isinstance(mapping, dict) or not mapping.keys() <= {"columns", "set"}:
        raise InputError("a mapping has the tables 'columns' and 'set' and nothing else", EXAMPLE, file=name)
    tables = []
    for each in ("columns", "set"):
        table = mapping.get(each, {})
        if not isinstance(table, dict) or not all(isinstance(value, str) and value for value in table.values()):
            raise InputError(f"{each!r} has names and texts, nothing else", EXAMPLE, file=name)
        tables.append(table)
    columns, fixed = tables
    return {fold(column): field.lower() for column, field in columns.items()}, dict(fixed)


def save_mapping(path: Path, columns: Mapping[str, str], fixed: Mapping[str, str]) -> None:
    """Write a mapping as TOML for the next load.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    lines = ["# Which column is which field. For: twingraph load FILE --map-file THIS", "[columns]"]
    lines += [f"{_quoted(column)} = {_quoted(field)}" for column, field in columns.items()]
    lines += ["", "[set]", *(f"{_quoted(field)} = {_quoted(value)}" for field, value in fixed.items())]
    try:
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror})", "Name another file.") from error


def _quoted(text: str) -> str:
    """Return a basic string of TOML: what JSON writes is one too, if it holds no DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


EXAMPLE = 'Write it like this: [columns], then "Місто-побратим" = "partner"; and [set], then country = "UA".'
