"""``--plot FILE``: the answer as a chart, in addition to the answer itself."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from twingraph.cli.files import check_output, format_of_file, open_output
from twingraph.cli.options import Lang
from twingraph.cli.output import notice
from twingraph.errors import ConfigError, OutputError

if TYPE_CHECKING:
    from twingraph.charts.model import Chart, ChartContext
    from twingraph.queries.analyses.network import Network

__all__ = ["chart_context", "check_plot", "plot_option", "write_plot"]

_NAMED_DATASETS = 3


class ChartFormat(StrEnum):
    """The formats of charts."""

    SVG = "svg"
    HTML = "html"
    PNG = "png"


_ENDINGS = {f".{each.value}": each for each in ChartFormat}
_ZOOM = 2
_FONTS = ("Roboto-Regular.ttf", "Roboto-Bold.ttf")


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
    if plot is None:
        return
    chosen = format_of_file(plot, _ENDINGS, None)
    if chosen is None:
        raise OutputError(f"{plot} has no ending of a chart.", f"Let its name end in {', '.join(_ENDINGS)}.")
    if chosen is ChartFormat.PNG:
        _import_resvg()
    check_output(plot, force=force)


def write_plot(chart: "Chart", plot: Path, *, force: bool) -> None:
    """Write a chart in the format of the file's ending, whole or not at all.

    Raises
    ------
    twingraph.errors.TwingraphError
        See `check_plot`.
    """
    from twingraph.charts.svg import draw

    with open_output(plot, force=force) as stream:
        match plot.suffix.lower():
            case ".png":
                stream.flush()
                stream.buffer.write(_png(chart))
            case ".html":
                stream.write(_html(chart))
            case _:
                stream.write(draw(chart))
    notice(f"Chart written to {plot}.")


def chart_context(network: "Network", titles: Sequence[str], notes: Sequence[str], lang: Lang) -> "ChartContext":
    """Return the words around a chart of `network`.

    Parameters
    ----------
    titles
        The datasets that its numbers come from.
    notes
        What a reader must know about the numbers; empty ones are ignored.
    """
    from twingraph.charts.model import ChartContext

    return ChartContext(
        subtitle=network.description(lang),
        notes=[note for note in notes if note],
        source=_source_line(titles, lang),
        lang=lang,
    )


def _source_line(titles: Sequence[str], lang: Lang) -> str:
    """Return the line that names the datasets that a chart comes from."""
    more = len(titles) - _NAMED_DATASETS
    named = "; ".join(titles[:_NAMED_DATASETS]) + (f"; +{more}" if more > 0 else "")
    if lang == "uk":
        return f"Джерело: {named or 'невідоме'}. Побудовано за допомогою twingraph."
    return f"Source: {named or 'not known'}. Drawn by twingraph."


def _png(chart: "Chart") -> bytes:
    """Return the chart as PNG: the SVG twice as large, with a packaged font, since a machine may have none."""
    from twingraph.charts.svg import draw

    resvg, fonts = _import_resvg()
    drawn = resvg.svg_to_bytes(  # type: ignore[attr-defined]
        svg_string=draw(chart),
        zoom=_ZOOM,
        skip_system_fonts=True,
        font_files=[str(fonts / name) for name in _FONTS],
        sans_serif_family="Roboto",
        font_family="Roboto",
    )
    return bytes(drawn)


def _html(chart: "Chart") -> str:
    """Return the chart as an HTML page without outside references; its numbers are in a table below."""
    from twingraph.charts.marks import escaped
    from twingraph.charts.svg import draw

    words = {"en": ("The numbers", "unknown"), "uk": ("Числа", "невідомо")}[chart.context.lang]
    heads = "".join(f'<th scope="col">{escaped(head)}</th>' for head in chart.table.heads)
    rows = "\n".join("<tr>" + "".join(_cells(row, words[1])) + "</tr>" for row in chart.table.rows)
    return f"""<!doctype html>
<html lang="{chart.context.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{escaped(chart.title)}</title>
<style>
body {{ margin: 0 auto; max-width: 960px; padding: 8px; color: #1b1b1b; background: #fff;
  font: 16px/1.4 Roboto, "Segoe UI", "Noto Sans", "DejaVu Sans", Arial, sans-serif }}
svg {{ width: 100%; height: auto }}
table {{ border-collapse: collapse; font-size: 14px }}
th, td {{ padding: 3px 10px; border-bottom: 1px solid #ddd; text-align: left }}
td.n {{ text-align: right; font-variant-numeric: tabular-nums }}
summary {{ cursor: pointer; padding: 6px 24px }}
div {{ overflow-x: auto; padding: 0 24px }}
@media print {{ details {{ display: none }} }}
</style>
</head>
<body>
<main>
{draw(chart)}<details>
<summary>{words[0]}</summary>
<div><table>
<thead><tr>{heads}</tr></thead>
<tbody>
{rows}
</tbody>
</table></div>
</details>
</main>
</body>
</html>
"""


def _cells(row: Sequence[object], unknown: str) -> list[str]:
    from twingraph.charts.marks import escaped

    cells = []
    for value in row:
        if isinstance(value, int | float):
            cells.append(f'<td class="n">{value:,}</td>'.replace(",", "\u202f"))
        else:
            cells.append(f"<td>{escaped(str(value)) if value is not None else f'<i>{unknown}</i>'}</td>")
    return cells


def _import_resvg() -> tuple[object, Path]:
    """Return the module that draws and the folder of the font."""
    try:
        resvg, font = import_module("resvg_py"), import_module("font_roboto")
    except ImportError:
        raise ConfigError(
            "PNG needs a library that is not installed.",
            "pip install 'twingraph[plot]', or let the file's name end in .svg or .html.",
        ) from None
    return resvg, Path(str(font.__file__)).parent / "files"
