"""Finding counties, districts and municipalities that the register knows as areas."""

from collections.abc import Sequence

from twingraph.loaders.places.answers import NEAR_KM, Answers, Context
from twingraph.loaders.places.choosing import CLEAR_SHARE, nearest_to, rank, share_of_best
from twingraph.loaders.places.fold import name_key
from twingraph.loaders.places.gazetteer import Entry, Gazetteer
from twingraph.loaders.places.model import Resolution
from twingraph.loaders.places.reading import Body, Reading

__all__ = ["AreaFinder", "has_point"]

_NO_POINT = "the register knows no settlements of it that lie near enough to each other for one point"


class AreaFinder:
    """Looks names up among the second-level areas.

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

    def find(self, context: Context, reading: Reading) -> Resolution | None:
        """Return the area that a reading names, or that several may be; None if no register knows one.

        Parameters
        ----------
        context
            What stands beside the name.
        reading
            How the name was read.
        """
        if context.country in {None, "UA"}:
            return None
        areas = [entry for entry in self._gazetteer.named(reading.key, context.country) if entry.sort == 3]
        if reading.body is Body.RAION:  # Wuzhong District lies in Suzhou; Wuzhong city is a prefecture far from it
            areas = [entry for entry in areas if entry.kind != "city"]
        best = min((entry.grade for entry in areas), default=0)
        areas = [entry for entry in areas if entry.grade == best]
        regions = [context.region]
        for qualifier in reading.qualifiers:
            region = self._gazetteer.region(qualifier, context.country)
            regions.append(region.id if region else None)
        for region_id in filter(None, regions):
            parent = self._gazetteer.parent_region(region_id)
            areas = [entry for entry in areas if entry.region in {region_id, parent}] or areas
        if context.spot is not None:
            areas = nearest_to(context.spot, areas, 2 * NEAR_KM) or areas
            areas = areas[:1] if areas and areas[0].lat is not None else areas
        if not areas:
            return None
        ranked = rank(areas)
        share = share_of_best(ranked)
        if share < CLEAR_SHARE:
            return self._answers.ambiguous(context, ranked, ())
        return self._matched(context, ranked[0], ranked[1:], 0.9 * share)

    def of_region(self, context: Context, region_id: str) -> Resolution | None:
        """Return the area that is a region of the second level in ISO 3166-2: ``IT-PR``."""
        found = [
            e for e in self._gazetteer.named(name_key(region_id), region_id.split("-", maxsplit=1)[0]) if e.sort == 3
        ]
        return self._matched(context, found[0], (), 0.9) if len(found) == 1 else None

    def _matched(self, context: Context, area: Entry, others: Sequence[Entry], confidence: float) -> Resolution:
        alone = (
            f"the likeliest of {len(others) + 1} areas of this name" if others else "an area that the register knows"
        )
        point = f"its point is {self._gazetteer.point_is(area)}" if area.lat is not None else _NO_POINT
        reasons = [f"It is {alone}; {point}."]
        return self._answers.matched(area, others, confidence, reasons, self._answers.far(context, area))


def has_point(found: Resolution) -> bool:
    """Return whether an answer can be shown on a map."""
    town = found.place.municipality
    return found.place.point is not None if town is None else town.lat is not None
