"""Bodies that are called after no town and that no register places: at the town where their council sits."""

from dataclasses import replace

from twingraph.graph.geodesy import distance_km
from twingraph.loaders.packaged_tables import read_table
from twingraph.loaders.places.answers import Context
from twingraph.loaders.places.bodies import make_body
from twingraph.loaders.places.bodies_finder import PartFinder
from twingraph.loaders.places.gazetteer import SORT_AREA, SORT_TOWN, Entry, Gazetteer
from twingraph.loaders.places.model import Place, Resolution, ResolutionStatus
from twingraph.loaders.places.ranking import at, merge_doubles, rank
from twingraph.loaders.places.reading import Body, Reading
from twingraph.text.folding import name_key

__all__ = ["Seats"]

# An area of a body's name is the body where its point lies this near to the seat.
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
            return None  # the register tells where it is
        return Resolution(
            status=ResolutionStatus.MATCHED, place=_of_kind(place, row["kind"]), confidence=0.85, reasons=(reason,)
        )

    def _seat(self, row: dict[str, str]) -> Entry | None:
        """Return the town of a row, or the one village of its name that postal codes tell of where there is no town."""
        key, country, region = name_key(row["seat"]), row["country"], row["region"] or None
        town = self._parts.town(key, country, region)
        if town is not None or any(entry.sort == SORT_TOWN for entry in self._gazetteer.named(key, country)):
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
            if entry.sort == SORT_AREA and entry.grade == 0
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
