"""Options that many commands share, as decorators; each hands the command one object."""

import functools
import os
import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from twingraph.cli.output import Format, Output

if TYPE_CHECKING:
    from twingraph.graph.store import Store
    from twingraph.loaders.judgements.file import JudgementFile

__all__ = [
    "Database",
    "Lang",
    "db_options",
    "examples",
    "judgements_option",
    "lang_option",
    "output_options",
    "questions_option",
]

type Lang = Literal["uk", "en"]
type Command = Callable[..., None]


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

    def open(self, *, read_only: bool = True, create: bool = False) -> "Store":
        """Open the store; use it as a context manager.

        Raises
        ------
        twingraph.errors.TwingraphError
            It cannot be opened; the message says why and what to do.
        """
        from twingraph import config
        from twingraph.graph.open import open_store

        address = config.database_address(self.address)
        credentials = None
        if isinstance(address, str):
            credentials = config.credentials(password_file=self.password_file, prompt=_ask)
        return open_store(address, read_only=read_only, create=create, credentials=credentials)

    def judgements(self, file: Path | None) -> "JudgementFile":
        """Return the file of what people have judged about its places: `file`, or the one beside it."""
        from twingraph import config
        from twingraph.loaders.judgements.file import JudgementFile

        return JudgementFile(config.judgements_file(file, config.database_address(self.address)))


def db_options(command: Command) -> Command:
    """Add ``--db`` and ``--password-file``; the command receives ``database: Database``."""

    @click.option(
        "--db",
        "db_address",
        metavar="PATH|URI",
        envvar="TWINGRAPH_DB",
        show_envvar=True,
        help="The database: a file, or a server (bolt://, neo4j://, neo4j+s://). Default: a file in your data folder.",
    )
    @click.option(
        "--password-file",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="A file with the server's password (else TWINGRAPH_NEO4J_PASSWORD, else you are asked).",
    )
    @functools.wraps(command)
    def wrapper(*args: object, db_address: str | None, password_file: Path | None, **options: object) -> None:
        command(*args, database=Database(db_address, password_file), **options)

    return wrapper


def output_options(command: Command) -> Command:
    """Add ``--format``, ``--output`` and ``--force``; the command receives ``output: Output``."""

    @click.option(
        "--format",
        "format_name",
        type=click.Choice([each.value for each in Format]),
        help="How to write the result. Default: as the name after -o ends, else table.",
    )
    @click.option(
        "-o",
        "--output",
        "output_path",
        type=click.Path(path_type=Path, allow_dash=True),
        metavar="FILE",
        help="Write to this file (UTF-8) instead of the terminal; - is the terminal.",
    )
    @click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
    @functools.wraps(command)
    def wrapper(
        *args: object, format_name: str | None, output_path: Path | None, force: bool, **options: object
    ) -> None:
        path = None if output_path is None or str(output_path) == "-" else output_path
        command(*args, output=Output.choose(format_name, path, force=force), **options)

    return wrapper


def judgements_option(command: Command) -> Command:
    """Add ``--judgements``; the command receives ``judgements``, a path or ``None``."""
    return click.option(
        "--judgements",
        type=click.Path(path_type=Path, dir_okay=False),
        envvar="TWINGRAPH_JUDGEMENTS",
        show_envvar=True,
        metavar="FILE",
        help="The file of what people have judged about places. Default: beside the database.",
    )(command)


def lang_option(command: Command) -> Command:
    """Add ``--lang``; the command receives ``lang``, ``"uk"`` or ``"en"``."""
    return click.option(
        "--lang",
        type=click.Choice(["uk", "en"]),
        envvar="TWINGRAPH_LANG",
        show_envvar=True,
        default=_lang_of_system,
        help="Language of names and labels. Default: that of your system, else English.",
    )(command)


def questions_option(command: Command) -> Command:
    """Add ``--questions``; the command receives ``questions``, the folder of the analyst's own, or ``None``."""
    return click.option(
        "--questions",
        type=click.Path(path_type=Path, file_okay=False),
        envvar="TWINGRAPH_QUESTIONS",
        show_envvar=True,
        metavar="DIR",
        help="A folder of your own questions (NAME.cypher); one that bears a bundled name takes its place.",
    )(command)


def _ask(question: str) -> str:
    return str(click.prompt(question, hide_input=True, err=True))


def _lang_of_system() -> Lang:
    spoken = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "uk" if re.match(r"uk(?![a-z])", spoken) else "en"


def examples(*lines: str) -> str:
    """Return the end of a command's help: examples that can be copied as they stand.

    Parameters
    ----------
    lines
        Command lines that begin with ``twingraph``.
    """
    for line in lines:
        shlex.split(line)
    return "\b\n" + "\n".join(("Examples:" if len(lines) > 1 else "Example:", *(f"  {line}" for line in lines)))
