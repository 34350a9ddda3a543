"""From "a path or a URI" to a store."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from twingraph import config
from twingraph.errors import ConfigError, StoreError, StoreLockedError, TwingraphError
from twingraph.graph.store import Store

if TYPE_CHECKING:
    from twingraph.config import Credentials

__all__ = ["new_store", "open_store"]

SERVER_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
UNFINISHED = ".unfinished"


def open_store(
    address: str | Path | None = None,
    *,
    read_only: bool = True,
    create: bool = False,
    credentials: "Credentials | None" = None,
) -> Store:
    """Open the store at `address`: a file for the embedded engine, a URI for a Neo4j server.

    Parameters
    ----------
    address
        A path or a URI; where it is ``None``, what :func:`twingraph.config.database_address` finds.
    read_only
        Refuse writes. Many readers can share an embedded file; a writer has it alone.
    create
        Make the file where there is none; only together with ``read_only=False``. The default file's folder is made
        too, any other folder must be there.
    credentials
        User and password for a server; where they are ``None``, those of the environment.

    Returns
    -------
    Store
        To be closed, or used as a context manager.

    Raises
    ------
    twingraph.errors.ConfigError
        The address has a scheme that twingraph does not know, or carries a password.
    twingraph.errors.StoreNotFoundError, twingraph.errors.NotATwingraphStoreError, twingraph.errors.StoreLockedError,
    twingraph.errors.ReadOnlyError, twingraph.errors.DiskFullError
        The file cannot be opened.
    twingraph.errors.ServerUnreachableError, twingraph.errors.AuthenticationError, twingraph.errors.ServerTooOldError
        The server cannot be used.
    """
    # The engines are imported here, so that a command that needs none of them stays quick.
    if not isinstance(address, Path):
        address = config.database_address(address)
    if isinstance(address, Path):
        from twingraph.graph.embedded import EmbeddedStore  # noqa: PLC0415

        if create and not read_only and address.parent == config.default_database().parent:
            address.parent.mkdir(parents=True, exist_ok=True)
        return EmbeddedStore.open(address, read_only=read_only, create=create)

    scheme = urlsplit(address).scheme.lower()
    if scheme not in SERVER_SCHEMES:
        raise ConfigError(
            f"A database cannot be reached by {scheme}://.",
            f"Give a file's path, or a URI that begins with {', '.join(f'{name}://' for name in SERVER_SCHEMES)}.",
        )
    from twingraph.graph.server import ServerStore  # noqa: PLC0415

    return ServerStore.open(address, read_only=read_only, credentials=credentials or config.credentials())


@contextmanager
def new_store(path: Path) -> Iterator[Store]:
    """Make an embedded store that stands at `path` once the block has ended: whole, or not at all.

    Until then it is the file ``PATH.unfinished``, which whoever is killed in the block leaves behind and the next one
    clears away.

    Parameters
    ----------
    path
        Where there is no file yet.

    Yields
    ------
    Store
        Empty, to be filled.

    Raises
    ------
    twingraph.errors.StoreLockedError
        Another process is filling it.
    twingraph.errors.StoreError
        It cannot be made, or somebody else has made it meanwhile.
    """
    unfinished = path.with_name(f"{path.name}{UNFINISHED}")
    _clear(unfinished)
    _refuse_made(path)
    try:
        with open_store(unfinished, read_only=False, create=True) as store:
            yield store
        _refuse_made(path)
        _rename(unfinished, path)
    except StoreLockedError:  # then it is another's
        raise
    except BaseException:
        _remove(unfinished)
        raise


def _clear(unfinished: Path) -> None:
    """Clear away what a process that was killed has left; it may be damaged. Who is alive holds the file."""
    from twingraph.graph.embedded import is_engine_file  # noqa: PLC0415

    if not unfinished.exists():
        return
    if not is_engine_file(unfinished):
        raise StoreError(
            f"{unfinished} is in the way, and twingraph did not make it.", "Move it, or name another --db."
        )
    try:
        open_store(unfinished, read_only=False).close()
    except StoreLockedError:
        raise
    except TwingraphError:
        pass
    _remove(unfinished)


def _refuse_made(path: Path) -> None:
    if path.exists():
        raise StoreError(f"Somebody else has made {path} meanwhile.", "Run the command again.")


def _rename(unfinished: Path, path: Path) -> None:
    try:
        unfinished.rename(path)
    except OSError as error:
        raise StoreError(f"{path} cannot be made: {error.strerror}.", "Run the command again.") from error


def _remove(unfinished: Path) -> None:
    from twingraph.graph.embedded import log_of  # noqa: PLC0415

    for file in (unfinished, log_of(unfinished)):
        file.unlink(missing_ok=True)
