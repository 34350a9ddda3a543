"""Positions of places: one without a position is only listed, and no line leads to it."""

from twingraph.graph.model import Country, Label, Municipality, NodeRef, Partnership, Region, partnership_id
from twingraph.maps.layout import place_positions
from twingraph.maps.outlines import middle_of_area
from twingraph.queries.scope import Scope, Subgraph

ODESA = Municipality(id="geonames:1", name="Odesa", lat=46.48, lon=30.74, country_code="UA")


def partners(*regions: Region, countries: tuple[Country, ...] = (), tied: bool = True) -> Subgraph:
    """Make a map of Odesa, with regions and countries that are its partners or only lie around."""
    home = NodeRef(Label.MUNICIPALITY, ODESA.id)
    ends = [NodeRef(Label.REGION, region.id) for region in regions]
    ends += [NodeRef(Label.COUNTRY, country.id) for country in countries]
    ties = [
        Partnership(start=end, end=home, id=partnership_id(end.id, home.id), kind="other", status="active")
        for end in ends
    ]
    return Subgraph(
        scope=Scope(Label.MUNICIPALITY, ODESA.id),
        subject=ODESA,
        home=(ODESA.id,),
        municipalities=(ODESA,),
        regions=regions,
        countries=countries,
        region_of={},
        country_of={},
        partnerships=tuple(ties) if tied else (),
    )


def test_a_region_abroad_is_at_its_point() -> None:
    found = place_positions(partners(Region(id="KE-39", name="Taita/Taveta", lat=-3.45, lon=38.34)))
    assert found["KE-39"] == (38.34, -3.45)


def test_a_region_without_a_point_is_in_its_outline_or_nowhere() -> None:
    """A database that was loaded before regions had points still shows the oblasts."""
    found = place_positions(partners(Region(id="UA-18", name="Zhytomyr"), Region(id="GL-SM", name="Sermersooq")))
    assert found["UA-18"] == middle_of_area("UA-18")
    assert "GL-SM" not in found


def test_a_point_beyond_the_globe_is_none() -> None:
    assert "XX-1" not in place_positions(partners(Region(id="XX-1", name="Nowhere", lat=120.0, lon=10.0)))


def test_a_country_is_in_the_middle_of_its_largest_area() -> None:
    found = place_positions(partners(countries=(Country(id="FR", name="France"),)))
    assert found["FR"] == middle_of_area("FR")


def test_a_region_that_only_lies_around_is_no_place_of_its_own() -> None:
    """Else the first view would reach for the middle of every oblast whose town is on the map."""
    assert list(place_positions(partners(Region(id="UA-51", name="Odesa", lat=46.7, lon=29.9), tied=False))) == [
        ODESA.id
    ]
