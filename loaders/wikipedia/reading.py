"""Reading a page of Wikipedia: from bytes to records."""

from twingraph.errors import ForeignFileError, InputError
from twingraph.loaders.intake.files import SAVE_AS_UTF8, InputFile
from twingraph.loaders.problems import Problems
from twingraph.loaders.records import PartnershipRecord
from twingraph.loaders.wikipedia.html import read_html
from twingraph.loaders.wikipedia.partnerships import read_partnerships
from twingraph.loaders.wikipedia.wikitext import read_wikitext

__all__ = ["read_wikipedia"]

MOST_BYTES = 32 << 20
"""About ten times the longest page of Wikipedia."""


def read_wikipedia(file: InputFile, problems: Problems) -> tuple[PartnershipRecord, ...]:
    """Read the twins that a page lists.

    Raises
    ------
    InputError
        The page is too long, is not UTF-8, or lists no twin.
    """
    name = file.name
    content = file.stream().read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise InputError("the page is larger than 32 MB", "Save a single page.", file=name)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("the page is not UTF-8", SAVE_AS_UTF8, file=name) from error
    outline = read_html(text) if text.lstrip().startswith("<") else read_wikitext(text, name)
    records = tuple(read_partnerships(outline, problems, name))
    if not records:
        raise ForeignFileError(
            "the page lists no twin towns",
            "Save the page that has the list: a section such as 'Twin towns', or a page 'List of twin towns … in …'.",
            file=name,
        )
    return records
