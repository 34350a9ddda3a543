"""The catalogue of the pages' words: a missing one would show its key to the reader."""

import re
from pathlib import Path
from typing import cast

import pytest

from twingraph.maps.layers import LAYERS, Layer
from twingraph.maps.texts import Lang, catalogue, say

MAPS = Path(__file__).parents[3] / "src" / "twingraph" / "maps"


def test_both_languages_have_the_same_keys_and_values() -> None:
    english, ukrainian = catalogue()["en"], catalogue()["uk"]
    assert set(english) == set(ukrainian)

    def names(text: str | dict[str, str]) -> set[str]:
        forms = text.values() if isinstance(text, dict) else [text]
        return {name for form in forms for name in re.findall(r"\{(\w+)\}", form)}

    assert {key for key in english if names(english[key]) != names(ukrainian[key])} == set()


def test_every_word_that_the_page_asks_for_is_there() -> None:
    asked: set[str] = set()
    for script in (MAPS / "script").rglob("*.js"):
        asked |= set(re.findall(r"""\bt\('(\w+)'""", script.read_text(encoding="utf-8")))
    template = (MAPS / "page.html.j2").read_text(encoding="utf-8")
    asked |= set(re.findall(r'data-t(?:-\w+)?="(\w+)"', template))
    assert len(asked) > 60
    assert asked - set(catalogue()["en"]) == set()


def test_no_word_is_kept_that_nothing_asks_for(root: Path) -> None:
    """Translators would translate what nobody reads."""
    files = [*(MAPS / "script").rglob("*.js"), *MAPS.glob("*.j2"), *(root / "src").rglob("*.py")]
    code = "\n".join(file.read_text(encoding="utf-8") for file in files)
    words = set(re.findall(r"""['"`](\w+)['"`]""", code))
    begun = tuple(set(re.findall(r"""['"`](\w+_)\$?\{""", code)) - {"n_"}) + tuple(f"{each.type}_" for each in LAYERS)
    assert {key for key in catalogue()["en"] if key not in words and not key.startswith(begun)} == set()


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (1, "1 партнерство"),
        (2, "2 партнерства"),
        (5, "5 партнерств"),
        (11, "11 партнерств"),
        (21, "21 партнерство"),
        (0, "0 партнерств"),
    ],
)
def test_ukrainian_counts_have_their_form(n: int, text: str) -> None:
    assert say("uk", "n_ties", n) == text


def test_every_plural_has_the_forms_of_its_language() -> None:
    for lang, forms in (("en", {"one", "other"}), ("uk", {"one", "few", "many", "other"})):
        for key, text in catalogue()[lang].items():
            if isinstance(text, dict) and len(text) > 1:
                assert set(text) == forms, (lang, key)


@pytest.mark.parametrize("lang", ["en", "uk"])
@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.type)
def test_every_layer_has_its_words_and_its_colour(layer: Layer, lang: Lang) -> None:
    """A kind of record added without them would show keys in the legend and draw black arrows."""
    wanted = {f"layer_{layer.type}", f"section_{layer.section}"}
    wanted |= {f"{layer.type}_{status}" for status in cast("dict[str, object]", layer.style.get("dashes", {}))}
    if "columns" in layer.style:
        wanted.add(f"show_{layer.section}")
        columns = cast("list[str]", layer.style["columns"])
        wanted |= {f"col_{each}" for each in columns if f"{layer.type}_{each}" not in catalogue()[lang]}
    assert wanted - set(catalogue()[lang]) == set()
    style = (MAPS / "assets" / "page.css").read_text(encoding="utf-8")
    assert style.count(f"--{layer.type}: ") == 3, "light, dark by the button, dark by the system"
