"""A push that is cut off, at its client or its server: refused to readers, and mended by pushing again."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import graphalign as ga
from graphalign.errors import StoreError
from graphalign.neo4j.connection import Connection, connect
from graphalign.neo4j.marker import read_marker, refuse_half_loaded
from graphalign.neo4j.pull import pull
from graphalign.neo4j.push import push
from graphalign.neo4j.statements import statement
from tests.neo4j.conftest import Reached, started
from tools.neo4j_server import Server

NODES, SEED = 300, 5
# Pushes in small steps and says each, so that whoever reads along can end it between any two, or within one.
CLIENT = """
import os, sys
import graphalign as ga
from graphalign.neo4j.connection import connect
from graphalign.neo4j.push import push
uri, user, database, nodes, seed, replace = sys.argv[1:]
with connect(uri, user, os.environ["NEO4J_PASSWORD"], database or None) as connection:
    push(connection, ga.generate(int(nodes), int(seed)), replace=replace == "replace", batch=40,
         progress=lambda doing: print(doing, flush=True))
"""
STEPS = 45  # about as many as it says


def push_and_be_killed(server: Reached, replace: str, after: int) -> int:
    """Push in a process of its own, ended as by kill -9 after so many steps; return how it ended."""
    env = {**os.environ, "NEO4J_PASSWORD": server.password}
    command = [sys.executable, "-c", CLIENT, server.uri, server.user, os.environ.get("NEO4J_DATABASE", "")]
    with subprocess.Popen([*command, str(NODES), str(SEED), replace], stdout=subprocess.PIPE, env=env) as client:
        assert client.stdout is not None
        for _ in range(after):
            if not client.stdout.readline():
                break
        client.kill()
    return client.returncode


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("replace", ["replace", "add"])
def test_a_push_whose_client_was_killed_is_refused_and_mended_by_pushing_again(
    server: Reached, database: Connection, replace: str, seed: int
) -> None:
    graph = ga.generate(NODES, SEED)
    if replace == "replace":
        push(database, ga.generate(120, 9))
    after = random.Random(f"{replace} {seed}").randrange(1, STEPS)
    ended = push_and_be_killed(server, replace, after)
    marker = read_marker(database)
    assert marker is not None
    if ended == -9 and marker.state == "loading":
        with pytest.raises(StoreError, match="half an alliance"):
            pull(database)
        with pytest.raises(StoreError, match=r"push again|graphalign push again"):
            refuse_half_loaded(database)
    push(database, graph, batch=500)
    assert pull(database).equals(graph, provenance=True)
    assert refuse_half_loaded(database) is not None


def test_a_push_with_replace_that_was_cut_off_stays_one_with_replace(server: Reached, database: Connection) -> None:
    push(database, ga.generate(120, 9))
    # The first step says that something was taken away: all else is still to come.
    assert push_and_be_killed(server, "replace", 1) == -9
    marker = read_marker(database)
    assert marker is not None
    assert (marker.state, marker.replace) == ("loading", True)
    push(database, ga.generate(NODES, SEED))
    assert pull(database).equals(ga.generate(NODES, SEED))


def test_half_of_one_alliance_is_not_mixed_with_another(database: Connection) -> None:
    half_load(database)
    other = ga.generate(60, 2)
    with pytest.raises(StoreError, match="half of another alliance"):
        push(database, other)
    push(database, other, replace=True)
    assert pull(database).equals(other)


def half_load(connection: Connection) -> None:
    """Leave a database as a push does that is cut off right after its first batch."""
    push(connection, ga.generate(60, 1))
    marker = {"hash": "of another", "push": "gone", "replace": False, "nodes": 100, "relationships": 9}
    connection.write(statement("begin"), {"marker": marker})


def test_of_two_pushes_at_once_one_ends_and_the_graph_is_right(database: Connection) -> None:
    graph = ga.generate(NODES, SEED)
    second: list[int] = []

    def cut_in(_doing: str) -> None:
        if not second:
            second.append(push(database, graph, replace=True).nodes)

    with pytest.raises(StoreError, match="another push to this database took over"):
        push(database, graph, batch=100, progress=cut_in)
    assert second == [graph.nodes.height]
    assert pull(database).equals(graph)


def test_a_batch_whose_answer_was_lost_is_not_written_twice(database: Connection) -> None:
    push(database, ga.generate(60, 1))
    database.write(statement("begin"), {"marker": {"push": "mine"}})
    assert database.write(statement("turn"), {"push": "mine", "batch": 1}) == [{"done": False}]
    assert database.write(statement("turn"), {"push": "mine", "batch": 1}) == [{"done": True}]
    assert database.write(statement("turn"), {"push": "mine", "batch": 2}) == [{"done": False}]
    assert database.write(statement("turn"), {"push": "of another", "batch": 3}) == []


@pytest.fixture(scope="session")
def mortal(server: Reached, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a server that may be killed: the suite's own where it has one."""
    if server.own is not None:
        yield server.own
        return
    own = started(tmp_path_factory.mktemp("mortal"), "5.26")
    yield own
    own.kill()


@pytest.fixture
def risky(mortal: Server) -> Iterator[Connection]:
    """Give a connection to a server that may be killed."""
    with connect(mortal.uri, "neo4j", mortal.password, patience=2) as opened:
        yield opened


def test_a_push_whose_server_was_killed_is_mended_by_pushing_again_once_it_is_back(
    mortal: Server, risky: Connection, capfd: pytest.CaptureFixture[str]
) -> None:
    graph = ga.generate(NODES, SEED)
    steps = random.Random(7).randrange(8, STEPS - 8)
    said: list[str] = []

    def kill(doing: str) -> None:
        said.append(doing)
        if len(said) == steps:
            mortal.kill()

    with pytest.raises(StoreError, match="cannot be reached"):
        push(risky, graph, replace=True, batch=40, progress=kill)
    mortal.start()
    with connect(mortal.uri, "neo4j", mortal.password) as again:
        with pytest.raises(StoreError, match="half an alliance"):
            pull(again)
        push(again, graph)
        assert pull(again).equals(graph, provenance=True)
    # The driver keeps what it tries again to itself.
    assert "retried" not in capfd.readouterr().err


def test_a_server_that_comes_back_soon_enough_is_not_noticed(mortal: Server) -> None:
    graph = ga.generate(NODES, SEED)
    said: list[str] = []

    def kill(doing: str) -> None:
        said.append(doing)
        if len(said) == 20:
            mortal.kill()
            mortal.start()

    with connect(mortal.uri, "neo4j", mortal.password, patience=60) as patient:
        push(patient, graph, replace=True, batch=40, progress=kill)
        assert len(said) > 20
        assert pull(patient).equals(graph, provenance=True)


def test_where_a_file_was_is_kept_over_a_push_that_was_cut_off(database: Connection, tmp_path: Path) -> None:
    file = tmp_path / "alliance.csv"
    file.write_text("Goal,Owner\nShore power,Ana\n", encoding="utf-8")
    graph = ga.read(file)
    push(database, graph)
    database.write("MATCH (m:Graphalign) SET m.state = 'loading'")
    with pytest.raises(StoreError, match=r"a push of .*alliance\.csv is under way or was cut off"):
        pull(database)
