"""Text as XML can hold it.

XML has no way to write most control characters. They are written as ``_x001B_``, as Office files do, and a text that
looks like that already gets its underscore written so: nothing is lost, and twingraph reads it back.
"""

import re
from xml.sax.saxutils import escape

__all__ = ["attribute", "content"]

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_WHITE = {"\r": "&#13;"}
_ALL_WHITE = {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;", '"': "&quot;"}


def content(text: str) -> str:
    """Return `text` as the content of an element."""
    return escape(_NO_XML.sub(_by_number, text), _WHITE)


def attribute(text: str) -> str:
    """Return `text` as the value of an attribute, with its quotes."""
    return f'"{escape(_NO_XML.sub(_by_number, text), _ALL_WHITE)}"'


def _by_number(match: re.Match[str]) -> str:
    return f"_x{ord(match[0]):04X}_"
