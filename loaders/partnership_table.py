"""Tables of partnerships: one row, one thing that a page says of two partners."""

from twingraph.graph.model import Kind, Status
from twingraph.loaders.fields import Fields
from twingraph.loaders.forms import Form
from twingraph.loaders.places.model import PlaceQuery
from twingraph.loaders.records import PartnershipRecord

__all__ = ["PARTNERSHIPS"]


def read(fields: Fields) -> PartnershipRecord | None:
    """Turn one row into a record; a row without both names is reported and says nothing."""
    name, partner = fields.name("municipality"), fields.name("partner")
    if name is None or partner is None:
        return None
    local, partner_local = fields.text("municipality_local"), fields.text("partner_local")
    return PartnershipRecord(
        row=fields.line,
        first=PlaceQuery(
            name=name,
            country=fields.text("country"),
            region=fields.text("region"),
            spellings=(local,) if local else (),
        ),
        second=PlaceQuery(
            name=partner,
            country=fields.text("partner_country"),
            region=fields.text("partner_region"),
            spellings=(partner_local,) if partner_local else (),
        ),
        kind=fields.choice("kind", Kind, Kind.OTHER),
        status=fields.choice("status", Status, Status.UNKNOWN),
        since=fields.date("since"),
        until=fields.date("until"),
        signed_by=fields.texts("signed_by"),
        approved_by=fields.text("approved_by"),
        themes=fields.texts("themes"),
        words=fields.text("note"),
        page=fields.page(),
    )


PARTNERSHIPS = Form(
    name="partnerships",
    needed=("municipality", "country", "partner", "partner_country"),
    optional=(
        "municipality_local",
        "region",
        "partner_local",
        "partner_region",
        "kind",
        "status",
        "since",
        "until",
        "signed_by",
        "approved_by",
        "themes",
        "note",
        "source_url",
        "source_title",
        "source_date",
    ),
    read=read,
)
