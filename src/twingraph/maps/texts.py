"""The words of the pages in English and Ukrainian, and the title made of them.

One catalogue, `assets/strings.json`, is read here and, inside the page, by its script.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast

from babel import Locale
from babel.numbers import format_decimal

from twingraph.queries.counting import Counts

__all__ = [
    "Lang", "catalogue", "countries_in_words", "counts_in_words", "headline", "name_in", "partnered_in_words", "say",
    "ties_in_words", "title_of",
]  # fmt: skip

type Lang = Literal["en", "uk"]
type Text = str | dict[str, str]

SCOPES_WITH_PARTNERS = frozenset({"region", "country", "municipality", "metropolis"})
"""Types of scope whose partners lie outside it; where a map shows the partners of partners, everything is at home."""

MOST_LETTERS = 120
"""Letters of a name in a title; chosen by hand."""

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Letters that run from right to left, and marks that turn the direction of a text."""


@cache
def catalogue() -> dict[str, dict[str, Text]]:
    """Return the texts by key for each language; a text with a number in it has its plural forms."""
    text = (files("twingraph.maps") / "assets" / "strings.json").read_text(encoding="utf-8")
    return cast("dict[str, dict[str, Text]]", json.loads(text))


def say(lang: Lang, key: str, n: int | None = None, **values: object) -> str:
    """Return a text of the catalogue with its values filled in.

    Parameters
    ----------
    lang
        The language.
    key
        The text's key.
    n
        The number that chooses the plural form, filled in as ``{n}``.
    values
        The values of the other names in braces.
    """
    text = catalogue()[lang][key]
    if isinstance(text, dict):
        text = text.get(Locale(lang).plural_form(n or 0)) or text["other"]
    written = {"n": n, **values}
    return re.sub(r"\{(\w+)\}", lambda name: _written(lang, written.get(name[1], name[0])), text)


def _written(lang: Lang, value: object) -> str:
    """Return a value as text; numbers with the language's separators, as the script of a page has them."""
    return format_decimal(value, locale=lang) if isinstance(value, int) else str(value)


def name_in(lang: Lang, names: Mapping[str, object]) -> str:
    """Return a name in a language, else in English, else the local one."""
    return str(names.get(lang) or names.get("en") or names.get("local") or "")


def headline(
    lang: Lang, counts: Counts, *, scope: str, everywhere: bool = False, one_place: bool = False, applications: int = 0
) -> str:
    """Return how many partnerships a scope has by status, with how many countries, and who has a partner.

    Parameters
    ----------
    lang
        The language.
    counts
        The numbers.
    scope
        What the scope is called.
    everywhere
        Whether both ends of every partnership are in the scope, so that countries are partnered with each other.
    one_place
        Whether the scope is one municipality; it is not said that it has a partner.
    applications
        Applications for a partner, named where there is no partnership.

    Examples
    --------
    >>> from twingraph.queries.counting import PlaceFacts, count_partnerships
    >>> places = {
    ...     "a": PlaceFacts(sort="hromada", country="UA"),
    ...     "b": PlaceFacts(sort="county", country="PL", home=False),
    ... }
    >>> headline("en", count_partnerships([("a", "b", "active")], places), scope="Zhytomyr oblast")
    'Zhytomyr oblast: 1 partnership in force with 1 country; with a partner: 1 hromada'
    """
    if not counts.partnerships:
        sought = say(lang, "title_sought", applications) if applications else ""
        return say(lang, "title_none", scope=scope, sought=sought)
    return say(
        lang, "title", scope=scope, counts=counts_in_words(lang, counts, everywhere=everywhere, one_place=one_place)
    )


def counts_in_words(lang: Lang, counts: Counts, *, everywhere: bool = False, one_place: bool = False) -> str:
    """Return a headline without its scope; parameters as for :func:`headline`."""
    who = "" if one_place else partnered_in_words(lang, counts)
    return "".join(
        (
            ties_in_words(lang, counts),
            countries_in_words(lang, counts, everywhere=everywhere),
            say(lang, "title_who", who=who) if who else "",
        )
    )


def ties_in_words(lang: Lang, counts: Counts) -> str:
    """Return the number of partnerships by status: ``39 partnerships (34 in force, 5 planned)``."""
    if len(counts.statuses) == 1:
        return say(lang, f"ties_{next(iter(counts.statuses))}", counts.partnerships)
    parts = ", ".join(say(lang, f"ties_part_{status}", n) for status, n in counts.statuses.items())
    return say(lang, "ties_by_status", ties=say(lang, "n_ties", counts.partnerships), parts=parts)


def countries_in_words(lang: Lang, counts: Counts, *, everywhere: bool = False) -> str:
    """Return where partnerships lead, with what joins it to their number: `` with 12 countries``."""
    inside = counts.domestic_countries
    found = [
        (say(lang, "between_countries" if everywhere else "with_countries", counts.countries), counts.foreign),
        (say(lang, "inside_countries", inside) if inside > 1 else say(lang, "domestic"), counts.domestic),
        (say(lang, "with_unknown_country"), counts.unknown_country),
    ]
    found = [(where, n) for where, n in found if n]
    if len(found) == 1:
        return f" {found[0][0]}"
    return ": " + ", ".join(say(lang, "n_where", n, where=where) for where, n in found)


def partnered_in_words(lang: Lang, counts: Counts) -> str:
    """Return who has a partner: ``9 hromadas, 1 raion``; empty where nobody has one."""
    found = counts.with_partner
    return ", ".join(
        say(lang, "sort_other_municipality" if sort == "municipality" and "hromada" in found else f"sort_{sort}", n)
        for sort, n in found.items()
    )


def title_of(data: Mapping[str, object], lang: Lang) -> str:
    """Return the headline of a page's data."""
    scope = cast("Mapping[str, object]", data["scope"])
    name = _within(_scope_name(scope, lang))
    everywhere = bool(scope.get("everywhere"))
    if everywhere and scope["type"] in SCOPES_WITH_PARTNERS:
        name = say(lang, "title_deeper", scope=name)
    return headline(
        lang,
        Counts(**cast("dict[str, Any]", data["counts"])),
        scope=name,
        everywhere=everywhere,
        one_place=scope["type"] == "municipality" and not everywhere,
        applications=sum(arrow["type"] == "sought" for arrow in cast("list[dict[str, object]]", data["arrows"])),
    )


def _within(name: str) -> str:
    """Return a name that fits into a sentence: cut where it is long, its direction marks kept inside it."""
    short = f"{name[: MOST_LETTERS - 1]}…" if len(name) > MOST_LETTERS else name
    return f"\u2068{short}\u2069" if RIGHT_TO_LEFT.search(short) else short


def _scope_name(scope: Mapping[str, object], lang: Lang) -> str:
    names = cast("Mapping[str, object]", scope["n"])
    if not names:
        return say(lang, "title_world")
    name = name_in(lang, names)
    bare = scope.get("kind") == "oblast" and not re.search(r"oblast|область", name, re.IGNORECASE)
    return say(lang, "oblast_name", name=name) if bare else name
