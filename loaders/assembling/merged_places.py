"""The places of a store that stand as one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from twingraph.graph.cypher import read_nodes
from twingraph.graph.model import Label, Relation
from twingraph.graph.store import Store
from twingraph.loaders.assembling.changes import batches
from twingraph.loaders.assembling.merge_rules import Row, reference

__all__ = ["LIES_IN", "Merged", "as_row", "read_merged", "read_places", "read_rows"]

LIES_IN = {Relation.IN_REGION: Relation.WAS_IN_REGION, Relation.IN_COUNTRY: Relation.WAS_IN_COUNTRY}
"""How a municipality or a metropolis lies in a region or country; how a merged place does, which no question counts."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The places of a store that stand as one.

    Attributes
    ----------
    own
        The properties of each `MergedPlace` by id.
    standing
        The properties of the municipalities and metropolises that stand for them, by id.
    left_over
        Ids of each `MergedPlace` whose place has gone from the store.
    """

    own: Mapping[str, Row] = field(default_factory=dict)
    standing: Mapping[str, Row] = field(default_factory=dict)
    left_over: tuple[str, ...] = ()

    def meant(self, id_: str) -> str:
        """Return the id that stands for a place."""
        row = self.own.get(id_)
        return str(row["into"]) if row else id_

    @property
    def stands(self) -> dict[str, list[str]]:
        """The ids that each standing place stands for."""
        found: dict[str, list[str]] = defaultdict(list)
        for id_, row in self.own.items():
            found[str(row["into"])].append(id_)
        return found


def read_merged(store: Store) -> Merged:
    """Return the places of a store that stand as one."""
    rows = store.read(f"MATCH (m:{Label.MERGED_PLACE}) RETURN m.id AS id, properties(m) AS own ORDER BY id")
    own = {str(row["id"]): as_row(row["own"]) for row in rows}
    if not own:
        return Merged()
    standing = read_places(store, {str(row["into"]) for row in own.values()})
    return Merged(
        {id_: row for id_, row in own.items() if row["into"] in standing},
        standing,
        tuple(id_ for id_, row in own.items() if row["into"] not in standing),
    )


def read_places(store: Store, ids: Iterable[str]) -> dict[str, Row]:
    """Return the properties of municipalities and metropolises by id, of those that a store has."""
    by_label: dict[Label, list[str]] = defaultdict(list)
    for id_ in sorted(ids):
        by_label[reference(id_).label].append(id_)
    return {
        str(row["id"]): as_row(row["properties"])
        for label, asked in by_label.items()
        for row in read_rows(store, read_nodes(label), asked)
    }


def read_rows(store: Store, query: str, rows: Iterable[object]) -> Iterable[Row]:
    """Yield what a query answers that takes ``$rows``, batch by batch."""
    for batch in batches(rows):
        yield from store.read(query, {"rows": batch})


def as_row(value: object) -> Row:
    """Return the properties of a node or a relationship as a store answers them."""
    if not isinstance(value, dict):
        raise TypeError(f"properties expected, not {value!r}")
    return value
