"""How often a load opens a file: a file on a slow network drive, or one that changes meanwhile, is read once."""

import gzip
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest

from twingraph.loaders.intake.containers import manifests_in
from twingraph.loaders.load import read_datasets
from twingraph.loaders.problems import Problems

ROWS = (("municipality", "country", "partner", "partner_country"), ("Житомир", "UA", "Rawicz", "PL"))
CSV = "\n".join(map(",".join, ROWS)).encode()
GEXF = (
    '<gexf><graph><nodes><node id="a" label="Zhytomyr"/><node id="b" label="Rawicz"/></nodes>'
    '<edges><edge source="a" target="b"/></edges></graph></gexf>'
)
PAGE = "== Twin towns ==\n* {{flagicon|POL}} [[Bytom]], Poland\n"
JSON_LINES = '{"municipality":"Zhytomyr","country":"UA","partner":"Rawicz","partner_country":"PL"}\n' * 2
MAX_OPENS = 2
"""Once to see whether it is a container, which may hold 10,000 files, and once to recognise and read it."""

opens: Counter[str] = Counter()
counting = False


def _count(event: str, arguments: tuple[object, ...]) -> None:
    if counting and event == "open" and isinstance(arguments[0], str):
        opens[arguments[0]] += 1


@pytest.fixture(scope="module")
def counted_opens() -> Iterator[Callable[[Path], int]]:
    """Return what loads a file and counts how often that opened it; an audit hook cannot be removed."""
    global counting  # noqa: PLW0603
    sys.addaudithook(_count)
    counting = True

    def load(path: Path) -> int:
        opens.clear()
        unpacked = path.parent / "unpacked"
        unpacked.mkdir(exist_ok=True)
        problems = Problems()
        (dataset,) = read_datasets(manifests_in(path, unpacked, problems), problems)
        assert dataset.records
        return opens[str(path)]

    yield load
    counting = False


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.csv", CSV),
        ("windows.csv", CSV.decode().encode("windows-1251")),
        ("t.csv.gz", gzip.compress(CSV)),
        ("t.jsonl", JSON_LINES.encode()),
        ("t.json", f"[{JSON_LINES.splitlines()[0]}]".encode()),
        ("t.gexf", GEXF.encode()),
        ("out.t", b"% sym\n1 2\n"),
        ("Zhytomyr.wiki", PAGE.encode()),
        ("t.xlsx", None),
    ],
)
def test_a_load_opens_a_file_at_most_twice(tmp_path: Path, counted_opens, name: str, content: bytes | None) -> None:
    """Else each step would open it again: a CSV was opened eight times, a workbook thirteen times."""
    path = tmp_path / name
    if content is None:
        book = openpyxl.Workbook()
        for row in ROWS:
            book.active.append(row)
        book.save(path)
    else:
        path.write_bytes(content)
    assert 1 <= counted_opens(path) <= MAX_OPENS
