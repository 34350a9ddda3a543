"""One question in Cypher: its text and parameters checked, its rows cut to what was asked for."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from twingraph.errors import InputError, QueryError
from twingraph.graph.store import Rows, Store

__all__ = ["QueryResult", "parameter", "parameters_in", "run_query"]

_LARGEST = 2**63 - 1
_SKIPPED = r"""'(?:\\.|[^'\\])*' | "(?:\\.|[^"\\])*" | `[^`]*` | //[^\n]* | /\*.*?\*/"""
_PARAMETER = re.compile(rf"{_SKIPPED} | \$(?:(?P<name>\w+)|`(?P<quoted>[^`]+)`)", re.VERBOSE | re.DOTALL)
_ASSIGNED = re.compile(r"\$?(?P<name>[^\W\d]\w*)=(?P<value>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class QueryResult:
    """Rows, and how many there were before they were cut."""

    rows: Rows
    total: int

    @property
    def cut(self) -> int:
        """How many rows were left out."""
        return self.total - len(self.rows)


def run_query(
    store: Store,
    text: str,
    parameters: Mapping[str, object] | None = None,
    *,
    timeout: float | None = 30.0,
    limit: int | None = None,
) -> QueryResult:
    """Run one reading query.

    Parameters
    ----------
    store
        Where to ask; it refuses what would write.
    text
        Cypher; a semicolon may end it.
    parameters
        Values for its ``$names``: every name needs one, every value a name.
    timeout
        Seconds after which it is given up; ``None`` waits for ever.
    limit
        At most this many rows are returned; ``None`` returns all.

    Raises
    ------
    twingraph.errors.QueryError
        The text is empty, a parameter is missing or unknown, or the engine refuses the query.
    twingraph.errors.QueryTimeoutError
        It ran longer than `timeout`.
    """
    text = text.strip().rstrip(";").rstrip()
    if not text:
        raise QueryError("The query is empty.", "Write one, such as: MATCH (m:Municipality) RETURN m.name LIMIT 5")
    given, needed = dict(parameters or {}), parameters_in(text)
    if missing := [name for name in needed if name not in given]:
        names = " and ".join(f"${name}" for name in missing)
        raise QueryError(f"The query needs a value for {names}.", f"Add -p {missing[0]}=VALUE.")
    if unknown := [name for name in given if name not in needed]:
        there = f"It has {', '.join(f'${name}' for name in needed)}." if needed else "It has no parameters."
        raise QueryError(f"The query has no parameter ${unknown[0]}.", there)
    rows = store.read(text, given, timeout=timeout)
    if limit is None or len(rows) <= limit:
        return QueryResult(rows, len(rows))
    return QueryResult(Rows(rows.columns, rows.records[:limit]), len(rows))


def parameters_in(text: str) -> tuple[str, ...]:
    """Return the names of the parameters of a query, in order; texts, quoted names and comments hold none."""
    found = (match["name"] or match["quoted"] for match in _PARAMETER.finditer(text))
    return tuple(dict.fromkeys(filter(None, found)))


def parameter(assignment: str) -> tuple[str, object]:
    """Return name and value of ``name=value``.

    The value is read as JSON where it is JSON (a number, ``true``, ``null``, a list, a quoted text), else it is text
    as it stands: ``year=2022`` is a number, ``year="2022"`` and ``country=PL`` are texts.

    Raises
    ------
    twingraph.errors.InputError
        It is no assignment, or its number is larger than the engines hold.
    """
    parts = _ASSIGNED.fullmatch(assignment)
    if parts is None:
        raise InputError(f"{assignment!r} gives no value to a parameter.", "Write it as NAME=VALUE.")
    text = parts["value"]
    try:
        value = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        value = text
    if not _holds(value):
        raise InputError(f"The value of {parts['name']} is too large a number.", 'Give it in quotes, as a text: "…".')
    return parts["name"], value


def _no_number(name: str) -> object:
    raise ValueError(f"{name} is no JSON")


def _holds(value: object) -> bool:
    """Whether every whole number in `value` fits 64 bits."""
    if isinstance(value, Mapping):
        return all(map(_holds, value.values()))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return all(map(_holds, value))
    return not isinstance(value, int) or -_LARGEST - 1 <= value <= _LARGEST
