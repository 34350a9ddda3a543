"""From the globe to the plane: two equal-area projections, in kilometres, y growing southward as on a screen.

Equal-area, because a reader compares countries by eye: Poland must not look as large as Ukraine.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Protocol

from twingraph.graph import geodesy as globe
from twingraph.graph.geodesy import EARTH_RADIUS_KM

WIDE_KM = 6000.0
"""A scope whose places lie further than this from their middle is drawn on a map of the world."""
NEAR_KM = 3500.0
"""Up to here the map is centred on all that the first view shows, beyond on home, so that north is up there."""


class LonLat(NamedTuple):
    """A place on the globe, WGS 84 degrees."""

    lon: float
    lat: float


class Projection(Protocol):
    """A way to draw the globe on the plane."""

    @property
    def name(self) -> str:
        """Name and centre, as the page shows them."""
        ...

    @property
    def cut(self) -> bool:
        """Whether the map ends at the 180th meridian."""
        ...

    def forward(self, lon: float, lat: float) -> tuple[float, float] | None:
        """Return x and y in km, or ``None`` where the projection tears the globe apart."""
        ...


@dataclass(frozen=True, slots=True)
class AzimuthalEqualArea:
    """Lambert's azimuthal equal-area projection (Snyder 1987, p. 185): true area, true direction from the centre.

    It has no date line: only the point opposite the centre cannot be drawn, nor what lies within 12 degrees of it.
    """

    lon: float
    lat: float
    cut: ClassVar[bool] = False

    @property
    def name(self) -> str:
        """Name and centre, as the page shows them."""
        return f"Lambert azimuthal equal-area, {self.lat:g}°, {self.lon:g}°"

    def forward(self, lon: float, lat: float) -> tuple[float, float] | None:
        """Return x and y in km, or ``None`` near the point opposite the centre."""
        turn = math.radians(lon - self.lon)
        sin0, cos0 = math.sin(math.radians(self.lat)), math.cos(math.radians(self.lat))
        sin1, cos1 = math.sin(math.radians(lat)), math.cos(math.radians(lat))
        cos_distance = sin0 * sin1 + cos0 * cos1 * math.cos(turn)
        if cos_distance < -0.978:
            return None
        factor = EARTH_RADIUS_KM * math.sqrt(2 / (1 + cos_distance))
        return factor * cos1 * math.sin(turn), -factor * (cos0 * sin1 - sin0 * cos1 * math.cos(turn))


@dataclass(frozen=True, slots=True)
class EqualEarth:
    """The Equal Earth projection of the whole world (Šavrič, Patterson and Jenny 2018), cut at the 180th meridian."""

    name: ClassVar[str] = "Equal Earth"
    cut: ClassVar[bool] = True

    def forward(self, lon: float, lat: float) -> tuple[float, float] | None:
        """Return x and y in km."""
        a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
        root3 = math.sqrt(3)
        theta = math.asin(root3 / 2 * math.sin(math.radians(lat)))
        t2 = theta * theta
        t6 = t2 * t2 * t2
        x = 2 * root3 * math.radians(lon) * math.cos(theta) / (3 * (9 * a4 * t2 * t6 + 7 * a3 * t6 + 3 * a2 * t2 + a1))
        y = theta * (a4 * t2 * t6 + a3 * t6 + a2 * t2 + a1)
        return EARTH_RADIUS_KM * x, -EARTH_RADIUS_KM * y


def choose_projection(home: Sequence[LonLat], core: Sequence[LonLat]) -> Projection:
    """Choose the projection for a scope.

    Parameters
    ----------
    home
        The places that the map is about.
    core
        These and the partners that the first view shows.

    Returns
    -------
    Projection
        Azimuthal about the middle of the core, or of home where the core is wide, to the full degree; Equal Earth
        where home and the core span the world or nothing is placed.
    """
    points = core or home
    centre = middle(points)
    reach = max((distance_km(centre, point) for point in points), default=0.0) if centre else 0.0
    if centre is None or (reach > WIDE_KM and (not home or home == core)):
        return EqualEarth()
    if reach > NEAR_KM:
        centre = middle(home) or centre
        if max(distance_km(centre, point) for point in points) > 2 * WIDE_KM:
            return EqualEarth()
    return AzimuthalEqualArea(lon=float(round(centre.lon)), lat=float(round(centre.lat)))


def middle(points: Iterable[LonLat]) -> LonLat | None:
    """Return the middle of points on the globe, or ``None`` where they cancel out."""
    x = y = z = 0.0
    for lon, lat in points:
        flat = math.cos(math.radians(lat))
        x += flat * math.cos(math.radians(lon))
        y += flat * math.sin(math.radians(lon))
        z += math.sin(math.radians(lat))
    length = math.sqrt(x * x + y * y + z * z)
    if length < 1e-9:
        return None
    return LonLat(math.degrees(math.atan2(y, x)), math.degrees(math.asin(max(-1.0, min(1.0, z / length)))))


def distance_km(a: LonLat, b: LonLat) -> float:
    """Return the great-circle distance in km."""
    return globe.distance_km(a.lat, a.lon, b.lat, b.lon)
