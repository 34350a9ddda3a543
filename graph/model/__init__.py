"""The graph of partnerships as frozen dataclasses. Import its classes from here.

An unknown value is absent: the field is ``None`` or an empty tuple and is not written to the store. Dates are ISO 8601
texts with the precision of the source: ``2022``, ``2022-11`` or ``2022-11-23``.

`nodes` has the labels, the places, programmes and sources; `relationships` has the types of relationships, their kinds
and statuses, and the statements from which they are derived.
"""

from twingraph.graph.model.nodes import *  # noqa: F403 - each module lists in __all__ what this package exports
from twingraph.graph.model.relationships import *  # noqa: F403
