"""Which of a register's many spellings are looked up, and which few are shown."""

import re
from collections.abc import Iterable, Sequence

from anyascii import anyascii
from rapidfuzz.distance import JaroWinkler

from twingraph.loaders.places.fold import name_key, script_of, umlaut_keys
from twingraph.loaders.places.ukrainian import romanise

__all__ = ["choose_aliases", "lookup_keys", "ukrainian_name"]

# GeoNames puts the municipality beside the village: "Elze (Wedemark)", "Sambreville (Tamines)".
_BRACKETED = re.compile(r"^(.{4,40}?) \((.{4,40})\)$")
_SHOWN_LATIN = 8
_SHOWN_CYRILLIC = 4
_OTHER_CYRILLIC = frozenset("ыэёъўјљњћђџѓќѕѣѵѳәғқңөұүһҳӣӯҷӕѝ")


def lookup_keys(name: str, alternates: Sequence[str], *, small_letters: bool = False) -> dict[str, int]:
    """Return the keys under which a place is found, each with its grade: 0 the name itself, 1 any other spelling.

    Letter-by-letter romanisations from other scripts (written in small letters: ``ri tuo mi er``), codes of airports
    and abbreviations are left out: nobody types them, and they are other places' names. Only where the usual spelling
    stands among them (Korean) are those of one word kept, with `small_letters`.
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
    # Spellings that are all alike tell nothing; the ones that differ are the former names and the exonyms.
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


def ukrainian_name(alternates: Iterable[str], name: str = "") -> str | None:
    """Return the one alternate name that is certainly Ukrainian, if there is just one.

    GeoNames' names come without their language here. Only Ukrainian writes є or ї; і alone is Belarusian and Kazakh
    too. A spelling in letters that Ukrainian has is taken as well where its official romanisation gives back `name`
    itself, г standing for g and ц for z: Дортмунд, Кассель, Гдиня, Мілан. Russian (Милан, Гдыня), Serbian and
    Belarusian ones (Касель) do not. So many places abroad stay without a Ukrainian name until a source gives it.
    """
    known = [
        text
        for text in alternates
        if script_of(text) == "cyrillic" and not any(letter in _OTHER_CYRILLIC for letter in text.lower())
    ]
    found = [text for text in known if "ї" in text.lower() or "є" in text.lower()]
    if not found and name:
        key = _sounds(anyascii(name))
        found = [text for text in known if key and _sounds(romanise(text)) == key]
    return found[0] if len({romanise(text) for text in found}) == 1 else None


def _sounds(text: str) -> str:
    """Return the letters of a romanised name, with g for г and z for ц."""
    plain = "".join(letter for letter in text.lower() if letter.isalpha())
    return plain.replace("h", "g").replace("ts", "z").replace("tz", "z")
