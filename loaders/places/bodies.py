"""Bodies that are no town: counties, raions, rural gminas, city districts, agglomerations, merged municipalities.

The register gives few of them coordinates of their own. The point of any other body is that of the town that it is
called after, that it is part of, or where its council sits, and the reasons name that town. Its id is made of its
country, its region and its name, and is never the id of the town.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from twingraph.graph.geodesy import distance_km
from twingraph.loaders.packaged_tables import read_table
from twingraph.loaders.places.answers import NEAR_KM, Answers, Context, make_body
from twingraph.loaders.places.gazetteer import Entry, EntryType, Gazetteer, Grade
from twingraph.loaders.places.model import Place, Resolution, ResolutionStatus
from twingraph.loaders.places.ranking import CLEAR_SHARE, at, merge_doubles, nearest_to, rank, share_of_best
from twingraph.loaders.places.reading import Body, Reading, bare_key
from twingraph.text.folding import name_key
from twingraph.text.ukrainian import adjective_stem

__all__ = ["AreaFinder", "PartFinder", "Seats", "has_point"]

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
            The record's country, region and coordinates.
        reading
            How the name was read.
        """
        if context.country in {None, "UA"}:
            return None
        areas = self._gazetteer.of_type(reading.key, context.country, EntryType.AREA)
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
        found = self._gazetteer.of_type(name_key(region_id), region_id.split("-", maxsplit=1)[0], EntryType.AREA)
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

# A part of a city lies at most _PART_KM from the city's middle, and in the same region at most _FAR_PART_KM from a city
# of _GREAT_CITY people: cities of China have the rank of a prefecture. Chosen by hand.
_PART_KM = 30.0
_FAR_PART_KM = 120.0
_GREAT_CITY = 1_000_000
# Where what follows a name is the state it lies in: "Coventry, New York" is no part of New York City.
_COMMA_STATES = frozenset({"AU", "CA", "US"})
# A city with fewer people has districts only under its own name, not an alternate one. Chosen by hand.
_CITY_PEOPLE = 50_000

# Countries whose counties are as a rule not called after their seat.
_OTHER_SEATS = frozenset({"US", "CA", "AU", "NZ", "GB", "CN", "TW", "LR", "ZA"})
# A German Landkreis with the name of a smaller place is named after a river or a hill. Chosen by hand.
_SEAT_PEOPLE = 8000

# The sort of body of an area of postal codes, by its kind.
_BODIES = {"county": Body.COUNTY, "district": Body.RAION}

_GMINA = "gmina "

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
        """Return the body that a reading means, or None if no register locates it.

        Parameters
        ----------
        reading
            A reading whose body is no town.
        context
            The record's country, region and coordinates.
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
        """Return a body of a kind that its name gives, without coordinates."""
        if reading.body in {Body.TOWN, Body.CITY_DISTRICT} or country is None:
            return None
        place = make_body(
            self._gazetteer, name=name, words=reading.words, body=reading.body, country=country, region=region,
            point=None,
        )  # fmt: skip
        return _found(place, 0.6, "The name says what kind of body it is. No register gives its coordinates.")

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
        """Return a borough that ISO 3166-2 lists as a part of a capital, with the point of the city."""
        region = self._gazetteer.region(reading.words, context.country, exact=True) if context.country else None
        city = _BOROUGHS.get(region.kind or "") if region is not None else None
        if region is None or city is None:
            return None
        part = Reading(reading.key, region.name, Body.CITY_DISTRICT, parent=city)
        return self._city_district(part, region.id[:2], None, region.name)

    def postal_area(self, reading: Reading, context: Context) -> Resolution | None:
        """Return a body whose only point is the middle of its postal codes: a Landkreis, a Swiss municipality."""
        named = self._gazetteer.named(reading.key, context.country) if context.country else []
        found = [entry for entry in named if entry.type == EntryType.POSTAL_AREA]
        if context.region:
            found = [entry for entry in found if entry.region == context.region] or found
        if len(found) != 1:
            return None
        area = found[0]
        body = _BODIES.get(area.kind or "", Body.MERGED) if reading.body is Body.TOWN else reading.body
        if name_key(area.name).startswith(_GMINA):  # the codes list it below its county, and it is none
            body = Body.RURAL_GMINA
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
        place = replace(
            area.place, municipality=replace(body, lat=seat.lat, lon=seat.lon, unplaced=None, unplaced_code=None)
        )
        return replace(area, place=place, confidence=0.85, reasons=(reason,))

    # -- city districts -------------------------------------------------------------------------------------------

    def _city_district(  # noqa: PLR0911 - one return for each way to place a district
        self, reading: Reading, country: str, region: str | None, name: str
    ) -> Resolution | None:
        city = self.town(name_key(reading.parent), country, region)
        if city is None or ((city.grade or reading.if_fits) and (city.population or 0) < _CITY_PEOPLE):
            return None
        if country == "UA":
            districts = self._gazetteer.of_type(reading.key, "UA", EntryType.CITY_DISTRICT)
            mine = [e for e in districts if e.part_of and e.part_of == city.katottg]
            if mine:
                return _found(self._gazetteer.place(mine[0]), 0.95, f"It is a district of {city.name}.")
        spot = at(city)
        here = [
            e for e in self._gazetteer.named(reading.key, country) if e.type == EntryType.TOWN and e.pid != city.pid
        ]
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
        """Return a place of the register, of the kind city district where it lies in a city."""
        place = self._gazetteer.place(entry)
        if place.municipality is None or place.municipality.kind or not (sure or entry.suburb):
            return place
        return replace(place, municipality=replace(place.municipality, kind="city_district"))

    # -- counties, raions, gminas ---------------------------------------------------------------------------------

    def _ukrainian_raion(self, reading: Reading, region: str | None, name: str) -> Resolution | None:
        keys = dict.fromkeys((reading.key, adjective_stem(reading.key) + "ий"))
        raions = [e for key in keys for e in self._gazetteer.named(key, "UA") if e.type == EntryType.RAION]
        if region:
            raions = [e for e in raions if e.region == region] or raions
        if len(raions) == 1:
            return _found(self._gazetteer.place(raions[0]), 0.95, "It is a raion of the Ukrainian codifier.")
        districts = self._gazetteer.of_type(reading.key, "UA", EntryType.CITY_DISTRICT)
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
        entries = self._gazetteer.of_type(key, country, EntryType.TOWN)
        if region:
            entries = [entry for entry in entries if entry.region == region] or entries
        if not entries:
            return None
        merged = merge_doubles(rank(entries))
        return merged[0] if share_of_best(merged) >= CLEAR_SHARE else None


def _found(place: Place, confidence: float, reason: str) -> Resolution:
    return Resolution(status=ResolutionStatus.MATCHED, place=place, confidence=confidence, reasons=(reason,))


# An area with the body's name is the body where its point lies this near to the seat. Chosen by hand.
_BODY_KM = 60.0


class Seats:
    """Finds bodies in the table of seats.

    Parameters
    ----------
    gazetteer
        The open index of places.
    parts
        Finds the towns.
    """

    def __init__(self, gazetteer: Gazetteer, parts: PartFinder) -> None:
        self._gazetteer = gazetteer
        self._parts = parts
        self._known = {
            (name_key(name), row["country"]): row for row in read_table("seats.tsv") for name in row["name"].split("; ")
        }

    def find(self, context: Context, reading: Reading) -> Resolution | None:
        """Return the body that a reading names; None where the table has none, or its seat is not certain.

        A body that is an area of the register has its id, and its point where it has one.
        """
        row = self._known.get((reading.key, context.country or ""))
        seat = self._seat(row) if row else None
        if row is None or seat is None:
            return None
        name = row["name"].split("; ")[0]
        reason = f"It is a {row['kind']} that is called after no town; its point is that of {seat.name}, its seat."
        area = self._area(reading, seat)
        if area is None:
            place = make_body(
                self._gazetteer, name=name, words=name, body=Body.MERGED, country=row["country"], region=seat.region,
                point=seat,
            )  # fmt: skip
        elif at(area) is None:
            place = self._gazetteer.place(area._replace(lat=seat.lat, lon=seat.lon))
        else:
            return None  # the register locates it
        return Resolution(
            status=ResolutionStatus.MATCHED, place=_of_kind(place, row["kind"]), confidence=0.85, reasons=(reason,)
        )

    def _seat(self, row: dict[str, str]) -> Entry | None:
        """Return the town of a row, or the one village of its name in the postal codes where there is no town."""
        key, country, region = name_key(row["seat"]), row["country"], row["region"] or None
        town = self._parts.town(key, country, region)
        if town is not None or any(entry.type == EntryType.TOWN for entry in self._gazetteer.named(key, country)):
            return town
        villages = [entry for entry in self._gazetteer.villages(key, country) if region in {None, entry.region}]
        merged = merge_doubles(rank(villages)) if villages else []
        return merged[0] if len(merged) == 1 else None

    def _area(self, reading: Reading, seat: Entry) -> Entry | None:
        """Return the one area of the body's name around its seat, or in the seat's region where it has no point."""
        here = at(seat)
        areas = [
            entry
            for entry in self._gazetteer.named(reading.key, seat.country)
            if entry.type == EntryType.AREA and entry.grade == Grade.NAME
        ]
        near = [
            area
            for area in areas
            if area.region == seat.region
            and (here is None or at(area) is None or distance_km(*here, *(at(area) or here)) <= _BODY_KM)
        ]
        return near[0] if len(near) == 1 else None


def _of_kind(place: Place, kind: str) -> Place:
    body = place.municipality
    return replace(place, municipality=replace(body, kind=kind)) if body is not None else place
