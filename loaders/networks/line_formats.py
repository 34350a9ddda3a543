"""Networks written line by line: Pajek (http://mrvar.fdv.uni-lj.si/pajek), KONECT (http://konect.cc), plain edge lists.

Pajek has ``*Vertices n``, then ``*Edges``, ``*Arcs`` or lists of them. In KONECT's ``out.*`` files comments start with
``%``: the first contains ``sym``, ``asym`` or ``bip`` and the type of the weights, the second may contain the numbers
of edges and nodes. Then follow lines ``a b [weight [timestamp]]``. A separate file may list the names of the nodes.
"""

import csv
import re
from collections.abc import Callable, Iterable

from twingraph.loaders.networks.model import FileEdge, FileNode, NetworkFile

__all__ = ["ENDS", "name_nodes", "read_edge_list", "read_pajek"]

FIELD = re.compile(r'"([^"]*)"|(\S+)')
MOST_NODES = 50_000_000


def read_pajek(lines: Iterable[tuple[int, str]], network: NetworkFile) -> NetworkFile:
    """Read a Pajek network into `network`; positions and colours are ignored.

    Raises
    ------
    twingraph.errors.InputError
        There is no ``*Vertices`` line, or a vertex or edge has a number out of range.
    """
    section, announced, said_by, many = "", 0, "", False
    for line, text in lines:
        stripped = text.strip().lstrip("\ufeff")
        if not stripped or stripped[0] == "%":
            continue
        if stripped[0] == "*":
            words = stripped.split()
            section = words[0].lower()
            said_by, many = ("source" if "arc" in section else ""), section.endswith("list")
            if section == "*vertices":
                announced = _count(network, words, line)
            elif section in {"*network", "*net"} or section in _EDGES:
                pass
            else:
                network.report("section not used", words[0][:40], "ignored", line)
            continue
        if section == "*vertices":
            _vertex(network, stripped, line, announced)
        elif section in _EDGES:
            _edges(network, stripped, line, said_by, many=many)
    if not announced:
        raise network.fault("there is no *Vertices line", "Give a Pajek .net file.")
    # Pajek allows a partial list of vertices: the others are named by their numbers.
    for number in range(1, announced + 1):
        if str(number) not in network.nodes:
            network.nodes[str(number)] = FileNode(str(number), 1)
    return network.check()


_EDGES = frozenset({"*edges", "*arcs", "*edgeslist", "*arcslist"})


def _count(network: NetworkFile, words: list[str], line: int) -> int:
    if len(words) < 2 or not words[1].isdecimal() or not 0 < int(words[1]) <= MOST_NODES:
        raise network.fault("*Vertices has no number of nodes", "Write it as *Vertices 12.", line)
    return int(words[1])


def _vertex(network: NetworkFile, text: str, line: int, announced: int) -> None:
    fields = [quoted or plain for quoted, plain in FIELD.findall(text)]
    if not fields[0].isdecimal() or not 1 <= int(fields[0]) <= announced:
        raise network.fault(
            f"{fields[0][:40]!r} is not a vertex number from 1 to {announced}", "Correct its number.", line
        )
    label = fields[1] if len(fields) > 1 else None
    network.add_node(FileNode(str(int(fields[0])), line, label))


def _edges(network: NetworkFile, text: str, line: int, said_by: str, *, many: bool) -> None:
    fields = text.split()
    if len(fields) < 2 or not fields[0].isdecimal() or not fields[1].isdecimal():
        network.report("not an edge", text[:60], "row skipped", line)
        return
    source = str(int(fields[0]))
    if many:
        for target in fields[1:]:
            network.add_edge(FileEdge(source, target, line, said_by))
        return
    facts = {"weight": fields[2]} if len(fields) > 2 and _is_number(fields[2]) else {}
    network.add_edge(FileEdge(source, str(int(fields[1])), line, said_by, None, facts))


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


ENDS = (("source", "target"), ("from", "to"), ("node1", "node2"), ("node_1", "node_2"))
"""Names of the two columns in the header of an edge list, in lower case."""
COLUMNS = ("weight", "timestamp")
SIZES = re.compile(r"%?\s*(\d+)\s+(\d+)\s+(\d+)\s*")
FORMATS = {"sym": "", "asym": "source", "bip": "", "undirected": "", "directed": "source"}

type Lines = Iterable[tuple[int, str]]


def read_edge_list(lines: Lines, network: NetworkFile) -> NetworkFile:
    """Read an edge list into `network`.

    Lines that start with ``%`` or ``#`` are comments. Fields are separated by tabs, commas, semicolons or blanks, as in
    the first line. A header names two columns as in `ENDS`. The right nodes of a bipartite network are numbered on
    their own: ``right 1``, ``right 2`` and so on.

    Raises
    ------
    twingraph.errors.InputError
        The file has no edges.
    """
    network.declares = False
    said_by, bipartite, sizes = "", False, None
    header: list[str] | None = None
    split: Callable[[str], list[str]] = str.split
    first = True
    for line, text in lines:
        stripped = text.strip()
        if not stripped:
            continue
        if stripped[0] in "%#":
            words = stripped[1:].split()
            if words and words[0] in FORMATS:
                said_by, bipartite = FORMATS[words[0]], words[0] == "bip"
            elif found := SIZES.fullmatch(stripped):
                sizes = tuple(map(int, found.groups()))
            continue
        if first:
            first = False
            split = _splitter(text)
            named = [field.lower().replace(" ", "_") for field in split(text)]
            if any(set(ends) <= set(named) for ends in ENDS):
                header = named
                continue
        fields = split(text)
        if len(fields) < 2 or not fields[0] or not fields[1] or (header and len(fields) > len(header)):
            network.report("not an edge", f"{len(fields)} fields: {stripped[:60]}", "row skipped", line)
            continue
        edge = _edge(fields, header, line, said_by)
        if bipartite:
            edge.target = f"right {edge.target}"
        network.add_edge(edge)
    if not network.edges:
        raise network.fault("the file has no edges", "Write two nodes per line, separated by a tab or a blank.")
    if sizes and sizes[0] != len(network.edges):
        detail = f"the header announces {sizes[0]:,} edges, the file has {len(network.edges):,}"
        network.report("number of edges differs from the header", detail, "kept", 1)
    return network.check()


def name_nodes(network: NetworkFile, lines: Lines, file: str) -> None:
    """Label nodes numbered from 1 with the names of a KONECT ``ent.*`` file, one per line."""
    names = [text.strip() for _line, text in lines if not text.startswith("%")]
    if len(names) < len(network.nodes):
        detail = f"{file} has {len(names):,} names for {len(network.nodes):,} nodes"
        network.report("fewer names than nodes", detail, "the other nodes keep their numbers")
    for number, name in enumerate(names, start=1):
        if (node := network.nodes.get(str(number))) is not None and name:
            node.label = name


def _edge(fields: list[str], header: list[str] | None, line: int, said_by: str) -> FileEdge:
    if header is None:
        facts = dict(zip((*COLUMNS, *(f"column_{i}" for i in range(5, 3 + len(fields)))), fields[2:], strict=False))
        return FileEdge(fields[0], fields[1], line, said_by, None, {k: v for k, v in facts.items() if v})
    row = dict(zip(header, fields, strict=False))
    source, target = next(ends for ends in ENDS if set(ends) <= set(header))
    ends = row.pop(source), row.pop(target)
    kind = FORMATS.get(row.pop("type", "").lower(), said_by) if row.get("type", "").lower() in FORMATS else said_by
    return FileEdge(*ends, line, kind, row.pop("id", None), {k: v for k, v in row.items() if v})


def _splitter(text: str) -> Callable[[str], list[str]]:
    """Return the function that splits lines into fields, chosen by the first line."""
    mark = next((mark for mark in "\t,;" if mark in text), None)
    if mark is None:
        return str.split
    if mark == "\t":
        return lambda line: [field.strip() for field in line.split("\t")]
    return lambda line: [field.strip() for field in next(csv.reader([line], delimiter=mark), [])]
