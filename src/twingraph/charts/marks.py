"""The marks of charts as SVG: texts, lines and boxes. Colours are from the palette of Okabe and Ito."""

import math
from collections.abc import Sequence
from html import escape

__all__ = [
    "BLUE",
    "EM",
    "FAINT",
    "FONT",
    "GRID",
    "INK",
    "LEFT",
    "ORANGE",
    "RIGHT",
    "WIDTH",
    "clean",
    "diamond",
    "escaped",
    "fold",
    "line",
    "name_width",
    "number_text",
    "rect",
    "round_step",
    "shorten",
    "text_at",
    "text_width",
    "vertical_text",
]

WIDTH = 960
LEFT, RIGHT = 24, 24
INK, FAINT, GRID = "#1b1b1b", "#555555", "#dddddd"
BLUE, ORANGE = "#0072b2", "#b34700"
FONT = "Roboto, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', Arial, sans-serif"
EM = 0.56
"""Mean width of a letter as a share of the font size."""


def clean(text: str) -> str:
    """Return `text` as one line without control characters and overrides of direction."""
    return "".join(letter if letter.isprintable() else " " for letter in text).strip()


def name_width(names: Sequence[str]) -> float:
    """Return the x at which the panel begins to the right of `names`."""
    return LEFT + 16 + min(max((text_width(name, 13) for name in names), default=0), 260)


def text_width(text: str, size: float) -> float:
    """Return the approximate width of a text in pixels."""
    return len(clean(text)) * size * EM


def shorten(text: str, width: float, size: float) -> str:
    """Return `text`, cut if it is wider than `width`; the table below a chart has the whole text."""
    most = max(int(width / (size * EM)), 4)
    text = clean(text)
    return text if len(text) <= most + 1 else text[: most - 1].rstrip() + "…"


def fold(text: str, width: float, size: float) -> list[str]:
    """Return `text` as lines that fit into `width`."""
    most = int(width / (size * EM * 0.92))
    lines, line = [], ""
    for word in clean(text).split():
        if line and len(line) + 1 + len(word) > most:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line] if line else lines


def round_step(wanted: float) -> float:
    """Return the smallest 1, 2 or 5 times a power of ten that is at least `wanted` and at least 1."""
    power = 10.0 ** math.floor(math.log10(max(wanted, 1)))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= max(wanted, 1) - 1e-9)


def number_text(value: float) -> str:
    """Return a number with thin spaces between the thousands, as both languages write it."""
    text = f"{value:,.0f}" if value == round(value) else f"{value:,.2f}"
    return text.replace(",", "\u202f")


def escaped(text: str) -> str:
    """Return `text` escaped for SVG and HTML."""
    return escape(clean(text))


def text_at(
    x: float, y: float, text: str, *, size: float, weight: str = "normal", anchor: str = "start", fill: str = INK
) -> str:
    """Return a text; `x` is its start, middle or end, by `anchor`."""
    bold = ' font-weight="bold"' if weight == "bold" else ""
    anchored = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}"{bold}{anchored} fill="{fill}">{escaped(text)}</text>'


def vertical_text(x: float, y: float, text: str) -> str:
    """Return a text that runs upwards; `x`, `y` is its middle."""
    return (
        f'<text transform="translate({x:.1f} {y:.1f}) rotate(-90)" font-size="13" text-anchor="middle"'
        f' fill="{FAINT}">{escaped(text)}</text>'
    )


def line(x: float, y: float, x2: float, y2: float, colour: str) -> str:
    """Return a line."""
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"/>'


def rect(x: float, y: float, width: float, height: float, fill: str, *, stroke: str = "") -> str:
    """Return a box."""
    edge = f' stroke="{stroke}"' if stroke else ""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"{edge}/>'


def diamond(x: float, y: float) -> str:
    """Return a hollow diamond around a point."""
    return f'<path d="M{x:.1f} {y - 7:.1f}l7 7l-7 7l-7 -7z" fill="#ffffff" stroke="{ORANGE}" stroke-width="2"/>'
