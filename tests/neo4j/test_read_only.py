"""A database that its server holds read-only: it is checked, and a push is refused by a sentence."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

import graphalign as ga
from graphalign.errors import StoreError
from graphalign.neo4j.check import check
from graphalign.neo4j.connection import connect
from graphalign.neo4j.push import push
from tests.neo4j.conftest import QUICK, Reached
from tools.neo4j_server import Server, free_port

AS_OF = "2026-06-30"


def test_a_database_that_only_allows_reading_is_checked_and_refuses_a_push(server: Reached, tmp_path: Path) -> None:
    graph = ga.from_networkx(ga.example())
    release = server.own.release if server.own else "5.26"
    first = Server(tmp_path / "home", free_port(), release, heap="768m", pagecache="64m", options=QUICK)
    first.configure()
    first.start()
    try:
        with connect(first.uri, "neo4j", first.password) as connection:
            push(connection, graph)
    finally:
        first.stop()
    held = dataclasses.replace(first, settings={"server.databases.read_only": "neo4j"}, _process=None)
    held.configure()
    held.start()
    try:
        with connect(held.uri, "neo4j", held.password) as connection:
            assert check(connection, as_of=AS_OF).findings == ga.check(graph, as_of=AS_OF).findings
            with pytest.raises(StoreError) as caught:
                push(connection, graph)
            assert str(caught.value) == (
                f"{held.uri}: the database only allows reading; name one that may be written to (--database)"
            )
    finally:
        held.kill()
