"""``twingraph db``: look after the database itself."""

import sys
from pathlib import Path

import click

from twingraph.cli.options import Database, db_options, examples, output_options
from twingraph.cli.output import Output

__all__ = ["agreed", "db"]


@click.group(epilog=examples("twingraph db info", "twingraph db backup partners-2026.grafeo"))
def db() -> None:
    """Look after the database itself."""


@db.command(epilog=examples("twingraph db info", "twingraph db info --format json"))
@db_options
@output_options
def info(*, database: Database, output: Output) -> None:
    """Say where the database is, which engine runs it, and how much it holds."""
    with database.open() as store:
        found = store.info()
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
    """Look the whole database over for faults; exit 1 if there are any."""
    from twingraph.errors import StoreError

    with database.open() as store:
        faults = store.check()
        address = store.info().address
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
    """Copy the whole database to the new FILE, which can be opened like any other.

    A server has tools of its own for this: see docs/neo4j.md.
    """
    with database.open() as store:
        store.backup(file)
        nodes = store.info().nodes
    click.echo(f"Wrote {file} ({nodes:,} nodes).")


@db.command(epilog=examples("twingraph db restore partners-2026.grafeo"))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@db_options
@click.option("--yes", is_flag=True, help="Replace what is there without asking.")
def restore(*, file: Path, database: Database, yes: bool) -> None:
    """Put the backup FILE in the place of the database.

    The backup is checked first. The old database is replaced in one step, or not at all.
    """
    from twingraph import config
    from twingraph.graph.maintenance import restore as put_back

    target = config.database_address(database.address)
    replace = yes or (isinstance(target, Path) and target.exists() and agreed(f"Replace {target} by {file}?"))
    put_back(file, target, replace=replace)
    click.echo(f"Put {file} in the place of {target}.")


@db.command(epilog=examples("twingraph db clear --yes"))
@db_options
@click.option("--yes", is_flag=True, help="Delete without asking.")
def clear(*, database: Database, yes: bool) -> None:
    """Delete all data that twingraph put into the database; the database itself stays.

    On a server, nodes with other labels than twingraph's stay too.
    """
    from twingraph.errors import ConfigError
    from twingraph.graph.maintenance import clear as empty

    with database.open(read_only=False) as store:
        found = store.info()
        if not (yes or agreed(f"Delete {found.nodes:,} nodes from {found.address}?")):
            raise ConfigError("Nothing was deleted.", "Say --yes to delete without being asked.")
        click.echo(f"Deleted {empty(store):,} nodes from {found.address}.")


def agreed(question: str) -> bool:
    """Ask on a terminal; anywhere else nobody can agree."""
    return sys.stdin.isatty() and click.confirm(question, err=True)
