"""Measure the view: writing it, and in a browser opening, redrawing and selecting: `make bench-view`.

Frames are drawn by software in a browser without a window, and each is waited for until its pixels are there: a screen
with a graphics card is faster. Prints a table; writes nothing.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser

AS_OF = "2026-06-30"
SIZES = (300, 1000, 5000)
ROUNDS = 15
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


def measure(browser: Browser, nodes: int, folder: Path) -> dict[str, Any]:
    """Return seconds to write the page of a generated alliance, to open it, and milliseconds in it."""
    import graphalign as ga
    from graphalign.views import page as page_of
    from graphalign.views.layout import layout

    report = ga.check(ga.generate(nodes), as_of=AS_OF)
    start = time.perf_counter()
    layout(report.graph, report)
    placed = time.perf_counter()
    text = page_of(report, title=f"{nodes} nodes")
    written = time.perf_counter()
    path = folder / f"{nodes}.html"
    path.write_text(text, encoding="utf-8")
    page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    begun = time.perf_counter()
    page.goto(path.as_uri() + "#tab=map")
    page.wait_for_function(READY)
    opened = time.perf_counter()
    redraws = page.evaluate(REDRAW, ROUNDS)
    whole, frames = page.evaluate(SELECT, ROUNDS)
    page.close()
    return {
        "nodes": f"{nodes:,}",
        "page, MB": f"{len(text.encode()) / 1e6:.1f}",
        "laid out, s": f"{placed - start:.2f}",
        "written, s": f"{written - placed:.2f}",
        "opened, s": f"{opened - begun:.2f}",
        "redraw, ms": f"{median(redraws):.0f}",
        "redraw, selected, ms": f"{median(frames):.0f}",
        "select, ms": f"{median(whole):.0f}",
    }


def main() -> None:
    """Measure and print a table."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="how many nodes")
    sizes = parser.parse_args().sizes
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for at, size in enumerate(sizes):
            row = measure(browser, size, Path(folder))
            if at == 0:
                print("| " + " | ".join(row) + " |")
                print("|" + " --: |" * len(row))
            print("| " + " | ".join(row.values()) + " |", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
