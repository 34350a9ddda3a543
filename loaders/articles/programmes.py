"""Programmes, platforms and recommendations that an article names, and who looks for a partner."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from twingraph.loaders.articles.dates import find_dates, settle_year
from twingraph.loaders.articles.mentions import Mention
from twingraph.loaders.articles.sentences import Sentence, Token
from twingraph.loaders.articles.vocabulary import Vocabulary, find_first, words_of

__all__ = ["NamedProgramme", "Search", "read_programmes", "read_searches"]

_QUOTED = re.compile(r"[«“„]([^«»“”„]{3,160})[»”]")
_BEFORE = 4
"""Words between the noun and the quoted name: *платформи*, *проєкт «…»*, *Програмою Ради Європи «…»*."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedProgramme:
    """A programme.

    Attributes
    ----------
    name
        As the text writes it.
    publisher
        Who made it, where the sentence names a ministry, a council or a programme.
    date
        The date of the sentence; ``None`` where it has none.
    participant
        The municipality that takes part, where the sentence says so.
    can_apply
        Whether the article says that one can apply there.
    words
        The sentence.
    """

    name: str
    publisher: str | None
    date: str | None
    participant: Mention | None
    can_apply: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A municipality that looks for a partner, and the country in which it does."""

    seeker: Mention
    country: str | None
    date: str | None
    words: str


def read_programmes(
    sentences: Sequence[tuple[Sentence, Sequence[Mention]]],
    vocabulary: Vocabulary,
    home: Mention | None,
    published: str | None,
) -> list[NamedProgramme]:
    """Return the programmes that an article names, each once."""
    found: dict[str, NamedProgramme] = {}
    apply = any(find_first(vocabulary.phrases("seeks", "apply"), words_of(s.tokens)) for s, _ in sentences)
    for sentence, mentions in sentences:
        words = words_of(sentence.tokens)
        takes_part = find_first(vocabulary.phrases("programmes", "takes_part"), words) is not None
        publisher = _publisher(sentence, vocabulary)
        dates = find_dates(sentence.text, vocabulary.language, published)
        date = settle_year(dates[0].iso, published) if dates else None
        for name, noun in _names(sentence, vocabulary):
            own = next((m for m in mentions if m.is_party), home) if takes_part else None
            platform = noun.startswith(("платформ", "platform", "plattform"))
            made = NamedProgramme(
                name=name, publisher=publisher, date=date, participant=own, can_apply=apply and platform,
                words=sentence.text,
            )  # fmt: skip
            found.setdefault(name.casefold(), made)
    return list(found.values())


def read_searches(
    sentences: Sequence[tuple[Sentence, Sequence[Mention]]],
    vocabulary: Vocabulary,
    home: Mention | None,
    published: str | None,
) -> list[Search]:
    """Return who looks for a partner, and in which country."""
    found = []
    for sentence, mentions in sentences:
        if sentence.title or find_first(vocabulary.phrases("seeks", "words"), words_of(sentence.tokens)) is None:
            continue
        seekers = [m for m in mentions if m.is_party and m.country == "UA"] or ([home] if home else [])
        country = next((m.country for m in mentions if m.sort == "country" and m.country != "UA"), None)
        dates = find_dates(sentence.text, vocabulary.language, published)
        date = settle_year(dates[0].iso, published) if dates else None
        found += [Search(seeker=each, country=country, date=date, words=sentence.text) for each in seekers]
    return found


def _names(sentence: Sentence, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    nouns = tuple(vocabulary.words("nouns", "programmes"))
    for match in _QUOTED.finditer(sentence.text):
        before = [token for token in sentence.tokens if token.end <= match.start()][-_BEFORE:]
        noun = next((token.lower for token in reversed(before) if token.lower.startswith(nouns)), "")
        if noun or match[1].split()[0].lower().startswith(nouns) or _is_guide(match[1], nouns):
            yield match[1].strip(), noun
    for stem in vocabulary.words("unquoted", "programmes"):
        for at, token in enumerate(sentence.tokens):
            if token.lower.startswith(stem) and at and sentence.tokens[at - 1].is_capital:
                yield _phrase(sentence, at), stem


def _is_guide(name: str, nouns: tuple[str, ...]) -> bool:
    return any(word.lower().startswith(nouns) for word in name.split()[:2])


def _phrase(sentence: Sentence, at: int) -> str:
    """Return a name without quotation marks: from its adjective to the next mark or verb form."""
    tokens: list[Token] = sentence.tokens
    last = at
    while last + 1 < len(tokens) and tokens[last + 1].is_word and last - at < 3:
        last += 1
    return sentence.text[tokens[at - 1].start : tokens[last].end]


def _publisher(sentence: Sentence, vocabulary: Vocabulary) -> str | None:
    makers = tuple(vocabulary.words("makers", "programmes"))
    for at, token in enumerate(sentence.tokens):
        if token.is_capital and makers and token.lower.startswith(makers):
            last = at
            following = sentence.tokens[at + 1 : at + 8]
            for step, other in enumerate(following, at + 1):
                if not other.is_word or other.lower.endswith(("ло", "ла", "ли", "вав", "ував")):
                    break
                last = step
            one_word = token.lower.startswith("мінрегіон")
            return sentence.text[token.start : sentence.tokens[at if one_word else last].end]
    return None
