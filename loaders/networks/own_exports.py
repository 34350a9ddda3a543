"""Reading exports of twingraph: the same places, statements and sources, without the resolver.

Partnerships are derived from the statements in the file. An edge without statements, such as a row that was added by
hand, becomes a statement of the file itself.
"""

import json
import re
import types
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import cast, get_args, get_origin

from twingraph.graph.dates import parse_date
from twingraph.graph.derivation import Evidence, derive
from twingraph.graph.model import (
    Country,
    Flow,
    InCountry,
    InRegion,
    Kind,
    Label,
    Metropolis,
    Municipality,
    NodeRef,
    Partnership,
    Programme,
    Region,
    Relation,
    Source,
    Stated,
    Statement,
    Status,
    partnership_id,
)
from twingraph.graph.schema import RELATIONS, STATEMENT_KEYS, properties, property_names, statement_facts
from twingraph.graph.standing import status_on, today
from twingraph.loaders.identity import content_of, statement_id
from twingraph.loaders.intake.manifest import Manifest
from twingraph.loaders.networks.model import FileEdge, FileNode, NetworkFile

__all__ = ["FORMAT", "Restored", "is_own", "restore"]

FORMAT = "1"
"""The version of the export format."""
NODES: dict[str, type] = {
    Label.MUNICIPALITY: Municipality,
    Label.METROPOLIS: Metropolis,
    Label.REGION: Region,
    Label.COUNTRY: Country,
    Label.PROGRAMME: Programme,
}
DATES = frozenset({"since", "until", "stated", "said_on", "published", "retrieved", "first_said", "last_said"})
LONGEST = 100_000
BY_NUMBER = re.compile("_x([0-9A-Fa-f]{4})_")
RESAVE = "Export it again. A file that was edited by hand must keep its structure."

type LiesIn = tuple[Relation, NodeRef, NodeRef]


@dataclass(slots=True)
class Restored:
    """The content of an export.

    Attributes
    ----------
    nodes
        Places, programmes and sources.
    lies_in
        ``IN_REGION`` and ``IN_COUNTRY``.
    statements
        With their sources and rows.
    relationships
        The relationships that they are about, by the property of the statement that holds the id, and by id.
    by_hand
        Whether the file has statements of its own.
    """

    nodes: dict[NodeRef, object] = field(default_factory=dict)
    lies_in: dict[LiesIn, InCountry | InRegion] = field(default_factory=dict)
    statements: list[Evidence] = field(default_factory=list)
    relationships: dict[str, dict[str, Stated]] = field(default_factory=dict)
    by_hand: bool = False


def is_own(network: NetworkFile) -> bool:
    """Return whether twingraph wrote the file.

    Raises
    ------
    twingraph.errors.InputError
        Another version of the format wrote it.
    """
    creator = network.marks.get("creator", "")
    version = network.marks.get("twingraph") or (creator.removeprefix("twingraph ") if "twingraph " in creator else "")
    if version and version != FORMAT:
        raise network.fault(
            f"it was exported by another version of twingraph (format {version[:20]!r})", "Upgrade twingraph."
        )
    return version == FORMAT


def restore(network: NetworkFile, manifest: Manifest, *, coded: bool) -> Restored:
    """Read an export.

    Parameters
    ----------
    network
        The file as read.
    manifest
        The dataset of statements that the file itself makes.
    coded
        Whether control characters are encoded as ``_x0007_``, as in XML.

    Raises
    ------
    twingraph.errors.InputError
        The structure differs from that of an export; the error has the line.
    """
    return _Restorer(network, manifest, coded=coded).run()


class _Restorer:
    def __init__(self, network: NetworkFile, manifest: Manifest, *, coded: bool) -> None:
        self.network = network
        self.manifest = manifest
        self.coded = coded
        self.restored = Restored()
        self.refs: dict[str, NodeRef] = {}

    def run(self) -> Restored:
        for node in self.network.nodes.values():
            self.add_node(node)
        for edge in self.network.edges:
            self.add_edge(edge)
        return self.restored

    # -- places ---------------------------------------------------------------------------------------------------

    def add_node(self, node: FileNode) -> None:
        facts = self.decoded(node.facts)
        key = self.text(node.key)
        cls = NODES.get(facts.get("node_type", ""))
        if cls is None:
            raise self.fault(f"the node {key[:80]!r} has no known node_type", node.line)
        ref = NodeRef(Label(facts["node_type"]), key)
        self.refs[key] = ref
        facts.setdefault("name", facts.get("label") or node.label or key)
        self.restored.nodes[ref] = self.made(cls, {**facts, "id": key}, node.line)
        given = self.json(facts.get("statements", "[]"), list, node.line)
        self.restored.statements += self.statements(given, "place_id", key, node.line)
        territory = self.json(facts.get("territory", "{}"), dict, node.line)
        for column, label, cls_around in (("region", Label.REGION, Region), ("country", Label.COUNTRY, Country)):
            if identity := facts.get(column):
                around = NodeRef(label, identity)
                self.add_around(around, cls_around, territory.get(column), facts.get(f"{column}_name"), node.line)
                self.lies(ref, around)
        if region := facts.get("region"):
            above = territory.get("region_in")
            if isinstance(above, str):
                country = NodeRef(Label.COUNTRY, above)
                self.add_around(country, Country, territory.get("region_country"), None, node.line)
                self.lies(NodeRef(Label.REGION, region), country)

    def add_around(self, ref: NodeRef, cls: type, facts: object, name: str | None, line: int) -> None:
        """Add a region or a country with its facts, or with its name alone if the facts were removed."""
        if isinstance(facts, dict):
            self.restored.nodes[ref] = self.made(cls, {**facts, "id": ref.id}, line)
        elif ref not in self.restored.nodes:
            self.restored.nodes[ref] = self.made(cls, {"id": ref.id, "name": name or ref.id}, line)

    def lies(self, start: NodeRef, end: NodeRef) -> None:
        if end.label is Label.REGION:
            self.restored.lies_in[Relation.IN_REGION, start, end] = InRegion(start=start, end=end)
        else:
            self.restored.lies_in[Relation.IN_COUNTRY, start, end] = InCountry(start=start, end=end)

    # -- edges ----------------------------------------------------------------------------------------------------

    def add_edge(self, edge: FileEdge) -> None:
        facts = self.decoded(edge.facts)
        start, end = (self.refs[self.text(key)] for key in (edge.source, edge.target))
        try:
            relation = Relation(facts.get("relation", Relation.PARTNERS_WITH))
            about = STATEMENT_KEYS[relation]
        except (ValueError, KeyError):
            raise self.fault(f"{facts['relation'][:40]!r} is an unknown relation", edge.line) from None
        made = self.relationship(relation, start, end, facts, edge)
        self.restored.relationships.setdefault(about, {})[made.id] = made
        given = self.json(facts.get("statements", "[]"), list, edge.line)
        statements = list(self.statements(given, about, made.id, edge.line))
        if not statements:
            statements = [self.by_hand(relation, made.id, facts, edge)]
        self.restored.statements += statements
        if relation is Relation.PARTNERS_WITH:
            self.compare(made, facts, statements, edge.line)

    def relationship(
        self, relation: Relation, start: NodeRef, end: NodeRef, facts: dict[str, str], edge: FileEdge
    ) -> Stated:
        """Return the relationship of an edge."""
        if relation is Relation.PARTNERS_WITH:
            kind = facts.get("kind", Kind.TWIN_TOWN)
            if kind not in frozenset(Kind):
                raise self.fault(f"{kind[:40]!r} is not a kind of partnership", edge.line)
            first, second = sorted((start, end), key=lambda ref: ref.id)
            identity = partnership_id(first.id, second.id)
            return Partnership(start=first, end=second, id=identity, kind=kind, status=Status.UNKNOWN)
        identity = self.text(edge.key or facts.get("id", "")) or f"{start.id}|{end.id}"
        sort = RELATIONS[relation]
        if end.label not in sort.ends:
            raise self.fault(f"{relation} leads to a {end.label}, not to a {' or a '.join(sort.ends)}", edge.line)
        given = {**facts, "id": identity, "start": start, "end": end}
        if sort.cls is Flow:
            given["relation"] = relation
        made: Stated = self.made(sort.cls, given, edge.line)
        return made

    def statements(self, given: list[object], about: str, identity: str, line: int) -> Iterator[Evidence]:
        for each in given:
            if not isinstance(each, dict) or not isinstance(each.get("source"), str) or "dataset" not in each:
                raise self.fault("a statement lacks its source", line)
            sources = each.get("sources_told", [])
            for source in sources if isinstance(sources, list) else []:
                if not isinstance(source, dict):
                    raise self.fault("a source is not an object", line)
                made = self.made(Source, source, line)
                self.restored.nodes[NodeRef(Label.SOURCE, made.id)] = made
            statement = self.made(Statement, {**each, about: identity}, line)
            for needed in (each["source"], statement.dataset):
                self.restored.nodes.setdefault(NodeRef(Label.SOURCE, needed), Source(id=needed, title=needed))
            row, sheet, retrieved = each.get("row"), each.get("sheet"), each.get("retrieved")
            yield Evidence(
                statement,
                each["source"],
                retrieved if isinstance(retrieved, str) else None,
                row if type(row) is int else None,
                sheet if isinstance(sheet, str) else None,
            )

    def by_hand(self, relation: Relation, identity: str, facts: dict[str, str], edge: FileEdge) -> Evidence:
        """Return an edge without statements as a statement of the file itself."""
        self.restored.by_hand = True
        cls = RELATIONS[relation].cls
        written = {name: facts[name] for name in property_names(cls) if name in facts}
        ends = {"source": edge.source, "target": edge.target, "relation": relation}
        own = {
            "id": statement_id(self.manifest.id, content_of(written | ends)),
            "dataset": self.manifest.id,
            STATEMENT_KEYS[relation]: identity,
            "name_a": self.name(edge.source),
            "name_b": self.name(edge.target),
        }
        stated = {fact: facts[name] for name, fact in statement_facts(cls).items() if name in facts}
        if relation is Relation.PARTNERS_WITH and facts.get("status", Status.UNKNOWN) not in frozenset(Status):
            raise self.fault(f"{facts['status'][:40]!r} is not a status of a partnership", edge.line)
        statement = self.made(Statement, {**stated, **own}, edge.line)
        return Evidence(statement, self.manifest.id, self.manifest.retrieved, edge.line)

    def name(self, key: str) -> str:
        return str(getattr(self.restored.nodes[self.refs[self.text(key)]], "name", key))

    def compare(self, made: Stated, facts: dict[str, str], statements: list[Evidence], line: int) -> None:
        """Report where the facts of an edge differ from its statements. The statements take precedence."""
        merged = properties(derive(made, statements))
        # An export has the status of its own day.
        status, since, until = (cast("str | None", merged.get(name)) for name in ("status", "since", "until"))
        if facts.get("status") == status_on(status, since, until, today()):
            merged["status"] = facts["status"]
        for name in ("status", "since", "until"):
            if name in facts and facts[name] != merged.get(name):
                detail = f"{name} {facts[name][:40]!r}, by its statements {merged.get(name)!r}"
                outcome = "the statements take precedence"
                self.network.report("edge differs from its statements", detail, outcome, line)

    # -- values ---------------------------------------------------------------------------------------------------

    def fault(self, message: str, line: int) -> Exception:
        return self.network.fault(message, RESAVE, line)

    def text(self, text: str) -> str:
        if self.coded and "_x" in text:
            return BY_NUMBER.sub(lambda match: chr(int(match[1], 16)), text)
        return text

    def decoded(self, facts: Mapping[str, str]) -> dict[str, str]:
        return {name: self.text(value) for name, value in facts.items()} if self.coded else dict(facts)

    def json[T](self, text: str, kind: type[T], line: int) -> T:
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, kind):
            raise self.fault(f"{text[:60]!r} is not a JSON {'list' if kind is list else 'object'}", line)
        return value

    def made[T](self, cls: type[T], facts: Mapping[str, object], line: int) -> T:
        """Build a model object from texts or JSON values, converted to the types of its fields."""
        values: dict[str, object] = {}
        for item in fields(cls):  # type: ignore[arg-type]
            if item.name in facts and facts[item.name] is not None:
                values[item.name] = self.value(item.name, item.type, facts[item.name], line)
            elif item.default is MISSING and item.default_factory is MISSING:
                raise self.fault(f"{cls.__name__.lower()} without {item.name}", line)
        return cls(**values)

    def value(self, name: str, kind: object, given: object, line: int) -> object:
        """Convert one value to the type of its field."""
        wanted = set(get_args(kind) if isinstance(kind, types.UnionType) else (kind,))
        if any(get_origin(each) is tuple for each in wanted):
            listed = self.json(given, list, line) if isinstance(given, str) else given
            if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
                raise self.fault(f"{name} is not a list of texts", line)
            return tuple(listed)
        if isinstance(given, NodeRef | Relation):
            return given
        for each, read in ((bool, _bool), (int, int), (float, float)):
            if each in wanted:
                try:
                    value = read(str(given))
                except (ValueError, OverflowError):
                    value = float("nan")
                if value != value or value in {float("inf"), float("-inf")} or abs(value) >= 2**63:  # noqa: PLR0124
                    raise self.fault(f"{name} is {str(given)[:40]!r}", line)
                if abs(value) > {"lat": 90, "lon": 180}.get(name, 2**63):
                    raise self.fault(f"{name} is {value}, which is out of range", line)
                return value
        if not isinstance(given, str) or len(given) > LONGEST or "\0" in given:
            raise self.fault(f"{name} is not a text", line)
        if name in DATES:
            try:
                parse_date(given)
            except ValueError as error:
                raise self.fault(f"{name}: {error}", line) from None
        return given


def _bool(text: str) -> bool:
    return {"true": True, "false": False}[text.lower()] if text.lower() in {"true", "false"} else bool(int(text))
