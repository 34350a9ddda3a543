"""Names folded to keys, so that spellings of one name meet.

A key has no case, no diacritics, no apostrophes, no punctuation and no invisible characters; words stand one space
apart. Cyrillic letters keep what tells them apart (й, ї), because there they are letters of their own.
"""

import unicodedata
from functools import lru_cache

from twingraph.text.ukrainian import romanise

__all__ = ["LONGEST_NAME", "fold", "name_key", "script_of", "slug", "umlaut_keys"]

# No place is called by more than this; Bangkok's ceremonial name has 168 letters.
LONGEST_NAME = 200

# Letters that Unicode does not take apart.
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
    """What each character becomes; filled as characters are met, and never larger than Unicode."""

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
    for part in lower:
        if part in _LETTERS:
            out.append(_LETTERS[part])
            continue
        for piece in unicodedata.normalize("NFKD", part):
            category = unicodedata.category(piece)
            if category[0] == "L" or category == "Nd":
                out.append(_LETTERS.get(piece, piece))
            elif category == "Mc" or (category == "Mn" and not _is_latin_mark(piece)):
                out.append(piece)  # vowel signs of Indic, Thai and like scripts
            elif category in {"Mn", "Me", "Cf", "Sk", "Lm"}:
                continue
            else:
                out.append(" ")
    return "".join(out)


def _is_latin_mark(mark: str) -> bool:
    # Combining accents, Hebrew points, Arabic vowel signs, variation selectors: never needed to know a name.
    code = ord(mark)
    return 0x300 <= code < 0x370 or 0x591 <= code < 0x700 or 0x1AB0 <= code < 0x1B00 or 0xFE00 <= code < 0xFE30


_TABLE = _Table()


def fold(text: str) -> str:
    """Return `text` without case, diacritics, apostrophes and punctuation, its words one space apart."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.translate(_TABLE).split())


@lru_cache(maxsize=16384)
def name_key(text: str) -> str:
    """Return the key under which a name of a place is kept: folded, with ``St.`` and its like written out."""
    folded = fold(text)
    if " " not in folded:
        return folded
    words = folded.split(" ")
    return " ".join([_SHORT_WORDS.get(word, word) for word in words[:-1]] + words[-1:])


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
    """Return `text` as it stands in an id: in Latin letters where it is Cyrillic, folded, words joined by hyphens."""
    return fold(romanise(text) if script_of(text) == "cyrillic" else text).replace(" ", "-")[:80]
