"""Count the contents of a store; every engine returns the same numbers in the same order.

A *partnership* is one pair and one kind; a *pair* is two different places with at least one partnership; it is
*domestic* if both are in one country. A partnership between two countries counts once for each, a domestic one once.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from twingraph.graph.model import Label, Relation
from twingraph.graph.store import Store
from twingraph.queries.analyses.network import Network
from twingraph.queries.analyses.structure import Structure, network_measures

__all__ = ["STORE_SECTIONS", "Section", "Stats", "count", "count_network", "structure_sections"]

STORE_SECTIONS = ("nodes", "relationships", "datasets", "publishers")
"""Sections about the whole store, not about one network."""

_COUNTRY = "CASE WHEN {0}:Region OR {0}:Country THEN left({0}.id, 2) ELSE {0}.country_code END"


@dataclass(frozen=True, slots=True)
class Section:
    """One table of counts.

    Attributes
    ----------
    name
        The stable name.
    columns
        Names of the columns.
    keys
        The columns that identify a row; the others are numbers.
    records
        The rows, by count descending, then by name.
    """

    name: str
    columns: tuple[str, ...]
    keys: tuple[str, ...]
    records: tuple[tuple[object, ...], ...]


@dataclass(frozen=True, slots=True)
class Stats:
    """All counts of a store, by section."""

    sections: tuple[Section, ...]

    def __getitem__(self, name: str) -> Section:
        return next(section for section in self.sections if section.name == name)


def count(store: Store) -> Stats:
    """Count what `store` holds.

    Returns
    -------
    Stats
        Sections ``totals``, ``nodes``, ``relationships``, ``kinds``, ``statuses``, ``countries``, ``datasets`` and
        ``publishers``.
    """
    labels = {label: _number(store, f"MATCH (n:{label}) RETURN count(n)") for label in Label}
    types = {relation: _number(store, f"MATCH ()-[r:{relation}]->() RETURN count(r)") for relation in Relation}
    countries = _country_pairs(store)
    pairs = store.read(
        "MATCH (a)-[:PARTNERS_WITH]->(b) WHERE a.id <> b.id WITH DISTINCT a, b "
        f"RETURN {_COUNTRY.format('a')} AS one, {_COUNTRY.format('b')} AS other, count(*) AS n"
    )
    totals = {
        "municipalities": labels[Label.MUNICIPALITY],
        "unplaced": _number(store, "MATCH (m:Municipality) WHERE m.lat IS NULL RETURN count(m)"),
        "partnerships": types[Relation.PARTNERS_WITH],
        "disputed": _number(store, "MATCH ()-[p:PARTNERS_WITH]->() WHERE p.disputed = true RETURN count(p)"),
        "domestic_partnerships": sum(n for (one, other), n in countries.items() if one and one == other),
        "pairs": sum(cast("int", record[2]) for record in pairs.records),
        "domestic_pairs": sum(cast("int", n) for one, other, n in pairs.records if one and one == other),
        "statements": labels[Label.STATEMENT],
    }
    return Stats(
        (
            Section("totals", ("name", "count"), ("name",), tuple(totals.items())),
            _section("nodes", "label", ((label.value, n) for label, n in labels.items())),
            _section("relationships", "type", ((relation.value, n) for relation, n in types.items())),
            _section("kinds", "kind", _by_property(store, "kind")),
            _section("statuses", "status", _by_property(store, "status")),
            _by_country(store, countries),
            _by_dataset(store),
            _by_publisher(store),
        )
    )


def count_network(store: Store, network: Network) -> Stats:
    """Count what one network of `store` holds, in the same sections, without those in `STORE_SECTIONS`.

    Municipalities and other places are those at an end of a partnership that counts.
    """
    places = network.places
    ends = [(places[tie.start].country, places[tie.end].country) for tie in network.ties]
    pairs = [(places[a].country, places[b].country) for a, b in network.pairs]
    municipalities = [place for place in places if place.label is Label.MUNICIPALITY]
    totals = {
        "municipalities": len(municipalities),
        "unplaced": sum(place.lat is None for place in municipalities),
        "partnerships": len(network.ties),
        "domestic_partnerships": sum(one is not None and one == other for one, other in ends),
        "pairs": len(network.pairs),
        "domestic_pairs": sum(one is not None and one == other for one, other in pairs),
    }
    partnerships = Counter(country for pair in ends for country in set(pair))
    return Stats(
        (
            Section("totals", ("name", "count"), ("name",), tuple(totals.items())),
            _section("kinds", "kind", Counter(tie.kind for tie in network.ties).items()),
            _section("statuses", "status", Counter(tie.status for tie in network.ties).items()),
            _countries(store, partnerships, Counter(place.country for place in municipalities)),
        )
    )


def structure_sections(structure: Structure) -> tuple[Section, ...]:
    """Return the sections ``structure`` (the measures of a network), ``degrees`` and ``distances``."""
    values = tuple((each.name, getattr(structure, each.name)) for each in network_measures())
    return (
        Section("structure", ("measure", "value"), ("measure",), values),
        Section("degrees", ("degree", "places"), ("degree",), structure.degree_counts),
        Section("distances", ("steps", "pairs"), ("steps",), structure.distance_counts),
    )


def _number(store: Store, query: str) -> int:
    return cast("int", store.read(query).records[0][0])


def _by_property(store: Store, name: str) -> Iterable[tuple[str, int]]:
    rows = store.read(f"MATCH ()-[p:PARTNERS_WITH]->() RETURN p.{name} AS value, count(*) AS n")
    return [(str(value), cast("int", n)) for value, n in rows.records]


def _country_pairs(store: Store) -> Counter[tuple[str | None, str | None]]:
    """Return the number of partnerships of each pair of countries; ``None`` is an unknown country."""
    rows = store.read(
        "MATCH (a)-[:PARTNERS_WITH]->(b) "
        f"RETURN {_COUNTRY.format('a')} AS one, {_COUNTRY.format('b')} AS other, count(*) AS n"
    )
    return Counter(
        {(cast("str | None", one), cast("str | None", other)): cast("int", n) for one, other, n in rows.records}
    )


def _by_country(store: Store, joined: Counter[tuple[str | None, str | None]]) -> Section:
    partnerships: Counter[str | None] = Counter()
    for ends, n in joined.items():
        for country in set(ends):
            partnerships[country] += n
    rows = store.read("MATCH (m:Municipality) RETURN m.country_code AS country, count(*) AS n")
    municipalities = Counter({cast("str | None", country): cast("int", n) for country, n in rows.records})
    return _countries(store, partnerships, municipalities)


def _countries(store: Store, partnerships: Counter[str | None], municipalities: Counter[str | None]) -> Section:
    names = {record[0]: record[1:] for record in store.read("MATCH (c:Country) RETURN c.id, c.name, c.name_uk").records}
    records = [
        (code, *names.get(code, (code, None)), municipalities[code], partnerships[code])
        for code in {*municipalities, *partnerships}
    ]
    records.sort(key=lambda record: (-cast("int", record[4]), -cast("int", record[3]), str(record[1]), str(record[0])))
    return Section(
        "countries",
        ("country", "name", "name_uk", "municipalities", "partnerships"),
        ("country", "name", "name_uk"),
        tuple(records),
    )


def _by_dataset(store: Store) -> Section:
    rows = store.read("MATCH (s:Statement) RETURN s.dataset AS dataset, count(*) AS n")
    titles = dict(
        cast("tuple[str, object]", record) for record in store.read("MATCH (s:Source) RETURN s.id, s.title").records
    )
    records = sorted(
        ((dataset, titles.get(str(dataset)), n) for dataset, n in rows.records),
        key=lambda record: (-cast("int", record[2]), str(record[0])),
    )
    return Section("datasets", ("dataset", "title", "statements"), ("dataset", "title"), tuple(records))


def _by_publisher(store: Store) -> Section:
    rows = store.read(
        "MATCH (t:Statement)-[:FROM]->(s:Source) WHERE s.id <> t.dataset "
        "RETURN s.publisher AS publisher, count(DISTINCT s) AS pages, count(DISTINCT t) AS statements"
    )
    records = sorted(rows.records, key=lambda record: (-cast("int", record[2]), str(record[0])))
    return Section("publishers", ("publisher", "pages", "statements"), ("publisher",), tuple(map(tuple, records)))


def _section(name: str, key: str, counted: Iterable[tuple[str, int]]) -> Section:
    records = sorted(counted, key=lambda record: (-record[1], record[0]))
    return Section(name, (key, "count"), (key,), tuple(records))
