"""From records to what the store is to hold: nodes, statements, and the relationships that the statements are about."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import MISSING, dataclass, field, fields, replace
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from twingraph.graph.derivation import Evidence
from twingraph.graph.model import (
    FACTS,
    InCountry,
    InRegion,
    Label,
    Metropolis,
    Municipality,
    NodeRef,
    Programme,
    Relation,
    Source,
    Stated,
    Statement,
)
from twingraph.graph.schema import PLACE_KEY, RELATIONS, STATEMENT_KEYS, SUBJECT_KEYS
from twingraph.loaders.assembling.settler import Settler
from twingraph.loaders.datasets import Dataset, Part
from twingraph.loaders.identity import content_id, statement_id
from twingraph.loaders.networks.own_exports import Restored
from twingraph.loaders.places.model import PlaceQuery, Resolution
from twingraph.loaders.problems import Problems
from twingraph.loaders.records import NetworkNode, Page, PartnerList, ProgrammeName, Record
from twingraph.loaders.tables.split_lists import split_partners
from twingraph.text.folding import slug

__all__ = ["Assembly", "assemble"]


@dataclass(slots=True)
class Assembly:
    """The content of some datasets in the form of the store.

    Attributes
    ----------
    datasets
        Ids of the datasets.
    restored
        Ids of the datasets that are exports of twingraph: their content belongs to other datasets and is only added.
    records
        Number of rows used.
    nodes
        Model objects by their reference, without the statements.
    lies_in
        ``IN_COUNTRY`` and ``IN_REGION``.
    evidence
        Statements by id.
    relationships
        The relationships that statements are about: by the property of the statement that holds the id, and by the id.
        Their derived properties are not derived yet.
    """

    datasets: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    records: int = 0
    nodes: dict[NodeRef, object] = field(default_factory=dict)
    lies_in: dict[tuple[Relation, NodeRef, NodeRef], InCountry | InRegion] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    relationships: dict[str, dict[str, Stated]] = field(
        default_factory=lambda: {key: {} for key in SUBJECT_KEYS if key != PLACE_KEY}
    )

    @property
    def unplaced(self) -> tuple[Municipality, ...]:
        """The municipalities that have no coordinates, by name."""
        found = [node for node in self.nodes.values() if isinstance(node, Municipality) and node.lat is None]
        return tuple(sorted(found, key=lambda municipality: (municipality.name, municipality.id)))


def assemble(
    datasets: Iterable[Dataset],
    resolve: Callable[[PlaceQuery], Resolution],
    metropolises: Iterable[Metropolis],
    problems: Problems,
    *,
    advance: Callable[[], None] = lambda: None,
) -> Assembly:
    """Turn records into what the store is to hold.

    Parameters
    ----------
    datasets
        What was read. Tables of metropolises are taken first, so that names in the others can resolve to them.
    resolve
        Returns the place that a record means.
    metropolises
        The metropolises in the store.
    problems
        Where places that cannot be resolved are reported.
    advance
        Called after each record.
    """
    ordered = sorted(datasets, key=lambda dataset: "metropolises" not in dataset.form)
    assembler = _Assembler(Settler(resolve, metropolises, problems), problems)
    for dataset in ordered:
        for part, records in assembler.begin(dataset):
            assembler.file, assembler.sheet = part.name, part.sheet
            for record in records:
                for each in split_partners(record, resolve, problems, part.name):
                    assembler.add(each)
                advance()
        assembler.end(dataset)
    return assembler.finish()


class _Assembler:
    """Adds one record after another to an assembly."""

    def __init__(self, settler: Settler, problems: Problems) -> None:
        self.assembly = Assembly(nodes=settler.nodes, lies_in=settler.lies_in)
        self.settler = settler
        self.problems = problems
        self.dataset = self.file = ""
        self.sheet: str | None = None
        self.retrieved: str | None = None
        self.published: str | None = None
        self.connected: set[NodeRef] = set()

    def begin(self, dataset: Dataset) -> Iterable[tuple[Part, Sequence[Record | PartnerList]]]:
        """Add a dataset and return its records by file or sheet."""
        self.dataset = dataset.manifest.id
        self.file, self.sheet = dataset.manifest.name, None
        self.retrieved, self.published = dataset.manifest.retrieved, dataset.manifest.published
        if dataset.restored is not None:
            self.restore(dataset.restored)
            if not dataset.restored.by_hand:
                self.assembly.restored += (self.dataset,)
                return ()
        self.connected = set()
        self.assembly.datasets += (self.dataset,)
        self.assembly.records += len(dataset.records)
        self.assembly.nodes[NodeRef(Label.SOURCE, self.dataset)] = dataset.manifest.source()
        self.settler.settle_network(dataset.nodes, file=self.file)
        return dataset.by_part()

    def end(self, dataset: Dataset) -> None:
        """Keep the nodes of a network that have no edge as statements."""
        for line, node in dataset.nodes:
            place = self.settler.settle(node, file=self.file, line=line)
            if place in self.connected:
                continue
            identity = statement_id(self.dataset, node.content)
            statement = Statement(id=identity, dataset=self.dataset, place_id=place.id, name_a=node.name)
            self.assembly.evidence[identity] = Evidence(statement, self.dataset, self.retrieved, line)

    def restore(self, restored: Restored) -> None:
        """Add the content of an export as it is."""
        self.assembly.records += len(restored.statements)
        self.assembly.nodes.update(restored.nodes)
        self.assembly.lies_in.update(restored.lies_in)
        self.assembly.evidence.update({item.statement.id: item for item in restored.statements})
        for key, relationships in restored.relationships.items():
            self.assembly.relationships[key].update(relationships)

    def finish(self) -> Assembly:
        """Return the assembly."""
        self.settler.finish()
        return self.assembly

    def add(self, record: Record) -> None:
        """Add one record: its nodes, its relationship and its statement."""
        kind = RELATIONS[record.relation]
        ends = [(self.settle(name, record), name) for name in (record.first, record.second)]
        first = ends[0][0]
        if not kind.directed:
            ends.sort(key=lambda end: end[0].id)
        (start, name_a), (end, name_b) = ends
        if record.relation is Relation.PARTNERS_WITH:
            self.connected |= {start, end}
            if start == end:
                detail = f"{_as_written(record.first)} – {_as_written(record.second)}"
                self.report(record, "partner of itself", detail, "kept")
        identity = f"{start.id}|{end.id}{record.id_suffix}"
        known = self.assembly.relationships[STATEMENT_KEYS[record.relation]]
        if identity not in known:
            names = _given_by(type(record), kind.cls, record.relation)
            values = {name: getattr(record, name) for name in names}
            known[identity] = kind.cls(start=start, end=end, id=identity, **values)
        self.add_statement(
            record,
            {
                STATEMENT_KEYS[record.relation]: identity,
                "name_a": _as_written(name_a),
                "name_b": _as_written(name_b),
                "said_by": first.id if getattr(record, "said_by", "") else None,
            },
        )

    def add_statement(self, record: Record, subject: Mapping[str, Any]) -> None:
        """Keep a record as a statement, with an id made of its content, and link it to its source."""
        identity = statement_id(self.dataset, record.content)
        if identity in self.assembly.evidence:
            detail = f"the same as line {self.assembly.evidence[identity].row}"
            self.report(record, "repeated row", detail, "counted once")
            return
        page = record.page
        source_id = self.dataset
        if page is not None:
            source = _page_source(page, self.retrieved)
            source_id = source.id
            self.assembly.nodes.setdefault(NodeRef(Label.SOURCE, source_id), source)
        names = (record.first, record.second)
        doubts = (self.settler.doubts.get(name) for name in names if not isinstance(name, ProgrammeName))
        statement = Statement(
            id=identity,
            dataset=self.dataset,
            said_on=page.published if page else self.published,
            doubts=tuple(filter(None, doubts)),
            **subject,
            **{name: getattr(record, name) for name in _facts(type(record))},
        )
        self.assembly.evidence[identity] = Evidence(statement, source_id, self.retrieved, record.row, self.sheet)

    def settle(self, name: PlaceQuery | NetworkNode | ProgrammeName, record: Record) -> NodeRef:
        """Return the node of one end of a record."""
        if isinstance(name, ProgrammeName):
            return self.settle_programme(name)
        is_metropolis = name is record.second and RELATIONS[record.relation].ends == (Label.METROPOLIS,)
        if is_metropolis and isinstance(name, PlaceQuery):
            return self.settler.settle_metropolis(name)
        title = record.page.title if record.page else None
        return self.settler.settle(name, file=self.file, line=record.row, page_title=title)

    def settle_programme(self, name: ProgrammeName) -> NodeRef:
        reference = NodeRef(Label.PROGRAMME, slug(name.name) or f"programme-{content_id(name.name, size=6)}")
        known = self.assembly.nodes.get(reference)
        programme = known if isinstance(known, Programme) else Programme(id=reference.id, name=name.name)
        self.assembly.nodes[reference] = replace(
            programme, publisher=programme.publisher or name.publisher, url=programme.url or name.url
        )
        return reference

    def report(self, record: Record, cause: str, detail: str, outcome: str) -> None:
        self.problems.add(cause, detail, outcome=outcome, file=self.file, line=record.row)


@cache
def _facts(cls: type) -> tuple[str, ...]:
    """Return the facts of a statement that a class of records has."""
    return tuple(name for name in FACTS if hasattr(cls, name))


@cache
def _given_by(record: type, relationship: type, relation: Relation) -> tuple[str, ...]:
    """Return the fields of a relationship that a class of records gives: those not derived, and required ones."""
    derived = RELATIONS[relation].derived
    return tuple(
        item.name
        for item in fields(relationship)
        if hasattr(record, item.name) and (item.name not in derived or item.default is item.default_factory is MISSING)
    )


def _as_written(name: PlaceQuery | NetworkNode | ProgrammeName) -> str:
    return name.spellings[0] if isinstance(name, PlaceQuery) and name.spellings else name.name


def _page_source(page: Page, retrieved: str | None) -> Source:
    host = ""
    with suppress(ValueError):
        host = urlsplit(page.url).hostname or ""
    return Source(
        id=f"page:{content_id(page.url, size=8)}",
        title=page.title,
        publisher=page.publisher or host.removeprefix("www.") or None,
        url=None if page.url.startswith("file:") else page.url,
        tags=page.tags,
        oblasts=page.oblasts,
        hromadas=page.hromadas,
        original=page.original,
        published=page.published,
        retrieved=retrieved,
    )
