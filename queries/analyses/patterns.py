"""How often small patterns occur in a network, each counted once however it is turned."""

from collections.abc import Sequence
from math import comb

import numpy as np

from twingraph.queries.analyses.distances import Tell, neighbours

__all__ = ["squares", "stars"]

_STEPS = 2**22
"""So many steps of two are held at once: some 100 MiB."""


def stars(degrees: Sequence[int], arms: int) -> int:
    """Count the stars with so many arms: a place and `arms` of its partners. Two arms are a wedge, three a claw.

    Examples
    --------
    >>> stars([3, 1, 1, 1], 2)
    3
    """
    return sum(comb(degree, arms) for degree in degrees)


def squares(size: int, pairs: Sequence[tuple[int, int]], *, tell: Tell | None = None) -> int:
    """Count the rings of four places, whether or not opposite corners are partners too.

    Two places with `k` partners in common are opposite corners of ``k * (k - 1) / 2`` squares, and each square has two
    such pairs of corners.

    Parameters
    ----------
    size
        The number of places.
    pairs
        Distinct pairs of different positions.
    tell
        Is told how far the work has come.

    Examples
    --------
    >>> squares(4, [(0, 1), (1, 2), (2, 3), (0, 3)])
    1
    """
    starts, ends = neighbours(size, pairs)
    degrees = np.diff(starts)
    # All steps of two from one place fall into one block, so that what it has in common with others is counted whole.
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
        if tell:
            tell("Squares", last / size)
        first = last
    return twice // 2
