"""Embedded stores that are filled in a second file, which replaces the store once it is complete.

A load is all or nothing without being one transaction: the engine keeps in memory all that a transaction writes and
replaces, and here each batch is a transaction of its own.
"""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeGuard

from twingraph.errors import StoreError, StoreLockedError, TwingraphError
from twingraph.graph.embedded import EmbeddedStore
from twingraph.graph.embedded_errors import translate_engine_errors
from twingraph.graph.files import (
    UNFINISHED,
    check_unchanged,
    file_identity,
    is_engine_file,
    lock_file,
    put_in_place,
    remove_file,
)
from twingraph.graph.open import open_store
from twingraph.graph.store import Store

__all__ = ["can_be_replaced", "new_store", "replaced_store"]


@contextmanager
def new_store(path: Path) -> Iterator[Store]:
    """Create an embedded store that appears at `path` when the block ends without an error.

    Until then it is the file ``PATH.unfinished``. A killed process leaves that file, and the next one removes it.

    Parameters
    ----------
    path
        A path without a file.

    Yields
    ------
    Store
        The empty store to fill.

    Raises
    ------
    twingraph.errors.StoreLockedError
        Another process is filling it.
    twingraph.errors.StoreError
        It cannot be created, or another process has created it meanwhile.
    """
    unfinished = path.with_name(f"{path.name}{UNFINISHED}")
    _remove_leftover(unfinished)
    _check_absent(path)
    try:
        with open_store(unfinished, read_only=False, create=True) as store:
            yield store
        _check_absent(path)
        put_in_place(unfinished, path)
    except StoreLockedError:  # another process owns the file
        raise
    except BaseException:
        remove_file(unfinished)
        raise


@contextmanager
def replaced_store(store: EmbeddedStore) -> Iterator[Store]:
    """Copy an embedded store, to be changed; the copy replaces it when the block ends without an error.

    The given store is closed and its file locked until then. A killed process leaves the same file as with
    :func:`new_store`.

    Parameters
    ----------
    store
        Open for writing, and accepted by :func:`can_be_replaced`.

    Yields
    ------
    Store
        The copy.

    Raises
    ------
    twingraph.errors.StoreLockedError
        Another process has taken the file meanwhile.
    twingraph.errors.StoreError
        It cannot be copied, or another process has written to it meanwhile.
    """
    path, commits = store.path.resolve(), store.commits
    unfinished = path.with_name(f"{path.name}{UNFINISHED}")
    identity = file_identity(path)
    store.close()
    with lock_file(path):
        _remove_leftover(unfinished)
        try:
            with translate_engine_errors(unfinished):
                shutil.copy(path, unfinished)
            with EmbeddedStore.open(unfinished, read_only=False) as copy:
                _check_commits(copy, commits, path)
                yield copy
            check_unchanged(path, identity)
            put_in_place(unfinished, path)
        except BaseException:
            remove_file(unfinished)
            raise


def can_be_replaced(store: Store) -> TypeGuard[EmbeddedStore]:
    """Whether :func:`replaced_store` supports the store: an embedded one, on a system that can lock its file."""
    return isinstance(store, EmbeddedStore) and sys.platform != "win32"


def _remove_leftover(unfinished: Path) -> None:
    """Remove the file of a killed process, which may be damaged; a living process has it locked."""
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


def _check_absent(path: Path) -> None:
    if path.exists():
        raise StoreError(f"Another process has created {path} meanwhile.", "Run the command again.")


def _check_commits(copy: EmbeddedStore, commits: int, path: Path) -> None:
    if copy.commits != commits:
        raise StoreError(f"Another process has written to {path} meanwhile.", "Run the command again.")
