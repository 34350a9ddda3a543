"""Findings on data quality: one function for each section."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import cast

import numpy as np
from rapidfuzz import fuzz

from twingraph.graph.cypher import statement_subject
from twingraph.graph.model import Label, Relation
from twingraph.graph.standing import status_on, today
from twingraph.graph.store import Store
from twingraph.queries.analyses.geographic_distances import great_circle_km
from twingraph.text.folding import fold, fold_all


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
    """A relationship between two places, with their names."""

    type: str
    a: str
    b: str
    id: str | None
    name_a: str
    name_b: str
    status: str | None
    since: str | None
    until: str | None
    themes: Sequence[str] | None
    source_count: int | None
    disputed: bool | None


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement with the id of its subject, its row, and the page and title of its source."""

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
    signed_by: Sequence[str] | None
    approved_by: str | None
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
    """Return the relationships between places, type by type; the status of a partnership is that of today."""
    ties = [
        TieRow(relation, *cast("tuple[str, str, str, str, str, str, str, str, list[str], int, bool]", r))
        for relation in (Relation.PARTNERS_WITH, Relation.SENT_AID, Relation.HOSTED, Relation.MEMBER_OF, Relation.SEEKS)
        for r in store.read(
            f"MATCH (a)-[r:{relation}]->(b) RETURN a.id, b.id, r.id, a.name, b.name, r.status, r.since, r.until, "
            "r.themes, r.source_count, r.disputed ORDER BY a.id, b.id, r.id"
        ).records
    ]
    day = today()
    return [
        replace(tie, status=status_on(tie.status, tie.since, tie.until, day))
        if tie.type == Relation.PARTNERS_WITH
        else tie
        for tie in ties
    ]


def read_statements(store: Store) -> list[StatementRow]:
    """Return the statements, by id."""
    rows = store.read(
        f"MATCH (s:{Label.STATEMENT})-[f:{Relation.FROM}]->(source:{Label.SOURCE}) "
        f"RETURN s.dataset, {statement_subject('s')}, s.said_by, s.doubts, s.name_a, s.name_b, s.status, s.since, "
        "s.until, s.words, s.signed_by, s.approved_by, f.row, f.sheet, source.url, "
        "coalesce(source.title, source.id) ORDER BY s.id"
    )
    return [
        StatementRow(
            *cast(
                "tuple[str, str, str, list[str], str, str, str, str, str, str, list[str], str, int, str, str, str]",
                record,
            )
        )
        for record in rows.records
    ]


SECTIONS = (
    "unplaced", "contradictions", "abroad", "duplicates", "disputed", "one_sided", "loops", "one_spot", "namesakes",
)  # fmt: skip
"""Sections of findings, in the order in which they are reported."""

COLUMNS = ("section", "effect", "name", "name_uk", "country", "id", "about", "next")
"""The columns of :meth:`Finding.row`."""

type Offer = Callable[[str, str | None], Sequence[tuple[str, str]]]
"""From a name and a country to the places that it may mean: each an id, and a name in words."""
type Elsewhere = Callable[[str, float, float], tuple[str | None, float] | None]
"""From a country, a latitude and a longitude to the country where that is instead, and km to its nearest place."""

NEAR_KM = 5.0
"""The largest distance between two places that may be one (chosen by hand)."""
ALIKE = 87
"""The minimum similarity (0-100) of their names: ``Nova Kakhovka`` and ``Nova Kahovka`` have 92."""
_CELL = 0.05
_WITHOUT_KIND = frozenset({None, "city", "town", "village", "settlement"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A possible fault in the data.

    Attributes
    ----------
    section
        One of :data:`SECTIONS`.
    effect
        The number of relationships or statements affected.
    name, name_uk, country, id
        Of the place, or of the two places of a tie.
    about
        The finding in words.
    next
        The next step, a command if there is one.
    """

    section: str
    effect: int
    name: str
    name_uk: str | None = None
    country: str | None = None
    id: str
    about: str
    next: str = ""

    def row(self) -> tuple[object, ...]:
        """Return it as a row of :data:`COLUMNS`."""
        return (
            self.section, self.effect, self.name, self.name_uk, self.country, self.id, self.about, self.next,
        )  # fmt: skip


def _found(section: str, place: PlaceRow, effect: int, about: str, command: str = "") -> Finding:
    return Finding(
        section=section,
        effect=effect,
        name=place.name,
        name_uk=place.name_uk,
        country=place.country,
        id=place.id,
        about=about,
        next=command,
    )


def unplaced(places: Iterable[PlaceRow], degree: Counter[str], offer: Offer) -> Iterable[Finding]:
    """Find places without coordinates, with what they may be."""
    for place in places:
        if place.lat is not None:
            continue
        offered = [each for each in offer(place.name, place.country) if each[0] != place.id]
        about = place.unplaced or "It has no coordinates."
        if offered:
            about += " It may be " + "; ".join(f"{name} ({id_})" for id_, name in offered[:4]) + "."
        asked = quoted(f"{place.name},{place.country}") if place.country else quoted(place.name)
        command = f"twingraph resolve --same {asked} {offered[0][0]}" if offered and place.country else ""
        yield _found("unplaced", place, degree[place.id], about, command or f"twingraph show {quoted(place.id)}")


def contradictions(statements: Iterable[StatementRow]) -> Iterable[Finding]:
    """Find records whose coordinates or ids contradict the place that they name."""
    doubted: dict[str, list[StatementRow]] = defaultdict(list)
    for statement in statements:
        for doubt in statement.doubts or ():
            doubted[doubt].append(statement)
    for doubt, said in doubted.items():
        first = said[0]
        yield Finding(
            section="contradictions",
            effect=len(said),
            name=f"{first.name_a} – {first.name_b}",
            id=first.about or "",
            about=f"{doubt} So said {first.where}{_more(said[1:])}; the name was believed.",
            next="Correct the record, or judge what its name means: `twingraph resolve --help`.",
        )


def _more(others: Sequence[StatementRow]) -> str:
    """Return the further rows with the same contradiction, in words."""
    rows = "; ".join(f"{each.name_a} – {each.name_b}, {each.where}" for each in others[:2])
    rest = f"; and {len(others) - 2} more" if others[2:] else ""
    return f"; also of {rows}{rest}" if others else ""


def abroad(places: Iterable[PlaceRow], degree: Counter[str], elsewhere: Elsewhere) -> Iterable[Finding]:
    """Find places whose coordinates lie in another country than their own."""
    for place in places:
        if place.lat is None or place.lon is None or place.country is None:
            continue
        there = elsewhere(place.country, place.lat, place.lon)
        if there is None:
            continue
        country, km = there
        lies = f"The nearest known place is {km:,.0f} km away, in {country}" if country else "No known place is near"
        about = f"Its coordinates ({place.lat:.4f}, {place.lon:.4f}) are not in {place.country}. {lies}."
        command = f"twingraph resolve {quoted(place.name)} --country {place.country}"
        yield _found("abroad", place, degree[place.id], about, command)


def duplicates(
    places: Sequence[PlaceRow], degree: Counter[str], judged: Collection[frozenset[str]]
) -> Iterable[Finding]:
    """Find places with similar names near each other that have no judgement."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    keys = fold_all([place.name for place in places])
    for number, place in enumerate(places):
        if place.lat is not None and place.lon is not None:
            cells[math.floor(place.lat / _CELL), math.floor(place.lon / _CELL)].append(number)
    for (row, column), here in cells.items():
        wide = min(1 + int(1 / max(math.cos(math.radians(row * _CELL)), 0.1)), 10)
        around = [
            number
            for north in (0, 1)
            for east in range(-wide if north else 1, wide + 1)
            for number in cells.get((row + north, column + east), ())
        ]
        for one, other in (*combinations(here, 2), *((one, other) for one in here for other in around)):
            found = _alike(places[one], places[other], keys[one], keys[other])
            if found and frozenset((places[one].id, places[other].id)) not in judged:
                a, b = sorted((places[one], places[other]), key=lambda place: (-degree[place.id], place.id))
                yield _found(
                    "duplicates",
                    a,
                    degree[b.id],
                    f"{b.name} ({b.id}) lies {found} from it: they may be one.",
                    f"twingraph resolve --same {quoted(b.id)} {quoted(a.id)}",
                )


def _alike(one: PlaceRow, other: PlaceRow, key: str, other_key: str) -> str:
    """Return the distance of two places that may be one, in words; empty if they are not near or not alike."""
    if one.country != other.country or (one.kind != other.kind and not {one.kind, other.kind} <= _WITHOUT_KIND):
        return ""
    if key != other_key and not {one.kind, other.kind} <= _WITHOUT_KIND:  # numbered districts are alike, and several
        return ""
    # GeoNames lists both, so they are different places unless it gives them one name.
    registered = one.id.startswith("geonames:") and other.id.startswith("geonames:")
    if key != other_key and (registered or fuzz.ratio(key, other_key) < ALIKE) and not _shares(one, other_key):
        return ""
    spots = np.array([[one.lat, one.lon], [other.lat, other.lon]], dtype=np.float64)
    km = float(great_circle_km(spots[0, :1], spots[0, 1:], spots[1, :1], spots[1, 1:])[0])
    return f"{km:.1f} km" if km <= NEAR_KM else ""


def _shares(place: PlaceRow, key: str) -> bool:
    return any(fold(alias) == key for alias in place.aliases)


def disputed(ties: Iterable[TieRow], statements: Iterable[StatementRow]) -> Iterable[Finding]:
    """Find partnerships on whose status or dates sources disagree, with what each says."""
    disputed = {tie.id: tie for tie in ties if tie.disputed}
    said: dict[str, list[StatementRow]] = defaultdict(list)
    for statement in statements:
        if statement.about is not None and statement.about in disputed:
            said[statement.about].append(statement)
    for id_, tie in disputed.items():
        accounts = "; ".join(f"{_words(each)} ({each.where})" for each in said[str(id_)])
        yield _tie_found("disputed", tie, len(said[str(id_)]), f"Sources disagree: {accounts}.")


def _words(statement: StatementRow) -> str:
    dates = " ".join(f"{word} {day}" for word, day in (("since", statement.since), ("until", statement.until)) if day)
    return " ".join(filter(None, (statement.status, dates))) or "no more than that"


def one_sided(ties: Iterable[TieRow], statements: Iterable[StatementRow]) -> tuple[list[Finding], int, int]:
    """Return the one-sided partnerships, the number that could be checked, and the number named by both sides."""
    spoken: dict[tuple[str, str], set[str]] = defaultdict(set)
    speakers: dict[str, set[str]] = defaultdict(set)
    for statement in statements:
        if statement.said_by and statement.about:
            spoken[statement.dataset, statement.about].add(statement.said_by)
            speakers[statement.dataset].add(statement.said_by)
    if not spoken:
        return [], 0, 0
    by_id = {tie.id: tie for tie in ties if tie.id and tie.type == Relation.PARTNERS_WITH}
    named: dict[tuple[str, frozenset[str]], tuple[TieRow, set[str]]] = {}
    for (dataset, about), who in spoken.items():
        tie = by_id.get(about)
        if tie and tie.a != tie.b:
            named.setdefault((dataset, frozenset((tie.a, tie.b))), (tie, set()))[1].update(who)
    known = [
        (dataset, tie, who)
        for (dataset, pair), (tie, who) in named.items()
        if pair <= speakers[dataset] and who <= pair
    ]
    found = []
    for dataset, tie, who in known:
        if len(who) == 1:
            speaks, silent = (tie.name_a, tie.name_b) if tie.a in who else (tie.name_b, tie.name_a)
            found.append(
                _tie_found("one_sided", tie, 1, f"In {dataset}, {speaks} names {silent}, and {silent} does not.")
            )
    return found, len(known), len(known) - len(found)


def loops(ties: Iterable[TieRow]) -> Iterable[Finding]:
    """Find partnerships of a place with itself."""
    for tie in ties:
        if tie.a == tie.b and tie.type == Relation.PARTNERS_WITH:
            yield _tie_found("loops", tie, 1, "It is its own partner: two places may have been merged into one.")


def _tie_found(section: str, tie: TieRow, effect: int, about: str) -> Finding:
    command = f"twingraph show {quoted(tie.a)}"
    name = f"{tie.name_a} – {tie.name_b}"
    return Finding(section=section, effect=effect, name=name, id=tie.id or "", about=about, next=command)


def one_spot(places: Iterable[PlaceRow], degree: Counter[str]) -> Iterable[Finding]:
    """Find places with identical coordinates, such as districts placed at their city."""
    at: dict[object, list[PlaceRow]] = defaultdict(list)
    for place in places:
        if place.lat is not None and place.lon is not None:
            at[place.lat, place.lon].append(place)
    return _shared("one_spot", at.values(), degree, "At the same coordinates")


def namesakes(places: Sequence[PlaceRow], degree: Counter[str]) -> Iterable[Finding]:
    """Find places that share their name with another one of their country."""
    named: dict[object, list[PlaceRow]] = defaultdict(list)
    for key, place in zip(fold_all([place.name for place in places]), places, strict=True):
        named[key, place.country].append(place)
    return _shared("namesakes", named.values(), degree, "With the same name in the country")


def _shared(section: str, groups: Iterable[Sequence[PlaceRow]], degree: Counter[str], what: str) -> Iterable[Finding]:
    """Report each group of two places or more at its place with the most relationships."""
    for group in groups:
        if len(group) > 1:
            first, *others = sorted(group, key=lambda place: (-degree[place.id], place.id))
            about = f"{what}: {'; '.join(map(_called, others))}."
            command = f"twingraph show {quoted(first.id)}"
            yield _found(section, first, sum(degree[place.id] for place in group), about, command)


def _called(place: PlaceRow) -> str:
    return f"{place.name} ({', '.join(filter(None, (place.kind, place.id)))})"


def quoted(text: str) -> str:
    """Quote a text for a shell."""
    plain = all(letter.isalnum() or letter in ":/.-_" for letter in text)
    return text if plain and text else "'" + text.replace("'", "'\"'\"'") + "'"
