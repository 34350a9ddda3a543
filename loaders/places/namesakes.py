"""Choice among namesakes by region, qualifier, coordinates, spelling and size, in this order."""

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from twingraph.graph.model import Region, UnplacedCode
from twingraph.loaders.packaged_tables import read_table
from twingraph.loaders.places.answers import NEAR_KM, Answers, Context
from twingraph.loaders.places.bodies import PartFinder
from twingraph.loaders.places.gazetteer import Entry, EntryType, Gazetteer, Grade
from twingraph.loaders.places.model import Resolution
from twingraph.loaders.places.ranking import (
    CLEAR_SHARE,
    at,
    likelihood,
    merge_doubles,
    nearest_to,
    rank,
    share_of_best,
)
from twingraph.loaders.places.reading import Body, Reading, bare_key
from twingraph.text.folding import name_key, script_of

__all__ = ["ALSO", "Namesakes", "Narrowed", "Qualifiers", "bearers", "of_hromada_kind", "overseas", "towns_named"]

# A town as qualifier, "(Wiesbaden)", selects a place of the name within this distance of it. Chosen by hand.
_BESIDE_KM = 40.0

# Where else a place may lie whose record names this country: parts with a code of their own, and disputed lands.
ALSO = {
    "FI": ("AX",), "GB": ("GG", "JE", "IM", "GI"), "FR": ("RE", "MQ", "GP", "GF", "YT", "NC", "PF", "PM"),
    "US": ("PR", "GU", "VI", "MP", "AS"), "CN": ("HK", "MO"), "DK": ("FO", "GL"), "NL": ("CW", "AW", "SX", "BQ"),
    "RS": ("XK",), "XK": ("RS",), "IL": ("PS",), "PS": ("IL",), "EH": ("MA",), "MA": ("EH",), "NO": ("SJ",),
    "RU": ("UA",), "HK": ("CN",), "MO": ("CN",), "IE": ("GB",),
}  # fmt: skip

# Territories that a record means by the country only where its coordinates lie there.
_FAR = {
    "AU": ("NF", "CX", "CC"), "FR": ("MF", "BL", "WF"), "NZ": ("CK", "NU", "TK"),
    "GB": ("BM", "KY", "FK", "VG", "AI", "MS", "TC", "SH"),
}  # fmt: skip


def towns_named(gazetteer: Gazetteer, key: str, country: str | None) -> list[Entry]:
    """Return the towns with a key in a country, else in what else records mean by that country."""
    for where in (country, *ALSO.get(country or "", ())):
        entries = gazetteer.of_type(key, where, EntryType.TOWN)
        if entries:
            return entries
    return []


class Narrowed(NamedTuple):
    """The entries that a qualifier selects, the reason in words, and what contradicts it."""

    entries: list[Entry]
    reason: str = ""
    wrong: str = ""


class Qualifiers:
    """Narrows the places of a name by region, area and other qualifiers.

    Parameters
    ----------
    gazetteer
        The open index of places.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def in_region(self, entries: list[Entry], region_id: str) -> Narrowed:
        """Return the entries in a region of ISO 3166-2, whether of the first level or of the second."""
        part = self._gazetteer.region_by_id(region_id)
        where = part.name if part else region_id
        inside = self._in_second_level(entries, part) if part else None
        if inside is None:
            parent = None if self._gazetteer.is_first_level(region_id) else self._gazetteer.parent_region(region_id)
            inside = [entry for entry in entries if entry.region in {region_id, parent}]
            around = self._gazetteer.region_by_id(parent)
            where = around.name if around else where  # no register has the places of the smaller one
        if region_id == "UA-32" and not inside:
            inside = [entry for entry in entries if entry.region == "UA-30"]  # the city lies within its oblast
        if inside:
            return Narrowed(inside, reason=f"It lies in {where}.")
        return Narrowed(entries, wrong=f"No place of this name is known in {where}.")

    def _in_second_level(self, entries: list[Entry], region: Region) -> list[Entry] | None:
        """Return the entries in a region of the second level, a county of England; None if unknown."""
        if self._gazetteer.is_first_level(region.id):
            return None
        country = region.id.split("-")[0]
        areas = self._areas(region.id, country) or self._areas(region.name, country)
        return self._gazetteer.inside(areas[0], entries) if len(areas) == 1 else None

    def _areas(self, text: str, country: str) -> list[Entry]:
        key = name_key(text)
        for wanted in dict.fromkeys((key, bare_key(key))):
            areas = [e for e in self._gazetteer.named(wanted, country) if e.type in {EntryType.AREA, EntryType.RAION}]
            best = min((area.grade for area in areas), default=0)
            areas = [area for area in areas if area.grade == best]
            if areas:
                return areas
        return []

    def in_area(self, entries: Sequence[Entry], text: str, country: str | None) -> Narrowed | None:
        """Return the entries in the county, district or raion that a text names; None where none lies in one."""
        for area in self._areas(text, country) if country else ():
            inside = self._gazetteer.inside(area, entries)
            if inside:
                return Narrowed(inside, reason=f"It lies in {area.name}.")
        return None

    def qualified(self, entries: list[Entry], text: str, country: str | None) -> Narrowed:
        """Return the entries that a qualifier fits: in a region, country or area of that name, or beside a town."""
        where = country or (entries[0].country if len({entry.country for entry in entries}) == 1 else None)
        region = self._gazetteer.region(text, where) or (
            self._gazetteer.region(f"{where}-{text}", where) if where and len(text) <= 3 else None
        )
        if region is not None:
            narrowed = self.in_region(entries, region.id)
            if narrowed.reason:
                return narrowed
        territory = self._gazetteer.exact_territory(text)
        if territory is not None:
            inside = [entry for entry in entries if entry.country == territory.country]
            if inside:
                return Narrowed(inside)
        if where:
            for town in rank(towns_named(self._gazetteer, name_key(text), where))[:6]:
                spot = at(town)
                near = nearest_to(spot, entries, _BESIDE_KM) if spot else []
                if near:
                    return Narrowed(near[:1], reason=f"It lies near {town.name}.")
        within = self.in_area(entries, text, where)
        if within is not None:
            return within
        if region is not None or territory is not None:
            return Narrowed(entries, wrong=f"No place of this name is known in {text[:60]}.")
        return Narrowed(entries, wrong=f"The qualifier {text[:60]!r} fits no place of this name.")


# A namesake this many times larger is meant even though the register spells it with other letters. Chosen by hand.
_LETTERS_OVERRULED = 20
# The highest confidence of a name alone, and of one that several places have. Chosen by hand.
_SUREST, _SUREST_OF_SEVERAL = 0.98, 0.97
# A namesake this likely is meant even though the qualifier is in no register. Chosen by hand.
_BEYOND_DOUBT = 0.9
# A region with the name of a city of so many people is named after the city. Chosen by hand.
_CITY_REGION = 1_000_000
_NO_POINT = "It is an area; the register knows no settlements of it near enough to each other for one point."
_AREAS = frozenset({EntryType.AREA, EntryType.POSTAL_AREA})


# Where the hromadas stand in the codifier alone: those of Crimea were decided in 2020 and could not be formed.
_NOT_FORMED = "UA-43"
# What the kinds of hromadas are called.
_HROMADAS = {
    "city": "urban hromada (міська)",
    "settlement": "settlement hromada (селищна)",
    "village": "rural hromada (сільська)",
}


def of_hromada_kind(reading: Reading, entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that a reading can mean by the kind of hromada that it gives.

    In Ukraine the kind of the official name, міська, селищна or сільська, distinguishes namesakes. The hromadas called
    so come first, then those once called so, then others whose centre has the name, then places of that kind which are
    the centre of none. A place of another kind is not meant, and abroad the words do not count.
    """
    fit = [entry for entry in entries if entry.country != "UA" or reading.hromada in {entry.hromada, entry.kind}]
    fit = [entry for entry in fit if entry.hromada in {None, reading.hromada}]
    if not reading.hromada or not fit:
        return fit if reading.hromada else list(entries)
    best = min(map(_by_hromada, fit))
    fit = [entry for entry in fit if _by_hromada(entry) == best]
    return [entry for entry in fit if entry.region != _NOT_FORMED] or fit


def _by_hromada(entry: Entry) -> int:
    """Return how well an entry fits the name of a hromada; 0 is best."""
    if not _is_hromada(entry):
        return 3
    return {Grade.NAME: 0, Grade.HROMADA: 0, Grade.FORMER: 1}.get(Grade(entry.grade), 2)


def _is_hromada(entry: Entry) -> bool:
    return entry.hromada is not None


def bearers(gazetteer: Gazetteer, key: str, country: str | None) -> list[Entry]:
    """Return the towns with a key, and the areas and villages of that name elsewhere in their country.

    Empty where no town has the name. An area around a town of its name counts as the town.
    """
    for where in (country, *ALSO.get(country or "", ())):
        found = gazetteer.named(key, where)
        towns = [entry for entry in found if entry.type == EntryType.TOWN]
        if towns:
            areas = [entry for entry in found if entry.type in _AREAS] if where else []
            return [
                *towns,
                *(area for area in areas if area.pid not in {town.seat for town in towns}),
                *(gazetteer.villages(key, where) if towns[0].villages else ()),
            ]
    return []


def overseas(gazetteer: Gazetteer, key: str, context: Context, entries: list[Entry]) -> list[Entry]:
    """Return the towns of a key near the record's coordinates, in a territory of its country with a code of its own.

    Saint-Denis in France at 20.9° S is that of Réunion. Else `entries`, the places of the name in the country itself.
    """
    country = context.country or ""
    territories = (*ALSO.get(country, ()), *_FAR.get(country, ()))
    if not territories or context.spot is None or nearest_to(context.spot, entries, NEAR_KM):
        return entries
    for where in territories:
        towns = gazetteer.of_type(key, where, EntryType.TOWN)
        near = nearest_to(context.spot, towns, NEAR_KM)
        if near:
            return near
    return entries


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
            The record's country, region and coordinates.
        reading
            How the name was read.
        entries
            The places of the name, one or more.
        """
        total = len(entries)
        reasons: list[str] = []
        conflict = ""
        if context.region:
            narrowed = self._qualifiers.in_region(entries, context.region)
            entries, conflict = narrowed.entries, narrowed.wrong
            reasons += [narrowed.reason] if narrowed.reason and total > 1 else []
        for qualifier in reading.qualifiers:
            narrowed = self._qualifiers.qualified(entries, qualifier, context.country)
            if narrowed.wrong and context.spot is None:
                return self._misfit(context, reading, entries, narrowed.wrong)
            entries, conflict = narrowed.entries, conflict or narrowed.wrong
            reasons += [narrowed.reason] if narrowed.reason and narrowed.reason not in reasons else []
        if reading.hromada:
            meant = of_hromada_kind(reading, entries)
            if not meant:
                wrong = f"No {_HROMADAS[reading.hromada]} of this name is known{' there' if reasons else ''}."
                return self._answers.unknown(context, wrong, UnplacedCode.CONTRADICTION, entries)
            reasons += ["The name says what kind of hromada it is."] if len(meant) < len(entries) else []
            entries = meant
        if context.spot is not None:
            near = nearest_to(context.spot, entries, NEAR_KM, tie=lambda entry: 5.0 * entry.grade)
            if near:
                others = [entry for entry in entries if entry is not near[0]]
                reasons += ["The coordinates of the record decide among the namesakes."] if others else []
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
        # Two hromadas of one kind and one name: the larger one is meant no more than the other.
        equal = bool(reading.hromada) and len(entries) > 1 and all(map(_is_hromada, entries))
        merged = rank(entries) if equal else merge_doubles(rank(entries))
        best, likely = merged[0], likelihood(merged)
        if len(merged) > 1 and (likely < CLEAR_SHARE or conflict or equal):
            return self._answers.ambiguous(context, merged, reasons, conflict)
        conflict = conflict or self._answers.far(context, best)
        if len(merged) == 1:
            reasons.append(self._one_name(best, total, reading.key))
        else:
            reasons.append(f"The likeliest of {len(merged)} places of this name, by size and renown.")
        if best.type in _AREAS:
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
        return self._answers.unknown(context, conflict, UnplacedCode.CONTRADICTION, ranked)

    def _one_name(self, entry: Entry, total: int, key: str) -> str:
        """Return in words how the one place that is left comes by the name."""
        if entry.grade == Grade.HROMADA:
            return "The name is that of the hromada around this place."
        if entry.grade == Grade.FORMER:
            until = self._until.get((key, entry.country))
            return f"It is a former name of {entry.name}{f', until {until}' if until else ''}."
        alone = "the one place of this name" if total == 1 else "the one that fits"
        own = entry.grade == Grade.NAME or entry.type != EntryType.TOWN
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
    same = [entry for entry in entries if entry.type in _AREAS or _letters(entry.name) == exact]
    if all(entry.type in _AREAS for entry in same):
        return entries
    largest = max((entry.population or 0 for entry in entries), default=0)
    large = max((entry.population or 0 for entry in same), default=0)
    return same if same and largest <= _LETTERS_OVERRULED * max(large, 1) else entries


def _letters(text: str) -> str:
    # Romanian ş and ţ are written with a cedilla as often as with the comma below.
    return unicodedata.normalize("NFC", text).casefold().replace("ş", "ș").replace("ţ", "ț")
