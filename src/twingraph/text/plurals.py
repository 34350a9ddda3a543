"""Numbers with what they count, in English and Ukrainian."""

from typing import Literal

from babel import Locale
from babel.numbers import format_decimal

__all__ = ["NOUNS", "counted"]

type Lang = Literal["en", "uk"]

NOUNS: dict[str, dict[Lang, tuple[str, ...]]] = {
    "place": {"en": ("place", "places"), "uk": ("місце", "місця", "місць")},
    "partnership": {"en": ("partnership", "partnerships"), "uk": ("партнерство", "партнерства", "партнерств")},
    "pair": {"en": ("pair", "pairs"), "uk": ("пара", "пари", "пар")},
    "municipality": {
        "en": ("municipality", "municipalities"),
        "uk": ("муніципалітет", "муніципалітети", "муніципалітетів"),
    },
    "agreement": {"en": ("agreement", "agreements"), "uk": ("угода", "угоди", "угод")},
    "hromada": {"en": ("hromada", "hromadas"), "uk": ("громада", "громади", "громад")},
    "partner": {"en": ("partner", "partners"), "uk": ("партнер", "партнери", "партнерів")},
    "dataset": {"en": ("dataset", "datasets"), "uk": ("набір даних", "набори даних", "наборів даних")},
    "page": {"en": ("page", "pages"), "uk": ("сторінка", "сторінки", "сторінок")},
    "active": {"en": ("in force", "in force"), "uk": ("чинне", "чинні", "чинних")},
    "planned": {"en": ("planned", "planned"), "uk": ("заплановане", "заплановані", "запланованих")},
    "suspended": {"en": ("suspended", "suspended"), "uk": ("призупинене", "призупинені", "призупинених")},
    "terminated": {"en": ("ended", "ended"), "uk": ("припинене", "припинені", "припинених")},
    "unknown": {"en": ("of unknown status", "of unknown status"), "uk": ("з невідомим станом",) * 3},
}
"""What is counted: one and many in English; one, two to four and five in Ukrainian. All in the nominative.

A status counts partnerships.
"""

_FORMS: dict[Lang, tuple[str, ...]] = {"en": ("one", "other"), "uk": ("one", "few", "many")}


def counted(lang: Lang, n: int, noun: str) -> str:
    """Return a number with its noun in the form that the number takes.

    Parameters
    ----------
    lang
        The language.
    n
        The number.
    noun
        A key of `NOUNS`.

    Examples
    --------
    >>> counted("en", 1, "partnership"), counted("uk", 22, "partnership"), counted("uk", 111, "hromada")
    ('1 partnership', '22 партнерства', '111 громад')
    """
    form = _FORMS[lang].index(Locale(lang).plural_form(n))
    return f"{format_decimal(n, locale=lang)} {NOUNS[noun][lang][form]}"
