"""A query service that misbehaves: what a broken evening of the service would cost an analyst."""

import json
from pathlib import Path

import pytest

from fixtures.query_service import Service, tie
from twingraph.loaders.wikidata import service as module
from twingraph.loaders.wikidata.live import PAGE, fetch_country
from twingraph.loaders.wikidata.service import QueryService, ServiceError

QUERY = "SELECT ?item WHERE { ?item wdt:P17 wd:Q212 } LIMIT 10 OFFSET 0"


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def asker(query_service: Service, pauses: list[float]) -> QueryService:
    query_service.rows["Q212"] = [tie(1, "Q156", "Q2")]
    return QueryService(endpoint=query_service.url, user_agent="twingraph/test", sleep=pauses.append)


@pytest.mark.parametrize("fault", ["429", "500", "503", "cut", "broken"])
def test_a_passing_fault_is_tried_again(asker: QueryService, query_service: Service, pauses: list[float], fault: str):
    """Else one busy minute of the service would end an hour's load."""
    query_service.faults = [fault, fault]
    assert json.loads(asker.ask(QUERY))["results"]["bindings"]
    assert pauses == [2.0, 4.0]
    assert query_service.agents == ["twingraph/test"] * 3


def test_it_waits_as_long_as_the_service_asks(asker: QueryService, query_service: Service, pauses: list[float]):
    """Else the service would bar us."""
    query_service.faults = ["429 7", "503 Tue, 24 Nov 2020 10:00:00 GMT"]
    asker.ask(QUERY)
    assert pauses == [7.0, 0.0]


@pytest.mark.parametrize(
    ("faults", "message"),
    [
        (["429 86400"], "asks for a pause"),
        (["500"] * 6, "has a fault"),
        (["broken"] * 6, "broken or cut off"),
        (["400"], "refuses the question"),
        (["endless"], "does not end"),
    ],
)
def test_what_does_not_pass_is_told(
    asker: QueryService, query_service: Service, monkeypatch: pytest.MonkeyPatch, faults: list[str], message: str
):
    """Else the command would hang, or fill the memory, instead of saying what to do."""
    monkeypatch.setattr(module, "MOST_BYTES", 1 << 20)
    query_service.faults = faults
    with pytest.raises(ServiceError, match=message) as told:
        asker.ask(QUERY)
    assert told.value.hint


def test_a_circle_of_addresses_is_told(asker: QueryService, query_service: Service):
    """Else a mistyped endpoint would be asked for ever."""
    query_service.faults = [f"307 {query_service.url}"] * 20
    with pytest.raises(ServiceError, match="in a circle"):
        asker.ask(QUERY)


def test_an_endpoint_where_nobody_listens_is_told(pauses: list[float]):
    """Else a closed network would show a traceback."""
    with pytest.raises(ServiceError, match="connection failed"):
        QueryService(endpoint="http://127.0.0.1:9/", user_agent="t", sleep=pauses.append).ask(QUERY)
    assert len(pauses) == 5


def test_a_broken_off_fetch_goes_on_where_it_stopped(asker: QueryService, query_service: Service, tmp_path: Path):
    """Else an hour of pages would be fetched twice, by a service that asks for restraint."""
    query_service.rows["Q212"] = [tie(n, f"Q{n + 10}", "Q2") for n in range(PAGE + 3)]
    query_service.faults = ["", "400"]
    with pytest.raises(ServiceError):
        fetch_country("UA", asker, tmp_path)
    with pytest.raises(ServiceError, match="Nothing whole"):
        fetch_country("UA", asker, tmp_path, offline=True)
    asked = len(query_service.asked)
    assert fetch_country("UA", asker, tmp_path).statements == PAGE + 3
    assert len(query_service.asked) == asked + 1
    assert f"OFFSET {PAGE}" in query_service.asked[-1]


def test_what_was_fetched_today_is_not_asked_for_again_unless_wished(
    asker: QueryService, query_service: Service, tmp_path: Path
):
    """Else each trial of a load would burden the service; or a correction there would not be seen for a day."""
    fetch_country("UA", asker, tmp_path)
    fetch_country("UA", asker, tmp_path)
    fetch_country("UA", asker, tmp_path, offline=True)
    assert len(query_service.asked) == 1
    query_service.rows["Q212"] = []
    assert fetch_country("UA", asker, tmp_path, refresh=True).statements == 0
    assert len(query_service.asked) == 2
