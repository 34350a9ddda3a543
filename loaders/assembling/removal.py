"""Taking one source out: its statements, and the relationships, places and pages that rested on them alone."""

from twingraph.errors import UnknownNameError
from twingraph.graph.model import Label, Relation
from twingraph.graph.store import Store
from twingraph.loaders.assembling.changes import Changes
from twingraph.loaders.assembling.comparison import compare_without
from twingraph.loaders.assembling.merge_stored import merge_stored
from twingraph.loaders.assembling.merged_places import read_merged

__all__ = ["remove_source", "without_source"]


def without_source(store: Store, source_id: str) -> Changes:
    """Return what has to change for a store to hold nothing that one source said.

    Everything that other sources speak of as well stays, and is derived anew from what they say. Loading the source
    again puts all of it back.

    Parameters
    ----------
    store
        Only read here.
    source_id
        Of a dataset, or of a page that datasets cite: then only what stands on that page goes.

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
    if source_id not in leaving:
        # A dataset whose rows cite pages: no statement stands in itself, and it goes all the same.
        leaving.append(source_id)
        changes.count(Label.SOURCE).removed += 1
    return changes


def remove_source(store: Store, changes: Changes) -> None:
    """Take a source out, and let go what was kept of places that were made one, where the one has gone with it.

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
        one = [(into, *ids) for into, ids in known.stands.items()]
        merge_stored(store, one, lambda _id: None).apply(store)
