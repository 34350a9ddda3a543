"""A place's profile for eyes: lines that read well on 80 columns, in English or Ukrainian."""

import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import click

from twingraph.cli.options import Database, Lang, db_options, examples, lang_option, output_options
from twingraph.cli.output import Format, Output, markdown, notice
from twingraph.cli.profile_document import name_of
from twingraph.cli.text import cell
from twingraph.graph.model import Country, Label, Municipality, Region, Source, Status
from twingraph.maps.texts import catalogue, say
from twingraph.queries.profile import (
    CitedStatement,
    Profile,
    ProfileApplication,
    ProfileFlow,
    ProfileMember,
    ProfileParticipation,
    ProfilePartnership,
    ProfilePlace,
)

if TYPE_CHECKING:
    from twingraph.queries.names import Found


__all__ = ["WORDS", "Lines", "alphabetical", "period", "profile_lines", "show"]

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
    "planned_for": ("for {day}", "на {day}"),
}
_ALPHABET = {ord(letter): chr(0xF000 + place) for place, letter in enumerate("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя")}


class Lines:
    """What a writer of a profile makes lines with; each comes with whether it is a heading."""

    def __init__(self, lang: Lang, width: int) -> None:
        self.lang = lang
        self._width = max(width, 40)

    def where(self, place: ProfilePlace) -> list[str]:
        """Return the names of the region and the country that a place lies in, where they are known."""
        areas = [area for area in (place.region, place.country) if area is not None]
        return [(area.name_uk if self.lang == "uk" else None) or area.name for area in areas]

    def country(self, place: ProfilePlace) -> str:
        """Return the name of a place's country."""
        country = place.node if isinstance(place.node, Country) else place.country
        if country is None:
            return self.word("unknown_country")
        return (country.name_uk if self.lang == "uk" else None) or country.name

    def name(self, place: ProfilePlace) -> str:
        """Return what a place is called."""
        return name_of(place, uk=self.lang == "uk")

    def coded(self, prefix: str, value: str | None) -> str:
        """Return the word for a code, or the code itself where the catalogue has none."""
        if not value:
            return ""
        key = f"{prefix}_{value}"
        return say(self.lang, key) if key in catalogue()[self.lang] else value.replace("_", " ")

    def word(self, key: str) -> str:
        """Return a text of `WORDS`."""
        return WORDS[key][self.lang == "uk"]

    def number(self, value: float) -> str:
        """Return a number as it is written in the language."""
        text = f"{int(value):,}" if value == int(value) else f"{value:,.2f}"
        return text.replace(",", " ") if self.lang == "uk" else text

    def heading(self, text: str, *, space: bool = True) -> Iterator[tuple[str, bool]]:
        """Yield a heading, with an empty line before it."""
        if space:
            yield "", False
        for line, _heading in self.wrap(text, 0):
            yield line, True

    def fact(self, label: str, value: str) -> Iterator[tuple[str, bool]]:
        """Yield a fact under its label."""
        lead = f"  {label}: "
        yield from self.wrap(lead.lstrip() + value, 2, 4)

    def wrap(self, text: str, indent: int, rest: int | None = None) -> Iterator[tuple[str, bool]]:
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


def period(since: str | None, until: str | None, lang: Lang) -> str:
    """Return a time in words; empty where neither end is known."""
    if since and until:
        return say(lang, "period", since=since, until=until)
    if until:
        return say(lang, "ended_on", until=until)
    return say(lang, "from", since=since) if since else ""


def alphabetical(name: str) -> str:
    """Return what Ukrainian and English names are sorted by: in Unicode's own order, Іспанія stands before Болгарія."""
    return name.casefold().translate(_ALPHABET)


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

    def _head(self, subject: ProfilePlace) -> Iterator[tuple[str, bool]]:
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
                yield from self.fact(self.word("coordinates"), f"{say(self.lang, 'unplaced_other')} ({node.unplaced})")
        ids = (node.id, getattr(node, "katottg", None), getattr(node, "wikidata_id", None))
        yield from self.fact(self.word("ids"), ", ".join(str(each) for each in dict.fromkeys(ids) if each))
        if node_aliases := [each for each in getattr(node, "aliases", ()) if each not in others]:
            shown = ", ".join(node_aliases[:_NAMES_SHOWN])
            if left := len(node_aliases) - _NAMES_SHOWN:
                shown += f", {self.word('names_more').format(n=left)}" if left > 0 else ""
            yield from self.fact(self.word("names"), shown)

    def _ties(self, ties: Sequence[ProfilePartnership]) -> Iterator[tuple[str, bool]]:
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

    def _tie(self, tie: ProfilePartnership) -> Iterator[tuple[str, bool]]:
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
        references = "" if self._full else self._references(tie.statements)
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
        for said in tie.statements:
            yield from self._said(said, tie)

    def _said(self, said: CitedStatement, tie: ProfilePartnership) -> Iterator[tuple[str, bool]]:
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
            parts.append(say(self.lang, "stated_on", date=statement.said_on))
        if said.row is not None:
            row = say(self.lang, "row", row=said.row)
            parts.append(f"{row} [{said.sheet}]" if said.sheet else row)
        yield from self.wrap(f"{self._references([said]).strip()} {', '.join(filter(None, parts))}".strip(), 6, 8)

    def _flow(self, shown: ProfileFlow) -> Iterator[tuple[str, bool]]:
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
        yield from self.wrap(f"{ends}: {what}{self._references(shown.statements)}", 4, 6)
        if flow.note and self._full:
            yield from self.wrap(f"“{flow.note}”", 6, 8)

    def _members(self, members: Iterable[ProfileMember]) -> Iterator[tuple[str, bool]]:
        for member in members:
            note = f": “{member.membership.note}”" if member.membership.note else ""
            yield from self.wrap(f"{self.name(member.place)}{note}{self._references(member.statements)}", 2, 4)

    def _application(self, shown: ProfileApplication) -> Iterator[tuple[str, bool]]:
        application = shown.application
        sought = self.name(shown.sought)
        if shown.sought.ref.label in {Label.COUNTRY, Label.REGION}:
            sought = self.word("any_in").format(place=sought)
        words = [self.word(application.status) if application.status in WORDS else application.status]
        words.append(self.word("stated").format(day=application.stated) if application.stated else None)
        words.append(self.word("holds").format(day=application.until) if application.until else None)
        facts = "; ".join(filter(None, (*words, ", ".join(application.themes))))
        line = f"{self.name(shown.seeker)} → {sought}: {facts}".removesuffix(": ")
        yield from self.wrap(f"{line}{self._references(shown.statements)}", 2, 4)

    def _participation(self, shown: ProfileParticipation) -> Iterator[tuple[str, bool]]:
        who = "" if shown.place.ref == self._profile.subject.ref else f"{self.name(shown.place)}: "
        facts = (shown.programme.name, shown.programme.publisher, period(shown.participation.since, None, self.lang))
        yield from self.wrap(f"{who}{', '.join(filter(None, facts))}{self._references(shown.statements)}", 2, 4)

    def _source(self, source: Source) -> Iterator[tuple[str, bool]]:
        facts = ", ".join(filter(None, (source.title, source.publisher, source.published)))
        lead = f"  [{self._numbers[source.id]}] "
        yield from self.wrap(lead.strip() + " " + facts, 2, len(lead))
        if source.url:
            yield " " * len(lead) + cell(source.url), False

    def _references(self, said: Iterable[CitedStatement]) -> str:
        numbers = dict.fromkeys(self._numbers[each.source.id] for each in said if each.source)
        return "".join(f" [{number}]" for number in numbers)

    def _period(self, tie: ProfilePartnership) -> str:
        if tie.partnership.status == Status.PLANNED and tie.partnership.since and not tie.partnership.until:
            return self.word("planned_for").format(day=tie.partnership.since)
        return period(tie.partnership.since, tie.partnership.until, self.lang)


_WIDEST = 100
"""Longer lines are hard to read, however wide the terminal is."""


@click.command(
    epilog=examples(
        "twingraph show Zhytomyr",
        "twingraph show 'Zhytomyr oblast' --lang uk",
        "twingraph show Poland --format csv -o poland.csv",
    )
)
@click.argument("name", nargs=-1, required=True, metavar="NAME")
@click.option(
    "--full/--brief",
    "full",
    default=None,
    help="Show signatories and what each source said, or one line for each partnership. Default: full for a"
    " municipality or metropolis, brief for a region or country.",
)
@db_options
@output_options
@lang_option
def show(*, name: tuple[str, ...], full: bool | None, database: Database, output: Output, lang: Lang) -> None:
    """Show a municipality, region, country or metropolis.

    Its facts, its partners by country with dates, signatories and sources, aid and hosting in both directions, and the
    metropolises it belongs to.

    NAME is a name in any spelling that the database knows, or an id: Zhytomyr, Житомирська, UA-18, Польща,
    geonames:686967. A comma tells namesakes apart: "Paris, FR".

    JSON holds everything; CSV and JSON Lines have a row for each partnership.
    """
    from twingraph.queries.names import find_any
    from twingraph.queries.profile import read_profile

    with database.open() as store:
        found = find_any(store, " ".join(name))
        profile = read_profile(store, found.ref)
    _write(profile, output, lang, full=full)
    _tell_others(found)


def _write(profile: "Profile", output: Output, lang: Lang, *, full: bool | None) -> None:
    from twingraph.cli.profile_document import COLUMNS, document, tie_rows
    from twingraph.graph.model import Label

    match output.format:
        case Format.JSON:
            output.document(document(profile))
        case Format.CSV | Format.JSONL:
            output.rows(COLUMNS, tie_rows(profile.ties, uk=lang == "uk"))
        case Format.MD:
            output.text(_markdown(profile, lang))
        case Format.TABLE:
            if full is None:
                full = profile.subject.ref.label in {Label.MUNICIPALITY, Label.METROPOLIS}
            _write_text(profile, output, lang, full=full)


def _write_text(profile: "Profile", output: Output, lang: Lang, *, full: bool) -> None:
    from twingraph.cli.text import wants_colour

    terminal = output.path is None and sys.stdout.isatty()
    width = min(shutil.get_terminal_size().columns, _WIDEST) if terminal else 80
    lines = profile_lines(profile, lang=lang, width=width, full=full)
    if output.path is not None:
        output.text("\n".join(line for line, _heading in lines))
        return
    colour = wants_colour(sys.stdout)
    for line, heading in lines:
        click.echo(click.style(line, bold=True) if heading and colour else line, file=sys.stdout, color=colour)


def _markdown(profile: "Profile", lang: Lang) -> str:
    from twingraph.cli.profile_document import COLUMNS, name_of, tie_rows

    heading = next(iter(markdown([name_of(profile.subject, uk=lang == "uk")], ()))).strip("| ")
    return f"# {heading}\n\n" + "\n".join(markdown(COLUMNS, tie_rows(profile.ties, uk=lang == "uk")))


def _tell_others(found: "Found") -> None:
    """Say on stderr what else bears the name."""
    for node in found.also:
        kind = getattr(node, "kind", None) or type(node).__name__.lower()
        notice(f"There is also the {kind} {node.name}: twingraph show {node.id}")
