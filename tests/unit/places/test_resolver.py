"""Without these a partnership hangs on the wrong place on the map."""

import csv
from pathlib import Path

import pytest

from twingraph.loaders.judgements.model import bundled_judgements
from twingraph.loaders.places import Gazetteer, Resolver
from twingraph.loaders.places.model import PlaceQuery, Resolution, ResolutionStatus

MATCHED, AMBIGUOUS, UNKNOWN = ResolutionStatus.MATCHED, ResolutionStatus.AMBIGUOUS, ResolutionStatus.UNKNOWN


def ask(resolver: Resolver, name: str, country: str | None = None, **more: object) -> Resolution:
    return resolver.resolve(PlaceQuery(name=name, country=country, **more))


def test_every_place_of_the_bundled_data_is_right_or_reported(gazetteer: Gazetteer, root: Path) -> None:
    """The table was checked by eye; a change in it is a change of the map."""
    resolver = Resolver(gazetteer, bundled_judgements())
    with (root / "tests" / "data" / "bundled_places.csv").open(encoding="utf-8", newline="") as file:
        expected = {(row["name"], row["country"], row["region"]): row for row in csv.DictReader(file)}
    differs = []
    with (root / "loaders" / "data" / "ukraine_partnerships.csv").open(encoding="utf-8", newline="") as file:
        asked = [
            record
            for row in csv.DictReader(file)
            for record in (
                (row["municipality"], row["country"], row["region"], row["municipality_local"]),
                (row["partner"], row["partner_country"], "", row["partner_local"]),
            )
        ]
    asked += [(*key, "") for key in expected]
    for name, country, region, local in asked:
        answer = ask(resolver, name, country, region=region or None, spellings=(local,) if local else ())
        town = answer.place.municipality
        meant = town or answer.place.region or answer.place.country
        row = expected[name, country, region]
        spot = (f"{town.lat:.3f}", f"{town.lon:.3f}") if town and town.lat is not None else ("", "")
        found = (answer.status, meant.id if meant else "", *spot)
        if found != (row["status"], row["id"], row["lat"], row["lon"]) or answer.conflict:
            differs.append((name, country, region, local, found, answer.conflict))
    assert not differs
    claims = [row["status"] for row in expected.values()]
    assert claims.count("matched") >= 0.98 * len(claims)


@pytest.mark.parametrize(
    ("names", "country", "place"),
    [
        (("Rawicz", "Равич", "gmina Rawicz", "Gmina Rawicz", "RAWICZ", "Rawitsch"), "PL", 3087307),
        (("Rawicz", "Равичем", "з Равичем", "міста Равича", "у Равичі"), "PL", 3087307),
        (("Zhytomyr", "Житомир", "Żytomierz", "Schytomyr", "Житомира", "м. Житомир", "місто Житомир"), "UA", 686967),
        (("Gdańsk", "Gdansk", "Ґданськ", "Danzig"), "PL", 3099434),
        (("Xi'an", "Xi’an", "Xian"), "CN", 1790630),
        (("Saint Petersburg", "St. Petersburg", "Санкт-Петербург", "Leningrad"), "RU", 498817),
        (("Frankfurt am Main", "Франкфурт-на-Майні"), "DE", 2925533),
        (("Nof HaGalil", "Nazareth Illit", "Назарет Ілліт"), "IL", 294097),
        (("Düsseldorf", "Dusseldorf", "Duesseldorf"), "DE", 2934246),
        (("Salvatierra/Agurain", "Agurain / Salvatierra"), "ES", None),
    ],
)  # fmt: skip
def test_spellings_of_one_place_meet(
    resolver: Resolver, names: tuple[str, ...], country: str, place: int | None
) -> None:
    found = {ask(resolver, name, country).place.municipality.id for name in names}
    assert len(found) == 1
    assert place is None or found == {f"geonames:{place}"}


@pytest.mark.parametrize(
    ("name", "country", "identity"),
    [
        ("м. Звягель", "Україна", "geonames:699553"), ("смт Любар", "UA", "geonames:702486"),
        ("місто Житомир", None, "geonames:686967"), ("Житомирська громада", "UA", "geonames:686967"),
        ("18th district of Budapest", "Hungary", "name:HU/budapest/18th-district-of-budapest-district"),
        ("Córdoba, Nariño", "Colombia", "geonames:3685903"), ("Tbilisi", "Georgia (country)", "geonames:611717"),
        ("Taipei", "Republic of China", "geonames:1668341"), ("Boston", "England, United Kingdom", "geonames:2655138"),
        ("Stari Grad (Sarajevo)", "Bosnia and Herzegovina",
         "name:BA/federation-of-bosnia-and-herzegovina/sarajevo-stari-grad-district"),
        ("Miercurea Ciuc", "Kingdom of Romania", "geonames:673441"), ("Žodzina", "Belarus", "geonames:618800"),
    ],
)  # fmt: skip
def test_what_records_write_around_a_name_is_understood(
    resolver: Resolver, name: str, country: str | None, identity: str
) -> None:
    answer = ask(resolver, name, country)
    assert answer.place.municipality is not None
    assert (answer.status, answer.place.municipality.id) == (MATCHED, identity)


@pytest.mark.parametrize(
    ("name", "country", "region"),
    [
        ("Waterloo, Iowa", "US", "US-IA"), ("Athens (Ohio)", "US", "US-OH"), ("Portland, OR", "US", "US-OR"),
        ("Novomoskovsk (Russia)", "RU", "RU-TUL"), ("Boston", "England, United Kingdom", "GB-ENG"),
        ("Friedland", "Lower Saxony, Germany", "DE-NI"), ("Perth", "Scotland", "GB-SCT"),
        ("Montana", "Bulgaria", "BG-12"), ("Córdoba", "Spain", "ES-AN"),
    ],
)  # fmt: skip
def test_region_country_and_qualifier_tell_namesakes_apart(
    resolver: Resolver, name: str, country: str, region: str
) -> None:
    answer = ask(resolver, name, country)
    assert answer.status is MATCHED
    assert answer.place.region is not None
    assert answer.place.region.id == region


@pytest.mark.parametrize(
    ("name", "country", "region", "identity"),
    [
        ("St Ives, Cambridgeshire", "England", None, "geonames:2638776"),  # not the larger one in Cornwall
        ("St Ives", "England", "Cambridgeshire", "geonames:2638776"),
        ("Newport, Pembrokeshire", "Wales", None, "geonames:2641596"),  # not the city
        ("Stratford (Wellington)", "Australia", None, "geonames:2148120"),
        ("Doksy (Kladno District)", "CZ", None, "geonames:3076973"),
        ("Підгайці (Тернопільський район)", "UA", None, "geonames:696966"),
        ("Kyiv (Dniprovskyi District)", "UA", None, "katottg:UA80000000000479391"),  # a part, and no place around
    ],
)
def test_county_or_district_beside_a_name_tells_which_namesake_lies_in_it(
    resolver: Resolver, name: str, country: str, region: str | None, identity: str
) -> None:
    """England is the region of all its places: a county of it said nothing, and the largest namesake was taken."""
    answer = ask(resolver, name, country, region=region)
    assert answer.place.municipality is not None
    assert (answer.status, answer.place.municipality.id, answer.conflict) == (MATCHED, identity, "")


def test_county_without_a_place_of_the_name_is_told(resolver: Resolver) -> None:
    answer = ask(resolver, "Brighton", "England", region="Cambridgeshire")
    assert "No place of this name is known in Cambridgeshire." in answer.conflict


def test_qualifier_that_fits_no_namesake_is_no_claim(resolver: Resolver) -> None:
    answer = ask(resolver, "Coventry, Nebraska", "US")
    assert answer.status is UNKNOWN
    assert "Nebraska" in answer.reasons[0]


def test_namesakes_of_like_size_are_ambiguous_with_the_candidates(resolver: Resolver) -> None:
    answer = ask(resolver, "Springfield", "US")
    assert answer.status is AMBIGUOUS
    assert answer.confidence == 0
    assert {candidate.place.region.id for candidate in answer.candidates} >= {"US-MO", "US-MA", "US-IL"}


def test_far_larger_namesake_is_meant_but_less_surely(resolver: Resolver) -> None:
    answer = ask(resolver, "Dallas", "US")
    assert answer.status is MATCHED
    assert 0.7 < answer.confidence < 0.98
    assert answer.candidates


def test_coordinates_tell_namesakes_apart(resolver: Resolver) -> None:
    answer = ask(resolver, "Springfield", "US", lat=39.8, lon=-89.6)
    assert (answer.status, answer.place.region.id) == (MATCHED, "US-IL")
    assert not answer.conflict


def test_coordinates_elsewhere_are_a_conflict_and_the_name_is_believed(resolver: Resolver) -> None:
    answer = ask(resolver, "Montana", "Bulgaria", lat=47.0, lon=-109.6)
    assert (answer.status, answer.place.country.id) == (MATCHED, "BG")
    assert "km from Montana" in answer.conflict


@pytest.mark.parametrize(("km", "conflicts"), [(49, False), (51, True)])
def test_coordinates_contradict_a_name_from_50_km_on(resolver: Resolver, km: int, conflicts: bool) -> None:
    """Else a user would be warned about the middle of a wide municipality, or not about the wrong town."""
    town = ask(resolver, "Żyrardów", "PL").place.municipality
    answer = ask(resolver, "Żyrardów", "PL", lat=town.lat + km / 111.2, lon=town.lon)
    assert (answer.status, answer.place.municipality.id) == (MATCHED, town.id)
    assert ("km from Żyrardów" in answer.conflict) is conflicts


@pytest.mark.parametrize(("name", "own_place"), [
    ("Wittorf (Norderstedt)", True),  # 39.5 km
    ("Vlčnov (Havířov)", False),  # 41.3 km
])  # fmt: skip
def test_town_as_qualifier_means_a_place_within_40_km(resolver: Resolver, name: str, own_place: bool) -> None:
    """Else a user would get a namesake far away, or a part of the town instead of its neighbour."""
    answer = ask(resolver, name, "DE" if own_place else "CZ")
    assert answer.status is MATCHED
    assert answer.reasons[0].startswith("It lies near Norderstedt" if own_place else "It is a part of Havířov")


def test_unknown_name_with_coordinates_is_placed_there(resolver: Resolver) -> None:
    answer = ask(resolver, "Qwertzuiopolis", "DE", lat=50.5, lon=9.5)
    town = answer.place.municipality
    assert (answer.status, town.id, town.lat, town.lon, town.unplaced) == (
        UNKNOWN, "name:DE/qwertzuiopolis", 50.5, 9.5, None,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["Kłajpeda (LT)", "Kłajpeda (Литва)", "Kłajpeda (Litwa)", " Kłajpeda ( Lithuania ) "])
def test_a_country_in_brackets_is_that_of_the_name(resolver: Resolver, name: str) -> None:
    """Else a list of one column would lose every town that is written otherwise than at home."""
    found = ask(resolver, name)
    assert (found.status, found.place.municipality.id) == (MATCHED, "geonames:598098")


def test_brackets_say_no_more_than_they_do(resolver: Resolver) -> None:
    """Else an unknown town would lose its country, or a town of California be one of Canada."""
    unknown = ask(resolver, "Nowherestad (LT)")
    assert (unknown.status, unknown.place.country.id, unknown.place.municipality.name) == (UNKNOWN, "LT", "Nowherestad")
    assert ask(resolver, "Nowherestad (old)").place.country is None
    assert ask(resolver, "Los Angeles (CA)").place.country.id == "US"
    assert ask(resolver, "Mażejki (LT)", "PL").place.country.id == "PL", "what the column says counts"


def test_region_that_contradicts_is_told(resolver: Resolver) -> None:
    answer = ask(resolver, "Lutsk", "UA", region="Odesa")
    assert "Odesa" in answer.conflict


def test_ids_are_believed_and_their_contradictions_told(resolver: Resolver) -> None:
    good = ask(resolver, "Kolding", "DK", geonames_id=2618528)
    assert (good.place.municipality.id, good.conflict, good.confidence) == ("geonames:2618528", "", 0.99)
    odd = ask(resolver, "Zhytomyr", "UA", geonames_id=2618528)
    assert "Kolding" in odd.conflict
    code = ask(resolver, "Житомирська", "UA", katottg="UA18040190010057814")
    assert (code.place.municipality.id, code.conflict) == ("geonames:686967", "")
    assert ask(resolver, "Rawicz", "PL", wikidata_id="Q1").place.municipality.wikidata_id == "Q1"


def test_code_of_a_hromada_or_an_oblast_is_that_of_its_centre_or_region(resolver: Resolver) -> None:
    """Ministries list hromadas by their code, and nine of them are called Миколаївська."""
    hromada = ask(resolver, "Миколаївська", "UA", katottg="UA59080130000022249")
    assert (hromada.place.municipality.katottg, hromada.place.region.id) == ("UA59080130010087968", "UA-59")
    assert "hromada around Mykolaivka" in hromada.reasons[0]
    assert not hromada.conflict
    oblast = ask(resolver, "Житомирська", "UA", katottg="UA18000000000041385")
    assert (oblast.place.municipality, oblast.place.region.id) == (None, "UA-18")
    odd = ask(resolver, "Zhytomyr", "UA", katottg="UA59080130000022249")
    assert "Mykolaivka" in odd.conflict
    lacking = ask(resolver, "Zhytomyr", "UA", katottg="UA18040190000000000")
    assert lacking.place.municipality.id == "geonames:686967"
    assert "no unit with the code" in lacking.conflict


@pytest.mark.parametrize("name", ["Kolling", "Коллінґ"])
def test_a_doubt_about_a_bundled_name_is_given_with_its_reason(gazetteer: Gazetteer, name: str) -> None:
    answer = ask(Resolver(gazetteer, bundled_judgements()), name, "DK")
    assert answer.status is UNKNOWN
    assert "nobody has confirmed" in answer.reasons[0]
    assert [candidate.place.municipality.name for candidate in answer.candidates] == ["Kolding"]


@pytest.mark.parametrize(
    ("name", "country", "place"),
    [("Rostov", "RU", 501175), ("Stare Miasto", "PL", 3084870), ("Kolling", "DK", 2618528)],
)
def test_a_doubt_about_a_bundled_name_does_not_apply_elsewhere(
    resolver: Resolver, name: str, country: str, place: int
) -> None:
    """Else one page's Rostov would be ambiguous in every user's table."""
    assert ask(resolver, name, country).place.municipality.geonames_id == place


@pytest.mark.parametrize(
    ("name", "country", "kind"),
    [
        ("Offenbach County", "DE", "county"), ("Landkreis Rostock", "DE", "county"), ("Powiat Kwidzyn", "PL", "county"),
        ("Chełmno (rural gmina)", "PL", "gmina"), ("Świdnica (rural gmina, Lubusz)", "PL", "gmina"),
        ("Trakai District", "LT", "district municipality"), ("Berlin-Spandau", "DE", "city_district"),
        ("18th district of Budapest", "HU", "city_district"), ("Vienna 22 – Donaustadt", "AT", "city_district"),
        ("Grand Reims", "FR", "agglomeration"), ("Metropolis GZM", "PL", "metropolis"),
        ("Peremyshliany District", "UA", "raion"),
    ],
)  # fmt: skip
def test_body_that_is_no_town_is_not_forced_into_one(resolver: Resolver, name: str, country: str, kind: str) -> None:
    answer = ask(resolver, name, country)
    assert answer.status is MATCHED
    assert answer.place.municipality.kind == kind
    town = ask(
        resolver,
        name.partition(" (")[0].replace(" County", "").replace("Landkreis ", "").replace("Powiat ", ""),
        country,
    )
    if kind in {"county", "gmina"}:
        assert town.place.municipality.id != answer.place.municipality.id


def test_the_two_rural_gminas_swidnica_are_two(resolver: Resolver) -> None:
    ids = {
        ask(resolver, f"Świdnica (rural gmina, {region})", "PL").place.municipality.id
        for region in ("Lower Silesia", "Lubusz")
    }
    assert ids == {"name:PL/lower-silesia/swidnica-rural-gmina", "name:PL/lubusz/swidnica-rural-gmina"}


@pytest.mark.parametrize(
    ("name", "country", "region"),
    [("Komi Republic", "RU", "RU-KO"), ("Zhytomyr Oblast", "UA", "UA-18"), ("Piedmont", "IT", "IT-21")],
)
def test_region_is_recognised_as_such(resolver: Resolver, name: str, country: str, region: str) -> None:
    answer = ask(resolver, name, country)
    assert answer.place.municipality is None
    assert answer.place.region.id == region


@pytest.mark.parametrize("name", ["Ukraine", "Україна", "Ucraina"])
def test_country_is_recognised_as_such(resolver: Resolver, name: str) -> None:
    answer = ask(resolver, name, "UA")
    assert (answer.place.municipality, answer.place.region, answer.place.country.id) == (None, None, "UA")


def test_what_is_named_as_its_own_country_is_the_territory(resolver: Resolver) -> None:
    """A hromada that seeks any partner in Poland writes the country twice, or its code."""
    assert ask(resolver, "PL", "PL").place.country.id == "PL"
    assert ask(resolver, "PL", "PL").place.municipality is None
    assert ask(resolver, "England", "England").place.region.id == "GB-ENG"
    assert ask(resolver, "Ii", "FI").place.municipality.id == "geonames:656851"


@pytest.mark.parametrize("name", ["Monaco", "Luxembourg"])
def test_city_of_its_country_s_name_is_the_city(resolver: Resolver, name: str) -> None:
    assert ask(resolver, name, name).place.municipality is not None


def test_answers_are_the_same_in_any_order(gazetteer, resolver: Resolver) -> None:
    queries = [
        PlaceQuery(name=name, country="PL") for name in ("Rawicz", "Równe", "Świdnica", "Chełm", "Xyz", "Stolno")
    ]
    other = Resolver(gazetteer)
    assert [other.resolve(query) for query in reversed(queries)] == [resolver.resolve(q) for q in reversed(queries)]
