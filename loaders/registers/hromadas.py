"""The oblasts and hromadas of Ukraine: the full list, in which the hromadas without a partner are found.

The list needs no index of places. The inhabitants come from the index, which matches the codifier with GeoNames:
``tools/bake_bundled_places.py`` wrote them into ``hromadas.tsv``.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from twingraph.graph.model import Region
from twingraph.loaders.packaged_tables import read_table
from twingraph.loaders.registers.katottg import read_katottg
from twingraph.text.folding import LONGEST_NAME, name_key, region_stem
from twingraph.text.ukrainian import adjective_stem, romanise

__all__ = ["Hromada", "count_inhabitants", "find_oblast", "read_hromadas", "read_oblasts"]

_SETTLEMENTS = frozenset({"city", "settlement", "village"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hromada:
    """One hromada of the codifier.

    Attributes
    ----------
    code
        Its KATOTTG code.
    name, name_uk
        In the official romanisation, and as the codifier has it: ``Zhytomyrska``, ``Житомирська``.
    region
        ISO 3166-2 code of its oblast.
    centre
        KATOTTG code of its centre.
    centre_name, centre_name_uk
        What the centre is called.
    settlements
        KATOTTG codes of all its settlements, the centre among them, and of the districts of its cities; sorted.
    population
        Inhabitants of its settlements that GeoNames has a number for: the hromada has at least so many. ``None`` where
        GeoNames has none for any.
    counted
        How many of its settlements GeoNames has a number for.
    size
        How many settlements it has.
    """

    code: str
    name: str
    name_uk: str
    region: str
    centre: str
    centre_name: str
    centre_name_uk: str
    settlements: tuple[str, ...]
    population: int | None
    counted: int
    size: int


def read_hromadas() -> tuple[Hromada, ...]:
    """Return all hromadas of the codifier, those of Crimea included, sorted by code.

    Raises
    ------
    twingraph.errors.PlaceIndexError
        The codifier is missing or damaged.
    """
    codifier = read_katottg()
    regions = {row["katottg"]: row["iso"] for row in read_table("ukraine_regions.tsv")}
    inhabitants = {row["katottg"]: row for row in read_table("hromadas.tsv")}
    members: dict[str, list[str]] = defaultdict(list)
    sizes: dict[str, int] = defaultdict(int)
    for unit in codifier.units.values():
        if unit.hromada and unit.kind in _SETTLEMENTS | {"city_district"}:
            members[unit.hromada].append(unit.code)
            sizes[unit.hromada] += unit.kind in _SETTLEMENTS
    found = []
    for code in sorted(unit.code for unit in codifier.units.values() if unit.kind == "hromada"):
        unit, centre, known = codifier.units[code], codifier.units[codifier.centres[code]], inhabitants.get(code)
        found.append(
            Hromada(
                code=code,
                name=romanise(unit.name),
                name_uk=unit.name,
                region=regions[code[2:4]],
                centre=centre.code,
                centre_name=romanise(centre.name),
                centre_name_uk=centre.name,
                settlements=tuple(sorted(members[code])),
                population=int(known["population"]) if known else None,
                counted=int(known["counted"]) if known else 0,
                size=sizes[code],
            )
        )
    return tuple(found)


def count_inhabitants(populations: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Return by hromada how many inhabitants are known, and of how many settlements.

    Parameters
    ----------
    populations
        Inhabitants by the KATOTTG code of the settlement, where they are known.
    """
    counts: dict[str, tuple[int, int]] = {}
    for unit in read_katottg().units.values():
        if unit.hromada and unit.kind in _SETTLEMENTS and unit.code in populations:
            people, counted = counts.get(unit.hromada, (0, 0))
            counts[unit.hromada] = people + populations[unit.code], counted + 1
    return counts


def read_oblasts() -> tuple[Region, ...]:
    """Return the oblasts of Ukraine, Crimea, Kyiv and Sevastopol, by name."""
    rows = sorted(read_table("ukraine_regions.tsv"), key=lambda row: row["name"])
    return tuple(Region(id=row["iso"], name=row["name"], name_uk=row["name_uk"], kind=row["kind"]) for row in rows)


def find_oblast(text: str) -> Region | None:
    """Return the oblast that a text names: ``Zhytomyr``, ``Житомирська область``, ``Житомирщина``, ``UA-18``."""
    grades: dict[str, tuple[int, str]] = {}
    for row in read_table("ukraine_regions.tsv"):
        own = {row["name"], row["name_uk"], row["iso"]}
        for spelling in (*own, *row["aliases"].split("; ")):
            key, grade = name_key(spelling), int(spelling not in own)
            for spelled, worse in ((key, grade), (region_stem(key), grade + 1)):
                grades[spelled] = min(grades.get(spelled, (9, "")), (worse, row["iso"]))
    key = name_key(text[:LONGEST_NAME])
    stem = region_stem(key)
    wanted = (key, stem, adjective_stem(stem) + "а")
    found = next((grades[each][1] for each in wanted if each and each in grades), None)
    return next((region for region in read_oblasts() if region.id == found), None)
