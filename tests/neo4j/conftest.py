"""Real servers for the tests: one of each release that runs here, or the one that NEO4J_URI names.

A worker of pytest-xdist starts its own; `--dist loadgroup` (see the Makefile) keeps the tests of one release together,
so that a release is started once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from graphalign.neo4j.connection import Connection, connect
from tools.neo4j_server import RELEASES, Server, fetch, find_java, free_port

GIVEN = os.environ.get("NEO4J_URI")
NAMES = ["given"] if GIVEN else ["5.26", *(["2026.09"] if find_java(RELEASES["2026.09"]) else [])]
# A server of tests lives short: compiling its code to the last would take longer than what it saves.
QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
# A constraint on a label that nothing has: it stays while the data changes, and says whose the database is.
OURS = "graphalign_tests"


class Reached(NamedTuple):
    """A server that answers, and how to reach it; `own` is the one started here."""

    uri: str
    user: str
    password: str
    own: Server | None = None


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every test of a database on each release."""
    if "server" in metafunc.fixturenames:
        marked = [pytest.param(name, marks=pytest.mark.xdist_group(f"neo4j {name}")) for name in NAMES]
        metafunc.parametrize("server", marked, indirect=True, scope="session")


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reached]:
    """Give a server, empty."""
    if GIVEN:
        reached = Reached(GIVEN, os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ["NEO4J_PASSWORD"])
        with connect(*reached[:3], os.environ.get("NEO4J_DATABASE")) as connection:
            _claim(connection)
            yield reached
            empty(connection)
            connection.write(f"DROP CONSTRAINT {OURS} IF EXISTS")
        return
    fetch()
    own = started(tmp_path_factory.mktemp("neo4j"), request.param)
    yield Reached(own.uri, "neo4j", own.password, own)
    own.kill()


def started(home: Path, release: str) -> Server:
    """Return a new server that answers."""
    settings = {
        "dbms.security.auth_lock_time": "1s",
        # Tests put one small graph after another there: a plan for each would take longer than all else.
        "dbms.cypher.min_replan_interval": "1h",
    }
    server = Server(home, free_port(), release, heap="768m", pagecache="64m", settings=settings, options=QUICK)
    server.start()
    return server


def _claim(connection: Connection) -> None:
    """Refuse a database that holds what the suite did not write."""
    ours = connection.read("SHOW CONSTRAINTS YIELD name WHERE name = $name RETURN name", {"name": OURS})
    held = connection.read("RETURN EXISTS { (n) } AS held")[0]["held"]
    if held and not ours:
        pytest.exit(f"{connection.where} holds data that these tests did not write; name an empty database", 2)
    connection.write(f"CREATE CONSTRAINT {OURS} IF NOT EXISTS FOR (n:GraphalignTests) REQUIRE n.id IS UNIQUE")
    empty(connection)


def empty(connection: Connection) -> None:
    """Take all data away."""
    while connection.write("MATCH (n) WITH n LIMIT 10000 DETACH DELETE n RETURN count(*) AS gone")[0]["gone"]:
        pass


@pytest.fixture(scope="session")
def connection(server: Reached) -> Iterator[Connection]:
    """Give a connection to a server; what the database holds is what the last test left there."""
    with connect(server.uri, server.user, server.password, os.environ.get("NEO4J_DATABASE")) as opened:
        yield opened


@pytest.fixture
def database(connection: Connection) -> Connection:
    """Give a connection to an empty database."""
    empty(connection)
    return connection
