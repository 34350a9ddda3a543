"""Folders, archives and standard input as they are given to ``twingraph load``, and hostile ones."""

import bz2
import gzip
import os
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from twingraph.cli import cli

HEADER = "municipality,country,partner,partner_country,since\n"
ROW = "Zhytomyr,UA,Rawicz,PL,2022-12-23\n"
BAD = "Zhytomyr,UA,Bytom,PL,2022-02-30\n"


def load(tmp_path: Path, *arguments: object, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(
        cli, ["load", *map(str, arguments), "--db", str(tmp_path / "t.grafeo")], input=stdin
    )  # fmt: skip


def packed(tmp_path: Path, members: dict[str, bytes | str]) -> Path:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_a_zip_is_loaded_file_by_file_and_problems_name_the_member(tmp_path: Path) -> None:
    """Else nobody would find the row to mend, and the same archive would double its ties."""
    path = packed(tmp_path, {"in/one.csv": HEADER + ROW, "two.csv": HEADER + BAD})
    first = load(tmp_path, path)
    assert first.exit_code == 0, first.output
    assert "file:a.zip/in/one.csv, file:a.zip/two.csv" in first.stdout
    assert f"{path}/two.csv:2" in first.stdout
    assert "Nothing new" in load(tmp_path, path).stdout


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress])
def test_a_packed_table_is_read(tmp_path: Path, pack) -> None:
    """Else what portals give out packed would have to be unpacked by hand."""
    path = tmp_path / "t.csv.gz"
    path.write_bytes(pack((HEADER + BAD).encode()))
    result = load(tmp_path, path)
    assert (result.exit_code, f"{path}:2" in result.stdout) == (0, True), result.output


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    """Else the load would stand still for ever, with no word on why."""
    os.mkfifo(tmp_path / "t.csv")
    for given in (tmp_path / "t.csv", tmp_path):
        result = load(tmp_path, given)
        assert (result.exit_code, "no plain file" in result.stderr) == (1, True), result.output
        assert f"{tmp_path}/t.csv" in result.stderr
    assert not (tmp_path / "t.grafeo").exists()


def test_a_folder_is_the_same_as_its_files_and_no_loop_is_walked(tmp_path: Path) -> None:
    """Else loading a folder would double what was loaded from it, or never end."""
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    (folder / "t.csv").write_text(HEADER + ROW, encoding="utf-8")
    (folder / "deep" / "u.csv").write_text(HEADER + BAD, encoding="utf-8")
    (folder / "deep" / "loop").symlink_to(folder)
    assert load(tmp_path, folder).exit_code == 0
    assert "Nothing new" in load(tmp_path, folder / "t.csv").stdout


def test_standard_input_is_read_when_its_form_is_named(tmp_path: Path) -> None:
    """Else a pipe would need a file in between."""
    assert load(tmp_path, "-", stdin=HEADER + ROW).exit_code == 2
    result = load(tmp_path, "-", "--as", "csv", stdin=HEADER + ROW)
    assert (result.exit_code, "file:standard-input" in result.stdout) == (0, True), result.output


def hostile(tmp_path: Path, what: str) -> Path:
    path = tmp_path / "a.csv.gz"
    if what == "traversal":
        return packed(tmp_path, {"../../evil.csv": HEADER + ROW})
    if what == "bomb":
        return packed(tmp_path, {"t.csv": b"0" * (100 << 20)})
    if what == "nested":
        return packed(tmp_path, {"b.csv.gz": gzip.compress(b"x" * 50)})
    if what == "cut zip":
        path = packed(tmp_path, {"t.csv": os.urandom(5000)})
        path.write_bytes(path.read_bytes()[:3000])
        return path
    if what == "locked":
        path = packed(tmp_path, {"t.csv": HEADER + ROW})
        content = bytearray(path.read_bytes())
        content[content.rindex(b"PK\x01\x02") + 8] |= 1
        path.write_bytes(content)
        return path
    if what == "gz bomb":
        path.write_bytes(gzip.compress(b"0" * (100 << 20)))
    elif what == "cut gz":
        path.write_bytes(gzip.compress(os.urandom(50_000))[:20_000])
    elif what == "empty folder":
        path = tmp_path / "empty"
        path.mkdir()
    return path


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("traversal", "leads out of it"),
        ("bomb", "more than it can be trusted with"),
        ("gz bomb", "more than it can be trusted with"),
        ("nested", "an archive in an archive"),
        ("cut zip", "damaged or cut off"),
        ("cut gz", "damaged or cut off"),
        ("locked", "locked by a password"),
        ("empty folder", "no file in the folder"),
    ],
)
def test_a_hostile_or_broken_archive_is_told_and_leaves_nothing(tmp_path: Path, what: str, said: str) -> None:
    """Else it could fill the disk, write where it should not, or end in a traceback."""
    result = load(tmp_path, hostile(tmp_path, what))
    assert (result.exit_code, said in result.stderr) == (1, True), result.output
    assert not list(tmp_path.glob("t.grafeo*"))


def test_a_table_that_begins_like_a_packed_file_is_a_table(tmp_path: Path) -> None:
    """Else a list that begins with a place in Belize or Brazil would be told to be damaged."""
    path = tmp_path / "t.csv"
    path.write_text("BZ_name,country,partner,partner_country\nBelmopan,BZ,Rawicz,PL\n", encoding="utf-8")
    result = load(tmp_path, path, "--map", "bz_name=municipality")
    assert result.exit_code == 0, result.output
