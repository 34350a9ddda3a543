"""Exports on each engine: what is written and loaded again, or run elsewhere, is the same graph, every property."""

from pathlib import Path

import openpyxl
import pytest

from fixtures.network import HOSTILE, fill
from twingraph.graph.open import open_store
from twingraph.graph.store import Store
from twingraph.loaders.intake.manifest import Manifest, bundled_manifests, manifest_for_file
from twingraph.loaders.load import LoadReport, prepare, read_datasets
from twingraph.loaders.places import Resolver
from twingraph.loaders.problems import Problems
from twingraph.queries.export.cypher import cypher_statements, literal
from twingraph.queries.export.extract import read_extract
from twingraph.queries.export.formats import ExportFormat, export_files

LOADABLE = [ExportFormat.GRAPHML, ExportFormat.GEXF, ExportFormat.NODE_LINK, ExportFormat.CSV]

# What would be changed by a careless writer: quotes, escapes, a server's own escapes, line ends, control characters.
TEXTS = (
    HOSTILE,
    *("'", '"', "\\", "\\'", "a\\u0027b", "\\\\u0027", "\\u", "ends with \\"),
    *("line\nend\r\n\ttab", "\x07\x0b\x85\u2028\ufeff", "_x0041_", "_x005F_x0041_"),
    *("=1+1", "'=1", "''=1", "<b>&amp;]]>", "`x`", "$rows", "Житомир 🇺🇦", "//", "/* */; MATCH"),
)


def everything(store: Store) -> tuple[dict[object, object], dict[object, object]]:
    nodes = store.read("MATCH (n) RETURN labels(n)[0] AS l, n.id AS id, properties(n) AS p").records
    edges = store.read("MATCH (a)-[r]->(b) RETURN type(r), a.id, b.id, r.id, properties(r)").records
    return {record[:2]: record[2] for record in nodes}, {record[:4]: record[4] for record in edges}


def load(store: Store, paths: list[Path], resolver: Resolver) -> LoadReport:
    return load_manifests(store, [manifest_for_file(path) for path in paths] or bundled_manifests(), resolver)


def load_manifests(store: Store, manifests: list[Manifest], resolver: Resolver) -> LoadReport:
    problems = Problems()
    return prepare(store, read_datasets(manifests, problems), resolver, problems).write(store)


def write(store: Store, form: ExportFormat, path: Path, **options: object) -> list[Path]:
    parts = export_files(read_extract(store, **options), form, path)  # type: ignore[arg-type]
    for part in parts:
        assert part.path is not None
        with part.path.open("w", encoding="utf-8", newline="") as stream:
            part.write(stream)
    return [part.path for part in parts if part.path]


def test_an_export_loaded_again_gives_the_same_graph(store: Store, resolver: Resolver, tmp_path: Path):
    """Else a colleague to whom the file is sent would work on another network."""
    load(store, [], resolver)
    network = tmp_path / "n.net"
    network.write_text('*Vertices 3\n1 "Rawicz"\n2 "Zhytomyr"\n3 "Lonely"\n*Arcs\n1 2\n2 1\n2 2\n')
    load(store, [network], resolver)
    seek = tmp_path / "seek.csv"
    seek.write_text("municipality,country,sought_country,stated,themes\nZhytomyr,UA,PL,2024,water\n", encoding="utf-8")
    part = tmp_path / "part.csv"
    part.write_text("programme,municipality,country,since\nMarathon,Zhytomyr,UA,2023\n", encoding="utf-8")
    book = openpyxl.Workbook()
    book.active.append(["municipality", "country", "partner", "partner_country"])
    book.active.append(["Zhytomyr", "UA", "Rawicz", "PL"])
    book.save(tmp_path / "book.xlsx")
    load(store, [seek, part, tmp_path / "book.xlsx"], resolver)
    before = everything(store)
    for form in LOADABLE:
        paths = write(store, form, tmp_path / f"out.{form}")
        with open_store(tmp_path / f"{form}.grafeo", read_only=False, create=True) as other:
            report = load(other, paths[-1:], resolver)
            assert everything(other) == before, form
            assert not report.problems.found
            assert not load(other, paths[-1:], resolver).changed_anything


@pytest.mark.parametrize("form", LOADABLE)
def test_no_text_is_changed_on_the_way(embedded_store: Store, resolver: Resolver, tmp_path: Path, form: ExportFormat):
    """Else a name with a quote, a control character or a leading = would come back as another."""
    table = tmp_path / "t.csv"
    rows = "".join(f'Town {i},PL,"Village {i}",CZ\n' for i in range(len(TEXTS)))
    table.write_text("municipality,country,partner,partner_country\n" + rows, encoding="utf-8")
    load(embedded_store, [table], resolver)
    for number, text in enumerate(TEXTS):
        embedded_store.write(
            lambda tx, n=number, t=text: tx.run(
                "MATCH (m:Municipality {name: $name}) SET m.name = $text, m.aliases = [$text, 'a;b'] "
                "WITH m MATCH (m)-[r:PARTNERS_WITH]-() MATCH (s:Statement {partnership_id: r.id}) SET s.words = $text",
                {"name": f"Town {n}", "text": t},
            )
        )
    before = everything(embedded_store)
    assert {node.get("name") for node in before[0].values()} >= set(TEXTS)  # type: ignore[attr-defined]
    paths = write(embedded_store, form, tmp_path / "out")
    with open_store(tmp_path / "again.grafeo", read_only=False, create=True) as other:
        load(other, paths[-1:], resolver)
        assert everything(other) == before


def test_a_script_builds_the_same_graph_in_neo4j_and_in_a_file(
    stores: tuple[Store, Store], resolver: Resolver, tmp_path: Path
):
    """Else the graph that a data engineer sets up on a server would lack what the file has."""
    with open_store(tmp_path / "here.grafeo", read_only=False, create=True) as here:
        # A server plans each statement of literals for a second: the bundled partnerships would take it a minute.
        few = [manifest for manifest in bundled_manifests() if manifest.id != "ukraine-partnerships"]
        load_manifests(here, few, resolver)
        fill(here)
        here.write(
            lambda tx: tx.run(
                "UNWIND $texts AS t MERGE (m:Municipality {id: t}) SET m.name = t, m.aliases = [t], m.lat = -1e-7",
                {"texts": list(TEXTS)},
            )
        )
        extract = read_extract(here)
        before = everything(here)
    for store in stores:
        for _ in range(2):  # run again, nothing changes
            for statement in cypher_statements(extract):
                if not statement.startswith("CREATE "):
                    store.write(lambda tx, text=statement: tx.run(text))
        assert everything(store) == before


def test_the_script_runs_as_it_is_written(embedded_store: Store, neo4j_place, tmp_path: Path):
    """Else cypher-shell would stop at a constraint that our own tests never run."""
    import neo4j

    fill(embedded_store)
    (path,) = write(embedded_store, ExportFormat.CYPHER, tmp_path / "out.cypher")
    auth = (neo4j_place.credentials.user, neo4j_place.credentials.password)
    with neo4j.GraphDatabase.driver(neo4j_place.address, auth=auth) as driver:
        for statement in path.read_text(encoding="utf-8").split(";\n"):
            if statement.strip():
                driver.execute_query(statement)
        counted = driver.execute_query("MATCH (n) RETURN count(n) AS n").records[0]["n"]
    assert counted == len(everything(embedded_store)[0])


@pytest.mark.parametrize("value", [*TEXTS, 0, -5, 1.5, 1e300, -0.0, True, ["a", "'"], 2**62], ids=repr)
def test_a_literal_says_what_the_value_is(store: Store, value: object):
    """Else a value could end its own text and write what a stranger wants into the database."""
    assert store.read(f"RETURN {literal(value)} AS v").records == [(value,)]


def test_a_part_of_the_graph_is_added_and_takes_nothing_away(store: Store, resolver: Resolver, tmp_path: Path):
    """Else loading the export of one oblast would delete the partnerships of all others."""
    from twingraph.graph.model import Label
    from twingraph.queries.scope import Scope

    load(store, [], resolver)
    before = everything(store)
    paths = write(store, ExportFormat.GRAPHML, tmp_path / "z.graphml", scope=Scope(Label.REGION, "UA-18"))
    assert not load(store, paths, resolver).changed_anything
    assert everything(store) == before
    with open_store(tmp_path / "z.grafeo", read_only=False, create=True) as other:
        load(other, paths, resolver)
        nodes, edges = everything(other)
    assert 0 < len(edges) < len(before[1])
    assert nodes.items() <= before[0].items()
    assert edges.items() <= before[1].items()
