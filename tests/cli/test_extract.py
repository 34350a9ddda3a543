"""``twingraph extract`` and loading an article: what an analyst checks, and then stores."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from fixtures.articles import FOLDER
from twingraph.cli import cli
from twingraph.graph.open import open_store

ITEM = FOLDER / "html" / "121.html"


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == code, result.output
    return result.output


def test_each_fact_is_shown_with_its_sentence_and_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Else an analyst could not check what the program read before it is stored."""
    monkeypatch.chdir(tmp_path)
    text = run("extract", str(ITEM))
    assert "Horodnia (Городня), UA – Stolno (Стольно), PL: memorandum; active; 2022-07-18" in text
    assert "“Одним меморандумом про співпрацю 18 липня 2022 р." in text
    assert not list(tmp_path.iterdir())


def test_csv_is_the_table_that_load_reads(tmp_path: Path):
    """Else a spreadsheet could not correct what was read."""
    table = tmp_path / "facts.csv"
    run("extract", str(ITEM), "--format", "csv", "-o", str(table))
    rows = list(csv.DictReader(table.read_text("utf-8").splitlines()))
    assert {(row["municipality"], row["partner"]) for row in rows} >= {("Horodnia", "Stolno"), ("Snovsk", "Chełmno")}
    assert "partnerships          9" in run("load", str(table), "--db", str(tmp_path / "t.grafeo"))


def test_a_folder_is_read_whole_and_a_broken_file_of_it_is_skipped(tmp_path: Path):
    """Else one log-in page among a thousand items would lose them all."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.html").write_bytes(ITEM.read_bytes())
    (folder / "b.html").write_text("<html><title>Log in</title></html>")
    (folder / "c.pdf").write_bytes(b"%PDF")
    result = CliRunner().invoke(cli, ["extract", str(folder), "--format", "jsonl"])
    assert result.exit_code == 0
    assert {json.loads(line)["file"] for line in result.stdout.splitlines()} == {"a.html"}
    assert "b.html" in result.stderr


def test_what_is_no_article_is_refused(tmp_path: Path):
    """Else an empty answer would look like an item without facts."""
    empty = tmp_path / "empty.html"
    empty.write_bytes(b"")
    assert "empty" in run("extract", str(empty), code=1)
    assert "no such file" in run("extract", str(tmp_path / "none.html"), code=1)


def test_an_article_is_loaded_with_its_source_and_again_changes_nothing(tmp_path: Path):
    """Else a fact would be stored without the page and the words that state it."""
    database = tmp_path / "t.grafeo"
    run("load", str(ITEM), "--db", str(database))
    with open_store(database) as store:
        rows = store.read(
            "MATCH (s:Statement)-[:FROM]->(page:Source) WHERE s.partnership_id IS NOT NULL "
            "RETURN DISTINCT page.title AS title, page.publisher AS publisher, page.published AS published, "
            "page.tags AS tags"
        )
        (page,) = list(rows)
        acts = store.read("MATCH (p)-[:PARTY_TO]->(a:Agreement) RETURN count(DISTINCT p) AS parties").records[0][0]
    assert (page["published"], page["publisher"]) == ("2022-07-20", "Монітор Сівера")
    assert page["tags"] == ["співпраця", "DOBRE", "Чернігівщина"]
    assert str(page["title"]).startswith("Шість підписів")
    assert acts == 6
    assert "Nothing new" in run("load", str(ITEM), "--db", str(database))
