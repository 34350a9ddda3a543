"""How quick the resolver is, what memory it takes, and how often it is right.

    python benchmarks/resolver.py [PAIRS.csv] [--errors]

PAIRS.csv has the columns city1, country1, lat1, lng1, city2, country2, lat2, lng2. Without it the file of geocoded
Wikipedia pairs is taken from the development data (TWINGRAPH_SHARED_DATA, or ../shared/data), which is not shipped.
Names and countries go to the resolver, coordinates never do; a place within 25 km of the file's coordinates is right.
The file's own geocoding has errors: where its point lies near no place of the country that it names, that is counted
apart, as the file's; `--errors` lists those.
"""

import csv
import os
import resource
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

from twingraph.loaders.places import Gazetteer, Resolver, open_gazetteer
from twingraph.loaders.places.geo import distance_km
from twingraph.loaders.places.model import PlaceQuery, ResolutionStatus

RIGHT_KM = 25.0
NEAR_A_PLACE_KM = 40.0


def read_places(path: Path) -> dict[tuple[str, str], tuple[float, float]]:
    places: dict[tuple[str, str], tuple[float, float]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for side in "12":
                try:
                    spot = float(row["lat" + side]), float(row["lng" + side])
                except ValueError:
                    continue
                places.setdefault((row["city" + side], row["country" + side]), spot)
    return places


def memory_mb() -> float:
    with Path("/proc/self/statm").open() as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 1e6


Cells = dict[tuple[int, int], list[tuple[float, float, str]]]


def cells_of(gazetteer: Gazetteer) -> Cells:
    cells: Cells = defaultdict(list)
    for lat, lon, country in gazetteer.points():
        cells[int(lat // 1), int(lon // 1)].append((lat, lon, country))
    return cells


def country_at(spot: tuple[float, float], cells: Cells) -> str | None:
    row, column = int(spot[0] // 1), int(spot[1] // 1)
    around = [place for y in (-1, 0, 1) for x in (-1, 0, 1) for place in cells.get((row + y, column + x), ())]
    km, country = min(((distance_km(*spot, lat, lon), country) for lat, lon, country in around), default=(1e9, None))
    return country if km <= NEAR_A_PLACE_KM else None


def main() -> None:
    shared = Path(os.environ.get("TWINGRAPH_SHARED_DATA") or Path(__file__).parents[2] / "shared" / "data")
    given = [argument for argument in sys.argv[1:] if argument != "--errors"]
    path = Path(given[0]) if given else shared / "wikipedia_twin_towns.csv"
    if not path.is_file():
        sys.exit(f"{path} is not here: give a file, or set TWINGRAPH_SHARED_DATA")
    places = read_places(path)
    open_gazetteer().close()  # build it, where it is not built yet
    before = memory_mb()
    started = time.perf_counter()
    gazetteer = open_gazetteer()
    opened = time.perf_counter()
    resolver = Resolver(gazetteer)
    for name, country in places:
        resolver.resolve(PlaceQuery(name=name, country=country or None))
    done = time.perf_counter()
    print(f"index: {gazetteer.path.stat().st_size / 1e6:.0f} MB, opened in {1000 * (opened - started):.1f} ms")
    print(f"speed: {len(places) / (done - opened):,.0f} names a second ({len(places):,} names)")
    print(f"memory: {memory_mb() - before:.0f} MB beyond the process")
    answers = [resolver.resolve(PlaceQuery(name=name, country=country or None)) for name, country in places]
    cells = cells_of(gazetteer)
    counts: Counter[str] = Counter()
    for (name, spot), answer in zip(places.items(), answers, strict=True):
        town = answer.place.municipality
        if answer.status is not ResolutionStatus.MATCHED or town is None or town.lat is None or town.lon is None:
            counts["no claim"] += 1
            counts[f"no claim: {answer.status.value if town else 'a region or country'}"] += 1
        elif distance_km(*spot, town.lat, town.lon) <= RIGHT_KM:
            counts["right"] += 1
        else:
            counts["wrong"] += 1
            if country_at(spot, cells) != town.country_code:
                counts["wrong: surely the file's own error"] += 1
                if "--errors" in sys.argv:
                    print(*name, *spot, "is not in", town.country_code, sep="\t")
    for what, count in sorted(counts.items()):
        print(f"{what}: {count / len(places):.4f} ({count:,})")


if __name__ == "__main__":
    main()
