"""How long a load of a million made-up pairs takes, and how much memory.

    python benchmarks/million.py [--pairs 1000000] [--places 200000]

The places are made up, with coordinates, in forty countries; each pair is drawn at random with a fixed seed. The load
is a fresh process, with the command that a user types; the index of places is built beforehand.
"""

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CODES = "ATBEBGCHCZDEDKEEESFIFRGBGEGRHRHUIEISITLTLULVMDMEMKMTNLNOPLPTRORSSESISKTRUAUSCAJP"
COUNTRIES = [CODES[number : number + 2] for number in range(0, len(CODES), 2)]


def write_pairs(path: Path, pairs: int, places: int) -> None:
    """Write made-up pairs as the table of geocoded pairs that such datasets are."""
    chance = random.Random(7)  # noqa: S311 - made-up data
    towns = [
        f"Town{number},{COUNTRIES[number % len(COUNTRIES)]},{chance.uniform(36, 69):.4f},{chance.uniform(-9, 40):.4f}"
        for number in range(places)
    ]
    with path.open("w", encoding="utf-8") as file:
        file.write("city1,country1,lat1,lng1,city2,country2,lat2,lng2\n")
        for _ in range(pairs):
            first, second = chance.sample(towns, 2)
            file.write(f"{first},{second}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=1_000_000)
    parser.add_argument("--places", type=int, default=200_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        table, database = Path(folder) / "pairs.csv", Path(folder) / "million.grafeo"
        write_pairs(table, asked.pairs, asked.places)
        command = [sys.executable, "-m", "twingraph", "load", "-q", "--no-progress", str(table), "--db", str(database)]
        start = time.perf_counter()
        subprocess.run(command, check=True)
        took = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"{asked.pairs:,} pairs of {asked.places:,} places: {took:.1f} s "
        f"({used.ru_utime + used.ru_stime:.1f} s of processor), {used.ru_maxrss / 1024:,.0f} MB at most"
    )


if __name__ == "__main__":
    main()
