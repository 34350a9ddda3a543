"""`twingraph load wikidata` against a query service on this machine."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fixtures.query_service import Service, tie
from twingraph.cli import cli


@pytest.fixture
def load(tmp_path: Path, query_service: Service, monkeypatch: pytest.MonkeyPatch, gazetteer):
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / gazetteer.path.name).symlink_to(gazetteer.path)
    monkeypatch.setenv("TWINGRAPH_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("TWINGRAPH_WIKIDATA_ENDPOINT", query_service.url)
    monkeypatch.setenv("TWINGRAPH_CONTACT", "someone@example.org")
    monkeypatch.chdir(tmp_path)
    query_service.rows["Q212"] = [
        tie(1, "Q156756", "Q985388", itemLabel="Zhytomyr", partnerLabel="Rawicz", itemCountry="Ukraine")
        | {"partnerCountry": {"type": "literal", "value": "PL"}, "since": {"type": "literal", "value": "2022-12-23"}}
    ]

    def run(*arguments: str, command: tuple[str, ...] = ("load", "wikidata")) -> Result:
        return CliRunner().invoke(cli, [*command, *arguments, "--db", str(tmp_path / "w.grafeo")])

    return run


def test_what_wikidata_states_is_a_tie_with_its_page(load, query_service: Service) -> None:
    """Otherwise the largest free source of partnerships would need a programmer."""
    result = load("--country", "Україна")
    assert result.exit_code == 0, result.output
    assert query_service.agents[0].startswith("twingraph/")
    assert "someone@example.org" in query_service.agents[0]
    shown = load("Rawicz", command=("show",)).stdout
    assert "Zhytomyr" in shown
    assert "2022-12-23" in shown
    assert "https://www.wikidata.org/wiki/Q156756#P190" in shown
    assert "wikidata:Q985388" in shown or "Q985388" in shown
    again = load("--country", "UA", "--offline")
    assert "Nothing new" in again.stdout
    assert len(query_service.asked) == 1


def test_without_a_country_all_are_asked(load, query_service: Service) -> None:
    """Otherwise a world network would have to be put together country by country."""
    result = load("--dry-run")
    assert result.exit_code == 0, result.output
    assert len(query_service.asked) > 240


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("--country", "Atlantis"), 1, "There is no country called"),
        (("--country", "UA", "--offline"), 1, "Run the command without --offline"),
        (("--country", "PL"), 1, "states no twins"),
    ],
)
def test_what_cannot_be_fetched_is_reported(load, arguments: tuple[str, ...], code: int, message: str) -> None:
    """Otherwise the analyst would not know what to try next."""
    result = load(*arguments)
    assert result.exit_code == code
    assert message in result.stderr


def test_its_options_belong_to_it(load, tmp_path: Path) -> None:
    """Otherwise --country on a file would seem to narrow it."""
    result = load("--country", "UA", command=("load",))
    assert result.exit_code == 2
    assert "go with: twingraph load wikidata" in result.stderr
