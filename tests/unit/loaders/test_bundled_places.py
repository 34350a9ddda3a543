"""Without the table of bundled places, the first `twingraph load` would build an index for half a minute."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from twingraph.cli import cli
from twingraph.errors import PlaceIndexError
from twingraph.loaders.bundled_places import BundledResolver, format_answers, parse_answers, read_answers
from twingraph.loaders.judgements.model import Judgement, Verdict
from twingraph.loaders.places import Resolver
from twingraph.loaders.places.model import PlaceQuery


@pytest.fixture
def no_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which the index of places cannot be built."""
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("TWINGRAPH_CACHE_DIR", str(tmp_path / "file" / "cache"))


@pytest.mark.usefixtures("no_index")
def test_bundled_records_are_loaded_and_drawn_without_the_index(tmp_path: Path) -> None:
    def run(*words: str) -> str:
        result = CliRunner().invoke(cli, [*words, "--db", str(tmp_path / "t.grafeo")], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.stdout

    assert "Loaded into" in run("load")
    assert "Nothing new" in run("load")
    assert "Rawicz" in run("show", "Zhytomyr")
    run("viz", "--oblast", "Zhytomyr", "-o", str(tmp_path / "map.html"))
    assert "Zhytomyrska" in run("gaps", "--oblast", "Житомирщина", "--show", "with")
    assert (tmp_path / "map.html").stat().st_size > 100_000


@pytest.mark.usefixtures("no_index")
def test_a_name_that_is_not_bundled_needs_the_index() -> None:
    resolver = BundledResolver()
    assert resolver.resolve(next(iter(read_answers()))).place
    with pytest.raises(PlaceIndexError):
        resolver.resolve(PlaceQuery(name="Nowhere", country="PL"))


def test_a_judgement_changes_the_answer_for_a_bundled_name(resolver: Resolver) -> None:
    """Else a user could not correct the bundled records."""
    query = next(query for query in read_answers() if query.name == "Rawicz")
    judged = Judgement(verdict=Verdict.SAME, name="Rawicz", country="PL", place="geonames:3102014")
    assert BundledResolver().resolve(query) == resolver.resolve(query)
    corrected = BundledResolver([judged])
    municipality = corrected.resolve(query).place.municipality
    assert municipality is not None
    assert municipality.id == "geonames:3102014"
    assert corrected.judged == (judged,)


def test_an_answer_is_read_as_it_was_written(resolver: Resolver) -> None:
    """Answers of every kind: a town, a region, a country, an unknown name, and namesakes that share an id."""
    names = [("Zhytomyr", "UA"), ("Lower Silesia", "PL"), ("Ukraine", None), ("Forest Park", "US"), ("Xyzzy", "PL")]
    queries = [PlaceQuery(name=name, country=country) for name, country in names]
    queries += [PlaceQuery(name="xyzzy", country="PL"), PlaceQuery(name="Lviv", country="UA", lat=49.84, lon=24.03)]
    answers = {query: resolver.resolve(query) for query in queries}
    assert parse_answers(format_answers(answers, "a note")) == answers
