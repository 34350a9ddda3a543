"""Every error that twingraph reports to a user.

Each error carries what happened (`message`) and what to do next (`hint`). The command line prints both and exits with
code 1; a library caller catches :class:`TwingraphError` or one of its children.
"""

from collections.abc import Sequence
from difflib import get_close_matches

__all__ = [
    "AmbiguousNameError",
    "AuthenticationError",
    "ConfigError",
    "DiskFullError",
    "ForeignFileError",
    "InputError",
    "NotATwingraphStoreError",
    "OutdatedStoreError",
    "OutputError",
    "PlaceIndexError",
    "QueryError",
    "QueryTimeoutError",
    "ReadOnlyError",
    "ServerTooOldError",
    "ServerUnreachableError",
    "StoreError",
    "StoreLockedError",
    "StoreNotFoundError",
    "TwingraphError",
    "UnknownNameError",
    "nearest",
]


class TwingraphError(Exception):
    """An error that a user can act on: a message and the next step.

    Parameters
    ----------
    message
        What happened, one sentence or more, without a trailing newline.
    hint
        What the user can do about it.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class ConfigError(TwingraphError):
    """A setting (option, environment variable, password file) cannot be used."""


class InputError(TwingraphError):
    """A file given by the user cannot be read as what it should be.

    Parameters
    ----------
    message
        What is wrong.
    hint
        What to do next.
    file
        The file as the user named it.
    line
        The faulty line of that file, counted from 1, if one is known.
    """

    def __init__(self, message: str, hint: str = "", *, file: str | None = None, line: int | None = None) -> None:
        where = "" if file is None else file if line is None else f"{file}, line {line}"
        super().__init__(f"{where}: {message}" if where else message, hint)
        self.file = file
        self.line = line


class ForeignFileError(InputError):
    """A file of a format that cannot be loaded: among others it is skipped and reported."""


class OutputError(TwingraphError):
    """A result cannot be written where the user wants it."""


class PlaceIndexError(TwingraphError):
    """The index of places cannot be built or read."""


class UnknownNameError(TwingraphError):
    """A name that nothing has.

    Parameters
    ----------
    what
        The kind of thing looked for, such as ``"oblast"``.
    name
        The name as the user typed it.
    known
        The names that exist; the nearest are suggested.
    hint
        A next step, added to the nearest names.
    chosen
        Whether `known` holds only likely names: then the first five are suggested if none is near.
    """

    def __init__(
        self, what: str, name: str, known: Sequence[str] = (), hint: str = "", *, chosen: bool = False
    ) -> None:
        self.suggestions = nearest(name, known) or (tuple(known[:5]) if chosen else ())
        meant = f"Did you mean {', '.join(self.suggestions)}?" if self.suggestions else ""
        super().__init__(f"There is no {what} called {name!r}.", " ".join(filter(None, (meant, hint))))


class AmbiguousNameError(TwingraphError):
    """A name that several have.

    Parameters
    ----------
    what
        The kind of thing looked for, such as ``"municipality"``.
    name
        The name as the user typed it.
    candidates
        Those that have it, each described unambiguously, the likeliest first.
    hint
        How to choose one.
    """

    def __init__(self, what: str, name: str, candidates: Sequence[str], hint: str = "") -> None:
        self.candidates = tuple(candidates)
        shown = [f"  {candidate}" for candidate in self.candidates[:10]]
        if len(self.candidates) > len(shown):
            shown.append(f"  and {len(self.candidates) - len(shown)} more")
        super().__init__(f"{name!r} can mean any {what} of these:\n" + "\n".join(shown), hint)


class StoreError(TwingraphError):
    """The graph store cannot do what was asked."""


class StoreNotFoundError(StoreError):
    """There is no store at that place yet."""


class StoreLockedError(StoreError):
    """Another process has the store locked."""


class OutdatedStoreError(StoreError):
    """The database was made by an earlier version, in a form that is no longer read: its sources are loaded again."""


class NotATwingraphStoreError(StoreError):
    """The file or database is not a twingraph store."""


class ReadOnlyError(StoreError):
    """A write was requested where only reading is possible."""


class DiskFullError(StoreError):
    """No room is left on the device."""


class ServerUnreachableError(StoreError):
    """No server answers at the address."""


class AuthenticationError(StoreError):
    """The server refuses the user or the password."""


class ServerTooOldError(StoreError):
    """The server is older than twingraph can use."""


class QueryError(StoreError):
    """The engine refuses a query: its syntax, a name in it, or a write where only reading is allowed."""


class QueryTimeoutError(QueryError):
    """A query ran longer than it was allowed to."""


def nearest(name: str, known: Sequence[str], *, count: int = 5) -> tuple[str, ...]:
    """Return the known names most similar to `name`, the most similar first.

    Parameters
    ----------
    name
        The name looked for, in any case.
    known
        The names that exist.
    count
        Maximum number of names.
    """
    folded: dict[str, str] = {}
    for candidate in known:
        folded.setdefault(candidate.casefold(), candidate)
    return tuple(folded[key] for key in get_close_matches(name.casefold(), folded, n=count, cutoff=0.6))
