"""In which encoding a text file is written."""

import codecs
import re
from pathlib import Path

from twingraph.errors import ForeignFileError, InputError

__all__ = ["SAVE_AS_UTF8", "detect_encoding", "unreadable"]

SAVE_AS_UTF8 = (
    "Save the file as UTF-8 (in Excel: 'CSV UTF-8') and load it again, or name its encoding: --encoding windows-1252 "
    "(German, French), windows-1250 (Polish), windows-1251 (Ukrainian)."
)
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DOCUMENTS = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rt": "a text document (RTF)",
}
CYRILLIC_WORD = re.compile("[Ѐ-ӿ]{3,}")
ACCENTED = re.compile("[^\x00-\x7f]+")


def detect_encoding(path: Path, name: str) -> str:
    """Tell the encoding of a text file.

    A byte order mark decides; else UTF-8, if every line is; else Windows-1251, if its letters then stand in Cyrillic
    words (in Western European text they would be lone accents).

    Parameters
    ----------
    path
        The file.
    name
        What messages call it.

    Raises
    ------
    InputError
        The file cannot be read, mixes encodings, or is in none of these.
    """
    utf8_lines = 0
    other: list[bytes] = []
    first_other = None
    try:
        with path.open("rb") as file:
            head = file.read(4)
            for mark, encoding in BYTE_ORDER_MARKS:
                if head.startswith(mark):
                    return encoding
            if 0 in head[:2]:
                return "utf-16-be" if head[0] == 0 else "utf-16-le"
            _refuse_document(head, name)
            file.seek(0)
            for number, line in enumerate(file, start=1):
                if line.isascii():
                    continue
                try:
                    line.decode("utf-8")
                except UnicodeDecodeError:
                    first_other = first_other or number
                    if len(other) < 1000:
                        other.append(line)
                else:
                    utf8_lines += 1
    except OSError as error:
        raise unreadable(error, name) from error
    if first_other is None:
        return "utf-8"
    if utf8_lines:
        cause = "the file mixes encodings: this line is not UTF-8, others are"
        raise InputError(cause, SAVE_AS_UTF8, file=name, line=first_other)
    text = b"".join(other).decode("windows-1251", errors="replace")
    in_words = sum(map(len, CYRILLIC_WORD.findall(text)))
    if in_words > 0.8 * sum(map(len, ACCENTED.findall(text))):
        return "windows-1251"
    raise InputError("the text is not UTF-8", SAVE_AS_UTF8, file=name, line=first_other)


def _refuse_document(head: bytes, name: str) -> None:
    what = next((what for mark, what in DOCUMENTS.items() if head.startswith(mark)), None)
    if what is not None:
        hint = "Copy its table into a spreadsheet, and save that as XLSX or CSV."
        raise ForeignFileError(f"this is {what}, and no table", hint, file=name)


def unreadable(error: OSError, name: str) -> InputError:
    """Return the told error for a file that the system does not let us read."""
    if isinstance(error, FileNotFoundError):
        return InputError("no such file", "Check the name and the folder.", file=name)
    if isinstance(error, IsADirectoryError):
        return InputError("this is a folder", "Name the file in it.", file=name)
    return InputError(f"cannot be read ({error.strerror})", "Check its permissions.", file=name)
