"""Which of several namesakes is meant: fit the numbers of ``choosing.weight`` anew, and check them.

    python benchmarks/namesakes.py FIT.csv [CHECK.csv]

The files have the columns city1, country1, lat1, lng1, city2, country2, lat2, lng2. Of every name that several places
bear and one of which lies at the file's coordinates (within 25 km), a conditional logit model (McFadden, 1974) learns
how likely each namesake is meant from the logarithms of inhabitants and spellings, whether it is a suburb, and whether
the name is only another spelling. Without files the pairs of the development data are taken (TWINGRAPH_SHARED_DATA).
"""

import os
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from resolver import RIGHT_KM, read_places

from twingraph.graph.globe import distance_km
from twingraph.loaders.places import Gazetteer, open_gazetteer
from twingraph.loaders.places.choosing import merge_doubles, people_of, rank
from twingraph.loaders.places.namesakes import named
from twingraph.loaders.places.reading import read_name

TRAITS = ("log inhabitants", "log spellings", "suburb", "another spelling")
Choice = tuple[NDArray[np.float64], int]


def choices(gazetteer: Gazetteer, path: Path) -> list[Choice]:
    """Return the traits of the namesakes of each name, and which of them is meant."""
    found: list[Choice] = []
    for (name, country), spot in read_places(path).items():
        territory = gazetteer.territory(country) if country else None
        if territory is None or territory.region:
            continue
        entries = merge_doubles(rank(named(gazetteer, read_name(name)[0].key, territory.country)))
        meant = [
            index
            for index, entry in enumerate(entries)
            if entry.lat is not None and entry.lon is not None and distance_km(*spot, entry.lat, entry.lon) <= RIGHT_KM
        ]
        if len(entries) > 1 and meant:
            traits = [
                (np.log(people_of(e)), np.log1p(e.fame or 0), float(e.suburb), float(e.grade == 1)) for e in entries
            ]
            found.append((np.array(traits), meant[0]))
    return found


def likelihoods(traits: NDArray[np.float64], numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    score = traits @ numbers
    weight = np.exp(score - score.max())
    return weight / weight.sum()


def fit(cases: list[Choice], rounds: int = 200) -> NDArray[np.float64]:
    """Return the numbers that make what was meant likeliest, by gradient ascent with momentum (Adam)."""
    numbers, first, second = np.zeros(len(TRAITS)), np.zeros(len(TRAITS)), np.zeros(len(TRAITS))
    for _ in range(rounds):
        gradient = np.sum([x[meant] - likelihoods(x, numbers) @ x for x, meant in cases], axis=0)
        first, second = 0.9 * first + 0.1 * gradient, 0.99 * second + 0.01 * gradient**2
        numbers += 0.05 * first / (np.sqrt(second) + 1e-9)
    return numbers


def report(cases: list[Choice], numbers: NDArray[np.float64]) -> None:
    """Print how often the likeliest namesake is meant, by how likely it is held to be."""
    best = [(likelihoods(x, numbers), meant) for x, meant in cases]
    for low, high in ((0.0, 0.5), (0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01)):
        inside = [int(p.argmax()) == meant for p, meant in best if low <= p.max() < high]
        share = f"{sum(inside) / len(inside):.2f}" if inside else "-"
        print(f"  held likely {low:.1f} to {min(high, 1):.1f}: {len(inside)} names, the likeliest meant in {share}")


def main() -> None:
    shared = Path(os.environ.get("TWINGRAPH_SHARED_DATA") or Path(__file__).parents[2] / "shared" / "data")
    paths = [Path(argument) for argument in sys.argv[1:]] or [shared / "wikipedia_twin_towns.csv"]
    if not all(path.is_file() for path in paths):
        sys.exit("a file is not here: give one, or set TWINGRAPH_SHARED_DATA")
    with open_gazetteer() as gazetteer:
        cases = [choices(gazetteer, path) for path in paths]
    numbers = fit(cases[0])
    for trait, number in zip(TRAITS, numbers, strict=True):
        print(f"{trait}: {number:.2f}" + (f" (a factor of {np.exp(number):.2f})" if "log" not in trait else ""))
    for path, found in zip(paths, cases, strict=True):
        print(f"{path.name}: {len(found)} names")
        report(found, numbers)


if __name__ == "__main__":
    main()
