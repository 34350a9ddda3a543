"""Which form a network file is in, told by its content; a table is none of them."""

import re
from pathlib import Path
from typing import Literal

from twingraph.errors import ForeignFileError, InputError
from twingraph.loaders.intake.packed_files import Head, open_bundle
from twingraph.loaders.networks.csv_pair import EDGE_COLUMNS, NODE_COLUMNS
from twingraph.loaders.networks.edge_list import ENDS

__all__ = ["NETWORK_FORMS", "NetworkForm", "network_form"]

type NetworkForm = Literal["gexf", "graphml", "node-link", "pajek", "edges", "csv pair"]

NETWORK_FORMS: tuple[NetworkForm, ...] = ("gexf", "graphml", "node-link", "pajek", "edges", "csv pair")
LOOKED_AT = 20
NODE_LINK = re.compile(r'"(?:nodes|links|edges)"\s{0,99}:\s{0,99}\[')
"""A list of nodes or ties; a table may have a note that says "nodes"."""


def network_form(path: Path, head: Head | None) -> NetworkForm | None:
    """Return the form of a network file, ``None`` where it is none.

    A folder or a tar archive is a KONECT dataset when it has a file ``out.*``.

    Parameters
    ----------
    path
        The file or the folder.
    head
        The beginning of the file; a folder has none.

    Raises
    ------
    twingraph.errors.InputError
        The file cannot be read, or the archive is damaged.
    """
    name = str(path)
    bundle = open_bundle(path, name) if head is None or head.may_be_bundle else None
    if head is None or bundle is not None:
        if any(each.startswith("out.") for each in bundle or ()):
            return "edges"
        what = "folder" if path.is_dir() else "archive"
        cause = f"this is a{'n' if what == 'archive' else ''} {what} without a file out.*, as a KONECT dataset has one"
        raise ForeignFileError(cause, f"Name the file in it{'' if what == 'folder' else ', unpacked'}.", file=name)
    form = _by_head(_text(head), path.name.lower())
    if form is None and head.packed:
        raise InputError("what is packed in it is no network that is known", "Unpack it first.", file=name)
    return form


def _text(head: Head) -> str:
    if head.content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return head.content.decode("utf-16", "replace")
    return head.text


def _by_head(text: str, name: str) -> NetworkForm | None:
    start = text.lstrip().lower()
    if start.startswith("<"):
        places: dict[NetworkForm, int] = {"gexf": start.find("<gexf"), "graphml": start.find("<graphml")}
        there: list[NetworkForm] = sorted((form for form in places if places[form] >= 0), key=places.__getitem__)
        return there[0] if there else next((form for form in places if name.endswith(f".{form}")), None)
    if start.startswith("{"):
        return "node-link" if NODE_LINK.search(text) else None
    if start.startswith(("*vertices", "*network")):
        return "pajek"
    header = set(text.split("\n", 1)[0].strip().split(","))
    if any(columns <= header for columns in (EDGE_COLUMNS, NODE_COLUMNS)):
        return "csv pair"
    rows = [row.strip() for row in text.splitlines()[:200] if row.strip()]
    data = [row for row in rows if row[0] not in "%#"]
    commented = len(data) < len(rows) and rows[0][0] == "%"
    if commented or name.startswith("out.") or _looks_like_edges(data[:LOOKED_AT]):
        return "edges"
    return None


def _looks_like_edges(rows: list[str]) -> bool:
    """Tell whether rows begin with two numbers each, or stand under a header that names two ends."""
    if not rows:
        return False
    for mark in ("\t", ",", ";"):
        header = {field.strip().strip('"').lower().replace(" ", "_") for field in rows[0].split(mark)}
        if {"from_country", "to_country"} <= header:
            return False  # a table of flows
        if any(set(ends) <= header for ends in ENDS):
            return True
    for row in rows:
        fields = row.replace("\t", " ").split()
        if not 2 <= len(fields) <= 4 or not all(field.lstrip("-").isdecimal() for field in fields[:2]):
            return False
    return True
