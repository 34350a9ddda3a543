"""Bodies that are no town: counties, raions, rural gminas, city districts, agglomerations.

No register at hand gives them coordinates of their own, so such a body stands at the town that it is called after or
that it is part of, and the reasons say so. Its id comes from its country, its region and its name, and never is the id
of the town.
"""

from twingraph.graph.model import Municipality
from twingraph.loaders.places.gazetteer import Entry, Gazetteer
from twingraph.loaders.places.model import Place
from twingraph.loaders.places.reading import Body
from twingraph.text.folding import fold, slug

__all__ = ["KIND_WORDS", "make_body"]

KIND_WORDS = {
    Body.RURAL_GMINA: ("gmina", "rural gmina"),
    Body.COUNTY: ("county", "county"),
    Body.RAION: ("raion", "district"),
    Body.CITY_DISTRICT: ("city_district", "district"),
    Body.AGGLOMERATION: ("agglomeration", "agglomeration"),
    Body.METROPOLIS: ("metropolis", ""),
    Body.REGION: ("region", "region"),
    Body.MERGED: ("municipality", ""),
}

# Where a district is a raion.
_WITH_RAIONS = frozenset({"AM", "AZ", "BY", "GE", "KG", "KZ", "MD", "RU", "TJ", "TM", "UA", "UZ"})


def make_body(
    gazetteer: Gazetteer,
    *,
    name: str,
    words: str,
    body: Body,
    country: str | None,
    region: str | None,
    point: Entry | None,
    city: str = "",
    unplaced: str = "",
) -> Place:
    """Return a body as a municipality of its own.

    Parameters
    ----------
    gazetteer
        The open index of places.
    name
        The name as it is to be shown.
    words
        The name without kind words, from which the id is made.
    body
        The sort of body.
    country, region
        Where it lies.
    point
        The town whose coordinates it is shown at.
    city
        The city that a city district is part of.
    unplaced
        Why there is no point, in words.
    """
    kind, suffix = KIND_WORDS[body]
    if body is Body.RAION and country not in _WITH_RAIONS:
        kind = "district"
    part = gazetteer.region_by_id(region)
    steps = [slug(part.name)] if part else []
    stem = slug(city) + "-" + slug(words) if city and slug(city) not in slug(words) else slug(words)
    tail = f"-{slug(suffix)}" if suffix and not fold(words).endswith(suffix) else ""
    identity = "/".join([f"name:{country or 'XX'}", *steps, stem + tail])
    municipality = Municipality(
        id=identity,
        name=name,
        kind=kind,
        country_code=country,
        lat=point.lat if point else None,
        lon=point.lon if point else None,
        unplaced=None if point and point.lat is not None else unplaced or "No register at hand knows where it lies.",
    )
    return Place(municipality=municipality, region=part, country=gazetteer.country_by_id(country))
