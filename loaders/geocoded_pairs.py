"""Geocoded pairs: two places with their coordinates, and nothing on what joins them but that they are twins."""

from functools import partial

from twingraph.graph.model import Kind, Status
from twingraph.loaders.fields import Fields
from twingraph.loaders.forms import PAGE, Form
from twingraph.loaders.places.model import PlaceQuery
from twingraph.loaders.records import PartnershipRecord

__all__ = ["GEOCODED_PAIRS"]


SIDES = tuple((f"city{side}", f"country{side}", f"lat{side}", f"lng{side}") for side in "12")


def read(fields: Fields) -> tuple[PartnershipRecord, ...]:
    """Turn one row into a record; a row without both names is reported and says nothing."""
    first, second = (fields.place_in(columns, partial(_place, fields, *columns)) for columns in SIDES)
    if first is None or second is None:
        return ()
    # The form does not say how the pair stands today.
    record = PartnershipRecord(
        row=fields.line, first=first, second=second, kind=Kind.TWIN_TOWN, status=Status.UNKNOWN, page=fields.page()
    )
    return (record,)


def _place(fields: Fields, city: str, country: str, lat: str, lon: str) -> PlaceQuery | None:
    name = fields.name(city)
    spot = fields.coordinates(lat, lon)
    if name is None:
        return None
    return fields.place(name, country=fields.text(country), spot=spot)


GEOCODED_PAIRS = Form(
    name="geocoded pairs",
    needed=("city1", "country1", "city2", "country2"),
    optional=("lat1", "lng1", "lat2", "lng2", *PAGE),
    read=read,
)
