"""What has to change in a store when places are judged to be one, or several again."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from twingraph.graph.cypher import read_nodes
from twingraph.graph.derivation import Evidence, merge_partnership, merge_sourced
from twingraph.graph.model import Label, NodeRef, Relation, Sourced, Statement
from twingraph.graph.schema import RELATIONS, SPOKEN_OF, make, properties
from twingraph.graph.store import Store
from twingraph.loaders.assembling.changes import STANDS_IN, Changes, Link
from twingraph.loaders.assembling.merge_rules import Row, fold, meant_by, merged, move, own_properties, reference
from twingraph.loaders.assembling.merged_places import LIES_IN, as_row, read_merged, read_places, read_rows
from twingraph.loaders.places.model import Place

__all__ = ["Derived", "Links", "Said", "key_of", "merge_stored", "read_links"]


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as it stands: its properties, its source, and when that was read."""

    statement: Row
    source_id: str
    retrieved: str | None


@dataclass(frozen=True, slots=True)
class Links:
    """Relationships, and what is said of each by its id."""

    all: list[Link]
    said: Mapping[str, list[Said]]

    def ends(self) -> Iterable[tuple[NodeRef, NodeRef]]:
        """Yield the two ends of each."""
        return ((link.start, link.end) for link in self.all)


@dataclass(frozen=True, slots=True)
class Derived:
    """A relationship to derive: one like it that stood, where it runs now, and what is said of it."""

    like: Link
    start: NodeRef
    end: NodeRef
    evidence: list[Evidence] = field(default_factory=list)

    def link(self, relation: Relation, identity: str) -> Link:
        """Return the relationship as derived from what is said."""
        if relation is Relation.PARTNERS_WITH:
            kind = str(self.like.properties["kind"])
            made = merge_partnership(identity, self.start, self.end, kind, self.evidence)
            return Link(relation, self.start, self.end, properties(made))
        old = self.like.properties
        if relation in (Relation.SEEKS, Relation.TAKES_PART_IN):
            like: Sourced = make(RELATIONS[relation].cls, {**old, "id": identity}, start=self.start, end=self.end)
            return Link(relation, self.start, self.end, properties(merge_sourced(like, self.evidence)))
        said = [item.statement for item in self.evidence]
        words = [statement.words for statement in said if statement.words]
        note = old.get("note") if old.get("note") in words else next(iter(words), None)
        stated = {"note": note, "since": said[0].since, "until": said[0].until}
        kept = {key: value for key, value in old.items() if key not in stated}
        kept |= {key: value for key, value in stated.items() if value is not None}
        kept |= {"id": identity, "source_ids": sorted({item.source_id for item in self.evidence})}
        return Link(relation, self.start, self.end, kept)


def key_of(link: Link) -> tuple[Relation, NodeRef, NodeRef, object]:
    """Return what tells a relationship from others: its type, its ends and its id."""
    return link.relation, link.start, link.end, link.properties.get("id")


def read_links(store: Store, ids: Sequence[str]) -> Links:
    """Return the relationships of places that statements speak of, and what is said of each."""
    found: dict[tuple[Relation, NodeRef, NodeRef, object], Link] = {}
    patterns = ("(n)-[r:{0}]->(m)", "(n)<-[r:{0}]-(m)")
    for pattern, label in product(patterns, (Label.MUNICIPALITY, Label.METROPOLIS)):
        out = "->" in pattern
        query = (
            f"UNWIND $rows AS id MATCH (n:{label} {{id: id}}) "
            f"MATCH {pattern.format(STANDS_IN)} "
            "RETURN id, labels(m)[0] AS label, m.id AS other, type(r) AS type, properties(r) AS properties"
        )
        for row in read_rows(store, query, [id_ for id_ in ids if reference(id_).label is label]):
            here = reference(str(row["id"]))
            there = NodeRef(Label(str(row["label"])), str(row["other"]))
            link = Link(
                Relation(str(row["type"])), *((here, there) if out else (there, here)), as_row(row["properties"])
            )
            found[key_of(link)] = link
    said: dict[str, list[Said]] = defaultdict(list)
    for about in dict.fromkeys(SPOKEN_OF.values()):
        spoken = sorted({str(key[3]) for key in found if SPOKEN_OF.get(key[0]) == about})
        query = (
            f"UNWIND $rows AS id MATCH (s:{Label.STATEMENT} {{{about}: id}})-[f:{Relation.FROM}]->(source) "
            "RETURN id, properties(s) AS statement, source.id AS source, f.retrieved AS retrieved"
        )
        for row in read_rows(store, query, spoken):
            retrieved = None if row["retrieved"] is None else str(row["retrieved"])
            said[str(row["id"])].append(Said(as_row(row["statement"]), str(row["source"]), retrieved))
    return Links(list(found.values()), said)


WAS = ("start_was", "end_was")
"""What a relationship that no statement is about keeps of its own ends, where these were made one with others."""


def merge_stored(store: Store, one: Iterable[Sequence[str]], find: Callable[[str], Place | None]) -> Changes:
    """Return what has to change for a store to hold as one place what is judged to be one, and nothing else as one.

    Statements keep their words, and go with the places that they name; relationships are derived anew. What no
    statement is about goes along as it is. Taking a judgement back and merging again gives what was before.

    Parameters
    ----------
    store
        Only read here.
    one
        Ids that mean one place, group by group: see :func:`twingraph.loaders.assembling.merge_rules.groups`.
    find
        Returns the place of a register, for one that the store does not hold yet.

    Returns
    -------
    Changes
        Empty where the store is so already.
    """
    return _Merging(store, one, find).run()


class _Merging:
    def __init__(self, store: Store, one: Iterable[Sequence[str]], find: Callable[[str], Place | None]) -> None:
        self.store = store
        self.find = find
        self.known = read_merged(store)
        self.changes = Changes()
        self.written: set[str] = set()
        self.loosened: set[NodeRef] = set()
        self.wanted_links: Collection[Link] = ()
        wanted = [tuple(ids) for ids in one]
        ids = {id_ for each in wanted for id_ in each} | self.known.own.keys() | self.known.stands.keys()
        self.standing = read_places(self.store, ids)
        present = {id_ for id_ in self.standing.keys() | self.known.own.keys() if self._own(id_) is not None}
        # Those who are not there yet wait; a place of a register comes where it is to stand for one that is there.
        kept = [
            tuple(id_ for id_ in each if id_ in present or (id_ == each[0] and self._stands(id_))) for each in wanted
        ]
        whole = zip(wanted, kept, strict=True)
        self.wanted = [each for asked, each in whole if len(each) > 1 and each[0] == asked[0]]
        self.meant = meant_by(self.wanted)
        self.ids = self._affected()

    def _stands(self, id_: str) -> bool:
        return id_ in self.standing or self.find(id_) is not None

    def _affected(self) -> list[str]:
        """Return the ids of the places that change, and of all that stand with them."""
        linked: dict[str, set[str]] = defaultdict(set)
        changing = set()
        every = {*self.standing, *self.known.own, *(id_ for each in self.wanted for id_ in each)}
        for id_ in every:
            have, want = self.known.meant(id_), self.meant(id_)
            for other in (have, want):
                linked[id_].add(other)
                linked[other].add(id_)
            if have != want:
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
            links = read_links(self.store, self.ids)
            self.left_alone = {id_ for id_ in self.ids if not any(id_ in {a.id, b.id} for a, b in links.ends())}
            self._move(links)
            self._place()
        if self.known.left_over:
            left = [id_ for id_ in self.known.left_over if id_ not in self.written]
            self.changes.dropped_nodes.setdefault(Label.MERGED_PLACE, []).extend(left)
            for ends in self._lies_in(left).values():
                self.loosened.update(end for _, end in ends)
        self._loosen()
        return self.changes

    # -- relationships ------------------------------------------------------------------------------------------------

    def _move(self, links: Links) -> None:
        wanted: dict[tuple[Relation, NodeRef, NodeRef, object], Link] = {}
        derived: dict[tuple[Relation, str], Derived] = {}
        for link in links.all:
            about = SPOKEN_OF.get(link.relation, "")
            spoken = links.said.get(str(link.properties.get("id")), []) if about else []
            for said in spoken:
                moved = move(said.statement, about, link.start, link.end, self.meant)
                if moved.statement != said.statement:
                    self.changes.nodes.setdefault(Label.STATEMENT, []).append(moved.statement)
                    self.changes.count(Label.STATEMENT).changed += 1
                key = (link.relation, str(moved.statement[about]))
                item = Evidence(make(Statement, moved.statement), said.source_id, said.retrieved)
                derived.setdefault(key, Derived(link, moved.start, moved.end)).evidence.append(item)
            if not spoken:
                moved_link = self._unstated(link)
                wanted[key_of(moved_link)] = moved_link
        for (relation, identity), what in derived.items():
            link = what.link(relation, identity)
            wanted[key_of(link)] = link
        self.wanted_links = wanted.values()
        standing = {key_of(link): link for link in links.all}
        for place, link in wanted.items():
            if self.changes.count(link.relation).note(standing.get(place), link):
                self.changes.links.append(link)
        self.changes.dropped_links.extend(link for place, link in standing.items() if place not in wanted)

    def _unstated(self, link: Link) -> Link:
        """Move a relationship that somebody has put into the graph by hand, or that has no statements."""
        ends, left = [], {key: value for key, value in link.properties.items() if key not in WAS}
        for end, was in zip((link.start, link.end), WAS, strict=True):
            own = str(link.properties.get(was) or end.id)
            ends.append(NodeRef(end.label, self.meant(own)))
            if self.meant(own) != own:
                left[was] = own
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

    def _place(self) -> None:
        """Write the places that stand now, and take away those that no longer do."""
        for ids in self._groups():
            stands = ids[0]
            own = {id_: row for id_ in ids if (row := self._own(id_)) is not None}
            if len(own) == 1 and stands in own:
                self._restore(stands, own[stands])
                continue
            for id_, row in own.items():
                tied = bool(row.get("tied", id_ not in self.left_alone))
                self._write(Label.MERGED_PLACE, merged(own_properties(row), into=stands, tied=tied), id_)
            others = [own[id_] for id_ in sorted(own) if id_ != stands]
            if others:
                self._write(
                    reference(stands).label, fold(own.get(stands) or self._from_register(stands), others), stands
                )
            for id_ in own:
                if id_ != stands and id_ in self.standing:
                    self._drop(reference(id_).label, id_)
            # It came from a register to stand for others, and now stands for none.
            if not own and stands in self.standing and not self._is_tied(stands):
                self._drop(reference(stands).label, stands)

    def _groups(self) -> list[list[str]]:
        found: dict[str, list[str]] = {}
        for id_ in self.ids:
            found.setdefault(self.meant(id_), []).append(id_)
        return [[stands, *(id_ for id_ in ids if id_ != stands)] for stands, ids in sorted(found.items())]

    def _own(self, id_: str) -> Row | None:
        """Return what is known of a place by itself; ``None`` where it only stands for others."""
        if id_ in self.known.own:
            return self.known.own[id_]
        return None if id_ in self.known.stands else self.standing.get(id_)

    def _restore(self, id_: str, row: Row) -> None:
        if id_ in self.known.own:
            self._drop(Label.MERGED_PLACE, id_)
            if row.get("tied") and not self._is_tied(id_):
                if id_ in self.standing:
                    self._drop(reference(id_).label, id_)
                return
        self._write(reference(id_).label, own_properties(row), id_)

    def _is_tied(self, id_: str) -> bool:
        return any(reference(id_) in {link.start, link.end} for link in self.wanted_links)

    def _from_register(self, id_: str) -> Row:
        """Return a place of a register with its region and country, which the store may not hold yet."""
        if id_ in self.standing:
            return self.standing[id_]
        place = self.find(id_)
        if place is None or place.municipality is None:
            raise AssertionError(f"{id_} is in the store or in a register")
        around = [
            (Relation.IN_REGION, NodeRef(Label.REGION, place.region.id), place.region) if place.region else None,
            (Relation.IN_COUNTRY, NodeRef(Label.COUNTRY, place.country.id), place.country) if place.country else None,
        ]
        for each in filter(None, around):
            relation, ref, node = each
            self.lies[reference(id_)].append((relation, ref))
            if not list(read_rows(self.store, read_nodes(ref.label), [ref.id])):
                self.changes.nodes.setdefault(ref.label, []).append(properties(node))
                self.changes.count(ref.label).new += 1
                if place.region and place.country and ref.label is Label.REGION:
                    self.changes.links.append(
                        Link(Relation.IN_COUNTRY, ref, NodeRef(Label.COUNTRY, place.country.id), {})
                    )
        return properties(place.municipality)

    def _write(self, label: Label, row: Row, id_: str) -> None:
        before = self.known.own.get(id_) if label is Label.MERGED_PLACE else self.standing.get(id_)
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
        self.loosened.update(end for _, end in self.lies.get(NodeRef(label, id_), []))

    def _loosen(self) -> None:
        """Let go the regions and countries in which nothing lies any more."""
        kept = {ref for link in self.changes.links for ref in (link.start, link.end)}
        for label in (Label.REGION, Label.COUNTRY):
            gone = sorted(ref.id for ref in self.loosened - kept if ref.label is label)
            if gone:
                self.changes.orphans[label] = gone
