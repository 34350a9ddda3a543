"""The acts of pairs: which agreements a store has to hold, with their parties, and which statements describe them."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from twingraph.graph.cypher import read_nodes
from twingraph.graph.derivation import Act, Evidence, derive_act
from twingraph.graph.model import Label, NodeRef, PartyTo, Relation, Statement
from twingraph.graph.schema import AGREEMENT_KEY, make, properties
from twingraph.loaders.assembling.changes import Changes, Link, Row, as_row

__all__ = ["Agreements"]

type Read = Callable[[str, Iterable[object]], Iterable[Row]]


@dataclass(slots=True)
class Agreements:
    """Collects the acts of the pairs that a load or a judgement derives anew, and compares them with the store.

    Attributes
    ----------
    described
        The act that each statement describes, by the id of the statement; ``None`` where it describes none.
    evidence, ends, parties
        The statements of each act, the ends that apply to it, and its parties, by the id of the act.
    before
        Ids of the acts that the statements of these pairs described until now.
    """

    described: dict[str, str | None] = field(default_factory=dict)
    evidence: dict[str, dict[str, Evidence]] = field(default_factory=dict)
    ends: dict[str, dict[str, Evidence]] = field(default_factory=dict)
    parties: dict[str, dict[NodeRef, None]] = field(default_factory=dict)
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
            own = self.evidence.setdefault(act.id, {})
            for item in act.group.own:
                own[item.statement.id] = item
                self.described[item.statement.id] = act.id
            self.ends.setdefault(act.id, {}).update({item.statement.id: item for item in act.group.ends})
            self.parties.setdefault(act.id, {}).update(dict.fromkeys(act.parties))

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
            Ids of the pairs that were noted: their statements in the store are known.
        """
        known = {*self.evidence, *self.before}
        if not known:
            return
        self._add_other_pairs(read, known, gone, pairs)
        stored = {str(row["id"]): as_row(row["properties"]) for row in read(read_nodes(Label.AGREEMENT), sorted(known))}
        parties = self._stored_parties(read, stored)
        for identity in sorted(self.evidence):
            after = derive_act(identity, self.evidence[identity].values(), self.ends.get(identity, {}).values())
            before = stored.get(identity)
            if changes.count(Label.AGREEMENT).note(before, properties(after) if before else after):
                changes.nodes.setdefault(Label.AGREEMENT, []).append(after)
            self._compare_parties(identity, parties.get(identity, set()), changes)
        removed = sorted(stored.keys() - self.evidence.keys())
        if removed:
            changes.count(Label.AGREEMENT).removed += len(removed)
            changes.dropped_nodes.setdefault(Label.AGREEMENT, []).extend(removed)
            changes.count(Relation.PARTY_TO).removed += sum(len(parties.get(identity, ())) for identity in removed)

    def _add_other_pairs(
        self, read: Read, known: Collection[str], gone: Collection[str], pairs: Collection[str]
    ) -> None:
        """Add the statements of acts with a title that are about other pairs, and the parties in these."""
        query = (
            f"UNWIND $rows AS id MATCH (s:{Label.STATEMENT} {{{AGREEMENT_KEY}: id}})-[f:{Relation.FROM}]->(source) "
            "RETURN id, properties(s) AS statement, source.id AS source, f.retrieved AS retrieved"
        )
        for row in read(query, sorted(known)):
            statement = make(Statement, as_row(row["statement"]))
            if statement.id in self.described or statement.id in gone or statement.partnership_id in pairs:
                continue
            identity = str(row["id"])
            retrieved = None if row["retrieved"] is None else str(row["retrieved"])
            item = Evidence(statement, str(row["source"]), retrieved)
            self.evidence.setdefault(identity, {})[statement.id] = item
            for place in str(statement.partnership_id).split("|"):
                self._others.setdefault(identity, set()).add(place)

    _others: dict[str, set[str]] = field(default_factory=dict)

    def _stored_parties(self, read: Read, stored: Mapping[str, Row]) -> dict[str, set[NodeRef]]:
        query = (
            f"UNWIND $rows AS id MATCH (p)-[:{Relation.PARTY_TO}]->(:{Label.AGREEMENT} {{id: id}}) "
            "RETURN id, labels(p)[0] AS label, p.id AS party"
        )
        found: dict[str, set[NodeRef]] = {}
        for row in read(query, sorted(stored)):
            found.setdefault(str(row["id"]), set()).add(NodeRef(Label(str(row["label"])), str(row["party"])))
        return found

    def _compare_parties(self, identity: str, before: set[NodeRef], changes: Changes) -> None:
        wanted = set(self.parties.get(identity, ()))
        wanted |= {party for party in before if party.id in self._others.get(identity, ())}
        end = NodeRef(Label.AGREEMENT, identity)
        count = changes.count(Relation.PARTY_TO)
        for party in sorted(wanted | before):
            if party not in before:
                count.new += 1
                changes.links.append(PartyTo(start=party, end=end))
            elif party not in wanted:
                count.removed += 1
                changes.dropped_links.append(Link(Relation.PARTY_TO, party, end, {}))
            else:
                count.unchanged += 1
