"""Names that no register has as they are spelled: inflected, transliterated, put together, mistyped."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from anyascii import anyascii
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from twingraph.graph.model import Region
from twingraph.loaders.places.gazetteer import EntryType, Gazetteer, Grade
from twingraph.loaders.places.ranking import merge_doubles, rank, share_of_best
from twingraph.text.folding import name_key, script_of
from twingraph.text.ukrainian import base_forms, romanise

__all__ = ["Respelled", "Speller"]


class Respelled(NamedTuple):
    """Another key for a name, why it may be the same, and how sure that is (0 to 1)."""

    key: str
    reason: str
    confidence: float


# "Weiden in der Oberpfalz" is in the register as "Weiden". Only in countries where such endings are often omitted.
_TAIL_COUNTRIES = frozenset({"DE", "AT", "CH", "CZ", "SK", "SI", "IT", "HR", "LI", "LU", "HU", "PL"})
_TAIL = re.compile(
    r"^(.{4,}?) (?:an der|am|im|in der|in|bei|ob der|ob|an|auf dem|vor der|u|nad|pod|pri|na|v|ve|di|del|della|sul"
    r"|sulla|dell|al|op|aan den|aan de|aan|ved|kolo) .{2,}$"
)
# Words that some put before or after a name and others leave out.
_BEFORE = ("bad ", "the ")
_AFTER = (" spa", " terme", " beach", " lakes")


def _with_and_without(key: str) -> Iterator[str]:
    """Yield ``droitwich`` for ``droitwich spa``, ``the mumbles`` for ``mumbles``; the shorter names first."""
    for word in _BEFORE:
        if key.startswith(word):
            yield key.removeprefix(word)
    for word in _AFTER:
        if key.endswith(word):
            yield key.removesuffix(word)
    for word in _BEFORE:
        yield word + key


_OTHER_START = {
    "j": "yi", "y": "jiy", "i": "jy", "c": "kts", "k": "cq", "q": "k", "h": "gk", "g": "h", "w": "v", "v": "wb",
    "s": "zc", "z": "s", "f": "p", "u": "o", "o": "u", "e": "ya", "b": "v", "x": "s",
}  # fmt: skip


class Speller:
    """Looks for other spellings of a name among the keys of a country.

    Parameters
    ----------
    gazetteer
        The open index of places.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        # The unknown names of a table often begin alike.
        self._lexicon = lru_cache(maxsize=512)(gazetteer.lexicon)

    def respell(self, key: str, country: str | None) -> Iterator[Respelled]:
        """Yield other keys for a key that no register has, the surest first."""
        script = script_of(key)
        if script == "cyrillic":
            for form in base_forms(key):
                yield Respelled(form, "The name is read as an inflected form.", 0.9)
            for spelled in dict.fromkeys((name_key(romanise(key)), name_key(anyascii(key)))):
                yield Respelled(spelled, "The name is transliterated.", 0.85)
        if country in _TAIL_COUNTRIES:
            tail = _TAIL.match(key)
            if tail:
                yield Respelled(tail[1], "The register has the name without its last words.", 0.8)
        for other in _with_and_without(key):
            yield Respelled(other, "The register has the name with a word more or less.", 0.85)

    def nearest(self, key: str, country: str) -> Respelled | None:
        """Return the key of the country's that is nearest to a misspelled one, where one alone is near enough."""
        if len(key) < 5:
            return None
        if script_of(key) == "cyrillic":
            return self._near(key, country) or self._near(name_key(romanise(key)), country)
        return self._near(key, country)

    def longer_or_shorter(self, key: str, country: str) -> list[str]:
        """Return keys that have more words than this one (Lubicz, Lubicz Dolny) or fewer (Droitwich Spa, Droitwich)."""
        found: list[str] = []
        if len(key) >= 5:
            found.extend(other for other in self._lexicon(country, key[:2]) if other.startswith(key + " "))
        del found[3:]
        words = key.split(" ")
        for count in range(len(words) - 1, 0, -1):
            head = " ".join(words[:count])
            if len(head) >= 7 and self._gazetteer.named(head, country):
                found.append(head)
        return found

    def in_region(self, key: str, region: Region, people: int) -> Respelled | None:
        """Return the key of the town of a region, with so many people or more, that differs in a few letters."""
        country = region.id[:2]
        found = {
            spelled
            for spelled, letters in self._neighbours(key, country).items()
            if letters <= max(1, len(key) // _LETTERS_PER_ERROR)
            for town in self._gazetteer.named(spelled, country)
            if town.type == EntryType.TOWN
            and town.grade == Grade.NAME
            and town.region in {region.id, None}
            and (town.population or 0) >= people
        }
        reason = "The register writes the name of the town with other letters."
        return Respelled(found.pop(), reason, 0.85) if len(found) == 1 else None

    def _neighbours(self, key: str, country: str) -> dict[str, int]:
        """Return the keys of a country that differ from a key in up to three letters, with that number."""
        starts = {key[:2], *(other + key[1:2] for other in _OTHER_START.get(key[0], "")), key[0] + key[2:3], key[1:3]}
        if key[0] in "cksz":  # Žodzina is Zhodzina: one letter with a mark, or two without
            starts.add(key[0] + "h")
        near: dict[str, int] = {}
        for start in sorted(starts):
            lexicon = self._lexicon(country, start)
            for found, distance, _ in extract(key, lexicon, scorer=OSA.distance, score_cutoff=3, limit=12):
                near[found] = int(distance)
        return near

    def _near(self, key: str, country: str) -> Respelled | None:
        near = self._neighbours(key, country)
        compact = key.replace(" ", "")
        for alike, reason, confidence in (
            ([found for found in near if found.replace(" ", "") == compact], "with other spaces or hyphens", 0.93),
            ([found for found in near if near[found] == 1 and len(key) >= _TYPED], _ONE_LETTER, 0.75),
        ):
            if confidence < 0.9 and country in _EXACT_COUNTRIES:
                break
            entries = [
                entry
                for found in alike
                for entry in self._gazetteer.named(found, country)
                if entry.type == EntryType.TOWN
            ]
            places = {entry.pid: entry for entry in entries}
            if reason == _ONE_LETTER and len(key) < _LONG:  # many small places differ by a letter: a city is meant
                places = {pid: entry for pid, entry in places.items() if (entry.population or 0) >= _KNOWN}
            meant = merge_doubles(rank(list(places.values()))) if places else []
            share = share_of_best(meant) if meant else 0.0
            if share >= _CLEAR:
                pid = meant[0].pid
                chosen = sorted(
                    found for found in alike if any(e.pid == pid for e in self._gazetteer.named(found, country))
                )
                return Respelled(chosen[0], f"The register writes the name {reason}.", confidence * share)
        return None


# A region's name differs from that of its town in at most one letter of so many: Qalqilya, Zaporizhia. By hand.
_LETTERS_PER_ERROR = 5
# The share that one of several places with similar names must have. Chosen by hand.
_CLEAR = 0.7
_ONE_LETTER = "with one letter different"
# A name of this many letters with one of them wrong is taken for that of a place of this many people. Chosen by hand.
_TYPED = 7
_KNOWN = 50_000
# A name of so many letters with one of them wrong is taken for that of any place, where one alone is so near. By hand.
_LONG = 10
# Where one letter of a romanised name makes another place: Jecheon and Yecheon are two cities.
_EXACT_COUNTRIES = frozenset({"CN", "JP", "KP", "KR", "TW", "VN"})
