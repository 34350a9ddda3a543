"""How a refused query is told, the same from both engines."""

from twingraph.errors import QueryError

__all__ = ["READ_ONLY_HINT", "check_not_empty", "missing_parameter", "not_unique", "syntax_error", "would_write"]

READ_ONLY_HINT = "Data comes in by `twingraph load`; a query only reads."


def check_not_empty(query: str) -> None:
    """Refuse a query without text."""
    if not query.strip():
        raise QueryError("The query is empty.", "Write a Cypher query, such as: MATCH (n) RETURN count(n)")


def syntax_error(query: str, line: int, column: int, problem: str) -> QueryError:
    """Return the error for a query that the engine cannot parse, with the place marked by a caret.

    Parameters
    ----------
    query
        The query as the user wrote it.
    line, column
        The place, counted from 1.
    problem
        The engine's own words.
    """
    lines = query.splitlines() or [""]
    text = lines[line - 1] if 0 < line <= len(lines) else lines[-1]
    # Tabs stay tabs under the caret, and a line of many thousand characters is cut around the place.
    first = max(0, column - 1 - 60)
    shown = text[first : column + 60]
    lead = "".join("\t" if character == "\t" else " " for character in text[first : column - 1])
    message = f"Syntax error in line {line}, column {column} of the query: {problem}\n  {shown}\n  {lead}^"
    return QueryError(message, "Mend the query there.")


def would_write() -> QueryError:
    """Return the error for a query that would write where only reading is possible."""
    return QueryError("The query would write to the database, and only reading is allowed here.", READ_ONLY_HINT)


def missing_parameter(name: str) -> QueryError:
    """Return the error for a query whose parameter `name` has no value."""
    return QueryError(f"The query needs a value for ${name}.", f"Give it: -p {name}=VALUE")


def not_unique(problem: str) -> QueryError:
    """Return the error for a write that would give two nodes of one label the same id, in the engine's words."""
    return QueryError(
        f"Two nodes of one label cannot bear the same id: {problem}", "MERGE on the id instead of CREATE."
    )
