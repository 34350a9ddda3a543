"""Where a result is written: standard output, or a file that is complete or does not exist."""

import contextlib
import errno
import io
import os
import secrets
import stat
import sys
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TextIO, cast

from twingraph.errors import DiskFullError, OutputError

__all__ = ["check_output", "file_named", "format_of_file", "open_output", "stdout_utf8"]

_STANDARD_OUTPUT = frozenset({"-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"})


def file_named(path: Path | None) -> Path | None:
    """Return the file that the user means; ``None`` for standard output, which a shell may have sent to a file."""
    return None if path is None or str(path) in _STANDARD_OUTPUT else path


def format_of_file[F: StrEnum](
    path: Path | None, endings: Mapping[str, F], chosen: str | None, *, option: str | None = None
) -> F | None:
    """Return the format of a file, which its ending and the option must agree on.

    A device, a pipe and a name without an ending can have any format.

    Parameters
    ----------
    path
        The file, or ``None`` for standard output.
    endings
        The endings that the command writes, in lower case, each with its format.
    chosen
        The value of the option, if it is given.
    option
        The option that chooses the format, such as ``--format``, if the command has one.

    Returns
    -------
    StrEnum or None
        The format; ``None`` if neither determines it.

    Raises
    ------
    OutputError
        The command writes no file with this ending, or the option contradicts it.
    """
    formats = {each.value: each for each in endings.values()}
    asked = formats[chosen] if chosen is not None else None
    ending = "" if path is None or _is_device(path) else path.suffix.lower()
    if not ending:
        return asked
    if ending not in endings:
        names = list(endings)
        works = f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0]
        raise OutputError(f"This command writes no {ending} file: {path}.", f"Let the name end in {works}.")
    if asked is not None and asked is not endings[ending]:
        fitting = next(name for name, each in endings.items() if each is asked)
        raise OutputError(
            f"{path} is the name of a {ending} file, but {option} is {asked.value}.",
            f"Let the name end in {fitting}, or leave {option} out.",
        )
    return endings[ending]


def _is_device(path: Path) -> bool:
    with _translate_os_errors(path):
        return path.exists() and not path.is_file()


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
    if _is_device(path):
        with _translate_os_errors(path), path.open("w", encoding="utf-8", newline="") as stream:
            yield stream
        return
    place = path.resolve()  # a link stays a link
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
