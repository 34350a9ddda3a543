"""Whether like places are paired with like: correlation over the ends of pairs, mixing of countries, answers given."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from twingraph.queries.analyses.network import Tie

__all__ = ["assortativity", "both_known", "correlation", "reciprocity"]


def both_known[T](values: Sequence[T | None], pairs: Sequence[tuple[int, int]]) -> list[tuple[T, T]]:
    """Return the values at the two ends of each pair that has both."""
    found = ((values[a], values[b]) for a, b in pairs)
    return [(one, other) for one, other in found if one is not None and other is not None]


def correlation(ends: Sequence[tuple[float, float]]) -> float | None:
    """Return Pearson's correlation over both directions of every pair; ``None`` where all values are equal."""
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
    """Return Newman's assortativity by a property that is no number; ``None`` where all have the same."""
    if not ends:
        return None
    total = 2 * len(ends)
    shares = Counter(end for pair in ends for end in pair)
    chance = sum((many / total) ** 2 for many in shares.values())
    same = sum(one == other for one, other in ends) / len(ends)
    return (same - chance) / (1 - chance) if len(shares) > 1 else None


def reciprocity(ties: Sequence[Tie]) -> float | None:
    """Return the share of the ends' own statements that the partner's own answers; ``None`` where no source tells."""
    arcs = {
        (sayer, tie.end if sayer == tie.start else tie.start)
        for tie in ties
        for sayer in tie.said_by
        if tie.start != tie.end
    }
    return sum((other, sayer) in arcs for sayer, other in arcs) / len(arcs) if arcs else None
