"""The words that the graph is written in: labels, types of relationships, kinds and statuses."""

from enum import StrEnum

__all__ = [
    "ApplicationStatus",
    "Kind",
    "Label",
    "Relation",
    "Status",
]


class Label(StrEnum):
    """The labels of nodes."""

    MUNICIPALITY = "Municipality"
    REGION = "Region"
    COUNTRY = "Country"
    METROPOLIS = "Metropolis"
    SOURCE = "Source"
    STATEMENT = "Statement"
    PROGRAMME = "Programme"
    MERGED_PLACE = "MergedPlace"


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
    FROM = "FROM"
    WAS_IN_COUNTRY = "WAS_IN_COUNTRY"
    WAS_IN_REGION = "WAS_IN_REGION"


class Kind(StrEnum):
    """On what ground two municipalities are partners."""

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
    """How a partnership stands."""

    ACTIVE = "active"
    PLANNED = "planned"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"
    UNKNOWN = "unknown"


class ApplicationStatus(StrEnum):
    """How an application for a partner stands."""

    OPEN = "open"
    MATCHED = "matched"
    WITHDRAWN = "withdrawn"
