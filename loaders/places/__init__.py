"""Which municipality is meant: the gazetteer and the resolver."""

from twingraph.loaders.places.gazetteer import Gazetteer
from twingraph.loaders.places.resolver import Resolver

__all__ = ["Gazetteer", "Resolver"]
