"""``--plot FILE``: the answer as a chart, beside the answer itself."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from twingraph.cli.files import check_output, open_output
from twingraph.cli.options import Lang
from twingraph.cli.output import notice

if TYPE_CHECKING:
    from twingraph.charts.model import Chart
    from twingraph.graph.store import Store

__all__ = ["check_plot", "plot_option", "source_line", "write_plot"]

_MOST_TITLES = 3


def plot_option(command: Callable[..., None]) -> Callable[..., None]:
    """Add ``--plot``; the command receives ``plot: Path | None``, and calls `check_plot` before its work."""
    return click.option(
        "--plot",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Also draw a chart into this file: .svg, .html, or .png (needs twingraph[plot]).",
    )(command)


def check_plot(plot: Path | None, *, force: bool) -> None:
    """Tell before a long work what would go wrong after it.

    Raises
    ------
    twingraph.errors.TwingraphError
        The file's name asks for no form of chart, its library is missing, or it could not be written.
    """
    if plot is not None:
        from twingraph.charts.forms import check_form

        check_form(plot)
        check_output(plot, force=force)


def write_plot(chart: "Chart", plot: Path, *, force: bool) -> None:
    """Write a chart in the form that the file's name asks for; nobody ever sees half of it.

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


def source_line(store: "Store", lang: Lang) -> str:
    """Return the line that names the datasets that a store rests on."""
    rows = store.read("MATCH (t:Statement) RETURN DISTINCT t.dataset AS id").records
    ids = {str(record[0]) for record in rows}
    titled = store.read("MATCH (s:Source) RETURN s.id, s.title ORDER BY s.id").records
    titles = [str(title or id_) for id_, title in titled if str(id_) in ids]
    more = len(titles) - _MOST_TITLES
    named = "; ".join(titles[:_MOST_TITLES]) + (f"; +{more}" if more > 0 else "")
    if lang == "uk":
        return f"Джерело: {named or 'невідоме'}. Побудовано за допомогою twingraph."
    return f"Source: {named or 'not known'}. Drawn by twingraph."
