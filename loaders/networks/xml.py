"""XML from strangers, read in a stream: no entities, nothing fetched, every fault with its line."""

from typing import BinaryIO, Protocol
from xml.parsers import expat

from twingraph.errors import InputError
from twingraph.loaders.intake.encodings import unreadable

__all__ = ["Handler", "local", "parse_xml"]

DEEPEST = 200
"""Elements in elements; networks nest a handful."""
CHUNK = 1 << 16


class Handler(Protocol):
    """Somebody who is told of elements as they are read."""

    line: int

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        ...

    def end(self, tag: str, text: str) -> None:
        """End an element that holds `text` directly."""
        ...


def local(name: str) -> str:
    """Return a name without its prefix: ``viz:position`` is ``position``."""
    return name.rpartition(":")[2]


def parse_xml(file: BinaryIO, name: str, handler: Handler, *, encoding: str | None = None) -> None:
    """Read a document and tell `handler` of its elements, by their names without prefixes.

    Entities of the document's own are refused, since a few lines of them can grow to gigabytes, and so are those of
    other files. A bare document type is passed over; nothing is ever fetched.

    Parameters
    ----------
    file
        Bytes.
    name
        What messages call it.
    handler
        Its ``line`` is kept at the line being read.
    encoding
        The encoding, where the user knows better than the document.

    Raises
    ------
    InputError
        It is no well-formed XML, ends early, or declares entities.
    """
    try:
        parser = expat.ParserCreate(encoding)
    except (ValueError, LookupError) as error:
        raise InputError(f"there is no encoding called {encoding!r}", "Try utf-8 or windows-1251.") from error
    parser.buffer_text = True
    texts: list[list[str]] = [[]]

    def refuse(*_declared: object) -> int:
        raise InputError(
            "the file declares entities, which can hide other files or grow without end",
            "Take the <!ENTITY …> lines out, or save the network anew from the program that made it.",
            file=name,
            line=parser.CurrentLineNumber,
        )

    def start(tag: str, attributes: dict[str, str]) -> None:
        if len(texts) > DEEPEST:
            raise InputError(
                f"elements are nested more than {DEEPEST} deep",
                "This is no network file.",
                file=name,
                line=parser.CurrentLineNumber,
            )
        texts.append([])
        handler.line = parser.CurrentLineNumber
        handler.start(local(tag), attributes)

    def end(tag: str) -> None:
        handler.line = parser.CurrentLineNumber
        handler.end(local(tag), "".join(texts.pop()))

    def characters(text: str) -> None:
        texts[-1].append(text)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    try:
        while chunk := file.read(CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        early = error.code in {
            expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],
            expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
        }
        cause = "the file ends early" if early else f"the XML cannot be read ({expat.errors.messages[error.code]})"
        hint = "Fetch or save it anew." if early else "Save the network anew as UTF-8, or name its encoding."
        raise InputError(cause, hint, file=name, line=error.lineno) from error
    except (LookupError, ValueError) as error:  # the document names an encoding that Python lacks
        raise InputError(
            f"the XML cannot be read ({error})", "Save it as UTF-8.", file=name, line=parser.CurrentLineNumber
        ) from error
    except OSError as error:
        raise unreadable(error, name) from error
