"""``twingraph viz``: a map of partnerships as one HTML page."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from twingraph.cli.options import Database, Lang, db_options, examples, lang_option

if TYPE_CHECKING:
    from twingraph.graph.store import Store
    from twingraph.queries.scope import Scope, Subgraph

__all__ = ["viz"]

MOST_TIES = 2000


@click.command(
    epilog=examples(
        "twingraph viz --oblast Zhytomyr",
        "twingraph viz --oblast Житомирська --lang uk -o map.html --open",
        "twingraph viz --municipality Korosten",
    )
)
@click.option(
    "--oblast", "--region", "region", metavar="NAME", help="An oblast, a voivodeship, a Land: Zhytomyr, UA-18."
)
@click.option("--municipality", metavar="NAME", help="One municipality and its partners.")
@click.option("--country", metavar="NAME", help="Every municipality of a country: Poland, Польща, PL.")
@click.option("--metropolis", metavar="NAME", help="A metropolis and its members.")
@click.option(
    "-o",
    "--output",
    "output_path",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Write to this file; - is standard output. Default: named after the scope, in this folder.",
)
@click.option("--force", is_flag=True, help="Overwrite a file that twingraph did not write.")
@click.option("--open", "open_page", is_flag=True, help="Open the page in the browser.")
@click.option(
    "--max-ties",
    type=click.IntRange(min=1),
    default=MOST_TIES,
    show_default=True,
    metavar="N",
    help="Refuse to draw more partnerships than this.",
)
@lang_option
@db_options
def viz(
    *,
    region: str | None,
    municipality: str | None,
    country: str | None,
    metropolis: str | None,
    output_path: Path | None,
    force: bool,
    open_page: bool,
    max_ties: int,
    lang: Lang,
    database: Database,
) -> None:
    """Draw a map of partnerships as one HTML page.

    The page opens offline, in English and Ukrainian: who is partnered with whom, since when, on what ground, by which
    source. Without a scope the whole network is drawn. The page's path is printed.
    """
    from twingraph.cli.files import check_output, open_output
    from twingraph.errors import TwingraphError
    from twingraph.queries.scope import read_scope

    asked = {"region": region, "municipality": municipality, "country": country, "metropolis": metropolis}
    chosen = {what: name for what, name in asked.items() if name is not None}
    if len(chosen) > 1:
        raise click.UsageError(f"One map has one scope: choose {' or '.join(f'--{what}' for what in chosen)}.")
    to_stdout = output_path is not None and str(output_path) == "-"
    if to_stdout and open_page:
        raise click.UsageError("--open needs a file: leave out -o -.")
    with database.open() as store:
        scope = _scope(store, chosen)
        subgraph = read_scope(store, scope)
    _check_size(subgraph, max_ties)

    from twingraph.maps.build import build_map, is_ours

    path = None if to_stdout else output_path or Path(f"{_stem(subgraph)}.html")
    if path is not None:
        check_output(path, force=force or is_ours(path))
    page = build_map(subgraph, lang=lang)
    with open_output(path, force=True) as stream:
        stream.write(page.html)
    if path is None:
        return
    click.echo(str(path))
    click.echo(page.title, err=True)
    if page.unplaced:
        names = ", ".join(page.unplaced[:3]) + (", …" if len(page.unplaced) > 3 else "")
        click.echo(f"Not on the map, but in the page's list and table: {len(page.unplaced)} ({names})", err=True)
    click.echo(f"{page.places} places, {len(page.html.encode()) / 1e6:.2f} MB", err=True)
    if open_page:
        import webbrowser

        if not webbrowser.open(path.resolve().as_uri()):
            raise TwingraphError("No browser could be started.", f"Open {path} yourself.")


def _scope(store: "Store", chosen: dict[str, str]) -> "Scope":
    from twingraph.graph.model import Label
    from twingraph.queries.names import find_country, find_metropolis, find_municipality, find_region
    from twingraph.queries.scope import Scope

    for what, name in chosen.items():
        match what:
            case "region":
                return Scope(Label.REGION, find_region(store, name).id)
            case "municipality":
                return Scope(Label.MUNICIPALITY, find_municipality(store, name).id)
            case "country":
                return Scope(Label.COUNTRY, find_country(store, name).id)
            case "metropolis":
                return Scope(Label.METROPOLIS, find_metropolis(store, name).id)
    return Scope()


def _check_size(subgraph: "Subgraph", most: int) -> None:
    """Refuse a map of nothing, and one too large to read."""
    from twingraph.errors import TwingraphError

    count = len(subgraph.partnerships)
    if not count:
        name = subgraph.subject.name if subgraph.subject else "this database"
        raise TwingraphError(
            f"There are no partnerships of {name} here, so there is nothing to draw.",
            "See what there is: twingraph stats. Load records: twingraph load.",
        )
    if count > most:
        raise TwingraphError(
            f"This map would have {count:,} partnerships; more than {most:,} are slow to open and hard to read.",
            f"Choose a scope (--oblast, --country, --municipality), or draw it all the same: --max-ties {count}.",
        )


def _stem(subgraph: "Subgraph") -> str:
    """Return the name of the file: an oblast's own name, for other scopes with their kind before it."""
    from anyascii import anyascii

    from twingraph.graph.model import Label

    subject, label = subgraph.subject, subgraph.scope.label
    if subject is None or label is None:
        return "partnerships"
    plain = "".join(letter if letter.isalnum() else "-" for letter in anyascii(subject.name).lower())
    slug = "-".join(part for part in plain.split("-") if part)[:60] or subject.id.lower().replace(":", "-")
    return slug if label in {Label.REGION, Label.COUNTRY} else f"{label.lower()}-{slug}"
