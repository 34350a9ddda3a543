"""Names folded to keys, so that spellings of one name compare equal, and slugs made of them.

A key has no case, diacritics, apostrophes, punctuation or invisible characters; its words are one space apart. The
Cyrillic letters й, ї, ў, ќ and ѓ are kept, because each is a letter of its own; ґ becomes г and ё becomes е, because
both are often written so.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from anyascii import anyascii

from twingraph.text.ukrainian import romanise

__all__ = ["LONGEST_NAME", "fold", "fold_all", "name_key", "region_stem", "script_of", "slug", "umlaut_keys"]

LONGEST_NAME = 200
"""Characters; no place has a longer name. Bangkok's ceremonial name has 168 letters."""
_LONGEST_SLUG = 80

# Letters without a decomposition in Unicode.
_LETTERS = {
    "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t",
    "ŋ": "n", "ə": "a", "ĸ": "k", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ё": "е", "ґ": "г", "ђ": "ђ", "ѐ": "е", "ѝ": "и",
}  # fmt: skip
_APOSTROPHES = frozenset("'’ʼ‘`´′ʹʻʿʾ‛ꞌ＇ˈ״׳\"“”„«»")
_KEPT_MARKS = frozenset("йїўќѓ")
_SHORT_WORDS = {
    "st": "saint", "sankt": "saint", "sint": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "nad": "nad",
    "sta": "santa", "sto": "santo", "gt": "great", "hl": "heilige", "св": "свети",
}  # fmt: skip


class _Table(dict[int, str]):
    """The folded form of each character, computed when the character first occurs."""

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        self[code] = folded
        return folded


def _fold_character(character: str) -> str:
    if character in _APOSTROPHES:
        return ""
    lower = character.casefold()
    if lower in _KEPT_MARKS:
        return lower
    out = []
    for letter in lower:
        if letter in _LETTERS:
            out.append(_LETTERS[letter])
            continue
        for piece in unicodedata.normalize("NFKD", letter).casefold():
            category = unicodedata.category(piece)
            if category[0] == "L" or category == "Nd":
                out.append(_LETTERS.get(piece, piece))
            elif category == "Mc" or (category == "Mn" and not _is_dropped_mark(piece)):
                out.append(piece)  # vowel signs of Indic, Thai and similar scripts
            elif category in {"Mn", "Me", "Cf", "Sk", "Lm"}:
                continue
            else:
                out.append(" ")
    return "".join(out)


def _is_dropped_mark(mark: str) -> bool:
    # Combining accents, Hebrew points, Arabic vowel signs, variation selectors: no name needs them.
    code = ord(mark)
    return 0x300 <= code < 0x370 or 0x591 <= code < 0x700 or 0x1AB0 <= code < 0x1B00 or 0xFE00 <= code < 0xFE30


_TABLE = _Table()
_LINES = _Table({ord("\n"): "\n"})
_SPACES = re.compile(" {2,}")


def fold(text: str) -> str:
    """Return the folded form of a text: the one comparison key of names, headers and words.

    Examples
    --------
    >>> fold(" Місто-побратим: ") == fold("МІСТО ПОБРАТИМ")
    True
    >>> fold("Städtefreundschaft")
    'stadtefreundschaft'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.translate(_TABLE).split())


def fold_all(texts: Sequence[str]) -> list[str]:
    """Return the folded form of each text; faster than calling :func:`fold` for each of many."""
    joined = "\n".join(texts)
    if joined.count("\n") >= len(texts) > 0:  # a text with a line end in it
        joined = "\n".join(text.replace("\n", " ") for text in texts)
    if not joined.isascii():
        joined = unicodedata.normalize("NFC", joined)
    folded = _SPACES.sub(" ", joined.translate(_LINES))
    return [line.strip() for line in folded.split("\n")] if texts else []


@lru_cache(maxsize=16384)
def name_key(text: str) -> str:
    """Return the key of a place's name in the index: folded, with ``St.`` and similar abbreviations written out."""
    folded = fold(text)
    if " " not in folded:
        return folded
    words = folded.split(" ")
    return " ".join([_SHORT_WORDS.get(word, word) for word in words[:-1]] + words[-1:])


# Words for the kind of a region in the names of ISO 3166-2 and GeoNames, collected by hand.
_REGION_WORDS = frozenset(
    {"oblast", "oblasts", "oblys", "oblysy", "voblasts", "voblasc", "region", "regions", "province", "provincia",
     "provincie", "voivodeship", "voivodship", "wojewodztwo", "powiat", "land", "bundesland", "state", "county",
     "counties", "megye", "zupanija", "maakond", "maakunta", "lan", "fylke", "krai", "kray", "kraj", "republic",
     "respublika", "republika", "department", "departement", "departamento", "prefecture", "governorate", "district",
     "canton", "kanton", "autonomous", "community", "comunidad", "autonoma", "comunitat", "judet", "judetul",
     "raion", "rayon", "rajon", "der", "des", "of", "the", "de", "du", "la", "oblasti", "область", "області",
     "обласна", "облась", "обл", "воєводство", "земля", "край", "штат", "провінція", "регіон", "республіка", "район",
     "округ", "воеводство", "obwod", "oblastt", "sheng", "zizhiqu", "emirate", "parish", "apskritis", "okrug",
     "kantone", "obwód", "województwo", "län", "županija"}
)  # fmt: skip


def region_stem(key: str) -> str:
    """Return the key of a region's name without words such as oblast, province or Land."""
    return " ".join(word for word in key.split(" ") if word not in _REGION_WORDS)


def umlaut_keys(text: str) -> tuple[str, ...]:
    """Return the key of `text` with ä, ö, ü, ø, å written as two letters, where it has any."""
    lower = unicodedata.normalize("NFC", text).lower()
    if not any(letter in lower for letter in "äöüøå"):
        return ()
    spelled = lower
    for letter, pair in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ø", "oe"), ("å", "aa")):
        spelled = spelled.replace(letter, pair)
    return (name_key(spelled),)


def script_of(text: str) -> str:
    """Return ``latin``, ``cyrillic``, ``mixed`` (of these two) or ``other`` for the letters of `text`."""
    if text.isascii():
        return "latin"
    latin = cyrillic = other = False
    for character in text:
        if not character.isalpha():
            continue
        code = ord(character)
        if code < 0x250 or 0x1E00 <= code < 0x1F00:
            latin = True
        elif 0x400 <= code < 0x530:
            cyrillic = True
        else:
            other = True
    if other:
        return "other"
    if latin and cyrillic:
        return "mixed"
    return "cyrillic" if cyrillic else "latin"


def slug(text: str) -> str:
    """Return `text` as ids have it: ASCII letters and digits, words joined by hyphens, at most 80 characters.

    Cyrillic follows the official romanisation of Ukrainian; every other script is transliterated letter by letter.
    Without letters and digits the slug is empty.

    Examples
    --------
    >>> slug("Gdańsk–Gdynia–Sopot"), slug("Київська агломерація")
    ('gdansk-gdynia-sopot', 'kyivska-ahlomeratsiia')
    """
    folded = fold(text if text.isascii() else romanise(unicodedata.normalize("NFC", text)))
    return "-".join((folded if folded.isascii() else fold(anyascii(folded))).split())[:_LONGEST_SLUG]
