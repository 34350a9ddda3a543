"""Reading a page of Wikipedia: from its outline to records of the twins, their years and their status."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from twingraph.errors import ForeignFileError, InputError
from twingraph.graph.model import Kind, Status
from twingraph.loaders.identity import content_of
from twingraph.loaders.intake.files import SAVE_AS_UTF8, InputFile
from twingraph.loaders.places.model import PlaceQuery
from twingraph.loaders.problems import Problems
from twingraph.loaders.records import Page, PartnershipRecord
from twingraph.loaders.wikipedia.html import read_html
from twingraph.loaders.wikipedia.outline import Heading, Outline, Piece
from twingraph.loaders.wikipedia.status import (
    BRACKETED,
    NAME_END,
    find_heading_status,
    find_sentence_status,
    read_item,
    remove_names,
)
from twingraph.loaders.wikipedia.wikitext import read_wikitext
from twingraph.loaders.wikipedia.words import (
    code_of_flag,
    find_country,
    find_kind,
    find_list_area,
    is_about_twins,
    is_apparatus,
    is_town_of_twins,
)

__all__ = ["read_partnerships", "read_wikipedia"]

LONGEST_WORDS = 500


@dataclass(slots=True)
class _Section:
    """Facts from headings and lead sentences that apply to the items below."""

    depth: int
    counts: bool
    kind: Kind
    status: Status
    text: str = ""
    has_town: bool = False
    """Whether it or a section above it is of one town of a list."""


def read_partnerships(outline: Outline, problems: Problems, file: str) -> Iterator[PartnershipRecord]:
    """Yield a record for each twin that a page lists.

    On a page called "List of twin towns … in X" each bold name, each section of its own and each item with a list
    below it is a town, and the items below are its twins. On any other page the town is the page's title, and only
    sections about twin towns are read.

    Parameters
    ----------
    outline
        The page.
    problems
        Collects the items that name no town.
    file
        The name of the page in messages.
    """
    yield from _Reader(outline, problems, file).read()


class _Reader:
    def __init__(self, outline: Outline, problems: Problems, file: str) -> None:
        self.outline = outline
        self.problems = problems
        self.file = file
        self.page = Page(url=outline.url, title=outline.title or None) if outline.url else None
        self.listed = find_list_area(outline.title)
        self.home: PlaceQuery | None = None
        if self.listed is None and outline.title:
            self.home = PlaceQuery(name=outline.title, country=outline.country)
        top = _Section(1, self.listed is not None, Kind.TWIN_TOWN, Status.ACTIVE)
        self.sections = [top]
        self.lead = top
        self.group: tuple[int, str, str] | None = None  # depth of a heading item, its country and its text
        self.partner_depth = 0

    def read(self) -> Iterator[PartnershipRecord]:
        blocks = self.outline.blocks
        for block, following in zip(blocks, [*blocks[1:], None], strict=False):
            if isinstance(block, Heading):
                self.enter(block)
            elif self.sections[-1].counts:
                deeper = isinstance(following, Piece) and following.depth > block.depth
                yield from self.piece(block, heads_list=deeper)

    def enter(self, heading: Heading) -> None:
        while len(self.sections) > 1 and self.sections[-1].depth >= heading.depth:
            self.sections.pop()
        above = self.sections[-1]
        counts = (above.counts or is_about_twins(heading.text)) and not is_apparatus(heading.text)
        section = replace(above, depth=heading.depth, counts=counts, text=heading.text)
        if counts and heading.depth > 2 and self.names_town(heading.text, above, is_link=heading.is_link):
            self.home = self.town(heading.text, ())
            section.has_town = True
        else:
            status, _ = find_heading_status(heading.text)
            if status is Status.UNKNOWN:
                outcome = "status unknown where an item does not have its own"
                self.problems.add("current and former in one section", heading.text, outcome=outcome, file=self.file)
            section.kind, section.status = find_kind(heading.text) or above.kind, status or above.status
        self.sections.append(section)
        self.lead, self.group = section, None

    def names_town(self, text: str, section: _Section, *, is_link: bool) -> bool:
        """Return whether a heading or a line of a list is the name of a town.

        A word such as "Former" or "Friendship" is a name where no town is named above it.
        """
        if self.listed is None or (is_about_twins(text) and not is_town_of_twins(text)):
            return False
        if is_link:
            return True
        status, may_be_name = find_heading_status(text)
        if status is not None and not may_be_name:
            return False
        return not (section.has_town and (status is not None or find_kind(text) is not None))

    def piece(self, piece: Piece, *, heads_list: bool) -> Iterator[PartnershipRecord]:
        if self.group is not None and piece.depth <= self.group[0]:
            self.group = None
        if piece.depth == 0:
            self.paragraph(piece)
            return
        country = _country_of(piece)
        names_country = country is not None and not _places(piece)
        if heads_list and names_country and country is not None:
            self.group = (piece.depth, country, _written(piece))
        elif heads_list and self.listed is not None and not piece.flags:
            self.home, self.group = self.town(piece.text, piece.links), None
            self.lead = self.sections[-1]
        elif self.partner_depth and piece.depth > self.partner_depth and self.group is None and not self.listed:
            self.note("text under a twin", piece, "not read")
        else:
            self.partner_depth = piece.depth if self.listed is None else 0
            yield from self.twins(piece, country)

    def paragraph(self, piece: Piece) -> None:
        """Handle a town's name, or a sentence such as "X also cooperates with:"."""
        section = self.sections[-1]
        self.partner_depth = 0
        lone = len(piece.links) == 1 and piece.links[0][1] == piece.text
        if (piece.bold or lone) and self.names_town(piece.text, section, is_link=lone):
            self.home = self.town(piece.text, piece.links)
            self.lead, section.has_town = section, True
            return
        text = remove_names(piece.text, self.names(piece))
        kind, status = find_kind(text), find_sentence_status(text)
        if piece.text.endswith(":") or kind or status:
            kind, status = kind or section.kind, status or section.status
            self.lead = replace(section, counts=True, kind=kind, status=status, text=piece.text)

    def names(self, piece: Piece) -> list[str]:
        """Return the names in a piece: those of its links, and of the town."""
        home = [] if self.home is None else [self.home.name, *self.home.spellings]
        return [*home, *(shown for _, shown in piece.links if not shown.isdecimal())]

    def town(self, text: str, links: Sequence[tuple[str, str]]) -> PlaceQuery:
        country, region = self.listed or (None, None)
        name, shown = links[0] if links else (NAME_END.sub("", text), "")
        return _query(name, shown, country, region)

    def twins(self, piece: Piece, country: str | None) -> Iterator[PartnershipRecord]:
        """Yield the records of one item: one twin, or several of the country at its start."""
        if self.home is None:
            self.note("no town for a twin", piece, "item skipped")
            return
        country = country or (self.group[1] if self.group else None)
        places = _places(piece)
        several = len(places) > 1 and re.match(r"[^:,(]*:", piece.text) is not None and country is not None
        partners = [_query(*place, country, None) for place in places] if several else [_twin(piece, places, country)]
        names = self.names(piece)
        item = read_item(piece.text, names, is_row=piece.is_row)
        brackets = " ".join(BRACKETED.findall(piece.text))
        kind = find_kind(brackets) if brackets else None
        kind = (find_kind(remove_names(brackets, names)) if kind else None) or self.lead.kind
        for partner in partners:
            if partner is None:
                self.note("no twin named", piece, "item skipped")
                continue
            struck = any(name in text for text in piece.struck for name in (partner.name, *partner.spellings))
            status = item.status or (Status.TERMINATED if struck else self.lead.status)
            yield PartnershipRecord(
                row=piece.line,
                content=self.content(piece, self.home, partner if several else None),
                first=self.home,
                second=partner,
                kind=kind,
                status=status,
                since=item.since,
                until=item.until,
                words=piece.text.strip(" :")[:LONGEST_WORDS] or None,
                page=self.page,
                said_by="first",
            )

    def content(self, piece: Piece, home: PlaceQuery, one_of: PlaceQuery | None) -> bytes:
        """Return the identity of a twin: the town, the item, and the heading and the lines above that apply to it.

        `one_of` is the twin where the item has several.
        """
        return content_of(
            {
                "town": [home.name, *home.spellings],
                "partner": [one_of.name, *one_of.spellings] if one_of else (),
                "text": piece.text,
                "links": ["|".join(link) for link in piece.links],
                "flags": piece.flags,
                "struck": piece.struck,
                "heading": self.sections[-1].text,
                "lead": "" if self.lead is self.sections[-1] else self.lead.text,
                "group": self.group[2] if self.group else "",
            }
        )

    def note(self, cause: str, piece: Piece, outcome: str) -> None:
        self.problems.add(cause, piece.text[:120] or "an empty item", outcome=outcome, file=self.file, line=piece.line)


def _written(piece: Piece) -> str:
    return " ".join((piece.text, *piece.flags))


def _country_of(piece: Piece) -> str | None:
    """Return the country of an item, from its flag or its text."""
    if piece.flags:
        return code_of_flag(piece.flags[0])
    bare = BRACKETED.sub("", piece.text)
    words = [part.strip() for part in re.split(r"[,:]|\s[-–—]\s", bare)]
    named = (find_country(part) for part in (*reversed(words[1:]), words[0]))
    return next((name for name in named if name), None)


def _places(piece: Piece) -> list[tuple[str, str]]:
    """Return the links of an item, without those to countries."""
    return [(target, shown) for target, shown in piece.links if not (find_country(shown) or find_country(target))]


def _twin(piece: Piece, places: Sequence[tuple[str, str]], country: str | None) -> PlaceQuery | None:
    """Return the twin of an item: its first link if it starts with one, else its first words."""
    name = NAME_END.sub("", BRACKETED.sub("", piece.text)).strip()
    if places and (piece.text.startswith(places[0][1]) or not name or find_country(name)):
        return _query(*places[0], country, None)
    if not name or name == country or find_country(name):
        return None
    return _query(name, "", country, None)


def _query(name: str, shown: str, country: str | None, region: str | None) -> PlaceQuery:
    spellings = (shown,) if shown and shown != name else ()
    return PlaceQuery(name=name.strip(), country=country, region=region, spellings=spellings)


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
