"""Which places are one by judgement, and what that makes of statements and of places: pure functions.

A place that was made one with others stays known by itself (a `MergedPlace`), and a statement keeps the ids that its
two names mean by themselves. So whatever stands in the graph for them can be worked out anew when a judgement changes.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from twingraph.errors import InputError
from twingraph.graph.model import Label, Metropolis, Municipality, NodeRef
from twingraph.graph.schema import make
from twingraph.loaders.judgements.model import Judgement, Verdict

__all__ = ["Moved", "Row", "fold", "groups", "meant_by", "merged", "move", "node", "own_properties", "reference"]

type Row = dict[str, object]

REGISTERS = ("geonames", "katottg", "wikidata")
"""Whose ids are kept before others, the first most."""
NAMES = ("name", "name_uk", "name_local")
OWN = frozenset({"into", "tied"})
"""What a `MergedPlace` has beside the properties of the municipality or metropolis that it was."""


def groups(judgements: Iterable[Judgement]) -> tuple[tuple[str, ...], ...]:
    """Return the ids that mean one place, group by group; the first of each stands for all.

    The id of a register stands before one made of a name; of two equal ones the one that others were said to be.

    Raises
    ------
    twingraph.errors.InputError
        Two places are said to be different which other judgements make one, or two are of different kinds.
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
        tuple(sorted(ids, key=lambda id_: (_rank(id_), named[id_], id_))) for ids in found.values() if len(ids) > 1
    )


def _rank(id_: str) -> int:
    register = id_.partition(":")[0]
    return REGISTERS.index(register) if register in REGISTERS else len(REGISTERS) + (register == "name")


def meant_by(one: Iterable[Sequence[str]]) -> Callable[[str], str]:
    """Return a function from an id to the id that stands for it."""
    stands = {id_: ids[0] for ids in one for id_ in ids}
    return lambda id_: stands.get(id_, id_)


@dataclass(frozen=True, slots=True)
class Moved:
    """A statement, and the relationship that it is about, between the places that stand for those it names."""

    statement: Row
    about: str
    start: NodeRef
    end: NodeRef


def move(statement: Row, about: str, start: NodeRef, end: NodeRef, meant: Callable[[str], str]) -> Moved:
    """Return a statement as it stands when `meant` tells which place stands for which.

    Parameters
    ----------
    statement
        Its properties.
    about
        The property that names its relationship: one of :data:`twingraph.graph.schema.SPEAKS_BY`.
    start, end
        The ends of that relationship as it is.
    meant
        From the id of a place by itself to the one that stands for it.
    """
    own = [str(statement.get("place_a") or start.id), str(statement.get("place_b") or end.id)]
    said_by = statement.get("said_by")
    speaker = next((side for side in (0, 1) if said_by == (start.id, end.id)[side] != (end.id, start.id)[side]), None)
    if speaker is None and said_by is not None:
        speaker = next((side for side in (0, 1) if said_by == own[side]), None)
    sides = [
        (meant(own[side]), own[side], statement.get(f"name_{'ab'[side]}"), (start, end)[side].label, side == speaker)
        for side in (0, 1)
    ]
    if about == "partnership_id":  # it has no direction: the ends stand in the order of their ids
        sides.sort(key=lambda side: side[0])
    one = sides[0][0] == sides[1][0]
    rest = str(statement[about])[len(start.id) + len(end.id) + 1 :]
    row = {key: value for key, value in statement.items() if key not in {"name_a", "name_b", "place_a", "place_b"}}
    for letter, (id_, itself, name, _label, speaks) in zip("ab", sides, strict=True):
        row |= {f"name_{letter}": name} if name is not None else {}
        row |= {f"place_{letter}": itself} if itself != id_ else {}
        if speaks:
            row["said_by"] = itself if one else id_
    row[about] = f"{sides[0][0]}|{sides[1][0]}{rest}"
    return Moved(row, about, *(NodeRef(label, id_) for id_, _own, _name, label, _speaks in sides))


def fold(itself: Row, others: Sequence[Row]) -> Row:
    """Return the properties of a place that stands for several: its own, and what only the others know.

    Every spelling of the others becomes an alias; coordinates are taken as a pair.
    """
    folded = {key: value for key, value in itself.items() if key not in OWN}
    spellings = dict.fromkeys(_texts(folded.get("aliases")))
    for other in others:
        spellings |= dict.fromkeys(str(other[name]) for name in NAMES if other.get(name))
        spellings |= dict.fromkeys(_texts(other.get("aliases")))
        spot: Row = {} if "lat" in folded else {key: other[key] for key in ("lat", "lon") if key in other}
        rest = {key: value for key, value in other.items() if key not in {*OWN, "lat", "lon", "aliases", "unplaced"}}
        folded = {**rest, **folded, **spot}
    if "lat" in folded:
        folded.pop("unplaced", None)
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
    """Return the reference of a municipality or a metropolis: its id tells which it is."""
    return NodeRef(Label.METROPOLIS if id_.startswith("metropolis:") else Label.MUNICIPALITY, id_)


def node(id_: str, row: Row) -> Municipality | Metropolis:
    """Return a municipality or a metropolis from its properties."""
    return make(Metropolis, row) if reference(id_).label is Label.METROPOLIS else make(Municipality, row)


def _texts(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list | tuple) else []
