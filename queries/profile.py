"""A place and everything known of it, as it is shown: each partnership, flow and membership with who said so."""

from collections.abc import Mapping
from dataclasses import dataclass

from twingraph.graph.model import (
    Application,
    Country,
    Flow,
    Membership,
    Metropolis,
    Municipality,
    NodeRef,
    Participation,
    Partnership,
    Programme,
    Region,
    Source,
    Statement,
)
from twingraph.queries.nodes import PlaceNode

__all__ = [
    "Member",
    "Place",
    "Profile",
    "Said",
    "ShownApplication",
    "ShownFlow",
    "ShownParticipation",
    "Tie",
    "place_facts",
]


@dataclass(frozen=True, slots=True)
class Place:
    """A node with the region and the country that it lies in."""

    ref: NodeRef
    node: PlaceNode
    region: Region | None = None
    country: Country | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What one source said.

    Attributes
    ----------
    statement
        In its own words.
    source
        The page that is cited, else the dataset.
    row
        Its line in the dataset.
    sheet
        The sheet of a workbook that it stands in.
    """

    statement: Statement
    source: Source | None
    row: int | None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """A partnership seen from home.

    Attributes
    ----------
    partnership
        The merged truth.
    home, partner
        The end inside the scope and the other; of two inside, the one whose id sorts first is `home`.
    domestic
        Whether both lie in one country.
    said
        What each source said, the latest first.
    """

    partnership: Partnership
    home: Place
    partner: Place
    domestic: bool
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class ShownFlow:
    """Aid or hosting.

    Attributes
    ----------
    flow
        The facts.
    giver, receiver
        Who gave (or took people in) and for whom.
    direction
        ``received``, ``given`` or ``within`` seen from home; ``country`` where a partner helped home's country at
        large.
    said
        What each source said.
    """

    flow: Flow
    giver: Place
    receiver: Place
    direction: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a metropolis, or the metropolis that a place is a member of."""

    membership: Membership
    place: Place
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class ShownApplication:
    """An application: who seeks, and the municipality that is sought, or the region or country in which any is."""

    application: Application
    seeker: Place
    sought: Place
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class ShownParticipation:
    """A place that takes part in a programme."""

    participation: Participation
    place: Place
    programme: Programme
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One place and everything known of it.

    Attributes
    ----------
    subject
        The place itself.
    ties
        Its partnerships, or those of the places in it, by partner's country, partner's name and kind.
    flows
        Aid and hosting.
    member_of, members
        Metropolises of a municipality; members of a metropolis.
    applications
        Applications of the places, and those that seek them, the latest first.
    participations
        Programmes in which the places take shown, by the programme's name.
    without
        Places of the scope that the store knows and that have no partnership.
    sources
        Every page cited, in the order of `ties`, `flows`, memberships, `applications` and `participations`.
    """

    subject: Place
    ties: tuple[Tie, ...]
    flows: tuple[ShownFlow, ...]
    member_of: tuple[Member, ...]
    members: tuple[Member, ...]
    applications: tuple[ShownApplication, ...]
    participations: tuple[ShownParticipation, ...]
    without: tuple[Place, ...]
    sources: tuple[Source, ...]

    @property
    def partners(self) -> tuple[Place, ...]:
        """The partners, each once."""
        return tuple({tie.partner.ref: tie.partner for tie in self.ties}.values())


def place_facts(node: PlaceNode) -> Mapping[str, object]:
    """Return every fact of a node by its stable name; unknown ones are ``None``."""
    names = {
        Municipality: (
            "id", "name", "name_uk", "name_local", "aliases", "kind", "lat", "lon", "population", "geonames_id",
            "wikidata_id", "katottg", "unplaced",
        ),
        Region: ("id", "name", "name_uk", "aliases", "kind", "lat", "lon"),
        Country: ("id", "name", "name_uk", "aliases", "continent"),
        Metropolis: ("id", "name", "name_uk", "name_local", "aliases"),
    }[type(node)]  # fmt: skip
    return {name: getattr(node, name) for name in names}
