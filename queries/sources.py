"""The sources of a store, with the number of statements and relationships that depend on each.

A *dataset* is loaded as a whole; a *page* is cited by a row of a dataset. A statement belongs to its dataset, and to
its page if it cites one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, cast

from twingraph.errors import UnknownNameError
from twingraph.graph.cypher import statement_subject
from twingraph.graph.model import Label, Relation, Source
from twingraph.graph.schema import make
from twingraph.graph.store import Store, Vertex

__all__ = ["COLUMNS", "SourceUsage", "find_source", "list_sources"]

type Sort = Literal["dataset", "page"]

COLUMNS = (
    "id", "sort", "title", "publisher", "licence", "published", "retrieved", "statements", "partnerships",
    "partnerships_alone", "others", "others_alone", "url",
)  # fmt: skip
"""The columns of :meth:`SourceUsage.row`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceUsage:
    """A source and the data that depends on it.

    Attributes
    ----------
    source
        The source.
    sort
        ``dataset`` or ``page``.
    statements
        The number of its statements.
    partnerships, partnerships_alone
        Partnerships with a statement of it, and those with no statement of another source of its sort.
    others, others_alone
        The same of aid, hosting, memberships, applications and participations.
    """

    source: Source
    sort: Sort
    statements: int = 0
    partnerships: int = 0
    partnerships_alone: int = 0
    others: int = 0
    others_alone: int = 0

    def row(self) -> tuple[object, ...]:
        """Return it as a row of :data:`COLUMNS`."""
        about = self.source
        return (
            about.id, self.sort, about.title, about.publisher, about.licence, about.published, about.retrieved,
            self.statements, self.partnerships, self.partnerships_alone, self.others, self.others_alone, about.url,
        )  # fmt: skip


def list_sources(store: Store) -> tuple[SourceUsage, ...]:
    """Return every source: datasets before pages, by number of statements descending, then by id."""
    known = {
        source.id: source
        for (node,) in store.read(f"MATCH (s:{Label.SOURCE}) RETURN s").records
        if isinstance(node, Vertex)
        for source in [make(Source, node.properties)]
    }
    rows = store.read(
        f"MATCH (s:{Label.STATEMENT})-[:{Relation.FROM}]->(source:{Label.SOURCE}) "
        "RETURN s.dataset AS dataset, source.id AS page, s.partnership_id AS partnership, "
        f"{statement_subject('s', exclude='partnership_id')} AS other"
    )
    said = [cast("tuple[str, str, str | None, str | None]", record) for record in rows.records]
    datasets = {dataset for dataset, *_ in said}
    found = [
        *_usage(known, "dataset", ((dataset, partnership, other) for dataset, _, partnership, other in said)),
        *_usage(
            known, "page", ((page, partnership, other) for _, page, partnership, other in said if page not in datasets)
        ),
    ]
    listed = {each.source.id for each in found}
    # Sources without statements, or added to the graph by another program.
    found += [SourceUsage(source=source, sort=_sort(id_)) for id_, source in known.items() if id_ not in listed]
    return tuple(sorted(found, key=lambda each: (each.sort, -each.statements, each.source.id)))


def find_source(store: Store, source_id: str) -> SourceUsage:
    """Return one source.

    Raises
    ------
    twingraph.errors.UnknownNameError
        The store has no source with this id.
    """
    found = list_sources(store)
    for each in found:
        if each.source.id == source_id:
            return each
    known = [each.source.id for each in found]
    raise UnknownNameError("source", source_id, known, "`twingraph sources --all` lists the ids.")


def _sort(source_id: str) -> Sort:
    return "page" if source_id.startswith("page:") else "dataset"


def _usage(
    known: dict[str, Source], sort: Sort, statements: Iterable[tuple[str, str | None, str | None]]
) -> list[SourceUsage]:
    """Count by source the statements, and the relationships with a statement of it or of it alone."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    sources_of: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for source_id, partnership, other in statements:
        counts[source_id]["statements"] += 1
        if about := partnership or other:
            sources_of["partnerships" if partnership else "others", about].add(source_id)
    for (what, _id), ids in sources_of.items():
        for source_id in ids:
            counts[source_id][what] += 1
            counts[source_id][f"{what}_alone"] += len(ids) == 1
    return [
        SourceUsage(source=known.get(source_id) or Source(id=source_id), sort=sort, **counted)
        for source_id, counted in counts.items()
    ]
