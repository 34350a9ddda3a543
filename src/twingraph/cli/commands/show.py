"""``twingraph show``: a place with its partners, as text of 80 columns, as JSON or as rows."""

import shutil
import sys
from typing import TYPE_CHECKING

import click

from twingraph.cli.options import Database, Lang, db_options, examples, lang_option, output_options
from twingraph.cli.output import Format, Output, markdown

if TYPE_CHECKING:
    from twingraph.queries.profile_model import Profile

__all__ = ["show"]

MAX_COLUMNS = 100
"""Longer lines are hard to read."""


@click.command(
    epilog=examples(
        "twingraph show Zhytomyr",
        "twingraph show 'Zhytomyr oblast' --lang uk",
        "twingraph show Poland --format csv -o poland.csv",
    )
)
@click.argument("name", nargs=-1, required=True, metavar="NAME")
@click.option(
    "--full/--brief",
    "full",
    default=None,
    help="Show signatories and what each source said, or one line for each partnership. Default: full for a"
    " municipality or metropolis, brief for a region or country.",
)
@db_options
@output_options
@lang_option
def show(*, name: tuple[str, ...], full: bool | None, database: Database, output: Output, lang: Lang) -> None:
    """Show a municipality, region, country or metropolis.

    Its facts, its partners by country with dates, agreements, signatories and sources, aid and hosting in both
    directions, and the metropolises it belongs to.

    NAME is a name in any spelling that the database knows, or an id: Zhytomyr, Житомирська, UA-18, Польща,
    geonames:686967. A comma separates places of one name: "Paris, FR".

    JSON holds everything (docs/counting.md); CSV and JSON Lines have a row for each partnership. A workbook (.xlsx) has
    sheets for partnerships, acts, aid, members, applications and programmes.
    """
    with database.open() as graph:
        profile = graph.show(" ".join(name))
    _write(profile, output, lang, full=full)


def _write(profile: "Profile", output: Output, lang: Lang, *, full: bool | None) -> None:
    from twingraph.cli.profile_tables import profile_report
    from twingraph.cli.report import write_report
    from twingraph.graph.model import Label
    from twingraph.queries.profile_json import COLUMNS, partnership_rows, profile_json

    match output.format:
        case Format.JSON:
            output.document(profile_json(profile))
        case Format.CSV | Format.JSONL:
            output.rows(COLUMNS, partnership_rows(profile.ties, uk=lang == "uk"))
        case Format.MD:
            output.text(_markdown(profile, lang))
        case Format.XLSX:
            write_report(profile_report(profile, lang), output, lang)
        case Format.TABLE:
            if full is None:
                full = profile.subject.ref.label in {Label.MUNICIPALITY, Label.METROPOLIS}
            _write_text(profile, output, lang, full=full)


def _write_text(profile: "Profile", output: Output, lang: Lang, *, full: bool) -> None:
    from twingraph.cli.profile_text import ProfileWriter
    from twingraph.cli.text import wants_colour

    terminal = output.path is None and sys.stdout.isatty()
    width = min(shutil.get_terminal_size().columns, MAX_COLUMNS) if terminal else 80
    lines = ProfileWriter(profile, lang, width, full=full).lines()
    if output.path is not None:
        output.text("\n".join(line for line, _heading in lines))
        return
    colour = wants_colour(sys.stdout)
    for line, heading in lines:
        click.echo(click.style(line, bold=True) if heading and colour else line, file=sys.stdout, color=colour)


def _markdown(profile: "Profile", lang: Lang) -> str:
    from twingraph.queries.profile_json import COLUMNS, partnership_rows, place_name

    heading = next(iter(markdown([place_name(profile.subject, uk=lang == "uk")], ()))).strip("| ")
    return f"# {heading}\n\n" + "\n".join(markdown(COLUMNS, partnership_rows(profile.ties, uk=lang == "uk")))
