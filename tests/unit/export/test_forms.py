"""Exports as other programs read them: NetworkX, igraph, Gephi's rules, and the letter of RFC 7946."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from itertools import chain, pairwise

import igraph
import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twingraph.graph.store import Store
from twingraph.queries.export.extract import Extract, read_extract
from twingraph.queries.export.flat import Flat, flatten
from twingraph.queries.export.formats import line, write_edges, write_geojson, write_node_link, write_nodes
from twingraph.queries.export.xml_formats import write_gexf, write_graphml


@pytest.fixture
def extract(small_store: Store) -> Extract:
    return read_extract(small_store)


@pytest.fixture
def flat(extract: Extract) -> Flat:
    return flatten(extract)


def written(write, flat: Flat) -> str:
    stream = io.StringIO(newline="")
    write(flat, stream)
    return stream.getvalue()


def pairs(graph: nx.Graph) -> Counter:
    return Counter(tuple(sorted(edge[:2])) for edge in graph.edges(data=False))


def expected(flat: Flat) -> Counter:
    return Counter(tuple(sorted((str(edge["source"]), str(edge["target"])))) for edge in flat.edges)


@pytest.mark.parametrize("form", ["graphml", "gexf", "node-link", "csv"])
def test_networkx_reads_every_node_and_edge_with_its_facts(flat: Flat, form: str):
    """Else a researcher would measure another network than the one in the database."""
    if form == "graphml":
        graph = nx.parse_graphml(written(write_graphml, flat), force_multigraph=True)
    elif form == "gexf":
        graph = nx.read_gexf(io.BytesIO(written(write_gexf, flat).encode()))
    elif form == "node-link":
        graph = nx.node_link_graph(json.loads(written(write_node_link, flat)), edges="edges")
    else:
        graph = nx.MultiGraph()
        graph.add_nodes_from((row["id"], row) for row in csv.DictReader(io.StringIO(written(write_nodes, flat))))
        for row in csv.DictReader(io.StringIO(written(write_edges, flat))):
            graph.add_edge(row["source"], row["target"], **row)
    assert not graph.is_directed()
    assert set(graph) == {str(node["id"]) for node in flat.nodes}
    assert pairs(graph) == expected(flat)
    names = {key: facts.get("name") for key, facts in graph.nodes(data=True)}
    if form in {"graphml", "node-link", "gexf"}:
        assert names["geonames:1"] == "Zhytomyr"
        assert graph.nodes["geonames:1"]["population"] == 261624
        assert graph.nodes["geonames:1"]["lat"] == 50.26


def test_igraph_reads_graphml(flat: Flat, tmp_path):
    """Else users of R and igraph would be left out."""
    path = tmp_path / "n.graphml"
    path.write_text(written(write_graphml, flat), encoding="utf-8")
    graph = igraph.Graph.Read_GraphML(str(path))
    assert (graph.vcount(), graph.ecount(), graph.is_directed()) == (len(flat.nodes), len(flat.edges), False)
    assert graph.vs.find(id="geonames:5")["name"] == "Rawicz"


def test_the_gexf_keeps_the_rules_of_its_schema(flat: Flat):
    """Else Gephi would refuse the file, or show neither places nor times."""
    root = ET.fromstring(written(write_gexf, flat))  # noqa: S314 - our own text
    ns, viz = "{http://www.gexf.net/1.2draft}", "{http://www.gexf.net/1.2draft/viz}"
    graph = root.find(f"{ns}graph")
    assert (root.tag, root.get("version")) == (f"{ns}gexf", "1.2")
    assert (graph.get("mode"), graph.get("timeformat"), graph.get("defaultedgetype")) == (
        "dynamic",
        "date",
        "undirected",
    )
    assert [child.tag for child in graph] == [f"{ns}attributes", f"{ns}attributes", f"{ns}nodes", f"{ns}edges"]
    declared = {}
    for attributes in graph.iter(f"{ns}attributes"):
        ids = [attribute.get("id") for attribute in attributes]
        assert len(ids) == len(set(ids))
        declared[attributes.get("class")] = {each.get("id"): each.get("type") for each in attributes}
        assert set(declared[attributes.get("class")].values()) <= {"string", "long", "double", "boolean"}
    nodes, edges = list(graph.iter(f"{ns}node")), list(graph.iter(f"{ns}edge"))
    assert (len(nodes), len(edges)) == (len(flat.nodes), len(flat.edges))
    assert len({node.get("id") for node in nodes}) == len(nodes)
    assert len({edge.get("id") for edge in edges}) == len(edges)
    for sort, items in (("node", nodes), ("edge", edges)):
        for item in items:
            for value in item.iter(f"{ns}attvalue"):
                assert value.get("for") in declared[sort]
    for edge in edges:
        times = [edge.get("start"), edge.get("end")]
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", time) for time in times if time)
        assert not all(times) or times[0] <= times[1]
    by_id = {node.get("id"): node for node in nodes}
    assert float(by_id["geonames:1"].find(f"{viz}position").get("x")) == pytest.approx(286.7)
    assert by_id["name:PL/kolling"].find(f"{viz}position") is None
    colours = {node.find(f"{viz}color").get("r") + node.find(f"{viz}color").get("g") for node in nodes}
    assert len(colours) > 1
    ended = next(edge for edge in edges if edge.get("end"))
    assert (ended.get("start"), ended.get("end")) == ("2014-01-01", "2020-12-31")


def test_the_geojson_keeps_the_rules_of_its_rfc(flat: Flat):
    """Else a map program would draw a line around the whole globe, or in the sea off Africa."""
    said = json.loads(written(write_geojson, flat))
    assert said["type"] == "FeatureCollection"
    assert len(said["features"]) == len(flat.nodes) + len(flat.edges)
    assert "crs" not in said
    shapes = Counter()
    for feature in said["features"]:
        assert feature["type"] == "Feature"
        assert isinstance(feature["properties"], dict)
        geometry = feature["geometry"]
        shapes[geometry and geometry["type"]] += 1
        if geometry is None:
            continue
        spots = {"Point": lambda c: [c], "LineString": lambda c: c, "MultiLineString": lambda c: list(chain(*c))}
        for lon, lat in spots[geometry["type"]](geometry["coordinates"]):
            assert -180 <= lon <= 180
            assert -90 <= lat <= 90
    assert shapes[None] >= 2  # a place that nobody can place, and its tie
    zhytomyr = next(feature for feature in said["features"] if feature["id"] == "geonames:1")
    assert zhytomyr["geometry"]["coordinates"] == [28.67, 50.26]


@given(*[st.floats(-180, 180), st.floats(-90, 90)] * 2)
def test_no_line_is_longer_than_half_way_round(x1: float, y1: float, x2: float, y2: float):
    """Else a tie over the Pacific would be drawn across all of Europe and Asia."""
    drawn = line((x1, y1), (x2, y2))
    parts = drawn["coordinates"] if drawn["type"] == "MultiLineString" else [drawn["coordinates"]]
    length = sum(abs(b[0] - a[0]) for part in parts for a, b in pairwise(part))
    assert length <= 180 + 1e-6
    assert (parts[0][0], parts[-1][-1]) == ([x1, y1], [x2, y2])
    assert all(abs(lon) <= 180 and abs(lat) <= 90 + 1e-6 for part in parts for lon, lat in part)
    if drawn["type"] == "MultiLineString":
        assert abs(parts[0][1][0]) == 180
        assert parts[0][1][0] == -parts[1][0][0]
        assert parts[0][1][1] == parts[1][0][1]


def test_no_cell_of_the_tables_is_a_formula(flat: Flat):
    """Else a name from a stranger's file would run in the spreadsheet of whoever opens the table."""
    for write in (write_nodes, write_edges):
        for row in csv.reader(io.StringIO(written(write, flat))):
            assert not [cell for cell in row if re.match("[=+@\t\r\n]|-(?![0-9])", cell)]


def test_the_same_store_gives_the_same_file(small_store: Store):
    """Else two exports could not be compared."""
    for write in (write_graphml, write_gexf, write_node_link, write_geojson, write_nodes, write_edges):
        assert written(write, flatten(read_extract(small_store))) == written(write, flatten(read_extract(small_store)))
