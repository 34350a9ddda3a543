"""How long `twingraph --help` and `--version` take, against `python -c "import click"`.

The three are run in turn, many times, so that whatever else the machine does falls on all of them; what counts is the
median of the ratios within each turn.

Run: .venv/bin/python benchmarks/startup.py [TURNS]
"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

GOAL = 1.5
TWINGRAPH = Path(sys.executable).with_name("twingraph")
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def seconds(*command: str) -> float:
    """Run a command once and return how long it took."""
    start = time.perf_counter()
    subprocess.run(command, check=True, env=os.environ, **QUIET)  # type: ignore[call-overload]
    return time.perf_counter() - start


def ratios(turns: int) -> dict[str, list[float]]:
    """Return, for each option, its time as a multiple of importing click, once for each turn."""
    found: dict[str, list[float]] = {"--help": [], "--version": []}
    for option in found:
        seconds(str(TWINGRAPH), option)  # compiled files and the disk's cache are warm for everyone
    for turn in range(turns):
        base = seconds(sys.executable, "-c", "import click")
        for option in found if turn % 2 else reversed(found):
            found[option].append(seconds(str(TWINGRAPH), option) / base)
    return found


def main() -> int:
    turns = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    late = False
    for option, times in ratios(turns).items():
        median = statistics.median(times)
        spread = statistics.quantiles(times, n=4)
        late = late or median > GOAL
        print(f"{option:10} {median:.2f} × import click (quartiles {spread[0]:.2f}–{spread[2]:.2f}; goal {GOAL})")
    return int(late)


if __name__ == "__main__":
    sys.exit(main())
