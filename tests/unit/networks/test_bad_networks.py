"""A network that cannot be read must be reported with file, line, cause and next step; faulty rows must be counted."""

import bz2
import gzip
import io
import tarfile
from pathlib import Path

import pytest

from twingraph.errors import InputError
from twingraph.loaders.datasets import Dataset, known_form, read_dataset
from twingraph.loaders.intake.manifest import manifest_for_file
from twingraph.loaders.problems import Problems

GEXF = '<?xml version="1.0"?>\n<gexf version="1.2"><graph defaultedgetype="undirected">\n{}</graph></gexf>\n'
NODES = '<nodes>\n<node id="1" label="Rawicz"/>\n<node id="2" label="Zhytomyr"/>\n</nodes>\n'
EDGES = '<edges>\n<edge id="0" source="1" target="2"/>\n</edges>\n'
GRAPHML = (
    '<?xml version="1.0"?>\n<graphml><key id="d0" for="node" attr.name="name"/>\n<graph edgedefault="undirected">\n'
    "{}</graph></graphml>\n"
)
BOMB = (
    '<?xml version="1.0"?>\n<!DOCTYPE g [\n<!ENTITY a "aaaaaaaaaa">\n<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">\n]>\n'
    '<gexf><graph><nodes><node id="1" label="&b;"/></nodes></graph></gexf>'
)
OUTSIDE = (
    '<?xml version="1.0"?>\n<!DOCTYPE g [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n'
    '<graphml><graph><node id="1"><data key="name">&x;</data></node></graph></graphml>'
)


def read(folder: Path, name: str, content: bytes | str, form: str | None = None) -> tuple[Dataset, Problems]:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    problems = Problems()
    manifest = manifest_for_file(path)
    if form is not None:
        from dataclasses import replace

        manifest = replace(manifest, form=known_form(form))
    return read_dataset(manifest, problems), problems


@pytest.mark.parametrize(
    ("name", "content", "said", "line"),
    [
        ("n.gexf", BOMB, "entities", 3),
        ("n.graphml", OUTSIDE, "entities", 2),
        ("n.gexf", GEXF.format(NODES + EDGES)[:-30], "ends early", 8),
        ("n.gexf", GEXF.format(NODES + EDGES)[:130], "ends early", 5),
        ("n.gexf", GEXF.format(NODES + EDGES.replace('target="2"', 'target="3"')), "names the node '3'", 8),
        ("n.gexf", GEXF.format(NODES + EDGES.replace(' target="2"', "")), "lacks its source or its target", 8),
        ("n.gexf", GEXF.format(NODES.replace('"2"', '"1"')), "'1' occurs twice, first on line 4", 5),
        ("n.gexf", GEXF.format(NODES.replace('id="2"', "")), "has no id", 5),
        ("n.gexf", GEXF.format(NODES).replace("Rawicz", "Ra\0wicz"), "cannot be read", 4),
        ("n.gexf", GEXF.format(NODES).encode().replace(b"Rawicz", b"Brzezi\xf1ski"), "cannot be read", 4),
        ("n.gexf", GEXF.format(NODES).replace("1.0", "1.0' encoding='klingon"), "", None),
        ("n.gexf", GEXF.format(""), "no nodes", None),
        ("n.gexf", GEXF.format("<nodes>" + "<node id='1'>" * 300), "", 3),
        ("n.gexf", "<svg/>", "not GEXF", 1),
        ("n.gexf", "<gexf>" + "<nodes>" * 300, "nested more than 200 deep", 1),
        ("n.graphml", GRAPHML.format('<hyperedge><endpoint node="1"/></hyperedge>'), "hyperedge", 4),
        ("n.graphml", GRAPHML.format("") + GRAPHML.format(""), "cannot be read", None),
        ("n.graphml", GRAPHML.replace("<graph ", '<graph/><graph id="2" ').format(""), "several graphs", 3),
        ("n.graphml", GRAPHML.format('<node id="1"/>\n<edge source="1" target="9"/>'), "names the node '9'", 5),
        ("n.json", '{"nodes": [{"id": 1}], "edges": [', "cannot be read", 1),
        ("n.json", '{"nodes": [{"name": "x"}], "edges": []}', "node 1 has no id", None),
        ("n.json", '{"nodes": ' + "[" * 100_000, "nested too deep", None),
        ("n.json", '{"nodes": 5, "edges": []}', "not a node-link network", None),
        ("n.json", '{"nodes": [{"id": 1}], "edges": [{"source": 1, "target": 2}]}', "names the node '2'", 1),
        ("n.net", '*Vertices 2\n1 "a"\n2 "b"\n*Edges\n1 3\n', "names the node '3'", 5),
        ("n.net", "*Vertices many\n", "no number of nodes", 1),
        ("n.net", '*Vertices 2\n3 "a"\n', "not a vertex number from 1 to 2", 2),
        ("out.n", "% sym unweighted\n", "no edge", None),
        ("out.n", "% sym unweighted\n1 2\n1 \0\n", "NUL", 3),
        ("out.n", b"% sym\n1 2\nZ\xfcrich 3\n", "not UTF-8", 3),
        ("out.n", "% sym\n1 2\n" + "7" * 400 + " 3\n", "400 characters", 3),
        ("out.n.gz", gzip.compress(b"% sym\n" + b"1 2\n" * 9999)[:60], "damaged or cut off", None),
        ("out.n.bz2", bz2.compress(b"% sym\n" + b"1 2\n" * 9999)[:60], "damaged or cut off", None),
        ("n.gexf", "", "empty", None),
        ("table.csv.gz", gzip.compress(b"municipality,country\n"), "no network that is known", None),
        ("n.tar", bytes(512), "", None),
    ],
)
def test_a_network_that_cannot_be_read_is_reported(
    tmp_path: Path, name: str, content, said: str, line: int | None
) -> None:
    """Else the researcher would get a traceback, a machine out of memory, or a network with holes."""
    with pytest.raises(InputError) as caught:
        read(tmp_path, name, content)
    assert said in caught.value.message, caught.value.message
    assert name in caught.value.message
    assert caught.value.hint
    assert line is None or f"line {line}:" in caught.value.message, caught.value.message


def test_a_bomb_is_stopped_by_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a file of a few kilobytes would fill the memory."""
    from twingraph.loaders.intake import files as opened

    monkeypatch.setattr(opened, "MAX_BYTES", 1 << 20)
    with pytest.raises(InputError, match="unpacks to more than"):
        read(tmp_path, "out.n.gz", gzip.compress(b"% sym\n" + b"1 2\n" * (1 << 20)))


def causes(problems: Problems) -> dict[str, tuple[int, str]]:
    return {group.cause: (group.count, group.outcome) for group in problems.by_cause()}


def test_dirt_in_a_network_is_counted_and_the_rest_is_read(tmp_path: Path) -> None:
    """Else one bad coordinate would cost the whole network, or would be swallowed in silence."""
    attributes = "".join(f'<attribute id="{name}" title="{name}"/>' for name in ("lat", "lon", "pop", "mood"))
    values = '<attvalue for="lat" value="{}"/><attvalue for="lon" value="{}"/><attvalue for="pop" value="{}"/>'
    nodes = "".join(
        f'<node id="{i}" label="Town {i}"><attvalues>{values.format(*facts)}</attvalues></node>'
        for i, facts in enumerate([("NaN", "1", "5"), ("1", "Infinity", "many"), ("91", "0", "-3"), ("50", "20", "7")])
    )
    odd = '<attvalues><attvalue for="mood" value="good"/><attvalue for="ghost" value="1"/></attvalues>'
    odd = f'<node id="x">{odd}</node>'
    edges = (
        '<edges><edge id="0" source="0" target="1" start="2022-13" type="sideways"/>'
        '<edge id="0" source="1" target="1" kind="marriage"/></edges>'
    )
    text = GEXF.format(f'<attributes class="node">{attributes}</attributes><nodes>{nodes}{odd}</nodes>{edges}')
    dataset, problems = read(tmp_path, "n.gexf", text)
    assert (len(dataset.nodes), len(dataset.records)) == (5, 2)
    assert causes(problems) == {
        "not a number": (3, "field left empty"),
        "impossible coordinates": (1, "coordinates ignored"),
        "impossible date": (1, "field left empty"),
        "unknown direction": (1, "taken as undirected"),
        "unknown kind": (1, "taken as twin_town"),
        "edge id occurs twice": (1, "both edges kept"),
        "attribute not declared": (1, "kept by its id"),
        "attribute not used": (2, "ignored: no such field"),
    }
    placed = [node for _line, node in dataset.nodes if node.query is not None and node.query.lat is not None]
    assert [(node.name, node.query.lat, node.population) for node in placed if node.query] == [("Town 3", 50.0, 7)]


def test_an_edge_list_with_dirt_keeps_its_edges(tmp_path: Path) -> None:
    """Else a cut last line would go unseen."""
    text = "% asym positive\n% 5 3 3\n1 2 3 1082040961\n2 1\n\n2 2\n1 2\n3\n"
    dataset, problems = read(tmp_path, "out.n", text)
    assert causes(problems) == {
        "not an edge": (1, "row skipped"),
        "number of edges differs from the header": (1, "kept"),
        "nodes without a name": (1, "kept, unplaced"),
    }
    first, second = dataset.records[0], dataset.records[3]
    assert (first.words, first.said_by) == ("weight 3; timestamp 1082040961", "first")
    assert second.row == 7


def test_an_archive_or_a_folder_of_something_else_is_reported(tmp_path: Path) -> None:
    """Else the message would speak of encodings, and nobody would think of unpacking."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.csv").write_text("a", encoding="utf-8")
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as archive:
        archive.add(folder / "a.csv")
    for path, said in ((folder, "a folder without a file"), (tmp_path / "a.tar.gz", "an archive without a file")):
        with pytest.raises(InputError, match=said):
            read_dataset(manifest_for_file(path), Problems())


@pytest.mark.parametrize("packed", ["folder", "tar.bz2", "tar.gz", "tar"])
def test_a_konect_dataset_is_read_as_it_is_fetched(tmp_path: Path, packed: str) -> None:
    """Otherwise its names, which are in a separate file, would be lost."""
    files = {
        "out.twins": "% sym unweighted\n% 2 3 3\n1 2\n2 3\n",
        "meta.twins": "name: Twin\x1b towns\ncode:  TW\nurl: https://example.org/twins\n",
        "ent.twins.city.name": "Rawicz\nZhytomyr\nBytom\n",
        "README": "x",
    }
    path = tmp_path / ("twins" if packed == "folder" else f"twins.{packed}")
    if packed == "folder":
        path.mkdir()
        for name, text in files.items():
            (path / name).write_text(text, encoding="utf-8")
    else:
        mode = {"tar.bz2": "w:bz2", "tar.gz": "w:gz", "tar": "w"}[packed]
        with tarfile.open(path, mode) as archive:
            for name, text in files.items():
                info = tarfile.TarInfo(f"../../twins/{name}")
                info.size = len(text)
                archive.addfile(info, io.BytesIO(text.encode()))
    problems = Problems()
    dataset = read_dataset(manifest_for_file(path), problems)
    assert [node.name for _line, node in dataset.nodes] == ["Rawicz", "Zhytomyr", "Bytom"]
    assert len(dataset.records) == 2
    manifest = dataset.manifest
    assert (manifest.title, manifest.publisher, manifest.url) == (
        "Twin towns (TW)",
        "KONECT",
        "https://example.org/twins",
    )
    assert not (tmp_path.parent.parent / "twins").exists()


def test_a_table_of_two_ends_is_an_edge_list(tmp_path: Path) -> None:
    """Else what Gephi exports as a table of edges would be refused."""
    text = "Source,Target,Type,Id,Label,Weight\n1,2,Directed,0,,2.0\n2,3,Undirected,1,,1\n"
    dataset, _problems = read(tmp_path, "edges.csv", text)
    assert [record.said_by for record in dataset.records] == ["first", ""]
    assert dataset.records[0].words == "weight 2.0"


def test_the_form_can_be_named(tmp_path: Path) -> None:
    """Otherwise names separated by tabs could be mistaken for a table."""
    dataset, _problems = read(tmp_path, "twins.txt", "Rawicz\tZhytomyr\nBytom\tZhytomyr\n", form="konect")
    assert {node.name for _line, node in dataset.nodes} == {"Rawicz", "Zhytomyr", "Bytom"}
    with pytest.raises(Exception, match="no form of file called 'grafml'") as caught:
        known_form("grafml")
    assert "graphml" in caught.value.hint
