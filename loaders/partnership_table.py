"""Tables of partnerships: one row, one thing that a page says of two partners."""

from collections.abc import Iterator

from twingraph.graph.model import Kind, Status
from twingraph.loaders.cell_marks import says_nothing
from twingraph.loaders.fields import Fields
from twingraph.loaders.forms import HOME, PAGE, Form, Side
from twingraph.loaders.listed import SEPARATOR, parts_of_list
from twingraph.loaders.records import PartnerList, PartnershipRecord

__all__ = ["PARTNERSHIPS"]

PARTNER = Side("partner", "partner_")


def read(fields: Fields) -> Iterator[PartnershipRecord | PartnerList]:
    """Turn one row into a record for each partner; a row without both names is reported and says nothing."""
    name, raw = fields.name("municipality"), fields.values.get("partner", "")
    if name is None:
        return
    parts = parts_of_list(raw) if SEPARATOR.search(raw) else ()
    if all(map(says_nothing, parts)):
        partners: tuple[str | None, ...] = (fields.name("partner"),)
    else:
        partners = tuple(fields.listed("partner", part) for part in parts)
    said = fields.values.get("partner_country", "")
    countries = parts_of_list(said)
    if len(countries) < len(partners):  # "Krasnik; Vyshhorod" beside "Poland, Slovakia"
        countries = tuple(part.strip() for part in said.split(","))
    for number, partner in enumerate(partners):
        if partner is None:
            continue
        country = countries[number] if len(countries) == len(partners) else fields.text("partner_country")
        record = _record(fields, name, partner, country, alone=len(partners) == 1)
        yield PartnerList(said=record) if "," in partner else record


def _record(fields: Fields, name: str, partner: str, country: str | None, *, alone: bool) -> PartnershipRecord:
    since, until = fields.period()
    partner_local = fields.text("partner_local") if alone else None
    return PartnershipRecord(
        row=fields.line,
        first=fields.home(name),
        second=fields.place(
            partner,
            country=country,
            region=fields.text("partner_region"),
            spellings=(partner_local,) if partner_local else (),
            beside=PARTNER.prefix if alone else None,
        ),
        kind=fields.choice("kind", Kind, Kind.OTHER),
        status=fields.choice("status", Status, Status.UNKNOWN),
        since=since,
        until=until,
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
        *HOME.optional,
        "partner_local",
        *PARTNER.optional,
        "kind",
        "status",
        "since",
        "until",
        "signed_by",
        "approved_by",
        "themes",
        "note",
        *PAGE,
    ),
    read=read,
    sides=(HOME, PARTNER),
)
