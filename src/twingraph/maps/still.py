"""The part of a page that needs no script: a still picture of the first view, its legend, and a table.

Readers of a mail or of a file preview see it instead of the interactive map. The picture is an SVG of the same
positions and outlines, thinned to its pixels. A map that shows countries first has a line for each pair of countries,
and a table by countries.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from babel.dates import format_date

from twingraph.graph.model import Kind, Status
from twingraph.maps.columns import Json
from twingraph.maps.data import GATHERED_FROM
from twingraph.maps.page import asset
from twingraph.maps.texts import Lang, name_in, say

__all__ = ["Still", "draw_still"]

WIDTH, HEIGHT = 960, 600
MARGIN = 40
NAMES = 16
"""Places whose name is written: those with the most partnerships."""
MOST_LETTERS = 60
"""Letters of a name."""
LEAST_STEP = 2.0
"""Pixels between two points of an outline."""
DASHES = {"planned": "7 5", "suspended": "12 4 2 4", "terminated": "1.5 5", "unknown": "16 4"}
"""Line pattern of each status, as in ``logic/kinds.js``."""

LETTER_WIDTH, LINE = 7, 14
"""Pixels of a letter and of a line of text, about."""
TURNED_FROM = 800
"""Pixels from the left from which names are left of their places."""

type Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Still:
    """What the template writes for readers without scripts; all texts are plain and unescaped.

    Attributes
    ----------
    land, borders
        Paths of the outlines.
    lines
        Ends, colour and dashes of each line, in pixels.
    dots
        Centre, radius, whether at home, and the name or an empty text, of each place.
    legend
        Colour, dashes and words of each line of the legend.
    heads, rows
        The table.
    note
        What the reader misses.
    caveat
        What the data can not prove.
    """

    land: str
    borders: str
    lines: tuple[tuple[int, int, int, int, str, str], ...]
    dots: tuple[tuple[int, int, float, bool, str], ...]
    legend: tuple[tuple[str, str, str], ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str
    caveat: str


def draw_still(data: Json, lang: Lang) -> Still:
    """Draw the still picture of a page.

    Parameters
    ----------
    data
        The page's data from :func:`twingraph.maps.data.page_data`.
    lang
        The language that the page opens in.
    """
    places = cast("list[Json]", data["places"])
    ties = [_home_first(tie, places) for tie in cast("list[Json]", data["ties"])]
    countries = cast("dict[str, Json]", data["countries"])
    caveat = say(lang, "completeness", len(cast("list[object]", data["sources"])))
    dated = say(lang, "about_date", date=_date(str(data["date"]), lang)) if data["date"] else ""
    if data["gather"]:
        nodes: dict[object, Json] = {code: country | {"home": True} for code, country in countries.items()}
        pairs = Counter(_country_pair(tie, places) for tie in ties)
        joined: list[tuple[object, object, str, str]] = [
            (a, b, "other", "active") for a, b in sorted(pairs) if a and b and a != b
        ]
        heads, rows = _country_table(pairs, countries, lang)
    else:
        nodes = dict(enumerate(places))
        joined = [(tie["a"], tie["b"], str(tie["kind"]), str(tie.get("status", "unknown"))) for tie in ties]
    note = say(lang, "no_script_by_country") if len(ties) > GATHERED_FROM else ""
    if not note:
        heads, rows = _tie_table(ties, places, countries, lang)
    spots = {key: cast("Point", node["xy"]) for key, node in nodes.items() if node.get("xy")}
    degree = Counter(end for a, b, *_ in joined for end in (a, b))
    core = [spots[key] for key in cast("list[object]", data["core"]) if key in spots] if not data["gather"] else []
    frame = _frame(core or [spots[key] for key in degree if key in spots])
    at = {key: _pixels(frame, spot) for key, spot in spots.items()}
    colours = _colours()
    drawn = [(a, b, kind, status) for a, b, kind, status in joined if a in at and b in at]
    named = _named([key for key, _n in degree.most_common() if key in at], at, nodes, lang)
    dots = [
        (*at[key], round(min(3 + 0.8 * n**0.5, 12), 1), bool(nodes[key].get("home")), key)
        for key, n in sorted(degree.items(), key=lambda item: (-item[1], str(item[0])))
        if key in at and 0 <= at[key][0] <= WIDTH and 0 <= at[key][1] <= HEIGHT
    ]
    return Still(
        land=_land(data, frame),
        borders=_borders(data, frame),
        lines=tuple((*at[a], *at[b], colours.get(kind, "#5b6470"), DASHES.get(st, "")) for a, b, kind, st in drawn),
        dots=tuple((x, y, r, home, _name(nodes[key], lang) if key in named else "") for x, y, r, home, key in dots),
        legend=() if data["gather"] else tuple(_legend(drawn, colours, lang)),
        heads=heads,
        rows=rows,
        note=" ".join(filter(None, (say(lang, "no_script_more"), note))),
        caveat=" ".join(filter(None, (dated, caveat))),
    )


def _date(day: str, lang: Lang) -> str:
    """Return a day in words; a year or a month as it is."""
    return format_date(date.fromisoformat(day), "d MMMM y", locale=lang) if len(day) == len("2026-11-23") else day


def _named(
    keys: Sequence[object], at: Mapping[object, tuple[int, int]], nodes: Mapping[object, Json], lang: Lang
) -> set[object]:
    """Return the places whose names have room: those with most partnerships first."""
    taken: list[tuple[float, int]] = []
    named: set[object] = set()
    for key in keys:
        x, y = at[key]
        wide = LETTER_WIDTH * len(_name(nodes[key], lang))
        left = x - wide if x > TURNED_FROM else x
        if len(named) < NAMES and all(
            abs(y - other) > LINE or abs(left - start) > wide + LINE for start, other in taken
        ):
            named.add(key)
        taken.append((left, y) if key in named else (-WIDTH, -HEIGHT))
    return named


def _home_first(tie: Json, places: Sequence[Json]) -> Json:
    a, b = cast("int", tie["a"]), cast("int", tie["b"])
    turned = places[b].get("home") and not places[a].get("home")
    return tie | {"a": b, "b": a} if turned else tie


def _name(node: Json, lang: Lang) -> str:
    """Return a name that fits into a cell or beside a place."""
    name = " ".join(name_in(lang, cast("Mapping[str, object]", node.get("n", {}))).split())
    return f"{name[: MOST_LETTERS - 1]}…" if len(name) > MOST_LETTERS else name


def _country_pair(tie: Json, places: Sequence[Json]) -> tuple[str, str]:
    a, b = sorted(str(places[cast("int", tie[end])].get("country", "")) for end in ("a", "b"))
    return a, b


def _country_table(
    pairs: Mapping[tuple[str, str], int], countries: Mapping[str, Json], lang: Lang
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    name = {code: _name(country, lang) or code for code, country in countries.items()}
    ordered = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    rows = tuple((name.get(a, a or "?"), name.get(b, b or "?"), str(n)) for (a, b), n in ordered)
    return (say(lang, "col_country"), say(lang, "col_country"), say(lang, "still_number")), rows


def _tie_table(
    ties: Sequence[Json], places: Sequence[Json], countries: Mapping[str, Json], lang: Lang
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    def row(tie: Json) -> tuple[str, ...]:
        a, b = (places[cast("int", tie[end])] for end in ("a", "b"))
        return (
            _name(a, lang),
            _name(b, lang),
            _name(countries.get(str(b.get("country")), {}), lang),
            say(lang, f"kind_{tie['kind'] if tie['kind'] in set(Kind) else 'other'}"),
            say(lang, f"status_{tie['status'] if tie.get('status') in set(Status) else 'unknown'}"),
            str(tie.get("since", "")),
            str(tie.get("until", "")),
        )

    heads = tuple(say(lang, f"col_{name}") for name in ("a", "b", "country", "kind", "status", "since", "until"))
    return heads, tuple(sorted(map(row, ties)))


def _legend(
    drawn: Iterable[tuple[object, object, str, str]], colours: Mapping[str, str], lang: Lang
) -> Iterator[tuple[str, str, str]]:
    ties = list(drawn)
    for kind in Kind:
        if any(each == kind for _a, _b, each, _status in ties):
            yield colours.get(kind, "#5b6470"), "", say(lang, f"kind_{kind}")
    for status in Status:
        if any(each == status for _a, _b, _kind, each in ties):
            yield "#17212b", DASHES.get(status, ""), say(lang, f"status_{status}")


def _colours() -> dict[str, str]:
    """Return the colours of the light theme by name."""
    light = asset("page.css").split("}", 1)[0]
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", light))


def _frame(points: Sequence[Point]) -> tuple[float, float, float]:
    """Return the scale and the shift that bring points into the picture."""
    if not points:
        return 1.0, WIDTH / 2, HEIGHT / 2
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    scale = min((WIDTH - 2 * MARGIN) / max(wide, 100), (HEIGHT - 2 * MARGIN) / max(high, 100))
    return scale, WIDTH / 2 - scale * (max(xs) + min(xs)) / 2, HEIGHT / 2 - scale * (max(ys) + min(ys)) / 2


def _pixels(frame: tuple[float, float, float], spot: Sequence[float]) -> tuple[int, int]:
    scale, left, top = frame
    return round(scale * spot[0] + left), round(scale * spot[1] + top)


def _arc(steps: Sequence[int], unit: float, frame: tuple[float, float, float]) -> list[Point]:
    scale, left, top = frame
    x = y = 0
    points: list[Point] = []
    for index in range(0, len(steps), 2):
        x, y = x + steps[index], y + steps[index + 1]
        point = (scale * unit * x + left, scale * unit * y + top)
        is_last = index == len(steps) - 2
        if not points or is_last or abs(point[0] - points[-1][0]) + abs(point[1] - points[-1][1]) >= LEAST_STEP:
            points.append(point)
    return points


def _path(points: Sequence[Point], end: str = "") -> str:
    """Return a line as a path; empty if it is outside the picture."""
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    if not points or max(xs) < 0 or min(xs) > WIDTH or max(ys) < 0 or min(ys) > HEIGHT:
        return ""
    # Far outside the picture a line needs no detail.
    near = [(min(max(x, -WIDTH), 2 * WIDTH), min(max(y, -HEIGHT), 2 * HEIGHT)) for x, y in points]
    kept = [f"{x:.0f} {y:.0f}" for x, y in near]
    return "M" + "L".join(text for i, text in enumerate(kept) if i == 0 or text != kept[i - 1]) + end


def _land(data: Json, frame: tuple[float, float, float]) -> str:
    """Return the areas of all countries as one path."""
    outlines = cast("Json", data["outlines"])
    arcs = [_arc(steps, cast("float", outlines["unit"]), frame) for steps in cast("list[list[int]]", outlines["arcs"])]
    paths = []
    for rings in cast("dict[str, list[list[int]]]", outlines["countries"]).values():
        for ring in rings:
            points = [point for arc in ring for point in (arcs[~arc][::-1] if arc < 0 else arcs[arc])]
            paths.append(_path(points, "Z"))
    return "".join(paths)


def _borders(data: Json, frame: tuple[float, float, float]) -> str:
    """Return the outline of the region that the map is about, if it is about one."""
    scope, outlines = cast("Json", data["scope"]), cast("Json", data["outlines"])
    regions = cast("dict[str, list[list[int]]]", outlines["regions"])
    arcs, unit = cast("list[list[int]]", outlines["arcs"]), cast("float", outlines["unit"])
    paths = []
    for ring in regions.get(str(scope.get("key")), []):
        points = [
            point
            for arc in ring
            for point in (_arc(arcs[~arc], unit, frame)[::-1] if arc < 0 else _arc(arcs[arc], unit, frame))
        ]
        paths.append(_path(points, "Z"))
    return "".join(paths)
