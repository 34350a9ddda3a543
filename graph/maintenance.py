"""Maintenance of a store: delete its data, restore a backup."""

from functools import partial
from pathlib import Path

from twingraph.errors import NotATwingraphStoreError, StoreError, StoreLockedError, StoreNotFoundError
from twingraph.graph.model import Label
from twingraph.graph.open import open_store
from twingraph.graph.store import Store, Transaction

__all__ = ["clear", "restore"]

BATCH = 10_000
"""Nodes deleted per transaction; a server keeps in memory all that a transaction deletes. Chosen by hand."""


def clear(store: Store) -> int:
    """Delete every node with one of our labels and its relationships; constraints and indexes stay.

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
    return deleted


def clear_batch(transaction: Transaction, *, label: Label) -> int:
    """Delete up to :data:`BATCH` nodes of one label and return their number."""
    some = transaction.run(f"MATCH (n:{label}) WITH n LIMIT {BATCH} RETURN count(n) AS n").records[0][0]
    if some:
        transaction.run(f"MATCH (n:{label}) WITH n LIMIT {BATCH} DETACH DELETE n")
    return int(str(some))


def restore(backup: Path, target: str | Path, *, replace: bool = False) -> None:
    """Replace the embedded store `target` by a copy of `backup`.

    The backup is checked first, and the file is replaced in one step: the store is the old one or the new one.

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
    with open_store(backup) as store:
        faults = store.check()
        if faults:
            raise StoreError(f"The backup {backup} is damaged: {faults[0]}", "Take another backup.")
        contents = describe_contents(target)
        if contents and not replace:
            raise StoreError(f"{target} {contents}.", "Say --yes to replace it.")
        part = target.with_name(target.name + ".restoring")
        part.unlink(missing_ok=True)
        store.backup(part)
    try:
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StoreError(f"{target} cannot be replaced: {error.strerror}.", "Check who owns the folder.") from error
    # A log left by a killed process belongs to the old store, not to the new one.
    target.with_name(target.name + ".wal").unlink(missing_ok=True)


def describe_contents(target: Path) -> str:
    """Return what a restore would destroy at `target`, as the end of a sentence; empty if nothing."""
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
