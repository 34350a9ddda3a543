"""Which municipality a record means: from a name and what stands beside it to a place, with reasons."""

from dataclasses import replace
from functools import lru_cache
from math import log10

from twingraph.graph.model import Municipality
from twingraph.loaders.places.fold import name_key, slug
from twingraph.loaders.places.gazetteer import Entry, Gazetteer
from twingraph.loaders.places.geo import distance_km
from twingraph.loaders.places.model import Candidate, Place, PlaceQuery, Resolution, ResolutionStatus
from twingraph.loaders.places.reading import Body, Reading, read_name, why_unreadable

__all__ = ["Resolver"]

# How many times larger a place must be than its next namesake for the name alone to mean it.
_CLEAR_MARGIN = 3.0
# Farther from the coordinates of the record than this, a place of the name is another one.
_NEAR_KM = 50.0


class Resolver:
    """Finds the places that records name.

    Parameters
    ----------
    gazetteer
        The open index of places.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._readings = lru_cache(maxsize=4096)(read_name)

    def resolve(self, query: PlaceQuery) -> Resolution:
        """Return the place that `query` means, or why none or several may be meant."""
        reason = why_unreadable(query.name)
        if reason:
            return self._unknown(query, None, None, reason)
        country = region = None
        if query.country:
            territory = self._gazetteer.territory(query.country)
            if territory is None:
                return self._unknown(query, None, None, f"There is no country called {query.country[:80]!r}.")
            country, region = territory
        if query.region:
            found = self._gazetteer.region(query.region, country)
            region = found.id if found else region
        for reading in self._readings(query.name):
            entries = [e for e in self._gazetteer.named(reading.key, country) if e.sort == 0]
            if region and any(e.region == region for e in entries):
                entries = [e for e in entries if e.region == region]
            if entries and reading.body is Body.TOWN:
                return self._choose(query, entries)
        return self._unknown(query, country, region, "No register at hand knows a place of this name.")

    def _choose(self, query: PlaceQuery, entries: list[Entry]) -> Resolution:
        if query.lat is not None and query.lon is not None:
            lat, lon = query.lat, query.lon
            near = [
                e
                for e in entries
                if e.lat is not None and e.lon is not None and distance_km(lat, lon, e.lat, e.lon) < _NEAR_KM
            ]
            entries = near or entries
        entries.sort(key=lambda e: (-(e.population or 0) / (1 + 4 * e.grade), e.pid))
        best = entries[0]
        rest = tuple(Candidate(place=self._gazetteer.place(e), confidence=0.2) for e in entries[1:6])
        if len(entries) == 1 or (best.population or 0) >= _CLEAR_MARGIN * max(1, entries[1].population or 0):
            confidence = 0.97 if len(entries) == 1 else 0.85
            return Resolution(
                status=ResolutionStatus.MATCHED, place=self._gazetteer.place(best), confidence=confidence,
                reasons=("The name is that of one place." if len(entries) == 1 else "The largest of its namesakes.",),
                candidates=rest,
            )  # fmt: skip
        unknown = self._unknown(query, best.country, None, "Several places bear this name.")
        return replace(
            unknown,
            status=ResolutionStatus.AMBIGUOUS,
            candidates=(Candidate(place=self._gazetteer.place(best), confidence=0.3), *rest),
        )

    def _unknown(self, query: PlaceQuery, country: str | None, region: str | None, reason: str) -> Resolution:
        part = self._gazetteer.region_by_id(region)
        middle = f"{slug(part.name)}/" if part and country == "UA" else ""
        municipality = Municipality(
            id=f"name:{country or 'XX'}/{middle}{slug(query.name) or 'unnamed'}",
            name=query.name[:200].strip(),
            country_code=country,
            lat=query.lat,
            lon=query.lon,
            unplaced=reason if query.lat is None else None,
        )
        place = Place(municipality=municipality, region=part, country=self._gazetteer.country_by_id(country))
        return Resolution(status=ResolutionStatus.UNKNOWN, place=place, confidence=0.0, reasons=(reason,))
