"""Streaming XML parser for untrusted files: no entities, no external references, errors with their line."""

from typing import BinaryIO, Protocol
from xml.parsers import expat

from twingraph.errors import InputError
from twingraph.loaders.intake.files import unreadable

__all__ = ["Handler", "local", "parse_xml"]

DEEPEST = 200
"""Nesting depth; chosen by hand, network files nest fewer than ten."""
CHUNK = 1 << 16


class Handler(Protocol):
    """Receives elements as they are parsed."""

    line: int

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Handle the start of an element."""
        ...

    def end(self, tag: str, text: str) -> None:
        """Handle the end of an element with its own text."""
        ...


def local(name: str) -> str:
    """Return a name without its prefix: ``viz:position`` is ``position``."""
    return name.rpartition(":")[2]


def parse_xml(file: BinaryIO, name: str, handler: Handler, *, encoding: str | None = None) -> None:
    """Parse a document and pass its elements, without namespace prefixes, to `handler`.

    Entity declarations are refused: a few lines of them can expand to gigabytes, and external ones read other files. A
    bare document type is ignored. Nothing is fetched.

    Parameters
    ----------
    file
        Bytes.
    name
        The name used in messages.
    handler
        Its ``line`` is set to the current line.
    encoding
        Overrides the encoding that the document declares.

    Raises
    ------
    InputError
        The XML is not well-formed, is truncated, or declares entities.
    """
    try:
        parser = expat.ParserCreate(encoding)
    except (ValueError, LookupError) as error:
        raise InputError(f"there is no encoding called {encoding!r}", "Try utf-8 or windows-1251.") from error
    parser.buffer_text = True
    texts: list[list[str]] = [[]]

    def refuse(*_declared: object) -> int:
        raise InputError(
            "the file declares entities, which can include other files or expand without limit",
            "Remove the <!ENTITY …> lines, or save the network again from the program that wrote it.",
            file=name,
            line=parser.CurrentLineNumber,
        )

    def start(tag: str, attributes: dict[str, str]) -> None:
        if len(texts) > DEEPEST:
            raise InputError(
                f"elements are nested more than {DEEPEST} deep",
                "This is not a network file.",
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
        hint = "Download or save it again." if early else "Save the network again as UTF-8, or give its encoding."
        raise InputError(cause, hint, file=name, line=error.lineno) from error
    except (LookupError, ValueError) as error:  # the document declares an encoding that Python does not have
        raise InputError(
            f"the XML cannot be read ({error})", "Save it as UTF-8.", file=name, line=parser.CurrentLineNumber
        ) from error
    except OSError as error:
        raise unreadable(error, name) from error
