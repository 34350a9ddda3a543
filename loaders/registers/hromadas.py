"""The hromadas of the Ukrainian codifier, with the places that lie in each: the list that a gap is found in."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from twingraph.loaders.packaged_tables import read_table
from twingraph.loaders.places.gazetteer import Gazetteer
from twingraph.loaders.registers.katottg import Codifier, read_katottg
from twingraph.text.ukrainian import romanise

__all__ = ["Hromada", "hromadas_of", "read_hromadas"]

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
        Inhabitants of those settlements of which GeoNames knows them: at least so many; ``None`` where of none.
    counted
        Of how many of its settlements the inhabitants are known.
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


def read_hromadas(gazetteer: Gazetteer) -> tuple[Hromada, ...]:
    """Return all hromadas of the codifier, Crimea's among them, sorted by code.

    Parameters
    ----------
    gazetteer
        Knows how many people live in a settlement.

    Raises
    ------
    twingraph.errors.PlaceIndexError
        The codifier is missing or cannot be read.
    """
    return hromadas_of(read_katottg(), gazetteer.populations())


def hromadas_of(codifier: Codifier, populations: Mapping[str, int]) -> tuple[Hromada, ...]:
    """Return the hromadas of a codifier; `populations` are inhabitants by KATOTTG code, where they are known."""
    regions = {row["katottg"]: row["iso"] for row in read_table("ukraine_regions.tsv")}
    members: dict[str, list[str]] = defaultdict(list)
    settlements: dict[str, list[str]] = defaultdict(list)
    for unit in codifier.units.values():
        if unit.hromada and unit.kind in _SETTLEMENTS | {"city_district"}:
            members[unit.hromada].append(unit.code)
            if unit.kind in _SETTLEMENTS:
                settlements[unit.hromada].append(unit.code)
    made = []
    for code in sorted(unit.code for unit in codifier.units.values() if unit.kind == "hromada"):
        unit, centre = codifier.units[code], codifier.units[codifier.centres[code]]
        known = [populations[each] for each in settlements[code] if each in populations]
        made.append(
            Hromada(
                code=code,
                name=romanise(unit.name),
                name_uk=unit.name,
                region=regions[code[2:4]],
                centre=centre.code,
                centre_name=romanise(centre.name),
                centre_name_uk=centre.name,
                settlements=tuple(sorted(members[code])),
                population=sum(known) if known else None,
                counted=len(known),
                size=len(settlements[code]),
            )
        )
    return tuple(made)
