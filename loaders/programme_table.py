"""Tables of programmes: which municipalities take part in a marathon, a platform, a fund."""

from twingraph.loaders.fields import Fields
from twingraph.loaders.forms import HOME, PAGE, Form
from twingraph.loaders.records import ParticipationRecord

__all__ = ["PROGRAMMES"]


def read(fields: Fields) -> tuple[ParticipationRecord, ...]:
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
    read=read,
    told_by=("programme",),
    sides=(HOME,),
)
