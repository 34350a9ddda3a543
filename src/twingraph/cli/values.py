"""How one value of a row is written: as a line of text, or as JSON."""

import json
import math
from collections.abc import Mapping

from twingraph.graph.store import Path, Relationship, Vertex

__all__ = ["as_json", "as_text", "dump", "names_of"]


def as_text(value: object) -> str:  # noqa: PLR0911 - one return for each type of value
    """Return `value` as people read it; unknown is empty, a list is joined by ``"; "``."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case Vertex():
            name = value.properties.get("name") or value.properties.get("title") or value.properties.get("id") or ""
            node_id = value.properties.get("id")
            tail = f" {node_id}" if node_id not in {None, name} else ""
            return f"{as_text(name)} [{':'.join(value.labels)}{tail}]".lstrip()
        case Relationship():
            facts = as_text(value.properties)
            return f"{value.type} {facts}" if value.properties else value.type
        case Path():
            steps = [as_text(value.nodes[0])] if value.nodes else []
            for relationship, node in zip(value.relationships, value.nodes[1:], strict=True):
                steps += [f"–{relationship.type}–", as_text(node)]
            return " ".join(steps)
        case Mapping():
            return "{" + ", ".join(f"{key}: {as_text(each)}" for key, each in sorted(value.items())) + "}"
        case list() | tuple():
            return "; ".join(map(as_text, value))
        case _:
            return str(value)


def as_json(value: object) -> object:  # noqa: PLR0911
    """Return `value` as JSON can hold it, the same from every engine: nodes, relationships and paths as objects."""
    match value:
        case float():
            return value if math.isfinite(value) else None
        case None | bool() | int() | str():
            return value
        case Vertex():
            return {"labels": list(value.labels), "properties": as_json(value.properties)}
        case Relationship():
            return {"type": value.type, "properties": as_json(value.properties)}
        case Path():
            return {"nodes": as_json(value.nodes), "relationships": as_json(value.relationships)}
        case Mapping():
            return {str(key): as_json(each) for key, each in sorted(value.items())}
        case list() | tuple():
            return [as_json(each) for each in value]
        case _:
            return str(value)


def dump(value: object, *, indent: int | None = None) -> str:
    """Return JSON text that is safe on a terminal too: what steers a terminal is written by its number."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    return text if text.isascii() and text.isprintable() else text.translate(_ESCAPED)


def names_of(columns: tuple[str, ...]) -> list[str]:
    """Return the columns' names, each but once: a second ``name`` becomes ``name_2``."""
    names: list[str] = []
    for column in columns:
        name, count = column, 1
        while name in names:
            count += 1
            name = f"{column}_{count}"
        names.append(name)
    return names


_ESCAPED = {
    code: f"\\u{code:04x}"
    for code in (
        *range(0x7F, 0xA0),
        *(0x61C, 0x200B, 0x200E, 0x200F, 0x2028, 0x2029, 0xFEFF),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        *range(0xD800, 0xE000),
    )
}
