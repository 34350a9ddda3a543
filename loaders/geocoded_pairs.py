"""Geocoded pairs: two places with their coordinates, and nothing on what joins them but that they are twins."""

from twingraph.graph.model import Kind, Status
from twingraph.loaders.fields import Fields
from twingraph.loaders.forms import PAGE, Form
from twingraph.loaders.places.model import PlaceQuery
from twingraph.loaders.records import PartnershipRecord

__all__ = ["GEOCODED_PAIRS"]


def read(fields: Fields) -> tuple[PartnershipRecord, ...]:
    """Turn one row into a record; a row without both names is reported and says nothing."""
    first, second = _place(fields, "1"), _place(fields, "2")
    if first is None or second is None:
        return ()
    # The form does not say how the pair stands today.
    record = PartnershipRecord(
        row=fields.line, first=first, second=second, kind=Kind.TWIN_TOWN, status=Status.UNKNOWN, page=fields.page()
    )
    return (record,)


def _place(fields: Fields, side: str) -> PlaceQuery | None:
    name = fields.name(f"city{side}")
    spot = fields.coordinates(f"lat{side}", f"lng{side}")
    if name is None:
        return None
    return fields.place(name, country=fields.text(f"country{side}"), spot=spot)


GEOCODED_PAIRS = Form(
    name="geocoded pairs",
    needed=("city1", "country1", "city2", "country2"),
    optional=("lat1", "lng1", "lat2", "lng2", *PAGE),
    read=read,
)
