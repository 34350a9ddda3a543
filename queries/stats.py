"""Count the contents of a store; every engine returns the same numbers in the same order.

Partnerships are counted as :mod:`twingraph.queries.counting` says. By country, one between two countries counts for
each of them, a domestic one once.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import cast

from twingraph.graph.model import Label, Relation, Status
from twingraph.graph.store import Store
from twingraph.queries.analyses.network import Network
from twingraph.queries.analyses.structure import Structure, network_measures
from twingraph.queries.counting import count_network, sort_of

__all__ = ["STORE_SECTIONS", "Section", "Stats", "count", "count_part", "structure_sections"]

STORE_SECTIONS = ("nodes", "relationships", "datasets", "publishers")
"""Sections about the whole store, not about one network."""


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


def count(store: Store, network: Network) -> Stats:
    """Count what `store` holds.

    Parameters
    ----------
    store
        The store.
    network
        Its whole network.

    Returns
    -------
    Stats
        Sections ``totals``, ``nodes``, ``relationships``, ``kinds``, ``statuses``, ``countries``, ``datasets`` and
        ``publishers``.
    """
    labels = {label: _number(store, f"MATCH (n:{label}) RETURN count(n)") for label in Label}
    types = {relation: _number(store, f"MATCH ()-[r:{relation}]->() RETURN count(r)") for relation in Relation}
    municipalities = [
        (sort_of(Label.MUNICIPALITY, kind, None), country, n, placed)
        for kind, country, n, placed in cast(
            "list[tuple[str | None, str | None, int, int]]",
            store.read("MATCH (m:Municipality) RETURN m.kind, m.country_code, count(*), count(m.lat)").records,
        )
    ]
    known = {
        "disputed": _number(store, "MATCH ()-[p:PARTNERS_WITH]->() WHERE p.disputed = true RETURN count(p)"),
        "statements": labels[Label.STATEMENT],
    }
    totals, *sections = _of_network(store, network, municipalities)
    return Stats(
        (
            replace(totals, records=(*totals.records, *known.items())),
            _section("nodes", "label", ((label.value, n) for label, n in labels.items())),
            _section("relationships", "type", ((relation.value, n) for relation, n in types.items())),
            *sections,
            _by_dataset(store),
            _by_publisher(store),
        )
    )


def count_part(store: Store, network: Network) -> Stats:
    """Count what one network of `store` holds, in the same sections, without those in `STORE_SECTIONS`.

    Municipalities and other places are those at an end of a partnership that counts.
    """
    municipalities = [
        (sort_of(place.label, place.kind, None), place.country, 1, int(place.lat is not None))
        for place in network.places
        if place.label is Label.MUNICIPALITY
    ]
    return Stats(_of_network(store, network, municipalities))


def _of_network(
    store: Store, network: Network, municipalities: Sequence[tuple[str, str | None, int, int]]
) -> tuple[Section, ...]:
    """Return the sections on partnerships; of municipalities are given sort, country, number and number placed."""
    counts = count_network(network)
    sorts = Counter[str]()
    by_country = Counter[str | None]()
    for sort, country, n, _placed in municipalities:
        sorts[sort] += n
        by_country[country] += n if sort == "municipality" else 0
    totals = {
        "municipalities": sorts["municipality"],
        "raions": sorts["raion"],
        "counties": sorts["county"],
        "unplaced": sum(n - placed for _sort, _country, n, placed in municipalities),
        "partnerships": counts.partnerships,
        **{status.value: counts.statuses.get(status, 0) for status in Status},
        "foreign": counts.foreign,
        "domestic": counts.domestic,
        "unknown_country": counts.unknown_country,
        "agreements": _agreements(store, network),
    }
    partnerships = Counter(
        country
        for tie in network.ties
        for country in {network.places[tie.start].country, network.places[tie.end].country}
    )
    return (
        Section("totals", ("name", "count"), ("name",), tuple(totals.items())),
        _section("kinds", "kind", Counter(tie.kind for tie in network.ties).items()),
        _section("statuses", "status", counts.statuses.items()),
        _countries(store, partnerships, by_country),
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


def _agreements(store: Store, network: Network) -> int:
    """Return the number of acts that two partners of the network are parties to."""
    rows = store.read(f"MATCH (a)-[:{Relation.PARTY_TO}]->(act:{Label.AGREEMENT}) RETURN act.id, a.id").records
    parties: dict[str, list[int]] = defaultdict(list)
    for act, place in cast("list[tuple[str, str]]", rows):
        if place in network.index:
            parties[act].append(network.index[place])
    pairs = {frozenset(pair) for pair in network.pairs}
    return sum(any(frozenset(pair) in pairs for pair in combinations(own, 2)) for own in parties.values())


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
