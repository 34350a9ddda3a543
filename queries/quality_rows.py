"""What a report on quality reads of a store: places, ties and statements as rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from twingraph.graph.cypher import spoken_of
from twingraph.graph.model import Label, Relation
from twingraph.graph.store import Store

__all__ = ["PlaceRow", "StatementRow", "TieRow", "read_places", "read_statements", "read_ties"]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A municipality."""

    id: str
    name: str
    name_uk: str | None
    country: str | None
    kind: str | None
    lat: float | None
    lon: float | None
    population: int | None
    unplaced: str | None
    aliases: Sequence[str]


@dataclass(frozen=True, slots=True)
class TieRow:
    """A relationship between two places, with their names; `said` is what is said of it, in the order below."""

    a: str
    b: str
    type: str
    id: str | None
    name_a: str
    name_b: str
    label_a: str
    label_b: str
    said: tuple[object, ...]
    """status, since, until, signed_by, approved_by, themes, source_count, disputed"""


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement, with the id of what it is about, where it stands, and the page and title of its source."""

    dataset: str
    about: str | None
    said_by: str | None
    doubts: Sequence[str] | None
    name_a: str | None
    name_b: str | None
    status: str | None
    since: str | None
    until: str | None
    words: str | None
    row: int | None
    sheet: str | None
    url: str | None
    source: str

    @property
    def where(self) -> str:
        """Its words, its page or dataset, and its row, as far as they are known."""
        sheet = f" [{self.sheet}]" if self.sheet else ""
        row = None if self.row is None else f"row {self.row}{sheet} of {self.dataset}"
        words = f"“{self.words}”" if self.words else None
        return ", ".join(filter(None, (words, self.source if self.url or not row else None, row)))


def read_places(store: Store) -> list[PlaceRow]:
    """Return the municipalities, by id."""
    rows = store.read(
        f"MATCH (m:{Label.MUNICIPALITY}) RETURN m.id, m.name, m.name_uk, m.country_code, m.kind, m.lat, m.lon, "
        "m.population, m.unplaced, coalesce(m.aliases, []) ORDER BY m.id"
    )
    return [
        PlaceRow(*cast("tuple[str, str, str, str, str, float, float, int, str, list[str]]", r)) for r in rows.records
    ]


def read_ties(store: Store) -> list[TieRow]:
    """Return the relationships between places, type by type."""
    found = []
    for relation in (Relation.PARTNERS_WITH, Relation.SENT_AID, Relation.HOSTED, Relation.MEMBER_OF, Relation.SEEKS):
        rows = store.read(
            f"MATCH (a)-[r:{relation}]->(b) RETURN a.id, b.id, r.id, a.name, b.name, labels(a)[0], labels(b)[0], "
            "r.status, r.since, r.until, r.signed_by, r.approved_by, r.themes, r.source_count, r.disputed "
            "ORDER BY a.id, b.id, r.id"
        )
        for a, b, id_, name_a, name_b, label_a, label_b, *said in rows.records:
            ends = (str(name_a), str(name_b), str(label_a), str(label_b))
            found.append(TieRow(str(a), str(b), relation, cast("str | None", id_), *ends, tuple(said)))
    return found


def read_statements(store: Store) -> list[StatementRow]:
    """Return the statements, by id."""
    rows = store.read(
        f"MATCH (s:{Label.STATEMENT})-[f:{Relation.FROM}]->(source:{Label.SOURCE}) "
        f"RETURN s.dataset, {spoken_of('s')}, s.said_by, s.doubts, s.name_a, s.name_b, s.status, s.since, s.until, "
        "s.words, f.row, f.sheet, source.url, coalesce(source.title, source.id) ORDER BY s.id"
    )
    return [
        StatementRow(*cast("tuple[str, str, str, list[str], str, str, str, str, str, str, int, str, str, str]", record))
        for record in rows.records
    ]
