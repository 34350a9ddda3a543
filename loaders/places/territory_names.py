"""Names that are those of countries and regions: which are meant as such, and not the towns of the same name."""

from collections.abc import Collection

from rapidfuzz import fuzz

from twingraph.graph.model import Region
from twingraph.loaders.places.answers import Answers, Context
from twingraph.loaders.places.gazetteer import Entry, Gazetteer
from twingraph.loaders.places.model import Resolution
from twingraph.loaders.places.namesakes import towns_named
from twingraph.loaders.places.reading import Reading
from twingraph.loaders.places.territory_index import is_overseas
from twingraph.text.folding import name_key

__all__ = ["TOWN_IN_REGION", "TerritoryNames"]

# A capital called like its country is what the name means only where it is the larger part of the country.
_CITY_STATES = frozenset({"GI", "MC", "SG", "SM", "VA"})
_CAPITAL_PEOPLE = 20_000
# A town with the name of the region around it is meant, and not the region, from so many people on; where that is only
# another spelling of its name, from so many; and in another region, from so many.
TOWN_IN_REGION = 5_000
_CITY_IN_REGION = 50_000
_GREAT_CITY = 300_000
# How alike a town's own name must be to the region's for another spelling of it to count, in per cent.
_LIKE_ITS_NAME = 65


class TerritoryNames:
    """Tells where a name means a country or a region.

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

    def whole(self, context: Context) -> Resolution | None:
        """Return the country that a name is the name of; or the part of one, where it stands as the country too."""
        country = self._as_country(context)
        if country is not None:
            return self._answers.country(country)
        part = self._gazetteer.region_by_id(context.region) if context.query.name == context.query.country else None
        return self._answers.region(part, 0.9) if part else None  # England, England

    def _as_country(self, context: Context) -> str | None:
        """Return a country's code where the name is a country's: ``Ukraine``, ``Польща``; ``Guam``, United States."""
        found = self._gazetteer.whole_country(context.query.name)
        if found is None and context.query.name == context.query.country and context.region is None:
            found = context.country  # PL, PL; a code alone may name a town: Ii, Eu
        if found is None or found in _CITY_STATES:
            return None
        if context.country not in {None, found} and not is_overseas(found, context.country):
            return None
        key = name_key(context.query.name)
        towns = [entry for entry in towns_named(self._gazetteer, key, found) if entry.grade == 0]
        country = self._gazetteer.country_by_id(found)
        usual = country is not None and key in {name_key(text) for text in (country.name, *country.aliases)}
        enough = _CAPITAL_PEOPLE if usual or context.country is None else 0  # Seč is what Icelanders call no country
        return None if any((entry.population or 0) >= enough for entry in towns) else found

    def region(self, context: Context, reading: Reading, towns: list[Entry]) -> Region | None:
        """Return the first-level region that a name is the exact name of, unless it is rather that of a town.

        A region is often called after a town in it: then the town is meant (Zhytomyr, Córdoba). A town elsewhere that
        bears the name of a region is meant only where it is a great city: Washington, but not a village called Ohio.
        """
        if reading.cost or context.region:
            return None
        region = self._gazetteer.region(reading.words, context.country, exact=True)
        if context.country is None:
            part = self._gazetteer.exact_territory(reading.words)  # England, Scotland: a region of any country
            region = self._gazetteer.region_by_id(part.region) if part else region
        if region is None or not self._gazetteer.is_first_level(region.id):
            return None
        names = {name_key(text) for text in (region.name, *region.aliases)}
        if towns and reading.key not in names:
            return None  # "Columbia" is not all of the name of the District of Columbia
        if any(_rather_meant(town, region, {reading.key, *names}) for town in towns):
            return None
        return region


def _rather_meant(town: Entry, region: Region, names: Collection[str]) -> bool:
    """Return whether a name that is exactly a region's rather means a town that bears it; `names` are the region's."""
    if town.region not in {region.id, None}:  # of a town in no region the register cannot say that it is elsewhere
        enough = _GREAT_CITY
    elif town.grade == 0:
        enough = TOWN_IN_REGION
    elif max(fuzz.partial_ratio(name, name_key(town.name)) for name in names) >= _LIKE_ITS_NAME:
        enough = _CITY_IN_REGION  # New York City, Plzeň and Pilsen; but York is not England
    else:
        return False
    return (town.population or 0) >= enough
