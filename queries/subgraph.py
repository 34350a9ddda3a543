"""What a map or a report is about, and everything that was read of it, as plain objects."""

from collections.abc import Mapping
from dataclasses import dataclass

from twingraph.graph.model import (
    Application,
    Country,
    Flow,
    Label,
    Membership,
    Metropolis,
    Municipality,
    Participation,
    Partnership,
    Programme,
    Region,
    Source,
)
from twingraph.queries.narrow import Narrowing
from twingraph.queries.nodes import PlaceNode
from twingraph.queries.reading import Saying

__all__ = ["Scope", "Side", "Subgraph", "Topic"]

_EVERY_TIE = Narrowing()


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
class Side:
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
    sayings
        The statements behind all of these.
    applications, participations, programmes
        Who seeks whom, of the places at home, and in which programmes these and their partners take part.
    sources
        The sources of those statements and the datasets that they came in.
    partnerships_in_store
        How many partnerships the whole store holds.
    narrowing, min_partners
        By what the partnerships were chosen.
    left_out
        How many partnerships of the scope were not chosen.
    """

    scope: Scope
    subject: PlaceNode | None
    topic: Topic | None = None
    sides: tuple[Side, ...] = ()
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
    sayings: tuple[Saying, ...] = ()
    sources: tuple[Source, ...] = ()
    partnerships_in_store: int = 0
    narrowing: Narrowing = _EVERY_TIE
    min_partners: int = 0
    left_out: int = 0

    @property
    def whole(self) -> bool:
        """Whether it is the whole network."""
        return self.subject is None and self.topic is None
