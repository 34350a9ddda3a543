"""The kinds of record that a page shows besides partnerships, and the statements and sources behind all of them.

A new kind of record that goes from one place to another needs three changes to be drawn, listed and saved:

1. an entry in `LAYERS`;
2. its words in ``assets/strings.json``: ``layer_TYPE``, ``section_SECTION``, and with columns ``show_SECTION``;
3. its colour in ``assets/page.css``: the variable ``--TYPE``.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Protocol, cast
from urllib.parse import urlsplit

from twingraph.graph.model import NodeRef, Partnership, Relation, Source, Status
from twingraph.maps.columns import Json, facts_of, names_of, present
from twingraph.queries.scope import StoredStatement, Subgraph


class _Record(Protocol):
    """A relationship of the graph: all layers need of it are its ends and its id."""

    @property
    def start(self) -> NodeRef: ...
    @property
    def end(self) -> NodeRef: ...
    @property
    def id(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A kind of record that is drawn as an arrow from one place to another, and can be switched on.

    Attributes
    ----------
    type
        Its name in the page.
    records
        Reads its records from a subgraph.
    facts
        The attribute of a record for each fact that the page shows.
    section
        The heading of a card under which its records are listed; layers may share one.
    style
        How the page draws and lists it: ``reversed`` (the arrow points to the start), ``lane`` (how far it bends off
        the line of a partnership), ``hollow`` (the arrow's head), ``dashes`` (line pattern of each status, in pixels;
        the first is that of an unknown status), ``any`` (a territory as end means any municipality in it), ``columns``
        (those of its table) and ``csv_kind`` (its kind in the saved table).
    """

    type: str
    records: Callable[[Subgraph], Iterable[_Record]]
    facts: Mapping[str, str]
    section: str
    style: Json = field(default_factory=dict)


_FLOW_FACTS = {name: name for name in ("goods", "amount", "unit", "since", "until", "note")}

LAYERS = (
    Layer(
        type="aid",
        records=lambda subgraph: [flow for flow in subgraph.flows if flow.relation is not Relation.HOSTED],
        facts=_FLOW_FACTS,
        section="flows",
    ),
    Layer(
        type="hosted",
        records=lambda subgraph: [flow for flow in subgraph.flows if flow.relation is Relation.HOSTED],
        facts=_FLOW_FACTS,
        section="flows",
        style={"reversed": True},  # people go to their host
    ),
    Layer(
        type="sought",
        records=lambda subgraph: subgraph.applications,
        facts={"themes": "themes", "since": "stated", "until": "until", "status": "status"},
        section="applications",
        style={
            "lane": 2.6,
            "hollow": True,
            "any": True,
            "dashes": {"open": [9, 5], "matched": [], "withdrawn": [2, 6]},
            "columns": ["from", "to", "themes", "status", "since", "until", "source"],
            "csv_kind": "application",
        },
    ),
)
"""In the order of the legend."""

type Statements = Mapping[str, list[Json]]


def ends_of_records(subgraph: Subgraph) -> set[NodeRef]:
    """Return the places at the ends of all partnerships and records of layers."""
    records = (*subgraph.partnerships, *(item for layer in LAYERS for item in layer.records(subgraph)))
    return {ref for item in records for ref in (item.start, item.end)}


def layer_data() -> list[Json]:
    """Return the layers as the page needs them."""
    return [{"type": layer.type, "section": layer.section, **layer.style} for layer in LAYERS]


def arrow_data(subgraph: Subgraph, number: Mapping[str, int], statements: Statements) -> list[Json]:
    """Return the records of all layers.

    Parameters
    ----------
    subgraph
        What is shown.
    number
        The number of each place, by id.
    statements
        From `statements_of`.
    """
    return [
        present(
            type=layer.type,
            a=number[item.start.id],
            b=number[item.end.id],
            **{name: _plain(getattr(item, attribute)) for name, attribute in layer.facts.items()},
            statements=statements.get(item.id),
        )
        for layer in LAYERS
        for item in layer.records(subgraph)
    ]


def member_data(subgraph: Subgraph, number: Mapping[str, int], statements: Statements) -> list[Json]:
    """Return which place belongs to which metropolis; parameters as for `arrow_data`."""
    return [
        present(
            a=number[item.start.id],
            b=number[item.end.id],
            **facts_of(item, "since", "until", "note"),
            statements=statements.get(item.id),
        )
        for item in subgraph.memberships
    ]


def participation_data(subgraph: Subgraph, number: Mapping[str, int], statements: Statements) -> list[Json]:
    """Return which place takes part in which programme, by the programme's position in `programme_data`."""
    programme = {each.id: index for index, each in enumerate(subgraph.programmes)}
    return [
        present(
            a=number[item.start.id],
            p=programme[item.end.id],
            since=item.since,
            statements=statements.get(item.id),
        )
        for item in subgraph.participations
        if item.start.id in number
    ]


def programme_data(subgraph: Subgraph) -> list[Json]:
    """Return the programmes."""
    return [
        present(key=each.id, url=safe_url(each.url), **facts_of(each, "name", "publisher"))
        for each in subgraph.programmes
    ]


def source_data(sources: Iterable[Source]) -> list[Json]:
    """Return the sources."""
    return [
        present(url=safe_url(source.url), **facts_of(source, "title", "publisher", "licence", "published", "retrieved"))
        for source in sources
    ]


def data_date(subgraph: Subgraph) -> str | None:
    """Return the day of the data: the latest on which a source was retrieved, else the latest statement's."""
    days = [source.retrieved for source in subgraph.sources if source.retrieved]
    days = days or [each.statement.said_on for each in subgraph.statements if each.statement.said_on]
    return max(days, default=None)


def acts_of(subgraph: Subgraph) -> dict[str, dict[str, Json]]:
    """Return the acts of each partnership, by its id and their own: those in force first, then by date.

    ``also`` names the further parties of an act of three places or more.
    """
    names = {
        place.id: names_of(place.name, place.name_uk, getattr(place, "name_local", None))
        for group in (subgraph.municipalities, subgraph.metropolises, subgraph.regions, subgraph.countries)
        for place in group
    }
    ids = {frozenset((tie.start.id, tie.end.id)): tie.id for tie in subgraph.partnerships if tie.agreement_count}
    order = [*Status]
    found: dict[str, dict[str, Json]] = {}
    for stored in sorted(
        subgraph.agreements,
        key=lambda each: (
            order.index(Status(each.agreement.status)),
            each.agreement.since or "\uffff",
            each.agreement.id,
        ),
    ):
        parties = [ref.id for ref in stored.parties]
        for pair in combinations(parties, 2):
            if tie := ids.get(frozenset(pair)):
                found.setdefault(tie, {})[stored.agreement.id] = present(
                    **facts_of(stored.agreement, "kind", "status", "since", "until", "title", "disputed"),
                    signed=list(stored.agreement.signed_by),
                    approved=stored.agreement.approved_by,
                    themes=list(stored.agreement.themes),
                    also=[names[id_] for id_ in parties if id_ not in pair],
                )
    return found


def statements_of(
    subgraph: Subgraph, source_number: Mapping[str, int], acts: Mapping[str, Mapping[str, Json]]
) -> dict[str, list[Json]]:
    """Return the statements about each partnership and record, by its id.

    A fact that agrees with the partnership is absent; an empty text is a fact that the statement does not give. ``act``
    is the position of the act that it describes in `acts`, from `acts_of`.
    """
    found: dict[str, list[Json]] = {}
    ties = {tie.id: tie for tie in subgraph.partnerships}
    names = {place.id: place.name for group in (subgraph.municipalities, subgraph.metropolises) for place in group}
    position = {(tie, act): index for tie, own in acts.items() for index, act in enumerate(own)}
    for stored in subgraph.statements:
        about = stored.statement.about
        if about:
            statement = _statement(stored, source_number)
            if tie := ties.get(about):
                _drop_agreeing(statement, tie, {names.get(tie.start.id), names.get(tie.end.id)})
                statement |= present(act=position.get((about, stored.statement.agreement_id or "")))
            found.setdefault(about, []).append(statement)
    return found


def _drop_agreeing(statement: Json, tie: Partnership, names: set[str | None]) -> None:
    for fact in ("kind", "status", "since", "until"):
        if statement.get(fact) == getattr(tie, fact):
            statement.pop(fact, None)
        elif fact not in statement:
            statement[fact] = ""
    if set(cast("list[str]", statement.get("names", []))) == names:
        del statement["names"]


def _statement(stored: StoredStatement, source_number: Mapping[str, int]) -> Json:
    statement = stored.statement
    return present(
        src=[source_number[id_] for id_ in stored.sources if id_ in source_number],
        row=f"{stored.row} [{stored.sheet}]" if stored.sheet else stored.row,
        on=statement.said_on,
        names=[name for name in (statement.name_a, statement.name_b) if name],
        **facts_of(statement, "kind", "status", "since", "until", "words"),
    )


def safe_url(url: str | None) -> str | None:
    """Return a web address that may become a link, or ``None``: ``javascript:`` and its like never do."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme.lower() in {"http", "https"} and parts.netloc else None


def _plain(value: object) -> object:
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
