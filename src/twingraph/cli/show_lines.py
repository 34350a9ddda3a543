"""The words and lines of a place's profile: names, codes and labels in one language, folded to a width."""

import re
import textwrap
from collections.abc import Iterator

from twingraph.cli.options import Lang
from twingraph.cli.show_document import name_of
from twingraph.cli.text import cell
from twingraph.graph.model import Country
from twingraph.maps.texts import catalogue, say
from twingraph.queries.profile import Place

__all__ = ["WORDS", "Lines", "alphabetical", "period"]

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

    def where(self, place: Place) -> list[str]:
        """Return the names of the region and the country that a place lies in, where they are known."""
        areas = [area for area in (place.region, place.country) if area is not None]
        return [(area.name_uk if self.lang == "uk" else None) or area.name for area in areas]

    def country(self, place: Place) -> str:
        """Return the name of a place's country."""
        country = place.node if isinstance(place.node, Country) else place.country
        if country is None:
            return self.word("unknown_country")
        return (country.name_uk if self.lang == "uk" else None) or country.name

    def name(self, place: Place) -> str:
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
