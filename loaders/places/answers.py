"""The resolver's answers: matched, ambiguous, unknown, each with its reasons and runners-up."""

from collections.abc import Sequence
from dataclasses import dataclass

from twingraph.graph.geodesy import distance_km
from twingraph.graph.model import Municipality, Region, UnplacedCode
from twingraph.loaders.places.gazetteer import Entry, Gazetteer, unregistered_id
from twingraph.loaders.places.model import Candidate, Place, PlaceQuery, Resolution, ResolutionStatus
from twingraph.loaders.places.ranking import at, rank, weight
from twingraph.loaders.places.reading import Body
from twingraph.text.folding import LONGEST_NAME, fold, slug

__all__ = ["NEAR_KM", "Answers", "Context", "make_body"]

# A place farther than this from the record's coordinates is another place. Chosen by hand.
NEAR_KM = 50.0
_RUNNERS_UP = 5
_TOLD = 4


@dataclass(frozen=True, slots=True)
class Context:
    """The country, region and coordinates of a record, resolved.

    Attributes
    ----------
    query
        The record's words.
    country, region
        ISO 3166 codes, where the record gives them.
    spot
        WGS 84 latitude and longitude, where the record has them.
    """

    query: PlaceQuery
    country: str | None = None
    region: str | None = None
    spot: tuple[float, float] | None = None


class Answers:
    """Makes resolutions.

    Parameters
    ----------
    gazetteer
        The open index of places.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def matched(
        self, entry: Entry, others: Sequence[Entry], confidence: float, reasons: Sequence[str], conflict: str = ""
    ) -> Resolution:
        """Answer with one place; `others` are its namesakes."""
        rough = self._gazetteer.rough_point(entry)
        if rough:
            reasons = (*reasons, f"No register gives its coordinates: its point is {rough}.")
        return Resolution(
            status=ResolutionStatus.MATCHED,
            place=self._gazetteer.place(entry),
            confidence=round(confidence, 2),
            reasons=tuple(reasons),
            candidates=self.candidates(others, 1 - confidence),
            conflict=conflict,
        )

    def ambiguous(
        self, context: Context, entries: Sequence[Entry], reasons: Sequence[str], conflict: str = ""
    ) -> Resolution:
        """Answer that several places may be meant."""
        names = "; ".join(self._in_words(entry) for entry in entries[:_TOLD])
        more = f" and {len(entries) - _TOLD} more" if len(entries) > _TOLD else ""
        listed = f"Several places have this name: {names}{more}."
        return Resolution(
            status=ResolutionStatus.AMBIGUOUS,
            place=self.unplaced(context, listed, UnplacedCode.NAMESAKES),
            confidence=0.0,
            reasons=(*reasons, listed),
            candidates=self.candidates(entries, 1.0),
            conflict=conflict,
        )

    def unknown(
        self,
        context: Context,
        reason: str,
        code: UnplacedCode = UnplacedCode.NO_REGISTER,
        entries: Sequence[Entry] = (),
    ) -> Resolution:
        """Answer that no place is known, and offer `entries` as candidates."""
        return Resolution(
            status=ResolutionStatus.UNKNOWN,
            place=self.unplaced(context, reason, code),
            confidence=0.0,
            reasons=(reason,),
            candidates=self.candidates(entries, 0.5),
        )

    def country(self, code: str) -> Resolution:
        """Answer with a country as such."""
        place = self._gazetteer.country_place(code)
        reason = "The name is that of a country."
        return Resolution(status=ResolutionStatus.MATCHED, place=place, confidence=0.97, reasons=(reason,))

    def region(self, region: Region, confidence: float) -> Resolution:
        """Answer with a region as such."""
        reason = "The name is that of a region."
        place = self._gazetteer.region_place(region)
        return Resolution(status=ResolutionStatus.MATCHED, place=place, confidence=confidence, reasons=(reason,))

    def candidates(self, entries: Sequence[Entry], share: float) -> tuple[Candidate, ...]:
        """Return runners-up that share a confidence by the number of their inhabitants, the likeliest first."""
        ranked = rank(entries)[:_RUNNERS_UP]
        total = sum(weight(entry) for entry in ranked) or 1.0
        return tuple(
            Candidate(
                place=self._gazetteer.place(entry),
                confidence=round(max(0.01, share * weight(entry) / total), 2),
            )
            for entry in ranked
        )

    def unplaced(self, context: Context, reason: str, code: UnplacedCode) -> Place:
        """Return a municipality under its name as written, with the record's coordinates if there are any."""
        query = context.query
        part = self._gazetteer.region_by_id(context.region)
        named = unregistered_id(context.country, part, query.name)
        lat, lon = context.spot or (None, None)
        municipality = Municipality(
            id=f"geonames:{query.geonames_id}" if query.geonames_id else named,
            name=query.name[:LONGEST_NAME].strip() or "(no name)",
            country_code=context.country,
            lat=lat,
            lon=lon,
            geonames_id=query.geonames_id,
            wikidata_id=query.wikidata_id,
            katottg=query.katottg,
            unplaced=reason if context.spot is None else None,
            unplaced_code=code if context.spot is None else None,
        )
        return Place(municipality=municipality, region=part, country=self._gazetteer.country_by_id(context.country))

    def far(self, context: Context, entry: Entry) -> str:
        """Return in words that the record's coordinates lie far from a place; empty where they do not."""
        place = at(entry)
        if context.spot is None or place is None:
            return ""
        km = distance_km(*context.spot, *place)
        if km <= NEAR_KM:
            return ""
        lat, lon = context.spot
        return f"The coordinates given ({lat:g}, {lon:g}) lie {km:,.0f} km from {entry.name}."

    def _in_words(self, entry: Entry) -> str:
        part = self._gazetteer.region_by_id(entry.region)
        return f"{entry.name} in {part.name}" if part else f"{entry.name} ({entry.country})"


_KIND_WORDS = {
    Body.RURAL_GMINA: ("gmina", "rural gmina"),
    Body.COUNTY: ("county", "county"),
    Body.RAION: ("raion", "district"),
    Body.CITY_DISTRICT: ("city_district", "district"),
    Body.AGGLOMERATION: ("agglomeration", "agglomeration"),
    Body.METROPOLIS: ("metropolis", ""),
    Body.REGION: ("region", "region"),
    Body.MERGED: ("municipality", ""),
}

# Where a district is a raion.
_WITH_RAIONS = frozenset({"AM", "AZ", "BY", "GE", "KG", "KZ", "MD", "RU", "TJ", "TM", "UA", "UZ"})


def make_body(
    gazetteer: Gazetteer,
    *,
    name: str,
    words: str,
    body: Body,
    country: str | None,
    region: str | None,
    point: Entry | None,
    city: str = "",
) -> Place:
    """Return a body as a municipality of its own.

    Parameters
    ----------
    gazetteer
        The open index of places.
    name
        The name as it is to be shown.
    words
        The name without kind words, from which the id is made.
    body
        The sort of body.
    country, region
        Where it lies.
    point
        The town whose coordinates it is shown at.
    city
        The city that a city district is part of.
    """
    kind, suffix = _KIND_WORDS[body]
    if body is Body.RAION and country not in _WITH_RAIONS:
        kind = "district"
    part = gazetteer.region_by_id(region)
    steps = [slug(part.name)] if part else []
    stem = slug(city) + "-" + slug(words) if city and slug(city) not in slug(words) else slug(words)
    tail = f"-{slug(suffix)}" if suffix and not fold(words).endswith(suffix) else ""
    identity = "/".join([f"name:{country or 'XX'}", *steps, stem + tail])
    municipality = Municipality(
        id=identity,
        name=name,
        kind=kind,
        country_code=country,
        lat=point.lat if point else None,
        lon=point.lon if point else None,
        unplaced=None if point and point.lat is not None else "No register gives its coordinates.",
        unplaced_code=None if point and point.lat is not None else UnplacedCode.NO_COORDINATES,
    )
    return Place(municipality=municipality, region=part, country=gazetteer.country_by_id(country))
