"""Translate the embedded engine's errors, which are recognised by their messages; the engine is not imported here."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from twingraph.errors import (
    DiskFullError,
    NotATwingraphStoreError,
    QueryError,
    ReadOnlyError,
    StoreError,
    StoreLockedError,
    TwingraphError,
)
from twingraph.graph.adapters import missing_parameter, not_unique, syntax_error, would_write

__all__ = ["translate_engine_errors"]

CODE = re.compile(r"^GRAFEO-(?P<code>[A-Z]\d{3}): ")
PLACE = re.compile(r"\s*--> query:(?P<line>\d+):(?P<column>\d+)")
KIND = re.compile(r"^(?:[a-z ]+ error|Invalid value|Internal error|Serialization error): (?:\[\w+\] )?")
MISSING = re.compile(r"Missing parameter: \$(\w+)")

NO_ROOM = ("os error 28", "os error 122", "Storage is full", "No space left")
NOT_ALLOWED = ("os error 13", "os error 1)", "os error 30", "Permission denied", "Read-only file system")


@contextmanager
def translate_engine_errors(path: Path, query: str | None = None, *, lines_before: int = 0) -> Iterator[None]:
    """Raise an engine's error as a :class:`twingraph.errors.TwingraphError`.

    Parameters
    ----------
    path
        The file of the store.
    query
        The user's query, if one is run.
    lines_before
        Number of lines before it that the engine counts and the user does not.
    """
    try:
        yield
    except TwingraphError:
        raise
    except OSError as error:
        raise translate(f"{error.strerror} (os error {error.errno})", path, query, lines_before) from error
    except (RuntimeError, ValueError, OverflowError) as error:
        # The engine's own errors are RuntimeErrors; unsupported values raise the others.
        raise translate(str(error), path, query, lines_before) from error


def translate(text: str, path: Path, query: str | None, lines_before: int) -> TwingraphError:
    """Return the error for an engine's message."""
    found = CODE.match(text)
    code = found["code"] if found else ""
    plain = CODE.sub("", text)
    if any(sign in text for sign in NO_ROOM):
        return DiskFullError(
            f"There is no room left on the device of {path}; nothing of this step was kept.",
            "Make room, or name a database on another device with --db.",
        )
    if any(sign in text for sign in NOT_ALLOWED):
        return ReadOnlyError(
            f"{path} cannot be written: the file or its folder is read-only for you.",
            "Name a database in a folder of yours with --db, or ask its owner for the right to write.",
        )
    if "locked" in text:
        return StoreLockedError(
            f"Another process is using {path}.", "Wait until it is done, or end it: one process writes at a time."
        )
    if code.startswith("Q") or code == "T003" or query is not None:
        return translate_query_error(plain, code, query or "", lines_before)
    return translate_file_error(plain, code, path)


def translate_query_error(text: str, code: str, query: str, lines_before: int) -> TwingraphError:
    """Return the error for a query that the engine refuses."""
    if code == "T003":
        return would_write()
    missing = MISSING.search(text)
    if missing:
        return missing_parameter(missing[1])
    if "UNIQUE constraint" in text:
        return not_unique(KIND.sub("", text))
    place = PLACE.search(text)
    problem = KIND.sub("", text[: place.start()] if place else text).split("\n   |\n  help: ")
    sentence = problem[0].strip()
    if place:
        return syntax_error(query, int(place["line"]) - lines_before, int(place["column"]), sentence)
    if code.startswith("T"):
        return StoreError(f"The transaction was rolled back: {sentence}.", "Run it again.")
    return QueryError(f"The query cannot be run: {sentence}.", *problem[1:2])


def translate_file_error(text: str, code: str, path: Path) -> TwingraphError:
    """Return the error for a file that cannot be used."""
    if code.startswith("S") or "damaged" in text:
        return StoreError(
            f"The database {path} is damaged: {text}.",
            "Put a backup in its place: twingraph db restore BACKUP; or remove the file and load again.",
        )
    if code == "X002" or "not a database file" in text:
        return NotATwingraphStoreError(f"{path} is not a twingraph database.", "Name another file with --db.")
    if "closed" in text:
        return StoreError(f"The database {path} is closed.", "Open it again.")
    if "UNIQUE constraint" in text:
        return not_unique(KIND.sub("", text))
    if code.startswith("T"):
        return StoreError(f"The transaction was rolled back: {text}.", "Run it again.")
    return StoreError(f"The database {path} cannot be used: {KIND.sub('', text)}.", "")
