"""The Ukrainian language: its alphabet, its official romanisation and the endings of its names."""

import re

__all__ = ["adjective_of", "adjective_stem", "base_forms", "is_ukrainian", "romanise"]

_ALPHABET = re.compile("[АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ ().,'’ʼ–-]+", re.IGNORECASE)


def is_ukrainian(text: str) -> bool:
    """Return whether `text` has letters of the Ukrainian alphabet alone: ``Житомир`` has, ``Жытомір`` has not.

    Many names look the same in other languages of the Cyrillic script: true means only that it can be Ukrainian.
    """
    return _ALPHABET.fullmatch(text) is not None and any("А" <= c.upper() <= "Я" for c in text)


_ROMAN = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "y",
    "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "iu", "я": "ia",
    "ь": "", "ъ": "", "ы": "y", "э": "e", "ё": "io",
}  # fmt: skip
_AT_START = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_APOSTROPHES = "'’ʼ`"


def romanise(text: str) -> str:
    """Return `text` in the official romanisation of Ukrainian (Cabinet resolution No. 55 of 2010)."""
    out: list[str] = []
    before = " "
    for written in text:
        letter = written.lower()
        if letter in _APOSTROPHES:
            continue  # not written, and not the start of a word
        if letter == "г" and before == "з":
            roman = "gh"
        elif not before.isalpha() and letter in _AT_START:
            roman = _AT_START[letter]
        else:
            roman = _ROMAN.get(letter, written)
        out.append(roman.capitalize() if letter != written and roman.isalpha() else roman)
        before = letter
    return "".join(out)


def adjective_stem(name: str) -> str:
    """Return the adjective of a hromada, raion or oblast without its ending: ``житомирськ`` of ``Житомирська``."""
    lower = name.lower().strip()
    for ending in ("ого", "ому", "ої", "ій", "ий", "ою", "им", "ім", "а", "у", "е"):
        if lower.endswith(ending) and len(lower) - len(ending) >= 4:
            return lower[: -len(ending)]
    return lower


def adjective_of(name: str) -> str:
    """Return the adjective that a hromada of a town is called by where its name shows it, else an empty text.

    Examples
    --------
    >>> adjective_of("Кіровоград"), adjective_of("Артемівськ"), adjective_of("Переяслав-Хмельницький")
    ('Кіровоградська', 'Артемівська', 'Переяслав-Хмельницька')
    >>> adjective_of("Ульяновка")
    ''
    """
    if not is_ukrainian(name):
        return ""
    if name.endswith("ий"):
        return name[:-2] + "а"
    if name.endswith(("ськ", "цьк")):
        return name + "а"
    return name + "ська" if name.endswith(("град", "в", "н", "р", "м")) else ""


# Endings of the oblique cases and what the dictionary form may end in. The longest ending is tried first.
_ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ського", ("ський", "ське")), ("ському", ("ський", "ське")), ("ським", ("ський", "ське")),
    ("цького", ("цький", "цьке")), ("цькому", ("цький", "цьке")), ("цьким", ("цький", "цьке")),
    ("ської", ("ська",)), ("ській", ("ська",)), ("ською", ("ська",)), ("ську", ("ська",)),
    ("цької", ("цька",)), ("цькій", ("цька",)), ("цькою", ("цька",)), ("цьку", ("цька",)),
    ("ого", ("ий", "е", "ій")), ("ому", ("ий", "е", "ій")), ("ього", ("ій", "є")), ("ьому", ("ій", "є")),
    ("ової", ("ова",)), ("овій", ("ова",)), ("овою", ("ова",)),
    ("ами", ("и", "а")), ("ями", ("і", "я")), ("ях", ("і", "я")), ("ах", ("и", "а", "і")),
    ("ові", ("", "о")), ("еві", ("ь", "")), ("єві", ("й",)),
    ("ової", ("ова",)), ("евої", ("ева",)),
    ("ова", ("ів", "ове")), ("ову", ("ів", "ове", "ова")), ("овом", ("ів", "ове", "ово")), ("ові", ("ів",)),
    ("ева", ("ів", "еве", "ев")), ("еву", ("ів", "еве", "ева")), ("евом", ("ів", "еве")), ("єва", ("їв", "єве")),
    ("єву", ("їв", "єве")), ("євом", ("їв", "єве")), ("єві", ("їв",)),
    ("ода", ("ід", "од")), ("оду", ("ід", "од")), ("одом", ("ід", "од")), ("оді", ("ід", "од")),
    ("ога", ("іг",)), ("огу", ("іг",)), ("огом", ("іг",)), ("озі", ("іг",)), ("ола", ("іл",)), ("оля", ("іль",)),
    ("олю", ("іль",)), ("олем", ("іль",)), ("оля", ("іль",)), ("олі", ("іль", "оля")), ("поля", ("піль",)),
    ("ені", ("ень", "ін")), ("еню", ("ень", "інь")), ("енем", ("ень",)), ("еня", ("ень", "інь")),
    ("еця", ("ець",)), ("цю", ("ця", "ець")), ("ця", ("ець",)), ("цем", ("ець", "це")), ("ці", ("ець", "ка", "ця")),
    ("чем", ("ч",)), ("шем", ("ш",)), ("жем", ("ж",)), ("чу", ("ч", "ча")), ("ча", ("ч",)), ("чі", ("ч",)),
    ("єю", ("я",)), ("ією", ("ія",)), ("ії", ("ія",)), ("ію", ("ія",)), ("їв", ("ї",)),
    ("нок", ("нки",)), ("ок", ("ки",)), ("ів", ("и", "і")), ("ець", ("ці",)), ("иць", ("иці",)),
    ("зі", ("га", "г", "за", "з")), ("сі", ("ха", "х", "са", "с")),
    ("кою", ("ка",)), ("ою", ("а",)), ("ею", ("я", "а")), ("ку", ("к", "ка", "ко")), ("ка", ("ок", "к")),
    ("ом", ("", "о")), ("ем", ("ь", "е", "")), ("єм", ("й", "є")), ("ям", ("я", "і")), ("ам", ("и", "а")),
    ("им", ("ий", "е")), ("ім", ("ій",)), ("их", ("і",)), ("ими", ("і",)), ("ій", ("а", "я")), ("ої", ("а",)),
    ("ьку", ("ьк", "ька")), ("ька", ("ьк", "ько")), ("ьком", ("ьк",)),
    ("а", ("", "о", "е")), ("у", ("", "а", "о", "е")), ("ю", ("я", "ь", "й", "є")), ("я", ("ь", "й", "є", "")),
    ("і", ("а", "я", "ь", "", "о", "е")), ("ї", ("я", "й")), ("и", ("а", "ь", "")), ("ів", ("ове",)),
    ("", ("и", "а", "і")),
)  # fmt: skip


def _word_forms(word: str) -> list[str]:
    forms: list[str] = []
    for ending, bases in _ENDINGS:
        if len(word) - len(ending) >= 2 and word.endswith(ending):
            stem = word[: len(word) - len(ending)] if ending else word
            forms.extend(stem + base for base in bases if stem + base != word and stem + base not in forms)
    return forms


def base_forms(key: str) -> list[str]:
    """Return dictionary forms that an inflected, folded Ukrainian name may come from, the likelier first.

    ``житомира`` gives ``житомир`` among others; whether a form is a name at all is for the register to say. Of a name
    of several words the last may be inflected alone (Івано-Франківська) or all of them (Білої Церкви).
    """
    words = key.split(" ")
    if len(words) > 3:
        return []
    last = [" ".join([*words[:-1], form]) for form in _word_forms(words[-1])]
    if len(words) == 1:
        return last
    forms = last
    first_forms = _word_forms(words[0])[:8]
    for first in first_forms:
        forms.append(" ".join([first, *words[1:]]))
        forms.extend(" ".join([first, *words[1:-1], form]) for form in _word_forms(words[-1])[:8])
    return forms
