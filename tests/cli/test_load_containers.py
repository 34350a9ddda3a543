"""Folders, archives and standard input as they are given to ``twingraph load``, and hostile ones."""

import bz2
import gzip
import io
import json
import os
import tarfile
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from twingraph.cli import cli

HEADER = "municipality,country,partner,partner_country,since\n"
ROW = "Zhytomyr,UA,Rawicz,PL,2022-12-23\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
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
    """Otherwise nobody would find the row to mend, and the same archive would double its ties."""
    path = packed(tmp_path, {"in/one.csv": HEADER + ROW, "two.csv": HEADER + BAD})
    first = load(tmp_path, path)
    assert first.exit_code == 0, first.output
    assert "file:a.zip/in/one.csv, file:a.zip/two.csv" in first.stdout
    assert f"{path}/two.csv:2" in first.stdout
    assert "Nothing new" in load(tmp_path, path).stdout


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress])
def test_a_packed_table_is_read(tmp_path: Path, pack) -> None:
    """Otherwise what portals give out packed would have to be unpacked by hand."""
    path = tmp_path / "t.csv.gz"
    path.write_bytes(pack((HEADER + BAD).encode()))
    result = load(tmp_path, path)
    assert (result.exit_code, f"{path}:2" in result.stdout) == (0, True), result.output


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    """Otherwise the load would wait for ever, with no message."""
    os.mkfifo(tmp_path / "t.csv")
    for given in (tmp_path / "t.csv", tmp_path):
        result = load(tmp_path, given)
        assert (result.exit_code, "no plain file" in result.stderr) == (1, True), result.output
        assert f"{tmp_path}/t.csv" in result.stderr
    assert not (tmp_path / "t.grafeo").exists()


def test_a_pipe_or_a_broken_link_in_a_folder_is_reported_and_the_rest_is_loaded(tmp_path: Path) -> None:
    """Otherwise one link to a file that has moved would keep an office from loading all of its lists."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "t.csv").write_text(HEADER + ROW, encoding="utf-8")
    os.mkfifo(folder / "pipe.csv")
    (folder / "moved.csv").symlink_to(tmp_path / "nowhere.csv")
    result = load(tmp_path, folder, "--problems", tmp_path / "p.jsonl")
    assert (result.exit_code, "1 rows of " in result.stdout) == (0, True), result.output
    noted = [json.loads(line) for line in (tmp_path / "p.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {each["file"]: each["detail"] for each in noted} == dict.fromkeys(
        (f"{folder}/pipe.csv", f"{folder}/moved.csv"), "this is no plain file"
    )


def test_a_folder_is_the_same_as_its_files_and_no_loop_is_walked(tmp_path: Path) -> None:
    """Otherwise loading a folder would double what was loaded from it, or never end."""
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    (folder / "t.csv").write_text(HEADER + ROW, encoding="utf-8")
    (folder / "deep" / "u.csv").write_text(HEADER + BAD, encoding="utf-8")
    (folder / "deep" / "loop").symlink_to(folder)
    assert load(tmp_path, folder).exit_code == 0
    assert "Nothing new" in load(tmp_path, folder / "t.csv").stdout


def test_standard_input_is_read_when_its_form_is_named(tmp_path: Path) -> None:
    """Otherwise a pipe would need a file in between."""
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
        ("bomb", "unpacks to more than"),
        ("gz bomb", "unpacks to more than"),
        ("nested", "an archive in an archive"),
        ("cut zip", "damaged or cut off"),
        ("cut gz", "damaged or cut off"),
        ("locked", "locked by a password"),
        ("empty folder", "no file in the folder"),
    ],
)
def test_a_hostile_or_broken_archive_is_reported_and_leaves_nothing(tmp_path: Path, what: str, said: str) -> None:
    """Otherwise it could fill the disk, write where it should not, or end in a traceback."""
    result = load(tmp_path, hostile(tmp_path, what))
    assert (result.exit_code, said in result.stderr) == (1, True), result.output
    assert not list(tmp_path.glob("t.grafeo*"))


def test_a_table_that_begins_like_a_packed_file_is_a_table(tmp_path: Path) -> None:
    """Otherwise a list that begins with a place in Belize or Brazil would be reported as damaged."""
    path = tmp_path / "t.csv"
    path.write_text("BZ_name,country,partner,partner_country\nBelmopan,BZ,Rawicz,PL\n", encoding="utf-8")
    result = load(tmp_path, path, "--map", "bz_name=municipality")
    assert result.exit_code == 0, result.output


def foreign() -> dict[str, bytes]:
    """Return what lies beside data in the folders of an office and in its archives."""
    document = io.BytesIO()
    with zipfile.ZipFile(document, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document/>")
    return {
        "README.txt": b'Country lists, 12" x 8".\nSee "the manual\n',
        "LIESMICH.txt": "Städte, Länder und Größen".encode("windows-1252") + "\nі Україна\n".encode(),
        "notes.md": b"[Partners](https://example.org) of 2024\n",
        "license": b"",
        "photo.png": b"\x89PNG\r\n\x1a\n" + os.urandom(3000),
        "icon.ico": b"\x00\x00\x01\x00" + os.urandom(3000),
        "act.pdf": b"%PDF-1.7\n" + os.urandom(3000),
        "letter.docx": document.getvalue(),
        "mail.msg": OLE + b"\xff" * 3000,
        "page_files/style.css": b"{ body: none }\n",
        "page_files/load.js": b"x" * 300_000,
        "page.html": b"<!DOCTYPE html><html><body><p>Country</p></body></html>",
        "package.json": b'{"name": "a", "version": "1"}',
        "population.csv": b"country,municipality,population\nUA,Zhytomyr,260000\n",
        "programme.tar": tarred(),
    }


def tarred() -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("readme"))
    return content.getvalue()


HIDDEN = (".DS_Store", "Thumbs.db", "desktop.ini", "~$partners.xlsx", "__MACOSX/._t.csv", ".git/HEAD")


@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_other_files_next_to_data_are_reported_and_the_data_is_loaded(tmp_path: Path, kind: str) -> None:
    """Otherwise one picture or readme in a folder would keep an office from loading all of its lists."""
    members = {"t.csv": (HEADER + ROW).encode(), **foreign(), **dict.fromkeys(HIDDEN, OLE)}
    if kind == "zip":
        given = packed(tmp_path, members)
    else:
        given = tmp_path / "in"
        for name, content in members.items():
            (given / name).parent.mkdir(parents=True, exist_ok=True)
            (given / name).write_bytes(content)
    strict = load(tmp_path, given, "--strict")
    assert (strict.exit_code, list(tmp_path.glob("t.grafeo*"))) == (1, []), strict.output
    result = load(tmp_path, given, "--problems", tmp_path / "p.jsonl")
    assert result.exit_code == 0, result.output
    assert "1 rows of " in result.stdout
    assert f"ignored    {len(HIDDEN)} hidden or system files" in result.stdout
    noted = [json.loads(line) for line in (tmp_path / "p.jsonl").read_text(encoding="utf-8").splitlines()]
    passed = {each["file"]: each["detail"] for each in noted if each["cause"] == "file passed over"}
    assert set(passed) == {f"{given}/{name}" for name in members.keys() & foreign().keys()}
    assert len(noted) == len(passed)
    assert "a picture" in passed[f"{given}/photo.png"]
    assert "no text" in passed[f"{given}/icon.ico"]
    assert "'partner' and 'partner_country'" in passed[f"{given}/population.csv"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("broken.csv", b'municipality,country,partner,partner_country\n"Zhytomyr,UA,Rawicz,PL\n'),
        ("mixed.csv", HEADER.encode() + "Łódź,PL,Кривий Ріг,UA,\n".encode() + "Łódź\n".encode("windows-1250")),
        ("cut.csv.gz", gzip.compress(os.urandom(50_000))[:20_000]),
        ("cut.json", b'[{"municipality": "Zhytomyr", "coun'),
        ("cut.gexf", b'<?xml version="1.0"?><gexf version="1.3"><graph><nodes><node id="1"'),
        ("cut.xlsx", b"PK\x03\x04" + os.urandom(3000)),
        ("cut.xls", OLE + b"\0" * 500),
        ("near.csv", b"municipality,country,partnr,partner_country\nZhytomyr,UA,Rawicz,PL\n"),
        ("nul.csv", HEADER.encode() + b"Zhytomyr,UA,Raw\0icz,PL,\n"),
        ("header.csv", HEADER.encode()),
    ],
)
def test_a_broken_table_next_to_whole_ones_is_never_skipped(tmp_path: Path, name: str, content: bytes) -> None:
    """Otherwise half of a load would be missing, and everybody would take it for all."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.csv").write_text(HEADER + ROW, encoding="utf-8")
    (tmp_path / "in" / name).write_bytes(content)
    result = load(tmp_path, tmp_path / "in")
    assert (result.exit_code, f"in/{name}" in result.stderr) == (1, True), result.output
    assert not list(tmp_path.glob("t.grafeo*"))


def test_a_folder_without_data_is_refused_with_what_is_in_it(tmp_path: Path) -> None:
    """Otherwise a wrong folder would load as nothing, and seem done."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "README.txt").write_text("Partners are elsewhere.\n", encoding="utf-8")
    (tmp_path / "in" / "act.pdf").write_bytes(b"%PDF-1.7\n")
    result = load(tmp_path, tmp_path / "in")
    assert (result.exit_code, "none of its 2 files can be loaded" in result.stderr) == (1, True), result.output
    assert "README.txt" in result.stderr
    assert not list(tmp_path.glob("t.grafeo*"))


def test_a_name_for_the_source_of_an_archive_needs_one_table_and_not_one_file(tmp_path: Path) -> None:
    """Otherwise an archive with a readme could not be kept under a name of one's own."""
    named = ("--source-id", "my-list")
    one = load(tmp_path, packed(tmp_path, {"t.csv": HEADER + ROW, "README.txt": "Hello\n"}), *named)
    assert (one.exit_code, "of my-list" in one.stdout) == (0, True), one.output
    two = load(tmp_path, packed(tmp_path, {"t.csv": HEADER + ROW, "u.csv": HEADER + ROW}), *named)
    assert (two.exit_code, "names one file, and there are 2" in two.stderr) == (1, True), two.output


@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_a_dataset_of_konect_beside_a_table_keeps_its_names(tmp_path: Path, kind: str) -> None:
    """Otherwise its towns would be numbers, its names a file that is passed over, or the table be left out unsaid."""
    members = {
        "nets/out.twins": "% sym unweighted\n1 2\n",
        "nets/ent.twins.city.name": "Rawicz\nBytom\n",
        "nets/meta.twins": "name: Twins\n",
        "nets/README.twins": "hello",
        "nets/t.csv": HEADER + ROW,
    }
    given = tmp_path / "in" / "nets"
    if kind == "zip":
        given = packed(tmp_path, members)
    else:
        given.mkdir(parents=True)
        for name, content in members.items():
            (given.parent / name).write_text(content, encoding="utf-8")
    for path in (given, given if kind == "zip" else given.parent):
        result = load(tmp_path, path)
        assert result.exit_code == 0, result.output
        assert "2 rows of " in result.stdout
        assert "problems" not in result.stdout
        assert "unplaced" not in result.stdout
