"""Dates in a sentence, in English and Ukrainian; as precise as their source."""

from twingraph.cli.options import Lang
from twingraph.graph.dates import precision
from twingraph.maps.texts import say

__all__ = ["period", "when"]


def period(since: str | None, until: str | None, lang: Lang) -> str:
    """Return a time in words; empty where neither end is known."""
    if since and until:
        return say(lang, "period", since=since, until=until)
    if until:
        return say(lang, "ended_on", until=when(until, lang))
    return say(lang, "from", since=when(since, lang)) if since else ""


def when(day: str, lang: Lang, year: str = "року") -> str:
    """Return a date as it follows a preposition: a Ukrainian year takes its noun."""
    return f"{day} {year}" if lang == "uk" and precision(day) == 1 else day
