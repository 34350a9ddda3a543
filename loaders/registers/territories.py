"""Countries and regions with their names in many languages: rows for the index.

Sources: ISO 3166-1 and 3166-2 with their translations (pycountry), the territory names of CLDR in every language
(babel), continents and languages (GeoNames) and the tables of ``places/data``.
"""

import gettext
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from twingraph.loaders.packaged_tables import read_table
from twingraph.loaders.registers.packed_tables import read_rows
from twingraph.text.folding import fold

__all__ = ["Territory", "countries", "regions"]

# Languages whose names of a country become its aliases, with the country's own languages.
_ALIAS_LANGUAGES = ("en", "uk", "pl", "de", "fr", "ru")
_BRACKETS = re.compile(r"\s*[\[(][^\])]*[\])]")
_KINDS = {"voivodship": "voivodeship", "land": "state", "administrative region": "region"}


@dataclass(slots=True)
class Territory:
    """A country, or a region of one: id, names, and every spelling under which it is looked up."""

    id: str
    country: str
    name: str
    name_uk: str | None = None
    kind: str | None = None
    continent: str | None = None
    parent: str | None = None
    first_level: bool = True
    aliases: tuple[str, ...] = ()
    spellings: set[str] = field(default_factory=set)


def countries() -> Iterator[Territory]:
    """Yield every country of ISO 3166-1, and Kosovo."""
    import pycountry  # noqa: PLC0415 - needed only to build the index
    from babel import Locale  # noqa: PLC0415
    from babel.localedata import locale_identifiers  # noqa: PLC0415

    known = {code: (continent, languages) for code, continent, languages in read_rows("countries")}
    names: dict[str, dict[str, str]] = {}
    for language in sorted(locale_identifiers()):
        if "_" not in language:
            for code, name in Locale.parse(language).territories.items():
                if len(code) == 2:
                    names.setdefault(code, {})[language] = name
    extra: dict[str, list[str]] = {}
    for row in read_table("country_names.tsv"):
        if not row["region"]:
            extra.setdefault(row["country"], []).append(row["name"])
    codes = sorted({country.alpha_2 for country in pycountry.countries} | {"XK"})
    translated = _catalogues("iso3166-1")
    for code in codes:
        iso = pycountry.countries.get(alpha_2=code)
        spoken = names.get(code, {})
        own = [part.split("-")[0] for part in known.get(code, ("", ""))[1].split(",")][:3]
        official = (
            [getattr(iso, key, None) for key in ("name", "official_name", "common_name", "alpha_3")] if iso else []
        )
        # Республіка Польща, Rzeczpospolita Polska: CLDR has the short names alone.
        formal = [catalogue.gettext(text) for catalogue in translated.values() for text in official[:2] if text]
        name = _usual_english(code, spoken.get("en") or (iso.name if iso else code))
        shown = [spoken.get(language) for language in (*_ALIAS_LANGUAGES, *own)] + extra.get(code, []) + official
        yield Territory(
            id=code,
            country=code,
            name=name,
            name_uk=spoken.get("uk"),
            continent=known[code][0] if code in known else None,
            aliases=_aliases(name, shown, 16),
            spellings={text for text in (*spoken.values(), *shown, *formal, name, code) if text},
        )


def _usual_english(code: str, name: str) -> str:
    # CLDR writes "Bosnia & Herzegovina", "Hong Kong SAR China", "Myanmar (Burma)", "St. Lucia".
    usual = {"HK": "Hong Kong", "MO": "Macao", "TR": "Turkey", "CZ": "Czechia", "PS": "Palestine", "CG": "Congo",
             "CD": "DR Congo", "MM": "Myanmar", "CI": "Ivory Coast"}  # fmt: skip
    return usual.get(code) or name.replace(" & ", " and ").replace("St. ", "Saint ")


def regions() -> Iterator[Territory]:
    """Yield every region of ISO 3166-2; the first-level ones are those that places are put in."""
    import pycountry  # noqa: PLC0415 - needed only to build the index

    languages = _catalogues("iso3166-2")
    usual: dict[str, str] = {}
    for row in read_table("admin1.tsv"):
        usual.setdefault(row["iso"], row["name"])
    with_places = {code.split("-")[0] for code in usual}
    ukraine = {row["iso"]: row for row in read_table("ukraine_regions.tsv")}
    ukrainian = {row["iso"]: row["name"] for row in read_table("regions_in_ukrainian.tsv")}
    parts: dict[str, list[str]] = {}
    for row in read_table("country_names.tsv"):
        if row["region"]:
            parts.setdefault(row["region"], []).append(row["name"])
    seen = set()
    for sub in sorted(pycountry.subdivisions, key=lambda sub: str(sub.code)):
        code, country = str(sub.code), str(sub.country_code)
        seen.add(code)
        plain = _BRACKETS.sub("", sub.name)
        local = [text.strip() for text in re.split(r"[\[\]]", sub.name) if text.strip()]
        spoken = {language: catalogue.gettext(sub.name) for language, catalogue in languages.items()}
        spoken = {language: text for language, text in spoken.items() if text != sub.name}
        if code in ukrainian:
            spoken["uk"] = ukrainian[code]
        own = ukraine.get(code)
        name_uk: str | None
        if own is not None:
            other = own["aliases"].split("; ")
            name, name_uk, kind = own["name"], own["name_uk"], own["kind"]
        else:
            other = [*local, *spoken.values()]
            name, name_uk = usual.get(code, plain), spoken.get("uk")
            kind = str(sub.type).lower()
            kind = _KINDS.get(kind, kind)
        other = [*other, *parts.get(code, ())]
        spellings = {name, code, *other, *([name_uk] if name_uk else []), *([sub.name] if own is None else [])}
        parent = getattr(sub, "parent_code", None)
        yield Territory(
            id=code,
            country=country,
            name=name,
            name_uk=name_uk,
            kind=kind,
            parent=parent,
            first_level=code in usual if country in with_places else parent is None,
            aliases=_aliases(name, [name_uk, plain, *other], 14),
            spellings=spellings,
        )
    for code in sorted(set(usual) - seen):  # newer than the edition of ISO 3166-2 at hand
        name_uk = ukrainian.get(code)
        spellings = {usual[code], code, *([name_uk] if name_uk else [])}
        yield Territory(
            id=code, country=code[:2], name=usual[code], name_uk=name_uk, kind="region", spellings=spellings
        )


def _catalogues(domain: str) -> dict[str, gettext.NullTranslations]:
    """Return the translations of a part of ISO 3166 by language, where there are any."""
    import pycountry  # noqa: PLC0415 - needed only to build the index

    found: dict[str, gettext.NullTranslations] = {}
    for language in ("uk", "pl", "de", "fr", "ru"):
        with suppress(OSError):
            found[language] = gettext.translation(domain, pycountry.LOCALES_DIR, languages=[language])
    return found


def _aliases(name: str, shown: list[str | None], count: int) -> tuple[str, ...]:
    kept: dict[str, str] = {fold(name): name}
    for text in shown:
        if text and fold(text):
            kept.setdefault(fold(text), text)
    return tuple(list(kept.values())[1 : count + 1])
