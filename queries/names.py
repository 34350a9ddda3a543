"""Find the node of a store that a typed name means.

A search tries, in this order: the exact spelling (in any case), the folded spelling, the spelling without words of kind
such as ``oblast``, the aliases. The first step with a match ends it. Several matches are ambiguous, except that a name
means a settlement rather than the hromada around it, and an oblast rather than the city of the same name.
"""

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from enum import IntEnum
from typing import cast

from twingraph.errors import AmbiguousNameError, UnknownNameError
from twingraph.graph.model import Country, Label, Metropolis, Municipality, NodeRef, Region
from twingraph.graph.schema import make
from twingraph.graph.store import Store, Vertex
from twingraph.text.folding import fold, fold_all

__all__ = [
    "PLACE_CLASSES", "PLACE_LABELS", "Found", "PlaceNode", "find_any", "find_country", "find_municipality",
    "find_place", "find_region",
]  # fmt: skip

type PlaceNode = Municipality | Metropolis | Region | Country

PLACE_CLASSES: dict[Label, type[PlaceNode]] = {
    Label.MUNICIPALITY: Municipality,
    Label.METROPOLIS: Metropolis,
    Label.REGION: Region,
    Label.COUNTRY: Country,
}
"""The labels of places, and their classes."""

PLACE_LABELS: dict[str, Label] = {label.lower(): label for label in PLACE_CLASSES}
"""The same labels by name in lower case: ``municipality``, ``region``."""


def _folded(*words: str) -> frozenset[str]:
    return frozenset(map(fold, words))


REGION_WORDS = _folded(
    "oblast", "region", "province", "voivodeship", "województwo", "область", "області", "обл", "регіон", "воєводство",
    "провінція",
)  # fmt: skip
HROMADA_WORDS = _folded("hromada", "громада", "громади", "ТГ", "ОТГ", "МТГ", "СТГ")
CITY_WORDS = _folded("city", "town", "місто", "м.")
_OTHER_WORDS = _folded(
    "territorial", "urban", "rural", "settlement", "village", "municipality", "gmina", "commune", "raion", "district",
    "county", "of", "metropolis", "metropolia", "metropolitan", "area", "територіальна", "міська", "селищна",
    "сільська", "с.", "село", "смт", "селище", "гміна", "район", "р-н", "комуна", "метрополія", "агломерація",
)  # fmt: skip


def _any_of(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\S)(?:{'|'.join(sorted(words, key=len, reverse=True))})(?!\S)")


_OF_PLACES = _any_of(HROMADA_WORDS | CITY_WORDS | _OTHER_WORDS)
_OF_REGIONS = _any_of(REGION_WORDS | CITY_WORDS | _folded("of"))


def without_kind_words(keys: Iterable[str], *, regions: bool = False) -> list[str]:
    """Remove words such as ``громада`` or ``м`` from folded names; a name of such words alone is kept.

    Parameters
    ----------
    keys
        Folded names.
    regions
        Whether they are names of regions, from which ``oblast`` and the like are removed.
    """
    words = _OF_REGIONS if regions else _OF_PLACES
    return [" ".join(words.sub(" ", key).split()) or key for key in keys]


def words_in(key: str, words: frozenset[str]) -> bool:
    """Return whether a folded name contains one of `words`."""
    return not words.isdisjoint(key.split())


_ADJECTIVE = re.compile(r"(?:ський|цький|ська|цька|зька|ської|цької|зької|щина|щини|skyi|skyy|ska|skaya)$")


def oblast_keys(key: str) -> frozenset[str]:
    """Return a folded name of a region and its stem: ``житомирська``, ``житомирщина``, ``zhytomyrska``: ``житомир``."""
    stem = _ADJECTIVE.sub("", key)
    return frozenset((key, stem) if len(stem) >= 3 else (key,))


_SETTLEMENTS = frozenset({None, "city", "town", "village", "urban_settlement", "settlement", "capital"})
_QUALIFIED = re.compile(r"^(?P<name>[^,(]*[^,(\s])\s*(?:,\s*(?P<after>[^()]+)|\(\s*(?P<inside>[^()]+)\))\s*$")
_CODE = re.compile(r"[A-Za-z]{2}(-[A-Za-z0-9]{1,3})?")
_REGISTER_IDS = {"katottg": re.compile(r"UA\d{17}", re.IGNORECASE), "wikidata_id": re.compile(r"Q\d+", re.IGNORECASE)}


class _Step(IntEnum):
    """The steps of a search, the best match first."""

    EXACT = 0
    FOLDED = 1
    WITHOUT_KIND = 2
    BY_ALIAS = 3


_MIN_RATIO, _MIN_PARTIAL_RATIO = 60, 90
"""Minimum similarity (0-100) of a suggested name, as a whole and as a part (chosen by hand)."""
_MAX_GAP = 20
"""Suggestions this much less similar than the best one are dropped (chosen by hand)."""


@dataclass(frozen=True, slots=True)
class _Names:
    """The spellings of all nodes of a label; `rows` are the country and the kind of each node."""

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


class _Finder:
    """A search in a store; the names it reads are kept for its next steps."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._names: dict[tuple[Label, bool], _Names] = {}

    def find(self, label: Label, text: str) -> PlaceNode:
        """Return the node of a label that `text` means."""
        if node := self.by_id(text, (label,)):
            return node
        _step, owners = self.search(label, text)
        if not owners:
            what = "oblast" if label is Label.REGION and not text.isascii() else label.lower()
            raise self.unknown_name(what, text, (label,))
        return self.choose(label, text, owners)

    def by_id(self, text: str, labels: Sequence[Label]) -> PlaceNode | None:
        """Return the node with the id or register code `text`, in any case."""
        text = text.strip()
        wanted = [text, text.upper()] if _CODE.fullmatch(text) else [text, text.lower()]
        if Label.MUNICIPALITY in labels:
            for property_name, form in _REGISTER_IDS.items():
                if form.fullmatch(text):
                    return self._municipality_with(property_name, text.upper())
        if ":" not in text and not _CODE.fullmatch(text):
            return None
        for label in labels:
            rows = self._store.read(f"UNWIND $ids AS i MATCH (n:{label} {{id: i}}) RETURN n", {"ids": wanted})
            for record in rows.records:
                return make(PLACE_CLASSES[label], cast("Vertex", record[0]).properties)
        return None

    def _municipality_with(self, property_name: str, value: str) -> PlaceNode | None:
        rows = self._store.read(
            f"MATCH (n:Municipality) WHERE n.{property_name} = $value RETURN n ORDER BY n.id", {"value": value}
        )
        return make(Municipality, cast("Vertex", rows.records[0][0]).properties) if rows.records else None

    def search(self, label: Label, text: str, *, until: _Step = _Step.BY_ALIAS) -> tuple[_Step, list[int]]:
        """Return the first step with a match, up to `until`, and the positions of the matching nodes.

        A qualifier, as in ``Paris, FR`` or ``Paris (Texas)``, restricts the matches to a country or region.
        """
        step, owners = self._search(label, text, until=until)
        if owners or not (parts := _QUALIFIED.match(text.strip())):
            return step, owners
        step, owners = self._search(label, parts["name"], until=until)
        within = self._qualifier_ids((parts["after"] or parts["inside"]).strip())
        return step, [owner for owner in owners if within & self._territories(label, owner)]

    def _search(self, label: Label, text: str, *, until: _Step = _Step.BY_ALIAS) -> tuple[_Step, list[int]]:
        key = fold(text)
        regions = label is Label.REGION
        (bare,) = without_kind_words([key], regions=regions)
        for step in _Step if key else ():
            if step > until:
                break
            names = self.names(label, aliases=step is _Step.BY_ALIAS)
            match step:
                case _Step.EXACT:
                    owners = names.matches({text.strip().casefold()}, map(str.casefold, names.spellings))
                case _Step.FOLDED:
                    owners = names.matches({key}, names.keys())
                case _Step.WITHOUT_KIND if regions:
                    plain = without_kind_words(names.keys(), regions=True)
                    stems = oblast_keys(bare)
                    owners = names.matches(stems, (next(iter(oblast_keys(each) & stems), "") for each in plain))
                case _Step.WITHOUT_KIND:
                    owners = names.matches({bare}, without_kind_words(names.keys()))
                case _Step.BY_ALIAS:
                    owners = names.matches({key}, names.keys()) or names.matches({bare}, names.keys())
            if owners:
                return step, owners
        return until, []

    def names(self, label: Label, *, aliases: bool = False) -> _Names:
        """Return the names, or the aliases, of all nodes of a label."""
        if (label, aliases) not in self._names:
            if aliases:
                self._names[label, aliases] = _read_aliases(self._store, self.names(label))
            else:
                self._names[label, aliases] = _read_names(self._store, label)
        return self._names[label, aliases]

    def choose(self, label: Label, text: str, owners: Sequence[int]) -> PlaceNode:
        """Return the node meant by `text` among the matches, or raise that it is ambiguous."""
        names = self.names(label)
        if len(owners) > 1:
            owners = _of_usual_kind(names, fold(text), owners)
        if len(owners) == 1:
            return self.node(label, names.ids[owners[0]])
        nodes = [self.node(label, names.ids[owner]) for owner in owners]
        nodes.sort(key=lambda node: (-(getattr(node, "population", None) or 0), node.id))
        candidates = [self._describe(label, node) for node in nodes]
        name = text.strip()
        country = self._country_of(nodes[0])
        hint = (
            f"Give its id, or add its country or region, as in {f'{name}, {country}'!r}." if country else "Give its id."
        )
        raise AmbiguousNameError(label.lower(), name, candidates, hint)

    def node(self, label: Label, node_id: str) -> PlaceNode:
        """Return the node with an id."""
        rows = self._store.read(f"MATCH (n:{label} {{id: $id}}) RETURN n", {"id": node_id})
        return make(PLACE_CLASSES[label], cast("Vertex", rows.records[0][0]).properties)

    def unknown_name(self, what: str, text: str, labels: Sequence[Label]) -> UnknownNameError:
        """Return the error for an unknown name, with the most similar names."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - needed only for unknown names

        parts = _QUALIFIED.match(text.strip())
        key = fold(parts["name"] if parts else text)
        near: list[tuple[float, str]] = []
        empty = True
        # If no name is similar as a whole, try names that contain it: Gdańsk in the name of its metropolis.
        for scorer, cutoff, min_length in ((fuzz.ratio, _MIN_RATIO, 0), (fuzz.partial_ratio, _MIN_PARTIAL_RATIO, 4)):
            for label in labels if not near and len(key) >= min_length else ():
                names = self.names(label)
                empty = empty and not names.ids
                keys = names.keys()
                if label is Label.REGION:
                    keys = without_kind_words(keys, regions=True)
                near += [
                    (score, names.spellings[at])
                    for _key, score, at in process.extract(key, keys, scorer=scorer, limit=8, score_cutoff=cutoff)
                ]
        near.sort(key=lambda each: -each[0])
        near = [each for each in near if each[0] > near[0][0] - _MAX_GAP]
        if parts and near and near[0][0] < 100:  # the name is unknown, not the qualifier
            text = parts["name"]
        hint = "" if near else "Try another spelling or language, or an id such as PL, UA-18 or geonames:702550."
        if empty:
            hint = "The database has no places yet: run `twingraph load` first."
        return UnknownNameError(what, text, list(dict.fromkeys(name for _score, name in near)), hint, chosen=True)

    def _qualifier_ids(self, text: str) -> set[str]:
        """Return the ids of the countries and regions that a qualifier can mean."""
        if node := self.by_id(text, (Label.COUNTRY, Label.REGION)):
            return {node.id}
        found = {
            self.names(label).ids[owner]
            for label in (Label.COUNTRY, Label.REGION)
            for owner in self._search(label, text)[1]
        }
        if not found:
            raise self.unknown_name("country or region", text, (Label.COUNTRY, Label.REGION))
        return found

    def _territories(self, label: Label, owner: int) -> set[str]:
        names = self.names(label)
        rows = self._store.read(
            f"MATCH (n:{label} {{id: $id}})-[:IN_COUNTRY|IN_REGION]->(place) RETURN place.id", {"id": names.ids[owner]}
        )
        return {str(record[0]) for record in rows.records}

    def _country_of(self, node: PlaceNode) -> str | None:
        if isinstance(node, Region):
            return node.id.split("-")[0]
        return node.id if isinstance(node, Country) else node.country_code

    def _describe(self, label: Label, node: PlaceNode) -> str:
        """Describe a candidate: ``Rawicz (town, Greater Poland, PL), 20,000 inhabitants: geonames:…``."""
        rows = self._store.read(
            f"MATCH (n:{label} {{id: $id}})-[:IN_REGION]->(r:Region) RETURN r.name ORDER BY r.name", {"id": node.id}
        )
        where = [getattr(node, "kind", None), *(str(record[0]) for record in rows.records), self._country_of(node)]
        population = getattr(node, "population", None)
        people = f", {population:,} inhabitants" if population else ""
        return f"{node.name} ({', '.join(each for each in where if each)}){people}: {node.id}"


def _of_usual_kind(names: _Names, key: str, owners: Sequence[int]) -> Sequence[int]:
    """Return the match of the kind that was typed or is usually meant; all matches if that leaves not exactly one."""
    kinds: frozenset[str | None]
    if names.label is Label.REGION:
        kinds = frozenset({"city"}) if words_in(key, CITY_WORDS) else frozenset({"oblast"})
    elif words_in(key, HROMADA_WORDS):
        kinds = frozenset({"hromada"})
    else:
        kinds = _SETTLEMENTS
    # A kind decides only inside one country: a town and the hromada around it, not towns in two countries.
    if len({names.rows[owner][0] for owner in owners}) > 1:
        return owners
    usual = [owner for owner in owners if names.rows[owner][1] in kinds]
    return usual if len(usual) == 1 else owners


def _read_names(store: Store, label: Label) -> _Names:
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
        Nodes of other labels with the same name: the oblast for ``Zhytomyr``.
    """

    ref: NodeRef
    node: PlaceNode
    also: tuple[PlaceNode, ...] = ()


def find_region(store: Store, text: str) -> Region:
    """Return the region that `text` means: ``Zhytomyr``, ``Житомирська``, ``UA-18``.

    Parameters
    ----------
    store
        The store.
    text
        The name as typed.

    Raises
    ------
    UnknownNameError
        No region of the store has that name; similar names are suggested.
    AmbiguousNameError
        Several regions have it.
    """
    return cast("Region", find_place(store, Label.REGION, text))


def find_country(store: Store, text: str) -> Country:
    """Return the country that `text` means: ``PL``, ``Poland``, ``Польща``. Raises as :func:`find_region`."""
    return cast("Country", find_place(store, Label.COUNTRY, text))


def find_municipality(store: Store, text: str) -> Municipality:
    """Return the municipality that `text` means. Raises as :func:`find_region`."""
    return cast("Municipality", find_place(store, Label.MUNICIPALITY, text))


def find_place(store: Store, label: Label, text: str) -> PlaceNode:
    """Return the place of one label that `text` means. Raises as :func:`find_region`."""
    return _Finder(store).find(label, text)


def find_any(store: Store, text: str) -> Found:
    """Return the place of any label that `text` means: a municipality, metropolis, region or country.

    If places of several labels match, the best step wins, then a country before a municipality before a metropolis
    before a region; the others are in :attr:`Found.also`.

    Raises
    ------
    UnknownNameError
        No place of the store has that name; similar names are suggested.
    AmbiguousNameError
        Several places of one label have it.
    """
    finder = _Finder(store)
    if node := finder.by_id(text, tuple(PLACE_CLASSES)):
        return Found(NodeRef(_label_of(node), node.id), node)
    key = fold(text)
    region_word = words_in(key, REGION_WORDS)
    # An adjective alone, Житомирська, means the oblast and not the hromada; м. Київ means the city.
    adjective = not (words_in(key, HROMADA_WORDS) or words_in(key, CITY_WORDS))
    found: list[tuple[_Step, int, Label, list[int]]] = []
    # Municipalities are many and come last: they are searched only up to the step at which another label matched.
    for label, order in ((Label.COUNTRY, 1), (Label.REGION, 4), (Label.METROPOLIS, 3), (Label.MUNICIPALITY, 2)):
        step, owners = finder.search(label, text, until=min((each[0] for each in found), default=_Step.BY_ALIAS))
        if owners:
            first = label is Label.REGION and (region_word or (step is _Step.WITHOUT_KIND and adjective))
            found.append((_Step.EXACT if first and region_word else step, 0 if first else order, label, owners))
    if not found:
        raise finder.unknown_name("place", text, tuple(PLACE_CLASSES))
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
