"""Ids of registers as people write them: bare, with the register's name, or as the address of a page."""

import re

__all__ = ["geonames_id", "katottg_code", "wikidata_id"]

_GEONAMES = re.compile(
    r"(?:geonames:|(?:https?://)?(?:\w+\.)?geonames\.org/)?([0-9]{1,10})(?:/.*|\.0)?", re.IGNORECASE | re.ASCII
)
_WIKIDATA = re.compile(
    r"(?:wikidata:|wd:|(?:https?://)?(?:\w+\.)?wikidata\.org/(?:wiki|entity)/)?(q[1-9][0-9]{0,11})",
    re.IGNORECASE | re.ASCII,
)
_KATOTTG = re.compile(r"(?:KATOTTG:)?(UA[0-9]{17})")
_CYRILLIC_A = str.maketrans("Аа", "AA")


def geonames_id(text: str) -> int:
    """Return the number of a place in GeoNames.

    Raises
    ------
    ValueError
        The text is none.

    Examples
    --------
    >>> geonames_id("https://www.geonames.org/686967/zhytomyr.html")
    686967
    """
    found = _GEONAMES.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text[:40]!r} is no GeoNames id")
    return int(found[1])


def wikidata_id(text: str) -> str:
    """Return the id of an item of Wikidata.

    Raises
    ------
    ValueError
        The text is none.

    Examples
    --------
    >>> wikidata_id("http://www.wikidata.org/entity/Q156713")
    'Q156713'
    """
    found = _WIKIDATA.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text[:40]!r} is no id of Wikidata")
    return found[1].upper()


def katottg_code(text: str) -> str:
    """Return a code of the Ukrainian codifier of administrative units; whether the codifier has it is not asked.

    Raises
    ------
    ValueError
        The text is none.

    Examples
    --------
    >>> katottg_code("ua18040190000029215")
    'UA18040190000029215'
    """
    found = _KATOTTG.fullmatch(text.strip().translate(_CYRILLIC_A).upper())
    if found is None:
        raise ValueError(f"{text[:40]!r} is no code of the codifier (UA and 17 digits)")
    return found[1]
