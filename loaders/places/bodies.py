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

__all__ = ["KIND_WORDS", "make_body", "russian_seat_keys"]

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


# A raion is called by an adjective of its seat: Porkhovsky of Porkhov, Tyulyachinsky of Tyulyachi, Lebedyansky of
# Lebedyan. What may stand where the ending is cut off.
_ENDINGS = ("", "o", "a", "y", "i", "e", "ye", "k", "ka", "ino", "ovo", "evo", "oye", "aya")
# The seat may have the form of the adjective itself: Peschanokopskoye, Bryukhovetskaya.
_ADJECTIVES = ("sk", "skoye", "skoe", "skaya", "skiy", "skoy")
# What is cut off, the surest first, and how much of it belongs to the stem.
_CUT = {
    "insky": "in", "inskiy": "in", "enskyi": "en", "ensky": "en", "enskiy": "en", "yovsky": "yov", "yovskiy": "yov",
    "yevsky": "yev", "yevskiy": "yev", "ovsky": "ov", "ovskiy": "ov", "evsky": "ev", "evskiy": "ev", "sky": "",
    "skiy": "", "skyi": "", "skyy": "", "ski": "", "skoy": "", "etsky": "ets", "etskiy": "ets",
    "tsky": "ts", "tskiy": "ts", "zhsky": "", "zhskiy": "",
}  # fmt: skip
# Vowels that only the adjective has: Kolomensky of Kolomna, Lyuberetsky of Lyubertsy.
_FLEETING = {"en": ("na", "no", "ny", "nya"), "ets": ("tsy", "tsa", "tse")}
# Adjectives join what the names of seats have as two words: Staromaynsky of Staraya Mayna.
_JOINED = {
    "bolshe": ("bolshoy", "bolshaya", "bolshoye", "bolshiye"),
    "krasno": ("krasnyy", "krasnaya", "krasnoye", "krasnyye"),
    "malo": ("malyy", "malaya", "maloye", "malyye"),
    "nizhne": ("nizhniy", "nizhnyaya", "nizhneye", "nizhniye"),
    "novo": ("novyy", "novaya", "novoye", "novyye"),
    "sredne": ("sredniy", "srednyaya", "sredneye"),
    "staro": ("staryy", "staraya", "staroye", "staryye"),
    "veliko": ("velikiy", "velikaya", "velikoye", "velikiye"),
    "verkhne": ("verkhniy", "verkhnyaya", "verkhneye", "verkhniye"),
}
_SHORTEST = 3


def russian_seat_keys(key: str) -> list[str]:
    """Return the keys of towns that a Russian, Belarusian or Ukrainian adjective may be made of."""
    found: list[str] = []
    adjectives: list[str] = []
    for ending, kept in _CUT.items():
        if key.endswith(ending) and len(key) - len(ending) >= _SHORTEST:
            stem = key.removesuffix(ending)
            for base in dict.fromkeys((stem + kept, stem)):
                found.extend(base + last for last in _ENDINGS)
            found.extend(stem + last for last in _FLEETING.get(kept, ()))
            adjectives.extend(stem + kept + last for last in _ADJECTIVES)
    found.extend(adjectives)
    for start, words in _JOINED.items():
        if key.startswith(start) and len(key) - len(start) > _SHORTEST + 2:
            rest = russian_seat_keys(key.removeprefix(start).strip())
            found.extend(f"{word} {last}" for word in words for last in rest)
    first, _, second = key.partition("o ")
    if second and " " not in first + second:  # Matveyevo-Kurgansky of Matveyev Kurgan
        found.extend(f"{first}{last} {other}" for last in ("", "a", "o") for other in russian_seat_keys(second))
    return list(dict.fromkeys(found))
