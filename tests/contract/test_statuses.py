"""What sources say of a status arrives in the answers, on each engine."""

from pathlib import Path

import pytest

from fixtures.loading import load
from twingraph.graph.store import Store
from twingraph.loaders.intake.manifest import manifest_for_file
from twingraph.loaders.places import Resolver
from twingraph.queries.questions.ask import ask
from twingraph.queries.questions.catalog import find_question

DATA = Path(__file__).parents[1] / "data"


@pytest.mark.parametrize(
    ("file", "status"),
    [
        ("statuses/in_words.csv", {"active": 2, "planned": 1, "terminated": 2}),
        ("wikidata/ended_at_unknown_date.json", {"terminated": 1}),
        ("wikidata/restarted.json", {"unknown": 1}),
        ("networks/spells.gexf", {"unknown": 2}),
        ("wikipedia/Nafplio.wiki", {"active": 4}),
        ("wikipedia/Rivne.wiki", {"suspended": 3, "terminated": 1}),
    ],
)
def test_a_status_is_stored_as_the_source_states_it(
    store: Store, resolver: Resolver, file: str, status: dict[str, int]
) -> None:
    """Otherwise ended partnerships are counted as in force, or living ones as ended."""
    load(store, [manifest_for_file(DATA / file)], resolver)
    rows = store.read("MATCH ()-[r:PARTNERS_WITH]->() RETURN r.status AS status, count(r) AS n")
    assert {row["status"]: row["n"] for row in rows} == status


def test_a_partnership_that_a_council_ended_is_in_no_list_of_those_in_force(store: Store, resolver: Resolver) -> None:
    """Otherwise an analyst names a partnership with Russia that a council ended in 2022."""
    load(store, [manifest_for_file(DATA / "statuses" / "in_words.csv")], resolver)
    assert ask(store, find_question("standing-ties-with"), {"country": "RU"}).total == 0
    assert ask(store, find_question("standing-ties-with"), {"country": "PL"}).total == 2
    ended = ask(store, find_question("ended-ties-since"), {"since": "2022"}).rows
    at = [ended.columns.index(column) for column in ("until", "decided_by")]
    assert [tuple(record[each] for each in at) for record in ended.records] == [("2022-03-24", "рішення ради")]
