"""Official names of hromadas: the kind word distinguishes namesakes, and both spellings of a row place it."""

import csv
from collections import Counter

import pytest

from twingraph.loaders.places import Resolver
from twingraph.loaders.places.gazetteer import Gazetteer
from twingraph.loaders.places.model import PlaceQuery, Resolution, ResolutionStatus


def _resolve(
    resolver: Resolver, name: str, region: str | None = None, *spellings: str, country: str = "UA"
) -> Resolution:
    return resolver.resolve(PlaceQuery(name=name, country=country, region=region, spellings=spellings))


def _id(found: Resolution) -> str | None:
    town = found.place.municipality
    return town.id if town is not None and found.status is ResolutionStatus.MATCHED else None


@pytest.fixture(scope="module")
def official(shared_data) -> list[tuple[str, str, str]]:
    """All official names of hromadas, each with its oblast and the KATOTTG code of its centre."""
    with (shared_data / "katottg.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["code"]: row for row in csv.DictReader(file)}
    oblasts = {code[2:4]: row["iso_3166_2"] for code, row in rows.items() if row["category"] == "O"}
    return [
        (f"{row['name_uk']} {row['hromada_type']} територіальна громада", oblasts[code[2:4]], row["center_code"])
        for code, row in rows.items()
        if row["category"] == "H" and row["hromada_type"]
    ]


@pytest.mark.parametrize("with_oblast", [True, False])
def test_no_official_name_of_a_hromada_leads_to_another_one(
    resolver: Resolver, official: list[tuple[str, str, str]], with_oblast: bool
) -> None:
    assert len(official) == 1469
    shared = Counter((name, oblast if with_oblast else None) for name, oblast, _ in official)
    wrong = []
    for name, oblast, centre in official:
        found = _resolve(resolver, name, oblast if with_oblast else None)
        town = found.place.municipality
        if shared[name, oblast if with_oblast else None] > 1:
            right = found.status is ResolutionStatus.AMBIGUOUS
        else:
            right = found.status is ResolutionStatus.MATCHED and town is not None and town.katottg == centre
        if not right:
            wrong.append((name, oblast, found.reasons))
    assert wrong == []


def test_every_centre_of_a_hromada_is_on_the_map(gazetteer: Gazetteer, official: list[tuple[str, str, str]]) -> None:
    centres = [gazetteer.by_katottg(code) for _, _, code in official]
    assert [entry for entry in centres if entry is None or entry.lat is None] == []


@pytest.mark.parametrize(
    "name",
    ["Київська міська рада", "Київська міська територіальна громада", "Київська ТГ", "Київської міської ради"],
)
def test_council_of_kyiv_is_not_taken_for_prypiat(resolver: Resolver, name: str) -> None:
    assert _id(_resolve(resolver, name)) == "geonames:703448"


def test_prypiat_has_its_own_point_and_not_that_of_a_village_in_volyn(resolver: Resolver) -> None:
    city = _resolve(resolver, "Прип’ять", "Київська область").place.municipality
    village = _resolve(resolver, "Прип’ять", "Волинська область").place.municipality
    assert city is not None
    assert village is not None
    assert (city.kind, city.lat, city.lon) == ("city", 51.40472, 30.05694)
    assert (village.kind, village.id) == ("village", "geonames:696105")


@pytest.mark.parametrize(
    "name", ["Житомирська сільська громада", "Київська сільська рада", "Zhytomyrska rural hromada"]
)
def test_name_whose_kind_contradicts_the_hromada_is_no_match(resolver: Resolver, name: str) -> None:
    assert _id(_resolve(resolver, name)) is None


@pytest.mark.parametrize(
    ("name", "region", "town"),
    [
        ("Донецька селищна територіальна громада", None, "Donets"),
        ("Донецька (селищна громада)", None, "Donets"),
        ("Рівненською сільською радою", None, "Rivne"),
        ("Чорноморська селищна територіальна громада", "Одеська область", "Chornomorske"),
        ("Червоноградська міська територіальна громада", "Львівська область", "Sheptytskyi"),
        ("Красноградська міська територіальна громада", "Харківська область", "Berestyn"),
        ("Первомайська міська громада", "Харківська область", "Zlatopil"),
        ("Ватутінська громада", None, "Bahacheve"),
        ("Ілларіонівська громада", None, "Yavornytske"),
        ("Кіровоградська міська рада", None, "Kropyvnytskyi"),
        ("Переяслав-Хмельницька міська громада", None, "Pereiaslav"),
    ],
)
def test_hromada_is_found_by_its_kind_and_by_its_former_adjective(
    resolver: Resolver, name: str, region: str | None, town: str
) -> None:
    found = _resolve(resolver, name, region)
    assert found.status is ResolutionStatus.MATCHED, found.reasons
    assert found.place.municipality is not None
    assert found.place.municipality.name == town


@pytest.mark.parametrize(
    ("name", "local", "country", "place"),
    [
        ("Petrivtsi", "Петровецька громада", "UA", "geonames:689881"),
        ("Borodino (Odesa)", "Бородинська громада", "UA", "geonames:711637"),
        ("Wielka Wieś", "Gmina Wielka Wieś", "PL", "name:PL/lesser-poland/wielka-wies-rural-gmina"),
        ("Zabrodzie", "Gmina Zabrodzie", "PL", "name:PL/masovia/zabrodzie-rural-gmina"),
        ("Vilnius District", "Vilniaus rajono savivaldybė", "LT", "geonames:593120"),
        ("Paris (17th arrondissement)", "Paris 17", "FR", "geonames:3034610"),
        ("Świdnica (rural gmina, Lubusz)", "Gmina Świdnica", "PL", "name:PL/lubusz/swidnica-rural-gmina"),
    ],
)
def test_local_name_of_a_row_decides_where_the_other_one_leaves_it_open(
    resolver: Resolver, name: str, local: str, country: str, place: str
) -> None:
    assert _id(_resolve(resolver, name, None, local, country=country)) == place


def test_village_without_coordinates_is_shown_in_its_hromada_and_marked_as_rough(resolver: Resolver) -> None:
    found = _resolve(resolver, "Zmiivka", "Kherson")
    town = found.place.municipality
    assert town is not None
    assert (town.lat, town.lon) == (46.84, 33.43)
    assert found.reasons[-1] == "No register gives its coordinates: its point is about the middle of its hromada."
