"""What Ukrainian writes in names from other languages, and what it never does: its orthography of 2019, as rules."""

import re
from typing import NamedTuple

from anyascii import anyascii

__all__ = ["ENGLISH", "NORDIC", "SLAVIC", "Latin", "may_be_ukrainian"]


def _countries(codes: str) -> frozenset[str]:
    return frozenset(codes.split())


SLAVIC = _countries("BA BG BY CZ HR ME MK PL RS RU SI SK XK")
ENGLISH = _countries("AU CA GB IE NZ US ZA")
NORDIC = _countries("DK FO IS NO SE")
_WEST_SLAVIC = _countries("CZ PL SK")
_FAR_EAST = _countries("CN HK JP KP KR MN MO TH TW VN")
# Where a written h is г; names from Arabic, Chinese, Greek and Japanese have х.
_H_IS_H = ENGLISH | NORDIC | _WEST_SLAVIC | _countries("AT BE CH DE EE FI HU LI LT LU LV NL")

_V, _C = "аеєиіїоуюя", "бвгґджзйклмнпрстфхцчшщ"
_WRITTEN = re.compile(r"[абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'’ʼ -]{2,60}")
_HARD = r"[бвгґджзклмнпрстфхцчшщ]"


class Latin(NamedTuple):
    """A name in Latin letters: as written, in plain small letters, and the country whose language it is read in."""

    name: str
    plain: str
    country: str

    @classmethod
    def read(cls, name: str, country: str) -> "Latin":
        """Return the name with its plain letters; Polish ó is read as u."""
        return cls(name, anyascii(name.replace("ó", "u") if country == "PL" else name).lower(), country)


class _Rule(NamedTuple):
    """What a spelling never has, in names from everywhere, from some countries, or from all but some."""

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
        _Rule(rf"({_HARD})\1с", unless_in=ENGLISH),  # but Піттсбург
        _Rule(rf"[жчшщц]і(?!в(?:ц|\b))(?=[{_C}])", unless_in=_FAR_EAST),  # Чикаго, not Чікаго; but Ряшів
        _Rule("щ| ", unless_in=SLAVIC),  # names of several words are hyphenated
        _Rule(" ", only=_countries("PL")),
        _Rule(rf"[{_C}]є", unless_in=_countries("MD RU")),
        # How Russian, Serbian, Czech and others end what is -ськ, -цьк, -ець, -иця, -иці, -ич, -ик, -ки in Ukrainian.
        _Rule(r"[сц]к(?:[аеио]|ий)?\b|[еа]ц\b|иц[еа]\b|іц[еіяа]\b|ичи\b|і[чк]\b|[кгх]і\b|це\b|цк", only=SLAVIC),
        _Rule(rf"\bе|[{_V}]е", only=_countries("BY RU")),  # there е is Ukrainian є
        _Rule("дз", only=_countries("BY")),
        _Rule(r"\bу[аеоі]", only=ENGLISH),  # w is в
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


def may_be_ukrainian(text: str, latin: Latin, hard: int) -> bool:
    """Tell whether a Cyrillic spelling may be the Ukrainian one.

    Parameters
    ----------
    text
        The spelling.
    latin
        The usual name.
    hard
        How many ы the name has in Russian or Belarusian: Ukrainian may have as many и.
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


def _has_its_vowels(lower: str, latin: Latin, hard: int) -> bool:
    """Tell whether every и has its reason, and є is written where the name has je."""
    country, plain = latin.country, latin.plain
    rest = lower if country in _FAR_EAST else _HUSHED.sub("", lower)
    other = 0
    if country in SLAVIC:
        rest = _SLAVIC_Y.sub("", rest)
        other = {"BG": len(lower), "BY": hard, "RU": hard}.get(country, 0)
        if country in _WEST_SLAVIC:
            other = plain.count("y")
        elif "je" in plain and "є" not in lower:
            return False
    return rest.count("и") <= other and not (re.match("[jy]e", plain) and re.match("е|йе", lower))


def _is_soft_where_it_may(lower: str, latin: Latin) -> bool:
    """Return whether дз and ц are those sounds, and not д and т as in Belarusian."""
    if re.search("дз[іеєьяю]", lower) and not re.search("dz|j|z", latin.plain):
        return False
    if latin.country in {"MD", "RO"}:
        return True
    return not re.search("ц[іь]", lower) or bool(re.search("[cz]|t[hs]", latin.plain))


def _ends_alike(lower: str, latin: Latin) -> bool:
    """Tell whether a spelling ends as the name in Latin letters lets it end."""
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
