"""``twingraph sources``: the sources of the database, and the removal of one."""

from typing import TYPE_CHECKING

import click

from twingraph.cli.options import Database, db_options, examples, output_options
from twingraph.cli.output import Format, Output, notice

if TYPE_CHECKING:
    from twingraph.loaders.assembling.changes import Changes
    from twingraph.queries.sources import SourceUsage

__all__ = ["sources"]

_SHOWN = (
    "id", "title", "publisher", "licence", "published", "retrieved", "statements", "partnerships",
    "partnerships_alone", "others",
)  # fmt: skip
"""The columns of a table; the other formats have all."""


@click.group(
    invoke_without_command=True,
    epilog=examples("twingraph sources", "twingraph sources --all --format csv", "twingraph sources show metropolises"),
)
@click.option("--pages", is_flag=True, help="List the pages that datasets cite instead of the datasets.")
@click.option("--all", "everything", is_flag=True, help="List datasets and pages.")
@db_options
@output_options
@click.pass_context
def sources(context: click.Context, *, pages: bool, everything: bool, database: Database, output: Output) -> None:
    """List the sources, show one, or remove one.

    A dataset is what was loaded at once; a page is what its rows cite. "partnerships" counts those that the source
    names, "partnerships_alone" those that no other source names; "others" are aid, hosting and memberships.
    """
    from twingraph.queries.sources import COLUMNS
    from twingraph.text.plurals import counted

    if context.invoked_subcommand is not None:
        _refuse_options(context)
        return
    with database.open() as graph:
        found = graph.sources()
    chosen = [each for each in found if everything or (each.sort == "page") is pages]
    columns = _SHOWN if output.format in {Format.TABLE, Format.MD} else COLUMNS
    places = [COLUMNS.index(column) for column in columns]
    output.rows(columns, ([each.row()[place] for place in places] for each in chosen))
    others = len(found) - len(chosen)
    if not found:
        notice("The database is empty: `twingraph load` fills it.")
    elif others:
        left_out = counted("en", others, "dataset") if pages else f"{counted('en', others, 'page')} that these cite"
        notice(f"Not listed: {left_out}. --all lists everything.")


@sources.command(epilog=examples("twingraph sources show ukraine-partnerships"))
@click.argument("source_id", metavar="ID")
@db_options
@output_options
def show(*, source_id: str, database: Database, output: Output) -> None:
    """Show one source: its publisher, its licence, and what comes from it."""
    from twingraph.queries.sources import COLUMNS

    with database.open() as graph:
        found = graph.source(source_id)
    if output.format is Format.JSON:
        output.document(dict(zip(COLUMNS, found.row(), strict=True)))
    else:
        facts = [(name, value) for name, value in zip(COLUMNS, found.row(), strict=True) if value is not None]
        labels = ("tags", "oblasts", "hromadas", "original")
        facts += [(name, value) for name in labels if (value := getattr(found.source, name))]
        output.rows(("name", "value"), facts)


@sources.command(epilog=examples("twingraph sources remove file:partners.csv --dry-run"))
@click.argument("source_id", metavar="ID")
@db_options
@click.option("--dry-run", is_flag=True, help="Show what would be removed, and remove nothing.")
@click.option("--yes", is_flag=True, help="Remove without a question.")
def remove(*, source_id: str, database: Database, dry_run: bool, yes: bool) -> None:
    """Remove a source, and what comes from it alone.

    What other sources say too stays, and is derived again from them. The removal is complete or does not happen;
    loading the source again restores everything. The ID of a page removes what comes from that page.
    """
    from twingraph.cli.commands.db import confirmed
    from twingraph.errors import ConfigError

    with database.open(read_only=dry_run) as graph:
        about = graph.source(source_id)

        def confirm(changes: "Changes") -> bool:
            if dry_run:
                return False
            if not yes:
                click.echo(f"This would be removed:\n{_summary(about, changes)}", err=True)
                if not confirmed(f"Remove {source_id}?"):
                    raise ConfigError("Nothing was removed.", "Add --yes to remove without a question.")
            return True

        changes = graph.remove_source(source_id, confirm=confirm)
    done = "Nothing was removed. This would be removed" if dry_run else f"Removed {source_id}"
    click.echo(f"{done}:\n{_summary(about, changes)}")


def _summary(about: "SourceUsage", changes: "Changes") -> str:
    from twingraph.cli.load_report import SORTS
    from twingraph.cli.text import cell

    lines = [cell(f"  {about.source.id}: {about.source.title or about.source.url or 'no title'}")]
    for sort, name in SORTS:
        count = changes.counts.get(sort)
        if count is not None and count.removed:
            lines.append(f"  {name:14} {count.removed:>8} removed")
        if count is not None and count.changed:
            lines.append(f"  {name:14} {count.changed:>8} stay, with what other sources say")
    return "\n".join(lines)


def _refuse_options(context: click.Context) -> None:
    given = [
        option.opts[0]
        for option in context.command.params
        if option.name and context.get_parameter_source(option.name) is click.core.ParameterSource.COMMANDLINE
    ]
    if given:
        raise click.UsageError(f"{given[0]} goes after {context.invoked_subcommand}.", context)
