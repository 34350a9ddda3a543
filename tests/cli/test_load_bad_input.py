"""Hostile and broken files of every kind for ``twingraph load``: reported in words, and the database stays as it is."""

import gzip
import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from twingraph.cli import cli
from twingraph.loaders import datasets as catalog

HEADER = "municipality,country,partner,partner_country,since\n"
ROW = "Zhytomyr,UA,Rawicz,PL,2022-12-23\n"
PAIRS = "city1,country1,lat1,lng1,city2,country2,lat2,lng2\n"
GEXF = (
    '<?xml version="1.0"?>\n<gexf version="1.2"><graph><nodes>\n<node id="1" label="Rawicz"/>\n'
    '<node id="2" label="Zhytomyr"/>\n</nodes><edges>\n<edge source="1" target="2"/>\n</edges></graph></gexf>\n'
)
ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE g [<!ENTITY a0 "ha">{ENTITIES}]>' + GEXF.partition("?>")[2].replace(
    "Rawicz", "&a11;"
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE g [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    '<graphml><graph><node id="1"><data key="name">&x;</data></node></graph></graphml>'
)


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., Result]:
    """Load into a database that holds one tie."""
    database = str(tmp_path / "t.grafeo")
    known = tmp_path / "known.csv"
    known.write_text(HEADER + ROW, encoding="utf-8")
    assert CliRunner().invoke(cli, ["load", str(known), "--db", database]).exit_code == 0
    return lambda *arguments: CliRunner().invoke(cli, ["load", *map(str, arguments), "--db", database])


def zipped(members: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, each in members.items():
            archive.writestr(name, each)
    return content.getvalue()


def workbook(*rows: list[object]) -> bytes:
    content, book = io.BytesIO(), openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("cut.csv.gz", gzip.compress(os.urandom(50_000))[:20_000], "damaged or cut off"),
        ("cut.zip", zipped({"t.csv": os.urandom(5_000)})[:3_000], "damaged or cut off"),
        ("bomb.zip", zipped({"t.csv": bytes(100 << 20)}), "unpacks to more than"),
        ("bomb.csv.gz", gzip.compress(bytes(100 << 20)), "unpacks to more than"),
        ("bomb.xlsx", zipped({"xl/workbook.xml": bytes(32 << 20)}), "unpacks to 32 MB"),
        ("leads-out.zip", zipped({"../../evil.csv": HEADER.encode()}), "leads out of it"),
        ("laughs.gexf", LAUGHS.encode(), "entities"),
        ("outside.graphml", OUTSIDE.encode(), "entities"),
        ("deep.json", b"[" * 100_000, "nested too deep"),
        ("deep.jsonl", b'{"partner": ' + b"[" * 100_000 + b"\n", "nested too deep"),
        ("nan.json", b'[{"partner": NaN}]', "NaN is not a number in JSON"),
        ("infinity.jsonl", b'{"partner": 1}\n{"partner": -Infinity}\n', "-Infinity is not a number in JSON"),
        ("cut.xlsx", workbook(HEADER.strip().split(","))[:2_000], "the workbook is damaged or cut off"),
        ("nul.csv", HEADER.encode() + b"Zhyto\0myr,UA,Rawicz,PL,2022\n", "no text file"),
        ("nul.tsv", b"% sym\n1 2\n1 \0\n", "NUL"),
        ("binary.csv", bytes(range(256)) * 40, ""),
        ("blank.csv", b"", "empty"),
        ("report.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF document"),
        ("scan.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a picture"),
        ("empty.zip", zipped({}), "no file in the archive"),
    ],
)
def test_a_bad_file_is_reported_and_the_database_stays_as_it_was(
    load, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    """Otherwise a file from a stranger could cost the analyst the work of a month, or the machine."""
    path, database = tmp_path / name, tmp_path / "t.grafeo"
    path.write_bytes(content)
    before, there = database.read_bytes(), sorted(tmp_path.iterdir())
    result = load(path)
    assert result.exit_code == 1, result.output
    assert not result.exc_info or result.exc_info[0] is SystemExit
    assert said in result.stderr
    assert name in result.stderr
    assert "Next:" in result.stderr
    assert database.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == there


@pytest.mark.parametrize("spot", ["NaN,24", "1e999,24", "inf,24", "-200,24"])
def test_invalid_coordinates_are_reported_and_ignored(load, tmp_path: Path, spot: str) -> None:
    """Otherwise one cell would put a town at no place at all, or break every map."""
    (tmp_path / "p.csv").write_text(f"{PAIRS}Lviv,UA,{spot},Lublin,PL,51.2,22.6\n", encoding="utf-8")
    result = load(tmp_path / "p.csv")
    assert (result.exit_code, "p.csv:2" in result.stdout) == (0, True), result.output


def test_a_formula_is_not_run(load, tmp_path: Path) -> None:
    """Otherwise a workbook could make the loader fetch a page, or a value that was never computed would be invented."""
    formula = '=HYPERLINK("https://example.org/","Rawicz")'
    rows = [HEADER.strip().split(","), ["Zhytomyr", "UA", formula, "PL", 2022], ["Zhytomyr", "UA", "Bytom", "PL", 2016]]
    (tmp_path / "f.xlsm").write_bytes(workbook(*rows))
    result = load(tmp_path / "f.xlsm", "--dry-run")
    assert result.exit_code == 0, result.output
    assert "example.org" not in result.output
    assert "1 × no name (row skipped)" in result.stdout
    assert "1 × formula without a value (cell left empty)" in result.stdout
    assert "f.xlsm [Sheet]:2: C2: the file does not keep what the formula gives" in result.stdout


def test_a_folder_that_leads_into_itself_ends(load, tmp_path: Path) -> None:
    """Otherwise a link to the folder above would be walked for ever."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "t.csv").write_text(HEADER + ROW, encoding="utf-8")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "itself").symlink_to("itself")
    result = load(tmp_path / "in", "--strict")
    assert (result.exit_code, "itself" in result.output) == (1, True), result.output
    assert load(tmp_path / "in").exit_code == 0


def test_a_file_that_changes_while_it_is_read_changes_nothing(
    load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise a table that a colleague is saving would be loaded half old, half new."""
    path, database = tmp_path / "t.csv", tmp_path / "t.grafeo"
    path.write_text(HEADER + ROW, encoding="utf-8")
    choose_tables = catalog.choose_tables

    def saved_meanwhile(*arguments: object) -> object:
        tables = choose_tables(*arguments)  # type: ignore[arg-type]
        path.write_text(HEADER + ROW + ROW, encoding="utf-8")
        return tables

    monkeypatch.setattr(catalog, "choose_tables", saved_meanwhile)
    before = database.read_bytes()
    result = load(path)
    assert (result.exit_code, "changed while it was read" in result.stderr) == (1, True), result.output
    assert database.read_bytes() == before


OBJECTS = json.dumps([dict(zip(HEADER.strip().split(","), ROW.strip().split(","), strict=True))])


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("t.gexf", (HEADER + ROW).encode(), "partnerships"),
        ("t.json", (HEADER + ROW).encode(), "partnerships"),
        ("t.xlsx", (HEADER + ROW).encode(), "partnerships"),
        ("t.csv", workbook(HEADER.strip().split(","), ROW.strip().split(",")), "partnerships"),
        ("t.zip", workbook(HEADER.strip().split(","), ROW.strip().split(",")), "partnerships"),
        ("t.csv", OBJECTS.encode(), "partnerships"),
        ("t.txt", OBJECTS[1:-1].encode() + b"\n", "partnerships"),
        ("t.csv", GEXF.encode(), "gexf"),
        ("t.json", GEXF.encode(), "gexf"),
        ("t.csv", gzip.compress((HEADER + ROW).encode()), "partnerships"),
        ("t.xlsx", zipped({"t.gz": (HEADER + ROW).encode()}), "damaged"),
        ("t", b"% sym\n1 2\n", "edges"),
    ],
)
def test_a_format_is_recognised_by_the_content(load, tmp_path: Path, name: str, content: bytes, form: str) -> None:
    """Otherwise a table that somebody saved under a wrong name would be refused, or read as something else."""
    (tmp_path / name).write_bytes(content)
    result = load(tmp_path / name, "--dry-run", "--verbose")
    if form == "damaged":  # a zip that only has the name of a workbook is a zip
        assert "t.xlsx/t.gz: partnerships, 1 rows" in result.stdout, result.output
    else:
        assert f"{name}: {form}, 1 rows" in result.stdout, result.output


def test_the_user_can_say_what_a_file_is(load, tmp_path: Path) -> None:
    """Otherwise a file that two forms fit could be read in one of them only."""
    (tmp_path / "t.csv").write_text("source,target\nLviv,Lublin\n", encoding="utf-8")
    assert "edges, 1 rows" in load(tmp_path / "t.csv", "--dry-run", "-v").stdout
    mapped = ("--map", "source=municipality", "--map", "target=partner", "--set", "country=UA", "--set")
    result = load(tmp_path / "t.csv", "--dry-run", "-v", "--as", "partnerships", *mapped, "partner_country=PL")
    assert "partnerships, 1 rows" in result.stdout, result.output
    refused = load(tmp_path / "t.csv", "--as", "grph")
    assert (refused.exit_code, "graphml" in refused.stderr) == (1, True), refused.output
