"""Which of a place's many spellings are shown and searched: those that people use.

GeoNames gives up to a hundred spellings of a town and not their languages. The evidence is how many of them sound
alike: "Lemberg" comes with Lemburg and Lembärsch, "Lwów" with Lvov, Lwuw and Лавов, but a nickname comes alone.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

from twingraph.text.folding import name_key, script_of
from twingraph.text.ukrainian import romanise

__all__ = ["is_noise", "usual_spellings"]

MOST_BYTES = 150
"""The room for the spellings of a place, chosen by hand: a page of 17,000 places holds them all."""
MOST_LATIN = 12
FEW = 6
"""So many spellings are all shown, chosen by hand."""
MAX_CHARS = 40
NEAR = 0.86
"""Similarity from which two spellings count as forms of one name, chosen by hand on the towns of Ukraine and Poland."""

_LETTERS = re.compile(r"[^\W\d_]+(?:[ .'’ʼ-]+[^\W\d_]+)*\.?")
_NEIGHBOURS = re.compile("[ąćęłńśźżäöüčďěňřšťůžőűășț]|ó(?=[wrdłż])")
"""Letters of the languages around Ukraine; a spelling that has some is the full form of one without."""
_UNUSUAL = re.compile(r"^[qx]|[æœœðþəɓɗƙŋħĸǎǐǒơưạảấầẩậắằặẻẽếềểễệỉịọốồổộớờởợụủứừửữựỳỵỷỹñçãõàèìòùêôûëïĉĝĥĵŝŭʼʻ]")
_ENDINGS = ("a", "o", "e", "i", "u", "as", "is", "os", "us", "om", "ae", "ia", "ai", "iai")
"""Endings of cases, and of languages that add one: Kievom, Kijevas, Odessae."""
_USUAL = re.compile(
    r"(?:b[eu]rg|stadt|stein|feld|dorf|heim|walde?|furt|hafen|bach|haus|kirchen|[ai]tz|[szlrnd]au|zig|ien|ingen|euthen"
    r"|[oó]w|owo|sk|sko|ice|yce|ica|owiec|grod|gród|ów|iec|ec|ín|ov|nik|vár|ház|hely|szeg|ești|ăuți|ăuţi|iv|ev)$"
)
"""Endings of names in German, Polish, Czech, Hungarian, Romanian, Russian and Ukrainian."""
_ARMENIAN = "\u0530"
"""Armenian begins here: the letters before are Latin, Greek and Cyrillic."""
_RUSSIAN = re.compile("[абвгдежзийклмнопрстуфхцчшщъыьэюяё -]+")
_UKRAINIAN = re.compile("(?=.*[іїєґ])[абвгґдеєжзиіїйклмнопрстуфхцчшщьюя ’'ʼ-]+")
_CYRILLIC = re.compile("[абвгґдеєжзиіїйклмнопрстуфхцчшщьюяъыэёўјљњћђџ ’'ʼ-]+")
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"[^a-z]", ""), (r"tsch|tch|tsj|tj(?=e)|cz|ch(?=[eiy])|cs", "c"), (r"shch|szcz|stsch|sch|sh|sz|sj", "s"),
        (r"zh|rz|j(?=[iyou])", "z"), (r"kh|ch", "h"), (r"ts|tz", "c"), (r"ph", "f"), (r"ck|q", "k"), (r"x", "ks"),
        (r"w", "v"), (r"ou", "u"), (r"[yj]", "i"), (r"g", "h"), (r"i(?=[aeou])", ""), (r"[eo]v(?=$|[aeiou]$)", "iv"),
        (r"(.)\1+", r"\1"), (r"(?<=[^aeiou])[aeiou]$", ""),
    )
)  # fmt: skip


_ENGLISH_LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "i",
    "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y",
    "ь": "", "э": "e", "ю": "iu", "я": "ia", "ё": "e",
}  # fmt: skip
_LATIN_LETTERS = [
    _ENGLISH_LETTERS | changed
    for changed in (
        {},
        {"й": "y", "ю": "yu", "я": "ya"},
        {"в": "w", "ж": "sch", "з": "s", "х": "ch", "ц": "z", "ч": "tsch", "ш": "sch", "ю": "ju", "я": "ja"},
        {"в": "w", "ж": "z", "х": "ch", "ц": "c", "ч": "cz", "ш": "sz", "щ": "szcz", "ю": "iu", "я": "ia"},
        {"ж": "z", "х": "ch", "ц": "c", "ч": "c", "ш": "s", "щ": "sc", "ю": "ju", "я": "ja", "й": "j"},
    )
]


def usual_spellings(
    name: str, alternates: Iterable[str], former: Iterable[str] = (), *, ukrainian: str | None = None
) -> tuple[str, ...]:
    """Return the usual spellings of a place besides its name: former names first, then the best known.

    Parameters
    ----------
    name, ukrainian
        The names that are shown.
    alternates
        Every spelling that a register has.
    former
        Former names, which are always among them.
    """
    seen = {name_key(name), name_key(ukrainian or "")}
    shown = []
    for text in former:
        if name_key(text) not in seen:
            seen.add(name_key(text))
            shown.append(text)
    latin: dict[str, list[str]] = {}
    cyrillic: dict[str, list[str]] = {}
    for text in alternates:
        if text[:1] >= _ARMENIAN or len(text) > MAX_CHARS or is_noise(text) or not _LETTERS.fullmatch(text):
            continue
        key = name_key(text)
        if key and key not in seen:
            script = script_of(text)
            if script in {"latin", "cyrillic"}:
                (latin if script == "latin" else cyrillic).setdefault(key, []).append(text)
    if len(latin) + len(cyrillic) <= FEW:
        chosen = [*map(_fullest, latin.values()), *(texts[0] for texts in cyrillic.values())]
    else:
        chosen = _Spellings(name, latin, cyrillic).best()
    return _within(dict.fromkeys([*shown, *chosen]), sure=len(shown))


def is_noise(text: str) -> bool:
    """Return whether nobody types a spelling: codes of airports, and romanisations of other scripts letter by letter.

    These are written in small letters: ``ri tuo mi er``.
    """
    first = text[:1]
    if not first or len(text) > 120:
        return True
    if first.isascii() or ord(first) < 0x250:
        if text.isupper() and len(text) <= 4:
            return True
        # "ri tuo mi er" but not "'s-Hertogenbosch", "de Bilt", "al-Quds"
        return first.islower() and not any(letter.isupper() for letter in text)
    return False


class _Spellings:
    """The spellings of a place that has many."""

    def __init__(self, name: str, latin: dict[str, list[str]], cyrillic: dict[str, list[str]]) -> None:
        self.name = name
        self.words = len(name_key(name).split())
        self.latin = {key: _fullest(texts) for key, texts in latin.items()}
        self.cyrillic = {key: texts[0] for key, texts in cyrillic.items()}
        self.sound = {key: _sound(key) for key in self.latin} | {key: _sound(key) for key in self.cyrillic}
        written = [(key, texts) for each in (latin, cyrillic) for key, texts in each.items()]
        self.support = Counter(self.sound[key] for key, texts in written for _ in texts)
        self.forms = {key: len(texts) for key, texts in latin.items()}
        by_letters = zip(*(_in_latin_letters(text.lower()) for text in self.in_cyrillic()), strict=True)
        self.expected = [key for keys in by_letters for key in keys if key in self.latin]

    def best(self) -> list[str]:
        """Return the best known in Latin letters, then those in Cyrillic letters."""
        return [*self.in_latin()[:MOST_LATIN], *self.in_cyrillic()]

    def doubt(self, key: str) -> float:
        """Return how little a spelling in Latin letters is to be expected from a reader: the least is the best."""
        lower = self.latin[key].lower()
        doubt = -0.5 * min(self.support[self.sound[key]], 6)
        doubt += 3 * (len(key.split()) > self.words) + 2 * bool(_UNUSUAL.search(lower)) + 2 * (len(key) < 4)
        doubt -= 3 * (key in self.expected)
        doubt += 2 * any(key.endswith(end) and key.removesuffix(end) in self.latin for end in _ENDINGS)
        return doubt - 3 * bool(_USUAL.search(lower)) - bool(_NEIGHBOURS.search(lower))

    def in_latin(self) -> list[str]:
        """Return the spellings in Latin letters, grouped by the name that they are forms of, the best known first."""
        named = {name_key(self.name), *self.latin}
        doubts = {key: self.doubt(key) for key in self.latin if key.split()[0] not in named - {key}}  # no "Odesa-mama"
        own = _sound(name_key(self.name))
        families: list[tuple[str, list[str]]] = [(own, [])]
        for key in sorted(doubts, key=lambda key: (doubts[key], key)):
            sound = self.sound[key]
            near = [JaroWinkler.similarity(sound, first) for first, _ in families]
            best = max(range(len(near)), key=near.__getitem__)
            if near[best] >= NEAR:
                families[best][1].append(key)
            else:
                families.append((sound, [key]))
        (_, forms), *others = families
        others.sort(key=lambda each: doubts[each[1][0]] - min(len(each[1]), 5))
        # Other names (Lemberg) matter most: a search finds the forms of the name (Lvov) by their sound.
        found = list(
            dict.fromkeys([*(key for key in self.expected[:4] if key in doubts), *self.of_different_sound(forms)])
        )[:6]
        others = [(sound, [key for key in keys if key not in found]) for sound, keys in others]
        others = [(sound, keys) for sound, keys in others if keys]
        found += [key for _, keys in others[:5] for key in self.of_different_sound(keys)[:2]]
        found += [keys[0] for _, keys in others[5:]]
        return [self.latin[key] for key in found]

    def of_different_sound(self, keys: Iterable[str]) -> list[str]:
        sounds: dict[str, str] = {}
        for key in keys:
            sounds.setdefault(self.sound[key], key)
        return list(sounds.values())

    def in_cyrillic(self) -> list[str]:
        """Return the spellings in Cyrillic letters: the Russian one, the Ukrainian one, another."""
        usual = [
            key
            for key, text in self.cyrillic.items()
            if len(key.split()) <= self.words and _CYRILLIC.fullmatch(text.lower()) and not key.endswith("ъ")
        ]

        own = _sound(name_key(self.name))

        def evidence(key: str) -> int:
            in_latin = _in_latin_letters(self.cyrillic[key].lower())
            support = self.support[self.sound[key]]
            is_of_its_own = support > 2 and self.sound[key] != own  # Черновцы, and no transliteration of the name
            return support + 4 * is_of_its_own + 3 * max(self.forms.get(other, 0) for other in in_latin)

        usual.sort(key=lambda key: (-evidence(key), -len(key), key))
        found: list[str] = []
        for letters in (_RUSSIAN, _UKRAINIAN, _CYRILLIC):
            found += [
                key
                for key in usual
                if letters.fullmatch(self.cyrillic[key].lower()) and not any(key[:4] == other[:4] for other in found)
            ][:1]
        return [self.cyrillic[key] for key in found]


def _in_latin_letters(cyrillic: str) -> Iterator[str]:
    """Yield the keys of a Russian or Ukrainian name in the letters of English, German, Polish and Czech."""
    for letters in _LATIN_LETTERS:
        yield name_key("".join(letters.get(letter, letter) for letter in cyrillic))


def _fullest(texts: list[str]) -> str:
    """Return the spelling with the most letters that the neighbours write: Lwów, not Lwow."""
    return max(
        texts,
        key=lambda text: (not _UNUSUAL.search(text.lower()), len(_NEIGHBOURS.findall(text.lower())), text.isascii()),
    )


def _within(spellings: Iterable[str], *, sure: int) -> tuple[str, ...]:
    kept, left = [], MOST_BYTES
    for number, text in enumerate(spellings):
        left -= len(text.encode()) + 1
        if number >= sure and left < 0:
            break
        kept.append(text)
    return tuple(kept)


@lru_cache(maxsize=4096)
def _sound(key: str) -> str:
    """Return the sounds of a name's key, with as few differences as the spellings of many languages allow."""
    sound = key if key.isascii() else name_key(romanise(key))
    for pattern, short in _SOUNDS:
        sound = pattern.sub(short, sound)
    return sound
