"""Push and pull: what goes into the database comes out of it, whatever it holds, however often."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import graphalign as ga
from graphalign.errors import StoreError, UsageError
from graphalign.graph.build import build
from graphalign.neo4j.connection import Connection
from graphalign.neo4j.marker import graph_hash, read_marker
from graphalign.neo4j.pull import pull
from graphalign.neo4j.push import push
from graphalign.tables import Statements
from tests.graph.test_interchange import random_graph
from tests.neo4j.conftest import empty

ROOT = Path(__file__).parents[2]
SAMPLES = sorted(p for p in (ROOT / "samples").iterdir() if p.suffix in {".xlsx", ".yaml", ".json"} or p.is_dir())
REAL = ROOT / "../shared/data"
HOSTILE = [
    'it\'s "quoted" `ticked` \\ $id {a: 1}',
    "') DETACH DELETE n //",
    "`}) MATCH (n) DETACH DELETE n RETURN count(`",
    "line\nbreak\ttab\r\n",
    "名前 🐙 ﷽ \u202e",
    "=HYPERLINK()",
    ":Goal:Partner",
    "null",
    "2026-01-01",
    "1",
]


def assert_comes_back(connection: Connection, graph: ga.AlignmentGraph) -> None:
    push(connection, graph, replace=True)
    back = pull(connection)
    assert back.equals(graph, provenance=True)
    assert back.data.refusals == ()
    kept = [
        {c: t for c, t in g.nodes.schema.items() if c[0] != "_" and g.nodes[c].null_count() < g.nodes.height}
        for g in (graph, back)
    ]
    assert kept[0] == kept[1]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_comes_back_as_it_was(database: Connection, path: Path) -> None:
    assert_comes_back(database, ga.read(path))


@pytest.mark.parametrize("folder", ["rust-goals-2025h2", "cpython-experts"])
def test_real_data_comes_back_as_it_was(database: Connection, folder: str) -> None:
    assert_comes_back(database, ga.read(REAL / folder))


@pytest.mark.parametrize("seed", range(8))
def test_a_random_graph_comes_back_as_it_was(database: Connection, seed: int) -> None:
    assert_comes_back(database, random_graph(seed))


def hostile() -> ga.AlignmentGraph:
    """Build a graph whose ids, labels, types, property names and values are all hostile."""
    ids = [f"{i} {text}" for i, text in enumerate(HOSTILE)]
    nodes: list[dict[str, Any]] = [
        {"id": node, "label": label, "name": label, label: node, "when": date(2026, 1, 1 + i), "size": 2**60 + i}
        for i, (node, label) in enumerate(zip(ids, HOSTILE, strict=True))
    ]
    nodes += [
        {"id": "e", "label": "Entity", "empty": ""},
        {"id": "m", "label": "Graphalign", "state": "loading"},
        {"id": "g", "label": "Goal", "small": 5e-324, "minus": -0.0, "flag": False},
    ]
    edges = [
        {"source": a, "type": text, "target": b, text: text, "weight": 0.1}
        for text, a, b in zip(HOSTILE, ids, [*ids[1:], "g"], strict=True)
    ]
    edges += [{"source": "g", "type": "DEPENDS_ON", "target": "g", "_row": 7, "_file": "a`b.csv"}]
    said, ties = (pl.DataFrame(rows, infer_schema_length=None) for rows in (nodes, edges))
    return build(Statements(said, ties), keep_types=True)


def test_hostile_ids_labels_types_names_and_values_come_back_and_harm_nothing(database: Connection) -> None:
    graph = hostile()
    assert graph.nodes.height == len(HOSTILE) + 3
    assert graph.edges.height == len(HOSTILE) + 1
    assert_comes_back(database, graph)
    push(database, graph)
    assert pull(database).equals(graph, provenance=True)


def test_an_empty_alliance_goes_in_and_comes_back(database: Connection) -> None:
    assert_comes_back(database, build(Statements(pl.DataFrame({"id": []}), pl.DataFrame({"source": []}))))


def counts(connection: Connection) -> tuple[int, int]:
    row = connection.read("MATCH (n:Entity) WITH count(n) AS n OPTIONAL MATCH ()-[r]->() RETURN n, count(r) AS r")[0]
    return row["n"], row["r"]


def test_pushing_the_same_again_changes_nothing(database: Connection) -> None:
    graph = ga.read(ROOT / "samples/harbour-alliance.xlsx")
    first = push(database, graph, batch=50)
    assert counts(database) == (first.nodes, first.relationships) == (graph.nodes.height, graph.edges.height)
    again = push(database, graph, batch=31)
    assert again.hash == first.hash
    assert counts(database) == (first.nodes, first.relationships)
    assert pull(database).equals(graph, provenance=True)


def small(*, due: str, extra: bool) -> ga.AlignmentGraph:
    graph = ga.example()
    graph.nodes["g1"]["due"] = date.fromisoformat(due)
    graph.add_edge("ana", "ben", type="COMMUNICATES_WITH", date=date(2026, 1, 1), channel="mail" if extra else "phone")
    if extra:
        graph.add_node("g3", label="Goal")
        graph.nodes["ana"]["label"] = "Partner"
        graph.remove_edge("ana", "port")
        graph.remove_edge("ana", "ben")
        del graph.nodes["g2"]["priority"]
    else:
        graph.add_edge("ana", "ben", type="COMMUNICATES_WITH")
        graph.add_edge("ana", "ben", type="COMMUNICATES_WITH", date=date(2026, 2, 1))
    return ga.from_networkx(graph)


def test_a_second_push_brings_up_to_date_what_it_names_and_leaves_the_rest(database: Connection) -> None:
    push(database, small(due="2026-05-01", extra=False))
    push(database, small(due="2026-06-01", extra=True))
    held = {r["id"]: r for r in database.read("MATCH (n:Entity) RETURN n.id AS id, labels(n) AS labels, n {.*} AS n")}
    assert held["g1"]["n"]["due"].to_native() == date(2026, 6, 1)
    assert "priority" not in held["g2"]["n"]
    assert set(held["ana"]["labels"]) == {"Entity", "Partner"}
    assert "g3" in held
    talks = database.read(
        "MATCH (:Entity {id: 'ana'})-[r:COMMUNICATES_WITH]->() RETURN r.date AS day, r.channel AS how"
    )
    assert len(talks) == 3
    assert database.read("MATCH (:Entity {id: 'ana'})-[r:MEMBER_OF]->() RETURN count(r) AS n") == [{"n": 1}]


def test_relationships_of_one_type_and_ends_are_told_apart_by_their_day(database: Connection) -> None:
    graph = small(due="2026-05-01", extra=False)
    assert graph.of_type("COMMUNICATES_WITH").height == 3
    push(database, graph)
    push(database, graph)
    assert pull(database).equals(graph)


def test_with_replace_the_database_holds_exactly_this_alliance(database: Connection) -> None:
    push(database, ga.generate(300, 1))
    database.write("CREATE (:Note {text: 'by hand'})")
    graph = small(due="2026-05-01", extra=False)
    push(database, graph, replace=True)
    assert pull(database).equals(graph)
    assert counts(database) == (graph.nodes.height, graph.edges.height)


def test_a_database_with_data_of_others_is_left_alone(database: Connection) -> None:
    database.write("CREATE (:Customer {name: 'Ana'})")
    for replace in (False, True):
        with pytest.raises(StoreError, match="holds data that graphalign did not write"):
            push(database, ga.generate(50, 1), replace=replace)
    assert database.read("MATCH (n) RETURN count(n) AS n") == [{"n": 1}]


def test_the_marker_says_which_input_is_whole(database: Connection) -> None:
    assert read_marker(database) is None
    graph = ga.read(ROOT / "samples/harbour-alliance.xlsx")
    push(database, graph)
    marker = read_marker(database)
    assert marker is not None
    assert (marker.state, marker.hash) == ("complete", graph_hash(graph))
    assert (marker.nodes, marker.relationships) == (graph.nodes.height, graph.edges.height)
    assert marker.inputs == graph.data.inputs
    assert pull(database).data.inputs == graph.data.inputs


def test_two_inputs_that_differ_in_one_value_or_place_have_different_hashes() -> None:
    graph = ga.read(ROOT / "samples/harbour-alliance.xlsx")
    values = [
        graph.nodes.with_columns(pl.col("power") + 1e-9),
        graph.nodes.with_columns(pl.col("_row") + 1),
        graph.nodes.with_columns(pl.col("name").str.to_uppercase()),
        graph.nodes.with_columns(pl.col("power").cast(pl.String)),
    ]
    hashes = {graph_hash(ga.AlignmentGraph(nodes, graph.edges)) for nodes in (graph.nodes, *values)}
    assert len(hashes) == 5


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"label": ""}, "cannot hold the label ''"),
        ({"label": "a\0b"}, "cannot hold the label"),
        ({"label": "x" * 20_000}, "cannot hold the label"),
        ({"id": "x" * 9_000}, "9,000 bytes"),
        ({"a\0b": "x"}, "cannot hold the property"),
    ],
    ids=["empty", "NUL", "long", "long id", "property"],
)
def test_what_neo4j_cannot_hold_is_refused_before_anything_is_written(
    database: Connection, change: dict[str, str], message: str
) -> None:
    node = pl.DataFrame([{"id": "a", "label": "Goal", **change}])
    graph = build(Statements(node, pl.DataFrame({"source": []})))
    with pytest.raises(UsageError, match=message):
        push(database, graph)
    assert database.read("MATCH (n) RETURN count(n) AS n") == [{"n": 0}]


def test_a_database_nobody_pushed_to_is_read_and_what_it_cannot_say_is_refused(database: Connection) -> None:
    database.write(
        "CREATE (a:Stakeholder {name: 'Ana', power: 8, tags: ['x', 'y'], since: date('2026-01-01'),"
        " at: datetime('2026-01-01T10:00Z')}), (g:Goal:Epic {id: 7, label: 'L', source: 1}), (n {name: 'Nobody'}), "
        "(a)-[:ACCOUNTABLE_FOR {type: 'T', source: 's'}]->(g), (a)-[:RESPONSIBLE_FOR]->(n)"
    )
    graph = pull(database)
    assert graph.nodes.select("id", "label").rows() == [("7", "Goal"), ("Ana", "Stakeholder")]
    ana = graph.nodes.row(1, named=True)
    assert (ana["power"], ana["tags"], ana["since"], ana["at"]) == (
        8.0,
        "['x', 'y']",
        date(2026, 1, 1),
        "2026-01-01T10:00:00.000000000+00:00",
    )
    assert graph.edges.select("type", "type_", "source_").rows() == [("ACCOUNTABLE_FOR", "T", "s")]
    assert len(graph.data.refusals) == 2


def test_each_node_is_an_entity_of_its_label_with_its_place(database: Connection) -> None:
    push(database, ga.read(ROOT / "samples/harbour-alliance.xlsx"))
    row = database.read(
        "MATCH (g:Goal) WHERE g.due IS NOT NULL RETURN labels(g) AS labels, g._file AS file, g._sheet AS sheet,"
        " valueType(g._row) AS row, valueType(g.due) AS due ORDER BY g.id LIMIT 1"
    )[0]
    assert set(row["labels"]) == {"Entity", "Goal"}
    assert row["file"].endswith("harbour-alliance.xlsx")
    assert (row["sheet"], row["row"], row["due"]) == ("Goals", "INTEGER NOT NULL", "DATE NOT NULL")


def test_ids_are_unique_in_the_database(database: Connection) -> None:
    push(database, ga.generate(50, 1))
    with pytest.raises(StoreError, match="already exists"):
        database.write("MATCH (n:Entity) WITH n LIMIT 1 CREATE (:Entity {id: n.id})")
    names = {r["name"] for r in database.read("SHOW INDEXES YIELD name")}
    assert {"graphalign_entity_id", "graphalign_goal_id"} <= names
    empty(database)
