"""The nodes of the graph: places, programmes, sources, and the labels that they have."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

__all__ = [
    "Agreement",
    "Country",
    "Label",
    "MergedPlace",
    "Metropolis",
    "Municipality",
    "NodeRef",
    "Programme",
    "Region",
    "Source",
    "UnplacedCode",
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
    AGREEMENT = "Agreement"
    MERGED_PLACE = "MergedPlace"


class NodeRef(NamedTuple):
    """A node named by its label and its id."""

    label: Label
    id: str


class UnplacedCode(StrEnum):
    """Why a municipality has no coordinates."""

    NO_REGISTER = "no_register"
    """No register has a place of the name."""
    NAMESAKES = "namesakes"
    """Several places have the name."""
    NO_COORDINATES = "no_coordinates"
    """A register has the place, without coordinates."""
    CONTRADICTION = "contradiction"
    """No place of the name is where the record puts it."""
    UNREADABLE = "unreadable"
    """The name cannot be that of a place."""
    UNKNOWN_COUNTRY = "unknown_country"
    """The record names a country that does not exist."""
    JUDGED = "judged"
    """A judgement leaves open what the name means."""
    NOT_RESOLVED = "not_resolved"
    """A node of a network file without a name, or one that the file distinguishes from the place of its name."""


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
    unplaced_code
        The same as a code: `no_register`, `namesakes`, `no_coordinates`, `contradiction`, `unreadable`,
        `unknown_country`, `judged` or `not_resolved`.
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
    unplaced_code: UnplacedCode | None = None


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
class Region:
    """A first-level part of a country: an oblast, a voivodeship, a Land.

    Attributes
    ----------
    id
        ISO 3166-2, such as ``UA-18``.
    name, name_uk
        The usual English name and the Ukrainian one.
    kind
        ``oblast``, ``voivodeship``, ``state`` …, where a register has it.
    aliases
        Every other spelling under which a source or a register knows it.
    lat, lon
        A point inside it, in WGS 84 degrees; absent where none is known.
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
class Agreement:
    """An act that sources describe: a document, a signing, a vote, of two parties or more. A pair can have several.

    Attributes
    ----------
    id
        A hash of its parties and its first statement, or of its title and the source that gives it.
    kind, status
        A `Kind` and a `Status`.
    since, until
        First and last day; dates of any precision.
    signed_by, approved_by
        Who signed, with their office, and the body that decided.
    themes
        What it is about.
    title
        Its title, where a source gives one.
    source_count
        How many different sources describe it.
    disputed
        Whether sources disagree about status or dates.
    """

    id: str
    kind: str
    status: str
    since: str | None = None
    until: str | None = None
    signed_by: tuple[str, ...] = ()
    approved_by: str | None = None
    themes: tuple[str, ...] = ()
    title: str | None = None
    source_count: int = 1
    disputed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedPlace:
    """A municipality as it was before a judgement merged it with others; undoing the judgement reads it.

    Attributes
    ----------
    id
        Of the municipality before.
    into
        Id of the `Municipality` that represents all of them; it may be the same.
    tied
        Whether it had relationships by then.
    name, name_uk, name_local, aliases, kind, country_code, lat, lon, population, geonames_id, wikidata_id, katottg
        As of a `Municipality`.
    unplaced, unplaced_code
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
    unplaced_code: UnplacedCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A dataset that was loaded, or a page that one of its rows cites.

    Attributes
    ----------
    id
        The dataset's id in its manifest, ``file:…`` for a user's file, or ``page:…`` for a cited page.
    title, publisher, url, licence
        As the manifest or the row has them.
    published, retrieved
        Dates of any precision.
    tags, oblasts, hromadas
        What a portal labels a news item with.
    original
        From whom a portal took the item.
    origin
        For a user's file, a hash of the folder path (a path can name its owner). It distinguishes two files with the
        same name.
    """

    id: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    licence: str | None = None
    published: str | None = None
    retrieved: str | None = None
    tags: tuple[str, ...] = ()
    oblasts: tuple[str, ...] = ()
    hromadas: tuple[str, ...] = ()
    original: str | None = None
    origin: str | None = None
