"""Networks of all forms hold what NetworkX reads in the same file: nodes, pairs, loops, components, isolated nodes."""

import random
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twingraph.graph.open import open_store
from twingraph.graph.store import Store
from twingraph.loaders.intake.manifest import manifest_for_file
from twingraph.loaders.load import LoadReport, prepare, read_datasets
from twingraph.loaders.places import Resolver
from twingraph.loaders.problems import Problems

type Counts = dict[str, int]


def counted(graph: nx.Graph) -> Counts:
    simple = nx.Graph(graph)
    return {
        "nodes": simple.number_of_nodes(),
        "pairs": simple.number_of_edges(),
        "loops": nx.number_of_selfloops(simple),
        "edges": graph.number_of_edges(),
        "components": nx.number_connected_components(simple),
        "isolated": sum(1 for _ in nx.isolates(simple)),
    }


def in_store(store: Store) -> Counts:
    """Count with nothing but Cypher and NetworkX: our own measures are not asked."""
    graph = nx.Graph()
    places = "a:Municipality OR a:Metropolis"
    graph.add_nodes_from(str(row["id"]) for row in store.read(f"MATCH (a) WHERE {places} RETURN a.id AS id"))
    graph.add_edges_from(store.read("MATCH (a)-[:PARTNERS_WITH]->(b) RETURN a.id, b.id").records)
    (said,) = store.read("MATCH (s:Statement) WHERE s.partnership_id IS NOT NULL RETURN count(s)").records
    return counted(graph) | {"edges": int(str(said[0]))}


def load(store: Store, path: Path, resolver: Resolver) -> LoadReport:
    problems = Problems()
    return prepare(store, read_datasets([manifest_for_file(path)], problems), resolver, problems).write(store)


def loaded(path: Path, resolver: Resolver) -> Counts:
    file = path.with_suffix(".grafeo")
    file.unlink(missing_ok=True)
    with open_store(file, read_only=False, create=True) as store:
        store.ensure_schema()
        load(store, path, resolver)
        assert not load(store, path, resolver).changed_anything
        return in_store(store)


def write_konect(graph: nx.Graph, path: Path) -> None:
    lines = [f"% {'asym' if graph.is_directed() else 'sym'} unweighted"]
    lines.append(f"% {graph.number_of_edges()} {graph.number_of_nodes()} {graph.number_of_nodes()}")
    path.write_text("\n".join([*lines, *(f"{a} {b}" for a, b in graph.edges())]) + "\n", encoding="utf-8")


def read_konect(path: Path) -> nx.MultiGraph:
    return nx.read_edgelist(path, comments="%", create_using=nx.MultiGraph)


def write_tsv(graph: nx.Graph, path: Path) -> None:
    path.write_text("".join(f"{a}\t{b}\t1.5\n" for a, b in graph.edges()), encoding="utf-8")


def read_tsv(path: Path) -> nx.MultiGraph:
    return nx.read_edgelist(path, delimiter="\t", data=[("weight", float)], create_using=nx.MultiGraph)


FORMS: dict[str, tuple[str, Callable[..., None], Callable[..., nx.Graph]]] = {
    "gexf": ("n.gexf", nx.write_gexf, nx.read_gexf),
    "graphml": ("n.graphml", nx.write_graphml, nx.read_graphml),
    "pajek": ("n.net", nx.write_pajek, nx.read_pajek),
    "konect": ("out.n", write_konect, read_konect),
    "tsv": ("n.tsv", write_tsv, read_tsv),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("directed", [False, True])
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_made_up_network_counts_as_networkx_counts_it(
    data: st.DataObject, form: str, directed: bool, resolver: Resolver, tmp_path: Path
) -> None:
    """Else a researcher's published numbers could not be had again from their own file."""
    number = st.integers(1, 9)
    edges = data.draw(st.lists(st.tuples(number, number), min_size=1, max_size=25))
    lonely = data.draw(st.integers(0, 3))
    graph = (nx.MultiDiGraph if directed else nx.MultiGraph)()
    graph.add_nodes_from(str(node) for edge in edges for node in edge)
    graph.add_nodes_from(str(100 + node) for node in range(lonely))
    graph.add_edges_from((str(a), str(b)) for a, b in edges)
    name, write, read = FORMS[form]
    write(graph, tmp_path / name)
    assert loaded(tmp_path / name, resolver) == counted(read(tmp_path / name))


@pytest.mark.shared
def test_the_network_of_wikidata_counts_as_networkx_counts_it(
    shared_data: Path, resolver: Resolver, tmp_path: Path
) -> None:
    """Otherwise two towns of the file would become one, and degrees would be wrong."""
    path = shared_data / "wikidata_sister_cities.gexf"
    with open_store(tmp_path / "w.grafeo", read_only=False, create=True) as store:
        store.ensure_schema()
        load(store, path, resolver)
        graph = nx.Graph(store.read("MATCH (a)-[:PARTNERS_WITH]->(b) RETURN a.id, b.id").records)
        placed = store.read("MATCH (m:Municipality) WHERE m.id STARTS WITH 'geonames:' RETURN count(m)").records[0][0]
        known = store.read("MATCH (m:Municipality {wikidata_id: 'Q84'}) RETURN m.id, m.name").records
        said = store.read("MATCH (s:Statement) WHERE s.name_a = 'Zürich' OR s.name_b = 'Zürich' RETURN count(s)")
    theirs = nx.read_gexf(path)
    assert counted(graph) == counted(theirs)
    assert sorted(degree for _, degree in graph.degree()) == sorted(degree for _, degree in theirs.degree())
    assert int(str(placed)) > 4200
    assert known == [("geonames:2643743", "London")]
    assert said.records[0][0] == theirs.degree("Q72")


def test_twenty_thousand_edges_take_seconds(resolver: Resolver, tmp_path: Path) -> None:
    """Else a network of KONECT's size would be no matter of a moment; the bound leaves room for a busy machine."""
    import time

    random.seed(1)
    edges = [(random.randint(1, 14_000), random.randint(1, 14_000)) for _ in range(20_573)]  # noqa: S311
    path = tmp_path / "out.big"
    path.write_text("% sym unweighted\n" + "".join(f"{a} {b}\n" for a, b in edges), encoding="utf-8")
    start = time.process_time()
    with open_store(tmp_path / "b.grafeo", read_only=False, create=True) as store:
        store.ensure_schema()
        report = load(store, path, resolver)
        assert in_store(store) == counted(read_konect(path))
    assert time.process_time() - start < 20
    causes = {group.cause: group.count for group in report.problems.by_cause()}
    assert causes["nodes without a name"] == 1
    assert causes.keys() <= {"nodes without a name", "partner of itself"}
