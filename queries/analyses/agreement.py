"""How far two groupings of the same things agree."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["adjusted_rand", "mutual_information"]


def adjusted_rand(one: Sequence[int] | NDArray[np.int64], other: Sequence[int] | NDArray[np.int64]) -> float:
    """Return how far two groupings of the same things agree: 1 wholly, 0 as by chance (Hubert, Arabie 1985).

    Examples
    --------
    >>> adjusted_rand([0, 0, 1, 1], [5, 5, 3, 3])
    1.0
    """
    both, rows, columns = (_pairs_of(counts) for counts in _table(one, other))
    chance = rows * columns / max(_pairs_of(np.array([len(one)])), 1)
    largest = (rows + columns) / 2
    return float((both - chance) / (largest - chance)) if largest != chance else 1.0


def mutual_information(one: Sequence[int] | NDArray[np.int64], other: Sequence[int] | NDArray[np.int64]) -> float:
    """Return what two groupings tell of each other, as a share of the mean of what each tells: 1 wholly, 0 nothing."""
    both, rows, columns = (_entropy(counts) for counts in _table(one, other))
    return float(2 * (rows + columns - both) / (rows + columns)) if rows + columns else 1.0


def _table(
    one: Sequence[int] | NDArray[np.int64], other: Sequence[int] | NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return how many things share both groups, the group of the first, and that of the second."""
    first, second = np.asarray(one, dtype=np.int64), np.asarray(other, dtype=np.int64)
    joint = first * (int(second.max(initial=0)) + 1) + second
    both, rows, columns = (np.unique(each, return_counts=True)[1] for each in (joint, first, second))
    return both, rows, columns


def _pairs_of(counts: NDArray[np.int64]) -> float:
    return float((counts * (counts - 1) // 2).sum())


def _entropy(counts: NDArray[np.int64]) -> float:
    shares = counts / counts.sum()
    return float(-(shares * np.log(shares)).sum())
