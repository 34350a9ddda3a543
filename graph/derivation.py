"""How a relationship follows from its statements: one pure function for all types.

:data:`twingraph.graph.schema.RELATIONS` names the rule for each property. The rules:

1. *Recency.* Statements are ordered by the day on which their source was published (`Statement.said_on`). Dates within
   a statement do not count: a plan for 2030 is not newer than a report of 2024. A source without a date ranks below
   every dated one. Ties are broken by the day of retrieval, and then in favour of facts over plans.
2. *Status* is that of the newest statement; a plan counts only where there is nothing else. Statements that differ and
   cannot be ordered make the partnership disputed; among them an end counts more than anything else.
3. *Dates.* Of dates that can mean the same day the more precise one is kept; of dates that cannot, the one of the newer
   statement is kept and the partnership is disputed.
4. *Signatories and themes* are collected in the order of the statements; the approving body is the newest one.
5. *First and last seen* are the earliest and the latest day of its sources, or of their retrieval where they have no
   date.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from twingraph.graph.dates import may_coincide, precision
from twingraph.graph.model import Relation, Stated, Statement, Status
from twingraph.graph.schema import RELATIONS, Rule, fact_of, property_names, relation_of

__all__ = ["Evidence", "derive"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A statement with its place in its source.

    Attributes
    ----------
    statement
        The statement.
    source_id
        Id of its source.
    retrieved
        The day on which that source was read.
    row, sheet
        The row, and the sheet of a workbook.
    """

    statement: Statement
    source_id: str
    retrieved: str | None = None
    row: int | None = None
    sheet: str | None = None

    @property
    def seen_on(self) -> str:
        """The day of the source, else of its retrieval; empty where neither is known."""
        return self.statement.said_on or self.retrieved or ""


def derive[T: Stated](relationship: T, evidence: Iterable[Evidence]) -> T:
    """Return a relationship as its statements describe it, whatever their order.

    Parameters
    ----------
    relationship
        Its ends, its id and the properties that do not follow from statements; the others are replaced.
    evidence
        Every statement about it, at least one.

    Raises
    ------
    ValueError
        There is no evidence: then there is no relationship.
    """
    ordered = sorted(evidence, key=_recency, reverse=True)
    if not ordered:
        raise ValueError(f"no statement is about {relationship.id}")
    statements = [item.statement for item in ordered]
    found: dict[str, Any] = {}
    disputed = False
    for name, fact, rule in _derived(relation_of(relationship)):
        found[name], differs = rule(statements, [getattr(each, fact) for each in statements])
        disputed = disputed or differs
    sources = {item.source_id for item in ordered}
    if "source_ids" in property_names(type(relationship)):
        found["source_ids"] = tuple(sorted(sources))
    else:
        days = [day for item in ordered if (day := item.seen_on)]
        found |= {
            "source_count": len(sources),
            "first_seen": min(days, default=None),
            "last_seen": max(days, default=None),
            "disputed": disputed,
        }
    return replace(relationship, **found)


def _recency(item: Evidence) -> tuple[str, str, bool, str, str, str]:
    said = item.statement
    # The dates inside a statement and its id only make the order of equals the same in every load.
    return (
        said.said_on or "",
        item.retrieved or "",
        said.status != Status.PLANNED,
        said.until or "",
        said.since or "",
        said.id,
    )


def _status(statements: Sequence[Statement], _values: Sequence[str | None]) -> tuple[str, bool]:
    known = [(each.status, each.said_on or "") for each in statements if each.status not in (None, Status.UNKNOWN)]
    facts = [(status, day) for status, day in known if status != Status.PLANNED]
    if not facts:
        return (Status.PLANNED if known else Status.UNKNOWN), False
    newest, newest_day = facts[0]
    equals = [status for status, day in facts if day == newest_day or (day and may_coincide(day, newest_day))]
    chosen = Status.TERMINATED if Status.TERMINATED in equals else newest
    # Two statements are in order only if both are dated and their days differ for certain: no day coincides with any.
    disputed = any(status != chosen and may_coincide(day, newest_day) for status, day in facts)
    return str(chosen), disputed


def _date(_statements: Sequence[Statement], values: Sequence[str | None]) -> tuple[str | None, bool]:
    known = [day for day in values if day]
    if not known:
        return None, False
    chosen = max((day for day in known if may_coincide(day, known[0])), key=precision)
    return chosen, any(not may_coincide(day, chosen) for day in known)


def _newest(_statements: Sequence[Statement], values: Sequence[Any]) -> tuple[Any, bool]:
    return next(filter(None, values), values[0]), False


def _all(_statements: Sequence[Statement], values: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], bool]:
    return tuple(dict.fromkeys(name for each in values for name in each)), False


type _Derivation = Callable[[Sequence[Statement], Sequence[Any]], tuple[Any, bool]]

_RULES: dict[Rule, _Derivation] = {
    Rule.STATUS: _status,
    Rule.DATE: _date,
    Rule.NEWEST: _newest,
    Rule.ALL: _all,
}


@cache
def _derived(relation: Relation) -> tuple[tuple[str, str, _Derivation], ...]:
    """Return each derived property of a type of relationship, with its fact of a statement and its rule."""
    return tuple((name, fact_of(name), _RULES[rule]) for name, rule in RELATIONS[relation].derived.items())
