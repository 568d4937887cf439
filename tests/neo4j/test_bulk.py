"""The files for neo4j-admin: imported by the import tool of the same jars, they make what a push makes."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

import pytest

import graphalign as ga
from graphalign.errors import UsageError
from graphalign.graph.build import build
from graphalign.neo4j.bulk import export
from graphalign.neo4j.connection import connect
from graphalign.neo4j.marker import graph_hash, read_marker
from graphalign.neo4j.pull import pull
from graphalign.neo4j.push import push
from graphalign.neo4j.statements import schema
from tests.neo4j.conftest import QUICK, Reached
from tests.neo4j.test_store import hostile
from tools.neo4j_server import Server, free_port

HEADINGS = "({\n\r"


def imported(graph: ga.AlignmentGraph, folder: Path, release: str) -> Server:
    """Run the command that export prints, and start a server on what it made."""
    server = Server(folder / "home", free_port(), release, heap="1100m", pagecache="64m", options=QUICK)
    server.configure()
    load, constraints = export(graph, folder / "it's a folder")
    words = shlex.split(load)
    assert words[0] == "neo4j-admin"
    places = {"NEO4J_HOME": str(server.home), "NEO4J_CONF": str(server.home / "conf")}
    command = [*server.java, "org.neo4j.cli.AdminTool", *words[1:]]
    done = subprocess.run(
        command, env={**os.environ, **places}, capture_output=True, text=True, check=False, cwd=folder
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARN" not in done.stdout
    words = shlex.split(constraints)
    assert words[:4] == ["cypher-shell", "-d", "neo4j", "-f"]
    assert Path(words[4]).read_text("utf-8").count(";\n") == len(schema())
    server.start()
    return server


def test_what_is_imported_is_what_would_have_been_pushed(server: Reached, tmp_path: Path) -> None:
    held = hostile()
    # All that a heading can hold; the rest is refused, below.
    nodes, edges = (f.drop([c for c in f.columns if set(c) & set(HEADINGS)]) for f in (held.nodes, held.edges))
    graph = ga.AlignmentGraph(nodes, edges)
    assert len([c for c in graph.nodes.columns if ":" in c or "`" in c or "\\" in c]) >= 1
    own = imported(graph, tmp_path, server.own.release if server.own else "5.26")
    try:
        with connect(own.uri, "neo4j", own.password) as connection:
            assert pull(connection).equals(graph, provenance=True)
            marker = read_marker(connection)
            assert marker is not None
            assert (marker.state, marker.hash, marker.nodes) == ("complete", graph_hash(graph), graph.nodes.height)
            labels = {
                r["id"]: set(r["labels"])
                for r in connection.read("MATCH (n:Entity) RETURN n.id AS id, labels(n) AS labels")
            }
            assert labels["g"] == {"Entity", "Goal"}
            # The schema follows, and what was imported can be pushed to.
            push(connection, graph)
            assert pull(connection).equals(graph, provenance=True)
    finally:
        own.kill()


@pytest.mark.parametrize("name", ["a(b)", "a{b", "a\nb"])
def test_what_no_heading_can_hold_is_refused(tmp_path: Path, name: str) -> None:
    import polars as pl

    from graphalign.tables import Statements

    graph = build(Statements(pl.DataFrame([{"id": "g", "label": "Goal", name: "x"}]), pl.DataFrame({"source": []})))
    with pytest.raises(UsageError, match="heading of neo4j-admin cannot hold the property"):
        export(graph, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_marker_names_the_files_that_the_graph_was_read_from(tmp_path: Path) -> None:
    graph = ga.read(Path(__file__).parents[2] / "samples/harbour-alliance.xlsx")
    export(graph, tmp_path)
    heading, row = (tmp_path / "marker.csv").read_text("utf-8").splitlines()
    assert '"files:string[]","sha256:string[]"' in heading
    assert f'harbour-alliance.xlsx","{graph.data.inputs[0].sha256}"' in row
