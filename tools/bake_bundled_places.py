"""Make the tables for which no index is needed: ``loaders/data/bundled_places.jsonl`` and ``places/data/hromadas.tsv``.

Run it when the bundled records, the registers or the resolver change; the result is committed:

    python tools/bake_bundled_places.py

It loads the bundled records with the resolver and writes down each answer, and how many inhabitants of each hromada
GeoNames knows. A test compares the tables with what this script would write.
"""

from collections.abc import Mapping
from pathlib import Path

from twingraph.loaders.assembling.assembly import assemble
from twingraph.loaders.bundled_places import FILE, format_answers
from twingraph.loaders.intake.manifest import bundled_manifests
from twingraph.loaders.judgements.model import bundled_judgements
from twingraph.loaders.load import read_datasets
from twingraph.loaders.places import Resolver
from twingraph.loaders.places.model import PlaceQuery, Resolution
from twingraph.loaders.problems import Problems
from twingraph.loaders.registers.hromadas import count_inhabitants
from twingraph.loaders.registers.index import open_gazetteer

LOADERS = Path(__file__).parent.parent / "loaders"
TABLE = LOADERS / "data" / FILE
HROMADAS = LOADERS / "places" / "data" / "hromadas.tsv"
HROMADAS_HEAD = """\
# Inhabitants of the hromadas of Ukraine: of the settlements that GeoNames has a number for, and how many these are.
# Written by tools/bake_bundled_places.py. Sources: GeoNames (CC BY 4.0), matched with the codifier (KATOTTG).
katottg	population	counted
"""
NOTE = (
    "Places of the bundled records, as the resolver answers. Written by tools/bake_bundled_places.py. "
    "Sources: GeoNames (CC BY 4.0), the Ukrainian codifier (KATOTTG), ISO 3166 and CLDR; see NOTICE."
)


def main() -> None:
    """Write the table."""
    with open_gazetteer() as gazetteer:
        text = bake(Resolver(gazetteer, bundled_judgements()))
        HROMADAS.write_text(bake_hromadas(gazetteer.populations()), encoding="utf-8")
    TABLE.write_text(text, encoding="utf-8")
    print(f"{TABLE}: {text.count('"query":')} names, {TABLE.stat().st_size} bytes")  # noqa: T201


def bake(resolver: Resolver) -> str:
    """Return the text of the table: every answer that loading the bundled records asks for."""
    answers: dict[PlaceQuery, Resolution] = {}

    def resolve(query: PlaceQuery) -> Resolution:
        answers[query] = resolver.resolve(query)
        return answers[query]

    problems = Problems()
    assemble(read_datasets(bundled_manifests(), problems), resolve, (), problems)
    return format_answers(answers, NOTE)


def bake_hromadas(populations: Mapping[str, int]) -> str:
    """Return the text of the table of hromadas; `populations` are the inhabitants of settlements by KATOTTG code."""
    counts = sorted(count_inhabitants(populations).items())
    return HROMADAS_HEAD + "".join(f"{code}\t{people}\t{counted}\n" for code, (people, counted) in counts)


if __name__ == "__main__":
    main()
