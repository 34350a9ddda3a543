"""The bundled data in both engines: the same counts, profiles and names, row for row."""

import pytest

from twingraph.graph.store import Store
from twingraph.queries.analyses.from_store import read_network
from twingraph.queries.names import find_any
from twingraph.queries.profile import read_profile
from twingraph.queries.stats import count

PLACES = ("Zhytomyr", "UA-18", "Польща", "OMGGS", "Rawicz", "Харків", "Germany")


@pytest.mark.neo4j
def test_the_bundled_data_answers_the_same_from_both_engines(stores: tuple[Store, Store]) -> None:
    """An office that moves from its file to a server would otherwise have to explain two sets of numbers."""
    from twingraph.loaders.intake.manifest import bundled_manifests
    from twingraph.loaders.load import prepare, read_datasets
    from twingraph.loaders.places import Resolver
    from twingraph.loaders.problems import Problems
    from twingraph.loaders.registers.index import open_gazetteer

    resolver = Resolver(open_gazetteer())
    for store in stores:
        problems = Problems()
        prepare(store, read_datasets(bundled_manifests(), problems), resolver, problems).write(store)
    embedded, server = stores
    here, there = (count(store, read_network(store)) for store in (embedded, server))
    assert here == there
    assert dict(here["totals"].records)["partnerships"] > 400
    for name in PLACES:
        found = find_any(embedded, name)
        assert found == find_any(server, name)
        assert read_profile(embedded, found.ref) == read_profile(server, found.ref)
