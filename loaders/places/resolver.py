"""Which municipality a record means: from a name and what stands beside it to a place, with reasons.

The name is read in several ways (:mod:`~twingraph.loaders.places.reading`); the first reading that a register knows is
taken. Namesakes are told apart by country, region, qualifier, coordinates and size, in this order. What is not clear is
not claimed: the answer is then *ambiguous* with the candidates, or *unknown*.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

from twingraph.graph.model import Municipality
from twingraph.loaders.places.choosing import at, merge_doubles, nearest_to, rank, share_of_best
from twingraph.loaders.places.fold import LONGEST_NAME, name_key, slug
from twingraph.loaders.places.gazetteer import Entry, Gazetteer
from twingraph.loaders.places.geo import distance_km
from twingraph.loaders.places.model import Candidate, Place, PlaceQuery, Resolution, ResolutionStatus
from twingraph.loaders.places.parts import PartFinder
from twingraph.loaders.places.reading import Body, Reading, read_name, repaired, why_unreadable
from twingraph.loaders.places.spelling import Speller

__all__ = ["Resolver"]

# What the largest namesake must count among all of them for the name alone to mean it (see choosing.share_of_best).
_CLEAR_SHARE = 0.75
# A place of the name that lies farther than this from the coordinates of the record is another place.
_NEAR_KM = 50.0
_RUNNERS_UP = 5

# Where else a place may lie whose record names this country: parts with a code of their own, and disputed lands.
_ALSO = {
    "FI": ("AX",), "GB": ("GG", "JE", "IM", "GI"), "FR": ("RE", "MQ", "GP", "GF", "YT", "NC", "PF", "PM"),
    "US": ("PR", "GU", "VI", "MP", "AS"), "CN": ("HK", "MO"), "DK": ("FO", "GL"), "NL": ("CW", "AW", "SX", "BQ"),
    "RS": ("XK",), "XK": ("RS",), "IL": ("PS",), "PS": ("IL",), "EH": ("MA",), "MA": ("EH",), "NO": ("SJ",),
    "RU": ("UA",), "HK": ("CN",), "MO": ("CN",), "IE": ("GB",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Context:
    """What stands beside the name, understood."""

    query: PlaceQuery
    country: str | None
    region: str | None
    spot: tuple[float, float] | None


class Resolver:
    """Finds the places that records name.

    Parameters
    ----------
    gazetteer
        The open index of places.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._speller = Speller(gazetteer)
        self._parts = PartFinder(gazetteer)
        self.resolve = lru_cache(maxsize=4096)(self._resolve)

    def _resolve(self, query: PlaceQuery) -> Resolution:
        """Return the place that `query` means, or why none or several may be meant."""
        spot = _spot(query)
        bare = _Context(query, None, None, spot)
        reason = why_unreadable(query.name)
        if reason:
            return self._unreadable(bare, reason)
        country = region = None
        if query.country and query.country.strip():
            territory = self._gazetteer.territory(query.country.strip())
            if territory is None:
                return self._unknown(bare, f"There is no country called {query.country[:80]!r}.")
            country, region = territory
        if query.region and query.region.strip():
            known = self._gazetteer.region(query.region.strip(), country)
            if known is not None:
                region = known.id
                country = country or known.id[:2]
        context = _Context(query, country, region, spot)
        by_id = self._by_id(context)
        if by_id is not None:
            return by_id
        found = self._by_name(context)
        if query.wikidata_id and found.place.municipality is not None:
            municipality = replace(found.place.municipality, wikidata_id=query.wikidata_id)
            found = replace(found, place=replace(found.place, municipality=municipality))
        return found

    # -- ids ------------------------------------------------------------------------------------------------------

    def _by_id(self, context: _Context) -> Resolution | None:
        query = context.query
        entry = None
        if query.geonames_id is not None:
            entry, register = self._gazetteer.by_geonames(query.geonames_id), f"GeoNames id {query.geonames_id}"
        if entry is None and query.katottg:
            code = query.katottg.strip().upper()
            entry, register = self._gazetteer.by_katottg(code), f"KATOTTG code {code}"
        if entry is None:
            return None
        reasons = [f"The record gives the {register}."]
        conflict = ""
        by_name = self._by_name(context)
        named = by_name.place.municipality
        namesakes = {c.place.municipality.id for c in by_name.candidates if c.place.municipality is not None}
        if by_name.status is not ResolutionStatus.UNKNOWN and named is not None:
            if named.id != entry.id and entry.id not in namesakes:
                conflict = f"The {register} is that of {entry.name}, but the name {query.name!r} means {named.name}."
        elif by_name.status is ResolutionStatus.UNKNOWN:
            reasons.append("The name itself is in no register.")
        conflict = conflict or self._far(context, entry)
        confidence = 0.6 if conflict else 0.99
        return Resolution(
            status=ResolutionStatus.MATCHED, place=self._gazetteer.place(entry), confidence=confidence,
            reasons=tuple(reasons), conflict=conflict,
        )  # fmt: skip

    def _far(self, context: _Context, entry: Entry) -> str:
        place = at(entry)
        if context.spot is None or place is None:
            return ""
        km = distance_km(*context.spot, *place)
        if km <= _NEAR_KM:
            return ""
        lat, lon = context.spot
        return f"The coordinates given ({lat:g}, {lon:g}) lie {km:,.0f} km from {entry.name}."

    # -- names ----------------------------------------------------------------------------------------------------

    def _by_name(self, context: _Context) -> Resolution:
        texts = [context.query.name, *(text for text in context.query.spellings if not why_unreadable(text))]
        whole = self._territory_as_such(context)
        if whole is not None:
            return whole
        for index, text in enumerate(dict.fromkeys(texts)):
            readings = read_name(text.strip())
            for reading in readings:
                found = self._read(context, reading)
                if found is not None:
                    return found if index == 0 else self._by_spelling(found, text)
        for index, text in enumerate(dict.fromkeys(texts)):
            found = self._respelled(context, read_name(text.strip()))
            if found is not None:
                return found if index == 0 else self._by_spelling(found, text)
        for reading in read_name(context.query.name.strip()):
            part = self._parts.without_register(reading, context.country, context.region, context.query.name)
            if part is not None:
                return part
        return self._unknown(context, self._why_not(context))

    @staticmethod
    def _by_spelling(found: Resolution, text: str) -> Resolution:
        reason = f"Found by the record's other spelling {text[:80]!r}."
        return replace(found, confidence=min(found.confidence, 0.9), reasons=(reason, *found.reasons))

    def _why_not(self, context: _Context) -> str:
        country = self._gazetteer.country_by_id(context.country)
        where = f" in {country.name}" if country else ""
        return f"No register at hand knows a place of this name{where}."

    def _read(self, context: _Context, reading: Reading) -> Resolution | None:
        """Return what one reading of the name means, or None if no register knows it."""
        if reading.body is not Body.TOWN:
            return self._parts.find(reading, context.country, context.region, context.query.name)
        entries = self._named(reading.key, context.country)
        if entries:
            return self._choose(context, reading, entries)
        if reading.cost == 0 and not reading.qualifiers:
            region = self._gazetteer.region(reading.words, context.country) if context.country else None
            if region is not None and self._gazetteer.is_first_level(region.id):
                return self._region_as_such(region.id, 0.9)
        return None

    def _named(self, key: str, country: str | None) -> list[Entry]:
        entries = [entry for entry in self._gazetteer.named(key, country) if entry.sort == 0]
        for other in _ALSO.get(country or "", ()):
            if entries:
                break
            entries = [entry for entry in self._gazetteer.named(key, other) if entry.sort == 0]
        return entries

    def _respelled(self, context: _Context, readings: tuple[Reading, ...]) -> Resolution | None:
        towns = [reading for reading in readings if reading.body is Body.TOWN]
        for reading in towns:
            for other in self._speller.respell(reading.key, context.country):
                entries = self._named(other.key, context.country)
                if entries:
                    found = self._choose(context, reading, entries)
                    return self._less_sure(found, other.reason, other.confidence)
        if context.country is None:
            return None
        for reading in towns:
            joined = self._parts.joined(reading, context.country, context.region, context.query.name)
            if joined is not None:
                return joined
        for reading in towns:
            near = self._speller.nearest(reading.key, context.country)
            if near is not None:
                found = self._choose(context, reading, self._named(near.key, context.country))
                return self._less_sure(found, near.reason, near.confidence)
        return None

    @staticmethod
    def _less_sure(found: Resolution, reason: str, confidence: float) -> Resolution:
        sure = round(found.confidence * confidence, 2)
        return replace(found, confidence=sure, reasons=(reason, *found.reasons))

    # -- namesakes ------------------------------------------------------------------------------------------------

    def _choose(self, context: _Context, reading: Reading, entries: list[Entry]) -> Resolution:
        """Tell namesakes apart."""
        reasons: list[str] = []
        conflict = ""
        total = len(entries)
        if context.region:
            entries, told = self._in_region(entries, context.region)
            reasons += [told] if told and total > 1 else []
            if not told:
                part = self._gazetteer.region_by_id(context.region)
                conflict = f"No place of this name lies in {part.name if part else context.region}."
        for qualifier in reading.qualifiers:
            entries, told, wrong = self._qualified(entries, qualifier, context.country)
            reasons += [told] if told else []
            conflict = conflict or wrong
        if conflict and reading.qualifiers and context.spot is None:
            # The qualifier names none of them: perhaps a part of the place that the qualifier names.
            part = self._parts.find(
                Reading(reading.key, reading.words, Body.CITY_DISTRICT, parent=reading.qualifiers[0]),
                context.country, context.region, context.query.name,
            )  # fmt: skip
            if part is not None:
                return part
        if context.spot is not None:
            near = nearest_to(context.spot, entries, _NEAR_KM, tie=lambda entry: 5.0 * entry.grade)
            if near:
                if len(entries) > 1:
                    reasons.append("The coordinates of the record tell which of the namesakes it is.")
                return self._matched(near[0], [e for e in entries if e is not near[0]], 0.97, reasons, conflict)
        ranked = rank(entries)
        merged = merge_doubles(ranked)
        best, share = merged[0], share_of_best(merged)
        conflict = conflict or self._far(context, best)
        own = 1.0 if best.grade == 0 else 0.97
        if len(merged) == 1:
            reasons.append(_one_name(best, total))
            return self._matched(best, ranked[1:], 0.98 * own if not conflict else 0.6, reasons, conflict)
        if share >= _CLEAR_SHARE:
            reasons.append(f"The largest by far of {len(merged)} places of this name.")
            return self._matched(best, merged[1:], round(share * own * 0.97, 2), reasons, conflict)
        return self._ambiguous(context, merged, reasons)

    def _in_region(self, entries: list[Entry], region: str) -> tuple[list[Entry], str]:
        parent = self._gazetteer.parent_region(region)
        inside = [entry for entry in entries if entry.region in {region, parent}]
        if region == "UA-32" and not inside:
            inside = [entry for entry in entries if entry.region == "UA-30"]  # the city lies within its oblast
        part = self._gazetteer.region_by_id(region)
        return (inside, f"It lies in {part.name if part else region}.") if inside else (entries, "")

    def _qualified(self, entries: list[Entry], text: str, country: str | None) -> tuple[list[Entry], str, str]:
        """Return the entries that a qualifier leaves, what it told, and what contradicts it."""
        where = country or (entries[0].country if len({entry.country for entry in entries}) == 1 else None)
        region = self._gazetteer.region(text, where) or (
            self._gazetteer.region(f"{where}-{text}", where) if where and len(text) <= 3 else None
        )
        if region is not None:
            inside, told = self._in_region(entries, region.id)
            if told:
                return inside, told, ""
        territory = self._gazetteer.territory(text)
        if territory is not None:
            inside = [entry for entry in entries if entry.country == territory.country]
            if inside:
                return inside, "", ""
        if where:
            for town in rank(self._named(name_key(text), where))[:6]:
                spot = at(town)
                near = nearest_to(spot, entries, 40.0) if spot else []
                if near:
                    return near[:1], f"It lies near {town.name}.", ""
        if region is not None or territory is not None:
            return entries, "", f"No place of this name is known in {text[:60]}."
        return entries, "", f"The qualifier {text[:60]!r} fits no place of this name."

    def _matched(
        self, entry: Entry, others: list[Entry], confidence: float, reasons: list[str], conflict: str
    ) -> Resolution:
        return Resolution(
            status=ResolutionStatus.MATCHED, place=self._gazetteer.place(entry), confidence=round(confidence, 2),
            reasons=tuple(reasons), candidates=self._candidates(others, 1 - confidence), conflict=conflict,
        )  # fmt: skip

    def _candidates(self, entries: list[Entry], share: float) -> tuple[Candidate, ...]:
        ranked = rank(entries)[:_RUNNERS_UP]
        total = sum((entry.population or 250) for entry in ranked) or 1
        return tuple(
            Candidate(
                place=self._gazetteer.place(entry),
                confidence=round(max(0.01, share * (entry.population or 250) / total), 2),
            )
            for entry in ranked
        )

    # -- what is no town ------------------------------------------------------------------------------------------

    def _territory_as_such(self, context: _Context) -> Resolution | None:
        """Return a country where the name is a country's: ``Ukraine``, ``Польща``."""
        found = self._gazetteer.whole_country(context.query.name)
        if found is None or (context.country is not None and context.country != found):
            return None
        towns = [e for e in self._named(name_key(context.query.name), found) if e.grade == 0]
        if any((entry.population or 0) >= 20_000 for entry in towns) or found in {"MC", "SM", "VA", "GI"}:
            return None  # Monaco, Luxembourg, Singapore: the city of the country's name
        place = Place(municipality=None, region=None, country=self._gazetteer.country_by_id(found))
        reason = "The name is that of a country."
        return Resolution(status=ResolutionStatus.MATCHED, place=place, confidence=0.97, reasons=(reason,))

    def _region_as_such(self, region: str, confidence: float) -> Resolution:
        part = self._gazetteer.region_by_id(region)
        place = Place(municipality=None, region=part, country=self._gazetteer.country_by_id(region[:2]))
        reason = "The name is that of a region."
        return Resolution(status=ResolutionStatus.MATCHED, place=place, confidence=confidence, reasons=(reason,))

    # -- no claim -------------------------------------------------------------------------------------------------

    def _ambiguous(self, context: _Context, entries: list[Entry], reasons: list[str]) -> Resolution:
        names = [self._in_words(entry) for entry in entries[:4]]
        more = f" and {len(entries) - 4} more" if len(entries) > 4 else ""
        reasons = [*reasons, f"Several places bear this name: {'; '.join(names)}{more}."]
        unplaced = self._unplaced(context, reasons[-1])
        return Resolution(
            status=ResolutionStatus.AMBIGUOUS, place=unplaced, confidence=0.0, reasons=tuple(reasons),
            candidates=self._candidates(entries, 1.0),
        )  # fmt: skip

    def _in_words(self, entry: Entry) -> str:
        part = self._gazetteer.region_by_id(entry.region)
        return f"{entry.name} in {part.name}" if part else f"{entry.name} ({entry.country})"

    def _unreadable(self, context: _Context, reason: str) -> Resolution:
        meant = repaired(context.query.name)
        candidates: tuple[Candidate, ...] = ()
        if meant:
            found = self.resolve(replace(context.query, name=meant))
            if found.status is ResolutionStatus.MATCHED:
                candidates = (Candidate(place=found.place, confidence=round(found.confidence / 2, 2)),)
                reason = f"{reason} Perhaps {meant!r} is meant."
        return replace(self._unknown(context, reason), candidates=candidates)

    def _unknown(self, context: _Context, reason: str) -> Resolution:
        place = self._unplaced(context, reason)
        return Resolution(status=ResolutionStatus.UNKNOWN, place=place, confidence=0.0, reasons=(reason,))

    def _unplaced(self, context: _Context, reason: str) -> Place:
        query = context.query
        part = self._gazetteer.region_by_id(context.region)
        steps = [f"name:{context.country or 'XX'}", *([slug(part.name)] if part else []), slug(query.name) or "unnamed"]
        lat, lon = context.spot or (None, None)
        municipality = Municipality(
            id=f"geonames:{query.geonames_id}" if query.geonames_id else "/".join(steps),
            name=query.name[:LONGEST_NAME].strip() or "(no name)",
            country_code=context.country,
            lat=lat,
            lon=lon,
            geonames_id=query.geonames_id,
            wikidata_id=query.wikidata_id,
            katottg=query.katottg,
            unplaced=reason if context.spot is None else None,
        )
        return Place(municipality=municipality, region=part, country=self._gazetteer.country_by_id(context.country))


def _spot(query: PlaceQuery) -> tuple[float, float] | None:
    if query.lat is None or query.lon is None or not (-90 <= query.lat <= 90 and -180 <= query.lon <= 180):
        return None
    return query.lat, query.lon


def _one_name(entry: Entry, total: int) -> str:
    if entry.grade == 2:
        return "The name is that of the hromada around this place."
    alone = "the one place of this name" if total == 1 else "the one that fits"
    return f"It is {alone}." if entry.grade == 0 else f"It is {alone}; {entry.name} is its usual name."
