"""Which of a place's names is the Ukrainian one, where a register lists Cyrillic spellings without their language.

GeoNames' alternate names come without language here: Russian, Ukrainian, Belarusian, Bulgarian, Serbian, Macedonian,
Kazakh and Tajik are in one list (Гдиня, Гдиња, Гдыня). Three steps lead to the Ukrainian one, or to none:

1. What Ukrainian does not write is out (:mod:`twingraph.loaders.registers.orthography`).
2. Spellings of one sound are one name, whatever languages write each in their way (:func:`_bare`). Of several names the
   one wins that most of them write, South Slavic ones not counted, and that is no less like the usual name than others.
3. Of what is left of that name, Ukrainian has what its neighbours drop: о (Belarusian writes а), doubled consonants,
   the soft sign, the hyphen (:func:`_kept`).

A tie is no answer: a name in another language is worse than one in Latin letters. `docs/places.md` shows how often the
answer is right.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

from anyascii import anyascii
from babel import Locale
from babel.core import get_global
from rapidfuzz.distance import Levenshtein

from twingraph.loaders.packaged_tables import read_table
from twingraph.loaders.registers.geonames import GeoName
from twingraph.loaders.registers.orthography import ENGLISH, NORDIC, SLAVIC, Latin, may_be_ukrainian
from twingraph.text.folding import name_key
from twingraph.text.ukrainian import romanise

__all__ = ["NamesAbroad", "exemplar_cities", "ukrainian_name"]

_CYRILLIC = re.compile(r"[\u0400-\u052F'’ʼ -]+")
_TOWN = re.compile(r" (?:ош|шаары|хот|қаласы|калаһы|балһсн)$")  # "town" in Moksha, Kyrgyz, Kalmyk, Kazakh, Bashkir
_NORTHERN = re.compile("[ыэёў]")  # Russian or Belarusian: their tradition of names is the one that Ukrainian shares
_SOUTH_SLAVIC = re.compile("[јљњџђћѓќѕъ]")
# Letters that of these languages only Ukrainian has (Belarusian and Kazakh share і), and endings that only it has.
_UKRAINIAN = re.compile("[іїєґ]")
_SURELY_UKRAINIAN = re.compile(r"[сц]ьк|ець\b|иц[яі]\b|[ії]в\b")

# Letters that languages write each in their way, as one; the soft sign and the like are left out. So is -ów.
_ALIKE = str.maketrans("ґхіїыэєёоюяљњў", "ггиииееаауалнв", "йјьъ'’ʼ -")
_OV = re.compile(r"(?:[уіео]в|[ае]ў)\b")
# Of names in Latin letters: ts, ch, sh, zh and soft c are one sound, so are g, h and kh, and i, j and y.
_HISSING = re.compile(r"shch|sch|[cstz]h|[cst]z|ts|c(?=[eiyj])|z")
_HEARD = str.maketrans("cqhyjx", "kkgiis")
# A river or region that distinguishes the town (Freiburg im Breisgau): Ukrainian may leave it out.
_WHERE = re.compile(r" (?:am|an|bei|im|nad|on|upon) .*")

# How like the usual name a spelling must sound, from 0 to 1, and by how much one must be more like it than another.
# Fitted by hand on the names of CLDR and of partners; English is not read as it is written.
_LIKE, _LIKE_IN_ENGLISH, _MARGIN = 0.6, 0.5, 0.09
_READ_AS_WRITTEN = SLAVIC | {"AT", "CH", "DE", "EE", "FI", "LT", "LV"}
# Where a soft sign after л is no sign of Ukrainian.
_HARD_L = NORDIC | {"BR", "EE", "FI", "HU", "LT", "LV", "PT", "RO", "TR"}


def ukrainian_name(alternates: Iterable[str], name: str, country: str) -> str | None:
    """Return the alternate name that is Ukrainian, as far as its spelling shows.

    Parameters
    ----------
    alternates
        All other names of the place, in any script and language.
    name
        Its usual name in Latin letters.
    country
        ISO 3166-1 code: names from German keep to other rules than those from Polish.

    Returns
    -------
    str or None
        ``None`` where no spelling is certain.
    """
    cyrillic = sorted({text for text in alternates if _CYRILLIC.fullmatch(text) and not _TOWN.search(text)})
    if not cyrillic:
        return None
    latin = Latin.read(name, country)
    hard = max(text.lower().count("ы") for text in cyrillic)
    votes: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    names: defaultdict[str, list[str]] = defaultdict(list)
    for text in cyrillic:
        lower, bare = text.lower(), _bare(text)
        votes[bare][0] += not _SOUTH_SLAVIC.search(lower)
        votes[bare][1] += bool(_NORTHERN.search(lower))
        if may_be_ukrainian(text, latin, hard):
            names[bare].append(text)
    if not names:
        return None
    for bare, spellings in names.items():
        for sign in (_UKRAINIAN, _SURELY_UKRAINIAN):
            votes[bare][0] += any(sign.search(text.lower()) for text in spellings)
    likeness = {bare: _likeness(spellings, latin) for bare, spellings in names.items()}
    best = max(names, key=lambda bare: (votes[bare], likeness[bare]))
    enough = _LIKE_IN_ENGLISH if country in ENGLISH else _LIKE
    if likeness[best] < enough or max(votes.values())[0] > votes[best][0]:
        return None
    for bare in names.keys() - {best}:
        ahead = likeness[best] - likeness[bare]
        tie = votes[bare] == votes[best] and not (country in _READ_AS_WRITTEN and ahead > _MARGIN)
        if tie or ahead < -_MARGIN or country in NORDIC:
            return None
    return _kept(names[best], latin)


def _bare(text: str) -> str:
    """Return what is left of a spelling without what the languages write each in their way."""
    return re.sub(r"(.)\1+", r"\1", _OV.sub("ов", text.lower()).translate(_ALIKE))


def _likeness(spellings: list[str], latin: Latin) -> float:
    """Return how like the usual name the spelling sounds that is most like it, from 0 to 1."""
    usual = {_sounds(latin.plain), _sounds(_WHERE.sub("", latin.name))}
    heard = {_sounds(romanise(text)) for text in spellings}
    return max(Levenshtein.normalized_similarity(ours, theirs) for ours in heard for theirs in usual)


def _sounds(text: str) -> str:
    """Return the sounds of a name in Latin letters, with as few differences as spellings of many languages allow."""
    plain = "".join(letter for letter in anyascii(text).lower() if letter.isalpha())
    plain = _HISSING.sub("s", plain.replace("ou", "u").replace("w", "v"))
    return re.sub(r"(.)\1+", r"\1", plain.translate(_HEARD))


def _kept(spellings: list[str], latin: Latin) -> str | None:
    """Return the spelling that has what Ukrainian keeps and its neighbours drop; none where two have."""
    spellings = [text for text in spellings if re.search("[іїє]", text.lower())] or spellings
    broad = {text: _broad(text) for text in spellings}
    if latin.country in NORDIC and len(set(broad.values())) > 1:
        return None  # å and ø have been written in more ways than one
    doubled = {text: len(re.findall(r"(.)\1", text.lower())) for text in spellings}
    if len(set(doubled.values())) > 1 and not re.search(r"(.)\1", latin.plain):
        return None

    def habit(text: str) -> tuple[int, ...]:
        vowels = -Levenshtein.distance(_broad(latin.plain), broad[text])
        if latin.country in ENGLISH or latin.country == "BY":
            vowels = broad[text].count("o")
        soft = 0 if latin.country in _HARD_L else text.count("ь")
        return vowels, doubled[text], text.count("сьйон"), soft, text.count("-"), -text.lower().count("ґ")

    first, *others = sorted(spellings, key=habit, reverse=True)
    return None if others and habit(others[0]) == habit(first) else first


def _broad(text: str) -> str:
    """Return the o and a of a name, in Latin letters."""
    return re.sub("[^oa]", "", text.lower().translate(str.maketrans("оая", "oaa")))


_APOSTROPHES = str.maketrans("ʼ'", "’’")


class NamesAbroad:
    """Tells the Ukrainian name of a place abroad, or none.

    What was collected by hand comes first, then the name that CLDR gives the city of a time zone and GeoNames lists as
    well, then what GeoNames' spellings show, and a name of CLDR alone last. Nothing is transliterated.
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
