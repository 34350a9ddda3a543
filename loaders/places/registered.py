"""What a record's ids mean: those of GeoNames, and the codes of the Ukrainian codifier."""

from collections.abc import Callable

from twingraph.loaders.places.answers import Answers, Context
from twingraph.loaders.places.gazetteer import Entry, Gazetteer
from twingraph.loaders.places.model import PlaceQuery, Resolution, ResolutionStatus
from twingraph.loaders.places.reading import read_name

__all__ = ["Registered"]


class Registered:
    """Finds places by their ids.

    Parameters
    ----------
    gazetteer
        The open index of places.
    answers
        Makes resolutions.
    """

    def __init__(self, gazetteer: Gazetteer, answers: Answers) -> None:
        self._gazetteer = gazetteer
        self._answers = answers

    def find(self, context: Context, by_name: Callable[[Context], Resolution]) -> Resolution | None:
        """Return the place whose id the record gives, and tell where the name means another one; None without an id.

        Parameters
        ----------
        context
            The record's words, understood.
        by_name
            Says what the name means.
        """
        query = context.query
        given, entry = f"GeoNames id {query.geonames_id}", None
        around = ""
        if query.geonames_id is not None:
            entry = self._gazetteer.by_geonames(query.geonames_id)
        if entry is None and query.katottg:
            given, entry = f"KATOTTG code {_code(query)}", self._gazetteer.by_katottg(_code(query))
            if entry is None:
                oblast = self._gazetteer.region_by_katottg(_code(query))
                return self._answers.region(oblast, 0.99) if oblast else None
            if entry.katottg != _code(query):
                around = f", that of the hromada around {entry.name}"
        if entry is None:
            return None
        reasons = [f"The record gives the {given}{around}."]
        named = by_name(context)
        meant = named.place.municipality
        conflict = ""
        if named.status is ResolutionStatus.UNKNOWN:
            reasons.append("The name itself is in no register.")
        elif meant is not None and meant.id != entry.id and not self._bears(entry, query.name):
            conflict = f"The {given} is that of {entry.name}, but the name {query.name!r} means {meant.name}."
        conflict = conflict or self._answers.far(context, entry)
        return self._answers.matched(entry, [], 0.6 if conflict else 0.99, reasons, conflict)

    def _bears(self, entry: Entry, name: str) -> bool:
        """Return whether a name, in any reading of it, is one of a place's own."""
        keys = (reading.key for reading in read_name(name))
        return any(entry.pid == other.pid for key in keys for other in self._gazetteer.named(key, entry.country))

    def no_unit(self, query: PlaceQuery) -> str:
        """Return in words that the codifier at hand lacks the code that a record gives; empty where it does not."""
        code = _code(query)
        known = self._gazetteer.by_katottg(code) or self._gazetteer.region_by_katottg(code)
        return "" if known else f"The Ukrainian codifier has no unit with the code {code[:40]!r}."


def _code(query: PlaceQuery) -> str:
    return (query.katottg or "").strip().upper()
