"""Questions in Cypher: what is refused, what is cut, and how values come in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twingraph.errors import InputError, QueryError, QueryTimeoutError
from twingraph.graph.standing import today
from twingraph.graph.store import Store
from twingraph.queries.questions.run import parameters_in, parse_parameter, run_query


def test_a_question_is_answered_with_its_parameters(network: Store) -> None:
    text = "MATCH (m:Municipality) WHERE m.country_code = $c RETURN m.name AS name ORDER BY name;\n"
    answer = run_query(network, text, {"c": "PL"})
    assert answer.rows.columns == ("name",)
    assert [record[0] for record in answer.rows.records] == ["Gdynia", "Rawicz"]
    assert answer.cut == 0


def test_the_current_day_is_supplied(network: Store) -> None:
    """A question of one's own would otherwise have to be given the day by hand, and a forgotten one would be wrong."""
    assert run_query(network, "RETURN $today AS day").rows.records == [(today(),)]
    assert run_query(network, "RETURN $today AS day", {"today": "2022"}).rows.records == [("2022",)]


def test_a_limit_cuts_the_rows_and_says_how_many_there_were(network: Store) -> None:
    answer = run_query(network, "UNWIND range(1, 10) AS n RETURN n", limit=3)
    assert (len(answer.rows), answer.total, answer.cut) == (3, 10, 7)


@pytest.mark.parametrize(
    ("text", "parameters", "words"),
    [
        ("", {}, "empty"),
        (" ; ", {}, "empty"),
        ("RETURN $a + $b", {"a": 1}, "$b"),
        ("RETURN $a", {"a": 1, "typo": 2}, "$typo"),
        ("RETURN 1", {"a": 1}, "no parameter"),
        ("RETURN 1 AS", {}, "Syntax error"),
        ("CREATE (n:Municipality {id: 'x'})", {}, "write"),
        ("MATCH (n) DETACH DELETE n", {}, "write"),
    ],
)
def test_what_cannot_be_run_is_reported(network: Store, text: str, parameters: dict[str, object], words: str) -> None:
    """A parameter forgotten would be taken as unknown by one engine and give an empty answer."""
    with pytest.raises(QueryError) as caught:
        run_query(network, text, parameters)
    assert words in caught.value.message + caught.value.hint
    assert caught.value.hint


def test_a_question_that_would_run_for_ever_is_given_up(network: Store) -> None:
    with pytest.raises(QueryTimeoutError):
        run_query(network, "UNWIND range(1, 3000) AS a UNWIND range(1, 9000) AS b RETURN sum(a * b)", timeout=0.3)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("RETURN $a, $b, $a", ("a", "b")),
        ("RETURN '$no', \"$no\", `$no`, $yes", ("yes",)),
        ("RETURN 'it\\'s $no' // $no\n, $yes /* $no */", ("yes",)),
        ("RETURN $`odd name`, $рік", ("odd name", "рік")),
        ("RETURN 1", ()),
    ],
)
def test_the_parameters_of_a_text_are_found_and_no_others(text: str, names: tuple[str, ...]) -> None:
    assert parameters_in(text) == names


@pytest.mark.parametrize(
    ("assignment", "expected"),
    [
        ("year=2022", ("year", 2022)), ('year="2022"', ("year", "2022")), ("c=PL", ("c", "PL")), ("c=", ("c", "")),
        ("q=a=b", ("q", "a=b")), ("all=true", ("all", True)), ("x=null", ("x", None)), ("l=[1, 2]", ("l", [1, 2])),
        ("$c=PL", ("c", "PL")), ("x=NaN", ("x", "NaN")), ("d=2022-11", ("d", "2022-11")), ("n=-1.5", ("n", -1.5)),
        ("рік=2022", ("рік", 2022)), ("j={broken", ("j", "{broken")),
    ],
)  # fmt: skip
def test_a_value_is_json_where_it_is_json_and_else_text(assignment: str, expected: tuple[str, object]) -> None:
    assert parse_parameter(assignment) == expected


@pytest.mark.parametrize(
    "assignment", ["", "=1", "novalue", "1x=2", "a b=1", "n=9223372036854775808", "n=[99999999999999999999]"]
)
def test_an_invalid_assignment_is_reported(assignment: str) -> None:
    with pytest.raises(InputError):
        parse_parameter(assignment)


@given(st.text())
def test_no_value_breaks_the_reading_of_an_assignment(value: str) -> None:
    try:
        name, _value = parse_parameter(f"x={value}")
    except InputError:
        return
    assert name == "x"
