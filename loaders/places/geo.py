"""The middle of places."""

from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, radians, sin, sqrt

from twingraph.graph.globe import EARTH_RADIUS_KM

__all__ = ["Middle"]

# An area has a point where its settlements lie within this of their middle, as a root mean square. Of territories in
# lists of twin towns that are this small, nine in ten have their point within 25 km of the middle; of wider ones, few.
_WIDE_KM = 60.0


@dataclass(slots=True)
class Middle:
    """The middle of points that are added one by one: their mean on the sphere.

    The vectors of the points add up to one that is as long as their number where all are one point, and the shorter the
    farther they lie apart: both the middle and the spread come from that sum.
    """

    count: int = 0
    x: float = 0.0
    y: float = 0.0
    z: float = 0.0

    def add(self, lat: float, lon: float) -> None:
        """Add a point in WGS 84 degrees."""
        phi, lam = radians(lat), radians(lon)
        self.x += cos(phi) * cos(lam)
        self.y += cos(phi) * sin(lam)
        self.z += sin(phi)
        self.count += 1

    @property
    def point(self) -> tuple[float, float] | None:
        """The middle in WGS 84 degrees; None where there are no points, or they lie too far apart for one."""
        if not self.count:
            return None
        length = sqrt(self.x**2 + self.y**2 + self.z**2) / self.count
        spread = EARTH_RADIUS_KM * sqrt(max(0.0, 2 * (1 - length)))  # root mean square of the chords
        if spread > _WIDE_KM:
            return None
        return round(degrees(atan2(self.z, hypot(self.x, self.y))), 5), round(degrees(atan2(self.y, self.x)), 5)
