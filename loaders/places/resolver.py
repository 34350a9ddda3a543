"""Which municipality a record means: from a name and its context to a place, with reasons.

The name is read in several ways (:mod:`~twingraph.loaders.places.reading`); the first reading that a register knows is
taken, and one of its namesakes chosen (:mod:`~twingraph.loaders.places.namesakes`). Where none is clear, the answer is
*ambiguous* with the candidates, or *unknown*.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace

from rapidfuzz import fuzz

from twingraph.graph.geodesy import distance_km
from twingraph.graph.model import Municipality, Region, UnplacedCode
from twingraph.loaders.judgements.model import Judgement
from twingraph.loaders.places.answers import Answers, Context
from twingraph.loaders.places.bodies import AreaFinder, PartFinder, Seats, has_point
from twingraph.loaders.places.gazetteer import Entry, EntryType, Gazetteer, Grade
from twingraph.loaders.places.judged_names import Judged
from twingraph.loaders.places.model import Candidate, PlaceQuery, Resolution, ResolutionStatus
from twingraph.loaders.places.namesakes import Namesakes, bearers, of_hromada_kind, overseas, towns_named
from twingraph.loaders.places.ranking import merge_doubles, rank
from twingraph.loaders.places.reading import Body, Reading, bracketed, read_name, repaired, why_unreadable
from twingraph.loaders.places.spelling import Respelled, Speller
from twingraph.loaders.places.territory_index import is_overseas
from twingraph.text.folding import name_key

__all__ = ["Registered", "Resolver"]


class Registered:
    """Finds places by their ids.

    Parameters
    ----------
    gazetteer
        The open index of places.
    answers
        Makes resolutions.
    """

    def __init__(self, gazetteer: Gazetteer, answers: Answers) -> None:
        self._gazetteer = gazetteer
        self._answers = answers

    def find(self, context: Context, by_name: Callable[[Context], Resolution]) -> Resolution | None:
        """Return the place whose id the record gives; a conflict is added where the name means another one.

        Parameters
        ----------
        context
            The record's words, understood.
        by_name
            Resolves the name alone.
        """
        query = context.query
        given, entry = f"GeoNames id {query.geonames_id}", None
        around = ""
        if query.geonames_id is not None:
            entry = self._gazetteer.by_geonames(query.geonames_id)
        if entry is None and query.katottg:
            given, entry = f"KATOTTG code {_code(query)}", self._gazetteer.by_katottg(_code(query))
            if entry is None:
                oblast = self._gazetteer.region_by_katottg(_code(query))
                return self._answers.region(oblast, 0.99) if oblast else None
            if entry.katottg != _code(query):
                around = f", that of the hromada around {entry.name}"
        if entry is None:
            return None
        reasons = [f"The record gives the {given}{around}."]
        named = by_name(context)
        meant = named.place.municipality
        conflict = ""
        if named.status is ResolutionStatus.UNKNOWN:
            reasons.append("The name itself is in no register.")
        elif meant is not None and meant.id != entry.id and not self._bears(entry, query.name):
            conflict = f"The {given} is that of {entry.name}, but the name {query.name!r} means {meant.name}."
        conflict = conflict or self._answers.far(context, entry)
        return self._answers.matched(entry, [], 0.6 if conflict else 0.99, reasons, conflict)

    def _bears(self, entry: Entry, name: str) -> bool:
        """Return whether a name, in any reading of it, is one of a place's own."""
        keys = (reading.key for reading in read_name(name))
        return any(entry.pid == other.pid for key in keys for other in self._gazetteer.named(key, entry.country))

    def no_unit(self, query: PlaceQuery) -> str:
        """Return in words that the codifier at hand lacks the code that a record gives; empty where it does not."""
        code = _code(query)
        known = self._gazetteer.by_katottg(code) or self._gazetteer.region_by_katottg(code)
        return "" if known else f"The Ukrainian codifier has no unit with the code {code[:40]!r}."


def _code(query: PlaceQuery) -> str:
    return (query.katottg or "").strip().upper()


# A capital called like its country is what the name means only where it is the larger part of the country.
_CITY_STATES = frozenset({"GI", "MC", "SG", "SM", "VA"})
_CAPITAL_PEOPLE = 20_000
# Inhabitants from which a town is meant and not the region of its name: in that region; there, but where the name is an
# alternate spelling; and in another region. Chosen by hand.
TOWN_IN_REGION = 5_000
_CITY_IN_REGION = 50_000
_GREAT_CITY = 300_000
# How alike a town's own name must be to the region's for another spelling of it to count, in per cent.
_LIKE_ITS_NAME = 65


class TerritoryNames:
    """Finds the country or region that a name means.

    Parameters
    ----------
    gazetteer
        The open index of places.
    answers
        Makes resolutions.
    """

    def __init__(self, gazetteer: Gazetteer, answers: Answers) -> None:
        self._gazetteer = gazetteer
        self._answers = answers

    def whole(self, context: Context) -> Resolution | None:
        """Return the country that a name is the name of; or the part of one, where it is given as the country too."""
        country = self._as_country(context)
        if country is not None:
            return self._answers.country(country)
        part = self._gazetteer.region_by_id(context.region) if context.query.name == context.query.country else None
        return self._answers.region(part, 0.9) if part else None  # England, England

    def _as_country(self, context: Context) -> str | None:
        """Return a country's code where the name is a country's: ``Ukraine``, ``Польща``; ``Guam``, United States."""
        found = self._gazetteer.whole_country(context.query.name)
        if found is None and context.query.name == context.query.country and context.region is None:
            found = context.country  # PL, PL; a code alone may name a town: Ii, Eu
        if found is None or found in _CITY_STATES:
            return None
        if context.country not in {None, found} and not is_overseas(found, context.country):
            return None
        key = name_key(context.query.name)
        towns = [entry for entry in towns_named(self._gazetteer, key, found) if entry.grade == Grade.NAME]
        country = self._gazetteer.country_by_id(found)
        usual = country is not None and key in {name_key(text) for text in (country.name, *country.aliases)}
        enough = _CAPITAL_PEOPLE if usual or context.country is None else 0  # Seč is what Icelanders call no country
        return None if any((entry.population or 0) >= enough for entry in towns) else found

    def region(self, context: Context, reading: Reading, towns: list[Entry]) -> Region | None:
        """Return the first-level region that a name is the exact name of, unless it is rather that of a town.

        A region is often called after a town in it: then the town is meant (Zhytomyr, Córdoba). A town elsewhere that
        has the name of a region is meant only where it is a great city: Washington, but not a village called Ohio.
        """
        if reading.cost or context.region:
            return None
        region = self._gazetteer.region(reading.words, context.country, exact=True)
        if context.country is None:
            part = self._gazetteer.exact_territory(reading.words)  # England, Scotland: a region of any country
            region = self._gazetteer.region_by_id(part.region) if part else region
        if region is None or not self._gazetteer.is_first_level(region.id):
            return None
        names = {name_key(text) for text in (region.name, *region.aliases)}
        if towns and reading.key not in names:
            return None  # "Columbia" is not all of the name of the District of Columbia
        if any(_rather_meant(town, region, {reading.key, *names}) for town in towns):
            return None
        return region


def _rather_meant(town: Entry, region: Region, names: Collection[str]) -> bool:
    """Return whether a name that is exactly a region's rather means a town of that name; `names` are the region's."""
    if town.region not in {region.id, None}:  # of a town in no region the register cannot say that it is elsewhere
        enough = _GREAT_CITY
    elif town.grade == Grade.NAME:
        enough = TOWN_IN_REGION
    elif max(fuzz.partial_ratio(name, name_key(town.name)) for name in names) >= _LIKE_ITS_NAME:
        enough = _CITY_IN_REGION  # New York City, Plzeň and Pilsen; but York is not England
    else:
        return False
    return (town.population or 0) >= enough


# Answers kept, the oldest dropped first: a load asks for each place several times in a row. Chosen by hand.
_ANSWERS_KEPT = 4096


class Resolver:
    """Finds the places that records name.

    Parameters
    ----------
    gazetteer
        The open index of places.
    judgements
        What people have judged about names; the later ones win.

    Raises
    ------
    twingraph.errors.InputError
        A judgement names a country or a place that no register knows.
    """

    def __init__(self, gazetteer: Gazetteer, judgements: Iterable[Judgement] = ()) -> None:
        self._gazetteer = gazetteer
        self._answers = Answers(gazetteer)
        self._speller = Speller(gazetteer)
        self._areas = AreaFinder(gazetteer, self._answers)
        self._parts = PartFinder(gazetteer, self._answers, self._areas)
        self._seats = Seats(gazetteer, self._parts)
        self._namesakes = Namesakes(gazetteer, self._answers, self._parts)
        self._territories = TerritoryNames(gazetteer, self._answers)
        self._registered = Registered(gazetteer, self._answers)
        self._judged = Judged(gazetteer, self._answers, judgements)
        self._answered: dict[PlaceQuery, Resolution] = {}  # no lru_cache of a method: it would keep the resolver alive

    def resolve(self, query: PlaceQuery) -> Resolution:
        """Return the place that `query` means, or why none or several may be meant."""
        found = self._answered.get(query)
        if found is None:
            found = self._resolve(query)
            if len(self._answered) >= _ANSWERS_KEPT:
                del self._answered[next(iter(self._answered))]
            self._answered[query] = found
        return found

    @property
    def judged(self) -> tuple[Judgement, ...]:
        """The judgements that have decided an answer so far."""
        return tuple(self._judged.used)

    def _resolve(self, query: PlaceQuery) -> Resolution:
        spot = _spot(query)
        reason = why_unreadable(query.name)
        if reason:
            return self._unreadable(Context(query, spot=spot), reason)
        country = region = None
        if query.country and query.country.strip():
            territory = self._gazetteer.territory(query.country.strip())
            if territory is None:
                return self._answers.unknown(
                    Context(query, spot=spot),
                    f"There is no country called {query.country[:80]!r}.",
                    UnplacedCode.UNKNOWN_COUNTRY,
                )
            country, region = territory
        if query.region and query.region.strip():
            known = self._gazetteer.region(query.region.strip(), country)
            if known is not None:
                region = known.id
                country = country or known.id[:2]
        context = Context(query, country, region, spot)
        found = (
            self._registered.find(context, self._by_name)
            or self._judged.same(context)
            or self._judged.hold(context, self._by_name(context))
        )
        if country is None and found.status is ResolutionStatus.UNKNOWN:
            found = self._in_bracket(query) or found
        if query.wikidata_id and found.place.municipality is not None:
            municipality = replace(found.place.municipality, wikidata_id=query.wikidata_id)
            found = replace(found, place=replace(found.place, municipality=municipality))
        if query.katottg and not found.conflict:
            found = replace(found, conflict=self._registered.no_unit(query))
        unused = tuple(self._unused_fields(query, country))
        return replace(found, reasons=(*found.reasons, *unused)) if unused else found

    def _unused_fields(self, query: PlaceQuery, country: str | None) -> Iterator[str]:
        """Yield in words which other fields of the record could not be used."""
        if query.region and query.region.strip() and self._gazetteer.region(query.region.strip(), country) is None:
            yield f"The region {query.region.strip()[:60]!r} is not known{f' in {country}' if country else ''}."
        if query.geonames_id is not None and self._gazetteer.by_geonames(query.geonames_id) is None:
            yield f"GeoNames, as bundled, has no place with the id {query.geonames_id}."
        if _spot(query) is None and (query.lat is not None or query.lon is not None):
            yield "The coordinates given are no point on Earth."

    def _in_bracket(self, query: PlaceQuery) -> Resolution | None:
        """Return what a name means in the country in the brackets after it; `None` where there is none."""
        name, inside = bracketed(query.name) or ("", "")
        if not inside or self._gazetteer.territory(inside) is None:
            return None
        return self.resolve(replace(query, name=name, country=inside))

    def _unreadable(self, context: Context, reason: str) -> Resolution:
        meant = repaired(context.query.name)
        if meant:
            found = self.resolve(replace(context.query, name=meant))
            if found.status is ResolutionStatus.MATCHED:
                unknown = self._answers.unknown(
                    context, f"{reason} Perhaps {meant!r} is meant.", UnplacedCode.UNREADABLE
                )
                return replace(unknown, candidates=(Candidate(place=found.place, confidence=found.confidence / 2),))
        return self._answers.unknown(context, reason, UnplacedCode.UNREADABLE)

    # -- names ----------------------------------------------------------------------------------------------------

    def _by_name(self, context: Context) -> Resolution:
        territory = self._territories.whole(context)
        if territory is not None:
            return territory
        name, *others = dict.fromkeys(text.strip() for text in (context.query.name, *context.query.spellings))
        others = [text for text in others if not why_unreadable(text)]
        readings = read_name(name)
        found = self._known(context, readings) or self._made_up(context, readings)
        if found is not None:
            is_bare = all(reading.body is Body.TOWN and not reading.qualifiers for reading in readings)
            return self._agreed(context, found, others, is_bare=is_bare) if others else found
        for reading in readings:  # its kind words exclude a town of another spelling
            part = self._parts.without_register(reading, context.country, context.region, name)
            if part is not None:
                return part
        for text in others:
            found = self._known(context, read_name(text)) or self._made_up(context, read_name(text))
            if found is not None:
                return _less_sure(found, f"Found by the record's other spelling {text[:80]!r}.", 0.92)
        for text in (name, *others):
            found = self._misspelled(context, read_name(text))
            if found is not None:
                return found
        return self._not_known(context, readings)

    def _agreed(self, context: Context, found: Resolution, others: list[str], *, is_bare: bool) -> Resolution:
        """Return what a name and the record's other spellings of it mean together.

        A spelling is evidence: of several places of the name it chooses the one that has both, and a body or a place
        that is meant for certain wins over a region, a conflict or a guess.
        """
        is_certain = found.confidence >= _CERTAIN or not (is_bare or found.conflict)
        if found.status is ResolutionStatus.MATCHED and found.place.municipality is not None and is_certain:
            return found
        for text in others:
            readings = read_name(text)
            other = self._known(context, readings) or self._made_up(context, readings)
            if other is None or other.status is ResolutionStatus.UNKNOWN:
                continue
            both = _of_both(found, other)
            if both is not None:
                reason = f"The record's other spelling {text[:80]!r} decides."
                return both if both is found else replace(both, reasons=(reason, *both.reasons))
        return found

    def _known(self, context: Context, readings: tuple[Reading, ...]) -> Resolution | None:
        """Return what the first reading means that a register knows; what has no point gives way to what has one."""
        pointless: Resolution | None = None
        for reading in readings:
            found = self._read_as(context, reading)
            if found is not None and (found.status is not ResolutionStatus.MATCHED or has_point(found)):
                return found
            pointless = pointless or found
        return pointless

    def _read_as(self, context: Context, reading: Reading) -> Resolution | None:
        """Return what a reading means in the registers: a town, a region, an area; or a body that is no town."""
        if reading.body is not Body.TOWN or reading.if_fits:
            find = self._parts.find if reading.body is not Body.TOWN else self._if_fits
            return find(reading, context)
        entries = bearers(self._gazetteer, reading.key, context.country)
        if context.spot is not None:
            entries = overseas(self._gazetteer, reading.key, context, entries)
        region = self._territories.region(
            context, reading, [entry for entry in entries if entry.type == EntryType.TOWN]
        )
        if region is not None:
            return self._town_of_region(context, reading, region) or self._answers.region(region, 0.9)
        if entries:
            return self._namesakes.choose(context, reading, self._bearing_all(entries, reading, context.country))
        seated = self._seats.find(context, reading)
        if seated is not None:
            return seated
        found = self._areas.find(context, reading)
        if found is not None and (found.status is not ResolutionStatus.MATCHED or has_point(found)):
            return found
        other = (
            self._parts.borough(reading, context)
            or self._village(context, reading)
            or self._parts.postal_area(reading, context)
        )
        return other or found

    def _if_fits(self, reading: Reading, context: Context) -> Resolution | None:
        """Return the place of the name in the county, district or raion that qualifies it; None where none is there."""
        entries = bearers(self._gazetteer, reading.key, context.country)
        fits = self._namesakes.fit(reading, entries, context.country)
        return self._namesakes.choose(context, reading, entries) if fits else None

    def _town_of_region(self, context: Context, reading: Reading, region: Region) -> Resolution | None:
        """Return the town that a region is called after, where the register spells it otherwise: Zaporizhzhia."""
        other = self._speller.in_region(reading.key, region, TOWN_IN_REGION)
        towns = towns_named(self._gazetteer, other.key, region.id[:2]) if other else []
        towns = [town for town in towns if town.region in {region.id, None}]
        if other is None or not towns:
            return None
        return _less_sure(self._namesakes.choose(context, reading, towns), other.reason, other.confidence)

    def _village(self, context: Context, reading: Reading) -> Resolution | None:
        """Return a place that only the postal codes have."""
        entries = self._gazetteer.villages(reading.key, context.country)
        return self._namesakes.choose(context, reading, entries) if entries else None

    def _bearing_all(self, entries: list[Entry], reading: Reading, country: str | None) -> list[Entry]:
        """Return the entries that have the other halves of a double name too, where some do."""
        for key in reading.also:
            others = {entry.pid for entry in bearers(self._gazetteer, key, country)}
            entries = [entry for entry in entries if entry.pid in others] or entries
        return entries

    def _made_up(self, context: Context, readings: tuple[Reading, ...]) -> Resolution | None:
        """Return what a name means that is inflected or transliterated."""
        for reading in _towns(readings):
            for other in self._speller.respell(reading.key, context.country):
                found = self._respelled(context, reading, other)
                if found is not None:
                    return found
        for reading in _towns(readings):
            merged = self._parts.merged(reading, context)
            if merged is not None:
                return merged
        return None

    def _misspelled(self, context: Context, readings: tuple[Reading, ...]) -> Resolution | None:
        for reading in _towns(readings):
            near = self._speller.nearest(reading.key, context.country) if context.country else None
            found = self._respelled(context, reading, near) if near else None
            if found is not None:
                return found
        return None

    def _respelled(self, context: Context, reading: Reading, other: Respelled) -> Resolution | None:
        entries = bearers(self._gazetteer, other.key, context.country) or self._gazetteer.villages(
            other.key, context.country
        )
        if not of_hromada_kind(reading, entries):
            return None
        return _less_sure(self._namesakes.choose(context, reading, entries), other.reason, other.confidence)

    # -- no claim -------------------------------------------------------------------------------------------------

    def _not_known(self, context: Context, readings: tuple[Reading, ...]) -> Resolution:
        """Answer that the name is unknown, and offer places whose names are longer or shorter: enough to look."""
        country = self._gazetteer.country_by_id(context.country)
        reason = f"No register has a place of this name{f' in {country.name}' if country else ''}."
        for reading in _towns(readings) if context.country else ():
            for key in self._speller.longer_or_shorter(reading.key, context.country or ""):
                entries = merge_doubles(rank(towns_named(self._gazetteer, key, context.country)))
                return self._answers.unknown(context, reason, entries=entries)
        return self._answers.unknown(context, reason)


# From this confidence on a name needs no other spelling, and a spelling decides against a less certain name.
_CERTAIN = 0.95
_DECIDES = 0.8
# Both spellings may mean this near to each other: a town and the body around it. Chosen by hand.
_SAME_KM = 25.0


def _of_both(found: Resolution, other: Resolution) -> Resolution | None:
    """Return the one of two answers, for two spellings of one place, that both allow; None where neither is."""
    matched = found.status is ResolutionStatus.MATCHED, other.status is ResolutionStatus.MATCHED
    ours, theirs = _municipalities(found), _municipalities(other)
    if all(matched):
        mine, its = found.place.municipality, other.place.municipality
        if mine is not None and (its is None or mine.id in theirs or (_near(mine, its) and not found.conflict)):
            return found
        sure = other.confidence >= _DECIDES and not other.conflict
        better = mine is None or bool(found.conflict) or (its is not None and its.id in ours)
        return other if its is not None and sure and (better or other.confidence > found.confidence) else None
    if any(matched):
        return other if matched[1] and other.confidence >= _DECIDES and not other.conflict else None
    common = [candidate for place_id, candidate in ours.items() if place_id in theirs]
    if len(common) != 1:
        return None
    reason = "It is the one place that both spellings mean."
    return Resolution(status=ResolutionStatus.MATCHED, place=common[0].place, confidence=_DECIDES, reasons=(reason,))


def _municipalities(found: Resolution) -> dict[str, Candidate]:
    """Return what an answer may mean by the id of the municipality."""
    meant = [Candidate(place=found.place, confidence=found.confidence)]
    offered = [*(meant if found.status is ResolutionStatus.MATCHED else []), *found.candidates]
    return {each.place.municipality.id: each for each in offered if each.place.municipality is not None}


def _near(first: Municipality, second: Municipality) -> bool:
    if first.lat is None or first.lon is None or second.lat is None or second.lon is None:
        return False
    return distance_km(first.lat, first.lon, second.lat, second.lon) <= _SAME_KM


def _spot(query: PlaceQuery) -> tuple[float, float] | None:
    if query.lat is None or query.lon is None or not (-90 <= query.lat <= 90 and -180 <= query.lon <= 180):
        return None
    return query.lat, query.lon


def _towns(readings: tuple[Reading, ...]) -> list[Reading]:
    """Return the readings as a town; none where kind words say that the name is none."""
    if any(reading.body not in {Body.TOWN, Body.CITY_DISTRICT} for reading in readings):
        return []
    return [reading for reading in readings if reading.body is Body.TOWN and "(" not in reading.words]


def _less_sure(found: Resolution, reason: str, confidence: float) -> Resolution:
    sure = round(found.confidence * confidence, 2)
    return replace(found, confidence=sure, reasons=(reason, *found.reasons))
