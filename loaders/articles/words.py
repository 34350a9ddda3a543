"""Forms of words: the nominative of names, what may be a given name or a surname."""

from functools import cache
from typing import Any

from twingraph.text.ukrainian import adjective_stem

__all__ = ["EnglishWords", "PolishWords", "UkrainianWords", "Words"]


@cache
def _morphology() -> Any:
    import pymorphy3  # noqa: PLC0415 - its dictionary is loaded only for Ukrainian items

    return pymorphy3.MorphAnalyzer(lang="uk")


class Words:
    """The forms of words of a language without cases."""

    def lemma(self, word: str) -> str:
        """Return the dictionary form of a word."""
        return word.lower()

    def nominative(self, name: str, usual: str | None) -> str:
        """Return a name in the nominative; `usual` is how a register writes it."""
        return name

    def case(self, written: str, nominative: str) -> str:
        """Return ``nom``, ``gen``, ``ins``, ``loc`` or ``any``."""
        return "any"

    def is_given_name(self, word: str) -> bool:
        """Return whether a word is a given name."""
        return False

    def may_be_surname(self, word: str) -> bool:
        """Return whether a word can be a surname."""
        return False

    def is_common(self, word: str) -> bool:
        """Return whether a word has a meaning of its own, so that its capital says nothing at a sentence's start."""
        return False

    def is_noun(self, word: str) -> bool:
        """Return whether a word is a noun."""
        return True

    def is_adjective_of_place(self, word: str) -> bool:
        """Return whether a word is an adjective made of the name of a place."""
        return False

    def feminine(self, word: str) -> str:
        """Return an adjective in the feminine nominative."""
        return word

    def masculine(self, word: str) -> str:
        """Return an adjective in the masculine nominative."""
        return word

    def person_nominative(self, name: list[str]) -> list[str]:
        """Return the words of a person's name in the nominative."""
        return name


class EnglishWords(Words):
    """English."""


class PolishWords(Words):
    """Polish: names are tried without the endings of their cases."""

    def nominative(self, name: str, usual: str | None) -> str:
        if usual and name == usual:
            return name
        words = name.split(" ")
        for ending, base in _POLISH:
            if words[-1].endswith(ending) and len(words[-1]) - len(ending) >= 3:
                return " ".join([*words[:-1], words[-1].removesuffix(ending) + base])
        return name


_POLISH = (
    ("czy", "cza"), ("wi", "wia"), ("kwi", "kiew"), ("wią", "ew"), ("owem", "ów"), ("owa", "ów"), ("iem", ""),
    ("em", ""), ("ą", "a"), ("ii", "ia"), ("y", "a"), ("i", "a"), ("ę", "a"), ("u", ""), ("a", ""),
)  # fmt: skip


class UkrainianWords(Words):
    """Ukrainian, with the dictionary of pymorphy3."""

    def lemma(self, word: str) -> str:
        parsed = _morphology().parse(word.lower())
        return parsed[0].normal_form if parsed else word.lower()

    def nominative(self, name: str, usual: str | None) -> str:
        words = name.split(" ")
        if usual:
            others = usual.split(" ")
            if len(words) == len(others) and all(_near(a, b) for a, b in zip(words, others, strict=True)):
                return usual
        if len(words) == 2 and (phrase := self._adjective_and_noun(*words)):
            return phrase
        return " ".join(self._word_nominative(word) for word in words)

    def _adjective_and_noun(self, adjective: str, noun: str) -> str | None:
        """Return *Чеська Ліпа* of *Чеській Ліпі*: both words in the nominative of one gender."""
        for first in _morphology().parse(adjective):
            if "ADJF" not in first.tag or first.tag.gender is None:
                continue
            for second in _morphology().parse(noun):
                if (
                    "NOUN" not in second.tag
                    or second.tag.gender != first.tag.gender
                    or second.tag.case != first.tag.case
                ):
                    continue
                one, other = first.inflect({"nomn"}), second.inflect({"nomn"})
                if one and other:
                    return f"{_capital(one.word, adjective)} {_capital(other.word, noun)}"
        return None

    def _word_nominative(self, word: str) -> str:
        if "-" in word:
            head, _, tail = word.rpartition("-")
            return f"{head}-{self._word_nominative(tail)}" if tail[:1].isupper() else word
        known = _morphology().word_is_known(word.lower())
        if not known and word[-1] in "еіоу":
            return word
        best = None
        for parse in _morphology().parse(word):
            if "NOUN" in parse.tag or "ADJF" in parse.tag:
                if "nomn" in parse.tag and "plur" not in parse.tag:
                    return word
                best = best or parse
        if best is None:
            return word
        inflected = best.inflect({"nomn"})
        return _capital(inflected.word if inflected else best.normal_form, word)

    def case(self, written: str, nominative: str) -> str:
        last, base = written.rsplit(" ", maxsplit=1)[-1].lower(), nominative.rsplit(" ", maxsplit=1)[-1].lower()
        if last == base:
            return "any" if last[-1] in "еіуоєю" else "nom"
        if last.endswith(("ом", "ем", "єм", "ою", "ею", "єю", "ами", "ями", "им", "ім")):
            return "ins"
        if last.endswith(("і", "ї", "ові", "еві", "у", "ю", "ах", "ях", "ій", "их")):
            return "loc"
        return "gen"

    def is_given_name(self, word: str) -> bool:
        return any("Name" in parse.tag for parse in _morphology().parse(word))

    def may_be_surname(self, word: str) -> bool:
        parsed = _morphology().parse(word)
        return any("Surn" in parse.tag for parse in parsed) or not _morphology().word_is_known(word)

    def is_common(self, word: str) -> bool:
        return bool(_morphology().word_is_known(word.replace("’", "'"))) or bool(_morphology().word_is_known(word))

    def is_noun(self, word: str) -> bool:
        tag = _morphology().parse(word)[0].tag
        return "NOUN" in tag or "ADJF" in tag

    def is_adjective_of_place(self, word: str) -> bool:
        if word.startswith(_NO_PLACE):
            return False
        return (
            len(word) > 6 and word.rstrip("аоуюєїійимх").endswith(("ськ", "цьк", "зьк", "ського", "цького"))
        ) or word.endswith(
            (
                "ської",
                "ській",
                "ською",
                "ського",
                "ському",
                "ським",
                "цької",
                "цькій",
                "цькою",
                "цького",
                "цькому",
                "цьким",
                "зької",
                "зького",
                "зькій",
                "зькою",
                "зьким",
            )
        )

    def feminine(self, word: str) -> str:
        return _capital(adjective_stem(word) + "а", word)

    def masculine(self, word: str) -> str:
        return _capital(adjective_stem(word) + "ий", word)

    def person_nominative(self, name: list[str]) -> list[str]:
        first = _morphology().parse(name[0])
        if any("nomn" in parse.tag for parse in first[:3]):
            return name
        out = []
        for word in name:
            parse = next((p for p in _morphology().parse(word) if "NOUN" in p.tag and "nomn" not in p.tag), None)
            inflected = parse.inflect({"nomn"}) if parse else None
            out.append(_capital(inflected.word, word) if inflected else word)
        return out


_NO_PLACE = (
    "міськ",
    "сільськ",
    "військ",
    "громадськ",
    "українськ",
    "європейськ",
    "побратимськ",
    "партнерськ",
    "товариськ",
    "людськ",
    "дружн",
    "всесвіт",
)


def _capital(word: str, like: str) -> str:
    return word[:1].upper() + word[1:] if like[:1].isupper() else word


def _shared(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one.lower(), other.lower(), strict=False):
        if a != b:
            break
        count += 1
    return count


def _near(one: str, other: str) -> bool:
    return _shared(one, other) >= max(2, min(len(one), len(other)) - 4)
