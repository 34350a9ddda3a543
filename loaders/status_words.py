"""Words for the status of a partnership, found in a text with its dates: the vocabulary of `lookups/statuses.toml`.

Words are compared without case and accents and always as whole words. What they mean in a cell is decided in
:mod:`twingraph.loaders.tables.status_cells`, and on a page in :mod:`twingraph.loaders.wikipedia.status`.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from twingraph.graph.model import Status
from twingraph.loaders.tables.cells import parse_cell_date
from twingraph.text.folding import fold

__all__ = [
    "CHANGES",
    "NAME_MARK",
    "STATUS_OF",
    "Clause",
    "DateRole",
    "Mention",
    "Term",
    "change_meaning",
    "decider_words",
    "decision_words",
    "find_nouns",
    "is_date_word",
    "names_body",
    "read_clauses",
]

type Json = Mapping[str, Mapping[str, Any]]

STATUS_OF = {
    "active": Status.ACTIVE,
    "yes": Status.ACTIVE,
    "begun": Status.ACTIVE,
    "resumed": Status.ACTIVE,
    "expiring": Status.ACTIVE,
    "planned": Status.PLANNED,
    "suspended": Status.SUSPENDED,
    "terminated": Status.TERMINATED,
    "former": Status.TERMINATED,
    "unknown": Status.UNKNOWN,
}
"""The status that each list of words means, where nothing changes it."""
CHANGES = frozenset({"not", "no_longer", "not_yet", "past", "future", "doubt"})
"""The lists of words that change what another word means."""
MEANINGS = {"not_yet": "planned", "future": "planned", "no_longer": "terminated", "not": "suspended"}
"""What "active" means with each change, the first in this order where there are several."""
REACH = 3
"""Words between a negation and what it negates, chosen by hand: "не є на цей час чинним"."""
DATE_REACH = 4
"""Words from a preposition to its date, chosen by hand: "until the end of 2027"."""

NAME_MARK = "\ue000"
"""Replaces, in a text, a name that was taken out of it."""
YEAR = r"(?:1[6-9]|20)\d\d"
CORE = re.compile(
    r"(?<![\w№/\\.-])(?:\d{1,2}\s?([./-])\s?\d{1,2}\s?\1\s?\d{4}|\d{4}([-./])\d{1,2}(?:\2\d{1,2})?|\d{1,2}[./]\d{4})(?![\w/\\])"
    rf"|(?<![\w№/\\])(?<!\d[.,]){YEAR}(?![\w/\\]|-(?!го\b)[^\W\d_]|[.,]\d)"
)
SPELLED_BEFORE = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|er|-?го|\.)?\s+)?(?:of\s+|de\s+)?([^\W\d_]{3,})\.?,?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?$"
)
NUMBER_BEFORE = re.compile(r"(?:№|#|\b(?:no|nr|num|numer|č))\.?\s*$", re.IGNORECASE)
BETWEEN_YEARS = re.compile(r"\s*(?:[-–—]|\b(?:to|until|till|до|по|do|bis|à|au)\b)\s*", re.IGNORECASE)
TOKEN = re.compile(rf"[^\W\d_]+(?:['’ʼ`][^\W\d_]+)*|[,;:.!?()\[\]/\n–—{NAME_MARK}]|(?<=\s)-(?=\s)|\d+")
BOUNDARIES = frozenset(",;:.!?()[]/\n–—-")


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase of the vocabulary: its list, and the numbers of its first word and of the word behind it."""

    label: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A date in a text.

    Attributes
    ----------
    date
        As a partial ISO date.
    start, stop
        Its place in the text.
    to
        The end, where it is the beginning of a span such as ``1998–2016``.
    """

    date: str
    start: int
    stop: int
    to: str | None = None


type DateRole = str
"""``until``, ``since``, ``beside`` (of something else), or empty."""


@dataclass(slots=True)
class Clause:
    """What is between two marks of punctuation.

    Attributes
    ----------
    words
        Folded; empty for a date and for a name.
    written
        The words as written.
    places
        The place of each word in the text.
    dates
        The dates by the number of their word, each with its role.
    terms
        What the vocabulary knows, in order.
    mark
        The punctuation before it.
    """

    words: list[str]
    written: list[str]
    places: list[int]
    dates: dict[int, tuple[Mention, DateRole]]
    terms: list[Term]
    mark: str = ""

    @property
    def statuses(self) -> list[Term]:
        """The terms that name a status."""
        return [term for term in self.terms if term.label in STATUS_OF]

    @property
    def changes(self) -> list[Term]:
        """The terms that change what another means."""
        return [term for term in self.terms if term.label in CHANGES]

    @property
    def begins_low(self) -> bool:
        """Whether its first word is no name: written in lower case, or a date."""
        return bool(self.written) and bool(self.words[0] or 0 in self.dates) and not self.written[0][0].isupper()

    def has(self, label: str) -> bool:
        """Return whether a term of a list is in the clause."""
        return any(term.label == label for term in self.terms)

    def changing(self) -> dict[Term | None, set[str]]:
        """Return the changes of each status; those that belong to none are under ``None``.

        A change belongs to the next status, else to the one before: "не діє", "besteht nicht mehr".
        """
        found: dict[Term | None, set[str]] = {}
        for change in self.changes:
            ahead = next((term for term in self.statuses if term.start >= change.stop), None)
            behind = next((term for term in reversed(self.statuses) if term.stop <= change.start), None)
            target = None
            if ahead is not None and ahead.start - change.stop <= REACH:
                target = ahead
            elif behind is not None and change.start - behind.stop <= REACH:
                target = behind
            found.setdefault(target, set()).add(change.label)
        return found


def change_meaning(label: str, changes: set[str]) -> str | None:
    """Return the list that a changed word belongs to, or ``None`` where nobody can say.

    "Not active" is suspended, "no longer active" ended, "not yet signed" planned; "not ended" can be anything.

    Examples
    --------
    >>> change_meaning("active", {"no_longer"}), change_meaning("terminated", {"not"})
    ('terminated', None)
    """
    if not changes:
        return label
    if "doubt" in changes:
        return None
    if label == "active":
        first = next((change for change in MEANINGS if change in changes), "")
        return MEANINGS.get(first)
    if label == "begun" and (changes <= {"not_yet", "future"} or changes == {"no_longer"}):
        return "terminated" if "no_longer" in changes else "planned"
    is_settled = label in {"begun", "resumed", "suspended", "terminated", "former", "unknown"}
    return label if (changes == {"past"} and is_settled) or (changes == {"future"} and label == "planned") else None


def read_clauses(text: str) -> list[Clause]:
    """Return the clauses of a text, with the known words and the dates in them."""
    mentions = list(_find_dates(text))
    clauses: list[Clause] = []
    current = Clause([], [], [], {}, [])
    position = 0
    for mention in [*mentions, None]:
        end = len(text) if mention is None else mention.start
        for found in TOKEN.finditer(text, position, end):
            token = found[0]
            if token in BOUNDARIES:
                if current.words:
                    clauses.append(current)
                current = Clause([], [], [], {}, [], token)
                continue
            current.words.append("" if token == NAME_MARK else fold(token))
            current.written.append(token)
            current.places.append(found.start())
        if mention is not None:
            current.dates[len(current.words)] = mention, ""
            current.words.append("")
            current.written.append(text[mention.start : mention.stop])
            current.places.append(mention.start)
            position = mention.stop
    if current.words:
        clauses.append(current)
    for clause in clauses:
        clause.terms = list(_find_terms(clause.words, "words", "changes"))
        clause.dates = {at: (mention, _date_role(clause, at)) for at, (mention, _) in clause.dates.items()}
    return clauses


def find_nouns(words: Sequence[str]) -> list[Term]:
    """Return the nouns in the words of a clause: of a partnership (``tie``), of a place, or of no weight."""
    return list(_find_terms(words, "nouns"))


def _date_role(clause: Clause, at: int) -> DateRole:
    """Return what the words before a date make of it."""
    first = next((before + 1 for before in range(at - 1, -1, -1) if before in clause.dates), 0)
    own = [status for status in clause.statuses if status.stop <= at]
    roles = [
        term
        for term in _find_terms(clause.words[:at], "dates")
        if not any(status.start <= term.start < status.stop for status in own)
    ]
    roles += [Term("beside", status.start, status.stop) for status in own if status.label == "resumed"]
    roles.sort(key=lambda term: term.start)
    near = [term for term in roles if term.start >= first and at - term.stop <= DATE_REACH]
    for term in reversed(near):
        if term.label != "since":
            return term.label
        if not any(term.stop <= status.start < at for status in clause.statuses):
            before = [other for other in near if other.stop <= term.start and other.label != "since"]
            # "until the end of 2027", "as of 2023": the word before the preposition decides
            return before[-1].label if before and term.start - before[-1].stop <= 2 else "since"
    return ""


def _find_dates(text: str) -> Iterator[Mention]:
    """Yield the dates in a text; two with a dash between them are one span."""
    found: list[Mention] = []
    for core in CORE.finditer(text):
        start, date = core.start(), None
        if NUMBER_BEFORE.search(text[:start]):
            continue
        is_year = core[0].isdecimal()
        if is_year and (spelled := SPELLED_BEFORE.search(text[max(0, start - 40) : start])):
            begin = max(0, start - 40) + spelled.start()
            begin = begin if spelled[1] else max(0, start - 40) + spelled.start(2)
            if (date := _parse(text[begin : core.end()])) is not None:
                start = begin
        date = date or _parse(core[0]) or (year[0] if (year := re.search(YEAR, core[0])) else None)
        if date is not None:
            found.append(Mention(date, start, core.end()))
    index = 0
    while index < len(found):
        mention = found[index]
        after = found[index + 1] if index + 1 < len(found) else None
        if after is not None and BETWEEN_YEARS.fullmatch(text[mention.stop : after.start]):
            yield Mention(mention.date, mention.start, after.stop, after.date)
            index += 1
        else:
            yield mention
        index += 1


def _parse(text: str) -> str | None:
    try:
        date = parse_cell_date(text)
    except ValueError:
        return None
    return date if re.match(YEAR, date) else None


type Entry = tuple[tuple[tuple[str, bool], ...], str]
"""The words of a phrase, each with whether its ending is open, and the list that it is in."""


@cache
def _vocabulary(groups: tuple[str, ...]) -> Mapping[str, tuple[Entry, ...]]:
    """Return the phrases by the first letters of their first word, the longest first."""
    lists = _read()
    found: dict[str, list[Entry]] = {}
    for group in groups:
        for label, languages in lists[group].items():
            for phrase in (phrase for phrases in languages.values() for phrase in phrases):
                words = tuple((fold(word.rstrip("*")), word.endswith("*")) for word in phrase.split())
                entry = words, label
                known = found.setdefault(words[0][0][:2], [])
                clash = next((other for other in known if other[0] == words and other[1] != label), None)
                if clash is not None and group not in {"nouns", "dates"}:
                    raise ValueError(f"{phrase!r} means both {clash[1]} and {label}")
                known.append(entry)
    return {
        first: tuple(sorted(entries, key=lambda entry: (-len(entry[0]), -len(entry[0][0][0]))))
        for first, entries in found.items()
    }


def _find_terms(words: Sequence[str], *groups: str) -> Iterator[Term]:
    vocabulary = _vocabulary(groups)
    at = 0
    while at < len(words):
        entry = (
            next((entry for entry in vocabulary.get(words[at][:2], ()) if _matches(entry[0], words, at)), None)
            if words[at]
            else None
        )
        if entry is None:
            at += 1
            continue
        yield Term(entry[1], at, at + len(entry[0]))
        at += len(entry[0])


def _matches(phrase: Sequence[tuple[str, bool]], words: Sequence[str], at: int) -> bool:
    if at + len(phrase) > len(words):
        return False
    return all(
        word.startswith(stem) if is_open else word == stem
        for (stem, is_open), word in zip(phrase, words[at : at + len(phrase)], strict=True)
    )


@cache
def decision_words() -> Mapping[str, str]:
    """Return the base form of each word for a decision, by its form in a sentence in lower case."""
    return {word: base for words in _read()["decisions"].values() for word, base in words.items()}


def names_body(text: str) -> bool:
    """Return whether a text has a word for a body that can decide, such as a council."""
    stems = _body_words()
    return any(
        word.startswith(stem) if is_open else word == stem for word in fold(text).split() for stem, is_open in stems
    )


@cache
def _body_words() -> tuple[tuple[str, bool], ...]:
    return tuple((fold(word), word.endswith("*")) for words in _read()["bodies"].values() for word in words)


@cache
def decider_words() -> tuple[tuple[str, ...], ...]:
    """Return the folded phrases before a body that decided, the longest first."""
    phrases = {tuple(map(fold, phrase.split())) for words in _read()["deciders"].values() for phrase in words}
    return tuple(sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))


def is_date_word(word: str) -> bool:
    """Return whether a folded word is written before dates."""
    return word in _single_date_words()


@cache
def _single_date_words() -> frozenset[str]:
    return frozenset(
        fold(word)
        for lists in _read()["dates"].values()
        for words in lists.values()
        for word in words
        if " " not in word
    )


@cache
def _read() -> Json:
    text = (files("twingraph.loaders") / "lookups" / "statuses.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
