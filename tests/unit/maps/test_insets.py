"""The part of a map that an inset shows: home as a whole, or where most places are."""

import pytest

from twingraph.maps.insets import HOME_KM, WORLD_KM, densest, inset_box
from twingraph.maps.projection import AzimuthalEqualArea

UKRAINE = AzimuthalEqualArea(lon=22.0, lat=51.0)
ZHYTOMYR = UKRAINE.forward(28.67, 50.26)
assert ZHYTOMYR is not None


def contains(box: tuple[float, float, float, float], point: tuple[float, float]) -> bool:
    left, top, right, bottom = box
    return left <= point[0] <= right and top <= point[1] <= bottom


def test_the_whole_oblast_is_shown_even_if_only_its_centre_has_partners() -> None:
    box = inset_box([ZHYTOMYR], [ZHYTOMYR], region="UA-18", projection=UKRAINE)
    assert box is not None
    for lon, lat in ((27.5, 51.2), (28.64, 50.95), (29.5, 49.8), (28.6, 49.9)):
        corner = UKRAINE.forward(lon, lat)
        assert corner is not None
        assert contains(box, corner)
    assert box[2] - box[0] < 260
    assert box[3] - box[1] < 300


def test_a_place_alone_and_a_region_without_outline_have_no_part_to_enlarge() -> None:
    assert inset_box([ZHYTOMYR], [ZHYTOMYR], projection=UKRAINE) is None
    assert inset_box([ZHYTOMYR], [ZHYTOMYR], region="KE-39", projection=UKRAINE) is None
    assert inset_box([], [], projection=UKRAINE) is None


def test_an_island_overseas_does_not_make_home_as_wide_as_an_ocean() -> None:
    """France has towns in Réunion: the inset shows those in Europe."""
    france = [(x * 100.0, y * 100.0) for x in range(8) for y in range(8)]
    box = inset_box([*france, (5000.0, 7000.0)], france, projection=UKRAINE)
    assert box is not None
    assert box[2] - box[0] <= HOME_KM[0] * 1.1
    assert all(contains(box, town) for town in france)
    assert not contains(box, (5000.0, 7000.0))


def test_the_world_is_enlarged_where_most_places_are() -> None:
    europe = [(x * 150.0, y * 150.0) for x in range(15) for y in range(15)]
    america = [(-8000.0 - x * 400, y * 400.0) for x in range(10) for y in range(5)]
    box = inset_box([], [*europe, *america], projection=UKRAINE)
    assert box is not None
    assert box[2] - box[0] <= WORLD_KM[0] * 1.1
    assert all(contains(box, town) for town in europe)
    assert not any(contains(box, town) for town in america)


@pytest.mark.parametrize("shift", [0.0, 7.3, -12345.6])
def test_the_densest_part_is_found_wherever_it_lies(shift: float) -> None:
    crowd = [(shift + i, shift - i) for i in range(9)]
    assert densest([*crowd, (shift + 900, shift), (shift - 900, shift)], 100, 100) == sorted(crowd)
