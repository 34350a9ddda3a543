"""Edge lists: a line an edge. KONECT's ``out.*`` files (http://konect.cc), and plain ones with tabs, blanks or commas.

KONECT's form: comments begin with ``%``; the first says ``sym``, ``asym`` or ``bip`` and the sort of weights, the
second may give the numbers of edges and nodes; then ``a b [weight [timestamp]]``. Names of nodes, where there are any,
stand in a file of their own, a line a node.
"""

import csv
import re
from collections.abc import Callable, Iterable

from twingraph.loaders.networks.model import FileEdge, NetworkFile

__all__ = ["ENDS", "name_nodes", "read_edge_list"]

ENDS = (("source", "target"), ("from", "to"), ("node1", "node2"), ("node_1", "node_2"))
"""Names of the two columns that an edge list with a header has, in lower case."""
COLUMNS = ("weight", "timestamp")
SIZES = re.compile(r"%?\s*(\d+)\s+(\d+)\s+(\d+)\s*")
FORMATS = {"sym": "", "asym": "source", "bip": "", "undirected": "", "directed": "source"}

type Lines = Iterable[tuple[int, str]]


def read_edge_list(lines: Lines, network: NetworkFile) -> NetworkFile:
    """Read an edge list into `network`.

    Lines that begin with ``%`` or ``#`` are comments. Fields are parted by tabs, else by commas or semicolons where a
    header says so, else by blanks; a header names two columns as in `ENDS`. In a bipartite network the two ends count
    apart: the right ones are called ``right 1``, ``right 2`` ….

    Raises
    ------
    twingraph.errors.InputError
        There is no edge in it.
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
        raise network.fault("there is no edge in it", "Give two nodes a line, parted by a tab or a blank.")
    if sizes and sizes[0] != len(network.edges):
        said = f"the header says {sizes[0]:,} edges, the file has {len(network.edges):,}"
        network.report("not as many edges as announced", said, "kept as they are", 1)
    return network.check()


def name_nodes(network: NetworkFile, lines: Lines, file: str) -> None:
    """Give nodes numbered from 1 the names that a KONECT ``ent.*`` file lists, a line a node."""
    names = [text.strip() for _line, text in lines if not text.startswith("%")]
    if len(names) < len(network.nodes):
        said = f"{file} has {len(names):,} names for {len(network.nodes):,} nodes"
        network.report("fewer names than nodes", said, "the other nodes keep their numbers")
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
    """Return what parts lines like the first one into fields."""
    mark = next((mark for mark in "\t,;" if mark in text), None)
    if mark is None:
        return str.split
    if mark == "\t":
        return lambda line: [field.strip() for field in line.split("\t")]
    return lambda line: [field.strip() for field in next(csv.reader([line], delimiter=mark), [])]
