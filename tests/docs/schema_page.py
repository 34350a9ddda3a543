"""The page of the schema, written from `twingraph.graph.schema` and the docstrings of `twingraph.graph.model`."""

import inspect
import re
from collections.abc import Iterable
from dataclasses import fields
from itertools import groupby

from twingraph.graph.model import Kind, Label, Status
from twingraph.graph.schema import NODES, RELATIONS, property_names

TYPES = {
    "str": "text", "twingraph.graph.model.nodes.UnplacedCode": "text", "int": "whole number", "float": "number",
    "bool": "true or false", "tuple[str, ...]": "texts",
}  # fmt: skip

COMMON = {
    "id": "Names it for good; unique.",
    "name": "The usual English name.",
    "name_uk": "The Ukrainian name.",
    "name_local": "The name in the country's own language.",
    "aliases": "Other spellings.",
    "kind": "Which kind it is.",
    "status": "Whether it is in force.",
    "country_code": "ISO 3166-1 alpha-2.",
    "continent": "On which it lies.",
    "publisher": "Who publishes it.",
    "url": "Its address.",
    "since": "From when.",
    "until": "Until when.",
    "stated": "When it was said.",
    "signed_by": "Who signed, as the sources write it.",
    "approved_by": "Which body approved it.",
    "themes": "What the two work on.",
    "note": "The source's own remark.",
    "source_ids": "Ids of the `Source` nodes that say so.",
    "row": "The row of the dataset, counted as its file counts lines.",
    "sheet": "The sheet of a workbook that holds the row.",
    "retrieved": "When it was read.",
}
"""What a property means wherever its class does not say more."""

INTRODUCTION = """\
# What is in the graph

<!-- Written by `make docs` from graph/schema.py and graph/model/. -->

A graph has nodes (municipalities, countries, sources) and relationships between them (this one is a partner of that
one). Both carry properties. A property that nobody knows is absent: `m.population IS NULL` finds the municipalities
without one. Dates are texts as exact as the source: `2022`, `2022-11` or `2022-11-23`.

A partnership has no direction. Match it without an arrow: `(a)-[p:PARTNERS_WITH]-(b)`."""

IDS = """\
## Ids

Ids last: the same source gives the same ids after an upgrade. A statement's id is a hash of its dataset's id and of
what its row says: the texts that the source wrote, each under the name of the field that it was read for. The order
of the columns, columns that are not used, spaces around a cell, the number of the row and the place of the file do
not count. When a date or a status is read better, the statement keeps its id and its properties change; when the
source writes something else, a new statement replaces it. Of a list in one cell each statement counts its own item,
so that one more item leaves the others as they are. Where an id holds a name (`name:…`, `metropolis:…`, programmes),
it is written with the letters a to z: Cyrillic in the official romanisation of Ukrainian, other scripts letter by
letter."""

EXAMPLES = """\
## Examples

Partners of the municipalities of an oblast:

```cypher
MATCH (:Region {id: 'UA-18'})<-[:IN_REGION]-(m:Municipality)-[p:PARTNERS_WITH]-(partner)
RETURN m.name, partner.name, p.kind, p.status, p.since
ORDER BY m.name, partner.name
```

Who said so, and in which words:

```cypher
MATCH (s:Statement)-[f:FROM]->(source:Source)
WHERE s.partnership_id = $id
RETURN source.title, source.url, f.row, s.status, s.since, s.words
```"""


def prose(text: str) -> str:
    """Turn the markup of a docstring into that of a page."""
    text = re.sub(r":func:`(\w+)`", r"`twingraph.graph.model.\1`", text)
    return re.sub(r"\s+", " ", text.replace("``", "`").replace("|", "\\|")).strip()


def describe(cls: type) -> tuple[str, dict[str, str]]:
    """The summary of a model class, and what its docstring says of each property."""
    summary, _, attributes = (inspect.getdoc(cls) or "").partition("\nAttributes\n----------\n")
    found = {}
    for names, text in re.findall(r"^(\S.*)\n((?:    .*(?:\n|$))+)", attributes, re.MULTILINE):
        found |= dict.fromkeys(names.split(", "), prose(text))
    return prose(re.sub(r"^``[A-Z_]+``: ", "", summary)), found


def type_name(annotation: object) -> str:
    """The name of a type as `TYPES` knows it, absent or not."""
    name = annotation.__name__ if type(annotation) is type else str(annotation)
    return name.removesuffix(" | None")


def section(name: str, cls: type, ends: str = "", indexes: Iterable[str] = ()) -> str:
    """One label or relationship type: what it is, and its properties."""
    summary, meaning = describe(cls)
    lines = [f"### {name}", "", summary[:1].upper() + summary[1:]]
    if ends:
        lines += ["", ends]
    rows = [field for field in fields(cls) if field.name in property_names(cls)]
    if rows:
        lines += ["", "| property | type | what it says |", "| --- | --- | --- |"]
    for text, alike in groupby(rows, key=lambda field: meaning.get(field.name) or COMMON[field.name]):
        together = list(alike)
        names = ", ".join(f"`{field.name}`" for field in together)
        kinds = ", ".join(dict.fromkeys(TYPES[type_name(field.type)] for field in together))
        lines.append(f"| {names} | {kinds} | {text} |")
    if indexes:
        lines += ["", f"Found quickly by {', '.join(f'`{index}`' for index in ('id', *indexes))}."]
    return "\n".join(lines)


def labels(of: Iterable[Label]) -> str:
    """Name labels in a sentence."""
    return ", ".join(f"`{label}`" for label in of)


def schema_page() -> str:
    """Write the page."""
    parts = [INTRODUCTION, "## Nodes"]
    parts += [section(label, node.cls, indexes=node.indexes) for label, node in NODES.items()]
    parts.append("## Relationships")
    parts += [
        section(name, item.cls, f"From {labels(item.starts)} to {labels(item.ends)}.")
        for name, item in RELATIONS.items()
    ]
    parts += [
        "## Kinds and statuses",
        f"`kind` of a partnership is one of {', '.join(f'`{kind}`' for kind in Kind)}.",
        f"`status` is one of {', '.join(f'`{status}`' for status in Status)}.",
        IDS,
        EXAMPLES,
    ]
    return "\n\n".join(parts) + "\n"
