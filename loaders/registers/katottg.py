"""The Ukrainian codifier of administrative units and territories of hromadas (KATOTTG).

The codifier lists oblasts, raions, hromadas, settlements and city districts. It has no column for the centre of a
hromada; but within a hromada the settlements are numbered from the centre on, the others following by the alphabet, so
the settlement with the lowest code is the centre.
"""

from dataclasses import dataclass

from twingraph.loaders.registers.packed_tables import read_rows
from twingraph.text.ukrainian import adjective_stem

__all__ = ["Codifier", "Unit", "read_katottg"]

_KINDS = {
    "O": "oblast", "K": "special_city", "P": "raion", "H": "hromada",
    "M": "city", "X": "settlement", "C": "village", "B": "city_district",
}  # fmt: skip

# Raions that are not called after their seat.
_OTHER_SEATS = {"Курманський": "Курман", "Перекопський": "Яни Капу", "Дністровський": "Кельменці"}


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of the codifier: its code, kind, official name and the codes of the units above it."""

    code: str
    kind: str
    name: str
    oblast: str
    raion: str
    hromada: str
    settlement: str


@dataclass(frozen=True, slots=True)
class Codifier:
    """The codifier, with what is derived from it.

    Attributes
    ----------
    units
        All units by code.
    centres
        The centre settlement of each hromada, by the hromada's code.
    seats
        The settlement that a raion is called after (its seat), by the raion's code, where one is.
    """

    units: dict[str, Unit]
    centres: dict[str, str]
    seats: dict[str, str]


def read_katottg() -> Codifier:
    """Read the codifier and derive the centres of hromadas and the seats of raions.

    Raises
    ------
    twingraph.errors.PlaceIndexError
        The table is missing or damaged.
    """
    units: dict[str, Unit] = {}
    for oblast, raion, hromada, settlement, district, category, name in read_rows("codifier"):
        code = district or settlement or hromada or raion or oblast
        units[code] = Unit(code, _KINDS[category], name.replace("'", "’"), oblast, raion, hromada, settlement)
    centres: dict[str, str] = {}
    for unit in units.values():
        if unit.kind in {"city", "settlement", "village"} and unit.hromada:
            centres[unit.hromada] = min(unit.code, centres.get(unit.hromada, unit.code))
    return Codifier(units, centres, _seats(units, centres))


def _seats(units: dict[str, Unit], centres: dict[str, str]) -> dict[str, str]:
    # Житомирський район is called after the hromada of the same adjective, Житомирська, and so after its centre.
    hromadas: dict[tuple[str, str], str] = {}
    settlements: dict[tuple[str, str], str] = {}
    for unit in units.values():
        if unit.kind == "hromada":
            hromadas.setdefault((unit.raion, adjective_stem(unit.name)), unit.code)
        elif unit.kind in {"city", "settlement"}:
            settlements.setdefault((unit.raion, unit.name), unit.code)
    seats: dict[str, str] = {}
    for unit in units.values():
        if unit.kind == "raion":
            hromada = hromadas.get((unit.code, adjective_stem(unit.name)))
            seat = centres.get(hromada or "") or settlements.get((unit.code, _OTHER_SEATS.get(unit.name, "")))
            if seat is not None:
                seats[unit.code] = seat
    return seats
