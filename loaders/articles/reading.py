"""From a news item to its facts, and from these to lines of JSON, rows of a table, or records to load."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from twingraph.graph.model import Kind, Relation
from twingraph.loaders.articles.facts import Fact, FactReader
from twingraph.loaders.articles.flows import Flow, read_flows
from twingraph.loaders.articles.mentions import Mention, Namer
from twingraph.loaders.articles.pages import Article, read_article
from twingraph.loaders.articles.programmes import NamedProgramme, Search, read_programmes, read_searches
from twingraph.loaders.articles.sentences import Sentence, split_sentences, tidy, tokens_of
from twingraph.loaders.articles.vocabulary import vocabulary
from twingraph.loaders.articles.words import EnglishWords, PolishWords, UkrainianWords, Words
from twingraph.loaders.identity import content_of
from twingraph.loaders.intake.files import InputFile
from twingraph.loaders.places.model import PlaceQuery, Resolution
from twingraph.loaders.problems import Problems
from twingraph.loaders.records import (
    ApplicationRecord,
    FlowRecord,
    MembershipRecord,
    Page,
    ParticipationRecord,
    PartnershipRecord,
    Record,
)

__all__ = ["TABLE_COLUMNS", "Extract", "article_records", "extract", "json_lines", "table_rows"]

_WORDS: dict[str, type[Words]] = {"uk": UkrainianWords, "pl": PolishWords}
_GOODS = {"t": "humanitarian_aid", "people": "people", "vehicles": "vehicles", "generators": "generators"}
TABLE_COLUMNS = (
    "municipality", "municipality_local", "country", "partner", "partner_local", "partner_country", "kind", "status",
    "since", "until", "signed_by", "approved_by", "note", "source_url", "source_title", "source_date",
)  # fmt: skip
"""The columns of the table form that `load` reads."""

type Json = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """What an article says.

    Attributes
    ----------
    article
        The article.
    partnerships
        Partnerships, those inside one country among them.
    flows
        Aid, hosting and support centres.
    programmes
        Programmes, platforms and recommendations.
    searches
        Who looks for a partner.
    """

    article: Article
    partnerships: tuple[Fact, ...]
    flows: tuple[Flow, ...]
    programmes: tuple[NamedProgramme, ...]
    searches: tuple[Search, ...]

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing that can be stored."""
        return not (self.partnerships or self.flows or self.searches)


def extract(article: Article, resolve: Callable[[PlaceQuery], Resolution]) -> Extract:
    """Return what an article says.

    Parameters
    ----------
    article
        See :func:`twingraph.loaders.articles.pages.read_article`.
    resolve
        Finds the place of a name.
    """
    language = vocabulary(article.language)
    words = _WORDS.get(article.language, EnglishWords)()
    namer = Namer(resolve, language, words, next(iter(article.oblast), None))
    reader = FactReader(language, namer, article.published, article.hromada)
    title = tidy(article.title or "")
    sentences = [Sentence(title, tokens_of(title), -1, title=True), *split_sentences(tidy(article.text))]
    partnerships = reader.read(sentences)
    named = [(sentence, namer.find(sentence)) for sentence in sentences]
    return Extract(
        article=article,
        partnerships=tuple(partnerships),
        flows=tuple(read_flows(named, language, reader.home, reader.guest, article.published)),
        programmes=tuple(read_programmes(named, language, reader.home, article.published)),
        searches=tuple(read_searches(named, language, reader.home, article.published)),
    )


def json_lines(found: Extract) -> Iterator[Json]:
    """Yield a line for each partnership, and one with a ``type`` for each other fact.

    A partnership inside one country has the type ``DOMESTIC_PARTNERSHIP``.
    """
    file = found.article.file
    for fact in found.partnerships:
        one, other = _sides(fact)
        kind: Json = {"type": "DOMESTIC_PARTNERSHIP"} if fact.domestic else {}
        yield {
            "file": file,
            **kind,
            "municipality": one.name,
            "municipality_local": one.local,
            "country": one.country,
            "partner": other.name,
            "partner_local": other.local,
            "partner_country": other.country,
            "kind": fact.kind,
            "status": fact.status,
            "date": fact.date,
            "since": fact.since,
            "until": fact.until,
            "signatories": fact.signatories,
            "approved_by": fact.approved_by,
            "themes": list(fact.themes),
            "words": fact.words,
            "confidence": fact.confidence,
        }
        for member in other.members:
            yield {"file": file, "type": "MEMBER_OF", "municipality": member.name, "country": member.country,
                   "metropolis": other.name, "metropolis_local": other.local, "words": fact.words}  # fmt: skip
    for flow in found.flows:
        yield {
            "file": file,
            "type": flow.type,
            "from": flow.giver.name,
            "from_country": flow.giver.country,
            "to": flow.receiver.name if flow.receiver else "Ukraine",
            "to_country": "UA",
            "amount": flow.amount,
            "unit": flow.unit,
            "since": flow.since,
            "words": flow.words,
        }
    for programme in found.programmes:
        yield {
            "file": file,
            "type": "TAKES_PART_IN" if programme.participant else "PROGRAMME",
            "municipality": programme.participant.name if programme.participant else None,
            "programme": programme.name,
            "publisher": programme.publisher,
            "date": programme.date,
            "can_apply": programme.can_apply,
            "words": programme.words,
        }
    for search in found.searches:
        yield {"file": file, "type": "SEEKS", "municipality": search.seeker.name, "country": search.seeker.country,
               "partner_country": search.country, "date": search.date, "words": search.words}  # fmt: skip


def table_rows(found: Extract) -> Iterator[Json]:
    """Yield the partnerships as rows of the table form that `load` reads."""
    article = found.article
    for fact in found.partnerships:
        one, other = _sides(fact)
        yield {
            "municipality": one.name,
            "municipality_local": one.local,
            "country": one.country,
            "partner": other.name,
            "partner_local": other.local,
            "partner_country": other.country,
            "kind": fact.kind,
            "status": fact.status,
            "since": _began(fact),
            "until": _ended(fact),
            "signed_by": "; ".join(fact.signatories),
            "approved_by": fact.approved_by,
            "note": fact.words,
            "source_url": article.url,
            "source_title": article.title,
            "source_date": article.published,
        }


# -- records ----------------------------------------------------------------------------------------------------------


def article_records(file: InputFile, problems: Problems) -> tuple[Record, ...]:
    """Return the records of an article; one without facts is reported.

    Raises
    ------
    twingraph.errors.InputError
        The file is no article.
    """
    article = read_article(file.path.read_bytes(), file.name)
    found = extract(article, _resolve())
    records = tuple(_records(found, problems, file.name))
    if not records:
        problems.add("article without a fact", article.title or "", outcome="nothing to load", file=file.name, line=1)
    return records


@cache
def _resolve() -> Callable[[PlaceQuery], Resolution]:
    from twingraph.loaders.places.resolver import Resolver  # noqa: PLC0415 - the index is opened for articles alone
    from twingraph.loaders.registers.index import open_gazetteer  # noqa: PLC0415

    return Resolver(open_gazetteer()).resolve


def _records(found: Extract, problems: Problems, file: str) -> Iterator[Record]:
    article = found.article
    page = Page(
        url=article.url or f"file:{article.file}",
        title=article.title,
        published=article.published,
        publisher=article.publisher,
        tags=article.tags,
        oblasts=article.oblast,
        hromadas=article.hromada,
        original=article.source,
    )
    for number, fact in enumerate(found.partnerships, 1):
        one, other = _sides(fact)
        if "XXXX" in (fact.date or "")[:4]:
            problems.add("date without a year", fact.words[:80], outcome="left empty", file=file, line=number)
        yield PartnershipRecord(
            row=number,
            content=content_of({"one": one.local, "other": other.local, "words": fact.words}),
            first=_query(one),
            second=_query(other),
            kind=fact.kind if fact.kind in frozenset(Kind) else Kind.OTHER,
            status=fact.status,
            since=_began(fact),
            until=_ended(fact),
            signed_by=tuple(fact.signatories),
            approved_by=fact.approved_by,
            themes=fact.themes,
            words=fact.words,
            page=page,
        )
        for member in other.members:
            yield MembershipRecord(
                row=number,
                content=content_of({"member": member.local, "metropolis": other.local}),
                first=_query(member),
                second=_query(other),
                words=fact.words,
                page=page,
            )
    for number, flow in enumerate(found.flows, 1):
        receiver = _query(flow.receiver) if flow.receiver else PlaceQuery(name="Ukraine", country="UA")
        yield FlowRecord(
            row=number,
            content=content_of({"giver": flow.giver.local, "type": flow.type, "words": flow.words, "of": flow.what}),
            relation=Relation.HOSTED if flow.type == "HOSTED" else Relation.SENT_AID,
            first=_query(flow.giver),
            second=receiver,
            goods="support_centre" if flow.type == "SUPPORT_CENTRE" else _GOODS.get(flow.unit or "", "money"),
            amount=flow.amount,
            unit=flow.unit,
            since=_dated(flow.since),
            words=flow.words,
            page=page,
        )
    for number, programme in enumerate(found.programmes, 1):
        if programme.participant is not None:
            yield ParticipationRecord(
                row=number,
                content=content_of({"place": programme.participant.local, "programme": programme.name}),
                first=_query(programme.participant),
                programme=programme.name,
                publisher=programme.publisher,
                since=_dated(programme.date),
                words=programme.words,
                page=page,
            )
    for number, search in enumerate(found.searches, 1):
        if search.country is not None:
            yield ApplicationRecord(
                row=number,
                content=content_of({"seeker": search.seeker.local, "country": search.country, "words": search.words}),
                first=_query(search.seeker),
                second=PlaceQuery(name=search.country, country=search.country),
                status="open",
                since=_dated(search.date),
                words=search.words,
                page=page,
            )


def _query(mention: Mention) -> PlaceQuery:
    spellings = (mention.local,) if mention.local != mention.name else ()
    if mention.sort == "metropolis":
        return PlaceQuery(name=mention.name, country=mention.country, spellings=spellings)
    number = (mention.id or "").removeprefix("geonames:")
    return PlaceQuery(
        name=mention.name,
        country=mention.country,
        spellings=spellings,
        geonames_id=int(number) if number.isdecimal() else None,
        katottg=(mention.id or "").removeprefix("katottg:") if (mention.id or "").startswith("katottg:") else None,
    )


def _sides(fact: Fact) -> tuple[Mention, Mention]:
    """Return the side in Ukraine first; a metropolis is never the first."""
    if fact.one.sort == "metropolis" or (fact.other.country == "UA" and fact.one.country != "UA"):
        return fact.other, fact.one
    return fact.one, fact.other


def _began(fact: Fact) -> str | None:
    return _dated(fact.since or (fact.date if fact.status in {"active", "planned"} else None))


def _ended(fact: Fact) -> str | None:
    return _dated(fact.until or (fact.date if fact.status in {"terminated", "suspended"} else None))


def _dated(date: str | None) -> str | None:
    return None if date is None or date.startswith("XXXX") else date
