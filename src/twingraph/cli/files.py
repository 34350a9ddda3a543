"""Where a result is written: standard output, or a file that is complete or does not exist."""

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
    """Check before a long computation that a file can be written.

    Parameters
    ----------
    path
        The file that will be written.
    force
        Whether an existing file may be replaced.

    Raises
    ------
    OutputError
        Its folder does not exist, it is a folder, or it exists and `force` is false.
    """
    with _translate_os_errors(path):
        is_folder, has_folder, is_file = path.is_dir(), path.parent.is_dir(), path.is_file()
    if is_folder:
        raise OutputError(f"{path} is a folder.", "Give the name of a file in it.")
    if not has_folder:
        raise OutputError(f"There is no folder {path.parent}.", f"Create it: mkdir -p {path.parent}.")
    if is_file and not force:
        raise OutputError(f"{path} exists already.", "Add --force to overwrite it, or give another name.")


@contextlib.contextmanager
def open_output(path: Path | None, *, force: bool = False) -> Iterator[TextIO]:
    """Open a UTF-8 text stream for the result.

    A file is written under another name and renamed when the block has ended without an error. A device or a pipe
    (``/dev/stdout``) is written directly.

    Parameters
    ----------
    path
        The file, or ``None`` for standard output.
    force
        Whether an existing file may be replaced.

    Yields
    ------
    TextIO
        A stream that does not change line ends.

    Raises
    ------
    OutputError
        The file cannot be written there.
    DiskFullError
        The disk is full.
    """
    if path is None:
        with stdout_utf8() as stream:
            yield stream
        return
    check_output(path, force=force)
    place = path.resolve()  # a link stays a link
    if place.exists() and not place.is_file():
        with _translate_os_errors(path), place.open("w", encoding="utf-8", newline="") as stream:
            yield stream
        return
    draft = place.with_name(f".{place.name[:40]}.{secrets.token_hex(4)}.part")
    with _translate_os_errors(path):
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with _translate_os_errors(path):
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="", errors="replace") as stream:
                yield stream
            if place.exists():
                draft.chmod(stat.S_IMODE(place.stat().st_mode))
            draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)


@contextlib.contextmanager
def stdout_utf8() -> Iterator[TextIO]:
    """Open standard output as UTF-8 in any locale: programs read CSV and JSON."""
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
        with contextlib.suppress(OSError):  # the reader has closed it, which was reported above
            stream.detach()


@contextlib.contextmanager
def _translate_os_errors(path: Path) -> Iterator[None]:
    """Raise our errors for a failed write."""
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
