"""How a relationship follows from its statements: one pure function for all types, one for pairs with their acts.

:data:`twingraph.graph.schema.RELATIONS` names the rule for each property. The rules:

1. *Recency* is the day on which a source spoke (:func:`twingraph.graph.evidence.newest_first`).
2. *Status* is that of the newest statement; a plan counts only where there is nothing else. Statements that differ and
   cannot be ordered make the partnership disputed; among them an end counts more than anything else.
3. *Dates.* Of dates that can mean the same day the more precise one is kept; of dates that cannot, the one of the newer
   statement is kept and the partnership is disputed.
4. *Themes and signatories* are collected in the order of the statements; the approving body is the newest one.
5. *A pair* follows from its acts (:mod:`twingraph.graph.acts`) and from the lists that describe none. It is active if
   any of them is in force, else suspended, of unknown status, planned or terminated, in this order. It began with the
   earliest of those that are more than planned, and ended with the last of them. Where nothing else counts, what is
   active and begins later is stored as active from that day: :func:`twingraph.graph.standing.status_on` reads it as
   planned until then.
6. *First and last said* are the earliest and the latest day on which a source stated it; a source without a date has
   none.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, cast

from twingraph.graph.acts import KIND_ORDER, Group, group_statements, title_key
from twingraph.graph.dates import is_later, may_coincide, precision
from twingraph.graph.evidence import Evidence, newest_first
from twingraph.graph.model import Agreement, NodeRef, Partnership, Relation, Stated, Statement, Status
from twingraph.graph.schema import RELATIONS, Rule, fact_of, property_names, relation_of
from twingraph.graph.standing import status_on, today

__all__ = ["Act", "Evidence", "derive", "derive_act", "derive_pair"]


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
    if isinstance(relationship, Partnership):
        return cast("T", derive_pair(relationship, evidence)[0])
    ordered = _ordered(relationship.id, evidence)
    statements = [item.statement for item in ordered]
    found: dict[str, Any] = {
        name: rule(statements, [getattr(each, fact) for each in statements])[0]
        for name, fact, rule in _derived(relation_of(relationship))
    }
    if "source_ids" in property_names(type(relationship)):
        found["source_ids"] = tuple(sorted({item.source_id for item in ordered}))
    return replace(relationship, **found)


@dataclass(frozen=True, slots=True)
class Act:
    """An act of a pair: its id, the statements about it, and the ends of the pair that apply to it.

    Attributes
    ----------
    id
        Of its `Agreement`.
    group
        Its statements.
    parties
        The two places of the pair; an act with a title can have more, in other pairs.
    """

    id: str
    group: Group
    parties: tuple[NodeRef, NodeRef]


def derive_pair(bare: Partnership, evidence: Iterable[Evidence]) -> tuple[Partnership, tuple[Act, ...]]:
    """Return a pair as its statements describe it, and its acts, whatever the order of the statements.

    Parameters
    ----------
    bare
        Its ends and its id; everything else is replaced.
    evidence
        Every statement about it, at least one.

    Raises
    ------
    ValueError
        There is no evidence.
    """
    ordered = _ordered(bare.id, evidence)
    day = today()
    groups = group_statements(ordered)
    read = [_Read.of(group, day) for group in groups]
    now = [status_on(each.status, each.since, each.until, day) for each in read]
    chosen = next(each for each in _PRECEDENCE if each in now)
    standing = [each for each, status in zip(read, now, strict=True) if status == chosen]
    begun = [each for each, status in zip(read, now, strict=True) if status != Status.PLANNED] or read
    # What begins later is in force from that day on, without another load.
    later = [each for each in standing if each.status != Status.PLANNED] if chosen == Status.PLANNED else []
    status = next((each for each in _PRECEDENCE if any(one.status == each for one in later)), chosen)
    kinds = _kinds(standing, [item.statement for item in ordered])
    days = [item.statement.said_on for item in ordered if item.statement.said_on]
    acts = tuple(Act(_act_id(group, bare), group, (bare.start, bare.end)) for group in groups if group.is_act)
    pair = replace(
        bare,
        kind=kinds[0],
        kinds=kinds,
        status=status,
        since=_earliest([each.since for each in later or begun]),
        until=_last([each.until for each in standing], over=status in _ENDS),
        themes=_all((), [item.statement.themes for item in ordered])[0],
        agreement_count=len({act.id for act in acts}),
        source_count=len({item.source_id for item in ordered}),
        first_said=min(days, default=None),
        last_said=max(days, default=None),
        disputed=any(each.disputed for each in read),
    )
    return pair, acts


def derive_act(identity: str, evidence: Iterable[Evidence], ends: Iterable[Evidence] = ()) -> Agreement:
    """Return an act as its statements describe it.

    Parameters
    ----------
    identity
        Its id.
    evidence
        Every statement that describes it, of every pair of its parties.
    ends
        Statements of an end that apply to it (:attr:`twingraph.graph.acts.Group.ends`).
    """
    group = Group(tuple(_ordered(identity, evidence)), tuple(ends), is_act=True)
    read = _Read.of(group, today())
    statements = [item.statement for item in group.evidence]
    own = [item.statement for item in group.own]
    return Agreement(
        id=identity,
        kind=_kinds([read], own)[0],
        status=read.status,
        since=read.since,
        until=read.until,
        signed_by=_all((), [each.signed_by for each in own])[0],
        approved_by=_newest((), [each.approved_by for each in statements])[0],
        themes=_all((), [each.themes for each in own])[0],
        title=_newest((), [each.agreement for each in own])[0],
        source_count=len({item.source_id for item in group.own}),
        disputed=read.disputed,
    )


_PRECEDENCE = (Status.ACTIVE, Status.SUSPENDED, Status.UNKNOWN, Status.PLANNED, Status.TERMINATED)
"""The status of a pair is the first of these that one of its acts or lists has."""


_RANKS = {kind: number for number, kind in enumerate(KIND_ORDER)}
_ENDS = frozenset({Status.TERMINATED, Status.SUSPENDED})


@dataclass(frozen=True, slots=True)
class _Read:
    """Status, dates and kinds of a group of statements."""

    status: Status
    since: str | None
    until: str | None
    disputed: bool
    kinds: tuple[str, ...]

    @classmethod
    def of(cls, group: Group, day: str) -> "_Read":
        statements = [item.statement for item in group.evidence]
        stated, unclear = _status(statements, ())
        facts = [each for each in statements if each.status != Status.PLANNED] or statements
        since, early = _date((), [each.since for each in facts])
        until, late = _date((), [each.until for each in _that_end(facts, stated)])
        status = status_on(stated, None, until, day)  # a beginning that lies ahead will pass
        kinds = tuple(dict.fromkeys(item.statement.kind for item in group.own if item.statement.kind))
        return cls(status, since, until, unclear or early or late, kinds)


def _that_end(statements: Sequence[Statement], status: str) -> Sequence[Statement]:
    """Return the statements whose end counts.

    Of a partnership that ended these state its end: one that an older source expected (*until 2030*) does not count. Of
    one that goes on, an end that lies before the day on which a newer source found it going on does not count.
    """
    if status in _ENDS:
        return [each for each in statements if each.status == status] or statements
    newest = next((each for each in statements if each.status == status), None)
    day = newest.said_on if newest is not None else None
    if day is None:
        return [each for each in statements if each.status not in _ENDS]
    return [
        each
        for each in statements
        if each is newest or (each.status not in _ENDS and not (each.until and is_later(day, each.until)))
    ]


def _kinds(standing: Sequence[_Read], statements: Sequence[Statement]) -> tuple[str, ...]:
    main = {kind for each in standing for kind in each.kinds}
    stated = dict.fromkeys(each.kind for each in statements if each.kind)
    ranked = sorted(stated, key=lambda kind: (kind not in main, _RANKS.get(kind, len(_RANKS)), kind))
    return tuple(ranked) or ("other",)


def _earliest(days: Sequence[str | None]) -> str | None:
    known = sorted(filter(None, days), key=lambda day: (day, -precision(day)))
    if not known:
        return None
    return max((day for day in known if may_coincide(day, known[0])), key=precision)


def _last(days: Sequence[str | None], *, over: bool) -> str | None:
    """Return the last end; ``None`` where one of several that go on has none."""
    known = [day for day in days if day]
    if not over and len(known) < len(days):
        return None
    return max(known, default=None)


def _act_id(group: Group, pair: Partnership) -> str:
    titles = [key for item in group.own if (key := title_key(item.statement))]
    if titles:  # an undated statement has joined those of a year
        return f"agreement:{digest(['title', *max(titles, key=lambda key: (key[1], key[0]))])}"
    first = min(group.own, key=lambda item: (item.statement.said_on or "9999", item.statement.id))
    return f"agreement:{digest(['parties', pair.id, first.statement.id])}"


def digest(value: object) -> str:
    """Return the hash of a value that JSON can hold, as ids have it."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _ordered(identity: str, evidence: Iterable[Evidence]) -> list[Evidence]:
    ordered = sorted(evidence, key=newest_first, reverse=True)
    if not ordered:
        raise ValueError(f"no statement is about {identity}")
    return ordered


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
