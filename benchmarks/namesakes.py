"""Fit the weights of ``ranking.TRAITS``, which rank the places of one name, and check them.

    python benchmarks/namesakes.py FIT.csv [CHECK.csv]

The files have the columns city1, country1, lat1, lng1, city2, country2, lat2, lng2. A conditional logit model
(McFadden, 1974) learns how likely each place of a name is meant, from its traits in the registers; one more choice, the
same for every name, is a place that no register has. The place within 25 km of the file's coordinates is the one meant.
Names whose nearest place lies 25 to 60 km off are excluded, since the file's point may be that of the area
around, and so are those of `wikipedia_errors.csv` that are surely the file's own errors.

The model is fitted to each half of the names and checked on the other, then to all. `likelihood` is the resolver's
confidence: of names with a likelihood of 0.7, seven in ten should be right. Without files the pairs of the development
data are read (TWINGRAPH_SHARED_DATA).
"""

import csv
import os
import sys
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np
from file_errors import RIGHT_KM, read_places
from numpy.typing import NDArray

from twingraph.graph.geodesy import distance_km
from twingraph.loaders.places import Gazetteer
from twingraph.loaders.places.gazetteer import Entry, EntryType
from twingraph.loaders.places.namesakes import bearers
from twingraph.loaders.places.ranking import CLEAR_SHARE, OTHER, TRAITS, at, merge_doubles, rank, traits
from twingraph.loaders.places.reading import read_name
from twingraph.loaders.registers.index import open_gazetteer

Numbers = NDArray[np.float64]
Names = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]
"""The traits of the places of each name, what is no place (minus infinity) and what is (0), and which is meant."""

UNSURE_KM = 60.0
BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)


def known_errors() -> set[tuple[str, str]]:
    with (Path(__file__).parent / "wikipedia_errors.csv").open(encoding="utf-8", newline="") as file:
        return {(row["name"], row["country"]) for row in csv.DictReader(file) if row["the file's error"] == "surely"}


def places_of(gazetteer: Gazetteer, name: str, country: str) -> list[Entry]:
    """Return the places that a name may mean: towns with their rivals, else the areas of the name."""
    territory = gazetteer.territory(country) if country else None
    if territory is None or territory.region:
        return []
    key = read_name(name)[0].key
    found = bearers(gazetteer, key, territory.country)
    areas = [entry for entry in gazetteer.named(key, territory.country) if entry.type == EntryType.AREA]
    return merge_doubles(rank(found or areas))


def choices(gazetteer: Gazetteer, path: Path) -> list[tuple[str, Numbers, int]]:
    """Return the traits of the places of each name, and which of them is meant; -1 where none is."""
    errors = known_errors()
    found: list[tuple[str, Numbers, int]] = []
    for (name, country), spot in read_places(path).items():
        entries = places_of(gazetteer, name, country) if (name, country) not in errors else []
        if not entries:
            continue
        away = [distance_km(*spot, *point) if (point := at(entry)) else np.inf for entry in entries]
        nearest = int(np.argmin(away))
        if away[nearest] <= RIGHT_KM or away[nearest] > UNSURE_KM:
            meant = nearest if away[nearest] <= RIGHT_KM else -1
            found.append((f"{name}|{country}", np.array([traits(entry) for entry in entries]), meant))
    return found


def pack(cases: list[tuple[str, Numbers, int]]) -> Names:
    most = max(len(each) for _, each, _ in cases)
    values = np.zeros((len(cases), most, len(TRAITS)))
    absent = np.full((len(cases), most + 1), -np.inf)
    absent[:, most] = 0.0
    for number, (_, each, _) in enumerate(cases):
        values[number, : len(each)] = each
        absent[number, : len(each)] = 0.0
    return values, absent, np.array([meant if meant >= 0 else most for _, _, meant in cases])


def likelihoods(names: Names, numbers: Numbers) -> Numbers:
    """Return how likely each place of each name is meant; the last column is a place that no register has."""
    values, absent, _ = names
    score = np.hstack([values @ numbers[:-1], np.full((len(values), 1), numbers[-1])]) + absent
    likely: Numbers = np.exp(score - score.max(axis=1, keepdims=True))
    likely /= likely.sum(axis=1, keepdims=True)
    return likely


def fit(names: Names, rounds: int = 300) -> Numbers:
    """Return the numbers that make what was meant likeliest, by gradient ascent with momentum (Adam)."""
    values, absent, meant = names
    numbers, first, second = (np.zeros(len(TRAITS) + 1) for _ in range(3))
    was = np.zeros(absent.shape)
    was[np.arange(len(meant)), meant] = 1.0
    for number in range(rounds):
        missed = was - likelihoods(names, numbers)
        gradient = np.append(np.einsum("nk,nkt->t", missed[:, :-1], values), missed[:, -1].sum()) - numbers
        first, second = 0.9 * first + 0.1 * gradient, 0.99 * second + 0.01 * gradient**2
        numbers = numbers + (0.1 if number < 0.7 * rounds else 0.02) * first / (np.sqrt(second) + 1e-9)
    return numbers


def report(what: str, names: Names, numbers: Numbers) -> None:
    """Print the share of names whose likeliest place is the one meant, by likelihood."""
    likely = likelihoods(names, numbers)[:, :-1]
    best, share = likely.argmax(axis=1), likely.max(axis=1)
    right = best == names[2]
    clear = (share >= CLEAR_SHARE) | (np.isfinite(names[1]).sum(axis=1) == 2)  # a place without namesakes is an answer
    print(
        f"{what}: {len(right)} names; answered {(clear & right).sum()} right, {(clear & ~right).sum()} wrong; "
        f"{(~clear).sum()} without an answer"
    )
    for low, high in pairwise(BANDS):
        inside = (low <= share) & (share < high)
        if inside.any():
            print(
                f"  likelihood {low:.2f} to {min(high, 1):.2f}: {inside.sum()} names, {right[inside].mean():.3f} right"
            )


def main() -> None:
    shared = Path(os.environ.get("TWINGRAPH_SHARED_DATA") or Path(__file__).parents[2] / "shared" / "data")
    paths = [Path(argument) for argument in sys.argv[1:]] or [shared / "wikipedia_twin_towns.csv"]
    if not all(path.is_file() for path in paths):
        sys.exit("a file is not here: give one, or set TWINGRAPH_SHARED_DATA")
    with open_gazetteer() as gazetteer:
        cases = [choices(gazetteer, path) for path in paths]
    halves = [pack([case for case in cases[0] if crc32(case[0].encode()) % 2 == half]) for half in (0, 1)]
    report("fitted to the second half, checked on the first", halves[0], fit(halves[1]))
    report("fitted to the first half, checked on the second", halves[1], fit(halves[0]))
    numbers = fit(pack(cases[0]))
    in_use = np.array([*TRAITS.values(), np.log(OTHER)])
    for trait, number, now in zip((*TRAITS, "a place that no register has"), numbers, in_use, strict=True):
        print(f"{trait}: {number:.2f} (in use: {now:.2f})")
    for path, found in zip(paths, cases, strict=True):
        report(f"{path.name}, the numbers in use", pack(found), in_use)


if __name__ == "__main__":
    main()
