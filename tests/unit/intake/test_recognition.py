"""Files of other programs that look like tables or networks to whoever does not know them."""

import contextlib
import io
import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twingraph.errors import ForeignFileError, InputError
from twingraph.loaders.datasets import read_dataset
from twingraph.loaders.intake.files import InputFile
from twingraph.loaders.intake.manifest import manifest_for_file
from twingraph.loaders.intake.recognition import FileForm, recognise
from twingraph.loaders.problems import Problems

NODE = {"type": "node", "id": "0", "labels": ["City"], "properties": {"name": "Zhytomyr", "from": "Kyiv"}}
TIE = {
    "id": "0", "type": "relationship", "label": "TWINNED", "properties": {"since": 2022},
    "start": {"id": "0", "labels": ["City"]}, "end": {"id": "1", "labels": ["City"]},
}  # fmt: skip
LINES = "".join(f"{json.dumps(each)}\n" for each in (NODE, {**NODE, "id": "1"}, TIE))


def recognised(text: str) -> FileForm:
    return recognise(InputFile(Path("t"), "t", io.BytesIO(text.encode())))


@pytest.mark.parametrize(
    ("content", "message", "step"),
    [
        (LINES, "APOC JSON", "twingraph export"),
        (json.dumps(TIE), "APOC JSON", "twingraph export"),
        (json.dumps([NODE, TIE], indent=1), "APOC JSON", "twingraph export"),
        (json.dumps({"nodes": [NODE], "rels": [TIE]}), "APOC JSON", "twingraph export"),
        (json.dumps({"nodes": {"0": NODE}, "rels": {"0": TIE}}), "APOC JSON", "twingraph export"),
        (
            '<graphml><graph id="G" edgedefault="directed">\n<node id="n0" labels=":Municipality"/></graph></graphml>',
            "APOC GraphML",
            "twingraph export",
        ),
        ("_id,_labels,name,_start,_end,_type\n0,:City,Kyiv,,,\n", "Neo4j database (CSV)", "twingraph export"),
        ("cityId:ID,name,:LABEL\n0,Kyiv,City\n", "Neo4j database (CSV)", "twingraph export"),
        (":START_ID,since,:END_ID,:TYPE\n0,2022,1,TWINNED\n", "Neo4j database (CSV)", "twingraph export"),
        ("CREATE CONSTRAINT a IF NOT EXISTS FOR (n:City) REQUIRE n.id IS UNIQUE;\n", "Cypher", "cypher-shell"),
        ("// The whole network\n// 2026\n\nMERGE (n:City {id: 1});\n", "Cypher", "cypher-shell"),
        (":begin\nMERGE (n:City {id: 1});\n:commit\n", "Cypher", "cypher-shell"),
        ('{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": null}]}', "GeoJSON", "as CSV"),
        ('{"features": [{"type": "Feature", "geometry": null}], "type": "FeatureCollection"}', "GeoJSON", "as CSV"),
    ],
)
def test_it_is_called_what_it_is_with_the_next_step(tmp_path: Path, content: str, message: str, step: str) -> None:
    """Else an export of a database would be taken for a broken table, and the analyst would mend the wrong thing."""
    path = tmp_path / "export.txt"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ForeignFileError, match="export") as caught:
        read_dataset(manifest_for_file(path), Problems())
    assert message in caught.value.message
    assert step in caught.value.hint


@pytest.mark.parametrize(
    "head",
    [
        "municipality,country,partner,partner_country\n",
        '{"nodes": [{"id": "0", "type": "node", "name": "Kyiv"}], "edges": []}',
        '[{"municipality": "Zhytomyr", "country": "UA", "partner": "Rawicz", "type": "node"}]',
        '{"from": "Kyiv", "to": "Lviv", "type": "aid"}\n',
        "Create,Label\n",
        "Merge,UA,Rawicz,PL\n",
    ],
)
def test_what_is_read_here_is_none_of_them(head: str) -> None:
    """Else a table would be refused over a word in it."""
    assert recognised(head)


@given(st.text(alphabet=st.sampled_from('{}[]":,; \n_idtypenodelabs'), max_size=300), st.integers(1, 400))
def test_no_beginning_takes_long_to_tell(unit: str, times: int) -> None:
    """Else a hostile file could keep a load busy for ever."""
    began = time.process_time()
    with contextlib.suppress(ForeignFileError):
        recognised(unit * times)
    assert time.process_time() - began < 1


UNITS = ("[", "{", "<", "=", '"', "[[", "{{", "==a", "==a==x", "[ {", "<a ", "%", "*", "a=", "_id,", '{"head":')


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("end", ["", "x"])
def test_what_a_file_is_is_reported_quickly_whatever_it_repeats(tmp_path: Path, unit: str, end: str) -> None:
    """Else 200 KB of brackets would keep a load busy for seconds, before it is refused."""
    path = tmp_path / "t"
    path.write_text(unit * (100_000 // len(unit)) + end, encoding="utf-8")
    began = time.process_time()
    with pytest.raises(InputError):
        read_dataset(manifest_for_file(path), Problems())
    assert time.process_time() - began < 2
