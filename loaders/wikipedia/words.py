"""Vocabulary of pages about twin towns in English, Ukrainian, Polish, German and French."""

import re
from functools import cache
from importlib.resources import files

import pycountry
from babel import Locale

from twingraph.graph.model import Kind
from twingraph.loaders.packaged_tables import read_table

__all__ = [
    "code_of_flag",
    "find_country",
    "find_kind",
    "find_list_area",
    "is_about_twins",
    "is_apparatus",
    "is_town_of_twins",
]

LANGUAGES = ("en", "uk", "pl", "de", "fr")
TWINS = re.compile(
    r"\btwinn(?:ed|ing|ings)\b|\b(?:twin|sister|partner|friendship)\)?[ -]"
    r"(?:towns?|cit(?:y|ies)|municipalit\w+|communit\w+|communes?|villages?|count(?:y|ies)|districts?|regions?|provinces?"
    r"|states?|prefectures?|boroughs?|parish(?:es)?|relationships?)\b"
    r"|\binternational (?:relation|cooperation|co-operation|partner)\w*"
    r"|\bпобратим\w*|\bпартн[её]р\w*|\bміжнародн\w* (?:співпрац|зв)\w*|\bмеждународн\w* (?:сотруднич|связ)\w*"
    r"|\bmiasta (?:partner|bliźniac)\w*|\bgminy partner\w*|\bpartnersk\w*|\bwspółpraca (?:międzynar|zagran)\w*"
    r"|\b(?:städte|gemeinde|kommunal)?partnerst[aä]dt\w*|\bpartnergemeind\w*|\b(?:städte|gemeinde|kommunal)partner\w*"
    r"|\bjumel(?:age|é|ée)s?\b|\bvilles? jumelles?\b",
    re.IGNORECASE,
)
NAMED_TWIN = re.compile(r"Twin Cit(?:y|ies)")
"""Also a town in Georgia and a region in Minnesota; a heading about twins has a small letter here."""
APPARATUS = re.compile(
    r"see also|references?|notes?|external links|sources|bibliography|further reading|див\. також|примітки|посилання"
    r"|джерела|przypisy|zobacz też|linki zewnętrzne|bibliografia|einzelnachweise|siehe auch|weblinks|literatur"
    r"|notes et références|voir aussi|liens externes",
    re.IGNORECASE,
)
KINDS = (
    (
        re.compile(
            r"\btwin(?:s|ned|ning|nings)?\b|\bsister\b|\bпобратим|\bbliźniac|\bjumel(?:age|é|ée)s?\b", re.IGNORECASE
        ),
        Kind.TWIN_TOWN,
    ),
    (
        re.compile(
            r"\bfriend(?:s|ly|ships?)?\b|\bдружн|\bдружб|\b(?:za)?przyja[zź]|freundschaft|\bamitiés?\b", re.IGNORECASE
        ),
        Kind.FRIENDSHIP,
    ),
    (
        re.compile(r"co-?operat|співпрац|співробітн|współprac|kooperation|zusammenarbeit|coopérat", re.IGNORECASE),
        Kind.PARTNERSHIP_AGREEMENT,
    ),
)
GENERAL = re.compile(r"international|міжнародн|międzynarod|zagranic", re.IGNORECASE)
"""A section "International cooperation" contains partnerships of every kind."""
LIST = re.compile(
    r"(?:list of )?(?:(?:twin|partner) (?:towns|cities|municipalities)|sister (?:cities|towns|municipalities)).*? in "
    r"(?:the )?(?P<where>.+)",
    re.IGNORECASE,
)


def is_about_twins(heading: str) -> bool:
    """Return whether a heading is about twin towns.

    Examples
    --------
    >>> is_about_twins("Twin towns"), is_about_twins("Twin Falls"), is_about_twins("Jumelles")
    (True, False, False)
    """
    return TWINS.search(heading) is not None


def is_town_of_twins(heading: str) -> bool:
    """Return whether a heading of a list that reads like one about twins is the name of a town."""
    return NAMED_TWIN.fullmatch(heading.strip()) is not None


def is_apparatus(heading: str) -> bool:
    """Return whether a heading is that of notes, references or links."""
    return APPARATUS.match(heading.strip()) is not None


def find_list_area(title: str) -> tuple[str | None, str | None] | None:
    """Return the country and the region of a list of twin towns, from its title; ``None`` for other pages."""
    found = LIST.fullmatch(title.strip())
    if found is None:
        return None
    where = found["where"].strip()
    if (country := find_country(where)) is not None:
        return country, None
    bare = re.sub(r"\s*\(.*\)$", "", where).casefold()
    for subdivision in pycountry.subdivisions:
        if subdivision.name.casefold() == bare and (subdivision.country_code == "US" or "(" not in where):
            return subdivision.country_code, subdivision.name
    return where, None


def find_kind(text: str) -> Kind | None:
    """Return the kind in a heading or a sentence, or ``None``."""
    found = next((kind for pattern, kind in KINDS if pattern.search(text)), None)
    return None if found is Kind.PARTNERSHIP_AGREEMENT and GENERAL.search(text) else found


def find_country(text: str) -> str | None:
    """Return the text if it is the name of a country in one of the languages, else ``None``."""
    return text.strip() if text.strip().casefold() in _countries() else None


def code_of_flag(text: str) -> str:
    """Return the ISO code for the code of a flag template (``GER``); any other text is returned unchanged."""
    return _flag_codes().get(text, text)


@cache
def _flag_codes() -> dict[str, str]:
    text = (files("twingraph.loaders.wikipedia") / "data" / "flag_codes.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return dict(rows[1:])


@cache
def _countries() -> frozenset[str]:
    names = {row["name"].casefold() for row in read_table("country_names.tsv")}
    names |= {"georgia (country)", "usa", "uk"}
    for language in LANGUAGES:
        territories = Locale(language).territories
        names |= {name.casefold() for code, name in territories.items() if len(code) == 2 and code.isalpha()}
    for country in pycountry.countries:
        names |= {country.name.casefold(), country.alpha_3.casefold(), country.alpha_2.casefold()}
        names.add(getattr(country, "common_name", country.name).casefold())
    return frozenset(names | {name.replace(" & ", " and ") for name in names})
