"""What a name as written may mean: its parts, its kind words, its qualifiers.

``Świdnica (rural gmina, Lower Silesia)`` is the name Świdnica, the sort of body *gmina*, the qualifier Lower Silesia.
Nothing here knows a register: a reading says what to look for.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from twingraph.loaders.packaged_tables import read_table
from twingraph.text.folding import LONGEST_NAME, fold, name_key, script_of

__all__ = ["Body", "Reading", "bare_key", "bracketed", "read_name", "repaired", "why_unreadable"]


class Body(StrEnum):
    """What sort of body a name means."""

    TOWN = "town"
    RURAL_GMINA = "gmina"
    COUNTY = "county"
    RAION = "raion"
    CITY_DISTRICT = "city_district"
    AGGLOMERATION = "agglomeration"
    METROPOLIS = "metropolis"
    REGION = "region"
    MERGED = "municipality"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a name.

    Attributes
    ----------
    key
        The key to look up.
    words
        The name without kind words and qualifiers, as written.
    body
        What sort of body the kind words mean; a town where there are none.
    qualifiers
        Texts that distinguish namesakes: a region, a country, the town that a part belongs to.
    parent
        The city that a city district belongs to.
    also
        Keys of the other halves of a double name: one place has them all.
    if_fits
        Whether the reading holds only where a register confirms it: a place of the name where the qualifiers put it, or
        a part in the city.
    hromada
        The kind of hromada that the kind words mean: ``city`` (міська), ``settlement`` (селищна) or ``village``
        (сільська); empty where they leave it open.
    cost
        How far the reading is from the text: 0 is the text as written.
    """

    key: str
    words: str
    body: Body = Body.TOWN
    qualifiers: tuple[str, ...] = ()
    parent: str = ""
    also: tuple[str, ...] = ()
    if_fits: bool = False
    hromada: str = ""
    cost: int = 0


class _Kind(NamedTuple):
    """The sort of body that kind words mean, and the kind of hromada in Ukraine; empty where they leave it open."""

    body: Body = Body.TOWN
    hromada: str = ""


def _kind_words() -> dict[tuple[str, str], _Kind]:
    words: dict[tuple[str, str], _Kind] = {}
    for row in read_table("kind_words.tsv"):
        for word in row["words"].split("; "):
            words.setdefault((row["where"], word), _Kind(Body(row["body"]), row["hromada"]))
    return words


# Of a word's place ("before", "after", "inside") and the word: what it says.
_KIND_WORDS = _kind_words()
_ORDINAL = re.compile(
    r"^(?:the )?(\d{1,2})(?:st|nd|rd|th|e|er)? (?:district|arrondissement|borough) (?:of )?(.{2,60})$"
)
_NUMBERED = re.compile(r"^(.{3,40}?) (?:district |sector )?([ivx]{1,6}|\d{1,2})$")
_ROMAN = re.compile(r"^x{0,2}(?:ix|iv|v?i{0,3})$")
# A name has no more halves than this.
_HALVES = 4
# Shorter halves of a hyphenated name are prefixes and articles. Chosen by hand.
_HALF_LETTERS = 4
_DASH = re.compile(r"\s+[–—-]\s+")
_SPLIT = re.compile(r"\s*[/|;]\s*|\s+or\s+|\s+або\s+")
_WORD = re.compile(r"[^\w’'ʼ]+")
# Categories of Unicode: other symbols, halves of surrogate pairs, private and unassigned characters, controls.
_NO_LETTERS = frozenset({"So", "Cs", "Co", "Cn", "Cc"})
_BIDI = frozenset("\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def why_unreadable(text: str) -> str:
    """Return why `text` cannot be a place's name, in words; empty where it can."""
    if text.isascii() and text.isprintable() and len(text) <= LONGEST_NAME and any(map(str.isalpha, text)):
        return ""  # most names
    if text.isalpha() and len(text) <= LONGEST_NAME and script_of(text) != "mixed":
        return ""
    mixed = [word for word in _WORD.split(text[:LONGEST_NAME]) if script_of(word) == "mixed"]
    signs = {unicodedata.category(character) for character in text.strip()[:LONGEST_NAME]}
    reasons = (
        (not text.strip(), "The name is empty."),
        (len(text) > LONGEST_NAME, f"The name has {len(text)} characters: no place's name is that long."),
        (not any(character.isalpha() for character in text), "The name has no letters."),
        (
            not _BIDI.isdisjoint(text),
            "The name holds marks that turn the direction of writing: it may not be as it seems.",
        ),
        (not signs.isdisjoint(_NO_LETTERS), "The name holds signs that are no letters, such as emoji."),
        (bool(mixed), f"The word {(mixed or [''])[0]!r} mixes Latin and Cyrillic letters that look alike."),
    )
    return next((reason for wrong, reason in reasons if wrong), "")


# Letters of the two scripts that look alike.
_LATIN_LOOKALIKES = "aceiopxyABCEHIKMOPTXY"
_CYRILLIC_LOOKALIKES = "асеіорхуАВСЕНІКМОРТХУ"
_TO_CYRILLIC = str.maketrans(_LATIN_LOOKALIKES, _CYRILLIC_LOOKALIKES)
_TO_LATIN = str.maketrans(_CYRILLIC_LOOKALIKES, _LATIN_LOOKALIKES)


def repaired(text: str) -> str:
    """Return the name that an unreadable one may mean: without odd signs, each word in one script; empty if nothing."""
    if len(text) > LONGEST_NAME:
        return ""
    words = []
    for word in "".join(c if c.isalnum() or c in "-'’ʼ(),./" else " " for c in text if c not in _BIDI).split():
        latin, cyrillic = word.translate(_TO_LATIN), word.translate(_TO_CYRILLIC)
        whole = [spelled for spelled in (word, latin, cyrillic) if script_of(spelled) != "mixed"]
        words.append(whole[0] if whole else word)
    meant = " ".join(words)
    return "" if meant == text or why_unreadable(meant) else meant


@lru_cache(maxsize=4096)
def read_name(text: str) -> tuple[Reading, ...]:
    """Return the readings of a name, the one nearest to the text first."""
    if text.isalpha():  # one word: there is nothing in it to read in several ways
        key = name_key(text)
        return (Reading(key, text),) if key else ()
    readings: list[Reading] = []
    _read(text.strip(), (), 0, readings)
    halves = [part.strip() for part in _SPLIT.split(text) if part.strip()][:_HALVES]
    if len(halves) > 1:
        keys = [name_key(half) for half in halves]
        for half in halves:
            parted: list[Reading] = []
            _read(half, (), 3, parted)
            readings.extend(
                replace(reading, also=tuple(key for key in keys if key != reading.key)) for reading in parted
            )
    unique: dict[tuple[str, Body, tuple[str, ...], str, str], Reading] = {}
    for reading in sorted(readings, key=lambda reading: reading.cost):
        if reading.key:
            unique.setdefault((reading.key, reading.body, reading.qualifiers, reading.parent, reading.hromada), reading)
    return tuple(unique.values())


def _read(text: str, qualifiers: tuple[str, ...], cost: int, out: list[Reading]) -> None:
    """Add the readings of a text: as written, without kind words, without brackets, without what follows a comma."""
    key = name_key(text)
    if not qualifiers:
        out.append(Reading(key, text, cost=cost))
    (body, hromada), stripped = _without_kind(key)
    if "(" in text:
        head, _, rest = text.partition("(")
        inside, _, tail = rest.partition(")")
        if head.strip():
            _read_qualified(f"{head.strip()} {tail.strip()}".strip(), inside, cost + 1, out)
        return
    if "," in text:
        head, _, inside = text.partition(",")
        if head.strip() and inside.strip():
            _read_qualified(head.strip(), inside.strip(), cost + 1, out)
        return
    dashed = _DASH.split(text)
    if len(dashed) == 2 and all(dashed):
        city, part = _without_number(dashed[0]), dashed[1]
        out.append(Reading(name_key(part), part, Body.CITY_DISTRICT, qualifiers, parent=city, cost=cost + 1))
        out.append(Reading(name_key(city), city, qualifiers=qualifiers, cost=cost + 6))
    city, hyphen, part = text.partition("-")
    if hyphen and min(len(city), len(part)) >= _HALF_LETTERS:  # Berlin-Spandau
        out.append(
            Reading(name_key(part), part, Body.CITY_DISTRICT, qualifiers, parent=city, if_fits=True, cost=cost + 6)
        )
    ordinal = _ORDINAL.match(key)
    if ordinal:
        out.append(Reading(key, text, Body.CITY_DISTRICT, qualifiers, parent=ordinal[2], cost=cost + 1))
    numbered = _NUMBERED.match(key)
    if numbered and (numbered[2].isdigit() or _ROMAN.match(numbered[2])):
        out.append(Reading(key, text, Body.CITY_DISTRICT, qualifiers, parent=numbered[1], cost=cost + 1))
    if qualifiers:
        out.append(Reading(key, text, Body.TOWN, qualifiers, cost=cost))
    if stripped and stripped != key:
        out.append(
            Reading(
                stripped,
                _words_of(text, stripped),
                body,
                qualifiers,
                hromada=hromada,
                cost=cost + (1 if body is Body.TOWN else 0),
            )
        )


def _without_number(text: str) -> str:
    """Return ``Vienna`` for ``Vienna 22``, ``Budapest`` for ``Budapest XXII``."""
    numbered = _NUMBERED.match(name_key(text))
    return _words_of(text, numbered[1]) if numbered and (numbered[2].isdigit() or _ROMAN.match(numbered[2])) else text


def _read_qualified(head: str, inside: str, cost: int, out: list[Reading]) -> None:
    """Read a name with a qualifier in brackets or after a comma: kind words, a region, a greater town."""
    qualifiers: list[str] = []
    body, hromada = Body.TOWN, ""
    for part in (part.strip() for part in inside.split(",")):
        kind = _KIND_WORDS.get(("inside", fold(part)))
        if kind is None:  # "Донецька (селищна громада)"
            after = _KIND_WORDS.get(("after", name_key(part)))
            kind = after if after and after.hromada else None
        if kind is not None:
            body = kind.body if kind.body is not Body.TOWN else body
            hromada = kind.hromada or hromada
        elif part:
            (sort, _), stripped = _without_kind(name_key(part))
            if sort is Body.RAION and stripped:
                # "Doksy (Kladno District)": the brackets hold the district around; or that of a city:
                # "Kyiv (Dniprovskyi District)".
                out.append(Reading(name_key(head), head, qualifiers=(part,), if_fits=True, cost=cost))
                out.append(Reading(stripped, part, Body.CITY_DISTRICT, parent=head, cost=cost))
            qualifiers.append(_words_of(part, stripped) if stripped and sort is not Body.REGION else part)
    if body is not Body.TOWN:
        out.append(Reading(name_key(head), head, body, tuple(qualifiers), cost=cost))
        return
    before = len(out)
    _read(head, tuple(qualifiers), cost, out)
    if hromada:  # "Донецька (селищна громада)"
        out[before:] = [replace(reading, hromada=reading.hromada or hromada) for reading in out[before:]]
    if qualifiers:
        out.append(Reading(name_key(head), head, Body.CITY_DISTRICT, parent=qualifiers[0], cost=cost + 1))


def bracketed(text: str) -> tuple[str, str] | None:
    """Return a name and the text in the brackets after it: ``Mażejki (LT)`` is Mażejki and LT."""
    head, bracket, rest = text.strip().rpartition("(")
    return (head.strip(), rest[:-1].strip()) if bracket and head.strip() and rest.endswith(")") else None


def bare_key(key: str) -> str:
    """Return a key without the kind words around it."""
    return _without_kind(key)[1]


def _without_kind(key: str) -> tuple[_Kind, str]:
    """Return what the kind words around a key mean, and the key without them."""
    words = key.split(" ")
    for count in range(min(4, len(words) - 1), 0, -1):
        for where, edge, rest in (
            ("after", " ".join(words[-count:]), " ".join(words[:-count])),
            ("before", " ".join(words[:count]), " ".join(words[count:])),
        ):
            kind = _KIND_WORDS.get((where, edge))
            if kind is not None and kind.body is not Body.TOWN:
                return kind, rest
            if kind is not None:
                inner, bare = _without_kind(rest)
                return inner._replace(hromada=kind.hromada or inner.hromada), bare
    return _Kind(), key


def _words_of(text: str, stripped: str) -> str:
    """Return the words of `text` that make up a key, as written."""
    words = text.split()
    wanted = len(stripped.split(" "))
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            if name_key(" ".join(words[start:end])) == stripped:
                return " ".join(words[start:end])
    return " ".join(words[:wanted])
