"""``twingraph query``: a question in Cypher."""

import sys
from pathlib import Path

import click

from twingraph.cli.options import Database, db_options, examples, output_options
from twingraph.cli.output import Format, Output, notice

__all__ = ["query"]


@click.command(
    epilog=examples(
        "twingraph query 'MATCH (m:Municipality)-[p:PARTNERS_WITH]-(o) RETURN m.name, o.name, p.since LIMIT 5'",
        "twingraph query 'MATCH (m:Municipality) WHERE m.country_code = $c RETURN m.name' -p c=PL --format csv",
    )
)
@click.argument("cypher", required=False, metavar="CYPHER|-")
@click.option(
    "-f",
    "--file",
    "query_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Read the query from this file.",
)
@click.option(
    "-p",
    "--param",
    "assignments",
    multiple=True,
    metavar="NAME=VALUE",
    help="A value for $NAME: JSON where it is JSON (2022, true, [1, 2]), else text (PL). Quote a text of digits:"
    " -p 'year=\"2022\"'. Can be given several times.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="Give the query up after this time.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=1000,
    show_default=True,
    metavar="ROWS",
    help="Show at most so many rows, and say if there are more; 0 shows all.",
)
@db_options
@output_options
def query(
    *,
    cypher: str | None,
    query_file: Path | None,
    assignments: tuple[str, ...],
    timeout: float,
    limit: int,
    database: Database,
    output: Output,
) -> None:
    """Ask the database a question in Cypher.

    The query only reads: one that would write is refused. Give it as an argument, in a file (-f), or on standard
    input (-).
    """
    from twingraph.queries.run import parameter, run_query

    text = _text(cypher, query_file)
    parameters = dict(map(parameter, assignments))
    if len(parameters) < len(assignments):
        raise click.UsageError("A parameter is given twice.")
    with database.open() as store:
        answer = run_query(store, text, parameters, timeout=timeout, limit=limit or None)
    output.rows(answer.rows.columns, answer.rows.records)
    if answer.cut:
        notice(f"{answer.total:,} rows, of which the first {limit:,} are shown: --limit 0 shows all.")
    elif not answer.total and output.format is Format.TABLE:
        notice("No rows.")


def _text(cypher: str | None, file: Path | None) -> str:
    from twingraph.errors import InputError

    if (cypher is None) == (file is None):
        raise click.UsageError("Give one query: as an argument, with -f FILE, or - for standard input.")
    name = str(file)
    try:
        if file is not None:
            content = file.read_bytes()
        elif cypher == "-":
            name, content = "standard input", sys.stdin.buffer.read()
        else:
            return cypher or ""
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InputError("This is no UTF-8 text.", "Save it as UTF-8.", file=name, line=line) from error
    except OSError as error:
        raise InputError(
            f"The file cannot be read: {(error.strerror or str(error)).lower()}.", "Check its name.", file=name
        ) from error
