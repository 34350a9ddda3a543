"""The map of Zhytomyr oblast and of the world: how long `viz` takes, how large the page is, how soon it is drawn.

What counts are ratios within one run: `viz` against starting Python and importing pyvis and the engine, which it cannot
do without; the first frame against plain Pyvis with physics off on the same places and ties, in the same browser (which
draws no outlines, no labels that avoid each other, no legend and no table). The store holds the bundled records and,
where the development data is at hand, the Wikipedia pairs as well.

The map of the world is made where the Wikipedia pairs are at hand: how many frames a second it draws while it moves,
with countries gathered and with thirty of them open, and how long a search takes. Plain Pyvis shows the same places and
ties there.

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
from itertools import accumulate
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright
from pyvis.network import Network

TWINGRAPH = str(Path(sys.executable).with_name("twingraph"))
SHARED = Path(os.environ.get("TWINGRAPH_SHARED_DATA") or Path(__file__).parents[2] / "shared" / "data")
PAIRS = SHARED / "wikipedia_twin_towns.csv"
WORLD_GOALS = {
    "world: page MB": 4.0,
    "world: first frame seconds": 1.0,
    "world: search milliseconds": 100.0,
    "world: milliseconds a frame while moving": 50.0,
    "world: the same, thirty countries open": 50.0,
}
MOVING = """async (step) => {
    const frames = [];
    for (let i = 0; i < 40; i += 1) {
        const begun = performance.now();
        step(i);
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        frames.push(performance.now() - begun);
    }
    return frames.sort((a, b) => a - b)[20] / 2;
}"""
"""The median time of a frame: each step moves the map and waits for two."""
OURS = "(i) => twingraph.view.moveTo(twingraph.view.now.k, i % 2 ? 9 : -9, 4)"
PLAIN = "(i) => network.moveTo({ offset: { x: i % 2 ? 9 : -9, y: 4 } })"
OPENED = """() => {
    const groups = twingraph.places.filter((p) => p.group).sort((a, b) => b.ties.length - a.ties.length);
    twingraph.state.set({ open: new Set(groups.slice(0, 30).map((p) => p.country)) });
}"""
SEARCH = """() => {
    twingraph.look('x');
    const took = ['Жито', 'san', 'Kraków', 'zzz', 'a'].map((text) => {
        const begun = performance.now();
        twingraph.look(text);
        return performance.now() - begun;
    });
    return Math.max(...took);
}"""
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
    places, ties = data["places"]["columns"], data["ties"]["columns"]
    xs, ys, starts = values(places["x"], -1), values(places["y"], -1), values(ties["a"], -1)
    names = values(places["n_en"], "")
    net = Network(directed=True, cdn_resources="in_line")
    net.nodes = [
        {"id": index, "x": x, "y": ys[index], "label": names[index], "shape": "dot"} for index, x in enumerate(xs)
    ]
    net.edges = [
        {"id": index, "from": start, "to": end}
        for index, (start, end) in enumerate(zip(starts, values(ties["b"], -1), strict=False))
    ]
    net.toggle_physics(False)
    page = re.sub(r'<(?:link|script)[^>]*(?:href|src)="https?:[^>]*>(?:</script>)?', "", net.generate_html())
    mark = "network.once('afterDrawing', () => { document.documentElement.dataset.drawn = performance.now(); });"
    return page.replace("drawGraph();", f"drawGraph(); {mark}")


def values(column: Any, absent: Any) -> list[Any]:
    """Return the values of a packed column, a row each as far as it goes."""
    if isinstance(column, list):
        return [absent if value is None else value for value in column]
    if "s" in column:
        return list(accumulate(column["s"]))
    found = [column["d"][value] for value in column["v"]] if "d" in column else column["v"]
    if "i" not in column:
        return list(found)
    at = list(accumulate(column["i"], initial=-1))[1:]
    rows = [absent] * (at[-1] + 1)
    for index, value in zip(at, found, strict=True):
        rows[index] = value
    return rows


def moving(browser: Browser, page: Path, step: str, prepare: str = "() => 0") -> tuple[float, float]:
    """Return the milliseconds of a frame while a page moves, and of its slowest search where it has one."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, offline=True)
    tab = context.new_page()
    tab.goto(page.as_uri())
    tab.wait_for_selector("html[data-drawn]", timeout=120_000)
    tab.wait_for_timeout(500)
    tab.evaluate(prepare)
    tab.wait_for_timeout(1500)
    took = float(tab.evaluate(f"({MOVING})({step})"))
    searched = float(tab.evaluate(f"window.twingraph ? ({SEARCH})() : 0"))
    context.close()
    return took, searched


def measure_world(browser: Browser, store: str, folder: Path, turns: int) -> dict[str, float]:
    """Measure the map of everything in a store against plain Pyvis."""
    ours, plain = folder / "world.html", folder / "world-plain.html"
    took = seconds(TWINGRAPH, "viz", "--db", store, "-o", str(ours))
    html = ours.read_text(encoding="utf-8")
    plain.write_text(plain_page(html), encoding="utf-8")
    first_frame(browser, ours)
    frames = [(first_frame(browser, ours), first_frame(browser, plain)) for _turn in range(turns)]
    ms, searched = moving(browser, ours, OURS)
    ms_open, _searched = moving(browser, ours, OURS, OPENED)
    ms_plain, _searched = moving(browser, plain, PLAIN)
    return {
        "world: viz seconds": took,
        "world: page MB": len(html.encode()) / 1e6,
        "world: first frame seconds": statistics.median(ours for ours, _plain in frames),
        "world: first frame / plain Pyvis": statistics.median(ours / plain for ours, plain in frames),
        "world: milliseconds a frame while moving": ms,
        "world: the same, thirty countries open": ms_open,
        "world: the same, plain Pyvis": ms_plain,
        "world: search milliseconds": searched,
    }


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
        world = {}
        if PAIRS.exists():
            pairs = str(Path(folder) / "pairs.grafeo")
            subprocess.run([TWINGRAPH, "load", "--quiet", "--db", pairs, str(PAIRS)], check=True)
            world = measure_world(browser, pairs, Path(folder), min(turns, 3))
        browser.close()
    measured = {
        "viz seconds": statistics.median(ours for ours, _base in took),
        "viz / imports alone": statistics.median(ours / base for ours, base in took),
        "page MB": len(html.encode()) / 1e6,
        "first frame seconds": statistics.median(ours for ours, _plain in frames),
        "first frame / plain Pyvis": statistics.median(ours / plain for ours, plain in frames),
    } | world
    missed = False
    for name, value in measured.items():
        goal = (GOALS | WORLD_GOALS).get(name)
        missed = missed or (goal is not None and value > goal)
        print(f"{name:42} {value:6.2f}" + (f"   goal {goal}" if goal else ""))
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
