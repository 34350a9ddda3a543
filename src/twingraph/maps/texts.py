"""The words of the pages in English and Ukrainian: one catalogue, read here and, inside the page, by its script."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal, cast

from babel import Locale

__all__ = ["Lang", "catalogue", "name_in", "say"]

type Lang = Literal["en", "uk"]
type Text = str | dict[str, str]


@cache
def catalogue() -> dict[str, dict[str, Text]]:
    """Return the catalogue: for each language, texts by key; a text with a number in it has its plural forms."""
    text = (files("twingraph.maps") / "assets" / "strings.json").read_text(encoding="utf-8")
    return cast("dict[str, dict[str, Text]]", json.loads(text))


def say(lang: Lang, key: str, n: int | None = None, **values: object) -> str:
    """Return a text of the catalogue with its values set in.

    Parameters
    ----------
    lang
        The language.
    key
        The text's key.
    n
        The number that chooses the plural form, set in as ``{n}``.
    values
        What to set in for the other names in braces.
    """
    text = catalogue()[lang][key]
    if isinstance(text, dict):
        form = Locale(lang).plural_form(n or 0)
        text = text.get(form) or text["other"]
    for name, value in (("n", n), *values.items()):
        text = text.replace(f"{{{name}}}", str(value))
    return text


def name_in(lang: Lang, names: Mapping[str, object]) -> str:
    """Return a name in a language, else in English, else as it is at home."""
    return str(names.get(lang) or names.get("en") or names.get("local") or "")
