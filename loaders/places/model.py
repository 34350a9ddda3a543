"""What is asked of the resolver, and what it answers."""

from dataclasses import dataclass
from enum import StrEnum

from twingraph.graph.model import Country, Municipality, Region

__all__ = ["Candidate", "Place", "PlaceQuery", "Resolution", "ResolutionStatus"]


class ResolutionStatus(StrEnum):
    """How a resolution ended."""

    MATCHED = "matched"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


class _Hashed:
    """Room for a hash that is worked out once."""

    __slots__ = ("_hash",)
    _hash: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceQuery(_Hashed):
    """A place as a record names it, with whatever else the record has.

    Attributes
    ----------
    name
        As written: any language and script, with kind words, brackets, qualifiers, typing errors.
    country
        As written: a code, a name in any language, ``England, United Kingdom``.
    region
        As written: an oblast, a state, a voivodeship.
    spellings
        Other spellings of the same place in the same record.
    lat, lon
        WGS 84 degrees, both or none.
    geonames_id, wikidata_id, katottg
        Ids in those registers.
    """

    name: str
    country: str | None = None
    region: str | None = None
    spellings: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    geonames_id: int | None = None
    wikidata_id: str | None = None
    katottg: str | None = None

    def __hash__(self) -> int:
        """Return the hash of all fields; a load looks each place up some ten times for each row."""
        try:
            return self._hash
        except AttributeError:
            fields = (self.name, self.country, self.region, self.spellings, self.lat, self.lon)
            found = hash((*fields, self.geonames_id, self.wikidata_id, self.katottg))
            object.__setattr__(self, "_hash", found)
            return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A municipality with the region and the country that it lies in.

    `municipality` is ``None`` where the name means a region or a country as such; `point` is then the middle of its
    settlements (WGS 84 latitude and longitude), where they lie near enough to each other for one point to represent it.
    A wide region has a point of its own to draw it at, which is no claim.
    """

    municipality: Municipality | None
    region: Region | None
    country: Country | None
    point: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that a name may mean, with the confidence (0 to 1) that it does."""

    place: Place
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The resolver's answer.

    Attributes
    ----------
    status
        Whether one place is meant, several may be, or none is known.
    place
        The place that is meant. For an unknown or ambiguous name it is an unplaced municipality with a ``name:`` id
        that keeps the name as written, and the country and region where the record gives them.
    confidence
        0 to 1; 0 where nothing is claimed.
    reasons
        Why, in words an analyst reads.
    candidates
        Runners-up, the likeliest first.
    conflict
        What in the record contradicts the name, such as coordinates far from it; empty where nothing does.
    """

    status: ResolutionStatus
    place: Place
    confidence: float
    reasons: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    conflict: str = ""
