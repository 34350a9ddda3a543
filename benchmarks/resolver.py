"""The speed, memory and share of right answers of the resolver.

    python benchmarks/resolver.py [PAIRS.csv] [--errors ERRORS.csv]

PAIRS.csv has the columns city1, country1, lat1, lng1, city2, country2, lat2, lng2. Without it the file of geocoded
Wikipedia pairs is read from the development data (TWINGRAPH_SHARED_DATA, or ../shared/data), which is not shipped.
Names and countries go to the resolver, coordinates never do; a place within 25 km of the file's coordinates is right.
The file's own errors (defined in `file_errors.py`) are counted separately; partnerships of Wikidata are evidence, where
the development data has them. `--errors` writes a table of the errors with the evidence, but without the coordinates,
which may not be redistributed.

`confidence` is checked, too: of the answers with 0.7 to 0.8, three in four should be right. The last line excludes the
places where the error is surely the file's.
"""

import csv
import os
import resource
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from itertools import pairwise
from pathlib import Path

from file_errors import RIGHT_KM, Asked, FileErrors, point_of, read_places

from twingraph.graph.geodesy import distance_km
from twingraph.loaders.places import Resolver
from twingraph.loaders.places.model import PlaceQuery, Resolution
from twingraph.loaders.registers.index import open_gazetteer

BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.97, 1.01)


def memory_mb() -> float:
    with Path("/proc/self/statm").open() as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 1e6


def judge(
    places: Asked, answers: list[Resolution], errors: FileErrors
) -> tuple[Counter[str], list[tuple[object, ...]]]:
    """Return how many answers are right, wrong or none, and the rows of the file that are wrong themselves."""
    counts: Counter[str] = Counter()
    found: list[tuple[object, ...]] = []
    for ((name, country), spot), answer in zip(places.items(), answers, strict=True):
        point = point_of(answer)
        if point is not None and distance_km(*spot, *point) <= RIGHT_KM:
            counts["right"] += 1
            continue
        what = "wrong" if point is not None else "no claim"
        counts[what] += 1
        if point is None:
            counts[f"no claim: {answer.status.value if answer.status != 'matched' else 'known, without a point'}"] += 1
        sure, why = errors.of(name, country, spot, answer)
        if why:
            counts[f"{what}: {sure} the file's own error"] += 1
            found.append((name, country, sure, why))
    return counts, found


def report_confidence(places: Asked, answers: list[Resolution]) -> None:
    """Print the share of right answers by confidence."""
    answered = [
        (answer.confidence, distance_km(*spot, *point) <= RIGHT_KM)
        for spot, answer in zip(places.values(), answers, strict=True)
        if (point := point_of(answer)) is not None
    ]
    for low, high in pairwise(BANDS):
        inside = [right for confidence, right in answered if low <= confidence < high]
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
        sys.exit(f"{given.pairs} does not exist: give a file, or set TWINGRAPH_SHARED_DATA")
    places = read_places(given.pairs)
    open_gazetteer().close()  # builds a missing index before the clock starts
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
    second = shared / "wikidata_sister_cities.gexf"
    counts, errors = judge(
        places,
        answers,
        FileErrors(given.pairs, places, answers, gazetteer, second=second if second.is_file() else None),
    )
    for what, count in sorted(counts.items()):
        print(f"{what}: {count / len(places):.4f} ({count:,})")
    report_confidence(places, answers)
    wrong, silent = (counts[f"{what}: surely the file's own error"] for what in ("wrong", "no claim"))
    left = len(places) - wrong - silent
    print(
        f"without the file's {wrong + silent} sure errors: right {counts['right'] / left:.4f}, "
        f"wrong {(counts['wrong'] - wrong) / left:.4f}"
    )
    if given.errors:
        with given.errors.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("name", "country", "the file's error", "evidence"))
            writer.writerows(sorted(errors, key=lambda row: (str(row[1]), str(row[0]))))


if __name__ == "__main__":
    main()
