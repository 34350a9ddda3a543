"""Which partnerships are meant: by kind, status, theme and date, decided in one place.

What a date of low precision or no date at all means is decided here, once, for every measure, export and map:

- A date of low precision meets a bound wherever it can: ``2022`` is neither before nor after ``2022-06-01``.
- ``since`` and ``until`` choose by the day on which a tie *began*. A tie whose beginning nobody knows is left out.
- ``as_of`` chooses the ties that *stood* on a day. A tie whose beginning nobody knows is taken to have stood; one whose
  end nobody knows is taken to stand still, unless it is said to be terminated or suspended: then it is left out.
  Planned ties never stood. A tie stands on the last day of its time.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, Protocol

from twingraph.errors import ConfigError
from twingraph.graph.dates import later, parse_date
from twingraph.graph.model import Kind, Status

__all__ = ["Narrowing", "Tied", "code_in"]

_OVER = frozenset({Status.TERMINATED, Status.SUSPENDED})


class Tied(Protocol):
    """What a narrowing reads of a partnership: :class:`twingraph.graph.model.Partnership` has it."""

    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def status(self) -> str: ...  # noqa: D102
    @property
    def since(self) -> str | None: ...  # noqa: D102
    @property
    def until(self) -> str | None: ...  # noqa: D102
    @property
    def themes(self) -> Collection[str]: ...  # noqa: D102


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """A choice of partnerships; the empty one keeps all. What is said about each attribute must hold together.

    Attributes
    ----------
    kinds, statuses
        The kind, the status is one of these.
    themes
        One of the themes is one of these, in any case.
    since, until
        It began not before `since`, not after `until`: ISO dates of any precision.
    as_of
        It stood on this day, month or year: an ISO date of any precision.

    Raises
    ------
    twingraph.errors.ConfigError
        A date is none, or `until` is before `since`.

    Notes
    -----
    The module says what unknown and partial dates mean.

    Examples
    --------
    >>> from twingraph.graph.model import Kind
    >>> Narrowing(kinds=frozenset({Kind.TWIN_TOWN}), as_of="2022-02-24").words("en")
    'kind: twin town; standing on 2022-02-24'
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
        if self.since and self.until and later(self.since, self.until):
            raise ConfigError(
                f"Nothing begins after {self.since} and before {self.until}.", "Give the earlier date as the first."
            )

    def __bool__(self) -> bool:
        return any((self.kinds, self.statuses, self.themes, self.since, self.until, self.as_of))

    def keeps(self, partnership: Tied) -> bool:
        """Tell whether `partnership` is one of those meant."""
        return (
            (not self.kinds or partnership.kind in self.kinds)
            and (not self.statuses or partnership.status in self.statuses)
            and (not self.themes or not self._folded().isdisjoint(each.casefold() for each in partnership.themes))
            and self._began(partnership.since)
            and (self.as_of is None or _stood(partnership, self.as_of))
        )

    def words(self, lang: Literal["uk", "en"] = "en") -> str:
        """Say the choice in words; empty where everything is kept."""
        texts = _WORDS[lang]
        said = [
            f"{texts[name]}: {', '.join(sorted(chosen))}"
            for name, chosen in (
                ("kind", [code_in(lang, each) for each in self.kinds]),
                ("status", [code_in(lang, each) for each in self.statuses]),
                ("theme", self.themes),
            )
            if chosen
        ]
        said += [
            texts[name].format(date)
            for name, date in (("since", self.since), ("until", self.until), ("as_of", self.as_of))
            if date
        ]
        return "; ".join(said)

    def caveat(self, lang: Literal["uk", "en"] = "en") -> str:
        """Say what an unknown date means for this choice; empty where no date was asked for."""
        texts = _WORDS[lang]
        return " ".join(
            texts[name] for name, asked in (("no_since", self.since or self.until), ("no_as_of", self.as_of)) if asked
        )

    def _folded(self) -> frozenset[str]:
        return frozenset(each.casefold() for each in self.themes)

    def _began(self, since: str | None) -> bool:
        if self.since is None and self.until is None:
            return True
        return (
            since is not None
            and not (self.since and later(self.since, since))
            and not (self.until and later(since, self.until))
        )


def code_in(lang: Literal["uk", "en"], code: Kind | Status) -> str:
    """Return what a kind or a status is called in a sentence."""
    return _NAMES_UK[code] if lang == "uk" else code.replace("_", " ")


def _stood(tie: Tied, day: str) -> bool:
    if tie.status == Status.PLANNED or (tie.since and later(tie.since, day)):
        return False
    return tie.status not in _OVER if tie.until is None else not later(day, tie.until)


_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "kind": "kind",
        "status": "status",
        "theme": "theme",
        "since": "begun since {}",
        "until": "begun until {}",
        "as_of": "standing on {}",
        "no_since": "Ties of which nobody knows when they began are left out.",
        "no_as_of": (
            "A tie of which nobody knows when it began is taken to have stood on that day; one that is over without "
            "a date, and one only planned, is not."
        ),
    },
    "uk": {
        "kind": "вид",
        "status": "стан",
        "theme": "тема",
        "since": "розпочато від {}",
        "until": "розпочато до {}",
        "as_of": "чинні станом на {}",
        "no_since": "Партнерства, про які невідомо, коли вони почалися, не враховано.",
        "no_as_of": (
            "Партнерство, про яке невідомо, коли воно почалося, вважається чинним на той день; "
            "припинене без дати або лише заплановане — ні."
        ),
    },
}

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
