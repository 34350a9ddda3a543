"""Which statements about a pair describe the same act: one written rule, for loading, merging and reading.

An *act* is what a document, a signing or a vote made: an `Agreement`. A statement describes one where it names who
signed or who approved, gives a title, has a kind that is a document (partnership agreement, memorandum, solidarity
partnership), or states a plan. A bare "twinned with" of a list describes none; it belongs to an act only if exactly one
fits. The rule:

1. *Title.* Statements with one title and one year are one act, of all their parties; those of two titles are not. An
   undated one belongs to the act of its title if the pair has exactly one. A title that any agreement can have, such as
   "Agreement on cooperation between cities", identifies none.
2. *Kinds* can name one act if they are equal, if one of them is general (partnership agreement, memorandum, other), or
   if the statements agree on the date to the month.
3. *Dates.* Beginnings must be able to be the same day, or lie at most three months apart: a vote, a signing and its
   announcement are one act, about which the sources then disagree. Without a date nothing contradicts. A source does
   not describe what began after it spoke.
4. *Plans.* A plan and an act in force are one if the plan was stated before the act: it was carried out. Otherwise, as
   where one page has both, they are two. A statement without a status can be that of a plan.
5. *Ends.* A statement of an end without a beginning describes the end of every act that its kind can name. It makes an
   act of its own only where there is no other statement.
6. A statement without a date that fits several acts belongs to none of them, only to the pair.
7. *Spells.* Bare statements are one group, but for a beginning that is certainly after the end of another: there the
   partnership ended and began again.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from twingraph.graph.dates import is_later, may_coincide, precision
from twingraph.graph.evidence import Evidence, newest_first
from twingraph.graph.model import Kind, Statement, Status
from twingraph.text.folding import fold

__all__ = ["KIND_ORDER", "Group", "describes_act", "group_statements", "title_key"]

KIND_ORDER: tuple[str, ...] = (
    Kind.TWIN_TOWN,
    Kind.PARTNERSHIP_AGREEMENT,
    Kind.SOLIDARITY_PARTNERSHIP,
    Kind.FRIENDSHIP,
    Kind.METROPOLIS_COOPERATION,
    Kind.MEMORANDUM,
    Kind.PROJECT,
    Kind.CONTACT,
    Kind.OTHER,
)
"""Kinds from the closest partnership to the loosest; the first is the main kind of a pair. Chosen by hand."""
DOCUMENTS = frozenset({Kind.PARTNERSHIP_AGREEMENT, Kind.MEMORANDUM, Kind.SOLIDARITY_PARTNERSHIP})
"""Kinds that are documents."""
GENERAL = frozenset({None, Kind.PARTNERSHIP_AGREEMENT, Kind.MEMORANDUM, Kind.OTHER})
"""Kinds that any act can be called by."""
APART_DAYS = 92
"""Days between the dates that sources give to one act: its vote, its signing, its announcement. Chosen by hand."""
ENDS = frozenset({Status.TERMINATED, Status.SUSPENDED})
GENERIC_STEMS = tuple(
    map(
        fold,
        (
            *("agreement", "partner", "cooperat", "operat", "twin", "sister", "cit", "town", "municip", "memorand"),
            *("understanding", "friend", "letter", "intent", "declaration", "treaty", "contract", "protocol", "joint"),
            *("communit", "document", "accord", "convention", "jumelage", "amiti", "entente", "mutual", "bilateral"),
            *("угод", "догов", "договір", "договор", "меморанд", "партнер", "співпрац", "співроб", "побратим", "дружб"),
            *("дружн", "міст", "громад", "взаємо", "порозум", "намір", "протокол", "декларац", "лист", "документ"),
            *("встановл", "відносин", "звяз", "зв", "язк", "двосторон", "спільн", "муніцип"),
            *("umow", "porozumi", "partnersk", "partnerstw", "współprac", "przyja", "miast", "gmin", "list", "intenc"),
            *("deklarac", "bliźnia", "wzajemn", "vertrag", "vereinbarung", "städte", "stadt", "gemeinde", "koopera"),
            *("zusammenarbeit", "freundschaft", "absicht", "kommun", "solidar", "солідар"),
        ),
    )
)
"""Beginnings of the words that any title of an agreement can consist of, chosen by hand."""
GENERIC_WORDS = frozenset(
    fold(word)
    for words in (
        "a an co the of on for and between with in to about mou from signed dated",
        "про та і й з із між у в щодо о від року підписано",
        "na i w z o między dla dnia roku",
        "der die das des über zur und zwischen von vom eine ein mit",
        "de du la le les des d et entre sur pour",
    )
    for word in words.split()
)
"""The small words between them."""
LETTERS = re.compile(r"[^\W\d_]{3}")
"""What a word has; numbers and dates of documents do not: many places have an agreement No. 5."""


@dataclass(frozen=True, slots=True)
class Group:
    """Statements about one act, or about a pair without one.

    Attributes
    ----------
    own
        The statements, the newest first.
    ends
        Statements of an end that can name this act, and are not certainly older than it.
    is_act
        Whether they describe an act.
    """

    own: tuple[Evidence, ...]
    ends: tuple[Evidence, ...] = ()
    is_act: bool = False

    @property
    def evidence(self) -> list[Evidence]:
        """All statements from which its status and its dates follow, the newest first."""
        if not self.ends:
            return list(self.own)
        by_id = {item.statement.id: item for item in (*self.own, *self.ends)}
        return _newest_first(by_id.values())


def describes_act(statement: Statement) -> bool:
    """Return whether a statement describes an act."""
    return bool(
        statement.signed_by
        or statement.approved_by
        or statement.agreement
        or statement.kind in DOCUMENTS
        or statement.status == Status.PLANNED
    )


def title_key(statement: Statement) -> tuple[str, str] | None:
    """Return what the statements of a titled act share, its title and its year; ``None`` without a title of its own."""
    title = _own_title(statement.agreement) if statement.agreement else ""
    return (title, (statement.since or "")[:4]) if title else None


@lru_cache(maxsize=1 << 12)
def _own_title(title: str) -> str:
    """Return a title as it is compared; an empty text for one that any agreement can have."""
    folded = fold(title)
    generic = all(
        word in GENERIC_WORDS or word.startswith(GENERIC_STEMS) or not LETTERS.search(word) for word in folded.split()
    )
    return "" if generic else folded


def group_statements(evidence: Iterable[Evidence]) -> list[Group]:
    """Return the statements about a pair by the act that they describe; those about none are groups without an act.

    The result does not depend on the order of `evidence`.
    """
    ordered = _newest_first(evidence)
    if len(ordered) == 1:  # the usual one: a million bare pairs
        return [Group(tuple(ordered), is_act=describes_act(ordered[0].statement))]
    if not any(describes_act(item.statement) for item in ordered):
        return [Group(tuple(spell)) for spell in _spells(ordered)]
    ends = [item for item in ordered if _is_general_end(item.statement)]
    rest = [item for item in ordered if not _is_general_end(item.statement)]
    if not rest:
        return [Group(tuple(ordered), is_act=True)]
    acts, bare = _acts([item for item in rest if describes_act(item.statement)])
    for item in rest:
        if not describes_act(item.statement):
            _join_or(acts, item, bare)
    for item in ends:  # the end of a single act is part of it
        fitting = [act for act in acts if _can_end(item.statement, act)]
        if len(fitting) == 1 and not bare:
            fitting[0].append(item)
    groups = [(act, True) for act in acts] + [(spell, False) for spell in _spells(bare)]
    return [
        Group(tuple(_newest_first(own)), tuple(item for item in ends if _can_end(item.statement, own)), is_act)
        for own, is_act in groups
    ]


def _newest_first(evidence: Iterable[Evidence]) -> list[Evidence]:
    return sorted(evidence, key=newest_first, reverse=True)


def _is_general_end(statement: Statement) -> bool:
    return statement.status in ENDS and statement.since is None and statement.agreement is None


def _can_end(end: Statement, own: Sequence[Evidence]) -> bool:
    """Return whether an end applies to an act: its kind can name it, and it is not certainly older than the act."""
    return any(_kinds_agree(end, item.statement) for item in own) and not any(
        _is_before(end, item.statement) for item in own if item.statement.status not in ENDS
    )


def _is_before(end: Statement, act: Statement) -> bool:
    ended = end.until or end.said_on
    return ended is not None and act.since is not None and is_later(act.since, ended)


def _acts(statements: Sequence[Evidence]) -> tuple[list[list[Evidence]], list[Evidence]]:
    """Return the statements that describe acts by the act, and those that fit several and belong to none.

    Those with a title come first, then those with a date.
    """
    acts = _titled_acts(statements)
    untitled = [item for item in statements if title_key(item.statement) is None]
    dated = [item for item in untitled if item.statement.since]
    undated = [item for item in untitled if not item.statement.since]
    clusters: list[list[Evidence]] = []
    for item in sorted(dated, key=lambda each: (each.statement.since or "", each.statement.id)):
        fitting = [each for each in clusters if any(_same_act(item.statement, other.statement) for other in each)]
        joined = [item, *(other for each in fitting for other in each)]
        clusters = [each for each in clusters if each not in fitting] + [joined]
    for cluster in clusters:
        fitting = [act for act in acts if all(_same_act(a.statement, b.statement) for a in cluster for b in act)]
        if len(fitting) == 1:
            fitting[0].extend(cluster)
        else:
            acts.append(cluster)
    left: list[Evidence] = []
    loose: list[Evidence] = []
    known = [list(act) for act in acts]
    for item in undated:
        fits = [n for n, act in enumerate(known) if any(_same_act(item.statement, other.statement) for other in act)]
        if len(fits) == 1:
            acts[fits[0]].append(item)
        else:
            (loose if fits else left).append(item)
    return acts + _undated_acts(left), loose


def _titled_acts(statements: Sequence[Evidence]) -> list[list[Evidence]]:
    titled: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for item in statements:
        if key := title_key(item.statement):
            titled[key].append(item)
    for title, year in sorted(titled):
        years = [each for each in titled if each[0] == title and each[1]]
        if not year and len(years) == 1:
            titled[years[0]].extend(titled.pop((title, year)))
    return [titled[key] for key in sorted(titled)]


def _undated_acts(statements: Sequence[Evidence]) -> list[list[Evidence]]:
    acts: list[list[Evidence]] = []
    for item in sorted(statements, key=lambda each: each.statement.id):
        fitting = [act for act in acts if any(_same_act(item.statement, other.statement) for other in act)]
        joined = [item, *(other for act in fitting for other in act)]
        acts = [act for act in acts if act not in fitting] + [joined]
    return acts


def _join_or(acts: Sequence[list[Evidence]], item: Evidence, bare: list[Evidence]) -> None:
    described = [[each for each in act if describes_act(each.statement)] for act in acts]
    fits = [
        number
        for number, act in enumerate(described)
        if any(_same_act(item.statement, other.statement) for other in act)
        and all(_dates_agree(item.statement.since, other.statement.since) for other in act)
    ]
    if len(fits) == 1:
        acts[fits[0]].append(item)
    else:
        bare.append(item)


def _same_act(one: Statement, other: Statement) -> bool:
    """Return whether two statements about one pair can describe the same act."""
    plans = [each for each in (one, other) if each.status == Status.PLANNED]
    if len(plans) == 1:
        plan, act = plans[0], other if plans[0] is one else one
        if act.status not in {None, Status.UNKNOWN}:
            return _was_carried_out(plan, act) and _kinds_agree(plan, act)
    if any(a.said_on and b.since and is_later(b.since, a.said_on) for a, b in ((one, other), (other, one))):
        return False  # a source cannot describe what began after it spoke
    return _dates_agree(one.since, other.since) and _kinds_agree(one, other)


def _was_carried_out(plan: Statement, act: Statement) -> bool:
    """Return whether a plan was stated before the act: before the day of the act, or of the source that has it."""
    if plan.said_on is None:
        return False
    return any(day is not None and is_later(day, plan.said_on) for day in (act.since, act.said_on))


def _kinds_agree(one: Statement, other: Statement) -> bool:
    if one.kind == other.kind or one.kind in GENERAL or other.kind in GENERAL:
        return True
    a, b = one.since, other.since
    return bool(a and b and min(precision(a), precision(b)) > 1 and may_coincide(a, b))


def _dates_agree(a: str | None, b: str | None) -> bool:
    if a is None or b is None or may_coincide(a, b):
        return True
    return min(precision(a), precision(b)) > 1 and abs((_day(a) - _day(b)).days) <= APART_DAYS


def _day(text: str) -> date:
    """Return a day within a partial date, its middle."""
    parts = [int(part) for part in text.split("-")]
    return date(*(parts + [6, 15][len(parts) - 1 :])[:3])


def _spells(statements: Sequence[Evidence]) -> list[list[Evidence]]:
    """Part bare statements where one begins certainly after another ended; undated ones belong to the last spell."""
    if not statements:
        return []
    ends = sorted({item.statement.until for item in statements if item.statement.until and item.statement.since})
    for end in ends:
        after = [item for item in statements if item.statement.since and is_later(item.statement.since, end)]
        before = [
            item
            for item in statements
            if (item.statement.until and not is_later(item.statement.until, end))
            or (item.statement.since and not is_later(item.statement.since, end) and item.statement.until)
        ]
        if after and before:
            rest = [item for item in statements if item not in before]
            return [before, *_spells(rest)]
    return [list(statements)]
