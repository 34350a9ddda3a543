"""The database, its credentials and the folders of files: from an option, else the environment, else a default.

==============================  ======================================================================
``TWINGRAPH_DB``                the database: a file's path or a server's URI
``TWINGRAPH_NEO4J_USER``        the server's user; ``neo4j`` where it is not set
``TWINGRAPH_NEO4J_PASSWORD``    the password
``TWINGRAPH_NEO4J_DATABASE``    the database on the server, unless the URI names it (``?database=…``)
``TWINGRAPH_JUDGEMENTS``        the file of judgements about places
``TWINGRAPH_CACHE_DIR``         the folder for data that can be rebuilt or fetched again
==============================  ======================================================================
"""

import os
import re
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from twingraph.errors import ConfigError

__all__ = [
    "CACHE_VARIABLE",
    "Credentials",
    "cache_folder",
    "check_no_password",
    "credentials",
    "database_address",
    "default_database",
    "is_uri",
    "judgements_file",
    "server_database",
]

DATABASE_FILE = "twingraph.grafeo"
CACHE_VARIABLE = "TWINGRAPH_CACHE_DIR"
SECRETS = Path("/run/secrets")
"""Where containers mount secrets: readable for every user of a container, which runs a single service."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user and a password; the password is absent from the representation."""

    user: str
    password: str = field(repr=False)


def default_database() -> Path:
    """Return the database file that is used by default, in the user's data folder."""
    from platformdirs import user_data_path  # noqa: PLC0415  (8 ms that `--help` does not need)

    return user_data_path("twingraph") / DATABASE_FILE


def is_uri(address: str) -> bool:
    """Whether `address` names a server rather than a file."""
    return "://" in address


def database_address(option: str | None = None) -> str | Path:
    """Return the database to use: `option`, else ``TWINGRAPH_DB``, else the default file.

    Parameters
    ----------
    option
        What the user gave as ``--db``: a path or a URI.

    Raises
    ------
    twingraph.errors.ConfigError
        The option is empty, or the URI contains a password.
    """
    if option is not None and not option.strip():
        raise ConfigError(
            "The database named by --db is empty.", "Give a file's path or a URI such as bolt://localhost."
        )
    address = option or os.environ.get("TWINGRAPH_DB", "").strip()
    if not address:
        return default_database()
    if is_uri(address):
        check_no_password(address)
        return address
    return Path(address).expanduser()


def judgements_file(option: Path | None, address: str | Path) -> Path:
    """Return the file of the judgements about a database's places.

    It is `option`, else ``TWINGRAPH_JUDGEMENTS``, else a file in the database's folder; for a server, a file named
    after its address in the user's data folder.

    Parameters
    ----------
    option
        What the user gave as ``--judgements``.
    address
        The database: see :func:`database_address`.
    """
    named = str(option or "") or os.environ.get("TWINGRAPH_JUDGEMENTS", "").strip()
    if named:
        return Path(named).expanduser()
    if isinstance(address, Path):
        return address.with_name(f"{address.name}.judgements.tsv")
    from platformdirs import user_data_path  # noqa: PLC0415  (8 ms that `--help` does not need)

    parts = urlsplit(address)
    name = re.sub(r"[^a-z0-9.]+", "-", f"{parts.netloc} {parts.query} {server_database() or ''}".lower()).strip("-")
    return user_data_path("twingraph") / "judgements" / f"{name}.tsv"


def cache_folder() -> Path:
    """Return the folder for data that can be rebuilt: ``TWINGRAPH_CACHE_DIR``, else the user's cache folder."""
    named = os.environ.get(CACHE_VARIABLE)
    if named:
        return Path(named).expanduser()
    from platformdirs import user_cache_path  # noqa: PLC0415  (8 ms that `--help` does not need)

    return user_cache_path("twingraph")


def check_no_password(uri: str) -> None:
    """Refuse a URI with a user or a password in it: URIs appear in shell histories, process lists and logs."""
    try:
        inside = "@" in urlsplit(uri).netloc
    except ValueError:
        inside = "@" in uri
    if inside:
        raise ConfigError(
            "The database's URI contains a user or a password.",
            "Take the part before @ out of the URI; give the user as TWINGRAPH_NEO4J_USER and the password as"
            " TWINGRAPH_NEO4J_PASSWORD or with --password-file.",
        )


def server_database() -> str | None:
    """Return the name of the database on the server, or ``None`` for the server's own default."""
    return os.environ.get("TWINGRAPH_NEO4J_DATABASE", "").strip() or None


def credentials(
    user: str | None = None,
    password_file: str | Path | None = None,
    prompt: Callable[[str], str] | None = None,
) -> Credentials:
    """Return the user and the password for a server.

    The password comes from `password_file`, else from ``TWINGRAPH_NEO4J_PASSWORD``, else from `prompt` where the
    input is a terminal.

    Parameters
    ----------
    user
        The user; else ``TWINGRAPH_NEO4J_USER``, else ``neo4j``.
    password_file
        A file whose first line is the password. Others than its owner must not be able to read it, except under
        ``/run/secrets``, where containers mount secrets.
    prompt
        Asks the user for the password, given the text to show.

    Raises
    ------
    twingraph.errors.ConfigError
        There is no password, or its file cannot be used.
    """
    user = user or os.environ.get("TWINGRAPH_NEO4J_USER", "").strip() or "neo4j"
    if password_file is not None:
        return Credentials(user, read_password(Path(password_file).expanduser()))
    password = os.environ.get("TWINGRAPH_NEO4J_PASSWORD", "")
    if not password and prompt is not None and sys.stdin is not None and sys.stdin.isatty():
        password = prompt(f"Password of {user}")
    if not password:
        raise ConfigError(
            f"There is no password for the server's user {user!r}.",
            "Set TWINGRAPH_NEO4J_PASSWORD or give --password-file FILE.",
        )
    return Credentials(user, password)


def read_password(file: Path) -> str:
    """Return the first line of `file`, which only its owner may be able to read."""
    try:
        mode = file.stat().st_mode
        shared = os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO)
        if shared and not file.resolve().is_relative_to(SECRETS):
            raise ConfigError(f"The password file {file} is open to other users.", f"Close it: chmod 600 {file}")
        with file.open(encoding="utf-8") as lines:
            password = lines.readline(1025).rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"The password file {file} is not UTF-8 text.", "Write the password as its first line."
        ) from error
    except OSError as error:
        raise ConfigError(
            f"The password file {file} cannot be read: {error.strerror}.", "Check the path given as --password-file."
        ) from error
    if not password:
        raise ConfigError(f"The password file {file} is empty.", "Write the password as its first line.")
    return password
