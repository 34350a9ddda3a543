"""Bringing a store to what people have judged about its places."""

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
    """What judgements about the ids of places did to a store.

    Attributes
    ----------
    changes
        What was written; empty where the store was so already.
    joined
        Ids of places that are now one with another, which the second id names.
    parted
        Ids of places that stand by themselves again.
    """

    changes: Changes
    joined: tuple[tuple[str, str], ...] = ()
    parted: tuple[str, ...] = ()

    @property
    def told(self) -> tuple[str, ...]:
        """What was done, in sentences."""
        return (
            *(f"{id_} is one with {into} now." for id_, into in self.joined),
            *(f"{id_} stands by itself again." for id_ in self.parted),
        )


def apply_judgements(store: Store, judgements: Iterable[Judgement], gazetteer: Gazetteer | None) -> Applied:
    """Make the places of a store one or several as judgements about their ids say, in one transaction.

    Judgements about names are the resolver's; they hold from the next load on.

    Parameters
    ----------
    store
        A store that can be written.
    judgements
        All that is judged now: what is not among them (any more) holds no longer.
    gazetteer
        Knows the places that the store does not hold yet; may be ``None`` where nothing is judged.

    Raises
    ------
    twingraph.errors.InputError
        The judgements contradict each other.
    twingraph.errors.StoreError
        The engine cannot; then nothing has changed.
    """

    def find(id_: str) -> Place | None:
        entry = find_entry(gazetteer, id_) if gazetteer else None
        return gazetteer.place(entry) if gazetteer and entry else None

    known = read_merged(store)
    changes = merge_stored(store, groups(judgements), find)
    written = [row for row in changes.nodes.get(Label.MERGED_PLACE, []) if isinstance(row, dict)]
    joined = tuple(sorted((str(row["id"]), str(row["into"])) for row in written if row["id"] != row["into"]))
    gone = changes.dropped_nodes.get(Label.MERGED_PLACE, ())
    parted = tuple(sorted(id_ for id_ in gone if known.meant(id_) != id_))
    if changes.size:
        store.ensure_schema()
        changes.apply(store)
    return Applied(changes, joined, parted)


def preview_judgements(
    store: Store, coming: Changes, judgements: Iterable[Judgement], gazetteer: Gazetteer | None
) -> tuple[str, ...]:
    """Return in sentences what :func:`apply_judgements` would do after a load; nothing is written.

    Parameters
    ----------
    store
        As it is before the load.
    coming
        What the load would write.
    judgements
        All that is judged now.
    gazetteer
        Knows the places that the store does not hold yet; may be ``None`` where nothing is judged.
    """
    known = read_merged(store)
    wanted = groups(judgements)
    asked = sorted({id_ for ids in wanted for id_ in ids})
    stored = {str(row["id"]) for row in read_rows(store, read_nodes(Label.MUNICIPALITY), asked)}
    written = {
        str(node["id"] if isinstance(node, dict) else getattr(node, "id", ""))
        for node in coming.nodes.get(Label.MUNICIPALITY, ())
    }
    there = (stored - set(coming.orphans.get(Label.MUNICIPALITY, ()))) | written | known.own.keys()
    held = [
        tuple(id_ for id_ in ids if id_ in there or (id_ == ids[0] and gazetteer and find_entry(gazetteer, id_)))
        for ids in wanted
    ]
    whole = [each for ids, each in zip(wanted, held, strict=True) if len(each) > 1 and each[0] == ids[0]]
    meant = meant_by(whole)
    joined = sorted(id_ for ids in whole for id_ in ids if known.meant(id_) != meant(id_))
    parted = sorted(id_ for id_ in known.own if known.meant(id_) != id_ and meant(id_) == id_)
    return (
        *(f"{id_} would be one with {meant(id_)}." for id_ in joined),
        *(f"{id_} would stand by itself again." for id_ in parted),
    )
