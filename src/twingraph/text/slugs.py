"""What a name is written in, and how it stands in an id."""

import re

from anyascii import anyascii

__all__ = ["is_ukrainian", "slug"]

UKRAINIAN = re.compile("[АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ ().,'’ʼ–-]+", re.IGNORECASE)
NOT_A_WORD = re.compile("[^a-z0-9]+")


def slug(text: str) -> str:
    """Return `text` as it stands in an id, empty where it has neither letters nor digits.

    Examples
    --------
    >>> slug("Gdańsk–Gdynia–Sopot")
    'gdansk-gdynia-sopot'
    """
    return NOT_A_WORD.sub("-", anyascii(text).lower()).strip("-")


def is_ukrainian(text: str) -> bool:
    """Tell whether `text` is written in letters of the Ukrainian alphabet alone, as ``Житомир`` is and ``Жытомір`` not.

    Many names look the same in other languages of the Cyrillic script: true means only that it can be Ukrainian.
    """
    return UKRAINIAN.fullmatch(text) is not None and any("А" <= c.upper() <= "Я" for c in text)
