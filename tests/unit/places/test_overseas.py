"""Places of the territories of a country: the coordinates of a record choose among namesakes there as well."""

import pytest

from twingraph.loaders.places import Resolver
from twingraph.loaders.places.model import PlaceQuery


@pytest.mark.parametrize(
    ("name", "country", "spot", "meant"),
    [
        ("Saint-Denis", "France", (-20.8789, 55.4481), "RE"),
        ("San Juan", "United States", (18.4655, -66.1057), "PR"),
        ("Sainte-Marie", "France", (14.7814, -60.9936), "MQ"),
        ("Hamilton", "United Kingdom", (32.295, -64.786), "BM"),
        ("Hamilton", "United Kingdom", (55.777, -4.039), "GB"),
        ("Saint-Denis", "France", (48.936, 2.357), "FR"),
    ],
)
def test_town_overseas_is_not_moved_to_its_namesake_in_the_mother_country(
    resolver: Resolver, name: str, country: str, spot: tuple[float, float], meant: str
) -> None:
    found = resolver.resolve(PlaceQuery(name=name, country=country, lat=spot[0], lon=spot[1]))
    assert found.place.municipality is not None
    assert (found.place.municipality.country_code, found.conflict) == (meant, "")
