"""Headers of questions, and what people give for their parameters."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twingraph.errors import InputError, QueryError, TwingraphError, UnknownNameError
from twingraph.graph.store import Store
from twingraph.queries.questions.ask import arguments_for
from twingraph.queries.questions.catalog import find_question, questions
from twingraph.queries.questions.question import NotListed, Question, parse_question

GOOD = """// question = "Who?"
//
// [parameters.country]
// type = "country"
// about = "which"
// optional = true
//
// [columns]
// name = "its name"

MATCH (m:Municipality) WHERE $country IS NULL OR m.country_code = $country RETURN m.name AS name
"""


def parse(text: str, name: str = "who") -> Question:
    return parse_question(text, name=name, file=f"{name}.cypher")


def test_a_header_is_read() -> None:
    """Else an analyst's own question could not join the list."""
    question = parse(GOOD)
    assert (question.words, question.words_uk, question.command) == ("Who?", "Who?", "twingraph query who")
    assert [(each.name, each.type, each.needed) for each in question.parameters] == [("country", "country", False)]
    assert [(each.name, each.about) for each in question.columns] == [("name", "its name")]
    assert question.body.startswith("MATCH")


def test_what_another_question_lists_and_what_an_absent_value_means_are_read() -> None:
    """Else the answer would leave them out without a word, and an undated source would look like a fault."""
    header = '// [not_listed]\n// question = "others"\n// about = ["Not listed", "Не перелічено"]\n//\n// [columns]'
    text = GOOD.replace("// [columns]", header)
    question = parse(text.replace('name = "its name"', 'name = ["its name", "назва", "unnamed", "без назви"]'))
    assert question.not_listed == NotListed("others", "Not listed", "Не перелічено")
    assert (question.columns[0].absent, question.columns[0].absent_uk) == ("unnamed", "без назви")


def test_the_current_day_needs_no_parameter() -> None:
    """Else no question of one's own could ask for what is in force today."""
    assert not parse(GOOD.replace("RETURN", "AND $today > '2000' RETURN")).parameters[1:]


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('// question = "Who?"', '// question = "Who?', 1, "not valid TOML"),
        ('// question = "Who?"', "// question = 5", 1, "question is not a text"),
        ('// question = "Who?"', "//", 1, "no key 'question'"),
        ('"country"\n', '"planet"\n', 3, "unknown type 'planet'"),
        ("optional = true", 'optinal = "true"', 3, "invalid key"),
        ("optional = true", "default = 5", 3, "default of country is not of type country"),
        ("$country IS NULL OR m.country_code = $country", "true", 3, r"does not use \$country"),
        ("RETURN", "AND m.id = $id RETURN", 1, r"does not declare \$id"),
        ('name = "its name"', "name = 7", 9, "column name has no valid description"),
        ('about = "which"', 'about = ["which", "країна", "kraj"]', 3, "parameter country has no valid description"),
        ("// [columns]", "// [colums]", 8, "unknown key"),
        ('name = "its name"', 'name = ["a", "b", "c"]', 9, "column name has no valid description"),
        ('name = "its name"', 'name = ["a", "b", "c", 4]', 9, "column name has no valid description"),
        ("// [columns]", '// [not_listed]\n// question = "x"\n// [columns]', 8, "table not_listed is not valid"),
        (GOOD, "MATCH (n) RETURN n", 1, "the header is missing"),
    ],
)
def test_a_broken_header_is_reported_with_its_line(old: str, new: str, line: int, message: str) -> None:
    """Else the analyst would look for the fault in a folder of questions."""
    assert old in GOOD
    with pytest.raises(InputError, match=message) as caught:
        parse(GOOD.replace(old, new))
    assert f"who.cypher, line {line}:" in str(caught.value)
    assert caught.value.hint


@given(st.text(max_size=200), st.text(max_size=30))
def test_any_text_is_a_question_or_an_error(text: str, name: str) -> None:
    """Else one odd file in the folder would end the program in a traceback."""
    for each in (text, f"// {text}\nRETURN 1", f'// question = "{text}"\nRETURN 1'):
        with suppress(InputError):
            parse(each, name)


@given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=60))
def test_words_survive_the_header(words: str) -> None:
    """Else quotes or Ukrainian letters in a question would change it."""
    quoted = words.replace("\\", "\\\\").replace('"', '\\"')
    if " ".join(words.split()):
        assert parse(f'// question = "{quoted}"\nRETURN 1').words == " ".join(words.split())


def test_a_folder_of_ones_own_joins_the_list_and_wins(tmp_path: Path) -> None:
    """Else a team could not keep its questions, or ask a bundled one a little otherwise."""
    (tmp_path / "who.cypher").write_text(GOOD, encoding="utf-8")
    (tmp_path / "partners-of.cypher").write_text(GOOD, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("nothing", encoding="utf-8")
    names = [question.name for question in questions(tmp_path)]
    assert names == sorted({*names, "who"})
    assert find_question("who", tmp_path).own
    assert find_question("partners-of", tmp_path).words == "Who?"
    assert not find_question("partners_of").own
    with pytest.raises(UnknownNameError, match="no question called 'partner-of'") as caught:
        find_question("partner-of")
    assert caught.value.suggestions[0] == "partners-of"


@pytest.mark.parametrize("spoil", ["missing", "utf", "name", "large"])
def test_a_folder_that_cannot_be_read_is_reported(tmp_path: Path, spoil: str) -> None:
    """Else a mistyped setting would show a traceback."""
    folder = tmp_path / "missing" if spoil == "missing" else tmp_path
    if spoil == "utf":
        (tmp_path / "a.cypher").write_bytes(b"// question = \xff")
    elif spoil == "name":
        (tmp_path / "Мій Запит.cypher").write_text(GOOD, encoding="utf-8")
    elif spoil == "large":
        (tmp_path / "a.cypher").write_bytes(b"/" * (2 << 20))
    with pytest.raises(InputError):
        questions(folder)


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("partners-of", {"municipality": "Житомир"}, {"municipality": "geonames:686967"}),
        ("region-partners-by-country", {"region": "UA-18"}, {"region": "UA-18", "status": None}),
        ("region-partners-by-country", {"region": "Житомирська", "status": "Active"},
         {"region": "UA-18", "status": "active"}),
        ("new-ties-since", {"since": 2022}, {"since": "2022", "country": "UA"}),
        ("standing-ties-with", {"country": "Польща"}, {"country": "PL", "of": None}),
        ("oldest-ties", {}, {"country": None, "most": 25}),
        ("ended-ties-since", {"undated": True}, {"since": "2022-02-24", "undated": True}),
    ],
)  # fmt: skip
def test_what_people_type_becomes_what_the_cypher_needs(
    network: Store, name: str, given: dict[str, object], expected: dict[str, object]
) -> None:
    """Else a question could be asked only with ids."""
    arguments = arguments_for(network, find_question(name), given)
    assert {each.parameter.name: each.value for each in arguments} == expected


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("partners-of", {}, "needs municipality"),
        ("partners-of", {"municipality": "Atlantis"}, "no municipality called"),
        ("partners-of", {"municipality": "Zhytomyr", "town": "x"}, "has no parameter 'town'"),
        ("new-ties-since", {"since": "24.13.2022"}, "is not a date"),
        ("country-matrix", {"status": "dead"}, "no status called 'dead'"),
        ("oldest-ties", {"most": "many"}, "a whole number"),
        ("oldest-ties", {"most": -1}, "a whole number, 0 or more"),
        ("ended-ties-since", {"undated": "yes"}, "true or false"),
    ],
)
def test_an_invalid_parameter_is_reported(network: Store, name: str, given: dict[str, object], message: str) -> None:
    """Else a slip would give an empty answer, which reads like a fact."""
    with pytest.raises(TwingraphError, match=message):
        arguments_for(network, find_question(name), given)


def test_a_question_needs_no_store_to_refuse_a_wrong_parameter() -> None:
    """Else the fault would come only after the database was opened."""
    with pytest.raises(QueryError):
        arguments_for(None, find_question("triangles"), {"x": 1})  # type: ignore[arg-type]
