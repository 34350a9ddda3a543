"""Networks in XML: GEXF 1.1 to 1.3 (https://gexf.net) and GraphML (http://graphml.graphdrawing.org)."""

from typing import BinaryIO, NamedTuple

from twingraph.loaders.networks.attributes import written_facts
from twingraph.loaders.networks.model import FileEdge, FileNode, NetworkFile
from twingraph.loaders.networks.spells import Times, set_times
from twingraph.loaders.networks.xml import parse_xml

__all__ = ["read_gexf", "read_graphml"]

TIMES = frozenset({"start", "startopen", "end", "endopen", "timestamp", "timestamps"})
SAID_BY = {"directed": "source", "undirected": "", "mutual": "both"}


def read_gexf(file: BinaryIO, network: NetworkFile, *, encoding: str | None = None) -> NetworkFile:
    """Read a GEXF document into `network`.

    Nested nodes are read as nodes. Positions and colours are ignored. The times of an edge, or its spells, become its
    dates: it has no end where its last spell has none. A timestamp is no date of an edge and stays in its words.

    Raises
    ------
    twingraph.errors.InputError
        The file is not GEXF or is incomplete.
    """
    parse_xml(file, network.name, _Gexf(network), encoding=encoding)
    return network.check()


class _Spell(NamedTuple):
    start: str
    end: str
    is_own: bool
    """Whether it is the time of the item itself."""


class _Gexf:
    def __init__(self, network: NetworkFile) -> None:
        self.line = 0
        self.network = network
        self.open: list[str] = []
        self.directed = "undirected"
        self.declaring = "node"
        self.attribute = ""
        self.titles: dict[tuple[str, str], str] = {}
        self.defaults: dict[tuple[str, str], str] = {}
        self.items: list[FileNode | FileEdge] = []
        self.spells: dict[int, list[_Spell]] = {}  # of each open item that has times, by its depth
        self.edge_keys: set[str] = set()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if not self.open and tag != "gexf":
            raise self.network.fault(
                f"this is not GEXF: the root element is <{tag[:40]}>", "Give a .gexf file.", self.line
            )
        self.open.append(tag)
        match tag:
            case "graph":
                self.directed = attributes.get("defaultedgetype", "undirected")
            case "attributes":
                self.declaring = attributes.get("class", "node")
            case "attribute":
                self.attribute = attributes.get("id", "")
                self.titles[self.declaring, self.attribute] = attributes.get("title") or self.attribute
            case "node":
                label = attributes.get("label")
                self.push(self.network.add_node(FileNode(attributes.get("id", ""), self.line, label)), attributes)
            case "edge":
                self.start_edge(attributes)
            case "attvalue" if self.items:
                self.value(attributes)
            case "spell" if self.items:
                self.note_time(attributes)

    def start_edge(self, attributes: dict[str, str]) -> None:
        kind = attributes.get("type", self.directed)
        if kind not in SAID_BY:
            self.network.report("unknown direction", kind[:80], "taken as undirected", self.line)
        ends = attributes.get("source"), attributes.get("target")
        if ends[0] is None or ends[1] is None:
            raise self.network.fault("an edge lacks its source or its target", "Give it both.", self.line)
        edge = FileEdge(ends[0], ends[1], self.line, SAID_BY.get(kind, ""), attributes.get("id"))
        if edge.key is not None and edge.key in self.edge_keys:
            self.network.report("edge id occurs twice", edge.key[:80], "both edges kept", self.line)
        self.edge_keys.add(edge.key or "")
        edge.facts.update({name: attributes[name] for name in ("weight", "label", "kind") if attributes.get(name)})
        self.push(self.network.add_edge(edge), attributes)

    def push(self, item: FileNode | FileEdge, attributes: dict[str, str]) -> None:
        self.items.append(item)
        self.note_time(attributes, is_own=True)

    def value(self, attributes: dict[str, str]) -> None:
        item = self.items[-1]
        sort = "node" if isinstance(item, FileNode) else "edge"
        key = attributes.get("for", attributes.get("id", ""))
        title = self.titles.get((sort, key))
        if title is None:
            self.network.report("attribute not declared", f"{sort} attribute {key[:80]!r}", "kept by its id", self.line)
            title = self.titles[sort, key] = key
        item.facts[title] = attributes.get("value", "")

    def note_time(self, attributes: dict[str, str], *, is_own: bool = False) -> None:
        if TIMES.isdisjoint(attributes):
            return
        start, end = (attributes.get(name, attributes.get(f"{name}open", "")) for name in ("start", "end"))
        if _is_time(start) or _is_time(end):
            spell = _Spell(start if _is_time(start) else "", end if _is_time(end) else "", is_own)
            self.spells.setdefault(len(self.items), []).append(spell)
        stamps = [attributes[name] for name in ("timestamp", "timestamps") if attributes.get(name)]
        if stamps and isinstance(self.items[-1], FileEdge):
            facts = self.items[-1].facts
            facts["timestamp"] = ", ".join(filter(None, (facts.get("timestamp"), *stamps)))

    def set_spells(self, edge: FileEdge, spells: list[_Spell]) -> None:
        """Set the dates of an edge from its spells, or from its own times where it has no spells."""
        spells = sorted(spell for spell in spells if not spell.is_own) or spells
        written = f"spells {', '.join(f'{spell.start}–{spell.end}' for spell in spells)}"
        times = Times(
            tuple(spell.start for spell in spells if spell.start),
            tuple(spell.end for spell in spells if spell.end),
            is_open=not all(spell.end for spell in spells),
            begins_open=not all(spell.start for spell in spells),
            written=written if spells[1:] else "",
        )
        raw = [f"{spell.start}–{spell.end}" for spell in spells]
        edge.written = {**written_facts(edge.facts), "spells": raw}
        set_times(self.network, edge, times)

    def end(self, tag: str, text: str) -> None:
        self.open.pop()
        match tag:
            case "default":
                self.defaults[self.declaring, self.attribute] = text.strip()
            case "node" | "edge":
                item = self.items.pop()
                if (spells := self.spells.pop(len(self.items) + 1, None)) is not None and isinstance(item, FileEdge):
                    self.set_spells(item, spells)
                for (sort, key), default in self.defaults.items():
                    if sort == tag:
                        item.facts.setdefault(self.titles[sort, key], default)
            case "creator" | "description" if self.open[-1:] == ["meta"]:
                self.network.marks[tag] = text.strip()


def _is_time(text: str) -> bool:
    return bool(text) and text.lstrip("+-").lower() not in {"infinity", "inf", "nan"}


def read_graphml(file: BinaryIO, network: NetworkFile, *, encoding: str | None = None) -> NetworkFile:
    """Read a GraphML document into `network`; nested graphs become part of the graph.

    Raises
    ------
    twingraph.errors.InputError
        The file is not GraphML or is incomplete, or it has hyperedges or several graphs, which are not supported.
    """
    parse_xml(file, network.name, _GraphML(network), encoding=encoding)
    return network.check()


class _GraphML:
    def __init__(self, network: NetworkFile) -> None:
        self.line = 0
        self.network = network
        self.open: list[str] = []
        self.graphs = 0
        self.directed = False
        self.key = ""
        self.titles: dict[str, str] = {}
        self.defaults: list[tuple[str, str, str]] = []
        self.sort = "all"
        self.items: list[FileNode | FileEdge] = []
        self.data = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if not self.open and tag != "graphml":
            cause = f"this is not GraphML: the root element is <{tag[:40]}>"
            raise self.network.fault(cause, "Give a .graphml file.", self.line)
        self.open.append(tag)
        match tag:
            case "key":
                self.key = attributes.get("id", "")
                self.sort = attributes.get("for", "all")
                self.titles[self.key] = attributes.get("attr.name") or self.key
            case "graph":
                self.start_graph(attributes)
            case "node":
                self.items.append(self.network.add_node(FileNode(attributes.get("id", ""), self.line)))
            case "edge":
                self.start_edge(attributes)
            case "data":
                self.data = attributes.get("key", "")
            case "hyperedge":
                cause = "the file has a hyperedge; a partnership joins two places"
                raise self.network.fault(cause, "Write it as edges between two nodes each.", self.line)

    def start_graph(self, attributes: dict[str, str]) -> None:
        if self.open == ["graphml", "graph"]:
            self.graphs += 1
            if self.graphs > 1:
                cause = "the file holds several graphs"
                raise self.network.fault(cause, "Save each as a file of its own.", self.line)
        self.directed = attributes.get("edgedefault") == "directed"

    def start_edge(self, attributes: dict[str, str]) -> None:
        ends = attributes.get("source"), attributes.get("target")
        if ends[0] is None or ends[1] is None:
            raise self.network.fault("an edge lacks its source or its target", "Give it both.", self.line)
        own = attributes.get("directed")
        directed = self.directed if own is None else own == "true"
        edge = FileEdge(ends[0], ends[1], self.line, "source" if directed else "", attributes.get("id"))
        self.items.append(self.network.add_edge(edge))

    def end(self, tag: str, text: str) -> None:
        self.open.pop()
        match tag:
            case "default":
                self.defaults.append((self.sort, self.titles.get(self.key, self.key), text))
            case "data":
                self.end_data(text)
            case "NodeLabel" | "EdgeLabel" if self.items and text.strip():
                self.items[-1].facts.setdefault("label", text.strip())
            case "node" | "edge":
                item = self.items.pop()
                for sort, title, default in self.defaults:
                    if sort in {tag, "all"}:
                        item.facts.setdefault(title, default)

    def end_data(self, text: str) -> None:
        title = self.titles.get(self.data)
        if title is None:
            self.network.report("attribute not declared", repr(self.data[:80]), "kept by its id", self.line)
            title = self.titles[self.data] = self.data
        if self.items:
            if text.strip():
                self.items[-1].facts[title] = text
        elif "graph" in self.open:
            self.network.marks[title] = text
