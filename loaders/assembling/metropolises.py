"""Which metropolis a name means: bodies of several municipalities, known by their own tables and by their names."""

import re
from collections.abc import Iterable
from dataclasses import replace

from twingraph.graph.model import Metropolis
from twingraph.loaders.places.model import PlaceQuery
from twingraph.text.folding import slug
from twingraph.text.ukrainian import is_ukrainian

__all__ = ["Metropolises", "metropolis_name"]

BRACKET = re.compile(r"\s*\(([^()]*)\)\s*$")
GENERIC = (
    r"(?:metropolis|metropolia|metropolitan (?:area|region|union)|метрополія|агломерація|agglomeration|aglomeracja)"
)
AROUND = re.compile(rf"^{GENERIC}\s+|\s+{GENERIC}$", re.IGNORECASE)
SAYS_SO = re.compile(r"metropoli[astz]|метропол|aggl?omera|агломерац", re.IGNORECASE)


def metropolis_name(written: str) -> tuple[str, tuple[str, ...]]:
    """Return a metropolis' name without its bracketed short name, and that short name where there is one.

    Examples
    --------
    >>> metropolis_name("Metropolia Gdańsk–Gdynia–Sopot (OMGGS)")
    ('Metropolia Gdańsk–Gdynia–Sopot', ('OMGGS',))
    """
    match = BRACKET.search(written)
    if match is None:
        return written, ()
    return written[: match.start()], (match.group(1),)


class Metropolises:
    """The metropolises that are known.

    Parameters
    ----------
    known
        Those that the store has already.
    """

    def __init__(self, known: Iterable[Metropolis] = ()) -> None:
        self._known: dict[str, Metropolis] = {}
        self._by_name: dict[tuple[str | None, str], str] = {}
        for metropolis in known:
            self._note(metropolis, ())

    def find(self, query: PlaceQuery, country_code: str | None) -> Metropolis | None:
        """Return the metropolis that a record names, or ``None`` where it names none.

        A name in a table of metropolises is one, and so is a name with a word for it ("Metropolia …").
        """
        name, short = metropolis_name(query.name)
        for spelling in (name, *short, *query.spellings):
            if found := self._by_name.get((country_code, _key(spelling))):
                return self._note(self._known[found], (*short, *query.spellings))
        return self.add(query, country_code) if SAYS_SO.search(name) else None

    def add(self, query: PlaceQuery, country_code: str | None) -> Metropolis:
        """Take note of a metropolis under the name and the spellings that a record gives it."""
        name, short = metropolis_name(query.name)
        identity = f"metropolis:{country_code or 'unknown'}/{_key(name)}"
        before = self._known.get(identity) or Metropolis(id=identity, name=name, country_code=country_code)
        return self._note(before, (*short, *query.spellings))

    def _note(self, metropolis: Metropolis, spellings: Iterable[str]) -> Metropolis:
        new = [s for s in spellings if s not in (metropolis.name, metropolis.name_uk, *metropolis.aliases)]
        ukrainian = metropolis.name_uk or next(filter(is_ukrainian, new), None)
        aliases = dict.fromkeys((*metropolis.aliases, *(s for s in new if s != ukrainian)))
        noted = replace(metropolis, name_uk=ukrainian, aliases=tuple(aliases))
        self._known[noted.id] = noted
        for name in (noted.name, *filter(None, (noted.name_uk, noted.name_local)), *noted.aliases):
            self._by_name[noted.country_code, _key(name)] = noted.id
        return noted


def _key(name: str) -> str:
    return slug(AROUND.sub("", name)) or slug(name)
