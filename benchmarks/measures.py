"""How fast the measures are, beside NetworkX where it has the same one, and how they grow.

    python benchmarks/measures.py [PAIRS.csv] [--sources 40] [--times 10]

All in one run, on one machine. NetworkX's exact betweenness of the whole network takes long: it is timed on a sample of
sources, drawn with a seed, and extrapolated, for its time is the sum over sources. The larger network is so many copies
of the first, with one in ten of their pairs led to the next copy, so that it hangs together as before; our betweenness
of it is extrapolated in the same way.
"""

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from twingraph.queries.analyses.network import Network

SHARED = Path(os.environ.get("TWINGRAPH_SHARED_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")


def timed[T](what: str, work: Callable[[], T]) -> tuple[T, float]:
    begun = time.perf_counter()
    result = work()
    spent = time.perf_counter() - begun
    print(f"{what:44} {spent:9.2f} s", flush=True)
    return result, spent


def read(database: Path) -> "Network":
    from twingraph.graph.open import open_store
    from twingraph.queries.analyses.from_store import read_network

    with open_store(database) as store:
        return read_network(store)


def reading_alone(database: Path) -> None:
    """In a process of its own: what reading the network costs in time and memory, imports included."""
    program = (
        "import resource, sys, time\n"
        "from pathlib import Path\n"
        f"sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "import measures\n"
        "begun = time.perf_counter()\n"
        f"network = measures.read(Path({str(database)!r}))\n"
        "network.graph\n"
        "spent = time.perf_counter() - begun\n"
        "most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024\n"
        "print(f'{\"open, read and build the graph\":44} {spent:9.2f} s, {most:.0f} MB for the whole process')\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def grown(network: "Network", times: int, rng: random.Random) -> "Network":
    """Return so many copies of a network, with one in ten of their pairs led to the next copy."""
    from twingraph.queries.analyses.network import Network

    size = len(network)
    places, ties = [], []
    for copy in range(times):
        places += [replace(place, id=f"{copy:04}:{place.id}") for place in network.places]
        for tie in network.ties:
            end = tie.end + (copy + (rng.random() < 0.1)) % times * size
            start, end = sorted((tie.start + copy * size, end))
            ties.append(replace(tie, start=start, end=end, id=f"{copy:04}:{tie.id}"))
    return Network(places=tuple(places), ties=tuple(ties), names=network.names, ties_in_store=len(ties))


def measures(network: "Network") -> None:
    from twingraph.queries.analyses.communities import communities
    from twingraph.queries.analyses.network import units_of
    from twingraph.queries.analyses.path import find_paths
    from twingraph.queries.analyses.rank import scores
    from twingraph.queries.analyses.structure import measure

    timed("stats, all of them, exact", lambda: measure(network))
    timed("communities, Leiden, with 10 runs", lambda: communities(network))
    timed("communities of countries", lambda: communities(network, of="countries"))
    giant = max(network.graph.connected_components(), key=len)
    ends = network.places[giant[0]].id, network.places[giant[-1]].id
    timed("path, 5 shortest", lambda: find_paths(network, *ends, count=5))
    units = units_of(network)
    for name in ("pagerank", "eigenvector", "core"):
        timed(f"rank by {name}", lambda name=name: scores(units, name))


def betweenness(network: "Network") -> float:
    from twingraph.queries.analyses.network import units_of
    from twingraph.queries.analyses.rank import scores

    units = units_of(network)
    return timed("rank by betweenness, exact", lambda: scores(units, "betweenness"))[1]


def sampled_betweenness(network: "Network", sources: int, rng: random.Random) -> None:
    sample = rng.sample(range(len(network)), sources)
    _found, spent = timed(
        f"betweenness from {sources} sources", lambda: network.graph.betweenness(directed=False, sources=sample)
    )
    print(f"{'extrapolated to all sources':44} {spent * len(network) / sources:9.0f} s")


def networkx_betweenness(network: "Network", sources: int) -> float:
    import networkx as nx

    graph = nx.Graph(network.pairs)
    graph.add_nodes_from(range(len(network)))
    _found, spent = timed(
        f"NetworkX: betweenness from {sources} sources", lambda: nx.betweenness_centrality(graph, k=sources, seed=1)
    )
    return spent * len(network) / sources


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("pairs", nargs="?", type=Path, default=SHARED / "wikipedia_twin_towns.csv")
    arguments.add_argument("--sources", type=int, default=40, help="sources that NetworkX is timed on")
    arguments.add_argument("--times", type=int, default=10, help="how much larger the second network is")
    given = arguments.parse_args()
    rng = random.Random(1)  # noqa: S311
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "pairs.grafeo"
        program = ["-m", "twingraph", "load", "--db", str(database), str(given.pairs)]
        subprocess.run([sys.executable, *program], check=True, capture_output=True)
        reading_alone(database)
        network = read(database)
    print(network.description())
    measures(network)
    ours = betweenness(network)
    theirs = networkx_betweenness(network, given.sources)
    print(f"{'NetworkX, extrapolated to all sources':44} {theirs:9.0f} s, {theirs / ours:.0f} times ours")
    larger = grown(network, given.times, rng)
    print(f"\n{given.times} times: {len(larger):,} places, {len(larger.pairs):,} pairs")
    measures(larger)
    sampled_betweenness(larger, given.sources, rng)
    print(f"{'most memory so far':44} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:9.0f} MB")


if __name__ == "__main__":
    main()
