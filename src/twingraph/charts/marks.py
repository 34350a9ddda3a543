"""The marks that charts are made of, as SVG: texts, lines, boxes, and how wide a text is.

Colours are from the palette of Okabe and Ito. All text is escaped, and shown in the order in which it is written.
"""

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
    "short",
    "text_at",
    "turned",
    "wide",
]

WIDTH = 960
LEFT, RIGHT = 24, 24
INK, FAINT, GRID = "#1b1b1b", "#555555", "#dddddd"
BLUE, ORANGE = "#0072b2", "#b34700"
FONT = "Roboto, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', Arial, sans-serif"
EM = 0.56
"""Width of a letter, on the average, of its size."""


def clean(text: str) -> str:
    """Return `text` as one line that XML can hold and that shows in the order in which it is written."""
    return "".join(letter if letter.isprintable() else " " for letter in text).strip()


def name_width(names: Sequence[str]) -> float:
    """Return where panels with names at the left begin."""
    return LEFT + 16 + min(max((wide(name, 13) for name in names), default=0), 260)


def wide(text: str, size: float) -> float:
    """Return about how wide a text of a size is."""
    return len(clean(text)) * size * EM


def short(text: str, width: float, size: float) -> str:
    """Return `text`, cut where it is far too long for its place; the table below a chart has it whole."""
    most = max(int(width / (size * EM)), 4)
    text = clean(text)
    return text if len(text) <= most + 1 else text[: most - 1].rstrip() + "…"


def fold(text: str, width: float, size: float) -> list[str]:
    """Return the lines that a text fills."""
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
    """Return the round number (1, 2, 5 and their tens) that is not below `wanted`, and not below 1."""
    power = 10.0 ** math.floor(math.log10(max(wanted, 1)))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= max(wanted, 1) - 1e-9)


def number_text(value: float) -> str:
    """Write a number with thin spaces between the thousands, which every language reads."""
    text = f"{value:,.0f}" if value == round(value) else f"{value:,.2f}"
    return text.replace(",", "\u202f")


def escaped(text: str) -> str:
    """Return `text` as SVG and HTML hold it."""
    return escape(clean(text))


def text_at(
    x: float, y: float, text: str, *, size: float, weight: str = "normal", anchor: str = "start", fill: str = INK
) -> str:
    """Return a text; `x` is where it starts, ends or has its middle, as `anchor` says."""
    bold = ' font-weight="bold"' if weight == "bold" else ""
    turned = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}"{bold}{turned} fill="{fill}">{escaped(text)}</text>'


def turned(x: float, y: float, text: str) -> str:
    """Return a text that runs upwards, around its middle."""
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
