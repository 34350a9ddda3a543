"""The Ukrainian name of a place abroad, where a register lists Cyrillic spellings without their language.

GeoNames' alternate names have no language here: Russian, Ukrainian, Belarusian, Bulgarian, Serbian, Macedonian, Kazakh
and Tajik are in one list (Гдиня, Гдиња, Гдыня). Three steps lead to the Ukrainian name, or to none:

1. Spellings that the orthography of 2019 rules out are excluded (:func:`_may_be_ukrainian`).
2. Spellings of one sound are one name (:func:`_bare`). Of several names, the one that most spellings share is chosen,
   South Slavic ones not counted, if no other is more like the usual name.
3. Of the spellings of that name, the one with what Ukrainian keeps and its neighbours drop is chosen: о (Belarusian
   writes а), doubled consonants, the soft sign, the hyphen (:func:`_kept`).

A tie gives no name: a name in another language is worse than one in Latin letters. `docs/places.md` gives the share of
right answers.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from anyascii import anyascii
from babel import Locale
from babel.core import get_global
from rapidfuzz.distance import Levenshtein

from twingraph.loaders.packaged_tables import read_table
from twingraph.loaders.registers.geonames import GeoName
from twingraph.text.folding import name_key
from twingraph.text.ukrainian import romanise

__all__ = ["NamesAbroad", "exemplar_cities", "ukrainian_name"]


def _countries(codes: str) -> frozenset[str]:
    return frozenset(codes.split())


_SLAVIC = _countries("BA BG BY CZ HR ME MK PL RS RU SI SK XK")
_ENGLISH = _countries("AU CA GB IE NZ US ZA")
_NORDIC = _countries("DK FO IS NO SE")
_WEST_SLAVIC = _countries("CZ PL SK")
_FAR_EAST = _countries("CN HK JP KP KR MN MO TH TW VN")
# Where a written h is г; names from Arabic, Chinese, Greek and Japanese have х.
_H_IS_H = _ENGLISH | _NORDIC | _WEST_SLAVIC | _countries("AT BE CH DE EE FI HU LI LT LU LV NL")

_V, _C = "аеєиіїоуюя", "бвгґджзйклмнпрстфхцчшщ"
_WRITTEN = re.compile(r"[абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'’ʼ -]{2,60}")
_HARD = r"[бвгґджзклмнпрстфхцчшщ]"


class _Latin(NamedTuple):
    """A name in Latin letters: as written, in plain small letters, and the country whose language it is read in."""

    name: str
    plain: str
    country: str

    @classmethod
    def read(cls, name: str, country: str) -> "_Latin":
        """Return the name with its plain letters; Polish ó is read as u."""
        return cls(name, anyascii(name.replace("ó", "u") if country == "PL" else name).lower(), country)


class _Rule(NamedTuple):
    """A pattern that Ukrainian never has: in names of all countries, `only` of some, or of all `unless_in` some."""

    never: str
    only: frozenset[str] = frozenset()
    unless_in: frozenset[str] = frozenset()


_RULES = tuple(
    (re.compile(rule.never), rule.only, rule.unless_in)
    for rule in (
        _Rule(rf"и[{_V}]|[{_V}]и|\bи"),  # и comes between consonants: Сіань, not Сиань
        _Rule(rf"іе|\bі[аоу]|[{_C}]ї|й[аеиіу]|ь[аеиіу]|[{_V}]ь|шч"),  # written with other letters: іє, йо, є, щ
        _Rule(r"[бпвмфжчшщгґкх]ь|рь(?!о)|ьь|[жчшщ][юяє]"),  # consonants that stay hard
        _Rule(r"[зс]ць|[сз]ь[^йкоєюяії]"),  # Belarusian softens before a soft one: Сьвідніца
        _Rule(rf"({_HARD})\1[бгґджзкмнптфхцчшщ]|[{_C}]([{_C}])\2\b"),  # doubled next to a third: Штуттгарт
        _Rule(rf"({_HARD})\1с", unless_in=_ENGLISH),  # but Піттсбург
        _Rule(rf"[жчшщц]і(?!в(?:ц|\b))(?=[{_C}])", unless_in=_FAR_EAST),  # Чикаго, not Чікаго; but Ряшів
        _Rule("щ| ", unless_in=_SLAVIC),  # names of several words are hyphenated
        _Rule(" ", only=_countries("PL")),
        _Rule(rf"[{_C}]є", unless_in=_countries("MD RU")),
        # How Russian, Serbian, Czech and others end what is -ськ, -цьк, -ець, -иця, -иці, -ич, -ик, -ки in Ukrainian.
        _Rule(r"[сц]к(?:[аеио]|ий)?\b|[еа]ц\b|иц[еа]\b|іц[еіяа]\b|ичи\b|і[чк]\b|[кгх]і\b|це\b|цк", only=_SLAVIC),
        _Rule(rf"\bе|[{_V}]е", only=_countries("BY RU")),  # there е is Ukrainian є
        _Rule("дз", only=_countries("BY")),
        _Rule(r"\bу[аеоі]", only=_ENGLISH),  # w is в
        _Rule(rf"гейм|л(?![ль{_V}])", only=_countries("AT CH DE")),  # -гайм; л is soft before a consonant
        _Rule("тс", only=_countries("GE IL JP")),  # ц
    )
)
# Where Ukrainian has и: in any name between a hushing consonant and another one, in Slavic ones in suffixes (Равич,
# Пардубиці, Курник, Сувалки) and in roots that it shares (Нижній, Сибір).
_HUSHED = re.compile(rf"[жчшщц]и(?=[{_C}])")
_SLAVIC_Y = re.compile(r"и(?=ч|ц[яі]|ськ|к\b)|[жчшщц]и(?!\b)|кий?\b|ниж|и(?=бір)")
# How names end in Ukrainian that end so in Polish, Czech, Slovak and romanised Russian.
_ENDS = {"sk": "ськ", "ck": "цьк", "ec": "ець", "ica": "иця", "ice": "иці", "icz": "ич", "l": "ль"}
_LAST = {"a": "ая", "o": "оу", "e": f"{_C}ь{_V}".replace("о", "")}
_RIVER = re.compile(r"[- ]над?[- ]")


def _may_be_ukrainian(text: str, latin: _Latin, hard: int) -> bool:
    """Return whether a Cyrillic spelling of the name `latin` may be the Ukrainian one.

    `hard` is the number of ы that the name has in Russian or Belarusian: Ukrainian may have as many и.
    """
    lower, country = text.lower(), latin.country
    if not _WRITTEN.fullmatch(lower) or not text[0].isupper():
        return False
    for never, only, unless_in in _RULES:
        if (not only or country in only) and country not in unless_in and never.search(lower):
            return False
    if " " in text and (" " not in latin.name or any(word[0].islower() and len(word) > 3 for word in text.split())):
        return False
    if country in _H_IS_H and lower.count("х") > len(re.findall("ch|kh|x", latin.plain)):
        return False
    return _has_its_vowels(lower, latin, hard) and _is_soft_where_it_may(lower, latin) and _ends_alike(lower, latin)


def _has_its_vowels(lower: str, latin: _Latin, hard: int) -> bool:
    """Return whether a rule allows every и, and є is written where the name has je."""
    country, plain = latin.country, latin.plain
    rest = lower if country in _FAR_EAST else _HUSHED.sub("", lower)
    other = 0
    if country in _SLAVIC:
        rest = _SLAVIC_Y.sub("", rest)
        other = {"BG": len(lower), "BY": hard, "RU": hard}.get(country, 0)
        if country in _WEST_SLAVIC:
            other = plain.count("y")
        elif "je" in plain and "є" not in lower:
            return False
    return rest.count("и") <= other and not (re.match("[jy]e", plain) and re.match("е|йе", lower))


def _is_soft_where_it_may(lower: str, latin: _Latin) -> bool:
    """Return whether дз and ц are those sounds, and not д and т as in Belarusian."""
    if re.search("дз[іеєьяю]", lower) and not re.search("dz|j|z", latin.plain):
        return False
    if latin.country in {"MD", "RO"}:
        return True
    return not re.search("ц[іь]", lower) or bool(re.search("[cz]|t[hs]", latin.plain))


def _ends_alike(lower: str, latin: _Latin) -> bool:
    """Return whether the endings of a spelling and of the name in Latin letters agree."""
    country, plain, last = latin.country, latin.plain, latin.plain[-1:]
    if country == "BY" or _RIVER.search(lower):
        return True  # usual names of Belarus are Russian or Belarusian
    if country in {"CN", "TW"} and last == "n":
        return lower.endswith("нь")
    if country == "RU" or country in _WEST_SLAVIC:
        if latin.name.endswith("ów") and lower.endswith("ов"):
            return False
        if any(plain.endswith(theirs) and not lower.endswith(ours) for theirs, ours in _ENDS.items()):
            return False
    if last in _LAST:
        return lower[-1] in _LAST[last]
    return lower[-1] not in _V or last in "aeiouyhsl" or country in {"FR", "GR", "RO"}


_CYRILLIC = re.compile(r"[\u0400-\u052F'’ʼ -]+")
_TOWN = re.compile(r" (?:ош|шаары|хот|қаласы|калаһы|балһсн)$")  # "town" in Moksha, Kyrgyz, Kalmyk, Kazakh, Bashkir
_NORTHERN = re.compile("[ыэёў]")  # Russian or Belarusian: their tradition of names is the one that Ukrainian shares
_SOUTH_SLAVIC = re.compile("[јљњџђћѓќѕъ]")
# Letters that of these languages only Ukrainian has (Belarusian and Kazakh share і), and endings that only it has.
_UKRAINIAN = re.compile("[іїєґ]")
_SURELY_UKRAINIAN = re.compile(r"[сц]ьк|ець\b|иц[яі]\b|[ії]в\b")

# Letters that the languages write differently, as one; the soft sign and the like are dropped. So is -ów.
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
_READ_AS_WRITTEN = _SLAVIC | {"AT", "CH", "DE", "EE", "FI", "LT", "LV"}
# Where a soft sign after л is no sign of Ukrainian.
_HARD_L = _NORDIC | {"BR", "EE", "FI", "HU", "LT", "LV", "PT", "RO", "TR"}


def ukrainian_name(alternates: Iterable[str], name: str, country: str) -> str | None:
    """Return the alternate name whose spelling is Ukrainian.

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
    latin = _Latin.read(name, country)
    hard = max(text.lower().count("ы") for text in cyrillic)
    votes: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    names: defaultdict[str, list[str]] = defaultdict(list)
    for text in cyrillic:
        lower, bare = text.lower(), _bare(text)
        votes[bare][0] += not _SOUTH_SLAVIC.search(lower)
        votes[bare][1] += bool(_NORTHERN.search(lower))
        if _may_be_ukrainian(text, latin, hard):
            names[bare].append(text)
    if not names:
        return None
    for bare, spellings in names.items():
        for sign in (_UKRAINIAN, _SURELY_UKRAINIAN):
            votes[bare][0] += any(sign.search(text.lower()) for text in spellings)
    likeness = {bare: _likeness(spellings, latin) for bare, spellings in names.items()}
    best = max(names, key=lambda bare: (votes[bare], likeness[bare]))
    enough = _LIKE_IN_ENGLISH if country in _ENGLISH else _LIKE
    if likeness[best] < enough or max(votes.values())[0] > votes[best][0]:
        return None
    for bare in names.keys() - {best}:
        ahead = likeness[best] - likeness[bare]
        tie = votes[bare] == votes[best] and not (country in _READ_AS_WRITTEN and ahead > _MARGIN)
        if tie or ahead < -_MARGIN or country in _NORDIC:
            return None
    return _kept(names[best], latin)


def _bare(text: str) -> str:
    """Return a spelling without what the languages write differently."""
    return re.sub(r"(.)\1+", r"\1", _OV.sub("ов", text.lower()).translate(_ALIKE))


def _likeness(spellings: list[str], latin: _Latin) -> float:
    """Return how like the usual name the spelling sounds that is most like it, from 0 to 1."""
    usual = {_sounds(latin.plain), _sounds(_WHERE.sub("", latin.name))}
    heard = {_sounds(romanise(text)) for text in spellings}
    return max(Levenshtein.normalized_similarity(ours, theirs) for ours in heard for theirs in usual)


def _sounds(text: str) -> str:
    """Return the sounds of a name in Latin letters, with as few differences as spellings of many languages allow."""
    plain = "".join(letter for letter in anyascii(text).lower() if letter.isalpha())
    plain = _HISSING.sub("s", plain.replace("ou", "u").replace("w", "v"))
    return re.sub(r"(.)\1+", r"\1", plain.translate(_HEARD))


def _kept(spellings: list[str], latin: _Latin) -> str | None:
    """Return the spelling with what Ukrainian keeps and its neighbours drop; None for a tie."""
    spellings = [text for text in spellings if re.search("[іїє]", text.lower())] or spellings
    broad = {text: _broad(text) for text in spellings}
    if latin.country in _NORDIC and len(set(broad.values())) > 1:
        return None  # å and ø have been written in more ways than one
    doubled = {text: len(re.findall(r"(.)\1", text.lower())) for text in spellings}
    if len(set(doubled.values())) > 1 and not re.search(r"(.)\1", latin.plain):
        return None

    def habit(text: str) -> tuple[int, ...]:
        vowels = -Levenshtein.distance(_broad(latin.plain), broad[text])
        if latin.country in _ENGLISH or latin.country == "BY":
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
    """Finds the Ukrainian name of a place abroad, or none.

    The sources in order: the table collected by hand; a city of a time zone in CLDR whose name GeoNames lists as well;
    the spellings of GeoNames; a name of CLDR alone. Nothing is transliterated.
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
        # CLDR writes ґ where the orthography of 2019 has г (Чікаґо); such a name needs a second source.
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
