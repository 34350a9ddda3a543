"""Without these, an English district or a regional council is nowhere, or in a hamlet that bears its name."""

import pytest

from twingraph.graph.globe import distance_km
from twingraph.loaders.places import Resolver
from twingraph.loaders.places.model import PlaceQuery, ResolutionStatus
from twingraph.loaders.places.tables import read_table


def test_every_body_of_the_table_leads_to_a_place(resolver: Resolver) -> None:
    """A seat that no register knows, or knows twice, would silently drop its body."""
    lost = [
        row["name"]
        for row in read_table("seats.tsv")
        if resolver.resolve(PlaceQuery(name=row["name"], country=row["country"])).status is not ResolutionStatus.MATCHED
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("name", "country", "identity", "near"),
    [
        ("Broxtowe", "England", "name:GB/england/broxtowe", (52.98, -1.25)),
        ("Elmbridge", "GB", "name:GB/england/elmbridge", (51.37, -0.37)),
        ("Mateh Yehuda Regional Council", "Israel", "name:IL/jerusalem/mateh-yehuda", (31.75, 34.99)),
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
