"""The forms in which a chart leaves: SVG as it is, a page with its numbers below, or PNG.

PNG is the very same SVG, drawn by resvg with the font Roboto: both come with the extra ``twingraph[plot]``, so that a
machine without a screen or a font draws the same picture.
"""

from collections.abc import Sequence
from html import escape
from importlib import import_module
from pathlib import Path

from twingraph.charts.marks import clean
from twingraph.charts.model import Chart
from twingraph.charts.svg import draw
from twingraph.errors import ConfigError, OutputError

__all__ = ["FORMS", "check_form", "page", "picture"]

FORMS = (".svg", ".html", ".png")
_ZOOM = 2
_FONTS = ("Roboto-Regular.ttf", "Roboto-Bold.ttf")


def check_form(path: Path) -> str:
    """Return the form that a file's name asks for, before any work is done.

    Raises
    ------
    twingraph.errors.OutputError
        It asks for none of `FORMS`.
    twingraph.errors.ConfigError
        It asks for PNG, and the extra that draws it is not installed.
    """
    form = path.suffix.lower()
    if form not in FORMS:
        raise OutputError(f"{path} ends like no chart that can be drawn.", f"Let its name end in {', '.join(FORMS)}.")
    if form == ".png":
        _drawer()
    return form


def picture(chart: Chart) -> bytes:
    """Return the chart as PNG, twice as large as the SVG.

    Raises
    ------
    twingraph.errors.ConfigError
        The extra that draws it is not installed.
    """
    resvg, fonts = _drawer()
    drawn = resvg.svg_to_bytes(  # type: ignore[attr-defined]
        svg_string=draw(chart),
        zoom=_ZOOM,
        skip_system_fonts=True,
        font_files=[str(fonts / name) for name in _FONTS],
        sans_serif_family="Roboto",
        font_family="Roboto",
    )
    return bytes(drawn)


def page(chart: Chart) -> str:
    """Return the chart as one HTML page without any outside reference, its numbers in a table below."""
    words = {"en": ("The numbers", "unknown"), "uk": ("Числа", "невідомо")}[chart.lang]
    heads = "".join(f'<th scope="col">{escape(clean(head))}</th>' for head in chart.table.heads)
    rows = "\n".join("<tr>" + "".join(_cells(row, words[1])) + "</tr>" for row in chart.table.rows)
    return f"""<!doctype html>
<html lang="{chart.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{escape(clean(chart.title))}</title>
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
<summary>{escape(words[0])}</summary>
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
    cells = []
    for value in row:
        if isinstance(value, int | float):
            cells.append(f'<td class="n">{value:,}</td>'.replace(",", "\u202f"))
        else:
            cells.append(f"<td>{escape(clean(str(value))) if value is not None else f'<i>{unknown}</i>'}</td>")
    return cells


def _drawer() -> tuple[object, Path]:
    """Return the module that draws and the folder of the font."""
    try:
        resvg, font = import_module("resvg_py"), import_module("font_roboto")
    except ImportError:
        raise ConfigError(
            "PNG needs a library that is not installed.",
            "pip install 'twingraph[plot]', or let the file's name end in .svg or .html.",
        ) from None
    return resvg, Path(str(font.__file__)).parent / "files"
