"""How far partners live from each other: a distance that is wrong, or of half the pairs unsaid, misleads a region."""

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtures.graphs import network_of
from twingraph.graph.geodesy import distance_km
from twingraph.queries.analyses.geographic_distances import distances, great_circle_km
from twingraph.queries.analyses.network import Network

ZHYTOMYR, RAWICZ, PARIS = (50.26487, 28.67669), (51.60933, 16.85902), (48.85341, 2.3488)


def test_distances_known_from_elsewhere() -> None:
    """Zhytomyr to Rawicz and to Paris on the WGS 84 ellipsoid, by geodesic calculators: 843 and 1,899 km."""

    def apart(a: tuple[float, float], b: tuple[float, float]) -> float:
        return float(great_circle_km(*(np.array([value]) for value in (*a, *b)))[0])

    assert apart(ZHYTOMYR, RAWICZ) == pytest.approx(843, rel=0.006)
    assert apart((0.0, 0.0), (0.0, 180.0)) == pytest.approx(np.pi * 6371.0088)
    assert apart((90.0, 5.0), (90.0, 99.0)) == pytest.approx(0.0, abs=1e-6)
    assert apart((10.0, 179.5), (10.0, -179.5)) == pytest.approx(109.5, abs=0.1)  # across the date line


points = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(points, points)
def test_both_formulas_of_the_project_agree(a: tuple[float, float], b: tuple[float, float]) -> None:
    found = float(great_circle_km(*(np.array([value]) for value in (*a, *b)))[0])
    assert found == pytest.approx(distance_km(*a, *b), rel=1e-4, abs=1e-3)


def network(*points: tuple[float, float] | None, edges: list[tuple[int, int]], countries: list[str | None]) -> Network:
    graph = nx.empty_graph(len(points))
    graph.add_edges_from(edges)
    bare = network_of(graph, countries=countries)
    placed = [
        replace(place, lat=point[0], lon=point[1]) if point else place
        for place, point in zip(bare.places, points, strict=True)
    ]
    return replace(bare, places=tuple(placed))


def test_quartiles_coverage_and_domestic_share_by_country() -> None:
    """On the equator a degree is 111.195 km: pairs of 1, 2 and 3 degrees, and one whose end nobody knows."""
    found = distances(
        network(
            (0, 0), (0, 1), (0, 3), (0, 6), None,
            edges=[(0, 1), (1, 2), (2, 3), (3, 4)], countries=["UA", "UA", "PL", "PL", None],
        ),
        samples=0,
    )  # fmt: skip
    every, poland, ukraine = found
    degree = 111.19508
    assert (every.country, every.pairs, every.measured, every.measured_percent) == (None, 4, 3, 75.0)
    assert (every.lower, every.median, every.upper) == (
        pytest.approx(1.5 * degree), pytest.approx(2 * degree), pytest.approx(2.5 * degree),
    )  # fmt: skip
    assert (every.domestic, every.known, every.domestic_percent) == (2, 3, 66.7)
    assert (poland.country, poland.pairs, poland.measured) == ("PL", 3, 2)
    assert (ukraine.country, ukraine.pairs, ukraine.median) == ("UA", 2, pytest.approx(1.5 * degree))
    assert (every.chance, every.ratio) == (None, None)


def test_chance_deals_the_partners_anew() -> None:
    """Towns that pair within their own far corner must come out as nearer than chance."""
    corner = [(0.0, float(number % 10) / 10 + (100 if number >= 10 else 0)) for number in range(20)]
    edges = [(a, b) for start in (0, 10) for a in range(start, start + 10) for b in range(a + 1, start + 10)]
    every = distances(network(*corner, edges=edges, countries=["UA"] * 20), samples=50)[0]
    assert every.median is not None
    assert every.median < 111
    assert every.chance is not None
    assert every.chance > 1000
    again = distances(network(*corner, edges=edges, countries=["UA"] * 20), samples=50)[0]
    assert again == every


def test_a_network_of_nothing() -> None:
    (every,) = distances(network_of(nx.empty_graph(0)))
    assert (every.pairs, every.median, every.chance, every.measured_percent) == (0, None, None, None)


@pytest.mark.shared
def test_the_pairs_of_wikipedia_one_by_one(wikipedia_network: Network) -> None:
    """Each pair of Ukraine, measured by the other formula and counted by hand."""
    network = wikipedia_network
    known = []
    pairs = domestic = 0
    for one, other in network.pairs:
        a, b = network.places[one], network.places[other]
        if "UA" in {a.country, b.country}:
            pairs += 1
            domestic += a.country == b.country
            if a.lat is not None and a.lon is not None and b.lat is not None and b.lon is not None:
                known.append(distance_km(a.lat, a.lon, b.lat, b.lon))
    (ukraine,) = (row for row in distances(network, samples=2) if row.country == "UA")
    assert (ukraine.pairs, ukraine.measured, ukraine.domestic) == (pairs, len(known), domestic)
    assert ukraine.lower == pytest.approx(np.quantile(known, 0.25), rel=1e-4)
    assert ukraine.median == pytest.approx(np.median(known), rel=1e-4)
    assert ukraine.chance is not None
    assert ukraine.chance > ukraine.median  # partners are sought nearby
