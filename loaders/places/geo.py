"""Distances on the globe."""

from math import asin, cos, radians, sin, sqrt

__all__ = ["distance_km"]


def distance_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Return the great-circle distance in km between two points in WGS 84 degrees (haversine formula)."""
    phi_a, phi_b = radians(lat_a), radians(lat_b)
    half = sin((phi_b - phi_a) / 2) ** 2 + cos(phi_a) * cos(phi_b) * sin(radians(lon_b - lon_a) / 2) ** 2
    return 12742.0 * asin(sqrt(min(1.0, half)))
