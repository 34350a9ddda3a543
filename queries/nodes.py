"""Rows of the store become model objects again."""

from collections.abc import Mapping
from dataclasses import fields

from twingraph.graph.model import Country, Label, Metropolis, Municipality, Region

__all__ = ["PLACE_CLASSES", "PlaceNode", "make"]

type PlaceNode = Municipality | Metropolis | Region | Country

PLACE_CLASSES: dict[Label, type[PlaceNode]] = {
    Label.MUNICIPALITY: Municipality,
    Label.METROPOLIS: Metropolis,
    Label.REGION: Region,
    Label.COUNTRY: Country,
}
"""What can be a partner, a giver or a receiver."""


def make[T](cls: type[T], properties: Mapping[str, object], **ends: object) -> T:
    """Make a model object of stored properties: lists become tuples, what the model does not know is passed over."""
    known = {field.name for field in fields(cls)}  # type: ignore[arg-type]  # every model class is a dataclass
    values = {
        name: tuple(value) if isinstance(value, list) else value for name, value in properties.items() if name in known
    }
    return cls(**values, **ends)
