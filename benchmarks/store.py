"""Measure the Neo4j store, and write its part of docs/performance.md: `make bench-neo4j`.

A server is started for it. Push, every rule cold (its plan forgotten) and warm, and a whole check with its report for a
terminal, beside the file engine in the same run. A million nodes on request, `python -m benchmarks.store --sizes
1000000`: loaded by neo4j-admin.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks.__main__ import AS_OF, OUT, ROOT, table
from tools.neo4j_server import Server, free_port

if TYPE_CHECKING:
    from graphalign.graph import AlignmentGraph
    from graphalign.neo4j.connection import Connection

BY_IMPORT = 500_000  # from so many nodes on they are imported
WARM = 3  # times a warm figure is taken; once from `BY_IMPORT` on
BLOCK = re.compile(r"<!-- bench-neo4j -->\n.*?<!-- end -->\n", re.DOTALL)
SLOWEST = 10


def seconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure(nodes: int, scratch: Path) -> dict[str, Any]:
    """Measure everything at one size, on a server of its own."""
    import graphalign as ga
    from graphalign.neo4j.connection import connect
    from graphalign.neo4j.push import push
    from graphalign.reports.terminal import render

    folder = scratch / f"{nodes}"
    ga.write_graph(ga.generate(nodes, 1), folder)
    graph = ga.read(folder)
    row: dict[str, Any] = {"nodes": nodes, "relationships": graph.edges.height}
    warm = WARM if nodes < BY_IMPORT else 1
    heap = "3g" if nodes < BY_IMPORT else "8g"
    server = Server(scratch / f"server-{nodes}", free_port(), heap=heap, pagecache="1g")
    server.configure()
    if nodes >= BY_IMPORT:
        row["load"] = _imported(graph, server, scratch / "import")
    server.start()
    try:
        with connect(server.uri, "neo4j", server.password) as connection:
            if nodes < BY_IMPORT:
                push(connection, ga.generate(200, 2), replace=True)  # what is compiled first is not what is measured
                row["load"] = push(connection, graph, replace=True).seconds
            row |= _checked(connection, warm)
    finally:
        server.kill()
    ga.check(graph, as_of=AS_OF)
    row["files"] = median(seconds(lambda: render(ga.check(ga.read(folder), as_of=AS_OF))) for _ in range(warm))
    row["read"] = median(seconds(lambda: ga.read(folder)) for _ in range(warm))
    return row


def _imported(graph: AlignmentGraph, server: Server, folder: Path) -> float:
    from graphalign.neo4j.bulk import export

    start = time.perf_counter()
    load = shlex.split(export(graph, folder)[0])
    places = {"NEO4J_HOME": str(server.home), "NEO4J_CONF": str(server.home / "conf")}
    command = [*server.java, "org.neo4j.cli.AdminTool", *load[1:]]
    subprocess.run(command, env={**os.environ, **places}, check=True, stdout=subprocess.DEVNULL, cwd=folder)
    return time.perf_counter() - start


def _checked(connection: Connection, warm: int) -> dict[str, Any]:
    from graphalign.model import as_day
    from graphalign.neo4j.check import InDatabase, check
    from graphalign.neo4j.statements import schema
    from graphalign.neo4j.twins import twins
    from graphalign.reports.terminal import render
    from graphalign.settings import Settings

    for command in schema():
        connection.write(command)
    connection.write("CALL db.awaitIndexes(600)")
    connection.write("CALL db.prepareForReplanning()")
    forget = "CALL db.clearQueryCaches()"
    connection.write(forget)
    cold = seconds(lambda: render(check(connection, as_of=AS_OF)))
    whole = median(seconds(lambda: render(check(connection, as_of=AS_OF))) for _ in range(warm))
    rules: dict[str, tuple[float, float, str]] = {}
    for code, twin in twins().items():
        print(f"    {code}", file=sys.stderr)
        connection.write(forget)
        ground = InDatabase(connection, as_day(AS_OF), Settings())
        _ = ground.inventory
        try:
            first = seconds(lambda twin=twin, ground=ground: ground.run(twin.rule))  # type: ignore[misc]
            again = [seconds(lambda twin=twin, ground=ground: ground.run(twin.rule)) for _ in range(warm)]  # type: ignore[misc]
            rules[code] = (first, median(again), "")
        except Exception as error:  # noqa: BLE001 (a rule that does not end is a result)
            rules[code] = (0.0, 0.0, str(error))
    return {"cold": cold, "warm": whole, "rules": rules}


def block(rows: list[dict[str, Any]]) -> str:
    """Return the part of docs/performance.md."""
    from importlib.metadata import version

    lines = [
        "<!-- bench-neo4j -->",
        "## In Neo4j",
        "",
        "Written by `make bench-neo4j`: Neo4j 5.26 on the same machine, heap 3 GB (8 GB from",
        f"{BY_IMPORT:,} nodes on). Load: `graphalign push`, from {BY_IMPORT:,} nodes on the import by neo4j-admin, its",
        "files included. Check: all rules and the report for a terminal, in this process; cold, no plan is known.",
        "Files: the same from the two CSV files, reading included, in the same run. One rule: the median of all, warm,",
        f"with the count of what it judged. Driver {version('neo4j')}.",
        "",
    ]
    headings = ["nodes", "relationships", "load", "rows/s", "check, cold", "warm", "one rule", "files", "reading them"]
    lines += table(headings, [_cells(row) for row in rows])
    pays = [r["nodes"] for r in rows if _one_rule(r) < r["read"]]
    sooner = [r["nodes"] for r in rows if r["warm"] < r["files"]]
    lines += [
        "",
        "From which size a database pays: a whole check is sooner "
        + (f"there from {sooner[0]:,} nodes on" if sooner else "from files at every size measured")
        + "; one rule or question, without reading the files first, is sooner in the database "
        + (f"from {pays[0]:,} nodes on." if pays else "at none."),
    ]
    for row in rows:
        slow = sorted(row["rules"].items(), key=lambda item: -item[1][1])
        lines += ["", f"The {SLOWEST} slowest of {len(slow)} rules at {row['nodes']:,} nodes:", ""]
        lines += table(
            ["rule", "cold", "warm"], [[code, f"{c:.2f} s", f"{w:.3f} s"] for code, (c, w, _) in slow[:SLOWEST]]
        )
        failed = [f"{code}: {why}" for code, (_, _, why) in slow if why]
        lines += ["", *failed] if failed else []
    return "\n".join([*lines, "<!-- end -->", ""])


def _cells(row: dict[str, Any]) -> list[str]:
    rate = (row["nodes"] + row["relationships"]) / row["load"]
    times = (row["cold"], row["warm"], _one_rule(row), row["files"], row["read"])
    sizes = [f"{row['nodes']:,}", f"{row['relationships']:,}", f"{row['load']:.1f} s", f"{rate:,.0f}"]
    return [*sizes, *(f"{t:.3f} s" if t < 1 else f"{t:.1f} s" for t in times)]


def _one_rule(row: dict[str, Any]) -> float:
    """Return the median of the rules that ended, warm."""
    return float(median(warm for _, warm, why in row["rules"].values() if not why))


def main() -> None:
    """Measure, and put what was measured in its place."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.store", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--print", action="store_true", help="do not write docs/performance.md")
    asked = parser.parse_args()
    os.chdir(ROOT)
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        for nodes in asked.sizes:
            print(f"  {nodes:,} nodes", file=sys.stderr)
            rows.append(measure(nodes, Path(scratch)))
    text = block(rows)
    print(text)
    if not asked.print:
        page = OUT.read_text("utf-8")
        found = BLOCK.search(page)
        OUT.write_text(page.replace(found[0], text) if found else f"{page.rstrip()}\n\n{text}", "utf-8")


if __name__ == "__main__":
    main()
