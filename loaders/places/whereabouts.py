"""In which country a point lies, judged by the places of the registers around it."""

import math
from collections import defaultdict

from twingraph.graph.geodesy import distance_km
from twingraph.loaders.places.gazetteer import Gazetteer

__all__ = ["Whereabouts"]

_CELL = 0.5
"""Degrees: about 55 km from north to south."""
_FARTHEST = 12
"""Cells around a point in which the nearest place is looked for."""


class Whereabouts:
    """Checks whether a point can lie in a country: whether a place of that country is near.

    Outlines of countries would be exact at borders only where they are finely drawn; places of 500 people and more
    are dense wherever municipalities are.

    Parameters
    ----------
    gazetteer
        The open index of places; all its points are read once.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._points: dict[tuple[int, int], list[tuple[float, float, str]]] = defaultdict(list)
        self._cells: set[tuple[str, int, int]] = set()
        for lat, lon, country in gazetteer.points():
            row, column = _cell(lat, lon)
            self._points[row, column].append((lat, lon, country))
            self._cells.add((country, row, column))

    def elsewhere(self, country: str, lat: float, lon: float) -> tuple[str | None, float] | None:
        """Return in which country a point lies instead of `country`, and how far its nearest place is in km.

        Returns
        -------
        tuple of (str or None, float) or None
            ``None`` where a place of `country` is near; the country is ``None`` where no place at all is.
        """
        row, column = _cell(lat, lon)
        wide = min(2 + int(1 / max(math.cos(math.radians(lat)), 0.05)), 8)  # cells are narrow near the poles
        for north in (-1, 0, 1):
            for east in range(-wide, wide + 1):
                if (country, row + north, _round(column + east)) in self._cells:
                    return None
        for ring in range(_FARTHEST + 1):
            found = [
                (distance_km(lat, lon, there[0], there[1]), there[2])
                for north in range(-ring, ring + 1)
                for east in range(-ring, ring + 1)
                if max(abs(north), abs(east)) == ring
                for there in self._points.get((row + north, _round(column + east)), ())
            ]
            if found:
                km, nearest = min(found)
                return nearest, km
        return None, math.inf


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return math.floor(lat / _CELL), _round(math.floor(lon / _CELL))


def _round(column: int) -> int:
    """Return a column of cells, counted around the Earth."""
    return (column + int(180 / _CELL)) % int(360 / _CELL) - int(180 / _CELL)
