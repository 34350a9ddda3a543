"""A profile as lines of text, in English or Ukrainian."""

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from twingraph.cli.dates import period, when
from twingraph.cli.options import Lang
from twingraph.cli.text import cell
from twingraph.graph.model import Agreement, Country, Label, Municipality, Partnership, Region, Source, Status
from twingraph.graph.schema import RELATIONS, relation_of
from twingraph.maps.texts import catalogue, counts_in_words, say
from twingraph.queries.profile_json import place_name
from twingraph.queries.profile_model import (
    CitedStatement,
    Profile,
    ProfileAgreement,
    ProfileApplication,
    ProfileFlow,
    ProfileMember,
    ProfileParticipation,
    ProfilePartnership,
    ProfilePlace,
    ProfileRelationship,
)
from twingraph.text.plurals import counted

__all__ = ["ProfileWriter"]

WORDS = {
    "names": ("Also called", "Інші назви"),
    "coordinates": ("Coordinates", "Координати"),
    "ids": ("Ids", "Ідентифікатори"),
    "none": ("No partnerships are known.", "Партнерств не знайдено."),
    "received": ("Received", "Отримано"),
    "given": ("Given", "Надано"),
    "within": ("Within", "У межах"),
    "country": ("From partners to the country at large", "Від партнерів країні загалом"),
    "flows": ("Aid and hosting", "Допомога та прийом людей"),
    "without": ("Without a partnership in these records", "Без партнерств у цих даних"),
    "members": ("Members", "Члени"),
    "applications": ("Applications for a partner", "Заявки на партнерство"),
    "any_in": ("any municipality of {place}", "будь-яка громада, {place}"),
    "open": ("open", "відкрита"),
    "matched": ("a partner was found", "партнера знайдено"),
    "withdrawn": ("withdrawn", "відкликана"),
    "stated": ("applied {day}", "подано {day}"),
    "holds": ("holds until {day}", "діє до {day}"),
    "programmes": ("Programmes", "Програми"),
    "sources": ("Sources", "Джерела"),
    "unknown_country": ("Country not known", "Країна невідома"),
    "no_status": ("status not stated", "стан не вказано"),
    "more": ("Add --full for signatories and what each source said.", "Додайте --full: підписанти та слова джерел."),
    "names_more": ("and {n} more", "і ще {n}"),
    "undated": ("undated", "без дати"),
    "planned_for": ("for {day}", "на {day}"),
    "together_with": ("together with {names}", "разом із: {names}"),
}
_ALPHABET = {ord(letter): chr(0xF000 + place) for place, letter in enumerate("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя")}


NAMES_SHOWN = 12


class ProfileWriter:
    """Writes a profile as lines, each with whether it is a heading.

    Parameters
    ----------
    lang
        The language of labels and, where it is known, of names.
    width
        Columns of a line; addresses are never broken.
    full
        Whether each partnership has its signatories and what the sources say.
    """

    def __init__(self, profile: Profile, lang: Lang, width: int, *, full: bool) -> None:
        self._lang: Lang = lang
        self._width = max(width, 40)
        self._profile = profile
        self._full = full
        self._numbers = {source.id: number for number, source in enumerate(profile.sources, start=1)}

    def lines(self) -> Iterator[tuple[str, bool]]:
        """Yield the lines of the profile, each with whether it is a heading."""
        profile = self._profile
        yield from self._head(profile.subject)
        yield "", False
        yield from self._ties(profile.ties)
        yield from self._relations()
        if profile.without:
            yield from self._heading(f"{self._word('without')}: {len(profile.without)}")
            yield from self._wrap(", ".join(map(self._name, profile.without)), 2)
        if profile.sources:
            yield from self._heading(self._word("sources"))
            for source in profile.sources:
                yield from self._source(source)
        if profile.ties and not self._full:
            yield "", False
            yield from self._wrap(self._word("more"), 0)

    def _relations(self) -> Iterator[tuple[str, bool]]:
        """Yield aid, memberships, applications and programmes."""
        profile = self._profile
        if profile.flows:
            yield from self._heading(self._word("flows"))
            for direction, flows in groupby(profile.flows, key=lambda shown: shown.direction):
                yield from self._wrap(self._word(direction), 2)
                for flow in flows:
                    yield from self._flow(flow)
        if profile.member_of:
            yield from self._heading(say(self._lang, "member_of"))
            yield from self._members(profile.member_of)
        if profile.members:
            yield from self._heading(self._word("members"))
            yield from self._members(profile.members)
        if profile.applications:
            yield from self._heading(self._word("applications"))
            for application in profile.applications:
                yield from self._application(application)
        if profile.participations:
            yield from self._heading(self._word("programmes"))
            for participation in profile.participations:
                yield from self._participation(participation)
        for relation, others in groupby(profile.others, key=lambda shown: relation_of(shown.relationship)):
            yield from self._heading(RELATIONS[relation].noun)
            for other in others:
                yield from self._other(other)

    def _head(self, subject: ProfilePlace) -> Iterator[tuple[str, bool]]:
        node = subject.node
        name = self._name(subject)
        if isinstance(node, Region) and self._lang == "en" and node.kind and node.kind not in name.lower():
            name = f"{name} {node.kind}"
        others = (node.name, node.name_uk, getattr(node, "name_local", None))
        known_as = [each for each in dict.fromkeys(others) if each and each != name and each != self._name(subject)]
        yield cell(f"{name} ({', '.join(known_as)})" if known_as else name), True
        kind = self._coded("place_kind", getattr(node, "kind", None) if isinstance(node, Municipality) else None)
        where = ", ".join(filter(None, (kind, *self._where(subject))))
        if where:
            yield from self._wrap(where, 0)
        if isinstance(node, Municipality):
            if node.population:
                yield from self._fact(say(self._lang, "population"), self._number(node.population))
            if node.lat is not None and node.lon is not None:
                yield from self._fact(self._word("coordinates"), f"{node.lat:.4f}, {node.lon:.4f}")
            elif node.unplaced:
                yield from self._fact(
                    self._word("coordinates"), f"{say(self._lang, 'unplaced_other')} ({node.unplaced})"
                )
        ids = (node.id, getattr(node, "katottg", None), getattr(node, "wikidata_id", None))
        yield from self._fact(self._word("ids"), ", ".join(str(each) for each in dict.fromkeys(ids) if each))
        if node_aliases := [each for each in getattr(node, "aliases", ()) if each not in others]:
            shown = ", ".join(node_aliases[:NAMES_SHOWN])
            if left := len(node_aliases) - NAMES_SHOWN:
                shown += f", {self._word('names_more').format(n=left)}" if left > 0 else ""
            yield from self._fact(self._word("names"), shown)

    def _ties(self, ties: Sequence[ProfilePartnership]) -> Iterator[tuple[str, bool]]:
        if not ties:
            yield from self._wrap(self._word("none"), 0)
            return
        one_place = self._profile.subject.ref.label is Label.MUNICIPALITY
        count = counts_in_words(self._lang, self._profile.counts, one_place=one_place)
        yield from self._heading(count, space=False)
        subject = self._profile.subject.ref
        by_country = sorted(
            ties,
            key=lambda tie: (
                _sort_key(self._country(tie.partner)),
                tie.home.ref != subject,  # a metropolis's own before its members'
                _sort_key(self._name(tie.partner)),
            ),
        )
        for country, group in groupby(by_country, key=lambda tie: self._country(tie.partner)):
            yield from self._wrap(country, 2)
            for tie in group:
                yield from self._tie(tie)

    def _tie(self, tie: ProfilePartnership) -> Iterator[tuple[str, bool]]:
        partnership = tie.partnership
        words = [self._standing(partnership)]
        if len(tie.agreements) > 1:
            words.append(counted(self._lang, len(tie.agreements), "agreement"))
        if tie.domestic:
            words.append(say(self._lang, "domestic"))
        name = self._name(tie.partner)
        if tie.home.ref != self._profile.subject.ref:
            name = f"{self._name(tie.home)} – {name}"
        references = "" if self._full else self._references(tie.statements)
        yield from self._wrap(f"{name}: {'; '.join(words)}{references}", 4, 6)
        if not self._full:
            return
        if partnership.disputed:
            yield from self._wrap(say(self._lang, "disputed"), 6, 8)
        for act in tie.agreements:
            yield from self._act(act, tie)
        if not tie.agreements and partnership.themes:
            yield from self._wrap(f"{say(self._lang, 'themes')}: {'; '.join(partnership.themes)}", 6, 8)
        for said in tie.bare_statements:
            yield from self._said(said, 6, disputed=partnership.disputed)

    def _act(self, act: ProfileAgreement, tie: ProfilePartnership) -> Iterator[tuple[str, bool]]:
        """Yield an act: under a line of its own, unless the line of the partnership says the same."""
        agreement, indent = act.agreement, 6
        line = self._standing(agreement)
        title = self._quoted(agreement.title) if agreement.title else ""
        others = [self._name(place) for place in act.parties if place.ref not in {tie.home.ref, tie.partner.ref}]
        also = self._word("together_with").format(names=", ".join(others)) if others else ""
        own = line if len(tie.agreements) > 1 or line != self._standing(tie.partnership) else ""
        if own or title or also:
            yield from self._wrap("; ".join(filter(None, (own, title, also))), 6, 8)
            indent = 8
        for label, value in (
            ("signed", "; ".join(agreement.signed_by)),
            ("approved", agreement.approved_by),
            ("themes", "; ".join(agreement.themes)),
        ):
            if value:
                yield from self._wrap(f"{say(self._lang, label)}: {value}", indent, indent + 2)
        for said in act.statements:
            yield from self._said(said, indent, disputed=agreement.disputed)

    def _standing(self, item: Partnership | Agreement) -> str:
        """Return the kind, the status and the dates of a partnership or an act."""
        kind, dates = self._coded("kind", item.kind), self._tie_period(item)
        if item.status == Status.UNKNOWN:
            return "; ".join(filter(None, (kind, self._word("no_status"), dates)))
        return f"{kind}; {' '.join(filter(None, (self._coded('status', item.status), dates)))}"

    def _said(self, said: CitedStatement, indent: int, *, disputed: bool) -> Iterator[tuple[str, bool]]:
        statement, parts = said.statement, []
        if statement.words:
            parts.append(self._quoted(statement.words))
        if disputed:
            facts = (
                self._coded("status", statement.status),
                period(statement.since, statement.until, self._lang),
            )
            parts.append(", ".join(filter(None, facts)))
        parts.append(
            say(self._lang, "stated_on", date=when(statement.said_on, self._lang))
            if statement.said_on
            else say(self._lang, "undated")
        )
        if said.row is not None:
            row = say(self._lang, "row", row=str(said.row))
            parts.append(f"{row} [{said.sheet}]" if said.sheet else row)
        text = f"{self._references([said]).strip()} {', '.join(filter(None, parts))}".strip()
        yield from self._wrap(text, indent, indent + 2)

    def _flow(self, shown: ProfileFlow) -> Iterator[tuple[str, bool]]:
        flow = shown.flow
        amount = "" if flow.amount is None else self._number(flow.amount)
        unit = self._coded("unit", flow.unit) if flow.unit != flow.goods else ""
        what = ", ".join(
            filter(
                None,
                (
                    self._coded("goods", flow.goods),
                    f"{amount} {unit}".strip(),
                    period(flow.since, flow.until, self._lang),
                ),
            )
        )
        ends = f"{self._name(shown.giver)} → {self._name(shown.receiver)}"
        yield from self._wrap(f"{ends}: {what}{self._references(shown.statements)}", 4, 6)
        if flow.note and self._full:
            yield from self._wrap(self._quoted(flow.note), 6, 8)

    def _members(self, members: Iterable[ProfileMember]) -> Iterator[tuple[str, bool]]:
        for member in members:
            note = ": " + self._quoted(member.membership.note) if member.membership.note else ""
            yield from self._wrap(f"{self._name(member.place)}{note}{self._references(member.statements)}", 2, 4)

    def _application(self, shown: ProfileApplication) -> Iterator[tuple[str, bool]]:
        application = shown.application
        sought = self._name(shown.sought)
        if shown.sought.ref.label in {Label.COUNTRY, Label.REGION}:
            sought = self._word("any_in").format(place=sought)
        words = [self._word(application.status) if application.status in WORDS else application.status]
        words.append(self._word("stated").format(day=application.stated) if application.stated else None)
        words.append(self._word("holds").format(day=application.until) if application.until else None)
        facts = "; ".join(filter(None, (*words, ", ".join(application.themes))))
        line = f"{self._name(shown.seeker)} → {sought}: {facts}".removesuffix(": ")
        yield from self._wrap(f"{line}{self._references(shown.statements)}", 2, 4)

    def _participation(self, shown: ProfileParticipation) -> Iterator[tuple[str, bool]]:
        who = "" if shown.place.ref == self._profile.subject.ref else f"{self._name(shown.place)}: "
        facts = (shown.programme.name, shown.programme.publisher, period(shown.participation.since, None, self._lang))
        yield from self._wrap(f"{who}{', '.join(filter(None, facts))}{self._references(shown.statements)}", 2, 4)

    def _other(self, shown: ProfileRelationship) -> Iterator[tuple[str, bool]]:
        edge = shown.relationship
        dates = period(getattr(edge, "since", None), getattr(edge, "until", None), self._lang)
        facts = "; ".join(filter(None, (dates, getattr(edge, "note", None))))
        line = f"{self._name(shown.start)} → {self._name(shown.end)}: {facts}".removesuffix(": ")
        yield from self._wrap(f"{line}{self._references(shown.statements)}", 2, 4)

    def _source(self, source: Source) -> Iterator[tuple[str, bool]]:
        day = source.published
        if not day and source.id not in self._profile.dated:
            day = self._word("undated")
            if source.retrieved:
                day = f"{day}, {say(self._lang, 'retrieved', date=source.retrieved)}"
        facts = ", ".join(filter(None, (source.title, source.publisher, day)))
        lead = f"  [{self._numbers[source.id]}] "
        yield from self._wrap(lead.strip() + " " + facts, 2, len(lead))
        if source.url:
            yield " " * len(lead) + cell(source.url), False

    def _references(self, said: Iterable[CitedStatement]) -> str:
        numbers = dict.fromkeys(self._numbers[each.source.id] for each in said if each.source)
        return "".join(f" [{number}]" for number in numbers)

    def _tie_period(self, item: Partnership | Agreement) -> str:
        if item.status == Status.PLANNED and item.since and not item.until:
            return self._word("planned_for").format(day=when(item.since, self._lang, "рік"))
        return period(item.since, item.until, self._lang)

    def _where(self, place: ProfilePlace) -> list[str]:
        """Return the names of the region and the country that a place lies in, where they are known."""
        areas = [area for area in (place.region, place.country) if area is not None]
        return [(area.name_uk if self._lang == "uk" else None) or area.name for area in areas]

    def _country(self, place: ProfilePlace) -> str:
        """Return the name of a place's country."""
        country = place.node if isinstance(place.node, Country) else place.country
        if country is None:
            return self._word("unknown_country")
        return (country.name_uk if self._lang == "uk" else None) or country.name

    def _name(self, place: ProfilePlace) -> str:
        """Return what a place is called."""
        return place_name(place, uk=self._lang == "uk")

    def _coded(self, prefix: str, value: str | None) -> str:
        """Return the word for a code, or the code itself where the catalogue has none."""
        if not value:
            return ""
        key = f"{prefix}_{value}"
        return say(self._lang, key) if key in catalogue()[self._lang] else value.replace("_", " ")

    def _quoted(self, text: str) -> str:
        """Return a text in the quotation marks of the language."""
        return f"«{text}»" if self._lang == "uk" else f"“{text}”"

    def _word(self, key: str) -> str:
        """Return a text of `WORDS`."""
        return WORDS[key][self._lang == "uk"]

    def _number(self, value: float) -> str:
        """Return a number as it is written in the language."""
        text = f"{int(value):,}" if value == int(value) else f"{value:,.2f}"
        return text.replace(",", " ") if self._lang == "uk" else text

    def _heading(self, text: str, *, space: bool = True) -> Iterator[tuple[str, bool]]:
        """Yield a heading, with an empty line before it."""
        if space:
            yield "", False
        for line, _heading in self._wrap(text, 0):
            yield line, True

    def _fact(self, label: str, value: str) -> Iterator[tuple[str, bool]]:
        """Yield a fact under its label."""
        lead = f"  {label}: "
        yield from self._wrap(lead.lstrip() + value, 2, 4)

    def _wrap(self, text: str, indent: int, rest: int | None = None) -> Iterator[tuple[str, bool]]:
        """Yield a text as lines of the width, the first indented by `indent`, the others by `rest`."""
        lines = textwrap.wrap(
            re.sub(r"\s+", " ", cell(text)),
            self._width,
            initial_indent=" " * indent,
            subsequent_indent=" " * (indent if rest is None else rest),
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in lines or [""]:
            yield line, False


def _sort_key(name: str) -> str:
    """Return the sort key of a Ukrainian or English name: Unicode's own order has Іспанія before Болгарія."""
    return name.casefold().translate(_ALPHABET)
