"""The Wikipedia pairs in both engines: the same counts and profiles, row for row."""

from pathlib import Path

import pytest

from twingraph.graph.store import Store
from twingraph.loaders.issues import Problems
from twingraph.loaders.manifest import manifest_for_file
from twingraph.loaders.pipeline import prepare, read_datasets
from twingraph.loaders.places import Resolver
from twingraph.queries.names import find_any
from twingraph.queries.show import read_profile
from twingraph.queries.stats import count


@pytest.mark.neo4j
@pytest.mark.shared
def test_the_pairs_answer_the_same_from_both_engines(
    stores: tuple[Store, Store], resolver: Resolver, shared_data: Path
) -> None:
    """A network that has outgrown one machine would otherwise give other numbers on the server."""
    for store in stores:
        problems = Problems()
        datasets = read_datasets([manifest_for_file(shared_data / "wikipedia_twin_towns.csv")], problems)
        prepare(store, datasets, resolver, problems).write(store)
    embedded, server = stores
    assert count(embedded) == count(server)
    for name in ("Berat", "Coventry, GB", "Albania"):
        found = find_any(embedded, name)
        assert found == find_any(server, name)
        assert read_profile(embedded, found.ref) == read_profile(server, found.ref)
    query = (
        "MATCH (a:Municipality)-[r:PARTNERS_WITH]->(b:Municipality) "
        "RETURN a.country_code AS one, b.country_code AS other, count(r) AS ties ORDER BY ties DESC, one, other"
    )
    assert embedded.read(query) == server.read(query)
