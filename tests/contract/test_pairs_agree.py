"""The Wikipedia pairs in both engines: the same graph, counts and profiles, row for row."""

from pathlib import Path

import pytest

from fixtures.questions import asked_questions
from twingraph.graph.model import Label, NodeRef
from twingraph.graph.open import open_store
from twingraph.graph.store import Store
from twingraph.loaders.intake.manifest import manifest_for_file
from twingraph.loaders.load import prepare, read_datasets
from twingraph.loaders.places import Resolver
from twingraph.loaders.problems import Problems
from twingraph.queries.analyses.from_store import read_network
from twingraph.queries.names import find_any
from twingraph.queries.profile import read_profile
from twingraph.queries.questions.ask import ask
from twingraph.queries.stats import count

EVERYTHING = (
    "MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties ORDER BY labels(n)[0], n.id",
    (
        "MATCH (a)-[r]->(b) RETURN type(r) AS type, a.id AS start, b.id AS end, properties(r) AS properties "
        "ORDER BY type, start, end, r.id"
    ),
    (
        "MATCH (a:Municipality)-[r:PARTNERS_WITH]->(b:Municipality) "
        "RETURN a.country_code AS one, b.country_code AS other, count(r) AS ties ORDER BY ties DESC, one, other"
    ),
)
"""Every node and relationship with all that they hold, and a count over them."""


@pytest.mark.neo4j
@pytest.mark.shared
def test_the_pairs_answer_the_same_from_both_engines(
    wikipedia_place: Path, neo4j_store: Store, resolver: Resolver, shared_data: Path
) -> None:
    """A network that has outgrown one machine would otherwise give other numbers on the server."""
    server = neo4j_store
    problems = Problems()
    datasets = read_datasets([manifest_for_file(shared_data / "wikipedia_twin_towns.csv")], problems)
    prepare(server, datasets, resolver, problems).write(server)
    with open_store(wikipedia_place) as embedded:
        compare(embedded, server)


def compare(embedded: Store, server: Store) -> None:
    assert count(embedded, read_network(embedded)) == count(server, read_network(server))
    for query in EVERYTHING:
        assert embedded.read(query) == server.read(query)
    for question, given in asked_questions():
        assert ask(embedded, question, given) == ask(server, question, given), question.name

    everywhere = embedded.read("MATCH (m:Municipality) RETURN m.id AS id ORDER BY id").records
    refs = [NodeRef(Label.MUNICIPALITY, str(id_)) for (id_,) in everywhere[::300]]
    refs += [
        NodeRef(Label.COUNTRY, str(id_))
        for (id_,) in embedded.read("MATCH (c:Country) RETURN c.id ORDER BY c.id").records[::20]
    ]
    assert len(refs) > 60
    for ref in refs:
        assert read_profile(embedded, ref) == read_profile(server, ref)
    for name in ("Berat", "Coventry, GB", "Albania", "Житомир"):
        assert find_any(embedded, name) == find_any(server, name)
