"""Applying the judgements about ids to a store."""

from collections.abc import Iterable
from dataclasses import dataclass

from twingraph.graph.cypher import read_nodes
from twingraph.graph.model import Label
from twingraph.graph.store import Store
from twingraph.loaders.assembling.changes import Changes
from twingraph.loaders.assembling.merged_places import groups, meant_by, read_merged, read_rows
from twingraph.loaders.assembling.merging import merge_stored
from twingraph.loaders.judgements.model import Judgement
from twingraph.loaders.places.gazetteer import Gazetteer
from twingraph.loaders.places.judged_names import find_entry
from twingraph.loaders.places.model import Place

__all__ = ["Applied", "apply_judgements", "preview_judgements"]


@dataclass(frozen=True, slots=True)
class Applied:
    """What judgements about the ids of places changed in a store.

    Attributes
    ----------
    changes
        What was written; empty where nothing had to change.
    merged
        Pairs of ids: a place, and the place that represents it now.
    separated
        Ids of places that are separate again.
    """

    changes: Changes
    merged: tuple[tuple[str, str], ...] = ()
    separated: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """The changes, in sentences."""
        return (
            *(f"{id_} is merged into {into}." for id_, into in self.merged),
            *(f"{id_} is separate again." for id_ in self.separated),
        )


def apply_judgements(store: Store, judgements: Iterable[Judgement], gazetteer: Gazetteer | None) -> Applied:
    """Merge and separate the places of a store by the judgements about their ids, in one transaction.

    Judgements about names are applied by the resolver, from the next load on.

    Parameters
    ----------
    store
        A store that can be written.
    judgements
        All judgements: places that were merged by others are separated.
    gazetteer
        Has the places that are not in the store yet; may be ``None`` where there are no judgements.

    Raises
    ------
    twingraph.errors.InputError
        The judgements contradict each other.
    twingraph.errors.StoreError
        The engine fails; then nothing has changed.
    """

    def find(id_: str) -> Place | None:
        entry = find_entry(gazetteer, id_) if gazetteer else None
        return gazetteer.place(entry) if gazetteer and entry else None

    known = read_merged(store)
    changes = merge_stored(store, groups(judgements), find)
    written = [row for row in changes.nodes.get(Label.MERGED_PLACE, []) if isinstance(row, dict)]
    into = tuple(sorted((str(row["id"]), str(row["into"])) for row in written if row["id"] != row["into"]))
    gone = changes.dropped_nodes.get(Label.MERGED_PLACE, ())
    separated = tuple(sorted(id_ for id_ in gone if known.meant(id_) != id_))
    if changes.size:
        store.ensure_schema()
        changes.apply(store)
    return Applied(changes, into, separated)


def preview_judgements(
    store: Store, coming: Changes, judgements: Iterable[Judgement], gazetteer: Gazetteer | None
) -> tuple[str, ...]:
    """Return in sentences what :func:`apply_judgements` would change after a load; nothing is written.

    Parameters
    ----------
    store
        Its state before the load.
    coming
        The changes of the load.
    judgements
        All judgements.
    gazetteer
        Has the places that are not in the store yet; may be ``None`` where there are no judgements.
    """
    known = read_merged(store)
    wanted = groups(judgements)
    asked = sorted({id_ for ids in wanted for id_ in ids})
    stored = {str(row["id"]) for row in read_rows(store, read_nodes(Label.MUNICIPALITY), asked)}
    written = {
        str(node["id"] if isinstance(node, dict) else getattr(node, "id", ""))
        for node in coming.nodes.get(Label.MUNICIPALITY, ())
    }
    present = (stored - set(coming.orphans.get(Label.MUNICIPALITY, ()))) | written | known.own.keys()
    held = [
        tuple(id_ for id_ in ids if id_ in present or (id_ == ids[0] and gazetteer and find_entry(gazetteer, id_)))
        for ids in wanted
    ]
    whole = [each for ids, each in zip(wanted, held, strict=True) if len(each) > 1 and each[0] == ids[0]]
    meant = meant_by(whole)
    merging = sorted(id_ for ids in whole for id_ in ids if known.meant(id_) != meant(id_))
    separating = sorted(id_ for id_ in known.own if known.meant(id_) != id_ and meant(id_) == id_)
    return (
        *(f"{id_} would be merged into {meant(id_)}." for id_ in merging),
        *(f"{id_} would be separate again." for id_ in separating),
    )
