"""The catalogue of the pages' words: a missing one would show its key to the reader."""

import re
from pathlib import Path

import pytest

from twingraph.maps.texts import catalogue, say

ASSETS = Path(__file__).parents[3] / "src" / "twingraph" / "maps" / "assets"


def test_both_languages_have_the_same_keys_and_values() -> None:
    english, ukrainian = catalogue()["en"], catalogue()["uk"]
    assert set(english) == set(ukrainian)

    def names(text: str | dict[str, str]) -> set[str]:
        forms = text.values() if isinstance(text, dict) else [text]
        return {name for form in forms for name in re.findall(r"\{(\w+)\}", form)}

    assert {key for key in english if names(english[key]) != names(ukrainian[key])} == set()


def test_every_word_that_the_page_asks_for_is_there() -> None:
    asked: set[str] = set()
    for script in ASSETS.glob("*.js"):
        asked |= set(re.findall(r"""\bt\('(\w+)'""", script.read_text(encoding="utf-8")))
    template = (ASSETS.parent / "page.html.j2").read_text(encoding="utf-8")
    asked |= set(re.findall(r'data-t(?:-\w+)?="(\w+)"', template))
    assert len(asked) > 60
    assert asked - set(catalogue()["en"]) == set()


def test_no_word_is_kept_that_nothing_asks_for(root: Path) -> None:
    """Else translators would go on translating what nobody reads."""
    files = [*ASSETS.glob("*.js"), *ASSETS.parent.glob("*.j2"), *(root / "src").rglob("*.py")]
    code = "\n".join(file.read_text(encoding="utf-8") for file in files)
    words = set(re.findall(r"""['"`](\w+)['"`]""", code))
    begun = tuple(set(re.findall(r"""['"`](\w+_)\$?\{""", code)) - {"n_"})
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
