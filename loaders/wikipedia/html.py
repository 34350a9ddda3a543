"""From a saved HTML page to an outline."""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from twingraph.loaders.wikipedia.outline import Heading, Outline, Piece

__all__ = ["is_wikipedia_html", "read_html"]

IGNORED_ELEMENTS = (
    "script, style, noscript, sup.reference, .mw-editsection, .navbox, .hatnote, .reflist, .mw-cite-backlink, "
    ".catlinks, "
    ".toc, #toc, .vector-toc, .sidebar, .metadata, .shortdescription, .noprint, .printfooter, nav, footer"
)
HEADING = re.compile(r"h([2-6])")
FLAG_CLASSES = ("flagicon", "flag", "drapeau", "flaga", "прапор")
TITLE_END = re.compile(r"\s+[-–—]\s+(?:Wikipedia|Вікіпедія|Wikipédia).*$", re.DOTALL)
DEEPEST = 60


def is_wikipedia_html(head: str) -> bool:
    """Return whether a text is a saved page of a wiki."""
    start = head[:4000].lower()
    return "<html" in start and ("mediawiki" in head.lower() or "mw-" in head or "wikipedia" in head.lower())


def read_html(text: str) -> Outline:
    """Return the outline of a saved page."""
    tree = LexborHTMLParser(text)
    outline = Outline(title=_title(tree), url=_url(tree))
    short = tree.css_first(".shortdescription")
    if short is not None:
        outline.country = short.text().rpartition(",")[2].rpartition(" in ")[2].strip() or None
    for node in tree.css(IGNORED_ELEMENTS):
        node.decompose()
    body = tree.css_first("#mw-content-text") or tree.css_first("main") or tree.body
    if body is not None:
        outline.blocks.extend(_Walker().blocks(body))
    return outline


class _Walker:
    def __init__(self) -> None:
        self.count = 0

    def blocks(self, node: LexborNode, depth: int = 0, deep: int = 0) -> Iterator[Heading | Piece]:
        """Yield headings, paragraphs, items and rows below a node; nested lists follow their item."""
        if deep > DEEPEST:
            return
        for child in node.iter():
            tag = child.tag or ""
            heading = HEADING.fullmatch(tag)
            if heading:
                is_link = any(_article(link) for link in child.css("a"))
                yield Heading(int(heading[1]), " ".join(child.text().split()), is_link)
            elif tag in {"p", "dt"}:
                yield from self.piece(child, 0)
            elif tag in {"li", "dd"}:
                yield from self.piece(child, depth)
                yield from self.blocks(child, depth, deep + 1)
            elif tag == "tr":
                yield from self.row(child)
            elif tag in {"ul", "ol", "dl"}:
                yield from self.blocks(child, depth + 1, deep + 1)
            elif tag not in {"a", "b", "i", "span"}:
                yield from self.blocks(child, depth, deep + 1)

    def piece(self, node: LexborNode, depth: int) -> Iterator[Piece]:
        self.count += 1
        piece = Piece(self.count, depth)
        _add(piece, node, 0)
        piece.tidy()
        if piece.text or piece.links or piece.flags:
            yield piece

    def row(self, node: LexborNode) -> Iterator[Piece]:
        cells = [child for child in node.iter() if child.tag == "td"]
        if not cells:
            return
        self.count += 1
        piece = Piece(self.count, 1, is_row=True)
        for cell in cells:
            _add(piece, cell, 0)
            piece.text += ", "
        piece.text = piece.text.strip(" ,")
        yield piece.tidy()


def _add(piece: Piece, node: LexborNode, deep: int) -> None:
    if deep > DEEPEST:
        return
    for child in node.iter(include_text=True):
        tag = child.tag or ""
        if tag == "-text":
            piece.text += child.text(deep=False)
        elif tag in {"ul", "ol", "dl", "table"}:
            continue
        elif tag == "br":
            piece.text += " "
        elif tag == "img":
            _add_flag(piece, child)
        elif tag == "a" and (article := _article(child)):
            shown = child.text().strip()
            if shown:
                piece.text += child.text()
                piece.links.append((article, shown))
            else:
                _add(piece, child, deep + 1)
        else:
            before = len(piece.text)
            if tag in {"b", "strong"} and not piece.text.strip():
                piece.bold = True
            _add(piece, child, deep + 1)
            if tag in {"s", "del", "strike"}:
                piece.struck.append(piece.text[before:])


def _add_flag(piece: Piece, image: LexborNode) -> None:
    """Add the country of a flag: the alternative text of its image, or the name of its file."""
    text = (image.attributes.get("alt") or "").strip()
    source = unquote(image.attributes.get("src") or "")
    file = re.search(r"Flag_of_(?:the_)?([^/]+?)\.svg", source)
    around = image.parent
    classes = ""
    for _ in range(4):
        if around is None:
            break
        classes += " " + (around.attributes.get("class") or "")
        around = around.parent
    if file or any(name in classes.lower().split() for name in FLAG_CLASSES):
        country = text.removeprefix("Flag of ") or (file[1].replace("_", " ") if file else "")
        if country:
            piece.flags.append(country)


def _article(link: LexborNode) -> str | None:
    """Return the title of the article that a link leads to, or ``None`` for other links."""
    address = link.attributes.get("href") or ""
    title = (link.attributes.get("title") or "").strip()
    path = urlsplit(address).path if not address.startswith("javascript") else ""
    if "/wiki/" not in path and "index.php" not in path and not path.startswith("./"):
        return None
    named = unquote(path.rpartition("/wiki/")[2] or path.removeprefix("./")).replace("_", " ")
    if ":" in named.split(" ")[0]:
        return None
    return re.sub(r"\s*\((?:page does not exist|ще не написана|strona nie istnieje)\)$", "", title) or named


def _title(tree: LexborHTMLParser) -> str:
    heading = tree.css_first("#firstHeading") or tree.css_first("h1")
    if heading is not None and heading.text().strip():
        return " ".join(heading.text().split())
    title = tree.css_first("title")
    return TITLE_END.sub("", title.text().strip()) if title is not None else ""


def _url(tree: LexborHTMLParser) -> str | None:
    link = tree.css_first('link[rel="canonical"]')
    address = link.attributes.get("href") if link is not None else None
    return address if address and address.startswith("https://") else None
