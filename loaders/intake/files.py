"""A user's file, opened once: its first bytes, its packing, its encoding, and its content for a reader."""

import bz2
import codecs
import gzip
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from twingraph.errors import ForeignFileError, InputError

__all__ = ["SAVE_AS_UTF8", "Bundle", "InputFile", "open_input", "read_lines", "unreadable"]

SAVE_AS_UTF8 = (
    "Save the file as UTF-8 (in Excel: 'CSV UTF-8') and load it again, or name its encoding: --encoding windows-1252 "
    "(German, French), windows-1250 (Polish), windows-1251 (Ukrainian)."
)
MAX_BYTES = 4 << 30
"""Limit on the unpacked bytes of one file, chosen by hand; twenty million edges are a tenth of it."""
MAX_LINE_CHARS = 1 << 20
"""Limit on the characters of a line, chosen by hand."""
HEAD_BYTES = 1 << 16
"""The part of a file by which its form is recognised, chosen by hand."""
ENCODING_SAMPLE_LINES = 1000
"""Lines by which Cyrillic is detected, chosen by hand."""
MIN_CYRILLIC_SHARE = 0.8
"""Share of letters outside ASCII that must be in Cyrillic words, chosen by hand."""
FAULTS = (EOFError, gzip.BadGzipFile, lzma.LZMAError, zlib.error, tarfile.TarError)
PACKINGS = {b"\x1f\x8b": "gz", b"BZh": "bz2"}
ZIP = b"PK\x03\x04"
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CYRILLIC_WORD = re.compile("[Ѐ-ӿ]{3,}")
NON_ASCII = re.compile("[^\x00-\x7f]+")


class Bundle(dict[str, bytes | Path]):
    """The files of a folder or a tar archive by name: their paths, or their bytes."""


class InputFile:
    """A file or a folder that is open for reading.

    Only one stream of it is in use at a time: each call of `stream` rewinds the file.

    Attributes
    ----------
    path
        The path on disk, which is a temporary one for the member of an archive.
    name
        The name in messages.
    packing
        ``"gz"``, ``"bz2"``, or ``None``.
    head
        The first 64 KB, unpacked; empty for a folder.
    """

    def __init__(self, path: Path, name: str, raw: BinaryIO | None) -> None:
        self.path = path
        self.name = name
        self._raw = raw
        self.packing: str | None = None
        self.head = raw.read(HEAD_BYTES) if raw is not None else b""
        self.packing = next((packing for magic, packing in PACKINGS.items() if self.head.startswith(magic)), None)
        if self.packing is not None:
            self.head = self.stream().read(HEAD_BYTES)

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder."""
        return self._raw is None

    @cached_property
    def text(self) -> str:
        """The head as text; bytes that cannot be decoded become replacement characters."""
        utf16 = self.head[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}
        return self.head.decode("utf-16" if utf16 else "utf-8-sig", "replace")

    @cached_property
    def encoding(self) -> str:
        """The encoding of the text.

        A byte order mark decides; else it is UTF-8 if every line is; else Windows-1251 if the letters outside ASCII
        then form Cyrillic words (in Western European text they would be single accented letters). Text that is packed
        is taken as UTF-8.

        Raises
        ------
        InputError
            The file mixes encodings, or is in none of these.
        """
        if self.packing is not None:
            return "utf-8-sig"
        for mark, encoding in BYTE_ORDER_MARKS:
            if self.head.startswith(mark):
                return encoding
        if 0 in self.head[:2]:
            return "utf-16-be" if self.head[0] == 0 else "utf-16-le"
        return self._encoding_by_lines()

    def _encoding_by_lines(self) -> str:
        has_utf8 = False
        other: list[bytes] = []
        first_other = None
        for number, line in enumerate(self.stream(), start=1):
            if line.isascii():
                continue
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                first_other = first_other or number
                if len(other) < ENCODING_SAMPLE_LINES:
                    other.append(line)
            else:
                has_utf8 = True
        if first_other is None:
            return "utf-8"
        if has_utf8:
            cause = "the file mixes encodings: this line is not UTF-8, others are"
            raise InputError(cause, SAVE_AS_UTF8, file=self.name, line=first_other)
        text = b"".join(other).decode("windows-1251", errors="replace")
        in_words = sum(map(len, CYRILLIC_WORD.findall(text)))
        if in_words > MIN_CYRILLIC_SHARE * sum(map(len, NON_ASCII.findall(text))):
            return "windows-1251"
        raise InputError("the text is not UTF-8", SAVE_AS_UTF8, file=self.name, line=first_other)

    def stream(self) -> BinaryIO:
        """Return the unpacked bytes from the start.

        Raises
        ------
        InputError
            It is a folder or empty, or, while the bytes are read, it is damaged or too large.
        """
        if self._raw is None:
            raise unreadable(IsADirectoryError(), self.name)
        if not self.head:
            hint = "Give a table, a network, an answer of Wikidata or a page of Wikipedia."
            raise ForeignFileError("the file is empty", hint, file=self.name)
        self._raw.seek(0)
        if self.packing is None:
            return self._raw
        unpacked = gzip.GzipFile(fileobj=self._raw) if self.packing == "gz" else bz2.BZ2File(self._raw)
        return cast("BinaryIO", io.BufferedReader(_Bounded(cast("BinaryIO", unpacked), self.name), 1 << 16))

    @contextmanager
    def open_text(self, encoding: str | None = None, newline: str | None = None) -> Iterator[TextIO]:
        """Open the text from the start, in the detected encoding unless one is given.

        Raises
        ------
        InputError
            There is no such encoding, or the text is in another one.
        """
        encoding = encoding or self.encoding  # before the stream is taken: to detect it moves the stream
        with _decoded(self.stream(), self.name, encoding, newline) as text:
            yield text

    def lines(self, encoding: str | None = None, *, keep_ends: bool = False) -> Iterator[tuple[int, str]]:
        """Yield the lines with their numbers, see :func:`read_lines`."""
        encoding = encoding or self.encoding
        return read_lines(self.stream(), self.name, encoding, keep_ends=keep_ends)

    @cached_property
    def zip_members(self) -> frozenset[str] | None:
        """The names of the members of a zip file; ``None`` where it is none, or a damaged one."""
        if not self.head.startswith(ZIP):
            return None
        try:
            with zipfile.ZipFile(self.stream()) as archive:
                return frozenset(archive.namelist())
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            return None

    @cached_property
    def bundle(self) -> Bundle | None:
        """The files of a folder or a tar archive by their bare names, ``None`` where it is neither.

        Nothing of an archive is written to disk, and only its regular files are read.

        Raises
        ------
        InputError
            The archive is damaged, or its files are too large together.
        """
        if self.is_folder:
            try:
                return Bundle({each.name: each for each in sorted(self.path.iterdir()) if each.is_file()})
            except OSError as error:
                raise unreadable(error, self.name) from error
        if self.packing is None and self.head[257:262] != b"ustar":
            return None
        try:
            # The stream limits the unpacked size: a tar inside a bomb is stopped as a file is.
            with tarfile.open(fileobj=self.stream(), mode="r|") as archive:
                found = Bundle(
                    {
                        Path(member.name).name: content.read()
                        for member in archive
                        if member.isfile() and (content := archive.extractfile(member)) is not None
                    }
                )
                return found or None  # a file of zeros passes for an archive too
        except FAULTS as error:
            packed_file = isinstance(error, tarfile.ReadError | tarfile.HeaderError)
            if packed_file and "unexpected end" not in str(error):
                return None
            raise damaged(self.name) from error


@contextmanager
def open_input(path: Path, name: str | None = None) -> Iterator[InputFile]:
    """Open a file or a folder and read its head.

    Parameters
    ----------
    path
        The path on disk.
    name
        The name in messages, the path by default.

    Raises
    ------
    InputError
        It cannot be read, or is damaged.
    """
    name = name or str(path)
    if path.is_dir():
        yield InputFile(path, name, None)
        return
    try:
        with path.open("rb") as raw:
            yield InputFile(path, name, raw)
    except OSError as error:
        raise unreadable(error, name) from error


def read_lines(
    stream: BinaryIO, name: str, encoding: str = "utf-8-sig", *, keep_ends: bool = False
) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text with their numbers.

    Parameters
    ----------
    stream
        Bytes.
    name
        The name of the file in messages.
    encoding
        Their encoding.
    keep_ends
        Whether the line ends are kept as they are; else they are removed.

    Raises
    ------
    InputError
        The text cannot be decoded, has a line of more than a million characters, or a NUL byte.
    """
    number = 0
    with _decoded(stream, name, encoding, "" if keep_ends else None) as text:
        try:
            while line := text.readline(MAX_LINE_CHARS):
                number += 1
                if "\0" in line:
                    cause = "there is a NUL byte: this is no text file"
                    raise InputError(cause, "Fetch it again.", file=name, line=number)
                if len(line) == MAX_LINE_CHARS:
                    raise InputError("a line never ends", "This is no edge list.", file=name, line=number)
                yield number, line if keep_ends else line.rstrip("\r\n")
        except UnicodeError as error:
            raise InputError(f"the text is not {encoding}", SAVE_AS_UTF8, file=name, line=number + 1) from error


def unreadable(error: OSError, name: str) -> InputError:
    """Return the error for a file that the system does not let us read."""
    if isinstance(error, FileNotFoundError):
        return InputError("no such file", "Check the name and the folder.", file=name)
    if isinstance(error, IsADirectoryError):
        return InputError("this is a folder", "Name the file in it.", file=name)
    return InputError(f"cannot be read ({error.strerror})", "Check its permissions.", file=name)


def damaged(name: str) -> InputError:
    """Return the error for an archive that cannot be unpacked."""
    return InputError("the archive is damaged or cut off", "Fetch it again.", file=name)


@contextmanager
def _decoded(stream: BinaryIO, name: str, encoding: str, newline: str | None) -> Iterator[TextIO]:
    """Decode a stream, which stays open afterwards."""
    try:
        text = io.TextIOWrapper(stream, encoding=encoding, newline=newline)
    except LookupError as error:
        raise InputError(f"there is no encoding called {encoding!r}", "Try utf-8 or windows-1251.") from error
    try:
        yield text
    except UnicodeError as error:
        raise InputError(f"the text is not {encoding}", SAVE_AS_UTF8, file=name) from error
    finally:
        with suppress(ValueError):  # a reader that stopped early may find the file closed
            text.detach()


class _Bounded(io.RawIOBase):
    """A stream that raises an error once it has given more than `MAX_BYTES`."""

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
            raise damaged(self._name) from error
        except OSError as error:
            if error.errno is None:  # bz2 reports broken data so
                raise damaged(self._name) from error
            raise unreadable(error, self._name) from error
        self._seen += len(chunk)
        if self._seen > MAX_BYTES:
            raise InputError(
                f"it unpacks to more than {MAX_BYTES >> 30} GB", "Split it into smaller files.", file=self._name
            )
        view[: len(chunk)] = chunk
        return len(chunk)
