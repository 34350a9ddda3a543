"""What the rows of a table say of places again and again: read once, and kept once."""

from collections.abc import Callable
from dataclasses import dataclass, field

from twingraph.loaders.places.model import PlaceQuery

__all__ = ["Places"]

MANY = 1 << 18
"""So many different cells are remembered; a table of more towns is read as if it had just begun."""


@dataclass(frozen=True, slots=True)
class Places:
    """The places of the rows so far.

    Attributes
    ----------
    queries
        What was said of each place, by itself.
    cells
        The same by the cells that said it, where nothing in them was a problem.
    """

    queries: dict[PlaceQuery, PlaceQuery] = field(default_factory=dict)
    cells: dict[tuple[str | None, ...], PlaceQuery] = field(default_factory=dict)

    def one(self, query: PlaceQuery) -> PlaceQuery:
        """Return the one object for what equals `query`."""
        return self.queries.setdefault(query, query)

    def of(
        self, cells: tuple[str | None, ...], read: Callable[[], PlaceQuery | None], faults: Callable[[], int]
    ) -> PlaceQuery | None:
        """Return what some cells say of a place.

        Parameters
        ----------
        cells
            As they stand in the row.
        read
            Reads them, where they were not read before or were not in order: then every row is to be told of.
        faults
            Returns how many problems are noted.
        """
        known = self.cells.get(cells)
        if known is None:
            before = faults()
            known = read()
            if known is not None and faults() == before:
                if len(self.cells) >= MANY:
                    self.cells.clear()
                self.cells[cells] = known
        return known
