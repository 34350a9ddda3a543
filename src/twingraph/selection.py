"""Which partnerships are measured, drawn or exported: the options of methods and commands, and their filters."""

from collections.abc import Collection
from enum import StrEnum
from typing import TYPE_CHECKING, TypedDict

from twingraph.errors import ConfigError

if TYPE_CHECKING:
    from twingraph.queries.analyses.network import Ties
    from twingraph.queries.filters import Filters
    from twingraph.queries.scope import Scope

__all__ = ["FilterOptions", "Selection", "filters_of"]


class FilterOptions(TypedDict, total=False):
    """Which partnerships count; without filters all do.

    Attributes
    ----------
    kinds, statuses, themes
        Only partnerships with one of these.
    since, until
        Only those that began within; ``2022``, ``2022-11`` or ``2022-11-23``.
    as_of
        Only those that were in force on that day.
    """

    kinds: Collection[str]
    statuses: Collection[str]
    themes: Collection[str]
    since: str | None
    until: str | None
    as_of: str | None


class Selection(FilterOptions, total=False):
    """Which part of the network is meant: a scope, and the filters on partnerships.

    Attributes
    ----------
    scope
        A region, country, municipality or metropolis by any of its names (``"Zhytomyr oblast"``, ``"UA-18"``,
        ``"Польща"``); ``None`` is the whole network.
    ties
        Which ties a scope has: ``"touching"``, at least one end in it; ``"inside"``, both ends; ``"around"``, also
        those among its partners.
    """

    scope: "str | Scope | None"
    ties: "Ties"


def filters_of(
    *,
    kinds: Collection[str] = (),
    statuses: Collection[str] = (),
    themes: Collection[str] = (),
    since: str | None = None,
    until: str | None = None,
    as_of: str | None = None,
) -> "Filters":
    """Return the choice of partnerships that some :class:`FilterOptions` make."""
    from twingraph.graph.model import Kind, Status
    from twingraph.queries.filters import Filters

    return Filters(
        kinds=frozenset(_choices(Kind, "kind", kinds)),
        statuses=frozenset(_choices(Status, "status", statuses)),
        themes=frozenset([themes] if isinstance(themes, str) else themes),
        since=since,
        until=until,
        as_of=as_of,
    )


def _choices[T: StrEnum](known: type[T], what: str, given: Collection[str]) -> list[T]:
    found = []
    for each in [given] if isinstance(given, str) else given:
        try:
            found.append(known(each))
        except ValueError:
            raise ConfigError(
                f"There is no {what} of partnership called {each!r}.", f"There are: {', '.join(known)}."
            ) from None
    return found
