"""A table that cannot be read must be reported with file, line, cause and next step; a bad row must be counted."""

import pytest

from twingraph.errors import InputError
from twingraph.loaders.datasets import read_dataset
from twingraph.loaders.intake.manifest import bundled_manifests, manifest_for_file
from twingraph.loaders.problems import Problems

HEADER = "municipality,country,partner,partner_country,kind,status,since,note\n"
ROW = "Житомир,UA,Rawicz,PL,twin_town,active,2022-12-23,ґ\n"


def read(tmp_path, content: bytes | str, **options):
    path = tmp_path / "t.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    problems = Problems()
    return read_dataset(manifest_for_file(path), problems, **options), problems


@pytest.mark.parametrize(
    ("content", "message", "line"),
    [
        ("", "empty", None),
        ("\n\n", "blank", 1),
        (HEADER, "no row", None),
        ("town,country,friend\nA,B,C\n", "'partner' and 'partner_country' are missing", 1),
        ("a,b\n1,2\n", "no column is known here (found: a, b)", 1),
        (HEADER + "Zhytomyr,UA\n", "wrong number of fields", None),
        (HEADER + '"Zhytomyr,UA,Rawicz,PL,,,,\n', "quoted field never ends", 2),
        (HEADER + "x" * 10_000_000 + ",UA,Rawicz,PL,,,,\n", "longer than 131,072 characters", 2),
        (HEADER.replace("note", "kind") + ROW, "'kind' appears twice", 1),
        (HEADER.encode() + ROW.encode() + ROW.encode("windows-1251"), "mixes encodings", 3),
        (HEADER.encode() + "Zürich,CH,Łódź,PL,,,,\n".encode("iso8859-2"), "not UTF-8", 2),
        (b"PK\x03\x04\x00\x00rest", "", None),
    ],
)
def test_a_table_that_cannot_be_read_is_reported(tmp_path, content, message, line):
    """Else the analyst would get a traceback, or a graph with holes."""
    with pytest.raises(InputError) as caught:
        read(tmp_path, content)
    assert message in caught.value.message
    assert "t.csv" in caught.value.message
    assert caught.value.hint
    assert line is None or f"line {line}" in caught.value.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1251"])
def test_the_usual_encodings_are_read(tmp_path, encoding):
    """Else what Excel saves in Ukraine would come out as gibberish."""
    dataset, problems = read(tmp_path, (HEADER + ROW).encode(encoding))
    assert dataset.records[0].first.name == "Житомир"
    assert not problems


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_usual_delimiters_are_read(tmp_path, delimiter):
    """Else a table saved by a Ukrainian Excel (semicolons) would be refused."""
    dataset, _ = read(tmp_path, (HEADER + ROW).replace(",", delimiter))
    assert dataset.records[0].second.name == "Rawicz"


@pytest.mark.parametrize(
    ("row", "cause", "kept"),
    [
        ("Zhytomyr,UA,Rawicz,PL,twin_town,active,2022-02-30,", "impossible date", 2),
        ("Zhytomyr,UA,Rawicz,PL,brotherhood,active,,", "unknown kind", 2),
        ("Zhytomyr,UA,Rawicz,PL,twin_town,fine,,", "unknown status", 2),
        ("Zhytomyr,UA,,PL,,,,", "no name", 1),
        (f"{'x' * 400},UA,Rawicz,PL,,,,", "name too long", 1),
        ("Zhyt\x1b[31momyr,UA,Rawicz,PL,,,,", "control characters", 2),
        ("<script>alert(1)</script>,UA,Rawicz,PL,,,,", "markup in a name", 2),
        ("Zhytomyr,UA,Rawicz,PL,twin_town", "wrong number of fields", 2),
        ("Zhytomyr,UA,Rawicz", "wrong number of fields", 1),
        ("Zhytomyr,UA,Rawicz,PL,twin_town,active,,,more", "wrong number of fields", 1),
    ],
)
def test_a_bad_row_is_counted_with_its_line(tmp_path, row, cause, kept):
    """Else rows would vanish, or a wrong value would be kept, without a message."""
    dataset, problems = read(tmp_path, HEADER + ROW + row + "\n")
    assert [(problem.cause, problem.line) for problem in problems] == [(cause, 3)]
    assert len(dataset.records) == kept


def test_bundled_tables_hold_what_their_manifests_say():
    """Else a damaged installation would load a part of the data as if it were all."""
    problems = Problems()
    counts = {m.id: len(read_dataset(m, problems).records) for m in bundled_manifests()}
    assert counts == {"metropolises": 12, "ukraine-flows": 41, "ukraine-partnerships": 482}
    assert not problems
