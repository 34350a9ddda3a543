"""Two CSV tables, nodes and edges: for spreadsheets, pandas and Gephi's import.

A text that a spreadsheet would run as a formula gets an apostrophe before it; so does one that begins with
apostrophes and would then look like it. twingraph takes that one apostrophe off again when it reads the file.
"""

import csv
import re
from collections.abc import Sequence
from typing import TextIO

from twingraph.queries.export.flat import Cell, Flat, text_of

__all__ = ["write_edges", "write_nodes"]

_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")


def write_nodes(flat: Flat, stream: TextIO) -> None:
    """Write the nodes: RFC 4180, UTF-8, a header."""
    _write(flat.node_columns, flat.nodes, stream)


def write_edges(flat: Flat, stream: TextIO) -> None:
    """Write the edges; the column ``type`` marks them as undirected for Gephi."""
    _write((*flat.edge_columns, "type"), [{**edge, "type": "Undirected"} for edge in flat.edges], stream)


def _write(columns: Sequence[str], rows: Sequence[dict[str, Cell]], stream: TextIO) -> None:
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[column]) if column in row else "" for column in columns])


def _cell(cell: Cell) -> str:
    text = text_of(cell)
    return f"'{text}" if isinstance(cell, str) and _FORMULA.match(text) else text
