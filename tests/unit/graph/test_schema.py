"""The schema and the model say the same of statements."""

import pytest

from twingraph.graph.model import Statement
from twingraph.graph.schema import NAMES_PLACE, SPEAKS_BY


@pytest.mark.parametrize("name", SPEAKS_BY)
def test_a_statement_knows_what_it_is_about_by_each_property_of_the_schema(name: str) -> None:
    """Else what a new sort of statement says would be kept and never shown with what it is said of."""
    statement = Statement(id="s", dataset="d", **{name: "x"})
    assert statement.about == (None if name == NAMES_PLACE else "x")
