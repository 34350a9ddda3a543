"""GeoNames' populated places: those of 500 inhabitants and more (CC BY 4.0)."""

from collections.abc import Iterator
from dataclasses import dataclass

from twingraph.loaders.registers.packed_tables import read_rows

__all__ = ["GeoName", "read_geonames"]


@dataclass(frozen=True, slots=True)
class GeoName:
    """One populated place of GeoNames."""

    geonames_id: int
    name: str
    country: str
    admin1: str
    lat: float
    lon: float
    population: int
    alternates: tuple[str, ...]


def read_geonames() -> Iterator[GeoName]:
    """Yield each place.

    Raises
    ------
    twingraph.errors.PlaceIndexError
        The table is missing or damaged.
    """
    for geonames_id, name, country, admin1, lat, lon, population, alternates in read_rows("places"):
        yield GeoName(
            int(geonames_id),
            name,
            country,
            admin1,
            float(lat),
            float(lon),
            int(population),
            tuple(alternates.split("\t")),
        )
