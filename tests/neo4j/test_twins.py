"""The twins: the rules in Cypher give what the rules in Python give, rows in order, on everything that there is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from graphalign.graph.build import build
from graphalign.neo4j.connection import Connection, connect
from graphalign.rules import catalogue
from graphalign.settings import Settings
from tests.neo4j.twin_harness import assert_same, store
from tests.test_cases import _cases, statements

# The rules that have a twin: all, once both families of them are in.
QUERIES = Path(__file__).parents[2] / "queries" / "rules"
WRITTEN = [r.code for r in catalogue().values() if (QUERIES / f"{r.name}.cypher").is_file()]


@pytest.fixture(scope="module")
def connection() -> Iterator[Connection]:
    """Until the suite starts its own server: the one that the environment names."""
    user, password = os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"]
    with connect(os.environ["NEO4J_URI"], user, password) as opened:
        yield opened


@pytest.mark.parametrize("code", WRITTEN)
def test_a_twin_gives_the_rows_of_its_rule_on_each_of_its_cases(connection: Connection, code: str) -> None:
    fired = 0
    for case in (p.values[0] for p in _cases()):
        if case["code"] != code:
            continue
        settings = Settings().with_rule(code, **case["settings"]) if "settings" in case else Settings()
        graph = build(statements(case["graph"]), settings)
        store(connection, graph)
        try:
            fired += assert_same(connection, graph, [catalogue()[code]], settings, case["as_of"])
        except AssertionError as error:
            raise AssertionError(f"{case['name']}: {error}") from error
    assert fired
