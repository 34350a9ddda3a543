"""Municipalities called after several places: Kötschach-Mauthen, Reigate and Banstead, Chemillé-en-Anjou.

Mergers make such names, and the registers know the settlements but not the merged municipality. It stands at the
settlement that it is called after; its id is its own, since it is not that settlement.
"""

import re
from typing import NamedTuple

from twingraph.graph.geodesy import distance_km
from twingraph.loaders.places.gazetteer import Entry, Gazetteer
from twingraph.loaders.places.ranking import at, merge_doubles, rank
from twingraph.text.folding import name_key

__all__ = ["Joined", "find_joined"]

_AND = re.compile(r"\s*[/–—]\s*|\s+(?:and|und|et|og|och|ja|i|y|e|en|a|şi|și|cum|with|&)\s+|\s*-\s*et\s*-?\s*d?['’]?")
_HYPHEN = re.compile(r"\s*-\s*")
_LINK = re.compile(
    r"^(?P<head>.{4,}?)[- ](?:sur|en|les|lès|lez|sous|la|le|l|d|du|de|des|von|upon|on|in|by|am|an|im|bei)[- '’].+$",
    re.IGNORECASE,
)
# Parts of one municipality lie at most this far apart.
_APART_KM = 20.0
_SHORTEST = 3
# A city is this large, and this many times larger than what is called its part.
_CITY_PEOPLE = 100_000
_CITY_TIMES = 8
# Shorter names stand for too many things to tell a place alone.
_TELLING = 6


class Joined(NamedTuple):
    """The settlements that a joined name is made of, the one to stand at first, and how sure that is.

    `city_first` tells that the name begins with a city and goes on with a part of it: Berlin-Spandau.
    """

    places: tuple[Entry, ...]
    confidence: float
    city_first: bool = False


def find_joined(gazetteer: Gazetteer, words: str, country: str, region: str | None) -> Joined | None:
    """Return the settlements of which a name is made up, or None.

    Parameters
    ----------
    gazetteer
        The open index of places.
    words
        The name as written, without kind words.
    country, region
        Where the record puts it.
    """
    for pattern in (_AND, _HYPHEN):
        parts = [part.strip() for part in pattern.split(words) if len(part.strip()) >= _SHORTEST]
        if len(parts) < 2:
            continue
        found = [_towns(gazetteer, part, country, region) for part in parts]
        near = _near_pair(found)
        if near is not None:
            first, part = near[0], near[-1]
            leads = any(entry.pid == first.pid for entry in found[0])
            many, few = first.population or 0, part.population or 0
            return Joined(near, 0.85, city_first=leads and many >= max(_CITY_PEOPLE, _CITY_TIMES * few))
        # One part is known and borne by one place only; the others are too small for the register.
        known = [entries for entries in found if entries]
        if len(known) == 1 and _alone(known[0]) and len(name_key(parts[found.index(known[0])])) >= _TELLING:
            return Joined((known[0][0],), 0.7)
    link = _LINK.match(words)
    if link:
        entries = _towns(gazetteer, link["head"], country, region)
        if _alone(entries) and len(name_key(link["head"])) >= _TELLING:
            return Joined((entries[0],), 0.65)
    return None


def _towns(gazetteer: Gazetteer, text: str, country: str, region: str | None) -> list[Entry]:
    entries = [entry for entry in gazetteer.named(name_key(text), country) if entry.sort == 0 and entry.lat is not None]
    if region:
        entries = [entry for entry in entries if entry.region == region] or entries
    return merge_doubles(rank(entries))


def _alone(entries: list[Entry]) -> bool:
    return len(entries) == 1 and entries[0].grade == 0


def _near_pair(found: list[list[Entry]]) -> tuple[Entry, ...] | None:
    """Return entries of two different parts that lie near each other, the larger first."""
    best: tuple[float, Entry, Entry] | None = None
    for index, firsts in enumerate(found):
        for seconds in found[index + 1 :]:
            for first in firsts[:12]:
                for second in seconds[:12]:
                    here, there = at(first), at(second)
                    if first.pid == second.pid or here is None or there is None:
                        continue
                    km = distance_km(*here, *there)
                    if km <= _APART_KM and (best is None or km < best[0]):
                        best = (km, first, second)
    return tuple(rank(best[1:])) if best else None
