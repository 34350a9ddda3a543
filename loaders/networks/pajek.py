"""Pajek (http://mrvar.fdv.uni-lj.si/pajek): ``*Vertices n``, then ``*Edges``, ``*Arcs`` or lists of them."""

import re
from collections.abc import Iterable

from twingraph.loaders.networks.model import FileEdge, FileNode, NetworkFile

__all__ = ["read_pajek"]

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
