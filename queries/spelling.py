"""Fold typed names for comparison: without case, accents, apostrophes, hyphens and words of kind."""

import re
from collections.abc import Iterable

from twingraph.text.folding import fold

__all__ = [
    "CITY_WORDS",
    "HROMADA_WORDS",
    "REGION_WORDS",
    "oblast_keys",
    "without_kind_words",
    "words_in",
]


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
    """Remove words such as ``громада`` or ``м`` from folded names; a name of such words alone is kept.

    Parameters
    ----------
    keys
        Folded names.
    regions
        Whether they are names of regions, from which ``oblast`` and the like are removed.
    """
    words = _OF_REGIONS if regions else _OF_PLACES
    return [" ".join(words.sub(" ", key).split()) or key for key in keys]


def words_in(key: str, words: frozenset[str]) -> bool:
    """Return whether a folded name contains one of `words`."""
    return not words.isdisjoint(key.split())


_ADJECTIVE = re.compile(r"(?:ський|цький|ська|цька|зька|ської|цької|зької|щина|щини|skyi|skyy|ska|skaya)$")


def oblast_keys(key: str) -> frozenset[str]:
    """Return a folded name of a region and its stem: ``житомирська``, ``житомирщина``, ``zhytomyrska``: ``житомир``."""
    stem = _ADJECTIVE.sub("", key)
    return frozenset((key, stem) if len(stem) >= 3 else (key,))
