"""The map of Zhytomyr oblast: how long `viz` takes, how large the page is, how soon its first frame is drawn.

What counts are ratios within one run: `viz` against starting Python and importing pyvis and the engine, which it cannot
do without; the first frame against plain Pyvis with physics off on the same places and ties, in the same browser (which
draws no outlines, no labels that avoid each other, no legend and no table). The store holds the bundled records and,
where the development data is at hand, the Wikipedia pairs as well.

Run: .venv/bin/python benchmarks/page.py [TURNS]
"""

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from pyvis.network import Network

TWINGRAPH = str(Path(sys.executable).with_name("twingraph"))
SHARED = Path(os.environ.get("TWINGRAPH_SHARED_DATA") or Path(__file__).parents[2] / "shared" / "data")
PAIRS = SHARED / "wikipedia_twin_towns.csv"
GOALS = {"viz seconds": 1.0, "page MB": 1.2, "first frame seconds": 0.7, "first frame / plain Pyvis": 2.0}


def seconds(*command: str) -> float:
    """Run a command and return how long it took."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def plain_page(html: str) -> str:
    """Return what Pyvis itself makes of the same network, its links to other hosts taken out."""
    found = re.search(r'id="data">(.*?)</script>', html, re.DOTALL)
    assert found is not None
    data = json.loads(found[1])
    net = Network(directed=True, cdn_resources="in_line")
    net.nodes = [{**node, "label": data["places"][node["id"]]["n"]["en"], "shape": "dot"} for node in data["nodes"]]
    net.edges = data["edges"]
    net.toggle_physics(False)
    page = re.sub(r'<(?:link|script)[^>]*(?:href|src)="https?:[^>]*>(?:</script>)?', "", net.generate_html())
    mark = "network.once('afterDrawing', () => { document.documentElement.dataset.drawn = performance.now(); });"
    return page.replace("drawGraph();", f"drawGraph(); {mark}")


def first_frame(browser: Browser, page: Path) -> float:
    """Open a page afresh and return the seconds from the start of its loading to its first drawn frame."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, offline=True)
    tab = context.new_page()
    tab.goto(page.as_uri())
    tab.wait_for_selector("html[data-drawn]")
    drawn = float(tab.evaluate("document.documentElement.dataset.drawn"))
    context.close()
    return drawn / 1000


def main() -> int:
    turns = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store, ours, plain = (str(Path(folder) / name) for name in ("bench.grafeo", "ours.html", "plain.html"))
        subprocess.run([TWINGRAPH, "load", "--quiet", "--db", store], check=True)
        if PAIRS.exists():
            subprocess.run([TWINGRAPH, "load", "--quiet", "--db", store, str(PAIRS)], check=True)
        else:
            print(f"without the Wikipedia pairs: {PAIRS} is not here")
        viz = (TWINGRAPH, "viz", "--oblast", "Zhytomyr", "--db", store, "-o", ours)
        seconds(*viz)
        took = [
            (seconds(*viz), seconds(sys.executable, "-c", "import pyvis.network, grafeo")) for _turn in range(turns)
        ]
        html = Path(ours).read_text(encoding="utf-8")
        Path(plain).write_text(plain_page(html), encoding="utf-8")
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--no-first-run"]
        )
        first_frame(browser, Path(ours))
        frames = [(first_frame(browser, Path(ours)), first_frame(browser, Path(plain))) for _turn in range(turns)]
        browser.close()
    measured = {
        "viz seconds": statistics.median(ours for ours, _base in took),
        "viz / imports alone": statistics.median(ours / base for ours, base in took),
        "page MB": len(html.encode()) / 1e6,
        "first frame seconds": statistics.median(ours for ours, _plain in frames),
        "first frame / plain Pyvis": statistics.median(ours / plain for ours, plain in frames),
    }
    missed = False
    for name, value in measured.items():
        goal = GOALS.get(name)
        missed = missed or (goal is not None and value > goal)
        print(f"{name:28} {value:6.2f}" + (f"   goal {goal}" if goal else ""))
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
