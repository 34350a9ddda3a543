"""The share of right Ukrainian names among those chosen from GeoNames' spellings, and of places with a name.

    python benchmarks/ukrainian_names.py [--wrong]

Three lines of figures, for the rules alone: a table of partners compiled by hand (tests/data/ukrainian_names.csv), the
cities of time zones in CLDR, and all places abroad. CLDR writes ґ (Чікаґо) where the orthography of 2019 has г; the two
count as one here. `--wrong` lists what differs.
"""

import csv
import sys
from argparse import ArgumentParser
from pathlib import Path

from twingraph.loaders.packaged_tables import read_table
from twingraph.loaders.registers.geonames import GeoName, read_geonames
from twingraph.loaders.registers.ukrainian_names import exemplar_cities, ukrainian_name
from twingraph.text.folding import name_key

TABLE = Path(__file__).parents[1] / "tests" / "data" / "ukrainian_names.csv"
TASTE = str.maketrans("ґҐ'ʼ", "гГ’’")


def known_cities(places: list[GeoName]) -> dict[int, set[str]]:
    cities = exemplar_cities()
    largest: dict[tuple[str, str], GeoName] = {}
    for place in places:
        key = (place.country, name_key(place.name))
        if key in cities and (key not in largest or largest[key].population < place.population):
            largest[key] = place
    return {place.geonames_id: {cities[key]} for key, place in largest.items()}


def report(title: str, named: dict[int, str | None], known: dict[int, set[str]], *, wrong: bool) -> None:
    found = {pid: name for pid in known if (name := named.get(pid))}
    differs = {
        pid: name
        for pid, name in found.items()
        if name.translate(TASTE) not in {text.translate(TASTE) for text in known[pid]}
    }
    share = 1 - len(differs) / len(found)
    print(
        f"{title}: {len(known)} known, {len(found)} named ({len(found) / len(known):.2f}), right {share:.3f} of these"
    )
    if wrong:
        for pid, name in differs.items():
            print(f"  geonames:{pid} {name}, known as {', '.join(sorted(known[pid]))}")


def main() -> int:
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--wrong", action="store_true", help="list what differs")
    asked = parser.parse_args()
    usual = {int(row["geonames"]): row["name"] for row in read_table("usual_names.tsv")}
    places = [place for place in read_geonames() if place.country != "UA"]
    named = {
        place.geonames_id: ukrainian_name(place.alternates, usual.get(place.geonames_id, place.name), place.country)
        for place in places
    }
    with TABLE.open(encoding="utf-8", newline="") as file:
        partners = {int(row["geonames"]): set(row["ukrainian"].split("/")) for row in csv.DictReader(file)}
    report("partners", named, partners, wrong=asked.wrong)
    report("cities of CLDR", named, known_cities(places), wrong=asked.wrong)
    cyrillic = sum(
        any("\u0400" <= letter <= "\u052f" for text in place.alternates for letter in text) for place in places
    )
    print(f"places abroad: {len(places)}, {cyrillic} with a Cyrillic spelling, {sum(map(bool, named.values()))} named")
    return 0


if __name__ == "__main__":
    sys.exit(main())
