"""The tables of the registers are what their sources hold: nobody can read a compressed file by eye."""

from importlib.metadata import version
from types import ModuleType

import pytest

from twingraph.loaders.registers.packed_tables import read_rows

TOOL = "bake_registers"
NAMES = ("areas", "codifier", "countries", "places", "postal_areas", "postal_places", "regions")


def source(tool: ModuleType, name: str) -> list[str]:
    text = (tool.FOLDER / "sources.tsv").read_text(encoding="utf-8")
    (row,) = [line.split("\t") for line in text.splitlines() if line.startswith(f"{name}\t")]
    return row


def test_every_table_has_a_source_with_a_licence(tool: ModuleType) -> None:
    assert sorted(tool.TABLES) == sorted(NAMES)
    assert {path.name.rpartition("-")[0] for path in tool.FOLDER.glob("*.xz")} == set(NAMES)
    assert all(source(tool, name)[4] == table.licence for name, table in tool.TABLES.items())


def test_no_file_is_too_large_for_a_repository(tool: ModuleType) -> None:
    sizes = {path.name: path.stat().st_size for path in tool.FOLDER.glob("*.xz")}
    assert max(sizes.values()) < tool.MOST_BYTES, sizes
    assert sum(sizes.values()) < 15_000_000, sizes


@pytest.mark.parametrize("name", NAMES)
def test_the_files_hold_the_rows_that_the_list_of_sources_names(tool: ModuleType, name: str) -> None:
    """Else a table could be changed by hand, or half of it be forgotten in a commit."""
    rows = list(read_rows(name))
    assert [str(len(rows)), tool.digest(rows)] == [source(tool, name)[1], source(tool, name)[5]]


@pytest.mark.parametrize("name", NAMES)
def test_the_rows_are_what_the_script_reads_from_the_package(tool: ModuleType, name: str) -> None:
    """Runs where the packages are installed (the dependency group registers), after a new edition was packed."""
    package, edition = source(tool, name)[2:4]
    folder = tool.package_folder(package)
    if folder is None or version(package) != edition:
        pytest.skip(f"the package {package} {edition} is not installed: pip install --group registers")
    assert tool.digest(list(tool.TABLES[name].read(folder))) == source(tool, name)[5]
