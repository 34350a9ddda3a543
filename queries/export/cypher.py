r"""A Cypher script that builds the same graph elsewhere: in another Neo4j, by cypher-shell or Neo4j Browser.

Values are literals in the script, so they are escaped here and nowhere else. A server may read ``\u0027`` as a
quote before it looks for texts, even after a backslash that is itself escaped: a backslash before ``u`` therefore ends
its piece of text.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import batched
from typing import TYPE_CHECKING, TextIO

from twingraph.graph.cypher import merge_nodes, merge_relationships
from twingraph.graph.schema import schema_statements
from twingraph.queries.export.extract import Extract

if TYPE_CHECKING:
    from twingraph.graph.model import Label, Relation

BATCH = 200
"""Rows in one statement: a server plans longer lists of literals slowly."""

_ESCAPED = {
    "\\": "\\\\",
    "'": "\\'",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
}
_SPECIAL = re.compile(r"[\\'\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def write_cypher(extract: Extract, stream: TextIO) -> None:
    """Write the script: constraints, indexes, then nodes and relationships, each statement ended by a semicolon."""
    stream.write(f"// {_comment(extract.description)}\n// Run it again and nothing changes: it only merges by id.\n")
    stream.writelines(f"{statement};\n" for statement in cypher_statements(extract))


def cypher_statements(extract: Extract) -> Iterator[str]:
    """Yield the statements of the script, without semicolons."""
    yield from schema_statements()
    by_label: dict[Label, list[Mapping[str, object]]] = {}
    for ref, facts in extract.nodes.items():
        by_label.setdefault(ref.label, []).append(facts)
    for label, rows in by_label.items():
        yield from _filled(merge_nodes(label), rows)
    groups: dict[tuple[Relation, Label, Label], list[Mapping[str, object]]] = {}
    for edge in extract.edges:
        row = {"start": edge.start.id, "end": edge.end.id, "properties": edge.properties}
        groups.setdefault((edge.relation, edge.start.label, edge.end.label), []).append(row)
    for between, rows in groups.items():
        yield from _filled(merge_relationships(*between), rows)


def _filled(text: str, rows: Sequence[Mapping[str, object]]) -> Iterator[str]:
    for batch in batched(rows, BATCH):
        yield text.replace("$rows", literal(batch), 1)


def literal(value: object) -> str:  # noqa: PLR0911 - one return for each type of value
    """Return a value as Cypher writes it.

    Raises
    ------
    TypeError
        It is nothing that a property can be.
    """
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return _number(value)
        case str():
            return _text(value)
        case Mapping():
            return "{" + ", ".join(f"{_name(str(key))}: {literal(each)}" for key, each in value.items()) + "}"
        case list() | tuple():
            return f"[{', '.join(map(literal, value))}]"
    raise TypeError(f"{value!r} is no property")


def _number(value: float) -> str:
    if math.isnan(value):
        return "(0.0 / 0.0)"
    if math.isinf(value):
        return "(1.0 / 0.0)" if value > 0 else "(-1.0 / 0.0)"
    return repr(value)


def _text(text: str) -> str:
    pieces = (_SPECIAL.sub(_escape, piece) for piece in text.split("\\u"))
    return "'" + "\\\\' + 'u".join(pieces) + "'"


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    return _ESCAPED.get(character) or f"\\u{ord(character):04x}"


def _name(name: str) -> str:
    return name if _NAME.fullmatch(name) else "`" + name.replace("`", "``") + "`"


def _comment(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
