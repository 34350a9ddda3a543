"""What was said, as plain data: the statements behind each tie, flow and membership, and the sources of all."""

from collections.abc import Mapping
from typing import cast
from urllib.parse import urlsplit

from twingraph.graph.model import Application, Flow, Membership, Participation, Partnership, Programme, Relation, Source
from twingraph.maps.columns import Json, present
from twingraph.queries.scope import StoredStatement, Subgraph

__all__ = [
    "application_data",
    "data_date",
    "flow_data",
    "member_data",
    "part_data",
    "programme_data",
    "safe_url",
    "sayings_of",
    "source_data",
]


def data_date(subgraph: Subgraph) -> str | None:
    """Return the day of the data: the latest on which a source was retrieved, else the latest statement's."""
    days = [source.retrieved for source in subgraph.sources if source.retrieved]
    days = days or [saying.statement.said_on for saying in subgraph.statements if saying.statement.said_on]
    return max(days, default=None)


def flow_data(item: Flow, number: Mapping[str, int], said: Mapping[str, list[Json]]) -> Json:
    """Return aid or hosting between two places, which bear numbers, with what was said of it."""
    return present(
        key=item.id,
        type="hosted" if item.relation is Relation.HOSTED else "aid",
        a=number[item.start.id],
        b=number[item.end.id],
        goods=item.goods,
        amount=item.amount,
        unit=item.unit,
        since=item.since,
        until=item.until,
        note=item.note,
        said=said.get(item.id),
    )


def member_data(item: Membership, number: Mapping[str, int], said: Mapping[str, list[Json]]) -> Json:
    """Return that a place belongs to a metropolis, with what was said of it."""
    return present(
        key=item.id,
        a=number[item.start.id],
        b=number[item.end.id],
        since=item.since,
        until=item.until,
        note=item.note,
        said=said.get(item.id),
    )


def application_data(item: Application, number: Mapping[str, int], said: Mapping[str, list[Json]]) -> Json:
    """Return that a place seeks a partner, with what was said of it: an arrow as aid is."""
    return present(
        key=item.id,
        type="sought",
        a=number[item.start.id],
        b=number[item.end.id],
        themes=list(item.themes),
        since=item.stated,
        until=item.until,
        status=item.status,
        said=said.get(item.id),
    )


def part_data(
    item: Participation, number: Mapping[str, int], programme: Mapping[str, int], said: Mapping[str, list[Json]]
) -> Json:
    """Return that a place takes part in a programme, which bears a number too, with what was said of it."""
    return present(a=number[item.start.id], p=programme[item.end.id], since=item.since, said=said.get(item.id))


def programme_data(programme: Programme) -> Json:
    """Return a programme as the page shows it."""
    return present(key=programme.id, name=programme.name, publisher=programme.publisher, url=safe_url(programme.url))


def sayings_of(subgraph: Subgraph, source_number: Mapping[str, int]) -> dict[str, list[Json]]:
    """Return the statements behind each tie, flow and membership, by its id."""
    found: dict[str, list[Json]] = {}
    ties = {tie.id: tie for tie in subgraph.partnerships}
    names = {place.id: place.name for place in subgraph.municipalities}
    names |= {place.id: place.name for place in subgraph.metropolises}
    for saying in subgraph.statements:
        statement = saying.statement
        about = statement.about
        if about:
            said = _saying(saying, source_number)
            tie = ties.get(about)
            if tie:
                _shorten(said, tie, {names.get(tie.start.id), names.get(tie.end.id)})
            found.setdefault(about, []).append(said)
    return found


def _shorten(said: Json, tie: Partnership, names: set[str | None]) -> None:
    """Leave out of a statement what it says as the partnership does; an empty text is what it does not say."""
    for fact in ("kind", "status", "since", "until"):
        if said.get(fact) == getattr(tie, fact):
            said.pop(fact, None)
        elif fact not in said:
            said[fact] = ""
    if set(cast("list[str]", said.get("names", []))) == names:
        del said["names"]


def _saying(saying: StoredStatement, source_number: Mapping[str, int]) -> Json:
    statement = saying.statement
    return present(
        src=[source_number[id_] for id_ in saying.sources if id_ in source_number],
        row=f"{saying.row} [{saying.sheet}]" if saying.sheet else saying.row,
        on=statement.said_on,
        names=[name for name in (statement.name_a, statement.name_b) if name],
        kind=statement.kind,
        status=statement.status,
        since=statement.since,
        until=statement.until,
        signed=list(statement.signed_by),
        approved=statement.approved_by,
        words=statement.words,
    )


def source_data(source: Source) -> Json:
    """Return a source as the page shows it."""
    return present(
        title=source.title,
        publisher=source.publisher,
        url=safe_url(source.url),
        licence=source.licence,
        published=source.published,
        retrieved=source.retrieved,
    )


def safe_url(url: str | None) -> str | None:
    """Return a web address that may become a link, or ``None``: ``javascript:`` and its like never do."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme.lower() in {"http", "https"} and parts.netloc else None
