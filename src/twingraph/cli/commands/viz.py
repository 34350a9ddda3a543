"""``twingraph viz``: a map of partnerships as one HTML page."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import click

from twingraph.cli.options import (
    Database,
    Lang,
    db_options,
    examples,
    filter_options,
    lang_option,
    questions_option,
)
from twingraph.cli.output import notice
from twingraph.cli.progress import shown_progress

if TYPE_CHECKING:
    from twingraph.maps.drawing import Color, Drawing, Size
    from twingraph.maps.page import Map
    from twingraph.selection import FilterOptions

__all__ = ["viz"]

MAX_TIES = 60_000


class PageFormat(StrEnum):
    """The one format of a map; its pictures and tables are saved from the page."""

    HTML = "html"


_ENDINGS = {".html": PageFormat.HTML, ".htm": PageFormat.HTML}


@click.command(
    epilog=examples(
        "twingraph viz --oblast Zhytomyr",
        "twingraph viz --oblast Житомирська --lang uk -o map.html --open",
        "twingraph viz --municipality Korosten --depth 2",
        "twingraph viz --between UA PL --status active --color kind",
        "twingraph viz --question partners-of -p municipality=Zhytomyr",
    )
)
@click.option(
    "--oblast", "--region", "region", metavar="NAME", help="An oblast, a voivodeship, a Land: Zhytomyr, UA-18."
)
@click.option("--municipality", metavar="NAME", help="One municipality and its partners.")
@click.option("--country", metavar="NAME", help="All municipalities of a country: Poland, Польща, PL.")
@click.option("--metropolis", metavar="NAME", help="A metropolis and its members.")
@click.option(
    "--between", nargs=2, metavar="NAME NAME", help="Partnerships between two countries, regions or places: UA PL."
)
@click.option(
    "--community",
    type=click.IntRange(min=1),
    metavar="N",
    help="One group of places, by its number in `twingraph communities`.",
)
@click.option("--question", metavar="NAME", help="The places and partnerships in the answer to a named question.")
@click.option(
    "-p", "--param", "assignments", multiple=True, metavar="NAME=VALUE", help="A parameter of the question. Repeatable."
)
@questions_option
@click.option(
    "--depth",
    type=click.IntRange(1, 4),
    default=1,
    show_default=True,
    metavar="STEPS",
    help="Steps from the scope; 2 also shows the partners of its partners.",
)
@click.option(
    "--min-partners",
    type=click.IntRange(min=1),
    default=1,
    metavar="N",
    help="Exclude places of the scope with fewer partners.",
)
@filter_options
@click.option(
    "--color",
    type=click.Choice(["kind", "status", "country", "continent", "community", "population"]),
    default="kind",
    show_default=True,
    help="What colour means when the page opens.",
)
@click.option(
    "--size",
    type=click.Choice(["partners", "population", "betweenness"]),
    default="partners",
    show_default=True,
    help="What the size of a place means.",
)
@click.option(
    "-o",
    "--output",
    "output_path",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Write to this file (.html); - is standard output. Default: a file in this folder, named after the scope.",
)
@click.option("--force", is_flag=True, help="Overwrite a file that twingraph did not write.")
@click.option("--open", "open_page", is_flag=True, help="Open the page in the browser.")
@click.option(
    "--max-ties",
    type=click.IntRange(min=1),
    default=MAX_TIES,
    show_default=True,
    metavar="N",
    help="Maximum number of partnerships to draw.",
)
@lang_option
@db_options
def viz(
    *,
    region: str | None,
    municipality: str | None,
    country: str | None,
    metropolis: str | None,
    between: tuple[str, str] | None,
    community: int | None,
    question: str | None,
    assignments: tuple[str, ...],
    questions: Path | None,
    depth: int,
    min_partners: int,
    filters: "FilterOptions",
    color: "Color",
    size: "Size",
    output_path: Path | None,
    force: bool,
    open_page: bool,
    max_ties: int,
    lang: Lang,
    database: Database,
) -> None:
    """Draw a map of partnerships as one HTML page.

    The page opens offline, in English and Ukrainian: who is partnered with whom, since when, by which agreement and
    source. Without a scope it shows the whole network by country; a click on a country shows its municipalities.
    Prints the path of the page.
    """
    from twingraph.cli.files import check_output, file_named, format_of_file, open_output
    from twingraph.errors import TwingraphError
    from twingraph.maps.page import is_ours
    from twingraph.queries.questions.run import parse_parameter

    named = {"region": region, "municipality": municipality, "country": country, "metropolis": metropolis}
    asked = named | {"between": between, "community": community, "question": question}
    chosen = [what for what, name in asked.items() if name is not None]
    if len(chosen) > 1:
        raise click.UsageError(f"One map has one scope: choose {' or '.join(f'--{what}' for what in chosen)}.")
    if assignments and question is None:
        raise click.UsageError("-p belongs to --question.")
    if depth > 1 and not any(named.values()):
        raise click.UsageError("--depth belongs to --oblast, --municipality, --country or --metropolis.")
    to_stdout = output_path is not None and file_named(output_path) is None
    if not to_stdout:
        format_of_file(output_path, _ENDINGS, None)
    if to_stdout and open_page:
        raise click.UsageError("--open needs a file: remove -o -.")
    with shown_progress(None) as progress:
        progress.stage("Reading", 2)
        with database.open() as graph:
            drawing = graph.map(
                **named,
                between=between,
                community=community,
                question=question,
                parameters=dict(map(parse_parameter, assignments)),
                questions=questions,
                depth=depth,
                min_partners=min_partners,
                max_ties=max_ties,
                color=color,
                size=size,
                **filters,
            )
        progress.advance()
        path = None if to_stdout else output_path or Path(drawing.file_name)
        if path is not None:
            check_output(path, force=force or is_ours(path))
        page = drawing.page(lang)
        progress.advance()
    with open_output(path, force=True) as stream:
        stream.write(page.html)
    if path is None:
        return
    click.echo(str(path))
    _report(drawing, page, min_partners, lang)
    if open_page:
        import webbrowser

        if not webbrowser.open(path.resolve().as_uri()):
            raise TwingraphError("No browser could be started.", f"Open {path} yourself.")


def _report(drawing: "Drawing", page: "Map", min_partners: int, lang: Lang) -> None:
    """Print on stderr what the page shows, and what is excluded."""
    from twingraph.text.plurals import counted

    subgraph = drawing.subgraph
    notice(page.title)
    if subgraph.left_out:
        least = f"at least {min_partners} partners" if min_partners > 1 else ""
        shown = "; ".join(filter(None, (subgraph.filters.describe(lang), least)))
        notice(f"Excluded by the filters: {counted('en', subgraph.left_out, 'partnership')} (shown: {shown})")
        if caveat := subgraph.filters.caveat(lang):
            notice(caveat)
    if page.unplaced:
        names = ", ".join(page.unplaced[:3]) + (", …" if len(page.unplaced) > 3 else "")
        notice(f"Not on the map, but in the page's list and table: {len(page.unplaced)} ({names})")
    notice(f"{counted('en', page.places, 'place')}, {len(page.html.encode()) / 1e6:.2f} MB")
