"""Looking after a store: emptying it, and putting a backup in its place."""

from functools import partial
from pathlib import Path

from twingraph.errors import NotATwingraphStoreError, StoreError, StoreLockedError, StoreNotFoundError
from twingraph.graph.model import Label
from twingraph.graph.open import open_store
from twingraph.graph.store import Store, Transaction

__all__ = ["clear", "restore"]

BATCH = 10_000
"""Nodes a transaction; a server keeps all that a transaction deletes in its memory."""


def clear(store: Store) -> int:
    """Delete every node that bears one of our labels, with its relationships; constraints and indexes stay.

    The nodes go in batches: a run that is stopped has deleted a part, and the next run deletes the rest.

    Returns
    -------
    int
        How many nodes were deleted.
    """
    deleted = 0
    for label in Label:
        while removed := store.write(partial(clear_batch, label=label)):
            deleted += removed
    return deleted


def clear_batch(transaction: Transaction, *, label: Label) -> int:
    """Delete some nodes of one label and return their number."""
    some = transaction.run(f"MATCH (n:{label}) WITH n LIMIT {BATCH} RETURN count(n) AS n").records[0][0]
    if some:
        transaction.run(f"MATCH (n:{label}) WITH n LIMIT {BATCH} DETACH DELETE n")
    return int(str(some))


def restore(backup: Path, target: str | Path, *, replace: bool = False) -> None:
    """Put a copy of `backup` in the place of the embedded store `target`.

    The backup is checked first, and the store changes in one step: it is the old one or the new one, never a part.

    Parameters
    ----------
    backup
        A file that ``twingraph db backup`` wrote.
    target
        The store's path.
    replace
        Whether a store with data in it may be replaced.

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
    with open_store(backup) as store:
        faults = store.check()
        if faults:
            raise StoreError(f"The backup {backup} is damaged: {faults[0]}", "Take another backup.")
        holds = holding(target)
        if holds and not replace:
            raise StoreError(f"{target} {holds}.", "Say --yes to replace it.")
        part = target.with_name(target.name + ".restoring")
        part.unlink(missing_ok=True)
        store.backup(part)
    try:
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StoreError(f"{target} cannot be replaced: {error.strerror}.", "Check who owns the folder.") from error
    # What a process that died left beside the old store does not belong to the new one.
    target.with_name(target.name + ".wal").unlink(missing_ok=True)


def holding(target: Path) -> str:
    """Return what a restore would destroy at `target`, in words; empty where there is nothing."""
    try:
        with open_store(target, read_only=False) as store:
            nodes = store.info().nodes
            return f"holds {nodes:,} nodes already" if nodes else ""
    except StoreNotFoundError:
        return ""
    except (NotATwingraphStoreError, StoreLockedError):
        raise
    except StoreError:
        return "is damaged, but there"
