"""Which of several namesakes is meant."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import exp, log, log1p
from operator import mul

from twingraph.graph.geodesy import distance_km
from twingraph.loaders.places.gazetteer import Entry, EntryType, Grade

__all__ = [
    "CLEAR_SHARE",
    "OTHER",
    "TRAITS",
    "at",
    "likelihood",
    "merge_doubles",
    "nearest_to",
    "rank",
    "share_of_best",
    "traits",
    "weight",
]

# Entries of one name this near to each other are one place listed twice: a town and its municipality. Chosen by hand.
_DOUBLE_KM = 12.0
_DOUBLE_DEGREES = _DOUBLE_KM / 111.0  # so far north or south of each other, and they are farther apart
# The inhabitants assumed where GeoNames gives none. Half of the 500 from which places are listed.
_FEW = 250

# How likely each of several namesakes is meant: a conditional logit model (McFadden, 1974), fitted to the names in one
# list of twin towns and checked on another; benchmarks/namesakes.py refits it. A place counts the exponential of the
# sum of these, each times its trait (see traits).
TRAITS = {
    "log of inhabitants": 0.35,
    "log of spellings": 0.49,  # a famous town has been written down in many languages
    "part of a city": -0.15,
    "another spelling": -1.04,  # the name is not the register's own, or the point is only a guess
    "another name": -1.61,  # where English is written, a spelling that is no shorter form is an old name or a nickname
    "the hromada's name": 0.21,
    "centre of a hromada": 2.00,  # in Ukraine the hromadas have partners
    "seat of an area of its name": 1.19,
    "has postal codes": 0.92,
    "log of postal codes": 0.47,
    "second-level area": -3.74,
    "log of an area's inhabitants": 0.80,
    "log of an area's spellings": -0.40,
    "area of postal codes": 2.22,
    "village of postal codes": 2.39,
}
_NUMBERS = tuple(TRAITS.values())
# What all places count together that no register has.
OTHER = exp(0.99)

# How likely the likeliest namesake must be for the name alone to mean it. Of the names of twin towns where it was 0.5
# to 0.6, three in five were that namesake in one list and three in four in another (benchmarks/namesakes.py).
CLEAR_SHARE = 0.55


# Plain integers compare faster than members of an enumeration, and this comparison runs for every candidate.
_TOWN, _AREA, _POSTAL_AREA, _VILLAGE = (
    int(kind) for kind in (EntryType.TOWN, EntryType.AREA, EntryType.POSTAL_AREA, EntryType.VILLAGE)
)
_ALTERNATE, _HROMADA, _FORMER, _OTHER_NAME = (
    int(grade) for grade in (Grade.ALTERNATE, Grade.HROMADA, Grade.FORMER, Grade.OTHER)
)


def at(entry: Entry) -> tuple[float, float] | None:
    """Return the coordinates of an entry, where it has them."""
    return None if entry.lat is None or entry.lon is None else (entry.lat, entry.lon)


def traits(entry: Entry) -> tuple[float, ...]:
    """Return the traits that the likelihood depends on, in the order of ``TRAITS``."""
    kind, grade, codes = entry.type, entry.grade, entry.codes
    town, area = kind == _TOWN, kind == _AREA
    return (
        log(entry.population or _FEW) if town else 0.0,
        log1p(entry.fame) if town else 0.0,
        entry.suburb,
        grade == _ALTERNATE,
        grade == _OTHER_NAME,
        _HROMADA <= grade <= _FORMER,
        entry.centre,
        entry.seat != 0,
        town and codes > 0,
        log(codes) if codes else 0.0,
        area,
        log(entry.population or _FEW) if area else 0.0,
        log1p(entry.fame) if area else 0.0,
        kind == _POSTAL_AREA,
        kind == _VILLAGE,
    )


@lru_cache(maxsize=1024)  # the namesakes of one name are weighed several times over
def weight(entry: Entry) -> float:
    """Return what an entry counts among its namesakes: how likely it is meant, up to a factor that all share."""
    return exp(sum(map(mul, _NUMBERS, traits(entry))))


def rank(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries by how much they count, the likeliest to be meant first."""
    return list(entries) if len(entries) == 1 else sorted(entries, key=lambda entry: (-weight(entry), entry.pid))


def merge_doubles(entries: Sequence[Entry]) -> list[Entry]:
    """Return the ranked entries without those that repeat a place ranked before them."""
    if len(entries) == 1:
        return list(entries)
    kept: list[Entry] = []
    spots: list[tuple[float, float]] = []
    for entry in entries:
        spot = at(entry)
        if spot is not None:
            if any(
                abs(spot[0] - other[0]) <= _DOUBLE_DEGREES and distance_km(*spot, *other) <= _DOUBLE_KM
                for other in spots
            ):
                continue
            spots.append(spot)
        kept.append(entry)
    return kept


def share_of_best(ranked: Sequence[Entry]) -> float:
    """Return what the first of the ranked entries counts among all of them, 0 to 1."""
    weights = [weight(entry) for entry in ranked]
    return weights[0] / sum(weights)


def likelihood(ranked: Sequence[Entry]) -> float:
    """Return how likely the first of the ranked entries is meant, 0 to 1: it may be a place that no register has."""
    weights = [weight(entry) for entry in ranked]
    return weights[0] / (sum(weights) + OTHER)


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
