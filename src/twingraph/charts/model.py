"""A chart before it is drawn: a question, panels, and the words around them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

__all__ = ["Bars", "Chart", "ChartContext", "ChartTable", "Columns", "Panel", "Points", "Ranges", "Series"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartTable:
    """The numbers of a chart, for readers who cannot see it."""

    heads: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A row of numbers with its name; ``None`` is unknown and is not drawn."""

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
    """Columns over periods: up, and hatched ones down for a second series; or a line.

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
        The minimum of the axis up and down, so that all panels have the same scale.
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
        Values; ``None`` is not drawn.
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
    """Points on two logarithmic axes; only numbers above 0 are drawn.

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
class ChartContext:
    """The words around a chart.

    Attributes
    ----------
    subtitle
        Which network is drawn.
    notes
        How its numbers are defined and what is excluded.
    source
        Where its numbers are from.
    lang
        The language of all words.
    """

    subtitle: str
    notes: Sequence[str]
    source: str
    lang: Literal["uk", "en"] = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart: a question as its title, panels from top to bottom, and notes.

    Attributes
    ----------
    title
        A question.
    panels
        Drawn from top to bottom.
    notes
        Notes about this chart, before those of its context.
    summary
        The chart in a sentence, for readers who cannot see it.
    table
        Its numbers.
    nothing
        The sentence that is shown if there are no panels.
    """

    context: ChartContext
    title: str
    panels: Sequence[Panel]
    notes: tuple[str, ...] = ()
    summary: str
    table: ChartTable
    nothing: str
