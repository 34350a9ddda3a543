"""Tables of applications: who seeks a partner, and whom, on a platform or in a list of a ministry."""

from collections.abc import Iterator
from dataclasses import replace

from twingraph.graph.model import ApplicationStatus
from twingraph.loaders.cell_marks import says_nothing
from twingraph.loaders.fields import Fields
from twingraph.loaders.forms import HOME, PAGE, Form, Side
from twingraph.loaders.listed import parts_of_list
from twingraph.loaders.places.model import PlaceQuery
from twingraph.loaders.records import ApplicationRecord, PartnerList

__all__ = ["APPLICATIONS"]


def read(fields: Fields) -> Iterator[ApplicationRecord | PartnerList]:
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
        yield PartnerList(said=said) if "," in query.name else said


def _sought(fields: Fields) -> list[PlaceQuery]:
    """Return whom a row seeks: municipalities, else any of a region, else any of a country."""
    places, regions, countries = (
        parts_of_list(fields.values.get(column, "")) for column in ("sought", "sought_region", "sought_country")
    )
    names = next((parts for parts in (places, regions, countries) if not all(map(says_nothing, parts))), ())
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
    read=read,
    told_by=("sought", "sought_country", "sought_region"),
    sides=(HOME, Side("sought", "sought_")),
)
