"""An array of JSON read value by value must be what it is read whole, wherever the pieces of the file end."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twingraph.errors import InputError
from twingraph.loaders.intake.files import InputFile
from twingraph.loaders.tables import json_tables
from twingraph.loaders.tables.json_tables import Document

TEXT = st.text(st.sampled_from('aїß"\\/\n\t{}[]:,01'), max_size=6)
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
INDENT = st.sampled_from([None, 0, 3])


@pytest.fixture
def document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Make a document of a text, read in pieces of a few characters."""

    def make(content: str, chunk: int = 3) -> Document:
        monkeypatch.setattr(json_tables, "CHUNK_CHARS", chunk)
        return Document(InputFile(tmp_path / "t.json", "t.json", io.BytesIO(content.encode())), "utf-8")

    return make


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(VALUE, max_size=5), indent=INDENT, ascii_only=st.booleans(), chunk=st.integers(1, 40))
def test_an_array_is_read_as_json_reads_it(document, values, indent, ascii_only, chunk) -> None:
    """Else a name would be lost or broken where a piece of the file ends."""
    content = json.dumps(values, indent=indent, ensure_ascii=ascii_only)
    made = document(content, chunk)
    assert made.list_names() is None
    assert list(made.elements(None)) == list(enumerate(json.loads(content), start=1))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.dictionaries(TEXT, VALUE, max_size=4), indent=INDENT, chunk=st.integers(1, 40))
def test_list_names_returns_the_keys_of_lists_of_objects(document, data, indent, chunk) -> None:
    """Else the table in an answer of a portal would not be found next to its page number."""
    content = json.dumps(data, indent=indent)
    made = document(content, chunk)
    held = [key for key, value in data.items() if isinstance(value, list) and any(isinstance(e, dict) for e in value)]
    assert made.list_names() == held
    assert made.whole() == json.loads(content)
    for key in held:
        assert [each for _, each in made.elements(key)] == data[key]


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    values=st.lists(VALUE, min_size=1, max_size=4), cut=st.floats(0, 0.999), junk=st.sampled_from(["", "]", "x", ", 1"])
)
def test_half_an_array_is_no_array(document, values, cut, junk) -> None:
    """Else half a download would be loaded as if it were the list."""
    whole = json.dumps(values)
    content = whole[: max(1, int(len(whole) * cut))] + junk if cut < 0.9 else whole + (junk or "[")
    try:
        json.loads(content)
    except ValueError:
        with pytest.raises(InputError, match="no JSON"):
            list(document(content).elements(None))
    else:
        assert [each for _, each in document(content).elements(None)] == json.loads(content)


@pytest.mark.parametrize(
    ("content", "message", "line"),
    [
        ('[\n{"a": 1},\n{"a": 2 "b": 3}\n]', "no JSON (Expecting ',' delimiter)", 3),
        ('[\n{"a": 1},\n{"a": NaN}\n]', "NaN is not a number", 3),
        ('[\n{"a": 1},\n\n{"a": 1, "a": 2}]', "'a' appears twice", 4),
        ('[\n{"a": 1}\n{"a": 2}]', "',' or ']' is expected, found '{'", 3),
        ('[{"a": 1},\n]', "no JSON (Expecting value)", 2),
        ('[{"a": 1}]\n[', "something follows its end", 2),
        ('{"a": [{}],\n"b": 1,\n"a": [{}]}', "the key 'a' appears twice", 3),
        ('{"a": [{}],\n"b" 1}', "':' is expected, found '1'", 2),
        ('{"a": [{}],\nb: 1}', "'\"' is expected, found 'b'", 2),
        ('{"a": [{}]', "',' or '}' is expected, found nothing more", 1),
        ('[\n{"a": ' + "[" * 100_000, "nested too deep", 2),
        ('[\n"' + "x" * 3_000_000, "more than 0 million characters", 2),
    ],
)
def test_a_fault_is_reported_with_its_line(document, content: str, message: str, line: int, monkeypatch) -> None:
    """Else the analyst would look for it in a file of a hundred megabytes."""
    monkeypatch.setattr(json_tables, "MAX_OBJECT_CHARS", 1 << 19)
    made = document(content, 1 << 16)
    with pytest.raises(InputError) as caught:
        list(made.elements(None if content.startswith("[") else made.list_names()[0]))
    assert message in caught.value.message
    assert caught.value.line == line
