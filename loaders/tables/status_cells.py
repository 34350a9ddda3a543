"""The status of a partnership as people write it in a cell, with the dates and the decision that the cell names.

The first word that says a status decides: "припинено, раніше діяла" has ended. A later word decides where it can only
be the later event: "підписано 2015, розірвано 2022" has ended, "suspended 2014, renewed 2018" is in force. A cell that
calls a partnership in force and over, or that is negated, doubted or not known, is never read as in force.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from twingraph.graph.dates import is_later
from twingraph.graph.model import Status
from twingraph.graph.standing import status_on, today
from twingraph.loaders.status_words import (
    STATUS_OF,
    Clause,
    Mention,
    change_meaning,
    decider_words,
    decision_words,
    is_date_word,
    names_body,
    read_clauses,
)

__all__ = ["StatusCell", "find_contradiction", "read_standing", "read_status"]

STATUS_CODES = ("active", "planned", "suspended", "terminated")
"""What a message offers for a cell that cannot be read."""
STANDING = frozenset({"active", "yes", "begun", "resumed", "expiring"})
OVER = frozenset({"suspended", "terminated", "former"})
_BEFORE = frozenset({"active", "?"})
"""What a clause beside the deciding one says, where its date is the beginning: "ended (was active since 1998)"."""
MAX_BARE_WORDS = 6
"""Words of a cell that is no more than a date, chosen by hand: "until the end of 2027"."""
LONGEST_CELL = 600
"""Characters; the rest of a longer cell is not looked at."""


@dataclass(frozen=True, slots=True)
class StatusCell:
    """What a cell says of a status.

    Attributes
    ----------
    status
        ``None`` where the cell cannot be read.
    since, until
        Dates in the cell, partial as written.
    decided_by
        The decision that the cell names, such as "рішення ради".
    says_more
        Whether the cell says more than a status.
    is_mixed
        Whether it names several statuses that do not follow from one another.
    """

    status: Status | None
    since: str | None = None
    until: str | None = None
    decided_by: str | None = None
    says_more: bool = True
    is_mixed: bool = False


@lru_cache(maxsize=4096)
def read_status(text: str) -> StatusCell:
    """Read the cell of a status.

    Examples
    --------
    >>> cell = read_status("припинено рішенням ради від 24.03.2022")
    >>> cell.status.value, cell.until, cell.decided_by
    ('terminated', '2022-03-24', 'рішення ради')
    >>> read_status("не діє").status.value, read_status("nobody knows").status
    ('suspended', None)
    """
    clauses = read_clauses(text[:LONGEST_CELL])
    if "?" in text:
        return StatusCell(None)
    labels = [_read_clause(clause) for clause in clauses]
    deciding, is_mixed = _decide(clauses, labels)
    if deciding is None:
        return StatusCell(None)
    label = labels[deciding] or ""
    dates = [(number, *dated) for number, clause in enumerate(clauses) for dated in clause.dates.values()]
    since, until = _place_dates(label, deciding, labels, dates)
    if label == "expiring" and until is None:
        return StatusCell(None)
    known = sum(term.stop - term.start for clause in clauses for term in clause.terms)
    return StatusCell(
        STATUS_OF[label],
        since,
        until,
        _find_decision(text, clauses),
        says_more=len(clauses) > 1 or known < len(clauses[0].words),
        is_mixed=is_mixed,
    )


def read_standing(
    text: str | None, since: str | None, until: str | None, report: Callable[[str, str, str], None]
) -> StatusCell:
    """Return what a row says of a status, with its own dates where it has them.

    Parameters
    ----------
    text
        The cell of the status, ``None`` where it is blank.
    since, until
        The dates of the row.
    report
        Called with the cause, the detail and the outcome of what cannot be read and of contradictions.
    """
    if text is None:
        return StatusCell(Status.UNKNOWN, since, until, says_more=False)
    cell = read_status(text)
    if cell.status is None:
        report("unknown status", text[:120], f"taken as {Status.UNKNOWN}; write {', '.join(STATUS_CODES)}")
    if cell.is_mixed:
        report("several statuses in one cell", text[:120], f"taken as {cell.status}")
    if since or until:
        cell = replace(cell, since=since or cell.since, until=until or cell.until)
    if cell.status is not None and (found := find_contradiction(cell.status, cell.since, cell.until)) is not None:
        report(*found)
    return cell


def find_contradiction(status: Status, since: str | None, until: str | None) -> tuple[str, str, str] | None:
    """Return the cause, the detail and the outcome of a status that today contradicts its dates, or ``None``."""
    if (since is None and until is None) or status is Status.UNKNOWN:
        return None
    day = today()
    cause, outcome = "status and dates contradict", "counted as {}; correct the status or the date"
    counted = status_on(status, since, until, day)
    if counted is Status.PLANNED and status is not counted:
        return cause, f"{status}, since {since}", outcome.format("planned until then")
    if counted is Status.TERMINATED and (status is not counted or (until and is_later(until, day))):
        return cause, f"{status}, until {until}", outcome.format("ended")
    return None


def _read_clause(clause: Clause) -> str | None:
    """Return the list of words that decides a clause; ``"?"`` where it names a status that cannot be read."""
    statuses = clause.statuses
    ends = any(role == "until" or mention.to is not None for mention, role in clause.dates.values())
    if not statuses:
        return _read_without_status(clause, ends=ends)
    changing = clause.changing()
    if clause.has("doubt") or (clause.has("yes") and len(clause.words) > 1):
        return "?"
    read = []
    for term in statuses:
        changes = changing.get(term, set())
        label = change_meaning(term.label, changes)
        if label is None and term.label == "resumed" and changes == {"not"}:
            continue
        if label is None and ends and term.label == "active" and changes == {"past"}:
            label = "terminated"
        read.append(label)
    if not read or None in read:
        return "?"
    labels = [label for label in read if label is not None]
    over = [label for label in labels if label in OVER]
    if "planned" in labels:
        return "?" if over else "planned"
    if over:
        first = labels.index(over[0])
        return "resumed" if "resumed" in labels[first:] else over[0]
    loose = changing.get(None, set())
    return "?" if loose and labels[0] in STANDING else labels[0]


def _read_without_status(clause: Clause, *, ends: bool) -> str | None:
    """Return what a clause without a word for a status means: "до 31.12.2027", "no longer maintained"."""
    labels = {change.label for change in clause.changes}
    if labels == {"no_longer"} and len(clause.words) > sum(change.stop - change.start for change in clause.changes):
        return "terminated"
    if ends and labels <= {"past"} and len(clause.words) <= MAX_BARE_WORDS:
        return "terminated" if labels else "expiring"
    return None


def _decide(clauses: Sequence[Clause], labels: Sequence[str | None]) -> tuple[int | None, bool]:
    """Return the number of the clause that decides, or ``None``, and whether others contradict it."""
    read = [(number, label) for number, label in enumerate(labels) if label is not None and label != "?"]
    if not read:
        return None, False
    deciding, label = read[0]
    is_mixed = False
    for number, later in read[1:]:
        follows = later in OVER and label in {"begun", "resumed", "expiring", "planned"}
        follows = follows or (label in OVER and later == "resumed") or (label == "planned" and later == "begun")
        follows = follows or (label == "begun" and later == "planned")
        if later in OVER and label in STANDING | {"planned"} and not clauses[number].has("past") and later != "former":
            is_mixed = is_mixed or not follows
            follows = True
        if follows:
            deciding, label = number, later
        elif STATUS_OF[later] is not STATUS_OF[label]:
            is_mixed = True
    denied = any(sum(term.stop - term.start for term in clause.changes) == len(clause.words) for clause in clauses)
    if denied and label in STANDING:
        return None, False
    return deciding, is_mixed


def _place_dates(
    label: str, deciding: int, labels: Sequence[str | None], dates: Sequence[tuple[int, Mention, str]]
) -> tuple[str | None, str | None]:
    """Return which of the dates in a cell is the beginning and which the end."""
    dates = [(number, mention, role) for number, mention, role in dates if role != "beside"]
    for number, mention, _ in dates:
        if mention.to is not None:
            return (None, mention.date) if label == "suspended" and number == deciding else (mention.date, mention.to)
    begun = [
        mention.date
        for number, mention, role in dates
        if number != deciding and (labels[number] == "begun" or (labels[number] in _BEFORE and role == "since"))
    ]
    if label in OVER:
        rest = [
            (number, mention.date, role)
            for number, mention, role in dates
            if mention.date not in begun and not (label == "suspended" and role == "until")
        ]
        rest.sort(key=lambda each: (each[0] != deciding, each[0] < deciding))
        until = rest[0][1] if rest else None
        earlier = [*begun, *(date for _, date, _ in rest[1:] if until and date < until)]
        return (earlier[0] if earlier else None), until
    until = next((mention.date for _, mention, role in dates if role == "until"), None)
    if label == "planned":
        return next((mention.date for _, mention, role in dates if role != "until"), None), None
    own = [(mention.date, role) for number, mention, role in dates if number == deciding and role != "until"]
    others = [mention.date for number, mention, role in dates if number != deciding and role == "since"]
    if label == "expiring" and until is None and own:
        return next(iter((*begun, *others)), None), own[-1][0]
    if label == "resumed":
        return next(iter(begun), None), until
    beginnings = [*begun, *(date for date, role in own if role == "since" or label == "begun"), *others]
    return (beginnings[0] if beginnings else None), until


def _find_decision(text: str, clauses: Sequence[Clause]) -> str | None:
    """Return the decision or the body that a cell names, without its date."""
    for clause in clauses:
        for at, word in enumerate(clause.written):
            if (base := decision_words().get(word.casefold())) is not None:
                return f"{base} {_cut_at_date(text, clause, at + 1)}".strip()
    for clause in clauses:
        first = next((term for term in clause.statuses if term.label in OVER), None)
        for at in range(len(clause.words) if first is None else first.stop, len(clause.words)):
            phrase = next((each for each in decider_words() if tuple(clause.words[at : at + len(each)]) == each), None)
            if phrase is not None and names_body(body := _cut_at_date(text, clause, at + len(phrase))):
                return body
    return None


def _cut_at_date(text: str, clause: Clause, at: int) -> str:
    """Return the words of a clause from `at` to the preposition of the next date, as written."""
    stop = next((date for date in sorted(clause.dates) if date >= at), len(clause.words))
    if stop < len(clause.words):
        while stop > at and is_date_word(clause.words[stop - 1]):
            stop -= 1
    if stop <= at:
        return ""
    begin = clause.places[at - 1] + len(clause.written[at - 1])
    return text[begin : clause.places[stop - 1] + len(clause.written[stop - 1])].strip()
