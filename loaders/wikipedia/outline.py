"""A page as its headings, paragraphs and list items, whichever way it was saved."""

import re
from dataclasses import dataclass, field

__all__ = ["Heading", "Outline", "Piece"]


@dataclass(slots=True)
class Heading:
    """A heading: its depth (2 is a section) and its text."""

    depth: int
    text: str


@dataclass(slots=True)
class Piece:
    """A paragraph, a list item, or a row of a table.

    Attributes
    ----------
    line
        Where it stands; in HTML, which has no lines of its own, its number among the pieces.
    depth
        How deep the item lies in lists; 0 is a paragraph.
    text
        Plain text without footnotes and flags.
    links
        Target and shown text of each link to an article, in order.
    flags
        The countries whose flags are shown, as written there.
    bold
        Whether it is, or begins with, bold text.
    struck
        The parts of `text` that are struck through.
    """

    line: int
    depth: int = 0
    text: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    bold: bool = False
    struck: list[str] = field(default_factory=list)

    def tidy(self) -> "Piece":
        """Return it with single spaces, and without what footnotes, flags and empty cells leave behind."""
        text = " ".join(self.text.replace("\xa0", " ").split())
        self.text = re.sub(r"\s*,(?:\s*,)*", ",", text).strip(" ,;")
        return self


@dataclass(slots=True)
class Outline:
    """A page.

    Attributes
    ----------
    title
        Its title, where the page or its file name tells.
    url
        Its address, where the page tells.
    parts
        Headings and pieces in order.
    country
        The country that the article's facts box or short description names.
    """

    title: str = ""
    url: str | None = None
    parts: list[Heading | Piece] = field(default_factory=list)
    country: str | None = None
