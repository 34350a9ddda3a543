"""A place's profile for eyes: lines that read well on 80 columns, in English or Ukrainian."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from twingraph.cli.options import Lang
from twingraph.cli.show_lines import WORDS, Lines, alphabetical, period
from twingraph.cli.text import cell
from twingraph.graph.model import Label, Municipality, Region, Source, Status
from twingraph.maps.texts import say
from twingraph.queries.profile import (
    Member,
    Place,
    Profile,
    Said,
    ShownApplication,
    ShownFlow,
    ShownParticipation,
    Tie,
)

__all__ = ["profile_lines"]

_NAMES_SHOWN = 12


def profile_lines(profile: Profile, *, lang: Lang, width: int, full: bool) -> Iterator[tuple[str, bool]]:
    """Yield the lines of a profile, and whether each is a heading.

    Parameters
    ----------
    profile
        What to show.
    lang
        The language of labels and, where it is known, of names.
    width
        Columns to keep to; addresses are never broken.
    full
        Whether each partnership comes with signatories and what the sources said.
    """
    yield from _Writer(profile, lang, width, full=full).lines()


class _Writer(Lines):
    def __init__(self, profile: Profile, lang: Lang, width: int, *, full: bool) -> None:
        super().__init__(lang, width)
        self._profile = profile
        self._full = full
        self._numbers = {source.id: number for number, source in enumerate(profile.sources, start=1)}

    def lines(self) -> Iterator[tuple[str, bool]]:
        profile = self._profile
        yield from self._head(profile.subject)
        yield "", False
        yield from self._ties(profile.ties)
        yield from self._beside()
        if profile.without:
            yield from self.heading(f"{self.word('without')}: {len(profile.without)}")
            yield from self.wrap(", ".join(map(self.name, profile.without)), 2)
        if profile.sources:
            yield from self.heading(self.word("sources"))
            for source in profile.sources:
                yield from self._source(source)
        if profile.ties and not self._full:
            yield "", False
            yield from self.wrap(self.word("more"), 0)

    def _beside(self) -> Iterator[tuple[str, bool]]:
        """Yield what there is beside partnerships."""
        profile = self._profile
        if profile.flows:
            yield from self.heading(self.word("flows"))
            for direction, flows in groupby(profile.flows, key=lambda shown: shown.direction):
                yield from self.wrap(self.word(direction), 2)
                for flow in flows:
                    yield from self._flow(flow)
        if profile.member_of:
            yield from self.heading(say(self.lang, "member_of"))
            yield from self._members(profile.member_of)
        if profile.members:
            yield from self.heading(self.word("members"))
            yield from self._members(profile.members)
        if profile.applications:
            yield from self.heading(self.word("applications"))
            for application in profile.applications:
                yield from self._application(application)
        if profile.participations:
            yield from self.heading(self.word("programmes"))
            for participation in profile.participations:
                yield from self._participation(participation)

    def _head(self, subject: Place) -> Iterator[tuple[str, bool]]:
        node = subject.node
        name = self.name(subject)
        if isinstance(node, Region) and self.lang == "en" and node.kind and node.kind not in name.lower():
            name = f"{name} {node.kind}"
        others = (node.name, node.name_uk, getattr(node, "name_local", None))
        known_as = [each for each in dict.fromkeys(others) if each and each != name and each != self.name(subject)]
        yield cell(f"{name} ({', '.join(known_as)})" if known_as else name), True
        kind = self.coded("place_kind", getattr(node, "kind", None) if isinstance(node, Municipality) else None)
        where = ", ".join(filter(None, (kind, *self.where(subject))))
        if where:
            yield from self.wrap(where, 0)
        if isinstance(node, Municipality):
            if node.population:
                yield from self.fact(say(self.lang, "population"), self.number(node.population))
            if node.lat is not None and node.lon is not None:
                yield from self.fact(self.word("coordinates"), f"{node.lat:.4f}, {node.lon:.4f}")
            elif node.unplaced:
                yield from self.fact(self.word("coordinates"), f"{say(self.lang, 'why_unplaced')} ({node.unplaced})")
        ids = (node.id, getattr(node, "katottg", None), getattr(node, "wikidata_id", None))
        yield from self.fact(self.word("ids"), ", ".join(str(each) for each in dict.fromkeys(ids) if each))
        if node_aliases := [each for each in getattr(node, "aliases", ()) if each not in others]:
            shown = ", ".join(node_aliases[:_NAMES_SHOWN])
            if left := len(node_aliases) - _NAMES_SHOWN:
                shown += f", {self.word('names_more').format(n=left)}" if left > 0 else ""
            yield from self.fact(self.word("names"), shown)

    def _ties(self, ties: Sequence[Tie]) -> Iterator[tuple[str, bool]]:
        if not ties:
            yield from self.wrap(self.word("none"), 0)
            return
        countries = {place.country.id for place in self._profile.partners if place.country}
        count = (
            f"{say(self.lang, 'n_partners', len(self._profile.partners))}, {say(self.lang, 'n_ties', len(ties))}"
            f"{', ' if self.lang == 'en' else ' '}{say(self.lang, 'title_countries', len(countries))}"
        )
        yield from self.heading(count, space=False)
        subject = self._profile.subject.ref
        by_country = sorted(
            ties,
            key=lambda tie: (
                alphabetical(self.country(tie.partner)),
                tie.home.ref != subject,  # a metropolis's own before its members'
                alphabetical(self.name(tie.partner)),
            ),
        )
        for country, group in groupby(by_country, key=lambda tie: self.country(tie.partner)):
            yield from self.wrap(country, 2)
            for tie in group:
                yield from self._tie(tie)

    def _tie(self, tie: Tie) -> Iterator[tuple[str, bool]]:
        partnership, words = tie.partnership, []
        words.append(self.coded("kind", partnership.kind))
        if partnership.status == Status.UNKNOWN:
            words += filter(None, (self.word("no_status"), self._period(tie)))
        else:
            words.append(" ".join(filter(None, (self.coded("status", partnership.status), self._period(tie)))))
        if tie.domestic:
            words.append(say(self.lang, "domestic"))
        name = self.name(tie.partner)
        if tie.home.ref != self._profile.subject.ref:
            name = f"{self.name(tie.home)} – {name}"
        references = "" if self._full else self._references(tie.said)
        yield from self.wrap(f"{name}: {'; '.join(words)}{references}", 4, 6)
        if not self._full:
            return
        if partnership.signed_by:
            yield from self.wrap(f"{say(self.lang, 'signed')}: {'; '.join(partnership.signed_by)}", 6, 8)
        if partnership.approved_by:
            yield from self.wrap(f"{say(self.lang, 'approved')}: {partnership.approved_by}", 6, 8)
        if partnership.themes:
            yield from self.wrap(f"{say(self.lang, 'themes')}: {'; '.join(partnership.themes)}", 6, 8)
        if partnership.disputed:
            yield from self.wrap(say(self.lang, "disputed"), 6, 8)
        for said in tie.said:
            yield from self._said(said, tie)

    def _said(self, said: Said, tie: Tie) -> Iterator[tuple[str, bool]]:
        statement, parts = said.statement, []
        if statement.words:
            parts.append(f"“{statement.words}”")
        if tie.partnership.disputed:
            facts = (
                self.coded("status", statement.status),
                period(statement.since, statement.until, self.lang),
            )
            parts.append(", ".join(filter(None, facts)))
        if statement.said_on:
            parts.append(say(self.lang, "said_on", date=statement.said_on))
        if said.row is not None:
            row = say(self.lang, "row", row=said.row)
            parts.append(f"{row} [{said.sheet}]" if said.sheet else row)
        yield from self.wrap(f"{self._references([said]).strip()} {', '.join(filter(None, parts))}".strip(), 6, 8)

    def _flow(self, shown: ShownFlow) -> Iterator[tuple[str, bool]]:
        flow = shown.flow
        amount = "" if flow.amount is None else self.number(flow.amount)
        unit = self.coded("unit", flow.unit) if flow.unit != flow.goods else ""
        what = ", ".join(
            filter(
                None,
                (
                    self.coded("goods", flow.goods),
                    f"{amount} {unit}".strip(),
                    period(flow.since, flow.until, self.lang),
                ),
            )
        )
        ends = f"{self.name(shown.giver)} → {self.name(shown.receiver)}"
        yield from self.wrap(f"{ends}: {what}{self._references(shown.said)}", 4, 6)
        if flow.note and self._full:
            yield from self.wrap(f"“{flow.note}”", 6, 8)

    def _members(self, members: Iterable[Member]) -> Iterator[tuple[str, bool]]:
        for member in members:
            note = f": “{member.membership.note}”" if member.membership.note else ""
            yield from self.wrap(f"{self.name(member.place)}{note}{self._references(member.said)}", 2, 4)

    def _application(self, shown: ShownApplication) -> Iterator[tuple[str, bool]]:
        application = shown.application
        sought = self.name(shown.sought)
        if shown.sought.ref.label in {Label.COUNTRY, Label.REGION}:
            sought = self.word("any_in").format(place=sought)
        words = [self.word(application.status) if application.status in WORDS else application.status]
        words.append(self.word("stated").format(day=application.stated) if application.stated else None)
        words.append(self.word("holds").format(day=application.until) if application.until else None)
        facts = "; ".join(filter(None, (*words, ", ".join(application.themes))))
        line = f"{self.name(shown.seeker)} → {sought}: {facts}".removesuffix(": ")
        yield from self.wrap(f"{line}{self._references(shown.said)}", 2, 4)

    def _participation(self, shown: ShownParticipation) -> Iterator[tuple[str, bool]]:
        who = "" if shown.place.ref == self._profile.subject.ref else f"{self.name(shown.place)}: "
        facts = (shown.programme.name, shown.programme.publisher, period(shown.participation.since, None, self.lang))
        yield from self.wrap(f"{who}{', '.join(filter(None, facts))}{self._references(shown.said)}", 2, 4)

    def _source(self, source: Source) -> Iterator[tuple[str, bool]]:
        facts = ", ".join(filter(None, (source.title, source.publisher, source.published)))
        lead = f"  [{self._numbers[source.id]}] "
        yield from self.wrap(lead.strip() + " " + facts, 2, len(lead))
        if source.url:
            yield " " * len(lead) + cell(source.url), False

    def _references(self, said: Iterable[Said]) -> str:
        numbers = dict.fromkeys(self._numbers[each.source.id] for each in said if each.source)
        return "".join(f" [{number}]" for number in numbers)

    def _period(self, tie: Tie) -> str:
        if tie.partnership.status == Status.PLANNED and tie.partnership.since and not tie.partnership.until:
            return self.word("planned_for").format(day=tie.partnership.since)
        return period(tie.partnership.since, tie.partnership.until, self.lang)
