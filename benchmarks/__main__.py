"""Measure, and write the first part of docs/performance.md: `make bench`, or `python -m benchmarks --sizes 1000 10000`.

Every figure is taken in one run on one machine, each measurement in a process of its own, floor, product and peer in
turn, so that a machine that slows down slows all of them; ratios are taken round by round.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.performance import AS_OF, CLI, ROOT, put, table, whole

PEER_MOST = 100_000
FAMILIES = ("OWN", "ENG", "DAT")


def measure_floor(folder: Path) -> dict[str, Any]:
    """Only read the two CSV files, with Polars."""
    import polars as pl

    start = time.perf_counter()
    rows = [
        pl.read_csv(folder / name, infer_schema_length=10_000).height for name in ("nodes.csv", "relationships.csv")
    ]
    return {"seconds": time.perf_counter() - start, "rows": rows}


def imported() -> None:
    """Import all that reading and rules need: what is imported lazily is not what is measured, here as in the peer."""
    from scipy.sparse import csgraph  # noqa: F401

    import graphalign as ga
    import graphalign.load
    import graphalign.readers

    ga.check(ga.from_networkx(ga.example()), as_of=AS_OF)


def measure_product(folder: Path) -> dict[str, Any]:
    """Read and run all rules, in process; the row sets of the rules that the peer has go along for small graphs."""
    import graphalign as ga
    from benchmarks.peers import RULES

    imported()
    start = time.perf_counter()
    graph = ga.read(folder)
    read = time.perf_counter()
    report = ga.check(graph, as_of=AS_OF)
    done = time.perf_counter()
    result: dict[str, Any] = {
        "seconds": done - start,
        "read": read - start,
        "rules": done - read,
        "ran": len(report.results),
    }
    if graph.nodes.height <= PEER_MOST:
        wanted = report.tables.keys() & RULES
        result["found"] = {c: sorted(report.tables[c].select(report.rules[c].subjects).rows()) for c in sorted(wanted)}
        result["judged"] = [r.rule.code for r in report.results if r.verdict in ("found", "clean")]
    return result


def measure_peer(folder: Path) -> dict[str, Any]:
    """Read with the csv module and run the peer's rules in networkx."""
    from datetime import date

    from benchmarks.peers import read_csv, run

    start = time.perf_counter()
    graph = read_csv(str(folder / "nodes.csv"), str(folder / "relationships.csv"))
    read = time.perf_counter()
    found = run(graph, date.fromisoformat(AS_OF))
    done = time.perf_counter()
    return {
        "seconds": done - start,
        "read": read - start,
        "rules": done - read,
        "found": {code: sorted(rows) for code, rows in found.items()},
    }


def measure_product_same_rules(folder: Path) -> dict[str, Any]:
    """Read and run only the rules that the peer has."""
    from benchmarks.peers import RULES

    return measure_only(folder, list(RULES))


def measure_families(folder: Path) -> dict[str, Any]:
    """Read and run only the rules of three families: ownership, engagement and data."""
    from graphalign.rules import catalogue

    return measure_only(folder, [code for code in catalogue() if code.startswith(FAMILIES)])


def measure_only(folder: Path, only: list[str]) -> dict[str, Any]:
    """Read and run some rules."""
    import graphalign as ga

    imported()
    start = time.perf_counter()
    graph = ga.read(folder)
    read = time.perf_counter()
    ga.check(graph, as_of=AS_OF, only=only)
    done = time.perf_counter()
    return {"seconds": done - start, "read": read - start, "rules": done - read, "ran": len(only)}


CHILDREN = {
    "floor": measure_floor,
    "product": measure_product,
    "families": measure_families,
    "same": measure_product_same_rules,
    "peer": measure_peer,
}


def child(what: str, folder: Path) -> dict[str, Any]:
    """Run one measurement in a process of its own and return what it measured, with its peak memory in MB."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--child", what, str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def rounds_of(nodes: int) -> int:
    """How often each measurement is repeated."""
    return 3 if nodes >= PEER_MOST else 5


def measure(nodes: int, folder: Path) -> dict[str, Any]:
    """Measure everything at one size."""
    whole([*CLI, "sample", "--nodes", str(nodes), "--seed", "1", str(folder)])
    runs: list[dict[str, Any]] = []
    for i in range(rounds_of(nodes)):
        print(f"  {nodes:,} nodes, round {i + 1} of {rounds_of(nodes)}", file=sys.stderr)
        peer = nodes <= PEER_MOST
        asked = ("floor", "families", "product", *(("same", "peer") if peer else ()))
        one = {what: child(what, folder) for what in asked}
        one["whole"] = dict(
            zip(("seconds", "peak"), whole([*CLI, "check", str(folder), "--as-of", AS_OF]), strict=True)
        )
        runs.append(one)
    first = runs[0]
    row: dict[str, Any] = {"nodes": nodes, "relationships": first["floor"]["rows"][1]}
    for what in ("floor", "whole"):
        row[what] = median(r[what]["seconds"] for r in runs)
    row["read"] = median(r[what]["read"] for r in runs for what in ("families", "product"))
    row["peak"] = max(r["whole"]["peak"] for r in runs)
    for what in ("families", "product"):
        row[f"{what}_rules"] = median(r[what]["rules"] for r in runs)
        row[f"{what}_ratio"] = median(r[what]["seconds"] / r["floor"]["seconds"] for r in runs)
        row[f"{what}_ran"] = first[what]["ran"]
    if "peer" in first:
        for code, rows in first["product"]["found"].items():
            if rows != first["peer"]["found"][code]:
                raise SystemExit(
                    f"benchmarks: {code} finds {len(rows)} here, {len(first['peer']['found'][code])} in networkx"
                )
        row["compared"] = {c: len(rows) for c, rows in first["product"]["found"].items()}
        row["peer"] = median(r["peer"]["seconds"] for r in runs)
        row["peer_rules"] = median(r["peer"]["rules"] for r in runs)
        row["same"] = median(r["same"]["seconds"] for r in runs)
        row["peer_ratio"] = median(r["peer"]["seconds"] / r["same"]["seconds"] for r in runs)
        row["peer_rules_ratio"] = median(r["peer"]["rules"] / r["same"]["rules"] for r in runs)
    return row


def measure_start(folder: Path) -> dict[str, float]:
    """Measure starting up: --help beside importing click, and a check of 100 nodes as a whole process."""
    whole([*CLI, "sample", "--nodes", "100", "--seed", "1", str(folder)])
    helps, clicks, checks = [], [], []
    for _ in range(9):
        clicks.append(whole([sys.executable, "-c", "import click"])[0])
        helps.append(whole([*CLI, "--help"])[0])
        checks.append(whole([*CLI, "check", str(folder), "--as-of", AS_OF])[0])
    ratio = median(h / c for h, c in zip(helps, clicks, strict=True))
    return {"help": median(helps), "click": median(clicks), "help_ratio": ratio, "check": median(checks)}


def write(rows: list[dict[str, Any]], start: dict[str, float]) -> None:
    """Write this part of docs/performance.md."""
    from importlib.metadata import version

    versions = ", ".join(f"{p} {version(p)}" for p in ("polars", "networkx", "scipy"))
    lines = [
        "Written by `make bench`, in one run on one machine; medians, and ratios taken round by round. The alliances",
        "come from `graphalign sample --seed 1` as two CSV files.",
        "",
        f"Machine: {os.cpu_count()} cores, Python {platform.python_version()}, {versions}.",
        "",
        "## Reading and all rules",
        "",
        "The floor is Polars only reading the two files (`pl.read_csv`). The rules of three families are those on",
        "ownership, engagement and data. Times the floor: reading and these rules. Whole process: `graphalign check",
        "FOLDER`, all rules and the report; peak memory is that process's.",
        "",
    ]
    some, every = rows[0]["families_ran"], rows[0]["product_ran"]
    headings = ["nodes", "relationships", "floor", "read", f"{some} rules of three families", "times the floor"]
    headings += [f"all {every} rules", "times the floor", "whole process", "peak memory"]
    cells = [
        [f"{r['nodes']:,}", f"{r['relationships']:,}"]
        + [f"{r[k]:.3f} s" for k in ("floor", "read", "families_rules")]
        + [f"{r['families_ratio']:.1f}", f"{r['product_rules']:.3f} s", f"{r['product_ratio']:.1f}"]
        + [f"{r['whole']:.2f} s", f"{r['peak']:,.0f} MB"]
        for r in rows
    ]
    lines += table(headings, cells)
    peers = [r for r in rows if "peer" in r]
    if peers:
        lines += [
            "",
            "## Beside networkx",
            "",
            f"The same {len(peers[-1]['compared'])} rules written plainly in networkx (`benchmarks/peers.py`), files",
            "read with the csv module; what each rule finds was checked equal, subject by subject.",
            "",
        ]
        headings = [
            "nodes",
            "networkx, read + rules",
            "graphalign, same rules",
            "times faster",
            "rules alone, times faster",
        ]
        cells = [
            [f"{r['nodes']:,}", f"{r['peer']:.2f} s", f"{r['same']:.3f} s"]
            + [f"{r[k]:.0f}" for k in ("peer_ratio", "peer_rules_ratio")]
            for r in peers
        ]
        lines += table(headings, cells)
        last = peers[-1]
        found = ", ".join(f"{c} {n:,}" for c, n in last["compared"].items())
        lines += ["", f"Found by both at {last['nodes']:,} nodes: {found}."]
    help_, click, ratio = start["help"], start["click"], start["help_ratio"]
    lines += [
        "",
        "## Starting up",
        "",
        f"- `graphalign --help`: {help_:.3f} s, {ratio:.1f} times `python -c 'import click'` ({click:.3f} s).",
        f"- `graphalign check` of 100 nodes as a whole process: {start['check']:.2f} s.",
    ]
    print(put("bench", lines))


def main() -> None:
    """Run a child, or everything."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--child", nargs=2, metavar=("WHAT", "FOLDER"))
    asked = parser.parse_args()
    if asked.child:
        what, folder = asked.child
        result = CHILDREN[what](Path(folder))
        result["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps(result, default=str))
        return
    with tempfile.TemporaryDirectory() as scratch:
        start = measure_start(Path(scratch) / "hundred")
        rows = [measure(nodes, Path(scratch) / str(nodes)) for nodes in asked.sizes]
    write(rows, start)


if __name__ == "__main__":
    main()
