"""From wikitext to an outline."""

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath

import mwparserfromhell
from mwparserfromhell.nodes import Comment, ExternalLink, HTMLEntity, Node, Tag, Template, Text, Wikilink
from mwparserfromhell.nodes import Heading as WikiHeading
from mwparserfromhell.wikicode import Wikicode

from twingraph.loaders.wikipedia.outline import Heading, Outline, Piece

__all__ = ["is_wikitext", "read_wikitext"]

FLAG = re.compile(r"(?:flag|прап|drapeau|państwo|bandera|bandiera)", re.IGNORECASE)
CODE = re.compile(r"[A-Z]{3}(?:-\w+)?")
"""In many editions a template of three capitals shows a country's flag and name: ``{{UKR}}``."""
SHOWN = frozenset({"nowrap", "nobr", "small", "lang", "nobold", "nowraplinks", "center", "big", "не переносити"})
LINKED = frozenset({"ill", "interlanguage link", "не перекладено", "нп", "iw", "lien"})
NO_ARTICLE = re.compile(
    r"\s*:?\s*(?:file|image|category|файл|зображення|категорія|plik|kategoria|datei|kategorie|fichier|catégorie)\s*:",
    re.IGNORECASE,
)
COUNTRY_FIELDS = ("subdivision_name", "country", "країна", "państwo", "pays")
ITEM = "*#:"


def is_wikitext(head: str) -> bool:
    """Return whether a text is wikitext: headings between equals signs, and links or templates in brackets."""
    section = re.search(r"^={2,6}[^=\n].{0,300}={2,6}[ \t\r]*$", head, re.MULTILINE)
    marks = re.search(r"\[\[[^\[\]\n]{1,300}\]\]|\{\{[^{}\n]{1,300}\}\}", head)  # linear: a bracket ends the match
    return section is not None and marks is not None and "<html" not in head[:2000].lower()


def read_wikitext(text: str, name: str) -> Outline:
    """Return the outline of a page of wikitext. Its title is the file name: wikitext has none."""
    stem = PurePath(name).name
    for suffix in (".gz", ".wikitext", ".wiki", ".mediawiki", ".txt"):
        stem = stem.removesuffix(suffix)
    outline = Outline(title=stem.replace("_", " ").strip())
    code = mwparserfromhell.parse(text)
    outline.country = _country(code)
    outline.blocks.extend(_Reader().blocks(code))
    return outline


class _Reader:
    """Walks over the nodes of a page and assembles them line by line."""

    def __init__(self) -> None:
        self.line = 1
        self.piece = Piece(1)
        self.begun = False

    def blocks(self, code: Wikicode) -> Iterator[Heading | Piece]:
        for node in code.nodes:
            yield from self.block(node)
        yield from self.end()

    def block(self, node: Node) -> Iterator[Heading | Piece]:
        if isinstance(node, Text):
            first, *more = str(node.value).split("\n")
            self.add_text(first)
            for text in more:
                yield from self.end()
                self.line += 1
                self.piece.line = self.line
                self.add_text(text)
            return
        if isinstance(node, WikiHeading):
            yield from self.end()
            is_link = any(isinstance(each, Wikilink) for each in node.title.nodes)
            yield Heading(int(node.level), _plain(node.title.nodes), is_link)
        elif isinstance(node, Tag) and node.wiki_markup and str(node.wiki_markup) in ITEM and not self.begun:
            self.piece.depth += 1
        elif isinstance(node, Tag) and str(node.tag) == "table":
            yield from self.end()
            yield from self.rows(node)
        elif isinstance(node, Tag) and str(node.tag) == "div":
            yield from self.inside([node.contents])
            return
        elif isinstance(node, Template) and _holds_list(node):
            yield from self.inside([param.value for param in node.params])
            return
        else:
            _add(self.piece, [node])
            self.begun = self.begun or bool(self.piece.text.strip() or self.piece.flags)
        self.line += str(node).count("\n")

    def inside(self, contents: Iterable[Wikicode | None]) -> Iterator[Heading | Piece]:
        """Yield the blocks of a container with lines of its own, such as the columns of a list."""
        yield from self.end()
        for code in contents:
            for node in code.nodes if code is not None else ():
                yield from self.block(node)
            yield from self.end()

    def rows(self, table: Tag) -> Iterator[Piece]:
        for row in table.contents.filter_tags(matches=lambda tag: tag.tag == "tr"):
            cells = row.contents.filter_tags(matches=lambda tag: tag.tag == "td", recursive=False)
            if cells:
                piece = Piece(self.line, depth=1, is_row=True)
                for cell in cells:
                    _add(piece, cell.contents.nodes)
                    piece.text += ", "
                piece.text = piece.text.strip(" ,")
                yield piece.tidy()

    def add_text(self, text: str) -> None:
        self.piece.text += text
        self.begun = self.begun or bool(text.strip())

    def end(self) -> Iterator[Piece]:
        """Yield the line that is complete, if there is anything on it."""
        piece = self.piece.tidy()
        if piece.text or piece.links or piece.flags:
            yield piece
        self.piece, self.begun = Piece(self.line), False


def _add(piece: Piece, nodes: Iterable[Node]) -> None:
    for node in nodes:
        if isinstance(node, Text):
            piece.text += str(node.value)
        elif isinstance(node, HTMLEntity):
            piece.text += node.normalize()
        elif isinstance(node, Wikilink):
            _add_link(piece, str(node.title), _plain(node.text.nodes) if node.text else "")
        elif isinstance(node, ExternalLink):
            piece.text += _plain(node.title.nodes) if node.title else ""
        elif isinstance(node, Template):
            _add_template(piece, node)
        elif isinstance(node, Tag):
            _add_tag(piece, node)
        elif not isinstance(node, Comment):
            piece.text += ""


def _add_tag(piece: Piece, tag: Tag) -> None:
    name = str(tag.tag).lower()
    if name in {"ref", "gallery", "style", "sup", "table"} or tag.contents is None:
        piece.text += " " if name == "br" else ""
        return
    before = len(piece.text)
    if name == "b" and not piece.text.strip():
        piece.bold = True
    _add(piece, tag.contents.nodes)
    if name in {"s", "del", "strike"}:
        piece.struck.append(piece.text[before:])


def _add_template(piece: Piece, template: Template) -> None:
    name = " ".join(str(template.name).split()).lower().replace("_", " ")
    values = [_plain(param.value.nodes) for param in template.params if not param.showkey]
    if FLAG.match(name) and values:
        piece.flags.append(values[0])
    elif CODE.fullmatch(str(template.name).strip()):
        piece.flags.append(str(template.name).strip())
    elif name in LINKED and values:
        _add_link(piece, values[0], values[-1] if len(values) > 2 else "")
    elif name in SHOWN and values:
        _add(piece, template.params[-1].value.nodes)


def _add_link(piece: Piece, target: str, shown: str) -> None:
    if NO_ARTICLE.match(target):
        return
    target = target.partition("#")[0].strip().replace("_", " ")
    text = shown.strip() or target
    piece.text += text
    if target:
        piece.links.append((target, text))


def _plain(nodes: Iterable[Node]) -> str:
    piece = Piece(0)
    _add(piece, nodes)
    return piece.tidy().text


def _holds_list(template: Template) -> bool:
    return any(re.search(r"^\s*\*", str(param.value), re.MULTILINE) for param in template.params)


def _country(code: Wikicode) -> str | None:
    """Return the country of an infobox."""
    for template in code.filter_templates(recursive=False):
        for field in COUNTRY_FIELDS:
            if template.has(field):
                piece = Piece(0)
                _add(piece, template.get(field).value.nodes)
                named = piece.flags or [target for target, _ in piece.links] or [piece.tidy().text]
                if named[0].strip():
                    return named[0].strip()
    return None
