"""What a long work says of itself where there is no terminal to draw on."""

import re
import time

import pytest

from twingraph.cli import progress
from twingraph.cli.progress import shown_progress


def test_work_that_is_done_once_prints_a_line_for_each_step_on_a_pipe(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise the first load on a build server would seem to hang while it builds the index of places."""
    now = 0.0
    monkeypatch.setattr(progress.time, "monotonic", lambda: now)
    with shown_progress(None) as shown:
        shown.stage("Settling places", 100)
        shown.fraction("Quick work", 0.0)
        for share in (0.0, 0.3, 0.9):
            now += 1
            shown.fraction("Reading the places of GeoNames", share)
        shown.fraction("Done", 1.0)
    assert capsys.readouterr() == ("", "Reading the places of GeoNames …\n")


def test_bars_show_the_rate_and_the_remaining_time_of_counted_work(capsys: pytest.CaptureFixture[str]) -> None:
    """Otherwise nobody would know whether a load of a million rows takes a minute or an hour."""
    with shown_progress(True) as shown:
        shown.stage("Reading", None)
        for _ in range(3):
            shown.advance(1000)
            time.sleep(0.02)
        shown.fraction("Reading the places of GeoNames", 0.5)
        shown.stage("Writing", 0)
        shown.advance(0)
    lines = capsys.readouterr().err.splitlines()
    assert re.search(r"Reading .*3000/3000 [\d,]+/s", lines[-3]), lines
    assert "/s" not in lines[-2], "a share of the work is no rate"
    assert "1/1" in lines[-1]


def test_quiet_work_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Otherwise --quiet and --no-progress would not keep a log clean."""
    with shown_progress(False) as shown:
        shown.fraction("Reading the places of GeoNames", 0.1)
    assert capsys.readouterr() == ("", "")
