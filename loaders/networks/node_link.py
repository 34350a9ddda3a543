"""Node-link JSON, as networkx and d3 write it: an object with ``nodes`` and ``edges`` (or ``links``)."""

import json
from collections.abc import Mapping
from typing import BinaryIO

from twingraph.errors import ForeignFileError
from twingraph.loaders.intake.files import SAVE_AS_UTF8
from twingraph.loaders.networks.model import FileEdge, FileNode, NetworkFile

__all__ = ["read_node_link"]

MOST_BYTES = 1 << 29
"""512 MB; the JSON is held in memory."""


def read_node_link(file: BinaryIO, network: NetworkFile, *, encoding: str | None = None) -> NetworkFile:
    """Read node-link JSON into `network`. JSON has no lines: the n-th node or edge counts as line n.

    Raises
    ------
    twingraph.errors.InputError
        The file is not JSON, is nested too deep, or is not a node-link object.
    """
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise network.fault(f"the JSON is larger than {MOST_BYTES >> 20} MB", "Give it as GraphML or an edge list.")
    try:
        document = json.loads(data.decode(encoding or "utf-8-sig"), parse_constant=lambda name: name)
    except LookupError as error:
        raise network.fault(f"there is no encoding called {encoding!r}", "Try utf-8 or windows-1251.") from error
    except UnicodeError as error:
        raise network.fault("the text is not UTF-8", SAVE_AS_UTF8) from error
    except json.JSONDecodeError as error:
        cause = f"the JSON cannot be read ({error.msg})"
        raise network.fault(cause, "It may be truncated: save it again.", error.lineno) from error
    except (RecursionError, ValueError) as error:
        raise network.fault("the JSON is nested too deep or contains an infinite number", "Save it again.") from error
    nodes, edges = (
        (document.get("nodes"), document.get("edges", document.get("links")))
        if isinstance(document, dict)
        else (None, None)
    )
    if not isinstance(nodes, list) or not isinstance(edges, list):
        hint = 'It needs an object with "nodes" and "edges".'
        raise ForeignFileError("the JSON is not a node-link network", hint, file=network.name)
    if isinstance(document.get("graph"), dict):
        network.marks = _facts(document["graph"])
    for number, node in enumerate(nodes, start=1):
        if not isinstance(node, dict) or not isinstance(node.get("id"), str | int | float):
            raise network.fault(f"node {number} has no id", "Give every node an id of its own.")
        facts = _facts(node)
        network.add_node(FileNode(facts.pop("id"), number, None, facts))
    said_by = "source" if document.get("directed") is True else ""
    for number, edge in enumerate(edges, start=1):
        if not isinstance(edge, dict) or not all(isinstance(edge.get(end), str | int | float) for end in _ENDS):
            raise network.fault(f"edge {number} lacks its source or its target", "Give it both.")
        facts = _facts(edge)
        ends = facts.pop("source"), facts.pop("target")
        network.add_edge(FileEdge(*ends, number, said_by, facts.pop("id", facts.pop("key", None)), facts))
    return network.check()


_ENDS = ("source", "target")


def _facts(item: Mapping[str, object]) -> dict[str, str]:
    """Return attributes as texts; lists and objects stay JSON."""
    return {
        str(name): value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in item.items()
        if value is not None and value != ""
    }
