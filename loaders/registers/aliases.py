"""Which of a register's many spellings are looked up, and which few are shown."""

import re
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import JaroWinkler

from twingraph.text.folding import name_key, script_of, umlaut_keys

__all__ = ["choose_aliases", "lookup_keys"]

# GeoNames adds the municipality to the village: "Elze (Wedemark)", "Sambreville (Tamines)".
_BRACKETED = re.compile(r"^(.{4,40}?) \((.{4,40})\)$")
_SHOWN_LATIN = 8
_SHOWN_CYRILLIC = 4


def lookup_keys(name: str, alternates: Sequence[str], *, small_letters: bool = False) -> dict[str, int]:
    """Return the keys under which a place is found, each with its grade: 0 the name itself, 1 any other spelling.

    Letter-by-letter romanisations from other scripts (written in small letters: ``ri tuo mi er``), codes of airports
    and abbreviations are left out: nobody types them, and they are other places' names. Only where the usual spelling
    is among them (Korean) are those of one word kept, with `small_letters`.
    """
    keys: dict[str, int] = {name_key(name): 0}
    for key in umlaut_keys(name):
        keys.setdefault(key, 0)
    for text in alternates:
        if _is_noise(text) and not (small_letters and text.isascii() and text.isalpha() and len(text) > 4):
            continue
        keys.setdefault(name_key(text), 1)
        for key in umlaut_keys(text):
            keys.setdefault(key, 1)
    for text in (name, *alternates):
        bracketed = _BRACKETED.match(text)
        if bracketed:
            for part in bracketed.groups():
                keys.setdefault(name_key(part), 1)
    keys.pop("", None)
    return keys


def _is_noise(text: str) -> bool:
    first = text[:1]
    if not first or len(text) > 120:
        return True
    if first.isascii() or ord(first) < 0x250:
        if text.isupper() and len(text) <= 4:
            return True
        # "ri tuo mi er" but not "'s-Hertogenbosch", "de Bilt", "al-Quds"
        return first.islower() and not any(letter.isupper() for letter in text)
    return False


def choose_aliases(name: str, alternates: Iterable[str], former: Iterable[str]) -> tuple[str, ...]:
    """Return the spellings worth showing: former names first, then at most twelve that differ most from each other."""
    seen = {name_key(name)}
    shown: list[str] = []
    for text in former:
        if name_key(text) not in seen:
            seen.add(name_key(text))
            shown.append(text)
    latin: list[tuple[str, str]] = []
    cyrillic: list[tuple[str, str]] = []
    for text in alternates:
        key = name_key(text)
        if key in seen or not key or _is_noise(text) or len(text) > 40:
            continue
        script = script_of(text)
        if script in {"latin", "cyrillic"}:
            seen.add(key)
            (latin if script == "latin" else cyrillic).append((key, text))
    chosen = _apart(name_key(name), latin, _SHOWN_LATIN) + _apart("", cyrillic, _SHOWN_CYRILLIC)
    return tuple(dict.fromkeys([*shown, *sorted(chosen)]))[:14]


def _apart(key: str, spellings: list[tuple[str, str]], count: int) -> list[str]:
    # Spellings that are alike add nothing; those that differ are the former names and the exonyms.
    if len(spellings) <= count:
        return [text for _, text in spellings]
    nearest = {text: JaroWinkler.similarity(key, other) if key else 0.0 for other, text in spellings}
    keys = {text: other for other, text in spellings}
    chosen: list[str] = []
    while len(chosen) < count:
        text = min(nearest, key=lambda text: (nearest[text], text))
        chosen.append(text)
        del nearest[text]
        for other, before in nearest.items():
            nearest[other] = max(before, JaroWinkler.similarity(keys[text], keys[other]))
    return chosen
