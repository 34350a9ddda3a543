"""Whether a partnership or an agreement is in force on a day: one rule, in Python and in Cypher.

A stored status is what the sources state. Dates go on after a source was written, so the status *on a day* follows from
the status and both dates:

1. An end that is certainly before the day is an end, whatever the status says. A suspended partnership stays suspended:
   its end is the day of the suspension.
2. A partnership that is active, or of unknown status, and certainly begins after the day is planned.
3. Otherwise the status is the stored one.

The last day is still in force. Dates are partial and compared by their precision: ``2022`` is not before
``2022-06-01``.
"""

from datetime import date

from twingraph.graph.dates import is_later
from twingraph.graph.model import Status

__all__ = ["cypher_status", "status_on", "today"]

_NOT_BEGUN = frozenset({Status.ACTIVE, Status.UNKNOWN})


def today() -> str:
    """Return the current day as an ISO date, the default day of every status that is shown."""
    return date.today().isoformat()  # noqa: DTZ011 - the user's own day


def status_on(status: str | None, since: str | None, until: str | None, day: str) -> Status:
    """Return the status of a partnership or an agreement on a day.

    Parameters
    ----------
    status
        The stored status; ``None`` is unknown.
    since, until
        First and last day; ISO dates of any precision.
    day
        An ISO date of any precision.

    Raises
    ------
    ValueError
        There is no such status.

    Examples
    --------
    >>> status_on("active", "1995", "2020-12-31", "2022-02-24").value
    'terminated'
    >>> status_on("unknown", None, "2022", "2022-02-24").value
    'unknown'
    """
    known = Status(status or Status.UNKNOWN)
    if until and known is not Status.SUSPENDED and is_later(day, until):
        return Status.TERMINATED
    if since and known in _NOT_BEGUN and is_later(since, day):
        return Status.PLANNED
    return known


def cypher_status(variable: str, day: str = "$today") -> str:
    """Return the Cypher expression of :func:`status_on`, on one line.

    Parameters
    ----------
    variable
        A relationship or node that has `status`, and `since` and `until` where known.
    day
        The expression of the day; the parameter ``$today`` by default.
    """
    status, since, until = (f"{variable}.{name}" for name in ("status", "since", "until"))
    return (
        f"CASE WHEN {status} <> 'suspended' AND {until} < left({day}, size({until})) THEN 'terminated' "
        f"WHEN {status} IN ['active', 'unknown'] AND left({since}, size({day})) > {day} THEN 'planned' "
        f"ELSE {status} END"
    )
