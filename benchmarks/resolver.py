"""How quick the resolver is, what memory it takes, and how often it is right.

    python benchmarks/resolver.py [PAIRS.csv] [--errors ERRORS.csv]

PAIRS.csv has the columns city1, country1, lat1, lng1, city2, country2, lat2, lng2. Without it the file of geocoded
Wikipedia pairs is taken from the development data (TWINGRAPH_SHARED_DATA, or ../shared/data), which is not shipped.
Names and countries go to the resolver, coordinates never do; a place within 25 km of the file's coordinates is right.
The file's own geocoding has errors, which are counted apart. Surely the file's: its point lies in another country than
it names (the nearest place of 500 people says which), is in whole degrees (the middle of a country or a region), or is
given for three places and more whose own places lie apart. Likely the file's: one place of 500 people alone in the
country bears the name, it has 5,000, and the point lies more than 60 km from it (a hamlet of the name may be meant
instead), or the point is given for a second place whose own place lies elsewhere. `--errors` writes both down, with the
evidence but without the coordinates, which are not ours to pass on.

`confidence` is checked, too: of the answers told with 0.7 to 0.8, three in four should be right. The last line leaves
out the places where the error is surely the file's.
"""

import csv
import os
import resource
import sys
import time
from argparse import ArgumentParser
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

from twingraph.graph.globe import distance_km
from twingraph.loaders.places import Gazetteer, Resolver, open_gazetteer
from twingraph.loaders.places.fold import name_key
from twingraph.loaders.places.model import PlaceQuery, Resolution, ResolutionStatus
from twingraph.loaders.places.reading import read_name
from twingraph.loaders.places.territory_index import is_overseas

RIGHT_KM = 25.0
NEAR_A_PLACE_KM = 40.0
FAR_KM = 60.0
TOWN_PEOPLE = 5_000


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


BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.97, 1.01)

Spot = tuple[float, float]
Asked = dict[tuple[str, str], Spot]
Cells = dict[tuple[int, int], list[tuple[float, float, str, str]]]


def cells_of(gazetteer: Gazetteer) -> Cells:
    cells: Cells = defaultdict(list)
    for lat, lon, country, name, _region in gazetteer.towns():
        cells[int(lat // 1), int(lon // 1)].append((lat, lon, country, name))
    return cells


def nearest(spot: tuple[float, float], cells: Cells) -> tuple[float, str, str] | None:
    """Return how far the nearest place is in km, its country and its name."""
    row, column = int(spot[0] // 1), int(spot[1] // 1)
    around = [place for y in (-1, 0, 1) for x in (-1, 0, 1) for place in cells.get((row + y, column + x), ())]
    return min(((distance_km(*spot, lat, lon), country, name) for lat, lon, country, name in around), default=None)


def shared(places: Asked, answers: list[Resolution]) -> dict[Spot, list[tuple[str, Spot]]]:
    """Return the plain names that the file gives one point for, with the points of their answers."""
    found: dict[Spot, list[tuple[str, Spot]]] = defaultdict(list)
    for ((name, _), spot), answer in zip(places.items(), answers, strict=True):
        point = point_of(answer)
        if point is not None and all(letter.isalpha() or letter in " '’" for letter in name):
            found[spot].append((name, point))
    return found


def elsewhere(name: str, point: Spot, others: list[tuple[str, Spot]]) -> tuple[str, str]:
    """Return how sure it is that a point is not that of a name, told by the other names that the file gives it for."""
    apart: list[tuple[str, Spot]] = [(name, point)]
    for other, there in others:
        kin = any(set(name_key(other).split()) & set(name_key(known).split()) for known, _ in apart)
        if not kin and all(distance_km(*there, *place) > FAR_KM for _, place in apart):  # kin: Pruszcz, Pruszcz Gdański
            apart.append((other, there))
    if len(apart) == 1 or all(other != name for other, _ in others):
        return "", ""
    names = ", ".join(other for other, _ in apart[1:4])
    return "surely" if len(apart) > 2 else "likely", f"the same point is given for places elsewhere: {names}"


def evidence(
    gazetteer: Gazetteer, cells: Cells, asked: tuple[str, Spot], answer: Resolution, others: list[tuple[str, Spot]]
) -> tuple[str, str]:
    """Return how sure it is that a point far from an answer is the file's error, and why; empty if nothing says so."""
    (name, spot), country, point = asked, answer.place.country, point_of(answer)
    found = nearest(spot, cells)
    if country is None:
        return "", ""
    lies = "the point lies near no place of 500 people"
    if found is not None and found[0] <= NEAR_A_PLACE_KM:
        km, where, place = found
        lies = f"the point lies {km:.0f} km from {place} in {where}"
        if where != country.id and not is_overseas(where, country.id):
            return "surely", lies
    town = answer.place.municipality
    sure, why = elsewhere(name, point, others) if point is not None else ("", "")
    keys = {reading.key for reading in read_name(name)}
    region = any(gazetteer.region(key, country.id) for key in keys)
    if town is not None and not region and spot[0].is_integer() and spot[1].is_integer():
        sure, why = "surely", "the point is in whole degrees: the middle of a country or a region, and no town's"
    if why:
        return sure, why
    if town is None or (town.population or 0) < TOWN_PEOPLE or town.lat is None or town.lon is None:
        return "", ""
    bearers = {entry.pid for key in keys for entry in gazetteer.named(key, country.id)}
    far = distance_km(*spot, town.lat, town.lon)
    if len(bearers) != 1 or region or far <= FAR_KM:
        return "", ""
    why = f"the one place of this name in {country.name} ({town.population:,} people) is {far:.0f} km off; {lies}"
    return "likely", why


def point_of(answer: Resolution) -> tuple[float, float] | None:
    town = answer.place.municipality
    if answer.status is not ResolutionStatus.MATCHED:
        return None
    if town is None:
        return answer.place.point
    return None if town.lat is None or town.lon is None else (town.lat, town.lon)


def judge(
    gazetteer: Gazetteer, places: Asked, answers: list[Resolution]
) -> tuple[Counter[str], list[tuple[object, ...]]]:
    """Return how many answers are right, wrong or none, and the rows of the file that are wrong themselves."""
    cells = cells_of(gazetteer)
    same = shared(places, answers)
    counts: Counter[str] = Counter()
    errors: list[tuple[object, ...]] = []
    for ((name, country), spot), answer in zip(places.items(), answers, strict=True):
        point = point_of(answer)
        if point is None:
            counts["no claim"] += 1
            counts[f"no claim: {answer.status.value if answer.status != 'matched' else 'known, without a point'}"] += 1
        elif distance_km(*spot, *point) <= RIGHT_KM:
            counts["right"] += 1
        else:
            counts["wrong"] += 1
            sure, why = evidence(gazetteer, cells, (name, spot), answer, same[spot])
            if why:
                counts[f"wrong: {sure} the file's own error"] += 1
                errors.append((name, country, sure, why))
    return counts, errors


def report_confidence(places: Asked, answers: list[Resolution]) -> None:
    """Print how many of the answers told with a confidence are right."""
    told = [
        (answer.confidence, distance_km(*spot, *point) <= RIGHT_KM)
        for spot, answer in zip(places.values(), answers, strict=True)
        if (point := point_of(answer)) is not None
    ]
    for low, high in pairwise(BANDS):
        inside = [right for confidence, right in told if low <= confidence < high]
        if inside:
            print(
                f"confidence {low:.2f} to {min(high, 1):.2f}: {sum(inside) / len(inside):.3f} right of {len(inside):,}"
            )


def main() -> None:
    shared = Path(os.environ.get("TWINGRAPH_SHARED_DATA") or Path(__file__).parents[2] / "shared" / "data")
    parser = ArgumentParser()
    parser.add_argument("pairs", nargs="?", type=Path, default=shared / "wikipedia_twin_towns.csv")
    parser.add_argument("--errors", type=Path)
    given = parser.parse_args()
    if not given.pairs.is_file():
        sys.exit(f"{given.pairs} is not here: give a file, or set TWINGRAPH_SHARED_DATA")
    places = read_places(given.pairs)
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
    counts, errors = judge(gazetteer, places, answers)
    for what, count in sorted(counts.items()):
        print(f"{what}: {count / len(places):.4f} ({count:,})")
    report_confidence(places, answers)
    sure = counts["wrong: surely the file's own error"]
    print(
        f"without the file's sure errors: right {counts['right'] / (len(places) - sure):.4f}, "
        f"wrong {(counts['wrong'] - sure) / (len(places) - sure):.4f}"
    )
    if given.errors:
        with given.errors.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("name", "country", "the file's error", "evidence"))
            writer.writerows(sorted(errors, key=lambda row: (str(row[1]), str(row[0]))))


if __name__ == "__main__":
    main()
