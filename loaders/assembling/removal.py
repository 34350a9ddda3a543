"""Removal of one source: its statements, and the relationships, places and pages that only they support."""

from twingraph.errors import UnknownNameError
from twingraph.graph.model import Label, Relation
from twingraph.graph.store import Store
from twingraph.loaders.assembling.changes import Changes
from twingraph.loaders.assembling.comparison import compare_without
from twingraph.loaders.assembling.merged_places import read_merged
from twingraph.loaders.assembling.merging import merge_stored

__all__ = ["remove_source", "without_source"]


def without_source(store: Store, source_id: str) -> Changes:
    """Return what has to change for a store to hold no statement of one source.

    Everything that other sources support too stays and is derived from their statements. Loading the source again
    restores all of it.

    Parameters
    ----------
    store
        Only read here.
    source_id
        Of a dataset, or of a page that datasets cite: then only the statements of that page are removed.

    Raises
    ------
    twingraph.errors.UnknownNameError
        The store has no such source.
    """
    known = [str(id_) for (id_,) in store.read(f"MATCH (s:{Label.SOURCE}) RETURN s.id ORDER BY s.id").records]
    if source_id not in known:
        raise UnknownNameError("source", source_id, known, "`twingraph sources --all` lists the ids.")
    rows = store.read(
        f"MATCH (s:{Label.STATEMENT})-[:{Relation.FROM}]->(source:{Label.SOURCE}) "
        "WHERE s.dataset = $id OR source.id = $id RETURN s.id AS id ORDER BY id",
        {"id": source_id},
    )
    changes = compare_without(store, [str(id_) for (id_,) in rows.records])
    leaving = changes.orphans.setdefault(Label.SOURCE, [])
    if source_id not in leaving:  # a dataset all of whose rows cite pages has no statement of its own
        leaving.append(source_id)
        changes.count(Label.SOURCE).removed += 1
    return changes


def remove_source(store: Store, changes: Changes) -> None:
    """Remove a source, and the merged places whose representative is removed with it.

    Parameters
    ----------
    store
        A store that can be written.
    changes
        See :func:`without_source`.
    """
    changes.apply(store)
    known = read_merged(store)
    if known.left_over:
        groups = [(into, *ids) for into, ids in known.members.items()]
        merge_stored(store, groups, lambda _id: None).apply(store)
