"""Without these a hromada is put in the wrong village, and partners move with it."""

import csv

import pytest

from twingraph.graph.geodesy import distance_km
from twingraph.loaders.places import Gazetteer, Resolver
from twingraph.loaders.places.model import PlaceQuery, ResolutionStatus
from twingraph.loaders.registers.katottg import read_katottg


def test_codifier_is_read_whole_with_centres_and_seats() -> None:
    codifier = read_katottg()
    kinds = [unit.kind for unit in codifier.units.values()]
    expected = {"oblast": 25, "special_city": 2, "raion": 136, "hromada": 1772, "city": 461, "city_district": 108}
    assert {kind: kinds.count(kind) for kind in expected} == expected
    assert set(codifier.seats) == {unit.code for unit in codifier.units.values() if unit.kind == "raion"}


@pytest.mark.shared
def test_centres_of_hromadas_are_those_of_the_other_register(shared_data) -> None:
    codifier = read_katottg()
    with (shared_data / "katottg.csv").open(encoding="utf-8", newline="") as file:
        theirs = {row["code"]: row["center_code"] for row in csv.DictReader(file) if row["center_code"]}
    right = sum(codifier.centres.get(code) == centre for code, centre in theirs.items())
    assert len(theirs) == 1469
    assert right >= 0.99 * 1469


@pytest.mark.shared
def test_centres_lie_where_the_other_register_has_them(shared_data, gazetteer: Gazetteer) -> None:
    with (shared_data / "katottg.csv").open(encoding="utf-8", newline="") as file:
        centres = [row for row in csv.DictReader(file) if row["center_code"]]
    placed = far = 0
    for row in centres:
        entry = gazetteer.by_katottg(row["center_code"])
        assert entry is not None, row["center_uk"]
        if entry.lat is not None and entry.lon is not None:
            placed += 1
            far += distance_km(entry.lat, entry.lon, float(row["center_lat"]), float(row["center_lon"])) > 20
    assert placed >= 0.97 * len(centres)
    assert far <= 0.005 * placed


@pytest.mark.shared
def test_every_hromada_is_found_by_its_name_and_oblast(shared_data, resolver: Resolver) -> None:
    with (shared_data / "katottg.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["code"]: row for row in csv.DictReader(file)}
    right = wrong = 0
    hromadas = [row for row in rows.values() if row["center_code"]]
    for row in hromadas:
        oblast = rows[rows[row["parent_code"]]["parent_code"]]["iso_3166_2"]
        query = PlaceQuery(name=f"{row['name_uk']} громада", country="UA", region=oblast)
        answer = resolver.resolve(query)
        municipality = answer.place.municipality
        if answer.status is ResolutionStatus.MATCHED and municipality is not None:
            right += municipality.katottg == row["center_code"]
            wrong += municipality.katottg != row["center_code"]
    assert right >= 0.93 * len(hromadas)
    assert wrong <= 0.02 * len(hromadas)


def _found(resolver: Resolver, name: str, **more: str) -> tuple[str | None, str | None, str | None]:
    place = resolver.resolve(PlaceQuery(name=name, country="UA", **more)).place
    town = place.municipality
    return (town.name if town else None, town.kind if town else None, place.region.id if place.region else None)


@pytest.mark.parametrize(
    ("former", "now"),
    [("Novohrad-Volynskyi", "Zviahel"), ("Новоград-Волинський", "Zviahel"), ("Nowogród Wołyński", "Zviahel"),
     ("Dnipropetrovsk", "Dnipro"), ("Kirovohrad", "Kropyvnytskyi"), ("Artemivsk", "Bakhmut"), ("Torez", "Chystiakove"),
     ("Komsomolsk", "Horishni Plavni"), ("Pervomaiskyi", "Zlatopil"), ("Novomoskovsk", "Samar"),
     ("Chervonohrad", "Sheptytskyi"), ("Krasnohrad", "Berestyn"), ("Volodymyr-Volynskyi", "Volodymyr"),
     ("Yuzhnoukrainsk", "Pivdennoukrainsk"), ("Illichivsk", "Chornomorsk"), ("Kuznetsovsk", "Varash"),
     ("Dniprodzerzhynsk", "Kamianske"), ("Stanisławów", "Ivano-Frankivsk"), ("Sievierodonetsk", "Siverskodonetsk")],
)  # fmt: skip
def test_former_name_leads_to_the_town_of_today(resolver: Resolver, former: str, now: str) -> None:
    assert _found(resolver, former)[0] == now


def test_hromada_and_its_centre_are_one_municipality(resolver: Resolver) -> None:
    names = (
        "Korosten",
        "Коростень",
        "Коростенська громада",
        "Коростенська міська територіальна громада",
        "Коростеня",
        "Коростенської громади",
        "міста Коростеня",
        "з Коростенською міською громадою",
    )
    assert {_found(resolver, name) for name in names} == {("Korosten", "city", "UA-18")}


def test_a_raion_is_not_the_town_of_its_name(resolver: Resolver) -> None:
    assert _found(resolver, "Zhytomyr District") == ("Zhytomyr District", "raion", "UA-18")
    assert _found(resolver, "Житомирський район") == ("Zhytomyr District", "raion", "UA-18")
    assert _found(resolver, "Житомирського району") == ("Zhytomyr District", "raion", "UA-18")
    assert _found(resolver, "Kyiv (Dniprovskyi District)") == ("Kyiv (Dniprovskyi District)", "city_district", "UA-30")


def test_abolished_raion_keeps_its_name_and_tells_the_one_of_today(resolver: Resolver) -> None:
    answer = resolver.resolve(PlaceQuery(name="Novohrad-Volynskyi District", country="UA", region="Zhytomyr"))
    assert answer.place.municipality is not None
    assert answer.place.municipality.id == "name:UA/zhytomyr/novohrad-volynskyi-district"
    assert "today part of Zviahel District" in answer.reasons[0]


def test_former_name_tells_until_when_it_held(resolver: Resolver) -> None:
    answer = resolver.resolve(PlaceQuery(name="Кіровоград", country="UA"))
    assert answer.reasons == ("It is a former name of Kropyvnytskyi, until 2016.",)
