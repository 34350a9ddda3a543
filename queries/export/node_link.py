"""Node-link JSON: what :func:`networkx.node_link_graph` and d3 read. Lists stay lists."""

import json
from collections.abc import Sequence
from typing import TextIO

from twingraph.queries.export.flat import FORMAT, Cell, Flat

__all__ = ["write_node_link"]


def write_node_link(flat: Flat, stream: TextIO) -> None:
    """Write an object with ``nodes`` and ``edges``, a line for each of them."""
    head = {"twingraph": FORMAT, "description": flat.description}
    stream.write(
        f'{{"directed": false, "multigraph": true, "graph": {json.dumps(head, ensure_ascii=False)},\n"nodes": ['
    )
    _write_rows(flat.nodes, stream)
    stream.write('],\n"edges": [')
    _write_rows([{**edge, "key": edge["id"]} for edge in flat.edges], stream)
    stream.write("]}\n")


def _write_rows(rows: Sequence[dict[str, Cell]], stream: TextIO) -> None:
    for number, row in enumerate(rows):
        # Letters beyond ASCII stay readable; what no UTF-8 file can hold is written by its number.
        text = json.dumps(row, ensure_ascii=False, allow_nan=False)
        if not text.isprintable():
            text = json.dumps(row, allow_nan=False)
        stream.write(f"{',' if number else ''}\n{text}")
    stream.write("\n")
