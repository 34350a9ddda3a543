"""Loading on each engine: all of it arrives, a second load changes nothing, and what is no longer said goes."""

from pathlib import Path

import openpyxl
import pytest

from fixtures.loading import BYTOM, HEADER, RAWICZ, everything, load, load_text
from twingraph.errors import InputError
from twingraph.graph.model import Label, NodeRef, Relation
from twingraph.graph.store import Store
from twingraph.loaders.intake.manifest import bundled_manifests, manifest_for_file
from twingraph.loaders.load import prepare, read_datasets
from twingraph.loaders.places import Resolver
from twingraph.loaders.problems import Problems
from twingraph.loaders.tables.options import TableOptions
from twingraph.queries.profile import read_profile


def partners(store: Store) -> set[tuple[object, ...]]:
    rows = store.read(
        "MATCH (a:Municipality)-[r:PARTNERS_WITH]->(b:Municipality) "
        "RETURN a.name AS a, b.name AS b, r.since AS since, r.source_count AS sources"
    )
    return set(rows.records)


def test_the_bundled_data_arrives_whole_and_once(store: Store, resolver: Resolver):
    """Else facts of the bundled tables would be missing, or doubled by a second load."""
    report = load(store, bundled_manifests(), resolver)
    assert (report.counts[Label.STATEMENT].new, report.counts[Relation.PARTNERS_WITH].new) == (535, 473)
    assert report.counts[Relation.SENT_AID].new + report.counts[Relation.HOSTED].new == 41
    assert report.counts[Relation.MEMBER_OF].new == 12
    rows = store.read(
        "MATCH (a:Municipality {name: 'Zhytomyr'})-[r:PARTNERS_WITH]-(b:Municipality {name: 'Rawicz'}) "
        "MATCH (s:Statement {partnership_id: r.id})-[:FROM]->(page:Source) "
        "RETURN r.kind AS kind, r.status AS status, r.since AS since, s.signed_by AS signed, "
        "s.approved_by AS approved, s.words AS words, page.url AS url"
    )
    assert list(rows) == [
        {
            "kind": "partnership_agreement",
            "status": "active",
            "since": "2022-12-23",
            "signed": ["Serhii Sukhomlyn (mayor of Zhytomyr)", "Grzegorz Kubik (mayor of gmina Rawicz)"],
            "approved": "Executive committee of Zhytomyr city council",
            "words": "Urban-rural gmina; helped from the first days of the invasion",
            "url": "https://decentralization.ua/news/15934",
        }
    ]
    before = everything(store)
    again = load(store, bundled_manifests(), resolver)
    assert not again.changed_anything
    assert everything(store) == before


@pytest.mark.parametrize("statement", ["aid", "hosted", "metropolis"])
def test_the_article_that_began_it_is_in_the_graph(store: Store, resolver: Resolver, statement: str):
    """Else the 50 t of aid, the 650 women or the cooperation with three cities could not be asked for."""
    load(store, bundled_manifests(), resolver)
    query = {
        "aid": "MATCH (:Municipality {name: 'Rawicz'})-[r:SENT_AID]->(:Municipality {name: 'Zhytomyr'}) "
        "RETURN toString(toInteger(r.amount)) + r.unit AS found",
        "hosted": "MATCH (:Municipality {name: 'Rawicz'})-[r:HOSTED]->(:Country {id: 'UA'}) "
        "RETURN toString(toInteger(r.amount)) + r.unit AS found",
        "metropolis": "MATCH (:Municipality {name: 'Zhytomyr'})-[r:PARTNERS_WITH]-(m:Metropolis)<-[:MEMBER_OF]-(c) "
        "WHERE c.name IN ['Gdynia', 'Sopot', 'Gdańsk'] WITH m.id AS id, count(c) AS cities "
        "RETURN id + ' ' + toString(cities) AS found",
    }[statement]
    expected = {"aid": "50t", "hosted": "650people", "metropolis": "metropolis:PL/gdansk-gdynia-sopot 3"}[statement]
    assert [row["found"] for row in store.read(query)] == [expected]


def test_a_region_that_is_a_partner_comes_with_its_point(store: Store, resolver: Resolver):
    """Else it would be missing on the map: Komi is too wide for the middle of its settlements alone."""
    load(store, bundled_manifests(), resolver)
    found = store.read(
        "MATCH (r:Region)-[:PARTNERS_WITH]-(:Municipality) RETURN r.id AS id, r.lat AS lat, r.lon AS lon ORDER BY id"
    )
    points = {row["id"]: (round(row["lat"]), round(row["lon"])) for row in found}
    assert points == {"KE-39": (-3, 38), "MD-ST": (47, 28), "RU-KO": (64, 55)}


def test_a_changed_file_takes_back_what_it_no_longer_says(store: Store, resolver: Resolver, tmp_path: Path):
    """Else a corrected mistake would stay in the graph for ever."""
    load_text(store, tmp_path, "a.csv", HEADER + RAWICZ + BYTOM, resolver)
    report = load_text(store, tmp_path, "a.csv", HEADER + RAWICZ, resolver)
    assert report.counts[Label.STATEMENT].removed == 1
    removed = {sort: count.removed for sort, count in report.counts.items() if count.removed}
    assert removed == {"Statement": 1, "PARTNERS_WITH": 1, "Municipality": 1, "Region": 1, "Source": 1}
    assert partners(store) == {("Rawicz", "Zhytomyr", "2022", 1)} or partners(store) == {
        ("Zhytomyr", "Rawicz", "2022", 1)
    }
    left = store.read("MATCH (n) WHERE n.name = 'Bytom' OR n.url = 'https://example.org/b' RETURN count(n) AS n")
    assert left.records[0] == (0,)


def test_a_row_that_is_read_better_changes_its_statement(store: Store, resolver: Resolver, tmp_path: Path):
    """Else a better reading would make every statement new, or would not arrive in a database that has them."""
    path = tmp_path / "a.csv"
    path.write_text("municipality,country,partner,partner_country\nZhytomyr,UA,Rawicz,PL\n", encoding="utf-8")
    reports = []
    for status in ("active", "suspended", "suspended"):
        problems = Problems()
        options = TableOptions(fixed={"status": status})
        read = read_datasets([manifest_for_file(path)], problems, options=options)
        reports.append(prepare(store, read, resolver, problems).write(store))
    counts = [report.counts[Label.STATEMENT] for report in reports]
    assert [(count.new, count.changed, count.removed) for count in counts] == [(1, 0, 0), (0, 1, 0), (0, 0, 0)]
    found = store.read("MATCH ()-[r:PARTNERS_WITH]->() MATCH (s:Statement) RETURN r.status AS r, s.status AS s")
    assert list(found) == [{"r": "suspended", "s": "suspended"}]


def test_a_tie_that_two_files_state_outlives_one_of_them(store: Store, resolver: Resolver, tmp_path: Path):
    """Else taking one source out would take out what another still says."""
    load_text(store, tmp_path, "a.csv", HEADER + RAWICZ + BYTOM, resolver)
    second = RAWICZ.replace("2022,https", "2022-12-23,https").replace("example.org/a", "example.org/c")
    load_text(store, tmp_path, "b.csv", HEADER + second, resolver)
    assert {row[2:] for row in partners(store)} == {("2022-12-23", 2), ("2016", 1)}
    load_text(store, tmp_path, "a.csv", HEADER + BYTOM, resolver)
    assert {row[2:] for row in partners(store)} == {("2022-12-23", 1), ("2016", 1)}


def test_a_load_that_fails_leaves_nothing(store: Store, resolver: Resolver, tmp_path: Path):
    """Else an interrupted load would leave half a graph."""
    load_text(store, tmp_path, "a.csv", HEADER + RAWICZ, resolver)
    before = everything(store)
    path = tmp_path / "b.csv"
    path.write_text(HEADER + BYTOM, encoding="utf-8")
    problems = Problems()
    prepared = prepare(store, read_datasets([manifest_for_file(path)], problems), resolver, problems)

    def fail(_steps: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prepared.changes.apply(store, fail)
    assert everything(store) == before


def test_what_somebody_else_put_into_the_graph_stays(store: Store, resolver: Resolver, tmp_path: Path):
    """Else a load would delete the municipalities that a data engineer has added by hand."""
    load_text(store, tmp_path, "a.csv", HEADER + RAWICZ + BYTOM, resolver)
    store.write(lambda tx: tx.run("CREATE (:Municipality {id: 'name:UA/by-hand', name: 'By hand'})"))
    store.write(lambda tx: tx.run("MATCH (m:Municipality {name: 'Rawicz'}) SET m.visited = true"))
    load_text(store, tmp_path, "a.csv", HEADER + RAWICZ, resolver)
    rows = store.read("MATCH (m:Municipality) RETURN m.name AS name, m.visited AS visited ORDER BY name")
    assert rows.records == [("By hand", None), ("Rawicz", True), ("Zhytomyr", None)]


def test_a_file_of_the_same_name_from_another_folder_replaces_nothing_unasked(
    store: Store, resolver: Resolver, tmp_path: Path
):
    """Else two oblasts that both send a partners.csv would wipe each other out."""
    first, second = tmp_path / "a", tmp_path / "b"
    first.mkdir(), second.mkdir()
    load_text(store, first, "partners.csv", HEADER + RAWICZ, resolver)
    before = everything(store)
    with pytest.raises(InputError, match="from another folder, as file:partners") as refused:
        load_text(store, second, "partners.csv", HEADER + BYTOM, resolver)
    assert "--source-id file:partners.csv" in refused.value.hint
    assert everything(store) == before

    load(store, [manifest_for_file(second / "partners.csv", source_id="kept beside")], resolver)
    assert {row[2] for row in partners(store)} == {"2022", "2016"}
    load(store, [manifest_for_file(second / "partners.csv", source_id="file:partners.csv")], resolver)
    assert {row[2] for row in partners(store)} == {"2016"}


def test_two_files_of_one_name_are_not_taken_for_one(store: Store, resolver: Resolver, tmp_path: Path):
    """Else the first of the two would be lost without a word."""
    manifests = []
    for folder, text in (("a", RAWICZ), ("b", BYTOM)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "p.csv").write_text(HEADER + text, encoding="utf-8")
        manifests.append(manifest_for_file(tmp_path / folder / "p.csv"))
    with pytest.raises(InputError, match="two of these files are called"):
        load(store, manifests, resolver)


def test_a_statement_of_a_workbook_has_its_sheet(store: Store, resolver: Resolver, tmp_path: Path):
    """Else "row 2" of a workbook with a sheet for each year could be in any of them."""
    book = openpyxl.Workbook()
    for sheet, partner in (("2022", "Rawicz"), ("2023", "Bytom")):
        page = book.create_sheet(sheet)
        page.append(["municipality", "country", "partner", "partner_country"])
        page.append(["Zhytomyr", "UA", partner, "PL"])
    path = tmp_path / "t.xlsx"
    book.save(path)
    load(store, [manifest_for_file(path)], resolver)
    origins = "MATCH (s:Statement)-[f:FROM]->() RETURN s.name_a AS a, s.name_b AS b, f.sheet AS sheet, f.row AS row"
    found = {(frozenset((row["a"], row["b"])), row["sheet"], row["row"]) for row in store.read(origins)}
    assert found == {(frozenset(("Zhytomyr", "Rawicz")), "2022", 2), (frozenset(("Zhytomyr", "Bytom")), "2023", 2)}
    assert not load(store, [manifest_for_file(path)], resolver).changed_anything
    place = store.read("MATCH (m:Municipality {name: 'Rawicz'}) RETURN m.id").records[0][0]
    (tie,) = read_profile(store, NodeRef(Label.MUNICIPALITY, str(place))).ties
    assert [said.sheet for said in tie.statements] == ["2022"]
