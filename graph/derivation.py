"""What is true of a partnership, derived from everything that was said of it.

One rule, for every partnership:

1. *Recency.* Statements are ordered by the latest day that they speak of: the day on which they were made, the end or
   the beginning that they name. A statement without any date ranks below every dated one.
2. *Status* is the one of the latest statement that has one; a plan counts only where nothing else was said. Statements
   that differ and cannot be put in order dispute each other.
3. *Dates.* Of dates that can mean the same day the more precise one is kept; of dates that cannot, the one of the later
   statement is kept and the partnership is disputed.
4. *Signatories and themes* are gathered in the order of the statements; the approving body is the latest named.
5. *First and last seen* are the earliest and the latest day of its sources, or of their retrieval where they bear no
   date.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from twingraph.graph.dates import agree, precision
from twingraph.graph.model import Application, NodeRef, Participation, Partnership, Sourced, Statement, Status

__all__ = ["Evidence", "merge_partnership", "merge_sourced"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A statement with where it stands.

    Attributes
    ----------
    statement
        What was said.
    source_id
        The source that said it.
    retrieved
        The day on which that source was read.
    row, sheet
        Its row there, and the sheet of a workbook.
    """

    statement: Statement
    source_id: str
    retrieved: str | None = None
    row: int | None = None
    sheet: str | None = None


def merge_partnership(
    partnership_id: str, start: NodeRef, end: NodeRef, kind: str, evidence: Iterable[Evidence]
) -> Partnership:
    """Return the partnership that the evidence adds up to, whatever order it comes in.

    Parameters
    ----------
    partnership_id, start, end, kind
        Which pair and kind; `start` sorts before `end`.
    evidence
        Everything said of it, at least one statement.

    Raises
    ------
    ValueError
        There is no evidence: then there is no partnership.
    """
    ordered = sorted(evidence, key=_rank, reverse=True)
    if not ordered:
        raise ValueError(f"nothing is said of {partnership_id}")
    said = [item.statement for item in ordered]
    status, status_disputed = _status(said)
    since, since_disputed = _date([s.since for s in said])
    until, until_disputed = _date([s.until for s in said])
    seen = [day for item in ordered if (day := item.statement.said_on or item.retrieved)]
    return Partnership(
        start=start,
        end=end,
        id=partnership_id,
        kind=kind,
        status=status,
        since=since,
        until=until,
        signed_by=_gather(s.signed_by for s in said),
        approved_by=next((s.approved_by for s in said if s.approved_by), None),
        themes=_gather(s.themes for s in said),
        source_count=len({item.source_id for item in ordered}),
        first_seen=min(seen, default=None),
        last_seen=max(seen, default=None),
        disputed=status_disputed or since_disputed or until_disputed,
    )


def merge_sourced(relationship: Sourced, evidence: Iterable[Evidence]) -> Sourced:
    """Return a relationship with its sources, whatever order they come in.

    An application stands as the source that was read or written last has it; a participation began on the most precise
    of the days that can be the same.

    Parameters
    ----------
    relationship
        As one of its statements says.
    evidence
        Everything said of it.
    """
    ordered = sorted(evidence, key=_read_last, reverse=True)
    said = [item.statement for item in ordered]
    sources = tuple(sorted({item.source_id for item in ordered}))
    match relationship:
        case Application():
            return replace(
                relationship,
                status=next((s.status for s in said if s.status), None),
                until=next((s.until for s in said if s.until), None),
                themes=next((s.themes for s in said if s.themes), ()),
                source_ids=sources,
            )
        case Participation():
            return replace(relationship, since=_date([s.since for s in said])[0], source_ids=sources)
        case _:
            return replace(relationship, source_ids=sources)


def _read_last(item: Evidence) -> tuple[str, str]:
    return item.statement.said_on or item.retrieved or "", item.statement.id


def _latest_day(statement: Statement) -> str:
    # A plan speaks of a day to come, which says nothing about how recent it is.
    spoken_of = (statement.until, statement.since if statement.status != Status.PLANNED else None)
    return max((day for day in (statement.said_on, *spoken_of) if day), default="")


def _rank(item: Evidence) -> tuple[str, str]:
    return _latest_day(item.statement), item.statement.id


def _status(said: Sequence[Statement]) -> tuple[str, bool]:
    stated = [(s.status, _latest_day(s)) for s in said if s.status and s.status != Status.UNKNOWN]
    facts = [(status, day) for status, day in stated if status != Status.PLANNED]
    if not facts:
        return (Status.PLANNED if stated else Status.UNKNOWN), False
    latest, latest_day = facts[0]
    # Two statements are in order only if both are dated and their days differ for certain.
    disputed = any(
        status != latest and (not day or not latest_day or agree(day, latest_day)) for status, day in facts[1:]
    )
    return latest, disputed


def _date(days: Sequence[str | None]) -> tuple[str | None, bool]:
    known = [day for day in days if day]
    if not known:
        return None, False
    chosen = max((day for day in known if agree(day, known[0])), key=precision)
    return chosen, any(not agree(day, chosen) for day in known)


def _gather(groups: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for group in groups for name in group))
