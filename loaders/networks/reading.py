"""Reading a network file: from bytes to nodes and records."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from twingraph.errors import InputError
from twingraph.loaders.identity import part_of
from twingraph.loaders.intake.files import Bundle, InputFile, read_lines
from twingraph.loaders.networks.attributes import (
    edge_content,
    edge_record,
    node_of,
    report_unused_attributes,
    scoped_id,
)
from twingraph.loaders.networks.csv_pair import read_csv_pair
from twingraph.loaders.networks.line_formats import name_nodes, read_edge_list, read_pajek
from twingraph.loaders.networks.model import NetworkFile
from twingraph.loaders.networks.node_link import read_node_link
from twingraph.loaders.networks.xml_formats import read_gexf, read_graphml
from twingraph.loaders.problems import Problems
from twingraph.loaders.records import NetworkNode, PartnershipRecord

__all__ = ["network_records", "read_network_file"]

LONGEST_META = 1 << 16
LONGEST_VALUE = 300


def read_network_file(form: str, file: InputFile, problems: Problems, encoding: str | None = None) -> NetworkFile:
    """Read a network file of a known form.

    Parameters
    ----------
    form
        ``gexf``, ``graphml``, ``node-link``, ``pajek``, ``csv pair`` or ``edges``.
    file
        The file, or the folder of a KONECT dataset.
    problems
        Where rows that cannot be used are noted.
    encoding
        The encoding, where the user names it.

    Raises
    ------
    InputError
        The file does not have this form or is incomplete.
    """
    network = NetworkFile(file.name, problems)
    if file.bundle is not None:
        return _read_bundle(file.bundle, network, encoding)
    match form:
        case "csv pair":
            read_csv_pair(file, network, encoding=encoding)
        case "gexf":
            read_gexf(file.stream(), network, encoding=encoding)
        case "graphml":
            read_graphml(file.stream(), network, encoding=encoding)
        case "node-link":
            read_node_link(file.stream(), network, encoding=encoding)
        case "pajek":
            read_pajek(file.lines(encoding), network)
        case _:
            read_edge_list(file.lines(encoding), network)
            if file.path.name.startswith("out."):
                title = file.path.name.removeprefix("out.")
                beside = Bundle({each.name: each for each in _beside(file.path)})
                _name_from(beside, title, network, encoding)
                _describe_from(beside, title, network)
    return network


def network_records(
    network: NetworkFile, dataset: str
) -> tuple[tuple[tuple[int, NetworkNode], ...], tuple[PartnershipRecord, ...]]:
    """Return the nodes of a network with their lines, and a record for each edge.

    Two edges between the same nodes are two statements of one partnership, even equal ones; a bidirectional edge is two
    as well.

    Parameters
    ----------
    network
        The file that was read.
    dataset
        Id of the dataset, used for the ids of nodes that no register knows.
    """
    nodes: dict[str, NetworkNode] = {}
    ids: set[str] = set()
    for key, node in network.nodes.items():
        made = node_of(network, node, dataset)
        if made.id in ids:  # two nodes that claim one register's id
            made = replace(made, id=scoped_id(dataset, key))
        ids.add(made.id)
        nodes[key] = made
    unnamed = [key for key, node in nodes.items() if node.query is None]
    if unnamed:
        examples = ", ".join(unnamed[:3])
        detail = f"{len(unnamed):,} nodes have only an id ({examples[:80]}{', …' if unnamed[3:] else ''})"
        network.report("nodes without a name", detail, "kept, unplaced")
    report_unused_attributes(network)
    seen: Counter[bytes] = Counter()
    records = []
    for edge in network.edges:
        ends = [(edge.source, edge.target)]
        if edge.said_by == "both" and edge.source != edge.target:
            ends.append((edge.target, edge.source))
        for first, second in ends:
            content = edge_content(edge, nodes[first], nodes[second])
            seen[content] += 1
            if seen[content] > 1:
                content = part_of(content, str(seen[content]))
            said_by = "first" if edge.said_by else ""
            records.append(edge_record(network, edge, nodes[first], nodes[second], content=content, said_by=said_by))
    return tuple((network.nodes[key].line, node) for key, node in nodes.items()), tuple(records)


def _read_bundle(bundle: Bundle, network: NetworkFile, encoding: str | None) -> NetworkFile:
    """Read a KONECT dataset: ``out.NAME``, and the names in ``ent.NAME`` where there are any."""
    found = [name for name in bundle if name.startswith("out.")]
    if len(found) != 1:
        cause = "there is no file out.*" if not found else f"there are several files out.* ({', '.join(found[:3])})"
        raise network.fault(cause, "Name the one file that holds the edges.")
    content = bundle[found[0]]
    with _opened(content, found[0]) as file:
        read_edge_list(read_lines(file, f"{network.name}/{found[0]}", encoding or "utf-8-sig"), network)
    _name_from(bundle, found[0].removeprefix("out."), network, encoding)
    _describe_from(bundle, found[0].removeprefix("out."), network)
    return network


def _describe_from(bundle: Bundle, title: str, network: NetworkFile) -> None:
    """Read the metadata of the dataset from ``meta.NAME``: lines of the form ``key: value``."""
    content = bundle.get(f"meta.{title}")
    if content is None:
        return
    with _opened(content, f"meta.{title}") as file:
        text = file.read(LONGEST_META).decode("utf-8", "replace")
    for line in text.splitlines():
        key, _, value = line.partition(":")
        plain = "".join(each for each in value if each.isprintable()).strip()
        if plain:
            network.meta.setdefault(key.strip().lower(), plain[:LONGEST_VALUE])


def _name_from(bundle: Bundle, title: str, network: NetworkFile, encoding: str | None) -> None:
    """Read the names of nodes from the first ``ent.*`` file that holds names."""
    entities = sorted(name for name in bundle if name == f"ent.{title}" or name.startswith(f"ent.{title}."))
    about_names = [name for name in entities if name.rpartition(".")[2] in {"name", "label", "title", "city"}]
    for name in (about_names or entities)[:1]:
        with _opened(bundle[name], name) as file:
            name_nodes(network, read_lines(file, name, encoding or "utf-8-sig"), name)


def _opened(content: bytes | Path, name: str) -> BinaryIO:
    if isinstance(content, bytes):
        return BytesIO(content)
    try:
        return content.open("rb")
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", "Check its permissions.", file=name) from error


def _beside(path: Path) -> Iterable[Path]:
    return [each for each in (*path.parent.glob("ent.*"), *path.parent.glob("meta.*")) if each.is_file()]
