"""``--plot FILE``: the answer as a chart, in addition to the answer itself."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from twingraph.cli.files import check_output, open_output
from twingraph.cli.options import Lang
from twingraph.cli.output import notice

if TYPE_CHECKING:
    from twingraph.charts.model import Chart

__all__ = ["check_plot", "plot_option", "source_line", "write_plot"]

_NAMED_DATASETS = 3


def plot_option(command: Callable[..., None]) -> Callable[..., None]:
    """Add ``--plot``; the command receives ``plot: Path | None``, and calls `check_plot` before its work."""
    return click.option(
        "--plot",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Write a chart to this file: .svg, .html, or .png (needs twingraph[plot]).",
    )(command)


def check_plot(plot: Path | None, *, force: bool) -> None:
    """Check before a long computation that its chart can be written.

    Raises
    ------
    twingraph.errors.TwingraphError
        The ending of the file is no format of charts, its library is missing, or it cannot be written.
    """
    if plot is not None:
        from twingraph.charts.forms import check_form

        check_form(plot)
        check_output(plot, force=force)


def write_plot(chart: "Chart", plot: Path, *, force: bool) -> None:
    """Write a chart in the format of the file's ending, whole or not at all.

    Raises
    ------
    twingraph.errors.TwingraphError
        See `check_plot`.
    """
    from twingraph.charts.forms import check_form, page, picture
    from twingraph.charts.svg import draw

    form = check_form(plot)
    with open_output(plot, force=force) as stream:
        match form:
            case ".svg":
                stream.write(draw(chart))
            case ".html":
                stream.write(page(chart))
            case _:
                stream.flush()
                stream.buffer.write(picture(chart))
    notice(f"Chart written to {plot}.")


def source_line(titles: Sequence[str], lang: Lang) -> str:
    """Return the line that names the datasets that a chart comes from."""
    more = len(titles) - _NAMED_DATASETS
    named = "; ".join(titles[:_NAMED_DATASETS]) + (f"; +{more}" if more > 0 else "")
    if lang == "uk":
        return f"Джерело: {named or 'невідоме'}. Побудовано за допомогою twingraph."
    return f"Source: {named or 'not known'}. Drawn by twingraph."
