"""How a store is known to be twingraph's own."""

from twingraph.graph.model import Label
from twingraph.graph.schema import constraint_name

__all__ = ["MARKERS"]

MARKERS = frozenset(constraint_name(label) for label in Label)
"""Names of our constraints. A database with data in it and none of these was made by somebody else."""
