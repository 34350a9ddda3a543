"""Count partnerships that started, ended and were active, by year or month.

Most ties in most lists have no date, so only dated ties are counted; :class:`DateCoverage` reports how many those are.
A date counts in the period that certainly contains it: ``2022`` counts by year. By month it counts in no month as new,
and as active from the end of December.

A planned tie has not begun and is counted apart, at its intended date. A tie that ended on an unknown date counts as
begun and never as active; an end that is still to come is none of a tie that has ended already.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from twingraph.graph.dates import is_later, precision
from twingraph.graph.model import Status
from twingraph.graph.standing import ENDED, status_on, today
from twingraph.queries.analyses.network import Network, Tie

__all__ = ["By", "DateCoverage", "Period", "Timeline", "timeline"]

type By = Literal["year", "month"]

_LONGEST = 12 * 300
"""At most so many periods in a row are filled in; a date like 0205 for 2005 must not fill a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One year or month, of one country or of all.

    Attributes
    ----------
    period
        ``2022`` or ``2022-11``.
    country
        ISO 3166-1 alpha-2 of the country that ties have an end in; ``None`` is all.
    new, ended
        Ties that began, that ended in it.
    standing
        Ties with a known start that are active at its end.
    undated
        Ties with no start date that did not end by its end; at most these add to `standing`.
    planned
        Ties that are to begin in it, and have not.
    """

    period: str
    country: str | None
    new: int
    ended: int
    standing: int
    undated: int
    planned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DateCoverage:
    """How many ties have known dates.

    Attributes
    ----------
    ties
        All that count, without planned ones.
    begun
        Those whose start is known to the period.
    over, over_dated
        Those that are terminated or suspended, and those of them whose end date is known.
    unknown
        Those of unknown status: as no source states an end, they count as active.
    coarse
        Beginnings and ends that are known, but not as finely as the periods are.
    planned, planned_dated
        Planned ties, and those of them with a date.
    """

    ties: int
    begun: int
    over: int
    over_dated: int
    unknown: int
    coarse: int
    planned: int
    planned_dated: int

    @property
    def begun_percent(self) -> float | None:
        """Per cent of the ties whose beginning is known."""
        return round(100 * self.begun / self.ties, 1) if self.ties else None

    @property
    def over_percent(self) -> float | None:
        """Per cent of the ties that are over whose end is known."""
        return round(100 * self.over_dated / self.over, 1) if self.over else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Periods in order, without gaps; for several countries each has all periods.

    Attributes
    ----------
    periods
        By country, then by time; empty where no tie is dated.
    by
        ``"year"`` or ``"month"``.
    coverage
        Over all ties that count, each once.
    """

    periods: tuple[Period, ...]
    by: By
    coverage: DateCoverage


def timeline(
    network: Network,
    *,
    by: By = "year",
    countries: Iterable[str] = (),
    each_country: bool = False,
    first: str | None = None,
    last: str | None = None,
) -> Timeline:
    """Count new, ended and active ties by period.

    Parameters
    ----------
    network
        The partnerships that count.
    by
        How long a period is.
    countries
        Only ties with an end in one of these, a row for each country; a tie between two of them counts for both.
    each_country
        A row for every country that has ties.
    first, last
        The first and the last period to show; what came before counts in `standing` all the same. Else from the first
        to the last date of any tie.

    Examples
    --------
    >>> from twingraph.graph.model import Label
    >>> from twingraph.queries.analyses.network import NetworkPlace
    >>> place = [NetworkPlace(id=i, label=Label.MUNICIPALITY, name=i) for i in "ab"]
    >>> tie = Tie(start=0, end=1, id="a|b", kind="twin_town", status="terminated", since="2019-05", until="2021")
    >>> found = timeline(Network(places=tuple(place), ties=(tie,)))
    >>> [(each.period, each.new, each.ended, each.standing) for each in found.periods]
    [('2019', 1, 0, 1), ('2020', 0, 0, 1), ('2021', 0, 1, 0)]
    """
    fine = 1 if by == "year" else 2
    wanted = tuple(dict.fromkeys(countries))
    ends = {
        at: {network.places[tie.start].country, network.places[tie.end].country} for at, tie in enumerate(network.ties)
    }
    if each_country and not wanted:
        wanted = tuple(sorted({country for pair in ends.values() for country in pair if country}))
    now = today()
    chosen = [(at, _on(now, tie)) for at, tie in enumerate(network.ties) if not wanted or ends[at] & set(wanted)]
    coverage = _coverage([tie for _at, tie in chosen], fine)
    span = _span([tie for _at, tie in chosen], fine, first, last)
    periods: list[Period] = []
    for country in wanted or (None,):
        periods += _count([tie for at, tie in chosen if country is None or country in ends[at]], country, span, fine)
    return Timeline(periods=tuple(periods), by=by, coverage=coverage)


def _on(now: str, tie: Tie) -> Tie:
    """Return a tie with its status on the current day, without an end that lies ahead of one that has ended."""
    if tie.status == Status.PLANNED:
        return tie
    status = status_on(tie.status, tie.since, tie.until, now)
    ahead = status in ENDED and tie.until is not None and is_later(tie.until, now)
    return replace(tie, status=status, until=None if ahead else tie.until)


def _cut(date: str | None, fine: int) -> str | None:
    """Return the period that a date certainly lies in; ``None`` where it is not known as finely."""
    return None if date is None or precision(date) < fine else date[: 4 if fine == 1 else 7]


def _at_latest(date: str | None, fine: int) -> str | None:
    """Return the last period that a date can be in."""
    return None if date is None else _cut(date, fine) or f"{date[:4]}-12"


def _coverage(ties: list[Tie], fine: int) -> DateCoverage:
    real = [tie for tie in ties if tie.status != Status.PLANNED]
    planned = [tie for tie in ties if tie.status == Status.PLANNED]
    over = [tie for tie in real if tie.status in ENDED]
    return DateCoverage(
        ties=len(real),
        begun=sum(_cut(tie.since, fine) is not None for tie in real),
        over=len(over),
        over_dated=sum(_cut(tie.until, fine) is not None for tie in over),
        unknown=sum(tie.status == Status.UNKNOWN for tie in real),
        coarse=sum(date is not None and _cut(date, fine) is None for tie in real for date in (tie.since, tie.until)),
        planned=len(planned),
        planned_dated=sum(_cut(tie.since, fine) is not None for tie in planned),
    )


def _span(ties: list[Tie], fine: int, first: str | None, last: str | None) -> tuple[str, ...]:
    dates = [date for tie in ties for day in (tie.since, tie.until) if (date := _at_latest(day, fine))]
    if not dates:
        return ()
    start = _edge(first, fine, "01") or min(dates)
    end = _edge(last, fine, "12") or max(dates)
    month = _month(start, fine)
    stop = _month(end, fine)
    step = 12 if fine == 1 else 1
    numbers = list(range(month, stop + 1, step))
    if len(numbers) > _LONGEST:
        known = {_month(date, fine) for date in dates}
        numbers = [number for number in numbers if number in known]
    return tuple(f"{number // 12:04}" if fine == 1 else f"{number // 12:04}-{number % 12 + 1:02}" for number in numbers)


def _edge(date: str | None, fine: int, month: str) -> str | None:
    if date is None:
        return None
    return date[:4] if fine == 1 else (date if precision(date) > 1 else f"{date}-{month}")[:7]


def _month(period: str, fine: int) -> int:
    return 12 * int(period[:4]) + (int(period[5:7]) - 1 if fine > 1 else 0)


def _count(ties: list[Tie], country: str | None, span: tuple[str, ...], fine: int) -> list[Period]:
    new: Counter[str] = Counter()
    ended: Counter[str] = Counter()
    planned: Counter[str] = Counter()
    changes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for tie in ties:
        since, until = _cut(tie.since, fine), _cut(tie.until, fine)
        if tie.status == Status.PLANNED:
            planned[since or ""] += 1
            continue
        new[since or ""] += 1
        ended[until or ""] += 1
        if tie.until is None and tie.status in ENDED:
            continue  # ended on an unknown date
        begun, over = _at_latest(tie.since, fine), _at_latest(tie.until, fine)
        # A tie that ended before it started, as sources may state, was never active.
        if begun is None or over is None or begun <= over:
            kind = "standing" if begun else "undated"
            changes[kind][begun or ""] += 1
            if over:
                changes[kind][over] -= 1
    made = []
    for period in span:
        active = {kind: sum(n for day, n in days.items() if day <= period) for kind, days in changes.items()}
        made.append(
            Period(
                period=period,
                country=country,
                new=new[period],
                ended=ended[period],
                standing=active.get("standing", 0),
                undated=active.get("undated", 0),
                planned=planned[period],
            )
        )
    return made
