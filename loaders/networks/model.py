"""The content of a network file before its places are resolved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from twingraph.errors import InputError
from twingraph.loaders.problems import Problems

__all__ = ["FileEdge", "FileNode", "NetworkFile"]

LONGEST_KEY = 300
"""Characters; chosen by hand. A longer id indicates a damaged file."""


@dataclass(slots=True)
class FileNode:
    """A node: its id as written, its line in the file, its label, and its attributes by title."""

    key: str
    line: int
    label: str | None = None
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class FileEdge:
    """An edge between two nodes.

    Attributes
    ----------
    source, target
        Ids of its nodes.
    line
        Its line in the file.
    said_by
        The end that makes the statement: ``"source"`` in a directed file, ``"both"`` for a bidirectional edge, empty
        for an undirected one.
    key
        Its own id, if any.
    facts
        Its attributes by title.
    written
        What the file writes about it, by field, where `facts` are not the texts of the file but what a reader made of
        them; its ends do not belong to it.
    """

    source: str
    target: str
    line: int
    said_by: str = ""
    key: str | None = None
    facts: dict[str, str] = field(default_factory=dict)
    written: Mapping[str, str | Sequence[str]] | None = None


@dataclass(slots=True)
class NetworkFile:
    """A network file that has been read.

    Attributes
    ----------
    name
        The name used in messages.
    problems
        Collects the problems.
    declares
        Whether the form lists its nodes, so that edges may join only those.
    nodes
        By id, in the order of the file.
    edges
        In the order of the file.
    marks
        Attributes of the graph itself.
    meta
        Metadata of a KONECT dataset from its ``meta.*`` file: ``name``, ``code``, ``url`` and so on.
    """

    name: str
    problems: Problems
    declares: bool = True
    nodes: dict[str, FileNode] = field(default_factory=dict)
    edges: list[FileEdge] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)
    meta: dict[str, str] = field(default_factory=dict)

    def report(self, cause: str, detail: str, outcome: str, line: int | None = None) -> None:
        """Report a problem."""
        self.problems.add(cause, detail, outcome=outcome, file=self.name, line=line)

    def fault(self, message: str, hint: str, line: int | None = None) -> InputError:
        """Return the error that refuses the file."""
        return InputError(message, hint, file=self.name, line=line)

    def add_node(self, node: FileNode) -> FileNode:
        """Add a node.

        Raises
        ------
        InputError
            Its id is missing, too long, or already used.
        """
        if not node.key.strip():
            raise self.fault("a node has no id", "Give every node an id of its own.", node.line)
        if len(node.key) > LONGEST_KEY:
            cause = f"the id of a node has {len(node.key):,} characters ({node.key[:40]}…)"
            raise self.fault(cause, "Give it a shorter one.", node.line)
        before = self.nodes.get(node.key)
        if before is not None:
            cause = f"the node {node.key[:80]!r} occurs twice, first on line {before.line}"
            raise self.fault(cause, "Give every node an id of its own.", node.line)
        self.nodes[node.key] = node
        return node

    def add_edge(self, edge: FileEdge) -> FileEdge:
        """Add an edge, and its nodes if the form does not list them."""
        if not self.declares:
            for key in (edge.source, edge.target):
                if key not in self.nodes:
                    self.add_node(FileNode(key, edge.line))
        self.edges.append(edge)
        return edge

    def check(self) -> "NetworkFile":
        """Check that every edge joins existing nodes, and return the file.

        Raises
        ------
        InputError
            An edge names an unknown node, or the file has no nodes.
        """
        for edge in self.edges:
            for key in (edge.source, edge.target):
                if key not in self.nodes:
                    cause = f"an edge names the node {key[:80]!r}, which the file does not have"
                    raise self.fault(cause, "Add the node, or remove the edge.", edge.line)
        if not self.nodes:
            raise self.fault("the network has no nodes", "Give a network with nodes and edges.")
        return self
