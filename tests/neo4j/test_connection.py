"""The connection: what can go wrong is one sentence, and the password is nowhere."""

from __future__ import annotations

import logging
import traceback

import pytest

from graphalign.errors import GraphalignError, StoreError, UsageError
from graphalign.neo4j.connection import Connection, connect
from tests.neo4j.conftest import Reached
from tools.neo4j_server import free_port


def refused(uri: str, user: str, password: str, database: str | None = None) -> str:
    with pytest.raises(GraphalignError) as caught:
        connect(uri, user, password, database, patience=2).close()
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_a_server_that_is_not_there() -> None:
    port = free_port()
    assert refused(f"bolt://127.0.0.1:{port}", "neo4j", "x") == (
        f"bolt://127.0.0.1:{port}: the server cannot be reached; start it, or mend the URI (--neo4j or NEO4J_URI)"
    )
    assert "cannot be reached" in refused("neo4j://no-such-host.invalid", "neo4j", "x")


def test_a_wrong_password(server: Reached) -> None:
    message = refused(server.uri, server.user, "wr0ng-secret")
    assert "the user or the password is wrong; set NEO4J_USERNAME and NEO4J_PASSWORD" in message
    assert "wr0ng-secret" not in message


def test_a_database_that_is_not_there(server: Reached) -> None:
    message = refused(server.uri, server.user, server.password, "no-such-database")
    assert message == (
        f"{server.uri}, database no-such-database: there is no such database; "
        "name one that is (--database); SHOW DATABASES lists them"
    )


def test_tls_where_the_server_has_none(server: Reached) -> None:
    for scheme in ("bolt+s", "neo4j+ssc"):
        assert "through TLS" in refused(server.uri.replace("bolt", scheme), server.user, server.password)


def test_a_server_that_is_too_old(server: Reached, monkeypatch: pytest.MonkeyPatch) -> None:
    # The server is what it is: the bound moves.
    monkeypatch.setattr("graphalign.neo4j.connection.OLDEST", (9999, 1))
    assert "the server is of version" in (message := refused(server.uri, server.user, server.password))
    assert message.endswith("use Neo4j 9999.1 or newer")


@pytest.mark.parametrize(
    "uri",
    ["localhost", "http://localhost:7474", "bolt://", "bolt://[::1", "neo4j://host:port", "", "file:///etc/passwd"],
)
def test_what_is_no_address(uri: str) -> None:
    with pytest.raises(UsageError, match="is no address of a Neo4j server; write it as neo4j://host:7687"):
        connect(uri, "neo4j", "x")


def test_a_password_in_the_uri_is_refused_and_not_repeated() -> None:
    with pytest.raises(UsageError, match="holds a user or password") as caught:
        connect("bolt://neo4j:s3cret@localhost:7687", "neo4j", "x")
    assert "s3cret" not in str(caught.value)


def test_a_write_is_denied_where_only_reading_is_asked_for(database: Connection) -> None:
    for query in (
        "CREATE (n:Goal {id: 'x'})",
        "MERGE (n:Goal {id: 'x'}) RETURN n",
        "CREATE INDEX x FOR (n:X) ON (n.y)",
    ):
        with pytest.raises(StoreError, match="only reading is allowed here; take out what writes"):
            database.read(query)
    assert database.read("MATCH (n) RETURN count(n) AS n") == [{"n": 0}]


def test_a_query_that_takes_too_long_ends(database: Connection) -> None:
    database.write("UNWIND range(1, 2000) AS i CREATE (:Seen {i: i})")
    forever = "MATCH (a:Seen), (b:Seen), (c:Seen), (d:Seen) WHERE a.i + b.i + c.i + d.i = 0 RETURN count(*) AS n"
    with pytest.raises(StoreError, match="took longer than its time limit"):
        database.read(forever, seconds=0.5)
    assert database.read("RETURN 1 AS one") == [{"one": 1}]


def test_a_query_that_is_none_is_told_in_one_line(connection: Connection) -> None:
    with pytest.raises(StoreError, match="the server answered: Invalid input") as caught:
        connection.read("MATCH (n) RETURNS n")
    assert "\n" not in str(caught.value)


def test_a_cluster_address_reaches_a_single_server_too(server: Reached) -> None:
    with connect(server.uri.replace("bolt", "neo4j"), server.user, server.password, patience=10) as routed:
        assert routed.read("RETURN 1 AS one") == [{"one": 1}]
        routed.write("MERGE (m:Graphalign {_marker: 'push'}) DELETE m")


def test_what_one_session_wrote_the_next_reads(database: Connection) -> None:
    for i in range(5):
        database.write("CREATE (:Seen {i: $i})", {"i": i})
        assert database.read("MATCH (n:Seen) RETURN count(n) AS n") == [{"n": i + 1}]


def test_the_password_is_in_no_repr_log_or_traceback(server: Reached, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="neo4j"), connect(server.uri, server.user, server.password) as opened:
        opened.read("RETURN 1 AS one")
        assert server.password not in repr(opened)
        with pytest.raises(StoreError) as caught:
            opened.read("MATCH (n) RETURNS n")
        assert server.password not in "".join(traceback.format_exception(caught.value))
    assert len(caplog.records) > 10
    assert server.password not in caplog.text
    other = server.password[::-1]
    with pytest.raises(StoreError) as wrong:
        connect(server.uri, server.user, other)
    assert other not in "".join(traceback.format_exception(wrong.value))
