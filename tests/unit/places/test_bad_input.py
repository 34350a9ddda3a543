"""Without these one odd cell in a table stops a load, or puts a town where it never was."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twingraph.loaders.places import Resolver
from twingraph.loaders.places.model import PlaceQuery, ResolutionStatus

UNKNOWN = ResolutionStatus.UNKNOWN
odd_text = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("()[],–—-/|;'’ʼ\"\u200e\u200f\u202e\u0301 \t\n0123456789абвґєіїйščřż🇺🇦"),
    ),
    max_size=300,
)


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("", "empty"), ("   ", "empty"), ("\u200b", "letters"), ("12345", "letters"), ("---", "letters"),
        ("Ж" * 10_000, "10000 characters"), ("(" * 10_000, "10000 characters"), ("Zhyto\u202emyr", "direction"),
        ("\u200fZhytomyr", "direction"), ("Жuтомир", "mixes"), ("Zhytоmyr", "mixes"), ("Zhytomyr 🇺🇦", "emoji"),
        ("🏙", "letters"), ("Zhyto\x00myr", "signs"),
    ],
)  # fmt: skip
def test_bad_name_is_unknown_with_the_reason(resolver: Resolver, name: str, word: str) -> None:
    answer = resolver.resolve(PlaceQuery(name=name, country="UA"))
    assert answer.status is UNKNOWN
    assert word in answer.reasons[0]
    assert answer.place.municipality.unplaced


def test_lookalike_letters_are_told_with_the_name_they_imitate(resolver: Resolver) -> None:
    answer = resolver.resolve(PlaceQuery(name="Житoмир", country="UA"))
    assert answer.status is UNKNOWN
    assert [candidate.place.municipality.name for candidate in answer.candidates] == ["Zhytomyr"]


@pytest.mark.parametrize("country", ["Atlantis", "ZZ", "12", "🇺🇦", "x" * 10_000])
def test_unknown_country_is_unknown_with_the_reason(resolver: Resolver, country: str) -> None:
    answer = resolver.resolve(PlaceQuery(name="Zhytomyr", country=country))
    assert answer.status is UNKNOWN
    assert "no country called" in answer.reasons[0]


queries = st.builds(
    PlaceQuery,
    name=odd_text,
    country=st.one_of(st.none(), st.sampled_from(["UA", "PL", "US", "Georgia (country)", "CN"]), odd_text),
    region=st.one_of(st.none(), odd_text),
    spellings=st.lists(odd_text, max_size=2).map(tuple),
    lat=st.one_of(st.none(), st.floats()),
    lon=st.one_of(st.none(), st.floats()),
)


@settings(max_examples=300, deadline=1000, suppress_health_check=[HealthCheck.too_slow])
@given(query=queries)
def test_any_text_is_answered_in_bounded_time(resolver: Resolver, query: PlaceQuery) -> None:
    answer = resolver.resolve(query)
    place = answer.place
    assert place.municipality or place.region or place.country
    assert 0 <= answer.confidence <= 1
    assert all(0 <= candidate.confidence <= 1 for candidate in answer.candidates)
    assert all(answer.reasons)
    if answer.status is not ResolutionStatus.MATCHED:
        assert answer.confidence == 0
        assert place.municipality is not None
        assert place.municipality.unplaced or place.municipality.lat is not None


@pytest.mark.parametrize(
    "name",
    ["a " * 90 + "-sur-b",
        "(" * 100 + "a" + ")" * 90, ", ".join("abcdefgh" * 8), "-".join("abcdefghij" * 9), "/" .join("ab" * 60),
     "stadt " * 33, "x" * 199, "Район " * 33, "і" * 199, " – ".join(["Berlin"] * 20)],
)  # fmt: skip
def test_no_pattern_runs_away(resolver: Resolver, name: str) -> None:
    started = time.process_time()
    for country in ("DE", "UA", "FR", None):
        resolver.resolve(PlaceQuery(name=name, country=country))
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"region": "Nowhereshire"}, "'Nowhereshire' is not known in PL"),
        ({"geonames_id": 1}, "no place with the id 1"),
        ({"lat": 999.0, "lon": 17.0}, "no point on Earth"),
        ({"lat": 51.6}, "no point on Earth"),
    ],
)
def test_field_that_cannot_be_used_is_reported(resolver: Resolver, fields: dict[str, object], reason: str) -> None:
    """Else a misspelled region or a slip in a coordinate would be passed over without a word."""
    answer = resolver.resolve(PlaceQuery(name="Rawicz", country="PL", **fields))  # type: ignore[arg-type]
    assert answer.status is ResolutionStatus.MATCHED
    assert reason in answer.reasons[-1]
    assert not answer.conflict
