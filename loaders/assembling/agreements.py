"""The acts of pairs: which agreements a store has to hold, with their parties, and which statements describe them."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

from twingraph.graph.cypher import read_nodes
from twingraph.graph.derivation import Act, Evidence, derive_act, derive_pair
from twingraph.graph.model import Kind, Label, NodeRef, Partnership, PartyTo, Relation, Statement, Status
from twingraph.graph.schema import AGREEMENT_KEY, STATEMENT_KEYS, make, properties
from twingraph.loaders.assembling.changes import Changes, Link, Row, as_row

__all__ = ["Agreements"]

type Read = Callable[[str, Iterable[object]], Iterable[Row]]

PAIR_KEY = STATEMENT_KEYS[Relation.PARTNERS_WITH]


@dataclass(slots=True)
class _Content:
    """What an act follows from: its statements, the ends that apply to it, by their ids, and its parties."""

    own: dict[str, Evidence] = field(default_factory=dict)
    ends: dict[str, Evidence] = field(default_factory=dict)
    parties: set[NodeRef] = field(default_factory=set)

    def add(self, act: Act) -> None:
        self.own.update({item.statement.id: item for item in act.group.own})
        self.ends.update({item.statement.id: item for item in act.group.ends})
        self.parties.update(act.parties)


@dataclass(slots=True)
class Agreements:
    """Collects the acts of the pairs that a load or a judgement derives again, and compares them with the store.

    Attributes
    ----------
    described
        The act that each statement describes, by the id of the statement; ``None`` where it describes none.
    acts
        The acts by id.
    before
        Ids of the acts that the statements of these pairs described until now.
    """

    described: dict[str, str | None] = field(default_factory=dict)
    acts: dict[str, _Content] = field(default_factory=dict)
    before: set[str] = field(default_factory=set)

    def note(self, acts: Iterable[Act], evidence: Iterable[Evidence]) -> None:
        """Take note of the acts of one pair.

        Parameters
        ----------
        acts
            Its acts, see :func:`twingraph.graph.derivation.derive_pair`.
        evidence
            All statements about the pair.
        """
        for item in evidence:
            self.described[item.statement.id] = None
            if item.statement.agreement_id:
                self.before.add(item.statement.agreement_id)
        for act in acts:
            self.acts.setdefault(act.id, _Content()).add(act)
            self.described.update(dict.fromkeys((item.statement.id for item in act.group.own), act.id))

    def compare(self, read: Read, changes: Changes, gone: Collection[str], pairs: Collection[str]) -> None:
        """Add what has to change in the store.

        Parameters
        ----------
        read
            Runs a query over ``$rows``.
        changes
            Where agreements, their parties and their deletion are added.
        gone
            Ids of statements that are deleted.
        pairs
            Ids of the pairs that were noted: all their statements are known.
        """
        known = sorted({*self.acts, *self.before})
        if not known:
            return
        stored = {str(row["id"]): as_row(row["properties"]) for row in read(read_nodes(Label.AGREEMENT), known)}
        parties = _read_parties(read, sorted(stored))
        self._add_other_pairs(read, parties, gone, pairs)
        for identity in sorted(self.acts):
            content = self.acts[identity]
            after = derive_act(identity, content.own.values(), content.ends.values())
            before = stored.get(identity)
            if changes.count(Label.AGREEMENT).note(before, properties(after) if before else after):
                changes.nodes.setdefault(Label.AGREEMENT, []).append(after)
            _compare_parties(identity, parties.get(identity, set()), content.parties, changes)
        removed = sorted(stored.keys() - self.acts.keys())
        if removed:
            changes.count(Label.AGREEMENT).removed += len(removed)
            changes.dropped_nodes.setdefault(Label.AGREEMENT, []).extend(removed)
            changes.count(Relation.PARTY_TO).removed += sum(len(parties.get(identity, ())) for identity in removed)

    def _add_other_pairs(
        self, read: Read, parties: Mapping[str, Collection[NodeRef]], gone: Collection[str], pairs: Collection[str]
    ) -> None:
        """Add what the stored acts follow from in pairs that were not noted; only acts with a title have such pairs."""
        described = (
            f"UNWIND $rows AS id MATCH (s:{Label.STATEMENT} {{{AGREEMENT_KEY}: id}}) "
            f"RETURN id, s.id AS statement, s.{PAIR_KEY} AS pair"
        )
        others: dict[str, Partnership] = {}
        for row in read(described, sorted(parties)):
            identity, statement, pair = str(row["id"]), str(row["statement"]), str(row["pair"])
            if statement in self.described or statement in gone or pair in pairs or pair in others:
                continue
            if (bare := _bare(pair, parties[identity])) is not None:
                others[pair] = bare
        evidence: dict[str, list[Evidence]] = {}
        statements = (
            f"UNWIND $rows AS id MATCH (s:{Label.STATEMENT} {{{PAIR_KEY}: id}})-[f:{Relation.FROM}]->(source) "
            "RETURN id, properties(s) AS statement, source.id AS source, f.retrieved AS retrieved"
        )
        for row in read(statements, sorted(others)):
            retrieved = None if row["retrieved"] is None else str(row["retrieved"])
            item = Evidence(make(Statement, as_row(row["statement"])), str(row["source"]), retrieved)
            evidence.setdefault(str(row["id"]), []).append(item)
        for pair, items in evidence.items():
            for act in derive_pair(others[pair], items)[1]:
                if act.id in parties or act.id in self.acts:
                    self.acts.setdefault(act.id, _Content()).add(act)


def _read_parties(read: Read, identities: Iterable[str]) -> dict[str, set[NodeRef]]:
    """Return the parties of acts of the store by the id of the act."""
    query = (
        f"UNWIND $rows AS id MATCH (p)-[:{Relation.PARTY_TO}]->(:{Label.AGREEMENT} {{id: id}}) "
        "RETURN id, labels(p)[0] AS label, p.id AS party"
    )
    found: dict[str, set[NodeRef]] = {}
    for row in read(query, identities):
        found.setdefault(str(row["id"]), set()).add(NodeRef(Label(str(row["label"])), str(row["party"])))
    return found


def _bare(pair: str, parties: Collection[NodeRef]) -> Partnership | None:
    """Return a pair of the store by its id; its ends are parties of an act that its statements describe."""
    for start, end in product(parties, repeat=2):
        if f"{start.id}|{end.id}" == pair:
            return Partnership(start=start, end=end, id=pair, kind=Kind.OTHER, status=Status.UNKNOWN)
    return None  # another program has deleted a party


def _compare_parties(identity: str, before: Collection[NodeRef], after: Collection[NodeRef], changes: Changes) -> None:
    end = NodeRef(Label.AGREEMENT, identity)
    count = changes.count(Relation.PARTY_TO)
    for party in sorted({*before, *after}):
        if party not in before:
            count.new += 1
            changes.links.append(PartyTo(start=party, end=end))
        elif party not in after:
            count.removed += 1
            changes.dropped_links.append(Link(Relation.PARTY_TO, party, end, {}))
        else:
            count.unchanged += 1
