"""The schema and the model say the same of statements."""

import pytest

from twingraph.graph.model import Statement
from twingraph.graph.schema import PLACE_KEY, SUBJECT_KEYS


@pytest.mark.parametrize("name", SUBJECT_KEYS)
def test_a_statement_knows_what_it_is_about_by_each_property_of_the_schema(name: str) -> None:
    """Else what a new sort of statement says would be kept and never shown with what it is said of."""
    statement = Statement(id="s", dataset="d", **{name: "x"})
    assert statement.about == (None if name == PLACE_KEY else "x")
