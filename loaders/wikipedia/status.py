"""The status and the years of a partnership on a page: in a heading, in a sentence above a list, in an item.

Words for an end are whole words with their grammar, never a part of a name. "Former" is about a partnership if nothing
follows it, or "twin towns" and the like: "Former Yugoslav Republic" is not. "Ended" is if no name follows it. The name
of a town is never looked at, and outside brackets only what is written in lower case.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from twingraph.graph.model import Status
from twingraph.loaders.status_words import (
    NAME_MARK,
    STATUS_OF,
    Clause,
    Term,
    change_meaning,
    find_nouns,
    is_date_word,
    read_clauses,
)

__all__ = [
    "BRACKETED",
    "NAME_END",
    "Standing",
    "find_heading_status",
    "find_sentence_status",
    "read_item",
    "remove_names",
]

BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
NAME_END = re.compile(r"\s*(?:[,(\[:;]|\s[-–—]\s).*$", re.DOTALL)
OVER = frozenset({"suspended", "terminated", "former"})
PLAIN = re.compile(r"([^()\[\]\d]*)(?:\(((?:1[6-9]|20)\d\d)\))?\s*")
"""The end of most items, a country and perhaps a year, which is quick to read."""
DASHES = frozenset("-–—:")
IMPERSONAL = ("но", "то", "no", "to")
"""Endings of "розірвано", "zerwano": such a form is a verb, so that a name may follow it."""
MAX_LEAD_WORDS = 12
"""Words of a line above a list that is no sentence, chosen by hand: "Former twin towns"."""
MAX_WORDS_TO_TIE = 3
"""Words from "former" to its noun, chosen by hand: "former East German partner city"."""
BELOW = re.compile(
    r"\b(?:following|below|нижче|наступн\w+|następując\w+|poniż\w+|folgend\w*|suivant\w*)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What an item says of its partnership; years only."""

    status: Status | None = None
    since: str | None = None
    until: str | None = None


def remove_names(text: str, names: Iterable[str]) -> str:
    """Return a text with a mark in place of each name that begins with a capital letter."""
    for name in sorted(filter(None, names), key=len, reverse=True):
        if name[:1].isupper():
            text = text.replace(name, NAME_MARK)
    return text


def find_heading_status(text: str) -> tuple[Status | None, bool]:
    """Return the status in a heading, and whether the heading may as well be a name: it is one word for a status.

    The status is unknown where the heading names partnerships in force and ended ones.

    Examples
    --------
    >>> find_heading_status("Former twin towns"), find_heading_status("Twin Falls")
    ((<Status.TERMINATED: 'terminated'>, False), (None, False))
    """
    grammars = _grammars(text)
    found: tuple[Status | None, bool] = None, False
    for grammar in grammars:
        label = grammar.label
        if label in OVER and found[0] is None:
            found = STATUS_OF[label or ""], len(grammars) == 1 and not grammar.ties
        if grammar.is_mixed:
            return Status.UNKNOWN, False
        if (
            grammar.ties
            and found[0] is None
            and any(m.to or role == "until" for m, role in grammar.clause.dates.values())
        ):
            found = Status.TERMINATED, False
    return found


def find_sentence_status(text: str) -> Status | None:
    """Return the status in a line above a list, without names: "Former twin towns:", ``None`` for other sentences."""
    stripped = text.strip()
    is_line = not stripped.endswith(".") and len(stripped.split()) <= MAX_LEAD_WORDS
    if not (stripped.endswith(":") or is_line or BELOW.search(stripped)):
        return None
    return find_heading_status(stripped.removesuffix(":"))[0]


def read_item(text: str, names: Iterable[str] = (), *, is_row: bool = False) -> Standing:
    """Return the status and the years of an item.

    Parameters
    ----------
    text
        The item.
    names
        The names in it. The text up to the first comma, bracket or dash is always one.
    is_row
        Whether it is a row of a table, where each cell begins with a capital letter.

    Examples
    --------
    >>> read_item("Menton, France (2005, extended 2012)")
    Standing(status=None, since='2005', until=None)
    >>> read_item("Rishon LeZion, Israel (inactive since 2010)")
    Standing(status=<Status.SUSPENDED: 'suspended'>, since=None, until='2010')
    """
    name_length = len(NAME_END.sub("", text)) if not text.startswith(("(", "[")) else 0
    name, rest = text[:name_length], text[name_length:]
    if not is_row and (plain := _read_plain(name, rest)) is not None:
        return plain
    rest = remove_names(rest, names)
    status, since, until = None, None, None
    parts = [(grammar, bracket) for part, bracket in _parts(rest) for grammar in _grammars(part)]
    for (grammar, bracket), following in zip(parts, [*parts[1:], None], strict=False):
        label = grammar.label if bracket or is_row or grammar.clause.begins_low else None
        if label is not None and status is None:
            status = STATUS_OF[label]
        renamed = following is not None and following[0].clause.mark in DASHES and following[0].has_name
        began, ended = _years(grammar.clause, label, has_name=grammar.has_name or renamed)
        since, until = since or began, until or ended
    if since is None and until is None:
        years = [mention for clause in read_clauses(name) for mention, _ in clause.dates.values()]
        since = years[0].date[:4] if years else None
    if until is not None and status in {None, Status.ACTIVE}:
        status = Status.TERMINATED
    return Standing(status, since, until)


def _read_plain(name: str, rest: str) -> Standing | None:
    """Return what an item says that has no more than a country and a year behind its name, else ``None``."""
    plain = PLAIN.fullmatch(rest)
    if plain is None or any(word[0].islower() for word in plain[1].split()):
        return None
    return Standing(since=plain[2]) if plain[2] or not any(map(str.isdecimal, name)) else None


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a text in brackets and outside, each with whether it is in brackets."""
    position = 0
    for bracket in BRACKETED.finditer(text):
        yield text[position : bracket.start()], False
        yield bracket[0], True
        position = bracket.end()
    yield text[position:], False


@lru_cache(maxsize=4096)
def _grammars(text: str) -> "tuple[_Grammar, ...]":
    """Return the clauses of a text; countries and years occur again and again."""
    return tuple(map(_Grammar, read_clauses(text)))


class _Grammar:
    """A clause with what its words are: of a partnership, of a place, of no weight, or of a name."""

    def __init__(self, clause: Clause) -> None:
        self.clause = clause
        nouns = find_nouns(clause.words)
        self.ties = {number for noun in nouns if noun.label == "tie" for number in range(noun.start, noun.stop)}
        self.places = {number for noun in nouns if noun.label == "place" for number in range(noun.start, noun.stop)}
        self.known = set(self.ties) | set(clause.dates)
        self.known |= {noun.start for noun in nouns if noun.label == "joining"}
        self.known |= {number for noun in nouns if noun.label == "light" for number in range(noun.start, noun.stop)}
        self.known |= {number for term in clause.terms for number in range(term.start, term.stop)}
        self.known |= {number for number, word in enumerate(clause.words) if is_date_word(word)}
        self.is_joined = any(noun.label == "joining" for noun in nouns)

    @cached_property
    def label(self) -> str | None:
        """The list of words that the clause means, or ``None``."""
        if self.clause.has("doubt"):
            return None
        changing = self.clause.changing()
        alone = len(self.known) == len(self.clause.words)
        for term in self.clause.statuses:
            label = change_meaning(term.label, changing.get(term, set()))
            if label in OVER and self._is_about_tie(term, label):
                return label
            if label in {"planned", "active"} and alone and len(self.clause.statuses) == 1:
                return label
        no_longer = [term for term in self.clause.changes if term.label == "no_longer"]
        if no_longer and not self.clause.statuses and self._has_tie(no_longer[0].stop):
            return "terminated"
        return None

    @property
    def is_mixed(self) -> bool:
        """Whether a heading names partnerships in force and ended ones: "Current and former twin towns"."""
        labels = {term.label for term in self.clause.statuses}
        over = next((term for term in self.clause.statuses if term.label in OVER), None)
        if over is None or not self.is_joined or self.label not in OVER:
            return False
        return "active" in labels or any(number < over.start for number in self.ties)

    @cached_property
    def has_name(self) -> bool:
        """Whether a word may be a name: one with a capital letter that is no word of the vocabulary."""
        return any(
            number not in self.known | self.places and (not word or word[0].isupper())
            for number, word in enumerate(self.clause.written)
        )

    def _has_tie(self, start: int) -> bool:
        return any(number in self.ties for number in range(start, start + MAX_WORDS_TO_TIE + 1))

    def _is_about_tie(self, term: Term, label: str) -> bool:
        before = range(term.start)
        if not all(number in self.known | self.places for number in before) and not any(
            number in self.ties for number in before
        ):
            return False
        after = range(term.stop, len(self.clause.words))
        if label == "former" or term.label == "former":
            return all(number in self.known for number in after) or self._has_tie(term.stop)
        if not after or after[0] in self.known:
            return True
        if after[0] in self.places or not self.clause.words[after[0]]:
            return False
        is_verb = self.clause.words[term.stop - 1].endswith(IMPERSONAL)
        return is_verb or not self.clause.written[after[0]][:1].isupper()


def _years(clause: Clause, label: str | None, *, has_name: bool) -> tuple[str | None, str | None]:
    """Return the first and the last year of a partnership in a clause."""
    dates = sorted(clause.dates.items())
    if label in OVER:
        term = next(term for term in (*clause.statuses, *clause.changes))
        span = next((mention for _, (mention, _) in dates if mention.to), None)
        if span is not None and span.to is not None:
            return (None, span.date[:4]) if label == "suspended" else (span.date[:4], span.to[:4])
        ends = [(at, mention.date[:4]) for at, (mention, role) in dates if role != "until" or label != "suspended"]
        after = [year for at, year in ends if at >= term.stop]
        before = [year for at, year in ends if at < term.start]
        if after:
            return (before[0] if before else None), after[0]
        return None, (before[-1] if before else None)
    since = None
    for _, (mention, role) in dates:
        if role == "beside" or (has_name and (mention.to is not None or role == "until")):
            continue  # "(until 1945 Königsberg)" is an older name
        if mention.to is not None:
            return mention.date[:4], mention.to[:4]
        if role == "until":
            return since, mention.date[:4]
        since = since or mention.date[:4]
    return since, None
