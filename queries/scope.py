"""Scopes, such as an oblast or a country: the places in them, and the subgraph that a map or profile of one needs.

Each query reads many nodes at once and has the same text on both engines. Results are sorted by id, so the same store
gives the same subgraph.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from twingraph.errors import UnknownNameError
from twingraph.graph.model import (
    Application,
    Country,
    Flow,
    Label,
    Membership,
    Metropolis,
    Municipality,
    NodeRef,
    Participation,
    Partnership,
    Programme,
    Region,
    Relation,
    Source,
    Sourced,
)
from twingraph.graph.store import Store
from twingraph.queries import reading
from twingraph.queries.filters import NO_FILTERS, Filters
from twingraph.queries.names import PLACE_CLASSES, PlaceNode
from twingraph.queries.reading import StoredAgreement, StoredStatement

__all__ = [
    "WHOLE", "BetweenSide", "Scope", "StoredAgreement", "StoredStatement", "Subgraph", "Topic", "read_between",
    "read_places", "read_scope", "scope_places",
]  # fmt: skip

_MEMBERS_BY = {
    Label.REGION: Relation.IN_REGION,
    Label.COUNTRY: Relation.IN_COUNTRY,
    Label.METROPOLIS: Relation.MEMBER_OF,
}
"""The relationship by which places belong to a scope of each label; a municipality has no members."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of a store that a measure, map or profile covers.

    Attributes
    ----------
    label
        `Label.REGION`, `Label.COUNTRY`, `Label.MUNICIPALITY` or `Label.METROPOLIS`; ``None`` is the whole network.
    id
        The id of that node; empty for the whole network.
    """

    label: Label | None = None
    id: str = ""


WHOLE = Scope()
"""The whole network."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """The subject of a subgraph that is not a node of the store: two countries, a community, a question.

    Attributes
    ----------
    kind
        ``between``, ``community`` or ``question``.
    key
        Its key among those of its kind: ``UA-PL``, ``3``, the name of the question.
    name, name_uk
        Its name in English and Ukrainian.
    """

    kind: str
    key: str
    name: str
    name_uk: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BetweenSide:
    """One of the two sides of a subgraph that :func:`read_between` returns.

    Attributes
    ----------
    name, name_uk
        Its name in English and Ukrainian.
    places
        Ids of its places that have a partner on the other side, sorted.
    """

    name: str
    name_uk: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subgraph:
    """One scope of a store. All sequences are sorted by id.

    Attributes
    ----------
    scope, subject
        The scope and its node; no subject for the whole network and for a topic.
    topic
        The subject, if it is not a node.
    sides
        The two sides, for a subgraph between them.
    home
        Ids of the places in the scope. Every partnership has at least one of them.
    municipalities, metropolises, regions, countries
        Every place in a relationship below, and the regions and countries of those places.
    region_of, country_of
        Ids of the region and the country of a place, by its id.
    partnerships
        Partnerships of the places in the scope.
    agreements
        The acts of these partnerships, with all their parties.
    memberships
        Members of metropolises that are in the scope, are partners, or have a place in the scope as a member.
    flows
        Aid and hosting from or to a place of the scope, whether its other end has a partnership or not; between two
        sides, only from one to the other; in a community or an answer, only between its places.
    flows_at_large
        What partners gave to the country of the scope as a whole; no part of the scope.
    applications
        Applications by places in the scope, and those that name one of them.
    others
        Relationships of types without a display of their own.
    participations, programmes
        Programmes in which these places and their partners take part.
    statements, sources
        The statements behind all of these, their sources and their datasets.
    partnerships_in_store
        The number of partnerships in the whole store.
    filters, min_partners
        The filters applied to partnerships.
    left_out
        The number of partnerships of the scope that the filters excluded.
    """

    scope: Scope
    subject: PlaceNode | None
    topic: Topic | None = None
    sides: tuple[BetweenSide, ...] = ()
    home: tuple[str, ...]
    municipalities: tuple[Municipality, ...] = ()
    metropolises: tuple[Metropolis, ...] = ()
    regions: tuple[Region, ...] = ()
    countries: tuple[Country, ...] = ()
    region_of: Mapping[str, str]
    country_of: Mapping[str, str]
    partnerships: tuple[Partnership, ...] = ()
    agreements: tuple[StoredAgreement, ...] = ()
    memberships: tuple[Membership, ...] = ()
    flows: tuple[Flow, ...] = ()
    flows_at_large: tuple[Flow, ...] = ()
    applications: tuple[Application, ...] = ()
    participations: tuple[Participation, ...] = ()
    others: tuple[Sourced, ...] = ()
    programmes: tuple[Programme, ...] = ()
    statements: tuple[StoredStatement, ...] = ()
    sources: tuple[Source, ...] = ()
    partnerships_in_store: int = 0
    filters: Filters = NO_FILTERS
    min_partners: int = 0
    left_out: int = 0

    @property
    def whole(self) -> bool:
        """Whether it is the whole network."""
        return self.subject is None and self.topic is None


def read_scope(
    store: Store,
    scope: Scope,
    *,
    filters: Filters = NO_FILTERS,
    min_partners: int = 0,
    depth: int = 1,
) -> Subgraph:
    """Read the subgraph of a scope.

    Parameters
    ----------
    store
        The store.
    scope
        The scope.
    filters
        Filters on partnerships.
    min_partners
        Exclude places of the scope that have fewer partners.
    depth
        1 reads the partners of the scope, 2 also their partners, and so on.

    Raises
    ------
    twingraph.errors.UnknownNameError
        The store has no such node.
    """
    subject, places = scope_places(store, scope)
    home = _partners(store) if places is None else places
    found = reading.partnerships(store, places)
    ties = tuple(tie for tie in found if filters.accepts(tie))
    ties, all_of = _at_least(ties, home, min_partners), len(found)
    for _step in range(depth - 1):
        further = reading.partnerships(store, _ends(ties) | home)
        all_of = len(further)
        ties = tuple(tie for tie in further if filters.accepts(tie))
    return _assemble(
        store,
        ties,
        scope=scope,
        subject=subject,
        home=home,
        filters=filters,
        min_partners=min_partners,
        left_out=all_of - len(ties),
    )


def read_between(
    store: Store, one: Scope, other: Scope, *, filters: Filters = NO_FILTERS, min_partners: int = 0
) -> Subgraph:
    """Read the partnerships between two scopes, neither the whole network; parameters as for :func:`read_scope`."""
    (first, here), (second, there) = (
        cast("tuple[PlaceNode, set[NodeRef]]", scope_places(store, scope)) for scope in (one, other)
    )
    found = tuple(tie for tie in reading.partnerships(store, here) if _across(tie, here, there))
    ties = _at_least(tuple(filter(filters.accepts, found)), here, min_partners)
    topic = Topic(
        kind="between",
        key=f"{one.id}-{other.id}",
        name=f"{first.name} – {second.name}",
        name_uk=f"{first.name_uk or first.name} – {second.name_uk or second.name}",
    )
    return _assemble(
        store,
        ties,
        topic=topic,
        home=_ends(ties),
        filters=filters,
        min_partners=min_partners,
        left_out=len(found) - len(ties),
        sides=(first, second),
        across=(here, there),
    )


def read_places(
    store: Store,
    topic: Topic,
    places: Iterable[NodeRef],
    *,
    ties: Collection[str] | None = None,
    filters: Filters = NO_FILTERS,
    min_partners: int = 0,
) -> Subgraph:
    """Read places and the partnerships between them, such as a community or the answer to a question.

    Parameters
    ----------
    store, filters, min_partners
        As for :func:`read_scope`.
    topic
        The subject of the subgraph.
    places
        The places, included with or without a partnership.
    ties
        Ids of the partnerships to read; ``None`` reads all between two of the places.
    """
    home = set(places)
    near = reading.partnerships(store, home) if home else ()
    if ties is None:
        found = tuple(tie for tie in near if tie.start in home and tie.end in home)
    else:
        wanted = set(ties)
        found = tuple(tie for tie in near if tie.id in wanted)
    kept = _at_least(tuple(filter(filters.accepts, found)), home, min_partners)
    return _assemble(
        store,
        kept,
        topic=topic,
        home=home,
        filters=filters,
        min_partners=min_partners,
        left_out=len(found) - len(kept),
    )


def _assemble(
    store: Store,
    ties: tuple[Partnership, ...],
    *,
    home: set[NodeRef],
    scope: Scope | None = None,
    subject: PlaceNode | None = None,
    topic: Topic | None = None,
    filters: Filters,
    min_partners: int,
    left_out: int,
    sides: tuple[PlaceNode, ...] = (),
    across: tuple[set[NodeRef], set[NodeRef]] | None = None,
) -> Subgraph:
    """Read everything related to the partnerships; with `across`, only applications between its two sides."""
    whole = subject is None and topic is None
    partners = _ends(ties)
    if whole and (filters or min_partners):
        home = partners
    acts = reading.agreements(store, ties)
    joins = reading.memberships(store, home | partners)
    country_of = reading.links(store, home | partners, Relation.IN_COUNTRY, Label.COUNTRY)
    near = None if whole else across[0] if across else home
    given, sought = reading.flows(store, near), reading.applications(store, near)
    if across:
        given = tuple(each for each in given if _across(each, *across))
        sought = tuple(each for each in sought if _across(each, *across))
    elif topic is not None:
        given = tuple(each for each in given if each.start in home and each.end in home)
    at_large = () if whole or topic is not None else _at_large(store, home, partners, country_of)
    parts = reading.participations(store, None if whole else home | partners)
    others = reading.other_relationships(store, None if whole else home)

    refs = set(home | partners)
    refs.update(ref for act in acts for ref in act.parties)
    refs.update(ref for join in joins for ref in (join.start, join.end))
    refs.update(ref for flow in (*given, *at_large) for ref in (flow.start, flow.end))
    refs.update(ref for application in sought for ref in (application.start, application.end))
    refs.update(part.start for part in parts)
    refs.update(ref for other in others for ref in (other.start, other.end))
    country_of |= reading.links(store, refs, Relation.IN_COUNTRY, Label.COUNTRY)
    region_of = reading.links(store, refs, Relation.IN_REGION, Label.REGION)
    refs.update(NodeRef(Label.REGION, id_) for id_ in region_of.values())
    refs.update(NodeRef(Label.COUNTRY, id_) for id_ in country_of.values())
    found = {label: reading.nodes(store, label, cls, refs) for label, cls in PLACE_CLASSES.items()}
    statements = reading.statements(store, (*ties, *joins, *given, *at_large, *sought, *parts, *others))
    source_ids = {id_ for each in statements for id_ in (*each.sources, each.statement.dataset)}
    return Subgraph(
        scope=scope or Scope(),
        subject=subject,
        topic=topic,
        sides=_sides(sides, across, partners | _ends((*sought, *given))) if across else (),
        home=tuple(sorted(ref.id for ref in home)),
        municipalities=cast("tuple[Municipality, ...]", found[Label.MUNICIPALITY]),
        metropolises=cast("tuple[Metropolis, ...]", found[Label.METROPOLIS]),
        regions=cast("tuple[Region, ...]", found[Label.REGION]),
        countries=cast("tuple[Country, ...]", found[Label.COUNTRY]),
        region_of=dict(sorted(region_of.items())),
        country_of=dict(sorted(country_of.items())),
        partnerships=ties,
        agreements=acts,
        memberships=joins,
        flows=given,
        flows_at_large=at_large,
        applications=sought,
        participations=parts,
        others=others,
        programmes=reading.fetch(store, Label.PROGRAMME, Programme, {part.end.id for part in parts}),
        statements=statements,
        sources=reading.fetch(store, Label.SOURCE, Source, source_ids),
        partnerships_in_store=reading.count(store),
        filters=filters,
        min_partners=min_partners,
        left_out=left_out,
    )


def _at_large(
    store: Store, home: set[NodeRef], partners: set[NodeRef], country_of: Mapping[str, str]
) -> tuple[Flow, ...]:
    """Return what partners outside the scope gave to its country as a whole."""
    outside = partners - home
    countries = {NodeRef(Label.COUNTRY, country_of[ref.id]) for ref in home if ref.id in country_of} - home
    return tuple(each for each in reading.flows(store, countries) if each.start in outside and each.end in countries)


def _across(item: Partnership | Application | Flow, here: set[NodeRef], there: set[NodeRef]) -> bool:
    """Return whether one end is `here` and the other `there`."""
    return (item.start in here and item.end in there) or (item.start in there and item.end in here)


def _sides(
    names: Iterable[PlaceNode], across: tuple[set[NodeRef], set[NodeRef]], shown: set[NodeRef]
) -> tuple[BetweenSide, ...]:
    """Return the two sides; a place on both, as for an oblast and its own country, belongs to the smaller."""
    here, there = across
    split = (here - there, there) if len(there) <= len(here) else (here, there - here)
    return tuple(
        BetweenSide(
            name=node.name,
            name_uk=getattr(node, "name_uk", None) or node.name,
            places=tuple(sorted(ref.id for ref in side & shown)),
        )
        for node, side in zip(names, split, strict=True)
    )


def _ends(ties: Iterable[Partnership | Application | Flow]) -> set[NodeRef]:
    return {ref for tie in ties for ref in (tie.start, tie.end)}


def _at_least(ties: tuple[Partnership, ...], home: set[NodeRef], least: int) -> tuple[Partnership, ...]:
    """Keep the partnerships of places in the scope that have at least `least` partners."""
    if least < 2:
        return ties
    partners: dict[NodeRef, set[NodeRef]] = {}
    for tie in ties:
        partners.setdefault(tie.start, set()).add(tie.end)
        partners.setdefault(tie.end, set()).add(tie.start)
    enough = {ref for ref in home if len(partners.get(ref, ())) >= least}
    return tuple(tie for tie in ties if tie.start in enough or tie.end in enough)


def scope_places(store: Store, scope: Scope) -> tuple[PlaceNode | None, set[NodeRef] | None]:
    """Return the node of a scope and the places in it, its own node included; ``None`` twice for the whole network.

    Raises
    ------
    twingraph.errors.UnknownNameError
        The store has no such node.
    """
    if scope.label is None:
        return None, None
    found = reading.fetch(store, scope.label, PLACE_CLASSES[scope.label], {scope.id})
    if not found:
        raise UnknownNameError(scope.label.lower(), scope.id)
    places = {NodeRef(scope.label, scope.id)}
    if relation := _MEMBERS_BY.get(scope.label):
        rows = store.read(
            f"MATCH (a)-[:{relation}]->(:{scope.label} {{id: $id}}) RETURN labels(a)[0] AS label, a.id AS id",
            {"id": scope.id},
        )
        places |= {reading.node_ref(row["label"], row["id"]) for row in rows}
    return found[0], places


def _partners(store: Store) -> set[NodeRef]:
    """Return every place of the store that has a partnership."""
    rows = store.read("MATCH (a)-[:PARTNERS_WITH]-() RETURN DISTINCT labels(a)[0] AS label, a.id AS id")
    return {reading.node_ref(row["label"], row["id"]) for row in rows}
