"""What joins places: partnerships, memberships, aid, applications, participations, and where a place lies."""

from dataclasses import dataclass

from twingraph.graph.model.codes import Relation
from twingraph.graph.model.nodes import NodeRef

__all__ = [
    "Application",
    "Flow",
    "InCountry",
    "InRegion",
    "Membership",
    "Participation",
    "Partnership",
    "Sourced",
    "WasInCountry",
    "WasInRegion",
    "partnership_id",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Partnership:
    """``PARTNERS_WITH``: the merged truth about one pair and one kind. It has no direction: `start` sorts before `end`.

    Attributes
    ----------
    start, end
        Two municipalities or metropolises.
    id
        See :func:`partnership_id`.
    kind, status
        A `Kind` and a `Status`.
    since, until
        From when to when; dates of any precision, such as ``2022`` or ``2022-11``.
    signed_by, approved_by
        Who signed, with their office, and the body that decided.
    themes
        What the partnership is about.
    source_count
        How many different sources say so.
    first_seen, last_seen
        The earliest and the latest day on which a source said so.
    disputed
        Whether sources disagree about status or dates.
    """

    start: NodeRef
    end: NodeRef
    id: str
    kind: str
    status: str
    since: str | None = None
    until: str | None = None
    signed_by: tuple[str, ...] = ()
    approved_by: str | None = None
    themes: tuple[str, ...] = ()
    source_count: int = 1
    first_seen: str | None = None
    last_seen: str | None = None
    disputed: bool = False


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
        From when to when; dates of any precision.
    note
        What the source adds, in its words.
    source_ids
        The sources that say so.
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
    """``SENT_AID`` or ``HOSTED``: help that went from `start` to `end`, or people of `end` whom `start` took in.

    Attributes
    ----------
    relation
        `Relation.SENT_AID` or `Relation.HOSTED`; it names the relationship's type and is no property.
    start, end
        Who gave, and the municipality or the country to whom.
    id
        The ids of both with what was given, how much and when.
    goods
        What was given: ``humanitarian_aid``, ``money``, ``vehicles``, ``generators`` …; ``people`` for `HOSTED`.
    amount, unit
        How much, in ``t``, ``people``, a currency (ISO 4217) or pieces (the name of the goods).
    since, until
        From when to when; dates of any precision.
    note
        What the source adds, in its words.
    source_ids
        The sources that say so.
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
        Who seeks, and the municipality that is sought, or the region or the country in which any is.
    id
        The ids of both with the day of the application.
    themes
        What the partnership is to be about.
    stated, until
        The day of the application, and until when it holds; dates of any precision.
    status
        An `ApplicationStatus`: ``open``, ``matched`` or ``withdrawn``.
    source_ids
        The sources that say so.
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
        From when; a date of any precision.
    source_ids
        The sources that say so.
    """

    start: NodeRef
    end: NodeRef
    id: str
    since: str | None = None
    source_ids: tuple[str, ...] = ()


type Sourced = Flow | Membership | Application | Participation
"""A relationship that is as its sources say, with the list of them; a partnership is derived by a rule of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InCountry:
    """``IN_COUNTRY``: a municipality, region or metropolis lies in a country.

    Attributes
    ----------
    start, end
        What lies in the country, and the country.
    """

    start: NodeRef
    end: NodeRef


@dataclass(frozen=True, slots=True, kw_only=True)
class InRegion:
    """``IN_REGION``: a municipality lies in a region.

    Attributes
    ----------
    start, end
        The municipality and the region.
    """

    start: NodeRef
    end: NodeRef


@dataclass(frozen=True, slots=True, kw_only=True)
class WasInCountry:
    """``WAS_IN_COUNTRY``: the country of a place that was made one with others, by itself.

    Attributes
    ----------
    start, end
        The merged place and the country.
    """

    start: NodeRef
    end: NodeRef


@dataclass(frozen=True, slots=True, kw_only=True)
class WasInRegion:
    """``WAS_IN_REGION``: the region of a place that was made one with others, by itself.

    Attributes
    ----------
    start, end
        The merged place and the region.
    """

    start: NodeRef
    end: NodeRef


def partnership_id(a: str, b: str, kind: str) -> str:
    """Return the id of the one partnership of `kind` between the places with ids `a` and `b`, in either order."""
    first, second = sorted((a, b))
    return f"{first}|{second}|{kind}"
