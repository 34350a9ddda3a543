"""Without these, every village under 500 people and many a merged municipality would be missing from the map."""

import pytest

from twingraph.graph.geodesy import distance_km
from twingraph.loaders.places import Resolver
from twingraph.loaders.places.model import PlaceQuery, ResolutionStatus


@pytest.mark.parametrize(
    ("name", "country", "identity", "near"),
    [
        ("Keť", "SK", "name:SK/nitra/ket", (47.93, 18.62)),
        ("Kolontár", "Hungary", "name:HU/veszprem/kolontar", (47.08, 17.48)),
        ("Hollókő", "HU", "name:HU/nograd/holloko", (48.0, 19.59)),
        ("Simonswald", "DE", "name:DE/baden-wurttemberg/simonswald", (48.1, 8.05)),
        ("Kernen im Remstal", "DE", "name:DE/baden-wurttemberg/kernen-im-remstal", (48.81, 9.32)),
    ],
)
def test_village_is_found_and_its_id_says_where_it_lies(
    resolver: Resolver, name: str, country: str, identity: str, near: tuple[float, float]
) -> None:
    answer = resolver.resolve(PlaceQuery(name=name, country=country))
    village = answer.place.municipality
    assert answer.status is ResolutionStatus.MATCHED
    assert village is not None
    assert village.id == identity
    assert village.lat is not None
    assert village.lon is not None
    assert distance_km(village.lat, village.lon, *near) < 10
    assert answer.confidence < 0.95, "a larger place of the name may be in no register"


@pytest.mark.parametrize(
    ("name", "identity", "near"),
    [
        ("Märkischer Kreis", "name:DE/north-rhine-westphalia/markischer-county", (51.27, 7.67)),
        ("Hohenlohe (district)", "name:DE/baden-wurttemberg/hohenlohekreis-county", (49.27, 9.6)),
        ("Schwalm-Eder-Kreis", None, (51.05, 9.4)),
    ],
)
def test_landkreis_stands_amid_its_places(
    resolver: Resolver, name: str, identity: str | None, near: tuple[float, float]
) -> None:
    county = resolver.resolve(PlaceQuery(name=name, country="DE")).place.municipality
    assert county is not None
    assert county.kind == "county"
    assert identity is None or county.id == identity
    assert county.lat is not None
    assert county.lon is not None
    assert distance_km(county.lat, county.lon, *near) < 25


def test_every_spelling_of_a_landkreis_is_one_body(resolver: Resolver) -> None:
    """Its id comes from the register's name; two ids would split its partnerships."""
    spellings = ("Landkreis Rostock", "Rostock (district)", "Kreis Rostock")
    bodies = {resolver.resolve(PlaceQuery(name=name, country="DE")).place.municipality for name in spellings}
    assert {body.id for body in bodies if body} == {"name:DE/mecklenburg-western-pomerania/rostock-county"}


def test_no_village_takes_the_place_of_a_town(resolver: Resolver) -> None:
    for name, country, place in (("Rawicz", "PL", 3087307), ("Graz", "AT", 2778067), ("Lund", "SE", 2693678)):
        town = resolver.resolve(PlaceQuery(name=name, country=country)).place.municipality
        assert town is not None
        assert town.geonames_id == place


def test_villages_of_one_name_are_several_unless_the_region_tells(resolver: Resolver) -> None:
    several = resolver.resolve(PlaceQuery(name="Horndean", country="GB"))
    assert several.status is ResolutionStatus.AMBIGUOUS
    assert all(candidate.place.municipality is not None for candidate in several.candidates)
