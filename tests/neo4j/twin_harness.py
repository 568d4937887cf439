"""What the tests of the twins share: graphs put into a database in a moment, and both engines' answers side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl
from polars.testing import assert_frame_equal

from graphalign.check import CannotJudgeError, OnFrames
from graphalign.graph import AlignmentGraph, Facts
from graphalign.model import Rule
from graphalign.neo4j.check import InDatabase, keys
from graphalign.neo4j.connection import Connection
from graphalign.neo4j.statements import schema, statement
from graphalign.neo4j.twins import twin_of
from graphalign.settings import Settings

AS_OF = date(2026, 6, 30)


def rows_here(graph: AlignmentGraph, rule: Rule) -> int:
    """Return how many rows a rule in Python gives."""
    return OnFrames(Facts(graph, AS_OF, Settings())).run(rule).rows.height


def store(connection: Connection, graph: AlignmentGraph) -> None:
    """Make the database hold this graph and nothing else, in one transaction: for graphs of tests, which are small."""

    def work(transaction: Any) -> None:
        transaction.run("MATCH (n) DETACH DELETE n").consume()
        for label, part in _groups(graph.nodes, "label"):
            transaction.run(statement("create_nodes"), label=label, rows=_filled(part)).consume()
        ends = graph.edges.with_columns(graph.ids.gather(graph.edges[e]).alias(e) for e in ("source", "target"))
        for kind, part in _groups(ends, "type"):
            rows = [{"source": r.pop("source"), "target": r.pop("target"), "properties": r} for r in _filled(part)]
            transaction.run(statement("create_relationships"), type=kind, rows=rows).consume()

    if connection not in _PREPARED:
        for command in schema():
            connection.write(command)
        _PREPARED.append(connection)
    with connection.session("WRITE") as session:
        session.execute_write(work)


_PREPARED: list[Connection] = []


def _groups(frame: pl.DataFrame, column: str) -> list[tuple[str, pl.DataFrame]]:
    held = frame.with_columns(pl.col(c).cast(pl.String) for c, t in frame.schema.items() if t == pl.Categorical)
    return [
        (str(value), part.drop(column)) for (value,), part in sorted(held.group_by(column), key=lambda p: str(p[0]))
    ]


def _filled(frame: pl.DataFrame) -> list[dict[str, Any]]:
    return [{k: v for k, v in row.items() if v is not None} for row in frame.iter_rows(named=True)]


def union(graphs: Mapping[str, AlignmentGraph]) -> AlignmentGraph:
    """Return one graph that holds all of these side by side, each node's id after the name of its graph."""
    nodes, edges, at = [], [], 0
    for name, graph in graphs.items():
        nodes.append(
            graph.nodes.with_columns(
                (f"{name}/" + pl.col("id")).alias("id"),
                pl.coalesce("name", "id").alias("name"),
                pl.col("label").cast(pl.String),
                (pl.int_range(pl.len(), dtype=pl.UInt32) + at).alias("_was"),
            )
        )
        moved = [(pl.col(e) + at).alias(e) for e in ("source", "target")]
        edges.append(graph.edges.with_columns(pl.col("type").cast(pl.String), *moved))
        at += graph.nodes.height
    whole = pl.concat(nodes, how="diagonal_relaxed").sort("id")
    rank = pl.DataFrame({"_was": whole["_was"], "at": pl.int_range(whole.height, dtype=pl.UInt32, eager=True)})
    now = rank.sort("_was")["at"]
    ties = pl.concat(edges, how="diagonal_relaxed")
    ties = ties.with_columns(now.gather(ties[e]).alias(e) for e in ("source", "target"))
    return AlignmentGraph(whole.drop("_was"), ties.sort("type", "source", "target"))


def assert_same(
    connection: Connection, graph: AlignmentGraph, rules: Sequence[Rule], settings: Settings, as_of: date = AS_OF
) -> int:
    """Hold both engines to the same answers on a graph that the database holds; return how many rows there were."""
    facts = Facts(graph, as_of, settings)
    here, there = OnFrames(facts), InDatabase(connection, as_of, settings)
    known = {name.removeprefix("has_") for name in there.inventory.answers} - {"shared_goal"}
    assert [need for need in sorted(known) if here.lacks(need)] == [need for need in sorted(known) if there.lacks(need)]
    assert here.proposed == there.proposed
    for condition in ("partners", "two partners", "shared goal"):
        assert here.applies(condition) == there.applies(condition), condition
    total = 0
    for rule in rules:
        if rule.covered_on is not None:
            assert here.coverage(rule) == there.coverage(rule), rule.code
        total += _assert_same_rows(here, there, rule)
    return total


def _assert_same_rows(here: OnFrames, there: InDatabase, rule: Rule) -> int:
    expected, judged, said = here.run(rule)
    try:
        rows, judged_there, said_there = there.run(rule)
    except CannotJudgeError as error:
        raise AssertionError(f"{rule.code}: {error}") from error
    assert (judged_there, said_there) == (judged, said), rule.code
    if not judged:
        return 0
    twin = twin_of(rule.code)
    assert twin is not None
    columns = [c for c in twin.rows.columns if c in expected.columns]
    missing = set(expected.columns) - set(columns)
    assert not missing, f"{rule.code} lacks the columns {sorted(missing)}"
    extra = set(rows.columns) - set(columns)
    assert not extra, f"the rows of {rule.code} have {sorted(extra)}, which the rule's have not"
    wanted = expected.select(columns)
    got = rows.select(columns).cast(wanted.schema) if rows.height else wanted.clear()
    assert_frame_equal(got, wanted.sort(keys(rule), maintain_order=True), check_exact=True)
    return rows.height
