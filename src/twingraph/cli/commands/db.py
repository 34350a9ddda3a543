"""``twingraph db``: inspect, back up, restore or clear the database."""

import sys
from pathlib import Path

import click

from twingraph.cli.options import Database, db_options, examples, output_options
from twingraph.cli.output import Output

__all__ = ["confirmed", "db"]


@click.group(epilog=examples("twingraph db info", "twingraph db backup partners-2026.grafeo"))
def db() -> None:
    """Inspect, back up, restore or clear the database."""


@db.command(epilog=examples("twingraph db info", "twingraph db info --format json"))
@db_options
@output_options
def info(*, database: Database, output: Output) -> None:
    """Show where the database is, which engine runs it, and how much it holds."""
    with database.open() as graph:
        found = graph.info()
    facts: list[tuple[str, object]] = [
        ("address", found.address),
        ("engine", found.engine),
        ("version", found.version),
        ("nodes", found.nodes),
        ("relationships", found.relationships),
    ]
    if found.size_bytes is not None:
        facts.append(("size_bytes", found.size_bytes))
    output.rows(("name", "value"), [*facts, *sorted(found.details.items())])


@db.command(epilog=examples("twingraph db check"))
@db_options
def check(*, database: Database) -> None:
    """Check the whole database for faults; exit 1 if there are any."""
    from twingraph.errors import StoreError

    with database.open() as graph:
        faults, address = graph.check(), graph.info().address
    if faults:
        listed = "\n".join(f"  - {fault}" for fault in faults)
        raise StoreError(
            f"{address} has {len(faults)} faults:\n{listed}",
            "Run `twingraph load` if constraints are missing, else `twingraph db restore FILE` with a backup.",
        )
    click.echo(f"No fault found in {address}.")


@db.command(epilog=examples("twingraph db backup partners-2026.grafeo"))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@db_options
def backup(*, file: Path, database: Database) -> None:
    """Copy the whole database to the new FILE, a database like any other.

    For a server, use its own tools: see docs/neo4j.md.
    """
    with database.open() as graph:
        graph.backup(file)
        nodes = graph.info().nodes
    click.echo(f"Wrote {file} ({nodes:,} nodes).")


@db.command(epilog=examples("twingraph db restore partners-2026.grafeo"))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@db_options
@click.option("--yes", is_flag=True, help="Replace the database without a question.")
def restore(*, file: Path, database: Database, yes: bool) -> None:
    """Replace the database by the backup FILE.

    The backup is checked first. The old database is replaced in one step, or not at all.
    """
    from twingraph import config
    from twingraph.graph.maintenance import restore as put_back

    target = config.database_address(database.address)
    replace = yes or (isinstance(target, Path) and target.exists() and confirmed(f"Replace {target} by {file}?"))
    put_back(file, target, replace=replace)
    click.echo(f"Replaced {target} by {file}.")


@db.command(epilog=examples("twingraph db clear --yes"))
@db_options
@click.option("--yes", is_flag=True, help="Delete without a question.")
def clear(*, database: Database, yes: bool) -> None:
    """Delete all data that twingraph put into the database; the database itself stays.

    On a server, nodes with other labels than twingraph's stay too.
    """
    from twingraph.errors import ConfigError

    with database.open(read_only=False) as graph:
        found = graph.info()
        if not (yes or confirmed(f"Delete {found.nodes:,} nodes from {found.address}?")):
            raise ConfigError("Nothing was deleted.", "Add --yes to delete without a question.")
        click.echo(f"Deleted {graph.clear():,} nodes from {found.address}.")


def confirmed(question: str) -> bool:
    """Ask on a terminal and return whether the user agrees; elsewhere, return false."""
    return sys.stdin.isatty() and click.confirm(question, err=True)
