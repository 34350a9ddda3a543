"""Repeated cells are read once, and reported as if each had been read."""

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twingraph.loaders.places.model import PlaceQuery
from twingraph.loaders.problems import Problem, Problems
from twingraph.loaders.records import PartnerList, PartnershipRecord, Record
from twingraph.loaders.tables import fields as repeated
from twingraph.loaders.tables.fields import Fields, Places
from twingraph.loaders.tables.record_forms import GEOCODED_PAIRS
from twingraph.loaders.tables.rows import Row

NAMES = st.sampled_from(["Zhytomyr", " Zhytomyr", "Bytom¹", "Bytom", "", "—", "Всього: 8", "<b>Rawicz</b>", "a\x07b"])
COUNTRIES = st.sampled_from(["UA", "PL", "", "—", "Poland [2]"])
DEGREES = st.sampled_from(["50.25", "50,25", "", "north", "95", "1,234"])
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            f"{column}{side}": cells
            for side in "12"
            for column, cells in {"city": NAMES, "country": COUNTRIES, "lat": DEGREES, "lng": DEGREES}.items()
        }
    ),
    min_size=2,
    max_size=8,
)


def read(rows: list[dict[str, str]], places: Places | None) -> tuple[list[Record | PartnerList], list[Problem]]:
    problems, records = Problems(), []
    for line, row in enumerate(rows, 2):
        records += GEOCODED_PAIRS.read(Fields(Row(line, dict(row)), "pairs.csv", problems, places=places))
    return records, problems.found


@given(rows=ROWS)
def test_rows_that_say_the_same_are_read_as_if_each_stood_alone(rows: list[dict[str, str]]):
    """Else a fault would be reported for the first row only, or a later row would get the place of another."""
    assert read(rows * 2, Places()) == read(rows * 2, None)


def test_a_table_of_more_places_than_are_remembered_is_read_all_the_same(monkeypatch: pytest.MonkeyPatch):
    """Else the memory of a load would grow with the cells of its table, or the table would end early."""
    monkeypatch.setattr(repeated, "MAX_CACHED_CELLS", 3)
    rows = [{"city1": f"Town{n % 5}", "country1": "UA", "city2": f"Town{n % 7}", "country2": "PL"} for n in range(35)]
    places = Places()
    assert read(rows, places) == read(rows, None)
    assert len(places.cells) <= 3


def test_what_is_said_again_is_kept_once():
    """Else a million rows would keep two million places."""
    row = {"city1": "Zhytomyr", "country1": "UA", "city2": "Bytom", "country2": "PL"}
    other = {"city1": "Bytom¹", "country1": "PL", "city2": "Zhytomyr", "country2": "UA"}
    (first, second), _ = read([row, other], Places())
    assert isinstance(first, PartnershipRecord)
    assert isinstance(second, PartnershipRecord)
    assert first.second is second.first
    assert first.first is second.second


def test_a_place_is_found_again_in_another_process(tmp_path: Path):
    """Else what one process has worked out would be lost on the next, whose hashes of texts are others."""
    query = PlaceQuery(name="Zhytomyr", country="UA", lat=50.25, lon=28.66)
    assert hash(query) == hash(PlaceQuery(name="Zhytomyr", country="UA", lat=50.25, lon=28.66))
    file = tmp_path / "query.pickle"
    file.write_bytes(pickle.dumps({query: "found"}))
    program = (
        "import pickle, sys; from pathlib import Path; from twingraph.loaders.places.model import PlaceQuery\n"
        "found = pickle.loads(Path(sys.argv[1]).read_bytes())\n"
        "print(found[PlaceQuery(name='Zhytomyr', country='UA', lat=50.25, lon=28.66)])"
    )
    other = {**os.environ, "PYTHONHASHSEED": "12345"}
    answer = subprocess.run([sys.executable, "-c", program, str(file)], check=True, env=other, stdout=subprocess.PIPE)
    assert answer.stdout.strip() == b"found"
