"""Count partnerships: by status, foreign and domestic, and who has a partner.

One set of rules for maps, profiles, statistics and gaps; the script of a page follows the same rules for what its
filters leave (``logic/headline.js``).

- The unit is the pair of places: however many acts or kinds join two places, they have one partnership.
- Each partnership has one status. In force, planned, suspended, ended and of unknown status are counted apart.
- A partnership is *domestic* if both places are in one country, *foreign* if they are in two. Where a country is
  unknown it is neither.
- A place *has a partner* if it has a partnership in force or of unknown status with another place. Planned, suspended
  and ended ones do not count.
- Places of one hromada count as that hromada, and a partnership inside it does not count for it. Raions, counties,
  metropolises, regions and countries are not municipalities: each sort is counted apart.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twingraph.graph.model import Label, Status
from twingraph.graph.standing import STANDING

if TYPE_CHECKING:
    from twingraph.queries.analyses.network import Network
    from twingraph.queries.scope import Subgraph

__all__ = [
    "SORTS", "Counts", "PlaceFacts", "count_network", "count_partnerships", "count_subgraph",
    "hromada_of", "is_everywhere", "katottg_of", "sort_of",
]  # fmt: skip

SORTS = ("hromada", "municipality", "raion", "county", "metropolis", "region", "country")
"""Sorts of place that are counted apart, in the order in which a headline names them."""

_KATOTTG = re.compile(r"UA\d{17}")
_STATUSES = frozenset(map(str, Status))
_AREAS = frozenset({Label.REGION, Label.COUNTRY})
_LARGER = frozenset({"raion", "county"})
"""Kinds of place that the graph keeps as municipalities, and that consist of several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFacts:
    """What counting reads of a place.

    Attributes
    ----------
    sort
        One of `SORTS`.
    country
        ISO 3166-1 alpha-2; ``None`` if unknown.
    home
        Whether it lies in the scope.
    hromada
        From :func:`hromada_of`.
    """

    sort: str
    country: str | None = None
    home: bool = True
    hromada: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Numbers of partnerships and of the places that have one.

    Attributes
    ----------
    partnerships
        All of them.
    statuses
        By status, in the order of :class:`twingraph.graph.model.Status`; a status without a partnership is absent.
    foreign, domestic, unknown_country
        Between two countries, inside one, and with a place whose country is unknown: together all of them.
    countries
        Countries of the foreign partners; of both sides, if both are in the scope.
    domestic_countries
        Countries that domestic partnerships are in.
    with_partner
        How many places of the scope have a partner, by their sort in the order of `SORTS`; absent where none has.
    """

    partnerships: int
    statuses: Mapping[str, int]
    foreign: int
    domestic: int
    unknown_country: int
    countries: int
    domestic_countries: int
    with_partner: Mapping[str, int]


def count_partnerships[K](ties: Iterable[tuple[K, K, str]], places: Mapping[K, PlaceFacts]) -> Counts:
    """Count the partnerships of a scope.

    Parameters
    ----------
    ties
        The keys of both places and the status of each partnership.
    places
        The places, by key.

    Examples
    --------
    >>> town, twin = PlaceFacts(sort="hromada", country="UA", hromada="UA18"), PlaceFacts(
    ...     sort="municipality", country="PL", home=False
    ... )
    >>> counts = count_partnerships([("a", "b", "active")], {"a": town, "b": twin})
    >>> counts.foreign, counts.countries, dict(counts.with_partner)
    (1, 1, {'hromada': 1})
    """
    statuses: dict[str, int] = defaultdict(int)
    where: dict[str, int] = defaultdict(int)
    countries: set[str] = set()
    domestic_countries: set[str] = set()
    with_partner: dict[str, set[object]] = defaultdict(set)
    for one, other, status in ties:
        ends = (places[one], places[other])
        a, b = (end.country for end in ends)
        known = status if status in _STATUSES else Status.UNKNOWN
        statuses[known] += 1
        if a is None or b is None:
            where["unknown"] += 1
        elif a == b:
            where["domestic"] += 1
            domestic_countries.add(a)
        else:
            where["foreign"] += 1
            both = ends[0].home == ends[1].home
            countries.update(end.country for end in ends if end.country and (both or not end.home))
        if known in STANDING and one != other and not _is_within_hromada(*ends):
            for key, end in zip((one, other), ends, strict=True):
                if end.home:
                    with_partner[end.sort].add(end.hromada or key)
    return Counts(
        partnerships=sum(statuses.values()),
        statuses={str(status): statuses[status] for status in Status if statuses[status]},
        foreign=where["foreign"],
        domestic=where["domestic"],
        unknown_country=where["unknown"],
        countries=len(countries),
        domestic_countries=len(domestic_countries),
        with_partner={sort: len(with_partner[sort]) for sort in SORTS if with_partner[sort]},
    )


def count_subgraph(subgraph: "Subgraph") -> Counts:
    """Count the partnerships of a map or a profile."""
    home, everywhere = frozenset(subgraph.home), is_everywhere(subgraph)
    places: dict[str, PlaceFacts] = {}
    for label, nodes in (
        (Label.MUNICIPALITY, subgraph.municipalities),
        (Label.METROPOLIS, subgraph.metropolises),
        (Label.REGION, subgraph.regions),
        (Label.COUNTRY, subgraph.countries),
    ):
        for node in nodes:
            hromada = hromada_of(katottg_of(node.id, getattr(node, "katottg", None)))
            country = subgraph.country_of.get(node.id) or getattr(node, "country_code", None)
            places[node.id] = PlaceFacts(
                sort=sort_of(label, getattr(node, "kind", None), hromada),
                country=node.id[:2] if label in _AREAS else country,
                home=everywhere or node.id in home,
                hromada=hromada,
            )
    return count_partnerships(((tie.start.id, tie.end.id, tie.status) for tie in subgraph.partnerships), places)


def count_network(network: "Network") -> Counts:
    """Count the partnerships of a network that measures are taken of."""
    places = {}
    for number, place in enumerate(network.places):
        hromada = hromada_of(katottg_of(place.id, place.katottg))
        places[number] = PlaceFacts(
            sort=sort_of(place.label, place.kind, hromada), country=place.country, home=place.home, hromada=hromada
        )
    return count_partnerships(((tie.start, tie.end, tie.status) for tie in network.ties), places)


def is_everywhere(subgraph: "Subgraph") -> bool:
    """Return whether all places of a subgraph count as its own, so that there are no partners outside it.

    They do in the whole network, in a topic such as a community, and where the partners of partners are included.
    """
    home = frozenset(subgraph.home)
    ends = [(tie.start.id in home, tie.end.id in home) for tie in subgraph.partnerships]
    if subgraph.topic is not None:
        return all(map(all, ends))
    return subgraph.whole or not all(map(any, ends))


def hromada_of(katottg: str | None) -> str | None:
    """Return the part of a KATOTTG code that all places of one hromada share; ``None`` outside one.

    A code has two digits for the oblast, two for the raion and three for the hromada; the codes of oblasts, raions and
    the cities of Kyiv and Sevastopol have no hromada.

    Examples
    --------
    >>> hromada_of("UA18040190010057814"), hromada_of("UA18040000000024526")
    ('UA1804019', None)
    """
    if katottg is None or _KATOTTG.fullmatch(katottg) is None or katottg[6:9] == "000":
        return None
    return katottg[:9]


def katottg_of(node_id: str, katottg: str | None) -> str | None:
    """Return the KATOTTG code of a municipality: its property, or its id where that is the code."""
    return katottg or (node_id.removeprefix("katottg:") if node_id.startswith("katottg:") else None)


def sort_of(label: Label, kind: str | None, hromada: str | None) -> str:
    """Return the sort of a place, one of `SORTS`."""
    if label is not Label.MUNICIPALITY:
        return label.lower()
    if hromada is not None:
        return "hromada"
    return kind if kind in _LARGER and kind is not None else "municipality"


def _is_within_hromada(one: PlaceFacts, other: PlaceFacts) -> bool:
    return one.hromada is not None and one.hromada == other.hromada
