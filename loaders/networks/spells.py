"""Partnerships that began or ended several times: one statement from the first beginning to the last end.

It has no end where it began again after its last end, or where its last spell is open.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from twingraph.graph.dates import is_later, may_coincide
from twingraph.graph.model import Status
from twingraph.loaders.networks.model import FileEdge, NetworkFile

__all__ = ["Times", "distinct", "set_times"]


@dataclass(frozen=True, slots=True)
class Times:
    """When a partnership began and ended, as far as a file says it.

    Attributes
    ----------
    begun, ended
        The dates.
    unknown_ends
        The number of ends at an unknown date.
    is_open
        Whether the file says that it goes on: a spell without an end.
    begins_open
        Whether the file says that it began at a date that it does not name: a spell without a beginning.
    written
        How the file writes several spells; empty for one.
    """

    begun: Sequence[str] = ()
    ended: Sequence[str] = ()
    unknown_ends: int = 0
    is_open: bool = False
    begins_open: bool = False
    written: str = ""

    @property
    def has_ended(self) -> bool:
        """Whether the last end is not before the last beginning."""
        ends = len(self.ended) + self.unknown_ends
        if self.is_open or not ends:
            return False
        if self.unknown_ends:
            return ends >= len(self.begun)
        last_begun, last_ended = max(self.begun, default=""), max(self.ended)
        if not last_begun or is_later(last_ended, last_begun):
            return True
        return may_coincide(last_ended, last_begun) and ends >= len(self.begun)

    @property
    def has_spells(self) -> bool:
        """Whether there are several beginnings or ends."""
        return bool(self.written) or len(self.begun) > 1 or len(self.ended) + self.unknown_ends > 1


def set_times(network: NetworkFile, edge: FileEdge, times: Times) -> None:
    """Set the dates of an edge, and its status where it ended at an unknown date; several spells are reported."""
    if times.begun and not times.begins_open:
        edge.facts.setdefault("since", min(times.begun))
    if times.has_ended and times.unknown_ends:
        edge.facts.setdefault("status", Status.TERMINATED)
    elif times.has_ended:
        edge.facts.setdefault("until", max(times.ended))
    if times.has_spells:
        written = times.written or _describe(times)
        edge.facts["note"] = "; ".join(filter(None, (edge.facts.get("note"), written)))
        outcome = (
            "one partnership, from the first beginning to the last end"
            if times.has_ended
            else "one partnership since the first beginning; it has not ended"
        )
        network.report("several beginnings or ends", written, outcome, edge.line)


def _describe(times: Times) -> str:
    ended = [*sorted(times.ended), *["at an unknown date"] * times.unknown_ends]
    parts = (("began", sorted(times.begun)), ("ended", ended))
    return "; ".join(f"{word} {', '.join(dates)}" for word, dates in parts if dates)


def distinct(dates: Iterable[str | None]) -> tuple[str, ...]:
    """Return the dates that are known, each once, in order."""
    return tuple(dict.fromkeys(date for date in dates if date))
