"""``twingraph viz``: a map of partnerships as one HTML page."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from twingraph.cli.network_options import filter_options
from twingraph.cli.options import Database, Lang, db_options, examples, lang_option, questions_option
from twingraph.cli.progress import shown_progress
from twingraph.graph.model import Label
from twingraph.queries.filters import Filters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from twingraph.graph.store import Store
    from twingraph.queries.scope import Subgraph


__all__ = ["check_size", "measure_drawn", "read_drawn", "stem", "viz"]


def read_drawn(
    store: "Store",
    chosen: "Mapping[str, object]",
    *,
    given: tuple[str, ...],
    questions: "Path | None",
    depth: int,
    filters: "Filters",
    min_partners: int,
) -> "Subgraph":
    """Read what the user asked to see."""
    from twingraph.queries.names import PLACE_LABELS, find_any, find_place
    from twingraph.queries.scope import Scope, read_between, read_scope

    for what, name in chosen.items():
        if what == "between":
            one, other = (find_any(store, each).ref for each in cast("tuple[str, str]", name))
            return read_between(
                store,
                Scope(one.label, one.id),
                Scope(other.label, other.id),
                filters=filters,
                min_partners=min_partners,
            )
        if what == "community":
            from twingraph.queries.questions.picture import read_community

            return read_community(store, cast("int", name), filters=filters, min_partners=min_partners)
        if what == "question":
            from twingraph.queries.questions.catalog import find_question
            from twingraph.queries.questions.picture import read_answer
            from twingraph.queries.questions.run import parse_parameter

            question = find_question(cast("str", name), questions)
            return read_answer(
                store, question, dict(map(parse_parameter, given)), filters=filters, min_partners=min_partners
            )
        label = PLACE_LABELS[what]
        scope = Scope(label, find_place(store, label, cast("str", name)).id)
        return read_scope(store, scope, filters=filters, min_partners=min_partners, depth=depth)
    return read_scope(store, Scope(), filters=filters, min_partners=min_partners)


def measure_drawn(
    store: "Store", subgraph: "Subgraph", *, communities: bool, betweenness: bool
) -> "tuple[Mapping[str, int] | None, Mapping[str, float] | None]":
    """Return the community and the betweenness of each place in the whole network, where the map shows them."""
    if not communities and not betweenness:
        return None, None
    from twingraph.queries.analyses.communities import communities as group
    from twingraph.queries.analyses.from_store import read_network
    from twingraph.queries.analyses.network import units_of
    from twingraph.queries.analyses.rank import scores

    network = read_network(store, filters=subgraph.filters)
    units = units_of(network) if betweenness else None
    return (
        group(network, runs=1).number_of if communities else None,
        dict(zip(units.ids, scores(units, "betweenness"), strict=True)) if units else None,
    )


def check_size(subgraph: "Subgraph", most: int) -> None:
    """Refuse a map of nothing, and one too large to read."""
    from twingraph.errors import TwingraphError

    count = len(subgraph.partnerships)
    if not count and subgraph.applications:
        return
    if not count and subgraph.left_out:
        raise TwingraphError(
            f"None of the {subgraph.left_out:,} partnerships of {_name(subgraph)} is one of those asked for, so there"
            " is nothing to draw.",
            "Leave out --kind, --status, --theme, --since, --until, --as-of or --min-partners, or widen it.",
        )
    if not count:
        raise TwingraphError(
            f"There are no partnerships of {_name(subgraph)} here, so there is nothing to draw.",
            "See what there is: twingraph stats. Load records: twingraph load.",
        )
    if count > most:
        raise TwingraphError(
            f"This map would have {count:,} partnerships; more than {most:,} are slow to open and hard to read.",
            f"Choose a scope (--oblast, --country, --municipality), or draw it all the same: --max-ties {count}.",
        )


def _name(subgraph: "Subgraph") -> str:
    about = subgraph.subject or subgraph.topic
    return about.name if about else "this database"


def stem(subgraph: "Subgraph") -> str:
    """Return the name of the file: an oblast's own name, for other scopes with their kind before it."""
    from anyascii import anyascii

    subject, label = subgraph.subject, subgraph.scope.label
    if subgraph.topic is not None:
        topic = subgraph.topic
        key = "".join(letter if letter.isalnum() else "-" for letter in topic.key.lower())
        return key if topic.kind == "question" else f"{topic.kind}-{key}"
    if subject is None or label is None:
        return "partnerships"
    plain = "".join(letter if letter.isalnum() else "-" for letter in anyascii(subject.name).lower())
    slug = "-".join(part for part in plain.split("-") if part)[:60] or subject.id.lower().replace(":", "-")
    return slug if label in {Label.REGION, Label.COUNTRY} else f"{label.lower()}-{slug}"


MOST_TIES = 60_000


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
@click.option("--country", metavar="NAME", help="Every municipality of a country: Poland, Польща, PL.")
@click.option("--metropolis", metavar="NAME", help="A metropolis and its members.")
@click.option("--between", nargs=2, metavar="NAME NAME", help="What joins two countries, regions or places: UA PL.")
@click.option(
    "--community", type=click.IntRange(min=1), metavar="N", help="One group of places, by its number in `communities`."
)
@click.option("--question", metavar="NAME", help="The places and ties that a named question's answer holds.")
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
    help="How far from the scope: 2 also shows the partners of its partners.",
)
@click.option(
    "--min-partners",
    type=click.IntRange(min=1),
    default=1,
    metavar="N",
    help="Leave out places of the scope with fewer partners.",
)
@filter_options
@click.option(
    "--color",
    type=click.Choice(["kind", "status", "country", "continent", "community", "population"]),
    default="kind",
    show_default=True,
    help="What colour means at first.",
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
    between: tuple[str, str] | None,
    community: int | None,
    question: str | None,
    assignments: tuple[str, ...],
    questions: Path | None,
    depth: int,
    min_partners: int,
    filters: Filters,
    color: str,
    size: str,
    output_path: Path | None,
    force: bool,
    open_page: bool,
    max_ties: int,
    lang: Lang,
    database: Database,
) -> None:
    """Draw a map of partnerships as one HTML page.

    The page opens offline, in English and Ukrainian: who is partnered with whom, since when, on what ground, by which
    source. Without a scope the whole network is drawn, by country; a click opens a country into its municipalities.
    The page's path is printed.
    """
    from twingraph.cli.files import check_output, open_output
    from twingraph.errors import TwingraphError

    named = {"region": region, "municipality": municipality, "country": country, "metropolis": metropolis}
    asked = named | {"between": between, "community": community, "question": question}
    chosen = {what: name for what, name in asked.items() if name is not None}
    if len(chosen) > 1:
        raise click.UsageError(f"One map has one scope: choose {' or '.join(f'--{what}' for what in chosen)}.")
    if assignments and question is None:
        raise click.UsageError("-p belongs to --question.")
    if depth > 1 and not any(named.values()):
        raise click.UsageError("--depth belongs to --oblast, --municipality, --country or --metropolis.")
    to_stdout = output_path is not None and str(output_path) == "-"
    if to_stdout and open_page:
        raise click.UsageError("--open needs a file: leave out -o -.")
    with database.open() as store, shown_progress(None) as progress:
        progress.stage("Reading", 2)
        subgraph = read_drawn(
            store,
            chosen,
            given=assignments,
            questions=questions,
            depth=depth,
            filters=filters,
            min_partners=min_partners,
        )
        check_size(subgraph, max_ties)
        progress.advance()
        path = None if to_stdout else output_path or Path(f"{stem(subgraph)}.html")
        if path is not None:
            from twingraph.maps.page import is_ours

            check_output(path, force=force or is_ours(path))
        measured = measure_drawn(store, subgraph, communities=color == "community", betweenness=size == "betweenness")
        progress.advance()
    from twingraph.maps.build import build_map

    page = build_map(subgraph, lang=lang, color=color, size=size, communities=measured[0], betweenness=measured[1])
    with open_output(path, force=True) as stream:
        stream.write(page.html)
    if path is None:
        return
    click.echo(str(path))
    click.echo(page.title, err=True)
    if subgraph.left_out:
        told = "; ".join(
            filter(None, (filters.describe(lang), f"at least {min_partners} partners" if min_partners > 1 else ""))
        )
        click.echo(f"Left out by choice: {subgraph.left_out:,} partnerships (shown: {told})", err=True)
        if caveat := filters.caveat(lang):
            click.echo(caveat, err=True)
    if page.unplaced:
        names = ", ".join(page.unplaced[:3]) + (", …" if len(page.unplaced) > 3 else "")
        click.echo(f"Not on the map, but in the page's list and table: {len(page.unplaced)} ({names})", err=True)
    click.echo(f"{page.places:,} places, {len(page.html.encode()) / 1e6:.2f} MB", err=True)
    if open_page:
        import webbrowser

        if not webbrowser.open(path.resolve().as_uri()):
            raise TwingraphError("No browser could be started.", f"Open {path} yourself.")
