"""The graph of partnerships as frozen dataclasses: its nodes and its relationships.

Unknown is absent: a field that nobody knows is ``None`` or an empty tuple, and is not written to the store at all.
Dates are ISO 8601 texts of the precision that the source gives: ``2022``, ``2022-11`` or ``2022-11-23``.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

__all__ = [
    "Application",
    "ApplicationStatus",
    "Country",
    "Flow",
    "InCountry",
    "InRegion",
    "Kind",
    "Label",
    "Membership",
    "MergedPlace",
    "Metropolis",
    "Municipality",
    "NodeRef",
    "Participation",
    "Partnership",
    "Programme",
    "Provenance",
    "Region",
    "Relation",
    "Source",
    "Sourced",
    "Statement",
    "Status",
    "WasInCountry",
    "WasInRegion",
    "partnership_id",
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


class NodeRef(NamedTuple):
    """A node named by its label and its id."""

    label: Label
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """A city, town, village, hromada, gmina, county, raion or other local body that can have partners.

    Attributes
    ----------
    id
        ``geonames:…``, else ``katottg:UA…``, else ``wikidata:Q…``, else ``name:UA/zhytomyr/…``.
    name, name_uk, name_local
        The usual English name, the Ukrainian one, the one in the country's own language.
    aliases
        Every other spelling under which a source or a register knows the place.
    kind
        ``city``, ``town``, ``village``, ``hromada``, ``gmina``, ``county``, ``raion``, ``city_district`` …
    country_code
        ISO 3166-1 alpha-2.
    lat, lon
        WGS 84 degrees; absent where no register knows the place.
    population
        Inhabitants, as the register gives them.
    geonames_id, wikidata_id, katottg
        Ids in those registers.
    unplaced
        Why the place has no coordinates, in words; absent where it has them.
    """

    id: str
    name: str
    name_uk: str | None = None
    name_local: str | None = None
    aliases: tuple[str, ...] = ()
    kind: str | None = None
    country_code: str | None = None
    lat: float | None = None
    lon: float | None = None
    population: int | None = None
    geonames_id: int | None = None
    wikidata_id: str | None = None
    katottg: str | None = None
    unplaced: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedPlace:
    """A municipality as it is by itself, where a judgement has made it one with others: what takes that back reads it.

    Attributes
    ----------
    id
        Of the municipality before.
    into
        Id of the `Municipality` that stands for all of them; it may be its own.
    tied
        Whether anything was said of it by then.
    name, name_uk, name_local, aliases, kind, country_code, lat, lon, population, geonames_id, wikidata_id, katottg
        As of a `Municipality`.
    unplaced
        As of a `Municipality`.
    """

    id: str
    into: str
    tied: bool = True
    name: str
    name_uk: str | None = None
    name_local: str | None = None
    aliases: tuple[str, ...] = ()
    kind: str | None = None
    country_code: str | None = None
    lat: float | None = None
    lon: float | None = None
    population: int | None = None
    geonames_id: int | None = None
    wikidata_id: str | None = None
    katottg: str | None = None
    unplaced: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A first-level part of a country: an oblast, a voivodeship, a Land.

    Attributes
    ----------
    id
        ISO 3166-2, such as ``UA-18``.
    name, name_uk
        The usual English name and the Ukrainian one.
    kind
        ``oblast``, ``voivodeship``, ``state`` …, where a register tells.
    aliases
        Every other spelling under which a source or a register knows it.
    lat, lon
        A point that stands for it, in WGS 84 degrees; absent where none is known.
    """

    id: str
    name: str
    name_uk: str | None = None
    kind: str | None = None
    aliases: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country.

    Attributes
    ----------
    id
        ISO 3166-1 alpha-2, such as ``PL``.
    name, name_uk
        The usual English name and the Ukrainian one.
    continent
        Code of the continent: ``AF``, ``AN``, ``AS``, ``EU``, ``NA``, ``OC``, ``SA``.
    aliases
        Every other spelling under which a source or a register knows it.
    """

    id: str
    name: str
    name_uk: str | None = None
    continent: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Metropolis:
    """A body of several municipalities that acts as one.

    Attributes
    ----------
    id
        ``metropolis:``, the country and a slug of the name: ``metropolis:PL/gdansk-gdynia-sopot``.
    name, name_uk, name_local
        The usual English name, the Ukrainian one, the one in the country's own language.
    country_code
        ISO 3166-1 alpha-2.
    aliases
        Every other spelling under which a source knows it.
    """

    id: str
    name: str
    name_uk: str | None = None
    name_local: str | None = None
    country_code: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A dataset that was loaded, or a page that one of its rows cites.

    Attributes
    ----------
    id
        The dataset's id in its manifest, ``file:…`` for a user's file, or ``page:…`` for a cited page.
    title, publisher, url, licence
        As the manifest or the row says.
    published, retrieved
        Dates of any precision.
    origin
        For a user's file, a mark of the folder it lay in (a hash: a path may tell of its owner). It tells two files
        of one name apart.
    """

    id: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    licence: str | None = None
    published: str | None = None
    retrieved: str | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one source said, in its own spelling; the merged truth is derived from these.

    Attributes
    ----------
    id
        Hash of the dataset and of what its row says.
    dataset
        Id of the dataset (a `Source`) that the row came in.
    partnership_id, flow_id, membership_id, application_id, participation_id
        The relationship that this statement supports: one of them is set, or else `place_id`.
    place_id
        The place that the source names by itself, as a network names a node without edges.
    said_on
        The day of the source, where it bears one.
    name_a, name_b
        The two names as the source writes them, in the order of the relationship's ends.
    kind, status, since, until, signed_by, approved_by, themes, words
        What was said; ``words`` is the source's own remark.
    said_by
        Id of the end whose own statement it is, where a source tells: of the two ends of a tie that each named the
        other both have one. A list of pairs tells of neither.
    place_a, place_b
        Ids of the places that the two names mean by themselves, where a judgement has made those one with others:
        what takes the judgement back goes by these.
    doubts
        What in the record contradicts the places that it names, in words: coordinates far from them, an id of another.
    """

    id: str
    dataset: str
    partnership_id: str | None = None
    flow_id: str | None = None
    membership_id: str | None = None
    application_id: str | None = None
    participation_id: str | None = None
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
    words: str | None = None
    said_by: str | None = None
    place_a: str | None = None
    place_b: str | None = None
    doubts: tuple[str, ...] = ()

    @property
    def about(self) -> str | None:
        """The id of the relationship that it speaks of; ``None`` where it names a place alone."""
        return self.partnership_id or self.flow_id or self.membership_id or self.application_id or self.participation_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A marathon, a platform, a fund or a set of recommendations.

    Attributes
    ----------
    id
        A slug of the name.
    name
        As its publisher writes it.
    publisher, url
        Who runs it, and its page.
    """

    id: str
    name: str
    publisher: str | None = None
    url: str | None = None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """``FROM``: where a statement stands.

    Attributes
    ----------
    start, end
        The statement and its source.
    row
        The line in the dataset's file, from 1; of a workbook, in the sheet.
    sheet
        The sheet of the workbook, where the file is one.
    retrieved
        The day on which the file was made or fetched.
    """

    start: NodeRef
    end: NodeRef
    row: int | None = None
    sheet: str | None = None
    retrieved: str | None = None


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


type Sourced = Flow | Membership | Application | Participation
"""A relationship that is as its sources say, with the list of them; a partnership is derived by a rule of its own."""


def partnership_id(a: str, b: str, kind: str) -> str:
    """Return the id of the one partnership of `kind` between the places with ids `a` and `b`, in either order."""
    first, second = sorted((a, b))
    return f"{first}|{second}|{kind}"
