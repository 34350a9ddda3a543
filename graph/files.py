"""The files of an embedded store: the database, the log that the engine keeps beside it, and unfinished copies.

They are one set. A log belongs to one database: the engine refuses to open a file beside the log of another, so
whatever removes or replaces the file removes its log too.
"""

import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from twingraph.errors import StoreError, StoreLockedError
from twingraph.graph.embedded_errors import translate_engine_errors

__all__ = [
    "MAGIC",
    "RESTORING",
    "UNFINISHED",
    "FilesState",
    "check_unchanged",
    "file_identity",
    "files_state",
    "is_engine_file",
    "lock_file",
    "log_of",
    "put_in_place",
    "remove_file",
    "remove_unfinished",
]

MAGIC = b"GRAF"
UNFINISHED = ".unfinished"
RESTORING = ".restoring"
PART = ".part"
CREATING = ".creating"
"""The engine writes the first page of a new file under this name."""


def log_of(path: Path) -> Path:
    """Return the folder in which the engine logs commits to `path`."""
    return path.with_name(path.name + ".wal")


def remove_file(path: Path) -> None:
    """Remove a store that no process has open: its file, and the log that a killed process has left.

    Raises
    ------
    twingraph.errors.StoreError
        The file or its log cannot be removed.
    """
    with translate_engine_errors(path):
        path.unlink(missing_ok=True)
        path.with_name(path.name + CREATING).unlink(missing_ok=True)
        _remove_log(path)


def remove_unfinished(path: Path) -> None:
    """Remove the copies beside `path` that killed processes have left; the caller has the store locked."""
    for ending in (UNFINISHED, RESTORING, RESTORING + PART):
        copy = path.with_name(path.name + ending)
        if copy.is_file() and is_engine_file(copy):
            remove_file(copy)


def put_in_place(copy: Path, path: Path) -> None:
    """Rename a complete store that is closed to `path`, which it replaces together with its log.

    The log is removed first: a process that is killed in between leaves the old database, never a file that does not
    open. The caller has the old database locked and closed, so its log holds nothing that the file lacks.

    Raises
    ------
    twingraph.errors.StoreError
        The file cannot be renamed; the old database stays.
    """
    with translate_engine_errors(path):
        _remove_log(path)
    try:
        copy.replace(path)
    except OSError as error:
        raise StoreError(f"{path} cannot be created: {error.strerror}.", "Run the command again.") from error


def _remove_log(path: Path) -> None:
    log = log_of(path)
    if log.is_dir() and not log.is_symlink():
        shutil.rmtree(log)
    else:
        log.unlink(missing_ok=True)


def is_engine_file(path: Path) -> bool:
    """Whether the engine created the file; an empty file counts, since the engine starts with one."""
    with translate_engine_errors(path), path.open("rb") as file:
        return file.read(len(MAGIC)) in (b"", MAGIC)


def file_identity(path: Path) -> tuple[int, int] | None:
    """Return what distinguishes a file from one that has replaced it; ``None`` if there is no file."""
    with suppress(OSError):
        found = path.stat()
        return found.st_dev, found.st_ino
    return None


def check_unchanged(path: Path, identity: tuple[int, int] | None) -> None:
    """Raise an error if the file of an open store was deleted or replaced: what is written to it is lost."""
    if file_identity(path) != identity:
        raise StoreError(
            f"{path} was deleted or replaced while it was being written, and what was written is lost.",
            "Run the command again.",
        )


type FilesState = tuple[tuple[str, int, int, int], ...]


def files_state(path: Path) -> FilesState:
    """Return what changes whenever a process writes to a store: name, inode, size and time of each of its files."""
    state = []
    for file in (path, *sorted(log_of(path).glob("*"))):
        with suppress(FileNotFoundError):
            found = file.stat()
            state.append((file.name, found.st_ino, found.st_size, found.st_mtime_ns))
    return tuple(state)


@contextmanager
def lock_file(path: Path) -> Iterator[None]:
    """Lock a file as the engine does, so that no other process opens it, even after a rename.

    Does nothing on Windows, which refuses to replace a file that is open.

    Raises
    ------
    twingraph.errors.StoreLockedError
        Another process has it.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl  # noqa: PLC0415

    with ExitStack() as stack:
        with translate_engine_errors(path):
            file = stack.enter_context(path.open("r+b"))
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                what = f"Another process has taken {path} meanwhile."
                raise StoreLockedError(what, "Run the command again.") from None
        yield
