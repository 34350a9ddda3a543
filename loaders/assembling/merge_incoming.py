"""What a load is about to write, told of the places that stand for others in the store."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

from twingraph.graph.model import InCountry, InRegion, Label, MergedPlace, NodeRef, Relation, Statement
from twingraph.graph.schema import make, properties
from twingraph.loaders.assembling.assembly import Assembly, Pair
from twingraph.loaders.assembling.merge_rules import Moved, Row, fold, merged, move, node, own_properties, reference
from twingraph.loaders.assembling.merged_places import LIES_IN, Merged

__all__ = ["merge_incoming"]


def merge_incoming(assembly: Assembly, known: Merged) -> None:
    """Let what is to be loaded speak of the places that stand for others in the store.

    Parameters
    ----------
    assembly
        Changed in place.
    known
        What stands as one in the store.
    """
    stands = known.stands
    told = [id_ for id_ in (*known.own, *stands) if reference(id_) in assembly.nodes]
    if not told:
        return
    own = dict(known.own)
    lies: dict[NodeRef, list[tuple[Relation, NodeRef]]] = defaultdict(list)
    for relation, start, end in assembly.lies_in:
        lies[start].append((relation, end))
    for id_ in dict.fromkeys(told):
        place, itself = reference(id_), NodeRef(Label.MERGED_PLACE, id_)
        into = known.meant(id_)
        before = {**own[id_]} if id_ in own else {}
        own[id_] = merged(
            _combined(own_properties(before), properties(assembly.nodes.pop(place))), into=into, tied=True
        )
        assembly.nodes[itself] = make(MergedPlace, own[id_])
        for relation, end in lies[place]:
            assembly.lies_in[LIES_IN[relation], itself, end] = _lies(relation, itself, end)
            if into != id_:
                del assembly.lies_in[relation, place, end]
    for into in sorted({known.meant(id_) for id_ in told}):
        others = [own[id_] for id_ in sorted(stands[into]) if id_ != into]
        assembly.nodes[reference(into)] = node(into, fold(own.get(into) or known.standing[into], others))
    _remap_statements(assembly, known.meant)


def _remap_statements(assembly: Assembly, meant: Callable[[str], str]) -> None:
    ends: dict[str, dict[str, tuple[NodeRef, NodeRef]]] = {
        "partnership_id": {id_: (pair.start, pair.end) for id_, pair in assembly.pairs.items()},
        **{
            about: {id_: (each.start, each.end) for id_, each in found.items()}
            for about, found in assembly.sourced.items()
        },
    }
    moving = {
        about: {id_ for id_, pair in each.items() if any(meant(end.id) != end.id for end in pair)}
        for about, each in ends.items()
    }
    gone: dict[str, Moved] = {}
    for said in list(assembly.said.values()):
        about = next((name for name in ends if getattr(said.statement, name) is not None), None)
        if about is None:  # it names a place alone, which stays known by itself
            continue
        identity = getattr(said.statement, about)
        if identity in moving[about]:
            moved = gone[identity] = move(properties(said.statement), about, *ends[about][identity], meant)
            assembly.said[said.statement.id] = replace(said, statement=make(Statement, moved.statement))
    for identity, moved in gone.items():
        new = str(moved.statement[moved.about])
        start, end = moved.start, moved.end
        if moved.about == "partnership_id":
            assembly.pairs[new] = Pair(start, end, assembly.pairs.pop(identity).kind)
        else:
            found = assembly.sourced[moved.about]
            found[new] = replace(found.pop(identity), id=new, start=start, end=end)


def _lies(relation: Relation, start: NodeRef, end: NodeRef) -> InRegion | InCountry:
    return InRegion(start=start, end=end) if relation is Relation.IN_REGION else InCountry(start=start, end=end)


def _combined(before: Row, new: Row) -> Row:
    aliases = dict.fromkeys([*_list(before.get("aliases")), *_list(new.get("aliases"))])
    combined = {**before, **new} | ({"aliases": list(aliases)} if aliases else {})
    if "lat" in combined:
        combined.pop("unplaced", None)
    return combined


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
