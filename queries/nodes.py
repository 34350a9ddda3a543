"""The nodes that can be partners, givers or receivers."""

from twingraph.graph.model import Country, Label, Metropolis, Municipality, Region

__all__ = ["PLACE_CLASSES", "PLACE_LABELS", "PlaceNode"]

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
