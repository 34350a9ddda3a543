"""Where a result goes: standard output, or a file that is there whole or not at all."""

import contextlib
import errno
import io
import os
import secrets
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO, cast

from twingraph.errors import DiskFullError, OutputError

__all__ = ["check_output", "open_output", "stdout_utf8"]


def check_output(path: Path, *, force: bool) -> None:
    """Refuse early what could not be written late: before a long query, not after it.

    Parameters
    ----------
    path
        The file that will be written.
    force
        Whether a file that is there may be replaced.

    Raises
    ------
    OutputError
        Its folder does not exist, it is a folder, or it exists and `force` is false.
    """
    with _told(path):
        is_folder, has_folder, is_file = path.is_dir(), path.parent.is_dir(), path.is_file()
    if is_folder:
        raise OutputError(f"{path} is a folder.", "Give the name of a file in it.")
    if not has_folder:
        raise OutputError(f"There is no folder {path.parent}.", f"Make it (mkdir -p {path.parent}), then run it again.")
    if is_file and not force:
        raise OutputError(f"{path} exists already.", "Add --force to overwrite it, or give another name.")


@contextlib.contextmanager
def open_output(path: Path | None, *, force: bool = False) -> Iterator[TextIO]:
    """Open a UTF-8 text stream for the result.

    A file is written beside its place and moved there when the block ends well, so that nobody ever sees half of it.
    A device or a pipe (``/dev/stdout``) is written as it is.

    Parameters
    ----------
    path
        The file, or ``None`` for standard output.
    force
        Whether a file that is there may be replaced.

    Yields
    ------
    TextIO
        A stream that leaves line ends as they are written.

    Raises
    ------
    OutputError
        The file cannot be written there.
    DiskFullError
        No room is left.
    """
    if path is None:
        with stdout_utf8() as stream:
            yield stream
        return
    check_output(path, force=force)
    place = path.resolve()  # a link stays a link
    if place.exists() and not place.is_file():
        with _told(path), place.open("w", encoding="utf-8", newline="") as stream:
            yield stream
        return
    draft = place.with_name(f".{place.name[:40]}.{secrets.token_hex(4)}.part")
    with _told(path):
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with _told(path):
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="", errors="replace") as stream:
                yield stream
            if place.exists():
                draft.chmod(stat.S_IMODE(place.stat().st_mode))
            draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)


@contextlib.contextmanager
def stdout_utf8() -> Iterator[TextIO]:
    """Give standard output as a UTF-8 stream, whatever the locale: CSV and JSON are read by programs."""
    stdout = sys.stdout
    buffer = getattr(stdout, "buffer", None)
    if buffer is None:
        yield stdout
        return
    stdout.flush()
    stream = io.TextIOWrapper(
        cast("io.BufferedWriter", buffer), encoding="utf-8", errors="replace", newline="", write_through=False
    )
    try:
        yield stream
        stream.flush()
    finally:
        with contextlib.suppress(OSError):  # a reader that left has been told of above
            stream.detach()


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn the system's word for a failed write into ours."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise DiskFullError(
                f"No room is left for {path}.", "Free some space or write elsewhere; nothing was left behind."
            ) from error
        if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
            raise OutputError(
                f"{path} cannot be written: {_reason(error)}.", "Choose a folder that you may write to."
            ) from error
        raise OutputError(f"{path} cannot be written: {_reason(error)}.", "Choose another place.") from error


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
