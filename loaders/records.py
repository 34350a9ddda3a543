"""What a loader yields: the statements of a source, names as written, before anyone asks which places are meant."""

from dataclasses import dataclass

from twingraph.graph.model import Relation
from twingraph.loaders.places.model import PlaceQuery

__all__ = ["FlowRecord", "MembershipRecord", "Page", "PartnershipRecord", "Record"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The page that a row cites."""

    url: str
    title: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnershipRecord:
    """A row that says: these two are, were or will be partners."""

    row: int
    first: PlaceQuery
    second: PlaceQuery
    kind: str
    status: str
    since: str | None = None
    until: str | None = None
    signed_by: tuple[str, ...] = ()
    approved_by: str | None = None
    themes: tuple[str, ...] = ()
    words: str | None = None
    page: Page | None = None


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


type Record = PartnershipRecord | FlowRecord | MembershipRecord
