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

__all__ = ["ENDED", "STANDING", "cypher_status", "status_on", "stood_on", "today"]

STANDING = frozenset({Status.ACTIVE, Status.UNKNOWN})
"""In force, or of unknown status: a place with such a partnership has a partner."""

ENDED = frozenset({Status.TERMINATED, Status.SUSPENDED})
"""Over, for good or for now."""

_STATUSES = {status.value: status for status in Status}


def today() -> str:
    """Return the current day as an ISO date, the default day of every status that is shown."""
    return date.today().isoformat()  # noqa: DTZ011 - the user's own day


def status_on(status: str | None, since: str | None, until: str | None, day: str) -> Status:
    """Return the status of a partnership or an agreement on a day.

    Parameters
    ----------
    status
        The stored status; ``None``, and a text that is none of the model's, is unknown.
    since, until
        First and last day; ISO dates of any precision.
    day
        An ISO date of any precision.

    Examples
    --------
    >>> status_on("active", "1995", "2020-12-31", "2022-02-24").value
    'terminated'
    >>> status_on("unknown", None, "2022", "2022-02-24").value
    'unknown'
    """
    known = _STATUSES.get(status or "", Status.UNKNOWN)
    if until and known is not Status.SUSPENDED and is_later(day, until):
        return Status.TERMINATED
    if since and known in STANDING and is_later(since, day):
        return Status.PLANNED
    return known


def stood_on(status: str | None, since: str | None, until: str | None, day: str, *, now: str | None = None) -> bool:
    """Return whether a partnership stood on a day, one of the past too: in force, or of unknown status.

    On a day of the past a partnership that has ended since then stood. Where the end has no date, or one that is still
    to come, it is not known to have stood. One with no start date counts as started.

    Parameters
    ----------
    status, since, until, day
        As for :func:`status_on`.
    now
        The current day; by default :func:`today`.

    Examples
    --------
    >>> stood_on("terminated", None, "2022-03", "2022-02-24"), stood_on("terminated", None, None, "2022-02-24")
    (True, False)
    """
    now = now or today()
    if not is_later(now, day):
        return status_on(status, since, until, day) in STANDING
    known = status_on(status, since, until, now)
    if Status.PLANNED in (status, known) or (since and is_later(since, day)):
        return False
    if until is None or (known in ENDED and is_later(until, now)):
        return known not in ENDED
    return not is_later(day, until)


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
