"""The plans: no walk that may visit every path, no statement that begins at every node; judged without a clock."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from graphalign.neo4j.connection import Connection
from graphalign.neo4j.inventory import query as inventory
from graphalign.neo4j.twins import Query, twins
from graphalign.settings import GENERAL
from tests.neo4j.random_graphs import random_graph
from tests.neo4j.twin_harness import store, union

QUERIES = {
    f"{kind}/{query.name}": query
    for twin in twins().values()
    for kind, query in (("rules", twin.rows), ("judged", twin.judged), ("covered", twin.covered))
    if query is not None
} | {"inventory": inventory()}
# What begins at every node or relationship there is, whatever it is.
EVERYTHING = ("AllNodesScan", "AllRelationshipsScan")
# As a plan writes a walk without bound: no upper one, or the greatest number.
BOUNDLESS = re.compile(r"\*(?:\d*\.\.(?:2147483647)?|\d*)(?![\d.])")
HIDDEN = re.compile(r"\b(?:EXISTS|COUNT|COLLECT) \{[^}]*\}")
REPEATED = re.compile(r"\{\d*,\s*\}|\)[+*]")


@pytest.fixture(scope="module")
def held(connection: Connection) -> Connection:
    """Give a database that holds some alliances: a plan for nothing tells nothing."""
    store(connection, union({f"{seed:04}": random_graph(seed) for seed in range(60)}))
    return connection


def plan(connection: Connection, text: str, parameters: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each operator of a statement's plan with its details."""
    with connection.session() as session:
        root = session.run("EXPLAIN " + text, dict(parameters)).consume().plan
    assert root is not None
    left: list[dict[str, Any]] = [dict(root)]
    while left:
        operator = left.pop()
        yield operator["operatorType"].split("@")[0], str(operator["args"].get("Details", ""))
        left += operator.get("children", [])


def parameters(query: Query) -> dict[str, Any]:
    """Return a value for each parameter of a query, its default where there is one."""
    known: dict[str, Any] = {f"{s}_{k}": option.default for s, held in GENERAL.items() for k, option in held.items()}
    for twin in twins().values():
        if query in (twin.rows, twin.judged, twin.covered):
            known |= {name: option.default for name, option in twin.rule.options.items()}
    known |= {name: True for name in inventory().columns if name.startswith("has_")}
    return {name: known.get(name, "2026-06-30") for name in query.params}


def faults(operators: Iterator[tuple[str, str]]) -> list[str]:
    """Return what is wrong with a plan."""
    found = []
    for name, details in operators:
        if any(name.endswith(scan) for scan in EVERYTHING):
            found.append(f"begins at everything: {name} {details}")
        # What is asked within an expression has a plan that is not told.
        if any(BOUNDLESS.search(asked) for asked in HIDDEN.findall(details)):
            found.append(f"walks out of sight: {name} {details}")
        if name.startswith("VarLengthExpand") and "Pruning" not in name and BOUNDLESS.search(details):
            found.append(f"walks every path: {name} {details}")
        if name.startswith("Repeat") and REPEATED.search(details):
            found.append(f"walks every path: {name} {details}")
    return found


@pytest.mark.parametrize("name", QUERIES)
def test_a_statement_begins_at_a_label_or_type_and_walks_without_visiting_every_path(
    held: Connection, name: str
) -> None:
    assert not faults(plan(held, QUERIES[name].text, parameters(QUERIES[name])))


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (g:Goal)-[:CONTRIBUTES_TO*1..]->(h) RETURN g.id, h.id",
        "MATCH (g:Goal) WHERE EXISTS { (g)-[:CONTRIBUTES_TO*2..]->(h {status: 'done'}) } RETURN g.id",
        "MATCH (g:Goal) RETURN CASE WHEN EXISTS { (g)-[:CONTRIBUTES_TO*]->({status: 'done'}) } THEN 1 END AS way",
        "MATCH p = (g:Goal)-[:CONTRIBUTES_TO*2..]->(h) RETURN length(p)",
        "MATCH (g:Goal)(()-[:CONTRIBUTES_TO]->())+(h) RETURN g.id, h.id",
        "MATCH (n) WHERE n.status = 'done' RETURN n.id",
        "MATCH ()-[r]->() RETURN r.weight AS weight",
    ],
)
def test_what_may_explode_or_reads_everything_is_refused(held: Connection, text: str) -> None:
    assert faults(plan(held, text, {}))


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (g:Goal)<-[:SERVES*0..1]-(t) RETURN g.id, t.id",
        "MATCH (g:Goal)-[:CONTRIBUTES_TO*1..]->(h) WITH DISTINCT h RETURN h.id",
        "MATCH (g:Goal {id: 'g'})((a)-[:CONTRIBUTES_TO]->(b)){1,4}(h) RETURN h.id",
    ],
)
def test_what_is_bounded_or_prunes_is_let_through(held: Connection, text: str) -> None:
    assert not faults(plan(held, text, {}))
