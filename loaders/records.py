"""What a loader yields: the statements of a source, names as written, before anyone asks which places are meant."""

from dataclasses import dataclass

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
    "Record",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkNode:
    """A node of a network file. Two nodes of one file are never one place.

    Attributes
    ----------
    id
        The id that it bears in the graph where no register knows it, or where another node of the file is that place.
    name
        As written; the node's id in the file where it has no name.
    query
        What to ask the registers; ``None`` where there is nothing to ask with, as of a bare number.
    population, wikidata_id
        As the file says, for a node that no register knows.
    """

    id: str
    name: str
    query: PlaceQuery | None = None
    population: int | None = None
    wikidata_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The page that a row cites."""

    url: str
    title: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnershipRecord:
    """A row that says: these two are, were or will be partners.

    Attributes
    ----------
    said_by
        ``"first"`` where it is the first one's own statement, as an edge with a direction is; else empty.
    nth
        Which one it is of several that say the same and count each.
    """

    row: int
    first: PlaceQuery | NetworkNode
    second: PlaceQuery | NetworkNode
    kind: str
    status: str
    since: str | None = None
    until: str | None = None
    signed_by: tuple[str, ...] = ()
    approved_by: str | None = None
    themes: tuple[str, ...] = ()
    words: str | None = None
    page: Page | None = None
    said_by: str = ""
    nth: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerList:
    """A row whose partner may be several, parted by commas: who knows the places can tell (see ``listed``)."""

    said: "PartnershipRecord | ApplicationRecord"

    @property
    def row(self) -> int:
        """The line of the row."""
        return self.said.row


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowRecord:
    """A row that says: `first` sent help to `second`, or took in its people."""

    row: int
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


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipRecord:
    """A row that says: `first` belongs to the metropolis `second`."""

    row: int
    first: PlaceQuery
    second: PlaceQuery
    since: str | None = None
    until: str | None = None
    words: str | None = None
    page: Page | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationRecord:
    """A row that says: `first` seeks a partnership with `second`, a municipality, or any in a region or a country.

    Attributes
    ----------
    since, until
        The day of the application, and until when it holds.
    """

    row: int
    first: PlaceQuery
    second: PlaceQuery
    status: str
    since: str | None = None
    until: str | None = None
    themes: tuple[str, ...] = ()
    words: str | None = None
    page: Page | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationRecord:
    """A row that says: `first` takes part in a programme.

    Attributes
    ----------
    programme, publisher, url
        The programme's name, who runs it, and its page.
    """

    row: int
    first: PlaceQuery
    programme: str
    publisher: str | None = None
    url: str | None = None
    since: str | None = None
    words: str | None = None
    page: Page | None = None


type Record = PartnershipRecord | FlowRecord | MembershipRecord | ApplicationRecord | ParticipationRecord
