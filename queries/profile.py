"""The profile of a place, read from a store."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from twingraph.graph.model import (
    Country,
    Flow,
    Label,
    Membership,
    NodeRef,
    Partnership,
    Region,
    Status,
)
from twingraph.graph.store import Store
from twingraph.queries.counting import count_subgraph
from twingraph.queries.profile_model import (
    CitedStatement,
    Profile,
    ProfileAgreement,
    ProfileApplication,
    ProfileFlow,
    ProfileMember,
    ProfileParticipation,
    ProfilePartnership,
    ProfilePlace,
    ProfileRelationship,
)
from twingraph.queries.scope import Scope, StoredAgreement, StoredStatement, Subgraph, read_scope

if TYPE_CHECKING:
    from twingraph.queries.names import PlaceNode

__all__ = ["read_profile"]


def read_profile(store: Store, ref: NodeRef) -> Profile:
    """Read the profile of a place.

    Parameters
    ----------
    store
        The store.
    ref
        A municipality, metropolis, region or country.

    Raises
    ------
    twingraph.errors.UnknownNameError
        The store has no such node.
    """
    return _Assembler(read_scope(store, Scope(ref.label, ref.id)), ref).profile()


class _Assembler:
    def __init__(self, graph: Subgraph, ref: NodeRef) -> None:
        self._graph = graph
        self._ref = ref
        self._home = frozenset(graph.home)
        self._nodes: dict[NodeRef, PlaceNode] = {
            NodeRef(label, node.id): node
            for label, nodes in (
                (Label.MUNICIPALITY, graph.municipalities),
                (Label.METROPOLIS, graph.metropolises),
                (Label.REGION, graph.regions),
                (Label.COUNTRY, graph.countries),
            )
            for node in nodes
        }
        if graph.subject is not None:
            self._nodes.setdefault(ref, graph.subject)
        self._regions = {node.id: node for node in graph.regions}
        self._countries = {node.id: node for node in graph.countries}
        self._sources = {source.id: source for source in graph.sources}
        self._acts_of: dict[NodeRef, list[StoredAgreement]] = {}
        for stored in graph.agreements:
            for party in stored.parties:
                self._acts_of.setdefault(party, []).append(stored)
        self._said: dict[str, list[CitedStatement]] = {}
        for saying in graph.statements:
            statement = saying.statement
            self._said.setdefault(statement.about or "", []).append(self._one(saying))

    def profile(self) -> Profile:
        ties = tuple(sorted(map(self._tie, self._graph.partnerships), key=_tie_order))
        flows = tuple(sorted(map(self._flow, (*self._graph.flows, *self._graph.flows_at_large)), key=_flow_order))
        member_of = self._members(item for item in self._graph.memberships if item.start == self._ref)
        members = self._members(item for item in self._graph.memberships if item.end == self._ref)
        applications = self._applications()
        participations = self._participations()
        others = tuple(
            ProfileRelationship(item, self._place(item.start), self._place(item.end), self._about(item.id))
            for item in self._graph.others
        )
        tied = {ref for tie in ties for ref in (tie.partnership.start, tie.partnership.end)}
        without = [
            self._place(ref)
            for ref in self._nodes
            if ref.id in self._home and ref not in tied and ref != self._ref and ref.label is Label.MUNICIPALITY
        ]
        cited_by: tuple[tuple[CitedStatement, ...], ...] = (
            *(tie.statements for tie in ties),
            *(shown.statements for shown in flows),
            *(member.statements for member in (*member_of, *members)),
            *(shown.statements for shown in applications),
            *(shown.statements for shown in participations),
            *(shown.statements for shown in others),
        )
        statements = [each for said in cited_by for each in said]
        cited = {each.source.id: each.source for each in statements if each.source is not None}
        return Profile(
            subject=self._place(self._ref),
            counts=count_subgraph(self._graph),
            ties=ties,
            flows=flows,
            member_of=member_of,
            members=members,
            applications=applications,
            participations=participations,
            others=others,
            without=tuple(sorted(without, key=lambda place: (place.node.name, place.ref.id))),
            sources=tuple(cited.values()),
            dated=frozenset(each.source.id for each in statements if each.source and each.statement.said_on),
        )

    def _one(self, saying: StoredStatement) -> CitedStatement:
        known = (self._sources.get(source) for source in saying.sources)
        source = next((source for source in known if source is not None), None)
        return CitedStatement(saying.statement, source, saying.row, saying.sheet)

    def _about(self, item_id: str) -> tuple[CitedStatement, ...]:
        said = self._said.get(item_id, [])
        said.sort(key=lambda each: each.statement.id)
        said.sort(key=lambda each: each.statement.said_on or "", reverse=True)
        return tuple(said)

    def _place(self, ref: NodeRef) -> ProfilePlace:
        node = self._nodes[ref]
        region = self._regions.get(self._graph.region_of.get(ref.id, ""))
        country = self._countries.get(self._graph.country_of.get(ref.id, ""))
        if isinstance(node, Region):
            region, country = None, country or self._countries.get(node.id.split("-")[0])
        return ProfilePlace(ref, node, region, None if isinstance(node, Country) else country)

    def _tie(self, partnership: Partnership) -> ProfilePartnership:
        one, other = partnership.start, partnership.end
        if one.id not in self._home:
            one, other = other, one
        home, partner = self._place(one), self._place(other)
        domestic = _country_id(home) is not None and _country_id(home) == _country_id(partner)
        said = self._about(partnership.id)
        acts = [
            ProfileAgreement(
                stored.agreement,
                tuple(sorted(map(self._place, stored.parties), key=lambda place: (place.node.name, place.ref.id))),
                tuple(each for each in said if each.statement.agreement_id == stored.agreement.id),
            )
            for stored in self._acts_of.get(one, ())
            if other in stored.parties
        ]
        return ProfilePartnership(partnership, home, partner, domestic, tuple(sorted(acts, key=_act_order)), said)

    def _flow(self, flow: Flow) -> ProfileFlow:
        inside = (flow.start.id in self._home, flow.end.id in self._home)
        direction = {(True, True): "within", (True, False): "given", (False, True): "received"}.get(inside, "country")
        return ProfileFlow(flow, self._place(flow.start), self._place(flow.end), direction, self._about(flow.id))

    def _members(self, memberships: Iterable[Membership]) -> tuple[ProfileMember, ...]:
        found = [
            ProfileMember(item, self._place(item.end if item.start == self._ref else item.start), self._about(item.id))
            for item in memberships
        ]
        return tuple(sorted(found, key=lambda member: (member.place.node.name, member.place.ref.id)))

    def _applications(self) -> tuple[ProfileApplication, ...]:
        found = [
            ProfileApplication(item, self._place(item.start), self._place(item.end), self._about(item.id))
            for item in self._graph.applications
        ]
        found.sort(key=lambda shown: (shown.seeker.node.name, shown.application.id))
        found.sort(key=lambda shown: shown.application.stated or "", reverse=True)
        return tuple(found)

    def _participations(self) -> tuple[ProfileParticipation, ...]:
        programmes = {programme.id: programme for programme in self._graph.programmes}
        found = [
            ProfileParticipation(item, self._place(item.start), programmes[item.end.id], self._about(item.id))
            for item in self._graph.participations
            if item.start.id in self._home
        ]
        return tuple(sorted(found, key=lambda shown: (shown.programme.name, shown.place.node.name, shown.place.ref.id)))


def _country_id(place: ProfilePlace) -> str | None:
    node = place.node
    return node.id if isinstance(node, Country) else place.country.id if place.country else None


def _tie_order(tie: ProfilePartnership) -> tuple[str, str, str, str, str]:
    country = tie.partner.country or (tie.partner.node if isinstance(tie.partner.node, Country) else None)
    return (
        country.name if country else "\uffff",
        tie.partner.node.name,
        tie.partner.ref.id,
        tie.home.node.name,
        tie.partnership.id,
    )


def _act_order(act: ProfileAgreement) -> tuple[int, str, str]:
    order = [*Status].index(Status(act.agreement.status))
    return order, act.agreement.since or "\uffff", act.agreement.id


def _flow_order(shown: ProfileFlow) -> tuple[int, str, str]:
    order = ("received", "given", "within", "country").index(shown.direction)
    return order, shown.flow.since or "\uffff", shown.flow.id
