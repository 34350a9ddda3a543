"""Taking one source out: its statements, and the relationships, places and pages that rested on them alone."""

from twingraph.errors import UnknownNameError
from twingraph.graph.model import Label, Relation
from twingraph.graph.store import Store
from twingraph.loaders.changes import Changes
from twingraph.loaders.compare import compare_without

__all__ = ["without_source"]


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
