"""Finding bodies that are no town: by the register where it knows them, else by the town they are called after."""

import re
from collections.abc import Sequence
from dataclasses import replace

from twingraph.graph.geodesy import distance_km
from twingraph.loaders.places.answers import NEAR_KM, Answers, Context
from twingraph.loaders.places.bodies import make_body
from twingraph.loaders.places.gazetteer import Entry, Gazetteer
from twingraph.loaders.places.model import Place, Resolution, ResolutionStatus
from twingraph.loaders.places.ranking import CLEAR_SHARE, at, merge_doubles, nearest_to, rank, share_of_best
from twingraph.loaders.places.reading import Body, Reading, bare_key
from twingraph.text.folding import name_key
from twingraph.text.ukrainian import adjective_stem

__all__ = ["AreaFinder", "PartFinder", "has_point"]

_NO_POINT = "the register knows no settlements of it that lie near enough to each other for one point"


class AreaFinder:
    """Looks names up among the second-level areas.

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

    def find(self, context: Context, reading: Reading) -> Resolution | None:
        """Return the area that a reading names, or that several may be; None if no register knows one.

        Parameters
        ----------
        context
            What stands beside the name.
        reading
            How the name was read.
        """
        if context.country in {None, "UA"}:
            return None
        areas = [entry for entry in self._gazetteer.named(reading.key, context.country) if entry.sort == 3]
        if reading.body is Body.RAION:  # Wuzhong District lies in Suzhou; Wuzhong city is a prefecture far from it
            areas = [entry for entry in areas if entry.kind != "city"]
        best = min((entry.grade for entry in areas), default=0)
        areas = [entry for entry in areas if entry.grade == best]
        regions = [context.region]
        for qualifier in reading.qualifiers:
            region = self._gazetteer.region(qualifier, context.country)
            regions.append(region.id if region else None)
        for region_id in filter(None, regions):
            parent = self._gazetteer.parent_region(region_id)
            areas = [entry for entry in areas if entry.region in {region_id, parent}] or areas
        if context.spot is not None:
            areas = nearest_to(context.spot, areas, 2 * NEAR_KM) or areas
            areas = areas[:1] if areas and areas[0].lat is not None else areas
        if not areas:
            return None
        ranked = rank(areas)
        share = share_of_best(ranked)
        if share < CLEAR_SHARE:
            return self._answers.ambiguous(context, ranked, ())
        return self._matched(context, ranked[0], ranked[1:], 0.9 * share)

    def of_region(self, context: Context, region_id: str) -> Resolution | None:
        """Return the area that is a region of the second level in ISO 3166-2: ``IT-PR``."""
        found = [
            e for e in self._gazetteer.named(name_key(region_id), region_id.split("-", maxsplit=1)[0]) if e.sort == 3
        ]
        return self._matched(context, found[0], (), 0.9) if len(found) == 1 else None

    def _matched(self, context: Context, area: Entry, others: Sequence[Entry], confidence: float) -> Resolution:
        alone = (
            f"the likeliest of {len(others) + 1} areas of this name" if others else "an area that the register knows"
        )
        point = f"its point is {self._gazetteer.point_is(area)}" if area.lat is not None else _NO_POINT
        reasons = [f"It is {alone}; {point}."]
        return self._answers.matched(area, others, confidence, reasons, self._answers.far(context, area))


def has_point(found: Resolution) -> bool:
    """Return whether an answer can be shown on a map."""
    town = found.place.municipality
    return found.place.point is not None if town is None else town.lat is not None


# What joins the names of two settlements in that of their municipality: Reigate and Banstead, Pausa-Mühltroff.
_JOINT = re.compile(r"\s*[/–—-]\s*|\s+(?:and|und|et|og|och|ja|i|y|e|en|și|cum|with|&)\s+")
_JOINED_KM = 20.0
"""The settlements lie at most this far apart. Chosen by hand."""

# A part of a city lies at most this far from the city's middle; where a city has the rank of a region below a province,
# as in China, it may lie so far from it, in the same province.
_PART_KM = 30.0
_FAR_PART_KM = 120.0
_GREAT_CITY = 1_000_000
# Where what follows a name is the state it lies in: "Coventry, New York" is no part of New York City.
_COMMA_STATES = frozenset({"AU", "CA", "US"})
# A smaller town than this is taken for the whole of a part only by its own name.
_CITY_PEOPLE = 50_000

# Countries whose counties are as a rule not called after their seat.
_OTHER_SEATS = frozenset({"US", "CA", "AU", "NZ", "GB", "CN", "TW", "LR", "ZA"})
# A German Landkreis that is called like a smaller place is called after a river or a hill, not after it.
_SEAT_PEOPLE = 8000

# What sort of body an area is whose name alone does not tell.
_BODIES = {"county": Body.COUNTY, "district": Body.RAION}

# Kinds of regions in ISO 3166-2 that are parts of a city.
_BOROUGHS = {"london borough": "London"}

# Kinds of first-level regions that are counties or districts by their own name.
_COUNTY_KINDS = frozenset({"county", "district", "rayon", "raion", "parish", "department", "prefecture"})


class PartFinder:
    """Finds counties, raions, gminas, city districts and the like.

    Parameters
    ----------
    gazetteer
        The open index of places.
    """

    def __init__(self, gazetteer: Gazetteer, answers: Answers, areas: AreaFinder) -> None:
        self._gazetteer = gazetteer
        self._answers = answers
        self._areas = areas

    def find(self, reading: Reading, context: Context) -> Resolution | None:
        """Return the body that a reading means, or None if nothing tells where it is.

        Parameters
        ----------
        reading
            A reading whose body is no town.
        context
            What stands beside the name.
        """
        country, region, name = context.country, context.region, context.query.name
        if reading.body is Body.REGION:
            return self._region(reading, context)
        if country is None:
            return None
        area = self._area(reading, context) if reading.body in {Body.COUNTY, Body.RAION} else None
        if area is not None:
            return (
                area if area.status is not ResolutionStatus.MATCHED or has_point(area) else self._seated(area, reading)
            )
        for qualifier in reading.qualifiers:
            known = self._gazetteer.region(qualifier, country)
            region = known.id if known else region
        if reading.body is Body.CITY_DISTRICT:
            return self._city_district(reading, country, region, name)
        if country == "UA" and reading.body in {Body.RAION, Body.COUNTY}:
            return self._ukrainian_raion(reading, region, name)
        return self._at_seat(reading, country, region, name)

    def without_register(
        self, reading: Reading, country: str | None, region: str | None, name: str
    ) -> Resolution | None:
        """Return a body whose kind is told by its name but which nothing tells the place of."""
        if reading.body in {Body.TOWN, Body.CITY_DISTRICT} or country is None:
            return None
        place = make_body(
            self._gazetteer, name=name, words=reading.words, body=reading.body, country=country, region=region,
            point=None,
        )  # fmt: skip
        return _found(place, 0.6, "The name says what sort of body it is; no register at hand tells where.")

    def merged(self, reading: Reading, context: Context) -> Resolution | None:
        """Return a municipality that is called after two settlements near each other, with the point of the larger."""
        country, words = context.country, _JOINT.split(reading.words)
        if country is None or len(words) < 2:
            return None
        towns = [town for word in words if (town := self.town(name_key(word), country, context.region))]
        points = [point for town in towns if (point := at(town))]
        if len(points) < 2 or distance_km(*points[0], *points[1]) > _JOINED_KM:
            return None
        first, second = rank(towns[:2])
        place = make_body(
            self._gazetteer, name=context.query.name, words=reading.words, body=Body.MERGED, country=country,
            region=first.region, point=first,
        )  # fmt: skip
        reason = f"The name joins those of {first.name} and {second.name}; its point is that of {first.name}."
        return _found(place, 0.85, reason)

    def _region(self, reading: Reading, context: Context) -> Resolution | None:
        region = self._gazetteer.region(reading.words, context.country)
        if region is None:
            return self._areas.find(context, reading)
        area = None if self._gazetteer.is_first_level(region.id) else self._areas.of_region(context, region.id)
        return area or self._answers.region(region, 0.95)

    def borough(self, reading: Reading, context: Context) -> Resolution | None:
        """Return a borough that ISO 3166-2 lists as a part of a capital: it stands at the city."""
        region = self._gazetteer.region(reading.words, context.country, exact=True) if context.country else None
        city = _BOROUGHS.get(region.kind or "") if region is not None else None
        if region is None or city is None:
            return None
        part = Reading(reading.key, region.name, Body.CITY_DISTRICT, parent=city)
        return self._city_district(part, region.id[:2], None, region.name)

    def postal_area(self, reading: Reading, context: Context) -> Resolution | None:
        """Return a body whose point only the places of its postal codes tell: a Landkreis, a Swiss municipality."""
        named = self._gazetteer.named(reading.key, context.country) if context.country else []
        found = [entry for entry in named if entry.sort == 4]
        if context.region:
            found = [entry for entry in found if entry.region == context.region] or found
        if len(found) != 1:
            return None
        area = found[0]
        body = _BODIES.get(area.kind or "", Body.MERGED) if reading.body is Body.TOWN else reading.body
        place = make_body(
            self._gazetteer, name=context.query.name, words=bare_key(name_key(area.name)), body=body,
            country=area.country, region=area.region, point=area,
        )  # fmt: skip
        return _found(place, 0.85, f"Its point is the middle of the places in {area.name} that have postal codes.")

    def _area(self, reading: Reading, context: Context) -> Resolution | None:
        """Return a county or a district that a register knows, as a region of the first level or an area below."""
        if context.country == "UA":
            return None
        known = self._gazetteer.region(reading.words, context.country)
        if known is not None and known.kind in _COUNTY_KINDS and self._gazetteer.is_first_level(known.id):
            return self._answers.region(known, 0.95)
        return self._areas.find(context, reading) or self.postal_area(reading, context)

    def _seated(self, area: Resolution, reading: Reading) -> Resolution:
        """Return an area that the register knows no settlements of, at the town that it is called after."""
        body = area.place.municipality
        seat = self.town(reading.key, body.country_code, None) if body and body.country_code else None
        if body is None or seat is None or seat.region != (area.place.region.id if area.place.region else None):
            return area
        reason = f"It is an area that the register knows; its point is that of {seat.name}, which it is called after."
        place = replace(area.place, municipality=replace(body, lat=seat.lat, lon=seat.lon, unplaced=None))
        return replace(area, place=place, confidence=0.85, reasons=(reason,))

    # -- city districts -------------------------------------------------------------------------------------------

    def _city_district(  # noqa: PLR0911 - one return for each way to place a district
        self, reading: Reading, country: str, region: str | None, name: str
    ) -> Resolution | None:
        city = self.town(name_key(reading.parent), country, region)
        if city is None or ((city.grade or reading.if_fits) and (city.population or 0) < _CITY_PEOPLE):
            return None
        if country == "UA":
            districts = [e for e in self._gazetteer.named(reading.key, "UA") if e.sort == 2]
            mine = [e for e in districts if e.part_of and e.part_of == city.katottg]
            if mine:
                return _found(self._gazetteer.place(mine[0]), 0.95, f"It is a district of {city.name}.")
        spot = at(city)
        here = [e for e in self._gazetteer.named(reading.key, country) if e.sort == 0 and e.pid != city.pid]
        near = nearest_to(spot, here, _PART_KM, tie=lambda entry: 3.0 * entry.grade) if spot else []
        if near:
            return _found(self._as_district(near[0], sure=reading.if_fits), 0.93, f"It lies in or near {city.name}.")
        if reading.if_fits:
            return None
        if spot and (city.population or 0) >= _GREAT_CITY:
            far = nearest_to(spot, [entry for entry in here if entry.region == city.region], _FAR_PART_KM)
            if len(merge_doubles(far)) == 1:
                return _found(
                    self._gazetteer.place(far[0]), 0.85, f"It is the one place of this name around {city.name}."
                )
        if country in _COMMA_STATES and self._gazetteer.region(reading.parent, country, exact=True) is not None:
            return None
        place = make_body(
            self._gazetteer, name=name, words=reading.words, body=Body.CITY_DISTRICT, country=country,
            region=city.region, point=city, city=city.name,
        )  # fmt: skip
        return _found(place, 0.8, f"It is a part of {city.name}; its point is that of {city.name}.")

    def _as_district(self, entry: Entry, *, sure: bool) -> Place:
        """Return a place of the register, told as a city district where it lies in a city."""
        place = self._gazetteer.place(entry)
        if place.municipality is None or place.municipality.kind or not (sure or entry.suburb):
            return place
        return replace(place, municipality=replace(place.municipality, kind="city_district"))

    # -- counties, raions, gminas ---------------------------------------------------------------------------------

    def _ukrainian_raion(self, reading: Reading, region: str | None, name: str) -> Resolution | None:
        keys = dict.fromkeys((reading.key, adjective_stem(reading.key) + "ий"))
        raions = [e for key in keys for e in self._gazetteer.named(key, "UA") if e.sort == 1]
        if region:
            raions = [e for e in raions if e.region == region] or raions
        if len(raions) == 1:
            return _found(self._gazetteer.place(raions[0]), 0.95, "It is a raion of the Ukrainian codifier.")
        districts = [e for e in self._gazetteer.named(reading.key, "UA") if e.sort == 2]
        if not raions and len(districts) == 1:
            return _found(self._gazetteer.place(districts[0]), 0.85, "It is a city district of the Ukrainian codifier.")
        if raions:
            return None
        seat = self.town(reading.key, "UA", region)
        if seat is None:
            return None
        today = self._gazetteer.by_katottg(seat.part_of) if seat.part_of else None
        place = make_body(
            self._gazetteer, name=name, words=reading.words, body=Body.RAION, country="UA", region=seat.region,
            point=seat,
        )  # fmt: skip
        now = f", today part of {today.name}" if today else ""
        return _found(place, 0.85, f"A raion abolished in 2020{now}; its point is that of its seat {seat.name}.")

    def _at_seat(self, reading: Reading, country: str, region: str | None, name: str) -> Resolution | None:
        if reading.body is Body.METROPOLIS or country in _OTHER_SEATS:
            return None
        seat = self.town(reading.key, country, region)
        if seat is None or (country == "DE" and (seat.population or 0) < _SEAT_PEOPLE):
            return None
        place = make_body(
            self._gazetteer, name=name, words=reading.words, body=reading.body, country=country, region=seat.region,
            point=seat,
        )  # fmt: skip
        return _found(place, 0.8, f"It is called after {seat.name}; its point is that of {seat.name}.")

    def town(self, key: str, country: str, region: str | None) -> Entry | None:
        """Return the town that a key names for certain."""
        entries = [entry for entry in self._gazetteer.named(key, country) if entry.sort == 0]
        if region:
            entries = [entry for entry in entries if entry.region == region] or entries
        if not entries:
            return None
        merged = merge_doubles(rank(entries))
        return merged[0] if share_of_best(merged) >= CLEAR_SHARE else None


def _found(place: Place, confidence: float, reason: str) -> Resolution:
    return Resolution(status=ResolutionStatus.MATCHED, place=place, confidence=confidence, reasons=(reason,))
