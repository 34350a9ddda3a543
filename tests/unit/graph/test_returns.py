"""What a query returns is read from its text; a slip there would give a column a wrong name or break the query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twingraph.errors import QueryError
from twingraph.graph.returns import whole_rows, written_columns


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("MATCH (n) RETURN n.id, count( * ) ORDER BY n.id LIMIT 3", ("n.id", "count( * )")),
        ("return distinct n.a , m AS b", ("n.a", None)),
        ("RETURN [x IN [1,2] WHERE x > 1 | x], {a: 1, b: [2]}", ("[x IN [1,2] WHERE x > 1 | x]", "{a: 1, b: [2]}")),
        ('RETURN \'a, b RETURN c\', "d\\", e"', ("'a, b RETURN c'", '"d\\", e"')),
        ("RETURN `a,b`, n.`c` // , d", ("a,b", "n.`c`")),
        ("RETURN n.order, n.limit, n:Skip SKIP 1", ("n.order", "n.limit", "n:Skip")),
        ("CALL { MATCH (n) RETURN n AS x } RETURN x", ("x",)),
        ("RETURN 1 AS a UNION ALL RETURN 2 AS a;", (None,)),
        ("RETURN CASE WHEN n.a THEN 1 ELSE 2 END, 3", ("CASE WHEN n.a THEN 1 ELSE 2 END", "3")),
        ("MATCH (n) RETURN *", None),
        ("CREATE (n)", None),
        ("", None),
        ("RETURN", ("",)),
    ],
)
def test_columns(query: str, columns: tuple[str | None, ...] | None) -> None:
    assert written_columns(query) == columns


@pytest.mark.parametrize(
    ("query", "whole"),
    [
        ("MATCH (n) RETURN n", "MATCH (n) RETURN n"),
        ("MATCH (n) RETURN count(n) AS c", "MATCH (n) WITH count(n) AS c RETURN c"),
        (
            "MATCH (n) RETURN DISTINCT n, max(n.`x``y`) ORDER BY n.id SKIP 1;",
            (
                "MATCH (n) WITH DISTINCT n AS `n`, max(n.`x``y`) AS `max(n.``x````y``)` ORDER BY n.id SKIP 1 "
                "RETURN `n`, `max(n.``x````y``)`;"
            ),
        ),
        (
            "RETURN count(1) AS c UNION RETURN 2 AS c UNION ALL MATCH (n) RETURN sum(n.x) AS c",
            "WITH count(1) AS c RETURN c UNION RETURN 2 AS c UNION ALL MATCH (n) WITH sum(n.x) AS c RETURN c",
        ),
        ("CALL { MATCH (n) RETURN count(n) AS c } RETURN c", "CALL { MATCH (n) RETURN count(n) AS c } RETURN c"),
    ],
)
def test_aggregates_go_behind_a_with(query: str, whole: str) -> None:
    assert " ".join(whole_rows(query).replace(" ;", ";").split()) == whole


def test_a_star_with_an_aggregate_is_refused() -> None:
    with pytest.raises(QueryError, match="returns \\* together with"):
        whole_rows("MATCH (n) RETURN *, count(*)")


@given(st.text(alphabet="RETURN return ,.*()[]{}`'\"/\\;:\n countASas1xїUNION", max_size=60))
def test_any_text_is_read(text: str) -> None:
    """A typing error in a query would end in a traceback instead of the engine's own words."""
    written_columns(text)
    try:
        whole_rows(text)
    except QueryError as error:
        assert "beside" in error.message  # noqa: PT017
