"""The status on a day, computed by both engines."""

import itertools

from twingraph.graph.model import Status
from twingraph.graph.standing import cypher_status, status_on
from twingraph.graph.store import Store

DATES = (None, "2021", "2022", "2022-05", "2022-06", "2022-06-14", "2022-06-15", "2022-06-16", "2023", "2023-01-01")
DAYS = ("2022", "2022-06", "2022-06-15")


def test_a_question_and_a_measure_find_the_same_status(store: Store) -> None:
    """A question would otherwise list a tie as in force that the map and the measures count as over."""
    cases = [
        {"n": n, "status": status.value, "since": since, "until": until}
        for n, (status, since, until) in enumerate(itertools.product(Status, DATES, DATES))
    ]
    for day in DAYS:
        rows = store.read(
            "UNWIND $cases AS p WITH p ORDER BY p.n RETURN " + cypher_status("p") + " AS status",
            {"cases": cases, "today": day},
        )
        expected = [status_on(case["status"], case["since"], case["until"], day) for case in cases]  # type: ignore[arg-type]
        assert [row["status"] for row in rows] == expected
