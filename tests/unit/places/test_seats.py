"""Without these, an English district or a regional council is nowhere, or in a hamlet of its name."""

import pytest

from twingraph.graph.geodesy import distance_km
from twingraph.loaders.packaged_tables import read_table
from twingraph.loaders.places import Resolver
from twingraph.loaders.places.model import PlaceQuery, ResolutionStatus


def test_every_body_of_the_table_leads_to_a_place(resolver: Resolver) -> None:
    """A seat that no register knows, or knows twice, would silently drop its body."""
    lost = [
        name
        for row in read_table("seats.tsv")
        for name in row["name"].split("; ")
        if resolver.resolve(PlaceQuery(name=name, country=row["country"])).status is not ResolutionStatus.MATCHED
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("name", "country", "identity", "near"),
    [
        ("Broxtowe", "England", "name:GB/england/broxtowe", (52.98, -1.25)),
        ("Elmbridge", "GB", "name:GB/england/elmbridge", (51.37, -0.37)),
        ("Mateh Yehuda Regional Council", "Israel", "name:IL/jerusalem/mateh-yehuda", (31.75, 34.99)),
        ("Nestos", "Greece", "name:GR/eastern-macedonia-and-thrace/nestos", (40.98, 24.70)),
        ("Anatoliki Samos", "Greece", "name:GR/north-aegean/east-samos", (37.75, 26.97)),
        ("Leighton–Linslade", "England", "name:GB/england/leighton-linslade", (51.92, -0.66)),
        ("Geestland", "DE", "name:DE/lower-saxony/geestland", (53.62, 8.83)),  # its seat is only in the postal register
        ("Leinebergland", "DE", "name:DE/lower-saxony/leinebergland", (52.09, 9.77)),  # there is a Gronau elsewhere
        ("Drakenstein Local Municipality", "South Africa", "name:ZA/western-cape/drakenstein", (-33.73, 18.97)),
    ],
)
def test_body_stands_at_its_seat_and_is_not_the_town(
    resolver: Resolver, name: str, country: str, identity: str, near: tuple[float, float]
) -> None:
    answer = resolver.resolve(PlaceQuery(name=name, country=country))
    body = answer.place.municipality
    assert body is not None
    assert (body.id, body.geonames_id) == (identity, None)
    assert body.lat is not None
    assert body.lon is not None
    assert distance_km(body.lat, body.lon, *near) < 15
    assert "its seat" in answer.reasons[0]


def test_body_that_the_register_knows_without_a_point_keeps_its_id(resolver: Resolver) -> None:
    """Else the partnerships of one council would be drawn at two places."""
    body = resolver.resolve(PlaceQuery(name="Isaac", country="Australia")).place.municipality
    assert body is not None
    assert body.geonames_id == 7839587
    assert body.lat == pytest.approx(-22.0, abs=0.5)  # Moranbah
