"""Telling namesakes apart: by region, qualifier, coordinates, spelling and size, in this order."""

import unicodedata

from twingraph.graph.model import Region
from twingraph.loaders.places.answers import NEAR_KM, Answers, Context
from twingraph.loaders.places.choosing import (
    CLEAR_SHARE,
    at,
    likelihood,
    merge_doubles,
    nearest_to,
    rank,
    share_of_best,
)
from twingraph.loaders.places.fold import name_key, script_of
from twingraph.loaders.places.gazetteer import SORT_AREA, SORT_POSTAL, SORT_TOWN, Entry, Gazetteer
from twingraph.loaders.places.model import Resolution
from twingraph.loaders.places.parts import PartFinder
from twingraph.loaders.places.qualifiers import ALSO, Qualifiers, towns_named
from twingraph.loaders.places.reading import Body, Reading
from twingraph.loaders.places.tables import read_table

__all__ = ["Namesakes", "bearers"]

# A namesake this many times larger is meant even though the register spells it with other letters.
_LETTERS_OVERRULED = 20
# No name alone is surer than this, and none that several places bear.
_SUREST, _SUREST_OF_SEVERAL = 0.98, 0.97
# A namesake this likely is meant even though the qualifier beside the name is in no register.
_BEYOND_DOUBT = 0.9
# A region that is called after a city of so many people is named for the city.
_CITY_REGION = 1_000_000
_NO_POINT = "It is an area; the register knows no settlements of it near enough to each other for one point."
_AREAS = frozenset({SORT_AREA, SORT_POSTAL})


def bearers(gazetteer: Gazetteer, key: str, country: str | None) -> list[Entry]:
    """Return the towns with a key, and what else bears the name elsewhere in their country: areas and villages.

    None where no town bears the name. An area around a town of its name is no other place than the town.
    """
    for where in (country, *ALSO.get(country or "", ())):
        found = gazetteer.named(key, where)
        towns = [entry for entry in found if entry.sort == SORT_TOWN]
        if towns:
            areas = [entry for entry in found if entry.sort in _AREAS] if where else []
            return [
                *towns,
                *(area for area in areas if area.pid not in {town.seat for town in towns}),
                *(gazetteer.villages(key, where) if towns[0].villages else ()),
            ]
    return []


class Namesakes:
    """Chooses among the places of a name.

    Parameters
    ----------
    gazetteer
        The open index of places.
    answers
        Makes resolutions.
    parts
        Finds parts of towns.
    """

    def __init__(self, gazetteer: Gazetteer, answers: Answers, parts: PartFinder) -> None:
        self._gazetteer = gazetteer
        self._answers = answers
        self._parts = parts
        self._qualifiers = Qualifiers(gazetteer)
        self._until = {
            (name_key(former), row["country"]): row["until"]
            for row in read_table("former_names.tsv")
            for former in row["former"].split("; ")
        }

    def choose(self, context: Context, reading: Reading, entries: list[Entry]) -> Resolution:
        """Return the one of `entries` that is meant, or that several may be.

        Parameters
        ----------
        context
            What stands beside the name.
        reading
            How the name was read.
        entries
            The places of the name, one or more.
        """
        total = len(entries)
        reasons: list[str] = []
        conflict = ""
        if context.region:
            left = self._qualifiers.in_region(entries, context.region)
            entries, conflict = left.entries, left.wrong
            reasons += [left.told] if left.told and total > 1 else []
        for qualifier in reading.qualifiers:
            left = self._qualifiers.qualified(entries, qualifier, context.country)
            if left.wrong and context.spot is None:
                return self._misfit(context, reading, entries, left.wrong)
            entries, conflict = left.entries, conflict or left.wrong
            reasons += [left.told] if left.told and left.told not in reasons else []
        if context.spot is not None:
            near = nearest_to(context.spot, entries, NEAR_KM, tie=lambda entry: 5.0 * entry.grade)
            if near:
                others = [entry for entry in entries if entry is not near[0]]
                reasons += ["The coordinates of the record tell which of the namesakes it is."] if others else []
                return self._answers.matched(near[0], others, 0.97, reasons, conflict)
        return self._by_size(context, reading, _as_spelled(entries, reading.words), reasons, conflict, total=total)

    def fit(self, reading: Reading, entries: list[Entry], country: str | None) -> bool:
        """Return whether some of `entries` lie in the county, district or raion that qualifies their name."""
        return any(self._qualifiers.in_area(entries, text, country) for text in reading.qualifiers)

    def _by_size(
        self,
        context: Context,
        reading: Reading,
        entries: list[Entry],
        reasons: list[str],
        conflict: str,
        *,
        total: int,
    ) -> Resolution:
        merged = merge_doubles(rank(entries))
        best, likely = merged[0], likelihood(merged)
        if len(merged) > 1 and (likely < CLEAR_SHARE or conflict):
            return self._answers.ambiguous(context, merged, reasons, conflict)
        conflict = conflict or self._answers.far(context, best)
        if len(merged) == 1:
            reasons.append(self._one_name(best, total, reading.key))
        else:
            reasons.append(f"The likeliest of {len(merged)} places of this name, by size and renown.")
        if best.sort in _AREAS:
            reasons.append(f"It is an area; its point is {self._gazetteer.point_is(best)}." if at(best) else _NO_POINT)
        confidence = min(likely, _SUREST if len(merged) == 1 else _SUREST_OF_SEVERAL)
        others = [entry for entry in (entries if len(merged) == 1 else merged) if entry is not best]
        return self._answers.matched(best, others, 0.6 if conflict else confidence, reasons, conflict)

    def _misfit(self, context: Context, reading: Reading, entries: list[Entry], conflict: str) -> Resolution:
        """Answer where a qualifier fits no place of the name: perhaps a part of the town that the qualifier names."""
        region = self._gazetteer.region(reading.qualifiers[0], context.country)
        if region is None or self._is_city(reading.qualifiers[0], region):
            inner = Reading(reading.key, reading.words, Body.CITY_DISTRICT, parent=reading.qualifiers[0])
            part = self._parts.find(inner, context)
            if part is not None:
                return part
        ranked = merge_doubles(rank(entries))
        if region is None and share_of_best(ranked) >= _BEYOND_DOUBT:
            reason = (
                self._one_name(ranked[0], len(entries), reading.key)
                if len(ranked) == 1
                else "The likeliest by far of its namesakes."
            )
            return self._answers.matched(ranked[0], [], 0.6, [reason], conflict)
        return self._answers.unknown(context, conflict, ranked)

    def _one_name(self, entry: Entry, total: int, key: str) -> str:
        """Return in words how the one place that is left comes by the name."""
        if entry.grade == 2:
            return "The name is that of the hromada around this place."
        if entry.grade == 3:
            until = self._until.get((key, entry.country))
            return f"It is a former name of {entry.name}{f', until {until}' if until else ''}."
        alone = "the one place of this name" if total == 1 else "the one that fits"
        own = entry.grade == 0 or entry.sort != SORT_TOWN
        return f"It is {alone}." if own else f"It is {alone}; {entry.name} is its usual name."

    def _is_city(self, text: str, region: Region) -> bool:
        """Return whether a region's name is that of a city in it, as with Beijing, Seoul, Tokyo and Moscow."""
        cities = towns_named(self._gazetteer, name_key(text), region.id.split("-")[0])
        return any(city.region == region.id and (city.population or 0) >= _CITY_REGION for city in cities)


def _as_spelled(entries: list[Entry], words: str) -> list[Entry]:
    """Return the entries called just as written, letter for letter, where the writer used letters beyond ASCII."""
    if words.isascii() or script_of(words) != "latin":
        return entries
    exact = _letters(words)
    same = [entry for entry in entries if entry.sort in _AREAS or _letters(entry.name) == exact]
    if all(entry.sort in _AREAS for entry in same):
        return entries
    largest = max((entry.population or 0 for entry in entries), default=0)
    large = max((entry.population or 0 for entry in same), default=0)
    return same if same and largest <= _LETTERS_OVERRULED * max(large, 1) else entries


def _letters(text: str) -> str:
    # Romanian ş and ţ are written with a cedilla as often as with the comma below.
    return unicodedata.normalize("NFC", text).casefold().replace("ş", "ș").replace("ţ", "ț")
