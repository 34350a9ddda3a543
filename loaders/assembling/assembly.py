"""Records become what the store is to hold: nodes, statements, and the relationships that the statements are about."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from operator import attrgetter
from typing import Any
from urllib.parse import urlsplit

from twingraph.graph.derivation import Evidence
from twingraph.graph.model import (
    Application,
    Flow,
    InCountry,
    InRegion,
    Label,
    Membership,
    Metropolis,
    Municipality,
    NodeRef,
    Participation,
    Programme,
    Relation,
    Source,
    Sourced,
    Statement,
    partnership_id,
)
from twingraph.graph.schema import NAMES_PLACE, SPEAKS_BY
from twingraph.loaders.assembling.settle import Settler
from twingraph.loaders.datasets import Dataset, Part
from twingraph.loaders.networks.own_exports import Restored
from twingraph.loaders.places.model import PlaceQuery, Resolution
from twingraph.loaders.problems import Problems
from twingraph.loaders.records import (
    ApplicationRecord,
    FlowRecord,
    MembershipRecord,
    NetworkNode,
    Page,
    ParticipationRecord,
    PartnerList,
    PartnershipRecord,
    Record,
)
from twingraph.loaders.tables.cells import spread
from twingraph.text.folding import slug

__all__ = ["Assembly", "Pair", "assemble"]


SAID: dict[type, Callable[[Any], tuple[object, ...]]] = {
    record: attrgetter(*(item.name for item in fields(record) if item.name != "row"))
    for record in (PartnershipRecord, FlowRecord, MembershipRecord, ApplicationRecord, ParticipationRecord)
}


@dataclass(frozen=True, slots=True)
class Pair:
    """The two ends and the kind of a partnership, in canonical order."""

    start: NodeRef
    end: NodeRef
    kind: str


@dataclass(slots=True)
class Assembly:
    """What some datasets say, as it is to stand in the store.

    Attributes
    ----------
    datasets
        Ids of the datasets.
    restored
        Ids of the datasets that are exports of ours: what they hold belongs to other datasets, and is only added.
    records
        How many rows said something.
    nodes
        Model objects by their reference, all but the statements.
    lies_in
        ``IN_COUNTRY`` and ``IN_REGION``.
    said
        Statements by id.
    pairs
        The partnerships that statements are about, by the id that these name.
    sourced
        The other relationships that statements are about: by the property that names them, and the id that it names.
    """

    datasets: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    records: int = 0
    nodes: dict[NodeRef, object] = field(default_factory=dict)
    lies_in: dict[tuple[Relation, NodeRef, NodeRef], InCountry | InRegion] = field(default_factory=dict)
    said: dict[str, Evidence] = field(default_factory=dict)
    pairs: dict[str, Pair] = field(default_factory=dict)
    sourced: dict[str, dict[str, Sourced]] = field(
        default_factory=lambda: {name: {} for name in SPEAKS_BY if name not in ("partnership_id", NAMES_PLACE)}
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
        What was read. Tables of metropolises are taken first, so that the others' names can mean them.
    resolve
        Answers which place a record means.
    metropolises
        The metropolises that the store knows already.
    problems
        Where places that cannot be told are noted.
    advance
        Called after each record.
    """
    ordered = sorted(datasets, key=lambda dataset: "metropolises" not in dataset.form)
    assembler = _Assembler(Settler(resolve, metropolises, problems), problems)
    for dataset in ordered:
        for part, records in assembler.begin(dataset):
            assembler.file, assembler.sheet = part.name, part.sheet
            for record in records:
                for each in spread(record, resolve, problems, part.name):
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
        self.sheet: str | None = None
        self.places: dict[PlaceQuery, str] = {}

    def begin(self, dataset: Dataset) -> Iterable[tuple[Part, Sequence[Record | PartnerList]]]:
        """Take up a dataset and return its records, by the file or the sheet that they stand in."""
        self.dataset = dataset.manifest.id
        self.file, self.sheet = dataset.manifest.name, None
        self.retrieved = dataset.manifest.retrieved
        if dataset.restored is not None:
            self.restore(dataset.restored)
            if not dataset.restored.by_hand:
                self.assembly.restored += (self.dataset,)
                return ()
        self.tied: set[NodeRef] = set()
        self.assembly.datasets += (self.dataset,)
        self.assembly.records += len(dataset.records)
        self.assembly.nodes[NodeRef(Label.SOURCE, self.dataset)] = dataset.manifest.source()
        self.settler.settle_network(dataset.nodes, file=self.file)
        return dataset.by_part()

    def end(self, dataset: Dataset) -> None:
        """Keep as statements which nodes a network has that no edge of it reaches."""
        for line, node in dataset.nodes:
            place = self.settler.settle(node, file=self.file, line=line)
            if place in self.tied:
                continue
            identity = f"statement:{_digest(repr((self.dataset, node)), size=12)}"
            statement = Statement(id=identity, dataset=self.dataset, place_id=place.id, name_a=node.name)
            self.assembly.said[identity] = Evidence(statement, self.dataset, self.retrieved, line)

    def restore(self, restored: Restored) -> None:
        """Take over what an export holds, as it is."""
        self.assembly.records += len(restored.statements)
        self.assembly.nodes.update(restored.nodes)
        self.assembly.lies_in.update(restored.lies_in)
        self.assembly.said.update({said.statement.id: said for said in restored.statements})
        self.assembly.pairs.update({identity: Pair(*pair) for identity, pair in restored.pairs.items()})
        for about, relationships in restored.sourced.items():
            self.assembly.sourced[about].update(relationships)

    def finish(self) -> Assembly:
        """Return the whole."""
        self.settler.finish()
        return self.assembly

    def add(self, record: Record) -> None:
        """Add one record: the nodes that it names, what it is about, and the statement itself."""
        match record:
            case PartnershipRecord():
                self.add_partnership(record)
            case FlowRecord():
                self.add_flow(record)
            case MembershipRecord():
                self.add_membership(record)
            case ApplicationRecord():
                self.add_application(record)
            case ParticipationRecord():
                self.add_participation(record)

    def add_partnership(self, record: PartnershipRecord) -> None:
        ends = [(self.settle(query, record), query) for query in (record.first, record.second)]
        (start, written_a), (end, written_b) = sorted(ends, key=lambda end: end[0].id)
        if start == end:
            self.report(record, "partner of itself", f"{record.first.name} – {record.second.name}", "kept")
        identity = partnership_id(start.id, end.id, record.kind)
        self.assembly.pairs[identity] = Pair(start, end, record.kind)
        self.tied |= {start, end}
        self.say(
            record,
            partnership_id=identity,
            name_a=_as_written(written_a),
            name_b=_as_written(written_b),
            kind=record.kind,
            status=record.status,
            signed_by=record.signed_by,
            approved_by=record.approved_by,
            themes=record.themes,
            said_by=ends[0][0].id if record.said_by else None,
        )

    def add_flow(self, record: FlowRecord) -> None:
        start, end = self.settle(record.first, record), self.settle(record.second, record)
        amount = "" if record.amount is None else f"{record.amount:g}"
        what = " ".join(filter(None, (amount, record.unit)))
        identity = f"{start.id}|{end.id}|{record.goods}|{what}|{record.since or ''}/{record.until or ''}"
        self.assembly.sourced["flow_id"][identity] = Flow(
            relation=record.relation,
            start=start,
            end=end,
            id=identity,
            goods=record.goods,
            amount=record.amount,
            unit=record.unit,
            since=record.since,
            until=record.until,
            note=record.words,
        )
        self.say(
            record,
            flow_id=identity,
            name_a=_as_written(record.first),
            name_b=_as_written(record.second),
            kind=record.goods,
        )

    def add_membership(self, record: MembershipRecord) -> None:
        start, end = self.settle(record.first, record), self.settler.settle_metropolis(record.second)
        identity = f"{start.id}|{end.id}"
        self.assembly.sourced["membership_id"][identity] = Membership(
            start=start, end=end, id=identity, since=record.since, until=record.until, note=record.words
        )
        self.say(
            record,
            membership_id=identity,
            name_a=_as_written(record.first),
            name_b=_as_written(record.second),
        )

    def add_application(self, record: ApplicationRecord) -> None:
        start, end = self.settle(record.first, record), self.settle(record.second, record)
        identity = f"{start.id}|{end.id}|{record.since or ''}"
        self.assembly.sourced["application_id"][identity] = Application(
            start=start, end=end, id=identity, stated=record.since
        )
        self.say(
            record,
            application_id=identity,
            name_a=_as_written(record.first),
            name_b=_as_written(record.second),
            status=record.status,
            themes=record.themes,
        )

    def add_participation(self, record: ParticipationRecord) -> None:
        start = self.settle(record.first, record)
        name = record.programme
        end = NodeRef(Label.PROGRAMME, slug(name) or f"programme-{_digest(name, size=6)}")
        known = self.assembly.nodes.get(end)
        programme = known if isinstance(known, Programme) else Programme(id=end.id, name=name)
        self.assembly.nodes[end] = replace(
            programme, publisher=programme.publisher or record.publisher, url=programme.url or record.url
        )
        identity = f"{start.id}|{end.id}"
        self.assembly.sourced["participation_id"][identity] = Participation(start=start, end=end, id=identity)
        self.say(record, participation_id=identity, name_a=_as_written(record.first), name_b=name)

    def say(self, record: Record, **said: Any) -> None:
        """Keep what a record says as a statement, under the id that its words give it, with its source."""
        identity = f"statement:{_digest(self.words_of(record), size=12)}"
        if identity in self.assembly.said:
            self.report(record, "repeated row", f"the same as line {self.assembly.said[identity].row}", "counted once")
            return
        page = record.page
        source_id = self.dataset
        if page is not None:
            source = _page_source(page, self.retrieved)
            source_id = source.id
            self.assembly.nodes.setdefault(NodeRef(Label.SOURCE, source_id), source)
        statement = Statement(
            id=identity,
            dataset=self.dataset,
            said_on=page.published if page else None,
            since=record.since,
            until=None if isinstance(record, ParticipationRecord) else record.until,
            words=record.words,
            doubts=self.doubts(record),
            **said,
        )
        self.assembly.said[identity] = Evidence(statement, source_id, self.retrieved, record.row, self.sheet)

    def words_of(self, record: Record) -> str:
        """Return the text of all that a record says, wherever it stands: all but its row."""
        said = (self.written(part) if type(part) is PlaceQuery else repr(part) for part in SAID[type(record)](record))
        return f"({', '.join((repr(self.dataset), *said))})"

    def written(self, query: PlaceQuery) -> str:
        """Return the text of what is said of a place, which is long, and made once."""
        known = self.places.get(query)
        if known is None:
            known = self.places[query] = repr(query)
        return known

    def settle(self, query: PlaceQuery | NetworkNode, record: Record) -> NodeRef:
        title = record.page.title if record.page else None
        return self.settler.settle(query, file=self.file, line=record.row, page_title=title)

    def doubts(self, record: Record) -> tuple[str, ...]:
        """Return what in a record contradicts the places that it is taken to mean."""
        named = (record.first,) if isinstance(record, ParticipationRecord) else (record.first, record.second)
        return tuple(doubt for query in named if (doubt := self.settler.doubts.get(query)))

    def report(self, record: Record, cause: str, detail: str, outcome: str) -> None:
        self.problems.add(cause, detail, outcome=outcome, file=self.file, line=record.row)


def _as_written(query: PlaceQuery | NetworkNode) -> str:
    if isinstance(query, NetworkNode):
        return query.name
    return query.spellings[0] if query.spellings else query.name


def _digest(text: str, *, size: int) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()


def _page_source(page: Page, retrieved: str | None) -> Source:
    host = ""
    with suppress(ValueError):
        host = urlsplit(page.url).hostname or ""
    return Source(
        id=f"page:{_digest(page.url, size=8)}",
        title=page.title,
        publisher=host.removeprefix("www.") or None,
        url=page.url,
        published=page.published,
        retrieved=retrieved,
    )
