"""The compose file: a slip there would open somebody's database to a network, or lose its data."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from fixtures.neo4j_server import Rig
from fixtures.stores import compose_settings


@pytest.fixture(scope="module")
def service() -> dict[str, Any]:
    compose = yaml.safe_load((Path(__file__).parents[2] / "docker-compose.yml").read_text("utf-8"))
    assert list(compose["services"]) == ["neo4j"]
    found: dict[str, Any] = compose["services"]["neo4j"] | {"named": compose["volumes"]}
    return found


def test_the_password_must_be_given(service: dict[str, Any]) -> None:
    assert re.fullmatch(r"neo4j/\$\{TWINGRAPH_NEO4J_PASSWORD:\?[^}]+\}", service["environment"]["NEO4J_AUTH"])


def test_only_this_machine_reaches_it(service: dict[str, Any]) -> None:
    assert service["ports"]
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])
    assert "127.0.0.1:7687:7687" in service["ports"]


def test_the_data_outlives_the_container(service: dict[str, Any]) -> None:
    assert service["volumes"] == ["neo4j-data:/data"]
    assert list(service["named"]) == ["neo4j-data"]


def test_the_server_is_new_enough_and_its_memory_bounded(service: dict[str, Any]) -> None:
    assert re.fullmatch(r"neo4j:5\.26(\.\d+)?-community", service["image"])
    assert service["mem_limit"] == "2g"
    assert compose_settings()["server.memory.heap.max_size"] == "1g"


def test_there_is_a_health_check_without_a_password_in_it(service: dict[str, Any]) -> None:
    kind, command = service["healthcheck"]["test"]
    assert kind == "CMD-SHELL"
    assert "cypher-shell" in command
    assert " -p " not in command


def test_files_of_the_server_stay_closed() -> None:
    assert compose_settings()["dbms.security.allow_csv_import_from_file_urls"] == "false"


@pytest.mark.neo4j
def test_the_server_knows_every_setting(neo4j_server_rig: Rig) -> None:
    """A server refuses to start with a setting that it does not know; the server of the tests runs with all of them."""
    log = neo4j_server_rig.log.read_text("utf-8", errors="replace")
    conf = (neo4j_server_rig.log.parent / "conf" / "neo4j.conf").read_text("utf-8")
    assert "Unrecognized setting" not in log
    assert all(f"{name}={value}\n" in conf for name, value in compose_settings().items())
