"""Measure the distance between partners and compare it with chance.

Kilometres are great-circle ones, by the haversine formula on a sphere of the Earth's mean radius (6,371.0088 km, IUGG);
against the ellipsoid they are at most half a per cent off. A pair counts where both places have coordinates; how many
do is part of the answer.

Chance is the random matching of all ends (see :mod:`twingraph.queries.analyses.pairs`): every place keeps its number of
partners, which are drawn at random. A median far below that of chance means that partners are chosen nearby.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twingraph.graph.geodesy import EARTH_RADIUS_KM
from twingraph.queries.analyses.network import Network
from twingraph.queries.analyses.path_lengths import Progress

__all__ = ["CountryDistances", "distances", "great_circle_km"]


type Floats = NDArray[np.float64]
type Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryDistances:
    """The pairs that touch one country, or all of them. Distances are kilometres.

    Attributes
    ----------
    country
        ISO 3166-1 alpha-2; ``None`` is all pairs.
    pairs, measured
        All pairs, and those with coordinates at both ends.
    domestic, known
        Pairs within one country, and pairs with both countries known.
    lower, median, upper
        Quartiles; ``None`` where no pair is measured.
    chance
        The median that chance gives; ``None`` where it was not drawn or no pair has coordinates there.
    """

    country: str | None
    pairs: int
    measured: int
    domestic: int
    known: int
    lower: float | None
    median: float | None
    upper: float | None
    chance: float | None

    @property
    def measured_percent(self) -> float | None:
        """Per cent of the pairs that have coordinates at both ends."""
        return round(100 * self.measured / self.pairs, 1) if self.pairs else None

    @property
    def domestic_percent(self) -> float | None:
        """Per cent of the pairs, of those whose countries are known, that lie within one country."""
        return round(100 * self.domestic / self.known, 1) if self.known else None

    @property
    def ratio(self) -> float | None:
        """The median over that of chance."""
        return self.median / self.chance if self.median is not None and self.chance else None


def great_circle_km(lat: Floats, lon: Floats, other_lat: Floats, other_lon: Floats) -> Floats:
    """Return great-circle distances in kilometres; all arguments are degrees, of one shape.

    Examples
    --------
    A quarter of the equator:

    >>> great_circle_km(np.array([0.0]), np.array([0.0]), np.array([0.0]), np.array([90.0])).round(2)
    array([10007.56])
    """
    one, two = np.radians(lat), np.radians(other_lat)
    half = np.sin((two - one) / 2) ** 2 + np.cos(one) * np.cos(two) * np.sin(np.radians(other_lon - lon) / 2) ** 2
    kilometres: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    return kilometres


def distances(
    network: Network, *, samples: int = 20, seed: int = 1, progress: Progress | None = None
) -> tuple[CountryDistances, ...]:
    """Measure how far partners are apart.

    Parameters
    ----------
    network
        The partnerships that count; loops do not.
    samples
        The number of random networks; 0 skips the comparison.
    seed
        The same seed draws the same networks.
    progress
        Called with the name of a stage and the share of it that is done, 0 to 1.

    Returns
    -------
    tuple of CountryDistances
        First all pairs, then the countries, the one with most pairs first, then by code.
    """
    pairs = np.array(network.pairs, dtype=np.int64).reshape(-1, 2)
    names = sorted({place.country for place in network.places if place.country})
    number = {name: at for at, name in enumerate(names)}
    country = np.array([number.get(place.country or "", -1) for place in network.places], dtype=np.int64)
    lat, lon = (
        np.array([np.nan if value is None else value for value in values], dtype=np.float64)
        for values in ([place.lat for place in network.places], [place.lon for place in network.places])
    )

    def measure(ends: Ints) -> Floats:
        return great_circle_km(lat[ends[:, 0]], lon[ends[:, 0]], lat[ends[:, 1]], lon[ends[:, 1]])

    drawn, apart = [np.zeros((0, 2), np.int64)], measure(pairs)
    stubs = pairs.ravel()
    rng = np.random.default_rng(seed)
    for sample in range(samples):
        matched = rng.permutation(stubs).reshape(-1, 2)
        drawn.append(matched[matched[:, 0] != matched[:, 1]])
        if progress:
            progress("Networks by chance", (sample + 1) / samples)
    by_chance = np.concatenate(drawn)
    chance = measure(by_chance)
    ends, chance_ends = country[pairs], country[by_chance]
    made = [_row(None, ends, apart, chance)]
    for at, name in enumerate(names):
        here = (ends == at).any(axis=1)
        if here.any():
            made.append(_row(name, ends[here], apart[here], chance[(chance_ends == at).any(axis=1)]))
    return (made[0], *sorted(made[1:], key=lambda row: (-row.pairs, row.country or "")))


def _row(country: str | None, ends: Ints, apart: Floats, chance: Floats) -> CountryDistances:
    lower, median, upper = _quantiles(apart, (0.25, 0.5, 0.75))
    known = (ends >= 0).all(axis=1)
    return CountryDistances(
        country=country,
        pairs=len(ends),
        measured=int((~np.isnan(apart)).sum()),
        domestic=int((known & (ends[:, 0] == ends[:, 1])).sum()),
        known=int(known.sum()),
        lower=lower,
        median=median,
        upper=upper,
        chance=_quantiles(chance, (0.5,))[0],
    )


def _quantiles(values: Floats, shares: Sequence[float]) -> list[float | None]:
    known = values[~np.isnan(values)]
    return [float(each) for each in np.quantile(known, shares)] if len(known) else [None] * len(shares)
