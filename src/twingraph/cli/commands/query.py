"""``twingraph query``: a named question, or one in Cypher."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from twingraph.cli.options import Database, Lang, db_options, examples, lang_option, output_options, questions_option
from twingraph.cli.output import Format, Output, notice

if TYPE_CHECKING:
    from twingraph.queries.questions.ask import QuestionResult
    from twingraph.queries.questions.question import Question

__all__ = ["query"]

MOST_PARAMETERS = 1 << 20


@click.command(
    epilog=examples(
        "twingraph query partners-of -p municipality=Zhytomyr",
        "twingraph query ended-ties-since -p since=2022-02-24 --format csv",
        "twingraph query 'MATCH (m:Municipality)-[p:PARTNERS_WITH]-(o) RETURN m.name, o.name, p.since LIMIT 5'",
        "twingraph query 'MATCH (m:Municipality) WHERE m.country_code = $c RETURN m.name' -p c=PL --format csv",
    )
)
@click.argument("text", required=False, metavar="NAME|CYPHER|-")
@click.option(
    "-f",
    "--file",
    "query_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Read the Cypher from this file.",
)
@click.option(
    "-p",
    "--param",
    "assignments",
    multiple=True,
    metavar="NAME=VALUE",
    help="Value of $NAME: JSON if it is valid JSON (2022, true, [1, 2]), else text (PL). Quote digits that are text:"
    " -p 'year=\"2022\"'. Repeatable.",
)
@click.option(
    "--params",
    "params_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Read values from this file, a JSON object; -p overrides it.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="Stop the query after this time.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=1000,
    show_default=True,
    metavar="ROWS",
    help="Maximum number of rows; a note says if there are more; 0 shows all.",
)
@questions_option
@db_options
@output_options
@lang_option
def query(
    *,
    text: str | None,
    query_file: Path | None,
    assignments: tuple[str, ...],
    params_file: Path | None,
    timeout: float,
    limit: int,
    questions: Path | None,
    database: Database,
    output: Output,
    lang: Lang,
) -> None:
    """Ask a named question, or one of your own in Cypher.

    `twingraph questions` lists the named ones. Give Cypher as an argument, in a file (-f), or on standard input (-). A
    query can only read: the engine refuses to write. $today is the current day, unless you give another.
    """
    from twingraph.queries.questions.catalog import find_question, is_question_name
    from twingraph.queries.questions.run import parse_parameter

    given = dict(map(parse_parameter, assignments))
    if len(given) < len(assignments):
        raise click.UsageError("A parameter is given twice.")
    if params_file is not None:
        given = _from_file(params_file) | given
    named = query_file is None and text is not None and is_question_name(text)
    if named and text is not None:
        question = find_question(text, questions)
        with database.open() as graph:
            answer = graph.ask(question, given, timeout=timeout, limit=limit or None)
        _write(question, cast("QuestionResult", answer), output, lang)
    else:
        cypher = _text(text, query_file)
        with database.open() as graph:
            answer = graph.ask(cypher, given, timeout=timeout, limit=limit or None)
        output.rows(answer.rows.columns, answer.rows.records)
    if answer.cut:
        notice(f"{answer.total:,} rows, of which the first {limit:,} are shown: --limit 0 shows all.")
    elif not answer.total and output.format is Format.TABLE and not named:
        notice("No rows.")


def _write(question: "Question", answer: "QuestionResult", output: Output, lang: Lang) -> None:
    """Write the answer to a named question: in tables and Markdown with its text and values, else as plain rows."""
    from twingraph.cli.report import Report, ReportTable, write_report

    columns, records = answer.rows.columns, answer.rows.records
    if output.format not in {Format.TABLE, Format.MD, Format.XLSX}:
        output.rows(columns, records)
        for note in answer.notes:
            notice(note[lang == "uk"])
        return
    absent = {column.name: (column.absent, column.absent_uk)[lang == "uk"] or None for column in question.columns}
    words = [absent.get(name) for name in columns]
    records = [
        tuple(word if value is None else value for value, word in zip(record, words, strict=True)) for record in records
    ]
    heads = {column.name: column.head_uk for column in question.columns}
    table = ReportTable(
        name=question.name,
        title=(question.words, question.words_uk),
        facts=tuple(zip(answer.describe_arguments("en"), answer.describe_arguments("uk"), strict=True)),
        columns=columns,
        heads_uk=tuple(heads.get(name) or heads.get(name.removesuffix("_uk")) or name for name in columns),
        records=records,
    )
    not_shown = (f"Not shown: {question.not_shown}", f"Чого відповідь не показує: {question.not_shown_uk}")
    about = (*answer.notes, *((not_shown,) if question.not_shown else ()))
    write_report(Report(about=about, tables=(table,)), output, lang)


def _from_file(path: Path) -> dict[str, object]:
    from twingraph.errors import InputError

    name = str(path)
    try:
        with path.open("rb") as file:
            read = json.loads(file.read(MOST_PARAMETERS).decode("utf-8-sig"))
    except OSError as error:
        raise InputError(_unread(error), "Check its name.", file=name) from error
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        raise InputError(
            "this is no JSON", 'Write an object such as {"country": "PL"}.', file=name, line=line
        ) from error
    if not isinstance(read, dict):
        raise InputError("this is no JSON object", 'Write one such as {"country": "PL"}.', file=name)
    return read


def _text(cypher: str | None, file: Path | None) -> str:
    from twingraph.errors import InputError

    if (cypher is None) == (file is None):
        raise click.UsageError("Give one query: a name, Cypher as an argument, -f FILE, or - for standard input.")
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
        raise InputError(_unread(error), "Check its name.", file=name) from error


def _unread(error: OSError) -> str:
    return f"The file cannot be read: {(error.strerror or str(error)).lower()}."
