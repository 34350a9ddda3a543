"""Formulas of network measures: degree distribution, mixing, stars and squares, power-law fit.

Exponents follow KONECT (J. Kunegis, *Handbook of Network Analysis*). The plain one is Newman's estimator (*Power laws,
Pareto distributions and Zipf's law*, 2005, eq. 5) from the smallest degree on. The exponent of the tail, its first
degree and its goodness of fit follow A. Clauset, C. Shalizi and M. Newman (*Power-law distributions in empirical data*,
SIAM Review 51, 2009) for whole numbers, with exponents to two digits (1.001, 1.011 … 8.991).
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import NDArray

from twingraph.queries.analyses.network import Tie
from twingraph.queries.analyses.path_lengths import Progress, neighbours

type Floats = NDArray[np.float64]
type Ints = NDArray[np.int64]

_EXPONENTS: Floats = 1.001 + 0.01 * np.arange(800, dtype=np.float64)
_TABLE = 512
"""Sums of the power law are tabulated for degrees up to this one (chosen by hand)."""
_LARGEST_DRAW = 10.0**15
"""Larger samples are cut to this: it fits a 64-bit integer."""
_STEPS = 2**22
"""Two-step walks counted at once: about 100 MiB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerLaw:
    """A power law fitted to the tail of the degrees.

    Attributes
    ----------
    exponent
        A degree `d` has a probability proportional to ``d ** -exponent``.
    first
        The smallest degree of the tail.
    places
        The number of places with such a degree or a higher one.
    distance
        The largest difference between observed and expected cumulative shares (Kolmogorov–Smirnov).
    p
        The share of samples drawn from the law that fit it worse than the data: below 0.1 the law is ruled out.
        ``None`` if no sample was drawn.
    """

    exponent: float
    first: int
    places: int
    distance: float
    p: float | None = None


def gini(degrees: Sequence[int]) -> float | None:
    """Return the Gini coefficient of the degrees above 0: 0 if all are equal, near 1 if one place has nearly all.

    Examples
    --------
    >>> gini([1, 1, 2])
    0.16666666666666666
    """
    ranked = sorted(degree for degree in degrees if degree)
    if not ranked:
        return None
    count, total = len(ranked), sum(ranked)
    return (2 * sum(place * degree for place, degree in enumerate(ranked, 1)) - (count + 1) * total) / (count * total)


def edge_entropy(degrees: Sequence[int]) -> float | None:
    """Return the relative edge distribution entropy of the degrees above 0: 1 if all are equal, else less."""
    shares = np.array([degree for degree in degrees if degree], dtype=np.float64)
    if len(shares) < 2:
        return None
    shares /= shares.sum()
    return float(-(shares * np.log(shares)).sum() / math.log(len(shares)))


def plain_exponent(degrees: Sequence[int]) -> float | None:
    """Return Newman's estimate of the exponent over all degrees above 0; ``None`` if all are equal."""
    known = [degree for degree in degrees if degree]
    least = min(known, default=1)
    total = math.fsum(math.log(degree / least) for degree in known)
    return 1 + len(known) / total if total else None


def both_known[T](values: Sequence[T | None], pairs: Sequence[tuple[int, int]]) -> list[tuple[T, T]]:
    """Return the values at the two ends of each pair that has both."""
    found = ((values[a], values[b]) for a, b in pairs)
    return [(one, other) for one, other in found if one is not None and other is not None]


def correlation(ends: Sequence[tuple[float, float]]) -> float | None:
    """Return Pearson's correlation over both directions of every pair; ``None`` if all values are equal."""
    if not ends:
        return None
    one = np.array(ends, dtype=np.float64)
    both = np.concatenate([one, one[:, ::-1]])
    centred = both - both[:, 0].mean()
    spread = float((centred[:, 0] ** 2).sum())
    if spread <= 1e-12 * float((both[:, 0] ** 2).sum()):
        return None
    return float((centred[:, 0] * centred[:, 1]).sum() / spread)


def assortativity(ends: Sequence[tuple[str | None, str | None]]) -> float | None:
    """Return Newman's assortativity by a category; ``None`` if all pairs have the same one."""
    if not ends:
        return None
    total = 2 * len(ends)
    shares = Counter(end for pair in ends for end in pair)
    chance = sum((many / total) ** 2 for many in shares.values())
    same = sum(one == other for one, other in ends) / len(ends)
    return (same - chance) / (1 - chance) if len(shares) > 1 else None


def reciprocity(ties: Sequence[Tie]) -> float | None:
    """Return the share of statements by one partner that the other returns; ``None`` if no speaker is recorded."""
    arcs = {
        (sayer, tie.end if sayer == tie.start else tie.start)
        for tie in ties
        for sayer in tie.said_by
        if tie.start != tie.end
    }
    return sum((other, sayer) in arcs for sayer, other in arcs) / len(arcs) if arcs else None


def stars(degrees: Sequence[int], arms: int) -> int:
    """Count the stars: a place and `arms` of its partners. Two arms make a wedge, three a claw.

    Examples
    --------
    >>> stars([3, 1, 1, 1], 2)
    3
    """
    return sum(comb(degree, arms) for degree in degrees)


def squares(size: int, pairs: Sequence[tuple[int, int]], *, progress: Progress | None = None) -> int:
    """Count the rings of four places, whether or not opposite corners are partners too.

    Two places with `k` partners in common are opposite corners of ``k * (k - 1) / 2`` squares, and each square has two
    such pairs of corners.

    Parameters
    ----------
    size
        The number of places.
    pairs
        Distinct pairs of different positions.
    progress
        Called with the name of a stage and the share of it that is done, 0 to 1.

    Examples
    --------
    >>> squares(4, [(0, 1), (1, 2), (2, 3), (0, 3)])
    1
    """
    starts, ends = neighbours(size, pairs)
    degrees = np.diff(starts)
    # All two-step walks from a place are in one block, so its common partners with any other place are complete.
    cost = np.concatenate([[0], np.cumsum(degrees[ends])])[starts]
    twice = 0
    first = 0
    while first < size:
        last = max(first + 1, int(np.searchsorted(cost, cost[first] + _STEPS, side="right")) - 1)
        via = ends[starts[first] : starts[last]]
        begun = np.repeat(np.arange(first, last), degrees[first:last])
        many = degrees[via]
        offsets = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many)
        corner, opposite = np.repeat(begun, many), ends[np.repeat(starts[via], many) + offsets]
        ahead = opposite > corner
        _pairs, common = np.unique(corner[ahead] * size + opposite[ahead], return_counts=True)
        twice += int((common * (common - 1) // 2).sum())
        if progress:
            progress("Squares", last / size)
        first = last
    return twice // 2


def fit_tail(
    degrees: Sequence[int], *, rounds: int = 1000, seed: int = 1, progress: Progress | None = None
) -> PowerLaw | None:
    """Fit a power law to the tail of the degrees.

    Parameters
    ----------
    degrees
        Whole numbers; zeros are ignored.
    rounds
        Number of samples for the goodness of fit: `p` has a precision of about ``1 / (2 * sqrt(rounds))``. 0 skips it.
    seed
        The same seed draws the same samples.
    progress
        Called with the name of a stage and the share of it that is done, 0 to 1.

    Returns
    -------
    PowerLaw or None
        ``None`` for fewer than two different degrees.
    """
    values, counts = np.unique(np.array([degree for degree in degrees if degree], dtype=np.int64), return_counts=True)
    if len(values) < 2:
        return None
    table = _log_sums(np.arange(1, _TABLE + 1))
    exponent, at, distance = _fit(values, counts, table)
    first, places = int(values[at]), int(counts[at:].sum())
    fitted = PowerLaw(exponent=round(exponent, 3), first=first, places=places, distance=distance)
    if not rounds:
        return fitted
    rng = np.random.default_rng(seed)
    worse = 0
    for number in range(rounds):
        drawn = _draw(rng, values, counts, at, exponent)
        worse += len(drawn[0]) > 1 and _fit(*drawn, table)[2] >= distance
        if progress and number % 20 == 19:
            progress("Goodness of fit", (number + 1) / rounds)
    return PowerLaw(exponent=fitted.exponent, first=first, places=places, distance=distance, p=worse / rounds)


def _fit(values: Ints, counts: Ints, table: Floats) -> tuple[float, int, float]:
    """Return exponent, position of the first degree in `values`, and distance of the best fit."""
    starts = values[:-1]
    tail = np.cumsum(counts[::-1])[::-1]
    logs = np.cumsum((counts * np.log(values))[::-1])[::-1]
    sums = _look_up(table, starts)
    likelihood = -np.outer(_EXPONENTS, logs[:-1]) - tail[:-1] * sums
    best = likelihood.argmax(axis=0)
    norm = sums[best, np.arange(len(starts))]
    # The shares differ most just above one degree or just below the next.
    above = np.exp(_look_up(table, values + 1)[best] - norm[:, None])
    below = np.exp(_look_up(table, values)[best] - norm[:, None])
    seen = tail[None, :] / tail[:-1, None]
    after = np.concatenate([tail[1:], [0]])[None, :] / tail[:-1, None]
    apart = np.maximum(
        np.abs(after - above),
        np.where(np.arange(len(values)) > np.arange(len(starts))[:, None], np.abs(seen - below), 0.0),
    )
    apart[np.arange(len(values)) < np.arange(len(starts))[:, None]] = 0.0
    worst = apart.max(axis=1)
    at = int(worst.argmin())
    return float(_EXPONENTS[best[at]]), at, float(worst[at])


def _draw(rng: np.random.Generator, values: Ints, counts: Ints, at: int, exponent: float) -> tuple[Ints, Ints]:
    """Draw a sample of the same size: below the tail from the observed degrees, in the tail from the law."""
    below, in_tail = int(counts[:at].sum()), int(counts[at:].sum())
    in_tail = int(rng.binomial(below + in_tail, in_tail / (below + in_tail)))
    body = rng.multinomial(int(counts.sum()) - in_tail, counts[:at] / below) if at else np.zeros(0, np.int64)
    tail, found = np.unique(_draw_tail(rng, int(values[at]), exponent, in_tail), return_counts=True)
    kept = body > 0
    return np.concatenate([values[:at][kept], tail]), np.concatenate([body[kept], found])


def _draw_tail(rng: np.random.Generator, first: int, exponent: float, size: int) -> Ints:
    """Draw whole numbers from the law: exactly for the first 4,096 values, by the continuous law beyond."""
    known = np.arange(first, first + 4096)
    sums = np.exp(_log_sums(known, np.array([exponent]))[0])
    chance = rng.random(size)
    place = np.searchsorted(-sums / sums[0], -chance, side="left") - 1
    drawn = known[np.clip(place, 0, len(known) - 1)]
    far = chance < sums[-1] / sums[0]
    if far.any():
        beyond = (chance[far] * sums[0] / sums[-1]) ** (-1 / (exponent - 1)) * float(known[-1])
        drawn[far] = np.minimum(beyond, _LARGEST_DRAW).astype(np.int64)
    return drawn


def _look_up(table: Floats, values: Ints) -> Floats:
    """Return the logarithms of the sums of the law from each of `values` on, by exponent and value."""
    ready = values <= _TABLE
    if ready.all():
        return table[:, values - 1]
    found = np.empty((len(_EXPONENTS), len(values)))
    found[:, ready] = table[:, values[ready] - 1]
    found[:, ~ready] = _log_sums(values[~ready])
    return found


def _log_sums(values: Ints, exponents: Floats = _EXPONENTS) -> Floats:
    """Return the logarithm of the Hurwitz zeta function, the sum of ``(value + k) ** -exponent`` over all `k` from 0.

    By Euler and Maclaurin after ten terms; the error is below 1e-12 of the sum.
    """
    s = exponents[:, None]
    q = values[None, :].astype(np.float64)
    total: Floats = sum(((q + k) / q) ** -s for k in range(10))  # type: ignore[assignment]
    w = (q + 10) / q
    end = w**-s
    total = total + end * (q * w / (s - 1) + 0.5)
    term = s / (q * w)
    for number, factor in enumerate((1 / 12, -1 / 720, 1 / 30240, -1 / 1209600)):
        total = total + end * factor * term
        term = term * (s + 2 * number + 1) * (s + 2 * number + 2) / (q * w) ** 2
    logs: Floats = np.log(total) - s * np.log(q)
    return logs
