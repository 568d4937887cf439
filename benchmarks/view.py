"""Measure the view, and write its part of docs/performance.md: `make bench-view`.

Writing it as a whole process, and in a browser opening, redrawing and selecting. Frames are drawn by software in a
browser without a window, and each is waited for until its pixels are there: a screen with a graphics card is faster.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.performance import AS_OF, CLI, put, table, whole

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SIZES = (300, 1_000, 5_000, 100_000)
ROUNDS = 15
WRITTEN = 5  # times a page is written; once above MOST nodes
MOST = 10_000
READY = "() => { const map = document.querySelector('#tab-map'); return !!(map && map.picture); }"
# A redraw is over when a pixel of it can be read.
FRAME = """
  const map = document.querySelector('#tab-map'), canvas = map.querySelector('canvas');
  const probe = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const frame = () => {
    const start = performance.now();
    map.picture.redraw();
    probe.drawImage(canvas, 0, 0, 1, 1);
    probe.getImageData(0, 0, 1, 1);
    return performance.now() - start;
  };
  const nodes = JSON.parse(document.getElementById('data').textContent).nodes.id;
  const rest = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
"""
REDRAW = f"async rounds => {{ {FRAME} await rest(); return Array.from({{length: rounds}}, frame); }}"
# What a click costs: the state, the panel of details, the map; and one frame of the map while something is selected.
SELECT = f"""async rounds => {{ {FRAME}
  const whole = [], frames = [];
  for (let at = 0; at < rounds; at++) {{
    const start = performance.now();
    const changed = new Promise(done => window.addEventListener('hashchange', done, {{once: true}}));
    location.hash = '#tab=map&node=' + encodeURIComponent(nodes[(at * 37) % nodes.length]);
    await changed;
    frame();
    whole.push(performance.now() - start);
    frames.push(frame());
    await rest();
  }}
  return [whole, frames];
}}"""


def measure(browser: Browser, nodes: int, folder: Path) -> list[str]:
    """Return how long it takes to write the page of a generated alliance, to open it, and what is done in it takes."""
    alliance, path = folder / f"{nodes}", folder / f"{nodes}.html"
    whole([*CLI, "sample", "--nodes", str(nodes), "--seed", "1", str(alliance)])
    command = [*CLI, "view", str(alliance), "--as-of", AS_OF, "--no-open", "-o", str(path)]
    runs = [whole(command) for _ in range(WRITTEN if nodes <= MOST else 1)]
    page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    begun = time.perf_counter()
    page.goto(path.as_uri() + "#tab=map")
    page.wait_for_function(READY)
    opened = time.perf_counter() - begun
    redraws = page.evaluate(REDRAW, ROUNDS)
    selects, frames = page.evaluate(SELECT, ROUNDS)
    page.close()
    seconds, peak = median(seconds for seconds, _ in runs), max(peak for _, peak in runs)
    return [
        f"{nodes:,}",
        f"{seconds:.2f} s",
        f"{peak:,.0f} MB",
        f"{path.stat().st_size / 1e6:.2f} MB",
        f"{opened:.2f} s",
        *(f"{median(times):.0f} ms" for times in (redraws, frames, selects)),
    ]


def main() -> None:
    """Measure, and put what was measured in its place."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="how many nodes")
    sizes = parser.parse_args().sizes
    rows = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        version = browser.version
        for size in sizes:
            print(f"  {size:,} nodes", file=sys.stderr)
            rows.append(measure(browser, size, Path(folder)))
        browser.close()
    lines = [
        "## The view",
        "",
        f"Written by `make bench-view`: `graphalign view` as a whole process, the median of {WRITTEN} (one above",
        f"{MOST:,} nodes), and its page opened on the map in Chromium {version}, which draws without a graphics card:",
        "until the map is drawn; one redraw; one with a node selected; a click on a node, its details included.",
        "",
    ]
    headings = ["nodes", "written", "peak memory", "page", "opened", "redraw", "with a selection", "select"]
    print(put("bench-view", [*lines, *table(headings, rows)]))


if __name__ == "__main__":
    main()
