"""What a map shows of a question's answer."""

import shlex

import pytest

from twingraph.errors import TwingraphError
from twingraph.graph.store import Store
from twingraph.queries.questions.catalog import find_question
from twingraph.queries.questions.picture import read_answer


def test_a_map_is_named_after_what_was_asked(network: Store) -> None:
    """A map that was passed on would not name whose partners it shows."""
    topic = read_answer(network, find_question("partners-of"), {"municipality": "житомир"}).topic
    assert topic is not None
    assert topic.name == "Who are the partners of a municipality? (municipality: Zhytomyr)"
    assert topic.name_uk == "Які партнери має муніципалітет? (муніципалітет: Житомир)"


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("common-partners", {"first": "Zhytomyr", "second": "Кам’янець-Подільський"}, "is empty"),
        ("new-ties-since", {"since": 2022, "country": "UA"}, "no place ids"),
    ],
)
def test_what_cannot_be_drawn_is_reported_with_the_command_that_was_meant(
    network: Store, name: str, given: dict[str, object], message: str
) -> None:
    """Else the next step would show the answer to another question: that of the example."""
    with pytest.raises(TwingraphError, match=message) as caught:
        read_answer(network, find_question(name), given)
    words = shlex.split(caught.value.hint.split(": ", 1)[1])
    assert words == ["twingraph", "query", name, *(w for key, value in given.items() for w in ("-p", f"{key}={value}"))]
