"""A query service that misbehaves: what a broken evening of the service would cost an analyst."""

import json
from pathlib import Path

import pytest

from fixtures.query_service import Service, tie
from twingraph.errors import OutputError
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
        (["500"] * 6, "has an error"),
        (["broken"] * 6, "damaged or truncated"),
        (["400"], "refuses the query"),
        (["endless"], "is larger than"),
    ],
)
def test_what_does_not_pass_is_reported(
    asker: QueryService, query_service: Service, monkeypatch: pytest.MonkeyPatch, faults: list[str], message: str
):
    """Else the command would hang, or fill the memory, instead of saying what to do."""
    monkeypatch.setattr(module, "MOST_BYTES", 1 << 20)
    query_service.faults = faults
    with pytest.raises(ServiceError, match=message) as raised:
        asker.ask(QUERY)
    assert raised.value.hint


def test_a_page_that_drips_without_end_is_given_up(
    asker: QueryService, query_service: Service, pauses: list[float], monkeypatch: pytest.MonkeyPatch
):
    """Else a connection that sends a byte now and then would keep the command for ever."""
    monkeypatch.setattr(module, "LONGEST_ANSWER", 0.2)
    query_service.faults = ["dripping"]
    assert json.loads(asker.ask(QUERY))["results"]["bindings"]
    query_service.faults = ["dripping"] * 6
    with pytest.raises(ServiceError, match=r"took longer than 0\.2 s"):
        asker.ask(QUERY)
    assert len(pauses) == 1 + 5


def test_places_are_chosen_by_their_twins_and_not_by_what_they_are_called(
    asker: QueryService, query_service: Service, tmp_path: Path
):
    """Else every French commune and every hromada, which are no cities to Wikidata, would be missing."""
    fetch_country("UA", asker, tmp_path)
    (query,) = query_service.asked
    assert "p:P190 ?statement" in query
    assert "P31" not in query
    assert "Q515" not in query


@pytest.mark.parametrize(
    "content", [b"", b'{"head": {}, "results": {"bindings": [{', b"[]", b'{"results": 1}', b"\0\0"]
)
def test_a_page_that_a_power_cut_left_half_is_fetched_again(
    asker: QueryService, query_service: Service, tmp_path: Path, content: bytes
):
    """Else the command would end in a traceback for a day, or a part would pass for the whole."""
    query_service.rows["Q212"] = [tie(n, f"Q{n + 10}", "Q2") for n in range(PAGE + 3)]
    fetch_country("UA", asker, tmp_path)
    second = sorted((tmp_path / "UA").glob("page-*"))[1]
    second.write_bytes(content)
    with pytest.raises(ServiceError, match="no complete earlier download"):
        fetch_country("UA", asker, tmp_path, offline=True)
    assert fetch_country("UA", asker, tmp_path).statements == PAGE + 3
    assert len(query_service.asked) == 3, "the first page was whole"


def test_a_cache_that_cannot_be_written_is_reported(asker: QueryService, tmp_path: Path):
    """Else a full or forbidden disk would show a traceback."""
    (tmp_path / "UA").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written") as raised:
        fetch_country("UA", asker, tmp_path)
    assert "TWINGRAPH_CACHE_DIR" in raised.value.hint


def test_a_circle_of_addresses_is_reported(asker: QueryService, query_service: Service):
    """Else a mistyped endpoint would be asked for ever."""
    query_service.faults = [f"307 {query_service.url}"] * 20
    with pytest.raises(ServiceError, match="too many redirects"):
        asker.ask(QUERY)


def test_an_endpoint_where_nobody_listens_is_reported(pauses: list[float]):
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
    with pytest.raises(ServiceError, match="no complete earlier download"):
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
