"""Names as people type them become nodes of the store.

A name is taken as an id first (``UA-18``, ``PL``, ``geonames:686967``), then by how well it agrees with a node's names:

1. as it stands, but for the case;
2. without accents, apostrophes and hyphens;
3. without words of kind (``oblast``, ``громада``, ``м.``), an oblast also by its adjective (``Житомирська``);
4. with another spelling that the place is known by.

The first step that finds something decides. ``Paris, FR`` and ``Springfield (Illinois)`` tell namesakes apart.
"""

from dataclasses import dataclass
from typing import cast

from twingraph.graph.model import Country, Label, Metropolis, Municipality, NodeRef, Region
from twingraph.graph.store import Store
from twingraph.queries.finder import BEST, BY_ALIAS, WITHOUT_KIND, Finder
from twingraph.queries.nodes import PLACE_CLASSES, PlaceNode
from twingraph.queries.spelling import CITY_WORDS, HROMADA_WORDS, REGION_WORDS, fold, words_in

__all__ = ["Found", "find_any", "find_country", "find_metropolis", "find_municipality", "find_place", "find_region"]


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
