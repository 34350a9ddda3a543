"""Vocabulary of pages about twin towns in English, Ukrainian, Polish, German and French."""

import re
from functools import cache
from importlib.resources import files

import pycountry
from babel import Locale

from twingraph.graph.model import Kind, Status
from twingraph.loaders.packaged_tables import read_table

__all__ = [
    "code_of_flag",
    "find_country",
    "find_kind",
    "find_list_area",
    "find_status",
    "find_years",
    "is_about_twins",
    "is_apparatus",
]

LANGUAGES = ("en", "uk", "pl", "de", "fr")
TWINS = re.compile(
    r"twin|sister (?:cit|town|municip)|partner (?:cit|town|municip)|international (?:relation|cooperation)"
    r"|побратим|партнер|міжнародн\w* (?:співпрац|зв)|miasta (?:partner|bliźniac)|gminy partner|partnersk"
    r"|współpraca (?:międzynar|zagran)|partnerst[aä]|partnergemeind|städtepartner|gemeindepartner|jumel",
    re.IGNORECASE,
)
APPARATUS = re.compile(
    r"see also|references?|notes?|external links|sources|bibliography|further reading|див\. також|примітки|посилання"
    r"|джерела|przypisy|zobacz też|linki zewnętrzne|bibliografia|einzelnachweise|siehe auch|weblinks|literatur"
    r"|notes et références|voir aussi|liens externes",
    re.IGNORECASE,
)
ENDED = re.compile(
    r"former|terminat|ended|defunct|dissolved|cancel|колишн|розірван|припинен|скасован|był[ea]|dawne|zerwan|rozwiązan"
    r"|ehemalig|beendet|gekündigt|ancien|rompu|résili",
    re.IGNORECASE,
)
SUSPENDED = re.compile(
    r"suspend|frozen|on hold|призупинен|заморожен|zawiesz|zamroż|ruhend|ausgesetzt|gelé", re.IGNORECASE
)
KINDS = (
    (re.compile(r"twin|sister|побратим|bliźniac|jumel", re.IGNORECASE), Kind.TWIN_TOWN),
    (re.compile(r"friend|дружн|дружб|przyja[zź]|freundschaft|amiti", re.IGNORECASE), Kind.FRIENDSHIP),
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
YEAR = r"(?:1[6-9]|20)\d\d"
SPAN = re.compile(rf"\b({YEAR})\s*(?:[-–—]|to|until|до|do|bis|à)\s*({YEAR})\b")
UNTIL = re.compile(
    rf"\b(?:until|till|to|ended|terminated|suspended|до|розірвано|припинено|призупинено|do|bis|jusqu'en)\D{{0,20}}({YEAR})\b"
)
ONE = re.compile(rf"\b({YEAR})\b")


def is_about_twins(heading: str) -> bool:
    """Return whether a heading is about twin towns."""
    return TWINS.search(heading) is not None


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


def find_status(text: str) -> Status | None:
    """Return the status in a heading or in brackets, or ``None``."""
    if SUSPENDED.search(text):
        return Status.SUSPENDED
    return Status.TERMINATED if ENDED.search(text) else None


def find_kind(text: str) -> Kind | None:
    """Return the kind in a heading or a sentence, or ``None``."""
    found = next((kind for pattern, kind in KINDS if pattern.search(text)), None)
    return None if found is Kind.PARTNERSHIP_AGREEMENT and GENERAL.search(text) else found


def find_years(text: str) -> tuple[str | None, str | None]:
    """Return the first and the last year in the text of an item."""
    if span := SPAN.search(text):
        return span[1], span[2]
    until = UNTIL.search(text)
    since = next((found[1] for found in ONE.finditer(text) if until is None or found.start(1) != until.start(1)), None)
    return since, until[1] if until else None


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
