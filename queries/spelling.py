"""Names as people type them, made comparable: without case, accents, apostrophes, hyphens and words of kind."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

__all__ = [
    "CITY_WORDS",
    "HROMADA_WORDS",
    "REGION_WORDS",
    "fold",
    "fold_all",
    "oblast_keys",
    "without_kind_words",
    "words_in",
]

_LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ґ": "г"}
"""Letters that Unicode does not take apart (ß and capitals are gone by then)."""

_QUOTES = re.compile("['’ʼ‘`´′ʹʻ\"“”„«»\u200b-\u200f\u2060\ufeff\u00ad]+")
_MARKS = re.compile("[\u0300-\u036f]+")
_TO_SPACE = re.compile(r"[ \t\r\f\v\x00-\x09\x1b./,;:()\[\]_‐-―\-]+")
_RARE = re.compile(f"[{''.join(_LETTERS)}]")


def fold(text: str) -> str:
    """Return the key of one name."""
    return fold_all([text])[0]


def fold_all(texts: Sequence[str]) -> list[str]:
    """Return the key of each name: many at once, since a database holds hundreds of thousands of spellings."""
    joined = "\n".join(texts)
    if joined.count("\n") >= len(texts) > 0:  # a name with a line end in it
        joined = "\n".join(text.replace("\n", " ") for text in texts)
    key = _QUOTES.sub("", joined)  # first: ´ would become a space
    if not key.isascii():
        key = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", key).casefold())
    key = key.casefold()
    if not key.isascii():
        key = _RARE.sub(lambda found: _LETTERS[found[0]], key)
    key = _TO_SPACE.sub(" ", _MARKS.sub("", key))
    return [each.strip() for each in key.split("\n")] if texts else []


def _folded(*words: str) -> frozenset[str]:
    return frozenset(map(fold, words))


REGION_WORDS = _folded(
    "oblast", "region", "province", "voivodeship", "województwo", "область", "області", "обл", "регіон", "воєводство",
    "провінція",
)  # fmt: skip
HROMADA_WORDS = _folded("hromada", "громада", "громади", "ТГ", "ОТГ", "МТГ", "СТГ")
CITY_WORDS = _folded("city", "town", "місто", "м.")
_OTHER_WORDS = _folded(
    "territorial", "urban", "rural", "settlement", "village", "municipality", "gmina", "commune", "raion", "district",
    "county", "of", "metropolis", "metropolia", "metropolitan", "area", "територіальна", "міська", "селищна",
    "сільська", "с.", "село", "смт", "селище", "гміна", "район", "р-н", "комуна", "метрополія", "агломерація",
)  # fmt: skip


def _any_of(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\S)(?:{'|'.join(sorted(words, key=len, reverse=True))})(?!\S)")


_OF_PLACES = _any_of(HROMADA_WORDS | CITY_WORDS | _OTHER_WORDS)
_OF_REGIONS = _any_of(REGION_WORDS | CITY_WORDS | _folded("of"))


def without_kind_words(keys: Iterable[str], *, regions: bool = False) -> list[str]:
    """Return folded names without words such as ``громада`` or ``м``; a name made of them alone stays.

    Parameters
    ----------
    keys
        Folded names.
    regions
        Whether they are names of regions: those lose ``oblast`` and its like, which tell a region from its centre.
    """
    words = _OF_REGIONS if regions else _OF_PLACES
    return [" ".join(words.sub(" ", key).split()) or key for key in keys]


def words_in(key: str, words: frozenset[str]) -> bool:
    """Whether a folded name holds one of `words`."""
    return not words.isdisjoint(key.split())


_ADJECTIVE = re.compile(r"(?:ський|цький|ська|цька|зька|ської|цької|зької|щина|щини|skyi|skyy|ska|skaya)$")


def oblast_keys(key: str) -> frozenset[str]:
    """Return a folded name of a region and its stem: ``житомирська``, ``житомирщина``, ``zhytomyrska``: ``житомир``."""
    stem = _ADJECTIVE.sub("", key)
    return frozenset((key, stem) if len(stem) >= 3 else (key,))
