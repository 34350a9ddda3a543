"""Partnerships that began or ended several times, or ended on a day that nobody knows."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twingraph.loaders.datasets import read_dataset
from twingraph.loaders.intake.manifest import manifest_for_file
from twingraph.loaders.networks.model import FileEdge, NetworkFile
from twingraph.loaders.networks.spells import Times, set_times
from twingraph.loaders.problems import Problems
from twingraph.loaders.records import PartnershipRecord

DATA = Path(__file__).parents[2] / "data" / "networks"
SPELLS = "several beginnings or ends"


def read(path: Path) -> tuple[list[PartnershipRecord], list[tuple[str, str]]]:
    problems = Problems()
    records = read_dataset(manifest_for_file(path), problems).records
    ties = [record for record in records if isinstance(record, PartnershipRecord)]
    return ties, [(problem.cause, problem.detail) for problem in problems]


def gexf(folder: Path, edge: str) -> Path:
    path = folder / "network.gexf"
    nodes = '<nodes><node id="1" label="Lviv"/><node id="2" label="Lublin"/></nodes>'
    path.write_text(f"<gexf><graph>{nodes}<edges>{edge}</edges></graph></gexf>", encoding="utf-8")
    return path


def test_a_partnership_that_ended_and_began_again_has_no_end() -> None:
    """Otherwise it counts as ended since 1995, and nobody hears of the second beginning."""
    (zamosc, lublin), problems = read(DATA / "spells.gexf")
    assert (zamosc.since, zamosc.until, zamosc.status) == ("1990-01-01", None, "unknown")
    assert zamosc.words == "spells 1990-01-01–1995-01-01, 2004-01-01–"
    assert (lublin.since, lublin.until, lublin.words) == (None, None, "timestamp 1998-03-04")
    assert problems == [(SPELLS, "spells 1990-01-01–1995-01-01, 2004-01-01–")]


@pytest.mark.parametrize(
    ("times", "spells", "expected"),
    [
        ('start="1990" end="1995"', "", ("1990", "1995", None)),
        ('start="1990"', "", ("1990", None, None)),
        ("", '<spell start="1990.0" end="1995.0"/>', ("1990", "1995", None)),
        (
            "",
            '<spell start="2004" end="2010"/><spell start="1990" end="1995"/>',
            ("1990", "2010", "spells 1990–1995, 2004–2010"),
        ),
        (
            'start="1990"',
            '<spell start="1990" end="1995"/><spell startopen="2004"/>',
            ("1990", None, "spells 1990–1995, 2004–"),
        ),
        ("", '<spell end="1995"/><spell start="2004" end="Infinity"/>', (None, None, "spells –1995, 2004–")),
        ('timestamps="&lt;[1998, 2003]&gt;"', "", (None, None, "timestamp <[1998, 2003]>")),
        ("", '<spell timestamp="1998"/>', (None, None, "timestamp 1998")),
    ],
)
def test_times_of_an_edge_are_its_dates(
    tmp_path: Path, times: str, spells: str, expected: tuple[str | None, str | None, str | None]
) -> None:
    """Otherwise a network with times loads with wrong ends, or without any date."""
    edge = f'<edge source="1" target="2" {times}><spells>{spells}</spells></edge>'
    (tie,), _ = read(gexf(tmp_path, edge))
    assert (tie.since, tie.until, tie.words) == expected


def test_the_status_of_an_edge_is_read_in_words(tmp_path: Path) -> None:
    """Otherwise what a table says with "припинено" is unknown when the same office draws it as a network."""
    path = tmp_path / "network.json"
    edge = '{"source": "Lviv", "target": "Lublin", "status": "розірвано 24.03.2022"}'
    path.write_text(f'{{"nodes": [{{"id": "Lviv"}}, {{"id": "Lublin"}}], "edges": [{edge}]}}', encoding="utf-8")
    (tie,), problems = read(path)
    assert (tie.status, tie.until, tie.words) == ("terminated", "2022-03-24", "розірвано 24.03.2022")
    assert not problems


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        (Times(("1987",), (), 1), ("1987", None, "terminated")),
        (Times((), (), 1), (None, None, "terminated")),
        (Times(("1970", "1991"), ("1985",)), ("1970", None, None)),
        (Times(("1970", "1991"), ("1985", "2005")), ("1970", "2005", None)),
        (Times(("1970", "1991"), (), 1), ("1970", None, None)),
        (Times(("1970", "1991"), ("1985",), 1), ("1970", None, "terminated")),
        (Times(("1991",), ("1991",)), ("1991", "1991", None)),
        (Times(("1970", "1991"), ("1991",)), ("1970", None, None)),
        (Times(("1991-05",), ("1991",)), ("1991-05", "1991", None)),
        (Times((), ("1985", "1990")), (None, "1990", None)),
    ],
)
def test_the_last_end_counts_where_nothing_began_after_it(times: Times, expected: tuple[str | None, ...]) -> None:
    """Otherwise a partnership that lives is ended, or one that is over lives."""
    edge = FileEdge("1", "2", 1)
    network = NetworkFile("network", Problems())
    set_times(network, edge, times)
    assert tuple(edge.facts.get(name) for name in ("since", "until", "status")) == expected
    assert [problem.cause for problem in network.problems] == [SPELLS] * times.has_spells


@given(
    st.lists(st.sampled_from(("1970", "1991-05", "2004"))), st.lists(st.sampled_from(("1985", "1991"))), st.booleans()
)
def test_any_times_are_read(begun: list[str], ended: list[str], is_open: bool) -> None:
    """Otherwise one strange item stops the load of a dump."""
    edge = FileEdge("1", "2", 1)
    set_times(NetworkFile("network", Problems()), edge, Times(begun, ended, is_open=is_open))
    assert not (is_open and "until" in edge.facts)
