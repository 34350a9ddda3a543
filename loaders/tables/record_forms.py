"""Tables of partnerships: one row, one thing that a page says of two partners."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from twingraph.graph.model import ApplicationStatus, Kind, Relation, Status
from twingraph.loaders.places.model import PlaceQuery
from twingraph.loaders.records import (
    ApplicationRecord,
    FlowRecord,
    MembershipRecord,
    ParticipationRecord,
    PartnerList,
    PartnershipRecord,
)
from twingraph.loaders.tables.cells import is_blank_mark
from twingraph.loaders.tables.fields import Fields
from twingraph.loaders.tables.forms import HOME, PAGE, Form, Side
from twingraph.loaders.tables.lookups import known_words
from twingraph.loaders.tables.split_lists import SEPARATOR, split_cell
from twingraph.text.folding import fold

__all__ = ["APPLICATIONS", "FLOWS", "GEOCODED_PAIRS", "METROPOLISES", "PARTNERSHIPS", "PROGRAMMES"]

PARTNER = Side("partner", "partner_")


def read(fields: Fields) -> Iterator[PartnershipRecord | PartnerList]:
    """Turn one row into a record for each partner; a row without both names is reported and says nothing."""
    name, raw = fields.name("municipality"), fields.values.get("partner", "")
    if name is None:
        return
    parts = split_cell(raw) if SEPARATOR.search(raw) else ()
    if all(map(is_blank_mark, parts)):
        partners: tuple[str | None, ...] = (fields.name("partner"),)
    else:
        partners = tuple(fields.listed("partner", part) for part in parts)
    said = fields.values.get("partner_country", "")
    countries = split_cell(said)
    if len(countries) < len(partners):  # "Krasnik; Vyshhorod" beside "Poland, Slovakia"
        countries = tuple(part.strip() for part in said.split(","))
    for number, partner in enumerate(partners):
        if partner is None:
            continue
        country = countries[number] if len(countries) == len(partners) else fields.text("partner_country")
        record = _record(fields, name, partner, country, alone=len(partners) == 1)
        yield PartnerList(record=record) if "," in partner else record


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


SIDES = tuple((f"city{side}", f"country{side}", f"lat{side}", f"lng{side}") for side in "12")


def read_geocoded_pairs(fields: Fields) -> tuple[PartnershipRecord, ...]:
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
    read=read_geocoded_pairs,
)


HOSTING = "hosting"
PIECES = "count"


def read_flow_table(fields: Fields) -> tuple[FlowRecord, ...]:
    """Turn one row into a record; a row without both names is reported and says nothing."""
    giver, receiver = fields.name("from"), fields.name("to")
    if giver is None or receiver is None:
        return ()
    kind = fields.text("kind") or "aid"
    hosted = known_words()["flow"].get(fold(kind)) == HOSTING
    goods = "people" if hosted else kind
    unit = fields.text("unit")
    unit = known_words()["unit"].get(fold(unit or ""), unit)
    since, until = fields.period()
    record = FlowRecord(
        row=fields.line,
        relation=Relation.HOSTED if hosted else Relation.SENT_AID,
        first=fields.place(giver, country=fields.text("from_country")),
        second=fields.place(receiver, country=fields.text("to_country")),
        goods=goods,
        amount=fields.number("amount"),
        unit=goods if unit == PIECES else unit,
        since=since,
        until=until,
        words=fields.text("note"),
        page=fields.page(),
    )
    return (record,)


FLOWS = Form(
    name="flows",
    needed=("from", "from_country", "to", "to_country", "kind"),
    optional=("amount", "unit", "since", "until", "note", *PAGE),
    read=read_flow_table,
    sides=(Side("from", "from_"), Side("to", "to_")),
)


def read_metropolis_table(fields: Fields) -> tuple[MembershipRecord, ...]:
    """Turn one row into a record; a row without both names is reported and says nothing."""
    metropolis, member = fields.name("metropolis"), fields.name("member")
    if metropolis is None or member is None:
        return ()
    record = MembershipRecord(
        row=fields.line,
        first=fields.place(member, country=fields.text("member_country")),
        second=fields.place(metropolis, country=fields.text("country")),
        since=fields.date("since"),
        until=fields.date("until"),
        words=fields.text("note"),
        page=fields.page(),
    )
    return (record,)


METROPOLISES = Form(
    name="metropolises",
    needed=("metropolis", "country", "member", "member_country"),
    optional=("since", "until", "note", *PAGE),
    read=read_metropolis_table,
    sides=(Side("metropolis"), Side("member", "member_")),
)


def read_application_table(fields: Fields) -> Iterator[ApplicationRecord | PartnerList]:
    """Turn one row into a record for each partner sought; a row that names none is reported and says nothing."""
    name = fields.name("municipality")
    if name is None:
        return
    sought = _sought(fields)
    if not sought:
        fields.report("nobody is sought", f"{name}: neither a municipality nor a country", "row skipped")
        return
    record = ApplicationRecord(
        row=fields.line,
        first=fields.home(name),
        second=sought[0],
        status=fields.choice("status", ApplicationStatus, ApplicationStatus.OPEN, words="application"),
        since=fields.date("stated"),
        until=fields.date("until"),
        themes=fields.texts("themes"),
        words=fields.text("note"),
        page=fields.page(),
    )
    for query in sought:
        said = replace(record, second=query)
        yield PartnerList(record=said) if "," in query.name else said


def _sought(fields: Fields) -> list[PlaceQuery]:
    """Return whom a row seeks: municipalities, else any of a region, else any of a country."""
    places, regions, countries = (
        split_cell(fields.values.get(column, "")) for column in ("sought", "sought_region", "sought_country")
    )
    names = next((parts for parts in (places, regions, countries) if not all(map(is_blank_mark, parts))), ())
    beside = countries if len(countries) == len(names) else (fields.text("sought_country"),) * len(names)
    region = fields.text("sought_region") if names is places else None
    queries = []
    for name, country in zip(names, beside, strict=True):
        clean = fields.listed("sought", name)
        if clean is not None:
            queries.append(fields.place(clean, country=country or None, region=region))
    return queries


APPLICATIONS = Form(
    name="applications",
    needed=("municipality", "country", "sought_country"),
    optional=(
        "municipality_local",
        *HOME.optional,
        "sought",
        "sought_region",
        "status",
        "stated",
        "until",
        "themes",
        "note",
        *PAGE,
    ),
    read=read_application_table,
    told_by=("sought", "sought_country", "sought_region"),
    sides=(HOME, Side("sought", "sought_")),
)


def read_programme_table(fields: Fields) -> tuple[ParticipationRecord, ...]:
    """Turn one row into a record; a row without both names is reported and says nothing."""
    programme, name = fields.name("programme"), fields.name("municipality")
    if programme is None or name is None:
        return ()
    record = ParticipationRecord(
        row=fields.line,
        first=fields.home(name),
        programme=programme,
        publisher=fields.text("programme_publisher"),
        url=fields.address("programme_url"),
        since=fields.date("since"),
        words=fields.text("note"),
        page=fields.page(),
    )
    return (record,)


PROGRAMMES = Form(
    name="programmes",
    needed=("programme", "municipality", "country"),
    optional=(
        "municipality_local",
        *HOME.optional,
        "programme_publisher",
        "programme_url",
        "since",
        "note",
        *PAGE,
    ),
    read=read_programme_table,
    told_by=("programme",),
    sides=(HOME,),
)
