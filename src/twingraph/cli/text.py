"""Text from files, without the characters that control a terminal."""

import os
from typing import TextIO

__all__ = ["cell", "safe", "wants_colour"]

_INVISIBLE = (
    *range(0x20),  # C0 controls, the escape character among them
    *range(0x7F, 0xA0),  # delete and the C1 controls: 0x9B starts an escape sequence
    0x61C, 0x200B, 0x200E, 0x200F, 0xFEFF,  # marks of direction, zero-width space, byte order mark
    *range(0x202A, 0x202F), *range(0x2066, 0x206A),  # overrides of the order of a text
    *range(0xE0000, 0xE0080),  # tags, which are invisible
)  # fmt: skip
_TO_SPACE = (0x85, 0x2028, 0x2029)  # line ends that line-by-line readers do not expect
_CELL: dict[int, str | None] = {
    **dict.fromkeys(_INVISIBLE),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    **dict.fromkeys((*_TO_SPACE, 0x09, 0x0A, 0x0B, 0x0C, 0x0D), " "),
}
_LINES: dict[int, str | None] = {**_CELL, 0x0A: "\n"}


def safe(text: str) -> str:
    """Return `text` without control characters and overrides of direction; line ends stay."""
    return text if text.isascii() and text.isprintable() else text.replace("\r\n", "\n").translate(_LINES)


def cell(text: str) -> str:
    """Return `text` as one line without control characters."""
    return text if text.isascii() and text.isprintable() else text.replace("\r\n", " ").translate(_CELL)


def wants_colour(stream: TextIO) -> bool:
    """Return whether `stream` is a terminal and the user has not set ``NO_COLOR``."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb" and stream.isatty()
