"""The analysis network, which measures are taken of; `from_store` reads it.

Its nodes are places, its edges are *pairs*: two places that are partners, however many kinds and acts their partnership
has. Twinning has no direction. A place recorded as its own partner is a *loop*: counted, and ignored by all other
measures.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from twingraph.errors import UnknownNameError
from twingraph.graph.model import Label, Status
from twingraph.queries.filters import NO_FILTERS, Filters
from twingraph.queries.scope import WHOLE, Scope
from twingraph.text.plurals import counted

if TYPE_CHECKING:
    import igraph
    import networkx as nx


__all__ = ["Level", "Network", "NetworkPlace", "Tie", "Ties", "Units", "units_of"]

type Ties = Literal["touching", "inside", "around"]
type Lang = Literal["uk", "en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkPlace:
    """A node of the network: a municipality or a metropolis; a region or a country where it is itself a partner.

    Attributes
    ----------
    id, label, name, name_uk
        As in the store.
    country
        ISO 3166-1 alpha-2; ``None`` if unknown.
    region
        ISO 3166-2 of the region it lies in; ``None`` if unknown.
    lat, lon
        WGS 84 degrees.
    population
        Inhabitants.
    kind, katottg
        The kind and the KATOTTG code of a municipality; ``None`` if unknown.
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
    kind: str | None = None
    katottg: str | None = None
    home: bool = True

    def called(self, lang: Lang = "en") -> str:
        """Return the name in a language."""
        return (self.name_uk or self.name) if lang == "uk" else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """One partnership: a pair.

    Attributes
    ----------
    start, end
        Positions in :attr:`Network.places`; `start` is not after `end`.
    id, kind, kinds, since, until, themes
        As in the store.
    status
        As it is today (:mod:`twingraph.graph.standing`).
    said_by
        The positions of the ends that state the tie themselves, if a source records it.
    """

    start: int
    end: int
    id: str
    kind: str
    status: str
    kinds: tuple[str, ...] = ()
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
    scope, subject, filters, ties_of_scope
        Which network this is: see :func:`twingraph.queries.analyses.from_store.read_network`. `subject` names the
        scope in English and Ukrainian.
    ties_in_store
        How many partnerships the whole store holds.
    names
        What the regions and countries are called in English and Ukrainian, by id.
    """

    places: tuple[NetworkPlace, ...]
    ties: tuple[Tie, ...]
    scope: Scope = WHOLE
    subject: tuple[str, str] | None = None
    filters: Filters = NO_FILTERS
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
        """The pairs of different places that are partners, each as (smaller, larger) position, sorted."""
        return tuple(sorted({(tie.start, tie.end) for tie in self.ties if tie.start != tie.end}))

    @cached_property
    def loops(self) -> tuple[int, ...]:
        """The positions of places recorded as their own partners, sorted."""
        return tuple(sorted({tie.start for tie in self.ties if tie.start == tie.end}))

    @cached_property
    def degrees(self) -> tuple[int, ...]:
        """How many different partners each place has."""
        counted = Counter(end for pair in self.pairs for end in pair)
        return tuple(counted[number] for number in range(len(self.places)))

    @cached_property
    def graph(self) -> "igraph.Graph":
        """The simple undirected graph of the pairs; vertex numbers are positions, edges are in the order of `pairs`."""
        import igraph  # noqa: PLC0415 - igraph is slow to import

        return igraph.Graph(n=len(self.places), edges=self.pairs, directed=False)

    def subset(self, places: Sequence[int], ties: Iterable[Tie]) -> "Network":
        """Return the network of the places at some positions and of `ties` between them."""
        position = {number: at for at, number in enumerate(places)}
        return replace(
            self,
            places=tuple(self.places[number] for number in places),
            ties=tuple(
                replace(
                    tie,
                    start=position[tie.start],
                    end=position[tie.end],
                    said_by=tuple(position[number] for number in tie.said_by if number in position),
                )
                for tie in ties
            ),
        )

    def description(self, lang: Lang = "en") -> str:
        """Return which network this is, in one line, with the number of its partnerships by their status today."""
        texts = _WORDS[lang]
        whole = self.scope.label is None or self.subject is None
        where = texts["whole"] if whole else texts[self.ties_of_scope].format((self.subject or ("", ""))[lang == "uk"])
        numbers = f"{counted(lang, len(self.places), 'place')}, {counted(lang, len(self.ties), 'partnership')}"
        found = Counter(tie.status for tie in self.ties)
        if statuses := ", ".join(counted(lang, found[status], status) for status in Status if found[status]):
            numbers += f" ({texts['today']}: {statuses})"
        return "; ".join(filter(None, (where, self.filters.describe(lang)))) + f": {numbers}"

    def to_networkx(self) -> "nx.Graph[str]":
        """Return the network as a simple undirected graph.

        Returns
        -------
        networkx.Graph
            Nodes are ids, in order, with the attributes of :class:`NetworkPlace` that are known: ``label``, ``name``,
            ``name_uk``, ``country``, ``region``, ``lat``, ``lon``, ``population``, ``kind``, ``katottg``, ``home``.
            Edges are partnerships, with ``id``, ``kind``, ``kinds``, ``status`` and, where known, ``since``,
            ``until``, ``themes``. Loops are edges too. The graph's own attribute ``description`` says which network it
            is.
        """
        import networkx as nx  # noqa: PLC0415 - slow to import, and only notebooks and tests ask for it

        graph: nx.Graph[str] = nx.Graph(description=self.description())
        for place in self.places:
            facts = {name: getattr(place, name) for name in NetworkPlace.__slots__ if name != "id"}
            graph.add_node(place.id, **{name: value for name, value in facts.items() if value is not None})
        for tie in self.ties:
            facts = {name: getattr(tie, name) for name in ("id", "kind", "status", "since", "until")}
            lists = {name: list(getattr(tie, name)) for name in ("kinds", "themes")}
            known = {name: value for name, value in (facts | lists).items() if value not in (None, [])}
            graph.add_edge(self.places[tie.start].id, self.places[tie.end].id, **known)
        return graph


_WORDS: dict[Lang, dict[str, str]] = {
    "en": {
        "whole": "The whole network",
        "touching": "Ties with at least one end in {}",
        "inside": "Ties with both ends in {}",
        "around": "Ties with at least one end in {}, and those among its partners",
        "today": "today",
    },
    "uk": {
        "whole": "Уся мережа",
        "touching": "Партнерства, що мають хоча б один кінець тут: {}",
        "inside": "Партнерства, що мають обидва кінці тут: {}",
        "around": "Партнерства, що мають хоча б один кінець тут: {}, і партнерства між їхніми партнерами",
        "today": "сьогодні",
    },
}


type Level = Literal["municipalities", "regions", "countries"]

_LEVELS = ("municipalities", "regions", "countries")


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """What is ranked or grouped: places, regions or countries, and how many pairs join each two.

    Attributes
    ----------
    level
        What they are.
    ids, names, names_uk, countries
        Of each unit, sorted by id.
    weights
        The number of pairs that join two different units, by their positions, the smaller first; sorted.
    inner
        The number of pairs inside each unit.
    left_out
        The number of pairs ignored because the region or country of a place is unknown.
    """

    level: Level
    ids: tuple[str, ...]
    names: tuple[str, ...]
    names_uk: tuple[str, ...]
    countries: tuple[str | None, ...]
    weights: Mapping[tuple[int, int], int]
    inner: tuple[int, ...]
    left_out: int

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """Which units are joined."""
        return tuple(self.weights)

    @property
    def graph(self) -> "igraph.Graph":
        """The simple undirected graph; the edge attribute ``weight`` is the number of pairs."""
        import igraph  # noqa: PLC0415 - igraph is slow to import

        graph = igraph.Graph(n=len(self.ids), edges=self.pairs, directed=False)
        graph.es["weight"] = list(self.weights.values())
        return graph

    @property
    def degrees(self) -> tuple[int, ...]:
        """How many different units each is joined with."""
        counted = Counter(end for pair in self.weights for end in pair)
        return tuple(counted[number] for number in range(len(self.ids)))


def units_of(network: Network, level: Level = "municipalities") -> Units:
    """Return the places of a network, or the regions or countries that they lie in.

    Raises
    ------
    twingraph.errors.UnknownNameError
        There is no such level.

    Notes
    -----
    Metropolises and other partners count among municipalities. Pairs inside a unit count in `inner` alone.
    """
    if level not in _LEVELS:
        raise UnknownNameError("level", level, _LEVELS)
    places = network.places
    if level == "municipalities":
        return Units(
            level=level,
            ids=tuple(place.id for place in places),
            names=tuple(place.name for place in places),
            names_uk=tuple(place.called("uk") for place in places),
            countries=tuple(place.country for place in places),
            weights=dict.fromkeys(network.pairs, 1),
            inner=(0,) * len(places),
            left_out=0,
        )
    unit_of = [place.region if level == "regions" else place.country for place in places]
    ids = sorted({unit for unit in unit_of if unit is not None})
    index = {unit: number for number, unit in enumerate(ids)}
    joined: Counter[tuple[int, int]] = Counter()
    left_out = 0
    for a, b in network.pairs:
        one, other = unit_of[a], unit_of[b]
        if one is None or other is None:
            left_out += 1
            continue
        first, second = sorted((index[one], index[other]))
        joined[first, second] += 1
    return Units(
        level=level,
        ids=tuple(ids),
        names=tuple(network.names.get(unit, (unit, unit))[0] for unit in ids),
        names_uk=tuple(network.names.get(unit, (unit, unit))[1] for unit in ids),
        countries=tuple(unit[:2] for unit in ids),
        weights={pair: joined[pair] for pair in sorted(joined) if pair[0] != pair[1]},
        inner=tuple(joined[number, number] for number in range(len(ids))),
        left_out=left_out,
    )
