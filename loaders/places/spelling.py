"""Names that stand in no register as they are spelled: inflected, transliterated, put together, mistyped."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from anyascii import anyascii
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from twingraph.loaders.places.fold import name_key, script_of
from twingraph.loaders.places.gazetteer import Gazetteer
from twingraph.loaders.places.ukrainian import base_forms, romanise

__all__ = ["Respelled", "Speller"]


class Respelled(NamedTuple):
    """Another key for a name, why it may be the same, and how sure that is (0 to 1)."""

    key: str
    reason: str
    confidence: float


# "Weiden in der Oberpfalz" is in the register as "Weiden". Only where such endings tell towns apart loosely.
_TAIL_COUNTRIES = frozenset({"DE", "AT", "CH", "CZ", "SK", "SI", "IT", "HR", "LI", "LU", "HU", "PL"})
_TAIL = re.compile(
    r"^(.{4,}?) (?:an der|am|im|in der|in|bei|ob der|ob|an|auf dem|vor der|u|nad|pod|pri|na|v|ve|di|del|della|sul|sulla|"
    r"dell|al|am see|op|aan den|aan de|aan|ved|koło|kolo) .{2,}$"
)
_OTHER_START = {"j": "yi", "y": "jiy", "i": "jy", "c": "kts", "k": "cq", "q": "k", "h": "gk", "g": "h", "w": "v",
                "v": "wb", "s": "zcš", "z": "s", "f": "p", "u": "o", "o": "u", "e": "ya", "b": "v", "x": "s"}  # fmt: skip


class Speller:
    """Looks for other spellings of a name among the keys of a country.

    Parameters
    ----------
    gazetteer
        The open index of places.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._lexicon = lru_cache(maxsize=6)(gazetteer.lexicon)
        self.nearest = lru_cache(maxsize=4096)(self._nearest)

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

    def _nearest(self, key: str, country: str) -> Respelled | None:
        """Return the key of the country's that is nearest to a mistyped one, where one alone is near enough."""
        length = len(key)
        if length < 5:
            return None
        script = script_of(key)
        if script == "cyrillic":
            latin = name_key(romanise(key))
            return self._near(key, country, 1) or self._near(latin, country, 2 if len(latin) >= 7 else 1)
        return self._near(key, country, 1 if length < 9 else 2)

    def _near(self, key: str, country: str, allowed: int) -> Respelled | None:
        lexicon = self._lexicon(country)
        near: dict[str, int] = {}
        starts = {key[:2], *(other + key[1:2] for other in _OTHER_START.get(key[0], "")), key[0] + key[2:3], key[1:3]}
        for start in sorted(starts):
            low, high = bisect_left(lexicon, start), bisect_left(lexicon, start + "\U0010ffff")
            for found, distance, _ in extract(
                key, lexicon[low:high], scorer=OSA.distance, score_cutoff=allowed, limit=8
            ):
                near[found] = int(distance)
        compact = key.replace(" ", "")
        same = [found for found in near if found.replace(" ", "") == compact]
        if same:
            return Respelled(same[0], "The register writes the name with other spaces or hyphens.", 0.93)
        if not near:
            return None
        best = min(near.values())
        winners = sorted(found for found, distance in near.items() if distance == best)
        places = {frozenset(e.pid for e in self._gazetteer.named(found, country) if e.sort == 0) for found in winners}
        if len(places) > 1:
            return None
        return Respelled(winners[0], "The name differs from the register's by a letter or two.", 0.85 - 0.1 * best)
