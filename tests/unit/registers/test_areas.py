"""Without these, counties and regions lie nowhere on the map, or in the town that happens to have their name."""

import pytest

from twingraph.graph.geodesy import Centroid, distance_km
from twingraph.loaders.places import Gazetteer, Resolver
from twingraph.loaders.places.model import PlaceQuery, ResolutionStatus


@pytest.mark.parametrize(
    ("name", "country", "kind", "near"),
    [
        ("Stevns", "DK", "municipality", (55.33, 12.30)),
        ("Stevns Kommune", "DK", "municipality", (55.33, 12.30)),
        ("Los Angeles County", "US", "county", (34.05, -118.24)),
        ("Hauts-de-Seine", "FR", "department", (48.85, 2.22)),
        ("Chrzanów County", "PL", "county", (50.11, 19.46)),
        ("powiat chrzanowski", "PL", "county", (50.11, 19.46)),
        ("Parma Province", "IT", "province", (44.75, 10.23)),
        ("Fife", "Scotland", "council area", (56.23, -3.13)),
        ("Santa Cruz County, Arizona", "US", "county", (31.47, -110.95)),
    ],
)  # fmt: skip
def test_area_has_its_register_id_kind_and_middle(
    resolver: Resolver, name: str, country: str, kind: str, near: tuple[float, float]
) -> None:
    answer = resolver.resolve(PlaceQuery(name=name, country=country))
    area = answer.place.municipality
    assert answer.status is ResolutionStatus.MATCHED
    assert area is not None
    assert area.lat is not None
    assert area.lon is not None
    assert (area.kind, area.id.partition(":")[0]) == (kind, "geonames")
    assert distance_km(area.lat, area.lon, *near) < 25


@pytest.mark.parametrize(
    ("name", "country", "region", "near"),
    [
        ("Lazio", "Italy", "IT-62", (41.9, 12.8)),
        ("Fukuoka Prefecture", "Japan", "JP-40", (33.6, 130.6)),
        ("Jeju Province", "South Korea", "KR-49", (33.4, 126.5)),
    ],
)
def test_region_has_a_middle_and_is_no_town(
    resolver: Resolver, name: str, country: str, region: str, near: tuple[float, float]
) -> None:
    place = resolver.resolve(PlaceQuery(name=name, country=country)).place
    assert place.municipality is None
    assert place.region is not None
    assert place.region.id == region
    assert place.point is not None
    assert distance_km(*place.point, *near) < 25


@pytest.mark.parametrize(("name", "country"), [("Queensland", "Australia"), ("Ukraine", None), ("Brazil", "BR")])
def test_no_point_is_told_of_what_is_too_wide_for_one(resolver: Resolver, name: str, country: str | None) -> None:
    answer = resolver.resolve(PlaceQuery(name=name, country=country))
    assert answer.status is ResolutionStatus.MATCHED
    assert answer.place.municipality is None
    assert answer.place.point is None


def test_areas_of_one_name_are_several_unless_the_region_tells(resolver: Resolver) -> None:
    counties = resolver.resolve(PlaceQuery(name="Montgomery County", country="US"))
    assert counties.status is ResolutionStatus.AMBIGUOUS
    assert len(counties.candidates) > 3
    one = resolver.resolve(PlaceQuery(name="Montgomery County", country="Ohio, United States"))
    assert one.status is ResolutionStatus.MATCHED
    assert one.place.region is not None
    assert one.place.region.id == "US-OH"


def test_town_comes_before_the_area_of_its_name(resolver: Resolver) -> None:
    for name, country, place in (
        ("Rawicz", "PL", 3087307),
        ("Lund", "SE", 2693678),
        ("Nicosia Municipality", "CY", 146268),
    ):
        town = resolver.resolve(PlaceQuery(name=name, country=country)).place.municipality
        assert town is not None
        assert town.geonames_id == place


@pytest.mark.parametrize(
    ("name", "country", "city"),
    [("Xicheng (Beijing)", "CN", "Beijing"), ("Lewisham", "England", "London")],
)
def test_district_that_no_register_places_stands_at_its_city(
    resolver: Resolver, name: str, country: str, city: str
) -> None:
    answer = resolver.resolve(PlaceQuery(name=name, country=country))
    part = answer.place.municipality
    assert answer.status is ResolutionStatus.MATCHED
    assert part is not None
    assert (part.kind, part.geonames_id) == ("city_district", None)
    assert f"its point is that of {city}" in answer.reasons[0]


@pytest.mark.parametrize(
    ("name", "country", "geonames_id", "near", "reason"),
    [
        ("Gwacheon", "KR", 8393798, (37.43, 127.0), "places in it that have postal codes"),
        ("Gangdong (Seoul)", "KR", 1836279, (37.55, 127.15), "lies in Seoul"),
        ("Bayrampaşa", "TR", 7732459, (41.04, 28.9), "places in it that have postal codes"),
        ("Krymsky District", "RU", 540245, (44.93, 37.99), "that of Krymsk, which it is called after"),
        ("Peschanokopsky District", "RU", 510614, (46.2, 41.08), "that of Peschanokopskoye"),
        ("Nekrasovsky District", "RU", 522800, (57.68, 40.37), "that of Nekrasovskoye"),
        ("Dokshytsy District", "BY", 629003, (54.89, 27.76), "that of Dokshytsy"),
    ],
)
def test_district_that_the_register_knows_no_settlements_of_has_a_point(
    resolver: Resolver, *, name: str, country: str, geonames_id: int, near: tuple[float, float], reason: str
) -> None:
    """Half of Russia's raions and South Korea's cities would be missing on the map."""
    answer = resolver.resolve(PlaceQuery(name=name, country=country))
    area = answer.place.municipality
    assert area is not None
    assert area.geonames_id == geonames_id
    assert area.lat is not None
    assert area.lon is not None
    assert distance_km(area.lat, area.lon, *near) < 15
    assert reason in " ".join(answer.reasons)


def test_district_whose_seat_is_not_certain_has_no_point(resolver: Resolver) -> None:
    """Two towns in its region may have given their name: neither is guessed."""
    area = resolver.resolve(PlaceQuery(name="Oktyabrsky District", country="Russia", region="Volgograd")).place
    assert area.municipality is not None
    assert area.municipality.lat is None


def middle_of(*points: tuple[float, float]) -> tuple[float, float] | None:
    middle = Centroid()
    for point in points:
        middle.add(*point)
    return middle.point


def test_middle_lies_amid_the_points_across_the_date_line_too() -> None:
    assert middle_of() is None
    assert middle_of((10.0, 20.0)) == (10.0, 20.0)
    lat, lon = middle_of((-17.0, 179.9), (-17.0, -179.9)) or (0.0, 0.0)
    assert distance_km(lat, lon, -17.0, 180.0) < 1


@pytest.mark.parametrize(("apart", "has_point"), [(1.0, True), (1.07, True), (1.09, False), (4.0, False)])
def test_places_that_lie_far_apart_have_no_middle(apart: float, has_point: bool) -> None:
    """A degree on the equator is 111 km: two places lie 60 km from their middle where they are 1.08 degrees apart."""
    assert (middle_of((0.0, 0.0), (0.0, apart)) is not None) is has_point


def test_every_area_of_the_register_is_read(gazetteer: Gazetteer) -> None:
    assert gazetteer.by_geonames(5368381) is not None, "Los Angeles County"
    assert gazetteer.by_geonames(2612565) is not None, "Stevns"


@pytest.mark.parametrize(
    ("name", "country", "identity"),
    [
        ("Ohio", "US", "US-OH"), ("Jalisco", "Mexico", "MX-JAL"), ("East Java", "Indonesia", "ID-JI"),
        ("Washington", "US", "geonames:4140963"), ("Zhytomyr", "UA", "geonames:686967"),
        ("Taraclia", "Moldova", "geonames:617270"), ("Lvov", "Ukraine", "geonames:702550"),
        ("Plzeň", "Czechia", "geonames:3068160"), ("New York", "US", "geonames:5128581"),
        ("England", "GB", "GB-ENG"), ("Texas", "US", "US-TX"), ("Wales", None, "GB-WLS"), ("Texas", None, "US-TX"),
        ("England", None, "GB-ENG"), ("Bayern", None, "DE-BY"), ("Tuscany", None, "IT-52"), ("Крим", None, "UA-43"),
        ("New York", None, "geonames:5128581"), ("Berlin", None, "geonames:2950159"),
    ],
)  # fmt: skip
def test_name_of_a_region_means_it_unless_a_real_town_bears_it(
    resolver: Resolver, name: str, country: str | None, identity: str
) -> None:
    """GeoNames calls York England and San Antonio Texas too: whoever asks for England would land in York."""
    answer = resolver.resolve(PlaceQuery(name=name, country=country))
    meant = answer.place.municipality or answer.place.region
    assert answer.status is ResolutionStatus.MATCHED
    assert meant is not None
    assert meant.id == identity


def test_larger_by_far_of_two_counties_is_meant(resolver: Resolver) -> None:
    answer = resolver.resolve(PlaceQuery(name="Nassau County", country="US"))
    assert answer.status is ResolutionStatus.MATCHED
    assert answer.place.region is not None
    assert answer.place.region.id == "US-NY"
    assert answer.candidates, "the other county is listed"
    assert answer.place.municipality is not None
    assert answer.place.municipality.population is None, (
        "the inhabitants of its larger places are not those of the county"
    )
