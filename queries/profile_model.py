"""What a profile of a place consists of: partnerships with their acts, aid, memberships, applications, sources."""

from collections.abc import Mapping
from dataclasses import dataclass

from twingraph.graph.model import (
    Agreement,
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
    Sourced,
    Statement,
)
from twingraph.queries.counting import Counts
from twingraph.queries.names import PlaceNode

__all__ = [
    "CitedStatement", "Profile", "ProfileAgreement", "ProfileApplication", "ProfileFlow", "ProfileMember",
    "ProfileParticipation", "ProfilePartnership", "ProfilePlace", "ProfileRelationship", "place_facts",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProfilePlace:
    """A node with its region and country."""

    ref: NodeRef
    node: PlaceNode
    region: Region | None = None
    country: Country | None = None


@dataclass(frozen=True, slots=True)
class CitedStatement:
    """A statement with its source.

    Attributes
    ----------
    statement
        The statement.
    source
        The cited page, else the dataset.
    row
        Its row in the dataset.
    sheet
        Its sheet in a workbook.
    """

    statement: Statement
    source: Source | None
    row: int | None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class ProfileAgreement:
    """An act of a partnership.

    Attributes
    ----------
    agreement
        The act as derived from its statements.
    parties
        All its parties, by name; more than two where it is an act of several pairs.
    statements
        The statements about this pair that describe it, the latest first.
    """

    agreement: Agreement
    parties: tuple[ProfilePlace, ...]
    statements: tuple[CitedStatement, ...]


@dataclass(frozen=True, slots=True)
class ProfilePartnership:
    """A partnership seen from the scope.

    Attributes
    ----------
    partnership
        The partnership as derived from its statements.
    home, partner
        The end inside the scope and the other; of two inside, the one whose id sorts first is `home`.
    domestic
        Whether both lie in one country.
    agreements
        Its acts: those in force first, then by date.
    statements
        All statements behind it, the latest first.
    """

    partnership: Partnership
    home: ProfilePlace
    partner: ProfilePlace
    domestic: bool
    agreements: tuple[ProfileAgreement, ...]
    statements: tuple[CitedStatement, ...]

    @property
    def bare_statements(self) -> tuple[CitedStatement, ...]:
        """The statements that describe no act."""
        described = {each.statement.id for act in self.agreements for each in act.statements}
        return tuple(each for each in self.statements if each.statement.id not in described)

    @property
    def signed_by(self) -> tuple[str, ...]:
        """Who signed an act."""
        return tuple(dict.fromkeys(name for act in self.agreements for name in act.agreement.signed_by))

    @property
    def approved_by(self) -> tuple[str, ...]:
        """The bodies that approved an act."""
        found = (act.agreement.approved_by for act in self.agreements)
        return tuple(dict.fromkeys(body for body in found if body))


@dataclass(frozen=True, slots=True)
class ProfileFlow:
    """Aid or hosting.

    Attributes
    ----------
    flow
        The facts.
    giver, receiver
        Who gave or hosted, and for whom.
    direction
        ``received``, ``given`` or ``within`` seen from home; ``country`` where a partner helped home's country at
        large.
    statements
        The statements behind it.
    """

    flow: Flow
    giver: ProfilePlace
    receiver: ProfilePlace
    direction: str
    statements: tuple[CitedStatement, ...]


@dataclass(frozen=True, slots=True)
class ProfileMember:
    """A member of a metropolis, or the metropolis that a place is a member of."""

    membership: Membership
    place: ProfilePlace
    statements: tuple[CitedStatement, ...]


@dataclass(frozen=True, slots=True)
class ProfileApplication:
    """An application: who is looking for a partner, and the municipality, region or country named."""

    application: Application
    seeker: ProfilePlace
    sought: ProfilePlace
    statements: tuple[CitedStatement, ...]


@dataclass(frozen=True, slots=True)
class ProfileParticipation:
    """A place that takes part in a programme."""

    participation: Participation
    place: ProfilePlace
    programme: Programme
    statements: tuple[CitedStatement, ...]


@dataclass(frozen=True, slots=True)
class ProfileRelationship:
    """A relationship of a type without a display of its own."""

    relationship: Sourced
    start: ProfilePlace
    end: ProfilePlace
    statements: tuple[CitedStatement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Everything a store has on one place.

    Attributes
    ----------
    subject
        The place itself.
    counts
        The numbers of its partnerships, or of those of the places in it.
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
    others
        Relationships of types without a display of their own, by type and id.
    without
        Places of the scope that the store knows and that have no partnership.
    dated
        Ids of the sources for which a statement has a date.
    sources
        Every page cited, in the order of `ties`, `flows`, memberships, `applications`, `participations` and `others`.
    """

    subject: ProfilePlace
    counts: Counts
    ties: tuple[ProfilePartnership, ...]
    flows: tuple[ProfileFlow, ...]
    member_of: tuple[ProfileMember, ...]
    members: tuple[ProfileMember, ...]
    applications: tuple[ProfileApplication, ...]
    participations: tuple[ProfileParticipation, ...]
    others: tuple[ProfileRelationship, ...]
    without: tuple[ProfilePlace, ...]
    sources: tuple[Source, ...]
    dated: frozenset[str]

    @property
    def partners(self) -> tuple[ProfilePlace, ...]:
        """The partners, each once."""
        return tuple({tie.partner.ref: tie.partner for tie in self.ties}.values())


def place_facts(node: PlaceNode) -> Mapping[str, object]:
    """Return the facts of a node by stable name; unknown ones are ``None``."""
    names = {
        Municipality: (
            "id", "name", "name_uk", "name_local", "aliases", "kind", "lat", "lon", "population", "geonames_id",
            "wikidata_id", "katottg", "unplaced", "unplaced_code",
        ),
        Region: ("id", "name", "name_uk", "aliases", "kind", "lat", "lon"),
        Country: ("id", "name", "name_uk", "aliases", "continent"),
        Metropolis: ("id", "name", "name_uk", "name_local", "aliases"),
    }[type(node)]  # fmt: skip
    return {name: getattr(node, name) for name in names}
