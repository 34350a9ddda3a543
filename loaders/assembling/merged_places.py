"""Which places are merged by judgements, and what that does to statements and places.

A merged place keeps its own properties (a `MergedPlace`), and a statement keeps the ids that its two names mean. So
what represents several places in the graph can be worked out again when a judgement changes.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from twingraph.errors import InputError
from twingraph.graph.cypher import read_nodes
from twingraph.graph.model import Label, Metropolis, Municipality, NodeRef, Relation
from twingraph.graph.schema import RELATIONS, STATEMENT_KEYS, make
from twingraph.graph.store import Store
from twingraph.loaders.assembling.changes import Row, as_list, as_row, batches
from twingraph.loaders.judgements.model import Judgement, Verdict

__all__ = [
    "LIES_IN",
    "Merged",
    "Moved",
    "fold",
    "groups",
    "meant_by",
    "merged",
    "move",
    "node",
    "own_properties",
    "read_merged",
    "read_places",
    "read_rows",
    "reference",
]

LIES_IN = {Relation.IN_REGION: Relation.WAS_IN_REGION, Relation.IN_COUNTRY: Relation.WAS_IN_COUNTRY}
"""How a place lies in a region or country, and how a merged place does; no question counts the latter."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The places of a store that are merged.

    Attributes
    ----------
    own
        The properties of each `MergedPlace` by id.
    representatives
        The properties of the municipalities and metropolises that represent them, by id.
    left_over
        Ids of each `MergedPlace` whose representative is no longer in the store.
    """

    own: Mapping[str, Row] = field(default_factory=dict)
    representatives: Mapping[str, Row] = field(default_factory=dict)
    left_over: tuple[str, ...] = ()

    def meant(self, id_: str) -> str:
        """Return the id of the representative of a place: its own where it is not merged."""
        row = self.own.get(id_)
        return str(row["into"]) if row else id_

    @property
    def members(self) -> dict[str, list[str]]:
        """The ids of the places that each representative represents."""
        found: dict[str, list[str]] = defaultdict(list)
        for id_, row in self.own.items():
            found[str(row["into"])].append(id_)
        return found


def read_merged(store: Store) -> Merged:
    """Return the places of a store that are merged."""
    rows = store.read(f"MATCH (m:{Label.MERGED_PLACE}) RETURN m.id AS id, properties(m) AS own ORDER BY id")
    own = {str(row["id"]): as_row(row["own"]) for row in rows}
    if not own:
        return Merged()
    representatives = read_places(store, {str(row["into"]) for row in own.values()})
    return Merged(
        {id_: row for id_, row in own.items() if row["into"] in representatives},
        representatives,
        tuple(id_ for id_, row in own.items() if row["into"] not in representatives),
    )


def read_places(store: Store, ids: Iterable[str]) -> dict[str, Row]:
    """Return the properties of the municipalities and metropolises that a store has, by id."""
    by_label: dict[Label, list[str]] = defaultdict(list)
    for id_ in sorted(ids):
        by_label[reference(id_).label].append(id_)
    return {
        str(row["id"]): as_row(row["properties"])
        for label, asked in by_label.items()
        for row in read_rows(store, read_nodes(label), asked)
    }


def read_rows(store: Store, query: str, rows: Iterable[object]) -> Iterable[Row]:
    """Yield the rows of a query over ``$rows``, batch by batch."""
    for batch in batches(rows):
        yield from store.read(query, {"rows": batch})


REGISTERS = ("geonames", "katottg", "wikidata")
"""Registers in the order in which their ids are preferred for a representative."""
NAMES = ("name", "name_uk", "name_local")
OWN = frozenset({"into", "tied"})
"""The properties of a `MergedPlace` that a municipality or metropolis does not have."""
UNPLACED = frozenset({"unplaced", "unplaced_code"})
"""The properties of a place without coordinates."""


def groups(judgements: Iterable[Judgement]) -> tuple[tuple[str, ...], ...]:
    """Return the ids that are judged to be one place, group by group, the representative first.

    The id of a register comes before one made of a name; of two equal ones the one that others are judged to be.

    Raises
    ------
    twingraph.errors.InputError
        Two places are judged different that other judgements merge, or two are of different kinds.
    """
    judged = [judgement for judgement in judgements if judgement.about_ids]
    leader: dict[str, str] = {}

    def find(id_: str) -> str:
        while leader.setdefault(id_, id_) != id_:
            id_ = leader[id_]
        return id_

    same = [judgement for judgement in judged if judgement.verdict is Verdict.SAME]
    for judgement in same:
        if reference(judgement.name).label is not reference(judgement.place).label:
            raise InputError(
                f"{judgement.name} and {judgement.place} cannot be one: a metropolis has members, a town has none",
                "Judge what the name means instead: twingraph resolve --same NAME,COUNTRY ID.",
                file=judgement.file or None,
                line=judgement.line or None,
            )
        leader[find(judgement.name)] = find(judgement.place)
    for judgement in judged:
        if judgement.verdict is Verdict.DIFFERENT and find(judgement.name) == find(judgement.place):
            raise InputError(
                f"{judgement.name} and {judgement.place} are judged different, but other judgements make them one",
                "Take one of them back: twingraph resolve --undo.",
                file=judgement.file or None,
                line=judgement.line or None,
            )
    named = Counter(judgement.name for judgement in same)
    found: dict[str, list[str]] = {}
    for id_ in sorted(leader):
        found.setdefault(find(id_), []).append(id_)
    return tuple(
        tuple(sorted(ids, key=lambda id_: (_preference(id_), named[id_], id_)))
        for ids in found.values()
        if len(ids) > 1
    )


def _preference(id_: str) -> int:
    register = id_.partition(":")[0]
    return REGISTERS.index(register) if register in REGISTERS else len(REGISTERS) + (register == "name")


def meant_by(groups_: Iterable[Sequence[str]]) -> Callable[[str], str]:
    """Return a function from an id to the id of its representative."""
    representative = {id_: ids[0] for ids in groups_ for id_ in ids}
    return lambda id_: representative.get(id_, id_)


@dataclass(frozen=True, slots=True)
class Moved:
    """A statement and its relationship, between the representatives of the places that it names."""

    statement: Row
    key: str
    start: NodeRef
    end: NodeRef


def move(statement: Row, relation: Relation, start: NodeRef, end: NodeRef, meant: Callable[[str], str]) -> Moved:
    """Return a statement as it is when places are merged.

    Parameters
    ----------
    statement
        Its properties.
    relation
        The type of its relationship.
    start, end
        The ends of that relationship before.
    meant
        From the id of a place to the id of its representative.
    """
    key = STATEMENT_KEYS[relation]
    own = [str(statement.get("place_a") or start.id), str(statement.get("place_b") or end.id)]
    said_by = statement.get("said_by")
    speaker = next((side for side in (0, 1) if said_by == (start.id, end.id)[side] != (end.id, start.id)[side]), None)
    if speaker is None and said_by is not None:
        speaker = next((side for side in (0, 1) if said_by == own[side]), None)
    sides = [
        (meant(own[side]), own[side], statement.get(f"name_{'ab'[side]}"), (start, end)[side].label, side == speaker)
        for side in (0, 1)
    ]
    if not RELATIONS[relation].directed:
        sides.sort(key=lambda side: side[0])
    one = sides[0][0] == sides[1][0]
    suffix = str(statement[key])[len(start.id) + len(end.id) + 1 :]
    row = {name: value for name, value in statement.items() if name not in {"name_a", "name_b", "place_a", "place_b"}}
    for letter, (id_, itself, name, _label, speaks) in zip("ab", sides, strict=True):
        row |= {f"name_{letter}": name} if name is not None else {}
        row |= {f"place_{letter}": itself} if itself != id_ else {}
        if speaks:
            row["said_by"] = itself if one else id_
    row[key] = f"{sides[0][0]}|{sides[1][0]}{suffix}"
    return Moved(row, key, *(NodeRef(label, id_) for id_, _own, _name, label, _speaks in sides))


def fold(itself: Row, others: Sequence[Row]) -> Row:
    """Return the properties of a representative: its own, and those that only the others have.

    Every spelling of the others becomes an alias; coordinates are taken as a pair.
    """
    folded = {key: value for key, value in itself.items() if key not in OWN}
    spellings = dict.fromkeys(map(str, as_list(folded.get("aliases"))))
    for other in others:
        spellings |= dict.fromkeys(str(other[name]) for name in NAMES if other.get(name))
        spellings |= dict.fromkeys(map(str, as_list(other.get("aliases"))))
        point: Row = {} if "lat" in folded else {key: other[key] for key in ("lat", "lon") if key in other}
        rest = {key: value for key, value in other.items() if key not in {*OWN, "lat", "lon", "aliases", *UNPLACED}}
        folded = {**rest, **folded, **point}
    if "lat" in folded:
        folded = {key: value for key, value in folded.items() if key not in UNPLACED}
    if aliases := [text for text in spellings if text not in {folded.get(name) for name in NAMES}]:
        folded["aliases"] = aliases
    return folded


def own_properties(row: Mapping[str, object]) -> Row:
    """Return the properties of a municipality or a metropolis out of those of a `MergedPlace`."""
    return {key: value for key, value in row.items() if key not in OWN}


def merged(row: Mapping[str, object], *, into: str, tied: bool) -> Row:
    """Return the properties of a `MergedPlace` out of those of a municipality or a metropolis."""
    return {**row, "into": into, "tied": tied}


def reference(id_: str) -> NodeRef:
    """Return the reference of a municipality or a metropolis; its id begins with its label."""
    return NodeRef(Label.METROPOLIS if id_.startswith("metropolis:") else Label.MUNICIPALITY, id_)


def node(id_: str, row: Row) -> Municipality | Metropolis:
    """Return a municipality or a metropolis from its properties."""
    return make(Metropolis, row) if reference(id_).label is Label.METROPOLIS else make(Municipality, row)
