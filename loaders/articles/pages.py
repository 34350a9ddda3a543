"""A news item as a file has it: its text, and what the page says of it."""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from twingraph.errors import ForeignFileError
from twingraph.loaders.articles.dates import find_dates
from twingraph.loaders.articles.sentences import tidy

__all__ = ["LARGEST", "Article", "read_article"]

LARGEST = 20_000_000
"""Bytes; a saved page with its scripts has one or two million. Chosen by hand."""
_DEEPEST = 1_000
"""Tags within tags; a page of a large portal has some sixty. Chosen by hand."""
_FEWEST_LETTERS = 60
"""Letters that a text needs to be an article; the shortest notice that was found has 120. Chosen by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A news item.

    Attributes
    ----------
    file
        The name of its file.
    text
        Its paragraphs, one a line; items of lists begin with ``- ``.
    title, url, publisher, author, source
        As the page gives them; `source` is who the portal took the item from.
    published
        The day of publication, ISO; ``None`` where the page gives none.
    tags, oblast, hromada
        The labels of the portal.
    language
        ``uk``, ``en``, ``pl`` or ``de``.
    """

    file: str
    text: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    tags: tuple[str, ...] = ()
    oblast: tuple[str, ...] = ()
    hromada: tuple[str, ...] = ()
    source: str | None = None
    language: str = "uk"


@cache
def _words() -> Mapping[str, Any]:
    text = resources.files("twingraph.loaders.articles").joinpath("data/pages.toml").read_text("utf-8")
    return tomllib.loads(text)


def read_article(content: bytes, file: str) -> Article:
    """Return the article of a file: HTML, Markdown or plain text.

    Parameters
    ----------
    content
        The bytes of the file.
    file
        Its name, for messages and for the article.

    Raises
    ------
    twingraph.errors.InputError
        The file is no article: it is empty, too large, no text, a log-in page, in a language that is not read.
    """
    if not content.strip():
        raise ForeignFileError("the file is empty", "Save the page again, as HTML or text.", file=file)
    if len(content) > LARGEST:
        raise ForeignFileError(
            f"the file has {len(content) // 1_000_000} MB, and an article has at most {LARGEST // 1_000_000}",
            "Save the page of one article alone.",
            file=file,
        )
    for start, name in (
        (b"%PDF", "a PDF"),
        (b"PK\x03\x04", "an archive or an office document"),
        (b"\x89PNG", "a picture"),
    ):
        if content.startswith(start):
            raise ForeignFileError(
                f"the file is {name}, not HTML or text", "Save the article as HTML or copy its text.", file=file
            )
    text = _decoded(content)
    if "\0" in text:
        raise ForeignFileError(
            "the file is binary, not HTML or text", "Save the article as HTML or copy its text.", file=file
        )
    article = _read_html(text, file) if _is_html(text) else _read_text(text, file)
    if sum(map(str.isalpha, article.text)) < _FEWEST_LETTERS:
        title = (article.title or "").casefold()
        if any(word in title for word in _words()["not_articles"]["titles"]):
            raise ForeignFileError(
                f"the page is no article: its title is {article.title!r}",
                "Open it in a browser and save it.",
                file=file,
            )
        raise ForeignFileError(
            "no text of an article is in the file", "Save the whole page, or copy the text into a file.", file=file
        )
    return article


_BETWEEN_FIELDS = re.compile(r"[,;|](?=\S)|\t")
"""Marks between the fields of a table: in prose a blank follows them."""


def is_article(text: str) -> bool:
    """Return whether the head of a file is that of an article: a page of HTML, or prose.

    Prose is a text whose first lines are sentences: long, with a capital at their start and few tabs, semicolons or
    bars, which separate the fields of tables. A head of ``title:`` and ``url:`` lines shows it too.
    """
    head = text.lstrip("\ufeff \n\r\t")[:8_000]
    if "\0" in head or head.startswith(("{", "[", "*", "%", "<?xml", "<gexf", "<graphml")):
        return False
    if _is_html(head):
        return "<table" not in head.lower() or re.search(r"<(?:p|h1|h2|article)\b", head, re.IGNORECASE) is not None
    lines = [line.strip() for line in head.split("\n") if line.strip()][:12]
    if sum(_HEADER.match(line) is not None for line in lines) > 1:
        return True
    long = [line for line in lines if len(line) > 80]
    prose = [line for line in long if re.search(r"[.!?…»”\"]$", line) and re.search(r"\w[.!?…]\s+\w|\w, \w", line)]
    fields = any(len(_BETWEEN_FIELDS.findall(line)) > 2 or line.count(";") > 4 for line in lines)
    return bool(prose) and 2 * len(prose) >= len(long) and not fields


# -- bytes -----------------------------------------------------------------------------------------------------------

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)


def _decoded(content: bytes) -> str:
    """Return the text of a file; a label that is wrong is not believed."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            with suppress(UnicodeDecodeError):
                return content.decode(encoding)
    with suppress(UnicodeDecodeError):
        return content.decode("utf-8")
    label = _CHARSET.search(content[:4096])
    candidates = [*([label[1].decode("ascii", "replace")] if label else []), "cp1251", "koi8-u", "cp1250", "cp1252"]
    best, most = content.decode("utf-8", "replace"), -1.0
    for encoding in dict.fromkeys(candidates):
        try:
            text = content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        likely = _likelihood(text)
        if likely > most:
            best, most = text, likely
    return best


def _likelihood(text: str) -> float:
    """Return the share of letters that begin a word small or are in one script: wrong encodings mix them."""
    letters = [c for c in text[:20_000] if c.isalpha() and ord(c) > 127]
    if not letters:
        return 0.0
    usual = sum(c in "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяąćęłńóśźżäöüßščžýáíéě" for c in letters)
    return usual / len(letters)


def _is_html(text: str) -> bool:
    return (
        re.search(r"<(?:!doctype\s+html|html|head|body|article|p|div|h1|table)\b", text[:4000], re.IGNORECASE)
        is not None
    )


# -- text ------------------------------------------------------------------------------------------------------------

_HEADER = re.compile(r"^(title|url|date|published|language|publisher|author|source|tags)\s*:\s*(.*)$", re.IGNORECASE)


def _read_text(text: str, file: str) -> Article:
    lines = tidy(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    head: dict[str, str] = {}
    while lines and (match := _HEADER.match(lines[0].strip())) and len(head) < 12:
        head[match[1].lower()] = match[2].strip()
        lines.pop(0)
    lines = [_without_markdown(line) for line in lines]
    body, labels = _part_labels("\n".join(lines).strip())
    title = head.get("title")
    if title is None:
        first, _, rest = body.partition("\n")
        if rest.strip() and len(first) <= 160 and not first.rstrip().endswith((".", ";", ",")):
            title, body = first.strip(), rest.strip()
    published = head.get("date") or head.get("published") or None
    return Article(
        file=file,
        text=body,
        title=title,
        url=head.get("url") or None,
        publisher=head.get("publisher") or (_host(head["url"]) if head.get("url") else None),
        author=head.get("author") or None,
        published=published if published and re.fullmatch(r"\d{4}(-\d\d){0,2}", published) else None,
        tags=labels.get("tags", ()),
        oblast=labels.get("oblast", ()),
        hromada=labels.get("hromada", ()),
        source=next(iter(labels.get("source", ())), head.get("source")),
        language=_language(head.get("language"), f"{title or ''}\n{body}", file),
    )


def _without_markdown(line: str) -> str:
    line = re.sub(r"^\s{0,3}#{1,6}\s+", "", line)
    line = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", line)
    line = re.sub(r"\[([^\]]+)\]\([^)\s]+\)", r"\1", line)
    return re.sub(r"(\*\*|__)(.+?)\1", r"\2", line)


def _part_labels(text: str) -> tuple[str, dict[str, tuple[str, ...]]]:
    """Part the text from the labels of a portal behind it, glued to each other or not."""
    names = [(label, field) for field, labels in _words()["labels"].items() if field != "footer" for label in labels]
    pattern = re.compile(
        "(" + "|".join(re.escape(label) for label, _ in sorted(names, key=lambda each: -len(each[0]))) + r")\s*:"
    )
    fields = dict(names)
    found = list(pattern.finditer(text))
    first = next((m for m in found if m.start() == 0 or text[m.start() - 1] == "\n"), None)
    if first is None or first.start() < 40:
        return text, {}
    found = [m for m in found if m.start() >= first.start()]
    labels: dict[str, tuple[str, ...]] = {}
    for match, after in zip(found, [*found[1:], None], strict=True):
        value = text[match.end() : after.start() if after else len(text)].strip()
        lines = [line.strip() for line in value.split("\n") if line.strip()]
        if after is None:
            lines = lines[:1]
        field = fields[match[1]]
        if not lines or field in labels or (field == "source" and lines[0].rstrip(":") in dict(_footers())):
            continue
        labels[field] = tuple(_split_labels(field, lines))
    return text[: first.start()].strip(), labels


def _footers() -> Iterator[tuple[str, bool]]:
    return ((name, True) for name in _words()["labels"]["footer"])


def _split_labels(field: str, lines: list[str]) -> Iterator[str]:
    if field == "source":
        yield lines[0]
        return
    for line in lines:
        if field == "oblast":
            yield from re.findall(r"\S+ (?:область|oblast|region)", line) or [line]
        elif field == "hromada":
            yield from (
                each.strip()
                for each in re.findall(r".+?(?:територіальна громада|громада|municipality|hromada)(?=\s|$)", line)
                or [line]
            )
        elif "," in line or "#" in line:
            yield from filter(None, (part.strip(" #") for part in re.split(r"[,;#]", line)))
        else:
            yield from _split_tags(line)


def _split_tags(line: str) -> Iterator[str]:
    known = sorted(_words()["known_tags"]["names"], key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, known)) + r"|\S+", re.IGNORECASE)
    yield from (match.group() for match in pattern.finditer(line))


# -- HTML ------------------------------------------------------------------------------------------------------------


def _read_html(html: str, file: str) -> Article:
    if _depth(html) > _DEEPEST:
        raise ForeignFileError(
            f"its tags lie within each other more than {_DEEPEST} times",
            "Copy the text of the article into a file.",
            file=file,
        )
    tree = LexborHTMLParser(html)
    linked = list(_linked_data(tree))
    title, site = _title(tree, linked)
    url = _url(tree, html, linked)
    published = _published(tree, linked)
    labels = _page_labels(tree)
    text = _main_text(tree)
    body, more = _part_labels(text)
    labels = {**more, **labels}
    author = (
        _first(_linked_names(linked, "author"))
        or _meta(tree, "author")
        or _first(_texts(tree, "[rel=author], [itemprop=author]"))
    )
    source = next(iter(labels.get("source", ())), None)
    tags = _tags(tree, linked) or labels.get("tags", ())
    lines = [line for line in body.split("\n") if not _is_promotion(line) and line.strip() not in {title, author}]
    if site:
        lines = [line for line in lines if not (line.startswith(site) and len(line) < len(site) + 20)]
    lines, byline = _without_byline(lines)
    body = "\n".join(lines)
    return Article(
        file=file,
        text=tidy(body),
        title=title,
        url=url,
        publisher=site or (_host(url) if url else None),
        author=author or byline,
        published=published,
        tags=tuple(tags),
        oblast=labels.get("oblast", ()),
        hromada=labels.get("hromada", ()),
        source=source,
        language=_language(None, f"{title or ''}\n{body}", file),
    )


def _depth(html: str) -> int:
    depth = most = 0
    for match in re.finditer(
        r"<(/?)(div|span|table|tr|td|ul|ol|li|section|article|p|b|i|a|font|center|blockquote)\b", html, re.IGNORECASE
    ):
        depth = max(0, depth + (-1 if match[1] else 1)) if match[2].lower() not in {"p", "li", "tr", "td"} else depth
        most = max(most, depth)
    return most


def _main_text(tree: LexborHTMLParser) -> str:
    import trafilatura  # noqa: PLC0415 - it takes a while to import, and only pages need it

    _prune(tree)
    html = tree.html or ""
    cell = _layout_cell(tree)
    return str(
        trafilatura.extract(
            f"<html><body><article>{cell}</article></body></html>" if cell else html,
            include_comments=False,
            include_tables=True,
            include_links=False,
            favor_precision=True,
            deduplicate=False,
        )
        or ""
    )


def _prune(tree: LexborHTMLParser) -> None:
    """Remove the blocks under a heading such as *Read also*, and what is hidden."""
    whole = len(tree.body.text()) if tree.body else 0
    footers = tuple(name.casefold() for name, _ in _footers())
    for node in tree.css("[style*='display:none'], [style*='display: none'], [hidden]"):
        node.decompose()
    for node in tree.css("h2, h3, h4, h5, b, strong, span, div, p"):
        if node.parent is None:
            continue
        text = re.sub(r"\s+", " ", node.text()).strip()
        if len(text) <= 40 and text.casefold().startswith(footers):
            block = node.parent
            if (
                block.tag in {"body", "html", "main", "article"}
                or len(block.text()) > 0.5 * whole
                or block.css_first("h1")
            ):
                block = node
            block.decompose()


def _layout_cell(tree: LexborHTMLParser) -> str | None:
    """Return the cell of the article in a page that is laid out by a table, as pages of 2005 are."""
    heading = tree.css_first("h1, h2")
    node = heading.parent if heading else None
    while node is not None and node.tag not in {"td", "article", "main", "body"}:
        node = node.parent
    if node is None or node.tag != "td" or len(node.text()) < 200:
        return None
    cells = [cell for cell in node.css("td") if cell.css_first("table") is None]
    paragraphs = [re.sub(r"\s+", " ", cell.text(separator=" ")).strip() for cell in cells]
    if sum(map(len, paragraphs)) < 200:
        paragraphs = [node.text(separator=" ")]
    return "".join(f"<p>{_escaped(text)}</p>" for text in paragraphs if text)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _is_promotion(line: str) -> bool:
    lower = line.strip(" -–—•").casefold()
    promotion = _words()["promotion"]
    return len(line) < 240 and (
        any(lower.startswith(begin) for begin in promotion["begins"])
        or any(part in lower for part in promotion["contains"])
    )


def _without_byline(lines: list[str]) -> tuple[list[str], str | None]:
    """Part a last line that is only a name, the author's, from the text."""
    last = lines[-1].strip() if lines else ""
    words = last.split()
    if 2 <= len(words) <= 3 and all(word[0].isupper() and word.isalpha() for word in words) and len(lines) > 1:
        return lines[:-1], last
    return lines, None


# -- what the page says of the article -------------------------------------------------------------------------------


def _linked_data(tree: LexborHTMLParser) -> Iterator[Mapping[str, Any]]:
    """Yield the articles of the page's JSON-LD."""
    for node in tree.css('script[type="application/ld+json"]')[:20]:
        with suppress(ValueError, RecursionError):
            for item in _graph(json.loads(node.text())):
                kinds = item.get("@type")
                if any(
                    "Article" in str(kind) or kind == "BlogPosting"
                    for kind in (kinds if isinstance(kinds, list) else [kinds])
                ):
                    yield item


def _graph(value: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        for each in value[:100]:
            yield from _graph(each)
    elif isinstance(value, dict):
        if isinstance(value.get("@graph"), list):
            yield from _graph(value["@graph"])
        yield value


def _linked_names(linked: Iterable[Mapping[str, Any]], key: str) -> Iterator[str]:
    for item in linked:
        value = item.get(key)
        for each in value if isinstance(value, list) else [value]:
            name = each.get("name") if isinstance(each, dict) else each
            if isinstance(name, str) and name.strip():
                yield name.strip()


def _first(values: Iterable[str]) -> str | None:
    return next(iter(values), None)


def _meta(tree: LexborHTMLParser, *names: str) -> str | None:
    return next(_metas(tree, *names), None)


def _metas(tree: LexborHTMLParser, *names: str) -> Iterator[str]:
    for node in tree.css("meta"):
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        content = (attributes.get("content") or "").strip()
        if content and name.lower() in names:
            yield content


def _texts(tree: LexborHTMLParser, selector: str) -> Iterator[str]:
    for node in tree.css(selector):
        if text := tidy(node.text(separator=" ")):
            yield re.sub(r"\s+", " ", text)


def _title(tree: LexborHTMLParser, linked: list[Mapping[str, Any]]) -> tuple[str | None, str | None]:
    """Return the title of the article and the name of its site."""
    site = _meta(tree, "og:site_name") or _first(_linked_names(linked, "publisher"))
    whole = _first(_texts(tree, "title"))
    title = (
        _first(_texts(tree, "h1"))
        or _meta(tree, "og:title")
        or _first(str(i["headline"]) for i in linked if i.get("headline"))
    )
    if whole:
        for mark in _words()["separators"]["marks"]:
            head, found, tail = whole.rpartition(mark)
            if found and head.strip() and 1 < len(tail.strip()) < 60:
                return title or head.strip(), site or _whole_name(tree, tail.strip())
    return title or whole, site


def _whole_name(tree: LexborHTMLParser, short: str) -> str:
    """Return the name of a site as its header has it, where the title of the page shortens it."""
    for node in tree.css("header, [id*=header], [class*=logo], [class*=header]"):
        own = next(
            (
                each.text().strip()
                for each in node.iter(include_text=True)
                if each.tag == "-text" and each.text().strip()
            ),
            "",
        )
        if own.startswith(short + " ") and len(own) < 60:
            return own
    return short


def _url(tree: LexborHTMLParser, html: str, linked: list[Mapping[str, Any]]) -> str | None:
    node = tree.css_first('link[rel="canonical"]')
    saved = re.search(r"<!-- saved from url=\(\d+\)(\S+)", html[:2000])
    found = (node.attributes.get("href") if node else None) or _meta(tree, "og:url") or (saved[1] if saved else None)
    found = found or _first(str(i["url"]) for i in linked if isinstance(i.get("url"), str))
    return found if found and found.lower().startswith(("http://", "https://")) else None


def _host(url: str) -> str | None:
    with suppress(ValueError):
        return (urlsplit(url).hostname or "").removeprefix("www.") or None
    return None


_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def _published(tree: LexborHTMLParser, linked: list[Mapping[str, Any]]) -> str | None:
    candidates: list[str] = [str(i.get("datePublished")) for i in linked]
    candidates += _metas(tree, "article:published_time", "datepublished", "pubdate", "date", "dc.date")
    heading = tree.css_first("h1, h2")
    main = heading
    for _ in range(3):
        main = (
            main.parent
            if main is not None and main.parent is not None and main.parent.tag not in {"body", "html"}
            else main
        )
    for node in [*(main.css("time") if main is not None else []), *tree.css("article time, main time")]:
        candidates.append(node.attributes.get("datetime") or "")
    for text in candidates:
        if match := _ISO.search(text or ""):
            return match.group()
    return _date_beside(heading)


def _date_beside(heading: LexborNode | None) -> str | None:
    """Return the date of a short text near the title: *14:21 15.03.2022*, *31 липня 2022 р.*."""
    node = heading
    for _ in range(4):
        node = node.parent if node is not None else None
        if node is None or node.tag == "html":
            return None
        for each in node.css("span, div, time, small, p, b, i, li, td"):
            text = re.sub(r"\s+", " ", each.text(separator=" ")).strip()
            if 6 <= len(text) <= 48:
                for language in ("uk", "en", "pl", "de"):
                    days = [d.iso for d in find_dates(text, language, None) if len(d.iso) == 10 and d.iso[0] != "X"]
                    if days:
                        return days[0]
    return None


def _page_labels(tree: LexborHTMLParser) -> dict[str, tuple[str, ...]]:
    """Return the fields that a portal labels, read before the main text is taken out."""
    names = {
        label.casefold(): field for field, labels in _words()["labels"].items() if field != "footer" for label in labels
    }
    found: dict[str, tuple[str, ...]] = {}
    for node in tree.css("b, strong, h4, h5, dt, th, div, span, p, label"):
        text = re.sub(r"\s+", " ", node.text(separator=" ")).strip()
        if len(text) > 24 or not text.endswith(":"):
            continue
        field = names.get(text.rstrip(": ").casefold())
        if field is None or field in found:
            continue
        after = node.next
        while after is not None and (after.tag in {"-text", "br"} and not after.text().strip()):
            after = after.next
        if after is None:
            continue
        links = [tidy(link.text()) for link in after.css("a")] if after.tag != "-text" else []
        value = re.sub(r"\s+", " ", after.text(separator=" ")).strip()
        if value.endswith(":") or value.rstrip(":").casefold() in names:
            continue
        values = [link for link in links if link] or (list(_split_labels(field, [value])) if value else [])
        if values:
            found[field] = tuple(values)
    return found


def _tags(tree: LexborHTMLParser, linked: list[Mapping[str, Any]]) -> tuple[str, ...]:
    found = list(_metas(tree, "article:tag"))
    for item in linked:
        words = item.get("keywords")
        if words:
            found += [str(w).strip() for w in (words if isinstance(words, list) else str(words).split(","))]
    if not found:
        for node in tree.css("[class*=tags], [class*=hash], [class*=tag-list], [rel=tag], .tagcloud"):
            links = [tidy(link.text()).lstrip("#") for link in node.css("a")] or re.findall(r"#([\w’-]+)", node.text())
            found = [link for link in links if link]
            if found:
                break
    if not found:
        found = [tidy(node.text()) for node in tree.css("a[rel=tag]")]
    return tuple(dict.fromkeys(found))


# -- language --------------------------------------------------------------------------------------------------------

_MARKS = {
    "uk": re.compile("[іїєґІЇЄҐ]|\\b(?:та|що|до|від|між|про|який|міст[оаі])\\b"),
    "pl": re.compile(r"[ąęłńśźż]|\b(?:jest|oraz|przez|się|miasta|gminy|w|z|na)\b", re.IGNORECASE),
    "de": re.compile(r"[äöüß]|\b(?:und|der|die|das|mit|ist|wurde|für|eine[rsnm]?|zwischen)\b", re.IGNORECASE),
    "en": re.compile(r"\b(?:the|and|of|with|is|was|has|to|for|between|city)\b", re.IGNORECASE),
}


def _language(given: str | None, text: str, file: str) -> str:
    if given and given[:2].lower() in _MARKS:
        return given[:2].lower()
    letters = sum(map(str.isalpha, text)) or 1
    cyrillic = sum("\u0400" <= c < "\u0530" for c in text)
    if cyrillic > letters / 2:
        russian = len(re.findall("[ыэёъ]", text))
        ukrainian = len(re.findall("[іїєґ]", text))
        if russian > 2 * ukrainian + 3:
            raise ForeignFileError(
                "the article is in Russian or another language that is not read",
                "Articles in Ukrainian, English, Polish and German are.",
                file=file,
            )
        return "uk"
    scores = {language: len(_MARKS[language].findall(text)) for language in ("en", "pl", "de")}
    return max(scores, key=lambda language: scores[language])
