"""Network files on each engine: directions, repeated edges, loops and namesakes come out as the file says."""

from pathlib import Path

from twingraph.graph.store import Store
from twingraph.loaders.intake.manifest import manifest_for_file
from twingraph.loaders.load import LoadReport, prepare, read_datasets
from twingraph.loaders.places import Resolver
from twingraph.loaders.problems import Problems

NODE = '<node id="{}" label="{}"><attvalues><attvalue for="c" value="{}"/></attvalues></node>'
TOWNS = [
    NODE.format("Q1", "Rawicz", "Poland"),
    NODE.format("Q2", "Житомир", "Ukraine"),
    NODE.format("Q3", "Rawicz", "PL"),
    NODE.format("n4", "Nowhere-on-Sea", "Poland"),
]
GEXF = (
    '<gexf><graph defaultedgetype="directed"><attributes class="node"><attribute id="c" title="country"/></attributes>'
    "<nodes>{}</nodes><edges>{}</edges></graph></gexf>"
)


def load(store: Store, folder: Path, name: str, text: str, resolver: Resolver) -> LoadReport:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    problems = Problems()
    return prepare(store, read_datasets([manifest_for_file(path)], problems), resolver, problems).write(store)


def test_a_direction_stays_readable_and_makes_no_second_partnership(store: Store, resolver: Resolver, tmp_path: Path):
    """Otherwise a one-sided partnership would look like one that both sides state, or would count twice."""
    load(store, tmp_path, "out.d", "% asym unweighted\n1 2\n2 1\n2 3\n2 3\n3 3\n", resolver)
    rows = store.read(
        "MATCH (a)-[p:PARTNERS_WITH]->(b) MATCH (s:Statement {partnership_id: p.id}) "
        "RETURN a.name AS a, b.name AS b, count(s) AS said, count(DISTINCT s.said_by) AS sides, "
        "p.source_count AS sources ORDER BY a, b"
    )
    assert rows.records == [("1", "2", 2, 2, 1), ("2", "3", 2, 1, 1), ("3", "3", 1, 1, 1)]
    said = store.read("MATCH (s:Statement {said_by: 'node:out.d/1'}) RETURN s.name_a, s.name_b, s.kind, s.status")
    assert said.records == [("1", "2", "twin_town", "unknown")]


def test_two_networks_with_the_same_numbers_do_not_mix(store: Store, resolver: Resolver, tmp_path: Path):
    """Else node 1 of one researcher's file would be node 1 of another's."""
    load(store, tmp_path, "out.a", "% sym\n1 2\n", resolver)
    load(store, tmp_path, "out.b", "% sym\n1 2\n1 3\n", resolver)
    rows = store.read("MATCH (m:Municipality) RETURN m.id, m.name, m.unplaced IS NOT NULL ORDER BY m.id").records
    assert [row[0] for row in rows] == ["node:out.a/1", "node:out.a/2", *(f"node:out.b/{i}" for i in (1, 2, 3))]
    assert {row[2] for row in rows} == {True}
    report = load(store, tmp_path, "out.b", "% sym\n1 3\n", resolver)
    assert report.counts["PARTNERS_WITH"].removed == 1
    assert [row[0] for row in store.read("MATCH (m:Municipality) RETURN m.id ORDER BY m.id").records] == [
        "node:out.a/1",
        "node:out.a/2",
        "node:out.b/1",
        "node:out.b/3",
    ]


def test_a_node_without_edges_goes_with_the_file_that_named_it(store: Store, resolver: Resolver, tmp_path: Path):
    """Else nodes that nobody speaks of any more would stay for ever, or one that another file names would go."""

    def places() -> list[object]:
        return [row[0] for row in store.read("MATCH (m:Municipality) RETURN m.name ORDER BY m.name").records]

    edge = '<edge source="Q1" target="Q2"/>'
    load(store, tmp_path, "a.gexf", GEXF.format("".join(TOWNS[:2] + TOWNS[3:]), edge), resolver)
    load(store, tmp_path, "b.gexf", GEXF.format("".join(TOWNS[1:2]), ""), resolver)
    assert places() == ["Nowhere-on-Sea", "Rawicz", "Zhytomyr"]
    said = store.read("MATCH (s:Statement {name_a: 'Nowhere-on-Sea'})-[:FROM]->(f) RETURN s.place_id, f.id").records
    assert said == [("name:PL/nowhere-on-sea", "file:a.gexf")]
    report = load(store, tmp_path, "a.gexf", GEXF.format(TOWNS[0], ""), resolver)
    assert report.counts["Municipality"].removed == 1
    assert places() == ["Rawicz", "Zhytomyr"]
    load(store, tmp_path, "b.gexf", GEXF.format(TOWNS[0], ""), resolver)
    assert places() == ["Rawicz"]
    assert not load(store, tmp_path, "b.gexf", GEXF.format(TOWNS[0], ""), resolver).changed_anything


def test_named_nodes_are_found_and_what_the_file_tells_apart_stays_apart(
    store: Store, resolver: Resolver, tmp_path: Path
):
    """Otherwise two towns of a file would become one, or a town would be separate from its node in other sources."""
    edges = (
        '<edge source="Q1" target="Q2" type="mutual"/><edge source="Q3" target="Q2"/><edge source="n4" target="Q2"/>'
    )
    report = load(store, tmp_path, "n.gexf", GEXF.format("".join(TOWNS), edges), resolver)
    rows = store.read("MATCH (m:Municipality) RETURN m.id, m.name, m.wikidata_id, m.country_code ORDER BY m.id").records
    assert rows == [
        ("geonames:3087307", "Rawicz", "Q1", "PL"),
        ("geonames:686967", "Zhytomyr", "Q2", "UA"),
        ("name:PL/nowhere-on-sea", "Nowhere-on-Sea", None, "PL"),
        ("wikidata:Q3", "Rawicz", "Q3", "PL"),
    ]
    causes = {group.cause: group.count for group in report.problems.by_cause()}
    assert causes == {"two nodes mean one place": 1, "place in no register": 1}
    sides = store.read(
        "MATCH (s:Statement) WHERE s.said_by IS NOT NULL "
        "RETURN s.partnership_id AS p, collect(DISTINCT s.said_by) AS by"
    )
    both = {str(row["p"]).split("|")[0]: len(row["by"]) for row in sides}  # type: ignore[arg-type]
    assert both == {"geonames:3087307": 2, "geonames:686967": 1}
    spelled = "MATCH (s:Statement) WHERE 'Житомир' IN [s.name_a, s.name_b] RETURN count(s)"
    assert store.read(spelled).records == [(4,)]
