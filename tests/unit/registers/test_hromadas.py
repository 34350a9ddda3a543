"""Oblasts as people type them for `gaps`, which opens no index of places."""

import pytest

from twingraph.loaders.packaged_tables import read_table
from twingraph.loaders.places import Gazetteer
from twingraph.loaders.registers.hromadas import find_oblast, read_oblasts

OTHERS = (
    "", "  ", "Rawicz", "Bavaria", "oblast", "Житомирської", "житомирській області", "Zhytomyr Region", "Київ", "Крим",
    "Kyiv oblast", "м. Київ", "Закарпаття", "KYIV CITY", "Lvivskyi", "UA-99", "Galicia", "x" * 500,
)  # fmt: skip


@pytest.mark.parametrize("form", ["{}", "{} oblast", "{} область", "obwód {}", "{}a", "{}ої області"])
def test_an_oblast_is_found_as_in_the_index(gazetteer: Gazetteer, form: str) -> None:
    """Else `gaps --oblast` would know other names than `viz --oblast`."""
    spellings = [
        text
        for row in read_table("ukraine_regions.tsv")
        for text in (row["iso"], row["name"], row["name_uk"], *row["aliases"].split("; "))
    ]
    for text in (form.format(text) for text in (*spellings, *OTHERS)):
        expected, found = gazetteer.region(text, "UA"), find_oblast(text)
        assert (found and found.id) == (expected and expected.id), text


def test_the_oblasts_are_those_of_the_index(gazetteer: Gazetteer) -> None:
    assert [(each.id, each.name, each.name_uk, each.kind) for each in read_oblasts()] == [
        (each.id, each.name, each.name_uk, each.kind) for each in gazetteer.regions("UA")
    ]
