"""A page as headings, paragraphs and list items, independent of its markup."""

import re
from dataclasses import dataclass, field

__all__ = ["Heading", "Outline", "Piece"]


@dataclass(slots=True)
class Heading:
    """A heading: its depth (2 is a section), its text, and whether it links to an article."""

    depth: int
    text: str
    is_link: bool = False


@dataclass(slots=True)
class Piece:
    """A paragraph, a list item, or a row of a table.

    Attributes
    ----------
    line
        Its line in wikitext; in HTML, its number among the pieces.
    depth
        Nesting level of the list item; 0 is a paragraph.
    text
        Plain text without footnotes and flags.
    links
        Target and shown text of each link to an article, in order.
    flags
        The countries of the flags, as written.
    bold
        Whether it starts with bold text.
    struck
        The parts of `text` that are struck through.
    is_row
        Whether it is a row of a table.
    """

    line: int
    depth: int = 0
    text: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    bold: bool = False
    struck: list[str] = field(default_factory=list)
    is_row: bool = False

    def tidy(self) -> "Piece":
        """Normalise spaces and commas in place, and return the piece."""
        text = " ".join(self.text.replace("\xa0", " ").split())
        self.text = re.sub(r"\s*,(?:\s*,)*", ",", text).strip(" ,;")
        return self


@dataclass(slots=True)
class Outline:
    """A page.

    Attributes
    ----------
    title
        Its title, from the page or the file name.
    url
        Its canonical address, if the page has one.
    blocks
        Headings and pieces in order.
    country
        The country in the article's infobox or short description.
    """

    title: str = ""
    url: str | None = None
    blocks: list[Heading | Piece] = field(default_factory=list)
    country: str | None = None
