"""`twingraph load` as it is typed: what it says, what it writes, and what it leaves alone."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fixtures.stores import Place
from twingraph.cli import cli
from twingraph.loaders.datasets import FORM_NAMES

HEADER = "municipality,country,partner,partner_country,since\n"
GOOD = "Zhytomyr,UA,Rawicz,PL,2022-12-23\n"
BAD = "Zhytomyr,UA,Bytom,PL,2022-02-30\n"


@pytest.fixture
def load(tmp_path: Path):
    def run(text: str, *options: str) -> Result:
        table = tmp_path / "t.csv"
        table.write_text(HEADER + text, encoding="utf-8")
        return CliRunner().invoke(cli, ["load", str(table), "--db", str(tmp_path / "t.grafeo"), *options])

    return run


def test_the_report_shows_what_changed_and_that_a_second_run_changes_nothing(load) -> None:
    """Otherwise the analyst would not know whether loading again has doubled the data."""
    assert "Loaded into" in load(GOOD).stdout
    assert "Nothing new" in load(GOOD).stdout


@pytest.mark.parametrize(("option", "code"), [("--dry-run", 0), ("--strict", 1)])
def test_it_shows_the_summary_and_writes_nothing(load, tmp_path: Path, option: str, code: int) -> None:
    """Otherwise a trial, or a file with faults, would leave something behind."""
    result = load(GOOD + BAD, option)
    assert result.exit_code == code
    assert f"Nothing was written to {tmp_path / 't.grafeo'}" in result.stdout
    assert "1 × impossible date" in result.stdout
    assert not list(tmp_path.glob("t.grafeo*"))


def test_every_problem_can_be_had_as_json_lines(load, tmp_path: Path) -> None:
    """Otherwise the fourth problem of a cause would be lost."""
    load(BAD * 1, "--problems", str(tmp_path / "p.jsonl"))
    lines = [json.loads(line) for line in (tmp_path / "p.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(line["cause"], line["line"]) for line in lines] == [("impossible date", 2)]


def test_problems_that_cannot_be_written_keep_the_load_from_being_done(load, tmp_path: Path) -> None:
    """Otherwise the command would fail although the database is another than before."""
    result = load(BAD, "--problems", str(tmp_path / "nowhere" / "p.jsonl"))
    assert (result.exit_code, "p.jsonl: cannot be written" in result.stderr) == (1, True), result.stderr
    assert not list(tmp_path.glob("t.grafeo*"))


def test_verbose_lists_every_problem_and_file(load) -> None:
    """Otherwise who works without a file of problems would see three of them, and never which file brought what."""
    many = "".join(f"Zhytomyr,UA,Nowhere{number},PL,2022-02-30\n" for number in range(20))
    brief, verbose = load(many, "--dry-run").stdout, load(many, "--dry-run", "-v").stdout
    assert ("Nowhere19" in brief, "17 more (all with --problems FILE)" in brief) == (False, True), brief
    assert "more" not in verbose
    assert len([line for line in verbose.splitlines() if re.search(r"t.csv:\d", line)]) == 40, "two for each row"
    assert "t.csv: partnerships, 20 rows" in verbose
    assert load(GOOD, "-v", "-q").exit_code == 2


def test_a_table_that_cannot_be_read_makes_no_database(load, tmp_path: Path) -> None:
    """Otherwise a mistyped file would leave an empty database that looks like a loaded one."""
    result = load('"Zhytomyr,UA\n')
    assert (result.exit_code, "t.csv, line 2" in result.stderr) == (1, True)
    assert not list(tmp_path.glob("t.grafeo*"))


@pytest.mark.parametrize(("stop", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)])
@pytest.mark.parametrize("after", [0.0, 1.0])
def test_a_load_that_is_stopped_leaves_the_database_as_it_was(
    place: Place, tmp_path: Path, stop: signal.Signals, code: int, after: float
) -> None:
    """Otherwise a power cut in mid-load would leave half a network that looks like a whole one."""
    before, network = tmp_path / "before.csv", tmp_path / "network.csv"
    before.write_text(HEADER + GOOD, encoding="utf-8")
    rows = (f"Town {i},Poland,52,{i / 500},Village {i},Czechia,49,{i / 500}\n" for i in range(20_000))
    network.write_text("city1,country1,lat1,lng1,city2,country2,lat2,lng2\n" + "".join(rows), encoding="utf-8")

    def command(file: Path) -> list[str]:
        return [sys.executable, "-m", "twingraph", "load", "--progress", str(file), "--db", str(place.address)]

    def statements() -> object:
        with place.open() as store:
            return store.read("MATCH (s:Statement) RETURN count(s) AS n").records[0][0]

    environment = {**os.environ, **place.environment}
    subprocess.run(command(before), env=environment, check=True, capture_output=True)
    with subprocess.Popen(
        command(network), env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as stopped:
        assert stopped.stderr is not None
        while "Reading" not in stopped.stderr.readline():  # it has read the table, and is about to write
            assert stopped.poll() is None
        time.sleep(after)
        stopped.send_signal(stop)
        _, messages = stopped.communicate(timeout=60)
    assert stopped.returncode == code, messages
    assert "Traceback" not in messages
    assert statements() == 1


@pytest.fixture
def first_load(embedded_place: Place, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A load that makes the database, caught while it fills it."""
    network = tmp_path / "network.csv"
    rows = (f"Town {i},PL,Village {i},CZ\n" for i in range(20_000))
    network.write_text("municipality,country,partner,partner_country\n" + "".join(rows), encoding="utf-8")
    command = [sys.executable, "-m", "twingraph", "load", str(network), "--db", str(embedded_place.address)]
    unfinished = Path(f"{embedded_place.address}.unfinished")
    deadline = time.monotonic() + 30
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        while not unfinished.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert unfinished.exists()
        time.sleep(0.3)
        yield process
        process.kill()


def test_ctrl_c_in_a_first_load_leaves_no_file(embedded_place: Place, first_load: subprocess.Popen[str]) -> None:
    """Otherwise there would be an empty database where the next command expects a loaded one."""
    first_load.send_signal(signal.SIGINT)
    _, messages = first_load.communicate(timeout=60)
    assert (first_load.returncode, "Stopped." in messages) == (130, True), messages
    address = Path(embedded_place.address)
    assert not list(address.parent.glob(f"{address.name}*"))


def test_a_first_load_that_is_killed_leaves_no_database_and_the_next_one_makes_it(
    embedded_place: Place, first_load: subprocess.Popen[str], tmp_path: Path
) -> None:
    """Otherwise half a network would look like a whole one, or what a dead load left would keep the next one out."""
    address = Path(embedded_place.address)
    assert not address.exists(), "nobody sees it before it is whole"
    first_load.kill()
    first_load.communicate(timeout=60)
    assert not address.exists()
    table = tmp_path / "t.csv"
    table.write_text(HEADER + GOOD, encoding="utf-8")
    command = [sys.executable, "-m", "twingraph", "load", str(table), "--db", str(address)]
    subprocess.run(command, check=True, capture_output=True)
    with embedded_place.open() as store:
        assert store.read("MATCH (s:Statement) RETURN count(s) AS n").records == [(1,)]
    assert [file.name for file in address.parent.glob(f"{address.name}*")] == [address.name]


def test_what_lies_where_a_first_load_would_work_is_not_taken_away(load, tmp_path: Path) -> None:
    """Otherwise a user's file would be deleted because of its name."""
    for name in ("t.grafeo.unfinished", "t.grafeo.unfinished.csv"):
        (tmp_path / name).write_text("mine", encoding="utf-8")
    result = load(HEADER + GOOD)
    assert (result.exit_code, "t.grafeo.unfinished is in the way" in result.stderr) == (1, True), result.stderr
    (tmp_path / "t.grafeo.unfinished").unlink()
    assert load(HEADER + GOOD).exit_code == 0
    assert (tmp_path / "t.grafeo.unfinished.csv").read_text(encoding="utf-8") == "mine"


def test_two_first_loads_do_not_mix(embedded_place: Place, first_load: subprocess.Popen[str], tmp_path: Path) -> None:
    """Otherwise the second would take the first one's half-filled file for its own, or away from it."""
    table = tmp_path / "t.csv"
    table.write_text(HEADER + GOOD, encoding="utf-8")
    command = [sys.executable, "-m", "twingraph", "load", str(table), "--db", str(embedded_place.address)]
    second = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (second.returncode, "another process" in second.stderr.lower()) == (1, True), second.stderr
    _, messages = first_load.communicate(timeout=120)
    assert first_load.returncode == 0, messages
    with embedded_place.open() as store:
        assert store.read("MATCH (s:Statement) RETURN count(s) AS n").records == [(20_000,)]


def test_the_help_names_every_form_that_can_be_loaded() -> None:
    """Otherwise an analyst whose file is not recognised would not find out what to call it."""
    help_text = " ".join(CliRunner().invoke(cli, ["load", "--help"]).output.split())
    assert [form for form in FORM_NAMES if form not in help_text] == []
