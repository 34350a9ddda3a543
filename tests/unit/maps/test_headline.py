"""The headline of a map: right in both languages for every number, and the same in the file and in its script."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from fixtures.script import node
from twingraph.graph.model import Label
from twingraph.graph.open import open_store
from twingraph.graph.store import Store
from twingraph.maps.data import page_data
from twingraph.maps.texts import (
    catalogue,
    countries_in_words,
    headline,
    partnered_in_words,
    say,
    ties_in_words,
    title_of,
)
from twingraph.queries.counting import Counts
from twingraph.queries.scope import WHOLE, Scope, Subgraph, read_between, read_scope

NUMBERS = (0, 1, 2, 5, 11, 12, 21, 22, 25, 101, 111)
SCRIPT = Path(__file__).parents[3] / "src" / "twingraph" / "maps" / "script"


def counts_of(n: int, **other: object) -> Counts:
    facts: dict[str, object] = {
        "partnerships": n, "statuses": {"active": n}, "foreign": n, "domestic": 0, "unknown_country": 0,
        "countries": n, "domestic_countries": 0, "with_partner": {"hromada": n},
    }  # fmt: skip
    return Counts(**(facts | other))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("key", "forms"),
    [
        ("ties_active", ("чинне партнерство", "чинні партнерства", "чинних партнерств")),
        ("ties_planned", ("заплановане партнерство", "заплановані партнерства", "запланованих партнерств")),
        ("ties_suspended", ("призупинене партнерство", "призупинені партнерства", "призупинених партнерств")),
        ("ties_terminated", ("припинене партнерство", "припинені партнерства", "припинених партнерств")),
        ("ties_unknown", ("партнерство", "партнерства", "партнерств")),
        ("ties_part_active", ("чинне", "чинні", "чинних")),
        ("ties_part_planned", ("заплановане", "заплановані", "запланованих")),
        ("ties_part_suspended", ("призупинене", "призупинені", "призупинених")),
        ("ties_part_terminated", ("припинене", "припинені", "припинених")),
        ("n_ties", ("партнерство", "партнерства", "партнерств")),
        ("n_partners", ("партнер", "партнери", "партнерів")),
        ("sort_hromada", ("громада", "громади", "громад")),
        ("sort_municipality", ("муніципалітет", "муніципалітети", "муніципалітетів")),
        ("sort_raion", ("район", "райони", "районів")),
        ("sort_county", ("повіт", "повіти", "повітів")),
        ("sort_metropolis", ("метрополія", "метрополії", "метрополій")),
        ("sort_region", ("регіон", "регіони", "регіонів")),
        ("sort_country", ("країна", "країни", "країн")),
    ],
)
def test_a_ukrainian_number_has_its_form(key: str, forms: tuple[str, str, str]) -> None:
    """One, two and five take three forms, 11 to 14 the last, 21 the first."""
    chosen = (2, 0, 1, 2, 2, 2, 0, 1, 2, 0, 2)
    expected = [f"{n} {forms[form]}" for n, form in zip(NUMBERS, chosen, strict=True)]
    assert [say("uk", key, n).removesuffix(" з невідомим станом") for n in NUMBERS] == expected


def test_a_number_of_countries_takes_the_case_of_its_preposition() -> None:
    assert [countries_in_words("uk", counts_of(n)) for n in (1, 2, 5, 21, 111)] == [
        " із 1 країною", " із 2 країнами", " із 5 країнами", " із 21 країною", " із 111 країнами",
    ]  # fmt: skip
    assert countries_in_words("uk", counts_of(5, foreign=3, domestic=2, domestic_countries=2, countries=1)) == (
        ": 3 – із 1 країною, 2 – у межах 2 країн"
    )


def test_an_english_number_has_its_form() -> None:
    assert [ties_in_words("en", counts_of(n)) for n in (1, 2, 21)] == [
        "1 partnership in force", "2 partnerships in force", "21 partnerships in force",
    ]  # fmt: skip
    assert partnered_in_words("en", counts_of(1)) == "1 hromada"


def test_statuses_without_a_partnership_are_not_named() -> None:
    counts = counts_of(39, statuses={"active": 34, "planned": 3, "suspended": 1, "terminated": 1}, countries=12)
    assert headline("en", counts, scope="Zhytomyr oblast", one_place=True) == (
        "Zhytomyr oblast: 39 partnerships (34 in force, 3 planned, 1 suspended, 1 ended) with 12 countries"
    )
    assert headline("uk", counts, scope="Житомирська область", one_place=True) == (
        "Житомирська область: 39 партнерств (34 чинні, 3 заплановані, 1 призупинене, 1 припинене) із 12 країнами"
    )


@pytest.mark.parametrize(
    "read",
    [
        lambda store: read_scope(store, WHOLE),
        lambda store: read_scope(store, Scope(Label.REGION, "UA-18")),
        lambda store: read_scope(store, Scope(Label.COUNTRY, "PL")),
        lambda store: read_scope(store, Scope(Label.METROPOLIS, "metropolis:PL/gdansk-gdynia-sopot")),
        lambda store: read_scope(store, Scope(Label.MUNICIPALITY, "geonames:686967"), depth=2),
        lambda store: read_between(store, Scope(Label.COUNTRY, "UA"), Scope(Label.COUNTRY, "DE")),
    ],
    ids=["world", "oblast", "country", "metropolis", "deeper", "between"],
)
def test_the_script_counts_and_words_as_the_file(bundled_place: Path, read: Callable[[Store], Subgraph]) -> None:
    """A page whose filters were set and removed must end with the title that it began with."""
    with open_store(bundled_place) as store:
        data = page_data(read(store))
    given = data | {"texts": catalogue(), "titles": {lang: title_of(data, lang) for lang in ("en", "uk")}}
    program = f"""
        import {{ readFileSync }} from 'node:fs';
        import assert from 'node:assert/strict';
        import {{ countTies, describeScope, headline }} from '{SCRIPT}/logic/headline.js';
        import {{ createWords }} from '{SCRIPT}/logic/words.js';
        const data = JSON.parse(readFileSync(0, 'utf8'));
        const counts = countTies(data.ties, data.places, data.scope.everywhere);
        assert.deepEqual(counts, data.counts);
        for (const [lang, title] of Object.entries(data.titles)) {{
            const words = createWords({{ ...data, lang }});
            assert.equal(headline(counts, describeScope(data, words), words.t), title);
        }}
    """
    done = subprocess.run(
        [node(), "--input-type=module", "-e", program],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
