"""Which municipality is meant: the gazetteer and the resolver."""

from twingraph.loaders.places.fold import name_key
from twingraph.loaders.places.gazetteer import Gazetteer
from twingraph.loaders.places.index import open_gazetteer
from twingraph.loaders.places.reading import read_name
from twingraph.loaders.places.resolver import Resolver

__all__ = ["Gazetteer", "Resolver", "forget", "open_gazetteer"]


def forget() -> None:
    """Let go of the names last read, which are strewn over all the memory that a load took and keep it taken."""
    for remembered in (name_key, read_name):
        remembered.cache_clear()
