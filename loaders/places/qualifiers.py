"""What a region, a qualifier or an area beside a name leaves of the places that bear the name."""

from collections.abc import Sequence
from typing import NamedTuple

from twingraph.graph.model import Region
from twingraph.loaders.places.choosing import at, nearest_to, rank
from twingraph.loaders.places.fold import name_key
from twingraph.loaders.places.gazetteer import SORT_AREA, SORT_RAION, SORT_TOWN, Entry, Gazetteer
from twingraph.loaders.places.reading import bare_key

__all__ = ["ALSO", "Left", "Qualifiers", "towns_named"]

# A qualifier like "(Wiesbaden)" tells the place of the name within this distance of the town.
_BESIDE_KM = 40.0

# Where else a place may lie whose record names this country: parts with a code of their own, and disputed lands.
ALSO = {
    "FI": ("AX",), "GB": ("GG", "JE", "IM", "GI"), "FR": ("RE", "MQ", "GP", "GF", "YT", "NC", "PF", "PM"),
    "US": ("PR", "GU", "VI", "MP", "AS"), "CN": ("HK", "MO"), "DK": ("FO", "GL"), "NL": ("CW", "AW", "SX", "BQ"),
    "RS": ("XK",), "XK": ("RS",), "IL": ("PS",), "PS": ("IL",), "EH": ("MA",), "MA": ("EH",), "NO": ("SJ",),
    "RU": ("UA",), "HK": ("CN",), "MO": ("CN",), "IE": ("GB",),
}  # fmt: skip


def towns_named(gazetteer: Gazetteer, key: str, country: str | None) -> list[Entry]:
    """Return the towns with a key in a country, else in what else records mean by that country."""
    for where in (country, *ALSO.get(country or "", ())):
        entries = [entry for entry in gazetteer.named(key, where) if entry.sort == SORT_TOWN]
        if entries:
            return entries
    return []


class Left(NamedTuple):
    """The entries that a qualifier leaves, what it told, and what contradicts it."""

    entries: list[Entry]
    told: str = ""
    wrong: str = ""


class Qualifiers:
    """Narrows the places of a name by what stands beside it.

    Parameters
    ----------
    gazetteer
        The open index of places.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def in_region(self, entries: list[Entry], region_id: str) -> Left:
        """Return the entries in a region of ISO 3166-2, whether of the first level or of the second."""
        part = self._gazetteer.region_by_id(region_id)
        where = part.name if part else region_id
        inside = self._in_second_level(entries, part) if part else None
        if inside is None:
            parent = None if self._gazetteer.is_first_level(region_id) else self._gazetteer.parent_region(region_id)
            inside = [entry for entry in entries if entry.region in {region_id, parent}]
            around = self._gazetteer.region_by_id(parent)
            where = around.name if around else where  # nothing tells what lies in the smaller one
        if region_id == "UA-32" and not inside:
            inside = [entry for entry in entries if entry.region == "UA-30"]  # the city lies within its oblast
        if inside:
            return Left(inside, told=f"It lies in {where}.")
        return Left(entries, wrong=f"No place of this name is known in {where}.")

    def _in_second_level(self, entries: list[Entry], region: Region) -> list[Entry] | None:
        """Return the entries in a region of the second level, a county of England; None where no register tells."""
        if self._gazetteer.is_first_level(region.id):
            return None
        country = region.id.split("-")[0]
        areas = self._areas(region.id, country) or self._areas(region.name, country)
        return self._gazetteer.inside(areas[0], entries) if len(areas) == 1 else None

    def _areas(self, text: str, country: str) -> list[Entry]:
        key = name_key(text)
        for wanted in dict.fromkeys((key, bare_key(key))):
            areas = [e for e in self._gazetteer.named(wanted, country) if e.sort in {SORT_AREA, SORT_RAION}]
            best = min((area.grade for area in areas), default=0)
            areas = [area for area in areas if area.grade == best]
            if areas:
                return areas
        return []

    def in_area(self, entries: Sequence[Entry], text: str, country: str | None) -> Left | None:
        """Return the entries in the county, district or raion that a text names; None where none lies in one."""
        for area in self._areas(text, country) if country else ():
            inside = self._gazetteer.inside(area, entries)
            if inside:
                return Left(inside, told=f"It lies in {area.name}.")
        return None

    def qualified(self, entries: list[Entry], text: str, country: str | None) -> Left:
        """Return the entries that a qualifier fits: in a region, country or area of that name, or beside a town."""
        where = country or (entries[0].country if len({entry.country for entry in entries}) == 1 else None)
        region = self._gazetteer.region(text, where) or (
            self._gazetteer.region(f"{where}-{text}", where) if where and len(text) <= 3 else None
        )
        if region is not None:
            left = self.in_region(entries, region.id)
            if left.told:
                return left
        territory = self._gazetteer.exact_territory(text)
        if territory is not None:
            inside = [entry for entry in entries if entry.country == territory.country]
            if inside:
                return Left(inside)
        if where:
            for town in rank(towns_named(self._gazetteer, name_key(text), where))[:6]:
                spot = at(town)
                near = nearest_to(spot, entries, _BESIDE_KM) if spot else []
                if near:
                    return Left(near[:1], told=f"It lies near {town.name}.")
        within = self.in_area(entries, text, where)
        if within is not None:
            return within
        if region is not None or territory is not None:
            return Left(entries, wrong=f"No place of this name is known in {text[:60]}.")
        return Left(entries, wrong=f"The qualifier {text[:60]!r} fits no place of this name.")
