"""Tables of flows: aid that was sent, people who were taken in."""

from twingraph.graph.model import Relation
from twingraph.loaders.fields import Fields
from twingraph.loaders.forms import PAGE, Form, Side
from twingraph.loaders.lookups import fold, known_words
from twingraph.loaders.records import FlowRecord

__all__ = ["FLOWS"]

HOSTING = "hosting"
PIECES = "count"


def read(fields: Fields) -> tuple[FlowRecord, ...]:
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
    read=read,
    sides=(Side("from", "from_"), Side("to", "to_")),
)
