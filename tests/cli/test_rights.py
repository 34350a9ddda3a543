"""Files and folders that the user may not read or write: a message, and nothing is changed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from fixtures.nobody import AsNobody
from twingraph.cli import cli

HEADER = "municipality,country,partner,partner_country,since\n"
ROW = "Zhytomyr,UA,Rawicz,PL,2022-12-23\n"


@pytest.fixture
def load(open_folder: Path, tmp_path: Path, as_nobody: AsNobody):
    """Load as nobody, after the same as somebody, and one load that fails."""
    usual = tmp_path / "usual.csv"
    usual.write_text(HEADER + ROW, encoding="utf-8")
    warm_ups: list[list[object]] = [
        ["load", usual, "--db", tmp_path / "warm.grafeo"],
        ["load", usual, "--db", tmp_path / "warm.grafeo"],
        ["load", tmp_path / "missing.csv"],
        ["stats", "--db", tmp_path / "warm.grafeo"],
    ]
    return lambda *arguments: as_nobody(*arguments, warm_ups=warm_ups)


def file(folder: Path) -> Path:
    path = folder / "t.csv"
    path.write_text(HEADER + ROW, encoding="utf-8")
    path.chmod(0)
    return path


def inner_folder(folder: Path) -> Path:
    path = folder / "in"
    (path / "deep").mkdir(parents=True)
    (path / "t.csv").write_text(HEADER + ROW, encoding="utf-8")
    (path / "deep").chmod(0)
    return path


def outer_folder(folder: Path) -> Path:
    path = folder / "in"
    path.mkdir()
    (path / "t.csv").write_text(HEADER + ROW, encoding="utf-8")
    path.chmod(0)
    return path


def names_beside(folder: Path) -> Path:
    """A KONECT dataset: of two files the one may be read, the other may not."""
    path = folder / "in"
    path.mkdir()
    (path / "out.net").write_text("% sym\n1 2\n", encoding="utf-8")
    (path / "ent.net.city.name").write_text("a\nb\n", encoding="utf-8")
    (path / "ent.net.city.name").chmod(0)
    return path


@pytest.mark.parametrize("made", [file, inner_folder, outer_folder, names_beside])
def test_an_unreadable_file_is_reported(load, open_folder: Path, made: Callable[[Path], Path]) -> None:
    """Otherwise it would be passed over in silence, or end in a traceback."""
    (open_folder / "db").mkdir()
    (open_folder / "db").chmod(0o777)
    result = load("load", made(open_folder), "--db", open_folder / "db" / "t.grafeo")
    assert result.returncode == 1, result.stderr
    assert "cannot be read (Permission denied)" in result.stderr
    assert "Next: Check its permissions." in result.stderr
    assert "Traceback" not in result.stderr
    assert list((open_folder / "db").iterdir()) == []


def test_a_folder_that_may_not_be_written_is_reported(load, open_folder: Path) -> None:
    """Otherwise a first load into somebody else's folder would end in a traceback or in litter."""
    table = open_folder / "t.csv"
    table.write_text(HEADER + ROW, encoding="utf-8")
    open_folder.chmod(0o555)
    result = load("load", table, "--db", open_folder / "t.grafeo")
    assert (result.returncode, "cannot be written" in result.stderr) == (1, True), result.stderr
    assert "--db" in result.stderr
    assert [each.name for each in open_folder.iterdir()] == ["t.csv"]


def test_a_database_that_may_only_be_read_is_read_and_not_written(load, open_folder: Path) -> None:
    """Otherwise a colleague's database would be damaged, or could not be looked at."""
    table, database = open_folder / "t.csv", open_folder / "t.grafeo"
    table.write_text(HEADER + ROW, encoding="utf-8")
    assert CliRunner().invoke(cli, ["load", str(table), "--db", str(database)]).exit_code == 0
    table.write_text(HEADER + ROW + "Zhytomyr,UA,Bytom,PL,2016\n", encoding="utf-8")
    database.chmod(0o444)
    before = database.read_bytes()
    for rights in (0o777, 0o555):
        open_folder.chmod(rights)
        result = load("load", table, "--db", database)
        assert (result.returncode, "cannot be written" in result.stderr) == (1, True), result.stderr
        assert load("stats", "--db", database).returncode == 0
    assert database.read_bytes() == before
    assert sorted(each.name for each in open_folder.iterdir()) == ["t.csv", "t.grafeo"]


def test_a_database_that_may_not_be_read_is_reported(load, open_folder: Path) -> None:
    """Otherwise nobody would know whom to ask."""
    table, database = open_folder / "t.csv", open_folder / "t.grafeo"
    table.write_text(HEADER + ROW, encoding="utf-8")
    assert CliRunner().invoke(cli, ["load", str(table), "--db", str(database)]).exit_code == 0
    database.chmod(0)
    for arguments in (("load", table), ("stats",)):
        result = load(*arguments, "--db", database)
        assert (result.returncode, "cannot be read: Permission denied" in result.stderr) == (1, True), result.stderr
