"""Options that several commands share, as decorators; each passes one object to the command."""

import functools
import inspect
import os
import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from twingraph.cli.files import file_named
from twingraph.cli.output import ENDINGS, Format, Output, notice
from twingraph.cli.provenance import expect_workbook, keep_sources

if TYPE_CHECKING:
    from twingraph.config import Credentials
    from twingraph.graph.store import Store
    from twingraph.library import Graph
    from twingraph.loaders.judgements.file import JudgementFile
    from twingraph.queries.analyses.network import Ties
    from twingraph.selection import FilterOptions, Selection

__all__ = [
    "Command",
    "Database",
    "Lang",
    "collected",
    "date_value",
    "db_options",
    "examples",
    "filter_options",
    "judgements_option",
    "lang_option",
    "level_option",
    "limit_option",
    "output_options",
    "questions_option",
    "seed_option",
    "selection_options",
]

type Lang = Literal["uk", "en"]
type Command = Callable[..., None]


def collected(
    name: str, build: Callable[..., object], *options: Callable[[Command], Command]
) -> Callable[[Command], Command]:
    """Return a decorator that adds options to a command and passes ``build(**their values)`` to it as `name`."""
    own = tuple(build.__annotations__) if isinstance(build, type) else tuple(inspect.signature(build).parameters)

    def decorate(command: Command) -> Command:
        @functools.wraps(command)
        def wrapper(*args: object, **values: object) -> None:
            made = build(**{key: values.pop(key) for key in own})
            command(*args, **{name: made}, **values)

        decorated: Command = wrapper
        for option in reversed(options):
            decorated = option(decorated)
        return decorated

    return decorate


@dataclass(frozen=True, slots=True)
class Database:
    """Which database the user means.

    Attributes
    ----------
    address
        A path or a URI, from ``--db`` or ``TWINGRAPH_DB``; ``None`` is the default file.
    password_file
        The file whose first line is the server's password.
    """

    address: str | None = None
    password_file: Path | None = None

    def open(self, *, read_only: bool = True) -> "Graph":
        """Open the database; use it as a context manager.

        Raises
        ------
        twingraph.errors.TwingraphError
            It cannot be opened; the message says why and what to do.
        """
        from twingraph.library import Graph

        graph = Graph(self.open_store(read_only=read_only), notify=notice)
        keep_sources(graph)
        return graph

    def open_store(self, *, read_only: bool = True) -> "Store":
        """Open the store of the database; raises as :meth:`open`."""
        from twingraph import config
        from twingraph.graph.open import open_store

        address = config.database_address(self.address)
        return open_store(address, read_only=read_only, credentials=self.credentials())

    def credentials(self) -> "Credentials | None":
        """Return the user and password of a server, asking for the password if need be; ``None`` for a file."""
        from twingraph import config

        if not isinstance(config.database_address(self.address), str):
            return None
        return config.credentials(password_file=self.password_file, prompt=_ask_password)

    def judgements(self, file: Path | None) -> "JudgementFile":
        """Return the file of judgements: `file`, or the one next to the database."""
        from twingraph.judging import judgement_file

        return judgement_file(file, self.address)


def db_options(command: Command) -> Command:
    """Add ``--db`` and ``--password-file``; the command receives ``database: Database``."""
    return collected(
        "database",
        Database,
        click.option(
            "--db",
            "address",
            metavar="PATH|URI",
            envvar="TWINGRAPH_DB",
            show_envvar=True,
            help="The database: a file, or a server (bolt://, neo4j://, neo4j+s://). Default: a file in your data"
            " folder.",
        ),
        click.option(
            "--password-file",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help="File with the server's password. Default: TWINGRAPH_NEO4J_PASSWORD, or a prompt.",
        ),
    )(command)


def output_options(command: Command) -> Command:
    """Add ``--format``, ``--output`` and ``--force``; the command receives ``output: Output``."""

    def choose(format_name: str | None, output_path: Path | None, force: bool, for_excel: bool) -> Output:
        output = Output.choose(format_name, file_named(output_path), force=force, for_excel=for_excel)
        if output.format is Format.XLSX:
            expect_workbook()
        return output

    return collected(
        "output",
        choose,
        click.option(
            "--format",
            "format_name",
            type=click.Choice([each.value for each in Format]),
            help="Format of the result. Default: by the ending of the -o file, else table.",
        ),
        click.option(
            "-o",
            "--output",
            "output_path",
            type=click.Path(path_type=Path, allow_dash=True),
            metavar="FILE",
            help=f"Write to this file; its ending is the format: {', '.join(ENDINGS)}. - is standard output, the"
            " default.",
        ),
        click.option("--force", is_flag=True, help="Overwrite the file if it exists."),
        click.option(
            "--excel",
            "for_excel",
            is_flag=True,
            help="CSV for an Excel in Ukrainian, Polish or German: semicolons, decimal commas, byte order mark.",
        ),
    )(command)


def selection_options(command: Command) -> Command:
    """Add ``--scope``, ``--ties`` and those of `filter_options`; the command receives ``selection: Selection``."""

    def select(scope: str | None, ties: "Ties", filters: "FilterOptions") -> "Selection":
        return {**filters, "scope": scope, "ties": ties}

    return collected(
        "selection",
        select,
        click.option(
            "--scope",
            metavar="NAME",
            help="Only one region, country, municipality or metropolis: 'Zhytomyr oblast', UA-18, PL, Rawicz."
            " Default: the whole network.",
        ),
        click.option(
            "--ties",
            type=click.Choice(["touching", "inside", "around"]),
            default="touching",
            show_default=True,
            help="Ties of the scope: touching, at least one end in it; inside, both ends; around, also those among its"
            " partners.",
        ),
        filter_options,
    )(command)


def filter_options(command: Command) -> Command:
    """Add ``--kind --status --theme --since --until --as-of``; the command receives ``filters: FilterOptions``."""
    from twingraph.graph.model import Kind, Status
    from twingraph.selection import FilterOptions

    return collected(
        "filters",
        FilterOptions,
        click.option(
            "--kind",
            "kinds",
            type=click.Choice([each.value for each in Kind]),
            multiple=True,
            help="Only partnerships of this kind. Repeatable.",
        ),
        click.option(
            "--status",
            "statuses",
            type=click.Choice([each.value for each in Status]),
            multiple=True,
            help="Only partnerships with this status. Repeatable.",
        ),
        click.option(
            "--theme", "themes", multiple=True, metavar="THEME", help="Only partnerships with this theme. Repeatable."
        ),
        click.option(
            "--since",
            metavar="DATE",
            callback=date_value,
            help="Begun on this date or later: 2022-02-24, 2022-02 or 2022.",
        ),
        click.option("--until", metavar="DATE", callback=date_value, help="Begun on this date or earlier."),
        click.option("--as-of", metavar="DATE", callback=date_value, help="In force on this date."),
    )(command)


def date_value(_context: click.Context, _option: click.Parameter, text: str | None) -> str | None:
    """Return the date that an option's text means (a callback of click)."""
    from twingraph.graph.dates import parse_date

    try:
        return None if text is None else parse_date(text)
    except ValueError as error:
        raise click.BadParameter(f"{error}.") from None


def judgements_option(command: Command) -> Command:
    """Add ``--judgements``; the command receives ``judgements``, a path or ``None``."""
    return click.option(
        "--judgements",
        type=click.Path(path_type=Path, dir_okay=False),
        envvar="TWINGRAPH_JUDGEMENTS",
        show_envvar=True,
        metavar="FILE",
        help="File of judgements about places. Default: the one next to the database.",
    )(command)


def lang_option(command: Command) -> Command:
    """Add ``--lang``; the command receives ``lang``, ``"uk"`` or ``"en"``."""
    return click.option(
        "--lang",
        type=click.Choice(["uk", "en"]),
        envvar="TWINGRAPH_LANG",
        show_envvar=True,
        default=_system_lang,
        help="Language of names and labels. Default: that of your system, else English.",
    )(command)


def questions_option(command: Command) -> Command:
    """Add ``--questions``; the command receives ``questions``, a folder or ``None``."""
    return click.option(
        "--questions",
        type=click.Path(path_type=Path, file_okay=False),
        envvar="TWINGRAPH_QUESTIONS",
        show_envvar=True,
        metavar="DIR",
        help="Folder of your own questions (NAME.cypher); one with a bundled name replaces it.",
    )(command)


def level_option(verb: str) -> Callable[[Command], Command]:
    """Return a decorator that adds ``--of``: what is ranked or grouped."""
    return click.option(
        "--of",
        type=click.Choice(["municipalities", "regions", "countries"]),
        default="municipalities",
        show_default=True,
        help=f"What to {verb}. Regions and countries are connected by the pairs of their municipalities.",
    )


def limit_option(default: int, what: str, *, everywhere: bool = False) -> Callable[[Command], Command]:
    """Return a decorator that adds ``--limit``, which shortens tables for reading.

    Parameters
    ----------
    default
        Rows of a table; 0 is all.
    what
        What the rows are.
    everywhere
        Whether a limit that is given shortens files of data too; the command then receives ``None`` by default.
    """
    return click.option(
        "--limit",
        type=click.IntRange(min=int(everywhere)),
        default=None if everywhere else default,
        show_default=f"{default} in a table, all in other formats" if everywhere else True,
        metavar="N",
        help=f"Maximum number of {what}."
        if everywhere
        else f"Maximum number of {what} in a table; 0 shows all. Other formats have all.",
    )


def seed_option(what: str) -> Callable[[Command], Command]:
    """Return a decorator that adds ``--seed``."""
    return click.option(
        "--seed", type=click.IntRange(min=0), default=1, show_default=True, help=f"Random seed of {what}."
    )


def examples(*lines: str) -> str:
    """Return the end of a command's help: examples to copy.

    Parameters
    ----------
    lines
        Command lines that begin with ``twingraph``.
    """
    for line in lines:
        shlex.split(line)
    return "\b\n" + "\n".join(("Examples:" if len(lines) > 1 else "Example:", *(f"  {line}" for line in lines)))


def _ask_password(question: str) -> str:
    return str(click.prompt(question, hide_input=True, err=True))


def _system_lang() -> Lang:
    language = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "uk" if re.match(r"uk(?![a-z])", language) else "en"
