"""The identity of a record: a hash of what its source wrote, so that a statement keeps its id when it is read better.

Only the texts that a reader uses count, each under the stable name of its field. Where the text is in the file does not
count: not the file's path, nor the number of the row, nor the order of the columns, nor the spaces around a cell.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence

__all__ = ["ID_FORMAT", "content_id", "content_of", "part_of", "statement_id"]

ID_FORMAT = 1
"""The version of the text that is hashed.

Raise it when that text changes for records whose source does not: another way to write it down, or another name of a
field. The next load of every source then replaces all of its statements. A new field needs no new version, because
empty values are left out; nor does a better reading of a date or of a status, because only their texts are hashed.
"""
DIGEST_BYTES = 12
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False).encode


def content_of(values: Mapping[str, str | Sequence[str]]) -> bytes:
    """Return the identity of a record within its dataset.

    Parameters
    ----------
    values
        What the source wrote, by the name of the field that it was read for; several texts as a list. Empty values are
        left out, and spaces are made one.

    Examples
    --------
    >>> content_of({"municipality": " Житомир", "since": ""}) == content_of({"municipality": "Житомир"})
    True
    """
    plain = {}
    for name, value in values.items():
        text = " ".join(value.split()) if isinstance(value, str) else [" ".join(each.split()) for each in value]
        if text:
            plain[name] = text
    return _hash(_encode(plain))


def part_of(content: bytes, *texts: str) -> bytes:
    """Return the identity of one of several records that have the rest of their content in common."""
    return _hash(_encode([content.hex(), *(" ".join(text.split()) for text in texts)]))


def content_id(text: str, *, size: int = DIGEST_BYTES) -> str:
    """Return the hash of a text, as ids have it."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()


def statement_id(dataset: str, content: bytes) -> str:
    """Return the id of the statement of a record of a dataset."""
    return f"statement:{content_id(f'{dataset} {content.hex()}')}"


def _hash(text: str) -> bytes:
    normal = text if text.isascii() else unicodedata.normalize("NFC", text)
    written = f"{ID_FORMAT} {normal}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(written, digest_size=DIGEST_BYTES).digest()
