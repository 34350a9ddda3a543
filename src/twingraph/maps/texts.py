"""The words of the pages in English and Ukrainian, and the title made of them.

One catalogue, `assets/strings.json`, is read here and, inside the page, by its script.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal, cast

from babel import Locale

__all__ = ["Lang", "catalogue", "name_in", "say", "title_of"]

type Lang = Literal["en", "uk"]
type Text = str | dict[str, str]

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
    for name, value in (("n", n), *values.items()):
        text = text.replace(f"{{{name}}}", str(value))
    return text


def name_in(lang: Lang, names: Mapping[str, object]) -> str:
    """Return a name in a language, else in English, else the local one."""
    return str(names.get(lang) or names.get("en") or names.get("local") or "")


def title_of(data: Mapping[str, object], lang: Lang) -> str:
    """Return the title that answers: how many partnerships, of how many places, with how many countries."""
    ties = cast("list[dict[str, object]]", data["ties"])
    places = cast("list[dict[str, object]]", data["places"])
    scope = _within(_scope_name(cast("Mapping[str, object]", data["scope"]), lang))
    if not ties:
        sought = sum(arrow["type"] == "sought" for arrow in cast("list[dict[str, object]]", data["arrows"]))
        return say(lang, "title_none", scope=scope, sought=say(lang, "title_sought", sought) if sought else "")
    ends = {cast("int", tie[end]) for tie in ties for end in ("a", "b")}
    home = {index for index in ends if places[index].get("home")} or ends
    if any(tie["a"] not in home and tie["b"] not in home for tie in ties):  # the partners of partners too
        scope, home = say(lang, "title_deeper", scope=scope), ends
    homelands = {places[index].get("country") for index in home} - {None}
    abroad = {places[index].get("country") for index in ends} - homelands - {None}
    if home == ends and len(homelands) > 1:
        countries = say(lang, "title_within", len(homelands))
    else:
        countries = say(lang, "title_countries", len(abroad)) if abroad else say(lang, "title_home")
    ended = sum(tie["status"] == "terminated" for tie in ties)
    one = len(home) == 1 and cast("Mapping[str, object]", data["scope"])["type"] == "municipality"
    return say(
        lang,
        "title_one" if one else "title",
        scope=scope,
        ties=say(lang, "n_ties", len(ties)),
        places=say(lang, "title_places", len(home)),
        countries=countries,
        ended=say(lang, "title_ended", ended) if ended else "",
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
