"""Reports of places that may be one and names that may mean two, at the time a load shows it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from twingraph.graph.geodesy import distance_km
from twingraph.graph.model import Label, Municipality
from twingraph.graph.schema import make
from twingraph.graph.store import Store
from twingraph.loaders.assembling.assembly import Assembly
from twingraph.loaders.assembling.changes import batches
from twingraph.loaders.judgements.model import Judgement
from twingraph.loaders.places.answers import NEAR_KM
from twingraph.loaders.problems import Problems
from twingraph.text.folding import name_key

__all__ = ["report_duplicates"]

SAME_PLACE_KM = 3.0
"""Two places of one name within this distance may be one; chosen by hand, about the radius of a small town."""
REGISTER_IDS = ("wikidata_id", "geonames_id", "katottg")


def report_duplicates(store: Store, assembly: Assembly, judgements: Iterable[Judgement], problems: Problems) -> None:
    """Report places that may be one and names that may mean two; nothing changes without a judgement.

    Two nodes may be one where they have the same id of a register, or the same name within 3 km; one node may be two
    places where records give its name, which no register knows, coordinates more than 50 km apart. Pairs that were
    judged are not reported.

    Parameters
    ----------
    store
        Only read here: its places are compared too.
    assembly
        The content of the load.
    judgements
        The judgements about ids.
    problems
        Where they are reported.
    """
    judged = {frozenset((each.name, each.place)) for each in judgements if each.about_ids}
    brought = {node.id: node for node in assembly.nodes.values() if isinstance(node, Municipality)}
    stored = _read(store, brought)
    file = ", ".join(assembly.datasets)
    for one, other, why in _duplicates(brought, {**stored, **brought}):
        if frozenset((one.id, other.id)) not in judged:
            problems.add(
                "two places may be one",
                f"{one.name} ({one.id}) and {other.name} ({other.id}): {why}",
                outcome="kept as two; `twingraph resolve --same ID ID` merges them, --different keeps them two",
                file=file,
            )
    for id_, node in brought.items():
        before = stored.get(id_)
        km = _distance_km(node, before) if before and id_.startswith("name:") else None
        if km is not None and km > NEAR_KM:
            problems.add(
                "one name at two places",
                f"{node.name} ({id_}): the coordinates lie {km:,.0f} km from those it had",
                outcome="kept as one; add the region to the records to separate them",
                file=file,
            )


def _duplicates(
    brought: Mapping[str, Municipality], every: Mapping[str, Municipality]
) -> Iterable[tuple[Municipality, Municipality, str]]:
    found: set[frozenset[str]] = set()
    for one, other, why in (*_by_register(every), *_by_name(every)):
        pair = frozenset((one.id, other.id))
        if pair not in found and not pair.isdisjoint(brought):
            found.add(pair)
            yield one, other, why


def _by_register(every: Mapping[str, Municipality]) -> Iterable[tuple[Municipality, Municipality, str]]:
    for register in REGISTER_IDS:
        holders: dict[object, list[Municipality]] = defaultdict(list)
        for node in every.values():
            if (id_ := getattr(node, register)) is not None:
                holders[id_].append(node)
        for id_, nodes in holders.items():
            for other in nodes[1:]:
                yield nodes[0], other, f"both have the {register} {id_}"


def _by_name(every: Mapping[str, Municipality]) -> Iterable[tuple[Municipality, Municipality, str]]:
    alike: dict[tuple[str, str | None], list[Municipality]] = defaultdict(list)
    for node in every.values():
        if node.lat is not None:
            alike[name_key(node.name), node.country_code].append(node)
    for nodes in alike.values():
        for number, one in enumerate(nodes):
            for other in nodes[number + 1 :]:
                km = _distance_km(one, other)
                kinds = {one.kind, other.kind} - {None}
                if km is not None and km <= SAME_PLACE_KM and len(kinds) < 2:
                    yield one, other, f"one name, {km:.1f} km apart"


def _distance_km(one: Municipality, other: Municipality) -> float | None:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    return distance_km(one.lat, one.lon, other.lat, other.lon)


def _read(store: Store, brought: Mapping[str, Municipality]) -> dict[str, Municipality]:
    """Return the municipalities of the store that share an id or a name with the load."""
    if not store.info().nodes:
        return {}
    wanted: dict[str, Sequence[object]] = {
        column: sorted({value for node in brought.values() if (value := getattr(node, column)) is not None})
        for column in ("id", "name", *REGISTER_IDS)
    }
    found: dict[str, Municipality] = {}
    for column, values in wanted.items():
        query = f"UNWIND $rows AS value MATCH (m:{Label.MUNICIPALITY} {{{column}: value}}) RETURN properties(m) AS p"
        for batch in batches(values):
            for (stored,) in store.read(query, {"rows": batch}).records:
                if isinstance(stored, dict):
                    node = make(Municipality, stored)
                    found[node.id] = node
    return found
