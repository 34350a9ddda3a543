"""Maintenance of a store: delete its data, restore a backup."""

from contextlib import nullcontext, suppress
from functools import partial
from pathlib import Path

from twingraph.errors import (
    NotATwingraphStoreError,
    ReadOnlyError,
    StoreError,
    StoreLockedError,
    StoreNotFoundError,
    TwingraphError,
)
from twingraph.graph.files import (
    RESTORING,
    FilesState,
    files_state,
    lock_file,
    put_in_place,
    remove_file,
    remove_unfinished,
)
from twingraph.graph.model import Label
from twingraph.graph.open import open_store
from twingraph.graph.store import Store, Transaction

__all__ = ["clear", "restore"]

BATCH = 10_000
"""Nodes deleted per transaction; a server keeps in memory all that a transaction deletes. Chosen by hand."""


def clear(store: Store) -> int:
    """Delete every node with one of our labels and its relationships; constraints and indexes stay.

    Of a file, the unfinished copies of killed processes are deleted too.

    Each batch is a transaction of its own: a run that is stopped has deleted some, and the next run deletes the rest.

    Returns
    -------
    int
        Number of deleted nodes.
    """
    deleted = 0
    for label in Label:
        while removed := store.write(partial(clear_batch, label=label)):
            deleted += removed
    path = getattr(store, "path", None)
    if isinstance(path, Path):
        remove_unfinished(path.resolve())
    return deleted


def clear_batch(transaction: Transaction, *, label: Label) -> int:
    """Delete up to :data:`BATCH` nodes of one label and return their number."""
    some = transaction.run(f"MATCH (n:{label}) WITH n LIMIT {BATCH} RETURN count(n) AS n").records[0][0]
    if some:
        transaction.run(f"MATCH (n:{label}) WITH n LIMIT {BATCH} DETACH DELETE n")
    return int(str(some))


def restore(backup: Path, target: str | Path, *, replace: bool = False) -> None:
    """Replace the embedded store `target` by a copy of `backup`.

    The backup is checked first, and the file is replaced in one step together with its log: the store is the old one
    or the new one. The old one is locked from the check until it is replaced.

    Parameters
    ----------
    backup
        A file that ``twingraph db backup`` wrote.
    target
        The store's path.
    replace
        Whether a store that holds data may be replaced.

    Raises
    ------
    twingraph.errors.StoreError
        The backup is damaged, the store is in use or not ours, or it holds data and `replace` is not set.
    """
    if not isinstance(target, Path):
        raise StoreError(
            f"{target} is a server, and a backup file cannot be put into it.",
            "Use the server's own tool: neo4j-admin database load (see docs/neo4j.md).",
        )
    target = target.resolve()  # a link stays a link
    with open_store(backup) as store:
        faults = store.check()
        if faults:
            raise StoreError(f"The backup {backup} is damaged: {faults[0]}", "Take another backup.")
        contents = describe_contents(target)
        if contents and not replace:
            raise StoreError(f"{target} {contents}.", "Say --yes to replace it.")
        checked = files_state(target)
        with lock_file(target) if target.exists() else nullcontext():
            _check_state(target, checked)
            remove_unfinished(target)
            part = target.with_name(target.name + RESTORING)
            try:
                store.backup(part)
                _check_state(target, checked)
                put_in_place(part, target)
            except BaseException:
                with suppress(TwingraphError):  # the first error counts
                    remove_file(part)
                raise


def _check_state(target: Path, checked: FilesState) -> None:
    if files_state(target) != checked:
        raise StoreError(f"Another process has written to {target} meanwhile.", "Run the command again.")


def describe_contents(target: Path) -> str:
    """Return what a restore would destroy at `target`, as the end of a sentence; empty if nothing."""
    try:
        with open_store(target, read_only=False) as store:
            nodes = store.info().nodes
            return f"holds {nodes:,} nodes already" if nodes else ""
    except StoreNotFoundError:
        return ""
    except (NotATwingraphStoreError, ReadOnlyError, StoreLockedError):
        raise
    except StoreError:
        return "is damaged, but there"
