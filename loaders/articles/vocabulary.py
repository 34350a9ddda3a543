"""The words of a language, from ``data/<language>.toml``: what starts a fact, what a place or an office is called."""

import tomllib
from collections.abc import Sequence
from functools import cache, cached_property
from importlib import resources
from typing import Any

from babel import Locale

from twingraph.loaders.articles.sentences import Token

__all__ = ["Phrase", "Vocabulary", "find_first", "matches", "vocabulary", "words_of"]


class Phrase:
    """Words that follow each other: beginnings, whole words (``=word``) and gaps of up to four words (``…``)."""

    __slots__ = ("steps", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.steps = text.lower().split()

    def at(self, words: Sequence[str], start: int) -> int:
        """Return the position after the phrase that begins at `start`, or -1."""
        position, gap = start, 0
        for step in self.steps:
            if step == "…":
                gap = 4
                continue
            while True:
                if position >= len(words):
                    return -1
                word = words[position]
                position += 1
                if word == step[1:] if step[0] == "=" else word.startswith(step):
                    break
                if not gap:
                    return -1
                gap -= 1
            gap = 0
        return position

    def find(self, words: Sequence[str]) -> tuple[int, int] | None:
        """Return the first place of the phrase as the positions of its first word and after its last, if any."""
        for start in range(len(words)):
            if (end := self.at(words, start)) >= 0:
                return start, end
        return None


def find_first(phrases: Sequence[Phrase], words: Sequence[str]) -> tuple[int, int] | None:
    """Return the place of the earliest of some phrases."""
    return min((found for phrase in phrases if (found := phrase.find(words))), default=None)


class Vocabulary:
    """The words of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        text = resources.files("twingraph.loaders.articles").joinpath(f"data/{language}.toml").read_text("utf-8")
        self._data = tomllib.loads(text)
        self.kinds = {kind: self._phrases(words) for kind, words in self._data["kinds"].items()}
        words = self._data["words"]
        self.connectors = frozenset(words["connectors"])
        self.prepositions = frozenset(words["prepositions"])
        self.locatives = frozenset(words["locatives"])
        self.country_fillers = frozenset(words["country_fillers"])
        self._kind_words = {stem: kind for kind, stems in self._data["place_kinds"].items() for stem in stems}
        self._roles = tuple(words["roles"])
        self._fillers = tuple(words["fillers"])
        self._part_of = tuple(words["part_of"])
        self._never = frozenset(words["never_places"])
        self.enumerating = frozenset(words["enumerating"])
        self.name_prefixes = frozenset(words["name_prefixes"])
        self.withs = frozenset(words["withs"])
        self.lenient = language != "uk"
        self._aliases: dict[str, str] = self._data.get("aliases", {})

    @staticmethod
    def _phrases(words: Sequence[str]) -> tuple[Phrase, ...]:
        return tuple(Phrase(text) for text in words)

    def alias(self, text: str) -> str:
        """Return the full form of a short name that is usual in the press."""
        if not self._aliases:
            return text
        lower = text.lower()
        for short, full in self._aliases.items():
            if lower.startswith(short) and len(lower) - len(short) <= 3:
                return full + text[len(short) :]
        return text

    @cache  # noqa: B019 - one vocabulary a language lives as long as the process
    def kind_word(self, word: str) -> str:
        """Return the sort of place that a word names: *місто*, *ґміна*, *громада*; empty where it names none."""
        return next((kind for stem, kind in self._kind_words.items() if matches(word, stem)), "")

    def is_role(self, word: str) -> bool:
        """Return whether a word names the office of a person."""
        return any(matches(word, stem) for stem in self._roles)

    def is_filler(self, word: str) -> bool:
        """Return whether a word can come between an adjective or a kind word and the name."""
        return any(matches(word, stem) for stem in self._fillers)

    def is_part_of(self, word: str) -> bool:
        """Return whether the name after a word only says where something lies: *округом Братислави*."""
        return any(matches(word, stem) for stem in self._part_of)

    def is_never_place(self, word: str) -> bool:
        """Return whether a word is never the name of a place in the news."""
        return word in self._never

    def is_body_filler(self, word: str) -> bool:
        """Return whether a word comes between the adjective of a body and its noun."""
        return any(matches(word, stem) for stem in self._data["bodies"]["fillers"])

    def body(self, word: str) -> str:
        """Return what sort of body a noun after an adjective is: hromada, office, county, raion, region."""
        for kind, stems in self._data["bodies"].items():
            if kind != "fillers" and any(matches(word, stem) for stem in stems):
                return str(kind)
        return ""

    def council_of(self, word: str) -> str | None:
        """Return the town in a word such as Київрада or Черкасирада."""
        for tail in self._data["bodies"].get("council_tails", ()):
            if word.endswith(tail) and len(word) > len(tail) + 3:
                return word[: -len(tail)].capitalize()
        return None

    @cached_property
    def _nationalities(self) -> dict[str, str]:
        return {stem: code for code, stems in self._data["nationality"].items() for stem in stems}

    @cache  # noqa: B019
    def nationality(self, word: str) -> str | None:
        """Return the country of an adjective: *польський*, *Polish*."""
        for stem, code in self._nationalities.items():
            if word.startswith(stem) and len(word) - len(stem) <= (1 if self.language == "en" else 4):
                return code
        return None

    @cached_property
    def _countries(self) -> dict[str, str]:
        names = {
            name.lower(): code
            for code, name in Locale(self.language).territories.items()
            if len(code) == 2 and code.isalpha()
        }
        names.update({name: code for code, extra in self._data.get("countries", {}).items() for name in extra})
        if self.language != "uk":
            return names
        return {
            name[:-1] if name[-1] in "аяіїеоьй" and len(name) > 4 else name: code
            for name, code in names.items()
            if " " not in name
        }

    @cache  # noqa: B019
    def country(self, word: str) -> str | None:
        """Return the country that a word names, in any case."""
        if self.language != "uk":
            return self._countries.get(word)
        for stem, code in self._countries.items():
            if word.startswith(stem) and len(word) - len(stem) <= 3 and (len(stem) > 3 or word == stem):
                return code
        return None

    def is_region(self, word: str) -> bool:
        """Return whether a word is the usual name of a region of Ukraine: *Херсонщина*, *Волинь*."""
        return any(matches(word, stem) for stem in self._data["words"].get("regions", ()))

    @cache  # noqa: B019
    def phrases(self, section: str, name: str) -> tuple[Phrase, ...]:
        """Return the phrases of an entry."""
        return self._phrases(self._data[section][name])

    def table(self, section: str, name: str) -> dict[str, Any]:
        """Return a table of a section."""
        return dict(self._data[section][name])

    @cache  # noqa: B019
    def words(self, name: str, section: str = "words") -> frozenset[str]:
        """Return the words of an entry."""
        return frozenset(self._data[section][name])


def matches(word: str, stem: str) -> bool:
    """Return whether a word is of a stem: ``=`` marks a whole word, ``-`` a stem at any place but the beginning."""
    if stem[0] == "=":
        return word == stem[1:]
    if stem[0] == "-":
        return stem[1:] in word and len(word) > len(stem)
    return word.startswith(stem)


@cache
def vocabulary(language: str) -> Vocabulary:
    """Return the vocabulary of a language."""
    return Vocabulary(language)


def words_of(tokens: Sequence[Token]) -> list[str]:
    """Return the tokens in lower case; *міста-побратими* is two words, the name *Нью-Йорк* is one."""
    return [
        word
        for token in tokens
        for word in (token.lower.split("-") if token.text.partition("-")[2].islower() else (token.lower,))
    ]
