"""Which of several namesakes is meant."""

from collections.abc import Callable, Sequence

from twingraph.graph.globe import distance_km
from twingraph.loaders.places.gazetteer import Entry

__all__ = ["CLEAR_SHARE", "at", "merge_doubles", "nearest_to", "people_of", "rank", "share_of_best", "weight"]

# Entries of one name that lie this near to each other are one place told twice (a town and its municipality).
_DOUBLE_KM = 12.0
# What a place counts for that GeoNames gives no population.
_FEW = 250
# In Ukraine the hromadas have partners: a hromada's centre counts at least this, another village at most that.
_CENTRE_PEOPLE = 3000.0
_VILLAGE_PEOPLE = 100.0
# How likely a place is meant grows with its inhabitants and with how well it is known, which the number of spellings
# in the register tells: a famous town has been written down in many languages. The exponents, and what a suburb or a
# name counts that is not the register's own, are those of a conditional logit model fitted to the namesakes in one list
# of twin towns and checked on another; benchmarks/namesakes.py fits it anew.
_PEOPLE_POWER = 0.8
_FAME_POWER = 0.75
_SUBURB_WEIGHT = 0.6
# By the grade of the name: the register's own, another spelling, the hromada's name, a former name.
_GRADE_WEIGHT = (1.0, 0.07, 0.6, 0.6)

# How likely the likeliest namesake must be for the name alone to mean it (see weight). Of the names of twin
# towns where it was 0.6 to 0.7, two in three were that namesake in one list and six in seven in another; where it was
# above 0.9, 98 and 99 in 100 (benchmarks/namesakes.py).
CLEAR_SHARE = 0.6


def at(entry: Entry) -> tuple[float, float] | None:
    """Return the coordinates of an entry, where it has them."""
    return None if entry.lat is None or entry.lon is None else (entry.lat, entry.lon)


def people_of(entry: Entry) -> float:
    """Return the inhabitants that an entry counts with; never 0."""
    people = float(entry.population or _FEW)
    if entry.centre:
        return max(people, _CENTRE_PEOPLE)
    return min(people, _VILLAGE_PEOPLE) if entry.kind == "village" else people


def weight(entry: Entry) -> float:
    """Return what an entry counts among its namesakes: how likely it is meant, up to a factor that all share."""
    people = people_of(entry)
    likely: float = people**_PEOPLE_POWER * (1 + (entry.fame or 0)) ** _FAME_POWER * _GRADE_WEIGHT[entry.grade]
    return likely * (_SUBURB_WEIGHT if entry.suburb else 1.0)


def rank(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries by how much they count: inhabitants, and whether the name is their own."""
    return sorted(entries, key=lambda entry: (-weight(entry), entry.pid))


def merge_doubles(entries: Sequence[Entry]) -> list[Entry]:
    """Return the ranked entries without those that repeat a place ranked before them."""
    kept: list[Entry] = []
    for entry in entries:
        spot = at(entry)
        if spot is not None and any(
            other is not None and distance_km(*spot, *other) <= _DOUBLE_KM for other in map(at, kept)
        ):
            continue
        kept.append(entry)
    return kept


def share_of_best(ranked: Sequence[Entry]) -> float:
    """Return what the first of the ranked entries counts among all of them, 0 to 1: how likely it is meant."""
    total = sum(weight(entry) for entry in ranked)
    return weight(ranked[0]) / total if total else 0.0


def nearest_to(
    spot: tuple[float, float], entries: Sequence[Entry], km: float, *, tie: Callable[[Entry], float] | None = None
) -> list[Entry]:
    """Return the entries within `km` of a point, the nearest first; `tie` is added to the distance in km."""
    found = []
    for entry in entries:
        place = at(entry)
        if place is not None:
            far = distance_km(*spot, *place)
            if far <= km:
                found.append((far + (tie(entry) if tie else 0.0), entry.pid, entry))
    return [entry for _, _, entry in sorted(found, key=lambda item: item[:2])]
