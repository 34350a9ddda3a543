"""Aid that was sent and people who were hosted, as sentences state them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from twingraph.loaders.articles.dates import find_dates, settle_year
from twingraph.loaders.articles.mentions import Mention
from twingraph.loaders.articles.sentences import Sentence, Token
from twingraph.loaders.articles.vocabulary import Phrase, Vocabulary, find_first, matches, words_of

__all__ = ["Flow", "read_flows"]

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:[.,]\d+)?")
_REACH = 6
"""Words between a number and its unit: *50 тон*, *650 українських жінок*, *п’ять генераторів великої потужності*."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Aid sent or people hosted.

    Attributes
    ----------
    type
        ``SENT_AID``, ``HOSTED`` or ``SUPPORT_CENTRE``.
    giver, receiver
        Who gave; who received, ``None`` for Ukraine as a whole.
    amount, unit
        How much; both ``None`` where the text names no amount.
    what
        The words for what was given.
    since
        The date, partial where the text is; ``None`` where it names none.
    words
        The sentence.
    """

    type: str
    giver: Mention
    receiver: Mention | None
    amount: float | None
    unit: str | None
    what: str
    since: str | None
    words: str


def read_flows(
    sentences: Sequence[tuple[Sentence, Sequence[Mention]]],
    vocabulary: Vocabulary,
    home: Mention | None,
    guest: Mention | None,
    published: str | None,
) -> list[Flow]:
    """Return the aid and the hosting that an article states.

    Parameters
    ----------
    sentences
        Its sentences with what they name.
    vocabulary
        Of its language.
    home, guest
        The municipality of Ukraine that it is about, and the one abroad.
    published
        Its day, ISO.
    """
    found: list[Flow] = []
    gave = False
    for sentence, mentions in sentences:
        words = words_of(sentence.tokens)
        gives, hosts, centre = (
            find_first(vocabulary.phrases("flows", name), words) is not None for name in ("give", "host", "centre")
        )
        gives = gives or (gave and _begins(words, vocabulary.phrases("flows", "again")))
        gave = gives
        giver = _giver(mentions, guest)
        if sentence.title or giver is None or not (gives or hosts or centre):
            continue
        dates = find_dates(sentence.text, vocabulary.language, published)
        since = settle_year(dates[0].iso, published) if dates else None
        here = _named_home(mentions)
        counted: list[tuple[str, Mention | None, float | None, str | None, str]] = []
        if centre:
            counted.append(("SUPPORT_CENTRE", None, None, None, ""))
        for amount, unit, what in _amounts(sentence.tokens, vocabulary):
            if unit == "people" and hosts:
                counted.append(("HOSTED", here, amount, unit, what))
            elif unit != "people" and gives:
                counted.append(("SENT_AID", here or home, amount, unit, what))
        found += [
            Flow(
                type=type_, giver=giver, receiver=receiver, amount=amount, unit=unit, what=what, since=since,
                words=sentence.text,
            )
            for type_, receiver, amount, unit, what in counted
        ]  # fmt: skip
    return _without_repeats(found)


def _begins(words: Sequence[str], phrases: Sequence[Phrase]) -> bool:
    return any(phrase.at(words, 0) > 0 for phrase in phrases)


def _giver(mentions: Sequence[Mention], guest: Mention | None) -> Mention | None:
    abroad = [m for m in mentions if m.sort in {"municipality", "county"} and m.country != "UA"]
    if not abroad and any(m.sort == "country" and m.country != "UA" for m in mentions):
        return None  # a country gave, no town
    subject = [m for m in abroad if not m.locator]
    return next(iter(subject), None) or next(iter(abroad), None) or guest


def _named_home(mentions: Sequence[Mention]) -> Mention | None:
    return next((m for m in mentions if m.sort == "municipality" and m.country == "UA"), None)


def _amounts(tokens: Sequence[Token], vocabulary: Vocabulary) -> list[tuple[float, str, str]]:
    """Return the amounts of a sentence: the number, its unit, the word for what it counts."""
    found = []
    numbers = vocabulary.table("flows", "numbers")
    multipliers = vocabulary.table("flows", "multipliers")
    units = vocabulary.table("flows", "units")
    at = 0
    while at < len(tokens):
        value, used = _number(tokens, at, numbers, multipliers)
        if value is None:
            at += 1
            continue
        for token in tokens[at + used : at + used + _REACH]:
            if _NUMBER.fullmatch(token.text) or token.text in ".;:" or token.lower in {"та", "і", "and", "und"}:
                break
            unit = next(
                (name for name, stems in units.items() if any(matches(token.lower, stem) for stem in stems)), None
            )
            if unit:
                if unit != "vehicles" or _are_given(tokens, at, tokens.index(token, at), vocabulary):
                    found.append((value, unit, token.text))
                break
        at += used
    if found:
        return found
    single = vocabulary.words("single", "flows")
    return [
        (1.0, "vehicles", token.text)
        for at, token in enumerate(tokens)
        if any(matches(token.lower, stem) for stem in single) and _are_given(tokens, at, at, vocabulary)
    ][:1]


def _are_given(tokens: Sequence[Token], first: int, last: int, vocabulary: Vocabulary) -> bool:
    """Return whether vehicles are the gift: not those that carry it, and not a fleet that somebody has."""
    before = [token.lower for token in tokens[max(0, first - 3) : first]]
    after = [token.lower for token in tokens[last + 1 : last + 5]]
    stems = vocabulary.words("not_given", "flows")
    cargo = vocabulary.words("cargo", "flows")
    carries = any(matches(word, stem) for word in after for stem in cargo)
    return not carries and not any(matches(word, stem) for word in (*before, *after[:1]) for stem in stems)


def _number(
    tokens: Sequence[Token], at: int, numbers: dict[str, float], multipliers: dict[str, float]
) -> tuple[float | None, int]:
    token = tokens[at]
    value: float | None = None
    if _NUMBER.fullmatch(token.text):
        thousands = re.fullmatch(r"\d{1,3}(?:,\d{3})+", token.text) is not None
        value = float(token.text.replace(",", "" if thousands else "."))
        if (
            1900 <= value <= 2100
            and value == int(value)
            and (at + 1 >= len(tokens) or tokens[at + 1].lower.startswith(("рок", "р")))
        ):
            return None, 1
    elif token.lower in numbers:
        value = numbers[token.lower]
    if value is None:
        return None, 1
    used = 1
    while at + used < len(tokens):
        after = tokens[at + used].lower
        if after in numbers and value >= 20 and numbers[after] < 10:  # сорок троє
            value += numbers[after]
        elif re.fullmatch(r"\d{3}", after) and tokens[at].text.isdigit() and value < 1000:  # 1 500
            value = value * 1000 + int(after)
        elif factor := next((number for stem, number in multipliers.items() if after.startswith(stem)), None):
            value *= factor
        else:
            break
        used += 1
    return value, used


def _without_repeats(flows: list[Flow]) -> list[Flow]:
    kept: dict[tuple[str, str, float | None, str | None], Flow] = {}
    for flow in flows:
        kept.setdefault((flow.type, flow.giver.key, flow.amount, flow.unit), flow)
    return list(kept.values())
