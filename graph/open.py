"""Open a store by its path or URI."""

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from twingraph import config
from twingraph.errors import ConfigError
from twingraph.graph.store import Store

if TYPE_CHECKING:
    from twingraph.config import Credentials

__all__ = ["open_store"]

SERVER_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


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
        A path or a URI; ``None`` for the result of :func:`twingraph.config.database_address`.
    read_only
        Refuse writes. Many readers can share an embedded file; a writer has it exclusively.
    create
        Create a missing file; only with ``read_only=False``. The default file's folder is created too, any other
        folder must exist.
    credentials
        User and password for a server; ``None`` for those of the environment.

    Returns
    -------
    Store
        Close it, or use it as a context manager.

    Raises
    ------
    twingraph.errors.ConfigError
        The address has an unsupported scheme, or contains a password.
    twingraph.errors.StoreNotFoundError, twingraph.errors.NotATwingraphStoreError, twingraph.errors.StoreLockedError,
    twingraph.errors.ReadOnlyError, twingraph.errors.DiskFullError
        The file cannot be opened.
    twingraph.errors.ServerUnreachableError, twingraph.errors.AuthenticationError, twingraph.errors.ServerTooOldError
        The server cannot be used.
    """
    # Engines are imported here, so that commands without an engine start quickly.
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
