"""The globe as everything here measures it: a sphere of the earth's mean radius."""

from math import asin, cos, radians, sin, sqrt

__all__ = ["EARTH_RADIUS_KM", "distance_km"]

EARTH_RADIUS_KM = 6371.0088
"""The mean radius of the WGS 84 ellipsoid: (2a + b) / 3."""


def distance_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Return the great-circle distance in km between two points in WGS 84 degrees (haversine formula).

    Examples
    --------
    A quarter of the equator:

    >>> round(distance_km(0, 0, 0, 90), 2)
    10007.56
    """
    phi_a, phi_b = radians(lat_a), radians(lat_b)
    half = sin((phi_b - phi_a) / 2) ** 2 + cos(phi_a) * cos(phi_b) * sin(radians(lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, half)))
