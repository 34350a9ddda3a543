"""One search for a name in one store, step by step; and what to say where several nodes bear it, or none."""

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from typing import cast

from twingraph.errors import AmbiguousNameError, UnknownNameError
from twingraph.graph.model import Country, Label, Metropolis, Municipality, NodeRef, Region
from twingraph.graph.schema import make
from twingraph.graph.store import Store, Vertex
from twingraph.queries.spelling import (
    CITY_WORDS,
    HROMADA_WORDS,
    REGION_WORDS,
    oblast_keys,
    without_kind_words,
    words_in,
)
from twingraph.text.folding import fold, fold_all

__all__ = [
    "BEST",
    "BY_ALIAS",
    "PLACE_CLASSES",
    "PLACE_LABELS",
    "WITHOUT_KIND",
    "Finder",
    "Found",
    "PlaceNode",
    "find_any",
    "find_country",
    "find_metropolis",
    "find_municipality",
    "find_place",
    "find_region",
]

type PlaceNode = Municipality | Metropolis | Region | Country

PLACE_CLASSES: dict[Label, type[PlaceNode]] = {
    Label.MUNICIPALITY: Municipality,
    Label.METROPOLIS: Metropolis,
    Label.REGION: Region,
    Label.COUNTRY: Country,
}
"""What can be a partner, a giver or a receiver."""

PLACE_LABELS: dict[str, Label] = {label.lower(): label for label in PLACE_CLASSES}
"""Their labels by the words for them: ``municipality``, ``region``."""


_SETTLEMENTS = frozenset({None, "city", "town", "village", "urban_settlement", "settlement", "capital"})
_QUALIFIED = re.compile(r"^(?P<name>[^,(]*[^,(\s])\s*(?:,\s*(?P<after>[^()]+)|\(\s*(?P<inside>[^()]+)\))\s*$")
_CODE = re.compile(r"[A-Za-z]{2}(-[A-Za-z0-9]{1,3})?")
_REGISTERS = {"katottg": re.compile(r"UA\d{17}", re.IGNORECASE), "wikidata_id": re.compile(r"Q\d+", re.IGNORECASE)}
BEST, WITHOUT_KIND, BY_ALIAS = 0, 2, 3
"""Steps of a search, in the order of `twingraph.queries.names`: as it stands, without words of kind, by an alias."""


@dataclass(frozen=True, slots=True)
class _Names:
    """What one label's nodes are called; `rows` are the facts that choose between namesakes."""

    label: Label
    ids: list[str]
    rows: list[tuple[object, ...]]
    spellings: list[str]
    owners: list[int]
    folded: list[str] = field(default_factory=list)

    def keys(self) -> list[str]:
        if not self.folded:
            self.folded.extend(fold_all(self.spellings))
        return self.folded

    def matches(self, wanted: Set[str], keys: Iterable[str]) -> list[int]:
        return list(dict.fromkeys(self.owners[at] for at, key in enumerate(keys) if key in wanted))


class Finder:
    """One search in one store: what it reads is kept for the next step of the same search."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._names: dict[tuple[Label, bool], _Names] = {}

    def one(self, label: Label, text: str) -> PlaceNode:
        """Return the one node of a label that `text` means."""
        if node := self.by_id(text, (label,)):
            return node
        _step, owners = self.search(label, text)
        if not owners:
            what = "oblast" if label is Label.REGION and not text.isascii() else label.lower()
            raise self.unknown(what, text, (label,))
        return self.choose(label, text, owners)

    def by_id(self, text: str, labels: Sequence[Label]) -> PlaceNode | None:
        """Return the node whose id is `text`, in any case."""
        text = text.strip()
        wanted = [text, text.upper()] if _CODE.fullmatch(text) else [text, text.lower()]
        if Label.MUNICIPALITY in labels:
            for property_name, form in _REGISTERS.items():
                if form.fullmatch(text):
                    return self._municipality_by(property_name, text.upper())
        if ":" not in text and not _CODE.fullmatch(text):
            return None
        for label in labels:
            rows = self._store.read(f"UNWIND $ids AS i MATCH (n:{label} {{id: i}}) RETURN n", {"ids": wanted})
            for record in rows.records:
                return make(PLACE_CLASSES[label], cast("Vertex", record[0]).properties)
        return None

    def _municipality_by(self, property_name: str, value: str) -> PlaceNode | None:
        rows = self._store.read(
            f"MATCH (n:Municipality) WHERE n.{property_name} = $value RETURN n ORDER BY n.id", {"value": value}
        )
        return make(Municipality, cast("Vertex", rows.records[0][0]).properties) if rows.records else None

    def search(self, label: Label, text: str, *, until: int = BY_ALIAS) -> tuple[int, list[int]]:
        """Return the step that found something, at most `until`, and the positions of the nodes it found."""
        step, owners = self._search(label, text, until=until)
        if owners or not (parts := _QUALIFIED.match(text.strip())):
            return step, owners
        step, owners = self._search(label, parts["name"], until=until)
        within = self._within((parts["after"] or parts["inside"]).strip())
        return step, [owner for owner in owners if within & self._lies_in(label, owner)]

    def _search(self, label: Label, text: str, *, until: int = BY_ALIAS) -> tuple[int, list[int]]:
        key = fold(text)
        regions = label is Label.REGION
        (bare,) = without_kind_words([key], regions=regions)
        for step in range(until + 1 if key else 0):
            names = self.names(label, aliases=step == BY_ALIAS)
            match step:
                case 0:
                    owners = names.matches({text.strip().casefold()}, map(str.casefold, names.spellings))
                case 1:
                    owners = names.matches({key}, names.keys())
                case 2 if regions:
                    plain = without_kind_words(names.keys(), regions=True)
                    stems = oblast_keys(bare)
                    owners = names.matches(stems, (next(iter(oblast_keys(each) & stems), "") for each in plain))
                case 2:
                    owners = names.matches({bare}, without_kind_words(names.keys()))
                case _:
                    owners = names.matches({key}, names.keys()) or names.matches({bare}, names.keys())
            if owners:
                return step, owners
        return until, []

    def names(self, label: Label, *, aliases: bool = False) -> _Names:
        """Read the names, or the aliases, of all nodes of one label."""
        if (label, aliases) not in self._names:
            known = None if not aliases else self.names(label)
            self._names[label, aliases] = _read_aliases(self._store, known) if known else _read(self._store, label)
        return self._names[label, aliases]

    def choose(self, label: Label, text: str, owners: Sequence[int]) -> PlaceNode:
        """Return the one node that is meant, or tell that there are several."""
        names = self.names(label)
        if len(owners) > 1:
            owners = _fitting(names, fold(text), owners)
        if len(owners) == 1:
            return self.node(label, names.ids[owners[0]])
        nodes = [self.node(label, names.ids[owner]) for owner in owners]
        nodes.sort(key=lambda node: (-(getattr(node, "population", None) or 0), node.id))
        candidates = [self._told(label, node) for node in nodes]
        name = text.strip()
        country = self._country_of(nodes[0])
        hint = (
            f"Give its id, or add where it lies: {name.split(',')[0]!r} as {f'{name}, {country}'!r}." if country else ""
        )
        raise AmbiguousNameError(label.lower(), name, candidates, hint or "Give its id.")

    def node(self, label: Label, node_id: str) -> PlaceNode:
        """Return a node of the store by its id."""
        rows = self._store.read(f"MATCH (n:{label} {{id: $id}}) RETURN n", {"id": node_id})
        return make(PLACE_CLASSES[label], cast("Vertex", rows.records[0][0]).properties)

    def unknown(self, what: str, text: str, labels: Sequence[Label]) -> UnknownNameError:
        """Return the error that offers the names nearest to `text`."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - only a name that nobody bears needs it

        parts = _QUALIFIED.match(text.strip())
        key = fold(parts["name"] if parts else text)
        near: list[tuple[float, str]] = []
        empty = True
        # Where nothing is like the name as a whole, what has it as a part: Gdańsk in the name of its metropolis.
        for scorer, least in ((fuzz.ratio, 60), (fuzz.partial_ratio, 90)):
            for label in labels if not near and (least == 60 or len(key) > 3) else ():
                names = self.names(label)
                empty = empty and not names.ids
                keys = names.keys()
                if label is Label.REGION:
                    keys = without_kind_words(keys, regions=True)
                near += [
                    (score, names.spellings[at])
                    for _key, score, at in process.extract(key, keys, scorer=scorer, limit=8, score_cutoff=least)
                ]
        near.sort(key=lambda each: -each[0])
        near = [each for each in near if each[0] > near[0][0] - 20]
        if parts and near and near[0][0] < 100:  # it is the name that is unknown, not the place it is said to lie in
            text = parts["name"]
        hint = "Try another spelling or language, or an id such as PL, UA-18 or geonames:702550." if not near else ""
        if empty:
            hint = "The database holds no places yet: run `twingraph load` first."
        return UnknownNameError(what, text, list(dict.fromkeys(name for _score, name in near)), hint, chosen=True)

    def _within(self, text: str) -> set[str]:
        """Return the ids of the countries and regions that a qualifier may mean."""
        if node := self.by_id(text, (Label.COUNTRY, Label.REGION)):
            return {node.id}
        found = {
            self.names(label).ids[owner]
            for label in (Label.COUNTRY, Label.REGION)
            for owner in self._search(label, text)[1]
        }
        if not found:
            raise self.unknown("country or region", text, (Label.COUNTRY, Label.REGION))
        return found

    def _lies_in(self, label: Label, owner: int) -> set[str]:
        names = self.names(label)
        rows = self._store.read(
            f"MATCH (n:{label} {{id: $id}})-[:IN_COUNTRY|IN_REGION]->(place) RETURN place.id", {"id": names.ids[owner]}
        )
        return {str(record[0]) for record in rows.records}

    def _country_of(self, node: PlaceNode) -> str | None:
        if isinstance(node, Region):
            return node.id.split("-")[0]
        return node.id if isinstance(node, Country) else node.country_code

    def _told(self, label: Label, node: PlaceNode) -> str:
        """Return one candidate in words: ``Rawicz (town, Greater Poland, PL), 20,000 inhabitants: geonames:…``."""
        rows = self._store.read(
            f"MATCH (n:{label} {{id: $id}})-[:IN_REGION]->(r:Region) RETURN r.name ORDER BY r.name", {"id": node.id}
        )
        where = [getattr(node, "kind", None), *(str(record[0]) for record in rows.records), self._country_of(node)]
        population = getattr(node, "population", None)
        people = f", {population:,} inhabitants" if population else ""
        return f"{node.name} ({', '.join(each for each in where if each)}){people}: {node.id}"


def _fitting(names: _Names, key: str, owners: Sequence[int]) -> Sequence[int]:
    """Return those of several namesakes whose kind is the one that was typed or is usually meant."""
    kinds: frozenset[str | None]
    if names.label is Label.REGION:
        kinds = frozenset({"city"}) if words_in(key, CITY_WORDS) else frozenset({"oblast"})
    elif words_in(key, HROMADA_WORDS):
        kinds = frozenset({"hromada"})
    else:
        kinds = _SETTLEMENTS
    # A town and the hromada around it are one name for one place; towns in different countries are not.
    if len({names.rows[owner][0] for owner in owners}) > 1:
        return owners
    fitting = [owner for owner in owners if names.rows[owner][1] in kinds]
    return fitting if len(fitting) == 1 else owners


def _read(store: Store, label: Label) -> _Names:
    rows = store.read(f"MATCH (n:{label}) RETURN n.id, n.name, n.name_uk, n.name_local, n.country_code, n.kind")
    ids, spellings, owners = [], [], []
    for at, record in enumerate(rows.records):
        ids.append(str(record[0]))
        for name in dict.fromkeys(record[1:4]):
            if name:
                spellings.append(str(name))
                owners.append(at)
    return _Names(label, ids, [record[4:] for record in rows.records], spellings, owners)


def _read_aliases(store: Store, known: _Names) -> _Names:
    position = {node_id: at for at, node_id in enumerate(known.ids)}
    spellings, owners = [], []
    for record in store.read(f"MATCH (n:{known.label}) RETURN n.id, n.aliases").records:
        for name in cast("Sequence[str]", record[1] or ()):
            spellings.append(name)
            owners.append(position[str(record[0])])
    return _Names(known.label, known.ids, known.rows, spellings, owners)


@dataclass(frozen=True, slots=True)
class Found:
    """The node that a name means.

    Attributes
    ----------
    ref, node
        Its label and id; its properties.
    also
        Nodes of other labels that bear the name too: the oblast of ``Zhytomyr``.
    """

    ref: NodeRef
    node: PlaceNode
    also: tuple[PlaceNode, ...] = ()


def find_region(store: Store, text: str) -> Region:
    """Return the first-level part of a country that `text` means: ``Zhytomyr``, ``Житомирська``, ``UA-18``.

    Parameters
    ----------
    store
        Where to look.
    text
        The name as typed.

    Raises
    ------
    UnknownNameError
        No region of the store is called so; the nearest are offered.
    AmbiguousNameError
        Several are.
    """
    return cast("Region", find_place(store, Label.REGION, text))


def find_country(store: Store, text: str) -> Country:
    """Return the country that `text` means: ``PL``, ``Poland``, ``Польща``. Raises as :func:`find_region`."""
    return cast("Country", find_place(store, Label.COUNTRY, text))


def find_municipality(store: Store, text: str) -> Municipality:
    """Return the municipality that `text` means. Raises as :func:`find_region`."""
    return cast("Municipality", find_place(store, Label.MUNICIPALITY, text))


def find_metropolis(store: Store, text: str) -> Metropolis:
    """Return the metropolis that `text` means. Raises as :func:`find_region`."""
    return cast("Metropolis", find_place(store, Label.METROPOLIS, text))


def find_place(store: Store, label: Label, text: str) -> PlaceNode:
    """Return the place of one label that `text` means. Raises as :func:`find_region`."""
    return Finder(store).one(label, text)


def find_any(store: Store, text: str) -> Found:
    """Return whatever place `text` means: a municipality, metropolis, region or country.

    Where several labels bear the name, the one that agrees best is meant, at equal agreement a country before a
    municipality before a metropolis before a region; the others are told in :attr:`Found.also`.

    Raises
    ------
    UnknownNameError
        Nothing in the store is called so; the nearest names are offered.
    AmbiguousNameError
        Several places of one label are.
    """
    finder = Finder(store)
    if node := finder.by_id(text, tuple(PLACE_CLASSES)):
        return Found(NodeRef(_label_of(node), node.id), node)
    key = fold(text)
    region_word = words_in(key, REGION_WORDS)
    # An adjective alone, Житомирська, is the oblast rather than the hromada; м. Київ is the city.
    adjective = not (words_in(key, HROMADA_WORDS) or words_in(key, CITY_WORDS))
    found: list[tuple[int, int, Label, list[int]]] = []
    # Municipalities come last: they are many, and need not be searched further than a region or country was found.
    for label, order in ((Label.COUNTRY, 1), (Label.REGION, 4), (Label.METROPOLIS, 3), (Label.MUNICIPALITY, 2)):
        step, owners = finder.search(label, text, until=min((each[0] for each in found), default=BY_ALIAS))
        if owners:
            first = label is Label.REGION and (region_word or (step == WITHOUT_KIND and adjective))
            found.append((BEST if first and region_word else step, 0 if first else order, label, owners))
    if not found:
        raise finder.unknown("place", text, tuple(PLACE_CLASSES))
    found.sort()
    _step, _order, label, owners = found[0]
    node = finder.choose(label, text, owners)
    others = [
        finder.node(other, finder.names(other).ids[owner])
        for _step, _order, other, more in found[1:]
        for owner in more[:3]
    ]
    return Found(NodeRef(label, node.id), node, tuple(others))


def _label_of(node: PlaceNode) -> Label:
    return next(label for label, cls in PLACE_CLASSES.items() if isinstance(node, cls))
