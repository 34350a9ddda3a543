"""Run one Cypher query: check its text and parameters, and limit its rows."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from twingraph.errors import InputError, QueryError
from twingraph.graph.standing import today
from twingraph.graph.store import Rows, Store

__all__ = ["TODAY", "QueryResult", "parameters_in", "parse_parameter", "run_query"]

TODAY = "today"
"""The parameter that is the current day unless a value is given; a question compares statuses and dates with it."""

_LARGEST = 2**63 - 1
_SKIPPED = r"""'(?:\\.|[^'\\])*' | "(?:\\.|[^"\\])*" | `[^`]*` | //[^\n]* | /\*.*?\*/"""
_PARAMETER = re.compile(rf"{_SKIPPED} | \$(?:(?P<name>\w+)|`(?P<quoted>[^`]+)`)", re.VERBOSE | re.DOTALL)
_ASSIGNED = re.compile(r"\$?(?P<name>[^\W\d]\w*)=(?P<value>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The rows of an answer and their total number before the limit."""

    rows: Rows
    total: int

    @property
    def cut(self) -> int:
        """The number of rows beyond the limit."""
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
        The store to query; it refuses to write.
    text
        Cypher, with or without a final semicolon.
    parameters
        A value for each ``$name`` in the text, except ``$today``, which is the current day by default.
    timeout
        Seconds; ``None`` has no limit.
    limit
        The maximum number of rows returned; ``None`` returns all.

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
    if TODAY in needed:
        given.setdefault(TODAY, today())
    if missing := [name for name in needed if name not in given]:
        names = " and ".join(f"${name}" for name in missing)
        raise QueryError(f"The query needs a value for {names}.", f"Add -p {missing[0]}=VALUE.")
    if unknown := [name for name in given if name not in needed]:
        hint = f"Its parameters: {', '.join(f'${name}' for name in needed)}." if needed else "It has no parameters."
        raise QueryError(f"The query has no parameter ${unknown[0]}.", hint)
    rows = store.read(text, given, timeout=timeout)
    if limit is None or len(rows) <= limit:
        return QueryResult(rows, len(rows))
    return QueryResult(Rows(rows.columns, rows.records[:limit]), len(rows))


def parameters_in(text: str) -> tuple[str, ...]:
    """Return the parameter names of a query in order, ignoring strings, quoted names and comments."""
    found = (match["name"] or match["quoted"] for match in _PARAMETER.finditer(text))
    return tuple(dict.fromkeys(filter(None, found)))


def parse_parameter(assignment: str) -> tuple[str, object]:
    """Parse ``name=value``.

    The value is parsed as JSON if it is valid JSON, else taken as text: ``year=2022`` is a number, ``year="2022"`` and
    ``country=PL`` are texts.

    Raises
    ------
    twingraph.errors.InputError
        There is no ``=``, or a number does not fit 64 bits.
    """
    parts = _ASSIGNED.fullmatch(assignment)
    if parts is None:
        raise InputError(f"{assignment!r} is not NAME=VALUE.", "Write a parameter as NAME=VALUE.")
    text = parts["value"]
    try:
        value = json.loads(text, parse_constant=_reject_constant)
    except (ValueError, RecursionError):
        value = text
    if not _fits_64_bits(value):
        raise InputError(
            f"The value of {parts['name']} is a number beyond 64 bits.", 'Quote it to pass it as text: "…".'
        )
    return parts["name"], value


def _reject_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def _fits_64_bits(value: object) -> bool:
    """Return whether every whole number in `value` fits 64 bits."""
    if isinstance(value, Mapping):
        return all(map(_fits_64_bits, value.values()))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return all(map(_fits_64_bits, value))
    return not isinstance(value, int) or -_LARGEST - 1 <= value <= _LARGEST
