"""Filters on partnerships: by kind, status, theme and date, the same for every measure, export and map.

Rules for dates that are partial or unknown:

- A partial date meets a bound wherever it can: ``2022`` is neither before nor after ``2022-06-01``.
- ``since`` and ``until`` compare the *start* of a partnership. Partnerships with no start date are excluded.
- ``as_of`` keeps the partnerships *in force* on a date, and those of unknown status. One with no start date counts as
  started. One with no end date counts as in force unless its status is terminated or suspended. Planned ones are
  excluded. The end date itself is included.
- ``statuses`` compare the status on the current day (:mod:`twingraph.graph.standing`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Protocol

from twingraph.errors import ConfigError
from twingraph.graph.dates import is_later, parse_date
from twingraph.graph.model import Kind, Status
from twingraph.graph.standing import status_on, stood_on, today

__all__ = ["NO_FILTERS", "Filterable", "Filters", "code_name"]


class Filterable(Protocol):
    """The facts of a partnership that filters read: :class:`twingraph.graph.model.Partnership` has them."""

    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def kinds(self) -> Collection[str]: ...  # noqa: D102
    @property
    def status(self) -> str: ...  # noqa: D102
    @property
    def since(self) -> str | None: ...  # noqa: D102
    @property
    def until(self) -> str | None: ...  # noqa: D102
    @property
    def themes(self) -> Collection[str]: ...  # noqa: D102


@dataclass(frozen=True, kw_only=True)
class Filters:
    """Filters on partnerships; all that are set must match, and none set keeps every partnership.

    Attributes
    ----------
    kinds
        Accepted kinds; of a pair with several, one is enough.
    statuses
        Accepted statuses, as they are today.
    themes
        Accepted themes, in any case; one in common is enough.
    since, until
        Bounds of the start date: ISO dates of any precision.
    as_of
        A date on which the partnership was in force: an ISO date of any precision.

    Raises
    ------
    twingraph.errors.ConfigError
        A date cannot be read, or `until` is before `since`.

    Notes
    -----
    The module docstring has the rules for unknown and partial dates.

    Examples
    --------
    >>> from twingraph.graph.model import Kind
    >>> Filters(kinds=frozenset({Kind.TWIN_TOWN}), as_of="2022-02-24").describe("en")
    'kind: twin town; in force on 2022-02-24'
    """

    kinds: frozenset[Kind] = frozenset()
    statuses: frozenset[Status] = frozenset()
    themes: frozenset[str] = frozenset()
    since: str | None = None
    until: str | None = None
    as_of: str | None = None

    def __post_init__(self) -> None:
        for each in filter(None, (self.since, self.until, self.as_of)):
            try:
                parse_date(each)
            except ValueError as error:
                raise ConfigError(
                    f"{error}.", "Write a day as 2022-02-24, a month as 2022-02, a year as 2022."
                ) from None
        if self.since and self.until and is_later(self.since, self.until):
            raise ConfigError(
                f"The last start date, {self.until}, is before the first, {self.since}.", "Swap the two dates."
            )

    def __bool__(self) -> bool:
        return any((self.kinds, self.statuses, self.themes, self.since, self.until, self.as_of))

    def accepts(self, partnership: Filterable) -> bool:
        """Return whether `partnership` matches every filter that is set."""
        return (
            (not self.kinds or any(kind in self.kinds for kind in partnership.kinds or (partnership.kind,)))
            and (not self.statuses or self._status(partnership) in self.statuses)
            and (not self.themes or any(theme.casefold() in self._themes for theme in partnership.themes))
            and self._accepts_start(partnership.since)
            and (self.as_of is None or self._stood(partnership, self.as_of))
        )

    def describe(self, lang: Literal["uk", "en"] = "en") -> str:
        """Return the filters in words, such as ``kind: twin town``; empty where none is set."""
        texts = _TEXTS[lang]
        lists = (
            ("kind", [code_name(lang, each) for each in self.kinds]),
            ("status", [code_name(lang, each) for each in self.statuses]),
            ("theme", self.themes),
        )
        dates = (("since", self.since), ("until", self.until), ("as_of", self.as_of))
        return "; ".join(
            [f"{texts[name]}: {', '.join(sorted(values))}" for name, values in lists if values]
            + [texts[name].format(date) for name, date in dates if date]
        )

    def caveat(self, lang: Literal["uk", "en"] = "en") -> str:
        """Return how unknown dates are treated by these filters; empty where no date filter is set."""
        notes = (("no_since", self.since or self.until), ("no_as_of", self.as_of))
        return " ".join(_TEXTS[lang][name] for name, date in notes if date)

    @cached_property
    def _themes(self) -> frozenset[str]:
        return frozenset(theme.casefold() for theme in self.themes)

    @cached_property
    def _today(self) -> str:
        return today()

    def _status(self, partnership: Filterable) -> Status:
        return status_on(partnership.status, partnership.since, partnership.until, self._today)

    def _stood(self, partnership: Filterable, day: str) -> bool:
        return stood_on(partnership.status, partnership.since, partnership.until, day, now=self._today)

    def _accepts_start(self, since: str | None) -> bool:
        if since is None:
            return self.since is None and self.until is None
        return not (self.since and is_later(self.since, since)) and not (self.until and is_later(since, self.until))


NO_FILTERS = Filters()
"""Every partnership."""


def code_name(lang: Literal["uk", "en"], code: Kind | Status) -> str:
    """Return the name of a kind or a status as it appears in a sentence."""
    return _NAMES_UK[code] if lang == "uk" else _NAMES_EN.get(code, code.replace("_", " "))


_TEXTS: dict[str, dict[str, str]] = {
    "en": {
        "kind": "kind",
        "status": "status",
        "theme": "theme",
        "since": "started in {} or later",
        "until": "started in {} or earlier",
        "as_of": "in force on {}",
        "no_since": "Partnerships with no start date are excluded.",
        "no_as_of": (
            "A partnership with no start date counts as in force on that day; one that ended on an unknown date, and "
            "one that is only planned, does not. One of unknown status counts."
        ),
    },
    "uk": {
        "kind": "вид",
        "status": "стан",
        "theme": "тема",
        "since": "початок не раніше {}",
        "until": "початок не пізніше {}",
        "as_of": "чинні станом на {}",
        "no_since": "Партнерства без дати початку не враховано.",
        "no_as_of": (
            "Партнерство без дати початку вважається чинним на той день, так само як і партнерство з невідомим станом; "
            "припинене без дати або лише заплановане — ні."
        ),
    },
}

_NAMES_EN: dict[Kind | Status, str] = {Status.ACTIVE: "in force", Status.TERMINATED: "ended"}
"""English names that are not the code."""

_NAMES_UK: dict[Kind | Status, str] = {
    Kind.TWIN_TOWN: "міста-побратими",
    Kind.PARTNERSHIP_AGREEMENT: "угода про партнерство",
    Kind.MEMORANDUM: "меморандум",
    Kind.FRIENDSHIP: "дружні зв’язки",
    Kind.SOLIDARITY_PARTNERSHIP: "солідарне партнерство",
    Kind.METROPOLIS_COOPERATION: "співпраця з метрополією",
    Kind.PROJECT: "проєкт",
    Kind.CONTACT: "контакт",
    Kind.OTHER: "інша співпраця",
    Status.ACTIVE: "чинне",
    Status.PLANNED: "заплановане",
    Status.SUSPENDED: "призупинене",
    Status.TERMINATED: "припинене",
    Status.UNKNOWN: "невідомо",
}
