"""What a network file says, before anyone asks which places are meant."""

from dataclasses import dataclass, field

from twingraph.errors import InputError
from twingraph.loaders.problems import Problems

__all__ = ["FileEdge", "FileNode", "NetworkFile"]

LONGEST_KEY = 300
"""No network names its nodes by longer ids; a longer one is a fault of the file."""


@dataclass(slots=True)
class FileNode:
    """A node: its id as written, the line it stands on, its label, and its attributes by title."""

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
        Where it stands.
    said_by
        Whose statement it is: ``"source"`` where the file is directed, ``"both"`` where the edge runs both ways,
        empty where it has no direction.
    key
        Its own id, where it has one.
    facts
        Its attributes by title.
    """

    source: str
    target: str
    line: int
    said_by: str = ""
    key: str | None = None
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class NetworkFile:
    """A network file that has been read.

    Attributes
    ----------
    name
        What messages call it.
    problems
        Where faults are noted.
    declares
        Whether the form lists its nodes, so that an edge may only join those.
    nodes
        By id, in the order of the file.
    edges
        In the order of the file.
    marks
        Attributes of the graph itself.
    meta
        What a file beside it says of a KONECT dataset: its ``name``, ``code``, ``url`` and so on.
    """

    name: str
    problems: Problems
    declares: bool = True
    nodes: dict[str, FileNode] = field(default_factory=dict)
    edges: list[FileEdge] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)
    meta: dict[str, str] = field(default_factory=dict)

    def report(self, cause: str, detail: str, outcome: str, line: int | None = None) -> None:
        """Note a problem."""
        self.problems.add(cause, detail, outcome=outcome, file=self.name, line=line)

    def fault(self, message: str, hint: str, line: int | None = None) -> InputError:
        """Return the error that refuses the file."""
        return InputError(message, hint, file=self.name, line=line)

    def add_node(self, node: FileNode) -> FileNode:
        """Add a node.

        Raises
        ------
        InputError
            Its id is missing, too long, or another node's.
        """
        if not node.key.strip():
            raise self.fault("a node has no id", "Give every node an id of its own.", node.line)
        if len(node.key) > LONGEST_KEY:
            cause = f"the id of a node has {len(node.key):,} characters ({node.key[:40]}…)"
            raise self.fault(cause, "Give it a shorter one.", node.line)
        before = self.nodes.get(node.key)
        if before is not None:
            cause = f"the node {node.key[:80]!r} stands twice, first on line {before.line}"
            raise self.fault(cause, "Give every node an id of its own.", node.line)
        self.nodes[node.key] = node
        return node

    def add_edge(self, edge: FileEdge) -> FileEdge:
        """Add an edge; where the form does not list its nodes, the edge brings them."""
        if not self.declares:
            for key in (edge.source, edge.target):
                if key not in self.nodes:
                    self.add_node(FileNode(key, edge.line))
        self.edges.append(edge)
        return edge

    def check(self) -> "NetworkFile":
        """Check that every edge joins nodes that are there, and return the file.

        Raises
        ------
        InputError
            An edge names an unknown node, or there is neither node nor edge.
        """
        for edge in self.edges:
            for key in (edge.source, edge.target):
                if key not in self.nodes:
                    cause = f"an edge names the node {key[:80]!r}, which the file does not have"
                    raise self.fault(cause, "Add the node, or take the edge out.", edge.line)
        if not self.nodes:
            raise self.fault("the network has no nodes", "Give a network with nodes and edges.")
        return self
