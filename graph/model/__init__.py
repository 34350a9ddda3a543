"""The graph of partnerships as frozen dataclasses: its nodes and its relationships.

Unknown is absent: a field that nobody knows is ``None`` or an empty tuple, and is not written to the store at all.
Dates are ISO 8601 texts of the precision that the source gives: ``2022``, ``2022-11`` or ``2022-11-23``.

It is imported from here, whichever of the four modules below a class stands in:

- `codes`: labels, types of relationships, kinds and statuses;
- `nodes`: places and programmes;
- `relationships`: what joins them;
- `statements`: what each source says of these, and where.
"""

from twingraph.graph.model.codes import ApplicationStatus, Kind, Label, Relation, Status
from twingraph.graph.model.nodes import Country, MergedPlace, Metropolis, Municipality, NodeRef, Programme, Region
from twingraph.graph.model.relationships import (
    Application,
    Flow,
    InCountry,
    InRegion,
    Membership,
    Participation,
    Partnership,
    Sourced,
    WasInCountry,
    WasInRegion,
    partnership_id,
)
from twingraph.graph.model.statements import Provenance, Source, Statement

__all__ = [
    "Application",
    "ApplicationStatus",
    "Country",
    "Flow",
    "InCountry",
    "InRegion",
    "Kind",
    "Label",
    "Membership",
    "MergedPlace",
    "Metropolis",
    "Municipality",
    "NodeRef",
    "Participation",
    "Partnership",
    "Programme",
    "Provenance",
    "Region",
    "Relation",
    "Source",
    "Sourced",
    "Statement",
    "Status",
    "WasInCountry",
    "WasInRegion",
    "partnership_id",
]
