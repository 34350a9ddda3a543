"""`twingraph export` as it is typed: which file, which form, which part, and what it refuses."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from twingraph.cli import cli


@pytest.fixture
def export(bundled_place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(cli, ["export", "--db", str(bundled_place), *arguments])

    return run


@pytest.mark.parametrize("name", ["n.graphml", "n.gexf", "n.json", "n.geojson", "n.cypher"])
def test_the_ending_selects_the_format(export, tmp_path: Path, name: str) -> None:
    """Otherwise the analyst would have to know the names of forms."""
    result = export(name)
    assert (result.exit_code, result.stdout) == (0, f"{name}\n"), result.output
    assert "473 partnerships" in result.stderr
    assert "12 memberships, 35 aid flows, 6 hostings" in result.stderr
    start = {"graphml": "<?xml", "gexf": "<?xml", "json": "{", "geojson": "{", "cypher": "// The whole network"}
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start[name.split(".")[1]])
    assert not list(tmp_path.glob(".*"))


def test_csv_makes_two_tables(export, tmp_path: Path) -> None:
    """Otherwise readers of the file could not distinguish nodes from edges."""
    assert export("n.csv", "--partnerships-only").stdout == "n.nodes.csv\nn.edges.csv\n"
    with (tmp_path / "n.edges.csv").open(encoding="utf-8", newline="") as file:
        edges = list(csv.DictReader(file))
    with (tmp_path / "n.nodes.csv").open(encoding="utf-8", newline="") as file:
        nodes = {row["id"]: row for row in csv.DictReader(file)}
    assert len(edges) == 473
    assert {edge["relation"] for edge in edges} == {"PARTNERS_WITH"}
    assert all(edge["source"] in nodes and edge["target"] in nodes for edge in edges)
    assert nodes["geonames:686967"]["country_name"] == "Ukraine"


def test_a_part_is_written_and_named(export) -> None:
    """Otherwise a file could be taken for the whole network."""
    result = export("-", "--as", "node-link", "--scope", "Zhytomyr oblast", "--status", "active", "--lang", "uk")
    said = json.loads(result.stdout)
    assert "Zhytomyr" in said["graph"]["description"]
    assert "in force" in said["graph"]["description"]
    assert {edge["status"] for edge in said["edges"]} == {"active"}
    assert {edge["relation"] for edge in said["edges"]} == {"PARTNERS_WITH"}
    assert "Житомир" in {node["label"] for node in said["nodes"]}


@pytest.mark.parametrize(
    ("arguments", "said", "code"),
    [
        (["n.xlsx"], "writes no .xlsx file", 1),
        (["n"], "does not determine the format", 1),
        (["n.gexf", "--as", "graphml"], "is the name of a .gexf file", 1),
        (["-"], "Standard output does not determine", 1),
        (["-", "--as", "csv"], "cannot go to standard output", 1),
        (["missing/n.gexf"], "There is no folder", 1),
        (["n.gexf", "--scope", "Atlantis"], "Atlantis", 1),
        (["n.gexf", "--as", "gephi"], "gephi", 2),
        (["n.gexf", "--since", "soon"], "not a date", 2),
    ],
)
def test_what_cannot_be_written_is_reported_and_leaves_nothing(export, tmp_path: Path, arguments, said, code) -> None:
    """Otherwise a slip would leave a file that looks like a result."""
    result = export(*arguments)
    assert (result.exit_code, said in result.stderr) == (code, True), result.stderr
    assert not list(tmp_path.iterdir())


def test_no_file_is_overwritten(export, tmp_path: Path) -> None:
    """Otherwise one mistyped name would cost somebody's work; of two tables, neither is touched."""
    (tmp_path / "n.edges.csv").write_text("mine", encoding="utf-8")
    result = export("n.csv")
    assert (result.exit_code, "--force" in result.stderr) == (1, True)
    assert [path.name for path in tmp_path.iterdir()] == ["n.edges.csv"]
    assert export("n.csv", "--force").exit_code == 0
    assert (tmp_path / "n.edges.csv").read_text(encoding="utf-8").startswith("id,source,target")


def test_an_export_of_an_oblast_can_be_loaded_again(export, tmp_path: Path) -> None:
    """Otherwise the file could not be handed on to a colleague's database."""
    export("z.gexf", "--scope", "UA-18")
    again = CliRunner().invoke(cli, ["load", "z.gexf", "--db", "z.grafeo"])
    assert again.exit_code == 0, again.output
    assert "Loaded into z.grafeo" in again.stdout
    assert "problems" not in again.stdout
    assert "Nothing new" in CliRunner().invoke(cli, ["load", "z.gexf", "--db", "z.grafeo"]).stdout


def test_a_table_that_was_changed_by_hand_is_loaded_with_the_change(export, tmp_path: Path) -> None:
    """Otherwise a row that an analyst adds to the table of edges would be lost."""
    export("z.csv", "--scope", "Rawicz")
    edges = tmp_path / "z.edges.csv"
    with edges.open(encoding="utf-8", newline="") as file:
        columns, *rows = csv.reader(file)
    new = dict.fromkeys(columns, "")
    new |= {"source": rows[0][1], "target": rows[0][1], "kind": "friendship", "status": "active", "since": "2020"}
    changed = next(row for row in rows if row[columns.index("relation")] == "PARTNERS_WITH")
    changed[columns.index("since")] = "1999"
    with edges.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *rows, [new[column] for column in columns]])
    result = CliRunner().invoke(cli, ["load", "z.edges.csv", "--db", "z.grafeo"])
    assert result.exit_code == 0, result.output
    assert "edge differs from its statements (the statements take precedence)" in result.stdout
    asked = "MATCH ()-[p:PARTNERS_WITH {kind: 'friendship'}]->() RETURN p.since AS since"
    rows_back = CliRunner().invoke(cli, ["query", asked, "--db", "z.grafeo", "--format", "json"])
    assert json.loads(rows_back.stdout) == [{"since": "2020"}]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('value="PARTNERS_WITH"', 'value="HATES"', "'HATES' is an unknown relation"),
        ('for="node_type" value="Municipality"', 'for="node_type" value="Planet"', "no known node_type"),
        ("twingraph 1", "twingraph 99", "another version"),
        ('for="lat" value="', 'for="lat" value="9e9', "lat is"),
        ('for="kind" value="twin_town"', 'for="kind" value="marriage"', "not a kind of partnership"),
        ('for="statements" value="[', 'for="statements" value="{', "not a JSON list"),
        ("&quot;since&quot;: &quot;", "&quot;since&quot;: &quot;x", "since"),
    ],
)
def test_a_damaged_export_is_refused_with_its_line(export, tmp_path: Path, old: str, new: str, said: str) -> None:
    """Otherwise a broken file would put broken facts under the names of good sources."""
    export("z.gexf")
    path = tmp_path / "z.gexf"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    result = CliRunner().invoke(cli, ["load", "z.gexf", "--db", "z.grafeo"])
    assert (result.exit_code, said in result.stderr) == (1, True), result.output
    assert "another version" in said or ", line " in result.stderr
    assert not (tmp_path / "z.grafeo").exists()
