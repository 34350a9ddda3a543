"""Pages as they are saved: what a portal says of an item, and what is no part of it."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures.articles import FOLDER
from twingraph.errors import InputError
from twingraph.loaders.articles.pages import LARGEST, is_article, read_article

PAGES = [json.loads(line) for line in (FOLDER / "html" / "meta.jsonl").read_text("utf-8").splitlines()]
BODY = "Житомир і Равич підписали угоду про партнерство. " * 4


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page["file"]))
def test_a_page_is_read_with_its_labels_and_without_its_menus(page: dict[str, object]) -> None:
    """Else a teaser of another town would be a fact, and the date of an item unknown."""
    html = (FOLDER / "html" / str(page["file"])).read_bytes()
    article = read_article(html, str(page["file"]))
    for name in ("title", "published", "publisher", "author", "source"):
        if name in page:
            assert getattr(article, name) == page[name], name
    for name in ("tags", "oblast", "hromada"):
        if name in page:
            assert list(getattr(article, name)) == page[name], name
    if article.url is not None:  # some pages do not say where they are from
        assert article.url == page["url"]
    for text in page["not_text"]:  # type: ignore[attr-defined]
        assert text not in article.text
    text = read_article((FOLDER / "items" / str(page["text_of"])).read_bytes(), str(page["text_of"])).text
    assert re.sub(r"[\W_]", "", article.text).startswith(re.sub(r"[\W_]", "", text)[:200])


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04rest", "archive"),
        (b"<html><title>Log in</title><form></form></html>", "no article"),
        (b"<html><body><p>Short.</p></body></html>", "no text"),
        (b"x" * (LARGEST + 1), "MB"),
        (b"<html><body>" + b"<div>" * 5_000 + b"text" + b"</div>" * 5_000, "within each other"),
        (("Это русский текст, который мы не читаем: выходные, объявления. " * 5).encode(), "Russian"),
        (b"abc\0def" * 40, "binary"),
    ],
)
def test_what_is_no_article_is_refused_with_what_to_do(content: bytes, cause: str) -> None:
    """Else a log-in page would be stored as a source."""
    with pytest.raises(InputError) as refused:
        read_article(content, "page.html")
    assert cause in refused.value.message
    assert refused.value.hint


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-u"])
def test_the_encoding_is_found_whatever_the_label_says(encoding: str) -> None:
    """Else half of the older portals would be mojibake."""
    head = '<head><meta charset="utf-8"><title>Угода</title></head>'
    html = f"<html>{head}<body><article><p>{BODY}</p></article></body></html>"
    assert "Житомир і Равич" in read_article(html.encode(encoding), "page.html").text


def test_scripts_and_hidden_text_are_never_read() -> None:
    """Else a page could plant a partnership that no reader sees."""
    html = (
        f"<html><body><article><h1>Новина</h1><p>{BODY}</p></article>"
        "<script>document.write('<p>Київ підписав угоду з Парижем</p>')</script>"
        "<div style='display:none'><p>Львів підписав угоду з Лондоном</p></div></body></html>"
    )
    text = read_article(html.encode(), "page.html").text
    assert "Париж" not in text
    assert "Лондон" not in text


def test_labels_that_are_glued_are_parted() -> None:
    """Else the hromada of an item would end in the word of the next label."""
    text = (
        f"Заголовок\n{BODY}\nТеги:\nпартнерство міжнародна підтримка\nОбласть:\nЖитомирська областьГромади:\n"
        "Житомирська територіальна громадаДжерело:\nПресцентр\n16 лютого 2026\nІнша новина..."
    )
    article = read_article(text.encode(), "a.txt")
    assert article.tags == ("партнерство", "міжнародна підтримка")
    assert article.hromada == ("Житомирська територіальна громада",)
    assert article.source == "Пресцентр"
    assert "2026" not in article.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("municipality,country,partner,partner_country\nLviv,UA,Lublin,PL\n", False),
        ("Громада;Країна;Партнер\nЖитомир;Україна;Люблін\n", False),
        ('{"a": 1}', False),
        (f'municipality,country,partner,note\nZhytomyr,UA,Rawicz,"{BODY}"\n', False),
        (f'a,b,c,d,e\nZhytomyr,UA,Rawicz,PL,"two mayors, one pen, and {"many words, " * 9}"\n', False),
        ("1 2\n2 3\n", False),
        (BODY, True),
        ("title: A\nurl: https://x.example\n\nText.", True),
        (f"<html><body><p>{BODY}</p></body></html>", True),
    ],
)
def test_tables_are_no_articles_and_articles_no_tables(text: str, expected: bool) -> None:
    """Else a spreadsheet would be read as prose, or a news item refused as a table."""
    assert is_article(text) is expected


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=600))
def test_no_bytes_are_a_crash(content: bytes) -> None:
    """Else one broken file of a folder would end the reading of a thousand."""
    try:
        article = read_article(content, "x.html")
    except InputError:
        return
    assert article.text
