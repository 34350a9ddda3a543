"""What a loader yields: the content of a row, with names as written, before any place is resolved.

Fields named as in :data:`twingraph.graph.model.FACTS` go into the statement, and those named as a property of the
relationship (`goods`, `amount` …) into the relationship. So a new kind of record needs only its class here, its
relationship in :mod:`twingraph.graph.schema`, and a form of table that reads it.
"""

from dataclasses import dataclass
from typing import ClassVar, Protocol

from twingraph.graph.model import Relation
from twingraph.loaders.places.model import PlaceQuery

__all__ = [
    "ApplicationRecord",
    "FlowRecord",
    "MembershipRecord",
    "NetworkNode",
    "Page",
    "ParticipationRecord",
    "PartnerList",
    "PartnershipRecord",
    "ProgrammeName",
    "Record",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkNode:
    """A node of a network file. Two nodes of one file are never one place.

    Attributes
    ----------
    id
        Its id in the graph where no register knows it, or where another node of the file is that place.
    content
        Its identity in its file: see :func:`twingraph.loaders.identity.content_of`.
    name
        As written; the node's id in the file where it has no name.
    query
        What to look up in the registers; ``None`` where there is nothing to look up, as for a bare number.
    population, wikidata_id
        From the file, for a node that no register knows.
    """

    id: str
    content: bytes
    name: str
    query: PlaceQuery | None = None
    population: int | None = None
    wikidata_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeName:
    """A programme as a row names it: its name, its publisher and its page."""

    name: str
    publisher: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The page that a row cites; of a news item, with the labels of its portal."""

    url: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    tags: tuple[str, ...] = ()
    oblasts: tuple[str, ...] = ()
    hromadas: tuple[str, ...] = ()
    original: str | None = None


class Record(Protocol):
    """The content of a row: a dataclass."""

    @property
    def relation(self) -> Relation:
        """The type of the relationship that it is about."""
        ...

    @property
    def row(self) -> int:
        """The line of the row, from 1."""
        ...

    @property
    def content(self) -> bytes:
        """Its identity in its dataset: a hash of what the source wrote (:mod:`twingraph.loaders.identity`)."""
        ...

    @property
    def first(self) -> PlaceQuery | NetworkNode:
        """The one end."""
        ...

    @property
    def second(self) -> PlaceQuery | NetworkNode | ProgrammeName:
        """The other end."""
        ...

    @property
    def page(self) -> Page | None:
        """The page that the row cites."""
        ...

    @property
    def id_suffix(self) -> str:
        """The end of the relationship's id: it distinguishes several of one type between the same ends."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnershipRecord:
    """Two places are, were or will be partners.

    Attributes
    ----------
    said_by
        ``"first"`` where it is the first one's own statement, such as a directed edge; else empty.
    agreement
        The title of the document. Rows of one source with the same title are one act of all their parties.
    """

    relation: ClassVar = Relation.PARTNERS_WITH
    id_suffix: ClassVar = ""

    row: int
    content: bytes
    first: PlaceQuery | NetworkNode
    second: PlaceQuery | NetworkNode
    kind: str
    status: str
    since: str | None = None
    until: str | None = None
    signed_by: tuple[str, ...] = ()
    approved_by: str | None = None
    themes: tuple[str, ...] = ()
    agreement: str | None = None
    words: str | None = None
    page: Page | None = None
    said_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerList:
    """A row whose partner may be a list separated by commas; only the resolver can decide.

    Attributes
    ----------
    rest
        The identity of the row without its partner.
    """

    record: "PartnershipRecord | ApplicationRecord"
    rest: bytes

    @property
    def row(self) -> int:
        """The line of the row."""
        return self.record.row


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowRecord:
    """`first` sent aid to `second`, or hosted its people."""

    row: int
    content: bytes
    relation: Relation
    first: PlaceQuery
    second: PlaceQuery
    goods: str
    amount: float | None = None
    unit: str | None = None
    since: str | None = None
    until: str | None = None
    words: str | None = None
    page: Page | None = None

    @property
    def kind(self) -> str:
        """The goods, as a statement has them."""
        return self.goods

    @property
    def id_suffix(self) -> str:
        """The goods, the amount and the dates."""
        amount = "" if self.amount is None else f"{self.amount:g}"
        what = " ".join(filter(None, (amount, self.unit)))
        return f"|{self.goods}|{what}|{self.since or ''}/{self.until or ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipRecord:
    """`first` belongs to the metropolis `second`."""

    relation: ClassVar = Relation.MEMBER_OF
    id_suffix: ClassVar = ""

    row: int
    content: bytes
    first: PlaceQuery
    second: PlaceQuery
    since: str | None = None
    until: str | None = None
    words: str | None = None
    page: Page | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationRecord:
    """`first` seeks a partnership with `second`: a municipality, or any in a region or a country.

    Attributes
    ----------
    since, until
        The day of the application, and the last day on which it is valid.
    """

    relation: ClassVar = Relation.SEEKS

    row: int
    content: bytes
    first: PlaceQuery
    second: PlaceQuery
    status: str
    since: str | None = None
    until: str | None = None
    themes: tuple[str, ...] = ()
    words: str | None = None
    page: Page | None = None

    @property
    def id_suffix(self) -> str:
        """The day of the application."""
        return f"|{self.since or ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationRecord:
    """`first` takes part in a programme.

    Attributes
    ----------
    programme, publisher, url
        The programme's name, its publisher and its page.
    """

    relation: ClassVar = Relation.TAKES_PART_IN
    id_suffix: ClassVar = ""

    row: int
    content: bytes
    first: PlaceQuery
    programme: str
    publisher: str | None = None
    url: str | None = None
    since: str | None = None
    words: str | None = None
    page: Page | None = None

    @property
    def second(self) -> ProgrammeName:
        """The programme."""
        return ProgrammeName(name=self.programme, publisher=self.publisher, url=self.url)
