"""Entity dumps: the JSON of whole items, of which those with P190 matter."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import BinaryIO

from twingraph.errors import InputError
from twingraph.loaders.networks.model import FileEdge, FileNode, NetworkFile
from twingraph.loaders.wikidata.items import country_items, item_of, partial_date, statement_page

__all__ = ["is_dump", "read_dump"]

type Json = Mapping[str, object]
type Opened = Callable[[], AbstractContextManager[BinaryIO]]

TWINNED, COUNTRY, LIES_IN, SPOT, POPULATION = "P190", "P17", "P131", "P625", "P1082"
SINCE, UNTIL, AS_OF = "P580", "P582", "P585"
EARTH = "Q2"
RANKS = {"preferred": 0, "normal": 1}
"""A deprecated statement is one that Wikidata itself holds to be wrong."""
LONGEST_LINE = 64 << 20


def is_dump(head: str) -> bool:
    """Tell whether a text begins as an entity dump does: items a line each, in an array, or under ``entities``."""
    start = head.lstrip().removeprefix("[").lstrip()
    whole = re.match(r'\{\s*"entities"\s*:', start) is not None
    return whole or (start.startswith("{") and re.search(r'"type"\s*:\s*"item"', start[:2000]) is not None)


def read_dump(opened: Opened, network: NetworkFile) -> None:
    """Add the places and ties of an entity dump to a network.

    The file is read twice: first for the items that have twins, then for what is told of the twins and for the names
    of regions. An item that the dump does not hold is known by its id alone.

    Parameters
    ----------
    opened
        Opens the dump anew.
    network
        Filled here. A tie is the statement of the item that it stands in.

    Raises
    ------
    InputError
        The dump is broken or cut off.
    """
    regions: dict[str, list[FileNode]] = {}
    with opened() as file:
        for line, item, entity in _items(file, network.name):
            if TWINNED in _mapping(entity.get("claims")):
                _describe(network.nodes.get(item) or network.add_node(FileNode(item, line)), entity, regions)
                _add_ties(network, item, entity, line)
    bare = {key for key, node in network.nodes.items() if node.label is None}
    with opened() as file:
        for _line, item, entity in _items(file, network.name):
            if item in bare:
                _describe(network.nodes[item], entity, regions)
            for node in regions.get(item, ()):
                if label := _label(entity, "en"):
                    node.facts["region"] = label


def _items(file: BinaryIO, name: str) -> Iterator[tuple[int, str, Json]]:
    """Yield the items of a dump with their lines and ids.

    A dump is an array with an item on each line, or items without an array; the answer to a request for some items
    is one object.
    """
    number, in_array = 0, False
    while text := file.readline(LONGEST_LINE):
        number += 1
        if len(text) == LONGEST_LINE:
            raise InputError("an item has more than 64 MB", "This is no entity dump.", file=name, line=number)
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
        raise InputError("the dump is cut off: its array does not end", "Fetch it anew.", file=name, line=number)


def _json(text: bytes, name: str, line: int) -> object:
    try:
        read: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError("an item is broken or cut off", "Fetch the dump anew.", file=name, line=line) from error
    return read


def _entities(read: object) -> Iterator[Json]:
    if isinstance(read, dict):
        read = list(_mapping(read["entities"]).values()) if "entities" in read else [read]
    yield from (each for each in _list(read) if isinstance(each, dict))


def _describe(node: FileNode, entity: Json, regions: dict[str, list[FileNode]]) -> None:
    """Note what an item tells of its place; `regions` gathers the nodes that lie in each."""
    node.label = _label(entity, "en") or _label(entity, "mul") or _label(entity, None)
    facts = {"name_uk": _label(entity, "uk"), "country": None, "population": None}
    claims = _mapping(entity.get("claims"))
    countries = [country_items().get(str(_mapping(value).get("id"))) for value, _ in _values(claims, COUNTRY)]
    facts["country"] = next(filter(None, countries), None)
    counted = sorted(_values(claims, POPULATION), key=lambda each: _time(each[1], AS_OF) or "", reverse=True)
    if counted:
        facts["population"] = str(_mapping(counted[0][0]).get("amount", "")).lstrip("+")
    for value, _ in _values(claims, SPOT)[:1]:
        spot = _mapping(value)
        if item_of(str(spot.get("globe"))) == EARTH:
            facts |= {"lat": str(spot.get("latitude")), "lon": str(spot.get("longitude"))}
    node.facts.update({name: text for name, text in facts.items() if text})
    for value, _ in _values(claims, LIES_IN)[:1]:
        regions.setdefault(str(_mapping(value).get("id")), []).append(node)


def _add_ties(network: NetworkFile, item: str, entity: Json, line: int) -> None:
    for statement in _list(_mapping(entity.get("claims")).get(TWINNED)):
        said = _mapping(statement)
        if said.get("rank") not in RANKS:
            network.report("deprecated statement", f"a twin of {item}", "left out: Wikidata holds it to be wrong", line)
            continue
        partner = item_of(str(_mapping(_value(said.get("mainsnak"))).get("id")))
        if partner is None:
            network.report("no item of Wikidata", f"a twin of {item} is unknown or none", "left out", line)
            continue
        if partner not in network.nodes:
            network.add_node(FileNode(partner, line))
        qualifiers = _mapping(said.get("qualifiers"))
        said_at = {"since": _time(qualifiers, SINCE), "until": _time(qualifiers, UNTIL)}
        facts = {name: text for name, text in {**said_at, "source_url": statement_page(item)}.items() if text}
        network.add_edge(FileEdge(item, partner, line, said_by="source", facts=facts))


def _values(claims: Json, name: str) -> Sequence[tuple[object, Json]]:
    """Return the values of a property with their qualifiers: those that hold today, the preferred first."""
    found = []
    for statement in _list(claims.get(name)):
        said = _mapping(statement)
        qualifiers = _mapping(said.get("qualifiers"))
        value = _value(said.get("mainsnak"))
        if said.get("rank") in RANKS and value is not None and UNTIL not in qualifiers:
            found.append((RANKS[str(said["rank"])], value, qualifiers))
    return [(value, qualifiers) for _rank, value, qualifiers in sorted(found, key=lambda each: each[0])]


def _time(qualifiers: Json, name: str) -> str | None:
    for snak in _list(qualifiers.get(name)):
        time = _mapping(_value(snak))
        precision = time.get("precision")
        return partial_date(str(time.get("time")), precision if isinstance(precision, int) else None)
    return None


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
