"""Bringing a store to what people have judged about its places."""

from collections.abc import Iterable
from dataclasses import dataclass

from twingraph.graph.model import Label
from twingraph.graph.store import Store
from twingraph.loaders.changes import Changes
from twingraph.loaders.judgements import Judgement
from twingraph.loaders.merging.merged import read_merged
from twingraph.loaders.merging.rules import groups
from twingraph.loaders.merging.stored import merge_stored
from twingraph.loaders.places.gazetteer import Gazetteer
from twingraph.loaders.places.judged import find_entry
from twingraph.loaders.places.model import Place

__all__ = ["Applied", "apply_judgements"]


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


def apply_judgements(store: Store, judgements: Iterable[Judgement], gazetteer: Gazetteer) -> Applied:
    """Make the places of a store one or several as judgements about their ids say, in one transaction.

    Judgements about names are the resolver's; they hold from the next load on.

    Parameters
    ----------
    store
        A store that can be written.
    judgements
        All that is judged now: what is not among them (any more) holds no longer.
    gazetteer
        Knows the places that the store does not hold yet.

    Raises
    ------
    twingraph.errors.InputError
        The judgements contradict each other.
    twingraph.errors.StoreError
        The engine cannot; then nothing has changed.
    """

    def find(id_: str) -> Place | None:
        entry = find_entry(gazetteer, id_)
        return gazetteer.place(entry) if entry else None

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
