"""What the adapters of both engines share: waiting for an answer, durations as text, and errors of refused queries."""

from collections.abc import Callable
from threading import Thread

from twingraph.errors import QueryError, QueryTimeoutError

__all__ = [
    "READ_ONLY_HINT",
    "await_answer",
    "check_not_empty",
    "iso_duration",
    "missing_parameter",
    "not_unique",
    "syntax_error",
    "would_write",
]

NANOS = 1_000_000_000


def iso_duration(months: int, days: int, nanos: int) -> str:
    """Return a duration as ISO 8601 text with the parts that Cypher keeps separate: months, days and seconds.

    Examples
    --------
    >>> iso_duration(14, 3, 90_500_000_000)
    'P14M3DT90.5S'
    >>> iso_duration(0, 0, 0)
    'PT0S'
    """
    text = "P"
    if months:
        text += f"{months}M"
    if days:
        text += f"{days}D"
    if nanos or text == "P":
        seconds, rest = divmod(abs(nanos), NANOS)
        fraction = f".{rest:09d}".rstrip("0") if rest else ""
        text += f"T{'-' if nanos < 0 else ''}{seconds}{fraction}S"
    return text


def await_answer[T](ask: Callable[[], T], timeout: float | None = None) -> T:
    """Return what `ask` returns, or raise what it raises.

    `ask` runs in a thread of its own, since an engine at work ignores signals. After a timeout it continues in the
    background until it ends or the process exits, and its answer is discarded.

    Raises
    ------
    twingraph.errors.QueryTimeoutError
        No answer came within `timeout` seconds.
    """
    answer: list[T] = []
    problem: list[BaseException] = []

    def work() -> None:
        try:
            answer.append(ask())
        except BaseException as error:  # noqa: BLE001  (raised again where the caller waits)
            problem.append(error)

    worker = Thread(target=work, name="twingraph-read", daemon=True)
    worker.start()
    worker.join(timeout)
    if problem:
        raise problem[0]
    if not answer:
        raise QueryTimeoutError(
            f"The query was given up after {timeout:g} seconds.", "Ask for less, or allow more time."
        )
    return answer[0]


READ_ONLY_HINT = "Data comes in by `twingraph load`; a query only reads."


def check_not_empty(query: str) -> None:
    """Raise :class:`QueryError` for a query without text."""
    if not query.strip():
        raise QueryError("The query is empty.", "Write a Cypher query, such as: MATCH (n) RETURN count(n)")


def syntax_error(query: str, line: int, column: int, problem: str) -> QueryError:
    """Return the error for a query that the engine cannot parse, with a caret under the fault.

    Parameters
    ----------
    query
        The query as the user wrote it.
    line, column
        Position of the fault, counted from 1.
    problem
        The engine's own message.
    """
    lines = query.splitlines() or [""]
    text = lines[line - 1] if 0 < line <= len(lines) else lines[-1]
    # Tabs stay tabs above the caret, and a line of many thousand characters is cut around the fault.
    first = max(0, column - 1 - 60)
    shown = text[first : column + 60]
    lead = "".join("\t" if character == "\t" else " " for character in text[first : column - 1])
    message = f"Syntax error in line {line}, column {column} of the query: {problem}\n  {shown}\n  {lead}^"
    return QueryError(message, "Correct the query there.")


def would_write() -> QueryError:
    """Return the error for a query that would write where only reading is allowed."""
    return QueryError("The query would write to the database, and only reading is allowed here.", READ_ONLY_HINT)


def missing_parameter(name: str) -> QueryError:
    """Return the error for a query whose parameter `name` has no value."""
    return QueryError(f"The query needs a value for ${name}.", f"Give it: -p {name}=VALUE")


def not_unique(problem: str) -> QueryError:
    """Return the error for a write that would give two nodes one id; `problem` is the engine's message."""
    return QueryError(
        f"Two nodes of one label cannot have the same id: {problem}", "MERGE on the id instead of CREATE."
    )
