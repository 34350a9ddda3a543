"""The analysis network: the one place where a store becomes a graph that measures are taken of.

Its nodes are places, its edges are *pairs*: two places with at least one partnership, however many kinds they have.
Twinning has no direction. A place partnered with itself, should a source say so, is a *loop*: counted, and left out of
every measure that the loop would only blur.

What a scope holds: by default every tie with at least one end in the scope, and the places at its ends, so that an
oblast's network shows its partners abroad. `ties` chooses otherwise.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal, cast

from twingraph.errors import UnknownNameError
from twingraph.graph.model import Label
from twingraph.graph.store import Store
from twingraph.queries.narrow import Narrowing
from twingraph.queries.scope import Scope

if TYPE_CHECKING:
    import igraph
    import networkx as nx

__all__ = ["Network", "Place", "Tie", "Ties", "places_in", "read_network"]

type Ties = Literal["touching", "inside", "around"]
type Lang = Literal["uk", "en"]

_WHOLE = Scope()
_EVERY_TIE = Narrowing()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A node of the network: a municipality or a metropolis; a region or a country where it is itself a partner.

    Attributes
    ----------
    id, label, name, name_uk
        As in the store.
    country
        ISO 3166-1 alpha-2; ``None`` where nobody knows it.
    region
        ISO 3166-2 of the region it lies in; ``None`` where nobody knows it.
    lat, lon
        WGS 84 degrees.
    population
        Inhabitants.
    home
        Whether it lies in the scope; all do in the whole network.
    """

    id: str
    label: Label
    name: str
    name_uk: str | None = None
    country: str | None = None
    region: str | None = None
    lat: float | None = None
    lon: float | None = None
    population: int | None = None
    home: bool = True

    def called(self, lang: Lang = "en") -> str:
        """Return the name in a language."""
        return (self.name_uk or self.name) if lang == "uk" else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """One partnership: one pair and one kind.

    Attributes
    ----------
    start, end
        Positions in :attr:`Network.places`; `start` is not after `end`.
    id, kind, status, since, until, themes
        As in the store.
    said_by
        The positions of the ends whose own statement it is, where a source tells.
    """

    start: int
    end: int
    id: str
    kind: str
    status: str
    since: str | None = None
    until: str | None = None
    themes: tuple[str, ...] = ()
    said_by: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Network:
    """Places and the ties between them. Everything is sorted, so that the same store gives the same network.

    Attributes
    ----------
    places
        Sorted by id; a place's position here is its number in every measure.
    ties
        Sorted by id.
    scope, subject, narrowing, ties_of_scope
        Which network this is: see :func:`read_network`. `subject` names the scope in English and Ukrainian.
    ties_in_store
        How many partnerships the whole store holds.
    names
        What the regions and countries are called in English and Ukrainian, by id.
    """

    places: tuple[Place, ...]
    ties: tuple[Tie, ...]
    scope: Scope = _WHOLE
    subject: tuple[str, str] | None = None
    narrowing: Narrowing = _EVERY_TIE
    ties_of_scope: Ties = "touching"
    ties_in_store: int = 0
    names: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.places)

    @cached_property
    def index(self) -> Mapping[str, int]:
        """The position of each place, by its id."""
        return {place.id: number for number, place in enumerate(self.places)}

    @cached_property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """The distinct pairs of different places with at least one tie, each as (smaller, larger) position, sorted."""
        return tuple(sorted({(tie.start, tie.end) for tie in self.ties if tie.start != tie.end}))

    @cached_property
    def loops(self) -> tuple[int, ...]:
        """The positions of places that are said to be their own partners, sorted."""
        return tuple(sorted({tie.start for tie in self.ties if tie.start == tie.end}))

    @cached_property
    def degrees(self) -> tuple[int, ...]:
        """How many different partners each place has."""
        counted = Counter(end for pair in self.pairs for end in pair)
        return tuple(counted[number] for number in range(len(self.places)))

    @cached_property
    def graph(self) -> "igraph.Graph":
        """The simple undirected graph of the pairs; vertex numbers are positions, edges are in the order of `pairs`."""
        import igraph  # noqa: PLC0415 - whoever only counts need not wait for it

        return igraph.Graph(n=len(self.places), edges=self.pairs, directed=False)

    def description(self, lang: Lang = "en") -> str:
        """Say which network this is, in one line."""
        texts = _WORDS[lang]
        whole = self.scope.label is None or self.subject is None
        where = texts["whole"] if whole else texts[self.ties_of_scope].format((self.subject or ("", ""))[lang == "uk"])
        counted = texts["counted"].format(places=len(self.places), ties=len(self.ties), pairs=len(self.pairs))
        return "; ".join(filter(None, (where, self.narrowing.words(lang)))) + f": {counted}"

    def to_networkx(self) -> "nx.Graph[str]":
        """Return the network as a simple undirected graph.

        Returns
        -------
        networkx.Graph
            Nodes are ids, in order, with the attributes of :class:`Place` that are known: ``label``, ``name``,
            ``name_uk``, ``country``, ``region``, ``lat``, ``lon``, ``population``, ``home``. Edges are pairs, with
            ``ties``: a list of dicts with ``id``, ``kind``, ``status`` and, where known, ``since``, ``until``,
            ``themes``; and ``weight``, the number of those. Loops are edges too. The graph's own attribute
            ``description`` says which network it is.
        """
        import networkx as nx  # noqa: PLC0415 - slow to import, and only notebooks and tests ask for it

        graph: nx.Graph[str] = nx.Graph(description=self.description())
        for place in self.places:
            facts = {name: getattr(place, name) for name in Place.__slots__ if name != "id"}
            graph.add_node(place.id, **{name: value for name, value in facts.items() if value is not None})
        for tie in self.ties:
            one, other = self.places[tie.start].id, self.places[tie.end].id
            if not graph.has_edge(one, other):
                graph.add_edge(one, other, ties=[], weight=0)
            said = {"id": tie.id, "kind": tie.kind, "status": tie.status, "since": tie.since, "until": tie.until}
            edge = graph.edges[one, other]
            edge["ties"].append(
                {name: value for name, value in said.items() if value is not None}
                | ({"themes": list(tie.themes)} if tie.themes else {})
            )
            edge["weight"] += 1
        return graph


def read_network(
    store: Store,
    *,
    scope: Scope = _WHOLE,
    narrowing: Narrowing = _EVERY_TIE,
    ties: Ties = "touching",
    isolated: bool = False,
) -> Network:
    """Read the network of a scope.

    Parameters
    ----------
    store
        Where to read.
    scope
        The region, country, municipality or metropolis that it is about; the whole store without one.
    narrowing
        Which partnerships count.
    ties
        What a scope holds: ``"touching"``, every tie with at least one end in it; ``"inside"``, ties with both ends in
        it; ``"around"``, the touching ties and also the ties that its partners have among themselves.
    isolated
        Whether municipalities and metropolises of the scope without any tie are nodes too.

    Returns
    -------
    Network
        With all places at an end of a tie that is kept.

    Raises
    ------
    twingraph.errors.UnknownNameError
        The store has no such scope, or no partnership has such a theme.
    """
    names, home = places_in(store, scope)
    rows = store.read(
        "MATCH (a)-[p:PARTNERS_WITH]->(b) "
        "RETURN a.id, b.id, p.id, p.kind, p.status, p.since, p.until, p.themes, labels(a)[0], labels(b)[0]"
    ).records
    found: list[tuple[str, str, Tie]] = []
    labels: set[str] = {Label.MUNICIPALITY, Label.METROPOLIS}
    for a, b, id_, kind, status, since, until, themes, *ends in cast("list[tuple[str, ...]]", rows):
        tie = Tie(
            start=0, end=0, id=id_, kind=kind, status=status, since=since, until=until, themes=tuple(themes or ())
        )
        if narrowing.keeps(tie):
            found.append((a, b, tie))
            labels.update(ends)
    _check_themes(narrowing, rows)
    kept = _of_scope(found, home, ties)
    wanted = {end for a, b, _tie in kept for end in (a, b)}
    places = _places(store, labels, wanted, home, isolated=isolated)
    index = {place.id: number for number, place in enumerate(places)}
    said_by = _said_by(store)
    made = []
    for a, b, tie in kept:
        start, end = sorted((index[a], index[b]))
        sayers = sorted(index[id_] for id_ in said_by.get(tie.id, ()) if id_ in index)
        made.append(replace(tie, start=start, end=end, said_by=tuple(sayers)))
    return Network(
        places=places,
        ties=tuple(sorted(made, key=lambda tie: tie.id)),
        scope=scope,
        subject=names,
        narrowing=narrowing,
        ties_of_scope=ties,
        ties_in_store=len(rows),
        names=_names(store),
    )


_ODD = frozenset({Label.REGION, Label.COUNTRY})
"""Labels of places that are seldom partners themselves; the region and the country that they lie in are their own."""

_INSIDE = {Label.REGION: "IN_REGION", Label.COUNTRY: "IN_COUNTRY", Label.METROPOLIS: "MEMBER_OF"}


def places_in(store: Store, scope: Scope) -> tuple[tuple[str, str] | None, frozenset[str] | None]:
    """Return what a scope is called in English and Ukrainian, and the ids of the places in it, its own among them.

    ``None`` stands for everything. Raises as :func:`read_network`.
    """
    if scope.label is None:
        return None, None
    found = store.read(f"MATCH (n:{scope.label} {{id: $id}}) RETURN n.name, n.name_uk", {"id": scope.id}).records
    if not found:
        raise UnknownNameError(scope.label.lower(), scope.id)
    name, name_uk = cast("tuple[str, str | None]", found[0])
    home = {scope.id}
    if link := _INSIDE.get(scope.label):
        rows = store.read(f"MATCH (a)-[:{link}]->(:{scope.label} {{id: $id}}) RETURN a.id", {"id": scope.id})
        home.update(str(id_) for (id_,) in rows.records)
    return (name, name_uk or name), frozenset(home)


def _of_scope(found: list[tuple[str, str, Tie]], home: frozenset[str] | None, ties: Ties) -> list[tuple[str, str, Tie]]:
    if home is None:
        return found
    if ties == "inside":
        return [each for each in found if each[0] in home and each[1] in home]
    touching = [each for each in found if each[0] in home or each[1] in home]
    if ties == "touching":
        return touching
    near = {end for a, b, _tie in touching for end in (a, b)}
    return [each for each in found if each[0] in near and each[1] in near]


def _places(
    store: Store, labels: set[str], wanted: set[str], home: frozenset[str] | None, *, isolated: bool
) -> tuple[Place, ...]:
    region_of = {
        str(id_): str(region)
        for id_, region in store.read("MATCH (m:Municipality)-[:IN_REGION]->(r:Region) RETURN m.id, r.id").records
    }
    made: list[Place] = []
    for label in sorted(map(Label, labels)):
        rows = store.read(
            f"MATCH (n:{label}) RETURN n.id, n.name, n.name_uk, n.country_code, n.lat, n.lon, n.population"
        )
        for id_, name, name_uk, country, lat, lon, population in cast(
            "list[tuple[str, str, str | None, str | None, float | None, float | None, int | None]]", rows.records
        ):
            at_home = home is None or id_ in home
            if id_ in wanted or (isolated and at_home and label not in _ODD):
                made.append(
                    Place(
                        id=id_,
                        label=label,
                        name=name,
                        name_uk=name_uk,
                        country=id_[:2] if label in _ODD else country,
                        region=id_ if label is Label.REGION else region_of.get(id_),
                        lat=lat,
                        lon=lon,
                        population=population,
                        home=at_home,
                    )
                )
    return tuple(sorted(made, key=lambda place: place.id))


def _names(store: Store) -> dict[str, tuple[str, str]]:
    return {
        id_: (name, name_uk or name)
        for label in (Label.REGION, Label.COUNTRY)
        for id_, name, name_uk in cast(
            "Sequence[tuple[str, str, str | None]]",
            store.read(f"MATCH (n:{label}) RETURN n.id, n.name, n.name_uk").records,
        )
    }


def _said_by(store: Store) -> dict[str, set[str]]:
    """Return the ends of each partnership whose own statement it is, by the partnership's id."""
    found: dict[str, set[str]] = {}
    rows = store.read("MATCH (s:Statement) WHERE s.said_by IS NOT NULL RETURN s.partnership_id, s.said_by")
    for tie, sayer in cast("Sequence[tuple[str, str]]", rows.records):
        found.setdefault(tie, set()).add(sayer)
    return found


def _check_themes(narrowing: Narrowing, rows: Sequence[tuple[object, ...]]) -> None:
    """Raise where a theme asked for is none that any partnership has: it is more likely misspelt than without ties."""
    if not narrowing.themes:
        return
    known = {str(theme) for row in rows for theme in cast("list[str] | None", row[7]) or ()}
    folded = {theme.casefold() for theme in known}
    for theme in sorted(narrowing.themes):
        if theme.casefold() not in folded:
            hint = "" if known else "No partnership here has a theme."
            raise UnknownNameError("theme", theme, sorted(known), hint)


_WORDS: dict[Lang, dict[str, str]] = {
    "en": {
        "whole": "The whole network",
        "touching": "Ties with at least one end in {}",
        "inside": "Ties with both ends in {}",
        "around": "Ties with at least one end in {}, and those among its partners",
        "counted": "{places:,} places, {ties:,} partnerships, {pairs:,} pairs",
    },
    "uk": {
        "whole": "Уся мережа",
        "touching": "Партнерства, що мають хоча б один кінець тут: {}",
        "inside": "Партнерства, що мають обидва кінці тут: {}",
        "around": "Партнерства, що мають хоча б один кінець тут: {}, і партнерства між їхніми партнерами",
        "counted": "місць {places}, партнерств {ties}, пар {pairs}",
    },
}
