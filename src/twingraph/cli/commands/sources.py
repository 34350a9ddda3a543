"""``twingraph sources``: what the database rests on, and taking one source out again."""

from typing import TYPE_CHECKING

import click

from twingraph.cli.options import Database, db_options, examples, output_options
from twingraph.cli.output import Format, Output, notice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from twingraph.loaders.assembling.changes import Changes
    from twingraph.queries.sources import SourceUsage

__all__ = ["sources"]

_SHOWN = (
    "id", "title", "publisher", "licence", "published", "retrieved", "statements", "partnerships",
    "partnerships_alone", "others",
)  # fmt: skip
"""What a table for eyes shows; the other forms have every column."""


@click.group(
    invoke_without_command=True,
    epilog=examples("twingraph sources", "twingraph sources --all --format csv", "twingraph sources show metropolises"),
)
@click.option("--pages", is_flag=True, help="List the pages that the datasets cite instead.")
@click.option("--all", "everything", is_flag=True, help="List datasets and pages.")
@db_options
@output_options
@click.pass_context
def sources(context: click.Context, *, pages: bool, everything: bool, database: Database, output: Output) -> None:
    """List the sources, show one, or take one out again.

    A dataset is what was loaded in one piece; a page is what its rows cite. "partnerships" counts those that the
    source speaks of, "partnerships_alone" those that would go with it; "others" are aid, hosting and memberships.
    """
    from twingraph.queries.sources import COLUMNS, list_sources

    if context.invoked_subcommand is not None:
        _refuse_options(context)
        return
    with database.open() as store:
        found = list_sources(store)
    chosen = [each for each in found if everything or (each.sort == "page") is pages]
    columns = _SHOWN if output.format in {Format.TABLE, Format.MD} else COLUMNS
    places = [COLUMNS.index(column) for column in columns]
    output.rows(columns, ([each.row()[place] for place in places] for each in chosen))
    others = len(found) - len(chosen)
    if not found:
        notice("The database is empty: `twingraph load` fills it.")
    elif others:
        notice(f"{others:,} {'datasets' if pages else 'pages that these cite'} not listed: --all lists everything.")


@sources.command(epilog=examples("twingraph sources show ukraine-partnerships"))
@click.argument("source_id", metavar="ID")
@db_options
@output_options
def show(*, source_id: str, database: Database, output: Output) -> None:
    """Show one source: who publishes it, under which licence, and what rests on it."""
    from twingraph.queries.sources import COLUMNS, find_source

    with database.open() as store:
        found = find_source(store, source_id)
    if output.format is Format.JSON:
        output.document(dict(zip(COLUMNS, found.row(), strict=True)))
    else:
        facts = [(name, value) for name, value in zip(COLUMNS, found.row(), strict=True) if value is not None]
        output.rows(("name", "value"), facts)


@sources.command(epilog=examples("twingraph sources remove file:partners.csv --dry-run"))
@click.argument("source_id", metavar="ID")
@db_options
@click.option("--dry-run", is_flag=True, help="Say what would go, and remove nothing.")
@click.option("--yes", is_flag=True, help="Remove without asking.")
def remove(*, source_id: str, database: Database, dry_run: bool, yes: bool) -> None:
    """Take out what one source said, and what rested on it alone.

    What other sources say too stays, and is derived anew from them. It is done in one step or not at all; loading the
    source again puts everything back. The ID of a page takes out what stands on that page.
    """
    from twingraph.cli.commands.db import agreed
    from twingraph.errors import ConfigError
    from twingraph.loaders.assembling.removal import remove_source, without_source
    from twingraph.queries.sources import find_source

    with database.open(read_only=dry_run) as store:
        about = find_source(store, source_id)
        changes = without_source(store, source_id)
        told = "\n".join(_told(about, changes))
        if dry_run:
            click.echo(f"Nothing was removed. This would go:\n{told}")
            return
        if not yes:
            click.echo(f"This will go:\n{told}", err=True)
            if not agreed(f"Remove {source_id}?"):
                raise ConfigError("Nothing was removed.", "Say --yes to remove without being asked.")
        remove_source(store, changes)
    click.echo(f"Removed {source_id}:\n{told}")


def _told(about: "SourceUsage", changes: "Changes") -> "Iterator[str]":
    from twingraph.cli.load_report import SORTS
    from twingraph.cli.text import cell

    yield cell(f"  {about.source.id}: {about.source.title or about.source.url or 'no title'}")
    for sort, name in SORTS:
        count = changes.counts.get(sort)
        if count is not None and count.removed:
            yield f"  {name:14} {count.removed:>8} removed"
        if count is not None and count.changed:
            yield f"  {name:14} {count.changed:>8} stay, on what other sources say"


def _refuse_options(context: click.Context) -> None:
    given = [
        option.opts[0]
        for option in context.command.params
        if option.name and context.get_parameter_source(option.name) is click.core.ParameterSource.COMMANDLINE
    ]
    if given:
        raise click.UsageError(f"{given[0]} belongs behind {context.invoked_subcommand}.", context)
