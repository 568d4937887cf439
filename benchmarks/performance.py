"""What all measurements share: where they are written, tables, processes of their own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

AS_OF = "2026-06-30"
ROOT = Path(__file__).parent.parent
OUT = ROOT / "docs" / "performance.md"
CLI = [sys.executable, "-m", "graphalign"]
# The parts of the page, in this order; one with a size after its name follows its like. What did not run stays.
PARTS = ("bench", "bench-view", "bench-neo4j")
_PART = re.compile(r"<!-- (bench[a-z0-9-]*) -->\n(.*?)<!-- end -->\n", re.DOTALL)


def put(part: str, lines: Sequence[str], size: int = 0) -> str:
    """Write one part of docs/performance.md, or what it says of one size, the others as they are; return it."""
    held = dict(_PART.findall(OUT.read_text("utf-8"))) if OUT.exists() else {}
    text = held[f"{part}-{size}" if size else part] = "\n".join([*lines, ""])
    order = {name: (at, 0) for at, name in enumerate(PARTS)}
    for name in held.keys() - order.keys():
        like, _, number = name.rpartition("-")
        order[name] = (PARTS.index(like), int(number))
    blocks = [f"<!-- {name} -->\n{held[name]}<!-- end -->\n" for name in sorted(held, key=order.__getitem__)]
    OUT.write_text("\n".join(["# How fast\n", *blocks]), "utf-8")
    return text


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return a Markdown table, its columns aligned to the right."""
    return [f"| {' | '.join(cells)} |" for cells in (headings, ["--:"] * len(headings), *rows)]


def whole(command: Sequence[str]) -> tuple[float, float]:
    """Run a command and return its seconds and its peak memory in MB, as the operating system accounts for it."""
    # pip compiles what it installs: so it is here, whatever the shell says.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, env=environment) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"benchmarks: {' '.join(command)} ended with {process.returncode}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024
