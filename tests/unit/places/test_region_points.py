"""The table of regions' points: a wrong row would put a partner on the map in another land."""

import math
from collections import Counter

import pytest

from twingraph.graph.geodesy import distance_km
from twingraph.loaders.packaged_tables import read_table
from twingraph.loaders.places import Gazetteer
from twingraph.loaders.places.whereabouts import Whereabouts

FAR_KM = 350
"""The middle of the emptiest region, Western Australia, lies so far from its nearest settlement."""
EMPTY_KM = 50
"""Where no place is nearer than this, the nearest may be one of another country."""


@pytest.fixture(scope="module")
def rows() -> dict[str, tuple[float, float]]:
    return {row["region"]: (float(row["lat"]), float(row["lon"])) for row in read_table("region_points.tsv")}


def test_each_region_of_the_table_is_one_that_places_are_put_in(
    gazetteer: Gazetteer, rows: dict[str, tuple[float, float]]
) -> None:
    assert [region for region in rows if not gazetteer.is_first_level(region)] == []
    assert len(rows) == sum(1 for _ in read_table("region_points.tsv"))


def test_no_point_lies_in_another_land(gazetteer: Gazetteer, rows: dict[str, tuple[float, float]]) -> None:
    whereabouts = Whereabouts(gazetteer)
    abroad = {region: found for region, at in rows.items() if (found := whereabouts.elsewhere(region[:2], *at))}
    assert {region: found for region, found in abroad.items() if found[1] < EMPTY_KM} == {}


def test_each_point_lies_among_the_settlements_of_its_region(
    gazetteer: Gazetteer, rows: dict[str, tuple[float, float]]
) -> None:
    nearest: dict[str, float] = {}
    for lat, lon, _country, _name, region in gazetteer.towns():
        if region in rows:
            nearest[region] = min(nearest.get(region, math.inf), distance_km(lat, lon, *rows[region]))
    assert len(nearest) > 0.98 * len(rows)
    assert {region: round(km) for region, km in nearest.items() if km > FAR_KM} == {}
    assert sum(km < 25 for km in nearest.values()) > 0.8 * len(rows)


def test_all_oblasts_and_most_regions_of_europe_and_america_have_a_point(
    gazetteer: Gazetteer, rows: dict[str, tuple[float, float]]
) -> None:
    have = Counter(region[:2] for region in rows)
    all_of = {
        code: len(gazetteer.regions(code)) for code in ("UA", "PL", "DE", "FR", "IT", "ES", "US", "CA", "BR", "CN")
    }
    assert {code: (have[code], n) for code, n in all_of.items() if have[code] < 0.9 * n} == {}
    assert have["UA"] == all_of["UA"]


def test_a_wide_region_stands_at_the_middle_of_its_area_and_a_small_one_among_its_settlements(
    gazetteer: Gazetteer, rows: dict[str, tuple[float, float]]
) -> None:
    wide, small = (gazetteer.region_by_id(code) for code in ("AU-NSW", "DE-BE"))
    assert wide is not None
    assert (wide.lat, wide.lon) == rows["AU-NSW"]
    assert small is not None
    assert small.lat is not None
    assert (small.lat, small.lon) != rows["DE-BE"]


def test_a_crescent_stands_in_itself(gazetteer: Gazetteer) -> None:
    """The middle of Odesa oblast would be in Moldova."""
    odesa = gazetteer.region_by_id("UA-51")
    assert odesa is not None
    assert odesa.lat is not None
    assert odesa.lon is not None
    around = [(distance_km(lat, lon, odesa.lat, odesa.lon), country) for lat, lon, country, *_ in gazetteer.towns()]
    assert min(around)[1] == "UA"
