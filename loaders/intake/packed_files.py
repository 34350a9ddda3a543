"""Network files as bytes and as lines, packed or not; a bomb is stopped by its size."""

import bz2
import gzip
import io
import lzma
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from twingraph.errors import ForeignFileError, InputError
from twingraph.loaders.intake.encodings import SAVE_AS_UTF8, detect_encoding, unreadable

__all__ = ["Bundle", "Head", "is_packed", "lines", "open_bundle", "open_bytes", "packing", "read_head"]

MOST_BYTES = 4 << 30
"""Unpacked bytes of one file; twenty million edges are a tenth of that."""
LONGEST_LINE = 1 << 20
HEAD = 1 << 16
"""How much of a file tells its form."""
FAULTS = (EOFError, gzip.BadGzipFile, lzma.LZMAError, zlib.error, tarfile.TarError)
MAGIC = {b"\x1f\x8b": "gz", b"BZh": "bz2"}


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a file.

    Attributes
    ----------
    content
        Its first bytes, unpacked.
    packed
        Whether the file is packed with gzip or bzip2.
    """

    content: bytes
    packed: bool

    @property
    def text(self) -> str:
        """The beginning as UTF-8; what is none stands as replacement characters."""
        return self.content.decode("utf-8-sig", "replace")

    @property
    def may_be_bundle(self) -> bool:
        """Whether the file may be a tar archive."""
        return self.packed or _is_tar(self.content)


class Bundle(dict[str, bytes | Path]):
    """The files of a folder or an archive, by name: where they lie, or their bytes."""


class _Bounded(io.RawIOBase):
    """A stream that ends in an error where it holds too much."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream = stream
        self._name = name
        self._seen = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = cast("memoryview", buffer)
        try:
            chunk = self._stream.read(len(view))
        except FAULTS as error:
            raise InputError("the archive is damaged or cut off", "Fetch it anew.", file=self._name) from error
        except OSError as error:
            if error.errno is None:  # what bz2 says of broken data
                raise InputError("the archive is damaged or cut off", "Fetch it anew.", file=self._name) from error
            raise unreadable(error, self._name) from error
        self._seen += len(chunk)
        if self._seen > MOST_BYTES:
            raise InputError(f"it unpacks to more than {MOST_BYTES >> 30} GB", "Split it.", file=self._name)
        view[: len(chunk)] = chunk
        return len(chunk)


def packing(head: bytes) -> str | None:
    """Return by what a file is packed that begins so: ``gz``, ``bz2``, or ``None``."""
    return next((packed for magic, packed in MAGIC.items() if head.startswith(magic)), None)


def is_packed(path: Path) -> bool:
    """Tell whether a file is packed with gzip or bzip2."""
    with path.open("rb") as file:
        return packing(file.read(3)) is not None


@contextmanager
def open_bytes(path: Path, name: str) -> Iterator[BinaryIO]:
    """Open a file, unpacking gzip and bzip2.

    Raises
    ------
    InputError
        It cannot be read, is empty, damaged, or too large when unpacked.
    """
    try:
        with path.open("rb") as file:
            head = file.read(3)
            if not head:
                hint = "Give a table, a network, an answer of Wikidata or a page of Wikipedia."
                raise ForeignFileError("the file is empty", hint, file=name)
            file.seek(0)
            packed = packing(head)
            inner: BinaryIO = file
            if packed == "gz":
                inner = cast("BinaryIO", gzip.GzipFile(fileobj=file))
            elif packed == "bz2":
                inner = cast("BinaryIO", bz2.BZ2File(file))
            yield cast("BinaryIO", io.BufferedReader(_Bounded(inner, name), 1 << 16)) if packed else inner
    except OSError as error:
        raise unreadable(error, name) from error


def read_head(path: Path) -> Head:
    """Return the beginning of a file.

    Raises
    ------
    InputError
        It cannot be read, is empty or damaged.
    """
    with open_bytes(path, str(path)) as file:
        return Head(file.read(HEAD), packed=isinstance(file, io.BufferedReader) and isinstance(file.raw, _Bounded))


def lines(
    file: BinaryIO, name: str, encoding: str | None, path: Path | None = None, *, ends: bool = False
) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text with their numbers.

    Parameters
    ----------
    file
        Bytes.
    name
        What messages call it.
    encoding
        The encoding, where the user names it.
    path
        The file itself, where it is not packed: then its encoding is found out.
    ends
        Leave line ends as they are; else they are taken off.

    Raises
    ------
    InputError
        The text cannot be decoded, a line is endless, or it is no text.
    """
    found = encoding or (detect_encoding(path, name) if path is not None else "utf-8-sig")
    try:
        text = io.TextIOWrapper(file, encoding=found, newline="" if ends else None)
    except LookupError as error:
        raise InputError(f"there is no encoding called {encoding!r}", "Try utf-8 or windows-1251.") from error
    number = 0
    try:
        while line := text.readline(LONGEST_LINE):
            number += 1
            if "\0" in line:
                raise InputError("there is a NUL byte: this is no text file", "Fetch it anew.", file=name, line=number)
            if len(line) == LONGEST_LINE:
                raise InputError("a line never ends", "This is no edge list.", file=name, line=number)
            yield number, line if ends else line.rstrip("\r\n")
    except UnicodeError as error:
        cause = f"the text is not {found}"
        raise InputError(cause, SAVE_AS_UTF8, file=name, line=number + 1) from error
    finally:
        with suppress(ValueError):  # whoever stops reading early may have closed the file
            text.detach()


def open_bundle(path: Path, name: str) -> Bundle | None:
    """Return the files of a folder or a tar archive, ``None`` where `path` is neither.

    Nothing of an archive is written to disk, and only its plain files are looked at, by their bare names.

    Raises
    ------
    InputError
        The archive is damaged, or its files are too large together.
    """
    if path.is_dir():
        try:
            return Bundle({each.name: each for each in sorted(path.iterdir()) if each.is_file()})
        except OSError as error:
            raise unreadable(error, name) from error
    try:
        with path.open("rb") as file:
            head = file.read(265)
        if packing(head) is None and not _is_tar(head):
            return None
        # The size is bounded on the compressed side's output: a tar inside a bomb is stopped as a file is.
        with open_bytes(path, name) as stream, tarfile.open(fileobj=stream, mode="r|") as archive:
            found = Bundle(
                {
                    Path(member.name).name: content.read()
                    for member in archive
                    if member.isfile() and (content := archive.extractfile(member)) is not None
                }
            )
            return found or None  # nothing but zeros passes for an archive too
    except (tarfile.ReadError, tarfile.HeaderError) as error:
        if "unexpected end" in str(error):
            raise InputError("the archive is damaged or cut off", "Fetch it anew.", file=name) from error
        return None  # a packed file of one network
    except FAULTS as error:
        raise InputError("the archive is damaged or cut off", "Fetch it anew.", file=name) from error
    except OSError as error:
        raise unreadable(error, name) from error


def _is_tar(head: bytes) -> bool:
    return head[257:262] == b"ustar"
