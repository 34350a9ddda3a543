"""How unequally partners are spread over places: Gini, entropy and the power law that degrees may follow.

The exponents are those of KONECT (J. Kunegis, *Handbook of Network Analysis*): the plain one by Newman's estimator
(*Power laws, Pareto distributions and Zipf's law*, 2005, eq. 5) from the smallest degree on; that of the tail, its
first degree and its goodness of fit by A. Clauset, C. Shalizi and M. Newman (*Power-law distributions in empirical
data*, SIAM Review 51, 2009) for whole numbers, the exponent to two digits (1.001, 1.011 … 8.991) as there.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twingraph.queries.analyses.path_lengths import Progress

__all__ = ["PowerLaw", "edge_entropy", "fit_tail", "gini", "plain_exponent"]

type Floats = NDArray[np.float64]
type Ints = NDArray[np.int64]

_EXPONENTS: Floats = 1.001 + 0.01 * np.arange(800, dtype=np.float64)
_TABLE = 512
"""Degrees up to this one have their sums of the power law ready."""
_LARGEST_DRAW = 10.0**15


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerLaw:
    """A power law fitted to the tail of the degrees.

    Attributes
    ----------
    exponent
        The degree `d` comes with a probability proportional to ``d ** -exponent``.
    first
        The degree at which the tail starts.
    places
        How many places have such a degree or a higher one.
    distance
        The largest difference between the shares of places up to a degree in the tail and under the law
        (Kolmogorov–Smirnov).
    p
        The share of networks drawn from the law that fit it worse than this one does: below 0.1 the law is ruled out.
        ``None`` where none was drawn.
    """

    exponent: float
    first: int
    places: int
    distance: float
    p: float | None = None


def gini(degrees: Sequence[int]) -> float | None:
    """Return the Gini coefficient of the degrees above 0: 0 where all are equal, near 1 where one place has all.

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
    """Return the relative edge distribution entropy of the degrees above 0: 1 where all are equal, else less."""
    shares = np.array([degree for degree in degrees if degree], dtype=np.float64)
    if len(shares) < 2:
        return None
    shares /= shares.sum()
    return float(-(shares * np.log(shares)).sum() / math.log(len(shares)))


def plain_exponent(degrees: Sequence[int]) -> float | None:
    """Return Newman's estimate of the exponent over all degrees above 0; ``None`` where all are equal."""
    known = [degree for degree in degrees if degree]
    least = min(known, default=1)
    total = math.fsum(math.log(degree / least) for degree in known)
    return 1 + len(known) / total if total else None


def fit_tail(
    degrees: Sequence[int], *, rounds: int = 1000, seed: int = 1, progress: Progress | None = None
) -> PowerLaw | None:
    """Fit a power law to the tail of the degrees.

    Parameters
    ----------
    degrees
        Whole numbers; zeros do not count.
    rounds
        How many sets of degrees are drawn to learn how good the fit is: `p` is known to about
        ``1 / (2 * sqrt(rounds))``. 0 leaves `p` out.
    seed
        The same seed draws the same sets.
    progress
        Called with the name of a stage and the share of it that is done, 0 to 1.

    Returns
    -------
    PowerLaw or None
        ``None`` where there are fewer than two different degrees.
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
    # The law's sums from each degree on; just above one degree and just below the next the shares differ most.
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
    """Draw as many degrees: below the tail as they are found, in the tail from the law."""
    below, in_tail = int(counts[:at].sum()), int(counts[at:].sum())
    in_tail = int(rng.binomial(below + in_tail, in_tail / (below + in_tail)))
    body = rng.multinomial(int(counts.sum()) - in_tail, counts[:at] / below) if at else np.zeros(0, np.int64)
    tail, found = np.unique(_draw_tail(rng, int(values[at]), exponent, in_tail), return_counts=True)
    kept = body > 0
    return np.concatenate([values[:at][kept], tail]), np.concatenate([body[kept], found])


def _draw_tail(rng: np.random.Generator, first: int, exponent: float, size: int) -> Ints:
    """Draw whole numbers from the law: exactly up to a large one, beyond it as from the law without steps."""
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
    """Return the logarithms of the law's sums from each of `values` on, by exponent and value."""
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
