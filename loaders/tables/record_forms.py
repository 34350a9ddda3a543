"""The six forms of tables that can be read, as data: their fields, and the attribute of a record that each becomes."""

from collections.abc import Callable, Mapping
from functools import cache, partial

from twingraph.graph.model import ApplicationStatus, Kind, Relation, Status
from twingraph.loaders.records import (
    ApplicationRecord,
    FlowRecord,
    MembershipRecord,
    ParticipationRecord,
    PartnershipRecord,
)
from twingraph.loaders.tables.cells import is_blank_mark
from twingraph.loaders.tables.fields import Fields, Side
from twingraph.loaders.tables.forms import WHOLE, Attributes, Form, Seconds
from twingraph.loaders.tables.lookups import cell_words, known_words
from twingraph.loaders.tables.split_lists import SEPARATOR, split_cell
from twingraph.text.folding import fold

__all__ = ["FORMS", "GEOCODED_PAIRS", "METROPOLISES"]


def _attribute(name: str, read: Callable[[Fields, str], object], column: str | None = None) -> Attributes:
    column = column or name
    return Attributes(fields=(column,), read=lambda fields: {name: read(fields, column)})


def _choice[T: str](name: str, choices: type[T], default: T, words: str | None = None) -> Attributes:
    return _attribute(name, lambda fields, column: fields.choice(column, choices, default, words=words))


def _constant(**values: object) -> Attributes:
    return Attributes(fields=(), read=lambda _: values)


def _read_period(fields: Fields) -> Mapping[str, object]:
    since, until = fields.period()
    return {"since": since, "until": until}


def _read_act(fields: Fields) -> Mapping[str, object]:
    """Return the kind of a partnership and the title of its document.

    The cell of the document may have a kind instead of a title, or a title that begins with one; it is used where the
    row has no kind of its own.
    """
    kind, title = fields.choice("kind", Kind, Kind.OTHER), fields.text("agreement")
    if title is not None and fold(title) in _answers():
        title = None
    if title is None or fields.text("kind") is not None:
        return {"kind": kind, "agreement": title}
    words, known = fold(title).split(), known_words()["kind"]
    for count in range(len(words), 0, -1):
        if found := known.get(" ".join(words[:count])):
            return {"kind": Kind(found), "agreement": None if count == len(words) else title}
    return {"kind": kind, "agreement": title}


@cache
def _answers() -> frozenset[str]:
    return frozenset(map(fold, cell_words("answer")))


def _read_goods(fields: Fields) -> Mapping[str, object]:
    """Return what was sent and how much of it, or how many people were hosted."""
    kind, unit = fields.text("kind") or "aid", fields.text("unit")
    is_hosting = known_words()["flow"].get(fold(kind)) == "hosting"
    goods = "people" if is_hosting else kind
    unit = known_words()["unit"].get(fold(unit or ""), unit)
    return {
        "relation": Relation.HOSTED if is_hosting else Relation.SENT_AID,
        "goods": goods,
        "amount": fields.number("amount"),
        "unit": goods if unit == "count" else unit,
    }


def _read_programme(fields: Fields) -> Mapping[str, object] | None:
    name = fields.name("programme")
    return None if name is None else {"programme": name}


def _one_place(side: Side, fields: Fields) -> Seconds:
    if (query := fields.place(side)) is not None:
        yield query, WHOLE


def _partners(fields: Fields) -> Seconds:
    """Yield the partners that a row names, each with its country."""
    names, countries = fields.values.get("partner", ""), fields.values.get("partner_country", "")
    if not (SEPARATOR.search(names) or SEPARATOR.search(countries)):
        yield from _one_place(PARTNER, fields)
        return
    partners = split_cell(names)
    if all(map(is_blank_mark, partners)):
        yield from _one_place(PARTNER, fields)
        return
    by_partner = split_cell(countries)
    if len(by_partner) < len(partners):  # "Krasnik; Vyshhorod" with "Poland, Slovakia"
        by_partner = tuple(country.strip() for country in countries.split(","))
    if len(by_partner) != len(partners):
        by_partner = (fields.text("partner_country") or "",) * len(partners)
    for partner, country in zip(partners, by_partner, strict=True):
        name = fields.listed("partner", partner)
        if name is not None:
            region = fields.text(PARTNER.field("region"))
            is_listed = len(partners) > 1
            part = {"partner": partner, "partner_country": country} if is_listed else WHOLE
            yield fields.query(name, PARTNER, country=country or None, region=region, is_listed=is_listed), part


def _sought(fields: Fields) -> Seconds:
    """Yield the places that a row seeks: municipalities, else any of a region, else any of a country."""
    columns = (SOUGHT.town, SOUGHT.field("region"), SOUGHT.field("country"))
    places, regions, countries = (split_cell(fields.values.get(column, "")) for column in columns)
    lists = zip(columns, (places, regions, countries), strict=True)
    column, names = next(((column, items) for column, items in lists if not all(map(is_blank_mark, items))), ("", ()))
    if len(countries) != len(names):
        countries = (fields.text(columns[2]) or "",) * len(names)
    region = fields.text(columns[1]) if names is places else None
    found = False
    for item, country in zip(names, countries, strict=True):
        name = fields.listed(SOUGHT.town, item)
        if name is not None:
            found = True
            part = {columns[2]: country, column: item} if len(names) > 1 else WHOLE
            yield fields.query(name, SOUGHT, country=country or None, region=region, is_listed=True), part
    if not found and (seeker := fields.text("municipality")) is not None:
        fields.report("nobody is sought", f"{seeker}: neither a municipality nor a country", "row skipped")


IDENTIFIERS = ("local", "region", "lat", "lon", "geonames_id", "wikidata_id", "katottg")
HOME = Side("municipality", qualifiers=IDENTIFIERS)
PARTNER = Side("partner", prefix="partner_", qualifiers=IDENTIFIERS)
SOUGHT = Side("sought", prefix="sought_", qualifiers=("region",))
CITIES = tuple(Side(f"city{n}", suffix=n, longitude="lng", qualifiers=("lat", "lon")) for n in "12")
GIVER, RECEIVER = Side("from", prefix="from_"), Side("to", prefix="to_")
METROPOLIS, MEMBER = Side("metropolis"), Side("member", prefix="member_")

PERIOD = Attributes(fields=("since", "until"), read=_read_period)
SINCE, UNTIL = _attribute("since", Fields.date), _attribute("until", Fields.date)
THEMES = _attribute("themes", Fields.texts)
NOTE = _attribute("words", Fields.text, "note")
PAGE = Attributes(fields=("source_url", "source_title", "source_date"), read=lambda fields: {"page": fields.page()})

PARTNERSHIPS = Form(
    name="partnerships",
    record=PartnershipRecord,
    needed=("municipality", "country", "partner", "partner_country"),
    sides=(HOME, PARTNER),
    first=HOME,
    second=_partners,
    attributes=(
        Attributes(fields=("kind", "agreement"), read=_read_act),
        Attributes(fields=("status", "since", "until", "approved_by", "note"), read=Fields.standing),
        _attribute("signed_by", Fields.texts),
        THEMES,
        PAGE,
    ),
)
GEOCODED_PAIRS = Form(
    name="geocoded pairs",
    record=PartnershipRecord,
    needed=("city1", "country1", "city2", "country2"),
    sides=CITIES,
    first=CITIES[0],
    second=partial(_one_place, CITIES[1]),
    attributes=(_constant(kind=Kind.TWIN_TOWN, status=Status.UNKNOWN), PAGE),  # the form has no status
)
FLOWS = Form(
    name="flows",
    record=FlowRecord,
    needed=("from", "from_country", "to", "to_country", "kind"),
    sides=(GIVER, RECEIVER),
    first=GIVER,
    second=partial(_one_place, RECEIVER),
    attributes=(Attributes(fields=("kind", "amount", "unit"), read=_read_goods), PERIOD, NOTE, PAGE),
)
METROPOLISES = Form(
    name="metropolises",
    record=MembershipRecord,
    needed=("metropolis", "country", "member", "member_country"),
    sides=(METROPOLIS, MEMBER),
    first=MEMBER,
    second=partial(_one_place, METROPOLIS),
    attributes=(SINCE, UNTIL, NOTE, PAGE),
)
APPLICATIONS = Form(
    name="applications",
    record=ApplicationRecord,
    needed=("municipality", "country", "sought_country"),
    sides=(HOME, SOUGHT),
    first=HOME,
    second=_sought,
    attributes=(
        _choice("status", ApplicationStatus, ApplicationStatus.OPEN, "application"),
        _attribute("since", Fields.date, "stated"),
        UNTIL,
        THEMES,
        NOTE,
        PAGE,
    ),
    recognised_by=("sought", "sought_country", "sought_region"),
)
PROGRAMMES = Form(
    name="programmes",
    record=ParticipationRecord,
    needed=("programme", "municipality", "country"),
    sides=(HOME,),
    first=HOME,
    second=None,
    attributes=(
        Attributes(fields=("programme",), read=_read_programme),
        _attribute("publisher", Fields.text, "programme_publisher"),
        _attribute("url", Fields.address, "programme_url"),
        SINCE,
        NOTE,
        PAGE,
    ),
    recognised_by=("programme",),
)
FORMS = (PARTNERSHIPS, GEOCODED_PAIRS, FLOWS, METROPOLISES, APPLICATIONS, PROGRAMMES)
"""All forms, in the order of the documentation; of two that fit a table equally well the first is taken."""
