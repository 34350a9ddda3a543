"""The time of a load compared with that of the same writes by the engine alone.

    python benchmarks/load.py [PAIRS.csv] [--runs 5] [--server URI]

Both run as fresh processes, in turn, on the same machine in the same minutes; the figures are ratios of their times,
run by run. The engine alone gets the finished rows from a file and writes them in the same batches in one transaction;
a load reads the file, resolves every place, compares with the store and writes. The index of places is built before.

With `--server` both write into a Neo4j server, which is emptied before each: use one without data to keep. Its user and
password come from the environment, as for every command.
"""

import argparse
import os
import pickle
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SHARED = Path(os.environ.get("TWINGRAPH_SHARED_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")


def engine_alone(rows: Path, database: str) -> None:
    from twingraph.graph.open import open_store
    from twingraph.loaders.assembling.changes import batches

    steps = pickle.loads(rows.read_bytes())  # noqa: S301 - written by this program
    start = time.perf_counter()
    with open_store(database if "://" in database else Path(database), read_only=False, create=True) as store:
        store.ensure_schema()
        store.write(
            lambda transaction: [
                transaction.run(query, {"rows": batch}) for query, step in steps for batch in batches(step)
            ]
        )
    print(time.perf_counter() - start)


def finished_rows(pairs: Path, folder: Path) -> Path:
    from twingraph.graph.open import open_store
    from twingraph.loaders.intake.manifest import manifest_for_file
    from twingraph.loaders.load import prepare, read_datasets
    from twingraph.loaders.places import Resolver
    from twingraph.loaders.problems import Problems
    from twingraph.loaders.registers.index import open_gazetteer

    problems = Problems()
    datasets = read_datasets([manifest_for_file(pairs)], problems)
    with open_store(folder / "empty.grafeo", read_only=False, create=True) as store:
        prepared = prepare(store, datasets, Resolver(open_gazetteer()), problems)
    rows = folder / "rows.pickle"
    rows.write_bytes(pickle.dumps([(query, list(rows)) for query, rows in prepared.changes.steps()]))
    return rows


def emptied(server: str) -> str:
    from twingraph.graph.open import open_store

    with open_store(server, read_only=False) as store:
        store.write(lambda transaction: transaction.run("MATCH (n) DETACH DELETE n"))
    return server


def timed(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path, nargs="?", default=SHARED / "wikipedia_twin_towns.csv")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--server", metavar="URI")
    parser.add_argument("--engine-alone", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.engine_alone:
        engine_alone(Path(arguments.engine_alone[0]), arguments.engine_alone[1])
        return
    firsts, repeats, engines = [], [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = finished_rows(arguments.pairs, folder)
        for run in range(arguments.runs):
            alone = emptied(arguments.server) if arguments.server else str(folder / f"engine{run}.grafeo")
            command = [sys.executable, __file__, "--engine-alone", str(rows), alone]
            answer = subprocess.run(command, check=True, capture_output=True, text=True)
            engines.append(float(answer.stdout))
            database = emptied(arguments.server) if arguments.server else str(folder / f"load{run}.grafeo")
            load = ["twingraph", "load", "--quiet", str(arguments.pairs), "--db", database]
            firsts.append(timed(load))
            repeats.append(timed(load))
            print(f"engine {engines[-1]:.2f} s, load {firsts[-1]:.2f} s, again {repeats[-1]:.2f} s", file=sys.stderr)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    load_ratio = statistics.median(first / engine for first, engine in zip(firsts, engines, strict=True))
    again_ratio = statistics.median(again / first for again, first in zip(repeats, firsts, strict=True))
    print(f"load / engine alone   {load_ratio:.2f}   (target: at most 2.5)")
    print(f"again / first load    {again_ratio:.2f}   (target: at most 1)")
    print(f"peak memory           {peak:.0f} MiB (target: under 600)")


if __name__ == "__main__":
    main()
