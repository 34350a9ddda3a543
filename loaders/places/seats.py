"""Bodies that are called after no town and that no register knows: at the town where their council sits."""

from dataclasses import replace

from twingraph.loaders.places.answers import Context
from twingraph.loaders.places.bodies import make_body
from twingraph.loaders.places.fold import name_key
from twingraph.loaders.places.gazetteer import Gazetteer
from twingraph.loaders.places.model import Resolution, ResolutionStatus
from twingraph.loaders.places.parts import PartFinder
from twingraph.loaders.places.reading import Body, Reading
from twingraph.loaders.places.tables import read_table

__all__ = ["Seats"]


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
        self._known = {(name_key(row["name"]), row["country"]): row for row in read_table("seats.tsv")}

    def find(self, context: Context, reading: Reading) -> Resolution | None:
        """Return the body that a reading names; None where the table has none, or its seat is not certain."""
        row = self._known.get((reading.key, context.country or ""))
        seat = self._parts.town(name_key(row["seat"]), row["country"], None) if row else None
        if row is None or seat is None:
            return None
        place = make_body(
            self._gazetteer, name=row["name"], words=row["name"], body=Body.MERGED, country=row["country"],
            region=seat.region, point=seat,
        )  # fmt: skip
        if place.municipality is not None:
            place = replace(place, municipality=replace(place.municipality, kind=row["kind"]))
        reason = f"It is a {row['kind']} that is called after no town; its point is that of {seat.name}, its seat."
        return Resolution(status=ResolutionStatus.MATCHED, place=place, confidence=0.85, reasons=(reason,))
