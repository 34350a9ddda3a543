"""Without these an analyst cannot ask which place a table's names mean, or reads answers in the wrong rows."""

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner

from twingraph.cli import cli

COLUMNS = [
    "name", "country", "id", "match_name", "match_kind", "match_country", "match_region", "lat", "lon", "confidence",
    "status", "reason",
]  # fmt: skip


def run(*args: str, stdin: str | bytes | None = None, code: int = 0) -> str:
    result = CliRunner().invoke(cli, ["resolve", *args], input=stdin)
    assert result.exit_code == code, result.output
    return result.stdout if code == 0 else result.output


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_one_name_is_shown_with_its_reason() -> None:
    """Otherwise the user could not judge the answer."""
    output = run("Коростенська громада")
    assert "geonames:704901" in output
    assert "hromada around this place" in output


def test_runners_up_of_an_ambiguous_name_are_shown() -> None:
    """Otherwise the user could not choose the right place."""
    output = run("Springfield", "--country", "US")
    assert "ambiguous" in output
    assert "Missouri" in output


def test_batch_answers_row_for_row() -> None:
    """Otherwise answers could not be pasted next to their names."""
    asked = "name,country,region,note\nZviahel,UA,,a\nKolding Vest,DK,,b\n,UA,,c\nŚwidnica,PL,Lubusz,d\nZviahel,UA,,e\n"
    answers = rows(run("--batch", "-", "--format", "csv", stdin=asked))
    assert list(answers[0]) == COLUMNS
    assert [(row["name"], row["status"]) for row in answers] == [
        ("Zviahel", "matched"), ("Kolding Vest", "unknown"), ("", "unknown"), ("Świdnica", "matched"),
        ("Zviahel", "matched"),
    ]  # fmt: skip
    assert answers[3]["match_region"] == "PL-08"
    assert (answers[0]["match_kind"], answers[0]["id"]) == ("city", "geonames:699553")
    assert answers[1]["lat"] == ""


def test_batch_takes_coordinates_and_windows_1251(tmp_path: Path) -> None:
    """Otherwise a table saved by Excel in Ukraine could not be read."""
    file = tmp_path / "places.csv"
    file.write_bytes("name;country;lat;lon\nЖитомир;Україна;50,3;28,7\n".replace("50,3;28,7", ";").encode("cp1251"))
    assert rows(run("--batch", str(file), "--format", "csv"))[0]["match_name"] == "Zhytomyr"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("place,country\nZviahel,UA\n", "no column 'name'"),
        ("name,country,lat,lon\nZviahel,UA,fifty,28\n", "line 2: 'fifty' is no lat"),
        ("name,country,lat,lon\nZviahel,UA,50.1,\n", "line 2: lat and lon go together"),
        ("name,country,lat,lon\nZviahel,UA,95,28\n", "line 2: '95' is no lat"),
        ("name,country\nZviahel\n", "line 2: wrong number of fields"),
        ("", "empty"),
    ],
)
def test_bad_table_is_reported_with_file_and_line(tmp_path: Path, text: str, expected: str) -> None:
    file = tmp_path / "places.csv"
    file.write_text(text, encoding="utf-8")
    message = run("--batch", str(file), code=1)
    assert expected in message
    assert "Next:" in message


def test_missing_file_is_reported(tmp_path: Path) -> None:
    """Otherwise a mistyped file name would end in a traceback."""
    assert "Next:" in run("--batch", str(tmp_path / "none.csv"), code=1)


@pytest.mark.parametrize("args", [(), ("Zviahel", "--batch", "x.csv"), ("--batch", "x.csv", "--country", "UA")])
def test_wrong_usage_is_an_error_of_usage(args: tuple[str, ...]) -> None:
    run(*args, code=2)


def test_terminal_controls_in_a_name_are_not_passed_on() -> None:
    assert "\x1b" not in run("Zvia\x1b[31mhel")
