"""Without these, the one town that a register happens to list would pass for the only place of its name."""

import pytest

from twingraph.graph.geodesy import distance_km
from twingraph.loaders.places import Gazetteer, Resolver
from twingraph.loaders.places.gazetteer import Entry, EntryType
from twingraph.loaders.places.model import PlaceQuery, Resolution, ResolutionStatus
from twingraph.loaders.places.namesakes import bearers
from twingraph.loaders.places.ranking import OTHER, TRAITS, likelihood, rank, traits, weight


def ask(resolver: Resolver, name: str, country: str) -> Resolution:
    return resolver.resolve(PlaceQuery(name=name, country=country))


def test_town_is_less_sure_where_villages_bear_its_name(resolver: Resolver) -> None:
    """Six villages of Poland are called Poraj: to call the largest the one place of the name would be untrue."""
    several, alone = ask(resolver, "Poraj", "PL"), ask(resolver, "Żyrardów", "PL")
    assert several.status is alone.status is ResolutionStatus.MATCHED
    assert several.confidence < 0.9 < alone.confidence
    assert len(several.candidates) == 5
    assert "places of this name" in several.reasons[0]
    assert alone.reasons == ("It is the one place of this name.",)


def test_hamlet_of_its_name_does_not_put_a_town_in_doubt(resolver: Resolver) -> None:
    answer = ask(resolver, "Rawicz", "PL")
    assert answer.place.municipality is not None
    assert answer.place.municipality.geonames_id == 3087307
    assert answer.confidence > 0.95
    assert [candidate.place.region.id for candidate in answer.candidates if candidate.place.region] == ["PL-10"]


def test_large_municipality_comes_before_a_village_of_its_name_elsewhere(resolver: Resolver) -> None:
    """Centro is the municipality around Villahermosa, and a nickname of one village in another state."""
    for name, country, region, near in (
        ("Centro", "MX", "MX-TAB", (17.99, -92.93)),
        ("Sarıyer", "TR", "TR-34", (41.17, 29.05)),
    ):
        answer = ask(resolver, name, country)
        area = answer.place.municipality
        assert answer.status is ResolutionStatus.MATCHED
        assert area is not None
        assert answer.place.region is not None
        assert answer.place.region.id == region
        assert area.lat is not None
        assert area.lon is not None
        assert distance_km(area.lat, area.lon, *near) < 25
        assert "It is an area" in " ".join(answer.reasons)


def test_area_around_a_town_of_its_name_is_no_namesake(gazetteer: Gazetteer) -> None:
    """The town lies in it, as the register has it: the two would otherwise halve each other's likelihood."""
    for key, country in (("rawicz", "PL"), ("yantai", "CN"), ("tuxpan", "MX")):
        found = bearers(gazetteer, key, country)
        seats = {entry.seat for entry in found if entry.seat}
        assert seats.isdisjoint(entry.pid for entry in found)
    assert any(entry.seat for entry in bearers(gazetteer, "tuxpan", "MX"))


def test_towns_have_the_postal_codes_of_their_name_and_villages_their_own(gazetteer: Gazetteer) -> None:
    lohne = [entry for entry in bearers(gazetteer, "lohne", "DE") if entry.name == "Lohne"]
    assert lohne[0].codes > 0, "the postal register writes Lohne (Oldenburg)"
    villages = [entry for entry in bearers(gazetteer, "poraj", "PL") if entry.type == EntryType.VILLAGE]
    assert villages
    assert all(entry.codes > 0 for entry in villages)


@pytest.mark.parametrize(
    ("name", "country", "near"),
    [("Zwalm", "BE", (50.88, 3.73)), ("Pohlheim", "DE", (50.52, 8.7)), ("Nová Bošáca", "SK", (48.87, 17.8))],
)
def test_point_that_is_only_a_guess_is_taken_where_no_other_is_known(
    resolver: Resolver, name: str, country: str, near: tuple[float, float]
) -> None:
    answer = ask(resolver, name, country)
    place = answer.place.municipality
    assert answer.status is ResolutionStatus.MATCHED
    assert place is not None
    assert place.lat is not None
    assert place.lon is not None
    assert distance_km(place.lat, place.lon, *near) < 25
    assert answer.confidence < 0.75


def test_nickname_of_a_large_city_gives_way_to_a_town_so_called(resolver: Resolver) -> None:
    """Austin was once called Waterloo, and New Orleans is called the Crescent City."""
    for name, region in (("Waterloo", "US-IA"), ("Crescent City", "US-CA")):
        answer = ask(resolver, name, "US")
        likeliest = answer.place if answer.status is ResolutionStatus.MATCHED else answer.candidates[0].place
        assert likeliest.region is not None
        assert likeliest.region.id == region


@pytest.mark.parametrize(
    ("name", "country", "meant"),
    [
        ("Newcastle", "GB", "Newcastle upon Tyne"), ("Frankfurt", "DE", "Frankfurt am Main"),
        ("Freiburg", "DE", "Freiburg im Breisgau"), ("Bacolod", "PH", "Bacolod City"),
    ],
)  # fmt: skip
def test_short_form_of_a_city_is_its_name(resolver: Resolver, name: str, country: str, meant: str) -> None:
    """Postal codes list Frankfurt am Main under its whole name, and of Frankfurt (Oder) under the bare one."""
    answer = ask(resolver, name, country)
    assert answer.place.municipality is not None
    assert answer.place.municipality.name == meant


@pytest.mark.parametrize("name", ["Wuzhong District", "Chaoyang District"])
def test_district_of_china_is_not_the_far_city_of_its_name(resolver: Resolver, name: str) -> None:
    """They lie in Suzhou and Beijing; the prefectures called Wuzhong and Chaoyang lie a thousand km off."""
    answer = ask(resolver, name, "CN")
    assert answer.place.municipality is not None
    assert (answer.place.municipality.lat, answer.place.municipality.kind) == (None, "district")


def test_every_trait_has_its_number(gazetteer: Gazetteer) -> None:
    """A trait more or less than numbers would silently shift each number to the next trait."""
    entries = [*bearers(gazetteer, "waterloo", "US"), *gazetteer.named("montgomery county", "US")]
    assert {EntryType.AREA, EntryType.VILLAGE} <= {entry.type for entry in entries}
    assert all(len(traits(entry)) == len(TRAITS) for entry in entries)


def test_likelihoods_leave_room_for_a_place_that_no_register_has(gazetteer: Gazetteer) -> None:
    hamlet: Entry = gazetteer.villages("poraj", "PL")[0]
    assert likelihood([hamlet]) == pytest.approx(weight(hamlet) / (weight(hamlet) + OTHER))
    assert likelihood([hamlet]) < 0.85
    ranked = rank(bearers(gazetteer, "poraj", "PL"))
    assert sum(likelihood([entry, *(other for other in ranked if other != entry)]) for entry in ranked) < 1
    assert [weight(entry) for entry in ranked] == sorted(map(weight, ranked), reverse=True)


@pytest.mark.parametrize(
    ("name", "country", "meant", "reason"),
    [
        ("Droitwich Spa", "GB", "Droitwich", "a word more or less"),
        ("Roncegno Terme", "IT", "Roncegno", "a word more or less"),
        ("Mumbles", "GB", "The Mumbles", "a word more or less"),
        ("Deutschkreuz", "AT", "Deutschkreutz", "one letter different"),
    ],
)
def test_name_with_a_word_or_a_letter_more_or_less_is_found(
    resolver: Resolver, name: str, country: str, meant: str, reason: str
) -> None:
    answer = ask(resolver, name, country)
    assert answer.status is ResolutionStatus.MATCHED
    assert answer.place.municipality is not None
    assert answer.place.municipality.name == meant
    assert reason in answer.reasons[0]
    assert answer.confidence < 0.9


def test_short_name_with_a_letter_different_is_not_guessed(resolver: Resolver) -> None:
    """Ballymoe and Ballymote are two villages of Ireland."""
    assert ask(resolver, "Ballymoe", "IE").status is ResolutionStatus.UNKNOWN


def test_part_far_from_the_middle_of_a_great_city_is_found(resolver: Resolver) -> None:
    for name, country, meant in (
        ("Yantai – Penglai", "CN", "Dengzhou"),
        ("Belgrade – Mladenovac", "RS", "Mladenovac"),
        ("Chongqing – Nanchuan", "CN", "Nanchuan"),
    ):
        place = ask(resolver, name, country).place.municipality
        assert place is not None
        assert place.name == meant


def test_state_after_a_comma_is_no_city(resolver: Resolver) -> None:
    """Coventry is a village in the state of New York and no part of New York City."""
    answer = ask(resolver, "Coventry, New York", "United States")
    assert answer.place.municipality is not None
    assert answer.place.municipality.lat is None or answer.place.municipality.lat > 42


@pytest.mark.parametrize(("name", "country"), [("Bethlehem", "Palestine"), ("Seč", "Czech Republic")])
def test_town_is_no_region_or_country_of_its_name(resolver: Resolver, name: str, country: str) -> None:
    """The register puts Bethlehem in no governorate, and Seč is a country's name in another language."""
    place = ask(resolver, name, country).place.municipality
    assert place is not None
    assert place.name == name
    assert place.lat is not None
