"""Tables of metropolises: which municipalities belong to them."""

from twingraph.loaders.fields import Fields
from twingraph.loaders.forms import PAGE, Form, Side
from twingraph.loaders.records import MembershipRecord

__all__ = ["METROPOLISES"]


def read(fields: Fields) -> tuple[MembershipRecord, ...]:
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
    read=read,
    sides=(Side("metropolis"), Side("member", "member_")),
)
