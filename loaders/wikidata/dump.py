"""Entity dumps: items as JSON, of which those with P190 are read."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import BinaryIO

from twingraph.errors import InputError
from twingraph.loaders.networks.model import FileEdge, FileNode, NetworkFile
from twingraph.loaders.networks.spells import Times, distinct, set_times
from twingraph.loaders.wikidata.items import country_items, item_of, partial_date, statement_page

__all__ = ["is_dump", "read_dump"]

type Json = Mapping[str, object]

TWINNED, COUNTRY, LIES_IN, SPOT, POPULATION = "P190", "P17", "P131", "P625", "P1082"
SINCE, UNTIL, AS_OF = "P580", "P582", "P585"
EARTH = "Q2"
RANKS = {"preferred": 0, "normal": 1}
"""Deprecated statements are ignored: Wikidata marks them as wrong."""
LONGEST_LINE = 64 << 20


def is_dump(head: str) -> bool:
    """Return whether a text is an entity dump: one item per line, in an array, or under ``entities``."""
    start = head.lstrip().removeprefix("[").lstrip()
    whole = re.match(r'\{\s*"entities"\s*:', start) is not None
    return whole or (start.startswith("{") and re.search(r'"type"\s*:\s*"item"', start[:2000]) is not None)


def read_dump(rewind: Callable[[], BinaryIO], network: NetworkFile) -> None:
    """Add the places and partnerships of an entity dump to a network.

    The file is read twice: first for the items that have twins, then for the twins themselves and for the names of
    regions. An item that the dump does not contain has only its id.

    Parameters
    ----------
    rewind
        Returns the bytes of the dump from its start.
    network
        Filled here. A partnership is the statement of the item that contains it.

    Raises
    ------
    InputError
        The dump is damaged or truncated.
    """
    regions: dict[str, list[FileNode]] = {}
    for line, item, entity in _items(rewind(), network.name):
        if TWINNED in _mapping(entity.get("claims")):
            _describe(network.nodes.get(item) or network.add_node(FileNode(item, line)), entity, regions)
            _add_partnerships(network, item, entity, line)
    bare = {key for key, node in network.nodes.items() if node.label is None}
    for _line, item, entity in _items(rewind(), network.name):
        if item in bare:
            _describe(network.nodes[item], entity, regions)
        for node in regions.get(item, ()):
            if label := _label(entity, "en"):
                node.facts["region"] = label


def _items(file: BinaryIO, name: str) -> Iterator[tuple[int, str, Json]]:
    """Yield the items of a dump with their lines and ids.

    A dump is an array with one item per line, or items without an array. A request for single items returns one
    object.
    """
    number, in_array = 0, False
    while text := file.readline(LONGEST_LINE):
        number += 1
        if len(text) == LONGEST_LINE:
            raise InputError("an item has more than 64 MB", "This is not an entity dump.", file=name, line=number)
        text = text.strip()
        if number == 1:
            text = text.removeprefix(b"\xef\xbb\xbf")
            in_array = text.startswith(b"[")
            if in_array and not text.endswith(b"]"):
                text = text[1:]
        if text == b"]":
            in_array = False
        elif text.rstrip(b","):
            read = _json(text.rstrip(b","), name, number)
            if isinstance(read, list):
                in_array = False
            for entity in _entities(read):
                item = item_of(str(entity.get("id")))
                if item is not None:
                    yield number, item, entity
    if in_array:
        raise InputError("the dump is truncated: its array does not end", "Download it again.", file=name, line=number)


def _json(text: bytes, name: str, line: int) -> object:
    try:
        read: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError("an item is damaged or truncated", "Download the dump again.", file=name, line=line) from error
    return read


def _entities(read: object) -> Iterator[Json]:
    if isinstance(read, dict):
        read = list(_mapping(read["entities"]).values()) if "entities" in read else [read]
    yield from (each for each in _list(read) if isinstance(each, dict))


def _describe(node: FileNode, entity: Json, regions: dict[str, list[FileNode]]) -> None:
    """Copy the facts of an item to its node; `regions` collects the nodes that lie in each region."""
    node.label = _label(entity, "en") or _label(entity, "mul") or _label(entity, None)
    facts = {"name_uk": _label(entity, "uk"), "country": None, "population": None}
    claims = _mapping(entity.get("claims"))
    countries = [country_items().get(str(_mapping(value).get("id"))) for value, _ in _values(claims, COUNTRY)]
    facts["country"] = next(filter(None, countries), None)
    counted = sorted(
        _values(claims, POPULATION), key=lambda each: next(_times(each[1], AS_OF), None) or "", reverse=True
    )
    if counted:
        facts["population"] = str(_mapping(counted[0][0]).get("amount", "")).lstrip("+")
    for value, _ in _values(claims, SPOT)[:1]:
        spot = _mapping(value)
        if item_of(str(spot.get("globe"))) == EARTH:
            facts |= {"lat": str(spot.get("latitude")), "lon": str(spot.get("longitude"))}
    node.facts.update({name: text for name, text in facts.items() if text})
    for value, _ in _values(claims, LIES_IN)[:1]:
        regions.setdefault(str(_mapping(value).get("id")), []).append(node)


def _add_partnerships(network: NetworkFile, item: str, entity: Json, line: int) -> None:
    for statement in _list(_mapping(entity.get("claims")).get(TWINNED)):
        fields = _mapping(statement)
        if fields.get("rank") not in RANKS:
            network.report("deprecated statement", f"a twin of {item}", "ignored: Wikidata marks it as wrong", line)
            continue
        partner = item_of(str(_mapping(_value(fields.get("mainsnak"))).get("id")))
        if partner is None:
            network.report("not an item of Wikidata", f"a twin of {item} is unknown or none", "ignored", line)
            continue
        if partner not in network.nodes:
            network.add_node(FileNode(partner, line))
        qualifiers = _mapping(fields.get("qualifiers"))
        edge = FileEdge(item, partner, line, said_by="source", facts={"source_url": statement_page(item)})
        dates = {name: _written(qualifiers, key) for name, key in (("since", SINCE), ("until", UNTIL))}
        edge.written = {"statement": str(fields.get("id", "")), **dates}
        if SINCE in qualifiers or UNTIL in qualifiers:
            unknown_ends = sum(_mapping(snak).get("snaktype") == "somevalue" for snak in _list(qualifiers.get(UNTIL)))
            begun, ended = (distinct(_times(qualifiers, name)) for name in (SINCE, UNTIL))
            set_times(network, edge, Times(begun, ended, unknown_ends))
        network.add_edge(edge)


def _values(claims: Json, name: str) -> Sequence[tuple[object, Json]]:
    """Return the current values of a property with their qualifiers, the preferred ones first."""
    found = []
    for statement in _list(claims.get(name)):
        fields = _mapping(statement)
        qualifiers = _mapping(fields.get("qualifiers"))
        value = _value(fields.get("mainsnak"))
        if fields.get("rank") in RANKS and value is not None and UNTIL not in qualifiers:
            found.append((RANKS[str(fields["rank"])], value, qualifiers))
    return [(value, qualifiers) for _rank, value, qualifiers in sorted(found, key=lambda each: each[0])]


def _times(qualifiers: Json, name: str) -> Iterator[str | None]:
    for snak in _list(qualifiers.get(name)):
        time = _mapping(_value(snak))
        precision = time.get("precision")
        yield partial_date(str(time.get("time")), precision if isinstance(precision, int) else None)


def _written(qualifiers: Json, name: str) -> list[str]:
    """Return the times of a qualifier as the dump has them, each with its precision; or that it has no known time."""
    snaks = [(_mapping(snak), _mapping(_value(snak))) for snak in _list(qualifiers.get(name))]
    return [
        f"{time.get('time')}/{time.get('precision')}" if time else str(snak.get("snaktype")) for snak, time in snaks
    ]


def _value(snak: object) -> object:
    return _mapping(_mapping(snak).get("datavalue")).get("value")


def _label(entity: Json, language: str | None) -> str | None:
    labels = _mapping(entity.get("labels"))
    label = labels.get(language) if language else next(iter(labels.values()), None)
    text = _mapping(label).get("value")
    return text if isinstance(text, str) else None


def _mapping(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else []
