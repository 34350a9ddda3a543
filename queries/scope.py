"""Read one scope of a store, such as an oblast, into plain objects: what a map or a report of it needs.

Few queries, each for many nodes at once, the same text on both engines. What comes back is sorted by id, so that the
same store gives the same subgraph.
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
)
from twingraph.graph.store import Store
from twingraph.queries.filters import Filters
from twingraph.queries.names import PLACE_CLASSES, PlaceNode
from twingraph.queries.reading import (
    StoredStatement,
    applications,
    count,
    fetch,
    flows,
    links,
    memberships,
    node_ref,
    nodes,
    participations,
    partnerships,
    statements,
)

__all__ = ["BetweenSide", "Scope", "StoredStatement", "Subgraph", "Topic", "read_between", "read_places", "read_scope"]

_NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Scope:
    """What a map or a report is about.

    Attributes
    ----------
    label
        `Label.REGION`, `Label.COUNTRY`, `Label.MUNICIPALITY` or `Label.METROPOLIS`; ``None`` is the whole network.
    id
        The id of that node; empty for the whole network.
    """

    label: Label | None = None
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What a subgraph is about where that is no node of the store: two countries, a community, a question.

    Attributes
    ----------
    kind
        ``between``, ``community`` or ``question``.
    key
        What tells it from others of its kind: ``UA-PL``, ``3``, the question's name.
    name, name_uk
        What it is called.
    """

    kind: str
    key: str
    name: str
    name_uk: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BetweenSide:
    """One of the two sides that a subgraph is about.

    Attributes
    ----------
    name, name_uk
        What it is called.
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
        What it is about, and that node; no subject for the whole network and for a topic.
    topic
        What it is about, where that is no node.
    sides
        The two sides, where it is about what joins them.
    home
        The places in the scope; every partnership has one of them at an end.
    municipalities, metropolises, regions, countries
        Every place at an end of something below, and the regions and countries that these lie in.
    region_of, country_of
        Ids of the region and the country of a place, by its id.
    partnerships, memberships, flows
        The ties of the places at home; the members of metropolises that are at home, are partners or have partners
        as members; the aid and hosting that touches home, and what partners did for home's country at large.
    statements
        The statements behind all of these.
    applications, participations, programmes
        Who seeks whom, of the places at home, and in which programmes these and their partners take part.
    sources
        The sources of those statements and the datasets that they came in.
    partnerships_in_store
        How many partnerships the whole store holds.
    filters, min_partners
        By what the partnerships were chosen.
    left_out
        How many partnerships of the scope were not chosen.
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
    memberships: tuple[Membership, ...] = ()
    flows: tuple[Flow, ...] = ()
    applications: tuple[Application, ...] = ()
    participations: tuple[Participation, ...] = ()
    programmes: tuple[Programme, ...] = ()
    statements: tuple[StoredStatement, ...] = ()
    sources: tuple[Source, ...] = ()
    partnerships_in_store: int = 0
    filters: Filters = _NO_FILTERS
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
    filters: Filters = _NO_FILTERS,
    min_partners: int = 0,
    depth: int = 1,
) -> Subgraph:
    """Read everything that a map of `scope` shows.

    Parameters
    ----------
    store
        Where to read.
    scope
        What to read.
    filters
        Which partnerships count.
    min_partners
        Leave out the places of the scope that have fewer partners than this.
    depth
        How far from home: 1 reads its partners, 2 also the partners of these, and so on.

    Raises
    ------
    twingraph.errors.UnknownNameError
        The store has no such node.
    """
    subject = _subject(store, scope)
    home = _home(store, scope)
    found = partnerships(store, None if scope.label is None else home)
    ties = tuple(tie for tie in found if filters.accepts(tie))
    ties, all_of = _at_least(ties, home, min_partners), len(found)
    for _step in range(depth - 1):
        further = partnerships(store, _ends(ties) | home)
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
    store: Store, one: Scope, other: Scope, *, filters: Filters = _NO_FILTERS, min_partners: int = 0
) -> Subgraph:
    """Read the partnerships between two countries, regions or other scopes; parameters as for :func:`read_scope`."""
    first, second = (cast("PlaceNode", _subject(store, scope)) for scope in (one, other))
    here, there = _home(store, one), _home(store, other)
    found = tuple(tie for tie in partnerships(store, here) if _across(tie, here, there))
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
    filters: Filters = _NO_FILTERS,
    min_partners: int = 0,
) -> Subgraph:
    """Read some places and the partnerships among them, such as a community or what a question's answer names.

    Parameters
    ----------
    store, filters, min_partners
        As for :func:`read_scope`.
    topic
        What these places are.
    places
        They stand on the map even without a partnership among them.
    ties
        Ids of the partnerships to read; ``None`` is every one between two of the places.
    """
    home = set(places)
    near = partnerships(store, home) if home else ()
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
    """Read what belongs to the ties that were chosen; where they lead `across`, the applications that do so too."""
    whole = subject is None and topic is None
    partners = _ends(ties)
    if whole and (filters or min_partners):
        home = partners
    joins = memberships(store, home | partners)
    country_of = links(store, home | partners, Relation.IN_COUNTRY, Label.COUNTRY)
    given = flows(store, home, partners, country_of, whole=whole)
    sought = applications(store, None if whole else across[0] if across else home)
    if across:
        sought = tuple(each for each in sought if _across(each, *across))
    parts = participations(store, None if whole else home | partners)

    refs = set(home | partners)
    refs.update(ref for join in joins for ref in (join.start, join.end))
    refs.update(ref for flow in given for ref in (flow.start, flow.end))
    refs.update(ref for application in sought for ref in (application.start, application.end))
    refs.update(part.start for part in parts)
    country_of |= links(store, refs, Relation.IN_COUNTRY, Label.COUNTRY)
    region_of = links(store, refs, Relation.IN_REGION, Label.REGION)
    refs.update(NodeRef(Label.REGION, id_) for id_ in region_of.values())
    refs.update(NodeRef(Label.COUNTRY, id_) for id_ in country_of.values())
    found = {label: nodes(store, label, cls, refs) for label, cls in PLACE_CLASSES.items()}
    said = statements(store, (*ties, *joins, *given, *sought, *parts))
    told = {id_ for saying in said for id_ in (*saying.sources, saying.statement.dataset)}
    return Subgraph(
        scope=scope or Scope(),
        subject=subject,
        topic=topic,
        sides=_sides(sides, across, partners | _ends(sought)) if across else (),
        home=tuple(sorted(ref.id for ref in home)),
        municipalities=cast("tuple[Municipality, ...]", found[Label.MUNICIPALITY]),
        metropolises=cast("tuple[Metropolis, ...]", found[Label.METROPOLIS]),
        regions=cast("tuple[Region, ...]", found[Label.REGION]),
        countries=cast("tuple[Country, ...]", found[Label.COUNTRY]),
        region_of=dict(sorted(region_of.items())),
        country_of=dict(sorted(country_of.items())),
        partnerships=ties,
        memberships=joins,
        flows=given,
        applications=sought,
        participations=parts,
        programmes=fetch(store, Label.PROGRAMME, Programme, {part.end.id for part in parts}),
        statements=said,
        sources=fetch(store, Label.SOURCE, Source, told),
        partnerships_in_store=count(store),
        filters=filters,
        min_partners=min_partners,
        left_out=left_out,
    )


def _across(item: Partnership | Application, here: set[NodeRef], there: set[NodeRef]) -> bool:
    """Whether one end is here and the other there."""
    return (item.start in here and item.end in there) or (item.start in there and item.end in here)


def _sides(
    names: Iterable[PlaceNode], across: tuple[set[NodeRef], set[NodeRef]], shown: set[NodeRef]
) -> tuple[BetweenSide, ...]:
    """Return the two sides; a place on both, as where an oblast meets its own country, belongs to the smaller."""
    here, there = across
    parted = (here - there, there) if len(there) <= len(here) else (here, there - here)
    return tuple(
        BetweenSide(
            name=node.name,
            name_uk=getattr(node, "name_uk", None) or node.name,
            places=tuple(sorted(ref.id for ref in side & shown)),
        )
        for node, side in zip(names, parted, strict=True)
    )


def _ends(ties: Iterable[Partnership | Application]) -> set[NodeRef]:
    return {ref for tie in ties for ref in (tie.start, tie.end)}


def _at_least(ties: tuple[Partnership, ...], home: set[NodeRef], least: int) -> tuple[Partnership, ...]:
    """Keep the ties of places at home that have at least so many partners."""
    if least < 2:
        return ties
    partners: dict[NodeRef, set[NodeRef]] = {}
    for tie in ties:
        partners.setdefault(tie.start, set()).add(tie.end)
        partners.setdefault(tie.end, set()).add(tie.start)
    enough = {ref for ref in home if len(partners.get(ref, ())) >= least}
    return tuple(tie for tie in ties if tie.start in enough or tie.end in enough)


def _subject(store: Store, scope: Scope) -> PlaceNode | None:
    if scope.label is None:
        return None
    found = fetch(store, scope.label, PLACE_CLASSES[scope.label], {scope.id})
    if not found:
        raise UnknownNameError(scope.label.lower(), scope.id)
    return found[0]


def _home(store: Store, scope: Scope) -> set[NodeRef]:
    """Return the places in the scope, the scope's own node among them."""
    if scope.label is None:
        rows = store.read("MATCH (a)-[:PARTNERS_WITH]-() RETURN DISTINCT labels(a)[0] AS label, a.id AS id")
        return {node_ref(row["label"], row["id"]) for row in rows}
    home = {NodeRef(scope.label, scope.id)}
    inside = {Label.REGION: "IN_REGION", Label.COUNTRY: "IN_COUNTRY", Label.METROPOLIS: "MEMBER_OF"}
    if link := inside.get(scope.label):
        rows = store.read(
            f"MATCH (a)-[:{link}]->(:{scope.label} {{id: $id}}) RETURN labels(a)[0] AS label, a.id AS id",
            {"id": scope.id},
        )
        home |= {node_ref(row["label"], row["id"]) for row in rows}
    return home
