"""A damaged installation must not give an index with half of the places."""

from pathlib import Path

import pytest

from twingraph.errors import PlaceIndexError
from twingraph.loaders.registers.packed_tables import pack_columns, read_rows

ROWS = [("1", "Gdynia", "Гдиня\tGotenhafen"), ("2", "Sopot", "")]


def test_rows_are_read_as_they_were_written(tmp_path: Path) -> None:
    (tmp_path / "towns-1.xz").write_bytes(pack_columns(ROWS[:1], "# a source"))
    (tmp_path / "towns-2.xz").write_bytes(pack_columns(ROWS[1:], "# a source"))
    assert list(read_rows("towns", tmp_path)) == ROWS


def test_a_value_with_a_line_break_is_refused() -> None:
    """Else the values after it would belong to the next place."""
    with pytest.raises(ValueError, match="line break"):
        pack_columns([*ROWS, ("3", "Hel\n", "")], "# a source")


@pytest.mark.parametrize("damage", ["missing", "cut", "no xz", "columns of different lengths"])
def test_a_damaged_table_is_reported_with_what_to_do(tmp_path: Path, damage: str) -> None:
    packed = pack_columns(ROWS, "# a source")
    content = {
        "cut": packed[:-30],
        "no xz": b"towns",
        "columns of different lengths": pack_columns([ROWS[0]], "\fx\ny"),
    }
    if damage in content:
        (tmp_path / "towns-1.xz").write_bytes(content[damage])
    with pytest.raises(PlaceIndexError, match="table of towns") as error:
        list(read_rows("towns", tmp_path))
    assert "pip install" in error.value.hint
