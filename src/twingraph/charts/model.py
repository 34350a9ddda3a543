"""What a chart holds, before it is drawn: a question, panels, and the words that go with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

__all__ = ["Bars", "Chart", "ChartTable", "Columns", "Panel", "Points", "Ranges", "Series"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartTable:
    """The numbers behind a chart, for who cannot see it or wants them."""

    heads: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One row of numbers with its name; ``None`` is unknown and leaves a hole."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Horizontal bars, each with its name at the left and its value at its end.

    Attributes
    ----------
    title
        A line above the panel; may be empty.
    names
        One for each bar, the first on top.
    bars
        Their values, none below 0.
    shown
        The values as they are written.
    axis
        What the values are, with their unit.
    """

    title: str
    names: tuple[str, ...]
    bars: tuple[float, ...]
    shown: tuple[str, ...]
    axis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Columns over periods: up, and where a second series is given, hatched ones down; or a line.

    Attributes
    ----------
    title
        A line above the panel.
    periods
        Names of the periods, in order.
    up, down
        Whole numbers; `down` is drawn below the zero line.
    kind
        Whether `up` is drawn as columns or as a line with dots.
    axis_x, axis_y
        What the axes are.
    reach
        How far up and down the axis goes at least, so that panels beside each other have one scale.
    """

    title: str
    periods: tuple[str, ...]
    up: Series
    down: Series | None = None
    kind: Literal["columns", "line"] = "columns"
    axis_x: str = ""
    axis_y: str = ""
    reach: tuple[float, float] = (0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranges:
    """Horizontal ranges: from a lower to an upper value, a dot at the middle and a diamond to compare it with.

    Attributes
    ----------
    title
        A line above the panel.
    names
        One for each range, the first on top.
    lower, middle, upper, other
        Values; ``None`` leaves the mark out.
    axis
        What the values are, with their unit.
    """

    title: str
    names: tuple[str, ...]
    lower: Series
    middle: Series
    upper: Series
    other: Series
    axis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Points on two logarithmic axes; only numbers above 0 can be shown.

    Attributes
    ----------
    title
        A line above the panel.
    x, y
        Positions.
    axis_x, axis_y
        What the axes are.
    """

    title: str
    x: tuple[float, ...]
    y: tuple[float, ...]
    axis_x: str
    axis_y: str


type Panel = Bars | Columns | Ranges | Points


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart: a question as its title, which network it is of, panels from top to bottom, and notes below.

    Attributes
    ----------
    title
        A question.
    subtitle
        Which network.
    panels
        At least one.
    notes
        How numbers are defined, what is left out.
    source
        Where the numbers are from.
    summary
        The chart in words, for who cannot see it.
    table
        Its numbers.
    lang
        ``"en"`` or ``"uk"``.
    nothing
        What is shown instead where there is nothing to draw.
    """

    title: str
    subtitle: str
    panels: Sequence[Panel]
    notes: tuple[str, ...]
    source: str
    summary: str
    table: ChartTable
    lang: Literal["uk", "en"] = "en"
    nothing: str = ""
