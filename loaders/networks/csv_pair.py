"""The two tables that twingraph exports: ``NAME.nodes.csv`` and ``NAME.edges.csv``."""

import csv
import re
from collections.abc import Iterator

from twingraph.errors import InputError
from twingraph.loaders.intake.files import InputFile, open_input
from twingraph.loaders.networks.model import FileEdge, FileNode, NetworkFile

__all__ = ["EDGE_COLUMNS", "NODE_COLUMNS", "read_csv_pair"]

EDGE_COLUMNS = frozenset({"id", "source", "target", "relation"})
NODE_COLUMNS = frozenset({"id", "label", "node_type"})
LONGEST_CELL = 1 << 24
"""Bytes. One cell holds all statements of a partnership."""
DEFUSED = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")
"""Cells that the export prefixed with an apostrophe, so that no spreadsheet executes them."""


def read_csv_pair(file: InputFile, network: NetworkFile, *, encoding: str | None = None) -> NetworkFile:
    """Read a table of edges with its table of nodes from the same folder, or a table of nodes alone.

    Raises
    ------
    InputError
        A table cannot be read, or the table of nodes is missing.
    """
    network.marks["twingraph"] = "1"
    if ".edges" not in file.path.name:
        _add_nodes(file, network, encoding)
        return network.check()
    nodes = file.path.with_name(file.path.name.replace(".edges", ".nodes"))
    if not nodes.is_file():
        raise network.fault(f"its table of nodes, {nodes.name}, is missing", "Put both into one folder.")
    with open_input(nodes) as nodes_file:
        _add_nodes(nodes_file, network, encoding)
    for line, row in _rows(file, EDGE_COLUMNS, encoding):
        row.pop("type", None)
        ends = row.pop("source", ""), row.pop("target", "")
        network.add_edge(FileEdge(*ends, line, "", row.pop("id", None), row))
    return network.check()


def _add_nodes(file: InputFile, network: NetworkFile, encoding: str | None) -> None:
    for line, row in _rows(file, NODE_COLUMNS, encoding):
        network.add_node(FileNode(row.pop("id"), line, None, row))


def _rows(file: InputFile, columns: frozenset[str], encoding: str | None) -> Iterator[tuple[int, dict[str, str]]]:
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        reader = csv.reader((text for _line, text in file.lines(encoding, keep_ends=True)), strict=True)
        header = next(reader, [])
        if not columns <= set(header):
            missing = ", ".join(sorted(columns - set(header)))
            raise InputError(f"the column {missing} is missing", "Export it again.", file=file.name, line=1)
        line = reader.line_num + 1
        for fields in reader:
            if len(fields) != len(header):
                cause = f"{len(fields)} fields where the header has {len(header)}"
                raise InputError(cause, "Export it again.", file=file.name, line=line)
            yield line, {column: _text(cell) for column, cell in zip(header, fields, strict=True) if cell}
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(f"the table cannot be read ({error})", "Export it again.", file=file.name) from error
    finally:
        csv.field_size_limit(before)


def _text(cell: str) -> str:
    return cell[1:] if DEFUSED.match(cell) else cell
