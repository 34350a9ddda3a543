"""The attributes of nodes and edges in network files, mapped to the fields of records."""

import math
import re
from collections.abc import Mapping
from functools import partial

from twingraph.graph.dates import parse_date
from twingraph.graph.model import Kind, Status
from twingraph.loaders.identity import content_of
from twingraph.loaders.networks.model import FileEdge, FileNode, NetworkFile
from twingraph.loaders.places.model import PlaceQuery
from twingraph.loaders.records import NetworkNode, Page, PartnershipRecord
from twingraph.loaders.tables.fields import MAX_NAME_CHARS
from twingraph.loaders.tables.status_cells import read_standing

__all__ = ["edge_content", "edge_record", "node_of", "report_unused_attributes", "scoped_id", "written_facts"]

NODE_FIELDS = {
    "name": ("label", "name", "title", "city", "municipality", "town", "node_label"),
    "country": ("country", "country_code", "countrycode", "country_name", "countrylabel", "iso2", "iso_a2"),
    "region": ("region", "region_name", "admin1", "state", "oblast", "voivodeship"),
    "lat": ("lat", "latitude"),
    "lon": ("lon", "lng", "long", "longitude"),
    "population": ("population", "pop"),
    "geonames_id": ("geonames_id", "geonameid", "geonames"),
    "wikidata_id": ("wikidata_id", "wikidata", "wikidataid", "qid"),
    "katottg": ("katottg",),
    "spelling": ("name_uk", "name_local", "name_en", "native_name"),
}
EDGE_FIELDS = {
    "kind": ("kind", "relation_kind", "type"),
    "status": ("status",),
    "since": ("since", "start", "start_date", "date", "year"),
    "until": ("until", "end", "end_date"),
    "signed_by": ("signed_by",),
    "approved_by": ("approved_by",),
    "themes": ("themes",),
    "url": ("source_url", "url"),
    "words": ("note", "words", "weight", "timestamp", "label"),
}
IGNORED_ATTRIBUTES = frozenset(
    {"degree", "x", "y", "z", "r", "g", "b", "size", "color", "colour", "shape", "directed", "type"}
)
"""Ignored attributes: the layout of a drawing, or values that can be computed from the edges."""
QID = re.compile(r"(?:https?://www\.wikidata\.org/(?:entity|wiki)/|wikidata:|wd:)?(Q[1-9]\d{0,11})")
GEONAMES = re.compile(r"geonames:([1-9]\d{0,11})")
DAY = re.compile(r"(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:T.*|\.0+)?")


def _names(fields: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, int]]:
    return {title: (name, rank) for name, titles in fields.items() for rank, title in enumerate(titles)}


_NODE, _EDGE = _names(NODE_FIELDS), _names(EDGE_FIELDS)


def _folded(title: str) -> str:
    return "_".join(title.strip().lower().replace("-", " ").split())


def _by_field(facts: Mapping[str, str], known: Mapping[str, tuple[str, int]]) -> dict[str, list[tuple[str, str]]]:
    """Return titles and values of attributes by field, the most specific title first."""
    found: dict[str, list[tuple[int, str, str]]] = {}
    for title, value in facts.items():
        folded = _folded(title)
        if folded in known and value.strip():
            name, rank = known[folded]
            found.setdefault(name, []).append((rank, folded, value.strip()))
    return {name: [(title, value) for _rank, title, value in sorted(each)] for name, each in found.items()}


def node_of(network: NetworkFile, node: FileNode, dataset: str) -> NetworkNode:
    """Convert a node of a file into a record's node.

    Parameters
    ----------
    network
        The file; problems are reported to it.
    node
        The node.
    dataset
        Id of the dataset. It becomes part of the id of a node that no register knows.

    Returns
    -------
    NetworkNode
        With a place query if the node has a name, coordinates or an id of a register.
    """
    fields = _by_field(node.facts, _NODE)
    texts = {name: values[0][1] for name, values in fields.items()}
    qid = QID.fullmatch(texts.get("wikidata_id", "")) or QID.fullmatch(node.key.strip())
    geonames = GEONAMES.fullmatch(node.key.strip())
    written = _clean(network, node.label or texts.get("name", ""), node.line)
    is_registered = qid is not None or geonames is not None
    name = written or _clean(network, node.key, node.line) or "(no name)"
    lat, lon = _spot(network, texts, node.line)
    geonames_id = int(geonames[1]) if geonames else _whole(network, texts, "geonames_id", node.line)
    katottg = texts.get("katottg")
    query = None
    is_located = geonames_id is not None or katottg is not None or lat is not None
    if not (name.isdecimal() or (not written and qid)) or is_located:
        query = PlaceQuery(
            name=name,
            country=texts.get("country"),
            region=texts.get("region"),
            spellings=tuple(dict.fromkeys(value[:MAX_NAME_CHARS] for _title, value in fields.get("spelling", ()))),
            lat=lat,
            lon=lon,
            geonames_id=geonames_id,
            wikidata_id=qid[1] if qid else None,
            katottg=katottg,
        )
    return NetworkNode(
        id=f"wikidata:{qid[1]}" if qid else scoped_id(dataset, node.key),
        content=content_of({"node": node.key, "name": "" if is_registered else node.label or texts.get("name", "")}),
        name=name,
        query=query,
        population=_whole(network, texts, "population", node.line),
        wikidata_id=qid[1] if qid else None,
    )


def edge_content(edge: FileEdge, source: NetworkNode, target: NetworkNode) -> bytes:
    """Return the identity of an edge in one direction: its ends and what the file writes about it."""
    written = written_facts(edge.facts) if edge.written is None else edge.written
    return content_of({**written, "source": source.content.hex(), "target": target.content.hex()})


def written_facts(facts: Mapping[str, str]) -> dict[str, str | list[str]]:
    """Return the attributes of an edge that are used, by field."""
    return {
        name: [" ".join(each) for each in values] if name == "words" else values[0][1]
        for name, values in _by_field(facts, _EDGE).items()
    }


def edge_record(
    network: NetworkFile, edge: FileEdge, first: NetworkNode, second: NetworkNode, *, content: bytes, said_by: str
) -> PartnershipRecord:
    """Convert an edge of a file into a record.

    Parameters
    ----------
    network
        The file; problems are reported to it.
    edge
        The edge.
    first, second
        The records' nodes at its ends.
    content
        The identity of the record.
    said_by
        ``"first"`` if the edge is the statement of its first node, else empty.
    """
    fields = _by_field(edge.facts, _EDGE)
    texts = {name: values[0][1] for name, values in fields.items()}
    words = [value if title in {"note", "words"} else f"{title} {value}" for title, value in fields.get("words", ())]
    since, until = _day(network, texts, "since", edge.line), _day(network, texts, "until", edge.line)
    status, approved_by = Status.UNKNOWN, texts.get("approved_by")
    if "status" in texts:
        cell = read_standing(texts["status"], since, until, partial(network.report, line=edge.line))
        status, since, until = cell.status or Status.UNKNOWN, cell.since, cell.until
        approved_by = approved_by or cell.decided_by
        words += [texts["status"]] * cell.says_more
    return PartnershipRecord(
        row=edge.line,
        content=content,
        first=first,
        second=second,
        kind=_choice(network, texts, "kind", Kind, Kind.TWIN_TOWN, line=edge.line),
        status=status,
        since=since,
        until=until,
        signed_by=_texts(texts.get("signed_by", "")),
        approved_by=approved_by,
        themes=_texts(texts.get("themes", "")),
        words=_clean(network, "; ".join(words), edge.line) or None,
        page=Page(url=texts["url"]) if texts.get("url", "").startswith(("http://", "https://")) else None,
        said_by=said_by,
    )


def report_unused_attributes(network: NetworkFile) -> None:
    """Report each unknown attribute once."""
    for sort, items, known in (("node", network.nodes.values(), _NODE), ("edge", network.edges, _EDGE)):
        titles = dict.fromkeys(title for item in items for title in item.facts)
        for title in titles:
            if _folded(title) not in known and _folded(title) not in IGNORED_ATTRIBUTES:
                network.report("attribute not used", f"{sort} attribute {title[:80]!r}", "ignored: no such field")


def scoped_id(dataset: str, key: str) -> str:
    """Return an id for a node that no register knows. It includes the dataset: two networks can both have a node 1."""
    return f"node:{dataset.removeprefix('file:')}/{_safe(key)}"


def _clean(network: NetworkFile, text: str, line: int) -> str:
    kept = text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)
    if kept != text and not text.replace("\n", " ").replace("\t", " ").isprintable():
        network.report("control characters", repr(text[:40]), "removed", line)
    kept = " ".join(kept.split())
    if len(kept) > MAX_NAME_CHARS * 10:
        network.report("text too long", f"{len(kept):,} characters: {kept[:40]}…", "cut", line)
    return kept[: MAX_NAME_CHARS * 10]


def _safe(key: str) -> str:
    """Escape a node's id for use inside an id of the graph: separators become percent codes."""
    if key.isalnum():
        return key
    return "".join(c if c.isprintable() and c not in "|%" else "".join(f"%{b:02X}" for b in _bytes(c)) for c in key)


def _bytes(character: str) -> bytes:
    return character.encode("utf-8", "surrogatepass")


def _number(network: NetworkFile, texts: Mapping[str, str], name: str, line: int) -> float | None:
    text = texts.get(name)
    if text is None:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if math.isfinite(value):
        return value
    network.report("not a number", f"{name}: {text[:40]!r}", "field left empty", line)
    return None


def _whole(network: NetworkFile, texts: Mapping[str, str], name: str, line: int) -> int | None:
    value = _number(network, texts, name, line)
    if value is None or value <= 0:
        return None
    if value >= 1e12:
        network.report("not a number", f"{name}: {value:g} is too large", "field left empty", line)
        return None
    return int(value)


def _spot(network: NetworkFile, texts: Mapping[str, str], line: int) -> tuple[float, float] | tuple[None, None]:
    lat, lon = _number(network, texts, "lat", line), _number(network, texts, "lon", line)
    if lat is None or lon is None:
        return None, None
    if abs(lat) > 90 or abs(lon) > 180:
        network.report("impossible coordinates", f"{lat:g}, {lon:g}", "coordinates ignored", line)
        return None, None
    return lat, lon


def _day(network: NetworkFile, texts: Mapping[str, str], name: str, line: int) -> str | None:
    text = texts.get(name)
    if text is None:
        return None
    shaped = DAY.fullmatch(text)
    try:
        return parse_date(shaped[1] if shaped else text)
    except ValueError as error:
        network.report("impossible date", f"{name}: {str(error)[:120]}", "field left empty", line)
        return None


def _choice[T: str](
    network: NetworkFile, texts: Mapping[str, str], name: str, choices: type[T], default: T, *, line: int
) -> T:
    text = texts.get(name)
    if text is None or text.lower() in {"directed", "undirected", "mutual"}:
        return default
    try:
        return choices("_".join(text.lower().replace("-", " ").split()))
    except ValueError:
        network.report(f"unknown {name}", text[:80], f"taken as {default}", line)
        return default


def _texts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())
