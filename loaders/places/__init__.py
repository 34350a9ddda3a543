"""Which municipality is meant: the gazetteer and the resolver."""

import gc

from twingraph.loaders.places.gazetteer import Gazetteer
from twingraph.loaders.places.reading import read_name
from twingraph.loaders.places.resolver import Resolver
from twingraph.text.folding import name_key

__all__ = ["Gazetteer", "Resolver", "forget"]


def forget() -> None:
    """Let go of what was last read and resolved: strewn over all the memory that a load took, it keeps it taken.

    A resolver that nobody uses any more goes too. What it remembers refers to it in turn, so it does not go by itself
    where nothing looks for such circles.
    """
    for remembered in (name_key, read_name):
        remembered.cache_clear()
    gc.collect()
