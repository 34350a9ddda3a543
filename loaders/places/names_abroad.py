"""The Ukrainian names of places abroad: from a table, CLDR's cities, and GeoNames' spellings."""

from babel import Locale
from babel.core import get_global

from twingraph.loaders.places.fold import name_key
from twingraph.loaders.places.geonames import GeoName
from twingraph.loaders.places.tables import read_table
from twingraph.loaders.places.ukrainian_names import ukrainian_name

__all__ = ["NamesAbroad", "exemplar_cities"]

_APOSTROPHES = str.maketrans("ʼ'", "’’")


class NamesAbroad:
    """Tells the Ukrainian name of a place abroad, or none.

    What was collected by hand comes first, then the name that CLDR gives the city of a time zone and GeoNames lists as
    well, then what GeoNames' spellings tell, and a name of CLDR alone last. Nothing is transliterated.
    """

    def __init__(self) -> None:
        self._collected = {int(row["geonames"]): row["name"] for row in read_table("ukrainian_names.tsv")}
        self._cities = exemplar_cities()

    def __call__(self, place: GeoName, usual: str) -> str | None:
        """Return the Ukrainian name of a place that is usually called `usual` in English."""
        if place.geonames_id in self._collected:
            return self._collected[place.geonames_id]
        city = self._cities.get((place.country, name_key(usual)))
        if city is not None:
            alike = [text for text in place.alternates if _plain(text) == _plain(city)]
            if alike:
                return min(alike, key=lambda text: (text.lower().count("ґ"), text))
        found = ukrainian_name(place.alternates, usual, place.country)
        # CLDR writes ґ where the orthography of 2019 has г (Чікаґо); such a name needs a second witness.
        return found or (city if city is not None and "ґ" not in city.lower() else None)


def exemplar_cities() -> dict[tuple[str, str], str]:
    """Return the Ukrainian names that CLDR gives the cities of time zones, by country and key of the English name."""
    english, zones = Locale("en").time_zones, get_global("zone_territories")
    cities: dict[tuple[str, str], str] = {}
    for zone, words in Locale("uk").time_zones.items():
        if "city" in words and zone in zones:
            name = english.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
            cities.setdefault((zones[zone], name_key(name)), words["city"].translate(_APOSTROPHES))
    return cities


def _plain(text: str) -> str:
    return text.lower().replace("ґ", "г").translate(_APOSTROPHES)
