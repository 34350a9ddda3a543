"""Charts as SVG: one file without outside references, which screen readers can read.

No two marks differ by colour alone. All text is escaped.
"""

import math
from collections.abc import Iterable, Sequence

from twingraph.charts.marks import (
    BLUE,
    EM,
    FAINT,
    FONT,
    GRID,
    INK,
    LEFT,
    ORANGE,
    RIGHT,
    WIDTH,
    diamond,
    escaped,
    fold,
    line,
    name_width,
    number_text,
    rect,
    round_step,
    shorten,
    text_at,
    text_width,
    vertical_text,
)
from twingraph.charts.model import Bars, Chart, Columns, Panel, Points, Ranges

__all__ = ["draw"]

_HATCH = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    f'<rect width="6" height="6" fill="#ffffff"/><rect width="2.5" height="6" fill="{ORANGE}"/></pattern></defs>'
)


def draw(chart: Chart) -> str:
    """Return the chart as an SVG document."""
    parts: list[str] = []
    y = LEFT + 20.0
    for size, weight, text in ((22, "bold", chart.title), (14, "normal", chart.context.subtitle)):
        for row in fold(text, WIDTH - LEFT - RIGHT, size):
            parts.append(text_at(LEFT, y, row, size=size, weight=weight, fill=INK if size > 14 else FAINT))
            y += size * 1.35
    if not chart.panels:
        y += 20
        parts.append(text_at(LEFT, y, chart.nothing, size=16))
        y += 20
    for panel in chart.panels:
        drawn, height = _panel(panel, y + 14)
        parts += drawn
        y += height + 14
    y += 24
    for note in (*chart.notes, *chart.context.notes, chart.context.source):
        for row in fold(note, WIDTH - LEFT - RIGHT, 12):
            parts.append(text_at(LEFT, y, row, size=12, fill=FAINT))
            y += 17
    height = math.ceil(y + 8)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"'
        f' role="img" aria-labelledby="title summary" xml:lang="{chart.context.lang}" font-family="{FONT}">'
    )
    return "\n".join(
        [
            head,
            f'<title id="title">{escaped(chart.title)}</title>',
            f'<desc id="summary">{escaped(chart.summary)}</desc>',
            _HATCH,
            f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
            *parts,
            "</svg>\n",
        ]
    )


def _panel(panel: Panel, top: float) -> tuple[list[str], float]:
    match panel:
        case Bars():
            return _bars(panel, top)
        case Columns():
            return _columns(panel, top)
        case Ranges():
            return _ranges(panel, top)
        case Points():
            return _points(panel, top)


def _bars(panel: Bars, top: float) -> tuple[list[str], float]:
    parts, y = _heading(panel.title, top)
    left = name_width(panel.names)
    room = WIDTH - RIGHT - left - 8 - max((text_width(text, 13) for text in panel.shown), default=0)
    largest = max(panel.bars, default=0) or 1
    for name, value, shown in zip(panel.names, panel.bars, panel.shown, strict=True):
        width = room * value / largest
        parts.append(text_at(left - 8, y + 15, shorten(name, left - LEFT - 8, 13), size=13, anchor="end"))
        parts.append(f'<rect x="{left:.1f}" y="{y + 2:.1f}" width="{max(width, 1):.1f}" height="17" fill="{BLUE}"/>')
        parts.append(text_at(left + max(width, 1) + 6, y + 15, shown, size=13))
        y += 24
    parts.append(text_at(left, y + 16, panel.axis, size=13, fill=FAINT))
    return parts, y + 22 - top


def _columns(panel: Columns, top: float) -> tuple[list[str], float]:
    parts, y = _heading(panel.title, top)
    up = [value or 0 for value in panel.up.values]
    down = [value or 0 for value in panel.down.values] if panel.down else []
    if panel.down:
        parts += _legend([("box", panel.up.name), ("hatch", panel.down.name)], y)
        y += 22
    most, least = max([*up, panel.reach[0]]), max([*down, panel.reach[1]])
    step = round_step(max(most + least, 1) / 4)
    highest, lowest = max(math.ceil(most / step), 1) * step, math.ceil(least / step) * step
    left, height = LEFT + 70, 200.0
    width = WIDTH - RIGHT - left

    def at(value: float) -> float:
        return y + 10 + height * (highest - value) / (highest + lowest)

    for number in range(-round(lowest / step), round(highest / step) + 1):
        value = number * step
        parts.append(line(left, at(value), WIDTH - RIGHT, at(value), INK if number == 0 else GRID))
        parts.append(text_at(left - 8, at(value) + 4, number_text(abs(value)), size=12, anchor="end", fill=FAINT))
    slot = width / max(len(panel.periods), 1)
    thick = max(min(slot * 0.7, 44), 1)
    middles = [left + slot * (number + 0.5) for number in range(len(up))]
    if panel.kind == "line":
        parts += _trend([(x, at(value)) for x, value in zip(middles, up, strict=True)], up)
    else:
        ends = [(x, at(value), value) for x, value in zip(middles, up, strict=True)]
        ends += [(x, at(-value), value) for x, value in zip(middles, down, strict=False)]
        parts += _bars_from(at(0), ends, thick, numbers=slot >= 26)
    bottom = y + 10 + height + (12 if any(down) else 0)  # room for the number below a column
    longest = max(map(len, panel.periods), default=4)
    every = max(1, math.ceil((longest * 12 * EM + 14) / slot))
    for number in range(0, len(panel.periods), every):
        x = left + slot * (number + 0.5)
        parts.append(text_at(x, bottom + 18, panel.periods[number], size=12, anchor="middle", fill=FAINT))
    parts.append(text_at(left + width / 2, bottom + 36, panel.axis_x, size=13, anchor="middle", fill=FAINT))
    parts.append(vertical_text(LEFT + 10, y + 10 + height / 2, panel.axis_y))
    return parts, bottom + 40 - top


def _trend(points: Sequence[tuple[float, float]], values: Sequence[float]) -> list[str]:
    """Draw a line with its last number, and with dots if there are at most 60."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    parts = [f'<polyline points="{path}" fill="none" stroke="{BLUE}" stroke-width="2.5"/>']
    if len(points) <= 60:
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{BLUE}"/>' for x, y in points]
    if points:
        x, y = points[-1]
        parts.append(
            text_at(min(x + 6, WIDTH - 4), y - 8, number_text(values[-1]), size=12, weight="bold", anchor="end")
        )
    return parts


def _bars_from(zero: float, ends: Iterable[tuple[float, float, float]], thick: float, *, numbers: bool) -> list[str]:
    """Draw columns from the zero line, hatched if they go down; `ends` are their middles, ends and values."""
    parts = []
    for x, end, value in ends:
        if not value:
            continue
        up = end < zero
        fill, stroke = (BLUE, "") if up else ("url(#hatch)", ORANGE)
        parts.append(rect(x - thick / 2, min(end, zero), thick, abs(zero - end), fill, stroke=stroke))
        if numbers:
            parts.append(text_at(x, end + (-4 if up else 12), number_text(value), size=11, anchor="middle"))
    return parts


def _ranges(panel: Ranges, top: float) -> tuple[list[str], float]:
    parts, y = _heading(panel.title, top)
    parts += _legend(
        [
            ("range", f"{panel.lower.name} – {panel.upper.name}"),
            ("dot", panel.middle.name),
            ("diamond", panel.other.name),
        ],
        y,
    )
    y += 24
    left = name_width(panel.names)
    known = [value for each in (panel.upper, panel.other, panel.middle) for value in each.values if value is not None]
    step = round_step(max([*known, 1]) / 6)
    highest = math.ceil(max([*known, 1]) / step) * step
    width = WIDTH - RIGHT - 16 - left
    bottom = y + 26 * len(panel.names)

    def at(value: float) -> float:
        return left + width * value / highest

    for number in range(round(highest / step) + 1):
        parts.append(line(at(number * step), y, at(number * step), bottom, GRID))
        parts.append(
            text_at(at(number * step), bottom + 18, number_text(number * step), size=12, anchor="middle", fill=FAINT)
        )
    values = zip(
        panel.names, panel.lower.values, panel.middle.values, panel.upper.values, panel.other.values, strict=True
    )
    for number, (name, lower, middle, upper, other) in enumerate(values):
        row = y + 26 * number + 13
        parts.append(text_at(left - 8, row + 4, shorten(name, left - LEFT - 8, 13), size=13, anchor="end"))
        if lower is not None and upper is not None:
            parts.append(rect(at(lower), row - 4, max(at(upper) - at(lower), 1), 8, "#a9cfe5", stroke=BLUE))
        if other is not None:
            parts.append(diamond(at(other), row))
        if middle is not None:
            parts.append(f'<circle cx="{at(middle):.1f}" cy="{row:.1f}" r="5" fill="{BLUE}"/>')
    parts.append(text_at(left + width / 2, bottom + 38, panel.axis, size=13, anchor="middle", fill=FAINT))
    return parts, bottom + 42 - top


def _points(panel: Points, top: float) -> tuple[list[str], float]:
    parts, y = _heading(panel.title, top)
    points = [(x, value) for x, value in zip(panel.x, panel.y, strict=True) if x > 0 and value > 0]
    left, height = LEFT + 80, 260.0
    width = WIDTH - RIGHT - left - 16
    decades_x = max(1, math.ceil(math.log10(max([x for x, _y in points], default=1)) - 1e-9))
    decades_y = max(1, math.ceil(math.log10(max([value for _x, value in points], default=1)) - 1e-9))

    def at_x(value: float) -> float:
        return left + 8 + width * math.log10(value) / decades_x

    def at_y(value: float) -> float:
        return y + 10 + height * (1 - math.log10(value) / decades_y)

    for power in range(decades_y + 1):
        parts.append(line(left, at_y(10**power), WIDTH - RIGHT, at_y(10**power), GRID))
        parts.append(text_at(left - 8, at_y(10**power) + 4, number_text(10**power), size=12, anchor="end", fill=FAINT))
    for power in range(decades_x + 1):
        for value in (10**power, 2 * 10**power, 5 * 10**power):
            if math.log10(value) <= decades_x + 1e-9:
                parts.append(line(at_x(value), y + 10, at_x(value), y + 10 + height, GRID))
                parts.append(
                    text_at(at_x(value), y + height + 28, number_text(value), size=12, anchor="middle", fill=FAINT)
                )
    parts += [
        f'<circle cx="{at_x(x):.1f}" cy="{at_y(value):.1f}" r="4" fill="{BLUE}" fill-opacity="0.75"/>'
        for x, value in points
    ]
    parts.append(text_at(left + width / 2, y + height + 48, panel.axis_x, size=13, anchor="middle", fill=FAINT))
    parts.append(vertical_text(LEFT + 10, y + 10 + height / 2, panel.axis_y))
    return parts, y + height + 52 - top


def _heading(text: str, top: float) -> tuple[list[str], float]:
    return ([text_at(LEFT, top + 14, text, size=15, weight="bold")], top + 26) if text else ([], top)


def _legend(entries: Iterable[tuple[str, str]], y: float) -> list[str]:
    parts, x = [], float(LEFT)
    for mark, name in entries:
        match mark:
            case "box":
                parts.append(rect(x, y, 18, 12, BLUE))
            case "hatch":
                parts.append(rect(x, y, 18, 12, "url(#hatch)", stroke=ORANGE))
            case "range":
                parts.append(rect(x, y + 2, 18, 8, "#a9cfe5", stroke=BLUE))
            case "dot":
                parts.append(f'<circle cx="{x + 9:.1f}" cy="{y + 6:.1f}" r="5" fill="{BLUE}"/>')
            case _:
                parts.append(diamond(x + 9, y + 6))
        parts.append(text_at(x + 24, y + 11, name, size=13))
        x += 24 + text_width(name, 13) + 24
    return parts
