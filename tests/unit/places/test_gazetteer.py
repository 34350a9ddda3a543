"""Without these a record's country or region is not understood, and its places land anywhere."""

import pytest

from twingraph.loaders.packaged_tables import read_table
from twingraph.loaders.places import Gazetteer

UKRAINE = {
    "UA-05": ("Vinnytsia", "Вінницька область"), "UA-07": ("Volyn", "Волинська область"),
    "UA-09": ("Luhansk", "Луганська область"), "UA-12": ("Dnipropetrovsk", "Дніпропетровська область"),
    "UA-14": ("Donetsk", "Донецька область"), "UA-18": ("Zhytomyr", "Житомирська область"),
    "UA-21": ("Zakarpattia", "Закарпатська область"), "UA-23": ("Zaporizhzhia", "Запорізька область"),
    "UA-26": ("Ivano-Frankivsk", "Івано-Франківська область"), "UA-30": ("Kyiv City", "місто Київ"),
    "UA-32": ("Kyiv", "Київська область"), "UA-35": ("Kirovohrad", "Кіровоградська область"),
    "UA-40": ("Sevastopol", "місто Севастополь"), "UA-43": ("Crimea", "Автономна Республіка Крим"),
    "UA-46": ("Lviv", "Львівська область"), "UA-48": ("Mykolaiv", "Миколаївська область"),
    "UA-51": ("Odesa", "Одеська область"), "UA-53": ("Poltava", "Полтавська область"),
    "UA-56": ("Rivne", "Рівненська область"), "UA-59": ("Sumy", "Сумська область"),
    "UA-61": ("Ternopil", "Тернопільська область"), "UA-63": ("Kharkiv", "Харківська область"),
    "UA-65": ("Kherson", "Херсонська область"), "UA-68": ("Khmelnytskyi", "Хмельницька область"),
    "UA-71": ("Cherkasy", "Черкаська область"), "UA-74": ("Chernihiv", "Чернігівська область"),
    "UA-77": ("Chernivtsi", "Чернівецька область"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("UA", "UA"), ("ua", "UA"), ("UKR", "UA"), ("Україна", "UA"), ("Ukraina", "UA"), ("Ukraine", "UA"),
        ("Польща", "PL"), ("Polska", "PL"), ("Pologne", "PL"), ("Polen", "PL"), ("ポーランド", "PL"),
        ("England, United Kingdom", "GB"), ("Scotland", "GB"), ("Північна Ірландія", "GB"),
        ("Republic of Ireland", "IE"),
        ("Georgia (country)", "GE"), ("Georgia", "GE"), ("Georgia, United States", "US"), ("Грузія", "GE"),
        ("Republic of China", "TW"), ("People's Republic of China", "CN"), ("Martinique, France", "MQ"),
        ("Ohio, United States", "US"), ("Lower Saxony, Germany", "DE"), ("in Italy", "IT"), ("Grece", "GR"),
        ("Kazakhstah", "KZ"), ("Moldavia", "MD"), ("Kosovo", "XK"), ("Northern Cyprus", "CY"), ("Türkiye", "TR"),
        ("Turkey", "TR"), ("Czech Republic", "CZ"), ("the Netherlands", "NL"), ("Azores, Portugal", "PT"),
        ("Республіка Польща", "PL"), ("Федеративна Республіка Німеччина", "DE"), ("ФРН", "DE"),
        ("Чеська Республіка", "CZ"), ("Королівство Іспанія", "ES"), ("Rzeczpospolita Polska", "PL"), ("RFN", "DE"),
        ("Bundesrepublik Deutschland", "DE"), ("République tchèque", "CZ"), ("Польща, PL", "PL"),
        ("Korea, Republic of", "KR"), ("Korea, Democratic People's Republic of", "KP"),
        ("Congo, Democratic Republic of the", "CD"), ("Moldova, Republic of", "MD"), ("Crimea, Ukraine", "UA"),
    ],
)  # fmt: skip
def test_country_is_known_by_any_of_its_names(gazetteer: Gazetteer, text: str, code: str) -> None:
    country = gazetteer.country(text)
    assert country is not None
    assert country.id == code


@pytest.mark.parametrize("text", ["", " ", "Atlantis", "ZZ", "Narnia, Middle-earth", "🇺🇦", "x" * 10_000])
def test_no_country_is_made_up(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.country(text) is None


@pytest.mark.parametrize("text", ["Poland, Slovakia", "Польща, Словаччина", "Польща (Словаччина)", "Ukraine, Poland"])
def test_of_two_countries_none_is_chosen(gazetteer: Gazetteer, text: str) -> None:
    """Else a partner beside a cell of two countries would be put into the second, unasked."""
    assert gazetteer.country(text) is None


def test_country_comes_complete(gazetteer: Gazetteer) -> None:
    poland = gazetteer.country("PL")
    assert poland is not None
    assert (poland.name, poland.name_uk, poland.continent) == ("Poland", "Польща", "EU")
    assert {"Polska", "Polen", "Pologne"} <= set(poland.aliases)


@pytest.mark.parametrize(
    "text",
    [
        "Zhytomyr", "Zhytomyr oblast", "ZHYTOMYR OBLAST", "Житомирська", "Житомирська область", "житомирщина",
        "Житомир",
        "UA-18", "ua-18", "Zhytomyrska", "Żytomierz", "obwód żytomierski", "Oblast Schytomyr", "Житомирської області",
    ],
)  # fmt: skip
def test_oblast_is_known_as_people_type_it(gazetteer: Gazetteer, text: str) -> None:
    region = gazetteer.region(text, "UA")
    assert region is not None
    assert (region.id, region.name, region.kind) == ("UA-18", "Zhytomyr", "oblast")


@pytest.mark.parametrize(
    ("text", "region"),
    [("Kyiv", "UA-32"), ("Kyiv oblast", "UA-32"), ("Київська", "UA-32"), ("Kyiv City", "UA-30"), ("Київ", "UA-30"),
     ("м. Київ", "UA-30"), ("Crimea", "UA-43"), ("Крим", "UA-43")],
)  # fmt: skip
def test_kyiv_is_the_oblast_and_kyiv_city_the_city(gazetteer: Gazetteer, text: str, region: str) -> None:
    found = gazetteer.region(text)
    assert found is not None
    assert found.id == region


def test_all_27_ukrainian_regions_are_exactly_right(gazetteer: Gazetteer) -> None:
    found = {region.id: (region.name, region.name_uk) for region in gazetteer.regions("UA")}
    assert found == UKRAINE


@pytest.mark.parametrize(
    ("region", "name"),
    [
        ("PL-30", "Великопольське воєводство"),  # ISO's translation has Вєлікопольсе
        ("RU-KYA", "Красноярський край"),  # and Краснодарський
        ("NO-33", "Бускеруд"),  # and lacks the new county
        ("PL-14", "Мазовецьке воєводство"),
    ],
)
def test_regions_abroad_have_their_ukrainian_name(gazetteer: Gazetteer, region: str, name: str) -> None:
    found = gazetteer.region(region)
    assert found is not None
    assert found.name_uk == name


@pytest.mark.shared
def test_oblast_numbers_agree_with_the_codifier(shared_data) -> None:
    import csv

    with (shared_data / "katottg.csv").open(encoding="utf-8", newline="") as file:
        theirs = {row["iso_3166_2"]: row["code"][2:4] for row in csv.DictReader(file) if row["category"] in {"O", "K"}}
    assert {row["iso"]: row["katottg"] for row in read_table("ukraine_regions.tsv")} == theirs


@pytest.mark.parametrize(
    ("country", "text", "region"),
    [
        ("PL", "Lower Silesia", "PL-02"), ("PL", "województwo dolnośląskie", "PL-02"), ("DE", "Bayern", "DE-BY"),
        ("US", "Washington", "US-WA"), ("IT", "Piedmont", "IT-21"), ("GB", "England", "GB-ENG"),
        ("RU", "Komi Republic", "RU-KO"),
        ("MD", "Strășeni District", "MD-ST"), ("CZ", "South Moravia", "CZ-64"),
    ],
)  # fmt: skip
def test_region_abroad_is_known(gazetteer: Gazetteer, country: str, text: str, region: str) -> None:
    found = gazetteer.region(text, country)
    assert found is not None
    assert found.id == region


# Seats of regions whose GeoNames codes are easily mixed up.
SEATS = {
    "SK": "Bratislava SK-BL;Košice SK-KI;Nitra SK-NI;Prešov SK-PV;Trenčín SK-TC;Trnava SK-TA;Žilina SK-ZI",
    "PL": "Wrocław PL-02;Bydgoszcz PL-04;Łódź PL-10;Lublin PL-06;Zielona Góra PL-08;Kraków PL-12;Warsaw PL-14;"
    "Opole PL-16;Rzeszów PL-18;Białystok PL-20;Gdańsk PL-22;Katowice PL-24;"
    "Kielce PL-26;Olsztyn PL-28;Poznań PL-30;Szczecin PL-32",
    "DE": "Munich DE-BY;Stuttgart DE-BW;Potsdam DE-BB;Mainz DE-RP;Saarbrücken DE-SL;Dresden DE-SN;Magdeburg DE-ST;"
    "Erfurt DE-TH;Kiel DE-SH;Schwerin DE-MV;Hanover DE-NI;Düsseldorf DE-NW;Wiesbaden DE-HE;Bremen DE-HB",
    "EE": "Paide EE-52;Jõgeva EE-50;Tartu EE-79;Narva EE-45", "CZ": "Brno CZ-64;Olomouc CZ-71;Plzeň CZ-32;Zlín CZ-72",
    "LT": "Vilnius LT-VL;Kaunas LT-KU;Klaipėda LT-KL;Utena LT-UT",
    "FI": "Turku FI-19;Oulu FI-14;Vaasa FI-12;Kuopio FI-15",
    "SE": "Malmö SE-M;Gothenburg SE-O;Umeå SE-AC", "NO": "Bergen NO-46;Trondheim NO-50;Tromsø NO-55",
    "HR": "Split HR-17;Rijeka HR-08;Osijek HR-14;Zagreb HR-21", "HU": "Szeged HU-CS;Pécs HU-BA;Debrecen HU-HB",
    "IT": "Turin IT-21;Palermo IT-82;Bari IT-75", "FR": "Lyon FR-ARA;Lille FR-HDF;Rennes FR-BRE;Strasbourg FR-GES",
    "RO": "Iași RO-IS;Cluj-Napoca RO-CJ;Bucharest RO-B", "BY": "Brest BY-BR;Gomel BY-HO;Minsk BY-HM;Barysaw BY-MI",
    "US": "Chicago US-IL;Dallas US-TX", "CA": "Toronto CA-ON;Vancouver CA-BC", "JP": "Nagoya JP-23;Fukuoka JP-40",
    "GE": "Batumi GE-AJ;Kutaisi GE-IM", "KZ": "Astana KZ-71;Pavlodar KZ-55",
    "TR": "Ankara TR-06;Konya TR-42;Mersin TR-33",
}  # fmt: skip


@pytest.mark.parametrize(("country", "seats"), SEATS.items())
def test_towns_lie_in_their_regions(resolver, country: str, seats: str) -> None:
    from twingraph.loaders.places.model import PlaceQuery

    expected = dict(seat.rsplit(" ", 1) for seat in seats.split(";"))
    found = {name: resolver.resolve(PlaceQuery(name=name, country=country)).place.region for name in expected}
    assert {name: region.id if region else None for name, region in found.items()} == expected
