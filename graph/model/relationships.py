"""The relationships of the graph, and the statements of sources from which most of them are derived."""

from dataclasses import dataclass, fields
from enum import StrEnum

from twingraph.graph.model.nodes import NodeRef

__all__ = [
    "FACTS",
    "Application",
    "ApplicationStatus",
    "Flow",
    "InCountry",
    "InRegion",
    "Kind",
    "Membership",
    "Participation",
    "Partnership",
    "PartyTo",
    "Provenance",
    "Relation",
    "Sourced",
    "Stated",
    "Statement",
    "Status",
    "WasInCountry",
    "WasInRegion",
    "partnership_id",
]


class Relation(StrEnum):
    """The types of relationships."""

    PARTNERS_WITH = "PARTNERS_WITH"
    IN_COUNTRY = "IN_COUNTRY"
    IN_REGION = "IN_REGION"
    MEMBER_OF = "MEMBER_OF"
    SENT_AID = "SENT_AID"
    HOSTED = "HOSTED"
    SEEKS = "SEEKS"
    TAKES_PART_IN = "TAKES_PART_IN"
    PARTY_TO = "PARTY_TO"
    FROM = "FROM"
    WAS_IN_COUNTRY = "WAS_IN_COUNTRY"
    WAS_IN_REGION = "WAS_IN_REGION"


class Kind(StrEnum):
    """The kinds of partnerships."""

    TWIN_TOWN = "twin_town"
    PARTNERSHIP_AGREEMENT = "partnership_agreement"
    MEMORANDUM = "memorandum"
    FRIENDSHIP = "friendship"
    SOLIDARITY_PARTNERSHIP = "solidarity_partnership"
    METROPOLIS_COOPERATION = "metropolis_cooperation"
    PROJECT = "project"
    CONTACT = "contact"
    OTHER = "other"


class Status(StrEnum):
    """The statuses of partnerships."""

    ACTIVE = "active"
    PLANNED = "planned"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"
    UNKNOWN = "unknown"


class ApplicationStatus(StrEnum):
    """The statuses of applications for a partner."""

    OPEN = "open"
    MATCHED = "matched"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Partnership:
    """``PARTNERS_WITH``: one pair of places, exactly once. It has no direction: `start` sorts before `end`.

    Attributes
    ----------
    start, end
        Two municipalities or metropolises.
    id
        See :func:`partnership_id`.
    kind, kinds
        The main `Kind`, and all kinds that sources state, the main one first.
    status
        A `Status`: active if any act or list says that it is in force.
    since, until
        First and last day; dates of any precision. The last day is absent where it goes on.
    themes
        What the partnership is about.
    agreement_count
        How many acts the pair has (:class:`~twingraph.graph.model.Agreement`); a bare list describes none.
    source_count
        How many different sources state it.
    first_said, last_said
        The earliest and the latest day on which a source stated it; absent where no source has a date.
    disputed
        Whether sources disagree about status or dates.
    """

    start: NodeRef
    end: NodeRef
    id: str
    kind: str
    kinds: tuple[str, ...] = ()
    status: str
    since: str | None = None
    until: str | None = None
    themes: tuple[str, ...] = ()
    agreement_count: int = 0
    source_count: int = 1
    first_said: str | None = None
    last_said: str | None = None
    disputed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyTo:
    """``PARTY_TO``: a place is a party to an agreement."""

    start: NodeRef
    end: NodeRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """``MEMBER_OF``: a municipality belongs to a metropolis.

    Attributes
    ----------
    start, end
        The municipality and the metropolis.
    id
        The ids of both, joined by ``|``.
    since, until
        First and last day; dates of any precision.
    note
        The source's own remark.
    source_ids
        Ids of the sources that list it.
    """

    start: NodeRef
    end: NodeRef
    id: str
    since: str | None = None
    until: str | None = None
    note: str | None = None
    source_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """``SENT_AID`` or ``HOSTED``: aid that went from `start` to `end`, or people of `end` who were hosted by `start`.

    Attributes
    ----------
    relation
        `Relation.SENT_AID` or `Relation.HOSTED`; it names the relationship's type and is no property.
    start, end
        The giver, and the municipality or country that received it.
    id
        The ids of both with the goods, the amount and the dates.
    goods
        What was given: ``humanitarian_aid``, ``money``, ``vehicles``, ``generators`` …; ``people`` for `HOSTED`.
    amount, unit
        How much, in ``t``, ``people``, a currency (ISO 4217) or pieces (the name of the goods).
    since, until
        First and last day; dates of any precision.
    note
        The source's own remark.
    source_ids
        Ids of the sources that list it.
    """

    relation: Relation
    start: NodeRef
    end: NodeRef
    id: str
    goods: str | None = None
    amount: float | None = None
    unit: str | None = None
    since: str | None = None
    until: str | None = None
    note: str | None = None
    source_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """``SEEKS``: a municipality applies for a partner, a municipality or any of a country.

    Attributes
    ----------
    start, end
        The applicant, and the municipality that it seeks, or the region or the country in which it seeks any.
    id
        The ids of both with the day of the application.
    themes
        What the partnership is to be about.
    stated, until
        The day of the application, and the last day on which it is valid; dates of any precision.
    status
        An `ApplicationStatus`: ``open``, ``matched`` or ``withdrawn``.
    source_ids
        Ids of the sources that list it.
    """

    start: NodeRef
    end: NodeRef
    id: str
    themes: tuple[str, ...] = ()
    stated: str | None = None
    until: str | None = None
    status: str | None = None
    source_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """``TAKES_PART_IN``: a municipality takes part in a programme.

    Attributes
    ----------
    start, end
        The municipality and the programme.
    id
        The ids of both, joined by ``|``.
    since
        The first day; a date of any precision.
    source_ids
        Ids of the sources that list it.
    """

    start: NodeRef
    end: NodeRef
    id: str
    since: str | None = None
    source_ids: tuple[str, ...] = ()


type Sourced = Flow | Membership | Application | Participation
"""A relationship with the list of its sources."""
type Stated = Partnership | Sourced
"""A relationship that statements are about: it is derived from them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InCountry:
    """``IN_COUNTRY``: a municipality, region or metropolis lies in a country."""

    start: NodeRef
    end: NodeRef


@dataclass(frozen=True, slots=True, kw_only=True)
class InRegion:
    """``IN_REGION``: a municipality lies in a region."""

    start: NodeRef
    end: NodeRef


@dataclass(frozen=True, slots=True, kw_only=True)
class WasInCountry:
    """``WAS_IN_COUNTRY``: the country of a place before it was merged with others."""

    start: NodeRef
    end: NodeRef


@dataclass(frozen=True, slots=True, kw_only=True)
class WasInRegion:
    """``WAS_IN_REGION``: the region of a place before it was merged with others."""

    start: NodeRef
    end: NodeRef


FACTS = ("kind", "status", "since", "until", "signed_by", "approved_by", "themes", "agreement", "words")
"""The properties of a `Statement` that hold what the source states. Records have fields of the same names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one source states, in its own spelling; relationships are derived from statements.

    Attributes
    ----------
    id
        Hash of the dataset and of what its row says: see "Ids" below.
    dataset
        Id of the dataset (a `Source`) that has the row.
    partnership_id, flow_id, membership_id, application_id, participation_id
        The relationship that this statement supports: one of them is set, or else `place_id`.
    agreement_id
        The act that it describes, where it describes one.
    place_id
        The place that the source names alone, such as a network's node without edges.
    said_on
        The date of the source, where it has one.
    name_a, name_b
        The two names as the source writes them, in the order of the relationship's ends.
    kind, status, since, until, signed_by, approved_by, themes, agreement, words
        The facts stated; ``agreement`` is the title of the document, ``words`` the source's own remark.
    said_by
        Id of the end that made the statement, where a source has one: of two places that each list the other both have
        a statement. In a list of pairs it is absent.
    place_a, place_b
        Ids of the places that the two names mean, where a judgement has merged those with others: they are needed to
        undo the judgement.
    doubts
        What in the record contradicts the places that it names: coordinates far from them, an id of another place.
    """

    id: str
    dataset: str
    partnership_id: str | None = None
    flow_id: str | None = None
    membership_id: str | None = None
    application_id: str | None = None
    participation_id: str | None = None
    agreement_id: str | None = None
    place_id: str | None = None
    said_on: str | None = None
    name_a: str | None = None
    name_b: str | None = None
    kind: str | None = None
    status: str | None = None
    since: str | None = None
    until: str | None = None
    signed_by: tuple[str, ...] = ()
    approved_by: str | None = None
    themes: tuple[str, ...] = ()
    agreement: str | None = None
    words: str | None = None
    said_by: str | None = None
    place_a: str | None = None
    place_b: str | None = None
    doubts: tuple[str, ...] = ()

    @property
    def about(self) -> str | None:
        """The id of the relationship that it supports; ``None`` where it names a place alone."""
        return next((id_ for name in _RELATIONSHIP_IDS if (id_ := getattr(self, name))), None)


_RELATIONSHIP_IDS = tuple(
    item.name
    for item in fields(Statement)
    if item.name.endswith("_id") and item.name not in {"place_id", "agreement_id"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """``FROM``: from a statement to its source.

    Attributes
    ----------
    start, end
        The statement and its source.
    row
        The line in the dataset's file, from 1; of a workbook, in the sheet.
    sheet
        The sheet of a workbook.
    retrieved
        The day on which the file was made or fetched.
    """

    start: NodeRef
    end: NodeRef
    row: int | None = None
    sheet: str | None = None
    retrieved: str | None = None


def partnership_id(a: str, b: str) -> str:
    """Return the id of the partnership between the places with ids `a` and `b`, in either order."""
    first, second = sorted((a, b))
    return f"{first}|{second}"
