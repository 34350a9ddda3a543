"""`twingraph.open`: what a notebook gets, on both engines."""

import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest

import twingraph
from fixtures.network import HOSTILE
from twingraph.errors import AmbiguousNameError, ConfigError, QueryError, ReadOnlyError, StoreError, UnknownNameError
from twingraph.library import Graph
from twingraph.queries.analyses.from_store import read_network


@pytest.fixture
def graph(network) -> Graph:
    return Graph(network)


def test_a_question_is_answered_with_its_parameters(graph: Graph):
    """Else values would have to be written into the text, where they can do harm."""
    rows = graph.query("MATCH (m:Municipality {name: $name})-[:PARTNERS_WITH]-(p) RETURN p.name AS p", name="Rawicz")
    assert {row["p"] for row in rows} == {"Zhytomyr", HOSTILE, "=HYPERLINK(1)"}
    assert len(graph.query("MATCH (n) RETURN n", limit=3)) == 3
    named = graph.query("partners-of", municipality="Равич")
    assert "Zhytomyr" in {row["partner"] for row in named}
    with pytest.raises(QueryError, match=r"needs a value for \$name"):
        graph.query("RETURN $name")


def test_a_reader_cannot_write(graph: Graph):
    """Else a notebook could change the records by a slip."""
    with pytest.raises((QueryError, ReadOnlyError)):
        graph.query("CREATE (:Municipality {id: 'x'})")


def test_the_networkx_graph_has_what_the_page_says(graph: Graph):
    """Else a measure taken in a notebook would be of another network than the command line's."""
    found = graph.to_networkx("UA-18", statuses=["active"], kinds="partnership_agreement")
    assert isinstance(found, nx.Graph)
    assert set(found) == {"geonames:686967", "geonames:760924"}
    node = found.nodes["geonames:686967"]
    assert (node["name"], node["country"], node["region"], node["home"]) == ("Zhytomyr", "UA", "UA-18", True)
    (edge,) = found.edges(data=True)
    assert (edge[2]["weight"], edge[2]["ties"][0]["since"]) == (1, "2022-12-23")
    assert "Zhytomyr" in found.graph["description"]
    whole, known = graph.to_networkx(), read_network(graph.store)
    assert (len(whole), whole.number_of_edges()) == (len(known), len(known.pairs) + len(known.loops))


@pytest.mark.parametrize(
    ("scope", "choices", "error"),
    [
        ("Atlantis", {}, UnknownNameError),
        ("Paris", {}, AmbiguousNameError),
        (None, {"kinds": ["marriage"]}, ConfigError),
        (None, {"statuses": ["happy"]}, ConfigError),
        (None, {"since": "soon"}, ConfigError),
        (None, {"themes": "football"}, UnknownNameError),
    ],
)
def test_a_wrong_choice_is_told(graph: Graph, scope, choices, error):
    """Else a misspelt kind would give an empty network, and an analysis of nothing."""
    with pytest.raises(error):
        graph.to_networkx(scope, **choices)


def test_it_shows_itself_in_a_notebook(graph: Graph, tmp_path: Path):
    """Else a path or a name from a stranger could run in the notebook."""
    assert "<td>10</td>" in graph._repr_html_()
    hostile = tmp_path / "<script>x.grafeo"
    from twingraph.graph.open import open_store

    open_store(hostile, read_only=False, create=True).close()
    with twingraph.open(hostile) as other:
        assert "<script>" not in other._repr_html_()
        assert "&lt;script&gt;" in other._repr_html_()
        assert str(hostile) in repr(other)
    assert "closed" in other._repr_html_()
    assert "closed" in repr(other)
    with pytest.raises(StoreError):
        other.query("RETURN 1")


def test_the_import_is_light():
    """Else every program that imports twingraph would wait for the engines."""
    heavy = "{'grafeo', 'neo4j', 'networkx', 'igraph', 'numpy', 'pyvis', 'rich', 'click', 'twingraph.library'}"
    code = f"import sys, twingraph; found = {heavy} & set(sys.modules); assert not found, found; twingraph.open"
    subprocess.run([sys.executable, "-c", code], check=True)
