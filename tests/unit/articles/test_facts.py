"""What news items say: a partnership that is invented or lost misleads whoever asks for partners."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from fixtures.articles import FOLDER, alike, folded, gold, same_pair, score
from twingraph.loaders.articles.pages import Article, read_article
from twingraph.loaders.articles.reading import extract, json_lines
from twingraph.loaders.places import Resolver


class Case(NamedTuple):
    """A short item and the partnerships that it states."""

    language: str
    published: str | None
    text: str
    facts: tuple[tuple[str, ...], ...]


def cases() -> Iterator[Case]:
    for block in (FOLDER / "short.txt").read_text("utf-8").split("\n## ")[1:]:
        head, *lines = block.split("\n")
        language, _, published = head.partition(" ")
        text = "\n".join(line for line in lines if not line.startswith("="))
        facts = tuple(tuple(cell.strip() for cell in line[1:].split("|")) for line in lines if line.startswith("="))
        yield Case(language, published or None, text, facts)


def found_in(case: Case, resolver: Resolver) -> list[dict[str, object]]:
    article = Article(file="a.txt", text=case.text, published=case.published, language=case.language)
    return [line for line in json_lines(extract(article, resolver.resolve)) if "type" not in line]


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.text.strip()[:40])
def test_each_form_of_sentence_and_list_is_read(case: Case, resolver: Resolver) -> None:
    """Else an item in this form would be lost, or a pair be made up."""
    lines = found_in(case, resolver)
    left = list(lines)
    for one, other, kinds, statuses, *date in case.facts:
        line = next((each for each in left if same_pair(each, {"municipality": one, "partner": other})), None)
        assert line is not None, f"{one} – {other} is missing in {lines}"
        left.remove(line)
        assert line["kind"] in kinds.split(", ")
        assert line["status"] in statuses.split(", ")
        assert not (date and date[0]) or line["date"] == date[0]
        assert line["words"], "a fact without its sentence"
    assert not left, f"{left} was made up"


@pytest.fixture(scope="module")
def lines(resolver: Resolver) -> list[dict[str, object]]:
    """What the retold items say."""
    files = sorted((FOLDER / "items").glob("*.txt"))
    articles = (read_article(path.read_bytes(), path.name) for path in files)
    return [line for article in articles for line in json_lines(extract(article, resolver.resolve))]


def test_the_items_at_hand_are_read_as_well_as_the_page_on_articles_says(lines: list[dict[str, object]]) -> None:
    """Else the extractor would get worse and nobody would know."""
    found = score(lines)
    assert found.precision >= 0.88, found.invented
    assert found.f1 >= 0.86, found.missed


def test_an_item_without_a_partnership_gives_none(lines: list[dict[str, object]]) -> None:
    """Else brothers in arms, football clubs and visits would become twin towns."""
    assert score(lines).noisy == ()


def test_a_page_says_the_same_as_its_text(lines: list[dict[str, object]], resolver: Resolver) -> None:
    """Else menus and teasers would add facts, or the main text would be cut."""
    for path in sorted((FOLDER / "html").glob("*.html")):
        article = read_article(path.read_bytes(), path.name)
        here = [line for line in json_lines(extract(article, resolver.resolve)) if "type" not in line]
        text = [line for line in lines if line["file"] == f"{path.stem}.txt" and "type" not in line]
        assert len(here) == len(text), path.name
        assert all(any(same_pair(a, b) and a["kind"] == b["kind"] for b in text) for a in here), path.name


def test_everything_that_the_first_item_says(shared_data: Path, resolver: Resolver) -> None:
    """Else the news item that twingraph began with could not be a record, a question and a picture."""
    path = shared_data / "articles" / "001.txt"
    article = read_article(path.read_bytes(), path.name)
    assert article.tags == ("партнерство", "міжнародна підтримка", "історії війни")
    assert (article.oblast, article.hromada) == (("Житомирська область",), ("Житомирська територіальна громада",))
    assert article.source == 'Пресцентр ініціативи "Децентралізація"'
    said = list(json_lines(extract(article, resolver.resolve)))
    rawicz, metropolis = (line for line in said if "type" not in line)
    assert (rawicz["municipality"], rawicz["partner"], rawicz["partner_country"]) == ("Zhytomyr", "Rawicz", "PL")
    assert (rawicz["kind"], rawicz["date"]) == ("partnership_agreement", "2022-12-23")
    assert rawicz["signatories"] == ["Сергій Сухомлин", "Гжегож Кубік"]
    assert rawicz["approved_by"] == "виконавчий комітет"
    assert (metropolis["kind"], metropolis["date"]) == ("metropolis_cooperation", "2022-11")
    assert [line["municipality"] for line in said if line.get("type") == "MEMBER_OF"] == ["Gdańsk", "Gdynia", "Sopot"]
    flows = {(line["type"], line["amount"], line["unit"]) for line in said if line.get("from") == "Rawicz"}
    assert flows == {("SENT_AID", 50, "t"), ("HOSTED", 650, "people"), ("SUPPORT_CENTRE", None, None)}
    programmes = {line["programme"]: line for line in said if "programme" in line}
    platform = programmes["Партнерство задля відновлення та розвитку"]
    assert (platform["date"], platform["can_apply"], platform["publisher"]) == ("2022-12-16", True, "Мінрегіон")
    assert programmes["Міжнародний марафон місцевого самоврядування"]["date"] == "2022-03"
    assert "Методичні рекомендації щодо міжнародного муніципального партнерства" in programmes
    assert not any("2026" in str(line) for line in said), "the teasers of the footer are no part of it"


def test_amounts_of_aid_and_people_are_read(lines: list[dict[str, object]]) -> None:
    """Else a map would show whom a town helped, and not with how much."""
    wanted = {
        (file, flow["type"], flow["amount"], flow["unit"])
        for file, item in gold().items()
        for flow in item.get("flows", ())
        if flow["amount"]
    }
    found = {
        (line["file"], line["type"], line["amount"], line["unit"])
        for line in lines
        if line.get("type") in {"SENT_AID", "HOSTED"} and line["amount"]
    }
    assert len(found & wanted) >= 5
    assert len(found - wanted) <= 5


def test_an_unknown_name_keeps_its_country_and_stays_unplaced(resolver: Resolver) -> None:
    """Else a partner that no register knows would be dropped, or moved to another town."""
    text = "Малинська міська рада підписала угоду про партнерство з литовським містом Кабакукай."
    (line,) = found_in(Case("uk", "2024-01-01", text, ()), resolver)
    assert (line["partner_local"], line["partner_country"]) == ("Кабакукай", "LT")
    assert alike({folded(line["municipality"])}, {"malyn"})
