"""Embedded stores that are filled where nobody sees them, and stand in their place once they are whole.

Beside being all or nothing this takes a fraction of the memory: the engine holds all that one transaction writes, with
what it replaces, until the end. Here each batch can be a transaction of its own.
"""

import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeGuard

from twingraph.errors import StoreError, StoreLockedError, TwingraphError
from twingraph.graph.embedded import EmbeddedStore, is_engine_file, remove_file
from twingraph.graph.embedded_errors import told
from twingraph.graph.open import open_store
from twingraph.graph.store import Store

__all__ = ["can_be_replaced", "new_store", "replaced_store"]

UNFINISHED = ".unfinished"


@contextmanager
def new_store(path: Path) -> Iterator[Store]:
    """Make an embedded store that stands at `path` once the block has ended: whole, or not at all.

    Until then it is the file ``PATH.unfinished``, which whoever is killed in the block leaves behind and the next one
    clears away.

    Parameters
    ----------
    path
        Where there is no file yet.

    Yields
    ------
    Store
        Empty, to be filled.

    Raises
    ------
    twingraph.errors.StoreLockedError
        Another process is filling it.
    twingraph.errors.StoreError
        It cannot be made, or somebody else has made it meanwhile.
    """
    unfinished = path.with_name(f"{path.name}{UNFINISHED}")
    _clear(unfinished)
    _refuse_made(path)
    try:
        with open_store(unfinished, read_only=False, create=True) as store:
            yield store
        _refuse_made(path)
        _rename(unfinished, path)
    except StoreLockedError:  # then it is another's
        raise
    except BaseException:
        remove_file(unfinished)
        raise


@contextmanager
def replaced_store(store: EmbeddedStore) -> Iterator[Store]:
    """Copy an embedded store, to be changed; the copy takes its place once the block has ended: whole, or not at all.

    The store that is given is closed, and its file held until then: nobody reads or writes it. What is left by whoever
    is killed in the block is as with :func:`new_store`.

    Parameters
    ----------
    store
        Open for writing. Only where :func:`can_be_replaced` says so.

    Yields
    ------
    Store
        The copy.

    Raises
    ------
    twingraph.errors.StoreLockedError
        Another process has taken the file meanwhile.
    twingraph.errors.StoreError
        It cannot be copied, or somebody else has written to it meanwhile.
    """
    path, commits = store.path.resolve(), store.commits
    unfinished = path.with_name(f"{path.name}{UNFINISHED}")
    store.close()
    with _held(path):
        _clear(unfinished)
        try:
            with told(unfinished):
                shutil.copy(path, unfinished)
            with EmbeddedStore.open(unfinished, read_only=False) as copy:
                _refuse_written(copy, commits, path)
                yield copy
            _rename(unfinished, path)
        except BaseException:
            remove_file(unfinished)
            raise


def can_be_replaced(store: Store) -> TypeGuard[EmbeddedStore]:
    """Tell whether :func:`replaced_store` can be used: an embedded store, on a system that can hold its file."""
    return isinstance(store, EmbeddedStore) and sys.platform != "win32"


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """Hold a file in the engine's own way, so that no other process opens it; it may get another name meanwhile."""
    if sys.platform == "win32":
        raise AssertionError("see can_be_replaced")
    import fcntl  # noqa: PLC0415

    with ExitStack() as stack:
        with told(path):
            file = stack.enter_context(path.open("r+b"))
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                what = f"Another process has taken {path} meanwhile."
                raise StoreLockedError(what, "Run the command again.") from None
        yield


def _clear(unfinished: Path) -> None:
    """Clear away what a process that was killed has left; it may be damaged. Who is alive holds the file."""
    if not unfinished.exists():
        return
    if not is_engine_file(unfinished):
        raise StoreError(
            f"{unfinished} is in the way, and twingraph did not make it.", "Move it, or name another --db."
        )
    try:
        open_store(unfinished, read_only=False).close()
    except StoreLockedError:
        raise
    except TwingraphError:
        pass
    remove_file(unfinished)


def _refuse_made(path: Path) -> None:
    if path.exists():
        raise StoreError(f"Somebody else has made {path} meanwhile.", "Run the command again.")


def _refuse_written(copy: EmbeddedStore, commits: int, path: Path) -> None:
    if copy.commits != commits:
        raise StoreError(f"Somebody else has written to {path} meanwhile.", "Run the command again.")


def _rename(unfinished: Path, path: Path) -> None:
    try:
        unfinished.rename(path)
    except OSError as error:
        raise StoreError(f"{path} cannot be made: {error.strerror}.", "Run the command again.") from error
