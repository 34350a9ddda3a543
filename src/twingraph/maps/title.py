"""The title that answers: what the map is about, how many partnerships, with how many countries."""

import re
from collections.abc import Mapping
from typing import cast

from twingraph.maps.texts import Lang, name_in, say

__all__ = ["title_of"]

TURNS = re.compile("[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Letters and marks that run from right to left."""


def title_of(data: Mapping[str, object], lang: Lang) -> str:
    """Return the title that answers: how many partnerships, of how many places, with how many countries."""
    ties = cast("list[dict[str, object]]", data["ties"])
    places = cast("list[dict[str, object]]", data["places"])
    scope = within(scope_name(cast("Mapping[str, object]", data["scope"]), lang))
    if not ties:
        sought = sum(flow["type"] == "sought" for flow in cast("list[dict[str, object]]", data["flows"]))
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


def within(name: str) -> str:
    """Return a name that can stand in a sentence: not endless, and with marks that turn text round kept inside it."""
    short = f"{name[:119]}…" if len(name) > 120 else name
    return f"\u2068{short}\u2069" if TURNS.search(short) else short


def scope_name(scope: Mapping[str, object], lang: Lang) -> str:
    """Return what the map is about, such as ``Zhytomyr oblast``."""
    names = cast("Mapping[str, object]", scope["n"])
    if not names:
        return say(lang, "title_world")
    name = name_in(lang, names)
    plain = scope.get("kind") == "oblast" and not re.search(r"oblast|область", name, re.IGNORECASE)
    return say(lang, "oblast_name", name=name) if plain else name
