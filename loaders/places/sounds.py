"""How a name sounds, whoever wrote it in Latin letters: Zalischyky and Zalishchyky, Haidari and Chaïdári.

A name that is written in Arabic, Cyrillic or Greek at home has as many Latin spellings as there are systems. Two
spellings of one name have one sound: what the systems write differently is made alike, and what some leave out is left
out. Sounds are for comparing only, and only among the names of one country.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

__all__ = ["SOUNDED", "sound", "sounds_as_asked"]

_Rules = Sequence[tuple[str, str]]

_ARABIC = frozenset(
    {"AE", "BH", "DJ", "DZ", "EG", "EH", "IQ", "JO", "KW", "LB", "LY", "MA", "MR", "OM", "PS", "QA", "SA", "SD", "SY",
     "TN", "YE"}
)  # fmt: skip
_SLAVIC = frozenset({"BG", "BY", "ME", "MK", "RS", "RU", "UA"})
_TURKIC = frozenset({"AZ", "KG", "KZ", "TJ", "TM", "UZ"})
_GREEK = frozenset({"CY", "GR"})
_HEBREW = frozenset({"IL"})
_PERSIAN = frozenset({"AF", "IR"})
# Where names are written in a script of their own, so that the register's are sounded: each is found by its sound.
SOUNDED = _ARABIC | _SLAVIC | _TURKIC | _GREEK | _HEBREW | _PERSIAN | {"AM", "GE", "IN", "MM", "MN", "NP", "PK"}

_ARTICLE = re.compile(r"(?:^| )(?:al|el|ad|ar|as|ash|at|az|an|ed|er|es|esh|et|ez|en|il|l)(?= )")
# A region is called by an adjective of its town: al-Minūfīyah, Monufia of Munūf.
_ADJECTIVE = re.compile(r"(?:i?y+|i)(?:ah?|eh?)$")
# So many consonants tell a name; one of fewer is told with its vowels.
_BONES = 3
_ARABIC_RULES: _Rules = (
    ("tch", "s"), ("sh", "s"), ("ch", "s"), ("dj", "j"), ("dh", "d"), ("th", "t"), ("gh", "r"), ("kh", "h"), ("q", "k"),
    ("g", "j"), ("c", "k"), ("v", "f"), ("p", "b"),
)  # fmt: skip
_SLAVIC_RULES: _Rules = (
    ("schtsch", "s"), ("shch", "s"), ("szcz", "s"), ("stch", "s"), ("sch", "s"), ("sc", "s"), ("tsch", "c"),
    ("tch", "c"), ("dzh", "z"), ("dz", "z"), ("sh", "s"), ("ch", "c"), ("cz", "c"), ("sz", "s"), ("zh", "z"),
    ("kh", "h"), ("x", "h"), ("g", "h"), ("ts", "c"), ("tz", "c"), ("tc", "c"), ("ph", "f"), ("ck", "k"), ("ou", "u"),
    ("w", "v"), ("y", "i"), ("j", "i"), ("q", "k"), ("ii", "i"), ("ie", "e"), ("io", "e"),
)  # fmt: skip
_TURKIC_RULES: _Rules = (
    ("tsch", "c"), ("tch", "c"), ("dzh", "j"), ("dj", "j"), ("sh", "s"), ("ch", "c"), ("zh", "j"), ("kh", "h"),
    ("gh", "g"), ("x", "h"), ("q", "k"), ("ts", "c"), ("ou", "u"), ("w", "v"), ("y", "i"), ("ii", "i"), ("ie", "e"),
    ("o", "a"),
)  # fmt: skip
_GREEK_RULES: _Rules = (
    ("ntz", "j"), ("nts", "j"), ("ndj", "j"), ("ndz", "j"), ("tz", "j"), ("ts", "j"), ("dz", "j"), ("dj", "j"),
    ("mp", "b"), ("mb", "b"), ("nt", "d"), ("nd", "d"), ("gg", "k"), ("gk", "k"), ("ngh", "k"), ("ng", "k"),
    ("nk", "k"), ("ch", "h"), ("kh", "h"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("gh", "g"), ("ck", "k"), ("c", "k"),
    ("x", "ks"), ("ou", "u"), ("oo", "u"), ("oi", "i"), ("ei", "i"), ("ee", "i"), ("ai", "e"), ("ae", "e"), ("y", "i"),
    ("gi", "i"), ("ge", "ie"), ("ii", "i"), ("ie", "e"), ("au", "av"), ("af", "av"), ("eu", "ev"), ("ef", "ev"),
)  # fmt: skip
_HEBREW_RULES: _Rules = (
    ("sch", "s"), ("sh", "s"), ("ch", "h"), ("kh", "h"), ("tz", "z"), ("ts", "z"), ("th", "t"), ("gh", "g"),
    ("ph", "f"), ("ck", "k"), ("c", "k"), ("q", "k"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("w", "v"), ("y", "i"),
    ("j", "i"), ("ei", "e"), ("ie", "e"), ("ii", "i"),
)  # fmt: skip
_PERSIAN_RULES: _Rules = (
    ("kh", "h"), ("gh", "g"), ("q", "g"), ("sh", "s"), ("ch", "c"), ("zh", "j"), ("oo", "u"), ("ou", "u"), ("ow", "u"),
    ("ee", "i"), ("ey", "e"), ("ei", "e"), ("ay", "e"), ("ai", "e"), ("w", "v"), ("y", "i"), ("ie", "e"), ("ii", "i"),
)  # fmt: skip
_WESTERN_RULES: _Rules = (
    ("tsch", "c"), ("sch", "s"), ("tch", "c"), ("dzh", "j"), ("sh", "s"), ("ch", "c"), ("cz", "c"), ("sz", "s"),
    ("zh", "z"), ("rz", "z"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("ck", "k"), ("tz", "c"),
    ("ts", "c"), ("qu", "k"), ("ou", "u"), ("oe", "o"), ("ue", "u"), ("ae", "a"), ("w", "v"), ("y", "i"), ("j", "i"),
    ("q", "k"), ("x", "ks"),
)  # fmt: skip


_RULES = {
    **dict.fromkeys(_SLAVIC, _SLAVIC_RULES),
    **dict.fromkeys(_TURKIC, _TURKIC_RULES),
    **dict.fromkeys(_HEBREW, _HEBREW_RULES),
    **dict.fromkeys(_PERSIAN, _PERSIAN_RULES),
}


@lru_cache(maxsize=4096)
def sound(key: str, country: str) -> str:
    """Return a key as it sounds in a country.

    Parameters
    ----------
    key
        The key of a name in Latin letters.
    country
        The country's code: it tells what script the name is written in at home.
    """
    if country in _ARABIC:
        return _arabic(key)
    if country in _GREEK:
        return _greek(key)
    rules = _RULES.get(country, _WESTERN_RULES)
    heard = _spoken(key, rules)
    return heard if country in _SLAVIC | _TURKIC else heard.rstrip("h") or key


def sounds_as_asked(key: str, country: str) -> tuple[str, ...]:
    """Return how a key that a record has may sound: ``ch`` is ч in English and х in Polish, Czech and German."""
    first = sound(key, country)
    if country in _SLAVIC and "ch" in key:
        return first, sound(re.sub(r"(?<![st])ch", "kh", key), country)
    return (first,)


def _spoken(key: str, rules: _Rules) -> str:
    for spelled, heard in rules:
        key = key.replace(spelled, heard)
    return _single("".join(key.split(" ")))


def _single(text: str) -> str:
    return "".join(letter for index, letter in enumerate(text) if index == 0 or letter != text[index - 1])


def _arabic(key: str) -> str:
    """Return the consonants of a name: ``zbbd`` for Zababdeh and az Zabābida; with the vowels where these are few."""
    bare = _ARTICLE.sub(" ", key).strip() or key
    for spelled, heard in _ARABIC_RULES:
        bare = bare.replace(spelled, heard)
    words = [_ADJECTIVE.sub("Y", _single(word)).removesuffix("h") or word for word in bare.split(" ")]
    bones = "".join(letter for word in words for letter in word if letter not in "aeiouwy")
    if len(bones) >= _BONES:
        return bones
    vowels = "".join(words).replace("ou", "u").replace("oo", "u").replace("ee", "i").replace("w", "u").replace("y", "i")
    return _single(vowels.rstrip("aeio").replace("e", "i").replace("o", "u")) or key


def _greek(key: str) -> str:
    heard = _spoken(key, _GREEK_RULES)
    return heard.removesuffix("n") if heard.endswith("on") else heard
