"""Make the table of the places of the bundled records: ``loaders/data/bundled_places.jsonl``.

Run it when the bundled records, the registers or the resolver change; the result is committed:

    python tools/bake_bundled_places.py

It loads the bundled records with the resolver and writes down each answer. A test compares the table with what this
script would write.
"""

from pathlib import Path

from twingraph.loaders.assembling.assembly import assemble
from twingraph.loaders.bundled_places import FILE, format_answers
from twingraph.loaders.intake.manifest import bundled_manifests
from twingraph.loaders.judgements.model import bundled_judgements
from twingraph.loaders.load import read_datasets
from twingraph.loaders.places import Resolver, open_gazetteer
from twingraph.loaders.places.model import PlaceQuery, Resolution
from twingraph.loaders.problems import Problems

TABLE = Path(__file__).parent.parent / "loaders" / "data" / FILE
NOTE = (
    "Places of the bundled records, as the resolver answers. Written by tools/bake_bundled_places.py. "
    "Sources: GeoNames (CC BY 4.0), the Ukrainian codifier (KATOTTG), ISO 3166 and CLDR; see NOTICE."
)


def main() -> None:
    """Write the table."""
    with open_gazetteer() as gazetteer:
        text = bake(Resolver(gazetteer, bundled_judgements()))
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


if __name__ == "__main__":
    main()
