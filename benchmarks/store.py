"""Measure the Neo4j store, and write its part of docs/performance.md: `make bench-neo4j`.

A server is started for each size. Push, a whole check with its report for a terminal, every rule cold (its plan
forgotten) and warm, beside the file engine in the same run. A million nodes on request, `--sizes 1000000`: loaded by
neo4j-admin, the check once, then each rule once.
"""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks.performance import AS_OF, ROOT, put, table
from tools.neo4j_server import Server, free_port

if TYPE_CHECKING:
    from graphalign.graph import AlignmentGraph
    from graphalign.neo4j.connection import Connection

BY_IMPORT = 500_000  # from so many nodes on they are imported
WARMING = 3  # checks before the warm ones: Java compiles what it has run often
WARM = 3  # times a warm figure is taken
LIMIT = 600  # seconds that a rule may take
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
            row |= _checked(connection, once=nodes >= BY_IMPORT)
    finally:
        server.kill()
    ga.check(graph, as_of=AS_OF)
    row["files"] = median(seconds(lambda: render(ga.check(ga.read(folder), as_of=AS_OF))) for _ in range(WARM))
    row["read"] = median(seconds(lambda: ga.read(folder)) for _ in range(WARM))
    return row


def _imported(graph: AlignmentGraph, server: Server, folder: Path) -> float:
    from graphalign.neo4j.bulk import export

    start = time.perf_counter()
    load = shlex.split(export(graph, folder)[0])
    places = {"NEO4J_HOME": str(server.home), "NEO4J_CONF": str(server.home / "conf")}
    command = [*server.java, "org.neo4j.cli.AdminTool", *load[1:]]
    subprocess.run(command, env={**os.environ, **places}, check=True, stdout=subprocess.DEVNULL, cwd=folder)
    return time.perf_counter() - start


def _checked(connection: Connection, *, once: bool) -> dict[str, Any]:
    from graphalign.model import as_day
    from graphalign.neo4j.check import InDatabase, check
    from graphalign.neo4j.statements import schema
    from graphalign.neo4j.twins import twins
    from graphalign.reports.terminal import render
    from graphalign.settings import Settings

    settings = Settings(general={"neo4j": {"seconds": LIMIT}})

    def whole() -> None:
        render(check(connection, as_of=AS_OF, settings=settings))

    for command in schema():
        connection.write(command)
    connection.write("CALL db.awaitIndexes(600)")
    connection.write("CALL db.prepareForReplanning()")
    forget = "CALL db.clearQueryCaches()"
    connection.write(forget)
    row: dict[str, Any] = {"cold": seconds(whole), "rules": {}}
    if not once:
        for _ in range(WARMING):
            whole()
        row["warm"] = median(seconds(whole) for _ in range(WARM))
    for code, twin in twins().items():
        print(f"    {code}", file=sys.stderr)
        ground = InDatabase(connection, as_day(AS_OF), settings)
        _ = ground.inventory
        run = partial(seconds, partial(ground.run, twin.rule))
        try:
            if not once:
                connection.write(forget)
            first = run()
            row["rules"][code] = (first, first if once else median(run() for _ in range(WARM)), "")
        except Exception as error:  # noqa: BLE001 (a rule that does not end is a result)
            row["rules"][code] = (0.0, 0.0, str(error))
    return row


def intro() -> list[str]:
    """Return what is said of all sizes."""
    return [
        "## In Neo4j",
        "",
        "Written by `make bench-neo4j`, each size in a run of its own: Neo4j 5.26 on the same machine, heap 3 GB",
        f"(8 GB from {BY_IMPORT:,} nodes on).",
        "",
        f"- Load: `graphalign push`; from {BY_IMPORT:,} nodes on the import by neo4j-admin, its files included.",
        "- Check: all rules and the report for a terminal. Cold: right after the server has started, no plan is known.",
        f"  Warm: the median of {WARM} after {WARMING} others.",
        "- One rule: the median of all, warm, each with the count of what it judged. Cold: its plan is forgotten. A",
        f"  rule may take {LIMIT} seconds here. From {BY_IMPORT:,} nodes on each ran in the check, then alone.",
        "- Check of files: the same from the two CSV files, in the same run.",
        "",
        "What this means for a choice between files and a database: [neo4j.md](neo4j.md).",
        "",
    ]


def part(row: dict[str, Any]) -> list[str]:
    """Return what is said of one size."""
    once = "warm" not in row
    rate = (row["nodes"] + row["relationships"]) / row["load"]
    cells = {
        "load": f"{row['load']:.1f} s ({rate:,.0f} rows/s)",
        "check, cold": _told(row["cold"]),
        **({} if once else {"check, warm": _told(row["warm"])}),
        "one rule": _told(_one_rule(row)),
        "check of files": _told(row["files"]),
        "of it, reading": _told(row["read"]),
    }
    slow = sorted(row["rules"].items(), key=lambda item: -item[1][1])
    lines = [f"### {row['nodes']:,} nodes, {row['relationships']:,} relationships", ""]
    lines += table(list(cells), [list(cells.values())])
    lines += ["", f"The {SLOWEST} slowest of {len(slow)} rules:", ""]
    heads = ["rule", "alone"] if once else ["rule", "cold", "warm"]
    lines += table(heads, [[code, *([] if once else [_told(c)]), _told(w)] for code, (c, w, _) in slow[:SLOWEST]])
    failed = [f"{code}: {why}" for code, (_, _, why) in slow if why]
    return [*lines, "", *failed] if failed else lines


def _told(taken: float) -> str:
    return f"{taken:.3f} s" if taken < 1 else f"{taken:.1f} s"


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
    if not asked.print:
        put("bench-neo4j", intro())
    with tempfile.TemporaryDirectory() as scratch:
        for nodes in asked.sizes:
            print(f"  {nodes:,} nodes", file=sys.stderr)
            lines = part(measure(nodes, Path(scratch)))
            print("\n".join(lines) if asked.print else put("bench-neo4j", lines, nodes))


if __name__ == "__main__":
    main()
