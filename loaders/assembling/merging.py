"""Merging of places by judgements: in what a load is about to write, and in the store.

:mod:`twingraph.loaders.assembling.merged_places` has the rules.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import product

from twingraph.graph.cypher import read_nodes
from twingraph.graph.derivation import Evidence, derive, derive_pair
from twingraph.graph.model import InCountry, InRegion, Label, MergedPlace, NodeRef, Partnership, Relation, Statement
from twingraph.graph.schema import STATEMENT_KEYS, make, properties, relation_of
from twingraph.graph.store import Store
from twingraph.loaders.assembling.agreements import Agreements
from twingraph.loaders.assembling.assembly import Assembly
from twingraph.loaders.assembling.changes import STATED, Changes, Link, Row, as_row
from twingraph.loaders.assembling.comparison import combined, relationship
from twingraph.loaders.assembling.merged_places import (
    LIES_IN,
    Merged,
    Moved,
    fold,
    meant_by,
    merged,
    move,
    node,
    own_properties,
    read_merged,
    read_places,
    read_rows,
    reference,
)
from twingraph.loaders.places.model import Place

__all__ = ["merge_incoming", "merge_stored"]

OWN_ENDS = ("start_was", "end_was")
"""The properties in which a relationship without statements keeps the ids of its own ends, where these are merged."""

type Key = tuple[Relation, NodeRef, NodeRef, object]


def merge_incoming(assembly: Assembly, known: Merged) -> None:
    """Move what is to be loaded to the representatives of places that are merged in the store.

    Parameters
    ----------
    assembly
        Changed in place.
    known
        The merged places of the store.
    """
    members = known.members
    named = [id_ for id_ in dict.fromkeys((*known.own, *members)) if reference(id_) in assembly.nodes]
    if not named:
        return
    own = dict(known.own)
    lies: dict[NodeRef, list[tuple[Relation, NodeRef]]] = defaultdict(list)
    for relation, start, end in assembly.lies_in:
        lies[start].append((relation, end))
    for id_ in named:
        place, itself = reference(id_), NodeRef(Label.MERGED_PLACE, id_)
        into = known.meant(id_)
        before = own_properties(own.get(id_, {}))
        own[id_] = merged(combined(before, properties(assembly.nodes.pop(place))), into=into, tied=True)
        assembly.nodes[itself] = make(MergedPlace, own[id_])
        for relation, end in lies[place]:
            cls = InRegion if relation is Relation.IN_REGION else InCountry
            assembly.lies_in[LIES_IN[relation], itself, end] = cls(start=itself, end=end)
            if into != id_:
                del assembly.lies_in[relation, place, end]
    for into in sorted({known.meant(id_) for id_ in named}):
        others = [own[id_] for id_ in sorted(members[into]) if id_ != into]
        assembly.nodes[reference(into)] = node(into, fold(own.get(into) or known.representatives[into], others))
    _move_statements(assembly, known.meant)


def _move_statements(assembly: Assembly, meant: Callable[[str], str]) -> None:
    for key, relationships in assembly.relationships.items():
        moving = {
            id_: each
            for id_, each in relationships.items()
            if meant(each.start.id) != each.start.id or meant(each.end.id) != each.end.id
        }
        if not moving:
            continue
        found: dict[str, Moved] = {}
        for item in list(assembly.evidence.values()):
            identity = getattr(item.statement, key)
            if identity in moving:
                edge = moving[identity]
                moved = move(properties(item.statement), relation_of(edge), edge.start, edge.end, meant)
                found[identity] = moved
                assembly.evidence[item.statement.id] = replace(item, statement=make(Statement, moved.statement))
        for identity, moved in found.items():
            new = str(moved.statement[key])
            relationships[new] = replace(relationships.pop(identity), id=new, start=moved.start, end=moved.end)


def merge_stored(store: Store, wanted: Iterable[Sequence[str]], find: Callable[[str], Place | None]) -> Changes:
    """Return what has to change for a store to merge the places that are judged to be one, and no others.

    Statements keep their words and move with the places that they name; relationships are derived again. A relationship
    without statements moves as it is. Undoing a judgement and merging again restores what was before.

    Parameters
    ----------
    store
        Only read here.
    wanted
        Ids of one place, group by group: see :func:`twingraph.loaders.assembling.merged_places.groups`.
    find
        Returns the place of a register, for one that the store does not hold yet.

    Returns
    -------
    Changes
        Empty where the store is so already.
    """
    return _Merging(store, wanted, find).run()


@dataclass(slots=True)
class _Links:
    """Relationships by key, and the statements about each by its type and id."""

    by_key: dict[Key, Link]
    statements: Mapping[tuple[str, str], list[tuple[Row, str, str | None]]]


@dataclass(slots=True)
class _Moving:
    """A relationship to derive: one that it replaces, its new ends, and its statements."""

    like: Link
    start: NodeRef
    end: NodeRef
    evidence: list[Evidence] = field(default_factory=list)


def _key(link: Link) -> Key:
    return link.relation, link.start, link.end, link.properties.get("id")


def _read_links(store: Store, ids: Sequence[str]) -> _Links:
    """Return the relationships of places that statements are about, with the statements."""
    found: dict[Key, Link] = {}
    for pattern, label in product(
        (f"(n)-[r:{STATED}]->(m)", f"(n)<-[r:{STATED}]-(m)"), (Label.MUNICIPALITY, Label.METROPOLIS)
    ):
        query = (
            f"UNWIND $rows AS id MATCH (n:{label} {{id: id}}) MATCH {pattern} "
            "RETURN id, labels(m)[0] AS label, m.id AS other, type(r) AS type, properties(r) AS properties"
        )
        for row in read_rows(store, query, [id_ for id_ in ids if reference(id_).label is label]):
            here, there = reference(str(row["id"])), NodeRef(Label(str(row["label"])), str(row["other"]))
            ends = (here, there) if "->" in pattern else (there, here)
            link = Link(Relation(str(row["type"])), *ends, as_row(row["properties"]))
            found[_key(link)] = link
    statements: dict[tuple[str, str], list[tuple[Row, str, str | None]]] = defaultdict(list)
    for key in dict.fromkeys(STATEMENT_KEYS.values()):
        query = (
            f"UNWIND $rows AS id MATCH (s:{Label.STATEMENT} {{{key}: id}})-[f:{Relation.FROM}]->(source) "
            "RETURN id, properties(s) AS statement, source.id AS source, f.retrieved AS retrieved"
        )
        identities = sorted({str(link[3]) for link in found if STATEMENT_KEYS.get(link[0]) == key})
        for row in read_rows(store, query, identities):
            retrieved = None if row["retrieved"] is None else str(row["retrieved"])
            statements[key, str(row["id"])].append((as_row(row["statement"]), str(row["source"]), retrieved))
    return _Links(found, statements)


class _Merging:
    def __init__(self, store: Store, groups: Iterable[Sequence[str]], find: Callable[[str], Place | None]) -> None:
        self.store = store
        self.find = find
        self.known = read_merged(store)
        self.changes = Changes()
        self.written: set[str] = set()
        self.left_territories: set[NodeRef] = set()
        self.wanted_links: Collection[Link] = ()
        self.lies: dict[NodeRef, list[tuple[Relation, NodeRef]]] = {}
        self.unconnected: set[str] = set()
        asked = [tuple(ids) for ids in groups]
        ids = {id_ for each in asked for id_ in each} | self.known.own.keys() | self.known.members.keys()
        self.stored = read_places(self.store, ids)
        present = {id_ for id_ in self.stored.keys() | self.known.own.keys() if self._own(id_) is not None}
        # Places that are not loaded yet wait; a representative is taken from a register where others are present.
        kept = [
            tuple(id_ for id_ in each if id_ in present or (id_ == each[0] and self._exists(id_))) for each in asked
        ]
        pairs = zip(asked, kept, strict=True)
        self.wanted = [each for whole, each in pairs if len(each) > 1 and each[0] == whole[0]]
        self.meant = meant_by(self.wanted)
        self.ids = self._affected()

    def _exists(self, id_: str) -> bool:
        return id_ in self.stored or self.find(id_) is not None

    def _affected(self) -> list[str]:
        """Return the ids of the places that change, and of all that are or will be merged with them."""
        linked: dict[str, set[str]] = defaultdict(set)
        changing = set()
        for id_ in {*self.stored, *self.known.own, *(id_ for each in self.wanted for id_ in each)}:
            before, after = self.known.meant(id_), self.meant(id_)
            for other in (before, after):
                linked[id_].add(other)
                linked[other].add(id_)
            if before != after:
                changing.add(id_)
        todo, found = list(changing), set(changing)
        while todo:
            for other in linked[todo.pop()] - found:
                found.add(other)
                todo.append(other)
        return sorted(found)

    def run(self) -> Changes:
        if self.ids:
            self.lies = self._lies_in(self.ids)
            links = _read_links(self.store, self.ids)
            connected = {end.id for link in links.by_key.values() for end in (link.start, link.end)}
            self.unconnected = set(self.ids) - connected
            self._move_relationships(links)
            self._write_places()
        if self.known.left_over:
            left = [id_ for id_ in self.known.left_over if id_ not in self.written]
            self.changes.dropped_nodes.setdefault(Label.MERGED_PLACE, []).extend(left)
            for ends in self._lies_in(left).values():
                self.left_territories.update(end for _, end in ends)
        self._drop_territories()
        return self.changes

    # -- relationships ------------------------------------------------------------------------------------------------

    def _move_relationships(self, links: _Links) -> None:
        wanted: dict[Key, Link] = {}
        moving: dict[tuple[Relation, str], _Moving] = {}
        statements: dict[str, Row] = {}
        for link in links.by_key.values():
            key = STATEMENT_KEYS[link.relation]
            about = links.statements.get((key, str(link.properties.get("id"))), [])
            for statement, source_id, retrieved in about:
                moved = move(statement, link.relation, link.start, link.end, self.meant)
                if moved.statement != statement:
                    statements[str(moved.statement["id"])] = moved.statement
                item = Evidence(make(Statement, moved.statement), source_id, retrieved)
                target = moving.setdefault(
                    (link.relation, str(moved.statement[key])), _Moving(link, moved.start, moved.end)
                )
                target.evidence.append(item)
            if not about:
                moved_link = self._move_unstated(link)
                wanted[_key(moved_link)] = moved_link
        agreements = Agreements()
        before: dict[str, tuple[Statement, str | None]] = {}
        for (relation, identity), each in moving.items():
            bare = replace(relationship(each.like), id=identity, start=each.start, end=each.end)
            if isinstance(bare, Partnership):
                bare, acts = derive_pair(bare, each.evidence)
                agreements.note(acts, each.evidence)
                before |= {e.statement.id: (e.statement, e.statement.agreement_id) for e in each.evidence}
            else:
                bare = derive(bare, each.evidence)
            link = Link(relation, each.start, each.end, properties(bare))
            wanted[_key(link)] = link
        pairs = [identity for relation, identity in moving if relation is Relation.PARTNERS_WITH]
        agreements.compare(partial(read_rows, self.store), self.changes, (), pairs)
        for identity, (stated, act) in before.items():
            if agreements.described.get(identity) != act:
                statements[identity] = properties(replace(stated, agreement_id=agreements.described[identity]))
        if statements:
            self.changes.nodes.setdefault(Label.STATEMENT, []).extend(statements.values())
            self.changes.count(Label.STATEMENT).changed += len(statements)
        self.wanted_links = wanted.values()
        for place, link in wanted.items():
            if self.changes.count(link.relation).note(links.by_key.get(place), link):
                self.changes.links.append(link)
        self.changes.dropped_links.extend(link for place, link in links.by_key.items() if place not in wanted)

    def _move_unstated(self, link: Link) -> Link:
        """Move a relationship without statements, such as one that another program has added."""
        ends, left = [], {name: value for name, value in link.properties.items() if name not in OWN_ENDS}
        for end, name in zip((link.start, link.end), OWN_ENDS, strict=True):
            own = str(link.properties.get(name) or end.id)
            ends.append(NodeRef(end.label, self.meant(own)))
            if self.meant(own) != own:
                left[name] = own
        return Link(link.relation, ends[0], ends[1], left)

    # -- places -------------------------------------------------------------------------------------------------------

    def _lies_in(self, ids: Sequence[str]) -> dict[NodeRef, list[tuple[Relation, NodeRef]]]:
        found: dict[NodeRef, list[tuple[Relation, NodeRef]]] = defaultdict(list)
        for label in (Label.MUNICIPALITY, Label.METROPOLIS, Label.MERGED_PLACE):
            for relation, merged_relation in LIES_IN.items():
                kind = merged_relation if label is Label.MERGED_PLACE else relation
                query = (
                    f"UNWIND $rows AS id MATCH (n:{label} {{id: id}})-[:{kind}]->(b) "
                    "RETURN id, labels(b)[0] AS label, b.id AS other"
                )
                for row in read_rows(self.store, query, ids):
                    end = NodeRef(Label(str(row["label"])), str(row["other"]))
                    found[NodeRef(label, str(row["id"]))].append((relation, end))
        return found

    def _write_places(self) -> None:
        """Write the representatives and the merged places, and delete those that no longer exist."""
        for representative, *others in self._groups():
            own = {id_: row for id_ in (representative, *others) if (row := self._own(id_)) is not None}
            if len(own) == 1 and representative in own:
                self._restore(representative, own[representative])
                continue
            for id_, row in own.items():
                tied = bool(row.get("tied", id_ not in self.unconnected))
                self._write(Label.MERGED_PLACE, merged(own_properties(row), into=representative, tied=tied), id_)
            if rows := [own[id_] for id_ in sorted(own) if id_ != representative]:
                itself = own.get(representative) or self._from_register(representative)
                self._write(reference(representative).label, fold(itself, rows), representative)
            for id_ in own:
                if id_ != representative and id_ in self.stored:
                    self._drop(reference(id_).label, id_)
            # A representative from a register that represents nothing any more.
            if not own and representative in self.stored and not self._is_connected(representative):
                self._drop(reference(representative).label, representative)

    def _groups(self) -> list[list[str]]:
        found: dict[str, list[str]] = {}
        for id_ in self.ids:
            found.setdefault(self.meant(id_), []).append(id_)
        return [[first, *(id_ for id_ in ids if id_ != first)] for first, ids in sorted(found.items())]

    def _own(self, id_: str) -> Row | None:
        """Return the properties of a place before merging; ``None`` where it only represents others."""
        if id_ in self.known.own:
            return self.known.own[id_]
        return None if id_ in self.known.members else self.stored.get(id_)

    def _restore(self, id_: str, row: Row) -> None:
        if id_ in self.known.own:
            self._drop(Label.MERGED_PLACE, id_)
            if row.get("tied") and not self._is_connected(id_):
                if id_ in self.stored:
                    self._drop(reference(id_).label, id_)
                return
        self._write(reference(id_).label, own_properties(row), id_)

    def _is_connected(self, id_: str) -> bool:
        return any(reference(id_) in {link.start, link.end} for link in self.wanted_links)

    def _from_register(self, id_: str) -> Row:
        """Return a place of a register, and write its region and country where the store does not have them."""
        if id_ in self.stored:
            return self.stored[id_]
        place = self.find(id_)
        if place is None or place.municipality is None:
            raise AssertionError(f"{id_} is in the store or in a register")
        region, country = place.region, place.country
        around: list[tuple[Relation, NodeRef, object]] = []
        if region:
            around.append((Relation.IN_REGION, NodeRef(Label.REGION, region.id), region))
        if country:
            around.append((Relation.IN_COUNTRY, NodeRef(Label.COUNTRY, country.id), country))
        for relation, ref, territory in around:
            self.lies[reference(id_)].append((relation, ref))
            if not list(read_rows(self.store, read_nodes(ref.label), [ref.id])):
                self.changes.nodes.setdefault(ref.label, []).append(properties(territory))
                self.changes.count(ref.label).new += 1
                if country and ref.label is Label.REGION:
                    end = NodeRef(Label.COUNTRY, country.id)
                    self.changes.links.append(Link(Relation.IN_COUNTRY, ref, end, {}))
        return properties(place.municipality)

    def _write(self, label: Label, row: Row, id_: str) -> None:
        before = self.known.own.get(id_) if label is Label.MERGED_PLACE else self.stored.get(id_)
        if label is Label.MERGED_PLACE:
            self.written.add(id_)
        if self.changes.count(label).note(before, row):
            self.changes.nodes.setdefault(label, []).append(row)
        if before is None:
            other = reference(id_).label if label is Label.MERGED_PLACE else Label.MERGED_PLACE
            here = NodeRef(label, id_)
            for relation, end in self.lies.get(here) or self.lies.get(NodeRef(other, id_), []):
                kind = LIES_IN[relation] if label is Label.MERGED_PLACE else relation
                self.changes.links.append(Link(kind, here, end, {}))

    def _drop(self, label: Label, id_: str) -> None:
        self.changes.count(label).removed += 1
        self.changes.dropped_nodes.setdefault(label, []).append(id_)
        self.left_territories.update(end for _, end in self.lies.get(NodeRef(label, id_), []))

    def _drop_territories(self) -> None:
        """Delete the regions and countries in which nothing lies any more."""
        kept = {ref for link in self.changes.links for ref in (link.start, link.end)}
        for label in (Label.REGION, Label.COUNTRY):
            gone = sorted(ref.id for ref in self.left_territories - kept if ref.label is label)
            if gone:
                self.changes.orphans[label] = gone
